//! Brackets that were forgotten, put in before the text is read.
//!
//! Without them the parser would misread everything that follows, and a slip in one line would
//! cost the settings of all others.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::tree::{self, At, Node, Table, Value};

/// Missing brackets that are put in before the rest is read.
const MOST_REPAIRS: usize = 20;

/// What the parser says about a place.
#[derive(Clone)]
pub struct Mistake {
    /// The place.
    pub span: Range<usize>,
    /// The words.
    pub said: String,
}

/// Brackets that were put into the text.
pub struct Repair {
    /// Where they stand in the mended text.
    at: usize,
    /// How many bytes they have.
    length: usize,
    /// What is to be told about them, at a place of the mended text.
    pub mistake: Option<Mistake>,
}

/// Puts in the brackets without which the parser would misread everything that follows.
pub fn mend(text: &str) -> (String, Vec<Repair>) {
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

/// Where the bracket goes that ends a list without an end, and the bracket. `list` is the place of
/// the list.
pub fn end_of_list(text: &str, list: usize) -> Option<(usize, &'static str)> {
    let (_, repairs) = mend(text);
    let is_list = |repair: &&Repair| {
        let mistake = repair.mistake.as_ref();
        mistake.is_some_and(|mistake| original(&repairs, mistake.span.start) == list)
    };
    let at = original(&repairs, repairs.iter().find(is_list)?.at);
    let before = text[..at].trim_end().len();
    let line = &text[line_start(text, before)..before];
    Some(match line.contains('#') {
        true => (at, "]\n"),
        false => (before, "]"),
    })
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
pub fn original(repairs: &[Repair], offset: usize) -> usize {
    let inserted: usize = repairs
        .iter()
        .map(|repair| offset.saturating_sub(repair.at).min(repair.length))
        .sum();
    offset - inserted
}

pub fn span_of(error: &Error, text: &str) -> Range<usize> {
    let span = error.span().unwrap_or(text.len()..text.len());
    text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end)
}

/// Where the line of this place begins.
pub fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The list in brackets around this place.
pub fn outermost_list(table: &Table, offset: usize) -> Option<Range<usize>> {
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
