//! Does what is asked in the window of the first run, and remembers how far it was.
//!
//! Lives on a thread of its own: a slow disk or a silent desktop never makes the window wait.

use std::{fs, path::PathBuf, time::Duration};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    config_file::{self, Location},
    core::{
        config::{Config, StretchFacts, What, When},
        rotation::Preset,
        stretch::VariantName,
    },
    desktop::{
        clock,
        private::{self, Care},
    },
    gui::first::{Ask, News, Page, Standing, Waits, run::Tell},
    stretch_file,
    text::text_with,
};

/// The figure that shows what it is about: large movements, both sides.
const FIGURE: &str = "overhead_arm_reach";

/// How far the first run was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// When the safety notice was read.
    pub acknowledged: Option<DateTime<Utc>>,
    /// The version of the program whose notice that was.
    pub version: Option<String>,
    /// The page that was looked at last, from 0.
    pub page: usize,
    /// It was finished, or skipped.
    pub done: bool,
}

impl Progress {
    /// What the file has; nothing where there is none that can be read.
    #[must_use]
    pub fn read(file: &std::path::Path) -> Self {
        fs::read_to_string(file)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    fn keep(&self, file: &std::path::Path) -> std::io::Result<()> {
        let text = serde_json::to_string(self)? + "\n";
        private::replace(file, text.as_bytes(), ".first-run-", Care::PowerCut)
    }
}

/// Where everything is.
#[derive(Clone, Debug)]
pub struct Places {
    /// The settings.
    pub settings: Location,
    /// The user's own stretches.
    pub stretches: PathBuf,
    /// How far the first run was.
    pub progress: PathBuf,
}

/// What is asked of the rest of the program, and of the desktop.
pub trait Desk: Send {
    /// What was found for each of [`Waits::ALL`], in words.
    fn found(&self, config: &Config) -> [String; 3];
    /// Whether the program starts with the session; nothing where that cannot be told.
    fn autostart(&self) -> Option<bool>;
    /// Lets it start with the session, or not.
    ///
    /// # Errors
    /// When that cannot be written.
    fn start_with_session(&self, on: bool) -> anyhow::Result<()>;
    /// Lets the running program read its settings again; without one they count when it starts.
    fn reload(&self);
    /// Begins a break.
    ///
    /// # Errors
    /// When there is no running program, or it refuses.
    fn stretch_now(&self) -> anyhow::Result<()>;
}

/// Keeps settings and progress.
pub struct Keeper<D> {
    places: Places,
    tell: Tell,
    desk: D,
    facts: Vec<StretchFacts>,
    progress: Progress,
}

impl<D: Desk> Keeper<D> {
    /// Knows nothing yet.
    pub fn new(places: Places, tell: Tell, desk: D) -> Self {
        let progress = Progress::read(&places.progress);
        Self {
            places,
            tell,
            desk,
            facts: Vec::new(),
            progress,
        }
    }

    /// Tells the window how things stand; what was found on the desktop comes last.
    pub fn open(&mut self) {
        let id = FIGURE.to_owned();
        let catalogue = stretch_file::only(&[id], None);
        if let Some(stretch) = catalogue.stretches.into_iter().next() {
            (self.tell)(News::Figure(Box::new((catalogue.rig, stretch))));
        }
        let candidates = stretch_file::candidates(Some(&self.places.stretches));
        self.facts = (candidates.into_iter())
            .map(|candidate| candidate.facts)
            .collect();
        if let Some(page) = Page::ALL.get(self.progress.page)
            && !self.progress.done
        {
            (self.tell)(News::Page(*page));
        }
        let config = self.show();
        (self.tell)(News::Found(self.desk.found(&config)));
    }

