//! What a break sounds like: which sound and which words belong to which moment of it.
//!
//! Made for people who do not look. A sound tells when to begin, when a hold is over, when it is
//! the other side's turn, and when the end is near; where a stretch moves on every second it says
//! nothing, because nobody could follow it. Words are the cues on the screen, as far as there is
//! time to say them. Nothing is worked out while the break runs, so what is heard can be read here.

use std::{ops::Range, time::Duration};

use super::{Exercise, Part, Segment, Tape};
use crate::core::{
    sound::Sound,
    stretch::{Side, catalogue::PhaseKind, timeline::Slot},
};

/// A hold this long is worth a sound when it begins: now stay.
const LONG_HOLD: Duration = Duration::from_secs(8);
/// The end of a hold this long cannot be guessed, so it has a sound.
const HOLD: Duration = Duration::from_secs(2);
/// The shortest way from one sound to the next.
const APART: Duration = Duration::from_millis(2500);
/// From here on the last seconds are what matters.
const END_IS_NEAR: Duration = Duration::from_millis(4500);
/// How many seconds of the end are counted down.
const LAST_SECONDS: u32 = 3;
/// A countdown that is shorter has no last seconds of its own.
const SHORTEST_WITH_LAST_SECONDS: Duration = Duration::from_secs(8);
/// Phases that are shorter are too quick to be told in every repetition.
const QUICK: Duration = Duration::from_secs(2);
/// How long it takes to say a word, and to draw breath before a sentence.
const A_WORD: Duration = Duration::from_millis(330);
const A_BREATH: Duration = Duration::from_millis(250);
/// The last sound rings alone for a moment before anything is said.
const AFTER_THE_END: Duration = Duration::from_millis(900);
/// When the time left is said, where nothing else is, and how long the countdown has to be.
const MARKS: [(u64, u64); 3] = [(60, 100), (30, 50), (15, 30)];
/// How long saying the time takes.
const SAYING_THE_TIME: Duration = Duration::from_millis(2200);

/// Something to say of the stretch that is shown. The sentences themselves are those of the
/// screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// The name of the stretch, and that it is time to get in place.
    Name,
    /// That this stretch comes next.
    Next,
    /// What to do now.
    Cue {
        /// Place of its phase.
        phase: usize,
        /// The name of the stretch was not said before.
        with_name: bool,
        /// Which side it is now, where the cue itself does not say it.
        side: Option<Side>,
    },
    /// How much is left, in whole seconds.
    Left(u64),
    /// The sentence of a message.
    Message,
    /// That the break is over.
    Done,
}

/// A sound, words, or both, at one moment of the tape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Place on the tape.
    pub at: Duration,
    /// What rings.
    pub sound: Option<Sound>,
    /// What is said.
    pub words: Option<Words>,
}

/// All notes of a break in order, each at a moment of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Score(Vec<Note>);

impl Score {
    /// The score of a tape with these exercises.
    pub fn of(tape: &Tape, exercises: &[Exercise]) -> Self {
        let mut writer = Writer::default();
        for segment in tape.segments() {
            writer.segment(segment, exercises);
        }
        writer.ring(tape.end(), Sound::Done);
        writer.say(tape.end() + AFTER_THE_END, Words::Done, Duration::ZERO);
        writer.notes.sort_by_key(|note| note.at);
        Self(writer.notes)
    }

    /// All notes in order.
    pub fn notes(&self) -> &[Note] {
        &self.0
    }
}

/// A score while it is written.
#[derive(Default)]
struct Writer {
    notes: Vec<Note>,
    /// When somebody speaks.
    spoken: Vec<Range<Duration>>,
}

impl Writer {
    fn segment(&mut self, segment: &Segment, exercises: &[Exercise]) {
        let names = |place: usize| {
            let stretch = exercises.get(place).map(|exercise| &exercise.stretch);
            saying(stretch.map_or("", |stretch| &stretch.name)) + 3 * A_WORD
        };
        let at = segment.start;
        match segment.part {
            Part::SettleIn => self.say(at, Words::Name, names(0)),
            Part::Between(next) => {
                self.ring(at, Sound::Change);
                self.say(at, Words::Next, names(next));
            }
            Part::Stretch(place) => {
                if let Some(exercise) = exercises.get(place) {
                    self.stretch(segment, place, exercise);
                }
            }
            Part::Message => {
                self.ring(at, Sound::Start);
                self.say(at, Words::Message, Duration::ZERO);
            }
        }
    }

