//! The days that the program writes down: one file for each, for the user alone, kept for a week.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use chrono::{NaiveDate, TimeDelta};

use crate::desktop::private;

/// How many days are kept, today included.
const KEPT: i64 = 7;

/// Where they are, beside this saved state.
#[must_use]
pub fn folder_beside(state_file: &Path) -> PathBuf {
    state_file.with_file_name("days")
}

/// The file of a day.
#[must_use]
pub fn file(folder: &Path, day: NaiveDate) -> PathBuf {
    folder.join(format!("{day}.day"))
}

/// A file of a day that there is not yet: `2026-03-02.day`, else `2026-03-02-2.day`, and so on.
#[must_use]
pub fn new_file(folder: &Path, day: NaiveDate) -> PathBuf {
    let further = (2..).map(|number| folder.join(format!("{day}-{number}.day")));
    std::iter::once(file(folder, day))
        .chain(further)
        .find(|path| path.symlink_metadata().is_err())
        .unwrap_or_else(|| file(folder, day))
}

/// Appends to a file in one write, and makes it if need be.
///
/// # Errors
/// When the disk is full or may not be written.
pub fn append(file: &Path, text: &str) -> io::Result<()> {
    private::create_folder(file.parent().ok_or(io::ErrorKind::InvalidInput)?)?;
    private::create_file(file)?;
    OpenOptions::new()
        .append(true)
        .open(file)?
        .write_all(text.as_bytes())
}

/// The files there are, the oldest first. A folder that is not there has none.
#[must_use]
pub fn all(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| date(path).is_some())
        .collect();
    files.sort();
    files
}

/// Removes those that are older than a week, and nothing else.
pub fn forget_old(folder: &Path, today: NaiveDate) {
    let first = today - TimeDelta::days(KEPT - 1);
    for file in all(folder) {
        if date(&file).is_some_and(|date| date < first)
            && let Err(error) = fs::remove_file(&file)
        {
            log::warn!("{} cannot be removed: {error}", file.display());
        }
    }
}

/// The day that a file is about, by its name.
fn date(file: &Path) -> Option<NaiveDate> {
    let name = file.file_name()?.to_str()?.strip_suffix(".day")?;
    name.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_is_kept_and_what_is_no_day_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state/days");
        for name in ["2026-02-23", "2026-02-24-2", "2026-02-24", "2026-03-02"] {
            append(&folder.join(format!("{name}.day")), "start\n").unwrap();
        }
        append(&folder.join("complaint.day"), "mine").unwrap();
        forget_old(&folder, day("2026-03-02"));
        let names: Vec<_> = (all(&folder).iter())
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        assert_eq!(names, ["2026-02-24-2", "2026-02-24", "2026-03-02"]);
        assert!(folder.join("complaint.day").exists());
        let free = new_file(&folder, day("2026-02-24"));
        assert_eq!(free, folder.join("2026-02-24-3.day"));
    }

    #[test]
    fn nobody_else_may_read_them() {
        use std::os::unix::fs::PermissionsExt as _;

        let home = tempfile::tempdir().unwrap();
        let file = file(&home.path().join("days"), day("2026-03-02"));
        append(&file, "start\n").unwrap();
        append(&file, "quit\n").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "start\nquit\n");
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(file.parent().unwrap()), 0o700);
    }
}
