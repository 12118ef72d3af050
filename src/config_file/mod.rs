//! The settings file: TOML text to checked settings, and back.
//!
//! [`load`] reads the file and never fails: what is good in it is used, what is bad falls back to
//! its default, and every [`Problem`] says what to write instead. [`Document`] is the same for a
//! text, and lets single keys be changed in memory. [`edit()`] changes the file itself and keeps what
//! the user wrote around the change; [`mistakes()`] and [`mend()`] put right what is wrong in it. Nothing here knows what the program does with a setting.
//!
//! From text to settings: `mend` and `syntax` (the notation) → `tree` (values with their places) →
//! `read` and `value` (keys, types, ranges) → `sections`, `hours`, `reminder`, `rotation`,
//! `look`, `hook` (the tables). `print` is the way back, `get` and `set` are about
//! single keys, `changes` compares, `edit` changes the file, `file` knows where it is. `mistakes`
//! tries what would mend the file, `notation` proposes that where the notation is broken.

mod changes;
mod edit;
mod file;
mod get;
mod hint;
mod hook;
mod hours;
mod keys;
mod look;
mod mend;
mod mistakes;
mod notation;
mod print;
mod read;
mod reminder;
mod rotation;
mod sections;
mod set;
mod syntax;
mod time_of_day;
mod tree;
mod value;

#[cfg(test)]
mod tests;

use std::ops::Range;

use fluent_bundle::FluentValue;

use crate::{
    core::config::{Config, StretchFacts},
    diagnostic::Problem,
    text::text_with,
};
use read::Reader;
use tree::Table;

pub use changes::changes;
pub use edit::{EditError, Step, Undone, edit, edit_step, set, take_back};
pub use file::{LARGEST, Loaded, Location, load, locate, path};
pub use get::{get, is_value};
pub use hours::{hours_line, typed_hours};
pub use mistakes::{Mistake, Repair, mend, mistakes, rewrite_line};
pub use print::{for_a_day, print, quoted};
pub use reminder::{LONGEST_MESSAGE, MOST_REMINDERS, is_id, likely_id};
pub use set::with;
pub use time_of_day::time;
pub use value::span_text;

/// More problems than this nobody reads at a time.
const MOST_PROBLEMS: usize = 100;

/// Every heading and the keys below it, in the order in which they are printed.
#[must_use]
pub fn keys() -> Vec<(String, &'static [&'static str])> {
    let tables = keys::TABLES.iter();
    tables.map(|table| (table.heading(), table.keys)).collect()
}

/// A settings file that has been read, whatever it looks like.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file, then every text that was set later.
    sources: Vec<Source>,
    root: Table,
    /// What was wrong before any value was looked at.
    problems: Vec<Problem>,
    /// Lists without an end, which took in what follows them.
    swallowed: Vec<Range<usize>>,
}

/// A text and what the user calls it.
#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
}

impl Document {
    /// Reads a text; `name` is what problems call it.
    #[must_use]
    pub fn parse(name: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let parsed = syntax::parse(name, text, 0);
        Self {
            sources: vec![Source {
                name: name.to_owned(),
                text: text.to_owned(),
            }],
            root: parsed.table,
            problems: parsed.problems,
            swallowed: parsed.swallowed,
        }
    }

    /// Reads the bytes of a file, of which nobody knows yet whether they are a text.
    #[must_use]
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Self {
        if bytes.len() as u64 > LARGEST {
            return Self::unreadable(name, &say("config-too-large", &[]));
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Self::unreadable(name, &say("config-utf16", &[]));
        }
        if bytes.contains(&0) {
            return Self::unreadable(name, &say("config-binary", &[]));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(name, text),
            Err(_) => Self::from_damaged_text(name, &String::from_utf8_lossy(bytes)),
        }
    }

    /// Most of the text can be read; the marks stand where it cannot.
    fn from_damaged_text(name: &str, text: &str) -> Self {
        let mut document = Self::parse(name, text);
        let at = document.sources[0].text.find('\u{fffd}').unwrap_or(0);
        let problem = Problem::error(name, at..at + 1, say("config-not-utf8", &[]))
            .label(say("config-not-utf8-label", &[]))
            .help(say("config-not-utf8-help", &[]))
            .note(say("config-not-utf8-note", &[]));
        document.problems.insert(0, problem);
        document
    }

    /// Nothing could be read, for this reason.
    #[must_use]
    pub fn unreadable(name: &str, why: &str) -> Self {
        let mut document = Self::parse(name, "");
        let title = say("config-unreadable", &[("file", name), ("why", why)]);
        let note = say("config-unreadable-note", &[]);
        document.problems = vec![Problem::error(name, 0..0, title).note(note)];
        document
    }

