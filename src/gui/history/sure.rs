//! The question before a deletion: the only thing that has to be answered.

use egui::{Align2, CornerRadius, Id, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::words;
use crate::{
    core::stats::span::Span,
    gui::{
        controls::{Button, Weight, fitted, row, spoken_at_once},
        fonts,
        theme::{Theme, size, space},
    },
    text::{text, text_with},
};

/// The answer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Delete them.
    Delete,
    /// Let them be.
    Keep,
}

/// Asks whether to delete: the one question that nothing goes past.
pub fn sure_ui(ui: &mut Ui, theme: &Theme, span: Option<Span>, area: Rect) -> Option<Answer> {
    // Behind the question nothing can be pressed.
    let shade = Id::unique("past-sure-shade");
    let behind = ui.interact(area, shade, Sense::CLICK);
    ui.painter()
        .rect_filled(area, 0.0, theme.background.gamma_multiply(0.8));
    let room = vec2((area.width() - 2.0 * space::EDGE).min(420.0), 168.0);
    let card = Rect::from_center_size(area.center(), room);
    let corner = CornerRadius::same(space::CORNER + 4);
    ui.painter()
        .add(ui.visuals().popup_shadow.as_shape(card, corner));
    let stroke = Stroke::new(1.0, theme.outline);
    ui.painter()
        .rect(card, corner, theme.surface, stroke, StrokeKind::Inside);
    let question = question(span);
    let at = pos2(card.center().x, card.top() + 40.0);
    let room = card.width() - 2.0 * space::MEDIUM;
    let sizes = (size::FAINT, size::CARD_NAME);
    let galley = fitted(ui, &question, fonts::semibold, sizes, room, theme.text);
    let drawn = Rect::from_center_size(at, galley.size());
    ui.painter().galley(drawn.min, galley, theme.text);
    let hint = text("past-sure-hint");
    let at = pos2(card.center().x, card.top() + 72.0);
    let font = fonts::regular(size::FAINT);
    ui.painter()
        .text(at, Align2::CENTER_CENTER, &hint, font, theme.faint);
    spoken_at_once(ui, drawn, ("past-sure", 0), &format!("{question} {hint}"));
    let (yes, no) = (text("past-sure-yes"), text("past-sure-no"));
    let button = |weight, label| Button {
        weight,
        icon: None,
        label,
        shows_label: true,
    };
    let (keep, delete) = (button(Weight::Filled, &no), button(Weight::Outlined, &yes));
    let line = Rect::from_min_size(
        pos2(card.left(), card.bottom() - space::BUTTON - space::EDGE),
        vec2(card.width(), space::BUTTON),
    );
    let places = row(line, &[keep.width(ui), delete.width(ui)], space::MEDIUM);
    let kept = keep.ui(ui, theme, places[0], "past-sure-no");
    if !ui.memory(|memory| memory.focused().is_some_and(|id| id != shade)) {
        kept.request_focus();
    }
    if delete.ui(ui, theme, places[1], "past-sure-yes").clicked() {
        return Some(Answer::Delete);
    }
    (kept.clicked() || behind.clicked()).then_some(Answer::Keep)
}

/// What is asked, as short as it can be said.
fn question(span: Option<Span>) -> String {
    match span {
        None => text("past-sure-all"),
        Some(span) if span.len() == 1 => {
            text_with("past-sure-day", &[("day", words::day(span.first).into())])
        }
        Some(days) => text_with("past-sure-days", &[("days", words::span(days).into())]),
    }
}
