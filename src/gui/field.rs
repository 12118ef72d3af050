//! A line to type in.

use egui::{
    Align2, Color32, CornerRadius, FontSelection, Frame, Key, Margin, Rect, Stroke, StrokeKind,
    TextEdit, Ui, WidgetInfo, accesskit::Role, pos2, vec2,
};

use super::{
    choices::field_id,
    controls::layout,
    fonts,
    theme::{Theme, size, space},
};

/// What such a line shows and is called.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Its own within the window; see [`field_id`].
    pub id: &'a str,
    /// What a screen reader calls it.
    pub name: &'a str,
    /// What stands there as long as nothing is typed.
    pub hint: &'a str,
    /// What is wrong with what is typed, for screen readers and as a line around it.
    pub wrong: Option<&'a str>,
}

/// What somebody did in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The words, if they are others now.
    pub words: Option<String>,
    /// The line was ended with Enter.
    pub entered: bool,
}

impl Field<'_> {
    /// Shows it in `area`, with what was typed so far.
    pub fn ui(&self, ui: &mut Ui, theme: &Theme, area: Rect, typed: &str) -> Typed {
        let mut words = typed.to_owned();
        let inner = area.shrink2(vec2(12.0, 0.0));
        let ground = ui.painter().add(egui::Shape::Noop);
        let field = TextEdit::singleline(&mut words)
            .id(field_id(self.id))
            .frame(Frame::NONE)
            .font(FontSelection::FontId(fonts::regular(size::BODY)))
            .text_color(theme.text)
            .align(Align2::LEFT_CENTER)
            .margin(Margin::ZERO)
            .min_size(inner.size())
            .desired_width(inner.width());
        let response = ui.put(inner, field);
        let enabled = ui.is_enabled();
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::TextInput, enabled, self.name);
            info.current_text_value = Some(words.clone());
            info
        });
        (ui.ctx()).accesskit_node_builder(response.id, |node| match self.wrong {
            Some(wrong) => {
                node.set_description(wrong);
                node.set_invalid(egui::accesskit::Invalid::True);
            }
            None => node.set_placeholder(self.hint),
        });
        let edge = self.edge(theme, response.has_focus(), response.hovered());
        let frame = egui::epaint::RectShape::new(
            area,
            CornerRadius::same(space::CORNER),
            theme.surface,
            edge,
            StrokeKind::Inside,
        );
        ui.painter().set(ground, frame);
        if words.is_empty() {
            hint_ui(ui, self.hint, area, inner.left(), theme.faint);
        }
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        Typed {
            words: (words != typed).then_some(words),
            entered: response.lost_focus() && enter,
        }
    }

    fn edge(&self, theme: &Theme, focused: bool, over: bool) -> Stroke {
        let color = match (self.wrong.is_some(), focused, over) {
            (true, _, _) => theme.outcomes.skipped,
            (false, true, _) => theme.accent,
            (false, false, true) => theme.text,
            (false, false, false) => theme.outline,
        };
        let thick = focused || self.wrong.is_some();
        Stroke::new(if thick { 2.0 } else { 1.0 }, color)
    }
}

fn hint_ui(ui: &Ui, hint: &str, area: Rect, left: f32, color: Color32) {
    let hint = layout(ui, hint, fonts::regular(size::BODY), color);
    let at = pos2(left, area.center().y - 0.5 * hint.size().y);
    ui.painter()
        .with_clip_rect(area.shrink(2.0))
        .galley(at, hint, color);
}
