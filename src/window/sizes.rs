//! The file in which all windows remember their size, each under a name of its own.

use std::{collections::BTreeMap, io, path::Path};

use serde::{Deserialize, Serialize};

use crate::desktop::private::{self, Care};

/// The size of a window, in points of the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// From side to side.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

type Sizes = BTreeMap<String, Size>;

/// What the file has on a window, which may be nonsense. No file, and one that cannot be read, has
/// nothing.
#[must_use]
pub fn read(file: &Path, window: &str) -> Option<Size> {
    all(file).remove(window)
}

/// Keeps the size of a window, and those of all others.
///
/// # Errors
/// When the disk is full or may not be written. The file is then as it was.
pub fn keep(file: &Path, window: &str, size: Size) -> io::Result<()> {
    // Another window may have written since this one read.
    let mut sizes = all(file);
    sizes.insert(window.to_owned(), size);
    let text = serde_json::to_string(&sizes)? + "\n";
    private::replace(file, text.as_bytes(), ".window-", Care::PowerCut)
}

fn all(file: &Path) -> Sizes {
    std::fs::read_to_string(file)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}
