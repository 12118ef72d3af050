//! Reminders changed, added, taken away and put into another order, by their ids.

use std::ops::Range;

use super::{
    super::{
        keys::REMINDER,
        mend::line_start,
        print::{self, quoted},
        read::Reader,
        reminder::located,
        tree::{Node, Value},
    },
    draft::{Draft, Place, Splice, Tangled},
    layout::{self, Form},
};
use crate::core::config::Reminder;

/// Makes the reminders of the file those of `after`, where they were those of `before`.
pub fn change(draft: &mut Draft, before: &[Reminder], after: &[Reminder]) -> Result<(), Tangled> {
    if before == after {
        return Ok(());
    }
    let before = &renamed(draft, before, after)?;
    let known = numbers(draft);
    if ids(before) != ids(after) || known.is_empty() {
        under_headings(draft)?;
    }
    for gone in before
        .iter()
        .filter(|old| position(after, &old.id).is_none())
    {
        remove(draft, &gone.id)?;
    }
    for new in after {
        let old = before.iter().find(|old| old.id == new.id);
        if let (Some(old), Some(number)) = (old, number_of(draft, &new.id)) {
            let [old, new] = [old, new].map(print::reminder);
            draft.change_table(Place::Reminder(number), &old, &new)?;
        }
    }
    add_missing(draft, after);
    reorder(draft, after);
    Ok(())
}

/// Gives a reminder its new id, where one has another id and all else about the list is the same.
fn renamed(
    draft: &mut Draft,
    before: &[Reminder],
    after: &[Reminder],
) -> Result<Vec<Reminder>, Tangled> {
    let mut renamed = before.to_vec();
    if before.len() != after.len() {
        return Ok(renamed);
    }
    for (old, new) in renamed.iter_mut().zip(after) {
        let other = position(before, &new.id).is_none() && position(after, &old.id).is_none();
        if let (true, Some(number)) = (other, number_of(draft, &old.id)) {
            let id = quoted(&new.id);
            draft.put(Place::Reminder(number), &REMINDER, "id", None, &id)?;
            old.id.clone_from(&new.id);
        }
    }
    Ok(renamed)
}

/// The ids of the file's reminders with their numbers.
fn numbers(draft: &Draft) -> Vec<(String, usize)> {
    let document = draft.document();
    let located = located(&mut Reader::new(&document.sources), &document.root);
    let numbers = located.into_iter();
    numbers
        .map(|(reminder, number)| (reminder.id, number))
        .collect()
}

pub fn number_of(draft: &Draft, id: &str) -> Option<usize> {
    let mut numbers = numbers(draft).into_iter();
    numbers
        .find(|(known, _)| known == id)
        .map(|(_, number)| number)
}

fn ids(reminders: &[Reminder]) -> Vec<&str> {
    reminders
        .iter()
        .map(|reminder| reminder.id.as_str())
        .collect()
}

fn position(reminders: &[Reminder], id: &str) -> Option<usize> {
    reminders.iter().position(|reminder| reminder.id == id)
}

/// Gives every reminder its heading in double brackets; a list in brackets goes, to be added
/// again reminder by reminder.
fn under_headings(draft: &mut Draft) -> Result<(), Tangled> {
    let Some(entry) = draft.root().entry(REMINDER.table) else {
        return Ok(());
    };
    let text = draft.text();
    if layout::is_inline(text, &entry.node) {
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
        Value::Table(table) if super::super::reminder::is_by_name(table) => {
            let names = table.entries.iter().map(|entry| Some(entry.key.as_str()));
            names.collect()
        }
        _ => vec![None],
    };
    let mut splices = Vec::new();
    for (node, name) in draft.reminders().zip(names) {
        if layout::form(text, node) != Some(Form::Heading) {
            return Err(Tangled(node.at.span.clone()));
        }
        let has_id = matches!(&node.value, Value::Table(table) if table.node("id").is_some());
        let id = match name {
            Some(name) if !has_id => format!("{}id = {}", draft.newline(), quoted(name)),
            _ => String::new(),
        };
        let heading = format!("{}{id}", REMINDER.heading());
        splices.push(Splice::replace(node.at.span.clone(), heading));
    }
    draft.apply(splices);
    Ok(())
}

/// Takes a reminder away, with the comment above its heading and those beside its keys.
fn remove(draft: &mut Draft, id: &str) -> Result<(), Tangled> {
    let number = number_of(draft, id);
    let Some(node) = number.and_then(|number| draft.node(Place::Reminder(number))) else {
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

fn heading(text: &str, node: &Node) -> usize {
    line_start(text, node.at.span.start)
}

/// Adds what the file does not have yet, each reminder below the one before it.
fn add_missing(draft: &mut Draft, after: &[Reminder]) {
    for (position, new) in after.iter().enumerate() {
        if number_of(draft, &new.id).is_some() {
            continue;
        }
        let values = print::reminder(new).values;
        let place = |id: &str| {
            let number = number_of(draft, id)?;
            let node = draft.node(Place::Reminder(number))?;
            Some(heading(draft.text(), node))
        };
        let previous = position.checked_sub(1).and_then(|it| place(&after[it].id));
        let next = after[position + 1..]
            .iter()
            .find_map(|next| place(&next.id));
        let at = match (previous, next) {
            (Some(previous), _) => Some(draft.end_of_table(previous)),
            (None, Some(next)) => Some(layout::with_comment_above(draft.text(), next)),
            (None, None) => None,
        };
        match at {
            Some(at) => draft.insert_table(at, &REMINDER, &values),
            None => draft.add_table(&REMINDER, &values),
        }
    }
}

/// Puts the reminders into this order. Each takes its comments along.
fn reorder(draft: &mut Draft, after: &[Reminder]) {
    let numbers = numbers(draft);
    let number = |id: &str| {
        numbers
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, n)| *n)
    };
    let wanted: Vec<usize> = after.iter().filter_map(|one| number(&one.id)).collect();
    let mut slots = wanted.clone();
    slots.sort_unstable();
    if wanted == slots {
        return;
    }
    let text = draft.text();
    let block = |number: &usize| -> Option<Range<usize>> {
        let node = draft.node(Place::Reminder(*number))?;
        let heading = heading(text, node);
        let start = layout::with_comment_above(text, heading);
        let end = draft.end_of_table(heading);
        Some(start..start + text[start..end].trim_end().len())
    };
    let splices = slots.iter().zip(&wanted).filter_map(|(slot, wanted)| {
        let with = text[block(wanted)?].to_owned();
        Some(Splice::replace(block(slot)?, with))
    });
    let splices = splices.collect();
    draft.apply(splices);
}
