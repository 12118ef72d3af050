//! Stretches of the user's own: files in a folder, each standing for itself.

mod commands;
mod folder;
mod mistakes;
mod preview;
#[cfg(target_os = "linux")]
mod story;
mod window;

use unhunch::stretch_file::BUILTIN;

/// A stretch that is fine, under another id: the built-in standing back extension.
fn fine(id: &str) -> String {
    let head = "[stretch.standing_back_extension]";
    let from = BUILTIN.find(head).unwrap();
    let rest = &BUILTIN[from..];
    let end = rest.find("\n# ---").unwrap();
    rest[..end].replace("standing_back_extension", id)
}
