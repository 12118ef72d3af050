//! What there is to know about each stretch, and the rig of the figure that shows it.
//!
//! Values of these types were checked where they were read: poses named by phases exist, phases
//! follow each other without a jump, totals are the sums of their phases.

use std::{path::PathBuf, time::Duration};

use super::{Area, Breath, Posture, Side, StretchId, VariantName, View, prop::Prop};
use crate::core::{
    config::StretchFacts,
    rotation::{Candidate, Totals, Weight},
};

/// All stretches and the figure they share.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue {
    /// The figure.
    pub rig: Rig,
    /// In the order of the file. Ids are unique.
    pub stretches: Vec<Stretch>,
}

impl Catalogue {
    /// The stretch with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Stretch> {
        self.stretches.iter().find(|stretch| stretch.id.0 == id)
    }

    /// What one has to know of each stretch in order to choose it, in the order of the file.
    #[must_use]
    pub fn facts(&self) -> Vec<StretchFacts> {
        self.stretches.iter().map(Stretch::facts).collect()
    }
}

/// One stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Its name in files.
    pub id: StretchId,
    /// Its name for the user.
    pub name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Where one can do it; the first is the one that the figure shows. Not empty.
    pub postures: Vec<Posture>,
    /// Whether it fits beside a desk.
    pub desk_friendly: bool,
    /// Whether it is in the rotation until the user chooses.
    pub default_on: bool,
    /// What one needs, such as `chair` or `wall`; empty for nothing.
    pub needs: Vec<String>,
    /// What it works on, the main area first. Not empty.
    pub areas: Vec<Area>,
    /// 1 (hardly noticed by others) to 3 (very visible).
    pub noticeability: u8,
    /// What the user should know before and during it.
    pub advice: Advice,
    /// From where the figure is seen.
    pub view: View,
    /// Only [`native_side`](Self::native_side) is stored; the other is its mirror image.
    pub mirrored: bool,
    /// The side that the stored poses show. Right or left.
    pub native_side: Side,
    /// Holds every moment of the motion, both sides.
    pub frame: Frame,
    /// What stands beside the figure.
    pub props: Vec<Prop>,
    /// Which arm is drawn first where both lie in the same layer.
    pub arm_order: ArmOrder,
    /// Short, standard, long.
    pub variants: [Variant; 3],
    /// In the order of the file. Not empty.
    pub phases: Vec<Phase>,
    /// The key poses that the phases blend, in the order of the file. Empty for a stretch that is
    /// told in steps, without a figure.
    pub poses: Vec<KeyPose>,
}

impl Stretch {
    /// Repetitions and lengths of one variant.
    #[must_use]
    pub fn variant(&self, name: VariantName) -> &Variant {
        match name {
            VariantName::Short => &self.variants[0],
            VariantName::Standard => &self.variants[1],
            VariantName::Long => &self.variants[2],
        }
    }

    /// The same, to be filled in.
    pub fn variant_mut(&mut self, name: VariantName) -> &mut Variant {
        match name {
            VariantName::Short => &mut self.variants[0],
            VariantName::Standard => &mut self.variants[1],
            VariantName::Long => &mut self.variants[2],
        }
    }

    /// Whether a figure shows it; else there are words and pictures.
    #[must_use]
    pub fn has_figure(&self) -> bool {
        !self.poses.is_empty()
    }

    /// What one has to know of it in order to choose it.
    #[must_use]
    pub fn facts(&self) -> StretchFacts {
        StretchFacts {
            id: self.id.clone(),
            names: names(&self.name, &self.aliases),
            default_on: self.default_on,
            posture: self.postures.clone(),
            areas: self.areas.clone(),
            needs: self.needs.clone(),
            noticeability: self.noticeability,
        }
    }

    /// The stretch as rotation and schedule see it.
    #[must_use]
    pub fn candidate(&self) -> Candidate {
        Candidate {
            facts: self.facts(),
            totals: totals(&self.variants),
            weight: Weight::default(),
        }
    }
}

/// All names of a stretch, its own first.
#[must_use]
pub fn names(name: &str, aliases: &[String]) -> Vec<String> {
    std::iter::once(name.to_owned())
        .chain(aliases.iter().cloned())
        .collect()
}

/// The whole lengths of the three variants.
#[must_use]
pub fn totals([short, standard, long]: &[Variant; 3]) -> Totals {
    Totals {
        short: short.total,
        standard: standard.total,
        long: long.total,
    }
}

/// What the user should know; each text is a sentence or two, or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// What one does.
    pub summary: String,
    /// How to breathe.
    pub breath: String,
    /// When to leave it out, what to mind.
    pub safety: String,
    /// Where else or how else it can be done.
    pub also: String,
    /// How long and how often, as the sources say it.
    pub doses: String,
    /// Keys of the sources.
    pub sources: Vec<String>,
}

/// A rectangle in body heights, y upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub struct Frame {
    pub left: f32,
    pub bottom: f32,
    pub right: f32,
    pub top: f32,
}

