//! What is typed, stepped, and chosen from a list.
//!
//! What is typed counts when the field is left or Enter is pressed, and only if it is right;
//! otherwise it stays as it was typed, with what is wrong beside it. Esc takes it back.

use std::{collections::BTreeMap, time::Duration};

use egui::{
    ComboBox, CornerRadius, Id, Key, Modifiers, Rect, Response, Stroke, StrokeKind, TextEdit, Ui,
    WidgetInfo, accesskit::Role, epaint::RectShape, pos2, vec2,
};

use crate::{
    gui::{
        controls::{Button, Weight, layout},
        fonts::{self, icon},
        theme::{Theme, size, space},
    },
    text::text_with,
};

/// The height of a field, in points.
pub const FIELD: f32 = 34.0;
/// How wide a field with its two buttons is, in points.
pub const STEPPER: f32 = 190.0;

/// The height up to which a list opens, in points; longer ones scroll.
const TALLEST: f32 = 420.0;

/// What is typed into the fields of the window and not yet taken, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    words: BTreeMap<String, String>,
    wrong: BTreeMap<String, String>,
}

impl Typed {
    /// What is wrong with what was typed there; empty if nothing is.
    #[must_use]
    pub fn wrong(&self, id: &str) -> &str {
        self.wrong.get(id).map_or("", String::as_str)
    }

    /// What stands in a field, if that is not what it would show by itself.
    #[must_use]
    pub fn words(&self, id: &str) -> Option<&str> {
        self.words.get(id).map(String::as_str)
    }

    /// Something is typed somewhere and not yet taken.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        !self.words.is_empty()
    }

    /// Nothing is typed there any more.
    pub fn forget(&mut self, id: &str) {
        self.words.remove(id);
        self.wrong.remove(id);
    }
}

/// A field to type in.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Its own in the window.
    pub id: &'a str,
    /// What is typed here, for screen readers.
    pub name: &'a str,
    /// What stands in it as long as nothing is typed.
    pub shown: &'a str,
    /// What stands there faintly when it is empty.
    pub hint: &'a str,
}

/// The id of a field, to give it the focus.
#[must_use]
pub fn field_id(id: &str) -> Id {
    Id::unique((id, "field"))
}

/// Shows the field in `area`; returns what was typed once it is taken, checked by `check`, which
/// says what is wrong.
pub fn field_ui<T>(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    field: &Field<'_>,
    typed: &mut Typed,
    check: impl Fn(&str) -> Result<T, String>,
) -> Option<T> {
    let before = typed.words.get(field.id).cloned();
    let mut words = before.clone().unwrap_or_else(|| field.shown.to_owned());
    let response = edit_ui(ui, theme, area, field, &mut words, typed);
    if response.changed() {
        typed.words.insert(field.id.to_owned(), words.clone());
        typed.wrong.remove(field.id);
    }
    let (enter, escape) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        (pressed(Key::Enter), pressed(Key::Escape))
    });
    if response.lost_focus() && escape {
        typed.forget(field.id);
        return None;
    }
    let taken = response.lost_focus() || (response.has_focus() && enter);
    if !taken || !typed.words.contains_key(field.id) {
        return None;
    }
    match check(words.trim()) {
        Ok(value) => {
            typed.forget(field.id);
            if enter {
                // Whoever goes on by keys goes on from here.
                response.request_focus();
            }
            (words != field.shown).then_some(value)
        }
        Err(wrong) => {
            typed.wrong.insert(field.id.to_owned(), wrong);
            if enter {
                // To be mended, or taken back by Esc.
                response.request_focus();
            }
            None
        }
    }
}

