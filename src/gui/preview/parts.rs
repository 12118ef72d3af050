//! The parts of the preview: figure, slider, cue, numbers, mistakes.

use std::time::Duration;

use egui::{
    Align2, CornerRadius, FontId, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    accesskit, pos2, vec2,
};

use super::{
    app::{Asked, Preview},
    numbers,
};
use crate::{
    core::stretch::{
        Body, SideOrder, Stretch, Timeline, VariantName,
        pose::{numbers_at, pose_at, poses_of_key_moments},
    },
    gui::{
        controls::{Button, Weight, fitted, focus_ring, paragraph, picture, spoken},
        fonts::{self, icon},
        stretch::figure::{Manner, figure},
        theme::{UNTINTED, size, space},
    },
    stretch_text,
    text::{text, text_with},
};

/// The height of a line of small text.
const ROW: f32 = 20.0;
/// How strongly the key poses shine through.
const ONION: f32 = 0.16;

/// The figure, and behind it the key poses if they are wanted.
pub fn figure_ui(ui: &mut Ui, app: &Preview, stretch: &Stretch, body: &Body, area: Rect) {
    let manner = Manner {
        theme: &app.theme,
        rig: &app.rig,
        frame: stretch.frame,
        areas: &stretch.areas,
        glow: 0.0,
    };
    let scale = ui.pixels_per_point();
    let timeline = Timeline::new(stretch, VariantName::Short, SideOrder::AsStored);
    if app.onion {
        for moment in poses_of_key_moments(stretch, &app.rig, &timeline, Duration::ZERO) {
            let mut mesh = figure(&moment.body, &manner, area, scale);
            for vertex in &mut mesh.vertices {
                vertex.color = vertex.color.gamma_multiply(ONION);
            }
            ui.painter().add(mesh);
        }
    }
    ui.painter().add(figure(body, &manner, area, scale));
    picture(ui, area, "preview-figure", &text("preview-figure"));
}

/// The present step of a stretch without a figure.
pub fn step_ui(ui: &mut Ui, app: &Preview, stretch: &Stretch, now: Duration, area: Rect) {
    let step = app.at(now).and_then(|at| stretch.phases.get(at.slot.cue));
    let Some(step) = step else {
        return;
    };
    let texture = step
        .picture
        .as_ref()
        .and_then(|file| app.pictures.texture(file));
    if let Some(texture) = texture {
        let own = texture.size_vec2();
        let scale = (area.width() / own.x).min(area.height() / own.y);
        let shown = Rect::from_center_size(area.center(), own * scale);
        let painter = ui.painter();
        painter.rect_filled(shown, CornerRadius::same(space::CORNER), app.theme.paper());
        let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture.id(), shown.shrink(space::SMALL), all, UNTINTED);
        picture(ui, area, "preview-figure", &text("window-picture"));
        return;
    }
    let sizes = [44.0, 36.0, 30.0, 24.0, 18.0];
    let fit = (area.width().min(520.0), area.height());
    let words = paragraph(ui, &step.cue, fonts::semibold, &sizes, fit, app.theme.text);
    let top = area.center().y - 0.5 * words.size().y;
    ui.painter()
        .galley(pos2(area.center().x, top), words, app.theme.text);
}

/// Play, slider and time; below, what is said at this time.
pub fn controls_ui(ui: &mut Ui, app: &Preview, area: Rect, now: Duration) -> Option<Asked> {
    let (t, row) = (app.time(now), area.with_max_y(area.top() + space::BUTTON));
    let play = Rect::from_min_size(row.min, vec2(space::BUTTON, space::BUTTON));
    let label = text(if app.playing() {
        "preview-stand"
    } else {
        "preview-play"
    });
    let icon = if app.playing() {
        icon::PAUSE
    } else {
        icon::PLAY
    };
    let button = Button {
        weight: Weight::Filled,
        icon: Some(icon),
        label: &label,
        shows_label: false,
    };
    let played = button.ui(ui, &app.theme, play, "preview-play").clicked();
    let total = app
        .timeline
        .as_ref()
        .map_or(Duration::ZERO, Timeline::total);
    let time = text_with(
        "preview-time",
        &[("t", tenths(t).into()), ("total", tenths(total).into())],
    );
    let shown = ui.painter().text(
        row.right_center(),
        Align2::RIGHT_CENTER,
        &time,
        fonts::medium(size::BODY),
        app.theme.text,
    );
    spoken(ui, shown, "preview-time", &time);
    let room = row
        .with_min_x(play.right() + space::MEDIUM)
        .with_max_x(row.right() - 110.0);
    let moved = slider_ui(ui, app, room, t, total);
    said_ui(ui, app, area.with_min_y(row.bottom() + space::SMALL), now);
    moved.or(played.then_some(Asked::PlayOrStand))
}

fn tenths(t: Duration) -> String {
    format!("{:.1}", t.as_secs_f64())
}

