//! How a break runs in its window: looking, getting in place, stretching, done.
//!
//! A [`Session`] is a tape and a place on it. Time only moves the place along; commands jump or
//! stop it. What the window shows at a moment follows from the place alone ([`Session::at`]), so
//! nothing has to be called in time, and looking twice changes nothing. The session reads no
//! clock: `now` is any clock that never jumps back, the same for all calls.

use std::time::Duration;

use super::{
    VariantName,
    catalogue::{Rig, Stretch},
    timeline::{SideOrder, Timeline},
};

mod ear;
mod score;
#[cfg(test)]
mod sound_tests;
mod tape;
#[cfg(test)]
mod tests;
mod view;

pub use ear::{Ear, Heard};
use score::Score;
pub use score::Words;
use tape::{Part, Segment, Tape};
pub use view::{Dot, NextChange, State, View};

/// Between two stretches of a break: time to see what comes next and to get in place.
pub const BETWEEN: Duration = Duration::from_secs(4);
/// While the user looks at a stretch before the start, it moves at this share of its own speed.
const PREVIEW_SPEED: f64 = 0.8;
/// "Back" goes to the phase before, unless the present one has been running for this long.
const BACK_TO_THE_SAME: Duration = Duration::from_millis(1500);

/// What a break consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// These stretches one after the other; at least one.
    Stretches {
        /// In order.
        stretches: Vec<Stretch>,
        /// Which length of each.
        variant: VariantName,
        /// Time to read and get in place before the first one.
        settle_in: Duration,
    },
    /// A sentence to read, and how long it is shown. There is nothing to settle in for.
    Message {
        /// The sentence.
        text: String,
        /// How long.
        length: Duration,
    },
}

/// What the user, or the program, wants of the session. A command that makes no sense in the
/// present state changes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begin.
    Start,
    /// Stop the countdown, or the time to settle in.
    Pause,
    /// Go on.
    Resume,
    /// Whichever of the three fits.
    StartOrPause,
    /// The present stretch from its beginning; between two stretches, the one before. While
    /// settling in, that anew. After the end, the whole break.
    Again,
    /// The present stretch from its beginning, with the sides the other way round.
    OtherSideFirst,
    /// On to the next phase, or to the change to the next stretch. The last phase of the break has
    /// to be waited for.
    NextPhase,
    /// Back to the beginning of this phase, or to the one before.
    PreviousPhase,
    /// These stretches instead, in the same length. What was done before the first one that is
    /// another stays done; to that one there is the usual time to get in place. Not empty.
    Show(Vec<Stretch>),
}

/// A break in its window.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    rig: Rig,
    plan: Plan,
    exercises: Vec<Exercise>,
    tape: Tape,
    score: Score,
    play: Play,
    /// How long the countdown had run when `play` was last changed.
    stretched: Duration,
}

/// A stretch of the break with its phases in time.
#[derive(Clone, Debug, PartialEq)]
struct Exercise {
    stretch: Stretch,
    order: SideOrder,
    timeline: Timeline,
    preview: Timeline,
}

