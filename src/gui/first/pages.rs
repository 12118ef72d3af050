//! The three pages.

use std::time::Duration;

use egui::{CornerRadius, Rect, ScrollArea, Shape, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::{
    Ask, Page, Standing, Waits,
    parts::{choice_ui, line_ui, switch_row_ui, text_ui},
};
use crate::{
    core::{
        rotation::Preset,
        stretch::{VariantName, catalogue::Rig, pose_at},
    },
    gui::{
        controls::{Button, Weight, picture, row},
        fonts::{self, icon},
        gallery::{Item, preset_text},
        stretch::figure::{Manner, figure},
        theme::{Theme, size, space},
    },
    text::{text, text_with},
};

const TOP: f32 = 56.0;
const BOTTOM: f32 = 76.0;
const WIDEST: f32 = 560.0;
/// The figure moves at the speed at which it does in its own window before the start.
const SPEED: f64 = 0.8;

/// Everything that is shown this frame, worked out beforehand.
pub struct View<'a> {
    pub theme: &'a Theme,
    pub reduced_motion: bool,
    pub now: Duration,
    pub page: Page,
    pub standing: &'a Standing,
    pub figure: Option<&'a (Rig, Item)>,
    /// What was found on this desktop.
    pub found: Option<&'a [String; 3]>,
    /// Why something could not be done.
    pub said: Option<&'a str>,
}

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Something of the program.
    Of(Ask),
    /// To this page.
    To(Page),
    /// The notice was read, and on to this page.
    Read(Page),
    /// It is over.
    Close,
}

/// Shows the whole window.
pub fn window_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Vec<Pressed> {
    let mut pressed = Vec::new();
    let top = area.with_max_y(area.top() + TOP);
    let bottom = area.with_min_y(area.bottom() - BOTTOM);
    pressed.extend(top_ui(ui, view, top));
    let middle = Rect::from_min_max(
        pos2(area.left(), top.bottom()),
        pos2(area.right(), bottom.top()),
    );
    ui.scope_builder(UiBuilder::new().max_rect(middle), |ui| {
        ScrollArea::vertical()
            .id_salt(("first", view.page.place()))
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let whole = ui.max_rect();
                let width = (whole.width() - 2.0 * space::EDGE).min(WIDEST);
                let left = whole.center().x - 0.5 * width;
                let column = Rect::from_min_size(pos2(left, whole.top()), vec2(width, 0.0));
                let column = column.with_max_y(whole.top() + middle.height());
                let (asked, end) = page_ui(ui, view, column);
                pressed.extend(asked);
                let end = pos2(whole.right(), end + space::MEDIUM);
                ui.advance_cursor_after_rect(Rect::from_min_max(whole.min, end));
            });
    });
    pressed.extend(bottom_ui(ui, view, bottom));
    pressed
}

/// Where one is, and the way out.
fn top_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Pressed> {
    let theme = view.theme;
    let here = view.page.place();
    let mut x = area.left() + space::EDGE;
    let middle = area.center().y;
    for page in Page::ALL {
        let width = if page == view.page { 24.0 } else { 8.0 };
        let dot = Rect::from_min_size(pos2(x, middle - 4.0), vec2(width, 8.0));
        let color = if page.place() <= here {
            theme.accent
        } else {
            theme.track
        };
        ui.painter().rect_filled(dot, 4.0, color);
        x += width + 6.0;
    }
    let dots = Rect::from_min_max(
        pos2(area.left() + space::EDGE, middle - 6.0),
        pos2(x, middle + 6.0),
    );
    let values = [
        ("page", (here + 1).to_string().into()),
        ("of", Page::ALL.len().to_string().into()),
    ];
    picture(ui, dots, "first-place", &text_with("first-place", &values));
    let label = text("first-skip");
    let skip = button(Weight::Quiet, &label);
    let width = skip.width(ui);
    let corner = pos2(
        area.right() - space::MEDIUM - width,
        middle - 0.5 * space::BUTTON,
    );
    let place = Rect::from_min_size(corner, vec2(width, space::BUTTON));
    skip.ui(ui, theme, place, "first-skip")
        .clicked()
        .then_some(Pressed::Close)
}

