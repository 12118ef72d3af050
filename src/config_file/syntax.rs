//! From text to tree, with as much read as can be.
//!
//! The parser recovers after a mistake. What it says about the mistake is put into words that
//! somebody who has never heard of TOML can act on, and one mistake is told once.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::{
    say,
    tree::{self, At, Node, Table, Value},
};
use crate::diagnostic::Problem;

/// Headings with a missing bracket that are mended before the rest is read.
const MOST_REPAIRS: usize = 20;

/// What could be read of a text.
pub struct Parsed {
    /// The values.
    pub table: Table,
    /// Mistakes in the notation, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Reads a text; `name` is the file as the user knows it, `source` its number in the document.
pub fn parse(name: &str, text: &str, source: usize) -> Parsed {
    let (mended, repairs) = close_headings(text);
    let place = |span: Range<usize>| At {
        source,
        span: original(&repairs, span.start)..original(&repairs, span.end),
    };
    let (parsed, errors) = DeTable::parse_recoverable(&mended);
    let table = tree::table(parsed.get_ref(), &place);
    let mut errors: Vec<(Range<usize>, String)> = errors
        .iter()
        .map(|error| {
            (
                place(span_of(error, &mended)).span,
                error.message().to_owned(),
            )
        })
        .collect();
    for repair in &repairs {
        let at = original(&repairs, repair.at);
        errors.push((at..at, repair.message.clone()));
    }
    errors.sort_by_key(|(span, _)| span.start);
    let problems = told_once(text, &table, errors)
        .into_iter()
        .map(|(span, message)| in_words(name, text, span, &message))
        .collect();
    Parsed { table, problems }
}

/// A closing bracket that was put into the text.
struct Repair {
    /// Where it stands in the mended text.
    at: usize,
    /// How many bytes it has.
    length: usize,
    /// What the parser said about the place.
    message: String,
}

/// Without its closing bracket, the parser takes the keys below a heading for headings as well.
fn close_headings(text: &str) -> (String, Vec<Repair>) {
    let mut mended = text.to_owned();
    let mut repairs: Vec<Repair> = Vec::new();
    while repairs.len() < MOST_REPAIRS {
        let (_, errors) = DeTable::parse_recoverable(&mended);
        let Some((at, error)) = errors.iter().find_map(|error| {
            let unclosed = error.message().starts_with("unclosed table")
                || error.message().starts_with("unclosed array table");
            unclosed.then(|| (span_of(error, &mended).start, error))
        }) else {
            break;
        };
        let line_start = mended[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let heading = &mended[line_start..at];
        let missing = heading
            .matches('[')
            .count()
            .saturating_sub(heading.matches(']').count());
        let closing = "]".repeat(missing.clamp(1, 2));
        if repairs.iter().any(|repair| repair.at == at) {
            break;
        }
        let message = error.message().to_owned();
        mended.insert_str(at, &closing);
        for repair in &mut repairs {
            if repair.at >= at {
                repair.at += closing.len();
            }
        }
        repairs.push(Repair {
            at,
            length: closing.len(),
            message,
        });
    }
    repairs.sort_by_key(|repair| repair.at);
    (mended, repairs)
}

/// An offset of the mended text in the original one.
fn original(repairs: &[Repair], offset: usize) -> usize {
    let inserted: usize = repairs
        .iter()
        .map(|repair| offset.saturating_sub(repair.at).min(repair.length))
        .sum();
    offset - inserted
}

fn span_of(error: &Error, text: &str) -> Range<usize> {
    let span = error.span().unwrap_or(text.len()..text.len());
    text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end)
}

/// One mistake often looks like several to a parser that tries to go on.
fn told_once(
    text: &str,
    table: &Table,
    errors: Vec<(Range<usize>, String)>,
) -> Vec<(Range<usize>, String)> {
    let mut told: Vec<(Range<usize>, String)> = Vec::new();
    let mut silent_until = 0;
    let mut last_line = None;
    for (span, message) in &errors {
        let line = line_of(text, span.start);
        if span.start < silent_until || last_line == Some(line) {
            continue;
        }
        last_line = Some(line);
        // A list without its end swallows what follows, and everything in there looks wrong.
        if let Some(list) = outermost_list(table, span.start)
            && errors.iter().any(|(at, said)| {
                said.starts_with("unclosed array,") && list.start < at.start && at.start <= list.end
            })
        {
            silent_until = list.end + 1;
            told.push((list.start..list.start + 1, "unclosed array".to_owned()));
            continue;
        }
        told.push((span.clone(), message.clone()));
    }
    told
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..text.floor_char_boundary(offset)]
        .matches('\n')
        .count()
}

