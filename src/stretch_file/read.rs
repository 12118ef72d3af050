//! The tables of a stretch file, one function for each.

use std::{ops::RangeInclusive, time::Duration};

use super::{
    Found, check,
    reader::{Node, Reader, Table},
};
use crate::core::{
    config::StretchFacts,
    rotation::Candidate,
    stretch::{
        Area, Breath, Posture, Side, Stretch, StretchId, VariantName, View,
        catalogue::{
            self, Advice, ArmOrder, Frame, KeyPose, Layer, Lengths, Phase, PhaseKind, PoseNumbers,
            Radii, Rig, Segment, Stage, Variant,
        },
        prop::Prop,
    },
};

/// The form of the file that this program reads.
const FORMAT: u32 = 1;

const BEARING: RangeInclusive<f64> = -720.0..=720.0;
const PLACE: RangeInclusive<f64> = -3.0..=3.0;
const LENGTH: RangeInclusive<f64> = 0.0..=1.0;
// More than 1: a foot that is turned out shows its length in the front view.
const FACTOR: RangeInclusive<f64> = 0.0..=4.0;
const SECONDS: RangeInclusive<f64> = 0.1..=600.0;
const HOLD_SECONDS: RangeInclusive<f64> = 0.0..=600.0;
const TOTAL_SECONDS: RangeInclusive<f64> = 1.0..=3600.0;
const REPS: RangeInclusive<u32> = 1..=100;

