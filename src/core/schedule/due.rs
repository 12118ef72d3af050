//! When a reminder becomes due, and what a due break goes through until it is resolved.

use std::{collections::BTreeSet, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    super::{calendar, config::When, stretch::StretchId, time::Moment},
    Story,
    account::{Led, Rung},
    effect::{Outcome, Reason},
    turn::Turn,
};

/// Reminders that are due within this time of each other are one break.
pub(super) const ONE_BREAK: Duration = Duration::from_secs(120);

/// How many clock-anchored times of each reminder are remembered: a week of many a day.
const REMEMBERED: usize = 64;

/// A break that is due and not resolved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Due {
    /// When it became due, on the boot clock.
    pub since: Duration,
    /// The same by the wall clock.
    pub utc: DateTime<Utc>,
    /// The clock-anchored time it belongs to.
    pub anchor: Option<DateTime<Utc>>,
    /// Whether it came while the user was away or asleep already.
    pub slipped: bool,
    /// Its stretches; empty until it is announced, and for a message.
    pub stretches: Vec<StretchId>,
    /// Snoozes used.
    pub snoozes: u32,
    /// When it was first announced.
    pub announced: Option<DateTime<Utc>>,
    /// What it waits for.
    pub stage: Stage,
}

/// What a due break waits for. Times are on the boot clock.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stage {
    /// A lull.
    Waiting,
    /// The end of these reasons, all that took part so far.
    Held { reasons: BTreeSet<Reason> },
    /// A while without a new reason.
    Settling { until: Duration },
    /// The end of a snooze.
    Snoozed { until: Duration },
    /// The end of another reminder's break, with which it is taken together.
    Absorbed { by: String },
    /// An answer, or the end of the stretch: it is the current break.
    Current,
}

