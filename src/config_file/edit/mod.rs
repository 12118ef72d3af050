//! The settings file changed by the program, without a trace beside the change.
//!
//! [`edit()`] takes the checked settings as they are, lets the caller change them, and writes what
//! has become different: the value of a key is replaced in its place, a new key goes under its
//! heading, a new heading where a reader would look for it. Comments, blank lines, order and
//! notation of everything else stay byte for byte, for only the bytes of the change are replaced.
//!
//! What a reader finds afterwards:
//!
//! - A key that has its default again keeps its line, with the default as its value: the line was
//!   written by somebody, and its comment may still be right. Lists that are empty without a key
//!   (`also`, `except`, …), filters that filter nothing, and what is optional for a reminder go
//!   with their line, and a heading that then says nothing goes as well.
//! - A reminder or hook that is taken away takes the comment above it along, one that is moved too.
//! - Lines that were commented out stay as they are; the key that was meant stands below.
//!
//! Mistakes elsewhere in the file are left alone, those in the place of the change are repaired.
//! Before anything is written, the new text is read again: unless it says exactly what was wanted,
//! and no mistake more than before, the file stays as it was. What has been written can be taken
//! back to the byte: a [`Step`] says how.

pub(super) mod disk;
pub(super) mod draft;
mod hooks;
pub(super) mod layout;
pub(super) mod list;
mod reminders;
pub(super) mod repeated;
pub(super) mod step;
mod table;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use thiserror::Error;

use super::{
    Document, Location,
    get::place_of,
    keys,
    print::{self, Written, written},
    say, syntax,
    tree::{Entry, Node, Value},
};
use crate::{
    core::config::{Config, StretchFacts},
    diagnostic::{Problem, Severity},
};
use disk::Disk;
use draft::{Draft, Place, Tangled};

pub use step::{Step, Undone, take_back};

/// Why the file stays as it was. The text says where, and what to do about it.
#[derive(Debug, Error)]
pub enum EditError {
    /// The file, or its folder, cannot be read.
    #[error("{}", say("config-edit-unreadable", &[("file", &file.display().to_string()), ("why", why)]))]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The reason, in words.
        why: String,
    },
    /// The file cannot be replaced.
    #[error("{}", say("config-edit-unwritable", &[("file", &file.display().to_string()), ("why", why)]))]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// The reason, in words.
        why: String,
    },
    /// There is something else in the file than settings.
    #[error("{}\n\n{said}", say("config-edit-no-settings", &[("file", &file.display().to_string())]))]
    NoSettings {
        /// The file.
        file: PathBuf,
        /// What is wrong with it, with lines and carets.
        said: String,
    },
    /// A mistake in the file stands in the way of the change.
    #[error("{}\n\n{said}", say("config-edit-in-the-way", &[("file", &file.display().to_string())]))]
    InTheWay {
        /// The file.
        file: PathBuf,
        /// The mistakes, with lines and carets.
        said: String,
    },
    /// Somebody else has changed the file since it was read.
    #[error("{}", say("config-edit-changed", &[("file", &file.display().to_string())]))]
    Changed {
        /// The file.
        file: PathBuf,
    },
    /// The settings that were wanted are no settings.
    #[error("{said}")]
    Refused {
        /// What is wrong with them, with a caret.
        said: String,
    },
}

/// Changes the settings in the file, and says what they are then. Nothing is written if nothing
/// has changed; a file or folder that does not exist yet is made.
///
/// `stretches` are those that there are, as for [`super::load()`].
///
/// # Errors
/// If the file cannot be read, changed or written, or the settings after the change are no good.
/// The file then is as it was.
pub fn edit(
    location: &Location,
    stretches: &[StretchFacts],
    change: impl FnOnce(&mut Config),
) -> Result<Config, EditError> {
    edit_step(location, stretches, change).map(|(config, _)| config)
}

/// The same as [`edit()`], with what it takes to undo it by [`take_back`]: nothing if the file has
/// not changed.
///
/// # Errors
/// As for [`edit()`].
pub fn edit_step(
    location: &Location,
    stretches: &[StretchFacts],
    change: impl FnOnce(&mut Config),
) -> Result<(Config, Option<Step>), EditError> {
    let mut page = Page::open(location, stretches)?;
    let mut wanted = page.before.clone();
    change(&mut wanted);
    let wanted = checked(&wanted, stretches)?;
    if wanted == page.before {
        return Ok((wanted, None));
    }
    page.rewrite(&wanted)?;
    page.write(&wanted)
}