const ROOT_KEYS: &[&str] = &["format", "rig", "stretch"];
const STRETCH_KEYS: &[&str] = &[
    "name",
    "aliases",
    "summary",
    "breath_note",
    "safety",
    "also",
    "doses",
    "source",
    "posture",
    "desk_friendly",
    "default_on",
    "needs",
    "areas",
    "noticeability",
    "view",
    "mirrored",
    "native_side",
    "frame",
    "props",
    "arm_order",
    "variant",
    "phase",
    "pose",
];
const PHASE_KEYS: &[&str] = &[
    "stage",
    "group",
    "name",
    "seconds",
    "from_pose",
    "to_pose",
    "side",
    "breath",
    "cue",
];
const POSE_KEYS: &[&str] = &[
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

/// The rig of a file.
pub fn rig(reader: &mut Reader<'_>, root: &Table<'_>) -> Option<Rig> {
    format(reader, root);
    let rig = section(reader, root, "rig")?;
    reader.keys(
        &rig,
        &["length", "offset", "head", "radius", "trunk_half_width"],
    );
    let length = section(reader, &rig, "length");
    let offset = section(reader, &rig, "offset");
    let head = section(reader, &rig, "head");
    let radius = section(reader, &rig, "radius");
    let trunk = section(reader, &rig, "trunk_half_width");
    let (offset, head, trunk) = (offset?, head?, trunk?);
    Some(Rig {
        length: lengths(reader, &length?)?,
        shoulder_half_width: number(reader, &offset, "shoulder_half_width", LENGTH)?,
        shoulder_drop: number(reader, &offset, "shoulder_drop", LENGTH)?,
        hip_half_width: number(reader, &offset, "hip_half_width", LENGTH)?,
        head_up: number(reader, &head, "radius_up", LENGTH)?,
        head_across_side: number(reader, &head, "radius_across_side", LENGTH)?,
        head_across_front: number(reader, &head, "radius_across_front", LENGTH)?,
        radius: radii(reader, &radius?)?,
        trunk_side: half_widths(reader, &trunk, "side")?,
        trunk_front: half_widths(reader, &trunk, "front")?,
        trunk_depth: number(reader, &trunk, "depth", LENGTH)?,
    })
}

fn lengths(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Lengths> {
    let mut length = |key| number(reader, table, key, LENGTH);
    Some(Lengths {
        pelvis: length("pelvis")?,
        spine_lower: length("spine_lower")?,
        spine_upper: length("spine_upper")?,
        neck: length("neck")?,
        head: length("head")?,
        upper_arm: length("upper_arm")?,
        forearm: length("forearm")?,
        hand: length("hand")?,
        thigh: length("thigh")?,
        shin: length("shin")?,
        foot_side: length("foot_side")?,
        foot_front: length("foot_front")?,
    })
}

fn radii(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Radii> {
    let mut radius = |key| numbers(reader, table, key, LENGTH);
    Some(Radii {
        upper_arm: radius("upper_arm")?,
        forearm: radius("forearm")?,
        hand: radius("hand")?,
        thigh: radius("thigh")?,
        shin: radius("shin")?,
        foot: radius("foot")?,
        neck: radius("neck")?,
    })
}

fn half_widths(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Option<Vec<[f32; 2]>> {
    let node = reader.required(table, key)?;
    let pairs = reader.list(&node)?;
    pairs
        .iter()
        .map(|pair| reader.numbers(pair, LENGTH))
        .collect()
}

/// The stretches of a file that are well; the others left problems. With a rig, the figure also has
/// to stay inside its frame.
pub fn stretches(reader: &mut Reader<'_>, root: &Table<'_>, rig: Option<&Rig>) -> Vec<Found> {
    reader.keys(root, ROOT_KEYS);
    format(reader, root);
    let Some(all) = reader.optional(root, "stretch") else {
        reader.report(&root.at, "none", &[]);
        return Vec::new();
    };
    let Some(all) = reader.table(all) else {
        return Vec::new();
    };
    let mut stretches = Vec::new();
    for (id, key_at, node) in reader.entries(&all) {
        let before = reader.problems();
        if !id
            .bytes()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_')
        {
            reader.report(&key_at, "id", &[("id", &id)]);
        }
        let Some(table) = reader.table(node) else {
            continue;
        };
        let stretch = stretch(reader, &table, id);
        if let (Some(stretch), Some(rig)) = (&stretch, rig) {
            check::frame(reader, &table, stretch, rig);
        }
        let found = stretch.map(|stretch| Found {
            stretch,
            at: key_at,
        });
        stretches.extend(found.filter(|_| reader.problems() == before));
    }
    stretches
}

/// What the daemon needs of the stretches of a file: how to choose them, and how long they take.
/// The other keys are neither read nor checked.
pub fn candidates(reader: &mut Reader<'_>, root: &Table<'_>) -> Vec<Candidate> {
    let Some(all) = section(reader, root, "stretch") else {
        return Vec::new();
    };
    let entries = reader.entries(&all).into_iter();
    entries
        .filter_map(|(id, _, node)| {
            let table = reader.table(node)?;
            candidate(reader, &table, id)
        })
        .collect()
}

fn candidate(reader: &mut Reader<'_>, table: &Table<'_>, id: String) -> Option<Candidate> {
    let name = text(reader, table, "name")?;
    let aliases = texts(reader, table, "aliases")?;
    Some(Candidate {
        facts: StretchFacts {
            id: StretchId(id),
            names: catalogue::names(&name, &aliases),
            default_on: truth_or(reader, table, "default_on", true)?,
            posture: postures(reader, table)?,
            areas: areas(reader, table)?,
            needs: texts(reader, table, "needs")?,
            noticeability: noticeability(reader, table)?,
        },
        totals: catalogue::totals(&variants(reader, table)?),
    })
}

fn noticeability(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<u8> {
    let number = whole(reader, table, "noticeability", 1..=3)?;
    u8::try_from(number).ok()
}

/// The format of the file, where it is given.
fn format(reader: &mut Reader<'_>, root: &Table<'_>) {
    if let Some(node) = reader.optional(root, "format") {
        reader.whole(&node, FORMAT..=FORMAT);
    }
}

fn stretch(reader: &mut Reader<'_>, table: &Table<'_>, id: String) -> Option<Stretch> {
    reader.keys(table, STRETCH_KEYS);
    let name = text(reader, table, "name");
    let aliases = texts(reader, table, "aliases");
    let advice = advice(reader, table);
    let postures = postures(reader, table);
    let desk_friendly = truth(reader, table, "desk_friendly");
    let default_on = truth_or(reader, table, "default_on", true);
    let needs = texts(reader, table, "needs");
    let areas = areas(reader, table);
    let noticeability = noticeability(reader, table);
    let view = word(reader, table, "view", &View::ALL, View::word);
    let mirrored = truth(reader, table, "mirrored");
    let native_side = word(
        reader,
        table,
        "native_side",
        &[Side::Right, Side::Left],
        Side::word,
    );
    let frame = frame(reader, table);
    let props = props(reader, table);
    let arm_order = arm_order(reader, table);
    let variants = variants(reader, table);
    let poses = poses(reader, table);
    let phases = poses
        .as_ref()
        .and_then(|poses| phases(reader, table, poses));

    let stretch = Stretch {
        id: StretchId(id),
        name: name?,
        aliases: aliases?,
        postures: postures?,
        desk_friendly: desk_friendly?,
        default_on: default_on?,
        needs: needs?,
        areas: areas?,
        noticeability: noticeability?,
        advice,
        view: view?,
        mirrored: mirrored?,
        native_side: native_side?,
        frame: frame?,
        props: props?,
        arm_order: arm_order?,
        variants: variants?,
        phases: phases?,
        poses: poses?,
    };
    check::phases(reader, table, &stretch);
    Some(stretch)
}

/// All texts are optional: a stretch of the user's own may do without.
fn advice(reader: &mut Reader<'_>, table: &Table<'_>) -> Advice {
    let mut text = |key| {
        let node = reader.optional(table, key)?;
        reader.text(&node)
    };
    Advice {
        summary: text("summary").unwrap_or_default(),
        breath: text("breath_note").unwrap_or_default(),
        safety: text("safety").unwrap_or_default(),
        also: text("also").unwrap_or_default(),
        doses: text("doses").unwrap_or_default(),
        sources: match reader.optional(table, "source") {
            Some(node) => reader.texts(&node).unwrap_or_default(),
            None => Vec::new(),
        },
    }
}

/// `"seated or standing"`: the first is the one that the figure shows.
fn postures(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Vec<Posture>> {
    let node = reader.required(table, "posture")?;
    let text = reader.text(&node)?;
    text.split(" or ")
        .map(|found| reader.word_in(found.trim(), &node, &Posture::ALL, Posture::word))
        .collect()
}

fn areas(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Vec<Area>> {
    let node = reader.required(table, "areas")?;
    let list = reader.list(&node)?;
    if list.is_empty() {
        reader.report(&node.at, "empty", &[("path", &node.path)]);
        return None;
    }
    list.iter()
        .map(|one| reader.word(one, &Area::ALL, Area::word))
        .collect()
}

fn frame(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Frame> {
    let node = reader.required(table, "frame")?;
    let [left, bottom, right, top] = reader.numbers(&node, PLACE)?;
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

fn variants(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<[Variant; 3]> {
    let table = section(reader, table, "variant")?;
    reader.keys(&table, &VariantName::ALL.map(VariantName::word));
    let [short, standard, long] = VariantName::ALL.map(|name| {
        let table = section(reader, &table, name.word())?;
        reader.keys(&table, &["reps", "hold", "total"]);
        Some(Variant {
            reps: whole(reader, &table, "reps", REPS)?,
            hold: seconds(reader, &table, "hold", HOLD_SECONDS)?,
            total: seconds(reader, &table, "total", TOTAL_SECONDS)?,
        })
    });
    Some([short?, standard?, long?])
}

fn phases(reader: &mut Reader<'_>, table: &Table<'_>, poses: &[KeyPose]) -> Option<Vec<Phase>> {
    let node = reader.required(table, "phase")?;
    let list = reader.list(&node)?;
    if list.is_empty() {
        reader.report(&node.at, "empty", &[("path", &node.path)]);
        return None;
    }
    let phases: Vec<Option<Phase>> = list
        .into_iter()
        .map(|one| {
            let one = reader.table(one)?;
            phase(reader, &one, poses)
        })
        .collect();
    phases.into_iter().collect()
}

fn phase(reader: &mut Reader<'_>, table: &Table<'_>, poses: &[KeyPose]) -> Option<Phase> {
    reader.keys(table, PHASE_KEYS);
    let stage = word(reader, table, "stage", &Stage::ALL, Stage::word);
    let group = whole(reader, table, "group", 1..=100);
    let kind = word(reader, table, "name", &PhaseKind::ALL, PhaseKind::word);
    let length = seconds(reader, table, "seconds", SECONDS);
    let from = pose_name(reader, table, "from_pose", poses);
    let to = pose_name(reader, table, "to_pose", poses);
    let side = word(reader, table, "side", &Side::ALL, Side::word);
    let breath = word(reader, table, "breath", &Breath::ALL, Breath::word);
    let cue = text(reader, table, "cue");
    Some(Phase {
        stage: stage?,
        group: group?,
        kind: kind?,
        length: length?,
        from: from?,
        to: to?,
        side: side?,
        breath: breath?,
        cue: cue?,
    })
}

/// The place of a pose that a phase names.
fn pose_name(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    poses: &[KeyPose],
) -> Option<usize> {
    let node = reader.required(table, key)?;
    let name = reader.text(&node)?;
    let place = poses.iter().position(|pose| pose.name == name);
    if place.is_none() {
        check::unknown_pose(reader, &node, &name, poses);
    }
    place
}

fn poses(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Vec<KeyPose>> {
    let table = section(reader, table, "pose")?;
    let mut poses = Vec::new();
    for (name, _, node) in reader.entries(&table) {
        let pose = reader
            .table(node)
            .and_then(|table| pose(reader, &table, name));
        poses.push(pose);
    }
    poses.into_iter().collect()
}

fn pose(reader: &mut Reader<'_>, table: &Table<'_>, name: String) -> Option<KeyPose> {
    reader.keys(table, POSE_KEYS);
    let root = numbers(reader, table, "root", PLACE);
    let trunk = numbers(reader, table, "trunk", BEARING);
    let arm_r = numbers(reader, table, "arm_r", BEARING);
    let arm_l = numbers(reader, table, "arm_l", BEARING);
    let leg_r = numbers(reader, table, "leg_r", BEARING);
    let leg_l = numbers(reader, table, "leg_l", BEARING);
    let mut shoulder = |key| match reader.optional(table, key) {
        Some(node) => reader.numbers(&node, PLACE),
        None => Some([0.0; 2]),
    };
    let (shoulder_r, shoulder_l) = (shoulder("shoulder_r"), shoulder("shoulder_l"));
    let mut angle = |key| match reader.optional(table, key) {
        Some(node) => reader
            .number(&node, -180.0..=180.0)
            .map(|angle| angle as f32),
        None => Some(0.0),
    };
    let (turn, head_turn, head_nod) = (angle("turn"), angle("head_turn"), angle("head_nod"));
    let shorten = shorten(reader, table);
    let (layer_r, layer_l) = layers(reader, table)?;
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

fn shorten(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<[f32; Segment::ALL.len()]> {
    let mut factors = [1.0; Segment::ALL.len()];
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

fn layers(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<(Layer, Layer)> {
    let Some(node) = reader.optional(table, "layer") else {
        return Some((Layer::Front, Layer::Front));
    };
    let table = reader.table(node)?;
    reader.keys(&table, &["arm_r", "arm_l"]);
    let mut layer = |key| match reader.optional(&table, key) {
        Some(node) => reader.word(&node, &Layer::ALL, Layer::word),
        None => Some(Layer::Front),
    };
    Some((layer("arm_r")?, layer("arm_l")?))
}

// Values of keys that must be there.

fn section<'d>(reader: &mut Reader<'_>, table: &Table<'d>, key: &str) -> Option<Table<'d>> {
    let node = reader.required(table, key)?;
    reader.table(node)
}

fn text(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let node = reader.required(table, key)?;
    reader.text(&node)
}

fn texts(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Option<Vec<String>> {
    match reader.optional(table, key) {
        Some(node) => reader.texts(&node),
        None => Some(Vec::new()),
    }
}

fn truth(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Option<bool> {
    let node = reader.required(table, key)?;
    reader.truth(&node)
}

fn truth_or(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    otherwise: bool,
) -> Option<bool> {
    match reader.optional(table, key) {
        Some(node) => reader.truth(&node),
        None => Some(otherwise),
    }
}

fn whole(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<u32>,
) -> Option<u32> {
    let node = reader.required(table, key)?;
    reader.whole(&node, allowed)
}

fn number(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<f64>,
) -> Option<f32> {
    let node = reader.required(table, key)?;
    reader.number(&node, allowed).map(|number| number as f32)
}

fn numbers<const N: usize>(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<f64>,
) -> Option<[f32; N]> {
    let node = reader.required(table, key)?;
    reader.numbers(&node, allowed)
}

fn seconds(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<f64>,
) -> Option<Duration> {
    let node: Node<'_> = reader.required(table, key)?;
    reader.number(&node, allowed).map(Duration::from_secs_f64)
}

fn word<T: Copy>(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Option<T> {
    let node = reader.required(table, key)?;
    reader.word(&node, all, word)
}
