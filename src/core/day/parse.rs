//! From the text of a day to its steps.

use std::{ops::Range, time::Duration};

use chrono::NaiveDateTime;

use super::{Action, Complaint, Day, Expected, Step, recorded, time_of_day};
use crate::core::{
    schedule::{Hold, MeetingNews, Notifier, PauseUntil, event::Answer},
    span,
    stretch::StretchId,
    time::Zone,
};

/// Every word with which a line may begin.
pub const STEPS: &[&str] = &[
    "active",
    "idle",
    "asleep",
    "off",
    "lock",
    "unlock",
    "quiet",
    "meeting",
    "fullscreen",
    "app",
    "film",
    "idle-source",
    "notifier",
    "answer",
    "stretch",
    "now",
    "pause",
    "resume",
    "in-meeting",
    "set",
    "clock",
    "zone",
    "probe",
    "recorded",
    "defaults",
    "reload",
    "seed",
    "before",
    "run",
    "quit",
    "sensed",
    "input",
    "window",
];

const ON_OFF: &[&str] = &["on", "off"];
const NOTIFIERS: &[&str] = &["ok", "no-buttons", "gone"];
const ANSWERS: &[&str] = &["start", "snooze", "skip"];
const STRETCH: &[&str] = &["done", "close", "other"];

impl Day {
    /// Reads the text of a day.
    ///
    /// # Errors
    /// Every line that cannot be read.
    pub fn parse(text: &str) -> Result<Self, Vec<Complaint>> {
        let mut complaints = Vec::new();
        let mut start = None;
        let mut steps = Vec::new();
        for words in lines(text) {
            if start.is_none() {
                match read_start(&words) {
                    Ok(read) => start = Some(Some(read)),
                    Err(complaint) => {
                        complaints.push(complaint);
                        start = Some(None);
                        if words.head == "start" {
                            continue;
                        }
                    }
                }
                if words.head == "start" {
                    continue;
                }
            }
            match read_step(&words) {
                Ok(action) => steps.push(Step {
                    place: words.arguments(),
                    action,
                }),
                Err(complaint) => complaints.push(complaint),
            }
        }
        match start {
            Some(Some((local, zone))) if complaints.is_empty() => Ok(Self {
                start: zone.instants(local).first(),
                zone,
                steps,
            }),
            Some(_) => Err(complaints),
            None => Err(vec![Complaint {
                place: text.len()..text.len(),
                found: String::new(),
                expected: Expected::Start,
            }]),
        }
    }
}

/// A line without its comment: the word it begins with, and the rest.
pub(super) struct Words<'a> {
    text: &'a str,
    head: &'a str,
    head_at: Range<usize>,
    rest_at: Range<usize>,
}

impl<'a> Words<'a> {
    /// The word it begins with.
    pub(super) fn head(&self) -> &'a str {
        self.head
    }

    /// Everything behind it.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.rest_at.clone()]
    }

    /// The arguments, or the whole line where there are none.
    fn arguments(&self) -> Range<usize> {
        if self.rest_at.is_empty() {
            self.head_at.clone()
        } else {
            self.rest_at.clone()
        }
    }

    fn complain(&self, place: Range<usize>, expected: Expected) -> Complaint {
        Complaint {
            found: self.text[place.clone()].to_owned(),
            place,
            expected,
        }
    }

    pub(super) fn complain_of_rest(&self, expected: Expected) -> Complaint {
        self.complain(self.rest_at.clone(), expected)
    }

    /// The first word of the rest, what follows it, and where that is.
    fn split(&self) -> (&'a str, Range<usize>, Words<'a>) {
        let rest = self.rest();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word_at = self.rest_at.start..self.rest_at.start + end;
        let behind = rest[end..].trim_start();
        let behind_at = self.rest_at.end - behind.len()..self.rest_at.end;
        let after = Words {
            text: self.text,
            head: self.head,
            head_at: self.head_at.clone(),
            rest_at: behind_at,
        };
        (&rest[..end], word_at, after)
    }
}

/// The lines that say something.
fn lines(text: &str) -> impl Iterator<Item = Words<'_>> {
    let mut next = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let begin = next;
        next += line.len();
        let said = without_comment(line).trim_end();
        let trimmed = said.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let head_begin = begin + (said.len() - trimmed.len());
        let head = trimmed.split_whitespace().next()?;
        let rest = trimmed[head.len()..].trim_start();
        let end = begin + said.len();
        Some(Words {
            text,
            head,
            head_at: head_begin..head_begin + head.len(),
            rest_at: end - rest.len()..end,
        })
    })
}

/// Cuts a comment off; a `#` inside quotes is none.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut escaped = false;
    // Elsewhere an apostrophe is an apostrophe.
    let is_setting = line.trim_start().starts_with("set ");
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), _) if c == open && !escaped => quote = None,
            (None, '"') => quote = Some(c),
            (None, '\'') if is_setting => quote = Some(c),
            (None, '#') => return &line[..at],
            _ => {}
        }
        escaped = false;
    }
    line
}

