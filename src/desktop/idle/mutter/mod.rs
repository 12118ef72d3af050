//! Idle time from Mutter, the compositor of GNOME, by its interface `org.gnome.Mutter.IdleMonitor`.
//!
//! As its sources have it (`meta-idle-monitor.c`): an idle watch counts from the last input and
//! fires every time; a watch for activity fires once. While the session manager knows of somebody
//! who keeps the session from being idle, idle watches are silent, though the idle time goes on
//! and can be asked for. Then it is asked for at the moments at which it could matter.

mod monitor;
mod watch;

use std::sync::Arc;

use futures_lite::future;
use zbus::{Connection, Message};

use super::{
    Source, WhyNot,
    chooser::{Order, Said, Standing},
    on_bus::{Chooser, OnBus, until, while_hearing, why_not},
    retry::Retry,
};
use crate::desktop::{
    bus::{self, Bus, Client, Work},
    clock,
    inbox::Post,
};
use monitor::Monitor;
use watch::Watch;

/// What may come from here.
pub const SOURCES: &[Source] = &[Source::Mutter];

/// Looks for it on this bus.
pub fn start(bus: &Bus, post: Post<Said>) -> OnBus {
    let (handle, chooser) = OnBus::new(post);
    bus.attach(OnEachConnection { chooser });
    handle
}

struct OnEachConnection {
    chooser: Arc<Chooser>,
}

impl Client for OnEachConnection {
    fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>> {
        if !self.chooser.is_gone() {
            bus::spawn(follow(connection, Arc::clone(&self.chooser)));
        }
        Box::pin(std::future::ready(Ok(())))
    }

    fn lost(&mut self) {
        let standing = Standing::nothing(SOURCES, &WhyNot::Absent);
        self.chooser.stands(standing);
    }
}

/// Serves for as long as there is a Mutter on this connection.
async fn follow(connection: Connection, chooser: Arc<Chooser>) {
    let serve = || keep_serving(&connection, &chooser);
    bus::follow_owner(&connection, monitor::NAME, serve, |why| {
        let standing = Standing::nothing(SOURCES, &why_not(why));
        chooser.stands(standing);
    })
    .await;
}

async fn keep_serving(connection: &Connection, chooser: &Chooser) {
    let mut retry = Retry::new();
    loop {
        let begun = clock::boot();
        let why = match monitor::news(connection).await {
            Ok(stream) => {
                let work = |news| async move {
                    let served = serve(Monitor::new(connection), &news, chooser).await;
                    served.err().unwrap_or(WhyNot::Absent)
                };
                while_hearing(stream, meant, work).await
            }
            Err(error) => WhyNot::Failed(error.to_string()),
        };
        log::debug!("idle time from Mutter: {why:?}");
        chooser.stands(Standing::nothing(SOURCES, &why));
        bus::pause(retry.after(clock::boot().saturating_sub(begun))).await;
    }
}

/// Something that a message says.
enum News {
    /// This watch fired.
    Fired(u32),
    /// Somebody keeps the session from being idle, or nobody does any more.
    KeptAwake(bool),
}

fn meant(message: &Message) -> Option<News> {
    monitor::fired(message)
        .map(News::Fired)
        .or_else(|| monitor::kept_awake(message).map(News::KeptAwake))
}

/// What to do next.
enum Next {
    Order(Order),
    News(News),
    Look,
}

/// Watches until it cannot go on.
async fn serve(
    monitor: Monitor<'_>,
    news: &async_channel::Receiver<News>,
    chooser: &Chooser,
) -> Result<(), WhyNot> {
    // Whether it works shows in an answer.
    monitor.idle_time().await?;
    let mut kept_awake = monitor.is_kept_awake().await;
    let mut watch: Option<Watch<'_>> = None;
    chooser.forget_orders();
    chooser.stands(Standing::offers(Source::Mutter));
    loop {
        let order = async { Ok(Next::Order(chooser.order().await)) };
        let news = async { news.recv().await.map(Next::News) };
        let deadline = watch.as_ref().and_then(Watch::deadline);
        let look = async {
            until(deadline).await;
            Ok(Next::Look)
        };
        let Ok(next) = future::or(order, future::or(news, look)).await else {
            return Ok(());
        };
        match (next, &mut watch) {
            (Next::Order(Order::Watch(threshold)), None) => {
                let begun = Watch::begin(&monitor, chooser, kept_awake, threshold).await?;
                watch = Some(begun);
            }
            (Next::Order(Order::Watch(threshold)), Some(watch)) => {
                watch.set_threshold(threshold).await?;
            }
            (Next::Order(Order::Rest), at_work) => {
                if let Some(watch) = at_work.take() {
                    watch.end().await;
                }
            }
            (Next::Order(Order::Refresh), Some(watch)) => watch.refresh().await?,
            (Next::News(News::Fired(id)), Some(watch)) => watch.fired(id).await?,
            (Next::News(News::KeptAwake(on)), at_work) => {
                kept_awake = on;
                if let Some(watch) = at_work {
                    watch.keep_awake(on).await?;
                }
            }
            (Next::Look, Some(watch)) => watch.look_again().await?,
            (Next::Order(Order::Refresh) | Next::News(News::Fired(_)) | Next::Look, None) => {}
        }
    }
}
