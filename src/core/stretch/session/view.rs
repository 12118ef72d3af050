//! What the window shows at a moment.

use std::time::Duration;

use super::{
    super::{
        Breath, Side,
        catalogue::Stretch,
        pose::{Body, KeyMoment, pose_at, poses_of_key_moments, swell},
        timeline::{Rep, Slot, Timeline},
    },
    Exercise, PREVIEW_SPEED, Part, Plan, Play, Session,
};

/// What goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The movement is shown; the countdown waits for the user.
    Ready,
    /// Getting in place, with this many seconds to go, rounded up.
    SettleIn(u64),
    /// The countdown runs, or is paused.
    Running,
    /// The change to the next stretch of the break, with this many seconds to go, rounded up.
    BetweenStretches(u64),
    /// The last second was done this long ago.
    Done(Duration),
}

/// A phase of the stretch in the row of dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dot {
    /// Done, in this repetition.
    Done,
    /// Under way.
    Current,
    /// To come.
    ToCome,
}

/// Everything the window shows at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct View<'a> {
    /// What goes on.
    pub state: State,
    /// The user stopped it; `state` says in what.
    pub paused: bool,
    /// The stretch that is shown; `None` for a message.
    pub stretch: Option<&'a Stretch>,
    /// Its place among the stretches of the break, from 0, and how many there are.
    pub place: (usize, usize),
    /// The sentence of a message break.
    pub message: Option<&'a str>,
    /// Place of the phase whose cue is shown in [`Stretch::phases`].
    pub cue: Option<usize>,
    /// Place of the phase whose cue comes next. `None` at the end.
    pub next_cue: Option<usize>,
    /// Counts up whenever a phase begins: a new number means that the cue should change.
    pub cue_number: usize,
    /// The phases of one repetition, in the order in which they play.
    pub dots: Vec<Dot>,
    /// Which side of the user's own body is at work.
    pub side: Side,
    /// The side changed with this phase.
    pub side_changed: bool,
    /// The stretch has sides, so "other side first" makes a difference.
    pub has_sides: bool,
    /// Which repetition, where there are several.
    pub rep: Option<Rep>,
    /// What to do with the breath.
    pub breath: Option<Breath>,
    /// Until the countdown of this stretch, or message, ends.
    pub left: Duration,
    /// `left` in whole seconds, rounded up: what the digits show.
    pub left_secs: u64,
    /// How long that countdown is in all.
    pub length: Duration,
    /// Until the phase ends.
    pub left_in_phase: Duration,
    /// Until the break ends, everything included.
    pub left_in_break: Duration,
    /// The countdown runs: these seconds count as stretched.
    pub countdown_running: bool,
    /// How long the countdown has run so far.
    pub stretched: Duration,
}

/// When the picture changes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextChange {
    /// All the time: the figure moves.
    Moving,
    /// The figure only breathes, which a few pictures a second show well enough; digits or words
    /// change after this time.
    Breathing(Duration),
    /// After this time, and not before.
    After(Duration),
    /// Only when the user does something.
    Never,
}

