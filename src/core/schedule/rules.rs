//! The settings as the schedule reads them: every value at hand, and how long a break takes.

use super::super::{config::Config, config::Rotation, rotation::StretchFacts};

/// What the schedule goes by. Made anew whenever the settings change.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    config: Config,
    stretches: Vec<StretchFacts>,
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
    /// [`Rotation::Defaults`].
    pub fn new(config: Config, catalogue: &[StretchFacts]) -> Result<Self, EmptyRotation> {
        let stretches: Vec<_> = catalogue
            .iter()
            .filter(|facts| is_chosen(&config.rotation, facts))
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

    /// The stretches that rotate, in the order of the catalogue. Not empty.
    #[must_use]
    pub fn stretches(&self) -> &[StretchFacts] {
        &self.stretches
    }
}

fn is_chosen(rotation: &Rotation, facts: &StretchFacts) -> bool {
    match rotation {
        Rotation::Defaults => facts.default_on,
        Rotation::Named(ids) => ids.contains(&facts.id),
        Rotation::Filtered {
            posture,
            areas,
            needs,
            max_noticeability,
        } => {
            (posture.is_empty() || facts.postures.iter().any(|p| posture.contains(p)))
                && (areas.is_empty() || facts.areas.iter().any(|area| areas.contains(area)))
                && needs
                    .as_ref()
                    .is_none_or(|have| facts.needs.iter().all(|need| have.contains(need)))
                && facts.noticeability <= *max_noticeability
        }
    }
}
