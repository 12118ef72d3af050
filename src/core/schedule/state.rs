//! The engine: what is remembered between two events.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{
    super::{rotation::Bag, time::Moment},
    Effect, Event, Rules, Saved, Status,
    effect::Story,
    event::Notifier,
    saved::SavedBag,
    status::{Condition, InputStatus},
};

/// Everything the schedule remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    at: Moment,
    bag: Bag,
}

impl State {
    /// A first start: nothing counted yet, the user at work.
    #[must_use]
    pub fn new(_rules: &Rules, seed: u64, now: Moment) -> Self {
        Self {
            at: now,
            bag: Bag::new(seed),
        }
    }

    /// Goes on where an earlier run of the program ended, after `off` without it. Tell the sensors'
    /// news at the same moment, before any time passes.
    #[must_use]
    pub fn restore(saved: Saved, rules: &Rules, off: Duration, now: Moment) -> (Self, Vec<Effect>) {
        let _ = off;
        (Self::new(rules, saved.bag.random, now), Vec::new())
    }

    /// The whole engine: an event at its moment goes in, the next state and what to do come out.
    #[must_use]
    pub fn step(mut self, _rules: &Rules, event: Event, now: Moment) -> (Self, Vec<Effect>) {
        self.at = now;
        match event {
            Event::Resume => (self, vec![Effect::Tell(Story::Resumed)]),
            _ => (self, Vec::new()),
        }
    }

    /// When something next happens by itself, on the boot clock, if the wall clock does not jump.
    /// Includes a moment to save, at most every minute while work is counted.
    #[must_use]
    pub fn deadline(&self, _rules: &Rules) -> Duration {
        self.at.boot
    }

    /// When something next happens that is tied to the wall clock.
    #[must_use]
    pub fn wall_deadline(&self, _rules: &Rules) -> DateTime<Utc> {
        self.at.utc
    }

    /// How long without input the schedule next wants to hear of. What has passed is skipped.
    #[must_use]
    pub fn idle_threshold(&self, rules: &Rules) -> Duration {
        rules.config().schedule.idle_grace
    }

    /// What the user can ask.
    #[must_use]
    pub fn status(&self, _rules: &Rules) -> Status {
        Status {
            state: Condition::Working,
            reminders: Vec::new(),
            current: None,
            reasons: Vec::new(),
            input: InputStatus::Active,
            pause: None,
            inside_hours: true,
            hours_change: None,
            notifier: Notifier::Ok,
        }
    }

    /// What a restart should remember.
    #[must_use]
    pub fn saved(&self) -> Saved {
        Saved {
            at: self.at.utc,
            reminders: Vec::new(),
            bag: SavedBag {
                random: 0,
                used: Vec::new(),
                last: None,
            },
            pause: None,
            idle_for: None,
            hours_begun: None,
            inside_hours: true,
            next_prompt: 1,
        }
    }
}
