//! The settings file on the disk: read as a whole, replaced as a whole.

use std::{fs::File, io, path::PathBuf};

use super::{
    super::{
        Location,
        file::{in_words, read},
        say,
    },
    EditError,
};
use crate::desktop::private::{self, Care};

/// What a byte order mark looks like in a text.
const MARK: &str = "\u{feff}";

/// A settings file, which nobody else of ours changes at the same time.
pub struct Disk {
    /// The file as the user knows it.
    pub path: PathBuf,
    /// What is in it; nothing if there is no file yet.
    pub bytes: Option<Vec<u8>>,
    /// The file itself, where the path leads to it over links.
    target: PathBuf,
    /// Locked as long as this lives.
    _folder: Option<File>,
}

impl Disk {
    /// Reads the file.
    pub fn open(location: &Location) -> Result<Self, EditError> {
        let path = &location.path;
        let unreadable = |error: &io::Error| EditError::Unreadable {
            file: path.clone(),
            why: in_words(error),
        };
        // Not chosen: a file that is not there yet is made, and a pipe cannot be changed.
        let unchosen = Location {
            path: path.clone(),
            chosen: false,
        };
        let target = path.canonicalize().unwrap_or_else(|_| path.clone());
        let folder = target.parent().and_then(|folder| {
            let folder = File::open(folder).ok()?;
            // Where folders cannot be locked, the last of two changes at once wins.
            folder.lock().ok()?;
            Some(folder)
        });
        let bytes = read(&unchosen).map_err(|error| unreadable(&error))?;
        Ok(Self {
            path: path.clone(),
            bytes,
            target,
            _folder: folder,
        })
    }

    /// The bytes of the file if it says this: with its byte order mark, if it has one.
    pub fn bytes_of(&self, text: &str) -> Vec<u8> {
        let had_mark =
            (self.bytes.as_ref()).is_some_and(|bytes| bytes.starts_with(MARK.as_bytes()));
        let mark = if had_mark { MARK } else { "" };
        format!("{mark}{text}").into_bytes()
    }

    /// Puts these bytes in place of the file, or removes it. A reader finds the old one or the new
    /// one, and a power cut does too.
    pub fn put(&self, bytes: Option<&[u8]>) -> Result<(), EditError> {
        let unwritable = |why: String| EditError::Unwritable {
            file: self.path.clone(),
            why,
        };
        // Replacing a file needs leave to change its folder only; whoever protects the file itself
        // means it.
        if (self.target.metadata()).is_ok_and(|metadata| metadata.permissions().readonly()) {
            return Err(unwritable(say("config-edit-protected", &[])));
        }
        let done = match bytes {
            Some(bytes) => private::replace(&self.target, bytes, ".config-", Care::PowerCut),
            None => private::remove(&self.target),
        };
        done.map_err(|error| {
            unwritable(match error.kind() {
                io::ErrorKind::PermissionDenied => say("config-edit-forbidden", &[]),
                _ => in_words(&error),
            })
        })
    }
}
