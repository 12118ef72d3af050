//! Tables that come several times, changed as wholes: taken away, added, put into another order.
//!
//! Knows them by their numbers in the file. Which one is meant is for `reminders` and `hooks` to
//! say.

use std::ops::Range;

use super::{
    super::{
        keys::Keys,
        mend::line_start,
        print::quoted,
        reminder::is_by_name,
        tree::{Node, Value},
    },
    draft::{Draft, Place, Splice, Tangled},
    layout::{self, Form},
};

/// Gives every table its heading in double brackets; a list in brackets goes, to be added again
/// table by table. `known` are those that will be.
pub fn under_headings(
    draft: &mut Draft,
    keys: &'static Keys,
    known: &[usize],
) -> Result<(), Tangled> {
    let Some(entry) = draft.root().entry(keys.table) else {
        return Ok(());
    };
    let text = draft.text();
    if layout::is_inline(text, &entry.node) {
        if let Value::List(nodes) = &entry.node.value {
            let mut nodes = nodes.iter().enumerate();
            // One with a mistake in it would be lost.
            if let Some((_, node)) = nodes.find(|(number, _)| !known.contains(number)) {
                return Err(Tangled(node.at.span.clone()));
            }
        }
        let start = line_start(text, entry.key_at.span.start);
        let end = layout::line_end(text, entry.node.at.span.end);
        let lines = draft.with_gap(start..end);
        draft.apply(vec![Splice::remove(lines)]);
        return Ok(());
    }
    if let Value::List(_) = entry.node.value {
        return Ok(());
    }
    let names: Vec<Option<&str>> = match &entry.node.value {
        Value::Table(table) if keys.is_named() && is_by_name(table) => {
            let names = table.entries.iter().map(|entry| Some(entry.key.as_str()));
            names.collect()
        }
        _ => vec![None],
    };
    let mut splices = Vec::new();
    for (node, name) in draft.repeated(keys).zip(names) {
        if layout::form(text, node) != Some(Form::Heading) {
            return Err(Tangled(node.at.span.clone()));
        }
        let has_id = matches!(&node.value, Value::Table(table) if table.node("id").is_some());
        let id = match name {
            Some(name) if !has_id => format!("{}id = {}", draft.newline(), quoted(name)),
            _ => String::new(),
        };
        let heading = format!("{}{id}", keys.heading());
        splices.push(Splice::replace(node.at.span.clone(), heading));
    }
    draft.apply(splices);
    Ok(())
}

/// Takes a table away, with the comment above its heading and those beside its keys.
pub fn remove(draft: &mut Draft, place: Place) -> Result<(), Tangled> {
    let Some(node) = draft.node(place) else {
        return Ok(());
    };
    let text = draft.text();
    if layout::form(text, node) != Some(Form::Heading) {
        return Err(Tangled(node.at.span.clone()));
    }
    let heading = heading(text, node);
    let start = layout::with_comment_above(text, heading);
    let end = layout::line_end(text, layout::end_of(text, node));
    let end = layout::with_comment_below(text, end).min(draft.end_of_table(heading));
    let lines = draft.with_gap(start..end);
    draft.apply(vec![Splice::remove(lines)]);
    Ok(())
}

/// Adds a table: below the one before it, or above the one after it, or where a reader would look
/// for the first.
pub fn add(
    draft: &mut Draft,
    keys: &'static Keys,
    (previous, next): (Option<usize>, Option<usize>),
    values: &[(&'static str, String)],
) {
    let place = |number: usize| {
        let node = draft.node(Place::Nth(keys, number))?;
        Some(heading(draft.text(), node))
    };
    let at = match (previous.and_then(place), next.and_then(place)) {
        (Some(previous), _) => Some(draft.end_of_table(previous)),
        (None, Some(next)) => Some(layout::with_comment_above(draft.text(), next)),
        (None, None) => None,
    };
    match at {
        Some(at) => draft.insert_table(at, keys, values),
        None => draft.add_table(keys, values),
    }
}

/// Puts these tables into this order, in the places that they have. Each takes its comments along.
pub fn reorder(draft: &mut Draft, keys: &'static Keys, wanted: &[usize]) {
    let mut slots = wanted.to_vec();
    slots.sort_unstable();
    if wanted == slots {
        return;
    }
    let text = draft.text();
    let block = |number: &usize| -> Option<Range<usize>> {
        let node = draft.node(Place::Nth(keys, *number))?;
        let heading = heading(text, node);
        let start = layout::with_comment_above(text, heading);
        let end = draft.end_of_table(heading);
        Some(start..start + text[start..end].trim_end().len())
    };
    let splices = slots.iter().zip(wanted).filter_map(|(slot, wanted)| {
        let with = text[block(wanted)?].to_owned();
        Some(Splice::replace(block(slot)?, with))
    });
    let splices = splices.collect();
    draft.apply(splices);
}

fn heading(text: &str, node: &Node) -> usize {
    line_start(text, node.at.span.start)
}
