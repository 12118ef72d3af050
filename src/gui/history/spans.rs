//! Which days are looked at, and the way to those before and after.

use egui::{Rect, Ui, Vec2, pos2, vec2};

use super::{Ask, Asked, Reach, page::View, words};
use crate::{
    gui::{
        controls::{Button, Weight, fitted, name_key, spoken_at_once},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::text,
};

/// The height of the line, in points.
pub const HEIGHT: f32 = 36.0;

/// Back, the days in words, forth; and back to today where that is elsewhere.
pub fn spans_ui(ui: &mut Ui, view: &View<'_>, line: Rect) -> Option<Asked> {
    let book = view.book;
    let span = view.review().span;
    let (earlier, later) = (book.earlier(view.reach), book.later(view.reach));
    let ways = [
        ("past-earlier", icon::BEFORE, "Alt+Left", earlier),
        ("past-later", icon::AFTER, "Alt+Right", later),
    ];
    let mut asked = None;
    // The arrows stand in line with what is below; where buttons have an edge, the edges do.
    let inset = if view.theme.high_contrast { 0.0 } else { 10.0 };
    let mut left = line.left() - inset;
    for (id, icon, key, day) in ways {
        let label = text(id);
        let button = Button {
            weight: Weight::Quiet,
            icon: Some(icon),
            label: &label,
            shows_label: false,
        };
        let place = Rect::from_min_size(pos2(left, line.top()), Vec2::splat(HEIGHT));
        left = place.right() + space::TIGHT;
        let response = ui
            .add_enabled_ui(day.is_some(), |ui| button.ui(ui, view.theme, place, id))
            .inner;
        name_key(&response, key);
        if let (true, Some(day)) = (response.clicked(), day) {
            asked = Some(Asked::Of(Ask::LookUpTo(day)));
        }
    }
    let today = text("past-to-today");
    let today = Button {
        weight: Weight::Quiet,
        icon: None,
        label: &today,
        shows_label: true,
    };
    let room = if book.is_up_to_today() {
        0.0
    } else {
        today.width(ui) + space::SMALL
    };
    let width = line.right() - left - space::SMALL - room;
    let said = words::span(span);
    let sizes = (size::MARK, size::CARD_NAME);
    let galley = fitted(ui, &said, fonts::medium, sizes, width, view.theme.text);
    let at = pos2(left + space::SMALL, line.center().y - 0.5 * galley.size().y);
    let place = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, view.theme.text);
    let number = span.first.to_epoch_days().unsigned_abs();
    spoken_at_once(ui, place, ("past-span", u64::from(number)), &said);
    if !book.is_up_to_today() {
        let place = Rect::from_min_size(
            pos2(place.right() + space::SMALL, line.top()),
            vec2(today.width(ui), HEIGHT),
        );
        if today.ui(ui, view.theme, place, "past-to-today").clicked() {
            asked = Some(Asked::Of(Ask::LookUpTo(book.today)));
        }
    }
    asked
}

/// What a span is called among the others: "This week" is only the one with today in it.
pub fn reach_text(view: &View<'_>, reach: Reach) -> String {
    text(match reach {
        Reach::Week if view.book.is_up_to_today() => "past-reach-week",
        Reach::Week => "past-reach-a-week",
        Reach::Weeks => "past-reach-weeks",
        Reach::Year => "past-reach-year",
    })
}
