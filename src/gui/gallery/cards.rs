//! All cards, in as many columns as fit; only those in sight are drawn.

use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::{
    Asked, View, card,
    card::{Came, card_ui},
    figures::Figures,
    top,
};
use crate::{
    core::stretch::StretchId,
    gui::{
        controls::{Button, Weight, layout, paragraph, spoken, spoken_at_once},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::{text, text_with},
};

/// No card is narrower than this, in points.
const NARROWEST: f32 = 236.0;

/// Where the cards stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    pub columns: usize,
    width: f32,
}

impl Grid {
    /// As many columns as fit into a width.
    pub fn new(width: f32) -> Self {
        let gap = space::MEDIUM;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few columns"
        )]
        let columns = (((width + gap) / (NARROWEST + gap)).floor() as usize).max(1);
        Self {
            columns,
            width: (width + gap) / number(columns) - gap,
        }
    }

    /// Where a card stands, seen from the corner of the grid.
    pub fn place(&self, n: usize) -> Rect {
        let (column, row) = (n % self.columns, n / self.columns);
        let step = vec2(self.width + space::MEDIUM, card::HEIGHT + space::MEDIUM);
        let corner = pos2(step.x * number(column), step.y * number(row));
        Rect::from_min_size(corner, vec2(self.width, card::HEIGHT))
    }

    /// How high that many cards are.
    fn height(&self, count: usize) -> f32 {
        let rows = number(count.div_ceil(self.columns));
        (rows * (card::HEIGHT + space::MEDIUM) - space::MEDIUM).max(0.0)
    }
}

/// What came of all cards this frame.
#[derive(Default)]
pub struct Shown {
    pub asked: Option<Asked>,
    /// The stretch under the pointer, or with the focus.
    pub lively: Option<StretchId>,
    /// How many columns there are.
    pub columns: usize,
}

/// Shows presets, filters and cards in `area`, which scrolls.
pub fn cards_ui(ui: &mut Ui, view: &View<'_>, figures: &mut Figures, area: Rect) -> Shown {
    let mut shown = Shown::default();
    ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        ScrollArea::vertical()
            .id_salt("gallery-cards")
            .auto_shrink([false, false])
            .animated(!view.reduced_motion)
            .show(ui, |ui| {
                shown = content_ui(ui, view, figures);
            });
    });
    shown
}

fn content_ui(ui: &mut Ui, view: &View<'_>, figures: &mut Figures) -> Shown {
    let whole = ui.max_rect();
    let inner = Rect::from_min_max(
        whole.min + vec2(space::EDGE, space::TIGHT),
        whole.max - vec2(space::EDGE, 0.0),
    );
    let (asked, bottom) = top::chips_ui(ui, view, inner);
    let mut shown = Shown {
        asked,
        ..Shown::default()
    };
    let line = Rect::from_min_size(
        pos2(inner.left(), bottom + space::TIGHT),
        vec2(inner.width(), 32.0),
    );
    shown.asked = count_ui(ui, view, line).or(shown.asked);
    let corner = pos2(inner.left(), line.bottom() + space::SMALL);
    let grid = Grid::new(inner.width());
    shown.columns = grid.columns;
    let mut height = grid.height(view.shown.len());
    if view.shown.is_empty() {
        height = 220.0;
        let empty = Rect::from_min_size(corner, vec2(inner.width(), height));
        shown.asked = none_ui(ui, view, empty).or(shown.asked);
    }
    for (n, place) in view.shown.iter().enumerate() {
        let area = grid.place(n).translate(corner.to_vec2());
        let came = card_ui(ui, view, figures, *place, area);
        take(view, *place, came, &mut shown);
    }
    // Room for the quiet bar at the bottom, so that it covers no card for good.
    let end = corner.y + height + space::EDGE + if view.said.is_some() { 64.0 } else { 0.0 };
    ui.advance_cursor_after_rect(Rect::from_min_max(whole.min, pos2(whole.right(), end)));
    shown
}

fn take(view: &View<'_>, place: usize, came: Came, shown: &mut Shown) {
    let id = &view.item(place).stretch.id;
    // The pointer says what moves, if it is on a card; the focus otherwise.
    if came.lively && (shown.lively.is_none() || !came.focused) {
        shown.lively = Some(id.clone());
    }
    if came.asked.is_some() {
        shown.asked = came.asked;
    }
}

/// How many are shown, and a way to see all of them.
fn count_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Asked> {
    let narrowed = !view.filter.is_empty();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (shown, all) = (count(view.shown.len()), count(view.shelf.items.len()));
    let said = if narrowed {
        let values = [("shown", shown.into()), ("all", all.into())];
        text_with("gallery-shown", &values)
    } else {
        text_with("gallery-shown-all", &[("count", all.into())])
    };
    let galley = layout(ui, &said, fonts::medium(size::FAINT), view.theme.faint);
    let at = pos2(area.left(), area.center().y - 0.5 * galley.size().y);
    let words = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, view.theme.faint);
    spoken_at_once(ui, words, ("gallery-shown", view.number), &said);
    if !narrowed || view.shown.is_empty() {
        return None;
    }
    let label = text("gallery-show-all");
    let button = Button {
        weight: Weight::Quiet,
        icon: None,
        label: &label,
        shows_label: true,
    };
    let place = Rect::from_min_size(
        pos2(words.right() + space::TIGHT, area.top()),
        vec2(button.width(ui), area.height()),
    );
    let clicked = button
        .ui(ui, view.theme, place, "gallery-show-all")
        .clicked();
    clicked.then_some(Asked::ShowAll)
}

/// Nothing is like what is looked for.
fn none_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Asked> {
    let (said, help) = (text("gallery-none"), text("gallery-none-help"));
    let theme = view.theme;
    let fit = (area.width(), 80.0);
    let heading = paragraph(
        ui,
        &said,
        fonts::semibold,
        &[size::NAME, 18.0],
        fit,
        theme.text,
    );
    let middle = area.center().x;
    let mut y = area.top() + 36.0;
    let place = Rect::from_center_size(pos2(middle, y + 14.0), heading.size());
    ui.painter().galley(pos2(middle, y), heading, theme.text);
    spoken(ui, place, "gallery-none", &said);
    y += 36.0;
    let below = paragraph(ui, &help, fonts::regular, &[size::BODY], fit, theme.faint);
    let place = Rect::from_center_size(pos2(middle, y + 10.0), below.size());
    ui.painter().galley(pos2(middle, y), below, theme.faint);
    spoken(ui, place, "gallery-none-help", &help);
    y += 40.0;
    let label = text("gallery-show-all");
    let button = Button {
        weight: Weight::Filled,
        icon: Some(icon::UNDO),
        label: &label,
        shows_label: true,
    };
    let width = button.width(ui);
    let place = Rect::from_min_size(pos2(middle - 0.5 * width, y), vec2(width, space::BUTTON));
    let clicked = button.ui(ui, theme, place, "gallery-show-all").clicked();
    clicked.then_some(Asked::ShowAll)
}

#[expect(clippy::cast_precision_loss, reason = "some hundred cards")]
fn number(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_adapt_and_cards_fill_the_width() {
        for (width, columns) in [(200.0, 1), (512.0, 2), (756.0, 3), (1872.0, 7)] {
            let grid = Grid::new(width);
            assert_eq!(grid.columns, columns, "at {width}");
            let last = grid.place(columns - 1);
            assert!((last.right() - width).abs() < 0.01, "at {width}");
            assert!(grid.place(columns).top() > last.bottom());
        }
    }
}
