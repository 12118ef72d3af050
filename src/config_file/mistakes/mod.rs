//! What is wrong in the settings file, with what would mend it.
//!
//! Everything that might mend a mistake is tried: the text is changed in memory and read again, and
//! what leaves the mistake, or makes another one, is not offered. So it does no harm to be generous
//! with what is tried (`candidates`, `notation`, and what the readers of values propose), and nobody
//! has to know in advance what else is wrong on a line. After a repair there are fewer mistakes than
//! before; only where a name or a bracket is put right, one may come to light that was there before,
//! hidden behind the other.

mod apply;
mod candidates;
mod notation;
mod spot;
mod tables;
#[cfg(test)]
mod tests;
mod trial;

use std::sync::Arc;

use super::{Loaded, edit::draft::Splice};
use crate::{core::config::StretchFacts, diagnostic::Severity};
use trial::Trial;

pub use apply::{mend, rewrite_line};

/// A mistake in the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// What stands on that line, without its end.
    pub text: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: "`[hold]` has no key `quite`".
    pub message: String,
    /// What stands beside the caret: "unknown key". May be empty.
    pub label: String,
    /// What to write instead: "did you mean `quiet`?".
    pub help: Option<String>,
    /// What happens as long as it stays like this.
    pub note: Option<String>,
    /// The setting that it is about, as far as that is known, as `unhunch config get` calls it:
    /// `schedule.lull`, `reminder.eyes.every`, `hook.2.timeout`; only the table where no key is
    /// meant. A hook that is left out has no number: `hook.run`.
    pub key: Option<String>,
    /// What would mend it, the most likely first. May be empty.
    pub repairs: Vec<Repair>,
    /// The file as it was read, without its byte order mark.
    read: Arc<str>,
}

/// A change of the file that mends a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    said: String,
    splices: Vec<Splice>,
}

impl Repair {
    /// What it does, as words on a button: "Write `quiet`".
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }
}

/// Everything that is wrong in a file that has been read, in the order of its lines, with repairs
/// where the whole file is a text that could be read.
///
/// `stretches` are those with which it was read.
#[must_use]
pub fn mistakes(loaded: &Loaded, stretches: &[StretchFacts]) -> Vec<Mistake> {
    let source = &loaded.document.sources[0];
    let read: Arc<str> = source.text.as_str().into();
    // Where bytes could not be read, what was read is not what is there.
    let mut trial =
        (loaded.found && !source.text.contains('\u{fffd}')).then(|| Trial::new(loaded, stretches));
    let problems = loaded.problems.iter();
    problems
        .map(|problem| {
            let (line, _) = problem.line_and_column(&source.text);
            let (key, repairs) = match &mut trial {
                Some(trial) => (trial.key(problem), trial.repairs(problem)),
                None => (None, Vec::new()),
            };
            Mistake {
                line,
                text: line_of(&source.text, line).to_owned(),
                severity: problem.severity,
                message: problem.message.clone(),
                label: problem.label.clone(),
                help: problem.help.clone(),
                note: problem.note.clone(),
                key,
                repairs,
                read: Arc::clone(&read),
            }
        })
        .collect()
}

/// The line with this number, from 1, without its end; empty behind the last one.
fn line_of(text: &str, line: usize) -> &str {
    let line = text.split('\n').nth(line.saturating_sub(1));
    let line = line.unwrap_or_default();
    line.strip_suffix('\r').unwrap_or(line)
}
