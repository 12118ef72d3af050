//! Files that an editor changes while they are looked at.

use std::{fs, path::Path};

use unhunch::desktop::watch::{Place, watch};

use super::Reports;

fn watching(places: Vec<Place>) -> Reports<()> {
    let (post, reports) = Reports::new();
    watch(places, move || post(())).unwrap();
    reports
}

fn file(folder: &Path) -> Place {
    Place::File(folder.join("config.toml"))
}

#[test]
fn a_file_that_is_written_replaced_or_removed_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    fs::write(&config, "a").unwrap();
    let reports = watching(vec![file(folder.path())]);

    fs::write(&config, "b").unwrap();
    reports.next();
    let other = folder.path().join("config.toml~");
    fs::write(&other, "c").unwrap();
    fs::rename(&other, &config).unwrap();
    reports.next();
    fs::remove_file(&config).unwrap();
    reports.next();
}

#[test]
fn a_file_comes_into_a_folder_that_was_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let later = folder.path().join("config/unhunch");
    let reports = watching(vec![file(&later)]);

    fs::create_dir_all(&later).unwrap();
    reports.next();
    fs::write(later.join("config.toml"), "a").unwrap();
    reports.next();
}

#[test]
fn every_file_in_a_folder_counts() {
    let folder = tempfile::tempdir().unwrap();
    let stretches = folder.path().join("stretches");
    fs::create_dir(&stretches).unwrap();
    let reports = watching(vec![file(folder.path()), Place::Folder(stretches.clone())]);

    fs::write(stretches.join("mine.toml"), "a").unwrap();
    reports.next();
    fs::remove_dir_all(&stretches).unwrap();
    reports.next();
}
