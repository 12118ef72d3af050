//! The gallery as a picture, drawn without a display: for looking at, and for the docs.

use std::time::Duration;

use egui::{ColorImage, Vec2};

use super::{Gallery, News};
use crate::{
    core::stretch::StretchId,
    gui::{fonts, picture::picture, theme::Theme},
};

/// The cards, or the page of one stretch, at a size in points and `scale` pixels to the point.
#[must_use]
pub fn gallery(
    theme: Theme,
    reduced_motion: bool,
    news: Vec<News>,
    open: Option<StretchId>,
    (size, scale): (Vec2, f32),
) -> ColorImage {
    let mut gallery = Gallery::new(theme, reduced_motion);
    for news in news {
        gallery.hear(news);
    }
    if let Some(stretch) = open {
        gallery.show(stretch, Duration::ZERO);
    }
    picture(
        size,
        scale,
        theme.background,
        |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        },
        |ui| gallery.ui(ui, Duration::ZERO),
    )
}
