//! The tables of a stretch file, one function for each.
//!
//! - `value`: values of keys; `rig`: the figure of the built-in file;
//! - `figure`: props, frame and poses; `phases`: what happens when, and how often;
//! - `steps`: the short form, in words and pictures.

use std::{path::Path, time::Duration};

use super::{
    Found, check,
    reader::{Reader, Table},
};
use crate::core::{
    config::StretchFacts,
    rotation::{Candidate, Weight},
    stretch::{
        Area, Posture, Side, Stretch, StretchId, View,
        catalogue::{self, Advice, ArmOrder, Frame, KeyPose, Phase, PhaseKind, Rig, Variant},
        prop::Prop,
    },
};
use value::{line, optional_line, section, text, texts, truth_or, whole};

mod figure;
mod phases;
mod rig;
mod steps;
mod value;

pub use phases::Written;
pub use rig::rig;
pub use value::NAME;

/// The form of the file that this program reads.
const FORMAT: u32 = 1;
/// More letters than this do not fit on the page about a stretch, which has to fit its window.
const SUMMARY: usize = 200;
const ADVICE: usize = 400;

const ROOT_KEYS: &[&str] = &["format", "rig", "stretch"];
/// What both forms have.
const ABOUT_KEYS: &[&str] = &[
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
    "variant",
];

/// What a file of the user's own is held against.
#[derive(Clone, Copy)]
pub struct Own<'a> {
    /// The figure, which has to stay inside its frame.
    pub rig: &'a Rig,
    /// Where pictures are.
    pub folder: &'a Path,
}

/// How a stretch goes and what is shown of it, in either form.
struct Motion {
    view: View,
    mirrored: bool,
    native_side: Side,
    /// Nothing where it is to be worked out.
    frame: Option<Frame>,
    props: Vec<Prop>,
    arm_order: ArmOrder,
    poses: Vec<KeyPose>,
    phases: Vec<Phase>,
}

/// The stretches of a file that are well; the others left problems. Those of the built-in file
/// have no pictures, and a frame of their own.
pub fn stretches(reader: &mut Reader<'_>, root: &Table<'_>, own: Option<Own<'_>>) -> Vec<Found> {
    reader.keys(root, ROOT_KEYS);
    format(reader, root);
    let Some(all) = reader.optional(root, "stretch") else {
        if reader.problems() == 0 {
            reader.report(&root.at, "none", &[]);
        }
        return Vec::new();
    };
    let Some(all) = reader.table(all) else {
        return Vec::new();
    };
    let mut stretches = Vec::new();
    let entries = reader.entries(&all);
    if entries.is_empty() {
        reader.report(&all.at, "none", &[]);
    }
    for (id, key_at, node) in entries {
        let before = reader.problems();
        check::id(reader, &key_at, &id);
        let Some(table) = reader.table(node) else {
            continue;
        };
        let found = stretch(reader, &table, id, own).map(|stretch| Found {
            stretch,
            at: key_at,
        });
        stretches.extend(found.filter(|_| reader.problems() == before));
    }
    stretches
}

/// What the daemon needs of the built-in stretches: how to choose them, and how long they take.
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
            posture: postures(reader, table, &[])?,
            areas: areas(reader, table)?,
            needs: texts(reader, table, "needs")?,
            noticeability: noticeability(reader, table)?,
        },
        totals: phases::written_totals(reader, table)?,
        weight: Weight::default(),
    })
}

/// The format of the file, where it is given.
fn format(reader: &mut Reader<'_>, root: &Table<'_>) {
    let Some(node) = reader.optional(root, "format") else {
        return;
    };
    let format = reader.whole(&node, 0..=u32::MAX);
    if format.is_some_and(|format| format != FORMAT) {
        let known = FORMAT.to_string();
        reader.report(&node.at, "format", &[("known", &known)]);
    }
}

