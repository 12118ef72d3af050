//! Files and folders that only the user may read.

use std::{
    fs::{DirBuilder, OpenOptions},
    io,
    path::Path,
};

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
