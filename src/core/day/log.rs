//! What happened on a day, in the words of the contract.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, SecondsFormat};

use crate::core::{
    schedule::{
        Status, Story,
        effect::{By, Reason},
    },
    stretch::StretchId,
};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Whole seconds since the start of the day, sleep included.
    pub t: u64,
    /// What the user's clock showed.
    pub at: DateTime<FixedOffset>,
    /// What happened.
    pub what: Happening,
}

/// What happened, or was asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// The schedule tells something.
    Story(Story),
    /// A probe.
    Status(Status),
}

/// A value of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Nothing, where there could be something.
    Null,
    /// A name, or a moment.
    Text(String),
    /// Seconds, or a count.
    Whole(u64),
    /// Several names.
    List(Vec<String>),
    /// Further values by name.
    Table(Vec<(String, Self)>),
}

/// The names of all events that are told, in the order of the contract.
pub const EVENTS: [&str; 21] = [
    "due",
    "held",
    "released",
    "announced",
    "opened",
    "started",
    "completed",
    "abandoned",
    "snoozed",
    "skipped",
    "missed",
    "withdrawn",
    "absorbed",
    "natural_break",
    "paused",
    "resumed",
    "in_meeting",
    "meeting_ends_soon",
    "meeting_over",
    "hours_began",
    "hours_ended",
];

impl Entry {
    /// The name of the event.
    #[must_use]
    pub fn event(&self) -> &'static str {
        match &self.what {
            Happening::Status(_) => "status",
            Happening::Story(story) => story.event(),
        }
    }

    /// Its further keys, in order.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, Field)> {
        match &self.what {
            Happening::Status(status) => status_fields(status),
            Happening::Story(story) => story.fields(),
        }
    }
}

impl Story {
    /// The name of the event.
    #[must_use]
    pub fn event(&self) -> &'static str {
        match self {
            Self::Due { .. } => "due",
            Self::Held { .. } => "held",
            Self::Released { .. } => "released",
            Self::Announced { .. } => "announced",
            Self::Opened { .. } => "opened",
            Self::Started { .. } => "started",
            Self::Completed { .. } => "completed",
            Self::Abandoned { .. } => "abandoned",
            Self::Snoozed { .. } => "snoozed",
            Self::Skipped { .. } => "skipped",
            Self::Missed { .. } => "missed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Absorbed { .. } => "absorbed",
            Self::NaturalBreak { .. } => "natural_break",
            Self::Paused { .. } => "paused",
            Self::Resumed => "resumed",
            Self::InMeeting { .. } => "in_meeting",
            Self::MeetingEndsSoon { .. } => "meeting_ends_soon",
            Self::MeetingOver => "meeting_over",
            Self::HoursBegan => "hours_began",
            Self::HoursEnded => "hours_ended",
        }
    }

    /// Its further keys, in order.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, Field)> {
        match self {
            Self::Due { reminder }
            | Self::Skipped { reminder }
            | Self::Missed { reminder }
            | Self::Withdrawn { reminder } => vec![("reminder", text(reminder))],
            Self::Held { reminder, reasons } | Self::Released { reminder, reasons } => vec![
                ("reminder", text(reminder)),
                ("reasons", Field::List(words(reasons))),
            ],
            Self::Announced {
                reminder,
                stretches,
                snoozes,
            } => vec![
                ("reminder", text(reminder)),
                ("stretch", names(stretches)),
                ("snoozes", Field::Whole(u64::from(*snoozes))),
            ],
            Self::Opened {
                reminder,
                stretches,
            }
            | Self::Started {
                reminder,
                stretches,
            } => vec![("reminder", text(reminder)), ("stretch", names(stretches))],
            Self::Completed {
                reminder,
                stretches,
                stretched,
            }
            | Self::Abandoned {
                reminder,
                stretches,
                stretched,
            } => vec![
                ("reminder", text(reminder)),
                ("stretch", names(stretches)),
                ("stretched_s", seconds(*stretched)),
            ],
            Self::Snoozed {
                reminder,
                length,
                snoozes,
                by,
            } => vec![
                ("reminder", text(reminder)),
                ("for_s", seconds(*length)),
                ("snoozes", Field::Whole(u64::from(*snoozes))),
                ("by", text(by.word())),
            ],
            Self::Absorbed { reminder, by } => vec![("reminder", text(reminder)), ("by", text(by))],
            Self::NaturalBreak { reminder, away } => {
                vec![("reminder", text(reminder)), ("away_s", seconds(*away))]
            }
            Self::Paused { until }
            | Self::InMeeting { until }
            | Self::MeetingEndsSoon { until } => {
                vec![("until", until.map_or(Field::Null, |at| moment(&at)))]
            }
            Self::Resumed => vec![("until", Field::Null)],
            Self::MeetingOver | Self::HoursBegan | Self::HoursEnded => Vec::new(),
        }
    }
}

impl By {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Timeout => "timeout",
        }
    }
}

impl Reason {
    /// The word for it. A program on the user's list is `app`, whichever it is.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Meeting => "meeting",
            Self::Fullscreen => "fullscreen",
            Self::Locked => "locked",
            Self::Away => "away",
            Self::Paused => "paused",
            Self::Hours => "hours",
            Self::App(_) => "app",
        }
    }
}

/// A moment as the user reads it, with its distance from UTC.
#[must_use]
pub fn moment(at: &DateTime<FixedOffset>) -> Field {
    Field::Text(at.to_rfc3339_opts(SecondsFormat::Secs, false))
}

fn status_fields(status: &Status) -> Vec<(&'static str, Field)> {
    let reminders = (status.reminders.iter())
        .map(|reminder| {
            let fields = vec![
                ("work_s".to_owned(), seconds(reminder.work)),
                ("due_in_s".to_owned(), seconds(reminder.due_in)),
                (
                    "snoozes".to_owned(),
                    Field::Whole(u64::from(reminder.snoozes)),
                ),
            ];
            (reminder.id.clone(), Field::Table(fields))
        })
        .collect();
    vec![
        ("state", text(status.state.word())),
        ("reminders", Field::Table(reminders)),
    ]
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

fn seconds(span: Duration) -> Field {
    Field::Whole(span.as_secs())
}

fn names(stretches: &[StretchId]) -> Field {
    if stretches.is_empty() {
        return Field::Null;
    }
    let names: Vec<_> = stretches.iter().map(|id| id.0.as_str()).collect();
    Field::Text(names.join("+"))
}

/// The words for these reasons; several programs are one word.
fn words(reasons: &[Reason]) -> Vec<String> {
    let mut words: Vec<String> = reasons
        .iter()
        .map(|reason| reason.word().to_owned())
        .collect();
    words.dedup();
    words
}
