//! The interface `org.unhunch.Unhunch1`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::NaiveTime;
use zbus::{Connection, Variant, interface, object_server::SignalEmitter};

use super::{INTERFACE, OBJECT_PATH};
use crate::core::{
    schedule::{MeetingNews, PauseUntil, event::Answer},
    stretch::StretchId,
};

/// News that may wait for a slow bus before more is dropped.
const WAITING_NEWS: usize = 256;

/// A call that came over the bus, and where its answer goes.
#[derive(Debug)]
pub struct Call {
    /// What is asked.
    pub request: Request,
    /// Takes one reply: the status after the call as JSON, or why it was refused.
    pub reply: async_channel::Sender<Result<String, Refusal>>,
}

/// What can be asked of the running program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Nothing but the status.
    Status,
    /// The story of the last breaks, in place of the status.
    Why,
    /// A break now.
    Now {
        /// For this reminder; `None`: the next one.
        reminder: Option<String>,
        /// With this stretch; `None`: the next of the rotation.
        stretch: Option<StretchId>,
    },
    /// An answer to what is announced.
    Answer(Answer),
    /// Pause.
    Pause(PauseUntil),
    /// End the pause.
    Resume,
    /// What the user says of a meeting.
    Meeting(MeetingNews),
    /// Read the settings again.
    Reload,
    /// A second start of the program: show that this one runs.
    Hello,
    /// End.
    Quit,
}

/// Why a call was refused; each becomes a D-Bus error of that name.
#[derive(Debug, zbus::DBusError)]
#[zbus(prefix = "org.unhunch.Unhunch1.Error")]
pub enum Refusal {
    /// The bus itself failed.
    #[zbus(error)]
    Bus(zbus::Error),
    /// There is no announced break to answer.
    NothingAnnounced(String),
    /// Every snooze of this break is used up.
    NoSnoozeLeft(String),
    /// A stretch is under way already.
    OnBreak(String),
    /// There is no reminder with this id.
    UnknownReminder(String),
    /// There is no stretch with this name.
    UnknownStretch(String),
    /// The settings do not want this.
    SwitchedOff(String),
    /// A value is out of its range or cannot be read.
    BadValue(String),
    /// The program is ending.
    Ending(String),
}

/// What the properties of the interface show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// `working`, `held`, `announced`, `on_break` or `paused`.
    pub state: String,
    /// Why a due break waits.
    pub reasons: Vec<String>,
    /// When the pause ends, RFC 3339; empty when not paused or until resumed.
    pub paused_until: String,
    /// When the meeting ends that the user told of, RFC 3339; empty when there is none.
    pub meeting_until: String,
}

/// The served object.
pub struct Service<F> {
    ask: F,
    shown: Arc<Mutex<Properties>>,
}

/// The daemon's handle on what it serves. Never blocks.
#[derive(Clone)]
pub struct Served {
    news: async_channel::Sender<News>,
    shown: Arc<Mutex<Properties>>,
}

/// Something to send to whoever listens.
enum News {
    Event { name: &'static str, details: String },
    Changed(Properties),
}

impl Served {
    /// Tells listeners that something happened.
    pub fn tell(&self, name: &'static str, details: String) {
        // A bus that takes nothing any more loses news, never the schedule.
        self.news.try_send(News::Event { name, details }).ok();
    }

    /// Sets the properties, and tells listeners which of them changed.
    pub fn show(&self, properties: &Properties) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if *shown != *properties {
            shown.clone_from(properties);
            self.news.try_send(News::Changed(properties.clone())).ok();
        }
    }
}

