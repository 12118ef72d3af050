//! Reads the settings for the window, and changes them as asked.
//!
//! Lives on a thread of its own: a slow disk or a silent bus never makes the window wait. Whoever
//! else changes the file meanwhile is right: what they wrote is shown, and never undone from here.

use std::{cell::RefCell, path::PathBuf, rc::Rc, sync::Arc, thread, time::Duration};

use super::{
    super::{
        config,
        edits::{Back, Edits, Shared},
        gallery,
        history::{import::kept_from, window::choose},
        sound, voice,
    },
    forecast::Foresight,
    kept::{self, Kept},
};
use crate::{
    config_file::{self, EditError, Loaded, Step},
    core::config::{Config, StretchFacts},
    desktop::{appearance::Wishes, child, clock, monitors},
    gui::{
        settings::{
            Ask, Change, News, Said, Standing,
            kept::{OfHistory, Stored},
            run::Tell,
        },
        theme::Theme,
    },
    ipc::client::{self, CallError},
    text::{text, text_with},
    window::{settings, wire::Look},
};

/// How long the desktop may take to say how windows should look.
const APPEARANCE: Duration = Duration::from_millis(150);

/// Where everything is.
pub type Places = gallery::keeper::Places;

/// Something to do.
#[derive(Debug)]
pub enum Work {
    /// The user asks.
    Ask(Ask),
    /// Settings or stretches may have changed.
    FilesChanged,
    /// The desktop may want windows to look otherwise.
    DesktopChanged,
    /// News of the window in which a stretch is tried.
    Trial(child::Event),
    /// These voices there are.
    Voices(Vec<String>),
    /// What the user chose to take in: the address of a file, or none.
    Chosen(anyhow::Result<Option<String>>),
    /// Something beside the settings did not work.
    Failed(String),
}

/// What the keeper needs besides files.
pub struct Outside {
    /// Asks the running program for something.
    pub daemon: gallery::keeper::Daemon,
    /// Where what takes a while puts its results.
    pub post: Arc<dyn Fn(Work) + Send + Sync>,
    /// How the desktop wants windows to look, if it can be asked.
    pub wishes: Option<Wishes>,
    /// Where files are saved.
    pub saved: PathBuf,
}

/// Keeps what the window shows in step with the file.
pub struct Keeper {
    places: Places,
    tell: Tell,
    outside: Outside,
    look: Look,
    edits: Shared,
    /// The page with the stretches has a keeper of its own, which shares the changes.
    stretches: gallery::keeper::Keeper,
    kept: Kept,
    /// What was told of what is stored.
    stored: Stored,
    facts: Vec<StretchFacts>,
    loaded: Loaded,
    foresight: Foresight,
    monitors: Vec<String>,
    voices: Option<Vec<String>>,
    running: bool,
    /// The last change of the window that is in the file, or was refused.
    seen: u64,
}

impl Keeper {
    /// Reads the settings for the first time. `look` is how the window looks now.
    #[must_use]
    pub fn new(places: Places, look: Look, tell: Tell, outside: Outside) -> Self {
        let edits = Rc::new(RefCell::new(Edits::new(places.settings.clone())));
        let (post, to_window) = (Arc::clone(&outside.post), Arc::clone(&tell));
        let stretches = gallery::keeper::Keeper::new(
            places.clone(),
            look.clone(),
            Arc::new(move |news| to_window(News::Gallery(news))),
            Arc::clone(&outside.daemon),
            (
                Rc::clone(&edits),
                Arc::new(move |event| post(Work::Trial(event))),
            ),
        );
        let facts = config::stretches(&places.settings);
        let kept = Kept::new(kept::Places {
            history: places.history.clone(),
            state: places.memory.with_file_name(""),
            settings: places.settings.path.clone(),
            stretches: places.stretches.clone(),
            saved: outside.saved.clone(),
        });
        Self {
            edits,
            stretches,
            kept,
            stored: Stored::default(),
            loaded: config_file::load(&places.settings, &facts),
            foresight: Foresight::new(&places.stretches),
            places,
            tell,
            outside,
            look,
            facts,
            monitors: Vec::new(),
            voices: None,
            running: false,
            seen: 0,
        }
    }

