//! What has to hold between the values of a stretch: no jumps, exact totals, a frame that holds.

use std::{ops::Range, time::Duration};

use super::{
    read::Written,
    reader::{Node, Reader, Table, said},
};
use crate::{
    core::stretch::{
        Body, Joint, Point, SideOrder, Stretch, Timeline, VariantName,
        catalogue::{Frame, KeyPose, PhaseKind, PoseNumbers, Rig, Stage},
        pose::pose_at,
        prop::PropPart,
        timeline::playing_order,
    },
    diagnostic::{did_you_mean, one_of},
};

/// A joint may be this far outside its frame: numbers in files are rounded.
const FRAME_TOLERANCE: f32 = 0.002;
/// Around a joint: the thickest limb, and a little air.
const LIMB_MARGIN: f32 = 0.05;
/// Around the centre of the head.
const HEAD_MARGIN: f32 = 0.08;
/// How far the floor reaches down.
const FLOOR: f32 = -0.03;

/// A joint may not turn faster than this on the way from one pose to the next, in degrees a second.
/// The fastest of the built-in stretches turn by 125.
const FASTEST_TURN: f32 = 150.0;
/// The hips may not travel faster than this, in body heights a second.
const FASTEST_TRAVEL: f32 = 0.25;
/// An id longer than this is a mistake.
const LONGEST_ID: usize = 60;

/// Complains about an id that is none.
pub fn id(reader: &mut Reader<'_>, at: &Range<usize>, id: &str) {
    let letters = id
        .bytes()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_');
    if !letters || id.is_empty() || id.len() > LONGEST_ID {
        reader.report(at, "id", &[("id", id)]);
    }
}

/// Complains that a pose is named that is not there: by a phase (`pose`) or by a pose (`like`).
pub fn unknown_pose(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    by: &str,
    name: &str,
    poses: &[KeyPose],
) {
    let names = || poses.iter().map(|pose| pose.name.as_str());
    let help = match did_you_mean(name, names()) {
        Some(meant) => Some(said("did-you-mean", &[("meant", meant)])),
        None if poses.is_empty() => None,
        None => Some(said("allowed", &[("allowed", &one_of(names()))])),
    };
    let problem = reader.report(&node.at, by, &[("pose", name)]);
    problem.help = help.or(problem.help.take());
}

/// Stages in order, a cycle there is to repeat, no jump from one phase to the next and none within
/// one, exact totals. `None` if nothing more can be said of the stretch.
pub fn phases(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    stretch: &Stretch,
    written: &[Written; 3],
) -> Option<()> {
    let before = reader.problems();
    for (place, pair) in stretch.phases.windows(2).enumerate() {
        if pair[1].stage < pair[0].stage {
            let values = [
                ("stage", pair[1].stage.word()),
                ("before", pair[0].stage.word()),
            ];
            let at = phase_place(reader, table, place + 1, "stage");
            reader.report(&at, "stage-order", &values);
        }
    }
    if !stretch
        .phases
        .iter()
        .any(|phase| phase.stage == Stage::Cycle)
    {
        reader.report(&table.at, "no-cycle", &[]);
    }
    if reader.problems() > before {
        return None;
    }
    for (place, phase) in stretch.phases.iter().enumerate() {
        if phase.kind == PhaseKind::Hold && phase.from != phase.to {
            let at = phase_place(reader, table, place, "to_pose");
            reader.report(&at, "hold-moves", &[]);
        }
    }
    jumps(reader, table, stretch);
    speeds(reader, table, stretch);
    if reader.problems() == before {
        // What makes it jump changes its length as well.
        totals(reader, table, stretch, written);
    }
    (reader.problems() == before).then_some(())
}

/// Whether the groups of the cycle end in the pose in which they begin.
pub fn repeats(stretch: &Stretch) -> bool {
    playing_order(stretch, 2).windows(2).all(|pair| {
        let [(before, _), (after, _)] = [pair[0], pair[1]];
        after > before || stretch.phases[before].to == stretch.phases[after].from
    })
}

/// All holds last as long as the variant says, so they cannot differ from each other.
pub fn equal_holds(reader: &mut Reader<'_>, table: &Table<'_>, stretch: &Stretch) {
    let mut first = None;
    for (place, phase) in stretch.phases.iter().enumerate() {
        if phase.kind != PhaseKind::Hold {
            continue;
        }
        let first = *first.get_or_insert(phase.length);
        if phase.length != first {
            let at = phase_place(reader, table, place, "seconds");
            let first = first.as_secs_f64().to_string();
            reader.report(&at, "holds-differ", &[("first", &first)]);
        }
    }
}

/// A number of a pose with its name, for messages.
type Named = (String, f32, f32);

