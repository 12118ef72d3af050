//! From text to tree, with as much read as can be.
//!
//! The parser recovers after a mistake. What it says about the mistake is put into words that
//! somebody who has never heard of TOML can act on, and one mistake is told once.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::{
    print::quoted,
    say,
    tree::{self, At, Node, Table, Value},
};
use crate::{diagnostic::Problem, text::has};

/// Missing brackets that are put in before the rest is read.
const MOST_REPAIRS: usize = 20;

/// Mistakes that are told.
const MOST_MISTAKES: usize = 100;

/// What could be read of a text.
pub struct Parsed {
    /// The values.
    pub table: Table,
    /// Mistakes in the notation, in the order of the text.
    pub problems: Vec<Problem>,
    /// Lists without an end, which took in what follows them.
    pub swallowed: Vec<Range<usize>>,
}

/// Reads a text; `name` is the file as the user knows it, `source` its number in the document.
pub fn parse(name: &str, text: &str, source: usize) -> Parsed {
    let (mended, repairs) = mend(text);
    let place = |span: Range<usize>| At {
        source,
        span: original(&repairs, span.start)..original(&repairs, span.end),
    };
    let (parsed, errors) = DeTable::parse_recoverable(&mended);
    let table = tree::table(parsed.get_ref(), &place);
    let mut mistakes: Vec<Mistake> = errors
        .iter()
        .map(|error| Mistake {
            span: place(span_of(error, &mended)).span,
            said: error.message().to_owned(),
        })
        .collect();
    for repair in repairs.iter().filter_map(|repair| repair.mistake.as_ref()) {
        let span = original(&repairs, repair.span.start)..original(&repairs, repair.span.end);
        mistakes.push(Mistake {
            span,
            said: repair.said.clone(),
        });
    }
    mistakes.sort_by_key(|mistake| mistake.span.start);
    // Something else than a settings file has no end of mistakes.
    mistakes.truncate(MOST_MISTAKES);
    let mut swallowed = Vec::new();
    let problems = told_once(text, &table, &mistakes, &mut swallowed)
        .into_iter()
        .map(|mistake| in_words(name, text, mistake))
        .collect();
    Parsed {
        table,
        problems,
        swallowed,
    }
}

/// What the parser says about a place.
#[derive(Clone)]
struct Mistake {
    span: Range<usize>,
    said: String,
}

/// Brackets that were put into the text.
struct Repair {
    /// Where they stand in the mended text.
    at: usize,
    /// How many bytes they have.
    length: usize,
    /// What is to be told about them, at a place of the mended text.
    mistake: Option<Mistake>,
}

/// Puts in the brackets without which the parser would misread everything that follows.
fn mend(text: &str) -> (String, Vec<Repair>) {
    let mut mended = text.to_owned();
    let mut repairs: Vec<Repair> = Vec::new();
    while repairs.len() < MOST_REPAIRS {
        let (parsed, errors) = DeTable::parse_recoverable(&mended);
        let mut mistakes: Vec<Mistake> = errors
            .iter()
            .map(|error| Mistake {
                span: span_of(error, &mended),
                said: error.message().to_owned(),
            })
            .collect();
        mistakes.sort_by_key(|mistake| mistake.span.start);
        let next = unclosed_heading(&mended, &mistakes)
            .or_else(|| unclosed_list(&mended, parsed.get_ref(), &mistakes))
            .or_else(|| single_heading(&mended, &mistakes));
        let Some((insertions, mistake)) = next else {
            break;
        };
        let done = |at: usize| repairs.iter().any(|repair| repair.at == at);
        if insertions.iter().any(|(at, _)| done(*at)) {
            break;
        }
        let mut mistake = Some(mistake);
        // From the back, so that the places in front stay what they are.
        for (at, brackets) in insertions.into_iter().rev() {
            mended.insert_str(at, brackets);
            for repair in &mut repairs {
                repair.move_by(at, brackets.len());
            }
            repairs.push(Repair {
                at,
                length: brackets.len(),
                mistake: mistake.take(),
            });
        }
    }
    repairs.sort_by_key(|repair| repair.at);
    (mended, repairs)
}

impl Repair {
    /// Something was put in at this place.
    fn move_by(&mut self, at: usize, length: usize) {
        let moved = |offset: usize| {
            if offset >= at {
                offset + length
            } else {
                offset
            }
        };
        self.at = moved(self.at);
        if let Some(mistake) = &mut self.mistake {
            mistake.span = moved(mistake.span.start)..moved(mistake.span.end);
        }
    }
}

