//! How the chest rises and sinks: in the rhythm in which the cues say to breathe.
//!
//! Knows the timeline and nothing of the body; what a full breath looks like is decided where the
//! body is put together and drawn.

use super::{
    Breath,
    timeline::{At, Slot, Timeline},
};

/// Half a breath of somebody at rest.
const HALF_S: f32 = 2.25;
/// What relaxes at the end of a movement has come to rest after this time.
const SETTLING_S: f32 = 1.1;

/// How full the lungs are, 0 to 1: empty at the beginning, full at the end of "breathe in", empty
/// at the end of "breathe out". Where a phase is long enough, or its cue says "breathe easily",
/// there are whole breaths in between. Goes on without a jump from each phase to the next.
#[must_use]
pub fn fullness(timeline: &Timeline, at: &At<'_>) -> f32 {
    let slots = timeline.slots();
    let before = slots[..at.index]
        .iter()
        .fold(false, |full, slot| full ^ (halves(slot, full) % 2 == 1));
    #[expect(clippy::cast_precision_loss, reason = "a few breaths")]
    let halves = halves(at.slot, before) as f32;
    let turns = halves * at.progress + if before { 1.0 } else { 0.0 };
    0.5 - 0.5 * (turns * std::f32::consts::PI).cos()
}

/// How often the breath turns in a slot that begins with full or with empty lungs.
fn halves(slot: &Slot, full: bool) -> u32 {
    let length = slot.length.as_secs_f32() / HALF_S;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few breaths"
    )]
    let nearest = |odd: bool| {
        let odd = u32::from(odd);
        2 * ((length - odd as f32) / 2.0).round().max(0.0) as u32 + odd
    };
    match slot.breath {
        Breath::In => nearest(!full),
        Breath::Out => nearest(full),
        // Back to where the breath was, so that the next cue finds it there.
        Breath::Easy => nearest(false),
    }
}

/// How far what relaxes after a movement has sunk below where it comes to rest, 0 to 1: a small
/// wave at the beginning of a stillness that follows a movement.
#[must_use]
pub fn settling(timeline: &Timeline, at: &At<'_>) -> f32 {
    let moved = at
        .index
        .checked_sub(1)
        .is_some_and(|before| !timeline.slots()[before].still());
    if !moved || !at.slot.still() {
        return 0.0;
    }
    // In a short stillness the wave is shorter, so that it is over before the next movement.
    let length = at.slot.length.as_secs_f32().min(SETTLING_S);
    let t = (at.elapsed.as_secs_f32() / length).min(1.0);
    (t * std::f32::consts::PI).sin().powi(2)
}