impl Exercise {
    fn new(stretch: Stretch, variant: VariantName, order: SideOrder) -> Self {
        Self {
            timeline: Timeline::new(&stretch, variant, order),
            preview: Timeline::preview(&stretch, order),
            order,
            stretch,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Play {
    /// The user looks at the stretch.
    Ready { since: Duration },
    /// The tape was at `at` when the clock said `since`, and runs.
    Runs { at: Duration, since: Duration },
    /// The tape stands at `at`.
    Stands { at: Duration },
}

impl Session {
    /// A session, in its ready state or, with `start`, begun.
    #[must_use]
    pub fn new(plan: Plan, rig: Rig, start: bool, now: Duration) -> Self {
        let exercises = match &plan {
            Plan::Stretches {
                stretches, variant, ..
            } => stretches
                .iter()
                .map(|stretch| Exercise::new(stretch.clone(), *variant, SideOrder::AsStored))
                .collect(),
            Plan::Message { .. } => Vec::new(),
        };
        let tape = Tape::of(&plan, &exercises);
        let mut session = Self {
            score: Score::of(&tape, &exercises),
            tape,
            rig,
            plan,
            exercises,
            play: Play::Ready { since: now },
            stretched: Duration::ZERO,
        };
        if start {
            session.step(Command::Start, now);
        }
        session
    }

    /// Does what the command says.
    pub fn step(&mut self, command: Command, now: Duration) {
        match command {
            Command::Start => self.start(now),
            Command::Pause => self.pause(now),
            Command::Resume => self.resume(now),
            Command::StartOrPause => self.start_or_pause(now),
            Command::Again => self.again(now),
            Command::OtherSideFirst => self.other_side_first(now),
            Command::NextPhase => self.next_phase(now),
            Command::PreviousPhase => self.previous_phase(now),
            Command::Show(stretches) => self.show(stretches, now),
        }
    }

    fn start(&mut self, now: Duration) {
        if let Play::Ready { .. } = self.play {
            self.play = Play::Runs {
                at: Duration::ZERO,
                since: now,
            };
        }
    }

    fn pause(&mut self, now: Duration) {
        if let Play::Runs { .. } = self.play
            && !self.over(now)
        {
            let at = self.place(now);
            self.stretched = self.stretched(now);
            self.play = Play::Stands { at };
        }
    }

    fn resume(&mut self, now: Duration) {
        if let Play::Stands { at } = self.play {
            self.play = Play::Runs { at, since: now };
        }
    }

    fn start_or_pause(&mut self, now: Duration) {
        match self.play {
            Play::Ready { .. } => self.start(now),
            Play::Runs { .. } => self.pause(now),
            Play::Stands { .. } => self.resume(now),
        }
    }

    fn again(&mut self, now: Duration) {
        if let Play::Ready { .. } = self.play {
            // The picture from its beginning.
            self.play = Play::Ready { since: now };
        } else if self.over(now) {
            self.begin_anew(now);
        } else {
            let start = match self.present(now).part {
                Part::SettleIn => Duration::ZERO,
                Part::Stretch(place) => self.tape.start_of(place),
                Part::Between(next) => self.tape.start_of(next.saturating_sub(1)),
                Part::Message => Duration::ZERO,
            };
            self.jump(start, now);
            self.resume(now);
        }
    }

    fn other_side_first(&mut self, now: Duration) {
        let place = self.present(now).shown();
        let Some(exercise) = self.exercises.get_mut(place) else {
            return;
        };
        if !exercise.stretch.mirrored {
            return;
        }
        let Plan::Stretches { variant, .. } = self.plan else {
            return;
        };
        *exercise = Exercise::new(exercise.stretch.clone(), variant, exercise.order.other());
        self.score = Score::of(&self.tape, &self.exercises);
        match (self.play, self.present(now).part) {
            (Play::Ready { .. }, _) => self.play = Play::Ready { since: now },
            (_, Part::Stretch(_)) if !self.over(now) => {
                self.jump(self.tape.start_of(place), now);
            }
            // Not begun yet, or over: it will be the other way round when it is begun.
            (_, Part::Stretch(_) | Part::SettleIn | Part::Between(_) | Part::Message) => {}
        }
    }

    fn next_phase(&mut self, now: Duration) {
        if let Play::Ready { .. } = self.play {
            return;
        }
        let place = self.place(now);
        let next = self.stops().find(|start| *start > place);
        if let Some(next) = next {
            self.jump(next, now);
        }
    }

    fn previous_phase(&mut self, now: Duration) {
        if matches!(self.play, Play::Ready { .. }) || self.over(now) {
            return;
        }
        let place = self.place(now);
        // From the change between two stretches one goes back to the one before.
        let starts: Vec<Duration> = self
            .stops()
            .filter(|start| *start <= place && self.tape.at(*start).counts())
            .collect();
        let target = match starts.as_slice() {
            [] => return,
            [.., present] if place - *present >= BACK_TO_THE_SAME => *present,
            [.., before, _] => *before,
            [only] => *only,
        };
        self.jump(target, now);
    }

    fn show(&mut self, stretches: Vec<Stretch>, now: Duration) {
        if stretches.is_empty() || self.over(now) {
            return;
        }
        let Plan::Stretches {
            variant, settle_in, ..
        } = self.plan
        else {
            return;
        };
        let first = (stretches.iter().zip(&self.exercises))
            .position(|(new, old)| new.id != old.stretch.id)
            .unwrap_or(stretches.len().min(self.exercises.len()));
        if first == stretches.len() && first == self.exercises.len() {
            return;
        }
        let stretched = self.stretched(now);
        let place = self.place(now);
        let reached = self.tape.lead_in_of(first) <= place;
        let mut exercises = std::mem::take(&mut self.exercises);
        exercises.truncate(first);
        exercises.extend(
            (stretches.iter().skip(first))
                .map(|stretch| Exercise::new(stretch.clone(), variant, SideOrder::AsStored)),
        );
        self.plan = Plan::Stretches {
            stretches,
            variant,
            settle_in,
        };
        self.tape = Tape::of(&self.plan, &exercises);
        self.score = Score::of(&self.tape, &exercises);
        self.exercises = exercises;
        self.stretched = stretched;
        self.play = match self.play {
            Play::Ready { .. } => Play::Ready { since: now },
            // The one that is another is still to come.
            Play::Runs { .. } if !reached => Play::Runs {
                at: place,
                since: now,
            },
            Play::Stands { .. } if !reached => Play::Stands { at: place },
            Play::Runs { .. } | Play::Stands { .. } => Play::Runs {
                at: self.tape.lead_in_of(first),
                since: now,
            },
        };
    }

    fn begin_anew(&mut self, now: Duration) {
        self.stretched = Duration::ZERO;
        self.play = Play::Runs {
            at: Duration::ZERO,
            since: now,
        };
    }

    /// Moves to a place of the tape; what stood goes on standing.
    fn jump(&mut self, to: Duration, now: Duration) {
        self.stretched = self.stretched(now);
        self.play = match self.play {
            Play::Stands { .. } => Play::Stands { at: to },
            Play::Ready { .. } | Play::Runs { .. } => Play::Runs { at: to, since: now },
        };
    }

    /// Where on the tape the phases of all stretches begin, and the changes between them, in order.
    fn stops(&self) -> impl Iterator<Item = Duration> + '_ {
        self.exercises.iter().enumerate().flat_map(|(i, exercise)| {
            let start = self.tape.start_of(i);
            let change = (i > 0).then(|| self.tape.lead_in_of(i));
            let slots = exercise.timeline.slots().iter();
            (change.into_iter()).chain(slots.map(move |slot| start + slot.start))
        })
    }

    /// The place on the tape, no further than its end.
    fn place(&self, now: Duration) -> Duration {
        self.unbounded_place(now).min(self.tape.end())
    }

    /// The place on the tape, as if it had no end.
    fn unbounded_place(&self, now: Duration) -> Duration {
        match self.play {
            Play::Ready { .. } => Duration::ZERO,
            Play::Runs { at, since } => at + now.saturating_sub(since),
            Play::Stands { at } => at,
        }
    }

    fn over(&self, now: Duration) -> bool {
        matches!(self.play, Play::Runs { .. }) && self.place(now) >= self.tape.end()
    }

    fn present(&self, now: Duration) -> Segment {
        self.tape.at(self.place(now))
    }

    /// How long the countdown has run so far: neither while settling in, nor paused, nor between
    /// stretches.
    #[must_use]
    pub fn stretched(&self, now: Duration) -> Duration {
        match self.play {
            Play::Ready { .. } | Play::Stands { .. } => self.stretched,
            Play::Runs { at, .. } => self.stretched + self.tape.counted(at, self.place(now)),
        }
    }
}