    /// Tells the window everything for the first time.
    pub fn open(&mut self) {
        self.show();
        self.foresee();
        self.show_stored();
        self.stretches.open();
        // What takes longer comes after the first frame.
        self.look_around();
        if let Some(wishes) = &self.outside.wishes {
            // It is asked for again below, from what has become known.
            let _ = wishes.after_asking(APPEARANCE);
        }
        self.look_the_part();
        self.show();
        let post = Arc::clone(&self.outside.post);
        aside("voices", move || match voice::names() {
            Ok(names) => post(Work::Voices(names)),
            Err(error) => log::info!("no voices: {error:#}"),
        });
    }

    /// Does what there is to do.
    pub fn do_it(&mut self, work: Work) {
        self.take(work);
        self.foresee();
    }

    fn take(&mut self, work: Work) {
        match work {
            Work::Ask(ask) => self.ask(ask),
            Work::FilesChanged => {
                self.facts = config::stretches(&self.places.settings);
                self.foresight.read(&self.places.stretches);
                self.read();
                self.edits.borrow_mut().look();
                self.look_the_part();
                self.show();
                self.show_stored();
                self.stretches.do_it(gallery::keeper::Work::FilesChanged);
            }
            Work::DesktopChanged => self.look_the_part(),
            Work::Trial(event) => self.stretches.do_it(gallery::keeper::Work::Trial(event)),
            Work::Voices(names) => {
                self.voices = Some(names);
                self.show();
            }
            Work::Chosen(Ok(None)) => {}
            Work::Chosen(Ok(Some(file))) => self.of_history(OfHistory::Import(file)),
            Work::Chosen(Err(error)) => {
                log::warn!("no file can be chosen: {error:#}");
                self.say(text("strip-no-chooser"), false);
            }
            Work::Failed(why) => self.say(why, false),
        }
    }

    fn ask(&mut self, ask: Ask) {
        match ask {
            Ask::Change(number, change) => self.change(number, &change),
            Ask::Undo if self.kept.is_last(self.edits.borrow().count()) => {
                self.of_history(OfHistory::Undo);
            }
            Ask::Undo => {
                let done = self.edits.borrow_mut().undo();
                self.went_back(done, "set-said-undone");
            }
            Ask::Redo => {
                let done = self.edits.borrow_mut().redo();
                self.went_back(done, "set-said-redone");
            }
            Ask::Mend(mistake, repair) => {
                let location = &self.places.settings;
                let mended = config_file::mend(location, &self.facts, &mistake, &repair);
                self.mended(mended, || text("set-said-mended"));
            }
            Ask::Rewrite(mistake, line) => {
                let (location, number) = (&self.places.settings, mistake.line);
                let old = &mistake.text;
                let written = config_file::rewrite_line(location, &self.facts, number, old, &line);
                self.mended(written, || {
                    text_with("set-said-rewritten", &[("line", number.into())])
                });
            }
            Ask::OpenFile => {
                let location = self.places.settings.clone();
                let post = Arc::clone(&self.outside.post);
                aside("editor", move || {
                    if let Err(why) = config::show_file(&location) {
                        post(Work::Failed(why));
                    }
                });
            }
            Ask::PlaySound => {
                let volume = self.loaded.config.sound.volume;
                self.beside("sound", "set-said-no-sound", move || sound::example(volume));
            }
            Ask::Speak => {
                let set = self.loaded.config.voice.clone();
                let words = text("set-voice-example");
                self.beside("voice", "set-said-no-voice", move || {
                    voice::example(&set, &words)
                });
            }
            Ask::History(ask) => self.of_history(ask),
            // The pages have a thread of their own for these.
            Ask::Hold(_) | Ask::Hooks(_) | Ask::About(_) => {}
            Ask::Gallery(ask) => {
                self.stretches.do_it(gallery::keeper::Work::Ask(ask));
                self.read();
                self.show();
            }
            Ask::LookAgain => {
                self.look_around();
                let look_again = crate::gui::gallery::Ask::LookAgain;
                self.stretches.do_it(gallery::keeper::Work::Ask(look_again));
                self.read();
                self.edits.borrow_mut().look();
                self.look_the_part();
                self.show();
                self.show_stored();
            }
        }
    }

