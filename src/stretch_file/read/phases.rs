//! What happens when, and how often: phases and variants.

use std::{ops::RangeInclusive, time::Duration};

use super::{
    hold_of,
    value::{CUE, line, seconds, section, whole},
};
use crate::{
    core::{
        rotation::Totals,
        stretch::{
            Breath, Side, SideOrder, Stretch, Timeline, VariantName,
            catalogue::{KeyPose, Phase, PhaseKind, Stage, Variant},
        },
    },
    stretch_file::{
        check,
        reader::{Node, Reader, Table},
    },
};

pub const SECONDS: RangeInclusive<f64> = 0.1..=600.0;
const HOLD_SECONDS: RangeInclusive<f64> = 0.0..=600.0;
const TOTAL_SECONDS: RangeInclusive<f64> = 1.0..=3600.0;
const REPS: RangeInclusive<u32> = 1..=100;
/// More phases than this fit on no row of dots.
pub const MOST_PHASES: usize = 100;
/// What the variants come near to where the file does not say how often.
const AIMS: [Duration; 3] = [
    Duration::from_secs(25),
    Duration::from_secs(45),
    Duration::from_secs(95),
];
/// A hold that nobody wrote down is not made longer than this.
const LONGEST_HOLD: Duration = Duration::from_secs(30);

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

/// What a file says of a variant; the rest is worked out.
#[derive(Clone, Copy, Default)]
pub struct Written {
    pub reps: Option<u32>,
    pub hold: Option<Duration>,
    pub total: Option<Duration>,
}

/// What the file says of the three variants. In steps there are no holds.
pub fn variants(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    in_steps: bool,
) -> Option<[Written; 3]> {
    let Some(node) = reader.optional(table, "variant") else {
        return Some([Written::default(); 3]);
    };
    let table = reader.table(node)?;
    reader.keys(&table, &VariantName::ALL.map(VariantName::word));
    let keys: &[&str] = match in_steps {
        true => &["reps", "total"],
        false => &["reps", "hold", "total"],
    };
    let [short, standard, long] = VariantName::ALL.map(|name| {
        let Some(node) = reader.optional(&table, name.word()) else {
            return Some(Written::default());
        };
        let table = reader.table(node)?;
        reader.keys(&table, keys);
        variant(reader, &table)
    });
    Some([short?, standard?, long?])
}

