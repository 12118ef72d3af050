//! `[[reminder]]`: when a break is due and what it consists of.

use std::{collections::BTreeSet, time::Duration};

use chrono::NaiveTime;

use super::{
    hint::Hint as _,
    keys,
    print::{self, quoted},
    read::{Reader, Section},
    say, sections,
    tree::{At, Entry, Node, Table, Value},
};
use crate::{
    core::{
        config::{Reminder, What, When},
        span,
        stretch::VariantName,
    },
    diagnostic::{Problem, Severity},
};

/// More reminders than this are surely a mistake, and each costs a little.
pub const MOST_REMINDERS: usize = 50;
/// The longest sentence that a notification shows in full, in characters.
pub const LONGEST_MESSAGE: usize = 300;
const HOUR: u64 = 3600;

/// The words for how long a stretch is done.
pub const LENGTHS: [(&str, VariantName); 3] = [
    ("short", VariantName::Short),
    ("standard", VariantName::Standard),
    ("long", VariantName::Long),
];

/// Reads all reminders. Without any that can be used, there is the one of the defaults.
pub fn reminders(reader: &mut Reader<'_>, root: &Table) -> Vec<Reminder> {
    let located = located(reader, root).into_iter();
    let mut reminders: Vec<Reminder> = located.map(|(reminder, _)| reminder).collect();
    if reminders.is_empty() {
        reminders.push(Reminder::default());
    }
    reminders
}

/// The reminders that can be used, each with its number among those that are written, from 0.
pub fn located(reader: &mut Reader<'_>, root: &Table) -> Vec<(Reminder, usize)> {
    let mut reminders: Vec<(Reminder, usize)> = Vec::new();
    let mut places: Vec<At> = Vec::new();
    for (number, node) in tables(reader, root).iter().enumerate() {
        let Value::Table(table) = &node.value else {
            let problem = reader.problem(&node.at, "reminder-not-a-table", &[]);
            reader.report(problem);
            continue;
        };
        if reminders.len() == MOST_REMINDERS {
            let most = MOST_REMINDERS.to_string();
            let problem = reader.problem(&node.at, "too-many-reminders", &[("most", &most)]);
            reader.report(problem);
            break;
        }
        let (reminder, place) = reminder(reader, &node.at, table, number);
        let twin = reminders
            .iter()
            .position(|(other, _)| other.id == reminder.id);
        if let Some(twin) = twin {
            let mut problem = reader.problem(&place, "same-id", &[("id", &reminder.id)]);
            if places[twin].source == place.source {
                let first = say("config-same-id-first", &[]);
                problem = problem.also(places[twin].span.clone(), first);
            }
            let other = other_id(&reminder.id, &reminders);
            reader.report(problem.rewrite(quoted(&other)));
            continue;
        }
        reminders.push((reminder, number));
        places.push(place);
    }
    reminders
}

/// A name like this one that none of them has.
fn other_id(id: &str, reminders: &[(Reminder, usize)]) -> String {
    let free = |other: &String| reminders.iter().all(|(one, _)| one.id != *other);
    let mut others = (2..).map(|number| format!("{id}-{number}"));
    others.find(free).unwrap_or_default()
}

/// The tables under `[[reminder]]`; also those of somebody who wrote the heading another way.
fn tables(reader: &mut Reader<'_>, root: &Table) -> Vec<Node> {
    let Some(entry) = root.entry("reminder") else {
        return Vec::new();
    };
    match &entry.node.value {
        Value::List(nodes) => {
            if nodes.is_empty() {
                let problem = reader.problem(&entry.node.at, "no-reminders", &[]);
                reader.report(problem);
            }
            nodes.clone()
        }
        Value::Table(table) if is_by_name(table) => {
            let example = table.entries.first().map_or("", |entry| entry.key.as_str());
            let example = quoted(example);
            let problem = reader.problem(&entry.node.at, "named-heading", &[("id", &example)]);
            reader.report(problem);
            table.entries.iter().map(with_id).collect()
        }
        Value::Table(_) => {
            let problem = reader.problem(&entry.node.at, "single-heading", &[]);
            reader.report(problem);
            vec![entry.node.clone()]
        }
        _ => {
            let problem = reader.problem(&entry.node.at, "reminder-not-a-table", &[]);
            reader.report(problem);
            Vec::new()
        }
    }
}

