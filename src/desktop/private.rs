//! Files and folders that only the user may read.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

use tempfile::NamedTempFile;

/// What a file should survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// The end of the program, at any moment.
    Kill,
    /// The end of the machine, at any moment.
    PowerCut,
}

/// Puts this content in place of the file, or makes it, its folder too. A reader finds the file as
/// it was before or as it is after. What may be done with a file that exists stays as it is.
///
/// `temporary` is how the name of the file begins while it is written.
///
/// # Errors
/// When the disk is full or may not be written. The file is then as it was.
pub fn replace(file: &Path, content: &[u8], temporary: &str, care: Care) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let new = written(folder, content, temporary)?;
    if let Ok(metadata) = file.metadata() {
        new.as_file().set_permissions(metadata.permissions())?;
    }
    // First the content, then the name, then the folder: a power cut finds one of the two states.
    if care == Care::PowerCut {
        new.as_file().sync_all()?;
    }
    // The error of `persist` holds the temporary file, which is to be gone now.
    new.persist(file).map_err(|failed| failed.error)?;
    if care == Care::PowerCut {
        sync_folder(folder);
    }
    Ok(())
}

/// Removes a file, also for after a power cut.
///
/// # Errors
/// When it is not there or may not be removed.
pub fn remove(file: &Path) -> io::Result<()> {
    fs::remove_file(file)?;
    if let Some(folder) = file.parent() {
        sync_folder(folder);
    }
    Ok(())
}

/// Makes a file with this content, its folder too, unless there is one of its name: all of it or
/// nothing, also after a power cut. `temporary` is as for [`replace`].
///
/// # Errors
/// `AlreadyExists` when there is one; else when the disk is full or may not be written.
pub fn create_whole(file: &Path, content: &[u8], temporary: &str) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let new = written(folder, content, temporary)?;
    new.as_file().sync_all()?;
    new.persist_noclobber(file).map_err(|failed| failed.error)?;
    sync_folder(folder);
    Ok(())
}

/// Puts this content where the user said, in a folder that is there: all of it or nothing, and for
/// whoever may read the user's other files. What is no plain file (a pipe, a terminal) is written
/// to as it is.
///
/// # Errors
/// When there is no such folder, or the disk is full or may not be written.
pub fn hand_out(file: &Path, content: &[u8]) -> io::Result<()> {
    let there = file.metadata();
    if there.as_ref().is_ok_and(|there| !there.is_file()) {
        return fs::write(file, content);
    }
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".unhunch-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Less what the user's mask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut new = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    new.write_all(content)?;
    if let Ok(there) = there {
        new.as_file().set_permissions(there.permissions())?;
    }
    new.as_file().sync_all()?;
    // Over a link the file itself.
    let target = file.canonicalize();
    new.persist(target.as_deref().unwrap_or(file))
        .map_err(|failed| failed.error)?;
    Ok(())
}

/// A temporary file with this content. As long as it is being written it is locked, which tells
/// it from one that a program left behind.
fn written(folder: &Path, content: &[u8], temporary: &str) -> io::Result<NamedTempFile> {
    create_folder(folder)?;
    remove_leftovers(folder, temporary);
    let mut new = tempfile::Builder::new()
        .prefix(temporary)
        .tempfile_in(folder)?;
    // Where files cannot be locked, nothing tells them apart, and none is ever removed.
    new.as_file().try_lock().ok();
    new.write_all(content)?;
    Ok(new)
}

/// Removes temporary files whose writer was killed.
pub fn remove_leftovers(folder: &Path, temporary: &str) {
    // A folder that cannot be listed has none that matter.
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(temporary) {
            continue;
        }
        let left_behind = File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if left_behind {
            // If it cannot be removed, it does no harm.
            fs::remove_file(entry.path()).ok();
        }
    }
}

/// Makes sure that what was made, renamed or removed in this folder is so after a power cut.
/// Some systems cannot do this for a folder; files in it are whole either way.
pub fn sync_folder(folder: &Path) {
    File::open(folder).and_then(|folder| folder.sync_all()).ok();
}

/// Makes the folder, and those above it, where they do not exist yet. What exists stays as it is:
/// the user may have reasons.
///
/// # Errors
/// When that is not possible.
pub fn create_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let missing = path.ancestors().take_while(|folder| !folder.exists());
    let missing: Vec<&Path> = missing.collect();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)?;
    // A folder is an entry in the one above it.
    for above in missing.iter().filter_map(|folder| folder.parent()) {
        sync_folder(above);
    }
    Ok(())
}

/// Makes an empty file, unless there is one already.
///
/// # Errors
/// When that is not possible.
pub fn create_file(path: &Path) -> io::Result<()> {
    if path.try_exists()? {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    // Not `create_new`: if somebody else was quicker, that is just as well.
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)?;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn what_is_made_is_for_the_user_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("data/unhunch");
        let file = folder.join("history.db");
        create_folder(&folder).unwrap();
        create_file(&file).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&file), 0o600);
    }

    #[test]
    fn a_file_that_is_there_is_never_made_anew() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("stretches/mine.toml");
        create_whole(&file, b"first", ".new-").unwrap();
        let again = create_whole(&file, b"second", ".new-").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&file).unwrap(), b"first");
        let entries = fs::read_dir(file.parent().unwrap()).unwrap();
        assert_eq!(entries.count(), 1, "nothing is left over");
    }

    #[test]
    fn what_somebody_is_writing_is_not_taken_for_a_leftover() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("state.json");
        let being_written = written(home.path(), b"half", ".state-").unwrap();
        let left_behind = home.path().join(".state-4711");
        fs::write(&left_behind, "half").unwrap();
        replace(&file, b"whole", ".state-", Care::PowerCut).unwrap();
        assert!(being_written.path().exists());
        assert!(!left_behind.exists());
        assert_eq!(fs::read(&file).unwrap(), b"whole");
    }

    #[test]
    fn what_is_handed_out_is_like_any_file_of_the_users() {
        let home = tempfile::tempdir().unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let plain = home.path().join("plain");
        fs::write(&plain, "").unwrap();
        let file = home.path().join("sheet.png");
        hand_out(&file, b"first").unwrap();
        assert_eq!(mode(&file), mode(&plain));

        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let link = home.path().join("link.png");
        std::os::unix::fs::symlink("sheet.png", &link).unwrap();
        hand_out(&link, b"second").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"second");
        assert_eq!(mode(&file), 0o640);
        assert!(link.symlink_metadata().unwrap().is_symlink());

        hand_out(Path::new("/dev/null"), b"nowhere").unwrap();
        let missing = home.path().join("missing/sheet.png");
        let error = hand_out(&missing, b"").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 3);
    }

    #[test]
    fn what_exists_stays_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("history.db");
        fs::write(&file, "kept").unwrap();
        create_folder(home.path()).unwrap();
        create_file(&file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
    }
}
