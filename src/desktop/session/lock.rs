//! The lock as several services know it: it is locked if one of them says so.

use std::sync::{Arc, Mutex, PoisonError};

use super::Event;
use crate::desktop::inbox::Post;

/// Who may know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// logind, for those screen lockers that tell it.
    Logind,
    /// `org.freedesktop.ScreenSaver`.
    ScreenSaver,
    /// `org.gnome.ScreenSaver`.
    Gnome,
}

/// What they say; the clones are the same.
#[derive(Clone)]
pub struct Lock {
    locked_by: Arc<Mutex<Vec<Source>>>,
    post: Post<Event>,
}

impl Lock {
    /// Nobody says that it is locked.
    pub fn new(post: Post<Event>) -> Self {
        Self {
            locked_by: Arc::default(),
            post,
        }
    }

    /// One of them says so, or no longer.
    pub fn says(&self, source: Source, locked: bool) {
        let mut by = self
            .locked_by
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let before = !by.is_empty();
        by.retain(|other| *other != source);
        if locked {
            by.push(source);
        }
        let now = !by.is_empty();
        if now != before {
            (self.post)(Event::Locked(now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_locked_as_long_as_anybody_says_so_and_told_once() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        let lock = Lock::new(Arc::new(move |event| heard.lock().unwrap().push(event)));
        lock.says(Source::Gnome, false);
        lock.says(Source::Logind, true);
        lock.says(Source::Logind, true);
        lock.says(Source::ScreenSaver, true);
        lock.says(Source::Logind, false);
        lock.says(Source::ScreenSaver, false);
        assert_eq!(
            *told.lock().unwrap(),
            [Event::Locked(true), Event::Locked(false)]
        );
    }
}
