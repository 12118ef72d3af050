//! Starting with the session: by a file in the desktop's folder for that, or by a unit of systemd.
//! Never by both.
//!
//! Everything that counts is in files, so that it can be told and changed without a session:
//!
//! - `entry`: the file that desktops read, written and understood;
//! - `unit`: whether systemd starts the program;
//! - [`program`](program()): by which path the program should be started.
//!
//! A file that somebody else made is never written over without being asked to.

mod entry;
mod program;
mod unit;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use directories::BaseDirs;

use super::{
    APP_ID,
    private::{self, Care},
};
use entry::Entry;
pub use program::program;

/// The folders that matter.
#[derive(Clone, Debug)]
pub struct Places {
    /// Where the user's settings are.
    pub config: PathBuf,
    /// Where those of the machine are, the most important first.
    pub machine: Vec<PathBuf>,
}

/// By what the program is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The desktop, which reads a file.
    Desktop,
    /// systemd, which has a unit.
    Systemd,
}

/// Whether the program starts with the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does not.
    Off,
    /// It does.
    On(Start),
    /// It should, but will not.
    Broken {
        /// By what.
        by: By,
        /// The file that says so.
        file: PathBuf,
        /// Why it will not.
        why: Trouble,
    },
}

/// How it is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// By what.
    pub by: By,
    /// The file that says so.
    pub file: PathBuf,
    /// What is started.
    pub program: PathBuf,
    /// That is this very program, and not another copy of it.
    pub this: bool,
    /// The desktop's file, if systemd starts it and the desktop does too.
    pub twice: Option<PathBuf>,
}

/// Why a file starts nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The program is not where it was: moved, or removed.
    Gone(PathBuf),
    /// The file has the right name, but says nothing of this program.
    Foreign,
    /// The file cannot be read.
    Unreadable(String),
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// Nothing: it was so already.
    Nothing,
    /// It starts with the session from now on; before, something else was started.
    Enabled {
        /// The file that says so.
        file: PathBuf,
        /// What was started before, if that was something else.
        before: Option<PathBuf>,
    },
    /// It does not start any more.
    Disabled {
        /// The file that was removed or changed.
        file: PathBuf,
    },
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file was made by somebody else.
    #[error("{} was made by somebody else", .0.display())]
    Foreign(PathBuf),
    /// The path of the program cannot be written into such a file.
    #[error("the path {} cannot be written into a file for starting", .0.display())]
    BadPath(PathBuf),
    /// A file could not be written or removed.
    #[error("{}: {why}", .file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// systemd did not do what it was asked.
    #[error("systemctl --user: {0}")]
    Systemd(String),
}

impl Places {
    /// Those of this user.
    #[must_use]
    pub fn of_the_user() -> Self {
        let config = BaseDirs::new().map(|dirs| dirs.config_dir().to_owned());
        let machine = env::var_os("XDG_CONFIG_DIRS").filter(|dirs| !dirs.is_empty());
        let machine = machine.unwrap_or_else(|| "/etc/xdg".into());
        Self {
            config: config.unwrap_or_else(|| PathBuf::from("/nonexistent")),
            machine: env::split_paths(&machine).collect(),
        }
    }

    /// The user's file for the desktop.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        in_folder(&self.config)
    }

    /// The machine's file for the desktop, if there is one.
    fn machines_file(&self) -> Option<PathBuf> {
        let files = self.machine.iter().map(|folder| in_folder(folder));
        files.into_iter().find(|file| file.is_file())
    }
}

fn in_folder(config: &Path) -> PathBuf {
    config.join("autostart").join(format!("{APP_ID}.desktop"))
}

/// Whether the program, which is at this path, starts with the session.
#[must_use]
pub fn status(places: &Places, program: &Path) -> Status {
    let by_desktop = by_desktop(places, program);
    let Some((file, starts)) = unit::enabled(places) else {
        return by_desktop;
    };
    let by = By::Systemd;
    let twice = match &by_desktop {
        Status::On(start) => Some(start.file.clone()),
        Status::Off | Status::Broken { .. } => None,
    };
    match starts {
        Err(why) => Status::Broken { by, file, why },
        Ok(starts) => judged(by, file, starts, program, twice),
    }
}

fn by_desktop(places: &Places, program: &Path) -> Status {
    let user = places.file();
    // The user's file counts instead of the machine's, also when it says no.
    let exists = user.symlink_metadata().is_ok();
    let file = match exists {
        true => user,
        false => match places.machines_file() {
            Some(file) => file,
            None => return Status::Off,
        },
    };
    let by = By::Desktop;
    match read(&file) {
        Err(error) => {
            let why = Trouble::Unreadable(error.to_string());
            Status::Broken { by, file, why }
        }
        Ok(Entry { on: false, .. }) => Status::Off,
        Ok(Entry { starts: None, .. }) => {
            let why = Trouble::Foreign;
            Status::Broken { by, file, why }
        }
        Ok(Entry {
            starts: Some(starts),
            ..
        }) => judged(by, file, starts, program, None),
    }
}

