//! Cards, and rows in them: a name, a line that says what it does, and a control beside them.

use std::sync::Arc;

use egui::{
    Align, Color32, CornerRadius, Galley, Layout, Margin, Pos2, Rect, Stroke, Ui, UiBuilder, Vec2,
    pos2, vec2,
};

use super::View;
use crate::{
    gui::{
        controls::{Button, Weight, fitted, paint_icon, spoken, spoken_at_once},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::text_with,
};

/// In rows narrower than this, in points, the control stands below the words.
pub const NARROW: f32 = 470.0;
/// … unless it is no wider than this.
const SLIM: f32 = 80.0;
/// Around the words of a row.
const PADDING: f32 = 14.0;
/// Above and below the words of a row.
const ABOVE: f32 = 11.0;
/// Between the name and what is said about it.
const LINE_GAP: f32 = 2.0;
/// A button of an icon alone beside a control.
const SMALL_BUTTON: f32 = 32.0;

/// A group of rows on a card, with a title above it. `about` may be empty.
pub fn section_ui<R>(
    ui: &mut Ui,
    view: &View<'_>,
    (title, about): (&str, &str),
    content: impl FnOnce(&mut Ui) -> R,
) -> R {
    heading_ui(ui, view, title, about);
    card_ui(ui, view, content)
}

/// The title of a group, and a line about it, which may be empty.
pub fn heading_ui(ui: &mut Ui, view: &View<'_>, title: &str, about: &str) {
    ui.add_space(space::MEDIUM);
    words_ui(ui, title, fonts::semibold(size::CARD_NAME), view.theme.text);
    if !about.is_empty() {
        words_ui(ui, about, fonts::regular(size::FAINT), view.theme.faint);
    }
    ui.add_space(space::TIGHT);
}

/// Text over as many lines as it needs.
pub fn words_ui(ui: &mut Ui, words: &str, font: egui::FontId, color: Color32) {
    let width = ui.available_width();
    let galley = ui.painter().layout(words.to_owned(), font, color, width);
    let (place, _) = ui.allocate_exact_size(galley.size(), egui::Sense::empty());
    ui.painter().galley(place.min, galley, color);
    let id = format!("{:?}", ui.next_auto_id());
    spoken(ui, place, &id, words);
}

/// What is meant just now, or else how to find out; as high either way, so that nothing below
/// moves.
pub fn told_ui(ui: &mut Ui, view: &View<'_>, told: Option<&str>, hint: &str) {
    let width = ui.available_width();
    let (font, color) = match told {
        Some(_) => (fonts::medium(size::FAINT), view.theme.text),
        None => (fonts::regular(size::FAINT), view.theme.faint),
    };
    let lay = |words: &str, font, color| ui.painter().layout(words.to_owned(), font, color, width);
    let room = lay(hint, fonts::regular(size::FAINT), view.theme.faint)
        .size()
        .y;
    let words = told.unwrap_or(hint);
    let galley = lay(words, font, color);
    let wanted = vec2(width, galley.size().y.max(room));
    let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
    ui.painter().galley(place.min, galley, color);
    let id = format!("{:?}", ui.next_auto_id());
    spoken(ui, place, &id, words);
}

/// A card; what stands in it goes from edge to edge.
pub fn card_ui<R>(ui: &mut Ui, view: &View<'_>, content: impl FnOnce(&mut Ui) -> R) -> R {
    let theme = view.theme;
    let edge = if theme.high_contrast {
        theme.outline
    } else {
        theme.track
    };
    egui::Frame::new()
        .fill(theme.surface)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(CornerRadius::same(space::CORNER))
        .inner_margin(Margin::ZERO)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            ui.set_width(ui.available_width());
            content(ui)
        })
        .inner
}

/// A thin line between two rows.
pub fn line_ui(ui: &mut Ui, view: &View<'_>) {
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), egui::Sense::empty());
    let from = place.shrink2(vec2(PADDING, 0.0));
    ui.painter().hline(
        from.x_range(),
        from.center().y,
        Stroke::new(1.0, view.theme.track),
    );
}

