//! The screen savers of the session bus. On the desktops that have them, "active" means locked.

use std::time::Duration;

use futures_lite::{StreamExt as _, future, stream};
use zbus::{Connection, MatchRule, MessageStream, message::Type};

use super::lock::{Lock, Source};
use crate::desktop::bus::{self, Client, Work};

/// So long the first of several words in a row is the one that counts.
const CALM: Duration = Duration::from_millis(100);

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
                bus::spawn(follow(changes, owners, self.lock.clone(), source));
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

/// Follows what it says, and its end: a screen saver that is gone locks nothing any more.
async fn follow(changes: MessageStream, owners: MessageStream, lock: Lock, source: Source) {
    let changes = changes.map(|change| change.ok()?.body().deserialize::<bool>().ok());
    let ends = owners.map(|change| {
        let change = change.ok()?;
        let body = change.body();
        let (_, _, after) = body.deserialize::<(&str, &str, &str)>().ok()?;
        after.is_empty().then_some(false)
    });
    // What it said before its end comes first.
    let mut words = stream::or(changes, ends).filter_map(|active| active);
    while let Some(active) = words.next().await {
        lock.says(source, active);
        // One that changes its mind all the time is heard a few times a second, and its last word
        // counts.
        let mut last = None;
        let reading = async {
            while let Some(active) = words.next().await {
                last = Some(active);
            }
        };
        future::or(bus::pause(CALM), reading).await;
        if let Some(active) = last {
            lock.says(source, active);
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