/// The list in brackets around this place.
fn outermost_list(table: &Table, offset: usize) -> Option<Range<usize>> {
    table
        .entries
        .iter()
        .find_map(|entry| in_node(&entry.node, offset))
}

fn in_node(node: &Node, offset: usize) -> Option<Range<usize>> {
    match &node.value {
        Value::List(values) => {
            let tables = values
                .iter()
                .all(|value| matches!(value.value, Value::Table(_)));
            if tables && !values.is_empty() {
                return values.iter().find_map(|value| in_node(value, offset));
            }
            let span = &node.at.span;
            (span.start <= offset && offset <= span.end).then(|| span.clone())
        }
        Value::Table(table) => outermost_list(table, offset),
        _ => None,
    }
}

/// The parser's words in ours.
fn in_words(name: &str, text: &str, span: Range<usize>, message: &str) -> Problem {
    let found = text.get(span.clone()).unwrap_or_default();
    let line_end = text[span.start..]
        .find('\n')
        .map_or(text.len(), |at| span.start + at);
    let problem = |id: &str| {
        Problem::error(name, span.clone(), say(id, &[("found", found)]))
            .label(say(&format!("{id}-label"), &[("found", found)]))
    };
    let helped = |id: &str| problem(id).help(say(&format!("{id}-help"), &[("found", found)]));
    let said = |start: &str| message.starts_with(start);

    if said("string values must be quoted") {
        return unquoted(name, text, span);
    }
    if said("unclosed array table") || said("unclosed table") {
        helped("config-unclosed-heading")
    } else if said("unclosed array") {
        helped("config-unclosed-list")
    } else if said("missing comma between array elements") {
        helped("config-missing-comma")
    } else if said("duplicate key") {
        duplicate(name, text, span)
    } else if said("key with no value") {
        helped("config-no-value")
    } else if said("invalid unquoted key") || said("unquoted keys cannot be empty") {
        helped("config-bad-key")
    } else if said("invalid basic string") || said("invalid literal string") {
        helped("config-unclosed-text")
    } else if said("invalid multi-line") {
        helped("config-unclosed-long-text")
    } else if said("missing escaped value") {
        helped("config-backslash")
    } else if said("unexpected key or value") {
        // The rest of the line is what is too much, not only the place where it begins.
        let rest = text[span.start..line_end].trim_end().len();
        Problem::error(
            name,
            span.start..span.start + rest,
            say("config-too-much", &[]),
        )
        .label(say("config-too-much-label", &[]))
        .help(say("config-too-much-help", &[]))
    } else if said("extra `=`") {
        helped("config-extra-equals")
    } else if said("unclosed inline table") || said("missing comma between key-value pairs") {
        helped("config-unclosed-table")
    } else {
        Problem::error(name, span.clone(), say("config-not-toml", &[])).label(message)
    }
}

/// A value without quotes, or no value at all.
fn unquoted(name: &str, text: &str, span: Range<usize>) -> Problem {
    let found = text[span.clone()].trim();
    let values = [("found", found)];
    if found.is_empty() {
        return Problem::error(name, span, say("config-value-missing", &[]))
            .label(say("config-value-missing-label", &[]))
            .help(say("config-value-missing-help", &[]));
    }
    let help = match found.to_lowercase().as_str() {
        "yes" | "on" | "true" | "enabled" => say("config-write", &[("instead", "true")]),
        "no" | "off" | "false" | "disabled" => say("config-write", &[("instead", "false")]),
        _ => {
            let bare = found.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '"', '\'', '`']);
            say("config-write", &[("instead", &super::print::quoted(bare))])
        }
    };
    let id = if found.starts_with(['“', '”', '„', '‘', '’', '«', '»']) {
        "config-curly-quotes"
    } else {
        "config-unquoted"
    };
    Problem::error(name, span, say(id, &values))
        .label(say(&format!("{id}-label"), &values))
        .help(help)
}

/// The same key or heading for the second time.
fn duplicate(name: &str, text: &str, span: Range<usize>) -> Problem {
    let key = &text[span.clone()];
    let line_start = text[..span.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let heading = text[line_start..span.start].trim_start();
    let id = match (heading.starts_with("[["), heading.starts_with('['), key) {
        (true, _, _) => "config-mixed-heading",
        (_, true, "reminder") => "config-reminder-heading-twice",
        (_, true, _) => "config-heading-twice",
        (_, false, _) => "config-key-twice",
    };
    let values = [("key", key)];
    Problem::error(name, span, say(id, &values))
        .label(say(&format!("{id}-label"), &values))
        .help(say(&format!("{id}-help"), &values))
}
