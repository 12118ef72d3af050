//! By what one sees that a file is as it was, without reading it.

use std::{fs, path::Path, time::SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

/// Systems count the time of a change in steps: within one of them a file may change twice and
/// look the same. The longest step in use is 10 ms.
const STEP: TimeDelta = TimeDelta::milliseconds(100);

/// Length, time of the last change, and which file it is; nothing where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(Option<Seen>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    length: u64,
    changed: Option<SystemTime>,
    /// Another one where a new file took the place of the old one.
    number: u64,
}

impl Stamp {
    /// How the file is now. One that cannot be looked at is as good as none.
    #[must_use]
    pub fn of(file: &Path) -> Self {
        let seen = |metadata: fs::Metadata| Seen {
            length: metadata.len(),
            changed: metadata.modified().ok(),
            number: number(&metadata),
        };
        Self(fs::metadata(file).ok().map(seen))
    }

    /// How long the file is, in bytes; 0 where there is none.
    #[must_use]
    pub fn length(self) -> u64 {
        self.0.map_or(0, |seen| seen.length)
    }

    /// Whether a later change would be seen: not so soon after the last one that it might look the
    /// same. `now` is the time at which the stamp was taken.
    #[must_use]
    pub fn is_settled(self, now: DateTime<Utc>) -> bool {
        let Some(seen) = self.0 else {
            return true;
        };
        (seen.changed).is_some_and(|changed| DateTime::<Utc>::from(changed) < now - STEP)
    }
}

#[cfg(unix)]
fn number(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::desktop::clock;

    #[test]
    fn a_file_that_was_changed_or_replaced_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let (file, other) = (folder.path().join("a"), folder.path().join("b"));
        assert_eq!(Stamp::of(&file).length(), 0);
        fs::write(&file, "one").unwrap();
        fs::write(&other, "two").unwrap();
        let before = Stamp::of(&file);
        assert_eq!((before, before.length()), (Stamp::of(&file), 3));
        let time = file.metadata().unwrap().modified().unwrap();
        let opened = fs::File::options().write(true).open(&other).unwrap();
        opened.set_modified(time).unwrap();
        fs::rename(&other, &file).unwrap();
        assert_ne!(before, Stamp::of(&file), "as long and as old, but another");
    }

    #[test]
    fn a_file_that_was_just_written_may_change_unseen() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        assert!(Stamp::of(&file).is_settled(clock::utc()), "none is none");
        fs::write(&file, "one").unwrap();
        let written = file.metadata().unwrap().modified().unwrap();
        let now = DateTime::<Utc>::from(written);
        assert!(!Stamp::of(&file).is_settled(now));
        let later = now + TimeDelta::seconds(1);
        assert!(Stamp::of(&file).is_settled(later));
        let opened = fs::File::options().write(true).open(&file).unwrap();
        opened
            .set_modified(written + Duration::from_secs(3600))
            .unwrap();
        assert!(!Stamp::of(&file).is_settled(later), "written tomorrow");
    }
}
