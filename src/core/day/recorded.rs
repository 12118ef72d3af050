//! The steps that only days have which the program wrote itself: what exactly each part of the
//! desktop said, and how things stood before.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};

use super::{
    Action, Before, Complaint, Expected,
    parse::{Words, exact_span},
};
use crate::core::{
    schedule::{SavedBag, SavedBreak, SavedMeeting, SavedPause, Sensor, WindowNews, event::Answer},
    stretch::StretchId,
};

/// Reads what comes behind `input`, `window`, `seed` or `before`.
pub(super) fn read(words: &Words<'_>) -> Result<Action, Complaint> {
    let said = match words.head() {
        "input" => input(words.rest()).map(Action::Input),
        "window" => window(words.rest()),
        "seed" => words.rest().parse().ok().map(Action::Seed),
        _ => before(words.rest()).map(Action::Before),
    };
    said.ok_or_else(|| words.complain_of_rest(Expected::Recorded))
}

fn input(text: &str) -> Option<Sensor> {
    let (word, length) = cut(text);
    match word {
        "active" if length.is_empty() => Some(Sensor::Active),
        "unknown" if length.is_empty() => Some(Sensor::Unknown),
        "idle" => span(length).map(Sensor::IdleFor),
        "film-on" => span(length).map(|ago| Sensor::KeptAwake { on: true, ago }),
        "film-off" => span(length).map(|ago| Sensor::KeptAwake { on: false, ago }),
        _ => None,
    }
}

fn window(text: &str) -> Option<Action> {
    let (number, said) = cut(text);
    let (word, rest) = cut(said);
    let news = match word {
        "countdown" => WindowNews::Countdown(on_off(rest)?),
        "done" => WindowNews::Done {
            stretched: span(rest)?,
        },
        "closed" if rest.is_empty() => WindowNews::Closed { stretched: None },
        "closed" => WindowNews::Closed {
            stretched: Some(span(rest)?),
        },
        "other" => WindowNews::OtherStretch {
            place: rest.parse().ok()?,
        },
        "not-for-me" => {
            let (stretch, place) = placed(rest)?;
            WindowNews::NotForMe { stretch, place }
        }
        "put-back" => {
            let (stretch, place) = placed(rest)?;
            WindowNews::PutBack { stretch, place }
        }
        _ => {
            let (answer, stretched) = said.rsplit_once("after ")?;
            WindowNews::Answered {
                answer: answer_of(answer.trim_end())?,
                stretched: span(stretched)?,
            }
        }
    };
    Some(Action::Window(number.parse().ok()?, news))
}

fn placed(text: &str) -> Option<(StretchId, usize)> {
    let (place, id) = cut(text);
    let named = !id.is_empty();
    named.then_some((StretchId(id.to_owned()), place.parse().ok()?))
}

fn answer_of(text: &str) -> Option<Answer> {
    match cut(text) {
        ("start", "") => Some(Answer::Start),
        ("skip", "") => Some(Answer::Skip),
        ("snooze", "") => Some(Answer::Snooze(None)),
        ("snooze", length) => Some(Answer::Snooze(Some(span(length)?))),
        _ => None,
    }
}

fn before(text: &str) -> Option<Before> {
    let (word, rest) = cut(text);
    Some(match word {
        "at" => Before::At(instant(rest)?),
        "off" => Before::Off(span(rest)?),
        "idle" => Before::Idle(span(rest)?),
        "watched" if rest.is_empty() => Before::Watched,
        "hours-begun" => Before::HoursBegun(local(rest)?),
        "inside-hours" => Before::InsideHours(on_off(rest)?),
        "prompt" => Before::Prompt(rest.parse().ok()?),
        "pause" => Before::Pause(pause(rest)?),
        "meeting" => Before::Meeting(SavedMeeting {
            left: span(value(rest, "left")?)?,
            ask_in: span(value(rest, "ask-in")?)?,
        }),
        "bag" => Before::Bag(SavedBag {
            random: value(rest, "random")?.parse().ok()?,
            used: ids(value(rest, "used")),
            resting: ids(value(rest, "resting")),
            last: value(rest, "last").map(|id| StretchId(id.to_owned())),
        }),
        "work" => {
            let (id, work) = cut(rest);
            Before::Work(id.to_owned(), span(work)?)
        }
        "fired" => {
            let (id, at) = cut(rest);
            Before::Fired(id.to_owned(), local(at)?)
        }
        "due" => {
            let (id, rest) = cut(rest);
            Before::Due(id.to_owned(), due(rest)?)
        }
        _ => return None,
    })
}

fn pause(text: &str) -> Option<SavedPause> {
    if text.is_empty() {
        return Some(SavedPause::Resumed);
    }
    if let Some(left) = value(text, "left") {
        return span(left).map(SavedPause::For);
    }
    Some(SavedPause::Time {
        time: NaiveTime::parse_from_str(value(text, "until")?, "%H:%M:%S").ok()?,
        at: instant(value(text, "at")?)?,
    })
}

fn due(text: &str) -> Option<SavedBreak> {
    let at = |key| match value(text, key) {
        Some(written) => instant(written).map(Some),
        None => Some(None),
    };
    Some(SavedBreak {
        due: instant(value(text, "since")?)?,
        announced: at("announced")?,
        anchor: at("anchor")?,
        stretches: ids(value(text, "stretches")),
        snoozes: value(text, "snoozes")?.parse().ok()?,
        snooze_left: match value(text, "snooze-left") {
            Some(left) => Some(span(left)?),
            None => None,
        },
        absorbed_by: value(text, "absorbed-by").map(str::to_owned),
    })
}

/// The first word, and the rest.
fn cut(text: &str) -> (&str, &str) {
    let text = text.trim();
    (text.split_once(char::is_whitespace))
        .map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

/// The value in `key=value`.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let values = text
        .split_whitespace()
        .filter_map(|part| part.split_once('='));
    values
        .into_iter()
        .find_map(|(other, value)| (other == key).then_some(value))
}

fn ids(list: Option<&str>) -> Vec<StretchId> {
    let names = list.into_iter().flat_map(|list| list.split(','));
    names.map(|id| StretchId(id.to_owned())).collect()
}

fn span(text: &str) -> Option<Duration> {
    exact_span(text).ok()
}

fn on_off(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    text.parse().ok()
}

fn local(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()
}
