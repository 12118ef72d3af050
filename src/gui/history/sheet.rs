//! The history as pictures, drawn without a display: the window for looking at and for the docs,
//! and a month for printing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use egui::{ColorImage, Vec2, vec2};

use super::{
    Book, History, News, Reach,
    page::{self, View},
    strip::Strip,
};
use crate::{
    core::stats::review::Review,
    gui::{fonts, picture::picture, theme::Theme},
};

/// A page of A4 paper in portrait, at 96 points to the inch.
const PAPER: Vec2 = vec2(794.0, 1123.0);
/// Pixels to the point on paper: 192 to the inch.
const FINE: f32 = 2.0;

/// The window, at a size in points and `scale` pixels to the point.
#[must_use]
pub fn window(
    theme: Theme,
    book: Book,
    (reach, day, strip): (Reach, Option<NaiveDate>, Option<Strip>),
    (size, scale): (Vec2, f32),
) -> ColorImage {
    let mut history = History::new(theme, true);
    history.hear(News::Book(Arc::new(book)));
    history.look(reach, day);
    if let Some(span) = strip.as_ref().and_then(Strip::span) {
        history.hear(News::Count(span, 3));
    }
    history.open_strip(strip);
    let install = |ctx: &egui::Context| {
        fonts::install(ctx);
        theme.apply(ctx, true);
    };
    picture(size, scale, theme.background, install, |ui| history.ui(ui))
}

/// A month to print. `month` is what was in it.
#[must_use]
pub fn month(book: &Book, month: &Review) -> ColorImage {
    let theme = Theme::new(false, false, None);
    // What stands in the rows is that of the month, whatever the window looks at.
    let of_month = Book {
        week: month.clone(),
        ..book.clone()
    };
    let view = View {
        theme: &theme,
        reduced_motion: true,
        book: &of_month,
        reach: Reach::Week,
        day: None,
        marked: &BTreeMap::new(),
        tables: &BTreeSet::new(),
        charts: &[],
        menu: false,
        menu_is_new: false,
        strip: None,
        sure: None,
        said: None,
        number: 0,
    };
    let install = |ctx: &egui::Context| {
        fonts::install(ctx);
        theme.apply(ctx, true);
    };
    picture(PAPER, FINE, theme.surface, install, |ui| {
        page::month_ui(ui, &view, month, ui.max_rect());
    })
}
