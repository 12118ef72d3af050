//! Watching files with inotify.

use std::{
    collections::HashMap,
    ffi::OsStr,
    io,
    mem::MaybeUninit,
    os::{fd::OwnedFd, unix::ffi::OsStrExt as _},
    path::Path,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::inotify::{self, CreateFlags, WatchFlags},
    io::Errno,
};

use super::{Place, SETTLE};

/// Watches folders, not files: a file that is replaced is another one.
pub struct Eye {
    inotify: OwnedFd,
    places: Vec<Place>,
    /// Which folder each number stands for, and whether it is one of those that are meant. Where
    /// one is not there, the nearest above it is watched until it is.
    watched: HashMap<i32, Vec<(usize, bool)>>,
}

impl Eye {
    pub fn new(places: Vec<Place>) -> io::Result<Self> {
        let mut eye = Self {
            inotify: inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?,
            places,
            watched: HashMap::new(),
        };
        eye.attend();
        Ok(eye)
    }

    /// Begins to watch what is there by now.
    fn attend(&mut self) {
        let flags = WatchFlags::CREATE
            | WatchFlags::CLOSE_WRITE
            | WatchFlags::MODIFY
            | WatchFlags::MOVED_FROM
            | WatchFlags::MOVED_TO
            | WatchFlags::DELETE
            | WatchFlags::DELETE_SELF
            | WatchFlags::MOVE_SELF;
        self.watched.clear();
        for (n, place) in self.places.iter().enumerate() {
            let meant = place.folder();
            for folder in meant.ancestors() {
                let folder = if folder.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    folder
                };
                if let Ok(number) = inotify::add_watch(&self.inotify, folder, flags) {
                    let is_meant = folder == meant || meant.as_os_str().is_empty();
                    self.watched.entry(number).or_default().push((n, is_meant));
                    break;
                }
            }
        }
    }

    /// Waits for a change and until it has settled; `false` when nothing can be watched any more.
    pub fn wait_for_a_change(&mut self) -> bool {
        loop {
            if self.poll(None).is_err() {
                return false;
            }
            let mut changed = self.take();
            while let Ok(true) = self.poll(Some(SETTLE)) {
                changed |= self.take();
            }
            if changed {
                return true;
            }
        }
    }

    /// Whether there is something to read within this time.
    fn poll(&self, within: Option<std::time::Duration>) -> io::Result<bool> {
        let within = within.and_then(|within| Timespec::try_from(within).ok());
        let mut waiting = [PollFd::new(&self.inotify, PollFlags::IN)];
        match poll(&mut waiting, within.as_ref()) {
            Ok(ready) => Ok(ready > 0),
            Err(Errno::INTR) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes what is there to read: whether one of the places has changed.
    fn take(&mut self) -> bool {
        let mut changed = false;
        let mut elsewhere = false;
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = inotify::Reader::new(&self.inotify, &mut buffer);
        while let Ok(event) = reader.next() {
            let name = event.file_name().map(std::ffi::CStr::to_bytes);
            let watched = self.watched.get(&event.wd());
            for (place, is_meant) in watched.into_iter().flatten() {
                match name {
                    Some(name) if *is_meant => changed |= self.places[*place].is_about(name),
                    // A folder came, went or was moved.
                    Some(_) | None => elsewhere = true,
                }
            }
        }
        if elsewhere {
            let before = self.meant();
            self.attend();
            // What a folder brings with it, or takes away, has changed too.
            changed |= before != self.meant();
        }
        changed
    }

    /// Which of the places are watched themselves.
    fn meant(&self) -> Vec<usize> {
        let watched = self.watched.values().flatten();
        let mut meant: Vec<usize> = watched
            .filter(|(_, is_meant)| *is_meant)
            .map(|(place, _)| *place)
            .collect();
        meant.sort_unstable();
        meant
    }
}

impl Place {
    /// The folder to watch.
    fn folder(&self) -> &Path {
        match self {
            Self::File(file) => file.parent().unwrap_or(Path::new("")),
            Self::Folder(folder) => folder,
        }
    }

    /// Whether a name in its folder belongs to it.
    fn is_about(&self, name: &[u8]) -> bool {
        match self {
            Self::File(file) => file.file_name() == Some(OsStr::from_bytes(name)),
            Self::Folder(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_beside_a_file_are_none_of_its_business() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config.toml");
        let mut eye = Eye::new(vec![Place::File(config.clone())]).unwrap();

        std::fs::write(folder.path().join("notes.txt"), "a").unwrap();
        assert!(!eye.take());
        std::fs::write(&config, "a").unwrap();
        assert!(eye.take());
        assert!(!eye.take());
    }
}
