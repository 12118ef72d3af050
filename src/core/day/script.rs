//! A day that can be run: its steps, with the settings that hold after each `set`.

use std::ops::Range;

use super::{Action, Complaint, Day, Expected, Step};
use crate::core::schedule::Rules;

/// A day that can be run.
#[derive(Clone, Debug)]
pub struct Script {
    pub(super) day: Day,
    /// The settings at the start, then those after each `set`.
    pub(super) rules: Vec<Rules>,
}

/// A change of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting<'a> {
    /// They are the defaults again.
    Defaults,
    /// This key has this value.
    Key(&'a str, &'a str),
}

/// A line that can be read but not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake<E> {
    /// It names something that there is not.
    Unreadable(Complaint),
    /// The settings refuse the change.
    Refused {
        /// Where the key and the value are, in bytes.
        place: Range<usize>,
        /// What the settings say.
        why: E,
    },
}

impl Script {
    /// Works out the settings after each `set`, which `apply` does. Done
    /// before anything runs, so that nothing is reported of a day that cannot run to its end.
    ///
    /// # Errors
    /// Every line that cannot be done.
    pub fn new<E>(
        mut day: Day,
        start: Rules,
        mut apply: impl FnMut(Setting<'_>) -> Result<Rules, E>,
    ) -> Result<Self, Vec<Mistake<E>>> {
        // What the program ignored then it ignores again.
        let recorded = day.is_recorded();
        let mut rules = vec![start];
        let mut mistakes = Vec::new();
        for step in &day.steps {
            match &step.action {
                Action::Defaults => match apply(Setting::Defaults) {
                    Ok(changed) => rules.push(changed),
                    Err(why) => mistakes.push(Mistake::Refused {
                        place: step.place.clone(),
                        why,
                    }),
                },
                Action::Set { key, value } => match apply(Setting::Key(key, value)) {
                    Ok(changed) => rules.push(changed),
                    Err(why) => mistakes.push(Mistake::Refused {
                        place: step.place.clone(),
                        why,
                    }),
                },
                Action::Now {
                    reminder: Some(id), ..
                } if !recorded => {
                    let known = rules.last().map(ids).unwrap_or_default();
                    if !known.contains(id) {
                        mistakes.push(Mistake::Unreadable(Complaint {
                            place: step.place.clone(),
                            found: id.clone(),
                            expected: Expected::Reminder(known),
                        }));
                    }
                }
                _ => {}
            }
        }
        if !day.is_recorded() {
            day.steps = joined(day.steps);
        }
        if mistakes.is_empty() {
            Ok(Self { day, rules })
        } else {
            Err(mistakes)
        }
    }
}

fn ids(rules: &Rules) -> Vec<String> {
    let reminders = rules.config().reminders.iter();
    reminders.map(|reminder| reminder.id.clone()).collect()
}

/// Two lines of sleep are one sleep, and two of absence one absence: nobody looks in between.
fn joined(steps: Vec<Step>) -> Vec<Step> {
    let mut joined: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match (joined.last_mut().map(|last| &mut last.action), &step.action) {
            (Some(Action::Asleep(sleep)), Action::Asleep(more))
            | (Some(Action::Off(sleep)), Action::Off(more)) => *sleep += *more,
            _ => joined.push(step),
        }
    }
    joined
}
