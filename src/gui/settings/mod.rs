//! The window of the settings: everything that the settings file can do, without an editor.
//!
//! - [`app`]: the window without a desktop: which page, what is looked for, what was said;
//! - [`run`]: the process around it; [`sheet`]: the same as a picture, without a display;
//! - [`list`]: every setting there is, its page, and how it is changed;
//! - `side`: the pages and the field to search in; `page`: what stands on each page;
//! - `rows`: cards, and rows in them with a name, a line about it, and a control;
//!   `fields`: what is typed, stepped, and chosen from a list; `plain`: a setting of the list
//!   in its row; `mistakes`: what is wrong in the file, with what mends it;
//! - `strip`: when breaks would come; `week`: working hours; `reminders`;
//! - the parts that are more than rows have modules of their own: [`hold`], [`hooks`], [`about`].
//!
//! Nothing here reads a clock, a file or the bus. A change of the settings is a [`Change`]: the
//! window shows at once what comes of it, and whoever keeps the file makes it there. Everything
//! else that the user asks comes out as an [`Ask`], and what became of it comes back as [`News`].
//!
//! A part of a page is a function that takes the [`View`] and a state of its own, draws from the
//! cursor of a vertical layout downwards in the width that there is, and returns what was
//! [`Asked`]. It keeps in its state only what is not a setting: what is typed and not yet taken,
//! what is open. Ids of controls have to be unique in the window: they begin with the key of the
//! setting or the name of the part.

use std::{fmt, sync::Arc, time::Duration};

use crate::{
    config_file::{Mistake, Repair},
    core::{
        config::{Config, StretchFacts},
        outlook::Forecast,
        stats::span::Span,
    },
    gui::{gallery, theme::Theme},
};

pub mod about;
pub mod app;
mod fields;
pub mod hold;
pub mod hooks;
pub mod kept;
pub mod list;
mod look;
mod mistakes;
mod page;
mod plain;
mod reminders;
mod rotation;
mod rows;
pub mod run;
pub mod sheet;
mod side;
mod strip;
mod week;

pub use super::notice::Said;
pub use app::Settings;
pub use fields::Typed;

/// A page of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// Reminders, cadence, snooze, hours.
    #[default]
    Schedule,
    /// Which stretches come.
    Stretches,
    /// What holds breaks back.
    Hold,
    /// How windows look, sounds and voice.
    Look,
    /// Programs that run when something happens.
    Hooks,
    /// What is kept.
    History,
    /// Version, licences, the report of the doctor.
    About,
}

impl Page {
    /// All of them, in the order in which they stand.
    pub const ALL: [Self; 7] = [
        Self::Schedule,
        Self::Stretches,
        Self::Hold,
        Self::Look,
        Self::Hooks,
        Self::History,
        Self::About,
    ];

    /// Its word in the ids of texts, and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Stretches => "stretches",
            Self::Hold => "hold",
            Self::Look => "look",
            Self::Hooks => "hooks",
            Self::History => "history",
            Self::About => "about",
        }
    }

    /// The page with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.word() == word)
    }
}

/// A change of the settings, to be made in the file and shown at once.
///
/// It is made on the settings as they are at that moment, which may be others than those that the
/// window has shown: so it touches only what it is about.
#[derive(Clone)]
pub struct Change {
    key: String,
    said: String,
    make: Arc<dyn Fn(&mut Config) + Send + Sync>,
}

impl Change {
    /// A change of `key` (as in `unhunch config set`; of several keys, what they have in common).
    /// `said` is what was done, for the user.
    pub fn new(
        key: impl Into<String>,
        said: impl Into<String>,
        make: impl Fn(&mut Config) + Send + Sync + 'static,
    ) -> Self {
        Self {
            key: key.into(),
            said: said.into(),
            make: Arc::new(make),
        }
    }

    /// What it changes. Changes of the same key in short order are undone together.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What was done, for the user.
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }

    /// Makes it.
    pub fn make(&self, config: &mut Config) {
        (self.make)(config);
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("key", &self.key)
            .field("said", &self.said)
            .finish_non_exhaustive()
    }
}

/// How things stand outside of the window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The settings in the file; where it has a mistake, its default.
    pub config: Config,
    /// What is wrong in the file, in the order of its lines.
    pub mistakes: Vec<Mistake>,
    /// The file.
    pub file: String,
    /// What there is to choose from.
    pub stretches: Vec<StretchFacts>,
    /// The names of the monitors.
    pub monitors: Vec<String>,
    /// The names of the voices; nothing before they are known.
    pub voices: Option<Vec<String>>,
    /// There is a change to take back.
    pub can_undo: bool,
    /// There is a change to make once more.
    pub can_redo: bool,
    /// The program runs.
    pub running: bool,
    /// The last change of the window that is in it: they are counted from 1.
    pub seen: u64,
}

/// Everything that is shown this frame.
pub struct View<'a> {
    /// The colours.
    pub theme: &'a Theme,
    /// Nothing moves by itself.
    pub reduced_motion: bool,
    /// Time the machine has been awake.
    pub now: Duration,
    /// The settings with every change of the window in them, also those that are on their way.
    pub config: &'a Config,
    /// How things stand outside.
    pub standing: &'a Standing,
    /// The days to come with the settings that were last known to the program; empty before the
    /// first time.
    pub forecast: &'a Forecast,
}

/// What the user asks of the program.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Change the settings. The number counts the changes of this window from 1.
    Change(u64, Change),
    /// The last change was none.
    Undo,
    /// It was one after all.
    Redo,
    /// Mend a mistake in this way.
    Mend(Box<Mistake>, Repair),
    /// Write this in place of the line with the mistake.
    Rewrite(Box<Mistake>, String),
    /// Open the file in the editor of the desktop.
    OpenFile,
    /// Let the sound of a change of phase be heard.
    PlaySound,
    /// Let the voice be heard.
    Speak,
    /// Something about the stretches.
    Gallery(gallery::Ask),
    /// Something about the history.
    History(kept::OfHistory),
    /// Something of the page "When to hold back".
    Hold(hold::Ask),
    /// Something of the page "Hooks".
    Hooks(hooks::Ask),
    /// Something of the page "About".
    About(about::Ask),
    /// Something may have changed while the window was in the background.
    LookAgain,
}

/// What the program tells the window.
#[derive(Clone, Debug)]
pub enum News {
    /// How things stand now.
    Standing(Box<Standing>),
    /// The days to come, with these settings.
    Forecast(Box<Forecast>),
    /// What was done, or why it was not.
    Said(Said),
    /// Something about the stretches.
    Gallery(gallery::News),
    /// What is stored now.
    Stored(Box<kept::Stored>),
    /// How many breaks there are in these days.
    Count(Span, u32),
    /// Windows look like this from now on.
    Look {
        /// The colours.
        theme: Box<Theme>,
        /// Nothing moves by itself.
        reduced_motion: bool,
        /// Points are this many times as large.
        text_scale: f32,
    },
    /// For the page "When to hold back".
    Hold(hold::News),
    /// For the page "Hooks".
    Hooks(hooks::News),
    /// For the page "About".
    About(about::News),
}

/// What the user asked for, of the window or of the program.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A change of the settings.
    Change(Change),
    /// Something else of the program.
    Of(Ask),
    /// Another page.
    Page(Page),
    /// What is looked for.
    Search(String),
    /// Put the focus into the field to search in.
    FocusSearch,
    /// Take what was said away.
    Dismiss,
    /// Close the window.
    Close,
}
