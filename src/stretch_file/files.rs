//! The user's folder of stretches: which files there are, and how each gets from the disk to a text.
//!
//! Nothing here waits: what is not a plain file is not opened.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use super::reader::said;
use crate::{config_file::Location, diagnostic::Problem};

/// A file larger than this, in bytes, is surely not written by hand.
pub const LARGEST: u64 = 1024 * 1024;

/// Where the user's own stretches are: beside the settings.
#[must_use]
pub fn folder(config: &Location) -> PathBuf {
    config.path.with_file_name("stretches")
}

/// The stretch files of a folder, in the order of their names. A folder that is not there has none.
///
/// # Errors
/// When the folder is there and cannot be read.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.and_then(Iterator::collect::<io::Result<Vec<_>>>),
    };
    let entries = entries.map_err(|error| unreadable(folder, &in_words(&error)))?;
    let mut files: Vec<PathBuf> = entries
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| is_stretch_file(path))
        .collect();
    files.sort();
    Ok(files)
}

/// Hidden files, and the copies that editors leave behind, are none.
fn is_stretch_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".toml") && !name.starts_with(['.', '~', '#'])
}

/// A file that is no text.
pub struct Unreadable {
    /// Why.
    pub problem: Problem,
    /// What there is of it to show.
    pub shown: String,
}

/// The text of a file.
///
/// # Errors
/// When it is no text that can be read.
pub fn text(file: &Path) -> Result<String, Box<Unreadable>> {
    let bytes = bytes(file).map_err(|why| {
        Box::new(Unreadable {
            problem: unreadable(file, &why),
            shown: String::new(),
        })
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let name = file.display().to_string();
            let problem = Problem::error(&name, at..at + 1, said("not-utf8", &[]))
                .label(said("not-utf8-label", &[]))
                .help(said("not-utf8-help", &[]));
            Err(Box::new(Unreadable { problem, shown }))
        }
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    let metadata = file.metadata().map_err(|error| in_words(&error))?;
    if metadata.is_dir() {
        return Err(said("folder", &[]));
    }
    // Opening a pipe would wait for its writer.
    if !metadata.is_file() {
        return Err(said("no-plain-file", &[]));
    }
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| in_words(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(said("too-large", &[]));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(said("utf16", &[]));
    }
    if bytes.contains(&0) {
        return Err(said("binary", &[]));
    }
    Ok(bytes)
}

fn unreadable(file: &Path, why: &str) -> Problem {
    let name = file.display().to_string();
    let values = [("file", name.as_str()), ("why", why)];
    Problem::error(&name, 0..0, said("unreadable", &values))
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => said("missing", &[]),
        io::ErrorKind::PermissionDenied => said("forbidden", &[]),
        _ => error.to_string(),
    }
}
