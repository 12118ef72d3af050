//! Everything that might mend a mistake, the most likely first.

use std::ops::Range;

use super::{
    notation,
    spot::{self, Spot},
    trial::{Candidate, Trial, short, writes},
};
use crate::{
    config_file::{
        edit::{
            draft::{Draft, Place, Splice, Tangled},
            layout::{self, Form},
            list, repeated,
        },
        hint::{meant_key, meant_table},
        keys::{self, HOOK, HOURS, Keys, REMINDER},
        mend::line_start,
        print::{self, Written, written},
        say,
        tree::{Entry, Node, Table, Value},
    },
    core::config::{Config, DayOfWeek},
    diagnostic::{Problem, Rewrite},
};

/// What might mend this problem.
pub fn of(trial: &Trial<'_>, problem: &Problem) -> Vec<Candidate> {
    let draft = &trial.draft;
    let spot = spot::find(draft, &problem.span);
    let is_notation = trial.is_notation(problem);
    let is_name =
        matches!(&spot, Some(Spot::Key { entry, .. }) if entry.key_at.span == problem.span);
    let rewrites = problem.rewrites.iter();
    let mut found: Vec<Candidate> = rewrites
        .map(|rewrite| Candidate {
            reveals: is_notation || is_name,
            ..rewritten(draft.text(), rewrite)
        })
        .collect();
    if is_notation {
        found.extend(notation::closed_list(draft, problem));
    }
    match spot {
        Some(Spot::Key {
            keys,
            place,
            table,
            entry,
        }) => {
            let at = Found {
                trial,
                keys,
                place,
                table,
            };
            if keys.keys.contains(&entry.key.as_str()) {
                at.known(entry, problem, &mut found);
            } else {
                at.unknown(entry, &mut found);
            }
            found.extend(at.whole_table());
        }
        Some(Spot::Whole { keys, place, entry }) => whole(trial, (keys, place), entry, &mut found),
        Some(Spot::Unknown(entry)) => unknown(trial, entry, &mut found),
        None => {}
    }
    if is_notation {
        found.extend(notation::of(draft, problem));
    }
    found
}

/// Something that a reader proposes to write.
fn rewritten(text: &str, rewrite: &Rewrite) -> Candidate {
    let Rewrite { span, with } = rewrite;
    let said = if span.is_empty() || with.trim().is_empty() {
        // Only the whole line says what that does.
        let start = line_start(text, span.start);
        let end = layout::line_end(text, span.start).max(span.end);
        let (before, after) = (&text[start..span.start], &text[span.end..end]);
        writes(&format!("{before}{with}{after}"))
    } else {
        writes(with)
    };
    let splice = Splice::replace(span.clone(), with.clone());
    Candidate::going_on(said, vec![splice])
}

/// A change that a draft has made, if it could be made.
fn drafted(
    trial: &Trial<'_>,
    said: String,
    change: impl FnOnce(&mut Draft) -> Result<(), Tangled>,
) -> Option<Candidate> {
    let mut draft = trial.draft.clone();
    change(&mut draft).ok()?;
    let splices = vec![Splice::between(trial.draft.text(), draft.text())];
    Some(Candidate::plain(said, splices))
}

fn takes(what: &str) -> String {
    say("mend-take", &[("what", &short(what))])
}

/// A table of the file that has been found.
struct Found<'t, 'a> {
    trial: &'t Trial<'a>,
    keys: &'static Keys,
    place: Place,
    table: &'t Table,
}

impl Found<'_, '_> {
    /// What might mend a key that there is, or its value.
    fn known(&self, entry: &Entry, problem: &Problem, found: &mut Vec<Candidate>) {
        // A command without one of its words is another command.
        if self.keys.table != HOOK.table
            && let Some(node) = spot::element(entry, &problem.span)
        {
            found.extend(self.without_element(entry, node));
        }
        if let Some((span, _)) = &problem.also {
            found.extend(self.without_other(span));
        }
        let now = self.now();
        let value = now.as_ref().and_then(|now| now.value(&entry.key));
        if let Some(value) = value {
            found.extend(self.as_used(entry, value));
        }
        found.extend(self.missing(now.as_ref()));
        found.extend(self.without(entry));
        if self.keys.table == HOURS.table {
            found.extend(without_table(self.trial, self.keys).map(Candidate::last));
        }
    }

    /// What might mend a key that there is not.
    fn unknown(&self, entry: &Entry, found: &mut Vec<Candidate>) {
        if meant_key(&entry.key, self.keys).is_none()
            && let Some(home) = keys::home(&entry.key)
        {
            found.extend(moved(self.trial, entry, home));
        }
        if self.keys.table == HOURS.table {
            found.extend(each_day(&self.trial.draft, entry));
        }
        found.extend(self.without(entry));
    }

    /// What this table says as it is used now.
    fn now(&self) -> Option<Written> {
        let trial = self.trial;
        match self.place {
            Place::Table(keys) => {
                let mut tables = written(trial.config).into_iter();
                tables.find(|table| table.keys.table == keys.table)
            }
            Place::Nth(keys, number) if keys.is_named() => {
                let (reminder, _) = trial.reminders.iter().find(|(_, n)| *n == number)?;
                Some(print::reminder(reminder))
            }
            Place::Nth(_, number) => {
                let (hook, _) = trial.hooks.iter().find(|(_, n)| *n == number)?;
                Some(print::hook(hook))
            }
        }
    }

