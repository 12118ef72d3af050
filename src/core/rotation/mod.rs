//! Which stretch comes next.
//!
//! Every enabled stretch comes once before any comes twice: a shuffled bag. This module knows
//! nothing of time and breaks; the schedule draws when it announces.

mod choice;
mod preset;

use std::{collections::BTreeMap, time::Duration};

use super::{
    config::StretchFacts,
    stretch::{Area, StretchId, VariantName},
};

pub use choice::{LastOne, Weight};
pub use preset::Preset;

/// A stretch as rotation and schedule see it: how it is chosen, and how long it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// How it is chosen.
    pub facts: StretchFacts,
    /// Length of the countdown in each variant.
    pub totals: Totals,
}

impl Candidate {
    fn id(&self) -> &StretchId {
        &self.facts.id
    }

    /// The part of the body it is mainly for.
    fn main_area(&self) -> Option<Area> {
        self.facts.areas.first().copied()
    }
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
    pub(in crate::core) random: u64,
    /// What has come in this round.
    pub(in crate::core) used: Vec<StretchId>,
    /// What came last, in this round or the one before.
    pub(in crate::core) last: Option<StretchId>,
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

    /// Takes the next `count` stretches out. `pool` is everything that rotates now; what was
    /// switched on during a round joins it. Empty only if the pool is.
    pub fn draw(&mut self, pool: &[Candidate], count: u8) -> Vec<StretchId> {
        (0..count)
            .filter_map(|_| self.draw_one(pool, &[]))
            .collect()
    }

    /// Puts a stretch back and takes another that is not among those to `avoid`: the same one
    /// again only where there is no other. `None` only if the pool is empty.
    pub fn draw_instead(
        &mut self,
        pool: &[Candidate],
        avoid: &[StretchId],
        of: &StretchId,
    ) -> Option<StretchId> {
        self.put_back(std::slice::from_ref(of));
        let others = |known: &Candidate| !avoid.contains(known.id());
        if !pool.iter().any(others) && pool.iter().any(|known| known.id() == of) {
            self.take(of);
            return Some(of.clone());
        }
        self.draw_one(pool, avoid)
    }

    /// Puts stretches back that were not done.
    pub fn put_back(&mut self, stretches: &[StretchId]) {
        self.used.retain(|used| !stretches.contains(used));
    }

    /// Takes out a stretch that the user chose.
    pub fn take(&mut self, stretch: &StretchId) {
        if !self.used.contains(stretch) {
            self.used.push(stretch.clone());
        }
        self.last = Some(stretch.clone());
    }

    fn draw_one(&mut self, pool: &[Candidate], avoid: &[StretchId]) -> Option<StretchId> {
        let mut left = self.left(pool, avoid);
        if left.is_empty() {
            self.used.clear();
            left = self.left(pool, avoid);
        }
        if left.is_empty() {
            left = pool.iter().collect();
        }
        let last = pool
            .iter()
            .find(|known| Some(known.id()) == self.last.as_ref());
        let choice = best_choices(&left, last);
        let drawn = choice.get(self.random_below(choice.len()))?.id().clone();
        self.take(&drawn);
        Some(drawn)
    }

    fn left<'a>(&self, pool: &'a [Candidate], avoid: &[StretchId]) -> Vec<&'a Candidate> {
        pool.iter()
            .filter(|known| !self.used.contains(known.id()) && !avoid.contains(known.id()))
            .collect()
    }

    /// A number below `limit`, or 0.
    ///
    /// `SplitMix64` written out, and not a library's generator: those may change their numbers with
    /// a new version, and with them everybody's order.
    fn random_below(&mut self, limit: usize) -> usize {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        // The bias of a remainder is below 2^-58 for a catalogue of any size that fits on a disk.
        usize::try_from(z % (limit.max(1) as u64)).unwrap_or(0)
    }
}

/// Those of `left` that may come next: best another area than the last, and such that the rest can
/// still be put in an order without two of an area in a row; at least another stretch.
fn best_choices<'a>(left: &[&'a Candidate], last: Option<&Candidate>) -> Vec<&'a Candidate> {
    let last_area = last.and_then(Candidate::main_area);
    let differs = |known: &&&Candidate| {
        last.is_none_or(|last| known.id() != last.id())
            && (last_area.is_none() || known.main_area() != last_area)
    };
    let keeps_order = |known: &&&Candidate| {
        let rest: Vec<_> = left
            .iter()
            .filter(|other| other.id() != known.id())
            .collect();
        can_alternate(&rest, known.main_area())
    };
    let mut choices: Vec<_> = left.iter().filter(differs).filter(keeps_order).collect();
    if choices.is_empty() {
        choices = left.iter().filter(differs).collect();
    }
    if choices.is_empty() {
        choices = (left.iter())
            .filter(|known| last.is_none_or(|last| known.id() != last.id()))
            .collect();
    }
    if choices.is_empty() {
        choices = left.iter().collect();
    }
    choices.into_iter().copied().collect()
}

/// Whether these can follow a stretch for `before` without two of one area in a row: no area may
/// fill more than every second place, and the one just done not the first.
fn can_alternate(rest: &[&&Candidate], before: Option<Area>) -> bool {
    let mut counts: BTreeMap<Option<Area>, usize> = BTreeMap::new();
    for known in rest {
        *counts.entry(known.main_area()).or_default() += 1;
    }
    counts.into_iter().all(|(area, count)| {
        let places = if area == before {
            rest.len() / 2
        } else {
            rest.len().div_ceil(2)
        };
        count <= places
    })
}

#[cfg(test)]
mod tests;
