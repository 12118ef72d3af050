//! The day language: a written day, run through the real schedule as fast as it can.
//!
//! [`Day::parse`] reads the text, [`Script::new`] works out the settings that hold after each
//! `set` and `defaults`, [`run()`] steps the schedule from deadline to deadline and reports
//! [`Entry`] after [`Entry`]; a [`Play`] does the same for a day that is decided while it runs.
//! Nothing here reads a file or prints; a mistake is a [`Complaint`] with its place.

mod before;
pub mod example;
mod log;
pub mod parse;
mod play;
pub mod record;
mod recorded;
mod run;
mod script;
mod stand_in;
pub mod write;

use std::{ops::Range, time::Duration};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::{
    schedule::{Hold, MeetingNews, Notifier, PauseUntil, Sensor, WindowNews, event::Answer},
    span::SpanError,
    stretch::StretchId,
    time::Zone,
};

pub use before::Before;
pub use log::{EVENTS, Entry, Field, Happening, moment};
pub use play::{Pastime, Play};
pub use run::run;
pub use script::{Mistake, Script, Setting};

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
    /// The user answers the announcement with this number.
    AnswerTo(u64, Answer),
    /// "Stretch now".
    Now {
        /// For this reminder; `None`: the next one.
        reminder: Option<String>,
        /// With this stretch; `None`: the next of the rotation.
        stretch: Option<StretchId>,
    },
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
    /// From here on the program wrote this day itself: the desktop and the windows say only what
    /// stands here.
    Recorded,
    /// The settings are the defaults; what differs follows.
    Defaults,
    /// In a recorded day: the settings that were changed count from now on.
    Reload,
    /// In a recorded day: the next start is a first one, with this seed.
    Seed(u64),
    /// In a recorded day: what an earlier run left for the next start.
    Before(Before),
    /// In a recorded day: the program starts.
    Run,
    /// In a recorded day: the program is about to end.
    Quit,
    /// In a recorded day: every sensor has had its say.
    Sensed,
    /// In a recorded day: what the idle source says.
    Input(Sensor),
    /// In a recorded day: what the window of the break with this number says.
    Window(u64, WindowNews),
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
    /// What only a recorded day says, in its own words.
    Recorded,
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

impl Day {
    /// Whether the program wrote it itself.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        (self.steps.iter()).any(|step| step.action == Action::Recorded)
    }

    /// What the clock shows at the end, and where.
    #[must_use]
    pub fn ends(&self) -> (DateTime<Utc>, Zone) {
        let (mut utc, mut zone) = (self.start, self.zone);
        let add = |utc: &mut DateTime<Utc>, by: Duration| {
            *utc += TimeDelta::from_std(by).unwrap_or_default();
        };
        for step in &self.steps {
            match &step.action {
                Action::Active(span)
                | Action::Idle(span)
                | Action::Asleep(span)
                | Action::Off(span)
                | Action::Clock {
                    forward: true,
                    by: span,
                } => add(&mut utc, *span),
                Action::Clock { forward: false, by } => {
                    utc -= TimeDelta::from_std(*by).unwrap_or_default();
                }
                Action::Zone(to) => zone = *to,
                Action::Lock(_)
                | Action::Hold(..)
                | Action::IdleSource(_)
                | Action::Film(_)
                | Action::Notifier(_)
                | Action::Answer(_)
                | Action::AnswerTo(..)
                | Action::StretchDone
                | Action::StretchClose
                | Action::StretchOther
                | Action::Now { .. }
                | Action::Pause(_)
                | Action::Resume
                | Action::Meeting(_)
                | Action::Set { .. }
                | Action::Probe
                | Action::Recorded
                | Action::Defaults
                | Action::Reload
                | Action::Seed(_)
                | Action::Before(_)
                | Action::Run
                | Action::Quit
                | Action::Sensed
                | Action::Input(_)
                | Action::Window(..) => {}
            }
        }
        (utc, zone)
    }
}
