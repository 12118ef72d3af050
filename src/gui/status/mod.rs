//! The small window that says what the program is up to, and lets one tell it what to do: the same
//! as the icon in the panel, for desktops without one.
//!
//! - [`app`]: the window without a desktop;
//! - [`run`]: the process around it;
//! - [`sheet`]: the same as a picture, without a display;
//! - `dial`, `answers`, `week`: the parts of the window; `keys`: what keys mean.
//!
//! Nothing here asks the running program anything. What the user asks comes out as an [`Ask`], and
//! how things stand comes in as [`News`].

mod answers;
pub mod app;
mod dial;
mod keys;
pub mod run;
pub mod sheet;
mod week;

pub use app::Status;

use crate::window::list::Window;

/// What the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The program should run.
    Run,
    /// A break now.
    Now,
    /// The announced break should begin.
    Start,
    /// The announced break later.
    Snooze,
    /// The announced break not at all.
    Skip,
    /// A pause.
    Pause(Pause),
    /// No pause any more.
    Resume,
    /// In a meeting, or not any more.
    Meeting(bool),
    /// Another window.
    Open(Window),
    /// How do things stand?
    LookAgain,
}

/// How long a pause should last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// So many minutes.
    Minutes(u16),
    /// Until the next day begins.
    Tomorrow,
    /// Until the user ends it.
    Resumed,
}

impl Pause {
    /// Those that are offered.
    pub const OFFERED: [Self; 5] = [
        Self::Minutes(30),
        Self::Minutes(60),
        Self::Minutes(120),
        Self::Tomorrow,
        Self::Resumed,
    ];

    fn text_id(self) -> &'static str {
        match self {
            Self::Minutes(0..60) => "glance-pause-half",
            Self::Minutes(60..120) => "glance-pause-hour",
            Self::Minutes(_) => "glance-pause-hours",
            Self::Tomorrow => "glance-pause-tomorrow",
            Self::Resumed => "glance-pause-resumed",
        }
    }
}

/// What the program is doing.
#[derive(Clone, Debug, PartialEq)]
pub enum Doing {
    /// Nothing: it does not run.
    NotRunning,
    /// It counts work.
    Working {
        /// How much is left until the next break, 0 to 1.
        left: f32,
        /// The same in minutes; nothing where no break is coming up.
        minutes: Option<u32>,
    },
    /// A due break waits.
    Held,
    /// A break is announced.
    Announced,
    /// A break is under way.
    OnBreak,
    /// It is paused.
    Paused,
}

/// How things stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What the program is doing.
    pub doing: Doing,
    /// The same in a sentence.
    pub headline: String,
    /// What else there is to say.
    pub details: Vec<String>,
    /// What the button to snooze says; nothing where that is not possible.
    pub snooze: Option<String>,
    /// Whether the user told of a meeting; nothing where the settings want to know of none.
    pub meeting: Option<bool>,
}

/// A day of the last week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Its name, short.
    pub name: String,
    /// All of it in a sentence.
    pub said: String,
    /// Breaks that were done.
    pub done: u32,
    /// Breaks that were taken away from the desk.
    pub away: u32,
    /// Breaks that were broken off, refused or not answered.
    pub refused: u32,
    /// It is today.
    pub today: bool,
}

/// The last week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its days, today the last.
    pub days: Vec<Day>,
    /// All of it in a sentence.
    pub said: String,
}

/// What the window is told.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// How things stand now.
    Standing(Standing),
    /// What the last week looked like.
    Week(Week),
    /// A sentence for the user: what was not done, and why.
    Said(String),
    /// Another window like this one takes its place.
    Replaced,
}
