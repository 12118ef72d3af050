//! Files and folders that only the user may read.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

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
    create_folder(folder)?;
    let mut new = tempfile::Builder::new()
        .prefix(temporary)
        .tempfile_in(folder)?;
    new.write_all(content)?;
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
        // Some systems cannot do this for a folder. The file is whole either way.
        File::open(folder).and_then(|folder| folder.sync_all()).ok();
    }
    Ok(())
}

/// Makes the folder, and those above it, where they do not exist yet. What exists stays as it is:
/// the user may have reasons.
///
/// # Errors
/// When that is not possible.
pub fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
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
    fn what_exists_stays_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("history.db");
        std::fs::write(&file, "kept").unwrap();
        create_folder(home.path()).unwrap();
        create_file(&file).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
    }
}
