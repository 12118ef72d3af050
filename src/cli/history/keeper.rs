//! Reads the history for its window, and does with it what the user asks.
//!
//! Lives on a thread of its own: a slow disk never makes the window wait.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::PathBuf,
};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    as_csv, as_json,
    book::{Reading, book, year},
};
use crate::{
    config_file::{self, Location},
    core::{
        config::{Config, StretchFacts},
        schedule::Credit,
        stats::{
            review::{Areas, Calendar, Review},
            span::Span,
            suggest::{Suggestion, ended_at},
        },
        stretch::StretchId,
        time::Moment,
    },
    desktop::{clock, private},
    gui::{
        history::{Ask, Book, Form, News, Said, run::Tell, sheet},
        picture::write_png,
    },
    ipc::client::{self, CallError},
    store::{self, Reader},
    stretch_file::Library,
    stretch_text,
    text::{text, text_with},
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
}

/// Asks the running program for something.
pub type Daemon = Box<dyn Fn(&client::Ask) -> Result<(), CallError> + Send>;

/// Keeps what the window shows in step with the files.
pub struct Keeper {
    places: Places,
    tell: Tell,
    daemon: Daemon,
    /// Opens the window in which one chooses the stretches.
    open_stretches: Box<dyn Fn() -> anyhow::Result<()> + Send>,
    config: Config,
    facts: Vec<StretchFacts>,
    areas: Areas,
    names: BTreeMap<StretchId, String>,
    /// What was deleted in this window, the last deletion last.
    deleted: Vec<Vec<Credit>>,
    shown: Option<Book>,
}

impl Keeper {
    /// Knows nothing yet.
    #[must_use]
    pub fn new(
        places: Places,
        tell: Tell,
        daemon: Daemon,
        open_stretches: Box<dyn Fn() -> anyhow::Result<()> + Send>,
    ) -> Self {
        Self {
            places,
            tell,
            daemon,
            open_stretches,
            config: Config::default(),
            facts: Vec::new(),
            areas: Areas::new(),
            names: BTreeMap::new(),
            deleted: Vec::new(),
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
        }
    }