fn edit_ui(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    field: &Field<'_>,
    words: &mut String,
    typed: &Typed,
) -> Response {
    let inner = area.shrink2(vec2(10.0, 0.0));
    let ground = ui.painter().add(egui::Shape::Noop);
    let edit = TextEdit::singleline(words)
        .id(field_id(field.id))
        .frame(egui::Frame::NONE)
        .font(fonts::regular(size::BODY))
        .text_color(theme.text)
        .align(egui::Align2::LEFT_CENTER)
        .margin(egui::Margin::ZERO)
        .min_size(inner.size())
        .desired_width(inner.width());
    let response = ui.put(inner, edit);
    let (enabled, name) = (ui.is_enabled(), field.name);
    let wrong = typed.wrong(field.id);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, enabled, name);
        info.current_text_value = Some(words.clone());
        info
    });
    if !wrong.is_empty() {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_invalid(egui::accesskit::Invalid::True);
            node.set_description(wrong);
        });
    }
    let edge = match (response.has_focus(), response.hovered(), wrong.is_empty()) {
        (true, _, _) | (false, _, false) => Stroke::new(2.0, theme.accent),
        (false, true, true) => Stroke::new(1.0, theme.text),
        (false, false, true) => Stroke::new(1.0, theme.outline),
    };
    let corner = CornerRadius::same(space::CORNER - 2);
    let frame = RectShape::new(area, corner, theme.surface, edge, StrokeKind::Inside);
    ui.painter().set(ground, frame);
    if words.is_empty() && !field.hint.is_empty() {
        let hint = layout(ui, field.hint, fonts::regular(size::BODY), theme.faint);
        let at = pos2(inner.left(), area.center().y - 0.5 * hint.size().y);
        let painter = ui.painter().with_clip_rect(area.shrink(2.0));
        painter.galley(at, hint, theme.faint);
    }
    response
}

/// A field between two buttons, and the arrows up and down in it: less and more. `step` gives the
/// value above (`true`) or below the one there is, if there is one. Returns the new value.
pub fn stepper_ui<T>(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    field: &Field<'_>,
    typed: &mut Typed,
    check: impl Fn(&str) -> Result<T, String>,
    step: impl Fn(bool) -> Option<T>,
) -> Option<T> {
    let side = area.height();
    let (less, rest) = area.split_left_right_at_x(area.left() + side);
    let (middle, more) = rest.split_left_right_at_x(rest.right() - side);
    let mut stepped = None;
    if ui.memory(|memory| memory.has_focus(field_id(field.id))) {
        let pressed = |input: &mut egui::InputState| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowUp), pressed(Key::ArrowDown))
        };
        match ui.input_mut(pressed) {
            (true, _) => stepped = Some(true),
            (false, true) => stepped = Some(false),
            (false, false) => {}
        }
    }
    let mut button = |ui: &mut Ui, place: Rect, up: bool| {
        let label = text_with(
            if up { "set-more" } else { "set-less" },
            &[("name", field.name.to_owned().into())],
        );
        let button = Button {
            weight: Weight::Quiet,
            icon: Some(if up { icon::PLUS } else { icon::MINUS }),
            label: &label,
            shows_label: false,
        };
        let enabled = step(up).is_some();
        let id = format!("{}-{}", field.id, if up { "more" } else { "less" });
        let response = ui
            .add_enabled_ui(enabled, |ui| {
                button.ui(ui, theme, place.shrink(1.0), &id).clicked()
            })
            .inner;
        if response {
            stepped = Some(up);
        }
    };
    button(ui, less, false);
    let place = middle.shrink2(vec2(2.0, 0.0));
    let given = field_ui(ui, theme, place, field, typed, check);
    button(ui, more, true);
    let value = stepped.and_then(&step);
    if value.is_some() {
        typed.forget(field.id);
    }
    value.or(given)
}

/// The next length of time above or below one, in steps that grow with it.
#[must_use]
pub fn next_span(from: Duration, up: bool) -> Duration {
    let seconds = from.as_secs();
    let step_at = |seconds: u64| match seconds {
        0..10 => 1,
        10..60 => 5,
        60..600 => 60,
        600..3600 => 300,
        3600..10_800 => 900,
        _ => 3600,
    };
    let next = if up {
        let step = step_at(seconds);
        (seconds / step + 1) * step
    } else {
        let step = step_at(seconds.saturating_sub(1));
        (seconds.div_ceil(step)).saturating_sub(1) * step
    };
    Duration::from_secs(next)
}

