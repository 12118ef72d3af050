//! Hooks changed, added, taken away and put into another order.
//!
//! They have no names. Which old one a new one comes from is found by the least difference: first
//! those that are as they were, then those that still run the same or wait for the same, and at
//! last those that are left, in their order.

use super::{
    super::{hook::located, keys::HOOK, print, read::Reader},
    draft::{Draft, Place, Tangled},
    repeated,
};
use crate::core::config::Hook;

/// A hook of the file: what it says, and the number of the wanted one that it is to become.
struct Known<'h> {
    hook: &'h Hook,
    becomes: Option<usize>,
}

/// Makes the hooks of the file those of `after`, where they were those of `before`. What a mistake
/// in the notation keeps from being read is passed over.
pub fn change(draft: &mut Draft, before: &[Hook], after: &[Hook]) -> Result<(), Tangled> {
    if before == after {
        return Ok(());
    }
    let pairs = matched(before, after).into_iter();
    let mut known: Vec<Known<'_>> = (before.iter().zip(pairs))
        .map(|(hook, becomes)| Known { hook, becomes })
        .collect();
    let same_list = known
        .iter()
        .map(|one| one.becomes)
        .eq((0..after.len()).map(Some));
    if !same_list {
        let numbers = numbers(draft);
        repeated::under_headings(draft, &HOOK, &numbers)?;
        if self::numbers(draft).is_empty() {
            // They stood in a list in brackets, which is gone.
            known.clear();
        }
    }
    for place in (0..known.len()).rev() {
        if known[place].becomes.is_none() {
            if let Some(number) = numbers(draft).get(place) {
                repeated::remove(draft, Place::Nth(&HOOK, *number))?;
            }
            known.remove(place);
        }
    }
    for (place, one) in known.iter().enumerate() {
        if let (Some(becomes), Some(number)) = (one.becomes, numbers(draft).get(place).copied()) {
            let [old, new] = [one.hook, &after[becomes]].map(print::hook);
            draft.change_table(Place::Nth(&HOOK, number), &old, &new)?;
        }
    }
    add_missing(draft, &mut known, after);
    let numbers = numbers(draft);
    let place = |wanted: usize| known.iter().position(|one| one.becomes == Some(wanted));
    let wanted: Vec<usize> = (0..after.len())
        .filter_map(|wanted| numbers.get(place(wanted)?).copied())
        .collect();
    repeated::reorder(draft, &HOOK, &wanted);
    Ok(())
}

/// Adds what the file does not have yet, each hook below the one before it.
fn add_missing<'h>(draft: &mut Draft, known: &mut Vec<Known<'h>>, after: &'h [Hook]) {
    for (wanted, hook) in after.iter().enumerate() {
        let place = |wanted: usize| known.iter().position(|one| one.becomes == Some(wanted));
        if place(wanted).is_some() {
            continue;
        }
        let previous = wanted.checked_sub(1).and_then(place);
        let next = (wanted + 1..after.len()).find_map(place);
        let numbers = numbers(draft);
        let number = |place: usize| numbers.get(place).copied();
        let neighbours = (previous.and_then(number), next.and_then(number));
        repeated::add(draft, &HOOK, neighbours, &print::hook(hook).values);
        let place = previous.map_or(next.unwrap_or_default(), |previous| previous + 1);
        let becomes = Some(wanted);
        known.insert(place, Known { hook, becomes });
    }
}

/// The numbers of the hooks that can be used, among all that are written.
pub fn numbers(draft: &Draft) -> Vec<usize> {
    let document = draft.document();
    let located = located(&mut Reader::new(&document.sources), &document.root);
    located.into_iter().map(|(_, number)| number).collect()
}

/// For each old hook the place of the new one that it becomes.
fn matched(before: &[Hook], after: &[Hook]) -> Vec<Option<usize>> {
    let mut becomes = unmoved(before, after);
    let ways: [fn(&Hook, &Hook) -> bool; 5] = [
        |old, new| old == new,
        |old, new| old.on == new.on && old.run == new.run,
        |old, new| old.run == new.run,
        |old, new| old.on == new.on,
        |_, _| true,
    ];
    for alike in ways {
        for (place, old) in before.iter().enumerate() {
            if becomes[place].is_none() {
                let free = |new: &usize| !becomes.contains(&Some(*new));
                let mut left = (0..after.len()).filter(free);
                becomes[place] = left.find(|new| alike(old, &after[*new]));
            }
        }
    }
    becomes
}

/// The longest row of hooks that are the same in both lists and in the same order.
fn unmoved(before: &[Hook], after: &[Hook]) -> Vec<Option<usize>> {
    // The length of the longest such row from each place of one and of the other on.
    let mut longest = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for old in (0..before.len()).rev() {
        for new in (0..after.len()).rev() {
            longest[old][new] = match before[old] == after[new] {
                true => longest[old + 1][new + 1] + 1,
                false => longest[old + 1][new].max(longest[old][new + 1]),
            };
        }
    }
    let mut becomes = vec![None; before.len()];
    let (mut old, mut new) = (0, 0);
    while old < before.len() && new < after.len() {
        if before[old] == after[new] {
            becomes[old] = Some(new);
            (old, new) = (old + 1, new + 1);
        } else if longest[old + 1][new] >= longest[old][new + 1] {
            old += 1;
        } else {
            new += 1;
        }
    }
    becomes
}
