//! A stretch that a figure shows: view, frame, props, key poses.

use std::ops::RangeInclusive;

use super::{
    Motion, phases,
    value::{number, section, word},
};
use crate::{
    core::stretch::{
        Side, View,
        catalogue::{ArmOrder, Frame, KeyPose, Layer, Phase, PoseNumbers, Segment},
        prop::Prop,
    },
    stretch_file::{
        builtin_only, check,
        reader::{Node, Reader, Table},
    },
};

const BEARING: RangeInclusive<f64> = -720.0..=720.0;
const PLACE: RangeInclusive<f64> = -3.0..=3.0;
// More than 1: a foot that is turned out shows its length in the front view.
const FACTOR: RangeInclusive<f64> = 0.0..=4.0;
/// More key poses than this nobody draws by hand.
const MOST_POSES: usize = 100;

/// What this form has besides.
pub const KEYS: &[&str] = &[
    "view",
    "mirrored",
    "native_side",
    "frame",
    "props",
    "arm_order",
    "phase",
    "pose",
];
const POSE_KEYS: &[&str] = &[
    "like",
    "root",
    "trunk",
    "arm_r",
    "arm_l",
    "leg_r",
    "leg_l",
    "shoulder_r",
    "shoulder_l",
    "turn",
    "head_turn",
    "head_nod",
    "shorten",
    "layer",
];

/// Whether a stretch is written in this form.
pub fn are_given(reader: &Reader<'_>, table: &Table<'_>) -> bool {
    ["phase", "pose"]
        .iter()
        .any(|key| reader.optional(table, key).is_some())
}

