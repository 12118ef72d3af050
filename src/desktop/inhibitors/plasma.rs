//! The power management of Plasma, read in its sources (`powerdevilpolicyagent`).

use zbus::{Connection, MatchRule, message::Type};

use super::{
    Inhibitor,
    tally::{self, Source, Tally},
};
use crate::desktop::bus;

const SERVICE: &str = "org.kde.Solid.PowerManagement.PolicyAgent";
const PATH: &str = "/org/kde/Solid/PowerManagement/PolicyAgent";

/// Those who keep the screen as it is, among all that it keeps account of.
const SCREEN: u32 = 4;

/// Tells who keeps the screen awake, until the connection ends.
pub async fn follow(connection: &Connection, tally: &Tally) {
    let follow = || {
        tally::follow(tally, Source::Plasma, connection, changes(), || {
            inhibitors(connection)
        })
    };
    bus::follow_owner(connection, SERVICE, follow, |why| {
        tally.says(Source::Plasma, Err(why));
    })
    .await;
}

fn changes() -> zbus::Result<MatchRule<'static>> {
    MatchRule::builder()
        .msg_type(Type::Signal)
        .path(PATH)
        .interface(SERVICE)
        .member("InhibitionsChanged")
        .build()
}

/// Whether the screen is kept awake only the first question tells; the names are those of
/// everybody who keeps anything up.
async fn inhibitors(connection: &Connection) -> zbus::Result<Vec<Inhibitor>> {
    let call = connection.call_method(Some(SERVICE), PATH, Some(SERVICE), "HasInhibition", &SCREEN);
    if !call.await?.body().deserialize::<bool>()? {
        return Ok(Vec::new());
    }
    let call = connection.call_method(Some(SERVICE), PATH, Some(SERVICE), "ListInhibitions", &());
    let named: Vec<(String, String)> = match call.await {
        // Some versions give no names, or give them in another form.
        Ok(reply) => reply.body().deserialize().unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    if named.is_empty() {
        let (who, why) = (String::new(), String::new());
        return Ok(vec![Inhibitor { who, why }]);
    }
    let named = named.into_iter();
    Ok(named.map(|(who, why)| Inhibitor { who, why }).collect())
}
