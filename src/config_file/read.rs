//! Tables of the settings file, and the values of their keys or else their defaults.
//!
//! Knows which keys there are, not what a setting does.

use std::{ops::RangeInclusive, time::Duration};

use super::{
    Source,
    hint::{key_hint, meant_key, table_hint, tables_hint},
    keys::{self, Keys},
    print::quoted,
    say,
    tree::{At, Entry, Node, Table, Value},
    value::kind,
};
use crate::{core::span, diagnostic::Problem, text};

/// A table of the file, or nothing where the file has none.
pub struct Section<'t> {
    /// Its keys, by the book.
    pub keys: &'static Keys,
    /// What the file has of them.
    pub table: Option<&'t Table>,
}

impl<'t> Section<'t> {
    /// The value of a key, if the file has it.
    pub fn node(&self, key: &str) -> Option<&'t Node> {
        debug_assert!(self.keys.keys.contains(&key), "{key} is not in the list");
        self.table.and_then(|table| table.node(key))
    }

    /// Whether a key that does not exist looks as if this one was meant.
    pub fn misspelt(&self, key: &str) -> bool {
        let mut entries = self.table.iter().flat_map(|table| &table.entries);
        entries.any(|entry| {
            !self.keys.keys.contains(&entry.key.as_str())
                && keys::meant(&entry.key, self.keys) == Some(key)
        })
    }

    /// Where a key stands, if the file has it.
    pub fn key_at(&self, key: &str) -> Option<&'t At> {
        let entry = self.table.and_then(|table| table.entry(key));
        entry.map(|entry| &entry.key_at)
    }
}

/// Reads values and collects what is wrong with them.
pub struct Reader<'d> {
    sources: &'d [Source],
    /// Everything found so far.
    pub problems: Vec<Problem>,
}

impl<'d> Reader<'d> {
    /// A reader for values from these texts.
    pub fn new(sources: &'d [Source]) -> Self {
        Self {
            sources,
            problems: Vec::new(),
        }
    }

    /// A problem in the words of `config-<id>`, its `-label` and its `-help` where there are such.
    pub fn problem(&self, at: &At, id: &str, values: &[(&str, &str)]) -> Problem {
        let id = format!("config-{id}");
        let name = self.sources.get(at.source).map_or("", |s| s.name.as_str());
        let mut problem = Problem::error(name, at.span.clone(), say(&id, values));
        let (label, help) = (format!("{id}-label"), format!("{id}-help"));
        if text::has(&label) {
            problem = problem.label(say(&label, values));
        }
        if text::has(&help) {
            problem = problem.help(say(&help, values));
        }
        problem
    }

    /// The text in which a place is.
    pub fn text(&self, at: &At) -> &'d str {
        self.sources.get(at.source).map_or("", |s| s.text.as_str())
    }

    /// Keeps a problem.
    pub fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Finds the table, and complains about keys that are not in the list.
    pub fn section<'t>(&mut self, root: &'t Table, keys: &'static Keys) -> Section<'t> {
        let table = match root.node(keys.table) {
            None => None,
            Some(node) => self.as_table(node, keys),
        };
        if let Some(table) = table {
            self.check_keys(table, keys);
        }
        Section { keys, table }
    }

    fn as_table<'t>(&mut self, node: &'t Node, keys: &'static Keys) -> Option<&'t Table> {
        match &node.value {
            Value::Table(table) => Some(table),
            Value::List(tables)
                if !tables.is_empty()
                    && tables
                        .iter()
                        .all(|one| matches!(one.value, Value::Table(_))) =>
            {
                let problem = self.problem(&tables[0].at, "double", &[("table", keys.table)]);
                self.report(problem.rewrite(keys.heading()));
                match &tables[0].value {
                    Value::Table(table) => Some(table),
                    _ => None,
                }
            }
            _ => {
                let found = kind(&node.value);
                let values = [("table", keys.table), ("found", found.as_str())];
                let problem = self.problem(&node.at, "not-a-table", &values);
                self.report(problem);
                None
            }
        }
    }

    /// Complains about keys that the table does not have.
    pub fn check_keys(&mut self, table: &Table, keys: &'static Keys) {
        for entry in &table.entries {
            if keys.keys.contains(&entry.key.as_str()) {
                continue;
            }
            let heading = keys.heading();
            let values = [("table", heading.as_str()), ("key", entry.key.as_str())];
            let mut problem = self.problem(&entry.key_at, "unknown-key", &values);
            problem.help = Some(key_hint(&entry.key, keys));
            if let Some(meant) = meant_key(&entry.key, keys) {
                problem = problem.rewrite(meant);
            }
            self.report(problem);
        }
    }

    /// A table, or a key outside of all tables, that does not exist.
    pub fn top_level(&self, entry: &Entry) -> Problem {
        let found = entry.key.as_str();
        let is_table = match &entry.node.value {
            Value::Table(_) => true,
            Value::List(nodes) => nodes
                .iter()
                .any(|node| matches!(node.value, Value::Table(_))),
            _ => false,
        };
        let id = if is_table {
            "unknown-table"
        } else {
            "no-table"
        };
        let mut problem = self.problem(&entry.key_at, id, &[("key", found)]);
        problem.help = Some(if is_table {
            table_hint(found)
        } else {
            match keys::home(found) {
                Some(home) => say(
                    "config-other-table",
                    &[("key", found), ("table", &home.heading())],
                ),
                None => tables_hint(),
            }
        });
        problem
    }

    /// The value of a key; if there is none, or it is no good, `default`, which the file would
    /// write as `written`.
    pub fn value<T>(
        &mut self,
        section: &Section<'_>,
        key: &str,
        default: T,
        written: &str,
        read: impl FnOnce(&Self, &Node) -> Result<T, Problem>,
    ) -> T {
        let Some(node) = section.node(key) else {
            return default;
        };
        match read(self, node) {
            Ok(value) => value,
            Err(problem) => {
                let note = say("config-until-then", &[("key", key), ("value", written)]);
                self.report(problem.note(note));
                default
            }
        }
    }

    /// A length of time.
    pub fn span(
        &mut self,
        section: &Section<'_>,
        key: &str,
        allowed: RangeInclusive<u64>,
        default: Duration,
    ) -> Duration {
        let written = quoted(&span::format(default));
        self.value(section, key, default, &written, |reader, node| {
            reader.span_of(node, allowed)
        })
    }

    /// True or false.
    pub fn switch(&mut self, section: &Section<'_>, key: &str, default: bool) -> bool {
        self.value(section, key, default, &default.to_string(), Self::bool_of)
    }

    /// One of some words.
    pub fn choice<T: Copy>(
        &mut self,
        section: &Section<'_>,
        key: &str,
        words: &[(&str, T)],
        default: (&str, T),
    ) -> T {
        let written = quoted(default.0);
        self.value(section, key, default.1, &written, |reader, node| {
            reader.word_of(node, words)
        })
    }

    /// A whole number.
    pub fn whole(
        &mut self,
        section: &Section<'_>,
        key: &str,
        allowed: RangeInclusive<u32>,
        default: u32,
    ) -> u32 {
        let written = default.to_string();
        self.value(section, key, default, &written, |reader, node| {
            reader.whole_of(node, allowed)
        })
    }
}