    /// The value as it is used now: the default, or what is good of it.
    fn as_used(&self, entry: &Entry, value: &str) -> Option<Candidate> {
        let defaults = written(&Config::default());
        let default = defaults
            .iter()
            .find(|table| table.keys.table == self.keys.table);
        let is_default = match self.keys.repeated {
            true => !matches!(entry.node.value, Value::List(_)),
            false => default.and_then(|table| table.value(&entry.key)) == Some(value),
        };
        let said = match is_default {
            true => say("mend-default", &[("value", &short(value))]),
            false => writes(value),
        };
        let key = self.keys.keys.iter().find(|key| **key == entry.key)?;
        drafted(self.trial, said, |draft| {
            draft.put(self.place, self.keys, key, None, value)
        })
    }

    /// A key without which a reminder is none, as it is used now.
    fn missing(&self, now: Option<&Written>) -> Vec<Candidate> {
        let (true, Some(now)) = (self.keys.is_named(), now) else {
            return Vec::new();
        };
        let missing = ["id", "every", "length"]
            .into_iter()
            .filter(|key| self.table.node(key).is_none());
        let written = missing.filter_map(|key| {
            let value = now.value(key)?;
            let said = writes(&format!("{key} = {value}"));
            drafted(self.trial, said, |draft| {
                // Where the reminder was to come at times of which there are none.
                if key == "every" {
                    draft.remove(self.place, "at")?;
                }
                draft.put(self.place, self.keys, key, None, value)
            })
        });
        written.collect()
    }

    /// The file without this key.
    fn without(&self, entry: &Entry) -> Option<Candidate> {
        let draft = &self.trial.draft;
        let lines = lines_of(draft, entry)?;
        let before = draft.text().get(lines.start..entry.key_at.span.start);
        let own_line = before.is_some_and(|before| before.trim().is_empty());
        let several = draft.text()[lines.clone()].trim_end().contains('\n');
        let said = match (own_line, several) {
            (true, false) => say("mend-take-line", &[]),
            (true, true) | (false, _) => takes(&entry.key),
        };
        drafted(self.trial, said, |draft| {
            if draft.remove(self.place, &entry.key).is_err() {
                draft.apply(vec![Splice::remove(lines)]);
            }
            Ok(())
        })
    }

    fn without_element(&self, entry: &Entry, node: &Node) -> Option<Candidate> {
        let text = self.trial.draft.text();
        let splice = list::without(text, &entry.node, node)?;
        Some(Candidate::plain(
            takes(&text[node.at.span.clone()]),
            vec![splice],
        ))
    }

    /// The file without what contradicts this, elsewhere in the table.
    fn without_other(&self, span: &Range<usize>) -> Option<Candidate> {
        let text = self.trial.draft.text();
        let entry = self.table.entries.iter().find(|entry| {
            let (from, to) = (entry.key_at.span.start, layout::end_of(text, &entry.node));
            from <= span.start && span.start < to
        })?;
        let line = text[..span.start].matches('\n').count() + 1;
        let said = |what: &str| {
            let values = [("what", short(what)), ("line", line.to_string())];
            let [what, line] = [&values[0], &values[1]].map(|(name, it)| (*name, it.as_str()));
            say("mend-take-other", &[what, line])
        };
        if let Some(node) = spot::element(entry, span) {
            let splice = list::without(text, &entry.node, node)?;
            return Some(Candidate::plain(
                said(&text[node.at.span.clone()]),
                vec![splice],
            ));
        }
        drafted(self.trial, said(&entry.key), |draft| {
            draft.remove(self.place, &entry.key)
        })
    }

    /// The file without this reminder or hook.
    fn whole_table(&self) -> Option<Candidate> {
        without_one(self.trial, self.place).map(Candidate::last)
    }
}

/// What might mend a table as a whole.
fn whole(
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

fn without_one(trial: &Trial<'_>, place: Place) -> Option<Candidate> {
    let said = match place {
        Place::Table(_) => return None,
        Place::Nth(keys, _) if keys.table == HOOK.table => say("mend-take-hook", &[]),
        Place::Nth(_, _) => say("mend-take-reminder", &[]),
    };
    drafted(trial, said, |draft| repeated::remove(draft, place))
}

fn without_table(trial: &Trial<'_>, keys: &Keys) -> Option<Candidate> {
    let said = say("mend-take-table", &[("table", &keys.heading())]);
    let entry = trial.draft.root().entry(keys.table)?;
    // Written in two places, it would take along what stands between them.
    lines_of(&trial.draft, entry)?;
    drafted(trial, said, |draft| draft.remove_table(keys))
}

/// What might mend a table, or a key outside of all tables, that there is not.
fn unknown(trial: &Trial<'_>, entry: &Entry, found: &mut Vec<Candidate>) {
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
fn moved(trial: &Trial<'_>, entry: &Entry, home: &'static Keys) -> Option<Candidate> {
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
fn each_day(draft: &Draft, entry: &Entry) -> Option<Candidate> {
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
