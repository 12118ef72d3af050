//! One key changed in memory, as if the file had been edited and read again.

use super::{
    Document, Source,
    get::place_of,
    hook,
    print::print,
    read::Reader,
    reminder, say, syntax,
    tree::{At, Entry, Node, Table, Value},
};
use crate::{
    core::config::{Config, StretchFacts},
    diagnostic::{Problem, did_you_mean},
};

/// Settings with one key set by its dotted path to a value in TOML, as [`Document::set`] does.
/// Every name of a stretch is taken.
///
/// # Errors
/// If the key or the value is no good; says what to write instead.
pub fn with(config: &Config, key: &str, value: &str) -> Result<Config, Problem> {
    let mut document = Document::parse("", &print(config));
    document.set(key, value, &[])?;
    Ok(document.config(&[]).0)
}

impl Document {
    /// Sets a key by its dotted path to a value in TOML: `schedule.lull` to `"0s"`.
    ///
    /// The reminder `eyes` is reached as `reminder.eyes.every`. A reminder that there is not yet
    /// begins with its `every` or its `at`, or with all its keys at once:
    /// `reminder.eyes = { every = "20min", message = "Look away", length = "20s" }`. Hooks have
    /// numbers from 1: `hook.1.timeout`; a new one comes all at once with the next number.
    ///
    /// # Errors
    /// If the key or the value is no good. The document then stays as it was.
    pub fn set(
        &mut self,
        key: &str,
        value: &str,
        stretches: &[StretchFacts],
    ) -> Result<(), Problem> {
        let changed = self.changed(key, value)?;
        self.check(changed, stretches)
    }

    /// Sets a key like [`Document::set`] to a value of which some program made the best before,
    /// as it does when it reads a file: what is no good in it is left out.
    ///
    /// # Errors
    /// If this is not the notation of a key and a value.
    pub fn set_as_it_was(&mut self, key: &str, value: &str) -> Result<(), Problem> {
        *self = self.changed(key, value)?;
        Ok(())
    }

    fn changed(&self, key: &str, value: &str) -> Result<Self, Problem> {
        let text = format!("{key} = {value}");
        let name = say("config-set-name", &[("key", key)]);
        let mut changed = self.clone();
        let source = changed.sources.len();
        let mut parsed = syntax::parse(&name, &text, source);
        changed.sources.push(Source { name, text });
        if !parsed.problems.is_empty() {
            return Err(parsed.problems.remove(0));
        }
        for entry in parsed.table.entries {
            changed.put_top(entry)?;
        }
        Ok(changed)
    }

    /// Takes these settings in place of its own, unless something is wrong with them that was not
    /// before.
    fn check(&mut self, changed: Self, stretches: &[StretchFacts]) -> Result<(), Problem> {
        let (_, before) = self.config(stretches);
        let (_, after) = changed.config(stretches);
        match after.into_iter().find(|problem| !before.contains(problem)) {
            Some(problem) => Err(problem),
            None => {
                *self = changed;
                Ok(())
            }
        }
    }

    fn put_top(&mut self, entry: Entry) -> Result<(), Problem> {
        match (entry.key.as_str(), &entry.node.value) {
            ("reminder", Value::Table(table)) => {
                for reminder in &table.entries {
                    self.put_reminder(reminder)?;
                }
            }
            ("hook", Value::Table(table)) => {
                for hook in &table.entries {
                    self.put_hook(hook)?;
                }
            }
            _ => merge(&mut self.root, entry),
        }
        Ok(())
    }

    /// Hooks have no names: they are reached by their numbers from 1, and the number after the last
    /// one is a new one.
    fn put_hook(&mut self, given: &Entry) -> Result<(), Problem> {
        let at = given.key_at.clone();
        let no_such_hook =
            |document: &Self| document.complaint(&at, "no-such-hook", &[("number", &given.key)]);
        let Some(place) = place_of(&given.key) else {
            return Err(no_such_hook(self));
        };
        let Value::Table(keys) = &given.node.value else {
            return Err(self.complaint(&at, "set-hook", &[("number", &given.key)]));
        };
        let located = hook::located(&mut Reader::new(&self.sources), &self.root);
        let number = located.get(place).map(|(_, number)| *number);
        let whole = ["on", "run"].iter().all(|key| keys.node(key).is_some());
        if number.is_none() && (place > located.len() || !whole) {
            return Err(no_such_hook(self));
        }
        let hooks = self.listed("hook", &at, Vec::new);
        let known = number.and_then(|number| hooks.get_mut(number));
        match known.map(|node| &mut node.value) {
            Some(Value::Table(table)) => {
                for entry in &keys.entries {
                    table.put(entry.clone());
                }
            }
            _ => hooks.push(Node {
                at,
                value: given.node.value.clone(),
            }),
        }
        Ok(())
    }

