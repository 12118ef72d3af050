//! The parts of a break one after the other.

use std::time::Duration;

use super::{BETWEEN, Exercise, Plan};

/// A part of a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Getting in place; the first pose of the first stretch is shown.
    SettleIn,
    /// The countdown of the stretch with this place runs.
    Stretch(usize),
    /// The change to the stretch with this place.
    Between(usize),
    /// The sentence is shown, and its countdown runs.
    Message,
}

/// A part with its place on the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub part: Part,
    pub start: Duration,
    pub end: Duration,
}

impl Segment {
    /// The stretch that is shown.
    pub fn shown(&self) -> usize {
        match self.part {
            Part::SettleIn | Part::Message => 0,
            Part::Stretch(place) | Part::Between(place) => place,
        }
    }

    /// Whether its seconds count as stretched.
    pub fn counts(&self) -> bool {
        match self.part {
            Part::Stretch(_) | Part::Message => true,
            Part::SettleIn | Part::Between(_) => false,
        }
    }
}

/// All parts in order, without gaps. Never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    segments: Vec<Segment>,
}

impl Tape {
    /// The tape of a plan with these exercises.
    pub fn of(plan: &Plan, exercises: &[Exercise]) -> Self {
        let mut tape = Self {
            segments: Vec::new(),
        };
        match plan {
            Plan::Stretches { settle_in, .. } => {
                if !settle_in.is_zero() {
                    tape.push(Part::SettleIn, *settle_in);
                }
                for (place, exercise) in exercises.iter().enumerate() {
                    if place > 0 {
                        tape.push(Part::Between(place), BETWEEN);
                    }
                    tape.push(Part::Stretch(place), exercise.timeline.total());
                }
            }
            Plan::Message { length, .. } => tape.push(Part::Message, *length),
        }
        tape
    }

    fn push(&mut self, part: Part, length: Duration) {
        let start = self.end();
        self.segments.push(Segment {
            part,
            start,
            end: start + length,
        });
    }

    /// Its parts in order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Where it ends.
    pub fn end(&self) -> Duration {
        self.segments.last().map_or(Duration::ZERO, |last| last.end)
    }

    /// The part at a place; a place between two belongs to the later one.
    pub fn at(&self, place: Duration) -> Segment {
        let later = self
            .segments
            .partition_point(|segment| segment.start <= place);
        let nothing = Segment {
            part: Part::Message,
            start: Duration::ZERO,
            end: Duration::ZERO,
        };
        later
            .checked_sub(1)
            .map_or(nothing, |index| self.segments[index])
    }

    /// Where the countdown of a stretch begins.
    pub fn start_of(&self, stretch: usize) -> Duration {
        self.segments
            .iter()
            .find(|segment| segment.part == Part::Stretch(stretch))
            .map_or(Duration::ZERO, |segment| segment.start)
    }

    /// Where one begins to get in place for a stretch.
    pub fn lead_in_of(&self, stretch: usize) -> Duration {
        let is_lead_in = |part: Part| match part {
            Part::SettleIn => stretch == 0,
            Part::Between(next) => next == stretch,
            Part::Stretch(_) | Part::Message => false,
        };
        self.segments
            .iter()
            .find(|segment| is_lead_in(segment.part))
            .map_or_else(|| self.start_of(stretch), |segment| segment.start)
    }

    /// How much of the way from one place to a later one counts as stretched.
    pub fn counted(&self, from: Duration, to: Duration) -> Duration {
        self.segments
            .iter()
            .filter(|segment| segment.counts())
            .map(|segment| segment.end.min(to).saturating_sub(segment.start.max(from)))
            .sum()
    }
}
