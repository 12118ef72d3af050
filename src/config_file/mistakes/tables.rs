//! What might mend whole tables, and keys that stand in the wrong place.

use std::ops::Range;

use super::{
    candidates::{Found, drafted},
    trial::{Candidate, Trial, short, writes},
};
use crate::{
    config_file::{
        edit::{
            draft::{Draft, Place, Splice},
            layout::{self, Form},
            repeated,
        },
        hint::meant_table,
        keys::{self, HOOK, Keys, REMINDER},
        mend::line_start,
        say,
        tree::{Entry, Table, Value},
    },
    core::config::DayOfWeek,
};

/// What might mend a table as a whole.
pub fn whole(
    trial: &Trial<'_>,
    (keys, place): (&'static Keys, Option<Place>),
    entry: &Entry,
    found: &mut Vec<Candidate>,
) {
    if keys.repeated {
        found.extend(under_headings(trial, keys));
    }
    let node = place.and_then(|place| trial.draft.node(place));
    if let (Some(place), Some(Value::Table(table))) = (place, node.map(|node| &node.value)) {
        let at = Found {
            trial,
            keys,
            place,
            table,
        };
        found.extend(at.missing(at.now().as_ref()));
        found.extend(at.whole_table());
    }
    if let (Value::Bool(_), true) = (&entry.node.value, keys.keys.contains(&"on")) {
        let at = entry.key_at.span.end;
        found.push(Candidate::plain(
            writes(&format!("{}.on", keys.table)),
            vec![Splice::insert(at, ".on".to_owned())],
        ));
    }
    if !keys.repeated && layout::form(trial.draft.text(), &entry.node) == Some(Form::Heading) {
        found.extend(without_table(trial, keys).map(Candidate::last));
    }
    if layout::is_inline(trial.draft.text(), &entry.node) {
        let said = say("mend-take-line", &[]);
        let lines = lines_of(&trial.draft, entry);
        found.extend(lines.map(|lines| Candidate::plain(said, vec![Splice::remove(lines)])));
    }
}

/// Headings in double brackets for tables that come several times.
fn under_headings(trial: &Trial<'_>, keys: &'static Keys) -> Option<Candidate> {
    let known: Vec<usize> = match keys.table {
        table if table == REMINDER.table => trial.reminders.iter().map(|(_, n)| *n).collect(),
        _ => trial.hooks.iter().map(|(_, n)| *n).collect(),
    };
    let entry = trial.draft.root().entry(keys.table)?;
    // A list in brackets would go with all that is in it.
    if layout::is_inline(trial.draft.text(), &entry.node) {
        return None;
    }
    drafted(trial, writes(&keys.heading()), |draft| {
        repeated::under_headings(draft, keys, &known)
    })
}

pub fn without_one(trial: &Trial<'_>, place: Place) -> Option<Candidate> {
    let said = match place {
        Place::Table(_) => return None,
        Place::Nth(keys, _) if keys.table == HOOK.table => say("mend-take-hook", &[]),
        Place::Nth(_, _) => say("mend-take-reminder", &[]),
    };
    drafted(trial, said, |draft| repeated::remove(draft, place))
}

pub fn without_table(trial: &Trial<'_>, keys: &Keys) -> Option<Candidate> {
    let said = say("mend-take-table", &[("table", &keys.heading())]);
    let entry = trial.draft.root().entry(keys.table)?;
    // Written in two places, it would take along what stands between them.
    lines_of(&trial.draft, entry)?;
    drafted(trial, said, |draft| draft.remove_table(keys))
}

/// What might mend a table, or a key outside of all tables, that there is not.
pub fn unknown(trial: &Trial<'_>, entry: &Entry, found: &mut Vec<Candidate>) {
    let draft = &trial.draft;
    if let Some(meant) = meant_table(&entry.key) {
        let name = |at: usize| Splice::replace(at..at + entry.key.len(), meant.table.to_owned());
        let text = draft.text();
        let nodes = match &entry.node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        let named = nodes.iter().filter_map(|node| {
            let written = text.get(node.at.span.clone())?;
            let at = written.starts_with('[').then(|| written.find(&entry.key))?;
            Some(name(node.at.span.start + at?))
        });
        let headings: Vec<Splice> = named.collect();
        let splices = match headings.is_empty() {
            true => vec![Splice::replace(
                entry.key_at.span.clone(),
                meant.table.to_owned(),
            )],
            false => headings,
        };
        let renamed = Candidate::going_on(writes(&meant.heading()), splices);
        found.push(renamed.revealing());
    }
    if let Some(home) = keys::home(&entry.key) {
        found.extend(moved(trial, entry, home));
    }
    let Some(lines) = lines_of(draft, entry) else {
        return;
    };
    let text = draft.text();
    let is_table = !layout::is_inline(text, &entry.node);
    let said = match is_table {
        true => {
            let heading = &text[lines.start..layout::line_end(text, lines.start)];
            say("mend-take-table", &[("table", &short(heading))])
        }
        false => say("mend-take-line", &[]),
    };
    found.push(Candidate::plain(said, vec![Splice::remove(lines)]));
}

/// A key put under the heading to which it belongs.
pub fn moved(trial: &Trial<'_>, entry: &Entry, home: &'static Keys) -> Option<Candidate> {
    let key = home.keys.iter().find(|key| **key == entry.key)?;
    let node = &entry.node;
    if home.repeated || !layout::is_inline(trial.draft.text(), node) {
        return None;
    }
    let value = trial.draft.text().get(node.at.span.clone())?.to_owned();
    let said = say("mend-move", &[("table", &home.heading())]);
    let lines = lines_of(&trial.draft, entry)?;
    drafted(trial, said, |draft| {
        draft.apply(vec![Splice::remove(lines)]);
        draft.put(Place::Table(home), home, key, None, &value)
    })
}

/// `mon-fri = […]` as a line for each day.
pub fn each_day(draft: &Draft, entry: &Entry) -> Option<Candidate> {
    let text = draft.text();
    let key = entry.key.to_lowercase();
    let named: Vec<usize> = key
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty() && *word != "to")
        .map(|word| {
            DayOfWeek::ALL
                .iter()
                .position(|day| word.starts_with(day.key()))
        })
        .collect::<Option<_>>()?;
    let days: Vec<usize> = match named.as_slice() {
        [from, to] if key.contains(['-', '–']) || key.contains("to") => match from <= to {
            true => (*from..=*to).collect(),
            false => (*from..7).chain(0..=*to).collect(),
        },
        [_, _, ..] => named,
        [] | [_] => return None,
    };
    let value = text.get(entry.node.at.span.clone())?;
    let start = line_start(text, entry.key_at.span.start);
    let indent = &text[start..entry.key_at.span.start];
    let mut keys = days.iter().map(|day| DayOfWeek::ALL[*day].key());
    let first = keys.next()?;
    let mut lines = format!("{first} = {value}");
    for key in keys {
        lines += &format!("{}{indent}{key} = {value}", draft.newline());
    }
    let whole = entry.key_at.span.start..entry.node.at.span.end;
    if whole.is_empty() {
        return None;
    }
    let said = say("mend-each-day", &[]);
    Some(Candidate::plain(said, vec![Splice::replace(whole, lines)]))
}

/// The lines of a key with its value, or of a table with its heading and all keys. Nothing if other
/// tables stand between them.
pub fn lines_of(draft: &Draft, entry: &Entry) -> Option<Range<usize>> {
    let text = draft.text();
    if layout::is_inline(text, &entry.node) {
        return Some(draft.lines(entry));
    }
    let nodes = match &entry.node.value {
        Value::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(&entry.node),
    };
    let starts = nodes
        .iter()
        .map(|node| line_start(text, node.at.span.start));
    let start = starts.min().unwrap_or_default();
    let ends = nodes.iter().map(|node| layout::end_of(text, node));
    let end = ends.max().unwrap_or(start);
    let lines = start..layout::line_end(text, end);
    let headings = |root: &Table| {
        let headings = layout::headings(text, root).into_iter();
        headings.filter(|at| lines.contains(at)).count()
    };
    let own = Table {
        entries: vec![entry.clone()],
    };
    // A heading that stands there twice is not in the tree.
    let written = text[lines.clone()].lines();
    let written = written
        .filter(|line| line.trim_start().starts_with('['))
        .count();
    let alone = headings(draft.root()) == headings(&own) && written <= headings(&own);
    alone.then(|| draft.with_gap(lines))
}
