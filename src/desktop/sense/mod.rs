//! What all sensors have in common: each answers one question with yes, no or unknown.
//!
//! A sensor is asked to watch only while a break is near, and rests otherwise. While it watches it
//! says at once how things stand, "unknown" where it cannot tell, and then every change. It works
//! on a thread that is not the loop's, and never keeps anybody waiting. What the answers mean for
//! a break is not known here.

pub mod except;
pub mod first_known;
#[cfg(target_os = "linux")]
pub mod on_bus;
#[cfg(target_os = "linux")]
pub mod on_thread;
#[cfg(target_os = "linux")]
pub mod program;
#[cfg(target_os = "linux")]
pub mod tool;

use super::inbox::Post;

/// Why a sensor failed that panicked.
pub const FAULT: &str = "a fault of the program";

/// Whether it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Nobody can tell.
    Unknown,
}

/// What a sensor has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Whether it is so.
    pub says: Says,
    /// Who said so, by the name that people know: `dunst`, `PulseAudio`. Empty where there is
    /// nobody to ask.
    pub by: String,
    /// How it is known, or why not.
    pub why: Why,
}

impl Word {
    /// Nobody can tell, for this reason.
    #[must_use]
    pub fn unknown(by: &str, why: Why) -> Self {
        Self {
            says: Says::Unknown,
            by: by.to_owned(),
            why,
        }
    }

    /// It is so, or it is not.
    #[must_use]
    pub fn known(so: bool, by: &str, why: Why) -> Self {
        Self {
            says: if so { Says::Yes } else { Says::No },
            by: by.to_owned(),
            why,
        }
    }
}

/// How a sensor comes to its answer; turned into words where it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The desktop says so.
    Told,
    /// Because of these programs, as far as they have names.
    Programs(Vec<String>),
    /// There is nobody on this desktop who could be asked.
    NobodyToAsk,
    /// There is somebody, who does not tell.
    DoesNotTell,
    /// It was asked, and this went wrong.
    Failed(String),
    /// It was asked, and does not answer.
    Silent,
}

/// A sensor.
pub trait Sense: Send {
    /// Begins to watch (`true`): reports how things stand, and from then on every change. Or rests
    /// (`false`): nothing that was on its way is reported any more. Never waits.
    fn watch(&mut self, on: bool);
}

/// Where a sensor reports: what is no news is left out.
pub struct Report {
    post: Post<Word>,
    last: Option<Word>,
}

impl Report {
    /// Nothing has been said yet.
    #[must_use]
    pub fn new(post: Post<Word>) -> Self {
        Self { post, last: None }
    }

    /// Says how things stand.
    pub fn say(&mut self, word: Word) {
        if self.last.as_ref() != Some(&word) {
            self.last = Some(word.clone());
            (self.post)(word);
        }
    }
}

/// The sensor where there is none: it says so whenever it is asked.
pub struct Nobody {
    post: Post<Word>,
}

impl Nobody {
    /// Reports here.
    #[must_use]
    pub fn new(post: &Post<Word>) -> Self {
        Self {
            post: Post::clone(post),
        }
    }
}

impl Sense for Nobody {
    fn watch(&mut self, on: bool) {
        if on {
            (self.post)(Word::unknown("", Why::NobodyToAsk));
        }
    }
}
