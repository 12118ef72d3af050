//! Single values of the settings file, checked, with problems that say what to write instead.
//!
//! Knows types and ranges, not what a setting does.

use std::{ops::RangeInclusive, time::Duration};

use chrono::NaiveTime;
use toml::value::Datetime;

use super::{
    Source,
    keys::{self, Keys},
    print::quoted,
    say,
    tree::{At, Entry, Node, Table, Value},
};
use crate::{
    core::span::{self, SpanError},
    diagnostic::{Problem, did_you_mean, one_of},
    text,
};

/// So many words fit beside a caret.
const FEW_WORDS: usize = 6;

/// A table of the file, or nothing where the file has none.
pub struct Section<'t> {
    /// Its keys, by the book.
    pub keys: &'static Keys,
    /// What the file has of them.
    pub table: Option<&'t Table>,
}

impl<'t> Section<'t> {
    /// The value of a key, if the file has it.
    pub fn node(&self, key: &str) -> Option<&'t Node> {
        debug_assert!(self.keys.keys.contains(&key), "{key} is not in the list");
        self.table.and_then(|table| table.node(key))
    }

    /// Whether a key that does not exist looks as if this one was meant.
    pub fn misspelt(&self, key: &str) -> bool {
        let mut entries = self.table.iter().flat_map(|table| &table.entries);
        entries.any(|entry| {
            !self.keys.keys.contains(&entry.key.as_str())
                && keys::meant(&entry.key, self.keys) == Some(key)
        })
    }

    /// Where a key stands, if the file has it.
    pub fn key_at(&self, key: &str) -> Option<&'t At> {
        let entry = self.table.and_then(|table| table.entry(key));
        entry.map(|entry| &entry.key_at)
    }
}

/// Reads values and collects what is wrong with them.
pub struct Reader<'d> {
    sources: &'d [Source],
    /// Everything found so far.
    pub problems: Vec<Problem>,
}

impl<'d> Reader<'d> {
    /// A reader for values from these texts.
    pub fn new(sources: &'d [Source]) -> Self {
        Self {
            sources,
            problems: Vec::new(),
        }
    }

    /// A problem in the words of `config-<id>`, its `-label` and its `-help` where there are such.
    pub fn problem(&self, at: &At, id: &str, values: &[(&str, &str)]) -> Problem {
        let id = format!("config-{id}");
        let name = self.sources.get(at.source).map_or("", |s| s.name.as_str());
        let mut problem = Problem::error(name, at.span.clone(), say(&id, values));
        let (label, help) = (format!("{id}-label"), format!("{id}-help"));
        if text::has(&label) {
            problem = problem.label(say(&label, values));
        }
        if text::has(&help) {
            problem = problem.help(say(&help, values));
        }
        problem
    }

    /// Keeps a problem.
    pub fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Finds the table, and complains about keys that are not in the list.
    pub fn section<'t>(&mut self, root: &'t Table, keys: &'static Keys) -> Section<'t> {
        let table = match root.node(keys.table) {
            None => None,
            Some(node) => self.as_table(node, keys),
        };
        if let Some(table) = table {
            self.check_keys(table, keys);
        }
        Section { keys, table }
    }

    fn as_table<'t>(&mut self, node: &'t Node, keys: &'static Keys) -> Option<&'t Table> {
        match &node.value {
            Value::Table(table) => Some(table),
            Value::List(tables)
                if !tables.is_empty()
                    && tables
                        .iter()
                        .all(|one| matches!(one.value, Value::Table(_))) =>
            {
                let problem = self.problem(&tables[0].at, "double", &[("table", keys.table)]);
                self.report(problem);
                match &tables[0].value {
                    Value::Table(table) => Some(table),
                    _ => None,
                }
            }
            _ => {
                let found = kind(&node.value);
                let values = [("table", keys.table), ("found", found.as_str())];
                let problem = self.problem(&node.at, "not-a-table", &values);
                self.report(problem);
                None
            }
        }
    }

    /// Complains about keys that the table does not have.
    pub fn check_keys(&mut self, table: &Table, keys: &'static Keys) {
        for entry in &table.entries {
            if keys.keys.contains(&entry.key.as_str()) {
                continue;
            }
            let heading = keys.heading();
            let values = [("table", heading.as_str()), ("key", entry.key.as_str())];
            let mut problem = self.problem(&entry.key_at, "unknown-key", &values);
            problem.help = Some(self.key_hint(&entry.key, keys));
            self.report(problem);
        }
    }

    /// A table, or a key outside of all tables, that does not exist.
    pub fn top_level(&self, entry: &Entry) -> Problem {
        let found = entry.key.as_str();
        let is_table = match &entry.node.value {
            Value::Table(_) => true,
            Value::List(nodes) => nodes
                .iter()
                .any(|node| matches!(node.value, Value::Table(_))),
            _ => false,
        };
        let id = if is_table {
            "unknown-table"
        } else {
            "no-table"
        };
        let mut problem = self.problem(&entry.key_at, id, &[("key", found)]);
        problem.help = Some(if is_table {
            table_hint(found)
        } else {
            match keys::home(found) {
                Some(home) => say(
                    "config-other-table",
                    &[("key", found), ("table", &home.heading())],
                ),
                None => tables_hint(),
            }
        });
        problem
    }