    fn put_reminder(&mut self, given: &Entry) -> Result<(), Problem> {
        let at = given.key_at.clone();
        let Value::Table(keys) = &given.node.value else {
            return Err(self.complaint(&at, "set-reminder", &[("id", &given.key)]));
        };
        let reminders = self.reminders(&at);
        let known = reminders.iter_mut().find_map(|node| match &mut node.value {
            Value::Table(table) if id(table) == Some(given.key.as_str()) => Some(table),
            _ => None,
        });
        if let Some(table) = known {
            for entry in &keys.entries {
                replace(table, entry.clone());
            }
            return Ok(());
        }
        if keys.node("every").is_none() && keys.node("at").is_none() {
            return Err(self.no_such_reminder(given));
        }
        let mut table = Table::default();
        table.put(Entry {
            key: "id".to_owned(),
            key_at: at.clone(),
            node: Node::text(&given.key, at.clone()),
        });
        for entry in &keys.entries {
            table.put(entry.clone());
        }
        let value = Value::Table(table);
        self.reminders(&at).push(Node { at, value });
        Ok(())
    }

    fn reminders(&mut self, at: &At) -> &mut Vec<Node> {
        self.listed("reminder", at, || vec![reminder::default_node(at)])
    }

    /// A table that comes several times as a list that can be changed, whatever the file looks
    /// like; `default` is what there is if the file has none.
    fn listed(
        &mut self,
        table: &str,
        at: &At,
        default: impl FnOnce() -> Vec<Node>,
    ) -> &mut Vec<Node> {
        let node = self.root.node(table);
        if !matches!(node.map(|node| &node.value), Some(Value::List(_))) {
            let nodes = node.map_or_else(default, |node| vec![node.clone()]);
            self.root.put(Entry {
                key: table.to_owned(),
                key_at: at.clone(),
                node: Node {
                    at: at.clone(),
                    value: Value::List(nodes),
                },
            });
        }
        match self.root.node_mut(table).map(|node| &mut node.value) {
            Some(Value::List(nodes)) => nodes,
            _ => unreachable!("the list was put there above"),
        }
    }

    fn no_such_reminder(&mut self, given: &Entry) -> Problem {
        let at = given.key_at.clone();
        let ids: Vec<String> = self
            .reminders(&at)
            .iter()
            .filter_map(|node| match &node.value {
                Value::Table(table) => id(table).map(str::to_owned),
                _ => None,
            })
            .collect();
        let problem = self.complaint(&at, "no-such-reminder", &[("id", &given.key)]);
        match did_you_mean(&given.key, ids.iter().map(String::as_str)) {
            Some(meant) => problem.help(say("config-did-you-mean", &[("meant", meant)])),
            None => problem,
        }
    }

    fn complaint(&self, at: &At, id: &str, values: &[(&str, &str)]) -> Problem {
        Reader::new(&self.sources).problem(at, id, values)
    }
}

/// Puts a value into the tree, whose tables keep what they have besides.
fn merge(table: &mut Table, entry: Entry) {
    let both_tables = matches!(
        (
            table.node(&entry.key).map(|node| &node.value),
            &entry.node.value
        ),
        (Some(Value::Table(_)), Value::Table(_))
    );
    if !both_tables {
        table.put(entry);
        return;
    }
    if let (
        Some(Node {
            value: Value::Table(old),
            ..
        }),
        Value::Table(new),
    ) = (table.node_mut(&entry.key), entry.node.value)
    {
        for inner in new.entries {
            merge(old, inner);
        }
    }
}

/// Sets a key of a reminder; what it replaces in meaning goes with it.
fn replace(table: &mut Table, entry: Entry) {
    match entry.key.as_str() {
        "every" => table.remove("at"),
        "at" => table.remove("every"),
        _ => {}
    }
    table.put(entry);
}

fn id(table: &Table) -> Option<&str> {
    match &table.node("id")?.value {
        Value::Text(id) => Some(id),
        _ => None,
    }
}
