//! Watching files with inotify.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ffi::{OsStr, OsString},
    io,
    mem::MaybeUninit,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::ffi::OsStrExt as _,
    },
    path::{Component, Path, PathBuf},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags},
    io::Errno,
};

use super::{Place, UNFINISHED, WRITTEN};

/// As many links lead on from each other, as the kernel follows.
const MOST_LINKS: usize = 40;

/// So often it is looked again whether a place has moved while watches were set.
const MOST_LOOKS: usize = 4;

/// Watches names in folders, since a file that is replaced is another one; and writing only in
/// what is meant itself, so that whatever else is written beside it wakes nobody.
#[derive(Debug)]
pub struct Eye {
    inotify: OwnedFd,
    places: Vec<Place>,
    /// By the number that the kernel gives each watch.
    watched: HashMap<i32, Meant>,
}

/// What of a watched file or folder is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Meant {
    /// These names in it: a file, a link on the way to it, a folder that is not there yet.
    names: BTreeSet<OsString>,
    /// One of the names is not there yet: also the end of writing into it, when it comes.
    awaited: bool,
    /// What is written into it.
    inside: bool,
    /// Every name in it.
    all: bool,
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

    /// Watches what is there by now, and nothing else.
    fn attend(&mut self) {
        let mut wanted = self.wanted();
        for _ in 0..MOST_LOOKS {
            self.set_watches(&wanted);
            // What came while the watches were set is behind a watch that does not see it.
            let again = self.wanted();
            if again == wanted {
                break;
            }
            wanted = again;
        }
    }

    fn set_watches(&mut self, wanted: &BTreeMap<PathBuf, Meant>) {
        let mut watched = HashMap::new();
        for (path, meant) in wanted {
            let path = match path.as_os_str().is_empty() {
                true => Path::new("."),
                false => path,
            };
            if let Ok(number) = inotify::add_watch(&self.inotify, path, meant.flags()) {
                watched.insert(number, meant.clone());
            }
        }
        for number in self.watched.keys() {
            if !watched.contains_key(number) {
                // It may be gone with what it watched.
                inotify::remove_watch(&self.inotify, *number).ok();
            }
        }
        self.watched = watched;
    }

    /// What has to be watched for the places.
    fn wanted(&self) -> BTreeMap<PathBuf, Meant> {
        let mut wanted: BTreeMap<PathBuf, Meant> = BTreeMap::new();
        for place in &self.places {
            let (path, is_folder) = match place {
                Place::File(path) => (path, false),
                Place::Folder(path) => (path, true),
            };
            let (names, end) = follow(path);
            for (folder, name) in names {
                let meant = wanted.entry(folder).or_default();
                meant.names.insert(name);
                meant.awaited |= end.is_none();
            }
            if let Some(end) = end {
                let meant = wanted.entry(end).or_default();
                meant.inside = true;
                meant.all |= is_folder;
            }
        }
        wanted
    }

    /// Waits for a change and until it has settled; `false` when nothing can be watched any more.
    pub fn wait_for_a_change(&mut self) -> bool {
        loop {
            if self.poll(None).is_err() {
                return false;
            }
            let Some(mut settles) = self.take() else {
                continue;
            };
            while let Ok(true) = self.poll(Some(settles)) {
                settles = self.take().unwrap_or(settles);
            }
            return true;
        }
    }

    /// Whether there is something to read within this time.
    fn poll(&self, within: Option<Duration>) -> io::Result<bool> {
        let within = within.and_then(|within| Timespec::try_from(within).ok());
        let mut waiting = [PollFd::new(&self.inotify, PollFlags::IN)];
        match poll(&mut waiting, within.as_ref()) {
            Ok(ready) => Ok(ready > 0),
            Err(Errno::INTR) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes what is there to read. If one of the places has changed: how long nothing more may
    /// happen there until the change can be believed to be complete.
    pub fn take(&mut self) -> Option<Duration> {
        let mut settles = None;
        let mut moved = false;
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = inotify::Reader::new(&self.inotify, &mut buffer);
        while let Ok(event) = reader.next() {
            let what = event.events();
            let name = event.file_name().map(std::ffi::CStr::to_bytes);
            if !self.is_meant(event.wd(), name, what) {
                continue;
            }
            let complete = what.intersects(ReadFlags::CLOSE_WRITE | ReadFlags::MOVED_TO);
            settles = Some(if complete { WRITTEN } else { UNFINISHED });
            moved |= !what.intersects(ReadFlags::CLOSE_WRITE | ReadFlags::MODIFY);
        }
        if moved {
            self.attend();
        }
        settles
    }

    fn is_meant(&self, number: i32, name: Option<&[u8]>, what: ReadFlags) -> bool {
        if what.contains(ReadFlags::QUEUE_OVERFLOW) {
            return true;
        }
        let Some(meant) = self.watched.get(&number) else {
            return false;
        };
        match name {
            Some(name) => meant.all || meant.names.contains(OsStr::from_bytes(name)),
            // About the file itself, or a folder that came, went or was moved.
            None => !what.contains(ReadFlags::IGNORED),
        }
    }
}

impl AsFd for Eye {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.inotify.as_fd()
    }
}

