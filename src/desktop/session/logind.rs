//! logind, on the system bus: sleep, and the lock where the screen locker tells it.

use std::time::Duration;

use futures_lite::{StreamExt as _, future, stream};
use zbus::{
    Connection, MatchRule, Message, MessageStream, OwnedObjectPath, Variant, connection,
    message::Type,
};

use super::{
    Event,
    lock::{Lock, Source},
};
use crate::desktop::{bus, inbox::Post};

pub(in crate::desktop) const LOGIND: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
pub(in crate::desktop) const SESSION: &str = "org.freedesktop.login1.Session";
const USER: &str = "org.freedesktop.login1.User";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// Waits between attempts to reach a system bus that does not answer. Long ones: where there is
/// none there will be none, and each attempt brings back memory that had been given back.
const FIRST_RETRY: Duration = Duration::from_secs(60);
const LAST_RETRY: Duration = Duration::from_secs(1800);

/// The longest that any call waits for its answer.
const CALL: Duration = Duration::from_secs(10);

/// Listens for good; on the bus's thread.
pub async fn listen(address: Option<String>, lock: Lock, post: Post<Event>) {
    let mut retry = FIRST_RETRY;
    let mut said = false;
    loop {
        match follow(address.as_deref(), &lock, &post).await {
            Ok(()) => {
                log::warn!("the system bus went away");
                retry = FIRST_RETRY;
                said = false;
            }
            Err(error) if said => log::debug!("still no word of sleep from logind: {error}"),
            Err(error) => {
                log::info!("no word of sleep from logind: {error}");
                said = true;
            }
        }
        lock.says(Source::Logind, false);
        bus::pause(retry).await;
        retry = (retry * 2).min(LAST_RETRY);
    }
}

/// Listens until the connection ends.
async fn follow(address: Option<&str>, lock: &Lock, post: &Post<Event>) -> zbus::Result<()> {
    let builder = match address {
        Some(address) => connection::Builder::address(address),
        None => connection::Builder::system(),
    };
    let connection = builder.method_timeout(CALL).build().await?;
    let sleep = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(MANAGER)
        .member("PrepareForSleep")
        .path(PATH)
        .build()?;
    let sleep = MessageStream::for_match_rule(sleep, &connection, None).await?;
    // Without a session of ours, or a logind, there is still the sleep to listen for.
    let session = session(&connection).await;
    let hints = match &session {
        Ok(session) => Some(hints(&connection, session).await?),
        Err(error) => {
            log::debug!("no word of the lock from logind: {error}");
            None
        }
    };
    if let Ok(session) = session
        && let Ok(locked) = property(&connection, session.as_str(), SESSION, "LockedHint").await
    {
        lock.says(Source::Logind, bool::try_from(&*locked).unwrap_or_default());
    }
    let sleep = sleep.map(|message| (message, true));
    match hints {
        Some(hints) => {
            let hints = hints.map(|message| (message, false));
            take(stream::or(sleep, hints), lock, post, &connection).await;
        }
        None => take(sleep, lock, post, &connection).await,
    }
    Ok(())
}

/// Takes messages, each with whether it is about sleep, until the connection ends.
async fn take(
    messages: impl stream::Stream<Item = (zbus::Result<Message>, bool)>,
    lock: &Lock,
    post: &Post<Event>,
    connection: &Connection,
) {
    let mut messages = std::pin::pin!(messages);
    let taking = async {
        while let Some((Ok(message), about_sleep)) = messages.next().await {
            if about_sleep {
                if let Ok(begins) = message.body().deserialize::<bool>() {
                    post(if begins { Event::Sleeps } else { Event::Wakes });
                }
            } else if let Some(locked) = locked_hint(&message) {
                lock.says(Source::Logind, locked);
            }
        }
    };
    future::or(taking, async {
        connection.closed().await;
    })
    .await;
}

/// Changes of the session's properties.
pub(in crate::desktop) async fn hints(
    connection: &Connection,
    session: &OwnedObjectPath,
) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(PROPERTIES)
        .member("PropertiesChanged")
        .path(session.as_str())
        .add_arg(SESSION)
        .build()?;
    MessageStream::for_match_rule(rule, connection, None).await
}

fn locked_hint(message: &Message) -> Option<bool> {
    let body = message.body();
    let (_interface, changed, _invalidated) = body
        .deserialize::<(
            &str,
            std::collections::HashMap<&str, Variant<'_>>,
            Vec<&str>,
        )>()
        .ok()?;
    bool::try_from(changed.get("LockedHint")?).ok()
}

/// The session in which we run; a service of the user runs in none, and shares the one that the
/// user looks at.
pub(in crate::desktop) async fn session(connection: &Connection) -> zbus::Result<OwnedObjectPath> {
    let ours = connection
        .call_method(Some(LOGIND), PATH, Some(MANAGER), "GetSessionByPID", &0_u32)
        .await;
    if let Ok(reply) = ours {
        return reply.body().deserialize();
    }
    let user = rustix::process::getuid().as_raw();
    let reply = connection
        .call_method(Some(LOGIND), PATH, Some(MANAGER), "GetUser", &user)
        .await?;
    let user: OwnedObjectPath = reply.body().deserialize()?;
    let display = property(connection, user.as_str(), USER, "Display").await?;
    let (_id, path) = <(String, OwnedObjectPath)>::try_from(display)?;
    Ok(path)
}

pub(in crate::desktop) async fn property(
    connection: &Connection,
    path: &str,
    interface: &str,
    name: &str,
) -> zbus::Result<zbus::OwnedVariant> {
    let reply = connection
        .call_method(
            Some(LOGIND),
            path,
            Some(PROPERTIES),
            "Get",
            &(interface, name),
        )
        .await?;
    reply.body().deserialize()
}
