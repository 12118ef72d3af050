//! What is stored, for the window of the settings, and what is done with the history from there.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    cli::history::archive::{Archive, Lore},
    core::{
        stats::{day_of, review::Areas},
        time::Moment,
    },
    desktop::clock,
    gui::{
        history::{Form, Said},
        settings::kept::{Place, Stored},
    },
    store::{self, Reader, days},
    stretch_file::Library,
    stretch_text,
    text::text,
};

/// Where everything is.
#[derive(Clone, Debug)]
pub struct Places {
    /// The history.
    pub history: PathBuf,
    /// The folder of the saved state.
    pub state: PathBuf,
    /// The settings file.
    pub settings: PathBuf,
    /// The user's own stretches.
    pub stretches: PathBuf,
    /// Where files are saved.
    pub saved: PathBuf,
}

/// The history, as the window of the settings deals with it.
pub struct Kept {
    places: Places,
    archive: Archive,
    /// For each change that can be undone: how many changes of the settings came before it, and
    /// what was said about it.
    changes: Vec<(usize, String)>,
}

impl Kept {
    /// Nothing was done yet.
    #[must_use]
    pub fn new(places: Places) -> Self {
        Self {
            archive: Archive::new(places.history.clone(), places.saved.clone()),
            places,
            changes: Vec::new(),
        }
    }

    /// What does things with the history.
    pub fn archive(&mut self) -> &mut Archive {
        &mut self.archive
    }

    /// Remembers what was changed, to undo it in its turn. `edits` is how many changes of the
    /// settings there are to undo.
    pub fn note(&mut self, edits: usize, (changed, said): (bool, Said)) -> Said {
        if changed {
            self.changes.push((edits, said.words.clone()));
        }
        said
    }

    /// There is a change to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Whether the last change of all is one of the history.
    #[must_use]
    pub fn is_last(&self, edits: usize) -> bool {
        self.changes
            .last()
            .is_some_and(|(before, _)| edits <= *before)
    }

    /// Takes the last change of the history back, and says what came of it.
    pub fn undo(&mut self) -> Option<Said> {
        let before = self.archive.changes();
        let said = self.archive.undo()?;
        if self.archive.changes() < before {
            self.changes.pop();
        }
        Some(said)
    }

    /// Saves the history in a new file, and says where.
    pub fn export(&self, form: Form, day_starts: chrono::NaiveTime) -> Said {
        let known = Library::load(Some(&self.places.stretches));
        let stretches = &known.catalogue.stretches;
        let areas: Areas = (stretches.iter())
            .map(|stretch| (stretch.id.clone(), stretch.areas.clone()))
            .collect();
        let names: BTreeMap<_, _> = (stretches.iter())
            .map(|stretch| (stretch.id.clone(), stretch_text::name(stretch)))
            .collect();
        let lore = Lore {
            day_starts,
            areas: &areas,
            names: &Arc::new(names),
        };
        self.archive.export(form, &lore, &clock::now())
    }

    /// What is stored now.
    #[must_use]
    pub fn stored(&self, now: &Moment, day_starts: chrono::NaiveTime) -> Stored {
        let day = |at| day_of(at, now.zone, day_starts);
        let Places {
            history,
            state,
            settings,
            stretches,
            ..
        } = &self.places;
        let log = history.with_extension("db-wal");
        let days = days::folder_beside(&state.join("state.json"));
        let place = |what, path: &Path, size| Place {
            what,
            path: path.display().to_string(),
            size,
        };
        // What cannot be read is told by the window of the history; here it counts as nothing.
        let first = Reader::open(history).and_then(|reader| reader.first()).ok();
        Stored {
            places: vec![
                place("history", history, size(history) + size(&log)),
                place("state", state, files_in(state)),
                place("days", &days, files_in(&days)),
                place("settings", settings, size(settings)),
                place("stretches", stretches, files_in(stretches)),
            ],
            breaks: store::count(history, None, None).unwrap_or_default(),
            first: first.flatten().map(day),
            today: day(now.utc),
            last: self.changes.last().map(|(_, said)| said.clone()),
        }
    }
}

/// Shows the history in its window, which goes on without this one.
///
/// # Errors
/// When the window cannot be started.
pub fn open_history() -> anyhow::Result<()> {
    use anyhow::Context as _;

    use crate::{desktop::launch, window::list::Window};

    launch::program(Window::History.arguments()).with_context(|| text("past-no-window"))
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len())
}

/// How large the files in a folder are together, those in folders in it not counted.
fn files_in(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter_map(|entry| entry.metadata().ok());
    files
        .filter(fs::Metadata::is_file)
        .map(|metadata| metadata.len())
        .sum()
}
