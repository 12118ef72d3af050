//! The interface `org.unhunch.Unhunch1`.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use zbus::{Connection, interface, object_server::SignalEmitter};

use super::{
    OBJECT_PATH, check,
    news::{self, Properties, Served, time},
};
use crate::core::{
    schedule::{MeetingNews, PauseUntil, event::Answer},
    stretch::StretchId,
};

/// A call that came over the bus, and where its answer goes.
#[derive(Debug)]
pub struct Call {
    /// What is asked.
    pub request: Request,
    /// Takes one reply: the status after the call as JSON, or what was looked up, or why it was
    /// refused.
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
    /// A stretch into the rotation or out of it, in the settings file.
    Switch {
        /// Which.
        stretch: StretchId,
        /// Whether it rotates from now on.
        on: bool,
    },
    /// Something besides the status; changes nothing, and is answered with what was found.
    Look(Look),
    /// One key in the settings file; answered with its value from now on.
    Set {
        /// Its dotted path.
        key: String,
        /// Its value in TOML.
        value: String,
    },
    /// A second start of the program: show that this one runs.
    Hello,
    /// End.
    Quit,
}

/// What can be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// The breaks of the last days, as a JSON array.
    History {
        /// How many days.
        days: u32,
    },
    /// Every stretch and whether it rotates, as a JSON object.
    Stretches,
    /// The value of a setting, in TOML.
    Setting {
        /// Its dotted path.
        key: String,
    },
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
    /// There is no such setting, its value is no good, or the file cannot be changed.
    BadSetting(String),
    /// The history cannot be read.
    NoHistory(String),
    /// The program is ending.
    Ending(String),
}

/// The served object.
pub struct Service<F> {
    ask: F,
    shown: Arc<Mutex<Properties>>,
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

/// Methods that do something answer with the status after it, as JSON (`docs/json.md`).
#[interface(name = "org.unhunch.Unhunch1")]
impl<F: Fn(Call) + Send + Sync + 'static> Service<F> {
    /// The status as JSON, changing nothing.
    #[zbus(out_args("status"))]
    async fn status(&self) -> Result<String, Refusal> {
        self.call(Request::Status).await
    }

    /// The story of the last breaks and of those that wait, as JSON.
    #[zbus(out_args("story"))]
    async fn why(&self) -> Result<String, Refusal> {
        self.call(Request::Why).await
    }

    /// A break now. An empty reminder means the next one, an empty stretch the next in rotation.
    #[zbus(out_args("status"))]
    async fn now(&self, reminder: String, stretch: String) -> Result<String, Refusal> {
        self.call(Request::Now {
            reminder: check::name(reminder)?,
            stretch: check::name(stretch)?.map(StretchId),
        })
        .await
    }

    /// Begin the announced break.
    #[zbus(out_args("status"))]
    async fn start(&self) -> Result<String, Refusal> {
        self.call(Request::Answer(Answer::Start)).await
    }

    /// Snooze the announced break for so many seconds, at most a day; 0 means the length that the
    /// settings give.
    #[zbus(out_args("status"))]
    async fn snooze(&self, seconds: u32) -> Result<String, Refusal> {
        let seconds = check::snooze(seconds)?;
        let length = (seconds > 0).then(|| Duration::from_secs(seconds.into()));
        self.call(Request::Answer(Answer::Snooze(length))).await
    }

    /// Skip the announced break.
    #[zbus(out_args("status"))]
    async fn skip(&self) -> Result<String, Refusal> {
        self.call(Request::Answer(Answer::Skip)).await
    }

    /// Pause until `Resume`.
    #[zbus(out_args("status"))]
    async fn pause(&self) -> Result<String, Refusal> {
        self.call(Request::Pause(PauseUntil::Resumed)).await
    }

    /// Pause for so many seconds, at least one and at most a year.
    #[zbus(out_args("status"))]
    async fn pause_for(&self, seconds: u32) -> Result<String, Refusal> {
        let length = Duration::from_secs(check::pause(seconds)?.into());
        self.call(Request::Pause(PauseUntil::For(length))).await
    }

    /// Pause until the wall clock next shows this time, `HH:MM`.
    #[zbus(out_args("status"))]
    async fn pause_until(&self, time: String) -> Result<String, Refusal> {
        let until = check::time(&time)?;
        self.call(Request::Pause(PauseUntil::Time(until))).await
    }

    /// End the pause.
    #[zbus(out_args("status"))]
    async fn resume(&self) -> Result<String, Refusal> {
        self.call(Request::Resume).await
    }

