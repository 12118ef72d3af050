//! The account of work of each reminder, and the natural breaks that empty it.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::{
    super::{config::When, time::Moment},
    Credit, Effect, Story,
    due::{Due, Stage},
    effect::Outcome,
    turn::Turn,
};

/// What is remembered of one reminder.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Track {
    /// Its id.
    pub id: String,
    /// Work counted since the last break.
    pub work: Duration,
    /// When the account was last emptied, on the boot clock.
    pub emptied: Duration,
    /// Whether the present absence was a natural break already.
    pub rest: Rest,
    /// The break that is due.
    pub due: Option<Due>,
    /// Its clock-anchored times that have come lately, so that none comes twice.
    pub fired: Vec<NaiveDateTime>,
    /// A clock-anchored time that has come and has not been looked at yet.
    pub rung: Option<Rung>,
    /// The last break that was announced for it, for those that are due a little later.
    pub led: Option<Led>,
}

/// A clock-anchored time that has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rung {
    /// The time.
    pub anchor: DateTime<Utc>,
    /// When it came, if the machine slept then.
    pub in_sleep: Option<Moment>,
}

/// Whether the present absence was a natural break already.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rest {
    /// Not long enough yet.
    NotYet,
    /// Yes; told when the user is back and its length is known. With the break it replaced.
    Untold(Option<Box<Due>>),
    /// Yes, and nothing is left to tell.
    Told,
}

/// A break that was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Led {
    /// When it became due, on the boot clock.
    pub due: Duration,
    /// How long it is, to compare.
    pub length: Duration,
}

impl Track {
    pub fn new(id: &str, now: Duration) -> Self {
        Self {
            id: id.to_owned(),
            work: Duration::ZERO,
            emptied: now,
            rest: Rest::NotYet,
            due: None,
            fired: Vec::new(),
            rung: None,
            led: None,
        }
    }

    pub fn empty(&mut self, now: Duration) {
        self.work = Duration::ZERO;
        self.emptied = now;
    }
}

