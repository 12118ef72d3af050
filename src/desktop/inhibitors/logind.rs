//! logind, on the system bus: programs that ask it directly, such as `systemd-inhibit`.

use std::time::Duration;

use zbus::{Connection, MatchRule, Variant, connection, message::Type};

use super::{
    Inhibitor, PATIENCE,
    tally::{self, Source, Tally},
};
use crate::desktop::{bus, sense::Why};

const SERVICE: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// Wait between attempts to reach a system bus that is not there, while a break is near.
const RETRY: Duration = Duration::from_secs(120);

/// Tells who keeps the machine from being idle. Does not end.
pub async fn follow(address: Option<String>, tally: &Tally) {
    loop {
        match bus::within(PATIENCE, connect(address.as_deref())).await {
            Some(Ok(connection)) => {
                let follow = || {
                    tally::follow(tally, Source::Logind, &connection, changes(), || {
                        inhibitors(&connection)
                    })
                };
                bus::follow_owner(&connection, SERVICE, follow, |why| {
                    tally.says(Source::Logind, Err(why));
                })
                .await;
                tally.says(Source::Logind, Err(Why::NobodyToAsk));
            }
            Some(Err(_)) => tally.says(Source::Logind, Err(Why::NobodyToAsk)),
            None => tally.says(Source::Logind, Err(Why::Silent)),
        }
        bus::pause(RETRY).await;
    }
}

async fn connect(address: Option<&str>) -> zbus::Result<Connection> {
    let builder = match address {
        Some(address) => connection::Builder::address(address),
        None => connection::Builder::system(),
    };
    builder.build().await
}

fn changes() -> zbus::Result<MatchRule<'static>> {
    MatchRule::builder()
        .msg_type(Type::Signal)
        .path(PATH)
        .interface(PROPERTIES)
        .member("PropertiesChanged")
        .add_arg(MANAGER)
        .build()
}

async fn inhibitors(connection: &Connection) -> zbus::Result<Vec<Inhibitor>> {
    let which = (MANAGER, "BlockInhibited");
    let reply =
        (connection.call_method(Some(SERVICE), PATH, Some(PROPERTIES), "Get", &which)).await?;
    let body = reply.body();
    let inhibited = body.deserialize::<Variant<'_>>()?;
    let is_idle = |what: &str| what.split(':').any(|what| what == "idle");
    if !is_idle(<&str>::try_from(&inhibited)?) {
        return Ok(Vec::new());
    }
    let call = connection.call_method(Some(SERVICE), PATH, Some(MANAGER), "ListInhibitors", &());
    type Listed = (String, String, String, String, u32, u32);
    let listed: Vec<Listed> = call.await?.body().deserialize()?;
    let ours = rustix::process::getuid().as_raw();
    let listed = listed.into_iter();
    // Somebody else at the same machine has a screen of their own.
    let counts = listed.filter(|(what, _, _, mode, uid, _)| {
        is_idle(what) && mode == "block" && [ours, 0].contains(uid)
    });
    Ok(counts
        .map(|(_, who, why, ..)| Inhibitor { who, why })
        .collect())
}
