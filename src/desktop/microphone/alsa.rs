//! What the kernel says of each device that records.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Microphone, Recording};

/// The folder in which the kernel tells of sound cards.
pub struct Alsa {
    folder: PathBuf,
}

impl Default for Alsa {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("/proc/asound"),
        }
    }
}

impl Microphone for Alsa {
    fn recording(&mut self) -> Recording {
        let cards = below(&self.folder, |name| {
            name.starts_with("card") && name.ends_with(|c: char| c.is_ascii_digit())
        });
        if cards.is_empty() {
            return Recording::Unknown("there is no sound card".to_owned());
        }
        let devices = cards
            .iter()
            .flat_map(|card| below(card, |name| name.starts_with("pcm") && name.ends_with('c')));
        let parts = devices.flat_map(|device| below(&device, |name| name.starts_with("sub")));
        let runs = |part: PathBuf| {
            let status = fs::read_to_string(part.join("status")).unwrap_or_default();
            status.lines().any(|line| line.trim() == "state: RUNNING")
        };
        if parts.into_iter().any(runs) {
            Recording::Yes(Vec::new())
        } else {
            Recording::No
        }
    }
}

/// What is in a folder under names that fit.
fn below(folder: &Path, fits: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| fits(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> Recording {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut alsa = Alsa {
            folder: folder.path().to_owned(),
        };
        alsa.recording()
    }

    #[test]
    fn a_device_that_records_is_seen() {
        let closed = ("card0/pcm0c/sub0/status", "closed\n");
        let plays = ("card0/pcm0p/sub0/status", "state: RUNNING\n");
        let records = (
            "card1/pcm3c/sub1/status",
            "state: RUNNING\nowner_pid   : 4711\n",
        );

        assert_eq!(told(&[closed, plays]), Recording::No);
        assert_eq!(told(&[closed, plays, records]), Recording::Yes(Vec::new()));
        assert_eq!(
            told(&[("cards", "--- no soundcards ---\n")]),
            Recording::Unknown("there is no sound card".to_owned())
        );
        assert!(matches!(told(&[]), Recording::Unknown(_)));
    }
}
