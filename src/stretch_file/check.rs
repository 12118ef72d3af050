//! What has to hold between the values of a stretch: no jumps, exact totals, a frame that holds.

use std::ops::Range;

use super::reader::{Node, Reader, Table, said};
use crate::{
    core::stretch::{
        SideOrder, Stretch, Timeline, VariantName, View,
        catalogue::{KeyPose, PhaseKind, Rig, Stage},
        pose::{Joint, pose_at},
        timeline::playing_order,
    },
    diagnostic::{did_you_mean, one_of},
};

/// A joint may be this far outside its frame: numbers in files are rounded.
pub const FRAME_TOLERANCE: f32 = 0.002;

/// Complains that a phase names a pose that is not there.
pub fn unknown_pose(reader: &mut Reader<'_>, node: &Node<'_>, name: &str, poses: &[KeyPose]) {
    let names = || poses.iter().map(|pose| pose.name.as_str());
    let help = match did_you_mean(name, names()) {
        Some(meant) => said("did-you-mean", &[("meant", meant)]),
        None => said("allowed", &[("allowed", &one_of(names()))]),
    };
    reader.report(&node.at, "pose", &[("pose", name)]).help = Some(help);
}

/// Stages in order, no jump from one phase to the next, a cycle there is to repeat, exact totals.
pub fn phases(reader: &mut Reader<'_>, table: &Table<'_>, stretch: &Stretch) {
    let mut in_order = true;
    for (place, pair) in stretch.phases.windows(2).enumerate() {
        if pair[1].stage < pair[0].stage {
            let values = [
                ("stage", pair[1].stage.word()),
                ("before", pair[0].stage.word()),
            ];
            let at = phase_place(reader, table, place + 1, "stage");
            reader.report(&at, "stage-order", &values);
            in_order = false;
        }
    }
    if !in_order {
        return;
    }
    for (place, phase) in stretch.phases.iter().enumerate() {
        if phase.kind == PhaseKind::Hold && phase.from != phase.to {
            let at = phase_place(reader, table, place, "to_pose");
            reader.report(&at, "hold-moves", &[]);
        }
    }
    if !stretch
        .phases
        .iter()
        .any(|phase| phase.stage == Stage::Cycle)
    {
        reader.report(&table.at, "no-cycle", &[]);
        return;
    }
    jumps(reader, table, stretch);
    totals(reader, table, stretch);
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

fn totals(reader: &mut Reader<'_>, table: &Table<'_>, stretch: &Stretch) {
    for name in VariantName::ALL {
        let written = stretch.variant(name).total;
        let sum = Timeline::new(stretch, name, SideOrder::AsStored).total();
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
    let Some((joint, t)) = leaves_frame(stretch, rig) else {
        return;
    };
    let frame = reader.optional(table, "frame");
    let at = frame.map_or(table.at.clone(), |frame| frame.at);
    let t = format!("{t:.1}");
    let values = [
        ("stretch", stretch.id.as_str()),
        ("joint", joint.word()),
        ("t", &t),
    ];
    reader.report(&at, "frame", &values);
}

/// A joint that leaves the frame, and when.
fn leaves_frame(stretch: &Stretch, rig: &Rig) -> Option<(Joint, f64)> {
    let timeline = Timeline::new(stretch, VariantName::Short, SideOrder::AsStored);
    let mut orders = vec![SideOrder::AsStored];
    if stretch.mirrored && stretch.view == View::Side {
        orders.push(SideOrder::OtherFirst);
    }
    for order in orders {
        let timeline = match order {
            SideOrder::AsStored => timeline.clone(),
            SideOrder::OtherFirst => Timeline::new(stretch, VariantName::Short, order),
        };
        for slot in timeline.slots() {
            for step in 0..=10 {
                let t = slot.start + slot.length * step / 10;
                let body = pose_at(stretch, rig, &timeline, t);
                let outside = |joint: &Joint| {
                    let (point, frame) = (body[*joint], &stretch.frame);
                    !(frame.left - FRAME_TOLERANCE..=frame.right + FRAME_TOLERANCE)
                        .contains(&point.x)
                        || !(frame.bottom - FRAME_TOLERANCE..=frame.top + FRAME_TOLERANCE)
                            .contains(&point.y)
                };
                if let Some(joint) = Joint::ALL.into_iter().find(outside) {
                    return Some((joint, t.as_secs_f64()));
                }
            }
        }
    }
    None
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