/// Sets one key by its dotted path to a value in TOML, as [`Document::set`] does in memory; also
/// to the value that it would have anyway.
///
/// # Errors
/// As for [`edit()`]; the value is no good in the same cases as there.
pub fn set(
    location: &Location,
    stretches: &[StretchFacts],
    key: &str,
    value: &str,
) -> Result<Config, EditError> {
    let mut page = Page::open(location, stretches)?;
    let mut changed = page.draft.document().clone();
    if let Err(mut problem) = changed.set(key, value, stretches) {
        // Nothing else is used until it is right: it is not set at all.
        problem.note = None;
        // The problem stands in the text that was set, which the document has not kept.
        let text = format!("{key} = {value}");
        let said = problem.render(&text, false);
        return Err(EditError::Refused { said });
    }
    let (wanted, _) = changed.config(stretches);
    page.put(key, value)
        .map_err(|tangled| page.tangled(&tangled))?;
    if page.now() != wanted {
        page.rewrite(&wanted)?;
    }
    page.write(&wanted).map(|(config, _)| config)
}

/// The settings as the file will have them; what cannot be written down is refused.
fn checked(wanted: &Config, stretches: &[StretchFacts]) -> Result<Config, EditError> {
    let document = Document::parse(&say("config-edit-name", &[]), &print::print(wanted));
    let (config, mut problems) = document.config(stretches);
    problems.retain(|problem| problem.severity == Severity::Error);
    if problems.is_empty() {
        return Ok(config);
    }
    let said = document.render_all(&problems, false);
    Err(EditError::Refused { said })
}

/// The file, what it said, and what it will say.
struct Page<'s> {
    stretches: &'s [StretchFacts],
    disk: Disk,
    draft: Draft,
    before: Config,
    problems: Vec<Problem>,
}

impl<'s> Page<'s> {
    fn open(location: &Location, stretches: &'s [StretchFacts]) -> Result<Self, EditError> {
        let disk = Disk::open(location)?;
        let name = location.path.display().to_string();
        let draft = match &disk.bytes {
            None => Draft::new(&name, &format!("# {}\n", say("config-edit-head", &[]))),
            Some(bytes) => {
                let document = Document::from_bytes(&name, bytes);
                match std::str::from_utf8(bytes) {
                    Ok(text) if has_settings(&document) => Draft::new(&name, text),
                    _ => {
                        let said = document.render_all(&document.problems, false);
                        let file = location.path.clone();
                        return Err(EditError::NoSettings { file, said });
                    }
                }
            }
        };
        let (before, problems) = draft.document().config(stretches);
        Ok(Self {
            stretches,
            disk,
            draft,
            before,
            problems,
        })
    }

    fn now(&self) -> Config {
        self.draft.document().config(self.stretches).0
    }

    /// Changes the text until it says what is wanted.
    fn rewrite(&mut self, wanted: &Config) -> Result<(), EditError> {
        let before = self.now();
        let changed = write_differences(&mut self.draft, &before, wanted);
        changed.map_err(|tangled| self.tangled(&tangled))?;
        if self.now() != *wanted {
            // Something that was a mistake until now has come to count: write out the tables that
            // it is in.
            let now = self.now();
            let changed = write_out(&mut self.draft, &now, wanted);
            changed.map_err(|tangled| self.tangled(&tangled))?;
        }
        Ok(())
    }

    /// Puts the values of a text `key = value` into the file as they are written.
    fn put(&mut self, key: &str, value: &str) -> Result<(), Tangled> {
        let text = format!("{key} = {value}");
        let parsed = syntax::parse("", &text, 0);
        for table in &parsed.table.entries {
            let Some(keys) = keys::TABLES.iter().find(|keys| keys.table == table.key) else {
                continue;
            };
            for (place, entry) in self.places(keys, table) {
                let known = keys.keys.iter().find(|key| **key == entry.key);
                if let Some(key) = known {
                    let value = &text[entry.node.at.span.clone()];
                    self.draft.put(place, keys, key, None, value)?;
                }
            }
        }
        Ok(())
    }

