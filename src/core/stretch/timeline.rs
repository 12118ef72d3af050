//! The phases of a stretch laid out in time.
//!
//! All `prepare` phases once, then each group of the cycle in rising order as often as the variant
//! says, then all `finish` phases once. A timeline knows places in time, not points in space.

use std::time::Duration;

use super::{
    Breath, Side, VariantName, View,
    catalogue::{Phase, PhaseKind, Stage, Stretch},
};

/// How long the figure takes to turn round where no phase of its own is made for it.
const TURN: Duration = Duration::from_millis(800);
/// In a preview, how long a hold and any other stillness last.
const PREVIEW_HOLD: Duration = Duration::from_millis(2000);
const PREVIEW_STILL: Duration = Duration::from_millis(1200);
/// In a preview, how long the way back to the first pose takes where the end is another pose.
const PREVIEW_WAY_BACK: Duration = Duration::from_millis(2500);

/// Which side comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SideOrder {
    /// As the catalogue has it.
    #[default]
    AsStored,
    /// The other way round. Changes nothing for a stretch without sides.
    OtherFirst,
}

impl SideOrder {
    /// The other order.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::AsStored => Self::OtherFirst,
            Self::OtherFirst => Self::AsStored,
        }
    }
}

/// One playing of one phase.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Place of the phase that plays in [`Stretch::phases`].
    pub phase: usize,
    /// Place of the phase whose cue applies in [`Stretch::phases`].
    pub cue: usize,
    /// When it plays.
    pub stage: Stage,
    /// What happens.
    pub kind: PhaseKind,
    /// Place of the pose at its beginning in [`Stretch::poses`].
    pub from: usize,
    /// Place of the pose at its end in [`Stretch::poses`].
    pub to: usize,
    /// When it begins.
    pub start: Duration,
    /// How long it lasts; more than zero.
    pub length: Duration,
    /// Which side of the user's own body.
    pub side: Side,
    /// What to do with the breath.
    pub breath: Breath,
    /// Which repetition it belongs to, where there are several.
    pub rep: Option<Rep>,
    /// The figure is the mirror image of what is stored.
    pub mirrored: bool,
    /// The side changes here: the last side before was the other one.
    pub changes_side: bool,
    /// The whole figure turns round, and how long that takes from the beginning of the slot.
    pub turns_for: Option<Duration>,
}

impl Slot {
    /// When it ends.
    #[must_use]
    pub fn end(&self) -> Duration {
        self.start + self.length
    }

    /// Whether the figure stands still.
    #[must_use]
    pub fn still(&self) -> bool {
        self.from == self.to
    }
}

/// Repetition `n` of `of`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "see above")]
pub struct Rep {
    pub n: u32,
    pub of: u32,
}

/// Where a time lies on the timeline.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// Place of the slot in [`Timeline::slots`].
    pub index: usize,
    /// The slot.
    pub slot: &'a Slot,
    /// The one after it.
    pub next: Option<&'a Slot>,
    /// How much of the slot is done, 0 to 1, without easing.
    pub progress: f32,
    /// Time since the slot began.
    pub elapsed: Duration,
    /// Time until the slot ends.
    pub left: Duration,
    /// Time until the timeline ends.
    pub left_in_all: Duration,
}

/// The phases of one variant of a stretch in the order in which they play.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    slots: Vec<Slot>,
    total: Duration,
}

impl Timeline {
    /// The timeline of a variant.
    #[must_use]
    pub fn new(stretch: &Stretch, variant: VariantName, order: SideOrder) -> Self {
        let variant = stretch.variant(variant);
        Self::lay_out(stretch, order, variant.reps, |phase| match phase.kind {
            PhaseKind::Hold => variant.hold,
            PhaseKind::Prepare
            | PhaseKind::Move
            | PhaseKind::Return
            | PhaseKind::Switch
            | PhaseKind::Rest => phase.length,
        })
    }

