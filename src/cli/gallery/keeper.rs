//! Reads settings, stretches and history for the gallery, and changes the settings as asked.
//!
//! Lives on a thread of its own: a slow disk or a silent bus never makes the window wait. Whoever
//! else changes the files meanwhile is right: what they wrote is shown, and never undone from here.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use crate::{
    config_file::{self, EditError, Loaded, Location},
    core::{
        config::{Config, Rotation, StretchFacts},
        rotation::Preset,
        stats,
        stretch::StretchId,
        time::Moment,
    },
    desktop::{child, clock, inbox::Post},
    gui::gallery::{Ago, Ask, Item, News, Said, Shelf, Standing, Standings, run::Tell},
    ipc::client::{self, CallError},
    store::Reader,
    stretch_file::Library,
    text::{text, text_with},
    window::wire::Look,
};

use super::trial::{Trial, Wish};
use crate::cli::edits::{Back, Shared};

/// Where everything is.
#[derive(Clone, Debug)]
pub struct Places {
    /// The settings.
    pub settings: Location,
    /// The user's own stretches.
    pub stretches: PathBuf,
    /// The history.
    pub history: PathBuf,
    /// The sizes of windows.
    pub memory: PathBuf,
}

/// Something to do.
#[derive(Debug)]
pub enum Work {
    /// The user asks.
    Ask(Ask),
    /// Settings or stretches may have changed.
    FilesChanged,
    /// News of the window in which a stretch is tried.
    Trial(child::Event),
}

/// Asks the running program for something.
pub type Daemon = Arc<dyn Fn(&client::Ask) -> Result<(), CallError> + Send + Sync>;

/// Keeps what the window shows in step with the files.
pub struct Keeper {
    places: Places,
    look: Look,
    tell: Tell,
    daemon: Daemon,
    /// What one has to know of each stretch, in the order of the shelf.
    facts: Vec<StretchFacts>,
    /// Everything of the stretches that the window was told.
    shelf: Shelf,
    /// Files of stretches that could not be read, as the user was told.
    broken: Vec<String>,
    config: Config,
    mistakes: Vec<String>,
    /// What was changed from here, or from another page of the same window.
    edits: Shared,
    trial: Trial,
}

impl Keeper {
    /// Knows nothing yet.
    #[must_use]
    pub fn new(
        places: Places,
        look: Look,
        tell: Tell,
        daemon: Daemon,
        (edits, trial): (Shared, Post<child::Event>),
    ) -> Self {
        let catalogue = crate::stretch_file::only(&[], None);
        Self {
            places,
            look,
            tell,
            daemon,
            facts: Vec::new(),
            shelf: Shelf {
                rig: catalogue.rig,
                items: Vec::new(),
            },
            broken: Vec::new(),
            config: Config::default(),
            mistakes: Vec::new(),
            edits,
            trial: Trial::new(trial),
        }
    }

    /// Reads everything for the first time, and tells the window.
    pub fn open(&mut self) {
        self.read_stretches();
        self.read_settings();
        let news = News::Shelf(Box::new(self.shelf.clone()), self.standings());
        (self.tell)(news);
    }

    /// Does what there is to do.
    pub fn do_it(&mut self, work: Work) {
        match work {
            Work::Ask(ask) => self.ask(ask),
            Work::FilesChanged => self.files_changed(),
            Work::Trial(event) => {
                if let Some(wish) = self.trial.hear(event) {
                    self.grant(wish);
                }
            }
        }
    }

    fn ask(&mut self, ask: Ask) {
        match ask {
            Ask::Switch { stretch, on } => {
                self.switch(&stretch, on);
            }
            Ask::Weigh { stretch, weight } => {
                let name = self.name(&stretch);
                self.change(
                    &stretch.0,
                    |rotation, _| {
                        rotation.weigh(&stretch, weight);
                        true
                    },
                    || {
                        let id = format!("gallery-said-weight-{}", weight.word());
                        text_with(&id, &[("name", name.into())])
                    },
                );
            }
            Ask::Choose(preset) => self.choose(preset),
            Ask::Undo => self.undo(),
            Ask::Try(stretch) => self.try_it(&stretch),
            Ask::LookAgain => self.show(),
        }
    }

    /// Switches a stretch on or off; `false` if it stays as it is.
    fn switch(&mut self, stretch: &StretchId, on: bool) -> bool {
        let name = self.name(stretch);
        self.change(
            &stretch.0,
            |rotation, facts| rotation.switch(stretch, on, facts).is_ok(),
            || {
                let id = if on {
                    "gallery-said-on"
                } else {
                    "gallery-said-off"
                };
                text_with(id, &[("name", name.into())])
            },
        )
    }