    fn of_history(&mut self, ask: OfHistory) {
        let (zone, day_starts) = (clock::now().zone, self.loaded.config.schedule.day_starts);
        let edits = self.edits.borrow().count();
        let said = match ask {
            OfHistory::Export(form) => self.kept.export(form, day_starts),
            OfHistory::Count(span) => {
                match self.kept.archive().count(Some(span), zone, day_starts) {
                    Ok(count) => (self.tell)(News::Count(span, count)),
                    Err(notice) => self.say(notice.text(), false),
                }
                return;
            }
            OfHistory::Import(file) => {
                let from = kept_from(&self.loaded.config, &clock::now());
                let taken = self.kept.archive().take_in(&file, from);
                self.kept.note(edits, taken)
            }
            OfHistory::Forget(span) => {
                let gone = self.kept.archive().forget(span, zone, day_starts);
                self.kept.note(edits, gone)
            }
            OfHistory::Undo => match self.kept.undo() {
                Some(said) => said,
                None => return,
            },
            OfHistory::Choose => {
                let post = Arc::clone(&self.outside.post);
                choose(move |file| post(Work::Chosen(file)));
                return;
            }
            OfHistory::Open => match kept::open_history() {
                Ok(()) => return,
                Err(error) => Said {
                    words: format!("{error:#}"),
                    undo: false,
                },
            },
        };
        self.show();
        self.show_stored();
        self.say(said.words, said.undo);
    }

    /// Tells the window what is stored, if that is something else now.
    fn show_stored(&mut self) {
        let day_starts = self.loaded.config.schedule.day_starts;
        let stored = self.kept.stored(&clock::now(), day_starts);
        if self.stored != stored {
            self.stored = stored.clone();
            (self.tell)(News::Stored(Box::new(stored)));
        }
    }

    /// Changes the file, lets the running program know, and says it.
    fn change(&mut self, number: u64, change: &Change) {
        let when = (change.key(), clock::awake());
        let edited = self.edits.borrow_mut().change(when, &self.facts, |config| {
            change.make(config);
        });
        self.seen = number;
        match edited {
            Err(error) => self.failed(&error),
            Ok((_, false)) => {
                self.read();
                self.show();
            }
            Ok((_, true)) => {
                self.written(|| change.said().to_owned(), true);
            }
        }
    }

    /// The file was changed beside its settings.
    fn mended(
        &mut self,
        mended: Result<(Config, Option<Step>), EditError>,
        said: impl FnOnce() -> String,
    ) {
        match mended {
            Err(error) => self.failed(&error),
            Ok((_, step)) => {
                let changed = step.is_some();
                if let Some(step) = step {
                    // Nothing else is part of this change.
                    self.edits.borrow_mut().add(("", Duration::ZERO), step);
                }
                self.written(said, changed);
            }
        }
    }

    fn went_back(&mut self, done: Result<Back, EditError>, said: &str) {
        match done {
            Err(error) => self.failed(&error),
            Ok(Back::Nothing) => {}
            Ok(Back::ChangedElsewhere) => {
                self.read();
                self.show();
                self.say(text("set-said-others"), false);
            }
            Ok(Back::Done) => {
                let more = self.edits.borrow().can_undo() || self.kept.can_undo();
                self.written(|| text(said), more);
            }
        }
    }