/// Whether this is `[reminder.eyes]`, a table of tables.
pub fn is_by_name(table: &Table) -> bool {
    let mut entries = table.entries.iter().peekable();
    entries.peek().is_some() && entries.all(|entry| matches!(entry.node.value, Value::Table(_)))
}

/// The table under `[reminder.eyes]` with `id = "eyes"` in it.
fn with_id(entry: &Entry) -> Node {
    let mut node = entry.node.clone();
    if let Value::Table(table) = &mut node.value
        && table.node("id").is_none()
    {
        table.put(Entry {
            key: "id".to_owned(),
            key_at: entry.key_at.clone(),
            node: Node::text(&entry.key, entry.key_at.clone()),
        });
    }
    node
}

/// One reminder, and the place where its id stands.
fn reminder(reader: &mut Reader<'_>, at: &At, table: &Table, number: usize) -> (Reminder, At) {
    reader.check_keys(table, &keys::REMINDER);
    let section = Section {
        keys: &keys::REMINDER,
        table: Some(table),
    };
    let (id, place) = id(reader, &section, at, number);
    let when = when(reader, &section, at);
    let what = what(reader, &section);
    let natural_break = section.node("natural_break").and_then(|node| {
        match reader.span_of(node, sections::NATURAL_BREAK) {
            Ok(length) => Some(length),
            Err(problem) => {
                let note = say("config-until-then-schedule", &[("key", "natural_break")]);
                reader.report(problem.note(note));
                None
            }
        }
    });
    let open = section
        .node("open")
        .and_then(|node| match sections::open_of(reader, node) {
            Ok(open) => Some(open),
            Err(problem) => {
                let note = say("config-until-then-schedule", &[("key", "open")]);
                reader.report(problem.note(note));
                None
            }
        });
    let reminder = Reminder {
        id,
        when,
        what,
        natural_break,
        open,
    };
    (reminder, place)
}

fn id(reader: &mut Reader<'_>, section: &Section<'_>, at: &At, number: usize) -> (String, At) {
    let fallback = format!("reminder-{}", number + 1);
    let Some(node) = section.node("id") else {
        if section.misspelt("id") {
            return (fallback, at.clone());
        }
        let problem = reader.problem(at, "no-id", &[]);
        let note = say(
            "config-until-then",
            &[("key", "id"), ("value", &quoted(&fallback))],
        );
        reader.report(problem.note(note));
        return (fallback, at.clone());
    };
    let id = reader.value(
        section,
        "id",
        fallback.clone(),
        &quoted(&fallback),
        |reader, node| {
            let text = reader.text_of(node, &say("config-want-id", &[]))?;
            if is_id(text) {
                return Ok(text.to_owned());
            }
            let problem = reader.problem(&node.at, "bad-id", &[("found", &quoted(text))]);
            Err(match likely_id(text) {
                Some(instead) => problem.write(&quoted(&instead)),
                None => problem,
            })
        },
    );
    (id, node.at.clone())
}

/// Whether a text may name a reminder: 1 to 64 letters (a to z), digits, `-` and `_`.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !text.is_empty() && text.len() <= 64 && text.chars().all(allowed)
}

/// The name for a reminder that was probably meant, if there is one.
#[must_use]
pub fn likely_id(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let id = words.join("-").to_lowercase();
    is_id(&id).then_some(id)
}

fn when(reader: &mut Reader<'_>, section: &Section<'_>, at: &At) -> When {
    let Reminder { when: default, .. } = Reminder::default();
    let When::Every(hour) = default else {
        return default;
    };
    match (section.key_at("every"), section.key_at("at")) {
        (None, None) if section.misspelt("every") || section.misspelt("at") => default,
        (None, None) => {
            let problem = reader.problem(at, "no-when", &[]);
            let written = quoted(&span::format(hour));
            let note = say(
                "config-until-then",
                &[("key", "every"), ("value", &written)],
            );
            reader.report(problem.note(note));
            default
        }
        (Some(every), Some(times)) => {
            let mut problem = reader.problem(times, "every-and-at", &[]);
            if every.source == times.source {
                problem = problem.also(every.span.clone(), say("config-every-and-at-every", &[]));
            }
            reader.report(problem);
            When::Every(reader.span(section, "every", 10..=24 * HOUR, hour))
        }
        (Some(_), None) => When::Every(reader.span(section, "every", 10..=24 * HOUR, hour)),
        (None, Some(_)) => {
            let times = times(reader, section);
            if times.is_empty() {
                default
            } else {
                When::At(times)
            }
        }
    }
}

