//! The window as a picture, drawn without a display: for looking at, and for the docs.

use std::time::Duration;

use egui::{ColorImage, Vec2};

use super::{First, News};
use crate::gui::{fonts, picture::picture, theme::Theme};

/// The window after this news, at a size in points and `scale` pixels to the point.
#[must_use]
pub fn window(theme: Theme, news: Vec<News>, (size, scale): (Vec2, f32)) -> ColorImage {
    let mut first = First::new(theme, true);
    for news in news {
        first.hear(news);
    }
    let install = |ctx: &egui::Context| {
        fonts::install(ctx);
        theme.apply(ctx, true);
    };
    picture(size, scale, theme.background, install, |ui| {
        first.ui(ui, Duration::ZERO);
    })
}