    /// The file is another one: it counts from now on, here and in the running program. `undo`:
    /// there is something to take back.
    fn written(&mut self, said: impl FnOnce() -> String, undo: bool) {
        self.read();
        self.look_the_part();
        let told = self.tell_the_daemon();
        self.show();
        self.say(told.unwrap_or_else(said), undo);
    }

    /// Nothing was written; the window shows how things are.
    fn failed(&mut self, error: &EditError) {
        log::warn!("{error}");
        self.read();
        self.show();
        let error = error.to_string();
        let first = error.lines().next().unwrap_or_default();
        self.say(first.to_owned(), false);
    }

    /// Lets the running program read its settings again. A sentence where it could not be told;
    /// without one that runs there is nothing to say. While the file has a mistake, the program
    /// goes on with what it has, which the window says elsewhere.
    fn tell_the_daemon(&mut self) -> Option<String> {
        match (self.outside.daemon)(&client::Ask::Reload) {
            Ok(()) => {
                self.running = true;
                None
            }
            Err(CallError::NotRunning) => {
                self.running = false;
                None
            }
            Err(CallError::Refused(why) | CallError::Failed(why)) => {
                log::warn!("the running program was not told: {why}");
                self.running = true;
                let mistakes = !self.loaded.problems.is_empty();
                (!mistakes).then(|| text("set-said-later"))
            }
        }
    }

    /// What there is on this desktop.
    fn look_around(&mut self) {
        let monitors = monitors::detect().monitors().unwrap_or_default();
        self.monitors = monitors.into_iter().map(|monitor| monitor.name).collect();
        let status = (self.outside.daemon)(&client::Ask::Status);
        self.running = !matches!(status, Err(CallError::NotRunning));
    }

    /// The window looks as the settings say, from now on.
    fn look_the_part(&mut self) {
        let wishes = self.outside.wishes.as_ref();
        let desktop = wishes.map(Wishes::now).unwrap_or_default();
        let look = settings::look(&self.loaded.config.look, desktop);
        if look == self.look {
            return;
        }
        let theme = Theme::new(look.dark, look.high_contrast, look.figure_tone);
        (self.tell)(News::Look {
            theme: Box::new(theme),
            reduced_motion: look.reduced_motion,
            text_scale: look.text_scale,
        });
        self.look = look;
    }

    /// Tells the window of the days to come, if they have become others.
    fn foresee(&mut self) {
        let (config, now) = (&self.loaded.config, clock::now());
        if let Some(forecast) = self.foresight.look(config, &now) {
            (self.tell)(News::Forecast(Box::new(forecast)));
        }
    }

    fn read(&mut self) {
        self.loaded = config_file::load(&self.places.settings, &self.facts);
    }

    /// Tells the window how things stand.
    fn show(&self) {
        let edits = self.edits.borrow();
        (self.tell)(News::Standing(Box::new(Standing {
            config: self.loaded.config.clone(),
            mistakes: config_file::mistakes(&self.loaded, &self.facts),
            file: self.places.settings.path.display().to_string(),
            stretches: self.facts.clone(),
            monitors: self.monitors.clone(),
            voices: self.voices.clone(),
            can_undo: edits.can_undo() || self.kept.can_undo(),
            can_redo: edits.can_redo(),
            running: self.running,
            seen: self.seen,
        })));
    }

    fn say(&self, words: String, undo: bool) {
        (self.tell)(News::Said(Said { words, undo }));
    }

    /// Does something on a thread of its own, and says why it did not work.
    fn beside(
        &self,
        name: &str,
        failed: &'static str,
        work: impl FnOnce() -> anyhow::Result<()> + Send + 'static,
    ) {
        let post = Arc::clone(&self.outside.post);
        aside(name, move || {
            if let Err(error) = work() {
                let why = format!("{error:#}");
                post(Work::Failed(text_with(failed, &[("why", why.into())])));
            }
        });
    }
}

/// Does something on a thread that nobody waits for.
fn aside(name: &str, work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().name(name.to_owned());
    if let Err(error) = thread.spawn(work) {
        log::warn!("no thread for {name}: {error}");
    }
}
