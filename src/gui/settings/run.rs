//! The process of the window.

use egui::Vec2;

use super::{Ask, News, Page, Settings};
use crate::gui::{
    shell::{self, Outside},
    stand::Kind,
    theme::Theme,
};

const KIND: Kind = Kind {
    remembered_as: "settings",
    usual: Vec2::new(980.0, 760.0),
    smallest: Vec2::new(480.0, 480.0),
};

/// Where news goes in.
pub type Tell = shell::Tell<News>;
/// Where comes out what the user asks.
pub type Asks = shell::Asks<Ask>;

/// Shows the window until it closes. `start` is called before the graphics are loaded.
///
/// # Errors
/// If there is no display, there are no graphics, or the desktop went away.
pub fn run(
    outside: Outside,
    page: Page,
    start: impl FnOnce(Tell) -> Asks,
) -> Result<(), eframe::Error> {
    let look = &outside.look;
    let theme = Theme::new(look.dark, look.high_contrast, look.figure_tone);
    let settings = Settings::new(theme, look.reduced_motion, page);
    shell::run(KIND, settings, outside, start)
}
