//! Where in the tree of the file a problem is, and which setting it is about.

use std::ops::Range;

use super::trial::Trial;
use crate::{
    config_file::{
        edit::{
            draft::{Draft, Place},
            layout::{self, Form},
        },
        hint::{meant_key, meant_table},
        keys::{self, Keys},
        mend::line_start,
        tree::{Entry, Node, Table, Value},
    },
    diagnostic::Problem,
};

/// A place in the tree.
pub enum Spot<'d> {
    /// A key of a table, or its value.
    Key {
        /// The table.
        keys: &'static Keys,
        /// Which one.
        place: Place,
        /// What it has.
        table: &'d Table,
        /// The key.
        entry: &'d Entry,
    },
    /// A table of ours as a whole.
    Whole {
        /// Which kind.
        keys: &'static Keys,
        /// Which one, if it is one of those that can be read.
        place: Option<Place>,
        /// The table, or what stands in its place.
        entry: &'d Entry,
    },
    /// A table or a key that there is not.
    Unknown(&'d Entry),
}

/// Finds the place. Nothing where the notation is so broken that nothing was read there.
pub fn find<'d>(draft: &'d Draft, span: &Range<usize>) -> Option<Spot<'d>> {
    for entry in &draft.root().entries {
        let known = keys::TABLES.iter().find(|keys| keys.table == entry.key);
        let Some(keys) = known.copied() else {
            if is_in(entry, span) {
                return Some(Spot::Unknown(entry));
            }
            continue;
        };
        for (place, node) in tables(draft, keys, entry) {
            let Value::Table(table) = &node.value else {
                continue;
            };
            let inner = table.entries.iter().find(|entry| is_in(entry, span));
            if let Some(entry) = inner {
                return Some(Spot::Key {
                    keys,
                    place,
                    table,
                    entry,
                });
            }
            let place = Some(place);
            let heading = layout::form(draft.text(), node) == Some(Form::Heading);
            if heading && same_line(draft.text(), node.at.span.start, span.start) {
                return Some(Spot::Whole { keys, place, entry });
            }
        }
        if touches(&entry.key_at.span, span) || touches(&entry.node.at.span, span) {
            let place = None;
            return Some(Spot::Whole { keys, place, entry });
        }
    }
    None
}

fn tables<'d>(draft: &'d Draft, keys: &'static Keys, entry: &'d Entry) -> Vec<(Place, &'d Node)> {
    if keys.repeated {
        let nodes = draft.repeated(keys).enumerate();
        return nodes
            .map(|(number, node)| (Place::Nth(keys, number), node))
            .collect();
    }
    let node = match &entry.node.value {
        // Double brackets where single ones belong: the first one counts.
        Value::List(nodes) => nodes.first(),
        _ => Some(&entry.node),
    };
    node.into_iter()
        .map(|node| (Place::Table(keys), node))
        .collect()
}

fn is_in(entry: &Entry, span: &Range<usize>) -> bool {
    let inner = |entries: &[Entry]| entries.iter().any(|entry| is_in(entry, span));
    let below = match &entry.node.value {
        Value::Table(table) => inner(&table.entries),
        Value::List(nodes) => nodes.iter().any(|node| match &node.value {
            Value::Table(table) => touches(&node.at.span, span) || inner(&table.entries),
            _ => false,
        }),
        _ => false,
    };
    below || touches(&entry.key_at.span, span) || touches(&entry.node.at.span, span)
}

fn touches(place: &Range<usize>, span: &Range<usize>) -> bool {
    place.start <= span.start
        && (span.start < place.end || span.is_empty() && span.start <= place.end)
        || *place == *span
}

fn same_line(text: &str, one: usize, other: usize) -> bool {
    line_start(text, one) == line_start(text, other.min(text.len()))
}

/// The element of a list at this place.
pub fn element<'d>(entry: &'d Entry, span: &Range<usize>) -> Option<&'d Node> {
    match &entry.node.value {
        Value::List(nodes) => nodes.iter().find(|node| touches(&node.at.span, span)),
        _ => None,
    }
}

/// The setting that a problem is about.
pub fn key(trial: &Trial<'_>, problem: &Problem) -> Option<String> {
    let draft = &trial.draft;
    match find(draft, &problem.span) {
        Some(Spot::Key {
            keys, place, entry, ..
        }) => Some(key_of(&path(trial, place), keys, &entry.key)),
        Some(Spot::Whole {
            place: Some(place), ..
        }) => Some(path(trial, place)),
        Some(Spot::Whole { keys, .. }) => Some(keys.table.to_owned()),
        Some(Spot::Unknown(entry)) => {
            let home = keys::home(&entry.key).filter(|home| !home.repeated);
            home.map(|home| format!("{}.{}", home.table, entry.key))
                .or_else(|| Some(meant_table(&entry.key)?.table.to_owned()))
        }
        None => {
            let (keys, key) = around(draft.text(), problem.span.start)?;
            let several = keys.repeated && !key.is_empty();
            let table = keys.table.to_owned();
            Some(match several || key.is_empty() {
                true => table,
                false => key_of(&table, keys, key),
            })
        }
    }
}

/// The path of a key, of the one that was probably meant, or only of the table.
fn key_of(path: &str, keys: &'static Keys, key: &str) -> String {
    if keys.keys.contains(&key) {
        return format!("{path}.{key}");
    }
    let home = keys::home(key).filter(|home| !home.repeated);
    match (meant_key(key, keys), home) {
        (Some(meant), _) => format!("{path}.{meant}"),
        (None, Some(home)) => format!("{}.{key}", home.table),
        (None, None) => path.to_owned(),
    }
}

/// The path of a table.
fn path(trial: &Trial<'_>, place: Place) -> String {
    let (keys, number) = match place {
        Place::Table(keys) => return keys.table.to_owned(),
        Place::Nth(keys, number) => (keys, number),
    };
    let named = trial.reminders.iter().find(|(_, n)| *n == number);
    let used = trial.hooks.iter().position(|(_, n)| *n == number);
    let table = keys.table;
    match (keys.is_named(), named, used) {
        (true, Some((reminder, _)), _) => format!("{table}.{}", reminder.id),
        (false, _, Some(place)) => format!("{table}.{}", place + 1),
        (true, None, _) | (false, _, None) => table.to_owned(),
    }
}

/// The table under whose heading a line stands, and the key on it, by their looks alone.
pub fn around(text: &str, at: usize) -> Option<(&'static Keys, &str)> {
    let start = line_start(text, text.floor_char_boundary(at.min(text.len())));
    let line = text[start..].lines().next().unwrap_or_default();
    let name = |line: &str| {
        let name = line.trim().trim_start_matches('[');
        let name = name.split([']', '.', '#']).next().unwrap_or_default();
        let table = keys::TABLES.iter().find(|keys| keys.table == name.trim());
        table.copied()
    };
    if line.trim_start().starts_with('[') {
        return Some((name(line)?, ""));
    }
    let mut above = text[..start].lines().rev();
    let heading = above.find(|line| line.trim_start().starts_with('['))?;
    let key = line.split(['=', ':']).next().unwrap_or_default();
    Some((name(heading)?, key.trim().trim_matches(['"', '\''])))
}
