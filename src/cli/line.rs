//! The status in one line of the user's own making, for bars: `{state} {next}`.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, Utc};

use super::describe;
use crate::{
    core::span,
    diagnostic::{did_you_mean, one_of},
    ipc::wire::Status,
    text::{text, text_with},
};

/// What a place in the line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    State,
    Next,
    NextAt,
    Reminder,
    Worked,
    Stretches,
    Reasons,
    PausedUntil,
    MeetingUntil,
    Text,
}

/// Every place by its name.
const PLACES: [(&str, Place); 10] = [
    ("state", Place::State),
    ("next", Place::Next),
    ("next_at", Place::NextAt),
    ("reminder", Place::Reminder),
    ("worked", Place::Worked),
    ("stretches", Place::Stretches),
    ("reasons", Place::Reasons),
    ("paused_until", Place::PausedUntil),
    ("meeting_until", Place::MeetingUntil),
    ("text", Place::Text),
];

/// In what notation a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notation {
    Plain,
    /// Inside the quotes of a JSON string.
    Json,
    /// As text in Pango markup.
    Markup,
}

/// Every notation by its name.
const NOTATIONS: [(&str, Notation); 2] = [("json", Notation::Json), ("markup", Notation::Markup)];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Place(Place, Notation),
}

/// A line with places for values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(Vec<Piece>);

impl Line {
    /// Reads a format. `{{` and `}}` stand for single braces.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what could be written instead.
    pub fn parse(format: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = format;
        while let Some(at) = rest.find(['{', '}']) {
            plain += &rest[..at];
            let from = &rest[at..];
            if from.starts_with("{{") || from.starts_with("}}") {
                plain += &from[..1];
                rest = &from[2..];
                continue;
            }
            let end = from.find('}').filter(|end| *end > 0);
            let Some(end) = end else {
                return Err(text("format-brace"));
            };
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(place(&from[1..end])?);
            rest = &from[end + 1..];
        }
        pieces.push(Piece::Text(plain + rest));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        Ok(Self(pieces))
    }

    /// The line for this status at this time; without a status no program runs.
    #[must_use]
    pub fn show(&self, status: Option<&Status>, now: DateTime<Utc>) -> String {
        let current = status.map(|status| at(status, now));
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Place(place, notation) => notation.write(&place.value(current.as_ref())),
        });
        // A line is a line, whatever names there are.
        pieces.collect::<String>().replace(['\n', '\r'], " ")
    }

    /// How long the line stays as it is if nothing happens, as far as its times go.
    #[must_use]
    pub fn lasts(&self, status: Option<&Status>, now: DateTime<Utc>) -> Option<Duration> {
        let has = |wanted| {
            let is = |piece: &Piece| matches!(piece, Piece::Place(place, _) if *place == wanted);
            self.0.iter().any(is)
        };
        // A sentence rounds to the nearest minute, a number to the next one.
        let step = match (has(Place::Text), has(Place::Next) || has(Place::Worked)) {
            (true, _) => 30_000,
            (false, true) => 60_000,
            (false, false) => return None,
        };
        let due = due(status?)?;
        let left = u64::try_from((due - now.fixed_offset()).num_milliseconds()).ok()?;
        let until_step = match left % step {
            _ if left == 0 => return None,
            0 => step,
            some => some,
        };
        // A little later, so that the step is surely past.
        Some(Duration::from_millis(until_step + 50))
    }
}

/// When the next break is due, if that is known.
fn due(status: &Status) -> Option<DateTime<FixedOffset>> {
    let at = status.next.as_ref()?.at.as_ref()?;
    DateTime::parse_from_rfc3339(at).ok()
}

/// A status from before as it is now: where a moment is known, what is left until then.
fn at(status: &Status, now: DateTime<Utc>) -> Status {
    let mut status = status.clone();
    let Some(due) = due(&status) else {
        return status;
    };
    let Some(next) = &mut status.next else {
        return status;
    };
    let left = (due - now.fixed_offset()).as_seconds_f64().max(0.0);
    let passed = (next.in_s - left).max(0.0);
    next.in_s = left;
    if let Some(reminder) = status.reminders.get_mut(&next.reminder) {
        reminder.work_s += passed;
    }
    status
}

fn place(written: &str) -> Result<Piece, String> {
    let (name, notation) = match written.split_once(':') {
        Some((name, notation)) => (name, Some(notation)),
        None => (written, None),
    };
    let found = PLACES.iter().find(|(known, _)| *known == name);
    let place = found.map(|(_, place)| *place);
    let place = place.ok_or_else(|| unknown("format-place", name, PLACES.map(|(name, _)| name)))?;
    let Some(written) = notation else {
        return Ok(Piece::Place(place, Notation::Plain));
    };
    let found = NOTATIONS.iter().find(|(known, _)| *known == written);
    let notation = found.map(|(_, notation)| *notation);
    notation
        .map(|notation| Piece::Place(place, notation))
        .ok_or_else(|| unknown("format-notation", written, NOTATIONS.map(|(name, _)| name)))
}

fn unknown<const N: usize>(id: &'static str, found: &str, known: [&'static str; N]) -> String {
    let said = text_with(
        id,
        &[
            ("found", found.to_owned().into()),
            ("known", one_of(known).into()),
        ],
    );
    match did_you_mean(found, known) {
        Some(meant) => {
            let meant = text_with("format-meant", &[("meant", meant.into())]);
            format!("{said} {meant}")
        }
        None => said,
    }
}