/// What stands in a row beside its control.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    /// The name of the setting.
    pub name: &'a str,
    /// What it does.
    pub about: &'a str,
    /// The unit and the range, or nothing.
    pub range: &'a str,
    /// What is wrong with what was typed, or nothing.
    pub wrong: &'a str,
    /// The key of the setting; the row needs one of its own.
    pub key: &'a str,
    /// The default, in words, where the setting has another value: a button leads back to it.
    pub default: Option<&'a str>,
}

/// A row with a control of this size; returns whether the default was asked for, and what the
/// control gave.
pub fn row_ui<R>(
    ui: &mut Ui,
    view: &View<'_>,
    row: &Row<'_>,
    control: Vec2,
    show: impl FnOnce(&mut Ui, Rect) -> R,
) -> (bool, R) {
    let whole = ui.available_width();
    let narrow = whole < NARROW && control.x > SLIM;
    let back = SMALL_BUTTON + space::TIGHT;
    let width = control.x.min(whole - 2.0 * PADDING - back);
    let room = match narrow {
        true => whole - 2.0 * PADDING,
        false => whole - 2.0 * PADDING - width - back - space::SMALL,
    };
    let words = Words::new(ui, view, row, room);
    let height = match narrow {
        true => words.height + space::SMALL + control.y,
        false => words.height.max(control.y),
    };
    let wanted = vec2(whole, height + 2.0 * ABOVE);
    let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
    let inner = place.shrink2(vec2(PADDING, ABOVE));
    let (top, control_place, back_at) = if narrow {
        let at = pos2(inner.left(), inner.bottom() - control.y);
        let control = Rect::from_min_size(at, vec2(width, control.y));
        let back_at = control.right() + space::TIGHT + 0.5 * SMALL_BUTTON;
        (inner.top(), control, back_at)
    } else {
        let at = pos2(inner.right() - width, inner.center().y - 0.5 * control.y);
        let control = Rect::from_min_size(at, vec2(width, control.y));
        let back_at = control.left() - space::TIGHT - 0.5 * SMALL_BUTTON;
        (inner.center().y - 0.5 * words.height, control, back_at)
    };
    words.show(ui, view, row, pos2(inner.left(), top), room);
    // What is put into a place of its own must not move the cursor, which stands below the row.
    let child = UiBuilder::new().id_salt(row.key).max_rect(control_place);
    let given = show(&mut ui.new_child(child), control_place);
    let reset = row.default.is_some_and(|default| {
        let values = [
            ("name", row.name.to_owned().into()),
            ("default", default.to_owned().into()),
        ];
        let middle = pos2(back_at, control_place.center().y);
        let place = Rect::from_center_size(middle, Vec2::splat(SMALL_BUTTON));
        let (label, id) = (
            text_with("set-reset", &values),
            format!("{}-reset", row.key),
        );
        icon_ui(ui, view, place, icon::AGAIN, &label, &id)
    });
    (reset, given)
}

/// The words of a row, laid out.
struct Words {
    lines: Vec<(Arc<Galley>, Color32)>,
    about: String,
    height: f32,
}

impl Words {
    fn new(ui: &Ui, view: &View<'_>, row: &Row<'_>, room: f32) -> Self {
        let theme = view.theme;
        let about = match (row.about, row.range) {
            (about, "") => about.to_owned(),
            ("", range) => range.to_owned(),
            (about, range) => format!("{about} {range}"),
        };
        let mut lines = Vec::new();
        for (words, font, color) in [
            (row.name, fonts::medium(size::BODY), theme.text),
            (&about, fonts::regular(size::FAINT), theme.faint),
            (row.wrong, fonts::medium(size::FAINT), theme.text),
        ] {
            if !words.is_empty() {
                let galley = ui.painter().layout(words.to_owned(), font, color, room);
                lines.push((galley, color));
            }
        }
        let height = lines
            .iter()
            .map(|(galley, _)| galley.size().y + LINE_GAP)
            .sum::<f32>()
            - LINE_GAP;
        Self {
            lines,
            about,
            height,
        }
    }

