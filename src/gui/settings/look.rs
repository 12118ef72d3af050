//! The parts of the page "Look & sound" that are more than rows.

use egui::{Id, Rect, Sense, Stroke, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{
    Ask, Asked, View,
    list::Setting,
    plain,
    rows::{Row, button_ui, inside_ui, row_ui},
};
use crate::{
    core::config::Config,
    gui::{controls::Weight, fonts::icon, theme::Theme},
    text::text,
};

/// The key of the skin and hair of the figure.
pub const FIGURE: &str = "look.figure";

const SWATCH: f32 = 30.0;
const VALUES: [(&str, Option<u8>); 7] = [
    ("\"neutral\"", None),
    ("1", Some(1)),
    ("2", Some(2)),
    ("3", Some(3)),
    ("4", Some(4)),
    ("5", Some(5)),
    ("6", Some(6)),
];

/// Skin and hair: a head for each.
pub fn figure_ui(ui: &mut Ui, view: &View<'_>, setting: &Setting) -> Option<Asked> {
    let value = setting.value(view.config);
    let usual = setting.value(&Config::default());
    let default = (usual != value).then(|| setting.word(&usual));
    let (name, about) = (setting.name(), setting.about());
    let row = Row {
        name: &name,
        about: &about,
        key: setting.key,
        default: default.as_deref(),
        ..Row::default()
    };
    let size = vec2(VALUES.len() as f32 * (SWATCH + 6.0), SWATCH + 6.0);
    let (reset, chosen) = row_ui(ui, view, &row, size, |ui, place| {
        let mut chosen = None;
        for (n, (known, tone)) in VALUES.iter().enumerate() {
            let corner = place.min + vec2(n as f32 * (SWATCH + 6.0), 0.0);
            let place = Rect::from_min_size(corner, Vec2::splat(SWATCH + 6.0));
            let name = setting.word(known);
            if swatch_ui(ui, view, place, (known, &name), *tone, value == *known) {
                chosen = Some((*known).to_owned());
            }
        }
        chosen
    });
    let value = if reset { Some(usual) } else { chosen };
    value.map(|value| Asked::Change(plain::change(setting, value)))
}

fn swatch_ui(
    ui: &mut Ui,
    view: &View<'_>,
    place: Rect,
    (value, name): (&str, &str),
    tone: Option<u8>,
    chosen: bool,
) -> bool {
    let theme = view.theme;
    let response = ui.interact(place, Id::unique((FIGURE, value)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
    let colors = Theme::new(theme.dark, theme.high_contrast, tone).figure;
    let middle = place.center();
    let painter = ui.painter();
    painter.circle_filled(middle, 0.5 * SWATCH - 2.0, colors.skin.light);
    // Hair over the upper part, as on the figure.
    let cap = Rect::from_min_max(place.min, pos2(place.max.x, middle.y - 3.0));
    (painter.with_clip_rect(cap.intersect(ui.clip_rect()))).circle_filled(
        middle,
        0.5 * SWATCH - 2.0,
        colors.hair.light,
    );
    if chosen {
        painter.circle_stroke(middle, 0.5 * SWATCH + 0.5, Stroke::new(2.0, theme.accent));
    } else if response.hovered() {
        painter.circle_stroke(middle, 0.5 * SWATCH + 0.5, Stroke::new(1.0, theme.outline));
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, theme.accent);
        let inside = egui::StrokeKind::Inside;
        painter.rect_stroke(place.expand(2.0), 10.0, stroke, inside);
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    response.on_hover_text(name).clicked() && !chosen
}

/// A button to hear how loud that is.
pub fn listen_ui(ui: &mut Ui, view: &View<'_>) -> Option<Asked> {
    try_ui(
        ui,
        view,
        ("set-listen", icon::SOUND),
        view.config.sound.on,
        || Ask::PlaySound,
    )
}

/// A button to hear the voice.
pub fn speak_ui(ui: &mut Ui, view: &View<'_>) -> Option<Asked> {
    try_ui(
        ui,
        view,
        ("set-speak", icon::MESSAGE),
        view.config.voice.on,
        || Ask::Speak,
    )
}

fn try_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (id, icon): (&str, char),
    enabled: bool,
    ask: impl FnOnce() -> Ask,
) -> Option<Asked> {
    let pressed = inside_ui(ui, |ui| {
        ui.add_enabled_ui(enabled, |ui| {
            button_ui(ui, view, Weight::Outlined, Some(icon), &text(id), id)
        })
        .inner
    });
    pressed.then(|| Asked::Of(ask()))
}
