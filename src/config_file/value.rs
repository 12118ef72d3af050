//! Single values, checked, with problems that say what to write instead.
//!
//! Knows types and ranges, not which key a value belongs to.

use std::{ops::RangeInclusive, time::Duration};

use chrono::NaiveTime;

use super::{
    hint::Hint as _,
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
        let problem = self.problem(&node.at, out_of(found.as_secs(), &allowed), &values);
        let nearest = found.as_secs().clamp(*allowed.start(), *allowed.end());
        Err(problem.rewrite(quoted(&whole_units(nearest))))
    }

    fn not_a_span(&self, node: &Node, allowed: &RangeInclusive<u64>) -> Problem {
        let Value::Integer(Some(number)) = node.value else {
            return self.wrong_type(node, &say("config-want-span", &[]));
        };
        let number = number.to_string();
        let problem = self.problem(&node.at, "span-number", &[("number", &number)]);
        with_units(problem, &number, allowed)
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
        let problem = problem.help(say("config-span-forms", &[("range", &range(allowed))]));
        match error {
            SpanError::UnknownUnit {
                instead: Some(instead),
                ..
            }
            | SpanError::Fraction {
                instead: Some(instead),
                ..
            }
            | SpanError::Order {
                instead: Some(instead),
            } => problem.write(&quoted(instead)),
            SpanError::NoUnit { number } if number == text.trim() => {
                with_units(problem, number, allowed)
            }
            SpanError::Signed => {
                let positive = text.trim().trim_start_matches(['-', '+']).trim();
                problem.rewrite(quoted(positive))
            }
            SpanError::Empty
            | SpanError::NoUnit { .. }
            | SpanError::NoNumber { .. }
            | SpanError::UnknownUnit { .. }
            | SpanError::Fraction { .. }
            | SpanError::Order { .. }
            | SpanError::TooLong => problem,
        }
    }

    /// True or false.
    pub fn bool_of(&self, node: &Node) -> Result<bool, Problem> {
        match &node.value {
            Value::Bool(value) => Ok(*value),
            Value::Text(text) => {
                let problem = self.wrong_type(node, &say("config-want-bool", &[]));
                Err(match truth(text) {
                    Some(truth) => problem.write(truth),
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
                Some(meant) => problem.did_you_mean(&meant),
                None => problem,
            }
        } else {
            let help = meant_of(meant.as_deref(), &choices);
            let problem = problem.label(say("config-many-choices-label", &[]));
            let problem = problem.help(help);
            match meant {
                Some(meant) => problem.rewrite(meant),
                None => problem,
            }
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
                .ok_or_else(|| {
                    let (from, to) = (*allowed.start(), *allowed.end());
                    let nearest = number.map_or(to.into(), |it| it.clamp(from.into(), to.into()));
                    self.problem(&node.at, "whole-range", &limits)
                        .rewrite(nearest.to_string())
                }),
            Value::Text(text) => {
                let problem = self.wrong_type(node, &want);
                let number = text.trim().parse::<u32>().ok();
                Err(match number.filter(|number| allowed.contains(number)) {
                    Some(number) => problem.write(&number.to_string()),
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
                    .write(&instead))
            }
            _ => Err(self.wrong_type(node, &say("config-want-time", &[]))),
        }
    }

    fn bad_time(&self, node: &Node, found: &str, text: &str) -> Problem {
        let problem = self.problem(&node.at, "time", &[("found", found)]);
        match likely_time(text) {
            Some(instead) => problem.write(&quoted(&instead)),
            None => problem,
        }
    }

    /// The values of a list.
    pub fn list_of<'t>(&self, node: &'t Node, want: &str) -> Result<&'t [Node], Problem> {
        match &node.value {
            Value::List(values) => Ok(values),
            Value::Text(text) => {
                let instead = format!("[{}]", quoted(text));
                Err(self.wrong_type(node, want).write(&instead))
            }
            _ => Err(self.wrong_type(node, want)),
        }
    }

    /// A text.
    pub fn text_of<'t>(&self, node: &'t Node, want: &str) -> Result<&'t str, Problem> {
        match &node.value {
            Value::Text(text) => Ok(text),
            Value::Integer(_) | Value::Float(_) | Value::Bool(_) | Value::Time(_) => {
                let written = self.written(node);
                Err(self.wrong_type(node, want).rewrite(quoted(written)))
            }
            Value::List(_) | Value::Table(_) => Err(self.wrong_type(node, want)),
        }
    }

    /// The value as it stands in its text.
    fn written(&self, node: &Node) -> &str {
        let source = self.text(&node.at);
        source.get(node.at.span.clone()).unwrap_or_default()
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

/// The problem with the number in each of the units that make sense here.
fn with_units(problem: Problem, number: &str, allowed: &RangeInclusive<u64>) -> Problem {
    let Ok(number) = number.parse::<u64>() else {
        return problem;
    };
    let fits: Vec<String> = [("h", 3600), ("min", 60), ("s", 1)]
        .into_iter()
        .filter(|(_, seconds)| {
            let seconds = number.checked_mul(*seconds);
            seconds.is_some_and(|seconds| allowed.contains(&seconds))
        })
        .map(|(unit, _)| quoted(&format!("{number}{unit}")))
        .collect();
    if fits.is_empty() {
        return problem;
    }
    let choices = one_of(fits.iter().map(String::as_str));
    let problem = problem.help(say("config-write-one", &[("choices", &choices)]));
    fits.into_iter().fold(problem, Problem::rewrite)
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

/// What somebody means who does not write `true` or `false`.
pub fn truth(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some("true"),
        "false" | "no" | "off" | "0" => Some("false"),
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
