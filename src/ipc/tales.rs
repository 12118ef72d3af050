//! The story of the last breaks, as it travels over the bus, comes out of `unhunch why --json`,
//! and is kept for the next run of the program: plain structs with a version.

use std::{fs, io::Read as _, path::Path, time::Duration};

use anyhow::{Context as _, ensure};
use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::{Deserialize, Serialize};

use crate::core::{
    chronicle::{Because, Chapter, Chronicle, Tale, What},
    schedule::effect::By,
    stretch::StretchId,
};

/// Rises with every change that a reader of the older form could trip over.
pub const WHY_VERSION: u32 = 1;

/// More than any story has, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The last breaks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// [`WHY_VERSION`].
    pub v: u32,
    /// Each of them, the oldest first; those that are not over wait or are under way.
    pub breaks: Vec<Break>,
}

/// What became of one break.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Break {
    /// Id of its reminder.
    pub reminder: String,
    /// Whether it is over.
    pub over: bool,
    /// What happened, in order.
    pub chapters: Vec<Event>,
}

/// What happened in the last day, as `unhunch log --json` says it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Log {
    /// [`WHY_VERSION`].
    pub v: u32,
    /// One after the other.
    pub events: Vec<Entry>,
}

/// Something that happened, and to which break.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Id of its reminder.
    pub reminder: String,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// Something that happened to a break. Lengths are in seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When, RFC 3339; for a reason, since when.
    pub at: DateTime<FixedOffset>,
    /// What.
    #[serde(flatten)]
    pub what: Kind,
}

/// What happened, by the names of the events of `simulate`, and `because` and `dropped` besides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the variants of `core::chronicle::What`, one for one"
)]
pub enum Kind {
    Due,
    Held,
    Because {
        reason: String,
        text: String,
        to: Option<DateTime<FixedOffset>>,
    },
    Released,
    Announced {
        stretches: Vec<String>,
    },
    Opened,
    Started {
        stretches: Vec<String>,
    },
    Completed {
        stretched_s: u64,
    },
    Abandoned {
        stretched_s: u64,
    },
    Snoozed {
        for_s: u64,
        by: Snoozer,
    },
    Skipped,
    Missed,
    Withdrawn,
    Absorbed {
        by: String,
    },
    NaturalBreak {
        away_s: u64,
    },
    Dropped,
}

/// Who snoozed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants of `core::schedule::effect::By`")]
pub enum Snoozer {
    User,
    Timeout,
}

/// The story as JSON.
#[must_use]
pub fn json(chronicle: &Chronicle) -> String {
    serde_json::to_string(&Why::from(chronicle)).unwrap_or_else(|error| {
        log::error!("the story cannot be written as JSON: {error}");
        String::from("{}")
    })
}

/// The story from JSON.
///
/// # Errors
/// When it is none, or one of a later version.
pub fn parse(json: &str) -> anyhow::Result<Why> {
    let why: Why = serde_json::from_str(json).context("reading the story of the last breaks")?;
    ensure!(why.v == WHY_VERSION, "version {}", why.v);
    Ok(why)
}

/// The story that is kept in this file.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn read(file: &Path) -> anyhow::Result<Chronicle> {
    let mut text = String::new();
    let opened = fs::File::open(file).context("opening the story of the last breaks")?;
    opened.take(LARGEST).read_to_string(&mut text)?;
    Ok(parse(&text)?.into())
}

impl From<&Chronicle> for Why {
    fn from(chronicle: &Chronicle) -> Self {
        let breaks = chronicle.breaks.iter().map(|tale| Break {
            reminder: tale.reminder.clone(),
            over: tale.over,
            chapters: tale.chapters.iter().map(Event::from).collect(),
        });
        Self {
            v: WHY_VERSION,
            breaks: breaks.collect(),
        }
    }
}

impl From<Why> for Chronicle {
    fn from(why: Why) -> Self {
        let breaks = why.breaks.into_iter().map(|told| Tale {
            reminder: told.reminder,
            over: told.over,
            chapters: told.chapters.into_iter().map(Chapter::from).collect(),
        });
        Self {
            breaks: breaks.collect(),
        }
    }
}

