//! Reminders changed, added, taken away and put into another order, by their ids.

use super::{
    super::{
        keys::REMINDER,
        print::{self, quoted},
        read::Reader,
        reminder::located,
    },
    draft::{Draft, Place, Tangled},
    repeated,
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
        let known: Vec<usize> = known.into_iter().map(|(_, number)| number).collect();
        repeated::under_headings(draft, &REMINDER, &known)?;
    }
    for gone in before
        .iter()
        .filter(|old| position(after, &old.id).is_none())
    {
        if let Some(number) = number_of(draft, &gone.id) {
            repeated::remove(draft, Place::Nth(&REMINDER, number))?;
        }
    }
    for new in after {
        let old = before.iter().find(|old| old.id == new.id);
        if let (Some(old), Some(number)) = (old, number_of(draft, &new.id)) {
            let [old, new] = [old, new].map(print::reminder);
            draft.change_table(Place::Nth(&REMINDER, number), &old, &new)?;
        }
    }
    add_missing(draft, after);
    let wanted = after.iter().filter_map(|one| number_of(draft, &one.id));
    let wanted: Vec<usize> = wanted.collect();
    repeated::reorder(draft, &REMINDER, &wanted);
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
            draft.put(Place::Nth(&REMINDER, number), &REMINDER, "id", None, &id)?;
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

/// Adds what the file does not have yet, each reminder below the one before it.
fn add_missing(draft: &mut Draft, after: &[Reminder]) {
    for (position, new) in after.iter().enumerate() {
        if number_of(draft, &new.id).is_some() {
            continue;
        }
        let number = |one: &Reminder| number_of(draft, &one.id);
        let previous = position.checked_sub(1).and_then(|it| number(&after[it]));
        let next = after[position + 1..].iter().find_map(number);
        let values = print::reminder(new).values;
        repeated::add(draft, &REMINDER, (previous, next), &values);
    }
}
