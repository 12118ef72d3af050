//! A backend on a thread of its own that blocks in the kernel, and reconnects when the other side
//! went away.

use std::{io, os::fd::AsFd as _, thread, time::Duration};

use super::{
    Source, WhyNot,
    chooser::{Backend, Order, Said, Standing, Voice},
    retry::Retry,
};
use crate::desktop::{
    clock,
    fault::caught,
    inbox::{Inbox, Post, Sender},
    ready::wait,
};

/// The handle of the chooser. Dropping it ends the thread.
pub struct OnThread {
    commands: Sender<Command>,
}

/// What the thread is told.
pub enum Command {
    /// To do this.
    Do(Order),
    /// That nobody wants to know any more.
    Stop,
}

/// Why a connection is given up.
pub enum End {
    /// Nobody wants to know any more.
    Stop,
    /// The other side went away, cannot be reached, or makes no sense.
    Lost(WhyNot),
    /// The other side will never tell.
    Unable(WhyNot),
}

impl<E: Into<anyhow::Error>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Lost(WhyNot::Failed(format!("{:#}", error.into())))
    }
}

impl OnThread {
    /// Starts the thread. `serve` connects and serves until it cannot go on; it is called again
    /// after a while when the other side was lost.
    ///
    /// # Errors
    ///
    /// When the system has no thread or file descriptor left.
    pub fn start(
        sources: &'static [Source],
        post: Post<Said>,
        mut serve: impl FnMut(&Inbox<Command>, &mut Voice) -> End + Send + 'static,
    ) -> io::Result<Self> {
        let inbox = Inbox::new()?;
        let commands = inbox.sender();
        thread::Builder::new()
            .name("idle".to_owned())
            .spawn(move || keep_serving(sources, &inbox, &mut Voice::new(post), &mut serve))?;
        Ok(Self { commands })
    }
}

impl Backend for OnThread {
    fn order(&mut self, order: Order) {
        self.commands.send(Command::Do(order));
    }
}

impl Drop for OnThread {
    fn drop(&mut self) {
        self.commands.send(Command::Stop);
    }
}

fn keep_serving(
    sources: &[Source],
    commands: &Inbox<Command>,
    voice: &mut Voice,
    serve: &mut impl FnMut(&Inbox<Command>, &mut Voice) -> End,
) {
    let mut retry = Retry::new();
    loop {
        let begun = clock::boot();
        let fault = || End::Lost(WhyNot::Failed("a fault of the program".to_owned()));
        let end = caught(|| serve(commands, voice)).unwrap_or_else(fault);
        let (why, wait) = match end {
            End::Stop => return,
            End::Lost(why) => {
                let lasted = clock::boot().saturating_sub(begun);
                (why, Some(retry.after(lasted)))
            }
            End::Unable(why) => (why, None),
        };
        log::debug!("idle time: {why:?}");
        voice.stands(Standing::nothing(sources, &why));
        if sit_out(commands, wait) {
            return;
        }
    }
}

/// Lets time pass without the other side (without an end, if it is given none). `true`: stop.
fn sit_out(commands: &Inbox<Command>, length: Option<Duration>) -> bool {
    let end = length.map(|length| clock::boot() + length);
    loop {
        let left = end.map(|end| end.saturating_sub(clock::boot()));
        if left.is_some_and(|left| left.is_zero()) {
            return false;
        }
        wait([commands.bell().as_fd()], left);
        if let Some(Command::Stop) = commands.take_rung() {
            return true;
        }
    }
}