fn stretch(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    id: String,
    own: Option<Own<'_>>,
) -> Option<Stretch> {
    let in_steps = steps::are_given(reader, table);
    let keys = match (in_steps, figure::are_given(reader, table)) {
        (true, _) => [ABOUT_KEYS, steps::KEYS].concat(),
        (false, true) => [ABOUT_KEYS, figure::KEYS].concat(),
        (false, false) => [ABOUT_KEYS, steps::KEYS, figure::KEYS].concat(),
    };
    reader.keys(table, &keys);
    let name = line(reader, table, "name", NAME);
    let aliases = texts(reader, table, "aliases");
    let advice = advice(reader, table);
    let desk_friendly = truth_or(reader, table, "desk_friendly", true);
    let default_on = truth_or(reader, table, "default_on", true);
    let needs = texts(reader, table, "needs");
    let areas = areas(reader, table);
    let noticeability = noticeability(reader, table);
    let variants = phases::variants(reader, table, in_steps);
    let motion = if in_steps {
        steps::motion(reader, table, own)
    } else {
        figure::motion(reader, table)
    };
    let props: &[Prop] = motion.as_ref().map_or(&[], |motion| &motion.props);
    let postures = postures(reader, table, props);

    let (motion, variants) = (motion?, variants?);
    let mut stretch = Stretch {
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
        view: motion.view,
        mirrored: motion.mirrored,
        native_side: motion.native_side,
        frame: motion.frame.unwrap_or(Frame::BODY),
        props: motion.props,
        arm_order: motion.arm_order,
        variants: [Variant::default(); 3],
        phases: motion.phases,
        poses: motion.poses,
    };
    phases::fill_in_variants(reader, table, &mut stretch, &variants);
    check::phases(reader, table, &stretch, &variants)?;
    match (own, motion.frame) {
        (Some(own), Some(_)) => check::frame(reader, table, &stretch, own.rig),
        (Some(own), None) => stretch.frame = check::frame_around(&stretch, own.rig),
        (None, _) => {}
    }
    Some(stretch)
}

/// All texts are optional: a stretch of the user's own may do without.
fn advice(reader: &mut Reader<'_>, table: &Table<'_>) -> Advice {
    let mut text = |key, most| optional_line(reader, table, key, most).unwrap_or_default();
    Advice {
        summary: text("summary", SUMMARY),
        breath: text("breath_note", ADVICE),
        safety: text("safety", ADVICE),
        also: text("also", ADVICE),
        doses: text("doses", ADVICE),
        sources: texts(reader, table, "source").unwrap_or_default(),
    }
}

/// `"seated or standing"`: the first is the one that the figure shows. Without the key, what stands
/// beside the figure says it.
fn postures(reader: &mut Reader<'_>, table: &Table<'_>, props: &[Prop]) -> Option<Vec<Posture>> {
    let Some(node) = reader.optional(table, "posture") else {
        return Some(vec![posture_of(props)]);
    };
    let text = reader.text(&node)?;
    text.split(" or ")
        .map(|found| reader.word_in(found.trim(), &node, &Posture::ALL, Posture::word))
        .collect()
}

fn posture_of(props: &[Prop]) -> Posture {
    let has = |wanted: fn(&Prop) -> bool| props.iter().any(wanted);
    if has(|prop| matches!(prop, Prop::Chair { .. })) {
        Posture::Seated
    } else if has(|prop| matches!(prop, Prop::Mat { .. })) {
        Posture::Floor
    } else {
        Posture::Standing
    }
}

/// Without the key it is for what the program is for.
fn areas(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Vec<Area>> {
    let Some(node) = reader.optional(table, "areas") else {
        return Some(vec![Area::ThoracicSpine]);
    };
    let list = reader.list(&node)?;
    if list.is_empty() {
        reader.report(&node.at, "empty", &[("path", &node.path)]);
        return None;
    }
    list.iter()
        .map(|one| reader.word(one, &Area::ALL, Area::word))
        .collect()
}

fn noticeability(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<u8> {
    if reader.optional(table, "noticeability").is_none() {
        return Some(2);
    }
    let number = whole(reader, table, "noticeability", 1..=3)?;
    u8::try_from(number).ok()
}

/// The length of a hold, as the phases say it.
fn hold_of(phases: &[Phase]) -> Duration {
    let holds = phases.iter().filter(|phase| phase.kind == PhaseKind::Hold);
    holds.map(|phase| phase.length).next().unwrap_or_default()
}