/// No limb moves faster than anybody could follow.
fn speeds(reader: &mut Reader<'_>, table: &Table<'_>, stretch: &Stretch) {
    for (place, phase) in stretch.phases.iter().enumerate() {
        let (Some(from), Some(to)) = (stretch.poses.get(phase.from), stretch.poses.get(phase.to))
        else {
            continue;
        };
        let seconds = phase.length.as_secs_f32();
        let at = phase_place(reader, table, place, "seconds");
        let names = [("from", from.name.as_str()), ("to", to.name.as_str())];
        let fastest = bearings(&from.numbers, &to.numbers)
            .into_iter()
            .max_by(|a, b| turn(a).total_cmp(&turn(b)));
        let [x, y] = [0, 1].map(|i| to.numbers.root[i] - from.numbers.root[i]);
        let travel = x.hypot(y);
        if let Some(fastest) = fastest.filter(|fastest| turn(fastest) > FASTEST_TURN * seconds) {
            too_fast(reader, &at, &fastest, &names, seconds);
        } else if travel > FASTEST_TRAVEL * seconds {
            let needed = format!("{:.1}", tenths_up(travel / FASTEST_TRAVEL));
            let [from, to] = names;
            reader.report(&at, "too-far", &[from, to, ("needed", &needed)]);
        }
    }
}

fn turn((_, from, to): &Named) -> f32 {
    (to - from).abs()
}

fn too_fast(
    reader: &mut Reader<'_>,
    at: &Range<usize>,
    fastest: &Named,
    names: &[(&str, &str); 2],
    seconds: f32,
) {
    let (key, from, to) = fastest;
    let speed = format!("{:.0}", turn(fastest) / seconds);
    let needed = format!("{:.1}", tenths_up(turn(fastest) / FASTEST_TURN));
    let short_way = format!("{}", to - 360.0 * ((to - from) / 360.0).round());
    let (from, to) = (from.to_string(), to.to_string());
    let values = [
        names[0],
        names[1],
        ("key", key),
        ("speed", &speed),
        ("needed", &needed),
        ("at_from", &from),
        ("at_to", &to),
        ("short_way", &short_way),
    ];
    let id = if turn(fastest) > 180.0 {
        "too-fast-long-way"
    } else {
        "too-fast"
    };
    reader.report(at, id, &values);
}

/// Every bearing and turn of two poses, by the names of the file.
fn bearings(a: &PoseNumbers, b: &PoseNumbers) -> Vec<Named> {
    let limb = |key: &'static str, a: &[f32], b: &[f32]| {
        let numbered = a.iter().zip(b).enumerate();
        let named = numbered.map(move |(i, (a, b))| (format!("{key}[{}]", i + 1), *a, *b));
        named.collect::<Vec<_>>()
    };
    let mut all = limb("trunk", &a.trunk, &b.trunk);
    all.extend(limb("arm_r", &a.arm_r, &b.arm_r));
    all.extend(limb("arm_l", &a.arm_l, &b.arm_l));
    all.extend(limb("leg_r", &a.leg_r, &b.leg_r));
    all.extend(limb("leg_l", &a.leg_l, &b.leg_l));
    for (key, a, b) in [
        ("turn", a.turn, b.turn),
        ("head_turn", a.head_turn, b.head_turn),
        ("head_nod", a.head_nod, b.head_nod),
    ] {
        all.push((key.to_owned(), a, b));
    }
    all
}

fn tenths_up(seconds: f32) -> f32 {
    (seconds * 10.0).ceil() / 10.0
}

fn jumps(reader: &mut Reader<'_>, table: &Table<'_>, stretch: &Stretch) {
    let mut told = Vec::new();
    // Two repetitions are enough to see a jump from the end of a group to its beginning.
    for pair in playing_order(stretch, 2).windows(2) {
        let [(before, _), (after, _)] = [pair[0], pair[1]];
        let place = after;
        let repeats = after <= before;
        let (before, after) = (&stretch.phases[before], &stretch.phases[after]);
        // A group that is never repeated may end elsewhere than it begins.
        let never = repeats && stretch.variants.iter().all(|variant| variant.reps == 1);
        if before.to == after.from || never || told.contains(&place) {
            continue;
        }
        told.push(place);
        let name = |pose: usize| stretch.poses[pose].name.as_str();
        let values = [("from", name(after.from)), ("to", name(before.to))];
        let id = if repeats { "jump-back" } else { "jump" };
        let at = phase_place(reader, table, place, "from_pose");
        reader.report(&at, id, &values);
    }
}

fn totals(reader: &mut Reader<'_>, table: &Table<'_>, stretch: &Stretch, written: &[Written; 3]) {
    for (name, written) in VariantName::ALL.into_iter().zip(written) {
        let sum = stretch.variant(name).total;
        let Some(written) = written.total else {
            continue;
        };
        if written.abs_diff(sum).as_micros() < 1000 {
            continue;
        }
        let at = total_place(reader, table, name).unwrap_or(table.at.clone());
        let (written, sum) = (written.as_secs_f64(), sum.as_secs_f64());
        let values = [
            ("variant", name.word()),
            ("written", &written.to_string()),
            ("sum", &sum.to_string()),
        ];
        reader.report(&at, "total", &values);
    }
}