impl Turn<'_> {
    /// Whether accounts run at all: not paused, and inside the working hours.
    pub(super) fn is_counting(&self) -> bool {
        self.state.pause.is_none() && self.state.hours.inside
    }

    /// The boot time up to which work is counted if nothing happens.
    pub(super) fn counts_until(&self) -> Duration {
        if self.is_counting() {
            self.state.presence.counts_until(self.rules.grace())
        } else {
            Duration::ZERO
        }
    }

    /// Counts the work between the last moment and `to`.
    pub(super) fn count_work(&mut self, to: Duration) {
        let worked = (to.min(self.counts_until())).saturating_sub(self.state.at.boot);
        for track in &mut self.state.tracks {
            // A rest that is long enough goes on until the user is back, also where it is shorter
            // than the grace.
            if track.rest == Rest::NotYet {
                track.work += worked;
            }
        }
    }

    /// Takes back what was counted although there was no input, when that is heard late.
    pub(super) fn take_back_work(&mut self, idle_since: Duration) {
        if !self.is_counting() {
            return;
        }
        let at = self.state.at.boot;
        let rightly = (idle_since + self.rules.grace()).max(self.state.counting_since);
        for track in &mut self.state.tracks {
            let wrongly = at.saturating_sub(rightly.max(track.emptied));
            track.work = track.work.saturating_sub(wrongly);
        }
    }

    /// Empties the accounts for which the user has been away long enough.
    pub(super) fn take_natural_breaks(&mut self) {
        let Some(absence) = self.state.presence.absence else {
            return;
        };
        let idle = self.state.at.boot.saturating_sub(absence.since);
        for i in 0..self.state.tracks.len() {
            let rested = self.state.tracks[i].rest != Rest::NotYet;
            // Whoever stretches gives no input: that is the break working, not another one.
            if !rested && idle >= self.rules.natural_break(i) && !self.is_under_way(i) {
                self.take_natural_break(i, absence.since);
            }
        }
    }

    fn take_natural_break(&mut self, i: usize, since: Duration) {
        self.changed = true;
        let at = self.state.at;
        self.state.tracks[i].led = None;
        if self.is_announced(i) {
            self.close_current();
            self.tell(Story::Withdrawn {
                reminder: self.id(i),
            });
            let away = at.boot.saturating_sub(since);
            self.tell(Story::NaturalBreak {
                reminder: self.id(i),
                away,
            });
            self.state.tracks[i].rest = Rest::Told;
            let started = Some(self.utc_of(since));
            self.resolve(i, Outcome::Natural, started, away);
            return;
        }
        let track = &mut self.state.tracks[i];
        track.empty(at.boot);
        if track.due.as_ref().is_some_and(|due| due.slipped) {
            // It came while the user was away already; this rest began too early to stand for it.
            track.rest = Rest::Told;
            return;
        }
        let anchored = matches!(self.rules.reminder(i).when, When::At(_));
        for absorbed in self.absorbed_by(i) {
            self.resolve(absorbed, Outcome::Absorbed, None, Duration::ZERO);
        }
        let due = self.dissolve(i);
        self.state.tracks[i].rest = if anchored && due.is_none() {
            Rest::Told
        } else {
            Rest::Untold(due.map(Box::new))
        };
    }

    /// A break that ended while the user gives no input was the rest of this absence, if it was
    /// long enough.
    pub(super) fn count_break_as_rest(&mut self, i: usize) {
        let idle = self.state.presence.idle_at(self.state.at.boot);
        if self.state.presence.absence.is_some() && idle >= self.rules.natural_break(i) {
            self.state.tracks[i].rest = Rest::Told;
        }
    }

    /// The user is back: what was a natural break is told, now that its length is known.
    pub(super) fn end_natural_breaks(&mut self, since: Duration) {
        self.changed = true;
        let away = self.state.at.boot.saturating_sub(since);
        let started = self.utc_of(since);
        for i in 0..self.state.tracks.len() {
            let track = &mut self.state.tracks[i];
            let rest = std::mem::replace(&mut track.rest, Rest::NotYet);
            if let Some(due) = &mut track.due {
                due.slipped = false;
            }
            let Rest::Untold(replaced) = rest else {
                continue;
            };
            let reminder = self.id(i);
            self.tell(Story::NaturalBreak {
                reminder: reminder.clone(),
                away,
            });
            let replaced = replaced.as_deref();
            self.effects.push(Effect::Record(Credit {
                reminder,
                stretches: replaced.map_or_else(Vec::new, |due| due.stretches.clone()),
                due: replaced.map(|due| due.utc),
                announced: replaced.and_then(|due| due.announced),
                started: Some(started),
                ended: self.state.at.utc,
                outcome: Outcome::Natural,
                stretched: away,
                snoozes: replaced.map_or(0, |due| due.snoozes),
            }));
        }
    }

    /// The due break is over: its account and those of the breaks taken with it begin anew.
    pub(super) fn resolve(
        &mut self,
        i: usize,
        outcome: Outcome,
        started: Option<DateTime<Utc>>,
        stretched: Duration,
    ) {
        let at = self.state.at.boot;
        let Some(due) = self.state.tracks[i].due.take() else {
            return;
        };
        self.state.tracks[i].empty(at);
        match outcome {
            Outcome::Completed | Outcome::Abandoned | Outcome::Absorbed => {}
            Outcome::Skipped | Outcome::Missed | Outcome::Natural => {
                self.state.bag.put_back(&due.stretches);
            }
        }
        self.record(i, due, outcome, started, stretched);
        for absorbed in self.absorbed_by(i) {
            self.resolve(absorbed, Outcome::Absorbed, started, Duration::ZERO);
        }
    }

    /// Writes down what became of a break.
    pub(super) fn record(
        &mut self,
        i: usize,
        due: Due,
        outcome: Outcome,
        started: Option<DateTime<Utc>>,
        stretched: Duration,
    ) {
        self.effects.push(Effect::Record(Credit {
            reminder: self.id(i),
            stretches: due.stretches,
            due: Some(due.utc),
            announced: due.announced,
            started,
            ended: self.state.at.utc,
            outcome,
            stretched,
            snoozes: due.snoozes,
        }));
    }

    /// Takes a due break off the list without a trace; those taken with it wait on their own.
    pub(super) fn dissolve(&mut self, i: usize) -> Option<Due> {
        let due = self.state.tracks[i].due.take()?;
        self.state.bag.put_back(&due.stretches);
        for absorbed in self.absorbed_by(i) {
            if let Some(due) = &mut self.state.tracks[absorbed].due {
                due.stage = Stage::Waiting;
            }
        }
        Some(due)
    }

    /// What the wall clock showed at a time in the past, if nobody has set it since.
    pub(super) fn utc_of(&self, boot: Duration) -> DateTime<Utc> {
        let ago = self.state.at.boot.saturating_sub(boot);
        self.state.at.utc - TimeDelta::from_std(ago).unwrap_or(TimeDelta::zero())
    }
}
