//! Controls with which one chooses: switches, chips, segments and the field to search in.
//!
//! Like those of [`controls`](super::controls): each stands in a rectangle that the window worked
//! out, has a name and a state that a screen reader can say, and shows when it has the focus.

use egui::{
    Color32, CornerRadius, CursorIcon, Id, Rect, Response, Sense, Stroke, StrokeKind, TextEdit, Ui,
    Vec2, WidgetInfo, accesskit::Role, pos2, text::CCursor, text_selection::CCursorRange, vec2,
};

use super::{
    controls::{layout, paint_icon},
    fonts::{self, icon},
    theme::{Theme, mix, size, space},
};

/// How large a switch is, in points.
pub const SWITCH: Vec2 = Vec2::new(40.0, 24.0);

/// The height of a chip, in points.
pub const CHIP: f32 = 30.0;

/// The height of the field to search in, in points.
pub const FIELD: f32 = 36.0;

const CHIP_PADDING: f32 = 12.0;
const CHIP_ICON: f32 = 14.0;

/// On or off. `name` is what is switched; `id` must be its own within the window.
pub fn switch_ui(ui: &mut Ui, theme: &Theme, area: Rect, id: Id, name: &str, on: bool) -> Response {
    // Easier to hit than it is large.
    let response = ui.interact(area.expand(space::TIGHT), id, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Switch, enabled, on, name));
    if !ui.is_rect_visible(area) {
        return response;
    }
    let way = ui.ctx().animate_bool_responsive(id, on);
    let over = response.hovered() && enabled;
    let rounding = 0.5 * area.height();
    let off = if over { theme.hover } else { theme.surface };
    let fill = mix(off, theme.accent, way);
    let edge = mix(theme.outline, theme.accent, way);
    let edge = if over {
        mix(edge, theme.text, 0.35)
    } else {
        edge
    };
    let stroke = Stroke::new(if theme.high_contrast { 2.0 } else { 1.5 }, edge);
    let painter = ui.painter();
    painter.rect(area, rounding, fill, stroke, StrokeKind::Inside);
    let ends = (area.left() + rounding)..=(area.right() - rounding);
    let knob = pos2(egui::lerp(ends, way), area.center().y);
    let color = mix(theme.outline, theme.on_accent, way);
    painter.circle_filled(knob, egui::lerp(6.0..=8.0, way), color);
    focus_ring_of(ui, theme, area, &response, rounding);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Something that can be chosen besides others.
#[derive(Clone, Copy, Debug)]
pub struct Chip<'a> {
    /// Its text.
    pub label: &'a str,
    /// An icon before it.
    pub icon: Option<char>,
    /// Whether it is chosen.
    pub chosen: bool,
    /// What it is to a screen reader: a check box, or one of several radio buttons.
    pub role: Role,
}

impl Chip<'_> {
    /// How wide it wants to be, in points.
    #[must_use]
    pub fn width(&self, ui: &Ui) -> f32 {
        let text = layout(ui, self.label, font(), Color32::PLACEHOLDER);
        let icon = self.icon.map_or(0.0, |_| CHIP_ICON + 6.0);
        text.size().x + icon + 2.0 * CHIP_PADDING
    }

    /// Shows it in `area`. `id` must be its own within the window.
    pub fn ui(&self, ui: &mut Ui, theme: &Theme, area: Rect, id: Id) -> Response {
        let response = ui.interact(area, id, Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::selected(self.role, enabled, self.chosen, self.label));
        if !ui.is_rect_visible(area) {
            return response;
        }
        let over = response.hovered() || response.is_pointer_button_down_on();
        let rounding = 0.5 * area.height();
        let (fill, edge, color) = match (self.chosen, over) {
            (true, false) => (theme.accent, theme.accent, theme.on_accent),
            (true, true) => {
                let fill = mix(theme.accent, theme.on_accent, 0.08);
                (fill, fill, theme.on_accent)
            }
            (false, true) => (theme.hover, theme.outline, theme.text),
            (false, false) => (theme.surface, quiet_edge(theme), theme.text),
        };
        let stroke = Stroke::new(1.0, edge);
        let painter = ui.painter();
        painter.rect(area, rounding, fill, stroke, StrokeKind::Inside);
        let text = layout(ui, self.label, font(), color);
        let icon_room = self.icon.map_or(0.0, |_| CHIP_ICON + 6.0);
        let mut x = area.center().x - 0.5 * (text.size().x + icon_room);
        if let Some(icon) = self.icon {
            let middle = pos2(x + 0.5 * CHIP_ICON, area.center().y);
            paint_icon(ui, middle, icon, CHIP_ICON, color);
            x += icon_room;
        }
        let at = pos2(x, area.center().y - 0.5 * text.size().y);
        ui.painter().galley(at, text, color);
        focus_ring_of(ui, theme, area, &response, rounding);
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

fn font() -> egui::FontId {
    fonts::medium(size::FAINT)
}

/// The edge of something that can be pressed but should not shout: 3 : 1 all the same.
fn quiet_edge(theme: &Theme) -> Color32 {
    theme.outline
}

/// One of several, side by side in one frame. Returns the one that was chosen now.
pub fn segments_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    id: &str,
    choices: &[(T, String)],
    chosen: T,
) -> Option<T> {
    let corner = CornerRadius::same(space::CORNER);
    let stroke = Stroke::new(1.0, theme.outline);
    ui.painter()
        .rect(area, corner, theme.surface, stroke, StrokeKind::Inside);
    #[expect(clippy::cast_precision_loss, reason = "a few choices")]
    let width = area.width() / choices.len().max(1) as f32;
    let mut now = None;
    let mut left = area.left();
    for (i, (choice, label)) in choices.iter().enumerate() {
        let part = Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()));
        left += width;
        let response = ui.interact(part, Id::unique((id, i)), Sense::click());
        let (enabled, is_chosen) = (ui.is_enabled(), *choice == chosen);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, is_chosen, label));
        let inner = part.shrink(3.0);
        let (fill, color) = match (is_chosen, response.hovered()) {
            (true, _) => (Some(theme.accent), theme.on_accent),
            (false, true) => (Some(theme.hover), theme.text),
            (false, false) => (None, theme.text),
        };
        let rounding = CornerRadius::same(space::CORNER - 3);
        if let Some(fill) = fill {
            ui.painter().rect_filled(inner, rounding, fill);
        }
        let text = layout(ui, label, fonts::medium(size::FAINT), color);
        let at = part.center() - 0.5 * text.size();
        ui.painter().with_clip_rect(part).galley(at, text, color);
        focus_ring_of(ui, theme, inner, &response, f32::from(space::CORNER - 3));
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response.clicked() && !is_chosen {
            now = Some(*choice);
        }
    }
    now
}

