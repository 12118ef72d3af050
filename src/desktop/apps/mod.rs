//! Whether a program on the user's list is in use.
//!
//! An entry of the list means a program by any name that it has: its file, what it was started as,
//! the script that an interpreter runs, the id under which the desktop started it, or what its
//! window calls itself. It is in use while it runs; an entry that is about the program in front
//! only, while its window has the focus or fills a screen.

use std::sync::{Arc, PoisonError, RwLock};

use super::{
    inbox::Post,
    sense::{Sense, Word},
};
use crate::core::config::App;

#[cfg(target_os = "linux")]
pub mod names;
pub mod open;
#[cfg(target_os = "linux")]
mod running;
#[cfg(target_os = "linux")]
pub mod watch;

/// The user's list. All copies are the same list.
#[derive(Clone, Debug, Default)]
pub struct Listed(Arc<RwLock<Vec<App>>>);

impl Listed {
    /// From now on these; whether they are others than before.
    pub fn set(&self, apps: &[App]) -> bool {
        let mut list = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let others = *list != apps;
        if others {
            *list = apps.to_vec();
        }
        others
    }

    /// Those that stand on it now.
    #[must_use]
    pub fn now(&self) -> Vec<App> {
        let list = self.0.read().unwrap_or_else(PoisonError::into_inner);
        list.clone()
    }
}

/// The sensor that works on this desktop.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(listed: &Listed, post: &Post<Word>) -> Box<dyn Sense> {
    let screen = super::windows::Screen::of_environment();
    Box::new(watch::sensor(listed.clone(), screen, post))
}

/// The sensor that works on this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(_listed: &Listed, post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(super::sense::Nobody::new(post))
}
