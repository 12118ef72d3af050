//! Where things stand in the text of a settings file: lines, headings, and what belongs to them.
//!
//! Knows the tree of the text and nothing of what the keys mean.

use std::ops::Range;

use super::super::{
    mend::line_start,
    tree::{Entry, Node, Table, Value},
};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Under a heading of its own.
    Heading,
    /// In braces.
    Braces,
    /// Only through its keys, `look.theme = "dark"`, or through headings below it.
    Implied,
}

/// How this table is written; nothing if it is not a table.
pub fn form(text: &str, node: &Node) -> Option<Form> {
    if !matches!(node.value, Value::Table(_)) {
        return None;
    }
    let written = &text[node.at.span.clone()];
    Some(match written.chars().next() {
        Some('[') => Form::Heading,
        Some('{') => Form::Braces,
        _ => Form::Implied,
    })
}

/// Whether the value stands behind its key, and not under a heading.
pub fn is_inline(text: &str, node: &Node) -> bool {
    match &node.value {
        Value::Table(_) => form(text, node) == Some(Form::Braces),
        Value::List(nodes) => !nodes
            .iter()
            .any(|node| form(text, node) == Some(Form::Heading)),
        Value::Text(_) | Value::Integer(_) | Value::Float(_) | Value::Bool(_) | Value::Time(_) => {
            true
        }
    }
}

/// Where a value ends; of a table without braces, its last value.
pub fn end_of(text: &str, node: &Node) -> usize {
    let inner = match &node.value {
        Value::Table(table) if form(text, node) != Some(Form::Braces) => {
            let ends = table.entries.iter().map(|entry| end_of(text, &entry.node));
            ends.max()
        }
        _ => None,
    };
    node.at.span.end.max(inner.unwrap_or_default())
}

/// Where the line of this place ends, its line break included.
pub fn line_end(text: &str, offset: usize) -> usize {
    let rest = text[offset..].find('\n');
    rest.map_or(text.len(), |newline| offset + newline + 1)
}

/// The places of all headings, in order: where the line of each begins.
pub fn headings(text: &str, root: &Table) -> Vec<usize> {
    let mut found = Vec::new();
    for entry in &root.entries {
        collect(text, &entry.node, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn collect(text: &str, node: &Node, found: &mut Vec<usize>) {
    match &node.value {
        Value::Table(table) => {
            if form(text, node) == Some(Form::Heading) {
                found.push(line_start(text, node.at.span.start));
            }
            for entry in &table.entries {
                collect(text, &entry.node, found);
            }
        }
        Value::List(nodes) => {
            for node in nodes {
                collect(text, node, found);
            }
        }
        Value::Text(_) | Value::Integer(_) | Value::Float(_) | Value::Bool(_) | Value::Time(_) => {}
    }
}

/// The lines below a heading, up to the next one or to the end.
pub fn below(text: &str, root: &Table, heading: usize) -> Range<usize> {
    let from = line_end(text, heading);
    let next = headings(text, root).into_iter().find(|next| *next >= from);
    from..next.unwrap_or(text.len())
}

/// Where the comment begins that stands directly above this line; the line itself without one.
pub fn with_comment_above(text: &str, line: usize) -> usize {
    let mut start = line;
    while start > 0 {
        let above = line_start(text, start - 1);
        if !text[above..start].trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// Where the comment ends that stands directly below, from the start of its first line.
pub fn with_comment_below(text: &str, line: usize) -> usize {
    let mut end = line;
    while text[end..].trim_start_matches([' ', '\t']).starts_with('#') {
        end = line_end(text, end);
    }
    end
}

/// The lines of these that hold nothing but a comment, each with its place and what it says.
/// Comments within a value are not among them.
pub fn comments<'a>(
    text: &'a str,
    lines: Range<usize>,
    entries: &'a [Entry],
) -> impl Iterator<Item = (usize, &'a str)> {
    let mut at = lines.start;
    let starts = text[lines].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    starts.filter_map(move |(start, line)| {
        let said = line.trim_start().strip_prefix('#')?;
        let within =
            |entry: &Entry| entry.key_at.span.start < start && start < end_of(text, &entry.node);
        (!entries.iter().any(within)).then(|| (start, said.trim()))
    })
}

/// Whether a comment is a heading that has been commented out.
pub fn is_heading(said: &str) -> bool {
    let name = said.trim_start_matches('[');
    said.starts_with('[')
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && said.ends_with(']')
}

/// Whether a comment is this key, commented out.
pub fn is_key(said: &str, key: &str) -> bool {
    let rest = said.strip_prefix(key).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with('='))
}
