//! Stretches as they are written in files: TOML text to a checked catalogue.
//!
//! [`read()`] finds everything that is wrong with a file and says what to write instead. The
//! built-in stretches are part of the program; they are read stretch by stretch, so that the whole
//! file is never held as a tree. [`Library`] joins them with the user's own, of which each file
//! stands for itself: a mistake in one costs none of the others.

use std::{ops::Range, path::Path};

use crate::{
    core::{
        rotation::Candidate,
        stretch::{Catalogue, Stretch, catalogue::Rig},
    },
    diagnostic::{Problem, render_all},
};

mod check;
mod files;
mod library;
mod pictures;
mod read;
mod reader;
mod template;
#[cfg(test)]
mod tests;

pub use files::{LARGEST, folder};
pub use library::{Broken, Checked, Known, Library, candidates, check, known, only};
use read::Own;
use reader::Reader;
pub use template::{Form, Refused, template};

/// The built-in stretches, as text.
pub const BUILTIN: &str = include_str!("../../assets/stretches/builtin.toml");
/// What the built-in stretches are called in messages.
const BUILTIN_NAME: &str = "<built-in stretches>";

/// The built-in stretches.
#[must_use]
pub fn builtin() -> Catalogue {
    chosen(|_| true)
}

/// Those of the built-in stretches that have one of these ids; the others are not even read.
fn builtin_only(ids: &[String]) -> Catalogue {
    chosen(|head| {
        let id = head.trim_start_matches("[stretch.").trim_end_matches(']');
        ids.iter().any(|wanted| wanted == id)
    })
}

/// The figure that all stretches share.
#[must_use]
pub fn rig() -> Rig {
    chosen(|_| false).rig
}

fn chosen(wanted: impl Fn(&str) -> bool) -> Catalogue {
    match read_builtin(wanted) {
        Ok(catalogue) => catalogue,
        // A test reads the same text, so a program that was built from it cannot get here.
        Err(problems) => unreachable!("{}", render_all(&problems, BUILTIN, false)),
    }
}

/// Reads the stretches whose first line is wanted.
fn read_builtin(wanted: impl Fn(&str) -> bool) -> Result<Catalogue, Vec<Problem>> {
    let mut reader = Reader::new(BUILTIN_NAME, BUILTIN);
    let mut pieces = pieces(BUILTIN);
    let rig = pieces
        .next()
        .and_then(|head| reader.document(head, read::rig)?);
    let mut stretches = Vec::new();
    for piece in pieces {
        let head = BUILTIN[piece.clone()].lines().next().unwrap_or_default();
        if !wanted(head.trim_end()) {
            continue;
        }
        let found = reader.document(piece, |reader, root| read::stretches(reader, root, None));
        let found = found.into_iter().flatten();
        stretches.extend(found.map(|found| found.stretch));
    }
    reader.finish()?;
    let rig = rig.expect("without a rig there is a problem");
    Ok(Catalogue { rig, stretches })
}

/// What the daemon needs of the built-in stretches. Poses are skipped and each stretch is forgotten
/// before the next is read, so this takes little memory, also while it runs.
fn builtin_candidates() -> Vec<Candidate> {
    let mut reader = Reader::new(BUILTIN_NAME, BUILTIN);
    let mut candidates = Vec::new();
    for piece in pieces(BUILTIN).skip(1) {
        let poses = BUILTIN[piece.clone()].find("\n[stretch.");
        let end = poses.map_or(piece.end, |poses| piece.start + poses);
        let read = reader.document(piece.start..end, read::candidates);
        candidates.extend(read.into_iter().flatten());
    }
    candidates
}

/// A file of one or more stretches, without a rig of its own, for the figure given.
///
/// # Errors
/// Everything that is wrong with it, in the order of the file.
pub fn read(file: &Path, text: &str, rig: &Rig) -> Result<Vec<Stretch>, Vec<Problem>> {
    let contents = contents(file, text, rig);
    if !contents.problems.is_empty() {
        return Err(contents.problems);
    }
    let stretches = contents.stretches.into_iter();
    Ok(stretches.map(|found| found.stretch).collect())
}

/// What there is in a file.
struct Contents {
    /// The stretches that are well.
    stretches: Vec<Found>,
    /// Everything that is wrong, in the order of the file.
    problems: Vec<Problem>,
}

/// A stretch of a file.
struct Found {
    stretch: Stretch,
    /// Where its id stands.
    at: Range<usize>,
}

impl Contents {
    /// Nothing but a problem.
    fn broken(problem: Problem) -> Self {
        Self {
            stretches: Vec::new(),
            problems: vec![problem],
        }
    }
}

fn contents(file: &Path, text: &str, rig: &Rig) -> Contents {
    let name = file.display().to_string();
    let mut reader = Reader::new(&name, text);
    let own = Own {
        rig,
        folder: file.parent().unwrap_or(Path::new("")),
    };
    let stretches = reader.document(0..text.len(), |reader, root| {
        read::stretches(reader, root, Some(own))
    });
    Contents {
        stretches: stretches.unwrap_or_default(),
        problems: reader.finish().err().unwrap_or_default(),
    }
}

/// The parts of a text that begin at the table of a stretch, after the part before the first.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_head = |line: &str| {
        line.strip_prefix("[stretch.")
            .is_some_and(|rest| !rest.contains('.'))
    };
    let mut heads = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_head(line) {
            heads.push(at);
        }
        at += line.len();
    }
    let starts = std::iter::once(0).chain(heads.clone());
    let ends = heads.into_iter().chain(std::iter::once(text.len()));
    starts.zip(ends).map(|(start, end)| start..end)
}
