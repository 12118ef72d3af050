//! The session manager of GNOME, read in its sources (`gsm-manager`, `gsm-inhibitor`).

use zbus::{Connection, MatchRule, OwnedObjectPath, Variant, message::Type};

use super::{
    Inhibitor,
    tally::{self, Source, Tally},
};
use crate::desktop::bus;

const SERVICE: &str = "org.gnome.SessionManager";
const PATH: &str = "/org/gnome/SessionManager";
const INHIBITOR: &str = "org.gnome.SessionManager.Inhibitor";

/// The flag of those who keep the session from being idle.
const IDLE: u32 = 8;

/// More than anybody needs to read.
const MOST: usize = 32;

/// Tells who keeps the screen awake, until the connection ends.
pub async fn follow(connection: &Connection, tally: &Tally) {
    let follow = || {
        tally::follow(tally, Source::Gnome, connection, changes(), || {
            inhibitors(connection)
        })
    };
    bus::follow_owner(connection, SERVICE, follow, |why| {
        tally.says(Source::Gnome, Err(why));
    })
    .await;
}

/// Something comes when an inhibitor came or went.
fn changes() -> zbus::Result<MatchRule<'static>> {
    MatchRule::builder()
        .msg_type(Type::Signal)
        .path(PATH)
        .interface(SERVICE)
        .build()
}

async fn inhibitors(connection: &Connection) -> zbus::Result<Vec<Inhibitor>> {
    let properties = Some("org.freedesktop.DBus.Properties");
    let which = (SERVICE, "InhibitedActions");
    let reply = (connection.call_method(Some(SERVICE), PATH, properties, "Get", &which)).await?;
    let actions = u32::try_from(&reply.body().deserialize::<Variant<'_>>()?)?;
    if actions & IDLE == 0 {
        return Ok(Vec::new());
    }
    let reply =
        (connection.call_method(Some(SERVICE), PATH, Some(SERVICE), "GetInhibitors", &())).await?;
    let paths: Vec<OwnedObjectPath> = reply.body().deserialize()?;
    let mut all = Vec::new();
    for path in paths.iter().take(MOST) {
        // One that is gone by now keeps nothing awake.
        if let Ok(Some(inhibitor)) = inhibitor(connection, path).await {
            all.push(inhibitor);
        }
    }
    Ok(all)
}

async fn inhibitor(
    connection: &Connection,
    path: &OwnedObjectPath,
) -> zbus::Result<Option<Inhibitor>> {
    let ask = |what| connection.call_method(Some(SERVICE), path, Some(INHIBITOR), what, &());
    let flags: u32 = ask("GetFlags").await?.body().deserialize()?;
    if flags & IDLE == 0 {
        return Ok(None);
    }
    Ok(Some(Inhibitor {
        who: ask("GetAppId").await?.body().deserialize()?,
        why: ask("GetReason").await?.body().deserialize()?,
    }))
}
