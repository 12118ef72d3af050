//! A sensor that asks somebody on the bus.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
};

use async_channel::{Receiver, Sender, bounded};
use zbus::Connection;

use super::{FAULT, Post, Sense, Why, Word};
use crate::desktop::{
    bus::{self, Bus, Client, Work},
    fault::caught_in,
};

/// Asks, reports, listens for changes and reports those, until it is dropped. It ends only when
/// the connection does.
type Ask = Arc<dyn Fn(Connection, Post<Word>) -> Work<'static> + Send + Sync>;

/// A sensor that asks on the bus, and begins anew on every new connection.
pub struct OnBus {
    bus: Bus,
    ask: Ask,
    post: Post<Word>,
    watching: Arc<Mutex<Option<Stop>>>,
    /// While this is there, the watching goes on.
    on: Option<Sender<Infallible>>,
}

/// Ends when the watching should.
type Stop = Receiver<Infallible>;

impl OnBus {
    /// Asks in this way, when it is told to watch.
    #[must_use]
    pub fn new(
        bus: &Bus,
        ask: impl Fn(Connection, Post<Word>) -> Work<'static> + Send + Sync + 'static,
        post: &Post<Word>,
    ) -> Self {
        let watching = Arc::default();
        let ask: Ask = Arc::new(ask);
        bus.attach(Again {
            ask: Arc::clone(&ask),
            post: Post::clone(post),
            watching: Arc::clone(&watching),
        });
        Self {
            bus: bus.clone(),
            ask,
            post: Post::clone(post),
            watching,
            on: None,
        }
    }
}

impl Sense for OnBus {
    fn watch(&mut self, on: bool) {
        if on == self.on.is_some() {
            return;
        }
        let (sender, stop) = bounded(1);
        self.on = on.then_some(sender);
        let (ask, post) = (Arc::clone(&self.ask), Post::clone(&self.post));
        let watching = Arc::clone(&self.watching);
        self.bus.run(move |connection| async move {
            // Noted on the bus's thread, where connections come and go: so each of them is asked
            // once.
            *lock(&watching) = on.then(|| stop.clone());
            match connection {
                _ if !on => {}
                Some(connection) => until(stop, ask, connection, post).await,
                None => post(Word::unknown("", Why::NobodyToAsk)),
            }
        });
    }
}

/// Begins anew on a new connection.
struct Again {
    ask: Ask,
    post: Post<Word>,
    watching: Arc<Mutex<Option<Stop>>>,
}

impl Client for Again {
    fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>> {
        let stop = lock(&self.watching).clone();
        if let Some(stop) = stop.filter(|stop| !stop.is_closed()) {
            let post = Post::clone(&self.post);
            bus::spawn(until(stop, Arc::clone(&self.ask), connection, post));
        }
        Box::pin(std::future::ready(Ok(())))
    }

    fn lost(&mut self) {
        let on = |stop: &Stop| !stop.is_closed();
        if lock(&self.watching).as_ref().is_some_and(on) {
            (self.post)(Word::unknown("", Why::NobodyToAsk));
        }
    }
}

async fn until(stop: Stop, ask: Ask, connection: Connection, post: Post<Word>) {
    let work = async {
        let asked = caught_in(async { ask(connection, Post::clone(&post)).await });
        if asked.await.is_none() {
            post(Word::unknown("", Why::Failed(FAULT.to_owned())));
        }
    };
    let stopped = async {
        // Nothing is ever sent: the end of the channel is the message.
        stop.recv().await.ok();
    };
    futures_lite::future::or(stopped, work).await;
}

fn lock(watching: &Mutex<Option<Stop>>) -> std::sync::MutexGuard<'_, Option<Stop>> {
    watching.lock().unwrap_or_else(PoisonError::into_inner)
}