impl Frame {
    /// Somebody who stands upright.
    pub const BODY: Self = Self {
        left: -0.3,
        bottom: -0.03,
        right: 0.3,
        top: 1.07,
    };
}

/// Which arm is drawn first; the other lies on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArmOrder {
    /// `lr`: the left one (`_l`) first.
    LeftFirst,
    /// `rl`: the right one (`_r`) first.
    RightFirst,
}

/// How often and how long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// How often each group of the cycle is done. At least 1.
    pub reps: u32,
    /// How long a phase named `hold` lasts.
    pub hold: Duration,
    /// The whole length.
    pub total: Duration,
}

/// When a phase plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Once, before everything else.
    Prepare,
    /// Its group is repeated.
    Cycle,
    /// Once, at the end.
    Finish,
}

impl Stage {
    /// All of them, in the order in which they play.
    pub const ALL: [Self; 3] = [Self::Prepare, Self::Cycle, Self::Finish];

    /// As it is written in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Cycle => "cycle",
            Self::Finish => "finish",
        }
    }
}

/// What happens in a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhaseKind {
    /// Getting in place.
    Prepare,
    /// Moving into the stretch.
    Move,
    /// Staying there; as long as the variant says.
    Hold,
    /// Moving out of it.
    Return,
    /// Changing the side or the arm.
    Switch,
    /// Resting.
    Rest,
}

impl PhaseKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Prepare,
        Self::Move,
        Self::Hold,
        Self::Return,
        Self::Switch,
        Self::Rest,
    ];

    /// As it is written in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Move => "move",
            Self::Hold => "hold",
            Self::Return => "return",
            Self::Switch => "switch",
            Self::Rest => "rest",
        }
    }
}

/// A part of a stretch: from one key pose to another, or staying in one.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// When it plays.
    pub stage: Stage,
    /// Phases of the cycle with the same number are repeated together.
    pub group: u32,
    /// What happens.
    pub kind: PhaseKind,
    /// How long; the variant's `hold` takes its place where `kind` is [`PhaseKind::Hold`].
    pub length: Duration,
    /// Place of the pose at its beginning in [`Stretch::poses`].
    pub from: usize,
    /// Place of the pose at its end in [`Stretch::poses`].
    pub to: usize,
    /// Which side of the user's own body.
    pub side: Side,
    /// What to do with the breath.
    pub breath: Breath,
    /// What the user is told.
    pub cue: String,
    /// A picture of it, in a stretch without a figure.
    pub picture: Option<PathBuf>,
}

/// A pose of the figure, by bearings: absolute, in degrees, 0 up, clockwise for the viewer.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyPose {
    /// Its name within the stretch.
    pub name: String,
    /// Everything that is blended.
    pub numbers: PoseNumbers,
    /// In front of or behind what the right arm is drawn.
    pub layer_r: Layer,
    /// The same for the left arm.
    pub layer_l: Layer,
}

/// The numbers of a pose. All of them are blended as written, without wrapping angles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoseNumbers {
    /// The middle between the hip joints.
    pub root: [f32; 2],
    /// Bearings of pelvis, lower spine, upper spine, neck, head.
    pub trunk: [f32; 5],
    /// Bearings of upper arm, forearm, hand.
    pub arm_r: [f32; 3],
    /// The same on the left.
    pub arm_l: [f32; 3],
    /// Bearings of thigh, shin, foot.
    pub leg_r: [f32; 3],
    /// The same on the left.
    pub leg_l: [f32; 3],
    /// The shoulder moved out (front view) or forward (side view), and up.
    pub shoulder_r: [f32; 2],
    /// The same on the left.
    pub shoulder_l: [f32; 2],
    /// The trunk turned towards the viewer's right, in degrees.
    pub turn: f32,
    /// The head turned towards the viewer's right, in degrees.
    pub head_turn: f32,
    /// The chin down, in degrees.
    pub head_nod: f32,
    /// Length factors, in the order of [`Segment::ALL`]; 1 where a segment is not foreshortened.
    pub shorten: [f32; Segment::ALL.len()],
}

impl Default for PoseNumbers {
    fn default() -> Self {
        Self {
            root: [0.0; 2],
            trunk: [0.0; 5],
            arm_r: [0.0; 3],
            arm_l: [0.0; 3],
            leg_r: [0.0; 3],
            leg_l: [0.0; 3],
            shoulder_r: [0.0; 2],
            shoulder_l: [0.0; 2],
            turn: 0.0,
            head_turn: 0.0,
            head_nod: 0.0,
            shorten: [1.0; Segment::ALL.len()],
        }
    }
}

/// A bone of the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Segment {
    Pelvis,
    SpineLower,
    SpineUpper,
    Neck,
    Head,
    UpperArmR,
    ForearmR,
    HandR,
    UpperArmL,
    ForearmL,
    HandL,
    ThighR,
    ShinR,
    FootR,
    ThighL,
    ShinL,
    FootL,
}

