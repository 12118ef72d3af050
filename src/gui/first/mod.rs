//! The window of the first run: what the program does, how often, and what it waits for.
//!
//! - [`app`]: the window without a desktop: which page, what was chosen;
//! - [`run`]: the process around it;
//! - [`sheet`]: the same as a picture, without a display;
//! - `pages`: the three pages; `parts`: what they are made of.
//!
//! Nothing is set that was not pressed, everything can be skipped, and each choice counts at once:
//! whoever closes the window half-way loses nothing. What is asked of the program comes out as an
//! [`Ask`], and how things stand comes in as [`News`].

use std::time::Duration;

use crate::core::{
    rotation::Preset,
    stretch::{Stretch, VariantName, catalogue::Rig},
};

pub mod app;
mod pages;
mod parts;
pub mod run;
pub mod sheet;

pub use app::First;

/// One of the three pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// What it does, and what to mind.
    #[default]
    Hello,
    /// How often, how long, which stretches.
    Habits,
    /// What it waits for.
    Moment,
}

impl Page {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Hello, Self::Habits, Self::Moment];

    /// Its place among them, from 0.
    #[must_use]
    pub fn place(self) -> usize {
        match self {
            Self::Hello => 0,
            Self::Habits => 1,
            Self::Moment => 2,
        }
    }
}

/// Something that a break waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// Do-not-disturb.
    Quiet,
    /// A call.
    Meeting,
    /// A window that fills the screen.
    Fullscreen,
}

impl Waits {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Meeting, Self::Fullscreen, Self::Quiet];
}

/// How things stand in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Work between two breaks; nothing where they come at times of day.
    pub every: Option<Duration>,
    /// How long a stretch is done; nothing where the break is a message.
    pub length: Option<VariantName>,
    /// The ready-made choice of stretches that is in effect.
    pub preset: Option<Preset>,
    /// Whether it starts with the session; nothing where that cannot be told.
    pub autostart: Option<bool>,
    /// What breaks wait for, in the order of [`Waits::ALL`].
    pub waits: [bool; 3],
    /// When the safety notice was read, as a day in words.
    pub acknowledged: Option<String>,
    /// What is wrong with the settings.
    pub mistakes: Vec<String>,
}

impl Standing {
    /// Whether breaks wait for it.
    #[must_use]
    pub fn waits_for(&self, what: Waits) -> bool {
        let place = Waits::ALL.iter().position(|other| *other == what);
        place.is_some_and(|place| self.waits[place])
    }
}

/// What the user asks of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// This much work between two breaks.
    Every(Duration),
    /// This long a stretch.
    Length(VariantName),
    /// These stretches.
    Choose(Preset),
    /// Start with the session, or not.
    Autostart(bool),
    /// Wait for it, or not.
    Wait(Waits, bool),
    /// The safety notice was read.
    Acknowledge,
    /// This page is looked at: where to go on next time.
    Turned(Page),
    /// A first stretch, now; the window has done its work.
    Try,
    /// It is finished, or skipped: it does not come again by itself.
    Done,
    /// Something may have changed while the window was in the background.
    LookAgain,
}

/// What the program tells the window.
#[derive(Clone, Debug)]
pub enum News {
    /// The figure that shows what it is about.
    Figure(Box<(Rig, Stretch)>),
    /// How things stand, and at first on which page to begin.
    Standing(Standing),
    /// The page on which it was left.
    Page(Page),
    /// What was found on this desktop: a sentence for each, in the order of [`Waits::ALL`].
    Found([String; 3]),
    /// Why something could not be done.
    Said(String),
}