    fn key_hint(&self, found: &str, keys: &'static Keys) -> String {
        if let Some(home) = keys::home(found) {
            return say(
                "config-other-table",
                &[("key", found), ("table", &home.heading())],
            );
        }
        if keys.table == keys::HOURS.table && found.contains(['-', '_', ' ', ',']) {
            return say("config-one-day", &[]);
        }
        match keys::meant(found, keys) {
            Some(meant) => say("config-did-you-mean", &[("meant", meant)]),
            None => say(
                "config-keys",
                &[
                    ("table", &keys.heading()),
                    ("keys", &one_of(keys.keys.iter().copied())),
                ],
            ),
        }
    }

    /// The value of a key; if there is none, or it is no good, `default`, which the file would
    /// write as `written`.
    pub fn value<T>(
        &mut self,
        section: &Section<'_>,
        key: &str,
        default: T,
        written: &str,
        read: impl FnOnce(&Self, &Node) -> Result<T, Problem>,
    ) -> T {
        let Some(node) = section.node(key) else {
            return default;
        };
        match read(self, node) {
            Ok(value) => value,
            Err(problem) => {
                let note = say("config-until-then", &[("key", key), ("value", written)]);
                self.report(problem.note(note));
                default
            }
        }
    }

    /// A length of time.
    pub fn span(
        &mut self,
        section: &Section<'_>,
        key: &str,
        allowed: RangeInclusive<u64>,
        default: Duration,
    ) -> Duration {
        let written = quoted(&span::format(default));
        self.value(section, key, default, &written, |reader, node| {
            reader.span_of(node, allowed)
        })
    }

    /// True or false.
    pub fn switch(&mut self, section: &Section<'_>, key: &str, default: bool) -> bool {
        self.value(section, key, default, &default.to_string(), Self::bool_of)
    }

    /// One of some words.
    pub fn choice<T: Copy>(
        &mut self,
        section: &Section<'_>,
        key: &str,
        words: &[(&str, T)],
        default: (&str, T),
    ) -> T {
        let written = quoted(default.0);
        self.value(section, key, default.1, &written, |reader, node| {
            reader.word_of(node, words)
        })
    }

    /// A whole number.
    pub fn whole(
        &mut self,
        section: &Section<'_>,
        key: &str,
        allowed: RangeInclusive<u32>,
        default: u32,
    ) -> u32 {
        let written = default.to_string();
        self.value(section, key, default, &written, |reader, node| {
            reader.whole_of(node, allowed)
        })
    }

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

/// The table that was probably meant.
fn table_hint(found: &str) -> String {
    let plain = found.to_lowercase();
    let names = || keys::TABLES.iter().map(|keys| keys.table);
    let meant = names()
        .find(|name| plain.trim_end_matches('s') == name.trim_end_matches('s'))
        .or_else(|| did_you_mean(&plain, names()));
    let table = meant.and_then(|meant| keys::TABLES.iter().find(|keys| keys.table == meant));
    match table {
        Some(table) => say("config-did-you-mean", &[("meant", &table.heading())]),
        None => tables_hint(),
    }
}

fn tables_hint() -> String {
    let headings: Vec<String> = keys::TABLES.iter().map(|keys| keys.heading()).collect();
    let headings = one_of(headings.iter().map(String::as_str));
    say("config-tables", &[("tables", &headings)])
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

/// A time of day as people write it in the file: `9:00` or `09:00`.
#[must_use]
pub fn time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// TOML has a notation of its own for times of day: `04:00`, without quotes.
fn bare_time(found: &Datetime) -> Option<NaiveTime> {
    let (None, None, Some(time)) = (&found.date, &found.offset, &found.time) else {
        return None;
    };
    let whole = time.second.unwrap_or(0) == 0 && time.nanosecond.unwrap_or(0) == 0;
    let minutes = NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), 0);
    minutes.filter(|_| whole)
}

/// What `9am`, `17h30` or `17.30` was probably meant to be.
pub fn likely_time(text: &str) -> Option<String> {
    let plain = text.trim().to_lowercase().replace(' ', "");
    let (digits, noon) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(digits), _) => (digits.to_owned(), Some(0)),
        (_, Some(digits)) => (digits.to_owned(), Some(12)),
        _ => (plain, None),
    };
    let digits = digits.trim_end_matches("uhr").trim_end_matches('h');
    let mut parts = digits.split([':', '.', 'h']);
    let mut hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next().map_or(Some(0), |minute| minute.parse().ok())?;
    if let Some(noon) = noon {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + noon;
    }
    // Midnight at the end of the day is midnight at the beginning of the next.
    if (hour, minute) == (24, 0) {
        hour = 0;
    }
    NaiveTime::from_hms_opt(hour, minute, 0).map(|time| time.format("%H:%M").to_string())
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
fn kind(value: &Value) -> String {
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
