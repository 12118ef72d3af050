//! What a window remembers from one time to the next: its size.
//!
//! All windows share one file, each under a name of its own. Where a window stood is not kept:
//! that depends on the monitors of the moment.

use std::path::PathBuf;

use egui::{Vec2, vec2};

use crate::window::sizes::{self, Size};

/// A size that is believed when it is read back, in points.
const BELIEVED: std::ops::RangeInclusive<f32> = 200.0..=8000.0;

/// The size of one window, and the file that keeps it.
#[derive(Debug)]
pub struct Memory {
    file: Option<PathBuf>,
    /// The window's name in the file.
    window: &'static str,
    /// As it was read.
    before: Option<Vec2>,
    /// As it was last seen.
    now: Option<Vec2>,
}

impl Memory {
    /// Reads what the file has on this window, if there is one. A file that says nonsense is as
    /// good as none.
    #[must_use]
    pub fn new(file: Option<&str>, window: &'static str) -> Self {
        let file = file.map(PathBuf::from);
        let before = file
            .as_deref()
            .and_then(|file| sizes::read(file, window))
            .filter(|kept| BELIEVED.contains(&kept.width) && BELIEVED.contains(&kept.height))
            .map(|kept| vec2(kept.width, kept.height));
        Self {
            file,
            window,
            before,
            now: None,
        }
    }

    /// The size that was kept, in points of the desktop.
    #[must_use]
    pub fn size(&self) -> Option<Vec2> {
        self.now.or(self.before)
    }

    /// Notes how large the window is now, in points of the desktop.
    pub fn note(&mut self, size: Vec2) {
        self.now = Some(size.round());
    }

    /// The window has a size again that is not the user's doing.
    pub fn forget(&mut self) {
        self.now = None;
    }

    /// Writes the file if the user has made the window larger or smaller.
    pub fn write(&self) {
        let (Some(file), Some(size)) = (&self.file, self.now) else {
            return;
        };
        if self.before == Some(size) {
            return;
        }
        let (width, height) = (size.x, size.y);
        let written = sizes::keep(file, self.window, Size { width, height });
        if let Err(error) = written {
            log::warn!("the size of the window is not kept: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn file(name: &str) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name).display().to_string();
        (folder, path)
    }

    #[test]
    fn a_size_is_kept_from_one_time_to_the_next_and_for_each_window_of_its_own() {
        let (_folder, path) = file("window.json");
        let mut first = Memory::new(Some(&path), "break");
        let mut other = Memory::new(Some(&path), "gallery");
        assert_eq!(first.size(), None);
        first.note(vec2(600.2, 700.0));
        first.write();
        other.note(vec2(900.0, 640.0));
        other.write();
        let kept = |window| Memory::new(Some(&path), window).size();
        assert_eq!(kept("break"), Some(vec2(600.0, 700.0)));
        assert_eq!(kept("gallery"), Some(vec2(900.0, 640.0)));
    }

    #[test]
    fn nonsense_is_not_believed_and_is_written_over() {
        let (_folder, path) = file("window.json");
        for nonsense in [
            "",
            "560",
            r#"{"width":600,"height":680}"#,
            r#"{"break":{"width":0,"height":680}}"#,
            r#"{"break":{"width":1e9,"height":680}}"#,
        ] {
            std::fs::write(&path, nonsense).unwrap();
            let mut memory = Memory::new(Some(&path), "break");
            assert_eq!(memory.size(), None, "{nonsense}");
            memory.note(vec2(600.0, 700.0));
            memory.write();
            let again = Memory::new(Some(&path), "break");
            assert_eq!(again.size(), Some(vec2(600.0, 700.0)), "{nonsense}");
        }
    }

    #[test]
    fn without_a_file_nothing_is_kept_and_nothing_fails() {
        let mut memory = Memory::new(None, "break");
        memory.note(vec2(600.0, 700.0));
        memory.write();
        assert_eq!(Memory::new(None, "break").size(), None);
    }

    #[test]
    fn what_was_not_the_users_doing_is_not_kept() {
        let (_folder, path) = file("window.json");
        let mut memory = Memory::new(Some(&path), "break");
        memory.note(vec2(1920.0, 1080.0));
        memory.forget();
        memory.write();
        assert!(!Path::new(&path).exists());
    }
}