/// Everything that moves, or stands beside what does.
pub fn motion(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Motion> {
    if !are_given(reader, table) {
        if !reader.is_meant(table, "step") {
            reader.report(&table.at, "no-steps", &[("stretch", table.name())]);
        }
        return None;
    }
    let view = match reader.optional(table, "view") {
        Some(node) => reader.word(&node, &View::ALL, View::word),
        None => Some(View::Side),
    };
    let frame = match reader.optional(table, "frame") {
        Some(node) => frame(reader, &node).map(Some),
        None => Some(None),
    };
    let props = props(reader, table);
    let arm_order = arm_order(reader, table);
    let poses = poses(reader, table, view);
    let phases = poses
        .as_ref()
        .and_then(|poses| phases::phases(reader, table, poses));
    let sides = sides(reader, table, phases.as_deref());
    let (native_side, mirrored) = sides?;
    Some(Motion {
        view: view?,
        mirrored,
        native_side,
        frame: frame?,
        props: props?,
        arm_order: arm_order?,
        poses: poses?,
        phases: phases?,
    })
}

/// The side that the poses show and whether the other is its mirror image. What is not said
/// follows from the phases: the first side that comes is the one that was drawn.
fn sides(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    phases: Option<&[Phase]>,
) -> Option<(Side, bool)> {
    let phases = phases.unwrap_or_default();
    let native_side = match reader.optional(table, "native_side") {
        Some(node) => reader.word(&node, &[Side::Right, Side::Left], Side::word)?,
        None => {
            let sides = phases.iter().map(|phase| phase.side);
            let mut sides = sides.filter(|side| *side != Side::Both);
            sides.next().unwrap_or(Side::Right)
        }
    };
    let mirrored = match reader.optional(table, "mirrored") {
        Some(node) => reader.truth(&node)?,
        None => phases.iter().any(|phase| phase.side == native_side.other()),
    };
    Some((native_side, mirrored))
}

fn frame(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Frame> {
    let [left, bottom, right, top] = reader.numbers(node, PLACE)?;
    if left >= right || bottom >= top {
        reader.report(&node.at, "frame-empty", &[("path", &node.path)]);
        return None;
    }
    Some(Frame {
        left,
        bottom,
        right,
        top,
    })
}

fn arm_order(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<ArmOrder> {
    let Some(node) = reader.optional(table, "arm_order") else {
        return Some(ArmOrder::LeftFirst);
    };
    let orders = [ArmOrder::LeftFirst, ArmOrder::RightFirst];
    reader.word(&node, &orders, |order| match order {
        ArmOrder::LeftFirst => "lr",
        ArmOrder::RightFirst => "rl",
    })
}

fn props(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Vec<Prop>> {
    let Some(node) = reader.optional(table, "props") else {
        return Some(Vec::new());
    };
    let list = reader.list(&node)?;
    let mut props = Vec::new();
    for one in list {
        let one = reader.table(one)?;
        props.push(prop(reader, &one)?);
    }
    Some(props)
}

#[derive(Clone, Copy)]
enum PropKind {
    Chair,
    Mat,
    Wall,
    WallBehind,
    DoorFrame,
    ChairSupport,
    Plumb,
}

impl PropKind {
    const ALL: [Self; 7] = [
        Self::Chair,
        Self::Mat,
        Self::Wall,
        Self::WallBehind,
        Self::DoorFrame,
        Self::ChairSupport,
        Self::Plumb,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Chair => "chair",
            Self::Mat => "mat",
            Self::Wall => "wall",
            Self::WallBehind => "wall_behind",
            Self::DoorFrame => "door_frame",
            Self::ChairSupport => "chair_support",
            Self::Plumb => "plumb",
        }
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Chair => &["kind", "x", "back"],
            Self::Mat => &["kind", "x0", "x1"],
            Self::WallBehind => &["kind"],
            Self::DoorFrame => &["kind", "half"],
            Self::Wall | Self::ChairSupport | Self::Plumb => &["kind", "x"],
        }
    }
}

fn prop(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Prop> {
    let kind = word(reader, table, "kind", &PropKind::ALL, PropKind::word)?;
    reader.keys(table, kind.keys());
    let mut place = |key| number(reader, table, key, PLACE);
    Some(match kind {
        PropKind::Chair => Prop::Chair {
            x: place("x")?,
            back: place("back")?,
        },
        PropKind::Mat => Prop::Mat {
            x0: place("x0")?,
            x1: place("x1")?,
        },
        PropKind::Wall => Prop::Wall { x: place("x")? },
        PropKind::WallBehind => Prop::WallBehind,
        PropKind::DoorFrame => Prop::DoorFrame {
            half: place("half")?,
        },
        PropKind::ChairSupport => Prop::ChairSupport { x: place("x")? },
        PropKind::Plumb => Prop::Plumb { x: place("x")? },
    })
}

fn poses(reader: &mut Reader<'_>, table: &Table<'_>, view: Option<View>) -> Option<Vec<KeyPose>> {
    let table = section(reader, table, "pose")?;
    let entries = reader.entries(&table);
    if entries.is_empty() || entries.len() > MOST_POSES {
        let most = MOST_POSES.to_string();
        let found = entries.len().to_string();
        let values = [("path", table.name()), ("most", &most), ("found", &found)];
        reader.report(&table.at, "too-many", &values);
        return None;
    }
    let mut poses: Vec<KeyPose> = Vec::new();
    let mut broken = Vec::new();
    for (name, _, node) in entries {
        let pose = reader
            .table(node)
            .and_then(|table| pose(reader, &table, name.clone(), view, &poses, &broken));
        match pose {
            Some(pose) => poses.push(pose),
            None => broken.push(name),
        }
    }
    broken.is_empty().then_some(poses)
}

/// A pose. What it does not say is as in the pose that it is `like`.
fn pose(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    name: String,
    view: Option<View>,
    before: &[KeyPose],
    broken: &[String],
) -> Option<KeyPose> {
    reader.keys(table, POSE_KEYS);
    let like = match reader.optional(table, "like") {
        Some(node) => Some(like(reader, &node, view, before, broken)?),
        None => None,
    };
    let base = like.as_ref().map(|like| like.numbers);
    let bearings = |reader: &mut Reader<'_>, key, base| bearings(reader, table, key, base);
    let root = needed(reader, table, "root", PLACE, base.map(|base| base.root));
    let trunk = needed(reader, table, "trunk", BEARING, base.map(|base| base.trunk));
    let arm_r = bearings(reader, "arm_r", base.map(|base| base.arm_r));
    let arm_l = bearings(reader, "arm_l", base.map(|base| base.arm_l));
    let leg_r = bearings(reader, "leg_r", base.map(|base| base.leg_r));
    let leg_l = bearings(reader, "leg_l", base.map(|base| base.leg_l));
    let base = base.unwrap_or_default();
    let mut shoulder = |key, base| match reader.optional(table, key) {
        Some(node) => reader.numbers(&node, PLACE),
        None => Some(base),
    };
    let shoulder_r = shoulder("shoulder_r", base.shoulder_r);
    let shoulder_l = shoulder("shoulder_l", base.shoulder_l);
    let mut angle = |key, base| match reader.optional(table, key) {
        Some(node) => reader
            .number(&node, -180.0..=180.0)
            .map(|angle| angle as f32),
        None => Some(base),
    };
    let turn = angle("turn", base.turn);
    let head_turn = angle("head_turn", base.head_turn);
    let head_nod = angle("head_nod", base.head_nod);
    let shorten = shorten(reader, table, base.shorten);
    let layers_like = like.map_or_else(Default::default, |like| (like.layer_r, like.layer_l));
    let (layer_r, layer_l) = layers(reader, table, layers_like)?;
    Some(KeyPose {
        name,
        numbers: PoseNumbers {
            root: root?,
            trunk: trunk?,
            arm_r: arm_r?,
            arm_l: arm_l?,
            leg_r: leg_r?,
            leg_l: leg_l?,
            shoulder_r: shoulder_r?,
            shoulder_l: shoulder_l?,
            turn: turn?,
            head_turn: head_turn?,
            head_nod: head_nod?,
            shorten: shorten?,
        },
        layer_r,
        layer_l,
    })
}

fn bearings(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    base: Option<[f32; 3]>,
) -> Option<[f32; 3]> {
    needed(reader, table, key, BEARING, base)
}

/// Numbers that must be there unless another pose has them.
fn needed<const N: usize>(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<f64>,
    base: Option<[f32; N]>,
) -> Option<[f32; N]> {
    match base {
        Some(base) if reader.optional(table, key).is_none() => Some(base),
        Some(_) | None => {
            let node = reader.required(table, key)?;
            reader.numbers(&node, allowed)
        }
    }
}

/// The pose with this name above this one, or `stretch.pose` of a built-in stretch. What is wrong
/// with a broken one has been said.
fn like(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    view: Option<View>,
    before: &[KeyPose],
    broken: &[String],
) -> Option<KeyPose> {
    let name = reader.text(node)?;
    let Some((stretch, pose)) = name.split_once('.') else {
        let known = before.iter().find(|pose| pose.name == name);
        if known.is_none() && !broken.contains(&name) {
            check::unknown_pose(reader, node, "like", &name, before);
        }
        return known.cloned();
    };
    let builtin = builtin_only(&[stretch.to_owned()]);
    let Some(builtin) = builtin.stretches.first() else {
        reader.report(&node.at, "like-builtin", &[("stretch", stretch)]);
        return None;
    };
    let known = builtin.poses.iter().find(|known| known.name == pose);
    if known.is_none() {
        check::unknown_pose(reader, node, "like-pose", pose, &builtin.poses);
    }
    if view.is_some_and(|view| view != builtin.view) {
        let values = [("stretch", stretch), ("view", builtin.view.word())];
        reader.report(&node.at, "like-view", &values);
        return None;
    }
    known.cloned()
}

fn shorten(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    mut factors: [f32; Segment::ALL.len()],
) -> Option<[f32; Segment::ALL.len()]> {
    let Some(node) = reader.optional(table, "shorten") else {
        return Some(factors);
    };
    let table = reader.table(node)?;
    reader.keys(&table, &Segment::ALL.map(Segment::word));
    for (factor, segment) in factors.iter_mut().zip(Segment::ALL) {
        if let Some(node) = reader.optional(&table, segment.word()) {
            *factor = reader.number(&node, FACTOR)? as f32;
        }
    }
    Some(factors)
}

fn layers(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    base: (Layer, Layer),
) -> Option<(Layer, Layer)> {
    let Some(node) = reader.optional(table, "layer") else {
        return Some(base);
    };
    let table = reader.table(node)?;
    reader.keys(&table, &["arm_r", "arm_l"]);
    let mut layer = |key, base| match reader.optional(&table, key) {
        Some(node) => reader.word(&node, &Layer::ALL, Layer::word),
        None => Some(base),
    };
    Some((layer("arm_r", base.0)?, layer("arm_l", base.1)?))
}
