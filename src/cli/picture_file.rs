//! Pictures that commands draw, in the file that the user names.

use std::path::Path;

use anyhow::Context as _;
use egui::ColorImage;

use crate::{desktop::private, gui::picture::write_png};

/// Writes a picture, all of it or nothing.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write(image: &ColorImage, path: &str) -> anyhow::Result<()> {
    let mut content = Vec::new();
    write_png(image, &mut content)?;
    private::hand_out(Path::new(path), &content).with_context(|| format!("writing {path}"))
}
