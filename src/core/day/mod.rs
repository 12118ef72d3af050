//! The day language: a written day, run through the real schedule as fast as it can.
//!
//! [`Day::parse`] reads the text, [`Script::new`] works out the settings that hold after each
//! `set`, [`run()`] steps the schedule from deadline to deadline and reports [`Entry`] after
//! [`Entry`]. Nothing here reads a file or prints; a mistake is a [`Complaint`] with its place.

mod log;
pub mod parse;
mod run;
mod script;
mod stand_in;

use std::{ops::Range, time::Duration};

use chrono::{DateTime, NaiveTime, Utc};

use super::{
    schedule::{Hold, MeetingNews, Notifier, PauseUntil, event::Answer},
    span::SpanError,
    time::Zone,
};

pub use log::{EVENTS, Entry, Field, Happening, moment};
pub use run::run;
pub use script::{Mistake, Script};

/// A written day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// When it starts.
    pub start: DateTime<Utc>,
    /// Where.
    pub zone: Zone,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// One line of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where its arguments are in the text, in bytes.
    pub place: Range<usize>,
    /// What it does.
    pub action: Action,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Input all along, for this long.
    Active(Duration),
    /// No input.
    Idle(Duration),
    /// The machine is suspended.
    Asleep(Duration),
    /// The program is not running, the machine is on, no input.
    Off(Duration),
    /// The screen is locked or unlocked.
    Lock(bool),
    /// A reason from outside to hold breaks begins or ends.
    Hold(Hold, bool),
    /// Something keeps the screen awake, or nothing does any more.
    Film(bool),
    /// The desktop can, or cannot, tell whether there is input.
    IdleSource(bool),
    /// What the notification server can do.
    Notifier(Notifier),
    /// The user answers.
    Answer(Answer),
    /// The running stretch is finished now.
    StretchDone,
    /// The window is closed early.
    StretchClose,
    /// Another stretch is asked for in place of the one that is shown.
    StretchOther,
    /// "Stretch now".
    Now(Option<String>),
    /// The program is paused.
    Pause(PauseUntil),
    /// The pause ends.
    Resume,
    /// The user tells of a meeting.
    Meeting(MeetingNews),
    /// A key of the settings changes, as if the file had been edited and read again.
    Set {
        /// The dotted path.
        key: String,
        /// The value, as in the file.
        value: String,
    },
    /// Somebody sets the wall clock.
    Clock {
        /// Forward, not back.
        forward: bool,
        /// By this much.
        by: Duration,
    },
    /// Somebody travels.
    Zone(Zone),
    /// A status is printed.
    Probe,
}

/// Something in the text of a day that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where, in bytes. Empty where something is missing.
    pub place: Range<usize>,
    /// What stands there.
    pub found: String,
    /// What should.
    pub expected: Expected,
}

/// What a line, or a part of it, should have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `start 2026-03-02T09:00 Europe/Berlin`, before anything else.
    Start,
    /// A local date and time, such as `2026-03-02T09:00`.
    DateTime,
    /// A time zone, such as `Europe/Berlin`.
    Zone,
    /// One of the steps.
    Step,
    /// A length of time, and what is wrong with the one found.
    Span(SpanError),
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of a program, then `on` or `off`.
    App,
    /// A length of time or `until 06:00`, or nothing.
    PauseEnd,
    /// A length of time, `off` or `more`, or nothing.
    Meeting,
    /// A time of day, such as `06:00`.
    TimeOfDay,
    /// A key, `=` and a value.
    Setting,
    /// `+` or `-` and a length of time.
    Shift,
    /// The end of the line.
    Nothing,
    /// The id of one of these reminders.
    Reminder(Vec<String>),
}

/// A time of day, as in the settings: `6:00` or `06:00`.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}
