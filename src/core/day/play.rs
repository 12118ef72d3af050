//! A day whose steps are decided one by one, in view of what has happened so far.

use std::time::Duration;

use super::{Action, Entry, Script, run::Runner};
use crate::core::time::Moment;

/// How time goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pastime {
    /// With input all along.
    Work,
    /// Without input.
    Rest,
}

/// A day that is written while it runs. [`run()`](super::run()) tells the same of the steps that
/// come out at its end.
pub struct Play<'a> {
    runner: Runner<'a>,
    steps: Vec<Action>,
}

impl<'a> Play<'a> {
    /// At the start of the day of this script, whose own steps are left out.
    pub fn new(script: &'a Script, seed: u64, report: &'a mut dyn FnMut(Entry)) -> Self {
        Self {
            runner: Runner::new(script, seed, report),
            steps: Vec::new(),
        }
    }

    /// What the clocks say.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.runner.now()
    }

    /// Does something that takes no time, or for as long as it says.
    pub fn take(&mut self, action: Action) {
        self.runner.take(&action);
        self.steps.push(action);
    }

    /// Lets time go by until `enough`, which is asked whenever something may have happened, but
    /// for no longer than `most`.
    pub fn wait(&mut self, how: Pastime, most: Duration, enough: &dyn Fn() -> bool) {
        let from = self.now().boot;
        match how {
            Pastime::Work => self.runner.input(),
            Pastime::Rest => self.runner.no_input(),
        }
        self.runner.awake_until(most, enough);
        let span = self.now().boot - from;
        self.steps.push(match how {
            Pastime::Work => Action::Active(span),
            Pastime::Rest => Action::Idle(span),
        });
    }

    /// Ends the day, and says what was done on it.
    #[must_use]
    pub fn end(mut self) -> Vec<Action> {
        self.runner.end();
        self.steps
    }
}
