//! Which stretch comes next.
//!
//! Every enabled stretch comes once before any comes twice: a shuffled bag. This module knows
//! nothing of time and breaks; the schedule draws when it announces.

use std::time::Duration;

use super::{
    config::StretchFacts,
    stretch::{StretchId, VariantName},
};

/// A stretch as rotation and schedule see it: how it is chosen, and how long it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// How it is chosen.
    pub facts: StretchFacts,
    /// Length of the countdown in each variant.
    pub totals: Totals,
}

/// How long the countdown of a stretch runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// In the short variant.
    pub short: Duration,
    /// In the standard variant.
    pub standard: Duration,
    /// In the long variant.
    pub long: Duration,
}

impl Totals {
    /// The length in this variant.
    #[must_use]
    pub fn of(&self, variant: VariantName) -> Duration {
        match variant {
            VariantName::Short => self.short,
            VariantName::Standard => self.standard,
            VariantName::Long => self.long,
        }
    }
}

/// The shuffled bag. The same seed and the same draws give the same order, in every version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bag {
    /// State of the random numbers.
    pub(super) random: u64,
    /// What has come in this round.
    pub(super) used: Vec<StretchId>,
    /// What came last, in this round or the one before.
    pub(super) last: Option<StretchId>,
}

impl Bag {
    /// A full bag.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            random: seed,
            used: Vec::new(),
            last: None,
        }
    }
}