impl Meant {
    fn flags(&self) -> WatchFlags {
        let mut flags = WatchFlags::empty();
        if !self.names.is_empty() || self.all {
            flags |= WatchFlags::CREATE
                | WatchFlags::MOVED_FROM
                | WatchFlags::MOVED_TO
                | WatchFlags::DELETE
                | WatchFlags::DELETE_SELF
                | WatchFlags::MOVE_SELF;
        }
        if self.awaited {
            flags |= WatchFlags::CLOSE_WRITE;
        }
        if self.inside {
            flags |= WatchFlags::CLOSE_WRITE | WatchFlags::MODIFY;
        }
        flags
    }
}

/// The way to a file or folder: every name on it that may come to mean something else (links, the
/// first that is not there, the last one), each with its folder; and what it leads to, if anything.
fn follow(path: &Path) -> (Vec<(PathBuf, OsString)>, Option<PathBuf>) {
    let mut names = Vec::new();
    let mut links = 0;
    let mut here = PathBuf::new();
    let mut ahead: Vec<PathBuf> = steps(path);
    while let Some(step) = ahead.pop() {
        let Some(Component::Normal(name)) = step.components().next() else {
            // The root, or a way up; up from a folder that was reached without links is up.
            here.push(&step);
            continue;
        };
        let there = here.join(name);
        let found = there.symlink_metadata();
        let is_link = (found.as_ref()).is_ok_and(|found| found.file_type().is_symlink());
        if is_link || found.is_err() || ahead.is_empty() {
            names.push((here.clone(), name.to_owned()));
        }
        if found.is_err() {
            return (names, None);
        }
        if !is_link {
            here = there;
            continue;
        }
        links += 1;
        match there.read_link() {
            Ok(target) if links <= MOST_LINKS => ahead.extend(steps(&target)),
            _ => return (names, None),
        }
    }
    (names, Some(here))
}

