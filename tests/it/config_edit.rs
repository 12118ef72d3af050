//! The settings file changed by the program: on the disk, and with random files and changes.

use std::{fs, path::Path};

use unhunch::{
    config_file::{EditError, Location, edit},
    core::config::Config,
};

fn quieter(file: &Path) -> Result<Config, EditError> {
    edit(&Location::chosen(file), &[], |config| {
        config.sound.volume = 10
    })
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_what_they_are() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let names = |folder: &Path| {
        let names = fs::read_dir(folder).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    let home = tempfile::tempdir().unwrap();
    let dotfiles = home.path().join("dotfiles");
    fs::create_dir(&dotfiles).unwrap();
    let target = dotfiles.join("unhunch.toml");
    fs::write(&target, "# mine\n").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    let link = home.path().join("config.toml");
    symlink("dotfiles/unhunch.toml", &link).unwrap();

    quieter(&link).unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    let text = fs::read_to_string(&target).unwrap();
    assert_eq!(text, "# mine\n\n[sound]\nvolume = 10\n");
    assert_eq!(
        target.metadata().unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(names(home.path()), ["config.toml", "dotfiles"]);
    assert_eq!(names(&dotfiles), ["unhunch.toml"]);

    let nowhere = home.path().join("nowhere.toml");
    symlink("gone.toml", &nowhere).unwrap();
    let error = quieter(&nowhere).unwrap_err();
    assert!(matches!(error, EditError::Unreadable { .. }), "{error}");
}