fn read_start(words: &Words<'_>) -> Result<(NaiveDateTime, Zone), Complaint> {
    if words.head != "start" {
        return Err(words.complain(words.head_at.clone(), Expected::Start));
    }
    let (date, date_at, zone) = words.split();
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(date, form).ok())
        .ok_or_else(|| words.complain(date_at, Expected::DateTime))?;
    Ok((local, read_zone(&zone)?))
}

fn read_zone(words: &Words<'_>) -> Result<Zone, Complaint> {
    let zone = words.rest();
    let fixed = || zone.parse().map(Zone::Fixed).ok();
    (zone.parse().map(Zone::Named).ok().or_else(fixed))
        .ok_or_else(|| words.complain_of_rest(Expected::Zone))
}

fn read_step(words: &Words<'_>) -> Result<Action, Complaint> {
    match words.head {
        "active" => read_span(words).map(Action::Active),
        "idle" => read_span(words).map(Action::Idle),
        "asleep" => read_span(words).map(Action::Asleep),
        "off" => read_span(words).map(Action::Off),
        "lock" => alone(words, Action::Lock(true)),
        "unlock" => alone(words, Action::Lock(false)),
        "quiet" => on_off(words).map(|on| Action::Hold(Hold::Quiet, on)),
        "meeting" => on_off(words).map(|on| Action::Hold(Hold::Meeting, on)),
        "fullscreen" => on_off(words).map(|on| Action::Hold(Hold::Fullscreen, on)),
        "app" => read_app(words),
        "film" => on_off(words).map(Action::Film),
        "idle-source" => on_off(words).map(Action::IdleSource),
        "notifier" => one_word(words, NOTIFIERS).map(|word| {
            Action::Notifier(match word {
                0 => Notifier::Ok,
                1 => Notifier::NoButtons,
                _ => Notifier::Gone,
            })
        }),
        "answer" => read_answer(words),
        "stretch" => one_word(words, STRETCH).map(|word| match word {
            0 => Action::StretchDone,
            1 => Action::StretchClose,
            _ => Action::StretchOther,
        }),
        "now" => read_now(words),
        "pause" => read_pause(words),
        "resume" => alone(words, Action::Resume),
        "in-meeting" => read_meeting(words).map(Action::Meeting),
        "set" => read_setting(words),
        "clock" => read_clock(words),
        "zone" => read_zone(words).map(Action::Zone),
        "probe" => alone(words, Action::Probe),
        "recorded" => alone(words, Action::Recorded),
        "defaults" => alone(words, Action::Defaults),
        "reload" => alone(words, Action::Reload),
        "run" => alone(words, Action::Run),
        "quit" => alone(words, Action::Quit),
        "sensed" => alone(words, Action::Sensed),
        "seed" | "before" | "input" | "window" => recorded::read(words),
        _ => Err(words.complain(words.head_at.clone(), Expected::Step)),
    }
}

fn alone<T>(words: &Words<'_>, meant: T) -> Result<T, Complaint> {
    if words.rest().is_empty() {
        Ok(meant)
    } else {
        Err(words.complain_of_rest(Expected::Nothing))
    }
}

fn read_span(words: &Words<'_>) -> Result<Duration, Complaint> {
    exact_span(words.rest()).map_err(|error| words.complain_of_rest(Expected::Span(error)))
}

/// A length as in the settings, with thousandths of a second behind it where somebody measured.
pub(super) fn exact_span(text: &str) -> Result<Duration, span::SpanError> {
    let text = text.trim();
    let Some(without) = text.strip_suffix("ms") else {
        return span::parse(text);
    };
    let digits = without.trim_end_matches(|c: char| c.is_ascii_digit());
    let Ok(millis) = without[digits.len()..].parse() else {
        return span::parse(text);
    };
    let whole = match digits.trim() {
        "" => Duration::ZERO,
        whole => span::parse(whole)?,
    };
    Ok(whole + Duration::from_millis(millis))
}

