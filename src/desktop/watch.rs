//! Files that somebody else may change while we look at them.
//!
//! Editors save a file in many ways: they write into it, write another one and rename it, remove it
//! and write it anew. All of them come out as one report, after the last change has settled.

use std::{
    io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

#[cfg(not(target_os = "linux"))]
#[path = "watch/elsewhere.rs"]
mod system;
#[cfg(target_os = "linux")]
#[path = "watch/linux.rs"]
mod system;

pub(super) use system::Eye;

/// Nothing more may happen for this long after something was written to its end: an editor may do
/// several things to save one file.
const WRITTEN: Duration = Duration::from_millis(80);

/// The same after something that another change usually follows: half a file says nothing, and one
/// that is gone may be about to come back.
const UNFINISHED: Duration = Duration::from_secs(2);

/// What to look at. It need not be there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// This file.
    File(PathBuf),
    /// Everything in this folder, but not in folders in it.
    Folder(PathBuf),
}

/// Calls `changed` on a thread of its own whenever this file was saved, or came or went.
///
/// # Errors
///
/// As for [`watch`].
pub fn file(path: &Path, changed: impl Fn() + Send + 'static) -> io::Result<()> {
    watch(vec![Place::File(path.to_owned())], changed)
}

/// Calls `changed` on a thread of its own whenever something has changed in one of these places,
/// until the program ends. What the program changes itself is reported as well.
///
/// # Errors
///
/// When the system refuses a thread or a way to watch files.
pub fn watch(places: Vec<Place>, changed: impl Fn() + Send + 'static) -> io::Result<()> {
    let mut eye = Eye::new(places)?;
    thread::Builder::new()
        .name("files".to_owned())
        .spawn(move || {
            while eye.wait_for_a_change() {
                changed();
            }
        })?;
    Ok(())
}
