//! Everything that might mend a mistake, the most likely first.

use std::ops::Range;

use super::{
    notation,
    spot::{self, Spot},
    tables::{each_day, lines_of, moved, unknown, whole, without_one, without_table},
    trial::{Candidate, Trial, short, writes},
};
use crate::{
    config_file::{
        edit::{
            draft::{Draft, Place, Splice, Tangled},
            layout, list,
        },
        hint::meant_key,
        keys::{self, HOOK, HOURS, Keys},
        mend::line_start,
        print::{self, Written, written},
        say,
        tree::{Entry, Node, Table, Value},
    },
    core::config::Config,
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
pub fn drafted(
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
pub struct Found<'t, 'a> {
    pub trial: &'t Trial<'a>,
    pub keys: &'static Keys,
    pub place: Place,
    pub table: &'t Table,
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
    pub fn now(&self) -> Option<Written> {
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
    pub fn missing(&self, now: Option<&Written>) -> Vec<Candidate> {
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
    pub fn whole_table(&self) -> Option<Candidate> {
        without_one(self.trial, self.place).map(Candidate::last)
    }
}
