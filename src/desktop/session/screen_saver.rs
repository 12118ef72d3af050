//! The screen savers of the session bus. On the desktops that have them, "active" means locked.

use futures_lite::StreamExt as _;
use zbus::{Connection, MatchRule, MessageStream, message::Type};

use super::lock::{Lock, Source};
use crate::desktop::bus::{self, Client, Work};

const SERVICES: [(Source, &str, &str); 2] = [
    (
        Source::ScreenSaver,
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
    ),
    (
        Source::Gnome,
        "org.gnome.ScreenSaver",
        "/org/gnome/ScreenSaver",
    ),
];

/// Listens to both, on every connection.
pub struct ScreenSavers {
    lock: Lock,
}

impl ScreenSavers {
    /// Tells this lock.
    pub fn new(lock: Lock) -> Self {
        Self { lock }
    }
}

impl Client for ScreenSavers {
    fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>> {
        Box::pin(async move {
            for (source, service, path) in SERVICES {
                let rule = MatchRule::builder()
                    .msg_type(Type::Signal)
                    .interface(service)
                    .member("ActiveChanged")
                    .build()?;
                let changes = MessageStream::for_match_rule(rule, &connection, None).await?;
                let owners = bus::owner_changes(&connection, service).await?;
                bus::spawn(follow(changes, self.lock.clone(), source));
                bus::spawn(notice_end(owners, self.lock.clone(), source));
                bus::spawn(ask(
                    connection.clone(),
                    self.lock.clone(),
                    source,
                    service,
                    path,
                ));
            }
            Ok(())
        })
    }

    fn lost(&mut self) {
        for (source, ..) in SERVICES {
            self.lock.says(source, false);
        }
    }
}

async fn follow(mut changes: MessageStream, lock: Lock, source: Source) {
    while let Some(Ok(change)) = changes.next().await {
        if let Ok(active) = change.body().deserialize::<bool>() {
            lock.says(source, active);
        }
    }
}

/// A screen saver that is gone locks nothing any more.
async fn notice_end(mut owners: MessageStream, lock: Lock, source: Source) {
    while let Some(Ok(change)) = owners.next().await {
        let body = change.body();
        if let Ok((_, _, after)) = body.deserialize::<(&str, &str, &str)>()
            && after.is_empty()
        {
            lock.says(source, false);
        }
    }
}

/// How things stand at the start, without starting a screen saver for it.
async fn ask(
    connection: Connection,
    lock: Lock,
    source: Source,
    service: &'static str,
    path: &'static str,
) {
    if !bus::has_owner(&connection, service).await {
        return;
    }
    let active = connection
        .call_method(Some(service), path, Some(service), "GetActive", &())
        .await
        .and_then(|reply| reply.body().deserialize());
    match active {
        Ok(active) => lock.says(source, active),
        Err(error) => log::debug!("{service} does not tell whether it is active: {error}"),
    }
}