    fn ask(&mut self, ask: Ask) {
        match ask {
            Ask::LookAgain => self.show(),
            Ask::Export(form) => self.export(form),
            Ask::Forget(span) => self.forget(span),
            Ask::Undo => self.undo(),
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
        self.names = (stretches.iter())
            .map(|stretch| (stretch.id.clone(), stretch_text::name(stretch)))
            .collect();
        self.facts = known.catalogue.facts();
        let loaded = config_file::load(&self.places.settings, &self.facts);
        self.config = loaded.config;
    }

    /// Reads the history, and shows it.
    fn show(&mut self) {
        let now = clock::now();
        let day_starts = self.config.schedule.day_starts;
        let from = year(now.utc, now.zone, day_starts).starts(now.zone, day_starts)[0];
        let (credits, first, problem) = match self.read(Some(from)) {
            Ok((credits, first)) => (credits, first, None),
            Err(error) => (Vec::new(), None, Some(error.to_string())),
        };
        let shown = book(Reading {
            credits,
            now: now.utc,
            zone: now.zone,
            day_starts,
            areas: &self.areas,
            names: self.names.clone(),
            first,
            dismissed: &self.dismissed(),
            problem,
        });
        if self.shown.as_ref() != Some(&shown) {
            self.shown = Some(shown.clone());
            (self.tell)(News::Book(Box::new(shown)));
        }
    }

    /// The breaks since an instant, and when the very first one ended.
    fn read(
        &self,
        since: Option<DateTime<Utc>>,
    ) -> anyhow::Result<(Vec<Credit>, Option<DateTime<Utc>>)> {
        let reader = Reader::open(&self.places.history)?;
        let mut credits = Vec::new();
        reader.each_since(since, |credit| {
            credits.push(credit);
            Ok(())
        })?;
        Ok((credits, reader.first()?))
    }

    fn say(&self, words: String, undo: bool) {
        (self.tell)(News::Said(Said { words, undo }));
    }

    fn export(&self, form: Form) {
        let now = clock::now();
        let saved = match form {
            Form::Csv => self.save(&now, "csv", |credits, file| as_csv(file, credits)),
            Form::Json => self.save(&now, "json", |credits, file| as_json(file, credits)),
            Form::Picture(day) => self.save_month(day),
        };
        match saved {
            Ok(file) => {
                let file = file.display().to_string();
                self.say(
                    text_with("past-said-saved", &[("file", file.into())]),
                    false,
                );
            }
            Err(error) => {
                log::warn!("saving the history: {error:#}");
                let why = format!("{error:#}");
                self.say(
                    text_with("past-said-not-saved", &[("why", why.into())]),
                    false,
                );
            }
        }
    }

    /// All of the history, in a new file.
    fn save(
        &self,
        now: &Moment,
        ending: &str,
        write: impl FnOnce(&[Credit], &mut Vec<u8>) -> anyhow::Result<()>,
    ) -> anyhow::Result<PathBuf> {
        let (credits, _) = self.read(None)?;
        let mut content = Vec::new();
        write(&credits, &mut content)?;
        let day = now.zone.local(now.utc).format("%Y-%m-%d");
        self.save_as(&format!("unhunch-history-{day}"), ending, &content)
    }

    fn save_month(&self, day: NaiveDate) -> anyhow::Result<PathBuf> {
        let Some(book) = &self.shown else {
            anyhow::bail!(text("past-loading"));
        };
        let calendar = Calendar {
            span: Span::month(day),
            zone: book.zone,
            day_starts: book.day_starts,
        };
        let month = Review::of(&book.credits, calendar, &self.areas);
        let mut content = Vec::new();
        write_png(&sheet::month(book, &month), &mut content)?;
        let name = format!("unhunch-{}", day.format("%Y-%m"));
        self.save_as(&name, "png", &content)
    }

    /// Beside whatever has this name already.
    fn save_as(&self, name: &str, ending: &str, content: &[u8]) -> anyhow::Result<PathBuf> {
        let folder = &self.places.saved;
        for n in 1..1000 {
            let name = match n {
                1 => format!("{name}.{ending}"),
                _ => format!("{name} ({n}).{ending}"),
            };
            let file = folder.join(name);
            match private::create_whole(&file, content, ".unhunch-") {
                Ok(()) => return Ok(file),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    let folder = folder.display();
                    return Err(anyhow::Error::new(error).context(format!("{folder}")));
                }
            }
        }
        anyhow::bail!("{}", folder.display())
    }

    fn forget(&mut self, span: Option<Span>) {
        let zone = clock::now().zone;
        let starts = span.map(|span| span.starts(zone, self.config.schedule.day_starts));
        let from = starts.as_ref().and_then(|starts| starts.first().copied());
        let to = starts.as_ref().and_then(|starts| starts.last().copied());
        match store::forget(&self.places.history, from, to) {
            Err(notice) => self.say(notice.text(), false),
            Ok(gone) if gone.is_empty() => self.say(text("past-said-nothing"), false),
            Ok(gone) => {
                let count = i64::try_from(gone.len()).unwrap_or(i64::MAX);
                self.deleted.push(gone);
                self.show();
                let said = text_with("past-said-deleted", &[("count", count.into())]);
                self.say(said, true);
            }
        }
    }

    fn undo(&mut self) {
        let Some(gone) = self.deleted.pop() else {
            return;
        };
        match store::put_back(&self.places.history, &gone) {
            Ok(()) => {
                self.show();
                self.say(text("past-said-undone"), !self.deleted.is_empty());
            }
            Err(notice) => {
                // Still there, to try again.
                self.deleted.push(gone);
                self.say(notice.text(), true);
            }
        }
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
            Suggestion::Neglected { .. } => match (self.open_stretches)() {
                Ok(()) => true,
                Err(error) => {
                    self.say(format!("{error:#}"), false);
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
            self.say(text("past-mend-first"), false);
            return false;
        }
        let edited = config_file::edit(&self.places.settings, &self.facts, |config| {
            change(config, &self.facts);
        });
        match edited {
            Ok(config) => {
                self.config = config;
                // Without a running program the settings count when it starts.
                (self.daemon)(&client::Ask::Reload).ok();
                self.say(text("past-said-done"), false);
                true
            }
            Err(error) => {
                self.say(error.to_string(), false);
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