    /// A short form to look at before the start: every movement once, holds cut short, and the
    /// end in the pose of the beginning, so that it can be looped.
    #[must_use]
    pub fn preview(stretch: &Stretch, order: SideOrder) -> Self {
        let mut preview = Self::lay_out(stretch, order, 1, |phase| {
            if phase.kind == PhaseKind::Hold {
                phase.length.min(PREVIEW_HOLD)
            } else if phase.from == phase.to {
                phase.length.min(PREVIEW_STILL)
            } else {
                phase.length
            }
        });
        preview.close_loop(stretch.view);
        preview
    }

    fn lay_out(
        stretch: &Stretch,
        order: SideOrder,
        reps: u32,
        length: impl Fn(&Phase) -> Duration,
    ) -> Self {
        let cues = cues(stretch, order);
        let mut timeline = Self {
            slots: Vec::new(),
            total: Duration::ZERO,
        };
        for (place, rep) in playing_order(stretch, reps) {
            let phase = &stretch.phases[place];
            timeline.push(Slot {
                phase: place,
                cue: cues[place],
                stage: phase.stage,
                kind: phase.kind,
                from: phase.from,
                to: phase.to,
                start: timeline.total,
                length: length(phase),
                side: match order {
                    SideOrder::AsStored => phase.side,
                    SideOrder::OtherFirst => phase.side.other(),
                },
                breath: phase.breath,
                rep,
                mirrored: mirrored(stretch, phase.side, order),
                changes_side: false,
                turns_for: None,
            });
        }
        timeline.mark_changes(stretch.view);
        timeline
    }

    /// Adds a slot, unless it would be over before it began.
    fn push(&mut self, slot: Slot) {
        if !slot.length.is_zero() {
            self.total = slot.end();
            self.slots.push(slot);
        }
    }

    fn mark_changes(&mut self, view: View) {
        let mut side = Side::Both;
        let mut mirrored = self.slots.first().is_some_and(|slot| slot.mirrored);
        for slot in &mut self.slots {
            if slot.side != Side::Both {
                slot.changes_side = slot.side == side.other();
                side = slot.side;
            }
            // From the front, sides change in symmetrical poses and nothing has to turn.
            if view == View::Side && slot.mirrored != mirrored {
                slot.turns_for = Some(match slot.kind {
                    PhaseKind::Switch => slot.length,
                    PhaseKind::Prepare
                    | PhaseKind::Move
                    | PhaseKind::Hold
                    | PhaseKind::Return
                    | PhaseKind::Rest => slot.length.min(TURN),
                });
            }
            mirrored = slot.mirrored;
        }
    }

    fn close_loop(&mut self, view: View) {
        let (Some(first), Some(last)) = (self.slots.first(), self.slots.last()) else {
            return;
        };
        let (first_pose, first_mirrored) = (first.from, first.mirrored);
        let last = last.clone();
        if last.to != first_pose {
            self.push(Slot {
                kind: PhaseKind::Return,
                from: last.to,
                to: first_pose,
                start: self.total,
                length: PREVIEW_WAY_BACK,
                changes_side: false,
                turns_for: None,
                ..last
            });
        }
        if view == View::Side && last.mirrored != first_mirrored {
            let turn = self.slots[0].length.min(TURN);
            self.slots[0].turns_for = Some(turn);
        }
    }

    /// The slots in the order in which they play; never empty for a stretch of the catalogue.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The whole length.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.total
    }

    /// Where a time lies. A moment between two slots belongs to the later one; what lies beyond
    /// the end is the end. `None` only for a timeline without slots.
    #[must_use]
    pub fn at(&self, t: Duration) -> Option<At<'_>> {
        let t = t.min(self.total);
        let index = self
            .slots
            .partition_point(|slot| slot.start <= t)
            .checked_sub(1)?;
        let slot = &self.slots[index];
        let elapsed = t - slot.start;
        Some(At {
            index,
            slot,
            next: self.slots.get(index + 1),
            progress: (elapsed.as_secs_f64() / slot.length.as_secs_f64()).min(1.0) as f32,
            elapsed,
            left: slot.end().saturating_sub(t),
            left_in_all: self.total - t,
        })
    }

    /// When the side changes, and to which.
    pub fn side_changes(&self) -> impl Iterator<Item = (Duration, Side)> + '_ {
        self.slots
            .iter()
            .filter(|slot| slot.changes_side)
            .map(|slot| (slot.start, slot.side))
    }
}

