//! The settings as the schedule reads them: every value at hand, and how long a break takes.

use super::super::{config::Config, rotation::Candidate};

/// What the schedule goes by. Made anew whenever the settings change.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    config: Config,
    stretches: Vec<Candidate>,
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
    /// [`Rotation::Defaults`](super::super::config::Rotation::Defaults).
    pub fn new(config: Config, catalogue: &[Candidate]) -> Result<Self, EmptyRotation> {
        let facts: Vec<_> = catalogue.iter().map(|known| known.facts.clone()).collect();
        let stretches: Vec<_> = (config.rotation.choose(&facts).into_iter())
            .filter_map(|chosen| catalogue.iter().find(|known| known.facts.id == chosen.id))
            .cloned()
            .collect();
        if stretches.is_empty() {
            return Err(EmptyRotation);
        }
        Ok(Self { config, stretches })
    }

    /// The settings themselves.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The stretches that rotate, in the order of the choice. Not empty.
    #[must_use]
    pub fn stretches(&self) -> &[Candidate] {
        &self.stretches
    }
}