/// Back and on.
fn bottom_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Pressed> {
    let theme = view.theme;
    let back = text("first-back");
    let (on, done) = match view.page {
        Page::Hello if view.standing.acknowledged.is_none() => (text("first-read"), None),
        Page::Hello | Page::Habits => (text("first-next"), None),
        Page::Moment => (text("first-try"), Some(text("first-done"))),
    };
    let (back, on) = (button(Weight::Outlined, &back), button(Weight::Filled, &on));
    let done = done.as_deref().map(|label| button(Weight::Outlined, label));
    let line = Rect::from_center_size(area.center(), vec2(area.width(), space::BUTTON));
    let mut widths = Vec::new();
    let before = view.page.place().checked_sub(1).map(|n| Page::ALL[n]);
    if before.is_some() {
        widths.push(back.width(ui));
    }
    if let Some(done) = done {
        widths.push(done.width(ui));
    }
    widths.push(on.width(ui));
    let mut places = row(line, &widths, space::MEDIUM).into_iter();
    let mut next = || places.next().unwrap_or(Rect::NOTHING);
    let mut pressed = None;
    if let Some(before) = before
        && back.ui(ui, theme, next(), "first-back").clicked()
    {
        pressed = Some(Pressed::To(before));
    }
    if let Some(done) = done
        && done.ui(ui, theme, next(), "first-done").clicked()
    {
        pressed = Some(Pressed::Close);
    }
    if on.ui(ui, theme, next(), "first-on").clicked() {
        pressed = Some(match view.page {
            Page::Hello if view.standing.acknowledged.is_none() => Pressed::Read(Page::Habits),
            Page::Hello => Pressed::To(Page::Habits),
            Page::Habits => Pressed::To(Page::Moment),
            Page::Moment => Pressed::Of(Ask::Try),
        });
    }
    pressed
}

fn button(weight: Weight, label: &str) -> Button<'_> {
    Button {
        weight,
        icon: None,
        label,
        shows_label: true,
    }
}

fn page_ui(ui: &mut Ui, view: &View<'_>, column: Rect) -> (Vec<Pressed>, f32) {
    let top = view.said.map_or(column.top(), |said| {
        let font = fonts::medium(size::FAINT);
        text_ui(ui, (said, "first-said"), font, view.theme.accent, column) + space::SMALL
    });
    let column = column.with_min_y(top);
    match view.page {
        Page::Hello => hello_ui(ui, view, column),
        Page::Habits => habits_ui(ui, view, column),
        Page::Moment => moment_ui(ui, view, column),
    }
}

fn title_ui(ui: &mut Ui, view: &View<'_>, id: &str, column: Rect) -> f32 {
    let font = fonts::semibold(size::TITLE);
    text_ui(ui, (&text(id), id), font, view.theme.text, column) + space::MEDIUM
}

/// What it does, and what to mind.
fn hello_ui(ui: &mut Ui, view: &View<'_>, column: Rect) -> (Vec<Pressed>, f32) {
    let stage = Rect::from_min_size(
        column.min,
        vec2(column.width(), (0.42 * column.height()).clamp(130.0, 260.0)),
    );
    figure_ui(ui, view, stage);
    let mut top = title_ui(
        ui,
        view,
        "first-hello",
        column.with_min_y(stage.bottom() + space::SMALL),
    );
    let lines = [
        (icon::CLOCK, "first-does-count"),
        (icon::PAUSE, "first-does-wait"),
        (icon::STANDING, "first-does-lead"),
    ];
    for (sign, id) in lines {
        let line = column.with_min_y(top);
        top = line_ui(ui, view.theme, sign, (&text(id), id), line) + 10.0;
    }
    (
        Vec::new(),
        notice_ui(ui, view, column.with_min_y(top + 6.0)),
    )
}

/// What to mind, in a frame.
fn notice_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> f32 {
    let theme = view.theme;
    let ground = ui.painter().add(Shape::Noop);
    let inner = area.shrink2(vec2(space::MEDIUM, 0.0));
    let mut top = area.top() + 12.0;
    let font = fonts::semibold(size::FAINT);
    let title = text("first-safety");
    top = text_ui(
        ui,
        (&title, "first-safety"),
        font,
        theme.text,
        inner.with_min_y(top),
    ) + 4.0;
    let said = format!("{} {}", text("safety-gently"), text("safety-stop"));
    let more = format!("{} {}", text("first-safety-ask"), text("safety-no-advice"));
    for (n, said) in [said, more].iter().enumerate() {
        let font = fonts::regular(size::FAINT);
        let id = format!("first-safety-{n}");
        top = text_ui(ui, (said, &id), font, theme.faint, inner.with_min_y(top)) + 4.0;
    }
    if let Some(day) = &view.standing.acknowledged {
        let said = text_with("first-acknowledged", &[("day", day.as_str().into())]);
        let font = fonts::medium(size::FAINT);
        top = text_ui(
            ui,
            (&said, "first-acknowledged"),
            font,
            theme.accent,
            inner.with_min_y(top),
        );
    }
    let card = area.with_max_y(top + 10.0);
    let stroke = Stroke::new(1.0, theme.outline);
    let corner = CornerRadius::same(space::CORNER);
    let shape =
        egui::epaint::RectShape::new(card, corner, theme.surface, stroke, StrokeKind::Inside);
    ui.painter().set(ground, shape);
    card.bottom()
}

