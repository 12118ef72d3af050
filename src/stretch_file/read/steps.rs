//! A stretch in steps: what to do and for how long, with or without pictures. No figure.

use super::{
    Motion, Own,
    phases::{self, SECONDS},
    value::{STEP, line, seconds},
};
use crate::{
    core::stretch::{
        Side, View,
        catalogue::{ArmOrder, Phase, PhaseKind},
    },
    stretch_file::{
        pictures,
        reader::{Reader, Table},
    },
};
use std::path::PathBuf;

/// What this form has besides.
pub const KEYS: &[&str] = &["picture", "step"];
const STEP_KEYS: &[&str] = &["seconds", "cue", "picture", "side", "breath", "stage"];

/// Whether a stretch is written in this form.
pub fn are_given(reader: &Reader<'_>, table: &Table<'_>) -> bool {
    reader.optional(table, "step").is_some()
}

/// The steps, as phases of a stretch without poses.
pub fn motion(reader: &mut Reader<'_>, table: &Table<'_>, own: Option<Own<'_>>) -> Option<Motion> {
    let node = reader.required(table, "step")?;
    let whole = picture(reader, table, own)?;
    let list = phases::some(reader, &node)?;
    let mut steps = Vec::new();
    let mut well = true;
    for one in list {
        let step = reader.table(one).and_then(|one| step(reader, &one, own));
        well &= step.is_some();
        steps.extend(step);
    }
    if !well {
        return None;
    }
    for step in &mut steps {
        step.picture = step.picture.take().or_else(|| whole.clone());
    }
    Some(Motion {
        view: View::Front,
        mirrored: false,
        native_side: Side::Right,
        frame: None,
        props: Vec::new(),
        arm_order: ArmOrder::LeftFirst,
        poses: Vec::new(),
        phases: steps,
    })
}

fn step(reader: &mut Reader<'_>, table: &Table<'_>, own: Option<Own<'_>>) -> Option<Phase> {
    reader.keys(table, STEP_KEYS);
    let length = seconds(reader, table, "seconds", SECONDS);
    let cue = line(reader, table, "cue", STEP);
    let picture = picture(reader, table, own);
    let side = phases::side(reader, table);
    let breath = phases::breath(reader, table);
    let stage = phases::stage(reader, table);
    Some(Phase {
        stage: stage?,
        group: 1,
        // A hold would last as long as the variant says, not as long as the step.
        kind: PhaseKind::Move,
        length: length?,
        from: 0,
        to: 0,
        side: side?,
        breath: breath?,
        cue: cue?,
        picture: picture?,
    })
}

/// A picture, where one is named. Nothing at all if it cannot be shown.
fn picture(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    own: Option<Own<'_>>,
) -> Option<Option<PathBuf>> {
    let Some(node) = reader.optional(table, "picture") else {
        return Some(None);
    };
    let written = reader.text(&node)?;
    // The built-in file has none, and no folder.
    let Some(own) = own else {
        return Some(None);
    };
    match pictures::find(own.folder, &written) {
        Ok(path) => Some(Some(path)),
        Err(mistake) => {
            let problem = reader.report(&node.at, mistake.id, &[("picture", &written)]);
            problem.help = mistake.help.or(problem.help.take());
            None
        }
    }
}