    /// The single keys that are set, each with the table of the file to which it belongs. Not those
    /// of reminders and hooks that the file does not have.
    fn places<'e>(&self, keys: &'static keys::Keys, table: &'e Entry) -> Vec<(Place, &'e Entry)> {
        let entries = |node: &'e Node| match &node.value {
            Value::Table(table) => table.entries.as_slice(),
            _ => &[],
        };
        let inner = entries(&table.node).iter();
        if !keys.repeated {
            return inner.map(|entry| (Place::Table(keys), entry)).collect();
        }
        inner
            .filter_map(|one| {
                let number = match keys.is_named() {
                    true => reminders::number_of(&self.draft, &one.key)?,
                    false => *hooks::numbers(&self.draft).get(place_of(&one.key)?)?,
                };
                Some((number, one))
            })
            .flat_map(|(number, one)| {
                let inner = entries(&one.node).iter();
                inner.map(move |entry| (Place::Nth(keys, number), entry))
            })
            .collect()
    }

    fn tangled(&self, Tangled(place): &Tangled) -> EditError {
        let document = self.draft.document();
        let name = &document.sources[0].name;
        let problem = Problem::error(name, place.clone(), say("config-edit-tangled", &[]))
            .label(say("config-edit-tangled-label", &[]));
        EditError::InTheWay {
            file: self.disk.path.clone(),
            said: document.render(&problem, false),
        }
    }

    /// Writes the text, if it says what is wanted and has no mistake more than before.
    fn write(self, wanted: &Config) -> Result<(Config, Option<Step>), EditError> {
        let document = self.draft.document();
        let (config, problems) = document.config(self.stretches);
        let is_new = |problem: &&Problem| {
            let known = |old: &Problem| old.message == problem.message;
            problem.severity == Severity::Error && !self.problems.iter().any(known)
        };
        if config != *wanted || problems.iter().any(|problem| is_new(&problem)) {
            return Err(EditError::InTheWay {
                file: self.disk.path.clone(),
                said: document.render_all(&problems, false),
            });
        }
        let step = step::replace(self.disk, self.draft.text())?;
        Ok((config, step))
    }
}

/// Whether this may be a settings file: one that can be read to the end, or has a table of ours.
fn has_settings(document: &Document) -> bool {
    let ours = |entry: &Entry| keys::TABLES.iter().any(|keys| keys.table == entry.key);
    document.problems.is_empty() || document.root.entries.iter().any(ours)
}

/// Writes what differs.
fn write_differences(draft: &mut Draft, before: &Config, after: &Config) -> Result<(), Tangled> {
    each_table(before, after, |keys, old, new| {
        if keys.table == keys::HOURS.table && new.values.is_empty() {
            // Without hours, a heading for them would be a mistake.
            return draft.remove_table(keys);
        }
        draft.change_table(Place::Table(keys), old, new)
    })?;
    reminders::change(draft, &before.reminders, &after.reminders)?;
    hooks::change(draft, &before.hooks, &after.hooks)
}

/// Writes every key of the tables that differ, and takes the others out of them.
fn write_out(draft: &mut Draft, before: &Config, after: &Config) -> Result<(), Tangled> {
    each_table(before, after, |keys, old, new| {
        for key in keys.keys {
            match new.value(key) {
                Some(value) if old.value(key) == Some(value) => {}
                Some(value) => draft.put(Place::Table(keys), keys, key, None, value)?,
                None => draft.remove(Place::Table(keys), key)?,
            }
        }
        Ok(())
    })?;
    reminders::change(draft, &before.reminders, &after.reminders)?;
    hooks::change(draft, &before.hooks, &after.hooks)
}

/// Calls `change` for each table that differs, apart from those that come several times.
fn each_table(
    before: &Config,
    after: &Config,
    mut change: impl FnMut(&'static keys::Keys, &Written, &Written) -> Result<(), Tangled>,
) -> Result<(), Tangled> {
    let (before, after) = (written(before), written(after));
    let none = |keys| Written {
        keys,
        values: Vec::new(),
    };
    for keys in keys::TABLES.iter().filter(|keys| !keys.repeated) {
        let find = |tables: &[Written]| {
            let found = tables.iter().find(|table| table.keys.table == keys.table);
            found.map_or_else(|| none(keys), Written::clone)
        };
        let (old, new) = (find(&before), find(&after));
        if old.values != new.values {
            change(keys, &old, &new)?;
        }
    }
    Ok(())
}
