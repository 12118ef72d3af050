//! Idle time from a Wayland compositor: `ext-idle-notify-v1` in version 2, then 1, then the
//! `org_kde_kwin_idle` that came before it.
//!
//! All of them tell when a seat has had no input for a given time, and when input comes back;
//! nobody can ask how long it has been. So a look at how things stand is a notification of a
//! second. Version 1 and the older protocol are silent while something keeps the screen awake;
//! version 2 can tell of both, and the difference is a film.

mod asked;
mod notifier;
mod socket;
mod told;

use std::{
    io::{self, ErrorKind},
    os::fd::AsFd as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use wayland_client::{Connection, EventQueue, backend::WaylandError};

use super::{
    Source, WhyNot,
    chooser::{Said, Standing, Voice},
    thread::{Command, End, OnThread},
    track::Flood,
};
use crate::desktop::{
    clock,
    inbox::{Inbox, Post},
    ready::wait,
};
use told::Told;

/// What may come from here, the best first.
pub const SOURCES: &[Source] = &[
    Source::ExtIdleNotify2,
    Source::ExtIdleNotify1,
    Source::KwinIdle,
];

/// How long a compositor may take to say what it has, before it counts as silent.
const GREETING: Duration = Duration::from_secs(10);

/// Connects to the compositor behind this socket.
///
/// # Errors
///
/// When the system has no thread or file descriptor left.
pub fn start(socket: PathBuf, post: Post<Said>) -> io::Result<OnThread> {
    OnThread::start(SOURCES, post, move |commands, voice| {
        let served = Link::open(&socket).and_then(|mut link| link.serve(commands, voice));
        served.err().unwrap_or(End::Stop)
    })
}

/// A connection to a compositor.
struct Link {
    connection: Connection,
    queue: EventQueue<Told>,
    told: Told,
    flood: Flood,
    /// When it should have said what it has.
    greeting: Option<Duration>,
}

impl Link {
    fn open(socket: &Path) -> Result<Self, End> {
        let stream = socket::connect(socket).context("connecting to the compositor")?;
        let connection = Connection::from_socket(stream)?;
        let queue = connection.new_event_queue();
        let display = connection.display();
        let registry = display.get_registry(&queue.handle(), ());
        display.sync(&queue.handle(), ());
        let told = Told::new(registry, queue.handle());
        Ok(Self {
            connection,
            queue,
            told,
            flood: Flood::default(),
            greeting: Some(clock::boot() + GREETING),
        })
    }

    /// Watches until it cannot go on.
    fn serve(&mut self, commands: &Inbox<Command>, voice: &mut Voice) -> Result<(), End> {
        loop {
            self.hear(voice)?;
            flushed(self.connection.flush())?;
            let Some(reading) = self.queue.prepare_read() else {
                continue;
            };
            let deadline = [self.told.deadline(), self.greeting]
                .into_iter()
                .flatten()
                .min();
            let patience = deadline.map(|at| at.saturating_sub(clock::boot()));
            let [ordered, readable] =
                wait([commands.bell().as_fd(), reading.connection_fd()], patience);
            if readable {
                flushed(reading.read().map(drop))?;
            }
            if ordered {
                match commands.take_rung() {
                    Some(Command::Do(order)) => self.told.obey(order, clock::boot(), voice),
                    Some(Command::Stop) => return Ok(()),
                    None => {}
                }
            }
        }
    }

    /// Takes what has come, and says what follows.
    fn hear(&mut self, voice: &mut Voice) -> Result<(), End> {
        let messages = self.queue.dispatch_pending(&mut self.told)?;
        let now = clock::boot();
        let messages = u32::try_from(messages).unwrap_or(u32::MAX);
        if self.flood.rises(messages, now) {
            return Err(End::Lost(WhyNot::Floods));
        }
        if self.told.is_greeted() {
            self.greeting = None;
        } else if self.greeting.is_some_and(|until| until <= now) {
            self.greeting = None;
            voice.stands(Standing::nothing(SOURCES, &WhyNot::Silent));
        }
        self.told.mind(now, voice);
        Ok(())
    }
}

/// What could not be written or read now can be later.
fn flushed(outcome: Result<(), WaylandError>) -> Result<(), End> {
    match outcome {
        Err(WaylandError::Io(error)) if error.kind() == ErrorKind::WouldBlock => Ok(()),
        other => Ok(other.context("talking to the compositor")?),
    }
}