/// The parts of a path, the first one last.
fn steps(path: &Path) -> Vec<PathBuf> {
    let parts = path.components().rev();
    parts.map(|part| PathBuf::from(part.as_os_str())).collect()
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{self, File, create_dir_all, remove_file, rename, write},
        io::Write as _,
        os::unix::fs::symlink,
    };

    use super::*;

    /// A folder, and an eye on the file `config.toml` in a folder of it.
    fn eye_on(folder: &str) -> (tempfile::TempDir, PathBuf, Eye) {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join(folder).join("config.toml");
        let eye = Eye::new(vec![Place::File(file.clone())]).unwrap();
        (home, file, eye)
    }

    #[test]
    fn other_files_beside_a_file_are_none_of_its_business() {
        let (home, config, mut eye) = eye_on("");

        write(home.path().join("notes.txt"), "a").unwrap();
        assert_eq!(eye.take(), None);
        write(&config, "a").unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
        assert_eq!(eye.take(), None);
    }

    #[test]
    fn writing_into_other_files_does_not_even_wake_it() {
        let (home, config, mut eye) = eye_on("");
        let notes = home.path().join("notes.txt");
        write(&config, "a").unwrap();
        write(&notes, "a").unwrap();
        eye.take();

        write(&notes, "b").unwrap();
        assert!(!eye.poll(Some(Duration::ZERO)).unwrap());
        write(&config, "b").unwrap();
        assert!(eye.poll(Some(Duration::ZERO)).unwrap());
    }

    #[test]
    fn a_file_that_is_still_being_written_is_given_time() {
        let (_home, config, mut eye) = eye_on("");
        let mut file = File::create(&config).unwrap();
        assert_eq!(eye.take(), Some(UNFINISHED), "made, and empty");
        file.write_all(b"[sched").unwrap();
        assert_eq!(eye.take(), Some(UNFINISHED), "half of it");
        drop(file);
        assert_eq!(eye.take(), Some(WRITTEN));
        remove_file(&config).unwrap();
        assert_eq!(eye.take(), Some(UNFINISHED), "another one may follow");
    }

    #[test]
    fn a_link_into_another_folder_is_followed_and_so_is_its_change() {
        let (home, config, mut eye) = eye_on("");
        let (first, second) = (home.path().join("dotfiles"), home.path().join("other"));
        for folder in [&first, &second] {
            create_dir_all(folder).unwrap();
            write(folder.join("unhunch.toml"), "a").unwrap();
        }
        symlink("dotfiles/unhunch.toml", &config).unwrap();
        assert_eq!(eye.take(), Some(UNFINISHED));

        write(first.join("unhunch.toml"), "b").unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
        write(first.join("new"), "c").unwrap();
        rename(first.join("new"), first.join("unhunch.toml")).unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
        write(second.join("unhunch.toml"), "b").unwrap();
        assert_eq!(eye.take(), None);

        symlink("other/unhunch.toml", home.path().join("link")).unwrap();
        rename(home.path().join("link"), &config).unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
        write(first.join("unhunch.toml"), "d").unwrap();
        assert_eq!(eye.take(), None);
        write(second.join("unhunch.toml"), "d").unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
    }

    #[test]
    fn a_linked_folder_that_leads_elsewhere_is_a_change() {
        let home = tempfile::tempdir().unwrap();
        let place = |path: &str| home.path().join(path);
        for folder in ["one", "two"] {
            create_dir_all(place(folder)).unwrap();
            write(place(folder).join("config.toml"), "a").unwrap();
        }
        symlink(place("one"), place("unhunch")).unwrap();
        let config = place("unhunch/config.toml");
        let mut eye = Eye::new(vec![Place::File(config)]).unwrap();

        write(place("one/config.toml"), "b").unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
        symlink(place("two"), place("new")).unwrap();
        rename(place("new"), place("unhunch")).unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
        write(place("two/config.toml"), "b").unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
        write(place("one/config.toml"), "c").unwrap();
        assert_eq!(eye.take(), None);
    }

    #[test]
    fn links_in_a_circle_are_given_up() {
        let (home, config, mut eye) = eye_on("");
        symlink("config.toml", home.path().join("back")).unwrap();
        symlink("back", &config).unwrap();
        assert!(eye.take().is_some());
        remove_file(&config).unwrap();
        write(&config, "a").unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
        write(&config, "b").unwrap();
        assert_eq!(eye.take(), Some(WRITTEN));
    }

    #[test]
    fn a_folder_that_comes_goes_and_comes_back_is_followed() {
        let (home, config, mut eye) = eye_on("config/unhunch");
        for _ in 0..2 {
            create_dir_all(config.parent().unwrap()).unwrap();
            assert!(eye.take().is_some());
            write(&config, "a").unwrap();
            assert_eq!(eye.take(), Some(WRITTEN));
            fs::remove_dir_all(home.path().join("config")).unwrap();
            assert!(eye.take().is_some());
            // The folders went one by one; what is left to hear are the ends of their watches.
            eye.take();
        }
    }
}
