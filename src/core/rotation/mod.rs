//! Which stretch comes next.
//!
//! Every enabled stretch comes once before any comes twice: a shuffled bag. Some may be wanted more
//! often, and come twice in a round, some less often, and come in every second one. This module
//! knows nothing of time and breaks; the schedule draws when it announces.
//!
//! `choice` is what the user can do to a choice, and [`Preset`] one that comes ready-made.

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
    /// How often it comes, by the settings.
    pub weight: Weight,
}

impl Candidate {
    fn id(&self) -> &StretchId {
        &self.facts.id
    }

    /// How often it comes in a round in which it comes.
    fn times(&self) -> usize {
        match self.weight {
            Weight::Less | Weight::Normal => 1,
            Weight::More => 2,
        }
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
    /// What has come in this round, as often as it came.
    pub(in crate::core) used: Vec<StretchId>,
    /// What comes in every second round only, and not in this one.
    pub(in crate::core) resting: Vec<StretchId>,
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
            resting: Vec::new(),
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
        for stretch in stretches {
            // What comes twice in a round may have been done before.
            if let Some(place) = self.used.iter().rposition(|used| used == stretch) {
                self.used.remove(place);
            }
        }
    }

    /// Takes out a stretch that the user chose.
    pub fn take(&mut self, stretch: &StretchId) {
        if !self.used.contains(stretch) {
            self.used.push(stretch.clone());
        }
        self.last = Some(stretch.clone());
    }

    fn draw_one(&mut self, pool: &[Candidate], avoid: &[StretchId]) -> Option<StretchId> {
        if self.used.is_empty() && self.resting.is_empty() {
            self.begin_round(pool);
        }
        let mut left = self.left(pool, avoid);
        // With few others, a second time in the round may be left over: not twice in a row.
        let is_leftover = |known: &&Candidate| {
            Some(known.id()) == self.last.as_ref() && self.used.contains(known.id())
        };
        if left.iter().all(is_leftover) {
            self.begin_round(pool);
            left = self.left(pool, avoid);
        }
        if left.is_empty() {
            // Everybody is resting: nobody has to.
            self.resting.clear();
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
        self.used.push(drawn.clone());
        self.last = Some(drawn.clone());
        Some(drawn)
    }

    /// What comes in every second round rests after one in which it came. No more than half of
    /// those come in the same round, so that rounds are of about the same length.
    fn begin_round(&mut self, pool: &[Candidate]) {
        let less = pool.iter().filter(|known| known.weight == Weight::Less);
        let (came, due): (Vec<_>, Vec<_>) = less
            .map(Candidate::id)
            .partition(|id| self.used.contains(id));
        let half = (came.len() + due.len()).div_ceil(2);
        let resting = came.into_iter().chain(due.into_iter().skip(half));
        self.resting = resting.cloned().collect();
        self.used.clear();
    }

    /// What is left of this round; what is left twice stands there twice.
    fn left<'a>(&self, pool: &'a [Candidate], avoid: &[StretchId]) -> Vec<&'a Candidate> {
        let times_left = |known: &Candidate| {
            let used = self.used.iter().filter(|used| *used == known.id()).count();
            known.times().saturating_sub(used)
        };
        pool.iter()
            .filter(|known| !avoid.contains(known.id()) && !self.resting.contains(known.id()))
            .flat_map(|known| std::iter::repeat_n(known, times_left(known)))
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
/// still be put in an order without two of an area in a row; at least another stretch, and such
/// that the rest needs none twice in a row.
fn best_choices<'a>(left: &[&'a Candidate], last: Option<&Candidate>) -> Vec<&'a Candidate> {
    let last_area = last.and_then(Candidate::main_area);
    let is_another = |known: &Candidate| last.is_none_or(|last| known.id() != last.id());
    let is_elsewhere = |known: &Candidate| {
        is_another(known) && (last_area.is_none() || known.main_area() != last_area)
    };
    let rest = |at: usize| {
        let others = left
            .iter()
            .enumerate()
            .filter(move |(other, _)| *other != at);
        others.map(|(_, known)| *known)
    };
    let alternates_areas =
        |at: usize| can_alternate(rest(at).map(Candidate::main_area), &left[at].main_area());
    let alternates = |at: usize| can_alternate(rest(at).map(Candidate::id), &left[at].id());
    let such_that = |fits: &dyn Fn(usize) -> bool| -> Vec<&'a Candidate> {
        let fitting = (0..left.len()).filter(|at| fits(*at));
        fitting.map(|at| left[at]).collect()
    };
    let mut choices = such_that(&|at| is_elsewhere(left[at]) && alternates_areas(at));
    if choices.is_empty() {
        choices = such_that(&|at| is_elsewhere(left[at]) && alternates(at));
    }
    if choices.is_empty() {
        choices = such_that(&|at| is_another(left[at]) && alternates(at));
    }
    if choices.is_empty() {
        choices = such_that(&|at| is_another(left[at]));
    }
    if choices.is_empty() {
        choices = left.to_vec();
    }
    choices
}

/// Whether these can follow `before` without two of a kind in a row: none may fill more than every
/// second place, and the one just done not the first.
fn can_alternate<K: Ord>(rest: impl Iterator<Item = K>, before: &K) -> bool {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    let mut places = 0;
    for kind in rest {
        *counts.entry(kind).or_default() += 1;
        places += 1;
    }
    counts.into_iter().all(|(kind, count)| {
        if kind == *before {
            count <= places / 2
        } else {
            count <= places.div_ceil(2)
        }
    })
}

#[cfg(test)]
mod tests;