    /// The settings, and everything that is wrong with them in the order of the text.
    ///
    /// `stretches` are those that there are, to check the choice in `[rotation]`; with an empty
    /// slice every name is taken.
    #[must_use]
    pub fn config(&self, stretches: &[StretchFacts]) -> (Config, Vec<Problem>) {
        let mut reader = Reader::new(&self.sources);
        let root = &self.root;
        self.check_tables(&mut reader);
        let config = Config {
            schedule: sections::schedule(&mut reader, root),
            hours: hours::hours(&mut reader, root),
            hold: sections::hold(&mut reader, root),
            reminders: reminder::reminders(&mut reader, root),
            rotation: rotation::rotation(&mut reader, root, stretches),
            look: look::look(&mut reader, root),
            sound: sections::sound(&mut reader, root),
            voice: sections::voice(&mut reader, root),
            hooks: hook::hooks(&mut reader, root),
            history: sections::history(&mut reader, root),
            log: sections::log(&mut reader, root),
        };
        (config, self.all_problems(reader.problems))
    }

    /// What was wrong with the notation and with the values, in the order of the text, as far as
    /// anybody will read.
    fn all_problems(&self, mut found: Vec<Problem>) -> Vec<Problem> {
        let place = |problem: &Problem| (self.source_of(problem), problem.span.start);
        found.sort_by_key(place);
        let left_out = found.len().saturating_sub(MOST_PROBLEMS);
        found.truncate(MOST_PROBLEMS);
        let broken_lines: Vec<_> = self
            .problems
            .iter()
            .map(|broken| self.line(broken))
            .collect();
        // Where the notation is wrong, what a value seems to say is only half the truth.
        found.retain(|problem| !self.is_doubtful(problem, &broken_lines));
        let mut problems = self.problems.clone();
        problems.append(&mut found);
        problems.sort_by_key(place);
        if left_out > 0
            && let Some(last) = problems.last_mut()
        {
            last.note = Some(say("config-more", &[("number", &left_out.to_string())]));
        }
        problems
    }

    /// The problem with its line and a caret; `colour` is for terminals.
    #[must_use]
    pub fn render(&self, problem: &Problem, colour: bool) -> String {
        let source = self.sources.get(self.source_of(problem));
        problem.render(source.map_or("", |source| &source.text), colour)
    }

    /// All problems, one below the other.
    #[must_use]
    pub fn render_all(&self, problems: &[Problem], colour: bool) -> String {
        let rendered: Vec<String> = problems
            .iter()
            .map(|problem| self.render(problem, colour))
            .collect();
        rendered.join("\n\n")
    }

    /// Line and column of a problem, both counted from 1.
    #[must_use]
    pub fn line_and_column(&self, problem: &Problem) -> (usize, usize) {
        let source = self.sources.get(self.source_of(problem));
        problem.line_and_column(source.map_or("", |source| &source.text))
    }

    fn check_tables(&self, reader: &mut Reader<'_>) {
        for entry in &self.root.entries {
            if keys::TABLES.iter().any(|table| table.table == entry.key) {
                continue;
            }
            let problem = reader.top_level(entry);
            reader.report(problem);
        }
    }

    fn source_of(&self, problem: &Problem) -> usize {
        self.sources
            .iter()
            .rposition(|source| source.name == problem.file)
            .unwrap_or(0)
    }

    /// The source and the line on which a problem begins.
    fn line(&self, problem: &Problem) -> (usize, usize) {
        (self.source_of(problem), self.line_and_column(problem).0)
    }

    /// Whether the problem may come from broken notation: it is on such a line, in a list that
    /// swallowed the lines after it, or about a value that the parser made up.
    fn is_doubtful(&self, problem: &Problem, broken_lines: &[(usize, usize)]) -> bool {
        let line = self.line(problem);
        let made_up = problem.span.is_empty();
        let swallowed = (self.swallowed.iter()).any(|list| list.contains(&problem.span.start));
        let in_broken_text = broken_lines.iter().any(|(source, _)| *source == line.0);
        (in_broken_text && (made_up || swallowed)) || broken_lines.contains(&line)
    }
}

/// The text with this id, its places filled in.
fn say(id: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<(&str, FluentValue<'_>)> = values
        .iter()
        .map(|(name, value)| (*name, FluentValue::from(*value)))
        .collect();
    text_with(id, &values)
}
