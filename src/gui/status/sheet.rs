//! The window as a picture, drawn without a display: for looking at, and for the docs.

use egui::{ColorImage, Vec2};

use super::{News, Status};
use crate::gui::{fonts, picture::picture, theme::Theme};

/// The window after this news, at a size in points and `scale` pixels to the point.
#[must_use]
pub fn status(theme: Theme, news: Vec<News>, (size, scale): (Vec2, f32)) -> ColorImage {
    let mut status = Status::new(theme);
    for news in news {
        status.hear(news);
    }
    picture(
        size,
        scale,
        theme.background,
        |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        },
        |ui| status.ui(ui),
    )
}