/// Texts to put in, in the order of their places, and what to tell about it.
type Insertions = (Vec<(usize, &'static str)>, Mistake);

/// Without its closing bracket, the parser takes the keys below a heading for headings as well.
fn unclosed_heading(text: &str, mistakes: &[Mistake]) -> Option<Insertions> {
    let mistake = mistakes.iter().find(|mistake| {
        mistake.said.starts_with("unclosed table")
            || mistake.said.starts_with("unclosed array table")
    })?;
    let at = mistake.span.start;
    let heading = &text[line_start(text, at)..at];
    let brackets = |bracket| heading.matches(bracket).count();
    let missing = match brackets('[').saturating_sub(brackets(']')) {
        2 => "]]",
        _ => "]",
    };
    Some((vec![(at, missing)], mistake.clone()))
}

/// A list without its end takes in the lines below it; it surely ends before the first of them
/// that does not look like a list.
fn unclosed_list(text: &str, table: &DeTable<'_>, mistakes: &[Mistake]) -> Option<Insertions> {
    let end = mistakes
        .iter()
        .find(|mistake| mistake.said.starts_with("unclosed array,"))?;
    let tree = tree::table(table, &|span| At { source: 0, span });
    let (list, first) = mistakes.iter().find_map(|mistake| {
        let list = outermost_list(&tree, mistake.span.start)?;
        let open = list.start < end.span.start && end.span.start <= list.end;
        open.then_some((list, mistake))
    })?;
    let at = if first.span.start >= text.len() {
        text.len()
    } else {
        line_start(text, first.span.start)
    };
    let closing = if at == text.len() { "]" } else { "]\n" };
    let mistake = Mistake {
        span: list.start..list.start + 1,
        said: "unclosed array".to_owned(),
    };
    (at > list.start).then(|| (vec![(at, closing)], mistake))
}

/// Of two reminders under single brackets, the second would be lost.
fn single_heading(text: &str, mistakes: &[Mistake]) -> Option<Insertions> {
    mistakes.iter().find(|mistake| {
        mistake.said.starts_with("duplicate key") && &text[mistake.span.clone()] == "reminder"
    })?;
    let heading = "[reminder]";
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let start = from + line.len() - line.trim_start().len();
        if line.trim_start().starts_with(heading) {
            let end = start + heading.len();
            let mistake = Mistake {
                span: start..end,
                said: "single heading".to_owned(),
            };
            return Some((vec![(start, "["), (end, "]")], mistake));
        }
        from += line.len();
    }
    None
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
    mistakes: &[Mistake],
    swallowed: &mut Vec<Range<usize>>,
) -> Vec<Mistake> {
    let mut told: Vec<Mistake> = Vec::new();
    let mut silent_until = 0;
    let mut last_line = None;
    for mistake in mistakes {
        let at = mistake.span.start;
        let line = line_of(text, at);
        if at < silent_until || last_line == Some(line) {
            continue;
        }
        last_line = Some(line);
        // A list without its end swallows what follows, and everything in there looks wrong.
        if let Some(list) = outermost_list(table, at)
            && mistakes.iter().any(|other| {
                let end = other.span.start;
                other.said.starts_with("unclosed array,") && list.start < end && end <= list.end
            })
        {
            silent_until = list.end + 1;
            told.push(Mistake {
                span: list.start..list.start + 1,
                said: "unclosed array".to_owned(),
            });
            swallowed.push(list);
            continue;
        }
        told.push(mistake.clone());
    }
    told
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
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
fn in_words(name: &str, text: &str, mistake: Mistake) -> Problem {
    let span = mistake.span;
    let said = |start: &str| mistake.said.starts_with(start);
    let told = |id: &str| problem(name, text, span.clone(), id);
    if said("string values must be quoted") {
        unquoted(name, text, span)
    } else if said("unclosed array table") || said("unclosed table") {
        told("unclosed-heading")
    } else if said("single heading") {
        told("single-heading")
    } else if said("unclosed array") {
        told("unclosed-list")
    } else if said("missing comma between array elements") {
        told("missing-comma")
    } else if said("duplicate key") {
        duplicate(name, text, span)
    } else if said("key with no value") {
        no_value(name, text, span)
    } else if said("invalid unquoted key") || said("unquoted keys cannot be empty") {
        bad_key(name, text, span)
    } else if said("invalid key-value pair") {
        told("bad-key")
    } else if said("invalid basic string") || said("invalid literal string") {
        told("unclosed-text")
    } else if said("invalid multi-line") {
        told("unclosed-long-text")
    } else if said("missing escaped value") {
        told("backslash")
    } else if said("invalid boolean") {
        switch_word(name, text, span)
    } else if said("unexpected leading zero") {
        told("leading-zero")
    } else if said("unexpected key or value") {
        // The rest of the line is what is too much, not only the place where it begins.
        let line = text[span.start..].lines().next().unwrap_or_default();
        let rest = span.start..span.start + line.trim_end().len();
        problem(name, text, rest, "too-much")
    } else if said("extra `=`") {
        told("extra-equals")
    } else if said("unclosed inline table") || said("missing comma between key-value pairs") {
        told("unclosed-table")
    } else {
        told("not-toml").label(mistake.said)
    }
}

/// A problem in the words of `config-<id>`, its `-label` and its `-help` where there is one.
fn problem(name: &str, text: &str, span: Range<usize>, id: &str) -> Problem {
    let found = text[span.clone()].to_owned();
    let values = [("found", found.as_str()), ("key", found.as_str())];
    let problem = Problem::error(name, span, say(&format!("config-{id}"), &values))
        .label(say(&format!("config-{id}-label"), &values));
    let help = format!("config-{id}-help");
    if has(&help) {
        problem.help(say(&help, &values))
    } else {
        problem
    }
}

/// A value without quotes, or no value at all.
fn unquoted(name: &str, text: &str, span: Range<usize>) -> Problem {
    let found = text[span.clone()].trim().to_owned();
    if found.is_empty() {
        return problem(name, text, span, "value-missing");
    }
    if as_switch(&found).is_some() {
        return switch_word(name, text, span);
    }
    let bare = found.trim_matches(CURLY).trim_matches(['"', '\'', '`']);
    let help = say("config-write", &[("instead", &quoted(bare))]);
    let id = if found.starts_with(CURLY) {
        "curly-quotes"
    } else {
        "unquoted"
    };
    problem(name, text, span, id).help(help)
}

const CURLY: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// `yes`, `True` and the like.
fn switch_word(name: &str, text: &str, span: Range<usize>) -> Problem {
    let meant = as_switch(&text[span.clone()]);
    let problem = problem(name, text, span, "switch-word");
    match meant {
        Some(meant) => problem.help(say("config-write", &[("instead", meant)])),
        None => problem,
    }
}

fn as_switch(word: &str) -> Option<&'static str> {
    match word.trim().to_lowercase().as_str() {
        "yes" | "on" | "true" | "enabled" => Some("true"),
        "no" | "off" | "false" | "disabled" => Some("false"),
        _ => None,
    }
}

/// A line with a key, but without a value.
fn no_value(name: &str, text: &str, span: Range<usize>) -> Problem {
    let line = text[line_start(text, span.start)..].lines().next();
    let line = line.unwrap_or_default();
    let place = span.start - line_start(text, span.start);
    let rest = line.get(place..).unwrap_or_default();
    if let Some(colon) = line
        .get(place.saturating_sub(1)..)
        .and_then(|rest| rest.find(':'))
        && !rest.contains('=')
    {
        let at = line_start(text, span.start) + place.saturating_sub(1) + colon;
        return problem(name, text, at..at + 1, "colon");
    }
    let word = rest.split_whitespace().next().unwrap_or_default();
    let key = line.split('=').next().unwrap_or_default();
    let one_word = key.split_whitespace().collect::<Vec<_>>().join("_");
    if !rest.contains('=') || word.starts_with('=') || one_word.contains([':', '"', '\'']) {
        return problem(name, text, span, "no-value");
    }
    let help = say("config-write", &[("instead", &one_word)]);
    problem(
        name,
        text,
        span.start..span.start + word.len(),
        "space-in-key",
    )
    .help(help)
}

/// Something that is not a key, at the place of one.
fn bad_key(name: &str, text: &str, span: Range<usize>) -> Problem {
    let found = &text[span.clone()];
    let begins_line = text[line_start(text, span.start)..span.start]
        .trim()
        .is_empty();
    if begins_line && (found.starts_with("//") || found.starts_with(';')) {
        return problem(name, text, span, "other-comment");
    }
    if found.starts_with(':') {
        return problem(name, text, span, "colon");
    }
    problem(name, text, span, "bad-key")
}

/// The same key or heading for the second time.
fn duplicate(name: &str, text: &str, span: Range<usize>) -> Problem {
    let before = text[line_start(text, span.start)..span.start].trim_start();
    let id = match (before.starts_with("[["), before.starts_with('[')) {
        (true, _) => "mixed-heading",
        (false, true) => "heading-twice",
        (false, false) => "key-twice",
    };
    problem(name, text, span, id)
}
