//! When something next happens by itself.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    super::calendar, account::Rest, current::Phase, due::Stage, meeting::Meeting, pause::Pause,
    turn::Turn,
};

/// How much work a crash may cost at most.
const SAVE_EVERY: Duration = Duration::from_secs(60);

/// "Longer than" begins one of these after the time itself.
const JUST_AFTER: Duration = Duration::from_nanos(1);

impl Turn<'_> {
    /// The next instant at which anything can change, strictly after now, on the boot clock.
    pub fn next_change(&self) -> Option<Duration> {
        let now = self.state.at;
        let by_wall = self.next_wall_change().map(|utc| self.boot_of(utc));
        let mut next = by_wall.into_iter().collect::<Vec<_>>();
        if let Some(Pause::Until(boot)) = self.state.pause {
            next.push(boot);
        }
        next.extend(self.state.meeting.map(Meeting::next_change));
        self.push_presence_changes(&mut next);
        if self.has_to_hold() {
            next.push(now.boot + JUST_AFTER);
        }
        for i in 0..self.state.tracks.len() {
            self.push_reminder_changes(i, &mut next);
        }
        self.push_current_changes(&mut next);
        self.push_sensor_changes(&mut next);
        next.into_iter().filter(|at| *at > now.boot).min()
    }

    /// The next end of a pause or of a meeting, or change of the working hours, strictly after now.
    pub fn next_change_by_clock(&self) -> Option<Duration> {
        let now = self.state.at;
        let pause = match self.state.pause {
            Some(Pause::Until(boot)) => Some(boot),
            Some(Pause::Time { target, .. }) => Some(self.boot_of(target.at)),
            Some(Pause::Resumed) | None => None,
        };
        let hours = self.state.hours.until.map(|until| self.boot_of(until));
        let meeting = self.state.meeting.map(Meeting::ends_at);
        (pause.into_iter().chain(hours).chain(meeting))
            .filter(|at| *at > now.boot)
            .min()
    }

    /// When the wall clock will show this, on the boot clock; now, if it has.
    fn boot_of(&self, utc: DateTime<Utc>) -> Duration {
        let now = self.state.at;
        now.boot + (utc - now.utc).to_std().unwrap_or_default()
    }

    /// Whether a break waits although something holds it: after a restart, until anything happens.
    fn has_to_hold(&self) -> bool {
        let waits = |stage: &Stage| matches!(stage, Stage::Waiting | Stage::Settling { .. });
        (self.state.tracks.iter().enumerate()).any(|(i, track)| {
            let waits = track.due.as_ref().is_some_and(|due| waits(&due.stage));
            waits && !self.reasons(i).is_empty()
        })
    }

    fn push_presence_changes(&self, next: &mut Vec<Duration>) {
        let Some(absence) = self.state.presence.absence else {
            return;
        };
        let any_due = self.state.tracks.iter().any(|track| track.due.is_some());
        if any_due {
            // The end of the grace stops accounts that others wait for, and makes the user away.
            let grace_ends = absence.since + self.rules.grace();
            next.extend([grace_ends, grace_ends + JUST_AFTER]);
        }
        for (i, track) in self.state.tracks.iter().enumerate() {
            if track.rest == Rest::NotYet {
                next.push(absence.since + self.rules.natural_break(i));
            }
        }
    }

    fn push_reminder_changes(&self, i: usize, next: &mut Vec<Duration>) {
        let Some(due) = &self.state.tracks[i].due else {
            next.extend(self.next_account_due(i));
            return;
        };
        match due.stage {
            Stage::Settling { until } | Stage::Snoozed { until } => next.push(until),
            Stage::Waiting => next.extend(self.lull_deadlines(i).into_iter().flatten()),
            Stage::Held { .. } | Stage::Absorbed { .. } | Stage::Current => {}
        }
    }

    fn push_current_changes(&self, next: &mut Vec<Duration>) {
        let Some(current) = &self.state.current else {
            return;
        };
        let Phase::Announced { opens, ignored, .. } = current.phase else {
            return;
        };
        next.extend(opens.filter(|_| !current.window));
        if self.state.presence.absence.is_none() {
            let patience = self.rules.config().schedule.answer_within;
            next.push(self.state.at.boot + patience.saturating_sub(ignored));
        }
    }

    /// The next instant by the wall clock at which anything can change, strictly after now.
    pub fn next_wall_change(&self) -> Option<DateTime<Utc>> {
        let now = self.state.at;
        let pause = match self.state.pause {
            Some(Pause::Time { target, .. }) => Some(target.at),
            Some(Pause::Resumed | Pause::Until(_)) | None => None,
        };
        let of_reminders = (0..self.state.tracks.len())
            .flat_map(|i| [self.next_anchor(i), self.late_at(i), self.misfit_at(i)]);
        [pause, self.state.hours.until]
            .into_iter()
            .chain(of_reminders)
            .flatten()
            .filter(|utc| *utc > now.utc)
            .min()
    }

    /// The next time to keep the state although nothing happened.
    pub fn next_save(&self) -> Duration {
        if self.is_counting() && self.state.at.boot < self.counts_until() {
            self.state.saved_at + SAVE_EVERY
        } else {
            Duration::MAX
        }
    }

    /// When the day next rolls over in the history.
    pub fn next_day(&self) -> DateTime<Utc> {
        let day_starts = self.rules.config().schedule.day_starts;
        let now = self.state.at;
        let mut after = now.utc;
        // Of a time shown twice the first begins the day.
        loop {
            let next = calendar::next_showing(day_starts, now.zone, after);
            if now.zone.instants(next.local).first() == next.at || next.at <= after {
                return next.at.max(now.utc + TimeDelta::seconds(1));
            }
            after = next.at;
        }
    }

    /// How long without input the schedule next wants to hear of.
    pub fn next_idle_threshold(&self) -> Duration {
        let schedule = &self.rules.config().schedule;
        let mut thresholds = vec![schedule.idle_grace];
        let waits = |stage: &Stage| matches!(stage, Stage::Waiting);
        let due = self
            .state
            .tracks
            .iter()
            .filter_map(|track| track.due.as_ref());
        if due.map(|due| &due.stage).any(waits) {
            thresholds.push(schedule.lull);
        }
        if self.state.current.is_some() {
            // Whether the user ignores an announcement or has gone should be known in time.
            let early = schedule.answer_within / 8;
            thresholds.push(early.min(Duration::from_secs(10)));
        }
        thresholds.extend((0..self.state.tracks.len()).map(|i| self.rules.natural_break(i)));
        thresholds.retain(|threshold| *threshold >= Duration::from_secs(1));
        let idle = self.state.presence.without_input_at(self.state.at.boot);
        let ahead = thresholds
            .iter()
            .filter(|threshold| **threshold > idle)
            .min();
        // Behind all of them only the user's return is news; then it all begins again.
        let first = thresholds.iter().min();
        ahead.or(first).copied().unwrap_or(Duration::from_secs(1))
    }
}
