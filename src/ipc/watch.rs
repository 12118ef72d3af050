//! Following the running program: its status, and everything that it tells, across restarts.
//!
//! Nothing is asked of the program but its status after it has said that something changed, so
//! whoever watches costs it nothing in between.

use std::{future::pending, ops::ControlFlow, time::Duration};

use futures_lite::{StreamExt as _, future::or};
use zbus::{
    Connection, MatchRule, MessageStream, block_on, connection, message::Type,
    proxy::CacheProperties,
};

use super::{
    BUS_NAME, INTERFACE, OBJECT_PATH,
    client::{CallError, UnhunchProxy},
    wire::Status,
};
use crate::desktop::bus::{owner_changes, pause};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What there is to see.
#[derive(Debug)]
pub enum Sight {
    /// How things stand, at the beginning and after every change.
    Status(Box<Status>),
    /// Something happened: its name, and its keys as a JSON object.
    Event {
        /// The name.
        name: String,
        /// The keys.
        details: String,
    },
    /// No program runs, or none any more.
    Off,
    /// The time is over that was to be waited for.
    Time,
}

/// What to do after a sight: stop, or go on and wait for the next one for at most this long.
pub type Then = ControlFlow<(), Option<Duration>>;

/// Shows what there is to see until `show` has seen enough.
///
/// # Errors
///
/// When there is no session bus, or it goes away.
pub fn watch(show: impl FnMut(Sight) -> Then) -> Result<(), CallError> {
    block_on(follow(show))
}

async fn follow(mut show: impl FnMut(Sight) -> Then) -> Result<(), CallError> {
    let connection = connection::Builder::session()
        .method_timeout(PATIENCE)
        .build()
        .await
        .map_err(|_no_bus| CallError::NotRunning)?;
    let mut bus = Bus::listen(&connection)
        .await
        .map_err(|error| failed(&error))?;
    let mut next = status(&connection).await;
    loop {
        let ControlFlow::Continue(patience) = show(next) else {
            return Ok(());
        };
        next = match bus.next(patience).await {
            News::Told(sight) => sight,
            News::Changed => status(&connection).await,
            News::Gone => return Err(CallError::Failed("the session bus went away".to_owned())),
        };
    }
}

/// How things stand now.
async fn status(connection: &Connection) -> Sight {
    let ask = async {
        let program = UnhunchProxy::builder(connection)
            .cache_properties(CacheProperties::No)
            .build()
            .await
            .ok()?;
        serde_json::from_str(&program.status().await.ok()?).ok()
    };
    ask.await.map_or(Sight::Off, Sight::Status)
}

/// What the program says, and whether it is there.
struct Bus {
    events: MessageStream,
    changes: MessageStream,
    owners: MessageStream,
}

enum News {
    Told(Sight),
    Changed,
    Gone,
}

impl Bus {
    async fn listen(connection: &Connection) -> zbus::Result<Self> {
        let told = |interface, member| {
            MatchRule::builder()
                .msg_type(Type::Signal)
                .sender(BUS_NAME)
                .path(OBJECT_PATH)
                .interface(interface)
                .member(member)
                .build()
        };
        let events = told(INTERFACE, "Event")?;
        let changes = told("org.freedesktop.DBus.Properties", "PropertiesChanged")?;
        Ok(Self {
            events: MessageStream::for_match_rule(events, connection, None).await?,
            changes: MessageStream::for_match_rule(changes, connection, None).await?,
            owners: owner_changes(connection, BUS_NAME).await?,
        })
    }

    async fn next(&mut self, patience: Option<Duration>) -> News {
        let event = async {
            match self.events.next().await {
                Some(Ok(message)) => match message.body().deserialize() {
                    Ok((name, details)) => News::Told(Sight::Event { name, details }),
                    Err(_not_ours) => News::Changed,
                },
                Some(Err(_)) | None => News::Gone,
            }
        };
        let change = async {
            match self.changes.next().await {
                Some(Ok(_)) => News::Changed,
                Some(Err(_)) | None => News::Gone,
            }
        };
        let owner = async {
            match self.owners.next().await {
                Some(Ok(_)) => News::Changed,
                Some(Err(_)) | None => News::Gone,
            }
        };
        let time = async {
            match patience {
                Some(patience) => pause(patience).await,
                None => pending().await,
            }
            News::Told(Sight::Time)
        };
        // What happened comes before what it changed, as the program sends it.
        or(or(event, change), or(owner, time)).await
    }
}

fn failed(error: &zbus::Error) -> CallError {
    CallError::Failed(error.to_string())
}
