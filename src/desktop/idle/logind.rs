//! Idle time from logind: the `IdleHint` of the session, the last resort.
//!
//! It is coarse. The desktop sets it, after some minutes and not while a film runs; many never set
//! it, so it is trusted only once it has been set before. Of sessions in a text terminal logind
//! works it out from the terminal, which knows nothing of a desktop that was started in it.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_lite::future;
use zbus::{Connection, Message, OwnedObjectPath, Variant, connection};

use super::{
    Source, WhyNot,
    chooser::{Order, Said, Standing},
    on_bus::{Chooser, OnBus, answer, until, while_hearing, why_not},
    track::{Seen, Track},
};
use crate::{
    core::schedule::Sensor,
    desktop::{
        bus::{self, Bus},
        clock,
        inbox::Post,
        session::logind::{LOGIND, SESSION, hints, property, session},
    },
};

/// What may come from here.
pub const SOURCES: &[Source] = &[Source::Logind];

/// Waits between attempts to reach a system bus that does not answer. Long ones: where there is
/// none there will be none.
const FIRST_RETRY: Duration = Duration::from_secs(60);
const LAST_RETRY: Duration = Duration::from_secs(1800);

/// Looks for it on the system's bus, on the thread of this one.
pub fn start(bus: &Bus, system_bus: Option<String>, post: Post<Said>) -> OnBus {
    let (handle, chooser) = OnBus::new(post);
    bus.run(move |_| async move { keep_serving(system_bus.as_deref(), chooser).await });
    handle
}

async fn keep_serving(address: Option<&str>, chooser: Arc<Chooser>) {
    let mut retry = FIRST_RETRY;
    while !chooser.is_gone() {
        let why = match answer(connect(address)).await {
            Ok(connection) => {
                retry = FIRST_RETRY;
                let follow = || follow(&connection, &chooser);
                bus::follow_owner(&connection, LOGIND, follow, |why| {
                    chooser.stands(Standing::nothing(SOURCES, &why_not(why)));
                })
                .await;
                WhyNot::Absent
            }
            Err(why) => why,
        };
        chooser.stands(Standing::nothing(SOURCES, &why));
        bus::pause(retry).await;
        retry = (retry * 2).min(LAST_RETRY);
    }
}

async fn connect(address: Option<&str>) -> zbus::Result<Connection> {
    let builder = match address {
        Some(address) => connection::Builder::address(address),
        None => connection::Builder::system(),
    };
    builder.build().await
}

/// Serves for as long as this logind is there.
async fn follow(connection: &Connection, chooser: &Chooser) {
    let found = answer(async {
        let session = session(connection).await?;
        let changes = hints(connection, &session).await?;
        Ok((session, changes))
    });
    let why = match found.await {
        Ok((session, changes)) => {
            let session = &session;
            let work = |news| async move {
                let served = serve(connection, session, &news, chooser).await;
                served.err().unwrap_or(WhyNot::Absent)
            };
            while_hearing(changes, idle_hint, work).await
        }
        Err(why) => why,
    };
    chooser.stands(Standing::nothing(SOURCES, &why));
}

fn idle_hint(message: &Message) -> Option<bool> {
    let body = message.body();
    let (_interface, changed, _invalidated) = body
        .deserialize::<(&str, HashMap<&str, Variant<'_>>, Vec<&str>)>()
        .ok()?;
    bool::try_from(changed.get("IdleHint")?).ok()
}

/// What to do next.
enum Next {
    Order(Order),
    Hint(bool),
    Look,
}

/// Watches until it cannot go on.
async fn serve(
    connection: &Connection,
    session: &OwnedObjectPath,
    news: &async_channel::Receiver<bool>,
    chooser: &Chooser,
) -> Result<(), WhyNot> {
    let ask = |name| answer(property(connection, session.as_str(), SESSION, name));
    let kind = String::try_from(ask("Type").await?).unwrap_or_default();
    if !["x11", "wayland", "mir"].contains(&kind.as_str()) {
        return Err(WhyNot::NeverTold);
    }
    let hint = bool::try_from(ask("IdleHint").await?).unwrap_or_default();
    // On the clock that stands still in sleep, in microseconds; 0 when it was never set.
    let set = u64::try_from(ask("IdleSinceHintMonotonic").await?).unwrap_or_default();
    let ago = clock::awake().saturating_sub(Duration::from_micros(set));
    let mut idle_since = hint.then(|| clock::boot().saturating_sub(ago));
    chooser.forget_orders();
    chooser.stands(match set {
        0 => Standing::nothing(SOURCES, &WhyNot::NeverTold),
        _ => Standing::offers(Source::Logind),
    });
    let mut watch: Option<Track> = None;
    loop {
        let order = async { Ok(Next::Order(chooser.order().await)) };
        let hint = async { news.recv().await.map(Next::Hint) };
        let deadline = watch.as_ref().and_then(Track::deadline);
        let look = async {
            until(deadline).await;
            Ok(Next::Look)
        };
        let Ok(next) = future::or(order, future::or(hint, look)).await else {
            return Ok(());
        };
        let now = clock::boot();
        let mut reports: Vec<Sensor> = Vec::new();
        match (next, &mut watch) {
            (Next::Order(Order::Watch(threshold)), Some(track)) => track.set_threshold(threshold),
            (Next::Order(Order::Watch(threshold)), None) => {
                let mut track = Track::new(Duration::ZERO);
                track.set_threshold(threshold);
                if idle_since.is_none() {
                    reports.push(track.tell(now));
                }
                watch = Some(track);
            }
            (Next::Order(Order::Rest), _) => watch = None,
            (Next::Order(Order::Refresh), Some(track)) => reports.push(track.tell(now)),
            (Next::Hint(idle), _) => {
                idle_since = idle.then_some(idle_since.unwrap_or(now));
                chooser.stands(Standing::offers(Source::Logind));
            }
            (Next::Order(Order::Refresh) | Next::Look, _) => {}
        }
        if let Some(track) = &mut watch {
            let seen = idle_since.map_or(Seen::Input, |since| Seen::Idle {
                since,
                kept_awake: false,
                free_for: Duration::ZERO,
            });
            reports.extend(track.see(seen, now));
        }
        chooser.says(reports);
    }
}
