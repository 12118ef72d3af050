//! Whether the program starts with the session, in words.

use std::path::Path;

use crate::{
    desktop::autostart::{By, Status, Trouble},
    text::{text, text_with},
};

/// The status in a sentence or two.
#[must_use]
pub fn words(status: &Status) -> String {
    let shown = |path: &Path| path.display().to_string();
    match status {
        Status::Off => text("autostart-off"),
        Status::On(start) => {
            let id = match start.by {
                By::Desktop => "autostart-on-desktop",
                By::Systemd => "autostart-on-systemd",
            };
            let (file, program) = (shown(&start.file), shown(&start.program));
            let mut said = text_with(
                id,
                &[("file", file.into()), ("program", program.clone().into())],
            );
            if !start.this {
                said += "\n";
                said += &text_with("autostart-other", &[("program", program.into())]);
            }
            if let Some(twice) = &start.twice {
                said += "\n";
                said += &text_with("autostart-twice", &[("file", shown(twice).into())]);
            }
            said
        }
        Status::Broken { file, why, .. } => {
            let file = ("file", shown(file).into());
            match why {
                Trouble::Gone(program) => text_with(
                    "autostart-gone",
                    &[file, ("program", shown(program).into())],
                ),
                Trouble::Foreign => text_with("autostart-foreign", &[file]),
                Trouble::Unreadable(why) => {
                    text_with("autostart-unreadable", &[file, ("why", why.clone().into())])
                }
            }
        }
    }
}
