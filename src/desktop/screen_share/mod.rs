//! Whether somebody sees the user's screen: it is shared in a call, or recorded.

#[cfg(target_os = "linux")]
mod graph;
#[cfg(target_os = "linux")]
pub mod pipewire;

use super::{
    inbox::Post,
    sense::{Sense, Word, except::Except},
};

/// The sensor that works on this desktop.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(except: &Except, post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(pipewire::sensor(pipewire::Source::find(), except, post))
}

/// The sensor that works on this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(_except: &Except, post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(super::sense::Nobody::new(post))
}
