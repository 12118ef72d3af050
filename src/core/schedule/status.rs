//! What the user can ask at any time: what the schedule does now, and why.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use super::{
    super::stretch::StretchId, Holding, Notifier, Rules, current::Phase, due::Stage,
    effect::Reason, presence::Input, state::State, turn::Turn,
};

/// The state of the schedule at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// In one word.
    pub state: Condition,
    /// Every reminder, in the order of the settings.
    pub reminders: Vec<ReminderStatus>,
    /// The break that is announced or under way.
    pub current: Option<CurrentBreak>,
    /// Everything that holds breaks now, whether or not one is due.
    pub reasons: Vec<Reason>,
    /// The same with their times; also what holds only a break that is due.
    pub holding: Vec<Holding>,
    /// What is known of the input.
    pub input: InputStatus,
    /// The pause, if there is one.
    pub pause: Option<PauseStatus>,
    /// The meeting that the user told of, if one is on.
    pub meeting: Option<MeetingStatus>,
    /// Whether now is inside the working hours.
    pub inside_hours: bool,
    /// When the working hours next begin or end, if they ever do.
    pub hours_change: Option<DateTime<FixedOffset>>,
    /// What the notification server can do.
    pub notifier: Notifier,
}

/// The state of the schedule in one word. The first that fits, from the bottom of this list up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Nothing is due, or what is due waits for a lull or for the end of a snooze.
    Working,
    /// A due break is held, or settles after it was.
    Held,
    /// The user paused the program.
    Paused,
    /// A break is announced and waits for an answer.
    Announced,
    /// A break is under way.
    OnBreak,
}

impl Condition {
    /// The word for it, as in section 10 of the contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Held => "held",
            Self::Paused => "paused",
            Self::Announced => "announced",
            Self::OnBreak => "on_break",
        }
    }
}

/// One reminder.
#[derive(Clone, Debug, PartialEq)]
pub struct ReminderStatus {
    /// Its id.
    pub id: String,
    /// Work counted since its last break.
    pub work: Duration,
    /// How much more work, or for clock-anchored ones how much time, until it is due; zero when it
    /// is. For a snoozed one: until it is announced again.
    pub due_in: Duration,
    /// When it becomes due, or is announced again, if the user goes on as now; `None` when that is
    /// not known: its account stands still, or it is due already.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Snoozes used for the break that is due.
    pub snoozes: u32,
    /// Whether a break is due, in whatever stage.
    pub due: bool,
    /// Since when a break has been due, if one is.
    pub due_since: Option<DateTime<FixedOffset>>,
    /// When the due break comes that waits only for a while without a new reason.
    pub settled: Option<DateTime<FixedOffset>>,
    /// Why the due break is held; empty when nothing holds it.
    pub reasons: Vec<Reason>,
}

/// The break that is announced or under way.
#[derive(Clone, Debug, PartialEq)]
pub struct CurrentBreak {
    /// The number of its prompt.
    pub prompt: u64,
    /// Id of its reminder.
    pub reminder: String,
    /// Its stretches, in order; empty for a message.
    pub stretches: Vec<StretchId>,
    /// When it was announced or started, whichever was last.
    pub since: DateTime<FixedOffset>,
    /// Whether its window is open.
    pub window: bool,
}

/// What is known of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputStatus {
    /// No source can tell: accounts simply run.
    Unknown,
    /// The user gives input.
    Active,
    /// No input for this long; a locked screen and sleep count as none.
    Idle(Duration),
}

/// A pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PauseStatus {
    /// Its end; `None`: until the user resumes.
    pub until: Option<DateTime<FixedOffset>>,
}

/// A meeting that the user told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeetingStatus {
    /// Its end; `None` where no calendar reaches so far.
    pub until: Option<DateTime<FixedOffset>>,
}

impl State {
    /// What the user can ask.
    #[must_use]
    pub fn status(&self, rules: &Rules) -> Status {
        let turn = Turn::new(self.clone(), rules);
        let state = &turn.state;
        let now = state.at;
        Status {
            state: turn.condition(),
            reminders: (0..state.tracks.len())
                .map(|i| turn.reminder_status(i))
                .collect(),
            current: turn.current_break(),
            reasons: turn.common_reasons().into_iter().collect(),
            holding: turn.holding(),
            input: match (state.presence.absence, state.presence.input) {
                (Some(_), _) => InputStatus::Idle(state.presence.idle_at(now.boot)),
                (None, Input::Unknown) => InputStatus::Unknown,
                (None, Input::Active | Input::Idle { .. }) => InputStatus::Active,
            },
            pause: state.pause.map(|pause| PauseStatus {
                until: pause.until(now),
            }),
            meeting: state.meeting.map(|meeting| MeetingStatus {
                until: meeting.until(now),
            }),
            inside_hours: state.hours.inside,
            hours_change: state.hours.until.map(|until| now.zone.local(until)),
            notifier: state.notifier,
        }
    }
}

impl Turn<'_> {
    fn condition(&self) -> Condition {
        let held = |stage: &Stage| matches!(stage, Stage::Held { .. } | Stage::Settling { .. });
        let mut due = self
            .state
            .tracks
            .iter()
            .filter_map(|track| track.due.as_ref());
        match self.state.current.as_ref().map(|current| &current.phase) {
            Some(Phase::UnderWay { .. }) => Condition::OnBreak,
            Some(Phase::Announced { .. }) => Condition::Announced,
            None if self.state.pause.is_some() => Condition::Paused,
            None if due.any(|due| held(&due.stage)) => Condition::Held,
            None => Condition::Working,
        }
    }

    fn reminder_status(&self, i: usize) -> ReminderStatus {
        let track = &self.state.tracks[i];
        let held = (track.due.as_ref()).is_some_and(|due| matches!(due.stage, Stage::Held { .. }));
        ReminderStatus {
            id: track.id.clone(),
            work: track.work,
            due_in: self.due_in(i),
            due_at: self.due_at(i),
            snoozes: track.due.as_ref().map_or(0, |due| due.snoozes),
            due: track.due.is_some(),
            due_since: (track.due.as_ref()).map(|due| self.state.at.zone.local(due.utc)),
            settled: (track.due.as_ref()).and_then(|due| match due.stage {
                Stage::Settling { until } => Some(self.state.wall_time_of(until)),
                Stage::Waiting
                | Stage::Held { .. }
                | Stage::Snoozed { .. }
                | Stage::Absorbed { .. }
                | Stage::Current => None,
            }),
            reasons: if held {
                self.reasons(i).into_iter().collect()
            } else {
                Vec::new()
            },
        }
    }

    fn current_break(&self) -> Option<CurrentBreak> {
        let current = self.state.current.as_ref()?;
        let since = match current.phase {
            Phase::Announced { since, .. } | Phase::UnderWay { since, .. } => since,
        };
        Some(CurrentBreak {
            prompt: current.prompt.number,
            reminder: current.prompt.reminder.clone(),
            stretches: current.prompt.stretches.clone(),
            since: self.state.at.zone.local(since),
            window: current.window,
        })
    }
}
