//! Single values, checked, with problems that say what to write instead.
//!
//! Knows types and ranges, not which key a value belongs to.

use std::{ops::RangeInclusive, time::Duration};

use chrono::NaiveTime;

use super::{
    print::quoted,
    read::Reader,
    say,
    time_of_day::{bare_time, likely_time, time},
    tree::{Node, Value},
};
use crate::{
    core::span::{self, SpanError},
    diagnostic::{Problem, did_you_mean, one_of},
};

/// So many words fit beside a caret.
const FEW_WORDS: usize = 6;

impl Reader<'_> {
    /// A length of time within a range of seconds.
    pub fn span_of(&self, node: &Node, allowed: RangeInclusive<u64>) -> Result<Duration, Problem> {
        let Value::Text(text) = &node.value else {
            return Err(self.not_a_span(node, &allowed));
        };
        let found = match span::parse(text) {
            Ok(found) => found,
            Err(error) => return Err(self.bad_span(node, text, &error, &allowed)),
        };
        if allowed.contains(&found.as_secs()) {
            return Ok(found);
        }
        let values = [("found", text.as_str()), ("range", &range(&allowed))];
        Err(self.problem(&node.at, out_of(found.as_secs(), &allowed), &values))
    }

    fn not_a_span(&self, node: &Node, allowed: &RangeInclusive<u64>) -> Problem {
        let Value::Integer(Some(number)) = node.value else {
            return self.wrong_type(node, &say("config-want-span", &[]));
        };
        let number = number.to_string();
        let found = self.problem(&node.at, "span-number", &[("number", &number)]);
        let help = self.with_units(&number, allowed);
        match help {
            Some(help) => found.help(help),
            None => found,
        }
    }

    /// The number with each of the units that make sense here.
    fn with_units(&self, number: &str, allowed: &RangeInclusive<u64>) -> Option<String> {
        let number: u64 = number.parse().ok()?;
        let fits: Vec<String> = [("h", 3600), ("min", 60), ("s", 1)]
            .into_iter()
            .filter(|(_, seconds)| {
                number
                    .checked_mul(*seconds)
                    .is_some_and(|seconds| allowed.contains(&seconds))
            })
            .map(|(unit, _)| quoted(&format!("{number}{unit}")))
            .collect();
        if fits.is_empty() {
            return None;
        }
        let choices = one_of(fits.iter().map(String::as_str));
        Some(say("config-write-one", &[("choices", &choices)]))
    }

    fn bad_span(
        &self,
        node: &Node,
        text: &str,
        error: &SpanError,
        allowed: &RangeInclusive<u64>,
    ) -> Problem {
        let problem = self.problem(&node.at, "span", &[("found", text)]);
        let problem = problem.label(span_text(error));
        let instead = match error {
            SpanError::UnknownUnit { instead, .. }
            | SpanError::Fraction { instead, .. }
            | SpanError::Order { instead } => instead
                .as_ref()
                .map(|instead| say("config-write", &[("instead", &quoted(instead))])),
            SpanError::NoUnit { number } if number == text.trim() => {
                self.with_units(number, allowed)
            }
            _ => None,
        };
        match instead {
            Some(help) => problem.help(help),
            None => problem.help(say("config-span-forms", &[("range", &range(allowed))])),
        }
    }

    /// True or false.
    pub fn bool_of(&self, node: &Node) -> Result<bool, Problem> {
        match &node.value {
            Value::Bool(value) => Ok(*value),
            Value::Text(text) => {
                let problem = self.wrong_type(node, &say("config-want-bool", &[]));
                Err(match truth(text) {
                    Some(value) => problem.help(say(
                        "config-write",
                        &[("instead", if value { "true" } else { "false" })],
                    )),
                    None => problem,
                })
            }
            _ => Err(self.wrong_type(node, &say("config-want-bool", &[]))),
        }
    }

    /// One of some words.
    pub fn word_of<T: Copy>(&self, node: &Node, words: &[(&str, T)]) -> Result<T, Problem> {
        let allowed = words.iter().map(|(word, _)| *word);
        let choices: Vec<String> = allowed.clone().map(quoted).collect();
        let choices = one_of(choices.iter().map(String::as_str));
        let Value::Text(text) = &node.value else {
            return Err(self.wrong_type(node, &choices));
        };
        if let Some((_, value)) = words.iter().find(|(word, _)| word == text) {
            return Ok(*value);
        }
        let found = quoted(text);
        let problem = self.problem(
            &node.at,
            "not-a-choice",
            &[("found", &found), ("choices", &choices)],
        );
        let plain = text.trim().to_lowercase().replace([' ', '-'], "_");
        let spaced = plain.replace('_', " ");
        let meant = words
            .iter()
            .map(|(word, _)| *word)
            .find(|word| *word == plain || *word == spaced)
            .or_else(|| did_you_mean(&plain, allowed));
        let meant = meant.map(quoted);
        Err(if words.len() <= FEW_WORDS {
            match meant {
                Some(meant) => problem.help(say("config-did-you-mean", &[("meant", &meant)])),
                None => problem,
            }
        } else {
            problem
                .label(say("config-many-choices-label", &[]))
                .help(meant_of(meant.as_deref(), &choices))
        })
    }

    /// A whole number within a range.
    pub fn whole_of(&self, node: &Node, allowed: RangeInclusive<u32>) -> Result<u32, Problem> {
        let (from, to) = (allowed.start().to_string(), allowed.end().to_string());
        let limits = [("from", from.as_str()), ("to", to.as_str())];
        let want = say("config-want-whole", &limits);
        match &node.value {
            Value::Integer(number) => number
                .and_then(|number| u32::try_from(number).ok())
                .filter(|number| allowed.contains(number))
                .ok_or_else(|| self.problem(&node.at, "whole-range", &limits)),
            Value::Text(text) => {
                let problem = self.wrong_type(node, &want);
                let number = text.trim().parse::<u32>().ok();
                Err(match number.filter(|number| allowed.contains(number)) {
                    Some(number) => {
                        problem.help(say("config-write", &[("instead", &number.to_string())]))
                    }
                    None => problem,
                })
            }
            _ => Err(self.wrong_type(node, &want)),
        }
    }

    /// A time of day.
    pub fn time_of(&self, node: &Node) -> Result<NaiveTime, Problem> {
        match &node.value {
            Value::Text(text) => time(text).ok_or_else(|| self.bad_time(node, &quoted(text), text)),
            Value::Time(found) => bare_time(found)
                .ok_or_else(|| self.bad_time(node, &found.to_string(), &found.to_string())),
            Value::Integer(Some(hour @ 0..24)) => {
                let instead = quoted(&format!("{hour:02}:00"));
                Err(self
                    .wrong_type(node, &say("config-want-time", &[]))
                    .help(say("config-write", &[("instead", &instead)])))
            }
            _ => Err(self.wrong_type(node, &say("config-want-time", &[]))),
        }
    }

    fn bad_time(&self, node: &Node, found: &str, text: &str) -> Problem {
        let problem = self.problem(&node.at, "time", &[("found", found)]);
        match likely_time(text) {
            Some(instead) => problem.help(say("config-write", &[("instead", &quoted(&instead))])),
            None => problem,
        }
    }

    /// The values of a list.
    pub fn list_of<'t>(&self, node: &'t Node, want: &str) -> Result<&'t [Node], Problem> {
        match &node.value {
            Value::List(values) => Ok(values),
            Value::Text(text) => {
                let instead = format!("[{}]", quoted(text));
                Err(self
                    .wrong_type(node, want)
                    .help(say("config-write", &[("instead", &instead)])))
            }
            _ => Err(self.wrong_type(node, want)),
        }
    }

    /// A text.
    pub fn text_of<'t>(&self, node: &'t Node, want: &str) -> Result<&'t str, Problem> {
        match &node.value {
            Value::Text(text) => Ok(text),
            _ => Err(self.wrong_type(node, want)),
        }
    }

    /// Another kind of value than the key wants.
    pub fn wrong_type(&self, node: &Node, want: &str) -> Problem {
        self.problem(
            &node.at,
            "wrong-type",
            &[("found", kind(&node.value).as_str()), ("want", want)],
        )
    }
}

