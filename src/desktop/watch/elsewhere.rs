//! Watching files by looking at them again and again.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use super::{Place, UNFINISHED};

/// How often to look.
const EVERY: Duration = Duration::from_secs(1);

/// What was there when it was looked last.
#[derive(Debug)]
pub struct Eye {
    places: Vec<Place>,
    seen: Vec<Seen>,
}

type Seen = (PathBuf, Option<SystemTime>, u64);

impl Eye {
    pub fn new(places: Vec<Place>) -> io::Result<Self> {
        let seen = look(&places);
        Ok(Self { places, seen })
    }

    /// Whether something is another than when it was looked last.
    pub fn changed(&mut self) -> bool {
        let now = look(&self.places);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }

    /// Waits for a change and until it has settled.
    pub fn wait_for_a_change(&mut self) -> bool {
        loop {
            thread::sleep(EVERY);
            let mut now = look(&self.places);
            if now == self.seen {
                continue;
            }
            loop {
                thread::sleep(UNFINISHED);
                let later = look(&self.places);
                if later == now {
                    break;
                }
                now = later;
            }
            self.seen = now;
            return true;
        }
    }
}

fn look(places: &[Place]) -> Vec<Seen> {
    let mut seen = Vec::new();
    for place in places {
        match place {
            Place::File(file) => seen.extend(one(file)),
            Place::Folder(folder) => {
                let entries = fs::read_dir(folder).into_iter().flatten().flatten();
                seen.extend(entries.filter_map(|entry| one(&entry.path())));
            }
        }
    }
    seen.sort();
    seen
}

fn one(file: &Path) -> Option<Seen> {
    let found = file.metadata().ok()?;
    Some((file.to_owned(), found.modified().ok(), found.len()))
}
