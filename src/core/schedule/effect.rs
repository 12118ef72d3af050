//! Everything the schedule asks of the outside.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, Utc};

use super::super::{config::What, stretch::StretchId, time::Moment};

/// What should happen now, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Show a notification with the answers. Not asked for while there is no server.
    Announce(Prompt),
    /// Take the notification back.
    Withdraw {
        /// The number in its [`Prompt`].
        prompt: u64,
    },
    /// Show a notification that asks whether a meeting goes on. It is answered with
    /// [`super::MeetingNews::Answer`].
    Ask(Question),
    /// Take the question back.
    WithdrawQuestion {
        /// The number in its [`Question`].
        number: u64,
    },
    /// Open, change or close the window.
    Window(WindowOrder),
    /// Write down what became of a break.
    Record(Credit),
    /// Ask the sensors from now on whether anything speaks against a break (`true`), and answer
    /// with [`super::Event::Sensed`] when each has had its say; or let them rest (`false`).
    Watch(bool),
    /// Keep [`super::State::saved`] on disk: something changed that a restart should remember.
    Save,
    /// Tell whoever listens: `simulate`, the bus, the log. One line of the contract's section 10.
    Tell(Story),
    /// The same for something that happened while the machine slept, and is only known now.
    TellLate {
        /// When it happened.
        at: Moment,
        /// What.
        story: Story,
    },
}

/// An announcement: what comes and how it can be answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// Counts up; an answer names it, so that late answers can be told from timely ones.
    pub number: u64,
    /// Id of the reminder.
    pub reminder: String,
    /// What the break consists of.
    pub what: What,
    /// The stretches chosen, in order; empty for a message.
    pub stretches: Vec<StretchId>,
    /// Length of the break, settle-in included.
    pub length: Duration,
    /// What "snooze" would mean now; `None` when no snooze is left.
    pub snooze: Option<Duration>,
    /// Snoozes already used.
    pub snoozes: u32,
}

/// Whether a meeting goes on that would end soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// From the same numbers as those of [`Prompt`]s.
    pub number: u64,
    /// How long it lasts yet, if nobody answers.
    pub ends_in: Duration,
    /// By how much it goes on if it is not over.
    pub more: Duration,
}

/// What the window should do.
#[derive(Clone, Debug, PartialEq)]
pub enum WindowOrder {
    /// Open.
    Open {
        /// What to show.
        prompt: Prompt,
        /// `true`: begin at once and take the focus, the user asked for it. `false`: wait in the
        /// ready state, without the focus.
        start: bool,
    },
    /// The window that is open in its ready state should begin.
    Start {
        /// Its number.
        prompt: u64,
    },
    /// Show these stretches instead: one or more of them are others than before.
    Show {
        /// Its number.
        prompt: u64,
        /// The stretches, in order.
        stretches: Vec<StretchId>,
    },
    /// Close.
    Close {
        /// Its number.
        prompt: u64,
    },
}

/// What became of a break: one row of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// Id of the reminder.
    pub reminder: String,
    /// The stretches that were shown, in order.
    pub stretches: Vec<StretchId>,
    /// When it was due; a natural break has none.
    pub due: Option<DateTime<Utc>>,
    /// When it was first announced.
    pub announced: Option<DateTime<Utc>>,
    /// When the stretch, or the natural break, began.
    pub started: Option<DateTime<Utc>>,
    /// When it was over.
    pub ended: DateTime<Utc>,
    /// How it ended.
    pub outcome: Outcome,
    /// How long the countdown ran; for a natural break, how long the user was away.
    pub stretched: Duration,
    /// Snoozes used.
    pub snoozes: u32,
}

/// How a break ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The full length.
    Completed,
    /// Begun and closed early.
    Abandoned,
    /// The user said no.
    Skipped,
    /// No answer, and no snooze left.
    Missed,
    /// The user was away long enough anyway.
    Natural,
    /// Taken together with a longer break.
    Absorbed,
}

/// A line for whoever follows along; names and keys as in section 10 of the contract.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "each variant is the event of that name in the contract"
)]
pub enum Story {
    Due {
        reminder: String,
    },
    Held {
        reminder: String,
        reasons: Vec<Reason>,
    },
    Released {
        reminder: String,
        reasons: Vec<Reason>,
    },
    Announced {
        reminder: String,
        stretches: Vec<StretchId>,
        snoozes: u32,
    },
    Opened {
        reminder: String,
        stretches: Vec<StretchId>,
    },
    Started {
        reminder: String,
        stretches: Vec<StretchId>,
    },
    Completed {
        reminder: String,
        stretches: Vec<StretchId>,
        stretched: Duration,
    },
    Abandoned {
        reminder: String,
        stretches: Vec<StretchId>,
        stretched: Duration,
    },
    Snoozed {
        reminder: String,
        length: Duration,
        snoozes: u32,
        by: By,
    },
    Skipped {
        reminder: String,
    },
    Missed {
        reminder: String,
    },
    Withdrawn {
        reminder: String,
    },
    Absorbed {
        reminder: String,
        by: String,
    },
    NaturalBreak {
        reminder: String,
        away: Duration,
    },
    Paused {
        until: Option<DateTime<FixedOffset>>,
    },
    Resumed,
    InMeeting {
        until: Option<DateTime<FixedOffset>>,
    },
    MeetingEndsSoon {
        until: Option<DateTime<FixedOffset>>,
    },
    MeetingOver,
    HoursBegan,
    HoursEnded,
}

/// Who snoozed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The user said so.
    User,
    /// Nobody answered.
    Timeout,
}

/// Why a due break waits, in the order in which the contract lists them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Do-not-disturb.
    Quiet,
    /// A call.
    Meeting,
    /// A full-screen window.
    Fullscreen,
    /// The screen is locked.
    Locked,
    /// No input for longer than the grace.
    Away,
    /// Paused by the user.
    Paused,
    /// Outside working hours, or too close to their end.
    Hours,
    /// A program on the user's list, by name.
    App(String),
}
