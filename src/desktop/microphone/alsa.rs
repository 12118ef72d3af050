//! What the kernel says of each device that records.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{Microphone, Recording};
use crate::desktop::sense::{except::Except, program::Program};

/// Sound servers: they record for others, and only they know for whom.
const SERVERS: [&str; 3] = ["pulseaudio", "pipewire", "wireplumber"];

/// The folder in which the kernel tells of sound cards.
pub struct Alsa {
    folder: PathBuf,
    except: Except,
}

impl Alsa {
    /// Asks in this folder, which is `/proc/asound` but for tests.
    #[must_use]
    pub fn new(folder: &Path, except: &Except) -> Self {
        Self {
            folder: folder.to_owned(),
            except: except.clone(),
        }
    }

    /// Those who have a device that records, nothing for one who is not known.
    fn owners(&self, cards: &[PathBuf]) -> Vec<Program> {
        let devices = (cards.iter())
            .flat_map(|card| below(card, |name| name.starts_with("pcm") && name.ends_with('c')));
        let parts = devices.flat_map(|device| below(&device, |name| name.starts_with("sub")));
        let statuses = parts.filter_map(|part| fs::read_to_string(part.join("status")).ok());
        statuses.filter_map(|status| owner(&status)).collect()
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
        let owners = self.owners(&cards);
        let is_server = |owner: &&Program| SERVERS.contains(&owner.name.as_str());
        let (servers, programs): (Vec<_>, Vec<_>) = owners.iter().partition(is_server);
        let counts = |program: &&&Program| !self.except.has(program.names());
        let programs: Vec<_> = programs.iter().filter(counts).collect();
        if programs.is_empty() {
            return match servers.first() {
                Some(server) => Recording::Unknown(format!("only {} knows for whom", server.name)),
                None => Recording::No,
            };
        }
        let names: BTreeSet<String> = (programs.iter())
            .map(|program| program.name.clone())
            .filter(|name| !name.is_empty())
            .collect();
        Recording::Yes(names.into_iter().collect())
    }
}

/// Who records, by the status of a part of a device; nobody if it does not run.
fn owner(status: &str) -> Option<Program> {
    let value = |key: &str| {
        let mut lines = status.lines().filter_map(|line| line.split_once(':'));
        lines.find_map(|(name, value)| (name.trim() == key).then(|| value.trim()))
    };
    if value("state") != Some("RUNNING") {
        return None;
    }
    let process = value("owner_pid").and_then(|pid| pid.parse::<u32>().ok());
    let program = process.map(|pid| Program::of(Path::new(&format!("/proc/{pid}"))));
    Some(program.unwrap_or_default())
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

    fn told_except(files: &[(&str, &str)], except: &[String]) -> Recording {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let list = Except::default();
        list.set(except);
        Alsa::new(folder.path(), &list).recording()
    }

    fn told(files: &[(&str, &str)]) -> Recording {
        told_except(files, &[])
    }

    #[test]
    fn a_device_that_records_is_seen() {
        let closed = ("card0/pcm0c/sub0/status", "closed\n");
        let plays = ("card0/pcm0p/sub0/status", "state: RUNNING\n");
        // No process has such a number.
        let records = (
            "card1/pcm3c/sub1/status",
            "state: RUNNING\nowner_pid   : 4194999\n",
        );

        assert_eq!(told(&[closed, plays]), Recording::No);
        assert_eq!(told(&[closed, plays, records]), Recording::Yes(Vec::new()));
        assert_eq!(
            told(&[("cards", "--- no soundcards ---\n")]),
            Recording::Unknown("there is no sound card".to_owned())
        );
        assert!(matches!(told(&[]), Recording::Unknown(_)));
    }

    #[test]
    fn whoever_has_the_device_is_named_and_may_be_left_out() {
        let status = format!("state: RUNNING\nowner_pid   : {}\n", std::process::id());
        let records = [("card0/pcm0c/sub0/status", status.as_str())];
        let this = Program::of(Path::new("/proc/self"));
        assert_eq!(told(&records), Recording::Yes(vec![this.name.clone()]));
        assert_eq!(told_except(&records, &[this.name]), Recording::No);
    }
}