impl Session {
    /// What the window shows at a moment.
    #[must_use]
    pub fn at(&self, now: Duration) -> View<'_> {
        let place = self.place(now);
        let state = self.state(now);
        let shown = self.present(now).shown();
        let exercise = self.exercises.get(shown);
        let (length, left) = self.countdown(now);
        let mut view = View {
            state,
            paused: matches!(self.play, Play::Stands { .. }),
            stretch: exercise.map(|exercise| &exercise.stretch),
            place: (shown, self.exercises.len()),
            message: match &self.plan {
                Plan::Message { text, .. } => Some(text.as_str()),
                Plan::Stretches { .. } => None,
            },
            cue: None,
            next_cue: None,
            cue_number: 0,
            dots: Vec::new(),
            side: Side::Both,
            side_changed: false,
            has_sides: exercise.is_some_and(|exercise| exercise.stretch.mirrored),
            rep: None,
            breath: None,
            left,
            left_secs: whole_seconds_up(left),
            length,
            left_in_phase: left,
            left_in_break: self.tape.end() - place,
            countdown_running: self.countdown_runs(now),
            stretched: self.stretched(now),
        };
        if let Some(exercise) = exercise {
            self.fill_in_phase(&mut view, exercise, now);
        }
        view
    }

    fn fill_in_phase<'a>(&'a self, view: &mut View<'a>, exercise: &'a Exercise, now: Duration) {
        let (timeline, t) = self.moment(exercise, now);
        let Some(at) = timeline.at(t) else {
            return;
        };
        view.cue = Some(at.slot.cue);
        view.next_cue = at.next.map(|next| next.cue);
        view.cue_number = self.earlier_slots(now) + at.index;
        view.dots = dots(exercise, at.slot, view.state);
        view.side = at.slot.side;
        view.side_changed = at.slot.changes_side;
        view.breath = Some(at.slot.breath);
        view.left_in_phase = at.left;
        if view.state == State::Running {
            view.rep = at.slot.rep;
        }
    }

    /// The figure at a moment; `None` for a message, and for a stretch without a figure.
    #[must_use]
    pub fn body(&self, now: Duration) -> Option<Body> {
        let exercise = self.exercises.get(self.present(now).shown())?;
        if !exercise.stretch.has_figure() {
            return None;
        }
        let (timeline, t) = self.moment(exercise, now);
        let mut body = pose_at(&exercise.stretch, &self.rig, timeline, t);
        match self.play {
            Play::Ready { since } if loops(now, since, timeline) == 0 && t < FIRST_TURN => {
                // The loop's first round: there is nothing yet to turn round from.
                body.crossfade = None;
            }
            Play::Runs { at, since } if !matches!(self.present(now).part, Part::Stretch(_)) => {
                // The first pose is held: it breathes by the time that it has been held.
                let held_since = self.present(now).start.saturating_sub(at) + since;
                body.still = true;
                body.swell = swell(now.saturating_sub(held_since));
            }
            Play::Ready { .. } | Play::Runs { .. } | Play::Stands { .. } => {}
        }
        Some(body)
    }

    /// The key poses of the stretch that is shown, for windows without movement. Empty for a
    /// message. None is marked before the start.
    #[must_use]
    pub fn key_moments(&self, now: Duration) -> Vec<KeyMoment> {
        let Some(exercise) = self.exercises.get(self.present(now).shown()) else {
            return Vec::new();
        };
        let t = match self.play {
            Play::Ready { .. } => Duration::ZERO,
            Play::Runs { .. } | Play::Stands { .. } => self.moment(exercise, now).1,
        };
        let timeline = &exercise.timeline;
        let mut moments = poses_of_key_moments(&exercise.stretch, &self.rig, timeline, t);
        if let Play::Ready { .. } = self.play {
            for moment in &mut moments {
                moment.current = false;
            }
        }
        moments
    }

    /// When the picture changes next; without movement if the user wants little of it.
    #[must_use]
    pub fn next_change(&self, now: Duration, reduced_motion: bool) -> NextChange {
        let view = self.at(now);
        let figure = view.stretch.is_some_and(Stretch::has_figure);
        let next_second = match (view.state, view.paused) {
            (_, true) | (State::Done(_), _) => return NextChange::Never,
            (State::Ready, false) if reduced_motion || !figure => {
                return NextChange::Never;
            }
            (State::Ready, false) => return NextChange::Moving,
            (State::SettleIn(_) | State::BetweenStretches(_), false) => {
                let place = self.place(now);
                until_next_second(self.tape.at(place).end - place)
            }
            (State::Running, false) => until_next_second(view.left).min(view.left_in_phase),
        };
        if reduced_motion || !figure {
            return NextChange::After(next_second);
        }
        match self.body(now) {
            Some(body) if body.still && body.crossfade.is_none() => {
                NextChange::Breathing(next_second)
            }
            Some(_) => NextChange::Moving,
            None => NextChange::After(next_second),
        }
    }

    fn state(&self, now: Duration) -> State {
        if let Play::Ready { .. } = self.play {
            return State::Ready;
        }
        let place = self.place(now);
        if self.over(now) {
            return State::Done(self.over_for(now));
        }
        let present = self.tape.at(place);
        let left = whole_seconds_up(present.end - place);
        match present.part {
            Part::SettleIn => State::SettleIn(left),
            Part::Between(_) => State::BetweenStretches(left),
            Part::Stretch(_) | Part::Message => State::Running,
        }
    }

    fn over_for(&self, now: Duration) -> Duration {
        self.unbounded_place(now).saturating_sub(self.tape.end())
    }

    /// Length of the countdown that is shown, and what is left of it.
    fn countdown(&self, now: Duration) -> (Duration, Duration) {
        let place = self.place(now);
        let present = self.tape.at(place);
        if present.counts() {
            return (present.end - present.start, present.end - place);
        }
        let next = self.exercises.get(present.shown());
        let length = next.map_or(Duration::ZERO, |exercise| exercise.timeline.total());
        (length, length)
    }

    fn countdown_runs(&self, now: Duration) -> bool {
        matches!(self.play, Play::Runs { .. }) && !self.over(now) && self.present(now).counts()
    }

    /// The timeline from which the figure is drawn, and the time on it.
    fn moment<'a>(&self, exercise: &'a Exercise, now: Duration) -> (&'a Timeline, Duration) {
        if let Play::Ready { since } = self.play {
            let timeline = &exercise.preview;
            let shown_for = now.saturating_sub(since).mul_f64(PREVIEW_SPEED);
            let round = loops(now, since, timeline);
            return (timeline, shown_for.saturating_sub(timeline.total() * round));
        }
        let place = self.place(now);
        let present = self.tape.at(place);
        let t = match present.part {
            Part::Stretch(_) => place - present.start,
            Part::SettleIn | Part::Between(_) | Part::Message => Duration::ZERO,
        };
        (&exercise.timeline, t)
    }

    /// How many phases lie before the stretch that is shown.
    fn earlier_slots(&self, now: Duration) -> usize {
        let shown = self.present(now).shown();
        let earlier = self.exercises.iter().take(shown);
        earlier
            .map(|exercise| exercise.timeline.slots().len())
            .sum()
    }
}

