//! What the window remembers from one break to the next: its size.

use std::path::PathBuf;

use egui::{Vec2, vec2};
use serde::{Deserialize, Serialize};

/// A size that is believed when it is read back, in points.
const BELIEVED: std::ops::RangeInclusive<f32> = 200.0..=8000.0;

/// The size, and the file that keeps it.
#[derive(Debug)]
pub struct Memory {
    file: Option<PathBuf>,
    /// As it was read.
    before: Option<Vec2>,
    /// As it was last seen.
    now: Option<Vec2>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    width: f32,
    height: f32,
}

impl Memory {
    /// Reads the file, if there is one. A file that says nonsense is as good as none.
    #[must_use]
    pub fn new(file: Option<String>) -> Self {
        let file = file.map(PathBuf::from);
        let before = file
            .as_ref()
            .and_then(|file| std::fs::read_to_string(file).ok())
            .and_then(|text| serde_json::from_str::<Kept>(&text).ok())
            .filter(|kept| BELIEVED.contains(&kept.width) && BELIEVED.contains(&kept.height))
            .map(|kept| vec2(kept.width, kept.height));
        Self {
            file,
            before,
            now: None,
        }
    }

    /// The size that was kept, in points of the desktop.
    #[must_use]
    pub fn size(&self) -> Option<Vec2> {
        self.before
    }

    /// Notes how large the window is now.
    pub fn note(&mut self, size: Vec2) {
        self.now = Some(size.round());
    }

    /// Writes the file if the user has made the window larger or smaller.
    pub fn write(&self) {
        let (Some(file), Some(size)) = (&self.file, self.now) else {
            return;
        };
        if self.before == Some(size) {
            return;
        }
        let kept = Kept {
            width: size.x,
            height: size.y,
        };
        let written = serde_json::to_string(&kept)
            .map_err(std::io::Error::from)
            .and_then(|text| std::fs::write(file, text + "\n"));
        if let Err(error) = written {
            log::warn!("the size of the window is not kept: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name).display().to_string();
        (folder, path)
    }

    #[test]
    fn a_size_is_kept_from_one_window_to_the_next() {
        let (_folder, path) = file("window.json");
        let mut first = Memory::new(Some(path.clone()));
        assert_eq!(first.size(), None);
        first.note(vec2(600.2, 700.0));
        first.write();
        assert_eq!(Memory::new(Some(path)).size(), Some(vec2(600.0, 700.0)));
    }

    #[test]
    fn nonsense_is_not_believed() {
        let (_folder, path) = file("window.json");
        for nonsense in [
            "",
            "560",
            r#"{"width":0,"height":680}"#,
            r#"{"width":1e9,"height":680}"#,
        ] {
            std::fs::write(&path, nonsense).unwrap();
            assert_eq!(Memory::new(Some(path.clone())).size(), None, "{nonsense}");
        }
    }

    #[test]
    fn without_a_file_nothing_is_kept_and_nothing_fails() {
        let mut memory = Memory::new(None);
        memory.note(vec2(600.0, 700.0));
        memory.write();
        assert_eq!(memory.size(), None);
    }
}