    fn choose(&mut self, preset: Preset) {
        self.change(
            preset.word(),
            |rotation, facts| {
                preset.apply(rotation, facts);
                true
            },
            || {
                let id = format!("gallery-said-preset-{}", preset.word());
                text(&id)
            },
        );
    }

    /// Changes the choice of stretches in the file, lets the running program know, and says it.
    /// `change` returns `false` where only one stretch would have been left to take out; `what` is
    /// what it is about.
    fn change(
        &mut self,
        what: &str,
        change: impl FnOnce(&mut Rotation, &[StretchFacts]) -> bool,
        said: impl FnOnce() -> String,
    ) -> bool {
        if self.must_be_mended() {
            return false;
        }
        let mut possible = true;
        let when = (what, clock::awake());
        let edited = self.edits.borrow_mut().change(when, &self.facts, |config| {
            possible = change(&mut config.rotation, &self.facts);
        });
        match edited {
            Err(error) => self.failed(&error),
            Ok(_) if !possible => {
                self.show();
                self.say(text("gallery-last-one"), false);
                return false;
            }
            Ok((config, changed)) => {
                self.config = config;
                if changed {
                    let told = self.tell_the_daemon();
                    self.show();
                    self.say(told.unwrap_or_else(said), true);
                } else {
                    self.show();
                }
                return true;
            }
        }
        false
    }

    /// A file with mistakes is not written to: what its owner meant is not known.
    fn must_be_mended(&mut self) -> bool {
        self.read_settings();
        if self.mistakes.is_empty() {
            return false;
        }
        self.show();
        self.say(text("gallery-mend-first"), false);
        true
    }

    fn undo(&mut self) {
        if self.must_be_mended() {
            return;
        }
        let undone = self.edits.borrow_mut().undo();
        match undone {
            Err(error) => self.failed(&error),
            Ok(Back::Nothing) => {}
            Ok(Back::ChangedElsewhere) => {
                self.read_settings();
                self.show();
                self.say(text("set-said-others"), false);
            }
            Ok(Back::Done) => {
                self.read_settings();
                let told = self.tell_the_daemon();
                self.show();
                let said = || text("gallery-said-undone");
                let more = self.edits.borrow().can_undo();
                self.say(told.unwrap_or_else(said), more);
            }
        }
    }

    /// Nothing was written; the window shows how things are.
    fn failed(&mut self, error: &EditError) {
        log::warn!("{error}");
        self.read_settings();
        self.show();
        let error = error.to_string();
        let first = error.lines().next().unwrap_or_default();
        self.say(first.to_owned(), false);
    }

    /// Lets the running program read its settings again. A sentence where it could not be told;
    /// without one that runs there is nothing to say.
    fn tell_the_daemon(&self) -> Option<String> {
        match (self.daemon)(&client::Ask::Reload) {
            Ok(()) | Err(CallError::NotRunning) => None,
            Err(CallError::Refused(why) | CallError::Failed(why)) => {
                log::warn!("the running program was not told: {why}");
                Some(text("gallery-said-later"))
            }
        }
    }

    fn try_it(&mut self, stretch: &StretchId) {
        let now = client::Ask::Now {
            reminder: String::new(),
            stretch: stretch.to_string(),
        };
        match (self.daemon)(&now) {
            Ok(()) => {}
            Err(CallError::NotRunning) => self.try_alone(stretch),
            Err(CallError::Refused(why) | CallError::Failed(why)) => self.say(why, false),
        }
    }

    /// A window that does not count: nothing runs that could count it.
    fn try_alone(&mut self, stretch: &StretchId) {
        let shown = self
            .trial
            .show(stretch, &self.config, &self.look, &self.places);
        if let Err(error) = shown {
            log::warn!("no window to try a stretch in: {error:#}");
            self.say(text("gallery-no-trial"), false);
        }
    }