    fn stretch(&mut self, segment: &Segment, place: usize, exercise: &Exercise) {
        let slots = exercise.timeline.slots();
        self.ring(segment.start, Sound::Start);
        for (before, slot) in slots.iter().zip(slots.iter().skip(1)) {
            let at = segment.start + slot.start;
            if segment.end.saturating_sub(at) >= END_IS_NEAR
                && let Some(sound) = sound_between(exercise, before, slot)
            {
                self.ring_apart(at, sound);
            }
        }
        let length = segment.end - segment.start;
        if length >= SHORTEST_WITH_LAST_SECONDS {
            for left in (1..=LAST_SECONDS).rev() {
                let left = Duration::from_secs(left.into());
                self.ring(segment.end - left, Sound::LastSeconds);
            }
        }
        self.cues(segment, place, exercise);
        self.marks(segment);
    }

    /// A sound; one that would come too soon after another takes its place.
    fn ring_apart(&mut self, at: Duration, sound: Sound) {
        let last = self.notes.iter_mut().rev().find(|n| n.sound.is_some());
        match last {
            Some(last) if at < last.at + APART => {
                // Where it begins matters more than that something changes.
                if last.sound == Some(Sound::Change) {
                    last.sound = None;
                    self.ring(at, sound);
                }
            }
            Some(_) | None => self.ring(at, sound),
        }
    }

    fn ring(&mut self, at: Duration, sound: Sound) {
        self.note(at).sound = Some(sound);
    }

    fn say(&mut self, at: Duration, words: Words, takes: Duration) {
        self.note(at).words = Some(words);
        self.spoken.push(at..at + takes);
    }

    /// The note at this moment, made if there is none.
    fn note(&mut self, at: Duration) -> &mut Note {
        let place = self.notes.iter().position(|note| note.at == at);
        let place = place.unwrap_or_else(|| {
            self.notes.push(Note {
                at,
                ..Note::default()
            });
            self.notes.len() - 1
        });
        &mut self.notes[place]
    }

    /// The cues, as far as there is time for them.
    fn cues(&mut self, segment: &Segment, stretch: usize, exercise: &Exercise) {
        let mut side_said = Side::Both;
        for (place, slot) in exercise.timeline.slots().iter().enumerate() {
            let at = segment.start + slot.start;
            let first = place == 0;
            let told_before = slot.rep.is_some_and(|rep| rep.n > 1) && slot.length < QUICK;
            let new_side = slot.side != Side::Both && slot.side != side_said;
            let speaks = self.spoken.iter().any(|spoken| spoken.contains(&at));
            if !first && (told_before || (speaks && !new_side)) {
                continue;
            }
            let cue = &exercise.stretch.phases[slot.cue].cue;
            let with_name = first && stretch == 0 && at.is_zero();
            let side = (new_side && !names_a_side(cue)).then_some(slot.side);
            let mut takes = saying(cue);
            if with_name {
                takes += saying(&exercise.stretch.name);
            }
            if side.is_some() {
                takes += 3 * A_WORD;
            }
            if slot.side != Side::Both {
                side_said = slot.side;
            }
            let words = Words::Cue {
                phase: slot.cue,
                with_name,
                side,
            };
            self.say(at, words, takes);
        }
    }

    /// How much is left, where there is silence long enough to say it.
    fn marks(&mut self, segment: &Segment) {
        for (left, length) in MARKS {
            if segment.end - segment.start < Duration::from_secs(length) {
                continue;
            }
            let at = segment.end - Duration::from_secs(left);
            let over = at + SAYING_THE_TIME;
            let speaks = |spoken: &Range<Duration>| spoken.start < over && at < spoken.end;
            if !self.spoken.iter().any(speaks) {
                self.say(at, Words::Left(left), SAYING_THE_TIME);
            }
        }
    }
}

/// The sound where one phase follows another, if it needs one.
fn sound_between(exercise: &Exercise, before: &Slot, slot: &Slot) -> Option<Sound> {
    let group = |slot: &Slot| exercise.stretch.phases[slot.phase].group;
    let held = |slot: &Slot| slot.kind == PhaseKind::Hold;
    if slot.changes_side {
        return Some(Sound::OtherSide);
    }
    let over = held(before) && !held(slot) && before.length >= HOLD;
    let begins = held(slot) && !held(before) && slot.length >= LONG_HOLD;
    let other_way = before.stage == slot.stage && group(before) != group(slot);
    (over || begins || other_way).then_some(Sound::Change)
}

/// How long it takes to say a sentence.
fn saying(sentence: &str) -> Duration {
    let words = sentence.split_whitespace().count();
    A_BREATH + A_WORD * u32::try_from(words).unwrap_or(u32::MAX)
}

/// Whether a cue tells left from right by itself.
fn names_a_side(cue: &str) -> bool {
    cue.split(|c: char| !c.is_alphabetic())
        .any(|word| word.eq_ignore_ascii_case("left") || word.eq_ignore_ascii_case("right"))
}
