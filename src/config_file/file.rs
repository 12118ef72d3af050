//! Where the settings file is, and how it gets from the disk into a document.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use directories::ProjectDirs;

use super::{Document, say};
use crate::{
    core::config::{Config, StretchFacts},
    diagnostic::Problem,
};

/// A file larger than this, in bytes, is surely not a settings file.
pub const LARGEST: u64 = 256 * 1024;

/// The settings file and who chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where the file is.
    pub path: PathBuf,
    /// Whether the user named it. If so, it has to be there.
    pub chosen: bool,
}

impl Location {
    /// A file that the user named.
    #[must_use]
    pub fn chosen(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            chosen: true,
        }
    }
}

/// The file named by the option, else by `UNHUNCH_CONFIG`, else the one in the user's folder for
/// settings.
#[must_use]
pub fn locate(option: Option<PathBuf>) -> Location {
    let named = option.or_else(|| {
        let variable = std::env::var_os("UNHUNCH_CONFIG").filter(|path| !path.is_empty());
        variable.map(PathBuf::from)
    });
    match named {
        Some(path) => Location::chosen(path),
        None => Location {
            path: default_path(),
            chosen: false,
        },
    }
}

/// Where the settings file is: [`locate`] without an option.
#[must_use]
pub fn path() -> PathBuf {
    locate(None).path
}

fn default_path() -> PathBuf {
    // Without a home there is no folder either; the current one then has no such file.
    ProjectDirs::from("org", "unhunch", "unhunch").map_or_else(
        || PathBuf::from("config.toml"),
        |dirs| dirs.config_dir().join("config.toml"),
    )
}

/// What came out of reading the settings.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The settings to use: what was good in the file, defaults for the rest.
    pub config: Config,
    /// What was wrong, in the order of the file. Empty when there is nothing to say.
    pub problems: Vec<Problem>,
    /// The file as it was read, for rendering the problems and for changes.
    pub document: Document,
    /// Whether there was a file that could be read at all.
    pub found: bool,
}

impl Loaded {
    /// All problems, one below the other, each with its line and a caret.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        self.document.render_all(&self.problems, colour)
    }
}

/// Reads the file; never fails. A file that nobody chose and that is not there means the defaults.
#[must_use]
pub fn load(location: &Location, stretches: &[StretchFacts]) -> Loaded {
    let name = location.path.display().to_string();
    let (document, found) = match read(location) {
        Ok(Some(bytes)) => (Document::from_bytes(&name, &bytes), true),
        Ok(None) => (Document::parse(&name, ""), false),
        Err(error) => (Document::unreadable(&name, &in_words(&error)), false),
    };
    let (config, problems) = document.config(stretches);
    Loaded {
        config,
        problems,
        document,
        found,
    }
}

pub(super) fn read(location: &Location) -> io::Result<Option<Vec<u8>>> {
    let path = location.path.as_path();
    let kind = match path.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound && may_miss(location) => {
            return Ok(None);
        }
        other => other?.file_type(),
    };
    if kind.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // Opening a pipe waits for its writer: fine for a file named on the command line, not for the
    // one that a running program reads now and then.
    if !kind.is_file() && !location.chosen {
        return Err(io::Error::other(say("config-not-a-file", &[])));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// A link to nowhere is a mistake, even in the place where a file may be missing.
fn may_miss(location: &Location) -> bool {
    !location.chosen && !is_link(&location.path)
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata()
        .is_ok_and(|metadata| metadata.file_type().is_symlink())
}

pub(super) fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => say("config-file-missing", &[]),
        io::ErrorKind::PermissionDenied => say("config-file-forbidden", &[]),
        io::ErrorKind::IsADirectory => say("config-file-folder", &[]),
        _ => error.to_string(),
    }
}