/// What was probably meant, and everything that could have been.
pub fn meant_of(meant: Option<&str>, choices: &str) -> String {
    match meant {
        Some(meant) => say(
            "config-did-you-mean-of",
            &[("meant", meant), ("choices", choices)],
        ),
        None => say("config-many-choices-help", &[("choices", choices)]),
    }
}

/// What is wrong with a length of time, as words beside a caret.
#[must_use]
pub fn span_text(error: &SpanError) -> String {
    match error {
        SpanError::Empty => say("span-empty", &[]),
        SpanError::NoUnit { number } => say("span-no-unit", &[("number", number)]),
        SpanError::NoNumber { found } => say("span-no-number", &[("found", found)]),
        SpanError::UnknownUnit { unit, .. } => say("span-unknown-unit", &[("unit", unit)]),
        SpanError::Signed => say("span-signed", &[]),
        SpanError::Fraction { number, .. } => say("span-fraction", &[("number", number)]),
        SpanError::Order { .. } => say("span-order", &[]),
        SpanError::TooLong => say("span-too-long", &[]),
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Which side of the range a number of seconds is on.
fn out_of(found: u64, allowed: &RangeInclusive<u64>) -> &'static str {
    if found < *allowed.start() {
        "span-too-short"
    } else {
        "span-too-long"
    }
}

/// "from 10s to 1h".
fn range(allowed: &RangeInclusive<u64>) -> String {
    let [from, to] = [allowed.start(), allowed.end()].map(|s| whole_units(*s));
    say("config-range", &[("from", &from), ("to", &to)])
}

/// A limit in the one unit that people think of it in.
fn whole_units(seconds: u64) -> String {
    span::format(Duration::from_secs(seconds))
}

/// What kind of value was found, in words.
pub fn kind(value: &Value) -> String {
    let id = match value {
        Value::Text(_) => "config-kind-text",
        Value::Integer(_) => "config-kind-integer",
        Value::Float(_) => "config-kind-float",
        Value::Bool(_) => "config-kind-bool",
        Value::Time(_) => "config-kind-time",
        Value::List(_) => "config-kind-list",
        Value::Table(_) => "config-kind-table",
    };
    say(id, &[])
}
