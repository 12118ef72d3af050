//! The calls and signals of Mutter's idle monitor, and of the session manager beside it.

use std::{collections::HashMap, time::Duration};

use futures_lite::{Stream, stream};
use zbus::{Connection, MatchRule, Message, MessageStream, Variant, message::Type};

use super::super::{WhyNot, on_bus::answer};

/// The name on the bus, and of the interface.
pub const NAME: &str = "org.gnome.Mutter.IdleMonitor";
const PATH: &str = "/org/gnome/Mutter/IdleMonitor/Core";

const SESSION: &str = "org.gnome.SessionManager";
const SESSION_PATH: &str = "/org/gnome/SessionManager";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// Among what is inhibited: that the session becomes idle.
const IDLE: u32 = 8;

/// The monitor of all devices.
pub struct Monitor<'a> {
    connection: &'a Connection,
}

/// The signals of both.
pub async fn news(
    connection: &Connection,
) -> zbus::Result<impl Stream<Item = zbus::Result<Message>> + use<>> {
    let fired = MatchRule::builder()
        .msg_type(Type::Signal)
        .path(PATH)
        .interface(NAME)
        .member("WatchFired")
        .build()?;
    let changed = MatchRule::builder()
        .msg_type(Type::Signal)
        .path(SESSION_PATH)
        .interface(PROPERTIES)
        .member("PropertiesChanged")
        .add_arg(SESSION)
        .build()?;
    let fired = MessageStream::for_match_rule(fired, connection, None).await?;
    let changed = MessageStream::for_match_rule(changed, connection, None).await?;
    Ok(stream::or(fired, changed))
}

/// The watch that fired, if this says so.
pub fn fired(message: &Message) -> Option<u32> {
    let header = message.header();
    let is_fired = header.member().is_some_and(|member| member == "WatchFired");
    is_fired
        .then(|| message.body().deserialize().ok())
        .flatten()
}

/// Whether somebody keeps the session from being idle, if this says so.
pub fn kept_awake(message: &Message) -> Option<bool> {
    let body = message.body();
    let (_interface, changed, _invalidated) = body
        .deserialize::<(&str, HashMap<&str, Variant<'_>>, Vec<&str>)>()
        .ok()?;
    let actions = u32::try_from(changed.get("InhibitedActions")?).ok()?;
    Some(actions & IDLE != 0)
}

impl<'a> Monitor<'a> {
    /// The one on this connection.
    pub fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// How long there has been no input.
    pub async fn idle_time(&self) -> Result<Duration, WhyNot> {
        self.call("GetIdletime", &())
            .await
            .map(Duration::from_millis)
    }

    /// Watches for this much idleness, every time; gives the number of the watch.
    pub async fn add_idle_watch(&self, interval: Duration) -> Result<u32, WhyNot> {
        let interval = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
        self.call("AddIdleWatch", &interval).await
    }

    /// Watches for the next input; gives the number of the watch.
    pub async fn add_active_watch(&self) -> Result<u32, WhyNot> {
        self.call("AddUserActiveWatch", &()).await
    }

    /// Watches no longer.
    pub async fn remove_watch(&self, id: u32) {
        // One that is gone already needs no removing.
        self.call::<_, ()>("RemoveWatch", &id).await.ok();
    }

    /// Whether somebody keeps the session from being idle; without a session manager nobody does.
    pub async fn is_kept_awake(&self) -> bool {
        let asked = (SESSION, "InhibitedActions");
        let call = async {
            let reply = self
                .connection
                .call_method(Some(SESSION), SESSION_PATH, Some(PROPERTIES), "Get", &asked)
                .await?;
            let body = reply.body();
            let actions = u32::try_from(&body.deserialize::<Variant<'_>>()?)?;
            Ok(actions & IDLE != 0)
        };
        answer(call).await.unwrap_or_default()
    }

    async fn call<A, R>(&self, method: &str, arguments: &A) -> Result<R, WhyNot>
    where
        A: serde::Serialize + zbus::Type,
        R: serde::de::DeserializeOwned + zbus::Type,
    {
        answer(async {
            let reply = self
                .connection
                .call_method(Some(NAME), PATH, Some(NAME), method, arguments)
                .await?;
            reply.body().deserialize()
        })
        .await
    }
}