impl From<&Chapter> for Event {
    fn from(chapter: &Chapter) -> Self {
        let names = |stretches: &[StretchId]| stretches.iter().map(|id| id.0.clone()).collect();
        let what = match &chapter.what {
            What::Due => Kind::Due,
            What::Held => Kind::Held,
            What::Because(because) => Kind::Because {
                reason: because.reason.clone(),
                text: because.text.clone(),
                to: because.to.map(whole),
            },
            What::Released => Kind::Released,
            What::Announced(stretches) => Kind::Announced {
                stretches: names(stretches),
            },
            What::Opened => Kind::Opened,
            What::Started(stretches) => Kind::Started {
                stretches: names(stretches),
            },
            What::Completed(stretched) => Kind::Completed {
                stretched_s: stretched.as_secs(),
            },
            What::Abandoned(stretched) => Kind::Abandoned {
                stretched_s: stretched.as_secs(),
            },
            What::Snoozed(length, by) => Kind::Snoozed {
                for_s: length.as_secs(),
                by: match by {
                    By::User => Snoozer::User,
                    By::Timeout => Snoozer::Timeout,
                },
            },
            What::Skipped => Kind::Skipped,
            What::Missed => Kind::Missed,
            What::Withdrawn => Kind::Withdrawn,
            What::Absorbed(by) => Kind::Absorbed { by: by.clone() },
            What::Natural(away) => Kind::NaturalBreak {
                away_s: away.as_secs(),
            },
            What::Dropped => Kind::Dropped,
        };
        let at = match &chapter.what {
            What::Because(because) => because.from,
            What::Due
            | What::Held
            | What::Released
            | What::Announced(_)
            | What::Opened
            | What::Started(_)
            | What::Completed(_)
            | What::Abandoned(_)
            | What::Snoozed(..)
            | What::Skipped
            | What::Missed
            | What::Withdrawn
            | What::Absorbed(_)
            | What::Natural(_)
            | What::Dropped => chapter.at,
        };
        Self {
            at: whole(at),
            what,
        }
    }
}

impl From<Event> for Chapter {
    fn from(event: Event) -> Self {
        let ids = |names: Vec<String>| names.into_iter().map(StretchId).collect();
        let what = match event.what {
            Kind::Due => What::Due,
            Kind::Held => What::Held,
            Kind::Because { reason, text, to } => What::Because(Because {
                reason,
                text,
                from: event.at,
                to,
            }),
            Kind::Released => What::Released,
            Kind::Announced { stretches } => What::Announced(ids(stretches)),
            Kind::Opened => What::Opened,
            Kind::Started { stretches } => What::Started(ids(stretches)),
            Kind::Completed { stretched_s } => What::Completed(Duration::from_secs(stretched_s)),
            Kind::Abandoned { stretched_s } => What::Abandoned(Duration::from_secs(stretched_s)),
            Kind::Snoozed { for_s, by } => What::Snoozed(
                Duration::from_secs(for_s),
                match by {
                    Snoozer::User => By::User,
                    Snoozer::Timeout => By::Timeout,
                },
            ),
            Kind::Skipped => What::Skipped,
            Kind::Missed => What::Missed,
            Kind::Withdrawn => What::Withdrawn,
            Kind::Absorbed { by } => What::Absorbed(by),
            Kind::NaturalBreak { away_s } => What::Natural(Duration::from_secs(away_s)),
            Kind::Dropped => What::Dropped,
        };
        Self { at: event.at, what }
    }
}

/// Nobody asks for parts of a second.
fn whole(at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    let text = at.to_rfc3339_opts(SecondsFormat::Secs, false);
    text.parse().unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_told() {
        let at: DateTime<FixedOffset> = "2026-03-02T10:00:00+01:00".parse().unwrap();
        let stretches = || vec![StretchId("shoulder_roll".to_owned())];
        let s = Duration::from_secs;
        let all = [
            What::Due,
            What::Held,
            What::Because(Because {
                reason: "meeting".to_owned(),
                text: "Firefox uses the microphone".to_owned(),
                from: at,
                to: Some(at),
            }),
            What::Released,
            What::Announced(stretches()),
            What::Opened,
            What::Started(stretches()),
            What::Completed(s(60)),
            What::Abandoned(s(4)),
            What::Snoozed(s(300), By::Timeout),
            What::Skipped,
            What::Missed,
            What::Withdrawn,
            What::Absorbed("long".to_owned()),
            What::Natural(s(420)),
            What::Dropped,
        ];
        let chronicle = Chronicle {
            breaks: vec![Tale {
                reminder: "back".to_owned(),
                chapters: (all.into_iter()).map(|what| Chapter { at, what }).collect(),
                over: true,
            }],
        };
        let json = json(&chronicle);
        assert_eq!(Chronicle::from(parse(&json).unwrap()), chronicle);
        assert!(json.starts_with(r#"{"v":1,"breaks":[{"reminder":"back","over":true,"#));
        assert!(
            json.contains(r#"{"at":"2026-03-02T10:00:00+01:00","event":"due"}"#),
            "{json}"
        );
        assert!(parse(&json.replace("\"v\":1", "\"v\":2")).is_err());
    }
}
