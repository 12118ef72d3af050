//! Buttons and labels, painted in our own way.
//!
//! Each control is placed in a rectangle that the window worked out, has a name that a screen
//! reader can say, is reached by Tab, and shows when it has the focus.

use std::sync::Arc;

use egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Id, Pos2, Rect, Response, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, accesskit, pos2, vec2,
};

use super::{
    fonts,
    theme::{Theme, mix, size, space},
};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do here.
    Filled,
    /// One of the answers.
    Outlined,
    /// There, when it is needed.
    Quiet,
}

/// What a button shows and is called.
#[derive(Clone, Copy, Debug)]
pub struct Button<'a> {
    /// How much it asks to be pressed.
    pub weight: Weight,
    /// Its icon.
    pub icon: Option<char>,
    /// Its text; for a button of an icon alone, its name.
    pub label: &'a str,
    /// Whether the text is shown, not only said.
    pub shows_label: bool,
}

const ICON: f32 = 18.0;
const PADDING: f32 = 16.0;

impl Button<'_> {
    /// How wide it wants to be, in points.
    #[must_use]
    pub fn width(&self, ui: &Ui) -> f32 {
        if !self.shows_label {
            return space::BUTTON;
        }
        let icon = self.icon.map_or(0.0, |_| ICON + space::SMALL);
        let text = layout(
            ui,
            self.label,
            fonts::medium(size::BODY),
            Color32::PLACEHOLDER,
        );
        icon + text.size().x + 2.0 * PADDING
    }

    /// Shows it in `area`. `id` must be its own within the window.
    pub fn ui(&self, ui: &mut Ui, theme: &Theme, area: Rect, id: &str) -> Response {
        let response = ui.interact(area, Id::unique(id), Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Button, enabled, self.label));
        let text = self.paint_ground(ui, theme, area, &response);
        self.paint_content(ui, area, text);
        focus_ring(ui, theme, area, &response);
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }

    fn paint_ground(&self, ui: &Ui, theme: &Theme, area: Rect, response: &Response) -> Color32 {
        let pressed = response.is_pointer_button_down_on();
        let over = response.hovered();
        let corner = CornerRadius::same(space::CORNER);
        let strength = match (pressed, over) {
            (true, _) => 0.16,
            (false, true) => 0.08,
            (false, false) => 0.0,
        };
        match self.weight {
            Weight::Filled => {
                let fill = mix(theme.accent, theme.on_accent, strength);
                ui.painter().rect_filled(area, corner, fill);
                theme.on_accent
            }
            Weight::Outlined => {
                let fill = if over || pressed {
                    theme.hover
                } else {
                    theme.background
                };
                let stroke = Stroke::new(1.0, theme.outline);
                ui.painter()
                    .rect(area, corner, fill, stroke, StrokeKind::Inside);
                theme.text
            }
            Weight::Quiet => {
                if over || pressed {
                    ui.painter().rect_filled(area, corner, theme.hover);
                }
                if theme.high_contrast {
                    let stroke = Stroke::new(1.0, theme.outline);
                    ui.painter()
                        .rect_stroke(area, corner, stroke, StrokeKind::Inside);
                }
                if over { theme.text } else { theme.faint }
            }
        }
    }

    fn paint_content(&self, ui: &Ui, area: Rect, color: Color32) {
        let painter = ui.painter();
        if !self.shows_label {
            if let Some(icon) = self.icon {
                paint_icon(ui, area.center(), icon, 20.0, color);
            }
            return;
        }
        let text = layout(ui, self.label, fonts::medium(size::BODY), color);
        let icon_room = self.icon.map_or(0.0, |_| ICON + space::SMALL);
        let mut x = area.center().x - 0.5 * (text.size().x + icon_room);
        if let Some(icon) = self.icon {
            paint_icon(ui, pos2(x + 0.5 * ICON, area.center().y), icon, ICON, color);
            x += icon_room;
        }
        let y = area.center().y - 0.5 * text.size().y;
        painter.with_clip_rect(area).galley(pos2(x, y), text, color);
    }
}

/// Tells screen readers which key does the same.
pub fn name_key(response: &Response, key: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(key));
}

/// A row of a menu: icon, text, and the key that does the same.
pub fn menu_row_ui(
    ui: &mut Ui,
    theme: &Theme,
    icon: char,
    label: &str,
    key: &str,
    enabled: bool,
) -> Response {
    let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::MenuItem, enabled, label));
    name_key(&response, key);
    if enabled && (response.hovered() || response.is_pointer_button_down_on()) {
        ui.painter()
            .rect_filled(area, CornerRadius::same(6), theme.hover);
    }
    let color = if enabled {
        theme.text
    } else {
        mix(theme.faint, theme.surface, 0.5)
    };
    let left = area.left() + 12.0;
    paint_icon(ui, pos2(left + 9.0, area.center().y), icon, ICON, color);
    ui.painter().text(
        pos2(left + 30.0, area.center().y),
        Align2::LEFT_CENTER,
        label,
        fonts::regular(size::BODY),
        color,
    );
    ui.painter().text(
        area.right_center() - vec2(12.0, 0.0),
        Align2::RIGHT_CENTER,
        key,
        fonts::regular(size::FAINT),
        theme.faint,
    );
    focus_ring(ui, theme, area, &response);
    response
}

/// An icon with its middle at a place.
pub fn paint_icon(ui: &Ui, center: Pos2, icon: char, height: f32, color: Color32) {
    let glyph = layout(ui, &icon.to_string(), fonts::icons(height), color);
    // Centred by its box: the icons of the family are drawn on one grid.
    let at = center - 0.5 * glyph.size();
    ui.painter().galley(at, glyph, color);
}