/// The id of a field to search in, to give it the focus.
#[must_use]
pub fn field_id(id: &str) -> Id {
    Id::unique((id, "text"))
}

/// Gives the focus to a field with these words in it; what is typed next takes their place.
pub fn focus_field(ctx: &egui::Context, id: &str, words: &str) {
    let id = field_id(id);
    let mut state = TextEdit::load_state(ctx, id).unwrap_or_default();
    let (start, end) = (CCursor::new(0), CCursor::new(words.chars().count()));
    (state.cursor).set_char_range(Some(CCursorRange::two(start, end)));
    state.store(ctx, id);
    ctx.memory_mut(|memory| memory.request_focus(id));
}

/// A line to type in what is searched for. Returns it if it was changed.
pub fn search_ui(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    id: &str,
    (name, hint): (&str, &str),
    typed: &str,
) -> Option<String> {
    let mut words = typed.to_owned();
    let text_area = Rect::from_min_max(
        area.min + vec2(34.0, 0.0),
        area.max - vec2(if typed.is_empty() { 10.0 } else { 34.0 }, 0.0),
    );
    let ground = ui.painter().add(egui::Shape::Noop);
    let field = TextEdit::singleline(&mut words)
        .id(field_id(id))
        .frame(egui::Frame::NONE)
        .font(fonts::regular(size::BODY))
        .text_color(theme.text)
        .align(egui::Align2::LEFT_CENTER)
        .margin(egui::Margin::ZERO)
        .min_size(text_area.size())
        .desired_width(text_area.width());
    let response = ui.put(text_area, field);
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::SearchInput, enabled, name);
        info.current_text_value = Some(words.clone());
        info
    });
    let focused = response.has_focus();
    let edge = match (focused, response.hovered()) {
        (true, _) => Stroke::new(2.0, theme.accent),
        (false, true) => Stroke::new(1.0, theme.text),
        (false, false) => Stroke::new(1.0, theme.outline),
    };
    let frame = egui::epaint::RectShape::new(
        area,
        CornerRadius::same(space::CORNER),
        theme.surface,
        edge,
        StrokeKind::Inside,
    );
    ui.painter().set(ground, frame);
    if words.is_empty() {
        let hint = layout(ui, hint, fonts::regular(size::BODY), theme.faint);
        let at = pos2(text_area.left(), area.center().y - 0.5 * hint.size().y);
        ui.painter()
            .with_clip_rect(area.shrink(2.0))
            .galley(at, hint, theme.faint);
    }
    let lens = pos2(area.left() + 19.0, area.center().y);
    paint_icon(ui, lens, icon::SEARCH, 16.0, theme.faint);
    (words != typed).then_some(words)
}

fn focus_ring_of(ui: &Ui, theme: &Theme, area: Rect, response: &Response, rounding: f32) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            area.expand(3.0),
            rounding + 3.0,
            Stroke::new(2.0, theme.accent),
            StrokeKind::Middle,
        );
    }
}
