//! Reasons to hold a due break, and what happens when they begin and end.

use std::{collections::BTreeSet, mem};

use chrono::TimeDelta;

use super::{Hold, Story, due::Stage, effect::Reason, turn::Turn};

impl Turn<'_> {
    pub(super) fn on_hold(&mut self, hold: Hold, on: bool) {
        if on {
            self.state.holds.insert(hold);
        } else {
            self.state.holds.remove(&hold);
        }
    }

    /// Everything that holds any break now.
    pub(super) fn common_reasons(&self) -> BTreeSet<Reason> {
        let honoured = &self.rules.config().hold;
        let mut reasons: BTreeSet<_> = (self.state.holds.iter())
            .filter_map(|hold| match hold {
                Hold::Quiet => honoured.quiet.then_some(Reason::Quiet),
                Hold::Meeting => honoured.meeting.then_some(Reason::Meeting),
                Hold::Fullscreen => honoured.fullscreen.then_some(Reason::Fullscreen),
                Hold::App(name) => {
                    let mut listed = honoured.apps.iter();
                    (listed.any(|app| app.name == *name)).then(|| Reason::App(name.clone()))
                }
            })
            .collect();
        if honoured.meeting && self.state.meeting.is_some() {
            reasons.insert(Reason::Meeting);
        }
        reasons.extend(self.reasons_from_within());
        reasons
    }

    /// What holds any break now that no sensor has to be asked for.
    pub(super) fn reasons_from_within(&self) -> impl Iterator<Item = Reason> {
        let honoured = &self.rules.config().hold;
        let presence = &self.state.presence;
        let away = presence.is_away(self.state.at.boot, self.rules.grace());
        let from_within = [
            (honoured.locked && presence.locked, Reason::Locked),
            (honoured.away && away, Reason::Away),
            (self.state.pause.is_some(), Reason::Paused),
            (honoured.hours && !self.state.hours.inside, Reason::Hours),
        ];
        (from_within.into_iter())
            .filter(|(holds, _)| *holds)
            .map(|(_, reason)| reason)
    }

    /// Everything that holds the break of this reminder now.
    pub(super) fn reasons(&self, i: usize) -> BTreeSet<Reason> {
        let mut reasons = self.common_reasons();
        if self.rules.config().hold.hours && !self.fits_into_hours(i) {
            reasons.insert(Reason::Hours);
        }
        reasons
    }

    fn fits_into_hours(&self, i: usize) -> bool {
        let Some(end) = self.state.hours.end() else {
            return true;
        };
        TimeDelta::from_std(self.length(i)).is_ok_and(|length| self.state.at.utc + length <= end)
    }

    /// Holds what is due while there is a reason, and releases it after the last one.
    pub(super) fn hold_and_release(&mut self) {
        for i in 0..self.state.tracks.len() {
            let Some(due) = &self.state.tracks[i].due else {
                continue;
            };
            match &due.stage {
                Stage::Waiting | Stage::Settling { .. } => self.hold_if_needed(i),
                Stage::Snoozed { until } if *until <= self.state.at.boot => self.hold_if_needed(i),
                Stage::Held { .. } => self.release_if_possible(i),
                Stage::Snoozed { .. } | Stage::Absorbed { .. } | Stage::Current => {}
            }
        }
    }

    fn hold_if_needed(&mut self, i: usize) {
        let reasons = self.reasons(i);
        if reasons.is_empty() {
            return;
        }
        self.changed = true;
        self.tell(Story::Held {
            reminder: self.id(i),
            reasons: reasons.iter().cloned().collect(),
        });
        self.set_stage(i, Stage::Held { reasons });
    }

    fn release_if_possible(&mut self, i: usize) {
        let now = self.reasons(i);
        let settled = self.state.at.boot + self.rules.config().schedule.settle;
        let Some(due) = &mut self.state.tracks[i].due else {
            return;
        };
        let Stage::Held { reasons } = &mut due.stage else {
            return;
        };
        if !now.is_empty() {
            reasons.extend(now);
            return;
        }
        let reasons = mem::take(reasons).into_iter().collect();
        due.stage = Stage::Settling { until: settled };
        self.changed = true;
        self.tell(Story::Released {
            reminder: self.id(i),
            reasons,
        });
    }
}
