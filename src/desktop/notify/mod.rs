//! Notifications: the announcement of a break with its buttons, a question, and plain notices.
//!
//! An announcement may be answered for as long as it is up, and it is up until it is answered,
//! dismissed or withdrawn. So may a question, which takes the place of an announcement: there is
//! never more than one of both. Nothing here waits for the notification server: what becomes of an
//! announcement is reported as an [`Event`]. Every text comes from the caller.

#[cfg(target_os = "linux")]
mod freedesktop;
mod plain;
#[cfg(not(target_os = "linux"))]
mod silent;

use super::inbox::Post;
use crate::core::schedule::{self, event::Answer};

/// A notification with buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The number that every event about it carries.
    pub prompt: u64,
    /// One line.
    pub title: String,
    /// A sentence or two, plain text.
    pub body: String,
    /// How to answer where the server has no buttons: added to the body there.
    pub without_buttons: String,
    /// Label of the button that begins the break. A click on the body means the same.
    pub start: String,
    /// Label of the button that snoozes; without it there is none.
    pub snooze: Option<String>,
    /// Label of the button that skips.
    pub skip: String,
}

/// Whether something goes on: a notification with two buttons. A click on its body means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The number that every event about it carries, from the same numbers as announcements.
    pub prompt: u64,
    /// One line.
    pub title: String,
    /// A sentence or two, plain text.
    pub body: String,
    /// How to answer where the server has no buttons: added to the body there.
    pub without_buttons: String,
    /// Label of the button that says: it goes on.
    pub goes_on: String,
    /// Label of the button that says: it is over.
    pub over: String,
}

/// A notification that asks for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One line.
    pub title: String,
    /// A sentence or two, plain text.
    pub body: String,
    /// Whether it may vanish for good once it was on the screen; else the server keeps it.
    pub transient: bool,
}

/// What becomes of announcements and questions. Late, double and unexpected answers are reported like all
/// others: whoever counts the announcements knows which of them still means anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The server took the announcement. Also after it came back and was given it again.
    Shown {
        /// Its number.
        prompt: u64,
    },
    /// The server did not take the announcement.
    Failed {
        /// Its number.
        prompt: u64,
        /// What went wrong, for the log.
        why: String,
    },
    /// The user chose.
    Answered {
        /// The number of the announcement.
        prompt: u64,
        /// The choice.
        answer: Answer,
        /// What gives a window of ours the focus, where the desktop has such a thing.
        token: Option<String>,
    },
    /// The user answered a question.
    Said {
        /// The number of the question.
        prompt: u64,
        /// It goes on, or it is over.
        goes_on: bool,
    },
    /// The announcement is gone, and not because it was withdrawn.
    Dismissed {
        /// Its number.
        prompt: u64,
        /// Who did it.
        by: Dismissal,
    },
    /// What the server can do now. Told at the start and after every change.
    Server(schedule::Notifier),
}

/// Who made an announcement vanish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dismissal {
    /// The user.
    User,
    /// The server, because it had been up long enough.
    Expired,
    /// The server did not say.
    Unknown,
}

/// A way to show notifications.
pub trait Notify: Send {
    /// Shows an announcement. If one is up already, it takes its place.
    fn announce(&mut self, announcement: Announcement);

    /// Asks a question. It takes the place of what is up.
    fn ask(&mut self, question: Question);

    /// Takes the announcement or the question back, if it is still up.
    fn withdraw(&mut self, prompt: u64);

    /// Shows a plain notice. If that fails, the log says so and nothing else happens.
    fn notice(&mut self, notice: Notice);
}

/// The way that works here.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(bus: &super::bus::Bus, post: Post<Event>) -> Box<dyn Notify> {
    log::info!("notifications: the desktop's notification server");
    Box::new(freedesktop::Freedesktop::start(bus, post))
}

/// The way that works here.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(post: Post<Event>) -> Box<dyn Notify> {
    log::info!("notifications: plain ones only, answers are given in the window");
    Box::new(silent::Silent::start(post))
}
