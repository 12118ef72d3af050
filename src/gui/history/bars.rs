//! Stretches by use, and parts of the body: a row with a bar for each.

use egui::{CornerRadius, Rect, Ui, pos2, vec2};

use super::{
    page::{View, card_title_ui},
    words,
};
use crate::{
    gui::{
        controls::{fitted, layout, spoken},
        fonts,
        theme::{Theme, size, space},
    },
    stretch_text,
    text::{text, text_with},
};

const HEAD: f32 = 48.0;
const ROW: f32 = 26.0;

/// A row.
pub struct Row {
    name: String,
    value: String,
    /// How long the bar is, 0 to 1.
    share: f32,
}

/// Stretches that were done, the most frequent first.
pub fn stretches(view: &View<'_>) -> Vec<Row> {
    let done = &view.review().stretches;
    let most = done.iter().map(|(_, done)| done.times).max().unwrap_or(0);
    (done.iter())
        .filter(|(_, done)| done.times > 0)
        .map(|(stretch, done)| Row {
            name: view.book.name(stretch).to_owned(),
            value: text_with("past-times", &[("times", done.times.into())]),
            share: share(f64::from(done.times), f64::from(most)),
        })
        .collect()
}

/// Parts of the body from the head down, those left out too.
pub fn areas(view: &View<'_>) -> Vec<Row> {
    let all = &view.review().areas;
    let most = all.iter().map(|(_, stretched)| *stretched).max();
    let most = most.unwrap_or_default().as_secs_f64();
    (all.iter())
        .map(|(area, stretched)| Row {
            name: stretch_text::areas(&[*area]),
            value: if stretched.is_zero() {
                text("past-neglected")
            } else {
                words::length(*stretched)
            },
            share: share(stretched.as_secs_f64(), most),
        })
        .collect()
}

fn share(value: f64, most: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a share of one")]
    let share = if most > 0.0 {
        (value / most) as f32
    } else {
        0.0
    };
    share
}

/// How high a card with these rows is.
pub fn height(rows: &[Row]) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "some rows")]
    let count = rows.len().max(1) as f32;
    HEAD + ROW * count + space::MEDIUM
}

/// The rows in their card.
pub fn bars_ui(ui: &mut Ui, theme: &Theme, title: &str, rows: &[Row], card: Rect) {
    card_title_ui(ui, theme, title, card, 0.0);
    let inner = card.shrink2(vec2(space::MEDIUM, 0.0));
    let mut top = card.top() + HEAD;
    if rows.is_empty() {
        let nothing = text("past-nothing-yet");
        let galley = layout(ui, &nothing, fonts::regular(size::FAINT), theme.faint);
        let at = pos2(inner.left(), top + 3.0);
        let area = Rect::from_min_size(at, galley.size());
        ui.painter().galley(at, galley, theme.faint);
        spoken(ui, area, &format!("past-bars-{title}"), &nothing);
    }
    for (n, row) in rows.iter().enumerate() {
        let line = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), ROW));
        row_ui(ui, theme, row, line);
        let said = text_with(
            "past-bar",
            &[
                ("name", row.name.as_str().into()),
                ("figures", row.value.as_str().into()),
            ],
        );
        spoken(ui, line, &format!("past-bars-{title}-{n}"), &said);
        top += ROW;
    }
}

fn row_ui(ui: &Ui, theme: &Theme, row: &Row, line: Rect) {
    if !ui.is_rect_visible(line) {
        return;
    }
    let color = if row.share > 0.0 {
        theme.text
    } else {
        theme.faint
    };
    let (name_area, rest) = line.split_left_right_at_fraction(0.42);
    let sizes = (size::MARK, size::FAINT);
    let room = name_area.width() - space::SMALL;
    let name = fitted(ui, &row.name, fonts::regular, sizes, room, color);
    let middle = line.center().y;
    let at = pos2(line.left(), middle - 0.5 * name.size().y);
    ui.painter().galley(at, name, color);
    let value = layout(ui, &row.value, fonts::regular(size::FAINT), theme.faint);
    let at = pos2(line.right() - value.size().x, middle - 0.5 * value.size().y);
    ui.painter().galley(at, value, theme.faint);
    let room = rest.width() - 88.0;
    if row.share > 0.0 && room > 0.0 {
        let width = (room * row.share).max(3.0);
        let bar = Rect::from_min_size(pos2(rest.left(), middle - 5.0), vec2(width, 10.0));
        ui.painter()
            .rect_filled(bar, CornerRadius::same(3), theme.outcomes.done);
    }
}
