//! When the session is over although nobody says so.
//!
//! Most desktops end the program when the user logs out. Where none does, its display goes away;
//! and a program that stayed behind would be in the way of the one that the next session starts,
//! without a display to show anything on. What goes with the display (the bus, the source of idle
//! time, a window) raises the suspicion, and a look at the display settles it.

use std::time::Duration;

use crate::{core::time::Moment, desktop::session::Display};

/// A display that goes away may take a moment for it, and what goes with it may go first.
const LOOKS: u32 = 5;
const BETWEEN: Duration = Duration::from_millis(150);

/// The display, and when to look at it.
#[derive(Debug)]
pub struct EndOfSession {
    display: Display,
    /// When to look next, on the boot clock, and how often from then on.
    next: Option<(Duration, u32)>,
}

impl EndOfSession {
    /// Of the session of this display.
    pub fn new(display: Display) -> Self {
        Self {
            display,
            next: None,
        }
    }

    /// Something went away that usually goes with the display.
    pub fn suspect(&mut self, now: Moment) {
        self.next = Some((now.boot, LOOKS));
    }

    /// When to look, on the boot clock.
    pub fn deadline(&self) -> Option<Duration> {
        self.next.map(|(at, _)| at)
    }

    /// Looks, if it is time to.
    pub fn has_come(&mut self, now: Moment) -> bool {
        let Some((_, looks)) = self.next.filter(|(at, _)| *at <= now.boot) else {
            return false;
        };
        let left = looks.saturating_sub(1);
        self.next = (left > 0).then_some((now.boot + BETWEEN, left));
        self.display.is_gone()
    }
}