    /// The user is in a meeting: breaks wait, for as long as the settings say.
    #[zbus(out_args("status"))]
    async fn meeting(&self) -> Result<String, Refusal> {
        self.call(Request::Meeting(MeetingNews::On(None))).await
    }

    /// The user is in a meeting for so many seconds, at least one and at most a day.
    #[zbus(out_args("status"))]
    async fn meeting_for(&self, seconds: u32) -> Result<String, Refusal> {
        let length = Duration::from_secs(check::meeting(seconds)?.into());
        self.call(Request::Meeting(MeetingNews::On(Some(length))))
            .await
    }

    /// The meeting that the user told of is over.
    #[zbus(out_args("status"))]
    async fn meeting_over(&self) -> Result<String, Refusal> {
        self.call(Request::Meeting(MeetingNews::Over)).await
    }

    /// Read the settings again.
    #[zbus(out_args("status"))]
    async fn reload(&self) -> Result<String, Refusal> {
        self.call(Request::Reload).await
    }

    /// Show the user that the program runs already.
    #[zbus(out_args("status"))]
    async fn hello(&self) -> Result<String, Refusal> {
        self.call(Request::Hello).await
    }

    /// End the program.
    #[zbus(out_args("status"))]
    async fn quit(&self) -> Result<String, Refusal> {
        self.call(Request::Quit).await
    }

    /// The breaks of the last days, 1 to 366, as a JSON array.
    #[zbus(out_args("breaks"))]
    async fn history(&self, days: u32) -> Result<String, Refusal> {
        let days = check::days(days)?;
        self.call(Request::Look(Look::History { days })).await
    }

    /// Every stretch by its name, and whether it rotates, as a JSON object.
    #[zbus(out_args("stretches"))]
    async fn stretches(&self) -> Result<String, Refusal> {
        self.call(Request::Look(Look::Stretches)).await
    }

    /// Take a stretch into the rotation or out of it, in the settings file.
    #[zbus(out_args("status"))]
    async fn switch_stretch(&self, stretch: String, on: bool) -> Result<String, Refusal> {
        let stretch = check::stretch(stretch)?;
        self.call(Request::Switch { stretch, on }).await
    }

    /// The value of a setting by its dotted path, in TOML; empty for one without a value.
    #[zbus(out_args("value"))]
    async fn setting(&self, key: String) -> Result<String, Refusal> {
        let key = check::key(key)?;
        self.call(Request::Look(Look::Setting { key })).await
    }

    /// Change a setting in the settings file. Refused for hooks, which run programs, and for how
    /// long breaks are kept.
    #[zbus(out_args("value"))]
    async fn set_setting(&self, key: String, value: String) -> Result<String, Refusal> {
        let (key, value) = (check::key(key)?, check::value(value)?);
        self.call(Request::Set { key, value }).await
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
        time(&self.shown().paused_until)
    }

    /// Id of the reminder that comes next; empty when none ever does.
    #[zbus(property)]
    async fn next_reminder(&self) -> String {
        self.shown().next_reminder
    }

    /// When the next break is due if the user goes on as now, RFC 3339; empty when nobody can
    /// know, because no work is counted at present, or when it is due already.
    #[zbus(property)]
    async fn next_break(&self) -> String {
        time(&self.shown().next_break)
    }

    /// Id of the reminder whose break is announced or under way; empty when there is none.
    #[zbus(property)]
    async fn current_reminder(&self) -> String {
        self.shown().current_reminder
    }

    /// The stretches of that break, in order; empty for a message.
    #[zbus(property)]
    async fn current_stretches(&self) -> Vec<String> {
        self.shown().current_stretches
    }

    /// When the meeting ends that the user told of, RFC 3339; empty when there is none.
    #[zbus(property)]
    async fn meeting_until(&self) -> String {
        time(&self.shown().meeting_until)
    }

    /// The version of the program.
    #[zbus(property(emits_changed_signal = "const"))]
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Something happened: its name, and its keys as JSON (the events of `simulate`). A signal
    /// of its own follows for each.
    #[zbus(signal)]
    pub(super) async fn event(
        to: &SignalEmitter<'_>,
        name: &str,
        details: &str,
    ) -> zbus::Result<()>;

