//! Reads the history for its window, and does with it what the user asks.
//!
//! Lives on a thread of its own: a slow disk never makes the window wait.

use std::{collections::BTreeSet, fs, io::Write, path::PathBuf, sync::Arc};

use chrono::{NaiveDate, NaiveTime};

use super::{
    archive::{Archive, Lore},
    book::{Reading, book, year},
    import::kept_from,
};
use crate::{
    config_file::{self, Location},
    core::{
        config::{Config, StretchFacts},
        stats::{
            day_of,
            review::Areas,
            suggest::{Suggestion, ended_at},
        },
        time::Zone,
    },
    desktop::{clock, private},
    gui::history::{Ask, Book, Form, Names, News, Said, run::Tell},
    ipc::client::{self, CallError},
    store::{Excerpt, Reads},
    stretch_file::Library,
    stretch_text,
    text::text,
};

/// Where everything is.
#[derive(Clone, Debug)]
pub struct Places {
    /// The settings.
    pub settings: Location,
    /// The user's own stretches.
    pub stretches: PathBuf,
    /// The history.
    pub history: PathBuf,
    /// Suggestions that the user does not want to see again.
    pub dismissed: PathBuf,
    /// Where files are saved.
    pub saved: PathBuf,
}

/// Something to do.
#[derive(Debug)]
pub enum Work {
    /// The user asks.
    Ask(Ask),
    /// The history, the settings or the stretches may have changed.
    FilesChanged,
    /// What the user chose in the window for it: the address of a file, or none.
    Chosen(anyhow::Result<Option<String>>),
}

/// Asks the running program for something.
pub type Daemon = Box<dyn Fn(&client::Ask) -> Result<(), CallError> + Send>;

/// What others do for the window.
pub struct Others {
    /// Asks the running program for something.
    pub daemon: Daemon,
    /// Opens the window in which one chooses the stretches.
    pub open_stretches: Box<dyn Fn() -> anyhow::Result<()> + Send>,
    /// Lets the user choose a file. Waits for nobody: the choice comes back as work.
    pub choose: Box<dyn Fn() + Send>,
}

/// Keeps what the window shows in step with the files.
pub struct Keeper {
    places: Places,
    tell: Tell,
    others: Others,
    archive: Archive,
    excerpt: Excerpt,
    config: Config,
    facts: Vec<StretchFacts>,
    areas: Areas,
    names: Names,
    /// Up to which day the user looks; nothing: up to today.
    until: Option<NaiveDate>,
    /// What was shown last, and out of what it was made.
    shown: Option<(Basis, Arc<Book>)>,
}

/// All that a book is made of: the same again makes the same book.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    version: u64,
    today: NaiveDate,
    until: NaiveDate,
    zone: Zone,
    day_starts: NaiveTime,
    areas: Areas,
    names: Names,
    dismissed: BTreeSet<String>,
    problem: Option<String>,
}

impl Keeper {
    /// Knows nothing yet.
    #[must_use]
    pub fn new(places: Places, tell: Tell, others: Others) -> Self {
        Self {
            archive: Archive::new(places.history.clone(), places.saved.clone()),
            excerpt: Excerpt::of(places.history.clone()),
            places,
            tell,
            others,
            config: Config::default(),
            facts: Vec::new(),
            areas: Areas::new(),
            names: Names::default(),
            until: None,
            shown: None,
        }
    }

    /// Reads everything for the first time, and tells the window.
    pub fn open(&mut self) {
        self.read_settings();
        self.show();
    }

    /// Does what there is to do.
    pub fn do_it(&mut self, work: Work) {
        match work {
            Work::FilesChanged => {
                self.read_settings();
                self.show();
            }
            Work::Ask(ask) => self.ask(ask),
            Work::Chosen(Ok(None)) => {}
            Work::Chosen(Ok(Some(file))) => self.ask(Ask::Import(file)),
            Work::Chosen(Err(error)) => {
                log::warn!("no file can be chosen: {error:#}");
                self.say(text("strip-no-chooser"));
            }
        }
    }

    /// How often the history was read.
    #[must_use]
    pub fn reads(&self) -> Reads {
        self.excerpt.reads()
    }

    fn ask(&mut self, ask: Ask) {
        let (zone, day_starts) = (clock::now().zone, self.config.schedule.day_starts);
        match ask {
            Ask::LookAgain => self.show(),
            Ask::LookUpTo(day) => {
                self.until = Some(day);
                self.show();
            }
            Ask::Export(form) => self.export(form),
            Ask::Count(span) => match self.archive.count(Some(span), zone, day_starts) {
                Ok(count) => (self.tell)(News::Count(span, count)),
                Err(notice) => self.say(notice.text()),
            },
            Ask::Forget(span) => {
                let changed = self.archive.forget(span, zone, day_starts);
                self.after(changed);
            }
            Ask::Import(file) => {
                let from = kept_from(&self.config, &clock::now());
                let changed = self.archive.take_in(&file, from);
                self.after(changed);
            }
            Ask::Choose => (self.others.choose)(),
            Ask::Undo => {
                if let Some(said) = self.archive.undo() {
                    self.after((true, said));
                }
            }
            Ask::Follow(suggestion) => self.follow(&suggestion),
            Ask::Dismiss(suggestion) => {
                self.dismiss(&suggestion);
                self.show();
            }
        }
    }