impl Segment {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Pelvis,
        Self::SpineLower,
        Self::SpineUpper,
        Self::Neck,
        Self::Head,
        Self::UpperArmR,
        Self::ForearmR,
        Self::HandR,
        Self::UpperArmL,
        Self::ForearmL,
        Self::HandL,
        Self::ThighR,
        Self::ShinR,
        Self::FootR,
        Self::ThighL,
        Self::ShinL,
        Self::FootL,
    ];

    /// As it is written in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pelvis => "pelvis",
            Self::SpineLower => "spine_lower",
            Self::SpineUpper => "spine_upper",
            Self::Neck => "neck",
            Self::Head => "head",
            Self::UpperArmR => "upper_arm_r",
            Self::ForearmR => "forearm_r",
            Self::HandR => "hand_r",
            Self::UpperArmL => "upper_arm_l",
            Self::ForearmL => "forearm_l",
            Self::HandL => "hand_l",
            Self::ThighR => "thigh_r",
            Self::ShinR => "shin_r",
            Self::FootR => "foot_r",
            Self::ThighL => "thigh_l",
            Self::ShinL => "shin_l",
            Self::FootL => "foot_l",
        }
    }
}

/// Where an arm is drawn in the front view. The side view knows near and far only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layer {
    /// In front of everything.
    #[default]
    Front,
    /// In front of the trunk, behind the head.
    UnderHead,
    /// Behind the trunk.
    Behind,
    /// Forearm and hand behind the trunk, the upper arm in front of it but behind the head.
    Split,
}

impl Layer {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Front, Self::UnderHead, Self::Behind, Self::Split];

    /// As it is written in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::UnderHead => "under_head",
            Self::Behind => "behind",
            Self::Split => "split",
        }
    }
}

/// Lengths and widths of the figure, in body heights.
#[derive(Clone, Debug, PartialEq)]
pub struct Rig {
    /// Lengths of the bones.
    pub length: Lengths,
    /// Front view: from the midline to a shoulder joint.
    pub shoulder_half_width: f32,
    /// From the top of the upper spine down to the shoulder joints.
    pub shoulder_drop: f32,
    /// Front view: from the midline to a hip joint.
    pub hip_half_width: f32,
    /// The head, an ellipse: along its bearing.
    pub head_up: f32,
    /// The head, across its bearing, side view.
    pub head_across_side: f32,
    /// The head, across its bearing, front view.
    pub head_across_front: f32,
    /// Radii of the limbs at their beginning and end.
    pub radius: Radii,
    /// Side view: `[place, half width]`, place rising from 0 (hips) to 1 (top of the upper spine).
    pub trunk_side: Vec<[f32; 2]>,
    /// The same for the front view.
    pub trunk_front: Vec<[f32; 2]>,
    /// Half the depth of the trunk, used where it turns in the front view.
    pub trunk_depth: f32,
}

/// Lengths of the bones, in body heights.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub struct Lengths {
    pub pelvis: f32,
    pub spine_lower: f32,
    pub spine_upper: f32,
    pub neck: f32,
    /// To the centre of the head.
    pub head: f32,
    pub upper_arm: f32,
    pub forearm: f32,
    pub hand: f32,
    pub thigh: f32,
    pub shin: f32,
    pub foot_side: f32,
    pub foot_front: f32,
}

/// Radii of the capsules at their beginning (towards the trunk) and end, in body heights.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub struct Radii {
    pub upper_arm: [f32; 2],
    pub forearm: [f32; 2],
    pub hand: [f32; 2],
    pub thigh: [f32; 2],
    pub shin: [f32; 2],
    pub foot: [f32; 2],
    pub neck: [f32; 2],
}

impl Rig {
    /// Half the width of the trunk at a place between the hips (0) and the top of the upper
    /// spine (1). `turn` is the trunk's turn in degrees; it matters in the front view only and
    /// grows from nothing at the hips to its full value at the shoulders.
    #[must_use]
    pub fn trunk_half_width(&self, view: View, place: f32, turn: f32) -> f32 {
        match view {
            View::Side => interpolate(&self.trunk_side, place),
            View::Front => {
                let angle = (turn * place.clamp(0.0, 1.0)).to_radians();
                let across = interpolate(&self.trunk_front, place) * angle.cos();
                across.hypot(self.trunk_depth * angle.sin())
            }
        }
    }
}

/// The value at a place of a line given by `[place, value]` pairs with rising places.
fn interpolate(pairs: &[[f32; 2]], place: f32) -> f32 {
    let after = pairs.partition_point(|[at, _]| *at <= place);
    match (
        after.checked_sub(1).and_then(|i| pairs.get(i)),
        pairs.get(after),
    ) {
        (Some([x0, y0]), Some([x1, y1])) => y0 + (y1 - y0) * (place - x0) / (x1 - x0),
        (Some([_, y]), None) | (None, Some([_, y])) => *y,
        (None, None) => 0.0,
    }
}