    /// Does what was asked.
    pub fn do_it(&mut self, ask: Ask) {
        match ask {
            Ask::Every(every) => self.change(|config, _| set_every(config, every)),
            Ask::Length(length) => self.change(|config, _| set_length(config, length)),
            Ask::Choose(preset) => {
                self.change(|config, facts| preset.apply(&mut config.rotation, facts));
            }
            Ask::Wait(what, on) => self.change(|config, _| match what {
                Waits::Quiet => config.hold.quiet = on,
                Waits::Meeting => config.hold.meeting = on,
                Waits::Fullscreen => config.hold.fullscreen = on,
            }),
            Ask::Autostart(on) => {
                if let Err(error) = self.desk.start_with_session(on) {
                    self.say("first-not-changed", &error);
                }
                self.show();
            }
            Ask::Acknowledge => {
                // Once: the first time is the one that counts.
                if self.progress.acknowledged.is_none() {
                    self.progress.acknowledged = Some(clock::now().utc);
                    self.progress.version = Some(env!("CARGO_PKG_VERSION").to_owned());
                    self.remember();
                    self.show();
                }
            }
            Ask::Turned(page) => {
                self.progress.page = page.place();
                self.remember();
            }
            Ask::Try => {
                self.finish();
                if let Err(error) = self.desk.stretch_now() {
                    log::warn!("no first stretch: {error:#}");
                    self.say("first-not-tried", &error);
                }
            }
            Ask::Done => self.finish(),
            Ask::LookAgain => {
                self.show();
            }
        }
    }

    fn finish(&mut self) {
        self.progress.done = true;
        self.remember();
    }

    fn remember(&self) {
        if let Err(error) = self.progress.keep(&self.places.progress) {
            log::warn!("the first run will begin anew: {error}");
        }
    }

    /// Tells the window how things stand.
    fn show(&self) -> Config {
        let loaded = config_file::load(&self.places.settings, &self.facts);
        let file = self.places.settings.path.display().to_string();
        let mistakes = loaded.problems.iter().map(|problem| {
            let (line, _column) = loaded.document.line_and_column(problem);
            let values = [
                ("file", file.as_str().into()),
                ("line", line.into()),
                ("what", problem.message.as_str().into()),
            ];
            text_with("problem-in-file", &values)
        });
        let config = loaded.config.clone();
        let first = config.reminders.first();
        let zone = clock::now().zone;
        let read = self.progress.acknowledged.map(|at| zone.local(at));
        let waits = Waits::ALL.map(|what| match what {
            Waits::Quiet => config.hold.quiet,
            Waits::Meeting => config.hold.meeting,
            Waits::Fullscreen => config.hold.fullscreen,
        });
        (self.tell)(News::Standing(Standing {
            every: first.and_then(|reminder| match &reminder.when {
                When::Every(every) => Some(*every),
                When::At(_) => None,
            }),
            length: first.and_then(|reminder| match &reminder.what {
                What::Stretches { variant, .. } => Some(*variant),
                What::Message { .. } => None,
            }),
            preset: Preset::of(&config.rotation, &self.facts),
            autostart: self.desk.autostart(),
            waits,
            acknowledged: read.map(|at| at.format("%Y-%m-%d").to_string()),
            mistakes: mistakes.collect(),
        }));
        config
    }

    /// Changes the settings, if there is nothing wrong with them, and lets the program know.
    fn change(&mut self, change: impl FnOnce(&mut Config, &[StretchFacts])) {
        let loaded = config_file::load(&self.places.settings, &self.facts);
        let changed = match loaded.problems.first() {
            Some(problem) => Err(anyhow::anyhow!("{}", problem.message)),
            None => config_file::edit(&self.places.settings, &self.facts, |config| {
                change(config, &self.facts);
            })
            .map_err(anyhow::Error::from),
        };
        match changed {
            Ok(_) => self.desk.reload(),
            Err(error) => self.say("first-not-changed", &error),
        }
        self.show();
    }

    fn say(&self, id: &str, error: &anyhow::Error) {
        let why = format!("{error:#}");
        let why = why.lines().next().unwrap_or_default().to_owned();
        (self.tell)(News::Said(text_with(id, &[("why", why.into())])));
    }
}

/// The first reminder comes after so much work.
fn set_every(config: &mut Config, every: Duration) {
    if let Some(reminder) = config.reminders.first_mut() {
        reminder.when = When::Every(every);
    }
}

/// Its stretches are so long.
fn set_length(config: &mut Config, length: VariantName) {
    if let Some(reminder) = config.reminders.first_mut()
        && let What::Stretches { variant, .. } = &mut reminder.what
    {
        *variant = length;
    }
}
