//! The daemon's lines, read on a thread of their own.
//!
//! Before there is a window they are waited for; once there is one, each of them wakes it. The end
//! of the stream means that the daemon is gone.

use std::{
    io::{self, BufRead},
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, channel},
    },
    thread,
};

use egui::Context;

use crate::window::wire::ToWindow;

/// What comes in from the daemon.
#[derive(Debug)]
pub enum Incoming {
    /// A line.
    Line(ToWindow),
    /// A line that cannot be read, and why.
    Unreadable(String, serde_json::Error),
    /// Nothing more will come.
    Gone,
}

/// The lines that have come in.
#[derive(Debug)]
pub struct Inbox {
    lines: Receiver<Incoming>,
    /// The next one, if it was looked at already.
    seen: Option<Incoming>,
    wakes: Arc<OnceLock<Context>>,
}

impl Inbox {
    /// Begins to read.
    ///
    /// # Errors
    /// If the system refuses a thread.
    pub fn listen(lines: impl BufRead + Send + 'static) -> io::Result<Self> {
        let (sender, receiver) = channel();
        let wakes: Arc<OnceLock<Context>> = Arc::default();
        let window = Arc::clone(&wakes);
        let wake = move || {
            if let Some(ctx) = window.get() {
                ctx.request_repaint();
            }
        };
        thread::Builder::new()
            .name("daemon's lines".to_owned())
            .spawn(move || {
                for line in lines.lines() {
                    let Ok(line) = line else { break };
                    let incoming = serde_json::from_str(&line).map_or_else(
                        |error| Incoming::Unreadable(line.clone(), error),
                        Incoming::Line,
                    );
                    if sender.send(incoming).is_err() {
                        return;
                    }
                    wake();
                }
                // Nobody listens any more if the window has closed meanwhile.
                sender.send(Incoming::Gone).ok();
                wake();
            })?;
        Ok(Self {
            lines: receiver,
            seen: None,
            wakes,
        })
    }

    /// The next line, however long it takes to come.
    pub fn wait(&mut self) -> Incoming {
        let seen = self.seen.take();
        seen.unwrap_or_else(|| self.lines.recv().unwrap_or(Incoming::Gone))
    }

    /// The next line, if it has come.
    pub fn take(&mut self) -> Option<Incoming> {
        self.seen.take().or_else(|| self.lines.try_recv().ok())
    }

    /// Whether there is one.
    pub fn filled(&mut self) -> bool {
        self.seen = self.take();
        self.seen.is_some()
    }

    /// From now on each line wakes this window.
    pub fn wake(&self, ctx: Context) {
        // There is one window only, so there is none to be replaced.
        self.wakes.set(ctx).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbox(lines: &'static str) -> Inbox {
        Inbox::listen(lines.as_bytes()).unwrap()
    }

    #[test]
    fn lines_come_in_order_and_the_end_comes_last_and_again_and_again() {
        let mut inbox = inbox("{\"type\":\"ping\"}\n{\"type\":\"close\"}\n");
        assert!(matches!(inbox.wait(), Incoming::Line(ToWindow::Ping)));
        assert!(matches!(inbox.wait(), Incoming::Line(ToWindow::Close)));
        assert!(matches!(inbox.wait(), Incoming::Gone));
        assert!(matches!(inbox.wait(), Incoming::Gone));
    }

    #[test]
    fn what_was_seen_is_not_lost() {
        let mut inbox = inbox("{\"type\":\"ping\"}\n");
        let first = inbox.wait();
        assert!(matches!(first, Incoming::Line(ToWindow::Ping)));
        while !inbox.filled() {
            thread::yield_now();
        }
        assert!(inbox.filled());
        assert!(matches!(inbox.take(), Some(Incoming::Gone)));
        assert!(!inbox.filled());
    }

    #[test]
    fn nonsense_comes_as_it_was_written() {
        let mut inbox = inbox("what?\n");
        let Incoming::Unreadable(line, _) = inbox.wait() else {
            panic!("it is no line of ours");
        };
        assert_eq!(line, "what?");
    }
}
