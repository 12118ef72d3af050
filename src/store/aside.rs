//! Setting a damaged file aside, so that nothing is lost and the program can begin anew.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use crate::desktop::private;

/// Renames `history.db` to `history.db.damaged-20260302T101500Z`, and with it every companion
/// whose name has one of these endings. Returns the new name.
///
/// # Errors
/// When the file itself cannot be renamed.
pub fn set_aside(file: &Path, endings: &[&str], at: DateTime<Utc>) -> io::Result<PathBuf> {
    let kept_as = free_name(file, at);
    fs::rename(file, &kept_as)?;
    for ending in endings {
        // There need not be a companion. If there is one that cannot be moved, whoever begins the
        // new file finds out.
        fs::rename(with(file, ending), with(&kept_as, ending)).ok();
    }
    if let Some(folder) = file.parent() {
        private::sync_folder(folder);
    }
    Ok(kept_as)
}

/// The name with something behind it.
pub fn with(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    PathBuf::from(name)
}

fn free_name(file: &Path, at: DateTime<Utc>) -> PathBuf {
    let first = with(file, &at.format(".damaged-%Y%m%dT%H%M%SZ").to_string());
    let numbered = (2..).map(|number| with(&first, &format!("-{number}")));
    std::iter::once(first.clone())
        .chain(numbered)
        .find(|name| name.symlink_metadata().is_err())
        .unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_set_aside_is_ever_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("history.db");
        let at = DateTime::from_timestamp(1_772_446_500, 0).unwrap();
        let mut kept = Vec::new();
        for content in ["first", "second", "third"] {
            fs::write(&file, content).unwrap();
            fs::write(with(&file, "-wal"), content).unwrap();
            kept.push(set_aside(&file, &["-wal", "-shm"], at).unwrap());
            assert!(!file.exists());
        }
        let names: Vec<_> = kept
            .iter()
            .map(|path| path.file_name().unwrap().to_str().unwrap())
            .collect();
        assert_eq!(
            names,
            [
                "history.db.damaged-20260302T101500Z",
                "history.db.damaged-20260302T101500Z-2",
                "history.db.damaged-20260302T101500Z-3",
            ]
        );
        for (path, content) in kept.iter().zip(["first", "second", "third"]) {
            assert_eq!(fs::read_to_string(path).unwrap(), content);
            assert_eq!(fs::read_to_string(with(path, "-wal")).unwrap(), content);
        }
    }
}
