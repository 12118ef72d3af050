//! What was done, in a quiet bar at the bottom of a window, with a way to undo it; and what is
//! wrong, at its top.

use std::sync::Arc;

use egui::{CornerRadius, Galley, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{
    controls::{Button, Weight, fitted, layout, paint_icon, spoken, spoken_at_once},
    fonts::{self, icon},
    theme::{Theme, size, space},
};
use crate::text::text;

/// A sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub words: String,
    /// It was a change that can be undone.
    pub undo: bool,
}

/// What was pressed on the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnBar {
    /// The change was none.
    Undo,
    /// Take the sentence away.
    Dismiss,
}

/// The bar at the bottom of `area`. `number` is another one for each new sentence.
pub fn said_ui(
    ui: &mut Ui,
    theme: &Theme,
    (said, number): (&Said, u64),
    area: Rect,
) -> Option<OnBar> {
    let undo = text("said-undo");
    let undo = said.undo.then(|| Button {
        weight: Weight::Outlined,
        icon: Some(icon::UNDO),
        label: &undo,
        shows_label: true,
    });
    let buttons = undo.map_or(0.0, |undo| undo.width(ui) + space::SMALL) + space::BUTTON;
    let bar = place(ui, said, area, buttons);
    paint(ui, theme, said, bar, buttons);
    spoken_at_once(ui, bar, ("said", number), &said.words);

    let mut right = bar.right() - space::SMALL;
    let middle = bar.center().y;
    let mut next = |width: f32| {
        right -= width;
        let corner = pos2(right, middle - 0.5 * space::BUTTON);
        right -= space::SMALL;
        Rect::from_min_size(corner, vec2(width, space::BUTTON))
    };
    let dismiss = text("said-dismiss");
    let dismiss = Button {
        weight: Weight::Quiet,
        icon: Some(icon::CLOSE),
        label: &dismiss,
        shows_label: false,
    };
    let dismiss_place = next(space::BUTTON);
    let undo_place = undo.map(|undo| (undo, next(undo.width(ui))));
    let mut asked = None;
    if let Some((undo, place)) = undo_place
        && undo.ui(ui, theme, place, "notice-undo").clicked()
    {
        asked = Some(OnBar::Undo);
    }
    if (dismiss.ui(ui, theme, dismiss_place, "notice-dismiss")).clicked() {
        asked = Some(OnBar::Dismiss);
    }
    asked
}

/// As wide as its words, in the middle at the bottom; higher where they need several lines.
fn place(ui: &Ui, said: &Said, area: Rect, buttons: f32) -> Rect {
    let words = layout(ui, &said.words, font(), egui::Color32::PLACEHOLDER);
    let wanted = words.size().x + around(buttons);
    let width = wanted.min(area.width() - 2.0 * space::MEDIUM);
    let words = words_in(
        ui,
        said,
        width - around(buttons),
        egui::Color32::PLACEHOLDER,
    );
    let height = (words.size().y + 2.0 * 12.0).max(56.0);
    let bottom = area.bottom() - space::MEDIUM;
    let corner = pos2(area.center().x - 0.5 * width, bottom - height);
    Rect::from_min_size(corner, vec2(width, height))
}

/// What is not for words.
fn around(buttons: f32) -> f32 {
    buttons + 2.0 * space::MEDIUM + space::SMALL
}

/// In one line where that can be read, else in a few.
fn words_in(ui: &Ui, said: &Said, room: f32, color: egui::Color32) -> Arc<Galley> {
    let whole = layout(ui, &said.words, fonts::medium(size::FAINT), color);
    if whole.size().x <= room {
        let sizes = (size::FAINT, size::BODY);
        return fitted(ui, &said.words, fonts::medium, sizes, room, color);
    }
    let font = fonts::medium(size::FAINT);
    let mut job = egui::text::LayoutJob::simple(said.words.clone(), font, color, room);
    job.wrap.max_rows = 5;
    ui.painter().layout_job(job)
}

fn paint(ui: &Ui, theme: &Theme, said: &Said, bar: Rect, buttons: f32) {
    let corner = CornerRadius::same(space::CORNER + 4);
    ui.painter()
        .add(ui.visuals().popup_shadow.as_shape(bar, corner));
    let stroke = Stroke::new(1.0, theme.outline);
    ui.painter()
        .rect(bar, corner, theme.surface, stroke, StrokeKind::Inside);
    let words = words_in(ui, said, bar.width() - around(buttons), theme.text);
    let at = pos2(
        bar.left() + space::MEDIUM,
        bar.center().y - 0.5 * words.size().y,
    );
    ui.painter().galley(at, words, theme.text);
}

fn font() -> egui::FontId {
    fonts::medium(size::BODY)
}

/// What is wrong, in these sentences, from the top of `area` downwards; returns where it ends.
pub fn mistakes_ui(ui: &mut Ui, theme: &Theme, mistakes: &[String], area: Rect) -> f32 {
    if mistakes.is_empty() {
        return area.top();
    }
    let said = mistakes.join("\n");
    let room = area.width() - 2.0 * space::MEDIUM - 28.0;
    let words = (ui.painter()).layout(said.clone(), fonts::regular(size::FAINT), theme.text, room);
    let bar = Rect::from_min_size(area.min, vec2(area.width(), words.size().y + 2.0 * 12.0));
    let corner = CornerRadius::same(space::CORNER);
    let stroke = Stroke::new(1.5, theme.accent);
    ui.painter()
        .rect(bar, corner, theme.surface, stroke, StrokeKind::Inside);
    let sign = pos2(bar.left() + space::MEDIUM + 8.0, bar.top() + 20.0);
    paint_icon(ui, sign, icon::WARNING, 18.0, theme.accent);
    let at = pos2(bar.left() + space::MEDIUM + 28.0, bar.top() + 12.0);
    ui.painter().galley(at, words, theme.text);
    spoken(ui, bar, "mistakes", &said);
    bar.bottom() + space::MEDIUM
}