fn variant(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Written> {
    let reps = match reader.optional(table, "reps") {
        Some(node) => Some(reader.whole(&node, REPS)?),
        None => None,
    };
    let mut length = |key, allowed| match reader.optional(table, key) {
        Some(node) => {
            let number = reader.number(&node, allowed)?;
            Some(Some(Duration::from_secs_f64(number)))
        }
        None => Some(None),
    };
    let hold = length("hold", HOLD_SECONDS)?;
    let total = length("total", TOTAL_SECONDS)?;
    Some(Written { reps, hold, total })
}

/// The totals of a stretch that has them all written down, as the built-in ones have.
pub fn written_totals(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Totals> {
    let table = section(reader, table, "variant")?;
    let [short, standard, long] = VariantName::ALL.map(|name| {
        let table = section(reader, &table, name.word())?;
        seconds(reader, &table, "total", TOTAL_SECONDS)
    });
    Some(Totals {
        short: short?,
        standard: standard?,
        long: long?,
    })
}

/// Works out what the file does not say of the variants, and their totals.
pub fn fill_in_variants(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    stretch: &mut Stretch,
    written: &[Written; 3],
) {
    let [_, standard, _] = written;
    let hold = standard.hold.unwrap_or(hold_of(&stretch.phases));
    if standard.hold.is_none() {
        check::equal_holds(reader, table, stretch);
    }
    for (place, name) in VariantName::ALL.into_iter().enumerate() {
        let written = written[place];
        let hold = written.hold.unwrap_or(match name {
            VariantName::Short => Duration::from_secs(hold.as_secs() / 2).max(hold / 2),
            VariantName::Standard => hold,
            VariantName::Long => (hold * 2).min(LONGEST_HOLD).max(hold),
        });
        stretch.variants[place].hold = hold;
        let reps = written
            .reps
            .unwrap_or_else(|| reps_for(stretch, name, AIMS[place]));
        stretch.variants[place] = Variant {
            reps,
            hold,
            total: total(stretch, name, reps),
        };
        let total = stretch.variants[place].total;
        if !TOTAL_SECONDS.contains(&total.as_secs_f64()) {
            let total = total.as_secs_f64().to_string();
            let values = [("variant", name.word()), ("total", &total)];
            reader.report(&table.at, "total-range", &values);
        }
    }
}

/// How often brings a variant nearest to a length. A group that ends elsewhere than it begins
/// cannot be repeated.
fn reps_for(stretch: &mut Stretch, name: VariantName, aim: Duration) -> u32 {
    let once = total(stretch, name, 1);
    let more = total(stretch, name, 2).saturating_sub(once);
    if more.is_zero() || !check::repeats(stretch) {
        return 1;
    }
    let times = aim.saturating_sub(once).as_secs_f64() / more.as_secs_f64();
    // Between 1 and 100, so nothing is lost.
    (1.0 + times.round()).clamp(1.0, 100.0) as u32
}

fn total(stretch: &mut Stretch, name: VariantName, reps: u32) -> Duration {
    stretch.variant_mut(name).reps = reps;
    Timeline::new(stretch, name, SideOrder::AsStored).total()
}

/// The phases. Each begins in the pose in which the one before ended, unless it says otherwise.
pub fn phases(reader: &mut Reader<'_>, table: &Table<'_>, poses: &[KeyPose]) -> Option<Vec<Phase>> {
    let node = reader.required(table, "phase")?;
    let list = some(reader, &node)?;
    let mut phases: Vec<Phase> = Vec::new();
    let mut well = true;
    for one in list {
        let before = phases.last().map(|phase| phase.to).filter(|_| well);
        let phase = reader
            .table(one)
            .and_then(|one| phase(reader, &one, poses, before));
        well &= phase.is_some();
        phases.extend(phase);
    }
    well.then_some(phases)
}

/// The values of a list that has some, and not too many.
pub fn some<'d>(reader: &mut Reader<'_>, node: &Node<'d>) -> Option<Vec<Node<'d>>> {
    let list = reader.list(node)?;
    if list.is_empty() {
        reader.report(&node.at, "empty", &[("path", &node.path)]);
        return None;
    }
    if list.len() > MOST_PHASES {
        let (most, found) = (MOST_PHASES.to_string(), list.len().to_string());
        let values = [
            ("path", node.path.as_str()),
            ("most", &most),
            ("found", &found),
        ];
        reader.report(&node.at, "too-many", &values);
        return None;
    }
    Some(list)
}

fn phase(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    poses: &[KeyPose],
    before: Option<usize>,
) -> Option<Phase> {
    reader.keys(table, PHASE_KEYS);
    let stage = stage(reader, table);
    let group = match reader.optional(table, "group") {
        Some(_) => whole(reader, table, "group", 1..=100),
        None => Some(1),
    };
    let length = seconds(reader, table, "seconds", SECONDS);
    let to = pose_name(reader, table, "to_pose", poses);
    let from = match reader.optional(table, "from_pose") {
        Some(_) => pose_name(reader, table, "from_pose", poses),
        None => before.or(to),
    };
    let kind = match reader.optional(table, "name") {
        Some(node) => reader.word(&node, &PhaseKind::ALL, PhaseKind::word),
        None => stage.map(|stage| kind_of(stage, from == to)),
    };
    let side = side(reader, table);
    let breath = breath(reader, table);
    let cue = line(reader, table, "cue", CUE);
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
        picture: None,
    })
}

/// What happens in a phase that does not say so.
fn kind_of(stage: Stage, still: bool) -> PhaseKind {
    match (stage, still) {
        (_, false) => PhaseKind::Move,
        (Stage::Prepare, true) => PhaseKind::Prepare,
        (Stage::Cycle, true) => PhaseKind::Hold,
        (Stage::Finish, true) => PhaseKind::Rest,
    }
}

/// When it plays; what nobody says is repeated.
pub fn stage(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Stage> {
    match reader.optional(table, "stage") {
        Some(node) => reader.word(&node, &Stage::ALL, Stage::word),
        None => Some(Stage::Cycle),
    }
}

/// Which side works.
pub fn side(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Side> {
    match reader.optional(table, "side") {
        Some(node) => reader.word(&node, &Side::ALL, Side::word),
        None => Some(Side::Both),
    }
}

/// What to do with the breath.
pub fn breath(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<Breath> {
    match reader.optional(table, "breath") {
        Some(node) => reader.word(&node, &Breath::ALL, Breath::word),
        None => Some(Breath::Easy),
    }
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
        check::unknown_pose(reader, &node, "pose", &name, poses);
    }
    place
}