impl Place {
    fn value(self, status: Option<&Status>) -> String {
        let Some(status) = status else {
            return match self {
                Self::State => "off".to_owned(),
                Self::Text => text("cli-not-running-short"),
                Self::Next
                | Self::NextAt
                | Self::Reminder
                | Self::Worked
                | Self::Stretches
                | Self::Reasons
                | Self::PausedUntil
                | Self::MeetingUntil => String::new(),
            };
        };
        let next = status.next.as_ref();
        let current = status.current.as_ref();
        match self {
            Self::State => status.state.clone(),
            Self::Next => next.map(|next| minutes_up(next.in_s)).unwrap_or_default(),
            Self::NextAt => clock(next.and_then(|next| next.at.as_ref())),
            Self::Reminder => (current.map(|current| current.reminder.clone()))
                .or_else(|| next.map(|next| next.reminder.clone()))
                .unwrap_or_default(),
            Self::Worked => next
                .and_then(|next| status.reminders.get(&next.reminder))
                .map(|reminder| minutes_down(reminder.work_s))
                .unwrap_or_default(),
            Self::Stretches => current
                .map(|current| current.stretches.join(", "))
                .unwrap_or_default(),
            Self::Reasons => status.reasons.join(", "),
            Self::PausedUntil => clock(status.paused_until.as_ref()),
            Self::MeetingUntil => clock(status.meeting_until.as_ref()),
            Self::Text => describe::now(status),
        }
    }
}

impl Notation {
    fn write(self, value: &str) -> String {
        match self {
            Self::Plain => value.to_owned(),
            Self::Json => {
                let quoted = serde_json::Value::from(value).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::Markup => value
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;"),
        }
    }
}

/// Whole minutes until something, so that the last one is called 1 to its end.
fn minutes_up(seconds: f64) -> String {
    minutes((seconds / 60.0).ceil())
}

/// Whole minutes that have passed.
fn minutes_down(seconds: f64) -> String {
    minutes((seconds / 60.0).floor())
}

fn minutes(count: f64) -> String {
    let length = Duration::try_from_secs_f64(count * 60.0).unwrap_or_default();
    match length.is_zero() {
        true => "0min".to_owned(),
        false => span::format(length),
    }
}

/// The time of day in an RFC 3339 text, or nothing.
fn clock(rfc3339: Option<&String>) -> String {
    let at = rfc3339.and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    at.map(|at| at.format("%H:%M").to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: &str = r#"{"v":1,"version":"0.1.0","state":"working","reasons":[],"reminders":
        {"upper-back":{"work_s":2220.0,"due_in_s":1380.0,"snoozes":0,"reasons":[]}},
        "next":{"reminder":"upper-back","in_s":1380.0,"at":"2026-03-02T10:00:00+01:00"},
        "current":null,"paused_until":null,"idle":"active","notifier":"ok","problems":[]}"#;

    fn status() -> Status {
        serde_json::from_str(STATUS).unwrap()
    }

    fn time(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    fn shown(format: &str, at: &str) -> String {
        Line::parse(format).unwrap().show(Some(&status()), time(at))
    }

    #[test]
    fn places_are_filled_in_and_braces_are_braces() {
        let line = shown(
            "{state}: {next} ({next_at}), {worked}",
            "2026-03-02T09:37:00+01:00",
        );
        assert_eq!(line, "working: 23min (10:00), 37min");
        let json = r#"{{"text": "{next:json}", "class": "{state:json}"}}"#;
        let line = shown(json, "2026-03-02T09:37:00+01:00");
        assert_eq!(line, r#"{"text": "23min", "class": "working"}"#);
        assert_eq!(shown("no places", "2026-03-02T09:37:00+01:00"), "no places");
    }

    #[test]
    fn minutes_count_down_without_asking_anybody() {
        for (at, next) in [
            ("09:37:00", "23min"),
            ("09:37:01", "23min"),
            ("09:38:00", "22min"),
            ("08:00:00", "2h"),
            ("09:59:59", "1min"),
            ("10:00:00", "0min"),
            ("10:30:00", "0min"),
        ] {
            let at = format!("2026-03-02T{at}+01:00");
            assert_eq!(shown("{next}", &at), next, "{at}");
        }
        let line = Line::parse("{next}").unwrap();
        let lasts = |at: &str| line.lasts(Some(&status()), time(at));
        let soon = lasts("2026-03-02T09:37:20+01:00").unwrap();
        assert_eq!(soon.as_secs(), 40);
        assert_eq!(lasts("2026-03-02T09:37:00+01:00").unwrap().as_secs(), 60);
        assert_eq!(lasts("2026-03-02T10:00:00+01:00"), None, "it is due");
        let still = Line::parse("{state} {next_at}").unwrap();
        let now = time("2026-03-02T09:37:20+01:00");
        assert_eq!(still.lasts(Some(&status()), now), None);
    }

    #[test]
    fn without_a_program_there_is_a_line_as_well() {
        let line = Line::parse("{state}|{next}|{reminder}").unwrap();
        let now = time("2026-03-02T09:37:00+01:00");
        assert_eq!(line.show(None, now), "off||");
        assert_eq!(line.lasts(None, now), None);
    }

    #[test]
    fn notations_keep_their_readers_safe() {
        assert_eq!(
            Notation::Json.write("say \"no\"\\\n"),
            "say \\\"no\\\"\\\\\\n"
        );
        assert_eq!(Notation::Markup.write("<b> & co"), "&lt;b&gt; &amp; co");
    }

    #[test]
    fn what_is_wrong_with_a_format_is_said() {
        for (format, part) in [
            ("{nxt}", "next"),
            ("{state:jsn}", "json"),
            ("{state", "{{"),
            ("state}", "{{"),
            ("{}", "state"),
        ] {
            let why = Line::parse(format).unwrap_err();
            assert!(why.contains(part), "{format}: {why}");
        }
    }
}
