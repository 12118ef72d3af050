//! Choices of stretches that come ready-made, for where somebody works.

use std::collections::BTreeSet;

use crate::core::{
    config::{Choice, Filter, Rotation, StretchFacts},
    stretch::{Posture, StretchId},
};

/// A choice for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// At a desk: those that are on from the start.
    Desk,
    /// In an open-plan office: hardly noticed by others, with nothing but a chair.
    OpenPlan,
    /// At home with a mat: those for a desk, and those on the floor.
    HomeWithMat,
    /// The nine exercises of the article that the program began with.
    Article,
}

/// The nine exercises, in the article's order as far as that is known.
const NINE: [&str; 9] = [
    "shoulder_roll",
    "neck_flexion",
    "overhead_arm_reach",
    "cat_cow",
    "childs_pose",
    "knees_to_chest",
    "trunk_rotation",
    "triangle_pose",
    "wall_stretch",
];

impl Preset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Desk, Self::OpenPlan, Self::HomeWithMat, Self::Article];

    /// The word for it on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::OpenPlan => "open-plan",
            Self::HomeWithMat => "home",
            Self::Article => "article",
        }
    }

    /// The main choice that belongs to it. [`Self::also`] belongs to it as well.
    #[must_use]
    pub fn choice(self) -> Choice {
        match self {
            Self::Desk | Self::HomeWithMat => Choice::Defaults,
            Self::OpenPlan => Choice::Filtered(Filter {
                posture: vec![Posture::Seated, Posture::Standing],
                needs: Some(vec!["chair".to_owned()]),
                max_noticeability: 1,
                ..Filter::default()
            }),
            Self::Article => Choice::Named(NINE.map(|id| StretchId(id.to_owned())).to_vec()),
        }
    }

    /// What comes besides the main choice.
    #[must_use]
    pub fn also(self, all: &[StretchFacts]) -> Vec<StretchId> {
        let on_the_floor = |stretch: &&StretchFacts| {
            let needs_a_mat_at_most = stretch.needs.iter().all(|need| need == "mat");
            stretch.posture == [Posture::Floor] && needs_a_mat_at_most && !stretch.default_on
        };
        match self {
            Self::Desk | Self::OpenPlan | Self::Article => Vec::new(),
            Self::HomeWithMat => (all.iter().filter(on_the_floor))
                .map(|stretch| stretch.id.clone())
                .collect(),
        }
    }

    /// Puts the preset in place of the choice that there was. Weights stay with the stretches that
    /// still rotate.
    pub fn apply(self, rotation: &mut Rotation, all: &[StretchFacts]) {
        rotation.choice = self.choice();
        rotation.also = self.also(all);
        rotation.except.clear();
        let chosen = chosen(rotation, all);
        rotation.more_often.retain(|id| chosen.contains(id));
        rotation.less_often.retain(|id| chosen.contains(id));
    }

    /// The preset whose stretches are exactly those that rotate, however they were chosen and
    /// weighed.
    #[must_use]
    pub fn of(rotation: &Rotation, all: &[StretchFacts]) -> Option<Self> {
        let now = chosen(rotation, all);
        Self::ALL.into_iter().find(|preset| {
            let mut other = Rotation::default();
            preset.apply(&mut other, all);
            chosen(&other, all) == now
        })
    }
}

fn chosen(rotation: &Rotation, all: &[StretchFacts]) -> BTreeSet<StretchId> {
    let chosen = rotation.choose(all).into_iter();
    chosen.map(|stretch| stretch.id.clone()).collect()
}
