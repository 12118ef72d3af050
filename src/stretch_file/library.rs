//! The built-in stretches together with those of the user's folder.
//!
//! Every file stands for itself: what is wrong in one is kept as [`Broken`], and the rest counts.
//! An id belongs to the stretch that had it first: a built-in one, then the files by name.

use std::path::{Path, PathBuf};

use super::{
    Contents, Found, builtin, builtin_candidates, builtin_only, contents, files, reader::said, rig,
};
use crate::{
    core::{
        rotation::Candidate,
        stretch::{Catalogue, Stretch, catalogue::Rig},
    },
    diagnostic::{Problem, render_all},
};

/// All stretches there are.
#[derive(Clone, Debug)]
pub struct Library {
    /// The built-in ones, then the user's own in the order of their files.
    pub catalogue: Catalogue,
    /// The files with mistakes.
    pub broken: Vec<Broken>,
}

impl Library {
    /// The built-in stretches and those of a folder, if one is given.
    #[must_use]
    pub fn load(folder: Option<&Path>) -> Self {
        let mut catalogue = builtin();
        let taken = catalogue.stretches.iter().map(|known| known.id.0.clone());
        let own = own(folder, taken.collect(), &catalogue.rig, |_| true);
        catalogue.stretches.extend(own.stretches);
        Self {
            catalogue,
            broken: own.broken,
        }
    }
}

/// What is wrong with a file. Stretches in it that are well count all the same.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The file, or the folder if that cannot be read.
    pub file: PathBuf,
    /// In the order of the file; at least one.
    pub problems: Vec<Problem>,
    /// The text of the file, as far as it could be read.
    pub text: String,
}

impl Broken {
    /// All problems, one below the other, each with its line and a caret.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        render_all(&self.problems, &self.text, colour)
    }
}

/// What has to be known of all stretches in order to choose among them.
#[derive(Clone, Debug)]
pub struct Known {
    /// The built-in ones, then the user's own.
    pub candidates: Vec<Candidate>,
    /// The files with mistakes.
    pub broken: Vec<Broken>,
}

/// What one has to know of the built-in stretches, and of those of a folder if one is given, in
/// order to choose among them. Takes little memory, also while it runs.
#[must_use]
pub fn known(folder: Option<&Path>) -> Known {
    let mut candidates = builtin_candidates();
    let Some(folder) = folder.filter(|folder| folder.exists()) else {
        return Known {
            candidates,
            broken: Vec::new(),
        };
    };
    let taken = candidates.iter().map(|known| known.facts.id.0.clone());
    let own = own(Some(folder), taken.collect(), &rig(), |_| true);
    candidates.extend(own.stretches.iter().map(Stretch::candidate));
    Known {
        candidates,
        broken: own.broken,
    }
}

/// The same without what is wrong.
#[must_use]
pub fn candidates(folder: Option<&Path>) -> Vec<Candidate> {
    known(folder).candidates
}

/// The stretches with these ids. For built-in ones nothing else is read; for others, those files
/// of the folder in which the ids occur.
#[must_use]
pub fn only(ids: &[String], folder: Option<&Path>) -> Catalogue {
    let mut catalogue = builtin_only(ids);
    let missing: Vec<&String> = ids
        .iter()
        .filter(|id| catalogue.find(id).is_none())
        .collect();
    if missing.is_empty() {
        return catalogue;
    }
    let names_one = |text: &str| missing.iter().any(|id| text.contains(id.as_str()));
    let own = own(folder, Vec::new(), &catalogue.rig, names_one);
    let wanted = own.stretches.into_iter();
    catalogue
        .stretches
        .extend(wanted.filter(|own| missing.contains(&&own.id.0)));
    catalogue
}

/// The stretches of a folder.
struct Own {
    stretches: Vec<Stretch>,
    broken: Vec<Broken>,
}

/// Those of a folder that are well, from the files whose text is wanted.
fn own(folder: Option<&Path>, taken: Vec<String>, rig: &Rig, wanted: impl Fn(&str) -> bool) -> Own {
    let files = folder.map_or(Ok(Vec::new()), files::list);
    let mut own = Own {
        stretches: Vec::new(),
        broken: Vec::new(),
    };
    match files {
        Ok(files) => {
            for checked in read_all(files, taken, rig, wanted) {
                own.stretches.extend(checked.stretches);
                own.broken
                    .extend(Some(checked.broken).filter(|broken| !broken.problems.is_empty()));
            }
        }
        Err(problem) => own.broken.push(Broken {
            file: folder.map(Path::to_owned).unwrap_or_default(),
            problems: vec![problem],
            text: String::new(),
        }),
    }
    own
}

/// What came out of reading a file.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The stretches that are well.
    pub stretches: Vec<Stretch>,
    /// The file with what is wrong, which may be nothing.
    pub broken: Broken,
}

/// Reads these files, as if they were all there were besides the built-in stretches.
#[must_use]
pub fn check(files: &[PathBuf]) -> Vec<Checked> {
    let builtin = builtin_candidates().into_iter();
    let taken = builtin.map(|known| known.facts.id.0).collect();
    read_all(files.to_vec(), taken, &rig(), |_| true)
}

/// Reads files one after the other; no id counts twice.
fn read_all(
    files: Vec<PathBuf>,
    mut taken: Vec<String>,
    rig: &Rig,
    wanted: impl Fn(&str) -> bool,
) -> Vec<Checked> {
    let builtin = taken.len();
    let mut read = Vec::new();
    for file in files {
        let (text, contents) = match files::text(&file) {
            Ok(text) if wanted(&text) => {
                let contents = contents(&file, &text, rig);
                (text, contents)
            }
            Ok(_) => continue,
            Err(unreadable) => (unreadable.shown, Contents::broken(unreadable.problem)),
        };
        let mut problems = contents.problems;
        let mut stretches = Vec::new();
        for Found { stretch, at } in contents.stretches {
            let id = stretch.id.0.clone();
            if let Some(place) = taken.iter().position(|taken| *taken == id) {
                let why = if place < builtin {
                    "id-of-builtin"
                } else {
                    "id-twice"
                };
                problems.push(id_taken(&file, why, &id, at));
            } else {
                taken.push(id);
                stretches.push(stretch);
            }
        }
        problems.sort_by_key(|problem| problem.span.start);
        read.push(Checked {
            stretches,
            broken: Broken {
                file,
                problems,
                text,
            },
        });
    }
    read
}

fn id_taken(file: &Path, why: &str, id: &str, at: std::ops::Range<usize>) -> Problem {
    let values = [("id", id)];
    Problem::error(&file.display().to_string(), at, said(why, &values))
        .help(said(&format!("{why}-help"), &values))
}