/// A line of time with a tick where each phase begins.
fn slider_ui(
    ui: &mut Ui,
    app: &Preview,
    area: Rect,
    t: Duration,
    total: Duration,
) -> Option<Asked> {
    let theme = &app.theme;
    let seconds = total.as_secs_f64().max(0.001);
    let place = |t: Duration| {
        let share = (t.as_secs_f64() / seconds) as f32;
        area.left() + share * area.width()
    };
    let sense = Sense::click_and_drag();
    let response = ui.interact(area, Id::unique("preview-slider"), sense);
    let label = text("preview-slider");
    response.widget_info(|| WidgetInfo::slider(true, t.as_secs_f64(), &label));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Slider);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(seconds);
    });
    let middle = area.center().y;
    let line = |from: f32, to: f32| [pos2(from, middle), pos2(to, middle)];
    let painter = ui.painter();
    painter.line_segment(
        line(area.left(), area.right()),
        Stroke::new(4.0, theme.track),
    );
    painter.line_segment(line(area.left(), place(t)), Stroke::new(4.0, theme.accent));
    for slot in app.timeline.iter().flat_map(Timeline::slots) {
        let x = place(slot.start);
        let tick = [pos2(x, middle + 6.0), pos2(x, middle + 12.0)];
        painter.line_segment(tick, Stroke::new(1.5, theme.outline));
    }
    painter.circle_filled(pos2(place(t), middle), 8.0, theme.accent);
    focus_ring(ui, theme, area, &response);
    to_pointer(&response, area, seconds)
}

fn to_pointer(response: &Response, area: Rect, seconds: f64) -> Option<Asked> {
    if !response.dragged() && !response.clicked() {
        return None;
    }
    let x = response.interact_pointer_pos()?.x;
    let share = f64::from((x - area.left()) / area.width().max(1.0)).clamp(0.0, 1.0);
    Some(Asked::To(Duration::from_secs_f64(share * seconds)))
}

/// The cue, and what goes with it.
fn said_ui(ui: &mut Ui, app: &Preview, area: Rect, now: Duration) {
    let (Some(stretch), Some(at)) = (&app.stretch, app.at(now)) else {
        return;
    };
    let cue = stretch_text::cue(stretch, at.slot.cue);
    let theme = &app.theme;
    let galley = fitted(
        ui,
        &cue,
        fonts::semibold,
        (size::BODY, 24.0),
        area.width(),
        theme.text,
    );
    let height = galley.size().y;
    ui.painter().galley(area.min, galley, theme.text);
    spoken(
        ui,
        area.with_max_y(area.top() + height),
        "preview-cue",
        &cue,
    );
    let mut parts = vec![text_with(
        "preview-phase",
        &[
            ("n", (at.index + 1).into()),
            (
                "of",
                app.timeline.as_ref().map_or(0, |t| t.slots().len()).into(),
            ),
            ("kind", at.slot.kind.word().into()),
            ("seconds", tenths(at.slot.length).into()),
        ],
    )];
    if let (Some(from), Some(to)) = (
        stretch.poses.get(at.slot.from),
        stretch.poses.get(at.slot.to),
    ) {
        let names = [
            ("from", from.name.as_str().into()),
            ("to", to.name.as_str().into()),
        ];
        parts.push(text_with("preview-poses", &names));
    }
    parts.extend(stretch_text::side(at.slot.side));
    parts.push(stretch_text::breath(at.slot.breath));
    if let Some(rep) = at.slot.rep {
        let values = [("n", rep.n.into()), ("of", rep.of.into())];
        parts.push(text_with("window-rep-spoken", &values));
    }
    let line = parts.join(" · ");
    let below = area.with_min_y(area.top() + height + space::TIGHT);
    let galley = fitted(
        ui,
        &line,
        fonts::regular,
        (11.0, size::BODY),
        below.width(),
        theme.faint,
    );
    ui.painter().galley(below.min, galley, theme.faint);
    spoken(ui, below, "preview-phase", &line);
}

/// Name, variants, numbers, keys.
pub fn column_ui(
    ui: &mut Ui,
    app: &Preview,
    stretch: &Stretch,
    area: Rect,
    now: Duration,
) -> Option<Asked> {
    let theme = &app.theme;
    let name = fitted(
        ui,
        &stretch.name,
        fonts::semibold,
        (size::BODY, size::NAME),
        area.width(),
        theme.text,
    );
    let mut top = area.top() + name.size().y + space::SMALL;
    ui.painter().galley(area.min, name, theme.text);
    spoken(ui, area.with_max_y(top), "preview-name", &stretch.name);
    let mut asked = None;
    for name in VariantName::ALL {
        let seconds = stretch.variant(name).total.as_secs_f64();
        let variant = text(&format!("preview-variant-{}", name.word()));
        let label = text_with(
            "preview-variant",
            &[("variant", variant.into()), ("seconds", seconds.into())],
        );
        let chosen = app.variant == name;
        let weight = if chosen {
            Weight::Outlined
        } else {
            Weight::Quiet
        };
        if row_button(ui, app, area, &mut top, (weight, &label), name.word()) {
            asked = Some(Asked::Variant(name));
        }
    }
    if stretch.has_figure() {
        top += space::SMALL;
        let rest = area
            .with_min_y(top)
            .with_max_y(area.bottom() - space::SMALL - 2.0 * ROW);
        asked = asked.or(numbers_ui(ui, app, rest, now));
    }
    let keys = text("preview-keys");
    let fit = (area.width(), 2.0 * ROW);
    let galley = paragraph(
        ui,
        &keys,
        fonts::regular,
        &[size::FAINT, 11.0],
        fit,
        theme.faint,
    );
    let top = area.bottom() - galley.size().y;
    ui.painter()
        .galley(pos2(area.center().x, top), galley, theme.faint);
    spoken(ui, area.with_min_y(top), "preview-keys", &keys);
    asked
}

