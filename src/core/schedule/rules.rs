//! The settings as the schedule reads them: every value at hand, and how long a break takes.

use std::time::Duration;

use super::super::{
    config::{Config, Open, Reminder, What},
    rotation::Candidate,
    stretch::{StretchId, session},
};

/// What the schedule goes by. Made anew whenever the settings change.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    config: Config,
    stretches: Vec<Candidate>,
    catalogue: Vec<Candidate>,
}

/// No stretch is left to rotate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no stretch passes the choice under [rotation]; name at least one, or let the filters pass more"
)]
pub struct EmptyRotation;

impl Rules {
    /// Joins the settings with the catalogue.
    ///
    /// # Errors
    /// When the choice under `[rotation]` leaves no stretch. The caller says so and goes on with
    /// the default [`Rotation`](super::super::config::Rotation).
    pub fn new(config: Config, catalogue: &[Candidate]) -> Result<Self, EmptyRotation> {
        let facts: Vec<_> = catalogue.iter().map(|known| known.facts.clone()).collect();
        let stretches: Vec<_> = (config.rotation.choose(&facts).into_iter())
            .filter_map(|chosen| catalogue.iter().find(|known| known.facts.id == chosen.id))
            .map(|known| Candidate {
                weight: config.rotation.weight(&known.facts.id),
                ..known.clone()
            })
            .collect();
        if stretches.is_empty() {
            return Err(EmptyRotation);
        }
        Ok(Self {
            config,
            stretches,
            catalogue: catalogue.to_vec(),
        })
    }

    /// The settings themselves.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The stretches that rotate, in the order of the choice, with their weights. Not empty.
    #[must_use]
    pub fn stretches(&self) -> &[Candidate] {
        &self.stretches
    }

    /// How long the countdown of a break runs, without the settling in and the changes.
    #[must_use]
    pub fn countdown(&self, what: &What, stretches: &[StretchId]) -> Duration {
        match what {
            What::Message { length, .. } => *length,
            What::Stretches { variant, .. } => (stretches.iter())
                .filter_map(|id| self.catalogue.iter().find(|known| known.facts.id == *id))
                .map(|known| known.totals.of(*variant))
                .sum(),
        }
    }

    /// How long a break takes from the first second of the countdown to the last: between two
    /// stretches one needs a moment to change.
    pub(super) fn duration(&self, what: &What, stretches: &[StretchId]) -> Duration {
        let changes = u32::try_from(stretches.len().saturating_sub(1)).unwrap_or(0);
        self.countdown(what, stretches) + session::BETWEEN * changes
    }

    pub(super) fn grace(&self) -> Duration {
        self.config.schedule.idle_grace
    }

    pub(super) fn reminder(&self, i: usize) -> &Reminder {
        &self.config.reminders[i]
    }

    pub(super) fn natural_break(&self, i: usize) -> Duration {
        (self.reminder(i).natural_break).unwrap_or(self.config.schedule.natural_break)
    }

    pub(super) fn open(&self, i: usize) -> Open {
        self.reminder(i).open.unwrap_or(self.config.schedule.open)
    }

    /// The length of the next snooze after so many; `None` when none is left.
    pub(super) fn next_snooze(&self, used: u32) -> Option<Duration> {
        let schedule = &self.config.schedule;
        let next = usize::try_from(used).unwrap_or(usize::MAX);
        (used < schedule.max_snoozes)
            .then(|| {
                schedule
                    .snooze
                    .get(next)
                    .or(schedule.snooze.last())
                    .copied()
            })
            .flatten()
    }

    /// The length of the first snooze, whether or not one is left.
    pub(super) fn first_snooze(&self) -> Duration {
        let first = self.config.schedule.snooze.first();
        first.copied().unwrap_or(Duration::from_secs(300))
    }

    /// How long a break is where breaks are compared.
    pub(super) fn length(&self, i: usize, stretches: &[StretchId]) -> Duration {
        let what = &self.reminder(i).what;
        let duration = self.duration(what, stretches);
        match what {
            What::Message { .. } => duration,
            What::Stretches { .. } => self.config.schedule.settle_in + duration,
        }
    }

    pub(super) fn knows_stretch(&self, id: &StretchId) -> bool {
        self.catalogue.iter().any(|known| known.facts.id == *id)
    }

    /// Whether this stretch is among those that rotate.
    #[must_use]
    pub fn rotates(&self, id: &StretchId) -> bool {
        self.stretches.iter().any(|known| known.facts.id == *id)
    }
}
