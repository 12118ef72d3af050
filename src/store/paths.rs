//! Where the files are.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The folder of the history: `UNHUNCH_DATA_DIR`, else the user's folder for data.
#[must_use]
pub fn data_folder() -> PathBuf {
    from_environment("UNHUNCH_DATA_DIR")
        .or_else(|| project().map(|dirs| dirs.data_local_dir().to_owned()))
        .unwrap_or_else(nowhere)
}

/// The folder of the saved state: `UNHUNCH_STATE_DIR`, else the user's folder for state, else the
/// one for data on systems that know no such thing.
#[must_use]
pub fn state_folder() -> PathBuf {
    let user = || {
        let dirs = project()?;
        let state = dirs.state_dir().unwrap_or(dirs.data_local_dir());
        Some(state.to_owned())
    };
    from_environment("UNHUNCH_STATE_DIR")
        .or_else(user)
        .unwrap_or_else(nowhere)
}

/// The history.
#[must_use]
pub fn history_file() -> PathBuf {
    data_folder().join("history.db")
}

/// The saved state.
#[must_use]
pub fn state_file() -> PathBuf {
    state_folder().join("state.json")
}

/// Where the story of the last breaks is kept, beside this saved state.
#[must_use]
pub fn story_beside(state_file: &Path) -> PathBuf {
    state_file.with_file_name("why.json")
}

fn from_environment(variable: &str) -> Option<PathBuf> {
    let value = std::env::var_os(variable)?;
    (!value.is_empty()).then(|| PathBuf::from(value))
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("org", "unhunch", "unhunch")
}

/// Without a home nothing can be kept; writing here fails, and says so.
fn nowhere() -> PathBuf {
    PathBuf::from("/nonexistent/unhunch")
}