    fn show(self, ui: &mut Ui, view: &View<'_>, row: &Row<'_>, at: Pos2, room: f32) {
        let place = Rect::from_min_size(at, vec2(room, self.height));
        let mut y = at.y;
        let last = self.lines.len().saturating_sub(1);
        for (n, (galley, color)) in self.lines.into_iter().enumerate() {
            let line = pos2(at.x, y);
            y += galley.size().y + LINE_GAP;
            if n == last && !row.wrong.is_empty() {
                let corner = line - vec2(8.0, 0.0);
                let bar = Rect::from_min_size(corner, vec2(3.0, galley.size().y));
                ui.painter().rect_filled(bar, 1.5, view.theme.accent);
            }
            ui.painter().galley(line, galley, color);
        }
        if !self.about.is_empty() {
            spoken(ui, place, &format!("{}-about", row.key), &self.about);
        }
        if !row.wrong.is_empty() {
            let id = format!("{}-wrong", row.key);
            spoken_at_once(ui, place, (&id, 0), row.wrong);
        }
    }
}

/// A button of an icon alone, smaller than most; returns whether it was pressed.
pub fn icon_ui(
    ui: &mut Ui,
    view: &View<'_>,
    place: Rect,
    icon: char,
    label: &str,
    id: &str,
) -> bool {
    let button = Button {
        weight: Weight::Quiet,
        icon: Some(icon),
        label,
        shows_label: false,
    };
    let response = button.ui(ui, view.theme, place, id);
    response.on_hover_text(label).clicked()
}

/// A button with words at the cursor; returns whether it was pressed.
pub fn button_ui(
    ui: &mut Ui,
    view: &View<'_>,
    weight: Weight,
    icon: Option<char>,
    label: &str,
    id: &str,
) -> bool {
    let button = Button {
        weight,
        icon,
        label,
        shows_label: true,
    };
    let wanted = vec2(button.width(ui), space::BUTTON);
    let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
    button.ui(ui, view.theme, place, id).clicked()
}

/// Something inside a card, with room around it.
pub fn inside_ui<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let width = ui.available_width();
    let frame = egui::Frame::new().inner_margin(Margin::symmetric(14, 12));
    frame
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::SMALL, space::SMALL);
            ui.set_width(width - 2.0 * PADDING);
            ui.with_layout(Layout::top_down(Align::Min), content).inner
        })
        .inner
}

/// A quiet line with an icon before it, in a card or outside of one.
pub fn note_ui(ui: &mut Ui, view: &View<'_>, icon: char, words: &str, id: &str) {
    let width = ui.available_width();
    let theme = view.theme;
    let galley = ui.painter().layout(
        words.to_owned(),
        fonts::regular(size::FAINT),
        theme.text,
        width - 26.0,
    );
    let height = galley.size().y.max(18.0);
    let (place, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::empty());
    paint_icon(
        ui,
        pos2(place.left() + 9.0, place.top() + 9.0),
        icon,
        16.0,
        theme.accent,
    );
    let at = pos2(place.left() + 26.0, place.top());
    ui.painter().galley(at, galley, theme.text);
    spoken(ui, place, id, words);
}

/// Lays things out in a place that was worked out beforehand.
pub fn in_place<R>(ui: &mut Ui, place: Rect, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().max_rect(place), content)
        .inner
}

/// The title of the window or a page.
pub fn title_ui(ui: &mut Ui, view: &View<'_>, title: &str) {
    let width = ui.available_width();
    let (place, _) = ui.allocate_exact_size(vec2(width, 34.0), egui::Sense::empty());
    let sizes = (size::CARD_NAME, size::TITLE);
    let galley = fitted(ui, title, fonts::semibold, sizes, width, view.theme.text);
    ui.painter().galley(place.min, galley, view.theme.text);
    let response = ui.interact(place, egui::Id::unique("set-title"), egui::Sense::empty());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, title));
}