impl<F: Fn(Call) + Send + Sync + 'static> Service<F> {
    async fn call(&self, request: Request) -> Result<String, Refusal> {
        let (reply, answer) = async_channel::bounded(1);
        (self.ask)(Call { request, reply });
        // The sender is dropped unanswered only when the loop has ended.
        answer
            .recv()
            .await
            .unwrap_or_else(|_closed| Err(Refusal::Ending("the program is ending".to_owned())))
    }

    fn shown(&self) -> Properties {
        self.shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Every method but `Why` answers with the status after the call, as JSON (`ipc::wire::Status`).
#[interface(name = "org.unhunch.Unhunch1")]
impl<F: Fn(Call) + Send + Sync + 'static> Service<F> {
    /// The status, changing nothing.
    async fn status(&self) -> Result<String, Refusal> {
        self.call(Request::Status).await
    }

    /// The story of the last breaks and of those that wait, as JSON (`ipc::tales::Why`).
    async fn why(&self) -> Result<String, Refusal> {
        self.call(Request::Why).await
    }

    /// A break now. An empty reminder means the next one, an empty stretch the next in rotation.
    async fn now(&self, reminder: String, stretch: String) -> Result<String, Refusal> {
        let given = |text: String| (!text.is_empty()).then_some(text);
        let stretch = given(stretch).map(StretchId);
        self.call(Request::Now {
            reminder: given(reminder),
            stretch,
        })
        .await
    }

    /// Begin the announced break.
    async fn start(&self) -> Result<String, Refusal> {
        self.call(Request::Answer(Answer::Start)).await
    }

    /// Snooze the announced break for so many seconds; 0 means the length the settings give.
    async fn snooze(&self, seconds: u32) -> Result<String, Refusal> {
        let length = (seconds > 0).then(|| Duration::from_secs(seconds.into()));
        self.call(Request::Answer(Answer::Snooze(length))).await
    }

    /// Skip the announced break.
    async fn skip(&self) -> Result<String, Refusal> {
        self.call(Request::Answer(Answer::Skip)).await
    }

    /// Pause until `Resume`.
    async fn pause(&self) -> Result<String, Refusal> {
        self.call(Request::Pause(PauseUntil::Resumed)).await
    }

    /// Pause for so many seconds, at least one.
    async fn pause_for(&self, seconds: u32) -> Result<String, Refusal> {
        if seconds == 0 {
            return Err(Refusal::BadValue(
                "a pause takes 1 second or more".to_owned(),
            ));
        }
        self.call(Request::Pause(PauseUntil::For(Duration::from_secs(
            seconds.into(),
        ))))
        .await
    }

    /// Pause until the wall clock next shows this time, `HH:MM`.
    async fn pause_until(&self, time: String) -> Result<String, Refusal> {
        let Ok(until) = NaiveTime::parse_from_str(&time, "%H:%M") else {
            return Err(Refusal::BadValue(format!(
                "\"{time}\" is not a time such as 06:00"
            )));
        };
        self.call(Request::Pause(PauseUntil::Time(until))).await
    }

    /// End the pause.
    async fn resume(&self) -> Result<String, Refusal> {
        self.call(Request::Resume).await
    }

    /// The user is in a meeting: breaks wait, for as long as the settings say.
    async fn meeting(&self) -> Result<String, Refusal> {
        self.call(Request::Meeting(MeetingNews::On(None))).await
    }

    /// The user is in a meeting for so many seconds, at least one.
    async fn meeting_for(&self, seconds: u32) -> Result<String, Refusal> {
        if seconds == 0 {
            return Err(Refusal::BadValue(
                "a meeting takes 1 second or more".to_owned(),
            ));
        }
        let length = Duration::from_secs(seconds.into());
        self.call(Request::Meeting(MeetingNews::On(Some(length))))
            .await
    }

    /// The meeting that the user told of is over.
    async fn meeting_over(&self) -> Result<String, Refusal> {
        self.call(Request::Meeting(MeetingNews::Over)).await
    }

    /// Read the settings again.
    async fn reload(&self) -> Result<String, Refusal> {
        self.call(Request::Reload).await
    }

    /// Show the user that the program runs already.
    async fn hello(&self) -> Result<String, Refusal> {
        self.call(Request::Hello).await
    }

    /// End the program.
    async fn quit(&self) -> Result<String, Refusal> {
        self.call(Request::Quit).await
    }

    /// `working`, `held`, `announced`, `on_break` or `paused`.
    #[zbus(property)]
    async fn state(&self) -> String {
        self.shown().state
    }

    /// Why a due break waits.
    #[zbus(property)]
    async fn reasons(&self) -> Vec<String> {
        self.shown().reasons
    }

    /// When the pause ends, RFC 3339; empty when not paused or until resumed.
    #[zbus(property)]
    async fn paused_until(&self) -> String {
        self.shown().paused_until
    }

    /// When the meeting ends that the user told of, RFC 3339; empty when there is none.
    #[zbus(property)]
    async fn meeting_until(&self) -> String {
        self.shown().meeting_until
    }

    /// The version of the program.
    #[zbus(property(emits_changed_signal = "const"))]
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Something happened: its name, and its keys as JSON (the events of `simulate`).
    #[zbus(signal)]
    async fn event(emitter: &SignalEmitter<'_>, name: &str, details: &str) -> zbus::Result<()>;
}

/// Serves the interface on this connection. `ask` is called on the bus's own thread and must not
/// block. The future that comes back carries news to the bus; whoever owns the bus's thread runs
/// it beside everything else there.
///
/// # Errors
///
/// When the connection is gone.
pub async fn serve<F>(
    connection: &Connection,
    ask: F,
) -> zbus::Result<(Served, impl Future<Output = ()> + Send + 'static)>
where
    F: Fn(Call) + Send + Sync + 'static,
{
    let shown = Arc::new(Mutex::new(Properties::default()));
    let service = Service {
        ask,
        shown: Arc::clone(&shown),
    };
    connection.object_server().at(OBJECT_PATH, service).await?;

    let (news, coming) = async_channel::bounded(WAITING_NEWS);
    Ok((Served { news, shown }, carry(connection.clone(), coming)))
}

/// Sends what the daemon tells, in order, until the daemon is gone.
async fn carry(connection: Connection, coming: async_channel::Receiver<News>) {
    while let Ok(news) = coming.recv().await {
        if let Err(error) = send(&connection, news).await {
            log::warn!("telling the bus: {error}");
        }
    }
}

async fn send(connection: &Connection, news: News) -> zbus::Result<()> {
    match news {
        News::Event { name, details } => {
            connection
                .emit_signal(
                    None::<&str>,
                    OBJECT_PATH,
                    INTERFACE,
                    "Event",
                    &(name, details),
                )
                .await
        }
        News::Changed(Properties {
            state,
            reasons,
            paused_until,
            meeting_until,
        }) => {
            let changed: HashMap<&str, Variant<'_>> = HashMap::from([
                ("State", Variant::from(state)),
                ("Reasons", Variant::from(reasons)),
                ("PausedUntil", Variant::from(paused_until)),
                ("MeetingUntil", Variant::from(meeting_until)),
            ]);
            let gone: &[&str] = &[];
            connection
                .emit_signal(
                    None::<&str>,
                    OBJECT_PATH,
                    "org.freedesktop.DBus.Properties",
                    "PropertiesChanged",
                    &(INTERFACE, changed, gone),
                )
                .await
        }
    }
}