fn one_word(words: &Words<'_>, allowed: &'static [&'static str]) -> Result<usize, Complaint> {
    (allowed.iter())
        .position(|word| *word == words.rest())
        .ok_or_else(|| words.complain_of_rest(Expected::Word(allowed)))
}

fn on_off(words: &Words<'_>) -> Result<bool, Complaint> {
    one_word(words, ON_OFF).map(|word| word == 0)
}

/// The last word says on or off; everything before it is the name, which may have spaces.
fn read_app(words: &Words<'_>) -> Result<Action, Complaint> {
    let rest = words.rest();
    let complaint = || words.complain_of_rest(Expected::App);
    let (name, word) = rest
        .rsplit_once(char::is_whitespace)
        .ok_or_else(complaint)?;
    let name = name.trim_end();
    let name = (name.strip_prefix('"'))
        .and_then(|name| name.strip_suffix('"'))
        .unwrap_or(name);
    let on = match word {
        "on" => true,
        "off" => false,
        _ => return Err(complaint()),
    };
    Ok(Action::Hold(Hold::App(name.to_owned()), on))
}

/// What is said, and to what: `start to 12`.
fn addressed<'a>(words: &Words<'a>) -> (Words<'a>, Option<u64>) {
    let rest = words.rest();
    let number = (rest.rsplit_once(" to ")).and_then(|(_, number)| number.trim().parse().ok());
    let said = match number {
        Some(_) => rest.rfind(" to ").unwrap_or(rest.len()),
        None => rest.len(),
    };
    let begin = words.rest_at.start;
    let said = Words {
        rest_at: begin..begin + rest[..said].trim_end().len(),
        head_at: words.head_at.clone(),
        ..*words
    };
    (said, number)
}

fn read_answer(words: &Words<'_>) -> Result<Action, Complaint> {
    let (said, prompt) = addressed(words);
    let (word, word_at, after) = said.split();
    let answer = match word {
        "start" => alone(&after, Answer::Start),
        "skip" => alone(&after, Answer::Skip),
        "snooze" if after.rest().is_empty() => Ok(Answer::Snooze(None)),
        "snooze" => read_span(&after).map(|span| Answer::Snooze(Some(span))),
        _ => Err(words.complain(word_at, Expected::Word(ANSWERS))),
    }?;
    Ok(match prompt {
        Some(prompt) => Action::AnswerTo(prompt, answer),
        None => Action::Answer(answer),
    })
}

fn read_now(words: &Words<'_>) -> Result<Action, Complaint> {
    let (word, _, after) = words.split();
    let (reminder, rest) = match word {
        "" | "with" => (None, words.rest()),
        id => (Some(id.to_owned()), after.rest()),
    };
    let stretch = match rest.split_whitespace().collect::<Vec<_>>().as_slice() {
        [] => None,
        ["with", id] => Some(StretchId((*id).to_owned())),
        _ => return Err(after.complain_of_rest(Expected::Nothing)),
    };
    Ok(Action::Now { reminder, stretch })
}

fn read_pause(words: &Words<'_>) -> Result<Action, Complaint> {
    if words.rest().is_empty() {
        return Ok(Action::Pause(PauseUntil::Resumed));
    }
    let (word, _, after) = words.split();
    if word == "until" {
        let time =
            time_of_day(after.rest()).ok_or_else(|| after.complain_of_rest(Expected::TimeOfDay))?;
        return Ok(Action::Pause(PauseUntil::Time(time)));
    }
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(words.complain_of_rest(Expected::PauseEnd));
    }
    read_span(words).map(|span| Action::Pause(PauseUntil::For(span)))
}

fn read_meeting(words: &Words<'_>) -> Result<MeetingNews, Complaint> {
    let (said, question) = addressed(words);
    if let Some(question) = question {
        return match said.rest() {
            "more" => Ok(MeetingNews::Answer {
                question,
                goes_on: true,
            }),
            "off" => Ok(MeetingNews::Answer {
                question,
                goes_on: false,
            }),
            _ => Err(words.complain_of_rest(Expected::Meeting)),
        };
    }
    match words.rest() {
        "" => Ok(MeetingNews::On(None)),
        "off" => Ok(MeetingNews::Over),
        "more" => Ok(MeetingNews::GoesOn),
        length if length.starts_with(|c: char| c.is_ascii_digit()) => {
            read_span(words).map(|length| MeetingNews::On(Some(length)))
        }
        _ => Err(words.complain_of_rest(Expected::Meeting)),
    }
}

fn read_setting(words: &Words<'_>) -> Result<Action, Complaint> {
    let (key, value) = (words.rest().split_once('='))
        .map(|(key, value)| (key.trim(), value.trim()))
        .filter(|(key, value)| !key.is_empty() && !value.is_empty())
        .ok_or_else(|| words.complain_of_rest(Expected::Setting))?;
    Ok(Action::Set {
        key: key.to_owned(),
        value: value.to_owned(),
    })
}

fn read_clock(words: &Words<'_>) -> Result<Action, Complaint> {
    let rest = words.rest();
    let (forward, span) = if let Some(span) = rest.strip_prefix('+') {
        (true, span)
    } else if let Some(span) = rest.strip_prefix(['-', '−']) {
        (false, span)
    } else {
        return Err(words.complain_of_rest(Expected::Shift));
    };
    let by = exact_span(span).map_err(|error| words.complain_of_rest(Expected::Span(error)))?;
    Ok(Action::Clock { forward, by })
}
