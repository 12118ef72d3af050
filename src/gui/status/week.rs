//! The last week at a glance, and the ways to the other windows.

use egui::{Align2, CornerRadius, Rect, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{Ask, Day, Week, app::Asked};
use crate::{
    gui::{
        controls::{Button, Weight, fitted, layout, spoken},
        fonts,
        theme::{Theme, mix, size, space},
    },
    text::text,
    window::list::Window,
};

/// Below this height, in points, there is no room for bars.
const LEAST: f32 = 96.0;
const BAR: f32 = 22.0;

/// Shows the week in the whole of `area`, a card of its own.
pub fn week_ui(ui: &mut Ui, theme: &Theme, week: &Week, area: Rect) {
    let card = Rect::from_min_max(area.min, area.max - vec2(0.0, space::MEDIUM));
    if card.height() < LEAST {
        return;
    }
    let corner = CornerRadius::same(space::CORNER);
    ui.painter().rect_filled(card, corner, theme.surface);
    if theme.high_contrast {
        let stroke = egui::Stroke::new(1.0, theme.outline);
        ui.painter()
            .rect_stroke(card, corner, stroke, egui::StrokeKind::Inside);
    }
    let inner = card.shrink2(vec2(space::MEDIUM, 14.0));
    let top = title_ui(ui, theme, week, inner);
    let bars = Rect::from_min_max(pos2(inner.left(), top + 12.0), inner.max);
    bars_ui(ui, theme, week, bars);
}

fn title_ui(ui: &mut Ui, theme: &Theme, week: &Week, area: Rect) -> f32 {
    let title = layout(
        ui,
        &text("glance-week"),
        fonts::semibold(size::BODY),
        theme.text,
    );
    let place = Rect::from_min_size(area.min, title.size());
    ui.painter().galley(place.min, title, theme.text);
    spoken(ui, place, "glance-week-title", &text("glance-week"));
    let room = area.right() - place.right() - space::MEDIUM;
    let sizes = (size::MARK, size::FAINT);
    let said = fitted(ui, &week.said, fonts::regular, sizes, room, theme.faint);
    let at = pos2(
        area.right() - said.size().x,
        place.center().y - 0.5 * said.size().y,
    );
    let said_place = Rect::from_min_size(at, said.size());
    ui.painter().galley(at, said, theme.faint);
    spoken(ui, said_place, "glance-week-said", &week.said);
    place.bottom()
}

fn bars_ui(ui: &mut Ui, theme: &Theme, week: &Week, area: Rect) {
    let most = week.days.iter().map(all).max().unwrap_or(0).max(4);
    #[expect(clippy::cast_precision_loss, reason = "a few days")]
    let column = area.width() / week.days.len().max(1) as f32;
    let names = 18.0;
    let ground = area.bottom() - names;
    for (n, day) in (0_u8..).zip(&week.days) {
        let left = area.left() + f32::from(n) * column;
        let place = Rect::from_min_max(pos2(left, area.top()), pos2(left + column, area.bottom()));
        let id = egui::Id::unique(("glance-day", n));
        let response = ui.interact(place, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &day.said));
        if response.hovered() {
            let hover = place.shrink2(vec2(2.0, 0.0));
            ui.painter().rect_filled(hover, 6.0, theme.hover);
        }
        bar(
            ui,
            theme,
            day,
            (place.center().x, ground),
            ground - area.top(),
            most,
        );
        let (font, color) = if day.today {
            (fonts::semibold(size::MARK), theme.text)
        } else {
            (fonts::regular(size::MARK), theme.faint)
        };
        let at = pos2(place.center().x, area.bottom() - 0.5 * names + 2.0);
        (ui.painter()).text(at, Align2::CENTER_CENTER, &day.name, font, color);
        response.on_hover_text(&day.said);
    }
}

fn all(day: &Day) -> u32 {
    day.done + day.away + day.refused
}

/// Done at the bottom, away from the desk above, refused at the top, as a mere outline.
fn bar(ui: &Ui, theme: &Theme, day: &Day, (middle, ground): (f32, f32), room: f32, most: u32) {
    #[expect(clippy::cast_precision_loss, reason = "some breaks in a day")]
    let unit = (room / most as f32).min(14.0);
    let painter = ui.painter();
    let line = Rect::from_min_max(
        pos2(middle - 0.5 * BAR, ground - 2.0),
        pos2(middle + 0.5 * BAR, ground),
    );
    painter.rect_filled(line, 1.0, theme.track);
    let mut bottom = ground - 3.0;
    let away = mix(theme.surface, theme.accent, 0.42);
    for (count, fill) in [
        (day.done, Some(theme.accent)),
        (day.away, Some(away)),
        (day.refused, None),
    ] {
        for _ in 0..count {
            let top = bottom - unit;
            let cell = Rect::from_min_max(
                pos2(middle - 0.5 * BAR, top + 1.0),
                pos2(middle + 0.5 * BAR, bottom - 1.0),
            );
            match fill {
                Some(fill) => {
                    painter.rect_filled(cell, 2.5, fill);
                }
                None => {
                    let stroke = egui::Stroke::new(1.0, theme.outline);
                    painter.rect_stroke(cell, 2.5, stroke, egui::StrokeKind::Inside);
                }
            }
            bottom = top;
        }
    }
}

/// The ways to the other windows at the bottom of `area`; returns where they begin.
pub fn windows_ui(ui: &mut Ui, theme: &Theme, area: Rect, asked: &mut Vec<Asked>) -> f32 {
    let top = area.bottom() - space::BUTTON;
    let others: Vec<Window> = (Window::OFFERED.into_iter())
        .filter(|window| window.arguments() != Window::Status.arguments())
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a few windows")]
    let width = (area.width() + space::SMALL) / others.len().max(1) as f32 - space::SMALL;
    let mut left = area.left();
    for window in others {
        let label = text(window.text_id());
        let button = Button {
            weight: Weight::Outlined,
            icon: None,
            label: &label,
            shows_label: true,
        };
        let place = Rect::from_min_size(pos2(left, top), vec2(width, space::BUTTON));
        if button.ui(ui, theme, place, window.text_id()).clicked() {
            asked.push(Asked::Of(Ask::Open(window)));
        }
        left = place.right() + space::SMALL;
    }
    top
}