/// The places of the phases in the order in which they play, with their repetition.
pub fn playing_order(stretch: &Stretch, reps: u32) -> Vec<(usize, Option<Rep>)> {
    let of_stage = |stage| {
        let phases = stretch.phases.iter().enumerate();
        phases.filter(move |(_, phase)| phase.stage == stage)
    };
    let mut groups: Vec<u32> = of_stage(Stage::Cycle)
        .map(|(_, phase)| phase.group)
        .collect();
    groups.sort_unstable();
    groups.dedup();

    let mut order: Vec<(usize, Option<Rep>)> = Vec::new();
    order.extend(of_stage(Stage::Prepare).map(|(place, _)| (place, None)));
    for group in groups {
        for n in 1..=reps {
            let rep = (reps > 1).then_some(Rep { n, of: reps });
            let phases = of_stage(Stage::Cycle).filter(|(_, phase)| phase.group == group);
            order.extend(phases.map(|(place, _)| (place, rep)));
        }
    }
    order.extend(of_stage(Stage::Finish).map(|(place, _)| (place, None)));
    order
}

/// Whether a phase shows the mirror image of what is stored. With the other side first the whole
/// stretch is its own mirror image, `both` included, so nothing jumps that did not jump before.
fn mirrored(stretch: &Stretch, side: Side, order: SideOrder) -> bool {
    let other_side = side == stretch.native_side.other();
    stretch.mirrored && (other_side != (order == SideOrder::OtherFirst))
}

/// For each phase, the phase whose cue applies.
///
/// With the other side first, "turn right" must become "turn left", but "now with the other arm on
/// top" must stay with the second side. So a cue changes places with its counterpart on the other
/// side only where the two differ in nothing but the word for the side.
fn cues(stretch: &Stretch, order: SideOrder) -> Vec<usize> {
    let places = 0..stretch.phases.len();
    match order {
        SideOrder::AsStored => places.collect(),
        SideOrder::OtherFirst => places
            .map(|place| {
                counterpart(stretch, place)
                    .filter(|other| {
                        let (a, b) = (&stretch.phases[place].cue, &stretch.phases[*other].cue);
                        a != b && sides_exchanged(a) == *b
                    })
                    .unwrap_or(place)
            })
            .collect(),
    }
}

/// The phase that does the same on the other side.
fn counterpart(stretch: &Stretch, place: usize) -> Option<usize> {
    let phase = &stretch.phases[place];
    if phase.side == Side::Both {
        return None;
    }
    let same_but_side = |side| {
        stretch
            .phases
            .iter()
            .enumerate()
            .filter(move |(_, other)| {
                other.side == side
                    && (other.stage, other.group, other.kind, other.from, other.to)
                        == (phase.stage, phase.group, phase.kind, phase.from, phase.to)
            })
            .map(|(other, _)| other)
    };
    let nth = same_but_side(phase.side).position(|other| other == place)?;
    same_but_side(phase.side.other()).nth(nth)
}

fn sides_exchanged(cue: &str) -> String {
    let word = |word: &str| match word {
        "right" => "left".to_owned(),
        "left" => "right".to_owned(),
        "Right" => "Left".to_owned(),
        "Left" => "Right".to_owned(),
        other => other.to_owned(),
    };
    cue.split_inclusive(|c: char| !c.is_alphabetic())
        .map(|piece| {
            let letters = piece.trim_end_matches(|c: char| !c.is_alphabetic());
            word(letters) + &piece[letters.len()..]
        })
        .collect()
}
