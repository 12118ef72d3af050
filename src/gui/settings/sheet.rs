//! The window as a picture, drawn without a display: for looking at, and for the docs.

use std::time::Duration;

use egui::{ColorImage, Vec2};

use super::{News, Page, Settings};
use crate::gui::{fonts, picture::picture, shell::Content as _, theme::Theme};

/// A page, or what is found for some words, at a size in points and `scale` pixels to the point.
#[must_use]
pub fn settings(
    theme: Theme,
    news: Vec<News>,
    (page, words): (Page, &str),
    (size, scale): (Vec2, f32),
) -> ColorImage {
    let mut settings = Settings::new(theme, true, page);
    settings.look_for(words);
    for news in news {
        settings.hear(news);
    }
    let install = |ctx: &egui::Context| {
        fonts::install(ctx);
        theme.apply(ctx, true);
    };
    picture(size, scale, theme.background, install, |ui| {
        settings.ui(ui, Duration::ZERO);
    })
}
