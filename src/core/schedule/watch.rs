//! When the sensors are asked whether anything speaks against a break.
//!
//! Only while a break is due or nearly due: between breaks they cost nothing. What they know comes
//! in as [`Hold`](super::Hold)s. A sensor that is silent is not waited for longer than a moment.

use std::time::Duration;

use super::{Effect, current::Phase, due::Stage, turn::Turn};

/// So long before a break can be due the sensors begin, and find their feet.
const NEAR: Duration = Duration::from_secs(60);

/// So long an announcement waits for sensors that were only just asked.
const PATIENCE: Duration = Duration::from_secs(1);

/// The sensors are being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Watch {
    /// Since when, on the boot clock.
    pub since: Duration,
    /// Each of them has had its say.
    pub answered: bool,
}

impl Turn<'_> {
    pub(super) fn on_sensed(&mut self) {
        if let Some(watch) = &mut self.state.watch {
            watch.answered = true;
        }
    }

    /// Begins to ask the sensors, or lets them rest.
    pub(super) fn mind_sensors(&mut self) {
        let wanted = self.wants_sensors();
        if wanted == self.state.watch.is_some() {
            return;
        }
        self.state.watch = wanted.then_some(Watch {
            since: self.state.at.boot,
            answered: false,
        });
        self.effects.push(Effect::Watch(wanted));
    }

    /// Whether what the sensors say can be relied on: they have answered, or had their time.
    pub(super) fn sensors_had_their_say(&self) -> bool {
        self.state
            .watch
            .is_some_and(|watch| watch.answered || watch.patience_ends() <= self.state.at.boot)
    }

    /// While the user is away or has paused, nothing is announced anyway; what waits settles
    /// afterwards, and the sensors have their say meanwhile.
    fn wants_sensors(&self) -> bool {
        self.reasons_from_within().next().is_none()
            && (self.is_announcement_up() || self.a_break_is_near())
    }

    fn is_announcement_up(&self) -> bool {
        let current = self.state.current.as_ref();
        current.is_some_and(|current| matches!(current.phase, Phase::Announced { .. }))
    }

    fn a_break_is_near(&self) -> bool {
        let soon = self.state.at.boot + NEAR;
        (0..self.state.tracks.len()).any(|i| self.may_come_at(i).is_some_and(|at| at <= soon))
    }

    /// When a break of this reminder may next be announced, at the earliest.
    fn may_come_at(&self, i: usize) -> Option<Duration> {
        let Some(due) = &self.state.tracks[i].due else {
            return self.next_due(i);
        };
        match due.stage {
            Stage::Waiting | Stage::Held { .. } | Stage::Settling { .. } => {
                Some(self.state.at.boot)
            }
            Stage::Snoozed { until } => Some(until),
            Stage::Absorbed { .. } | Stage::Current => None,
        }
    }

    /// When the sensors are next to be asked, or have had their time.
    pub(super) fn push_sensor_changes(&self, next: &mut Vec<Duration>) {
        match self.state.watch {
            Some(watch) if !watch.answered => next.push(watch.patience_ends()),
            Some(_) => {}
            None => {
                let near = (0..self.state.tracks.len()).filter_map(|i| self.may_come_at(i));
                next.extend(near.map(|at| at.saturating_sub(NEAR)));
            }
        }
    }
}

impl Watch {
    fn patience_ends(self) -> Duration {
        self.since + PATIENCE
    }
}
