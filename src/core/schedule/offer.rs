//! Which due break is announced, and when: lulls, settling, and reminders that are one break.

use std::{cmp::Reverse, time::Duration};

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::{
    super::{
        calendar,
        config::{What, When},
        stretch::StretchId,
    },
    account::Rest,
    due::{ONE_BREAK, Stage},
    turn::Turn,
};

impl Turn<'_> {
    /// Announces a break if one can be announced now.
    pub(super) fn offer(&mut self) {
        let open = self.offerable();
        if let Some(current) = &self.state.current {
            // A snooze that ends during a longer break ends with it: that break was for both.
            let (leader, length) = (current.track, current.length);
            for i in open {
                if self.length(i) <= length {
                    self.absorb(i, leader);
                }
            }
            return;
        }
        if !self.sensors_had_their_say() || !open.iter().any(|i| self.is_ready(*i)) {
            return;
        }
        // The longest leads; of equal ones, the first in the settings.
        let Some(leader) = open
            .iter()
            .copied()
            .max_by_key(|i| (self.length(*i), Reverse(*i)))
        else {
            return;
        };
        if self.is_settling(leader) || self.a_longer_one_may_come(leader) {
            return;
        }
        self.announce(leader);
        for other in 0..self.state.tracks.len() {
            if open.contains(&other) && other != leader || self.is_snoozed_part_of(other, leader) {
                self.absorb(other, leader);
            }
        }
        self.open_window_if_at_once();
    }

    /// Whether a snoozed break was due together with the one that is announced, and is no longer.
    fn is_snoozed_part_of(&self, i: usize, leader: usize) -> bool {
        let tracks = &self.state.tracks;
        let (Some(due), Some(led)) = (&tracks[i].due, &tracks[leader].due) else {
            return false;
        };
        matches!(due.stage, Stage::Snoozed { .. })
            && due.since.abs_diff(led.since) <= ONE_BREAK
            && self.length(i) <= self.length(leader)
    }

    /// The due breaks that nothing holds and that are not snoozed.
    fn offerable(&self) -> Vec<usize> {
        let at = self.state.at.boot;
        let is_open = |i: &usize| match self.state.tracks[*i].due.as_ref().map(|due| &due.stage) {
            Some(Stage::Waiting | Stage::Settling { .. }) => true,
            Some(Stage::Snoozed { until }) => *until <= at,
            Some(Stage::Held { .. } | Stage::Absorbed { .. } | Stage::Current) | None => false,
        };
        (0..self.state.tracks.len())
            .filter(is_open)
            .filter(|i| self.reasons(*i).is_empty())
            .collect()
    }

    /// Whether this break, were it alone, would be announced now.
    fn is_ready(&self, i: usize) -> bool {
        let at = self.state.at.boot;
        let Some(due) = &self.state.tracks[i].due else {
            return false;
        };
        match &due.stage {
            Stage::Waiting => {
                let schedule = &self.rules.config().schedule;
                schedule.lull.is_zero()
                    || self.state.presence.is_unknown()
                    || self.state.presence.without_input_at(at) >= schedule.lull
                    || at >= due.since + schedule.lull_wait
            }
            Stage::Settling { until } | Stage::Snoozed { until } => *until <= at,
            Stage::Held { .. } | Stage::Absorbed { .. } | Stage::Current => false,
        }
    }

    fn is_settling(&self, i: usize) -> bool {
        let due = self.state.tracks[i].due.as_ref();
        due.is_some_and(
            |due| matches!(due.stage, Stage::Settling { until } if until > self.state.at.boot),
        )
    }

    /// Whether a longer break may yet become due so soon that the two are one. It is waited for:
    /// otherwise the user would hear of both within two minutes.
    fn a_longer_one_may_come(&self, leader: usize) -> bool {
        let Some(due) = &self.state.tracks[leader].due else {
            return false;
        };
        let until = due.since + ONE_BREAK;
        let length = self.length(leader);
        (0..self.state.tracks.len()).any(|i| {
            self.state.tracks[i].due.is_none()
                && self.next_due(i).is_some_and(|at| at <= until)
                && self.length(i) > length
        })
    }

    /// When a reminder that is not due will be, on the boot clock, if the user goes on as now.
    pub(super) fn next_due(&self, i: usize) -> Option<Duration> {
        self.next_account_due(i).or_else(|| {
            let at = self.state.at;
            let anchor = self.next_anchor(i)?;
            Some(at.boot + (anchor - at.utc).to_std().unwrap_or_default())
        })
    }

    /// When the account of a reminder is full, if the user goes on as now.
    pub(super) fn next_account_due(&self, i: usize) -> Option<Duration> {
        let When::Every(every) = &self.rules.reminder(i).when else {
            return None;
        };
        let track = &self.state.tracks[i];
        let due = self.state.at.boot + every.saturating_sub(track.work);
        (track.rest == Rest::NotYet && due <= self.counts_until()).then_some(due)
    }

    /// When a clock-anchored reminder is next due.
    pub(super) fn next_anchor(&self, i: usize) -> Option<DateTime<Utc>> {
        let When::At(times) = &self.rules.reminder(i).when else {
            return None;
        };
        let (now, fired) = (self.state.at, &self.state.tracks[i].fired);
        calendar::next_of(times, fired, now.zone, now.utc).map(|next| next.at)
    }

    /// How much more work or time until this reminder is due or announced again.
    pub(super) fn due_in(&self, i: usize) -> Duration {
        let now = self.state.at;
        let track = &self.state.tracks[i];
        match (&track.due, &self.rules.reminder(i).when) {
            (Some(due), _) => match due.stage {
                Stage::Snoozed { until } => until.saturating_sub(now.boot),
                Stage::Waiting
                | Stage::Held { .. }
                | Stage::Settling { .. }
                | Stage::Absorbed { .. }
                | Stage::Current => Duration::ZERO,
            },
            (None, When::Every(every)) => every.saturating_sub(track.work),
            (None, When::At(_)) => self.next_anchor(i).map_or(Duration::MAX, |next| {
                (next - now.utc).to_std().unwrap_or_default()
            }),
        }
    }

    /// When the reminder becomes due, or is announced again, if the user goes on as now.
    pub(super) fn due_at(&self, i: usize) -> Option<DateTime<FixedOffset>> {
        let track = &self.state.tracks[i];
        let at = self.state.at;
        let goes_on = match (&track.due, &self.rules.reminder(i).when) {
            (Some(due), _) => matches!(due.stage, Stage::Snoozed { .. }),
            (None, When::Every(_)) => track.rest == Rest::NotYet && self.counts_until() > at.boot,
            (None, When::At(_)) => true,
        };
        let due_in = TimeDelta::from_std(self.due_in(i)).ok();
        let due_at = due_in.and_then(|due_in| at.utc.checked_add_signed(due_in));
        due_at
            .filter(|_| goes_on)
            .map(|due_at| at.zone.local(due_at))
    }

    /// How long the break of this reminder is, to compare: with the stretches it has, or those it
    /// would have if it were announced now.
    pub(super) fn length(&self, i: usize) -> Duration {
        let chosen = self.state.tracks[i]
            .due
            .as_ref()
            .map(|due| due.stretches.as_slice());
        match chosen {
            Some(stretches) if !stretches.is_empty() => self.rules.length(i, stretches),
            Some(_) | None => match self.rules.reminder(i).what {
                What::Message { length, .. } => length,
                What::Stretches { count, .. } => {
                    let mut bag = self.state.bag.clone();
                    self.rules
                        .length(i, &bag.draw(self.rules.stretches(), count))
                }
            },
        }
    }

    /// The stretches of a due break, drawn if it has none yet.
    pub(super) fn chosen_stretches(&mut self, i: usize) -> Vec<StretchId> {
        let What::Stretches { count, .. } = self.rules.reminder(i).what else {
            return Vec::new();
        };
        let Some(due) = &mut self.state.tracks[i].due else {
            return Vec::new();
        };
        if due.stretches.is_empty() {
            due.stretches = self.state.bag.draw(self.rules.stretches(), count);
        }
        due.stretches.clone()
    }

    /// When waiting breaks look again: at the end of the lull or of the wait for one.
    pub(super) fn lull_deadlines(&self, i: usize) -> [Option<Duration>; 2] {
        let schedule = &self.rules.config().schedule;
        let waiting = (self.state.tracks[i].due.as_ref()).filter(|due| due.stage == Stage::Waiting);
        let without_input = self.state.presence.without_input_since();
        [
            waiting
                .and(without_input)
                .map(|since| since + schedule.lull),
            waiting.map(|due| due.since + schedule.lull_wait),
        ]
    }

    /// The first instant by the wall clock at which the break would no longer fit.
    pub(super) fn misfit_at(&self, i: usize) -> Option<DateTime<Utc>> {
        let end = self.state.hours.end()?;
        self.state.tracks[i].due.as_ref()?;
        let length = TimeDelta::from_std(self.length(i)).ok()?;
        Some(end - length + TimeDelta::nanoseconds(1))
    }
}
