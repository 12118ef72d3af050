//! The portal's side of it: a request, whose answer comes as a signal of an object of its own.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context as _, bail};
use futures_lite::{StreamExt as _, future};
use zbus::{
    Connection, MatchRule, MessageStream, OwnedVariant, Variant, connection::Builder,
    message::Type, names::OwnedUniqueName,
};

use crate::desktop::bus::owner_changes;

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const CHOOSER: &str = "org.freedesktop.portal.FileChooser";
const REQUEST: &str = "org.freedesktop.portal.Request";

/// The answer to a request that was fulfilled; others say that the user gave it up.
const DONE: u32 = 0;

/// How many requests this process has made: each has a name of its own.
static REQUESTS: AtomicU32 = AtomicU32::new(0);

/// See [`choose`](super::choose).
pub fn choose(bus: Option<&str>, title: &str) -> anyhow::Result<Option<String>> {
    zbus::block_on(async {
        let connection = match bus {
            Some(address) => Builder::address(address),
            None => Builder::session(),
        };
        // Of its own: it is closed with the window, which the portal then closes too.
        let connection = connection.build().await.context("connecting to the bus")?;
        ask(&connection, title).await
    })
}

async fn ask(connection: &Connection, title: &str) -> anyhow::Result<Option<String>> {
    let token = format!("unhunch{}", REQUESTS.fetch_add(1, Ordering::Relaxed));
    let name = connection.unique_name().context("a bus gives a name")?;
    // Both listened to before anything is asked, so nothing can be missed.
    let mut answers = answers(connection, &request(name, &token)).await?;
    let mut owners = owner_changes(connection, PORTAL).await?;
    let options = HashMap::from([("handle_token", Variant::from(token.as_str()))]);
    let asked = ("", title, options);
    connection
        .call_method(Some(PORTAL), PATH, Some(CHOOSER), "OpenFile", &asked)
        .await
        .context("asking for a window to choose a file")?;
    let answer = async { answers.next().await };
    let gone = async {
        // It may come while it is asked; only its end counts.
        while let Some(Ok(change)) = owners.next().await {
            let body = change.body();
            let (_, _, new): (&str, &str, &str) = body.deserialize().unwrap_or_default();
            if new.is_empty() {
                break;
            }
        }
        None
    };
    let Some(answer) = future::or(answer, gone).await else {
        bail!("the window to choose a file went away");
    };
    let answer = answer?;
    let body = answer.body();
    let (how, results): (u32, HashMap<String, OwnedVariant>) = body.deserialize()?;
    if how != DONE {
        return Ok(None);
    }
    let files = results.get("uris").context("no file in the answer")?;
    let files: Vec<String> = files.try_clone()?.try_into()?;
    Ok(files.into_iter().next())
}

/// The object that answers a request, as the portal names it.
fn request(name: &OwnedUniqueName, token: &str) -> String {
    let sender = name.trim_start_matches(':').replace('.', "_");
    format!("{PATH}/request/{sender}/{token}")
}

async fn answers(connection: &Connection, request: &str) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(PORTAL)
        .path(request)
        .interface(REQUEST)
        .member("Response")
        .build()?;
    MessageStream::for_match_rule(rule, connection, None).await
}