/// One of several in a list that opens; returns the place of the one that was chosen now.
pub fn list_ui(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    (id, name): (&str, &str),
    choices: &[String],
    chosen: usize,
) -> Option<usize> {
    let mut now = None;
    super::rows::in_place(ui, area, |ui| {
        dress(ui, theme);
        let shown = choices.get(chosen).cloned().unwrap_or_default();
        let list = ComboBox::from_id_salt(id)
            .selected_text(egui::RichText::new(shown).font(fonts::regular(size::BODY)))
            .width(area.width())
            .height(TALLEST)
            .truncate()
            .show_ui(ui, |ui| {
                dress(ui, theme);
                for (place, choice) in choices.iter().enumerate() {
                    let words = egui::RichText::new(choice).font(fonts::regular(size::BODY));
                    if ui.selectable_label(place == chosen, words).clicked() && place != chosen {
                        now = Some(place);
                    }
                }
            });
        let response = list.response;
        let node = |node: &mut egui::accesskit::Node| node.set_label(name);
        ui.ctx().accesskit_node_builder(response.id, node);
        crate::gui::controls::focus_ring(ui, theme, response.rect, &response);
    });
    now
}

/// Lets the few widgets of egui's that we use look like ours.
fn dress(ui: &mut Ui, theme: &Theme) {
    let style = ui.style_mut();
    style.spacing.button_padding = vec2(10.0, 7.0);
    style.spacing.interact_size.y = FIELD;
    style.spacing.icon_spacing = space::SMALL;
    let corner = CornerRadius::same(space::CORNER - 2);
    let widgets = &mut style.visuals.widgets;
    for (widget, fill, edge) in [
        (&mut widgets.inactive, theme.surface, theme.outline),
        (&mut widgets.hovered, theme.hover, theme.text),
        (&mut widgets.active, theme.hover, theme.accent),
        (&mut widgets.open, theme.hover, theme.accent),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, edge);
        widget.fg_stroke = Stroke::new(1.5, theme.text);
        widget.corner_radius = corner;
        widget.expansion = 0.0;
    }
    style.visuals.selection.bg_fill = theme.accent;
    style.visuals.override_text_color = None;
}

/// A number by a slider; returns the new one.
pub fn slider_ui(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    (name, unit): (&str, &str),
    range: std::ops::RangeInclusive<i32>,
    value: i32,
) -> Option<i32> {
    let mut now = value;
    super::rows::in_place(ui, area, |ui| {
        dress(ui, theme);
        let style = ui.style_mut();
        style.spacing.slider_width = area.width() - 78.0;
        style.spacing.slider_rail_height = 4.0;
        style.visuals.slider_trailing_fill = true;
        style.visuals.widgets.inactive.bg_fill = theme.track;
        style.visuals.widgets.hovered.bg_fill = theme.track;
        style.visuals.widgets.active.bg_fill = theme.accent;
        ui.centered_and_justified(|ui| {
            let slider = egui::Slider::new(&mut now, range)
                .suffix(unit)
                .update_while_editing(false);
            let response = ui.add(slider);
            let node = |node: &mut egui::accesskit::Node| node.set_label(name);
            ui.ctx().accesskit_node_builder(response.id, node);
            crate::gui::controls::focus_ring(ui, theme, response.rect, &response);
        });
    });
    (now != value).then_some(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(seconds: u64, up: bool) -> u64 {
        next_span(Duration::from_secs(seconds), up).as_secs()
    }

    #[test]
    fn steps_grow_with_the_length_and_meet_round_figures() {
        assert_eq!(next(0, true), 1);
        assert_eq!(next(9, true), 10);
        assert_eq!(next(10, true), 15);
        assert_eq!(next(12, true), 15);
        assert_eq!(next(60, true), 120);
        assert_eq!(next(600, true), 900);
        assert_eq!(next(3600, true), 4500);
        assert_eq!(next(4000, true), 4500);
        assert_eq!(next(4500, false), 3600);
        assert_eq!(next(3600, false), 3300);
        assert_eq!(next(600, false), 540);
        assert_eq!(next(60, false), 55);
        assert_eq!(next(12, false), 10);
        assert_eq!(next(10, false), 9);
        assert_eq!(next(1, false), 0);
        assert_eq!(next(0, false), 0);
    }

    #[test]
    fn every_step_down_comes_back_up() {
        let mut seconds = 86_400;
        while seconds > 0 {
            let below = next(seconds, false);
            assert!(below < seconds);
            assert_eq!(next(below, true), seconds, "from {below}");
            seconds = below;
        }
    }
}
