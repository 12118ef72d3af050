//! A sensor with a thread of its own while it watches, and nothing at all while it rests.

use std::{
    io,
    os::fd::{AsFd as _, BorrowedFd},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{FAULT, Post, Report, Sense, Why, Word};
use crate::desktop::{
    fault::caught,
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
    watching: Option<Watching>,
    /// The threads that have not ended yet, as far as is known.
    threads: Vec<JoinHandle<()>>,
}

/// A thread that watches.
struct Watching {
    stop: Sender<()>,
    /// What it still has to say is not news any more.
    rests: Arc<AtomicBool>,
}

/// Waits between attempts to ask somebody who is gone.
const FIRST_RETRY: Duration = Duration::from_secs(10);
const LAST_RETRY: Duration = Duration::from_secs(300);

/// A thread that was told to stop may be held up by whom it asks. With so many of them held up,
/// there is no use in another one.
const MOST_HELD_UP: usize = 2;

/// What ends the watching.
pub struct Stop(Inbox<()>);

/// What ended a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// It is time to stop.
    Stopped,
    /// There is something to read.
    News,
    /// The time has passed.
    Late,
}

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
            watching: None,
            threads: Vec::new(),
        }
    }

    fn start(&mut self) -> io::Result<Watching> {
        let stop = Inbox::new()?;
        let watching = Watching {
            stop: stop.sender(),
            rests: Arc::default(),
        };
        let (by, ask) = (self.by, Arc::clone(&self.ask));
        let (post, rests) = (Post::clone(&self.post), Arc::clone(&watching.rests));
        let mut report = Report::new(Arc::new(move |word| {
            // A question that took long may be answered when nobody wants to know any more.
            if !rests.load(Ordering::SeqCst) {
                post(word);
            }
        }));
        let thread = thread::Builder::new().name(by.to_owned()).spawn(move || {
            let stop = Stop(stop);
            let mut again = FIRST_RETRY;
            loop {
                match caught(|| ask(&stop, &mut report)) {
                    Some(Ok(())) => return,
                    Some(Err(error)) => {
                        report.say(Word::unknown(by, Why::Failed(format!("{error:#}"))));
                    }
                    None => return report.say(Word::unknown(by, Why::Failed(FAULT.to_owned()))),
                }
                if !stop.sit_out(again) {
                    return;
                }
                again = (again * 2).min(LAST_RETRY);
            }
        })?;
        self.threads.push(thread);
        Ok(watching)
    }
}

impl Sense for OnThread {
    fn watch(&mut self, on: bool) {
        if let Some(watching) = self.watching.take_if(|_| !on) {
            watching.rests.store(true, Ordering::SeqCst);
            watching.stop.send(());
        }
        if on && self.watching.is_none() {
            self.threads.retain(|thread| !thread.is_finished());
            if self.threads.len() > MOST_HELD_UP {
                (self.post)(Word::unknown(self.by, Why::Silent));
                return;
            }
            match self.start() {
                Ok(watching) => self.watching = Some(watching),
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

    /// Waits until something can be read at one of these, or this much time has passed.
    pub fn wait_or(&self, news: &[BorrowedFd<'_>], patience: Option<Duration>) -> Wake {
        let bell = self.0.bell().as_fd();
        let ready = ready::wait_any(&[&[bell], news].concat(), patience);
        match ready.iter().position(|ready| *ready) {
            None => Wake::Late,
            Some(0) => Wake::Stopped,
            Some(_) => Wake::News,
        }
    }

    /// Lets this much time pass; `false`: it is time to stop.
    pub fn sit_out(&self, length: Duration) -> bool {
        !ready::wait([self.0.bell().as_fd()], Some(length))[0]
    }
}