/// The figure must stay inside the frame of its stretch at all times.
pub fn frame(reader: &mut Reader<'_>, table: &Table<'_>, stretch: &Stretch, rig: &Rig) {
    let mut outside = None;
    let frame = &stretch.frame;
    let holds = |low: f32, value: f32, high: f32| {
        (low - FRAME_TOLERANCE..=high + FRAME_TOLERANCE).contains(&value)
    };
    moments(stretch, rig, |t, body| {
        let leaves = |joint: &Joint| {
            let point = body[*joint];
            !holds(frame.left, point.x, frame.right) || !holds(frame.bottom, point.y, frame.top)
        };
        if outside.is_none() {
            let joint = Joint::ALL.into_iter().find(leaves);
            outside = joint.map(|joint| (joint, t));
        }
    });
    let Some((joint, t)) = outside else {
        return;
    };
    let around = frame_around(stretch, rig);
    let around = [around.left, around.bottom, around.right, around.top]
        .map(|number| format!("{number:.2}"))
        .join(", ");
    let frame = reader.optional(table, "frame");
    let at = frame.map_or(table.at.clone(), |frame| frame.at);
    let t = format!("{:.1}", t.as_secs_f64());
    let values = [
        ("stretch", stretch.id.as_str()),
        ("joint", joint.word()),
        ("t", &t),
        ("around", &around),
    ];
    reader.report(&at, "frame", &values);
}

/// The frame that holds every moment of a stretch, both sides, with what stands beside the figure.
pub fn frame_around(stretch: &Stretch, rig: &Rig) -> Frame {
    if stretch.poses.is_empty() {
        return Frame::BODY;
    }
    let mut frame: Option<Frame> = None;
    let mut hold = |at: Point, margin: f32| {
        let frame = frame.get_or_insert(Frame {
            left: at.x,
            bottom: at.y,
            right: at.x,
            top: at.y,
        });
        frame.left = frame.left.min(at.x - margin);
        frame.right = frame.right.max(at.x + margin);
        frame.bottom = frame.bottom.min(at.y - margin);
        frame.top = frame.top.max(at.y + margin);
    };
    moments(stretch, rig, |_, body| {
        for joint in Joint::ALL {
            hold(body[joint], LIMB_MARGIN);
        }
        hold(body[Joint::Head], HEAD_MARGIN);
        for part in &body.props {
            // A wall is as high as the frame: it asks for no height.
            match *part {
                PropPart::Bar {
                    from,
                    to,
                    half_width,
                } => {
                    hold(from, half_width);
                    hold(to, half_width);
                }
                PropPart::Panel { min, max, .. } => {
                    hold(Point::new(min.x, 0.0), 0.0);
                    hold(Point::new(max.x, 0.0), 0.0);
                }
                PropPart::Dashes { from, to } => {
                    hold(from, 0.0);
                    hold(to, 0.0);
                }
            }
        }
    });
    let mut frame = frame.unwrap_or(Frame::BODY);
    // The floor with its shadow is part of every picture.
    frame.bottom = frame.bottom.min(FLOOR);
    frame
}

/// Shows every moment of a stretch in small steps: both sides first, where that makes a difference.
fn moments(stretch: &Stretch, rig: &Rig, mut look: impl FnMut(Duration, &Body)) {
    if stretch.poses.is_empty() {
        return;
    }
    let mut orders = vec![SideOrder::AsStored];
    if stretch.mirrored {
        orders.push(SideOrder::OtherFirst);
    }
    for order in orders {
        let timeline = Timeline::preview(stretch, order);
        for slot in timeline.slots() {
            for step in 0..=10 {
                let t = slot.start + slot.length * step / 10;
                look(t, &pose_at(stretch, rig, &timeline, t));
            }
        }
    }
}

/// Where the value of a key of a phase stands.
fn phase_place(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    place: usize,
    key: &str,
) -> Range<usize> {
    let mut find = || {
        let phases = reader.optional(table, "phase")?;
        let phase = reader.list(&phases)?.into_iter().nth(place)?;
        let phase = reader.table(phase)?;
        Some(reader.optional(&phase, key)?.at)
    };
    find().unwrap_or(table.at.clone())
}

fn total_place(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    name: VariantName,
) -> Option<Range<usize>> {
    let variants = reader.optional(table, "variant")?;
    let variants = reader.table(variants)?;
    let variant = reader.optional(&variants, name.word())?;
    let variant = reader.table(variant)?;
    Some(reader.optional(&variant, "total")?.at)
}