/// A ring around the control that has the focus.
pub fn focus_ring(ui: &Ui, theme: &Theme, area: Rect, response: &Response) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            area.expand(3.0),
            CornerRadius::same(space::CORNER + 3),
            Stroke::new(2.0, theme.accent),
            StrokeKind::Middle,
        );
    }
}

/// One line of text, laid out; cached by egui from frame to frame.
#[must_use]
pub fn layout(ui: &Ui, text: &str, font: FontId, color: Color32) -> Arc<Galley> {
    ui.painter().layout_no_wrap(text.to_owned(), font, color)
}

/// One line of text, in the largest of its sizes from `largest` to `smallest` that fits into
/// `width`, in whole points; cut with an ellipsis where even the smallest does not.
#[must_use]
pub fn fitted(
    ui: &Ui,
    text: &str,
    font: impl Fn(f32) -> FontId,
    (smallest, largest): (f32, f32),
    width: f32,
    color: Color32,
) -> Arc<Galley> {
    let full = layout(ui, text, font(largest), color);
    if full.size().x <= width {
        return full;
    }
    // Text grows evenly with its size, but for rounding: one step down is enough.
    let guess = (largest * width / full.size().x).floor();
    for points in [guess, guess - 1.0] {
        if points >= smallest {
            let smaller = layout(ui, text, font(points), color);
            if smaller.size().x <= width {
                return smaller;
            }
        }
    }
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font(smallest), color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}

/// Text in the middle over several lines, in the first of these sizes in which it fits into a
/// width and a height; the lines are about equally long. Where none fits, the last one, cut.
#[must_use]
pub fn paragraph(
    ui: &Ui,
    text: &str,
    font: impl Fn(f32) -> FontId,
    sizes: &[f32],
    (width, height): (f32, f32),
    color: Color32,
) -> Arc<Galley> {
    let lay = |points: f32, width: f32, rows: usize| {
        let mut job = egui::text::LayoutJob::simple(text.to_owned(), font(points), color, width);
        job.halign = egui::Align::Center;
        job.wrap.max_rows = rows;
        ui.painter().layout_job(job)
    };
    let smallest = sizes.last().copied().unwrap_or(size::BODY);
    let fitting = sizes
        .iter()
        .map(|points| (*points, lay(*points, width, usize::MAX)))
        .find(|(_, galley)| galley.size().y <= height);
    let Some((points, galley)) = fitting else {
        let row = lay(smallest, width, 1).size().y.max(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few rows"
        )]
        let rows = (height / row).floor().max(1.0) as usize;
        return lay(smallest, width, rows);
    };
    // Narrower by steps for as long as no line is added: no word is left alone on the last line.
    let rows = galley.rows.len();
    let mut balanced = galley;
    for step in 1..8_u8 {
        let narrower = lay(points, width * (1.0 - 0.06 * f32::from(step)), usize::MAX);
        if narrower.rows.len() > rows || rows == 1 {
            break;
        }
        balanced = narrower;
    }
    balanced
}

/// Text that is painted elsewhere, for screen readers and tests.
pub fn spoken(ui: &mut Ui, area: Rect, id: &str, text: &str) {
    let response = ui.interact(area, Id::unique(id), Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Label, true, text));
}

/// Something that is painted elsewhere, and what it shows in words.
pub fn picture(ui: &mut Ui, area: Rect, id: &str, shows: &str) {
    let response = ui.interact(area, Id::unique(id), Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Image, true, shows));
}

/// Gives the window the name by which screen readers know it.
pub fn name_window(ui: &Ui, name: &str) {
    let root = egui::accesskit_root_id();
    ui.ctx()
        .accesskit_node_builder(root, |node| node.set_label(name));
}

/// Words that a screen reader says by itself, once for each new `number`. Nothing is painted.
/// Returns whether anybody listens.
pub fn announced(ui: &mut Ui, (words, number): (&str, u64)) -> bool {
    if words.is_empty() {
        return ui
            .ctx()
            .accesskit_node_builder(ui.unique_id(), |_| ())
            .is_some();
    }
    // A new node for each: the same words twice in a row are said twice.
    let id = Id::unique(("announced", number));
    let area = Rect::from_min_size(ui.max_rect().min, Vec2::splat(1.0));
    let response = ui.interact(area, id, Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Status, true, words));
    let live = |node: &mut accesskit::Node| node.set_live(accesskit::Live::Polite);
    ui.ctx().accesskit_node_builder(id, live).is_some()
}

/// Text that is painted elsewhere and that a screen reader says by itself, once for each new
/// `number`.
pub fn spoken_at_once(ui: &mut Ui, area: Rect, (id, number): (&str, u64), text: &str) {
    // A new node for each: the same words twice in a row are said twice.
    let id = Id::unique((id, number));
    let response = ui.interact(area, id, Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Status, true, text));
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_live(accesskit::Live::Polite));
}

/// Rectangles of these widths side by side in the middle of `area`, `gap` apart.
#[must_use]
pub fn row(area: Rect, widths: &[f32], gap: f32) -> Vec<Rect> {
    let sum: f32 = widths.iter().sum();
    #[expect(clippy::cast_precision_loss, reason = "a few buttons")]
    let gaps = gap * widths.len().saturating_sub(1) as f32;
    let mut x = area.center().x - 0.5 * (sum + gaps);
    widths
        .iter()
        .map(|width| {
            let rect = Rect::from_min_size(pos2(x, area.top()), Vec2::new(*width, area.height()));
            x += width + gap;
            rect
        })
        .collect()
}
