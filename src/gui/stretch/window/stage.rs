//! The large part in the middle: the figure, its key poses, a sentence to read, or the end.

use egui::{Align2, CornerRadius, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{StretchView, header, layout::Layout, steps, wording};
use crate::{
    core::stretch::{Body, Stretch, pose::KeyMoment, session::State},
    gui::{
        controls::{fitted, paint_icon, paragraph, picture, spoken},
        fonts::{self, icon},
        stretch::figure::{Manner, figure},
        theme::{mix, size, space},
    },
    text::text_with,
};

pub fn stage_ui(ui: &mut Ui, view: &StretchView<'_>, layout: &Layout) {
    let area = layout.stage;
    if let State::Done(_) = view.session.state {
        return end_ui(ui, view, layout);
    }
    if let Some(message) = view.session.message {
        return message_ui(ui, view, message, layout);
    }
    let Some(stretch) = view.session.stretch else {
        return;
    };
    if !stretch.has_figure() {
        steps::steps_ui(ui, view, stretch, layout);
    } else if view.moments.is_empty() {
        if let Some(body) = view.body {
            picture(
                ui,
                area,
                "stretch-figure",
                &figure_name("window-figure", view, stretch),
            );
            figure_ui(ui, view, stretch, body, view.glow, area);
        }
    } else {
        picture(
            ui,
            area,
            "stretch-figure",
            &figure_name("window-figure-poses", view, stretch),
        );
        poses_ui(ui, view, stretch, area);
    }
    if let State::SettleIn(seconds) | State::BetweenStretches(seconds) = view.session.state {
        count_ui(ui, view, seconds, area);
    }
}

/// What the figure shows, for somebody who cannot see it.
fn figure_name(id: &'static str, view: &StretchView<'_>, stretch: &Stretch) -> String {
    let cue = view.session.cue.map(|cue| stretch.phases[cue].cue.as_str());
    let values = [
        ("name", stretch.name.as_str().into()),
        ("cue", cue.unwrap_or_default().into()),
    ];
    text_with(id, &values)
}

fn figure_ui(
    ui: &Ui,
    view: &StretchView<'_>,
    stretch: &Stretch,
    body: &Body,
    glow: f32,
    area: Rect,
) {
    let manner = Manner {
        theme: view.theme,
        rig: view.rig,
        frame: stretch.frame,
        areas: &stretch.areas,
        glow,
    };
    let mesh = figure(body, &manner, area, ui.pixels_per_point());
    ui.painter().add(mesh);
}

/// Large and soft, in the corner that the figure leaves free.
fn count_ui(ui: &mut Ui, view: &StretchView<'_>, seconds: u64, area: Rect) {
    let color = mix(view.theme.background, view.theme.accent, 0.62);
    let shown = ui.painter().text(
        area.left_top(),
        Align2::LEFT_TOP,
        seconds,
        fonts::semibold(count_size(area)),
        color,
    );
    let said = text_with("window-starts-in", &[("seconds", seconds.into())]);
    spoken(ui, shown, "stretch-count", &said);
}

fn count_size(area: Rect) -> f32 {
    size::COUNT
        .max(area.height() * 0.22)
        .min(area.height() * 0.4)
}

/// More poses than this beside each other are too small to be seen from two metres.
const FEW_POSES: usize = 3;

/// The key poses side by side. Where they are many, the one that it is time for is also shown
/// large, above or beside the others.
fn poses_ui(ui: &Ui, view: &StretchView<'_>, stretch: &Stretch, area: Rect) {
    let now = view.moments.iter().find(|moment| moment.current);
    let others = match now {
        Some(now) if view.moments.len() > FEW_POSES => {
            let (large, small) = if area.width() > 1.3 * area.height() {
                area.split_left_right_at_fraction(0.6)
            } else {
                area.split_top_bottom_at_fraction(0.68)
            };
            figure_ui(ui, view, stretch, &now.body, view.glow, large.shrink(4.0));
            small
        }
        Some(_) | None => area,
    };
    let frame = &stretch.frame;
    let shape = (frame.right - frame.left) / (frame.top - frame.bottom).max(0.1);
    let cells = cells(others, view.moments.len(), shape);
    for (place, (moment, cell)) in view.moments.iter().zip(cells).enumerate() {
        pose_ui(ui, view, stretch, moment, place, cell.shrink(4.0));
    }
}

/// Places for `count` pictures of this width to height, in as many rows as make them largest.
fn cells(area: Rect, count: usize, shape: f32) -> Vec<Rect> {
    let count = count.max(1);
    let cell = |columns: usize| {
        let rows = count.div_ceil(columns);
        vec2(area.width() / number(columns), area.height() / number(rows))
    };
    let fits = |columns: usize| (cell(columns).x / shape).min(cell(columns).y);
    let columns = (1..=count)
        .max_by(|&a, &b| fits(a).total_cmp(&fits(b)))
        .unwrap_or(1);
    let size = cell(columns);
    (0..count)
        .map(|i| {
            let corner = vec2(size.x * number(i % columns), size.y * number(i / columns));
            Rect::from_min_size(area.min + corner, size)
        })
        .collect()
}

fn pose_ui(
    ui: &Ui,
    view: &StretchView<'_>,
    stretch: &Stretch,
    moment: &KeyMoment,
    place: usize,
    area: Rect,
) {
    let theme = view.theme;
    if moment.current {
        ui.painter().rect(
            area,
            CornerRadius::same(space::CORNER),
            theme.surface,
            Stroke::new(2.0, theme.accent),
            StrokeKind::Inside,
        );
    }
    let glow = if moment.current { view.glow } else { 0.0 };
    figure_ui(ui, view, stretch, &moment.body, glow, area.shrink(6.0));
    let (color, font) = if moment.current {
        (theme.accent, fonts::semibold(size::FAINT))
    } else {
        (theme.faint, fonts::regular(size::FAINT))
    };
    ui.painter().text(
        area.left_top() + vec2(9.0, 7.0),
        Align2::LEFT_TOP,
        place + 1,
        font,
        color,
    );
}

/// A sentence, and a ring with the time left.
fn message_ui(ui: &mut Ui, view: &StretchView<'_>, message: &str, layout: &Layout) {
    let theme = view.theme;
    let area = layout.stage;
    let unit = layout.text.factor;
    let radius = (area.height() * 0.17).clamp(30.0, 74.0 * unit);
    let sizes = [size::MESSAGE * unit, 24.0 * unit, 20.0, 17.0];
    let fit = (area.width().min(440.0 * unit), area.height() * 0.5);
    let galley = paragraph(ui, message, fonts::medium, &sizes, fit, theme.text);
    let all = 2.0 * radius + space::EDGE + galley.size().y;
    let top = area.center().y - 0.5 * all;
    let center = pos2(area.center().x, top + radius);
    let paused = view.session.paused;
    header::ring(
        ui,
        theme,
        center,
        radius,
        8.0 * unit,
        header::left(view),
        paused,
    );
    ui.painter().text(
        center,
        Align2::CENTER_CENTER,
        wording::digits(view.session.left_secs),
        fonts::medium((radius * 0.52).max(size::BODY)),
        if paused { theme.faint } else { theme.text },
    );
    let time = Rect::from_center_size(center, egui::Vec2::splat(2.0 * radius));
    let said = wording::about_left(view.session.left_secs);
    spoken(ui, time, "stretch-time", &said);
    let words = Rect::from_min_size(
        pos2(
            area.center().x - 0.5 * galley.size().x,
            center.y + radius + space::EDGE,
        ),
        galley.size(),
    );
    let anchor = pos2(area.center().x, words.top());
    ui.painter().galley(anchor, galley, theme.text);
    spoken(ui, words, "stretch-message", message);
    if paused {
        let below = pos2(center.x, center.y + radius * 0.52);
        paint_icon(ui, below, icon::PAUSE, 16.0, theme.faint);
    }
}

/// One quiet sentence.
fn end_ui(ui: &mut Ui, view: &StretchView<'_>, layout: &Layout) {
    let theme = view.theme;
    let area = layout.stage;
    let unit = layout.text.factor;
    let center = area.center() - vec2(0.0, area.height() * 0.12);
    let radius = (area.height() * 0.13).clamp(24.0, 52.0 * unit);
    ui.painter().circle_filled(center, radius, theme.ground);
    paint_icon(ui, center, icon::CHECK, radius, theme.accent);
    let said = wording::done(view.session);
    let line = fitted(
        ui,
        &said,
        fonts::semibold,
        (size::BODY, 24.0 * unit),
        area.width(),
        theme.text,
    );
    let at = pos2(
        area.center().x - 0.5 * line.size().x,
        center.y + radius + space::EDGE,
    );
    let line_area = Rect::from_min_size(at, line.size());
    ui.painter().galley(at, line, theme.text);
    spoken(ui, line_area, "stretch-done", &said);
    let today = wording::today(view.done_today);
    let shown = ui.painter().text(
        pos2(area.center().x, line_area.bottom() + space::SMALL),
        Align2::CENTER_TOP,
        &today,
        fonts::regular(layout.text.body),
        theme.faint,
    );
    spoken(ui, shown, "stretch-today", &today);
}

#[expect(clippy::cast_precision_loss, reason = "a few poses")]
fn number(count: usize) -> f32 {
    count as f32
}
