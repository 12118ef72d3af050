//! The pause: until resumed, for a while, or until a time by the wall clock.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};

use super::{
    super::{
        calendar::{self, LocalTime},
        time::Moment,
    },
    PauseUntil, Story,
    turn::Turn,
};

/// How a pause ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pause {
    /// When the user resumes.
    Resumed,
    /// At this time on the boot clock.
    Until(Duration),
    /// When the wall clock shows a time.
    Time {
        /// The time the user named.
        time: NaiveTime,
        /// The showing that is meant.
        target: LocalTime,
    },
}

impl Pause {
    /// When it ends, as the user reads it.
    pub fn until(&self, now: Moment) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Resumed => None,
            Self::Until(boot) => {
                let left = TimeDelta::from_std(boot.saturating_sub(now.boot)).ok()?;
                Some(now.zone.local(now.utc.checked_add_signed(left)?))
            }
            Self::Time { target, .. } => Some(now.zone.local(target.at)),
        }
    }
}

impl Turn<'_> {
    pub(super) fn on_pause(&mut self, until: PauseUntil) {
        let now = self.state.at;
        let pause = match until {
            PauseUntil::Resumed => Pause::Resumed,
            PauseUntil::For(length) => Pause::Until(now.boot.saturating_add(length)),
            PauseUntil::Time(time) => Pause::Time {
                time,
                target: calendar::next_showing(time, now.zone, now.utc),
            },
        };
        self.state.pause = Some(pause);
        self.changed = true;
        self.tell(Story::Paused {
            until: pause.until(now),
        });
    }

    pub(super) fn on_resume(&mut self) {
        if self.state.pause.take().is_some() {
            self.changed = true;
            self.state.counting_since = self.state.at.boot;
            self.tell(Story::Resumed);
        }
    }

    /// Ends a timed pause when its time has come.
    pub(super) fn end_pause(&mut self) {
        let now = self.state.at;
        let over = match self.state.pause {
            None | Some(Pause::Resumed) => false,
            Some(Pause::Until(boot)) => boot <= now.boot,
            Some(Pause::Time { target, .. }) => target.at <= now.utc,
        };
        if over {
            self.on_resume();
        }
    }

    /// Somebody set the clock or travelled: the pause still means the wall clock.
    pub(super) fn aim_pause_anew(&mut self, before: Moment) {
        let now = self.state.at;
        let Some(Pause::Time { time, target }) = &mut self.state.pause else {
            return;
        };
        let travelled = before.zone != now.zone;
        let shown = if travelled {
            target.local <= now.local().naive_local()
        } else {
            target.at <= now.utc
        };
        if shown {
            target.at = now.utc;
            return;
        }
        let next = calendar::next_showing(*time, now.zone, now.utc);
        if travelled || next.at < target.at {
            *target = next;
        }
    }
}