    /// A reminder has become due.
    #[zbus(signal)]
    pub(super) async fn due(to: &SignalEmitter<'_>, reminder: &str) -> zbus::Result<()>;

    /// Something speaks against the due break.
    #[zbus(signal)]
    pub(super) async fn held(
        to: &SignalEmitter<'_>,
        reminder: &str,
        reasons: &[&str],
    ) -> zbus::Result<()>;

    /// Nothing speaks against it any more.
    #[zbus(signal)]
    pub(super) async fn released(
        to: &SignalEmitter<'_>,
        reminder: &str,
        reasons: &[&str],
    ) -> zbus::Result<()>;

    /// A break is announced; `snoozes` were used for it already.
    #[zbus(signal)]
    pub(super) async fn announced(
        to: &SignalEmitter<'_>,
        reminder: &str,
        stretches: &[&str],
        snoozes: u32,
    ) -> zbus::Result<()>;

    /// The window has opened by itself, and waits.
    #[zbus(signal)]
    pub(super) async fn opened(
        to: &SignalEmitter<'_>,
        reminder: &str,
        stretches: &[&str],
    ) -> zbus::Result<()>;

    /// The break has begun.
    #[zbus(signal)]
    pub(super) async fn started(
        to: &SignalEmitter<'_>,
        reminder: &str,
        stretches: &[&str],
    ) -> zbus::Result<()>;

    /// The break was done to its end.
    #[zbus(signal)]
    pub(super) async fn completed(
        to: &SignalEmitter<'_>,
        reminder: &str,
        stretches: &[&str],
        stretched_s: u32,
    ) -> zbus::Result<()>;

    /// The break was closed early.
    #[zbus(signal)]
    pub(super) async fn abandoned(
        to: &SignalEmitter<'_>,
        reminder: &str,
        stretches: &[&str],
        stretched_s: u32,
    ) -> zbus::Result<()>;

    /// The break comes again later; `by` is `user` or `timeout`.
    #[zbus(signal)]
    pub(super) async fn snoozed(
        to: &SignalEmitter<'_>,
        reminder: &str,
        for_s: u32,
        snoozes: u32,
        by: &str,
    ) -> zbus::Result<()>;

    /// The user skipped the break.
    #[zbus(signal)]
    pub(super) async fn skipped(to: &SignalEmitter<'_>, reminder: &str) -> zbus::Result<()>;

    /// Nobody answered, and no snooze was left.
    #[zbus(signal)]
    pub(super) async fn missed(to: &SignalEmitter<'_>, reminder: &str) -> zbus::Result<()>;

    /// The announcement was taken back.
    #[zbus(signal)]
    pub(super) async fn withdrawn(to: &SignalEmitter<'_>, reminder: &str) -> zbus::Result<()>;

    /// The break is taken together with a longer one.
    #[zbus(signal)]
    pub(super) async fn absorbed(
        to: &SignalEmitter<'_>,
        reminder: &str,
        by: &str,
    ) -> zbus::Result<()>;

    /// The user was away long enough.
    #[zbus(signal)]
    pub(super) async fn natural_break(
        to: &SignalEmitter<'_>,
        reminder: &str,
        away_s: u32,
    ) -> zbus::Result<()>;

    /// The user paused the program until then, RFC 3339; empty: until resumed.
    #[zbus(signal)]
    pub(super) async fn paused(to: &SignalEmitter<'_>, until: &str) -> zbus::Result<()>;

    /// The pause is over.
    #[zbus(signal)]
    pub(super) async fn resumed(to: &SignalEmitter<'_>) -> zbus::Result<()>;

    /// The user is in a meeting until then, RFC 3339.
    #[zbus(signal)]
    pub(super) async fn in_meeting(to: &SignalEmitter<'_>, until: &str) -> zbus::Result<()>;

    /// The meeting ends then, RFC 3339, unless the user says that it goes on.
    #[zbus(signal)]
    pub(super) async fn meeting_ends_soon(to: &SignalEmitter<'_>, until: &str) -> zbus::Result<()>;

    /// The meeting that the user told of is over.
    #[zbus(signal, name = "MeetingOver")]
    pub(super) async fn meeting_over_signal(to: &SignalEmitter<'_>) -> zbus::Result<()>;

    /// Working hours have begun.
    #[zbus(signal)]
    pub(super) async fn hours_began(to: &SignalEmitter<'_>) -> zbus::Result<()>;

    /// Working hours are over.
    #[zbus(signal)]
    pub(super) async fn hours_ended(to: &SignalEmitter<'_>) -> zbus::Result<()>;
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
    let (served, shown, carry) = news::channel::<F>(connection.clone());
    let service = Service { ask, shown };
    connection.object_server().at(OBJECT_PATH, service).await?;
    Ok((served, carry))
}