    fn read_settings(&mut self) {
        let known = Library::load(Some(&self.places.stretches));
        let stretches = &known.catalogue.stretches;
        self.areas = (stretches.iter())
            .map(|stretch| (stretch.id.clone(), stretch.areas.clone()))
            .collect();
        let names = (stretches.iter())
            .map(|stretch| (stretch.id.clone(), stretch_text::name(stretch)))
            .collect();
        self.names = Arc::new(names);
        self.facts = known.catalogue.facts();
        let loaded = config_file::load(&self.places.settings, &self.facts);
        self.config = loaded.config;
    }

    /// Shows the history, which is read where it has changed.
    fn show(&mut self) {
        let now = clock::now();
        let day_starts = self.config.schedule.day_starts;
        let today = day_of(now.utc, now.zone, day_starts);
        // Who looks at the present goes on to look at it when the day or the week is over.
        self.until = self.until.filter(|until| year(*until) != year(today));
        let until = self.until.map_or(today, |until| until.min(today));
        let starts = year(until).starts(now.zone, day_starts);
        let looked = (self.excerpt).look(starts[0], starts[starts.len() - 1], now.utc);
        let basis = Basis {
            version: self.excerpt.version(),
            today,
            until,
            zone: now.zone,
            day_starts,
            areas: self.areas.clone(),
            names: Arc::clone(&self.names),
            dismissed: self.dismissed(),
            problem: looked.err().map(|notice| notice.text()),
        };
        if (self.shown.as_ref()).is_some_and(|(before, _)| *before == basis) {
            return;
        }
        let shown = Arc::new(self.book(&basis));
        (self.tell)(News::Book(Arc::clone(&shown)));
        self.shown = Some((basis, shown));
    }

    fn book(&self, basis: &Basis) -> Book {
        book(Reading {
            credits: Arc::clone(self.excerpt.credits()),
            today: basis.today,
            until: basis.until,
            zone: basis.zone,
            day_starts: basis.day_starts,
            areas: &self.areas,
            names: Arc::clone(&self.names),
            first: self.excerpt.first(),
            // What is suggested is about the present.
            dismissed: self.until.is_none().then_some(&basis.dismissed),
            problem: basis.problem.clone(),
        })
    }

    fn say(&self, words: String) {
        (self.tell)(News::Said(Said { words, undo: false }));
    }

    /// After something was to be changed: what there is now, and what came of it.
    fn after(&mut self, (changed, said): (bool, Said)) {
        if changed {
            self.show();
        }
        (self.tell)(News::Said(said));
    }

    fn export(&self, form: Form) {
        let lore = Lore {
            day_starts: self.config.schedule.day_starts,
            areas: &self.areas,
            names: &self.names,
        };
        let said = self.archive.export(form, &lore, &clock::now());
        (self.tell)(News::Said(said));
    }

    fn follow(&mut self, suggestion: &Suggestion) {
        let done = match suggestion {
            Suggestion::EndEarlier { at, .. } => self.change(|config, _| {
                let day_starts = config.schedule.day_starts;
                config.hours = Some(ended_at(config.hours.as_ref(), day_starts, *at));
            }),
            Suggestion::LeaveOut { stretch, .. } => self.change(|config, facts| {
                // The last one that is on stays.
                config.rotation.switch(stretch, false, facts).ok();
            }),
            Suggestion::Neglected { .. } => match (self.others.open_stretches)() {
                Ok(()) => true,
                Err(error) => {
                    self.say(format!("{error:#}"));
                    false
                }
            },
        };
        if done {
            self.dismiss(suggestion);
            self.show();
        }
    }

    /// Changes the settings, lets the running program know, and says so.
    fn change(&mut self, change: impl FnOnce(&mut Config, &[StretchFacts])) -> bool {
        let loaded = config_file::load(&self.places.settings, &self.facts);
        if !loaded.problems.is_empty() {
            self.say(text("past-mend-first"));
            return false;
        }
        let edited = config_file::edit(&self.places.settings, &self.facts, |config| {
            change(config, &self.facts);
        });
        match edited {
            Ok(config) => {
                self.config = config;
                // Without a running program the settings count when it starts.
                (self.others.daemon)(&client::Ask::Reload).ok();
                self.say(text("past-said-done"));
                true
            }
            Err(error) => {
                self.say(error.to_string());
                false
            }
        }
    }

    /// Suggestions that were dismissed; none where the file cannot be read.
    fn dismissed(&self) -> BTreeSet<String> {
        fs::read_to_string(&self.places.dismissed)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    fn dismiss(&self, suggestion: &Suggestion) {
        let mut all = self.dismissed();
        all.insert(suggestion.key());
        let mut text = serde_json::to_vec(&all).expect("texts are always JSON");
        writeln!(text).expect("memory takes everything");
        let kept = private::replace(
            &self.places.dismissed,
            &text,
            ".dismissed-",
            private::Care::PowerCut,
        );
        if let Err(error) = kept {
            log::warn!("the suggestion may come again: {error}");
        }
    }
}