/// How many times a preview has been shown to its end.
fn loops(now: Duration, since: Duration, preview: &Timeline) -> u32 {
    let shown_for = now.saturating_sub(since).as_secs_f64() * PREVIEW_SPEED;
    // A window is not looked at for the four billion loops that would not fit.
    (shown_for / preview.total().as_secs_f64().max(0.001)) as u32
}

/// A turn in the first moments of a preview comes from its end.
const FIRST_TURN: Duration = Duration::from_secs(1);

fn dots(exercise: &Exercise, current: &Slot, state: State) -> Vec<Dot> {
    let mut phases: Vec<usize> = Vec::new();
    for slot in exercise.timeline.slots() {
        if !phases.contains(&slot.phase) {
            phases.push(slot.phase);
        }
    }
    let here = phases.iter().position(|phase| *phase == current.phase);
    let dot = |place: usize| match state {
        State::Ready | State::SettleIn(_) | State::BetweenStretches(_) => Dot::ToCome,
        State::Done(_) => Dot::Done,
        State::Running => match here.map(|here| place.cmp(&here)) {
            Some(std::cmp::Ordering::Less) => Dot::Done,
            Some(std::cmp::Ordering::Equal) => Dot::Current,
            Some(std::cmp::Ordering::Greater) | None => Dot::ToCome,
        },
    };
    (0..phases.len()).map(dot).collect()
}

fn whole_seconds_up(left: Duration) -> u64 {
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

/// Until a countdown shows another number: its digits are rounded up.
fn until_next_second(left: Duration) -> Duration {
    match left.subsec_nanos() {
        0 => Duration::from_secs(1),
        nanos => Duration::from_nanos(nanos.into()),
    }
}
