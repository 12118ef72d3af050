//! The command line's side of the bus: one call, one answer.

use std::time::Duration;

use futures_lite::StreamExt as _;
use zbus::{Connection, block_on, connection, fdo, proxy::CacheProperties};

use super::{BUS_NAME, service::Refusal, wire::Status};
use crate::desktop::bus::pause;

/// How long a caller waits for the daemon, which answers at once or not at all.
const PATIENCE: Duration = Duration::from_secs(5);

/// The interface, as a caller sees it. Every method but `why` answers with the status as JSON.
#[zbus::proxy(
    interface = "org.unhunch.Unhunch1",
    default_service = "org.unhunch.Unhunch",
    default_path = "/org/unhunch/Unhunch"
)]
pub trait Unhunch {
    /// The status, changing nothing.
    fn status(&self) -> Result<String, Refusal>;
    /// The story of the last breaks, as JSON.
    fn why(&self) -> Result<String, Refusal>;
    /// A break now.
    fn now(&self, reminder: &str, stretch: &str) -> Result<String, Refusal>;
    /// Begin the announced break.
    fn start(&self) -> Result<String, Refusal>;
    /// Snooze the announced break; 0 means the length that the settings give.
    fn snooze(&self, seconds: u32) -> Result<String, Refusal>;
    /// Skip the announced break.
    fn skip(&self) -> Result<String, Refusal>;
    /// Pause until `resume`.
    fn pause(&self) -> Result<String, Refusal>;
    /// Pause for a while.
    fn pause_for(&self, seconds: u32) -> Result<String, Refusal>;
    /// Pause until a time, `HH:MM`.
    fn pause_until(&self, time: &str) -> Result<String, Refusal>;
    /// End the pause.
    fn resume(&self) -> Result<String, Refusal>;
    /// In a meeting, for as long as the settings say.
    fn meeting(&self) -> Result<String, Refusal>;
    /// In a meeting for a while.
    fn meeting_for(&self, seconds: u32) -> Result<String, Refusal>;
    /// The meeting is over.
    fn meeting_over(&self) -> Result<String, Refusal>;
    /// Read the settings again.
    fn reload(&self) -> Result<String, Refusal>;
    /// Show the user that the program runs already.
    fn hello(&self) -> Result<String, Refusal>;
    /// End the program.
    fn quit(&self) -> Result<String, Refusal>;
}

/// Why a call brought no status.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// There is no session bus, or nobody on it has the program's name.
    #[error("no running daemon")]
    NotRunning,
    /// The daemon understood, and said no.
    #[error("{0}")]
    Refused(String),
    /// Anything else.
    #[error("the call to the running program failed: {0}")]
    Failed(String),
}

/// A request to the running program, for [`call`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the methods of the proxy above, one for one")]
pub enum Ask {
    Status,
    Why,
    Now { reminder: String, stretch: String },
    Start,
    Snooze { seconds: u32 },
    Skip,
    Pause,
    PauseFor { seconds: u32 },
    PauseUntil { time: String },
    Resume,
    Meeting,
    MeetingFor { seconds: u32 },
    MeetingOver,
    Reload,
    Hello,
    Quit,
}

/// Asks the running program and gives back its status, as it came and as it reads.
///
/// # Errors
///
/// See [`CallError`].
pub fn call(ask: &Ask) -> Result<(String, Status), CallError> {
    let json = block_on(ask_over_the_bus(ask))?;
    let status = serde_json::from_str(&json)
        .map_err(|error| CallError::Failed(format!("its status cannot be read: {error}")))?;
    Ok((json, status))
}

/// Asks the running program for the story of the last breaks, as JSON.
///
/// # Errors
///
/// See [`CallError`].
pub fn story() -> Result<String, CallError> {
    block_on(ask_over_the_bus(&Ask::Why))
}

