//! What a restart remembers. How it is written to disk is up to `store`.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};

use super::super::stretch::StretchId;

/// Everything of the state that outlives the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// When it was saved, by the wall clock.
    pub at: DateTime<Utc>,
    /// Every reminder.
    pub reminders: Vec<SavedReminder>,
    /// Which stretches have come.
    pub bag: SavedBag,
    /// The pause, if there was one.
    pub pause: Option<SavedPause>,
    /// The meeting that the user told of, if one was on.
    pub meeting: Option<SavedMeeting>,
    /// How long there had been no input.
    pub idle_for: Option<Duration>,
    /// Whether something kept the screen awake then or not long before: perhaps the user watched.
    pub watched: bool,
    /// Local time at which the latest working hours began, so that they do not begin twice.
    pub hours_begun: Option<NaiveDateTime>,
    /// Whether it was inside the working hours.
    pub inside_hours: bool,
    /// The number of the next prompt.
    pub next_prompt: u64,
}

/// One reminder.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedReminder {
    /// Its id.
    pub id: String,
    /// Work counted.
    pub work: Duration,
    /// Clock-anchored times that have come lately, so that none comes twice.
    pub fired: Vec<NaiveDateTime>,
    /// The break that was due, if one was.
    pub due: Option<SavedBreak>,
}

/// A break that was due, announced, snoozed or under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedBreak {
    /// When it became due.
    pub due: DateTime<Utc>,
    /// When it was first announced, if it was.
    pub announced: Option<DateTime<Utc>>,
    /// The clock-anchored time it belongs to, if any.
    pub anchor: Option<DateTime<Utc>>,
    /// The stretches chosen, if any were.
    pub stretches: Vec<StretchId>,
    /// Snoozes used.
    pub snoozes: u32,
    /// What was left of a snooze.
    pub snooze_left: Option<Duration>,
    /// The reminder it is taken together with.
    pub absorbed_by: Option<String>,
}

/// The bag of stretches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedBag {
    /// State of the random numbers.
    pub random: u64,
    /// What has come in this round, as often as it came.
    pub used: Vec<StretchId>,
    /// What rests in this round, because it comes in every second one only.
    pub resting: Vec<StretchId>,
    /// What came last.
    pub last: Option<StretchId>,
}

/// A meeting that the user told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavedMeeting {
    /// How much longer it lasts.
    pub left: Duration,
    /// How long until the question whether it goes on.
    pub ask_in: Duration,
}

/// A pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavedPause {
    /// Until the user resumes.
    Resumed,
    /// For this much longer.
    For(Duration),
    /// Until the wall clock shows this time.
    Time {
        /// The time the user named.
        time: NaiveTime,
        /// The instant meant when it was saved.
        at: DateTime<Utc>,
    },
}