    /// What is asked for in the window in which a stretch is tried.
    fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Another(shown) => {
                if let Some(next) = self.after(&shown) {
                    self.trial.instead(&next);
                }
            }
            Wish::OneMore(shown) => {
                let next = self.after(&shown).unwrap_or(shown);
                self.trial
                    .one_more(&next, &self.config, &self.look, &self.places);
            }
            Wish::NotForMe(shown) => {
                let next = self.after(&shown);
                if self.switch(&shown, false) {
                    self.trial.taken_out(&shown, next.as_ref());
                } else {
                    self.trial.refused(&text("gallery-last-one"));
                }
            }
            Wish::PutBack { stretch, show } => {
                self.switch(&stretch, true);
                if show {
                    self.trial.instead(&stretch);
                }
            }
            Wish::Failed => self.say(text("gallery-no-trial"), false),
        }
    }

    /// The next stretch that is on, round and round.
    fn after(&self, stretch: &StretchId) -> Option<StretchId> {
        let ids = || self.facts.iter().map(|facts| &facts.id);
        let later = ids().skip_while(|id| *id != stretch).skip(1);
        let mut others = later.chain(ids()).filter(|id| *id != stretch);
        let on = |id: &&StretchId| self.config.rotation.is_on(id, &self.facts);
        others.find(on).cloned()
    }

    fn files_changed(&mut self) {
        let before = self.facts.clone();
        self.read_stretches();
        self.read_settings();
        self.edits.borrow_mut().look();
        if self.facts == before {
            self.show();
        } else {
            let news = News::Shelf(Box::new(self.shelf.clone()), self.standings());
            (self.tell)(news);
        }
    }

    fn read_stretches(&mut self) {
        let library = Library::load(Some(&self.places.stretches));
        let built_in = crate::stretch_file::builtin().stretches.len();
        self.facts = library.catalogue.facts();
        let stretches = library.catalogue.stretches.into_iter().enumerate();
        self.shelf = Shelf {
            rig: library.catalogue.rig,
            items: stretches
                .map(|(place, stretch)| Item::new(stretch, place >= built_in))
                .collect(),
        };
        let broken = library.broken.iter().map(|broken| {
            let file = broken.file.display().to_string();
            text_with("gallery-broken", &[("file", file.into())])
        });
        self.broken = broken.collect();
    }

    fn read_settings(&mut self) {
        let loaded = config_file::load(&self.places.settings, &self.facts);
        self.mistakes = mistakes(&loaded, &self.places);
        self.config = loaded.config;
    }

    /// Tells the window how things stand.
    fn show(&self) {
        (self.tell)(News::Standings(self.standings()));
    }

    fn say(&self, words: String, undo: bool) {
        (self.tell)(News::Said(Said { words, undo }));
    }

    fn standings(&self) -> Standings {
        let rotation = &self.config.rotation;
        let done = self.done(clock::now());
        let each = self
            .facts
            .iter()
            .zip(done)
            .map(|(facts, (times, last))| Standing {
                on: rotation.is_on(&facts.id, &self.facts),
                weight: rotation.weight(&facts.id),
                times,
                last,
            });
        Standings {
            each: each.collect(),
            preset: Preset::of(rotation, &self.facts),
            can_undo: self.edits.borrow().can_undo(),
            mistakes: self.mistakes.iter().chain(&self.broken).cloned().collect(),
        }
    }

    /// How often each stretch was done this week, and how long ago it was done last.
    fn done(&self, now: Moment) -> Vec<(u32, Option<Ago>)> {
        let day_starts = self.config.schedule.day_starts;
        let week = stats::week_began(now.utc, now.zone, day_starts);
        let today = stats::day_of(now.utc, now.zone, day_starts);
        let read = Reader::open(&self.places.history).and_then(|reader| reader.by_stretch(week));
        let used = read.unwrap_or_else(|notice| {
            log::warn!("{}", notice.text());
            BTreeMap::new()
        });
        let ago = |last| Ago::of(stats::day_of(last, now.zone, day_starts), today);
        let each = self.facts.iter().map(|facts| match used.get(&facts.id) {
            Some(used) => (used.times, used.last.map(ago)),
            None => (0, None),
        });
        each.collect()
    }

    fn name(&self, stretch: &StretchId) -> String {
        let items = self.shelf.items.iter();
        let mut names = items.filter(|item| item.stretch.id == *stretch);
        names
            .next()
            .map_or_else(|| stretch.to_string(), |item| item.name.clone())
    }
}

/// What is wrong with the settings, and where.
fn mistakes(loaded: &Loaded, places: &Places) -> Vec<String> {
    if loaded.problems.is_empty() {
        return Vec::new();
    }
    let file = places.settings.path.display().to_string();
    let lines = loaded.problems.iter().map(|problem| {
        let (line, _column) = loaded.document.line_and_column(problem);
        text_with(
            "gallery-mistake",
            &[
                ("file", file.clone().into()),
                ("line", line.into()),
                ("what", problem.message.clone().into()),
            ],
        )
    });
    let head = text("gallery-mistakes");
    std::iter::once(head).chain(lines.take(3)).collect()
}