impl Turn<'_> {
    /// Notes the clock-anchored times that passed between two moments. One that comes while the
    /// program looks is due; one that was slept or jumped over only if it is not too late.
    pub(super) fn ring_anchors(&mut self, before: Moment, slept: bool) {
        let now = self.state.at;
        let late = TimeDelta::from_std(self.rules.config().schedule.late).unwrap_or(TimeDelta::MAX);
        for i in 0..self.state.tracks.len() {
            let When::At(times) = &self.rules.reminder(i).when else {
                continue;
            };
            let passed = calendar::passed(times, (before.utc, before.zone), (now.utc, now.zone));
            let track = &mut self.state.tracks[i];
            for time in passed {
                let age = now.utc - time.at;
                let in_time = age <= TimeDelta::zero() || age < late;
                if in_time && !track.fired.contains(&time.local) {
                    track.fired.push(time.local);
                    let came = (time.at - before.utc).to_std().unwrap_or_default();
                    let in_sleep = before.later(came);
                    track.rung = Some(Rung {
                        anchor: time.at,
                        in_sleep: (slept && in_sleep.boot < now.boot).then_some(in_sleep),
                    });
                }
            }
            let excess = track.fired.len().saturating_sub(REMEMBERED);
            track.fired.drain(..excess);
        }
    }

    /// Forgets clock-anchored times that were remembered while the clock was far ahead.
    pub(super) fn forget_future_anchors(&mut self) {
        let tomorrow = self.state.at.local().naive_local() + TimeDelta::days(1);
        for track in &mut self.state.tracks {
            track.fired.retain(|fired| *fired <= tomorrow);
        }
    }

    /// Finds what has become due.
    pub(super) fn find_due(&mut self) {
        for i in 0..self.state.tracks.len() {
            let track = &mut self.state.tracks[i];
            let rung = track.rung.take();
            if let Some(due) = &mut track.due {
                // Two times of one reminder never pile up; the later one says how old it is.
                due.anchor = rung.map(|rung| rung.anchor).or(due.anchor);
                continue;
            }
            let reached = match &self.rules.reminder(i).when {
                When::Every(every) => track.work >= *every,
                When::At(_) => rung.is_some(),
            };
            if reached {
                self.become_due(i, rung);
            }
        }
    }

    fn become_due(&mut self, i: usize, rung: Option<Rung>) {
        self.changed = true;
        let in_sleep = rung.and_then(|rung| rung.in_sleep);
        let anchor = rung.map(|rung| rung.anchor);
        let at = in_sleep.unwrap_or(self.state.at);
        let slipped = anchor.is_some() && self.is_gone();
        self.state.tracks[i].due = Some(Due {
            since: at.boot,
            utc: at.utc,
            anchor,
            slipped,
            stretches: Vec::new(),
            snoozes: 0,
            announced: None,
            stage: Stage::Waiting,
        });
        self.asleep_at = in_sleep;
        self.tell(Story::Due {
            reminder: self.id(i),
        });
        self.asleep_at = None;
        self.join_earlier_break(i);
    }

    /// Away, asleep or behind a locked screen.
    fn is_gone(&self) -> bool {
        let presence = &self.state.presence;
        presence.is_away(self.state.at.boot, self.rules.grace())
            || presence
                .absence
                .is_some_and(|absence| absence.ungraced.is_some())
    }

    /// A reminder that comes due during another's break, or soon after that one was due, is taken
    /// together with it if that break is at least as long.
    fn join_earlier_break(&mut self, i: usize) {
        let length = self.length(i);
        if let Some(current) = &self.state.current {
            if length <= current.length {
                self.absorb(i, current.track);
            }
            return;
        }
        let at = self.state.at.boot;
        let just_led = |led: Led| at.saturating_sub(led.due) <= ONE_BREAK && length <= led.length;
        let leader = (0..self.state.tracks.len())
            .find(|other| *other != i && self.state.tracks[*other].led.is_some_and(just_led));
        let Some(leader) = leader else {
            return;
        };
        let track = &self.state.tracks[leader];
        let led_due = track.led.map(|led| led.due);
        match &track.due {
            Some(due) if Some(due.since) == led_due => self.absorb(i, leader),
            // That break is over, and was a break for this one too.
            Some(_) | None => {
                self.absorb(i, leader);
                self.resolve(i, Outcome::Absorbed, None, Duration::ZERO);
            }
        }
    }

    /// Takes the due break of one reminder together with that of another.
    pub(super) fn absorb(&mut self, i: usize, by: usize) {
        self.changed = true;
        let leader = self.id(by);
        for taken in self.absorbed_by(i) {
            self.set_stage(taken, Stage::Absorbed { by: leader.clone() });
        }
        self.set_stage(i, Stage::Absorbed { by: leader.clone() });
        if let Some(due) = &mut self.state.tracks[i].due {
            let stretches = std::mem::take(&mut due.stretches);
            self.state.bag.put_back(&stretches);
        }
        self.tell(Story::Absorbed {
            reminder: self.id(i),
            by: leader,
        });
    }

    /// The reminders whose due breaks are taken together with this one's.
    pub(super) fn absorbed_by(&self, i: usize) -> Vec<usize> {
        let leader = &self.state.tracks[i].id;
        let is_absorbed = |due: &Due| matches!(&due.stage, Stage::Absorbed { by } if by == leader);
        (0..self.state.tracks.len())
            .filter(|other| {
                self.state.tracks[*other]
                    .due
                    .as_ref()
                    .is_some_and(is_absorbed)
            })
            .collect()
    }

    /// Drops clock-anchored breaks that nobody could be offered in time.
    pub(super) fn drop_late(&mut self) {
        for i in 0..self.state.tracks.len() {
            if self
                .late_at(i)
                .is_some_and(|late| late <= self.state.at.utc)
            {
                self.changed = true;
                self.dissolve(i);
            }
        }
    }

    /// When a held clock-anchored break will be too old to offer.
    pub(super) fn late_at(&self, i: usize) -> Option<DateTime<Utc>> {
        let due = self.state.tracks[i].due.as_ref()?;
        let never_offered = due.announced.is_none();
        let held = matches!(due.stage, Stage::Held { .. });
        let late = TimeDelta::from_std(self.rules.config().schedule.late).ok()?;
        (held && never_offered)
            .then_some(due.anchor)?
            .map(|anchor| anchor + late)
    }

    pub(super) fn set_stage(&mut self, i: usize, stage: Stage) {
        if let Some(due) = &mut self.state.tracks[i].due {
            due.stage = stage;
        }
    }
}