fn times(reader: &mut Reader<'_>, section: &Section<'_>) -> Vec<NaiveTime> {
    let Some(node) = section.node("at") else {
        return Vec::new();
    };
    let single = std::slice::from_ref(node);
    let nodes = match &node.value {
        Value::Text(_) | Value::Time(_) => single,
        _ => match reader.list_of(node, &say("config-want-times", &[])) {
            Ok([]) => {
                let problem = reader.problem(&node.at, "no-times", &[]);
                reader.report(problem);
                return Vec::new();
            }
            Ok(nodes) => nodes,
            Err(problem) => {
                reader.report(problem);
                return Vec::new();
            }
        },
    };
    let mut times = BTreeSet::new();
    for node in nodes {
        match reader.time_of(node) {
            Ok(time) => drop(times.insert(time)),
            Err(problem) => reader.report(problem),
        }
    }
    times.into_iter().collect()
}

fn what(reader: &mut Reader<'_>, section: &Section<'_>) -> What {
    let Some(message) = section.node("message") else {
        return stretches(reader, section);
    };
    if let Some(at) = section.key_at("count") {
        let mut problem = reader.problem(at, "count-of-message", &[]);
        problem.severity = Severity::Warning;
        reader.report(problem);
    }
    match sentence(reader, message) {
        Ok(text) => What::Message {
            text,
            length: message_length(reader, section, &message.at),
        },
        Err(problem) => {
            reader.report(problem.note(say("config-message-note", &[])));
            Reminder::default().what
        }
    }
}

fn sentence(reader: &Reader<'_>, node: &Node) -> Result<String, Problem> {
    let text = reader
        .text_of(node, &say("config-want-message", &[]))?
        .trim();
    if text.is_empty() {
        return Err(reader.problem(&node.at, "empty-message", &[]));
    }
    let length = text.chars().count();
    if length > LONGEST_MESSAGE {
        let values = [
            ("length", length.to_string()),
            ("most", LONGEST_MESSAGE.to_string()),
        ];
        let values = [
            (values[0].0, values[0].1.as_str()),
            (values[1].0, values[1].1.as_str()),
        ];
        return Err(reader.problem(&node.at, "long-message", &values));
    }
    Ok(text.to_owned())
}

fn message_length(reader: &mut Reader<'_>, section: &Section<'_>, message: &At) -> Duration {
    let default = Duration::from_secs(20);
    let written = quoted(&span::format(default));
    if section.misspelt("length") {
        return default;
    }
    if section.node("length").is_none() {
        let note = say(
            "config-until-then",
            &[("key", "length"), ("value", &written)],
        );
        let problem = reader.problem(message, "message-without-length", &[]);
        reader.report(problem.note(note));
        return default;
    }
    reader.value(
        section,
        "length",
        default,
        &written,
        |reader, node| match &node.value {
            Value::Text(text) if LENGTHS.iter().any(|(word, _)| word == text) => {
                let problem = reader.problem(&node.at, "word-for-message", &[("found", text)]);
                Err(problem.rewrite(&written))
            }
            _ => reader.span_of(node, 1..=HOUR),
        },
    )
}

fn stretches(reader: &mut Reader<'_>, section: &Section<'_>) -> What {
    let default = ("standard", VariantName::Standard);
    let variant = reader.value(
        section,
        "length",
        default.1,
        &quoted(default.0),
        |reader, node| match &node.value {
            Value::Text(text) if span::parse(text).is_ok() => {
                Err(reader.problem(&node.at, "length-of-stretch", &[("found", &quoted(text))]))
            }
            _ => reader.word_of(node, &LENGTHS),
        },
    );
    let count = reader.whole(section, "count", 1..=5, 1);
    What::Stretches {
        variant,
        // The range above is far inside that of the type.
        count: u8::try_from(count).unwrap_or(1),
    }
}

/// The reminder as `set` finds it when the file has none of its own.
pub fn default_node(at: &At) -> Node {
    let reminder = Reminder::default();
    let mut table = Table::default();
    let mut put = |key: &str, text: &str| {
        table.put(Entry {
            key: key.to_owned(),
            key_at: at.clone(),
            node: Node::text(text, at.clone()),
        });
    };
    put("id", &reminder.id);
    if let When::Every(every) = reminder.when {
        put("every", &span::format(every));
    }
    if let What::Stretches { variant, .. } = reminder.what {
        put("length", print::variant(variant));
    }
    Node {
        at: at.clone(),
        value: Value::Table(table),
    }
}