fn figure_ui(ui: &mut Ui, view: &View<'_>, stage: Rect) {
    let Some((rig, item)) = view.figure else {
        return;
    };
    let Some(preview) = &item.preview else {
        return;
    };
    let shown_for = if view.reduced_motion {
        Duration::ZERO
    } else {
        view.now
    };
    let total = preview.total().as_secs_f64().max(0.1);
    let t = item.telling.as_secs_f64() + shown_for.as_secs_f64() * SPEED;
    let body = pose_at(
        &item.stretch,
        rig,
        preview,
        Duration::from_secs_f64(t % total),
    );
    let manner = Manner {
        theme: view.theme,
        rig,
        frame: item.stretch.frame,
        areas: &item.stretch.areas,
        glow: 0.6,
    };
    let mesh = figure(&body, &manner, stage, ui.pixels_per_point());
    ui.painter().add(Shape::mesh(mesh));
    picture(ui, stage, "first-figure", &item.name);
}

/// How often, how long, which, and from when on.
fn habits_ui(ui: &mut Ui, view: &View<'_>, column: Rect) -> (Vec<Pressed>, f32) {
    let (theme, standing) = (view.theme, view.standing);
    let mut pressed = Vec::new();
    let mut top = title_ui(
        ui,
        view,
        "first-habits",
        column.with_min_y(column.top() + space::SMALL),
    );

    let minutes = |n: u64| Duration::from_secs(60 * n);
    let every = [30, 45, 60, 90].map(|n| {
        let label = text_with("first-minutes", &[("minutes", n.into())]);
        (minutes(n), label)
    });
    let title = text("first-every");
    let area = column.with_min_y(top);
    let (chosen, end) = choice_ui(
        ui,
        theme,
        (&title, "first-every"),
        &every,
        standing.every,
        area,
    );
    pressed.extend(chosen.map(Ask::Every));
    top = end + space::EDGE;

    let lengths = VariantName::ALL.map(|length| {
        let id = match length {
            VariantName::Short => "first-length-short",
            VariantName::Standard => "first-length-standard",
            VariantName::Long => "first-length-long",
        };
        (length, text(id))
    });
    let title = text("first-length");
    let area = column.with_min_y(top);
    let (chosen, end) = choice_ui(
        ui,
        theme,
        (&title, "first-length"),
        &lengths,
        standing.length,
        area,
    );
    pressed.extend(chosen.map(Ask::Length));
    top = end + space::EDGE;

    let presets = Preset::ALL.map(|preset| (preset, text(preset_text(preset))));
    let title = text("first-stretches");
    let area = column.with_min_y(top);
    let (chosen, end) = choice_ui(
        ui,
        theme,
        (&title, "first-stretches"),
        &presets,
        standing.preset,
        area,
    );
    pressed.extend(chosen.map(Ask::Choose));
    let said = text("first-stretches-more");
    let font = fonts::regular(size::FAINT);
    let below = column.with_min_y(end + space::SMALL);
    top = text_ui(
        ui,
        (&said, "first-stretches-more"),
        font,
        theme.faint,
        below,
    ) + space::EDGE;

    if let Some(on) = standing.autostart {
        let (name, said) = (text("first-autostart"), text("first-autostart-said"));
        let area = column.with_min_y(top);
        let row = (name.as_str(), said.as_str(), "first-autostart");
        let (switched, end) = switch_row_ui(ui, theme, row, on, area);
        pressed.extend(switched.map(Ask::Autostart));
        top = end;
    }
    (pressed.into_iter().map(Pressed::Of).collect(), top)
}

/// What it waits for, with what was found on this desktop.
fn moment_ui(ui: &mut Ui, view: &View<'_>, column: Rect) -> (Vec<Pressed>, f32) {
    let theme = view.theme;
    let mut pressed = Vec::new();
    let mut top = title_ui(
        ui,
        view,
        "first-moment",
        column.with_min_y(column.top() + space::SMALL),
    );
    let font = fonts::regular(size::BODY);
    let said = text("first-moment-said");
    top = text_ui(
        ui,
        (&said, "first-moment-said"),
        font,
        theme.faint,
        column.with_min_y(top),
    ) + space::EDGE;
    for (n, what) in Waits::ALL.into_iter().enumerate() {
        let (id, said) = match what {
            Waits::Meeting => ("first-wait-meeting", "first-wait-meeting-said"),
            Waits::Fullscreen => ("first-wait-fullscreen", "first-wait-fullscreen-said"),
            Waits::Quiet => ("first-wait-quiet", "first-wait-quiet-said"),
        };
        let found = match view.found {
            Some(found) => found[n].clone(),
            None => text("first-looking"),
        };
        let said = format!("{}\n{found}", text(said));
        let name = text(id);
        let row = (name.as_str(), said.as_str(), id);
        let area = column.with_min_y(top);
        let (switched, end) = switch_row_ui(ui, theme, row, view.standing.waits_for(what), area);
        pressed.extend(switched.map(|on| Pressed::Of(Ask::Wait(what, on))));
        top = end + space::EDGE;
    }
    let font = fonts::regular(size::FAINT);
    let said = text("first-moment-more");
    top = text_ui(
        ui,
        (&said, "first-moment-more"),
        font,
        theme.faint,
        column.with_min_y(top),
    );
    (pressed, top)
}