fn judged(
    by: By,
    file: PathBuf,
    starts: PathBuf,
    program: &Path,
    twice: Option<PathBuf>,
) -> Status {
    let Some(there) = program::found(&starts) else {
        let why = Trouble::Gone(starts);
        return Status::Broken { by, file, why };
    };
    let this = program::same(&there, program);
    Status::On(Start {
        by,
        file,
        program: there,
        this,
        twice,
    })
}

/// Lets the desktop start the program at this path from now on. `replace`: also in place of a file
/// that somebody else made.
///
/// # Errors
///
/// When the file is somebody else's, or cannot be written.
pub fn enable(places: &Places, program: &Path, replace: bool) -> Result<Done, Error> {
    let file = places.file();
    let before = match status(places, program) {
        Status::On(start) if start.this && start.twice.is_none() => return Ok(Done::Nothing),
        Status::On(start) if start.by == By::Systemd => {
            // systemd starts a copy, or both do: one of them is enough.
            unit::disable()?;
            Some(start.program)
        }
        Status::On(start) => Some(start.program),
        Status::Broken {
            why: Trouble::Gone(before),
            by,
            ..
        } => {
            if by == By::Systemd {
                unit::disable()?;
            }
            Some(before)
        }
        Status::Broken { .. } | Status::Off => None,
    };
    if !replace && !is_ours(&file) {
        return Err(Error::Foreign(file));
    }
    let content = entry::write(program).ok_or_else(|| Error::BadPath(program.to_owned()))?;
    put(&file, &content)?;
    Ok(Done::Enabled { file, before })
}

/// Lets systemd start the program from now on, by the unit that is installed.
///
/// # Errors
///
/// When there is no systemd or no unit, or the desktop's file is somebody else's.
pub fn enable_unit(places: &Places, program: &Path) -> Result<Done, Error> {
    if let Status::On(start) = status(places, program)
        && start.by == By::Systemd
        && start.twice.is_none()
    {
        return Ok(Done::Nothing);
    }
    unit::enable()?;
    let before = no_more_by_desktop(places)?;
    Ok(Done::Enabled {
        file: unit::link(places),
        before,
    })
}

/// Lets nobody start the program any more.
///
/// # Errors
///
/// When a file is somebody else's, or cannot be changed.
pub fn disable(places: &Places) -> Result<Done, Error> {
    let by_systemd = unit::enabled(places).map(|(file, _)| file);
    if by_systemd.is_some() {
        unit::disable()?;
    }
    let was_on = !matches!(by_desktop(places, Path::new("")), Status::Off);
    if was_on {
        no_more_by_desktop(places)?;
        let file = places.file();
        return Ok(Done::Disabled { file });
    }
    Ok(by_systemd.map_or(Done::Nothing, |file| Done::Disabled { file }))
}

/// Takes the user's file away, or lets it say no where the machine's says yes. Gives what it
/// started.
fn no_more_by_desktop(places: &Places) -> Result<Option<PathBuf>, Error> {
    let file = places.file();
    let exists = file.symlink_metadata().is_ok();
    if exists && !is_ours(&file) {
        return Err(Error::Foreign(file));
    }
    let before = read(&file).ok().and_then(|entry| entry.starts);
    if places.machines_file().is_some() {
        put(&file, entry::NEVER)?;
    } else if exists {
        fs::remove_file(&file).map_err(|why| Error::File { file, why })?;
    }
    Ok(before)
}

/// Whether this file may be written over: there is none, or it is one that starts this program, or
/// says that it should not start.
fn is_ours(file: &Path) -> bool {
    match file.symlink_metadata() {
        Err(_) => true,
        // Somebody manages it from elsewhere, and would put it back.
        Ok(data) if data.is_symlink() => false,
        Ok(_) => read(file).is_ok_and(|entry| entry.is_ours()),
    }
}

fn read(file: &Path) -> io::Result<Entry> {
    fs::read_to_string(file).map(|text| Entry::read(&text))
}

fn put(file: &Path, content: &str) -> Result<(), Error> {
    let put = private::replace(file, content.as_bytes(), ".autostart-", Care::PowerCut);
    put.map_err(|why| Error::File {
        file: file.to_owned(),
        why,
    })
}

#[cfg(test)]
mod tests;