async fn ask_over_the_bus(ask: &Ask) -> Result<String, CallError> {
    let connection: Connection = connection::Builder::session()
        .method_timeout(PATIENCE)
        .build()
        .await
        .map_err(|_no_bus| CallError::NotRunning)?;
    // A call would start a program that the bus knows how to start; asking does not mean that.
    if !runs(&connection).await {
        return Err(CallError::NotRunning);
    }
    let program = UnhunchProxy::builder(&connection)
        .cache_properties(CacheProperties::No)
        .build()
        .await
        .map_err(|error| CallError::Failed(error.to_string()))?;
    let answer = match ask {
        Ask::Status => program.status().await,
        Ask::Why => program.why().await,
        Ask::Now { reminder, stretch } => program.now(reminder, stretch).await,
        Ask::Start => program.start().await,
        Ask::Snooze { seconds } => program.snooze(*seconds).await,
        Ask::Skip => program.skip().await,
        Ask::Pause => program.pause().await,
        Ask::PauseFor { seconds } => program.pause_for(*seconds).await,
        Ask::PauseUntil { time } => program.pause_until(time).await,
        Ask::Resume => program.resume().await,
        Ask::Meeting => program.meeting().await,
        Ask::MeetingFor { seconds } => program.meeting_for(*seconds).await,
        Ask::MeetingOver => program.meeting_over().await,
        Ask::Reload => program.reload().await,
        Ask::Hello => program.hello().await,
        Ask::Quit => program.quit().await,
    };
    answer.map_err(why)
}

async fn runs(connection: &Connection) -> bool {
    let name = BUS_NAME.try_into().expect("the name of the program");
    match fdo::DBusProxy::new(connection).await {
        Ok(bus) => bus.name_has_owner(name).await.unwrap_or_default(),
        Err(_) => false,
    }
}

/// Lets the bus start the program, if it knows how to, and waits for at most this long until it
/// has. False if it could not.
#[must_use]
pub fn activate(patience: Duration) -> bool {
    let start = async {
        let builder = connection::Builder::session().method_timeout(patience);
        let bus = fdo::DBusProxy::new(&builder.build().await?).await?;
        let name = BUS_NAME.try_into().expect("the name of the program");
        bus.start_service_by_name(name, 0).await
    };
    match block_on(start) {
        Ok(_) => true,
        Err(error) => {
            log::debug!("the bus does not start the program: {error}");
            false
        }
    }
}

/// Waits until the program runs.
///
/// # Errors
///
/// [`CallError::NotRunning`] when it does not within this time.
pub fn wait_until_it_runs(patience: Duration) -> Result<(), CallError> {
    let wait = async {
        let builder = connection::Builder::session().method_timeout(PATIENCE);
        let connection = builder.build().await?;
        let bus = fdo::DBusProxy::new(&connection).await?;
        let changes = bus.receive_name_owner_changed_with_args(&[(0, BUS_NAME)]);
        let mut changes = changes.await?;
        while !runs(&connection).await {
            if changes.next().await.is_none() {
                break;
            }
        }
        Ok::<bool, zbus::Error>(runs(&connection).await)
    };
    let late = async {
        pause(patience).await;
        Ok(false)
    };
    match block_on(futures_lite::future::or(wait, late)) {
        Ok(true) => Ok(()),
        Ok(false) => Err(CallError::NotRunning),
        Err(error) => Err(CallError::Failed(error.to_string())),
    }
}

fn why(refusal: Refusal) -> CallError {
    match refusal {
        Refusal::Bus(error) if nobody_there(&error) => CallError::NotRunning,
        Refusal::Bus(error) => CallError::Failed(error.to_string()),
        Refusal::NothingAnnounced(why)
        | Refusal::NoSnoozeLeft(why)
        | Refusal::OnBreak(why)
        | Refusal::UnknownReminder(why)
        | Refusal::UnknownStretch(why)
        | Refusal::SwitchedOff(why)
        | Refusal::BadValue(why)
        | Refusal::BadSetting(why)
        | Refusal::NoHistory(why)
        | Refusal::Ending(why) => CallError::Refused(why),
    }
}

fn nobody_there(error: &zbus::Error) -> bool {
    let names = [
        "org.freedesktop.DBus.Error.ServiceUnknown",
        "org.freedesktop.DBus.Error.NameHasNoOwner",
    ];
    match error {
        zbus::Error::MethodError(name, _, _) => names.contains(&name.as_str()),
        _ => matches!(error, zbus::Error::FDO(fdo)
            if matches!(**fdo, fdo::Error::ServiceUnknown(_) | fdo::Error::NameHasNoOwner(_))),
    }
}
