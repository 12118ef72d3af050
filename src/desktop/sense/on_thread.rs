//! A sensor with a thread of its own while it watches, and nothing at all while it rests.

use std::{
    io,
    os::fd::{AsFd as _, BorrowedFd},
    sync::Arc,
    thread,
    time::Duration,
};

use super::{Post, Report, Sense, Why, Word};
use crate::desktop::{
    inbox::{Inbox, Sender},
    ready,
};

/// Asks, reports, waits for changes and reports those, until it is told to stop.
pub type Ask = dyn Fn(&Stop, &mut Report) -> anyhow::Result<()> + Send + Sync;

/// The sensor.
pub struct OnThread {
    by: &'static str,
    ask: Arc<Ask>,
    post: Post<Word>,
    /// While this is there, the thread goes on.
    stop: Option<Sender<()>>,
}

/// What ends the watching.
pub struct Stop(Inbox<()>);

impl OnThread {
    /// A sensor that asks in this way; `by` is whose word it is.
    pub fn new(
        by: &'static str,
        post: &Post<Word>,
        ask: impl Fn(&Stop, &mut Report) -> anyhow::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self {
            by,
            ask: Arc::new(ask),
            post: Post::clone(post),
            stop: None,
        }
    }

    fn start(&self) -> io::Result<Sender<()>> {
        let stop = Inbox::new()?;
        let sender = stop.sender();
        let (by, ask) = (self.by, Arc::clone(&self.ask));
        let mut report = Report::new(Post::clone(&self.post));
        thread::Builder::new().name(by.to_owned()).spawn(move || {
            if let Err(error) = ask(&Stop(stop), &mut report) {
                report.say(Word::unknown(by, Why::Failed(format!("{error:#}"))));
            }
        })?;
        Ok(sender)
    }
}

impl Sense for OnThread {
    fn watch(&mut self, on: bool) {
        if let Some(stop) = self.stop.take_if(|_| !on) {
            stop.send(());
        }
        if on && self.stop.is_none() {
            match self.start() {
                Ok(stop) => self.stop = Some(stop),
                Err(error) => (self.post)(Word::unknown(self.by, Why::Failed(error.to_string()))),
            }
        }
    }
}

impl Drop for OnThread {
    fn drop(&mut self) {
        self.watch(false);
    }
}

impl Stop {
    /// Waits until something can be read here; `false`: it is time to stop.
    pub fn wait_for(&self, news: BorrowedFd<'_>) -> bool {
        !ready::wait([self.0.bell().as_fd(), news], None)[0]
    }

    /// Lets this much time pass; `false`: it is time to stop.
    pub fn sit_out(&self, length: Duration) -> bool {
        !ready::wait([self.0.bell().as_fd()], Some(length))[0]
    }
}
