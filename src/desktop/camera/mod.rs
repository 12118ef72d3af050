//! Whether a camera is in use.

#[cfg(target_os = "linux")]
pub mod video4linux;

use super::{
    inbox::Post,
    sense::{Sense, Word, except::Except},
};

/// The sensor that works on this desktop.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(except: &Except, post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(video4linux::sensor("/dev".into(), except, post))
}

/// The sensor that works on this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(_except: &Except, post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(super::sense::Nobody::new(post))
}
