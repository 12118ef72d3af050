//! Single values put into a list and taken out of it, so that the others stay as they are written.

use std::ops::Range;

use super::{
    super::{
        mend::line_start,
        print::quoted,
        tree::{Node, Value},
    },
    draft::Splice,
    layout::line_end,
};

/// What turns a list of texts from `before` into `after`, both as they are printed. Nothing where
/// that takes more than taking some out and adding others at the end; the whole list is then
/// written anew.
///
/// What the list has and `before` has not, because it is a mistake, stays in it.
pub fn change(text: &str, list: &Node, before: &str, after: &str) -> Option<Vec<Splice>> {
    let Value::List(nodes) = &list.value else {
        return None;
    };
    if !text[list.at.span.clone()].ends_with(']') {
        return None;
    }
    let written: Vec<String> = nodes.iter().map(word).collect::<Option<_>>()?;
    let (before, after) = (words(before)?, words(after)?);
    if !before.iter().all(|one| written.contains(one)) {
        return None;
    }
    let is_out = |one: &String| before.contains(one) && !after.contains(one);
    let new: Vec<&String> = after.iter().filter(|one| !written.contains(one)).collect();
    let mut outcome: Vec<&String> = Vec::new();
    for one in written
        .iter()
        .filter(|one| after.contains(one))
        .chain(new.iter().copied())
    {
        if !outcome.contains(&one) {
            outcome.push(one);
        }
    }
    let kept: Vec<&Node> = kept(nodes, &written, &is_out);
    if outcome != after.iter().collect::<Vec<_>>() || kept.is_empty() {
        return None;
    }
    let mut splices: Vec<Splice> = (nodes.iter().zip(&written))
        .filter(|(_, one)| is_out(one))
        .map(|(node, _)| Splice::remove(element(text, node, nodes, &kept, list)))
        .collect();
    if !new.is_empty() {
        let last_is_out = written.last().is_some_and(&is_out);
        // Between what is added and what is taken out there would be no telling whose comma is
        // whose.
        if last_is_out {
            return None;
        }
        splices.extend(append(text, kept.last()?, list, &new));
    }
    Some(splices)
}

/// What takes one element out of a list in brackets, with the comma that goes with it.
pub fn without(text: &str, list: &Node, node: &Node) -> Option<Splice> {
    let Value::List(nodes) = &list.value else {
        return None;
    };
    if !text[list.at.span.clone()].ends_with(']') {
        return None;
    }
    let kept: Vec<&Node> = nodes.iter().filter(|other| other.at != node.at).collect();
    Some(Splice::remove(element(text, node, nodes, &kept, list)))
}

fn kept<'a>(
    nodes: &'a [Node],
    written: &[String],
    is_out: &impl Fn(&String) -> bool,
) -> Vec<&'a Node> {
    let both = nodes.iter().zip(written);
    both.filter(|(_, one)| !is_out(one))
        .map(|(node, _)| node)
        .collect()
}

fn word(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(quoted(text)),
        _ => None,
    }
}

/// The texts of a list that has just been printed.
fn words(printed: &str) -> Option<Vec<String>> {
    let parsed = super::super::syntax::parse("", &format!("list = {printed}"), 0);
    match &parsed.table.node("list")?.value {
        Value::List(nodes) => nodes.iter().map(word).collect(),
        _ => None,
    }
}

/// An element with its comma; with its whole line where it is alone on it.
fn element(text: &str, node: &Node, nodes: &[Node], kept: &[&Node], list: &Node) -> Range<usize> {
    let span = node.at.span.clone();
    let line = line_start(text, span.start);
    let end = line_end(text, span.end);
    let comma = after_comma(text, span.end, list.at.span.end - 1);
    let alone = list.at.span.start < line
        && end < list.at.span.end
        && text[line..span.start].trim().is_empty()
        && nothing_but_comment(&text[comma.unwrap_or(span.end).min(end)..end]);
    if alone {
        return line..end;
    }
    // Where nothing is kept behind it, it goes with the comma before it, or two neighbours would
    // both take the one between them.
    let is_behind = |other: &Node| other.at.span.start > span.start;
    let next = nodes
        .iter()
        .find(|other| is_behind(other))
        .filter(|_| kept.iter().any(|other| is_behind(other)));
    let previous = nodes
        .iter()
        .rev()
        .find(|other| other.at.span.start < span.start);
    match (next, previous) {
        (Some(next), _) if !text[span.end..next.at.span.start].contains('\n') => {
            span.start..next.at.span.start
        }
        (Some(_), _) => span.start..comma.unwrap_or(span.end),
        (None, Some(previous)) => previous.at.span.end..span.end,
        (None, None) => span,
    }
}

fn nothing_but_comment(rest: &str) -> bool {
    let rest = rest.trim();
    rest.is_empty() || rest.starts_with('#')
}

/// The place after the comma that follows, if there is one before `limit`.
fn after_comma(text: &str, from: usize, limit: usize) -> Option<usize> {
    let mut at = from;
    while at < limit {
        match text[at..limit].chars().next()? {
            ',' => return Some(at + 1),
            '#' => at = line_end(text, at),
            c if c.is_whitespace() => at += c.len_utf8(),
            _ => return None,
        }
    }
    None
}

/// New elements after the last one, on lines of their own where that one has its own.
fn append(text: &str, last: &Node, list: &Node, new: &[&String]) -> Vec<Splice> {
    let span = last.at.span.clone();
    let line = line_start(text, span.start);
    let indent = &text[line..span.start];
    let own_line = list.at.span.start < line && indent.trim().is_empty();
    let comma = after_comma(text, span.end, list.at.span.end - 1);
    let end = line_end(text, comma.unwrap_or(span.end));
    if own_line && end < list.at.span.end {
        let newline = if text[..end].ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let lines: Vec<String> = (new.iter().enumerate())
            .map(|(number, one)| {
                let last = number + 1 == new.len();
                let comma = if last && comma.is_none() { "" } else { "," };
                format!("{indent}{one}{comma}{newline}")
            })
            .collect();
        let mut splices = vec![Splice::insert(end, lines.concat())];
        if comma.is_none() {
            splices.push(Splice::insert(span.end, ",".to_owned()));
        }
        return splices;
    }
    let added: String = new.iter().map(|one| format!(", {one}")).collect();
    vec![Splice::insert(span.end, added)]
}