/// A button in a row of its own; moves `top` below it.
fn row_button(
    ui: &mut Ui,
    app: &Preview,
    area: Rect,
    top: &mut f32,
    (weight, label): (Weight, &str),
    id: &str,
) -> bool {
    let button = Button {
        weight,
        icon: None,
        label,
        shows_label: true,
    };
    let place = Rect::from_min_size(pos2(area.left(), *top), vec2(area.width(), 34.0));
    *top = place.bottom() + space::TIGHT;
    button
        .ui(ui, &app.theme, place, &format!("preview-{id}"))
        .clicked()
}

/// The pose as it would be written, or the positions of the joints.
fn numbers_ui(ui: &mut Ui, app: &Preview, area: Rect, now: Duration) -> Option<Asked> {
    let lines = copied(app, now)?;
    let theme = &app.theme;
    let mut asked = None;
    let mut top = area.bottom() - 3.0 * (34.0 + space::TIGHT);
    let text_area = area.with_max_y(top - space::SMALL);
    let positions = if app.positions {
        "preview-pose"
    } else {
        "preview-positions"
    };
    let onion = if app.onion {
        "preview-no-onion"
    } else {
        "preview-onion"
    };
    for (asks, label, id) in [
        (Asked::Copy, "preview-copy", "copy"),
        (Asked::Positions, positions, "positions"),
        (Asked::Onion, onion, "onion"),
    ] {
        let label = text(label);
        if row_button(ui, app, area, &mut top, (Weight::Outlined, &label), id) {
            asked = Some(asks);
        }
    }
    let painter = ui.painter_at(text_area);
    painter.rect(
        text_area,
        CornerRadius::same(space::CORNER),
        theme.surface,
        Stroke::new(1.0, theme.track),
        StrokeKind::Inside,
    );
    let inner = text_area.shrink(10.0);
    let lay = |points: f32| {
        let font = FontId::monospace(points);
        ui.painter()
            .layout(lines.trim_end().to_owned(), font, theme.text, inner.width())
    };
    let galley = [12.0, 11.0, 10.0, 9.0]
        .map(lay)
        .into_iter()
        .find(|galley| galley.size().y <= inner.height());
    let galley = galley.unwrap_or_else(|| lay(8.0));
    painter.galley(inner.min, galley, theme.text);
    spoken(ui, text_area, "preview-numbers", &lines);
    asked
}

/// The text of the numbers, as it is shown and copied.
pub fn copied(app: &Preview, now: Duration) -> Option<String> {
    let (stretch, timeline) = (app.stretch.as_ref()?, app.timeline.as_ref()?);
    let t = app.time(now);
    let pose = numbers_at(stretch, timeline, t)?;
    Some(if app.positions {
        numbers::joints(&pose_at(stretch, &app.rig, timeline, t))
    } else {
        numbers::pose(&pose)
    })
}

/// What is wrong with the file, with lines and carets, over whatever was shown last.
pub fn mistakes_ui(ui: &mut Ui, app: &Preview, area: Rect) {
    let theme = &app.theme;
    let head = text_with("preview-mistakes", &[("count", app.mistake_count.into())]);
    ui.painter().rect(
        area,
        CornerRadius::same(space::CORNER),
        theme.surface,
        Stroke::new(1.5, theme.glow),
        StrokeKind::Inside,
    );
    let inner = area.shrink(space::MEDIUM);
    let shown = ui.painter().text(
        inner.min,
        Align2::LEFT_TOP,
        &head,
        fonts::semibold(size::BODY),
        theme.text,
    );
    spoken(ui, shown, "preview-mistakes-head", &head);
    let rest = inner.with_min_y(shown.bottom() + space::SMALL);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rest));
    egui::ScrollArea::both()
        .id_salt("preview-mistakes")
        .auto_shrink([false, false])
        .show(&mut inside, |ui| {
            let words = egui::RichText::new(&app.mistakes)
                .monospace()
                .size(size::FAINT)
                .color(theme.text);
            ui.add(egui::Label::new(words).extend().selectable(true));
        });
}
