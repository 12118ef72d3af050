//! The row of a day: its name, the band on which its hours are painted, and what is typed.

use egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Sense,
    Stroke as Line, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use super::{
    Asked, GAP, State, View, beside, figure, listed, name, said,
    stroke::{Drag, STEP, Stroke, times},
};
use crate::{
    config_file,
    core::{
        config::{DayOfWeek, Hours},
        week::{self, DAY, Piece},
    },
    diagnostic::Problem,
    gui::{
        fonts::{self, icon},
        settings::{
            fields::{FIELD, Field, field_ui},
            rows::{icon_ui, words_ui},
        },
        theme::{mix, size, space},
    },
    text::{text, text_with},
};

/// Narrower than this, in points, what is typed stands below the band.
const NARROW: f32 = 600.0;
/// The names of the days.
const LABEL: f32 = 44.0;
/// What is typed beside the band.
const TYPED: f32 = 226.0;
const BAND: f32 = 34.0;
const BUTTON: f32 = 32.0;

/// The row of a day.
pub struct Day<'a> {
    /// Its place in the week.
    pub number: usize,
    /// The day.
    pub day: DayOfWeek,
    /// The hours of the week.
    pub hours: &'a Hours,
    /// The same with the stroke that is under way.
    pub drawn: &'a Hours,
}

/// By which the band of a day is known, to give it the focus.
pub fn band_id(day: DayOfWeek) -> Id {
    Id::unique(("hours", day.key()))
}

struct Places {
    label: Rect,
    band: Rect,
    typed: Rect,
    clear: Rect,
}

fn places(row: Rect) -> Places {
    let left = row.left() + LABEL;
    let first = Rect::from_min_max(pos2(left, row.top()), pos2(row.right(), row.top() + BAND));
    let label = Rect::from_min_max(row.min, pos2(left, first.bottom()));
    let (band, second) = if row.width() < NARROW {
        let below = pos2(left, first.bottom() + GAP);
        (first, Rect::from_min_max(below, row.max))
    } else {
        let end = row.right() - TYPED - BUTTON - 2.0 * beside().x;
        first.split_left_right_at_x(end)
    };
    let typed = match row.width() < NARROW {
        true => second.left(),
        false => second.left() + beside().x,
    };
    let clear = second.right() - BUTTON;
    let middle = second.center().y;
    let at = |from: f32, to: f32, height: f32| {
        let corner = pos2(from, middle - 0.5 * height);
        Rect::from_min_max(corner, pos2(to, middle + 0.5 * height))
    };
    Places {
        label,
        band,
        typed: at(typed, clear - beside().x, FIELD),
        clear: at(clear, second.right(), BUTTON),
    }
}

/// The hours above the bands.
pub fn scale_ui(ui: &mut Ui, view: &View<'_>) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::empty());
    let band = places(row).band;
    let step = if band.width() < 330.0 { 6 } else { 3 };
    for hour in (0..=24).step_by(step) {
        let at = pos2(x_of(band, hour * 60), row.bottom());
        let font = fonts::regular(size::MARK);
        let painter = ui.painter();
        painter.text(at, Align2::CENTER_BOTTOM, hour, font, view.theme.faint);
    }
}

/// The row of a day. Where its band is goes to `bands`.
pub fn day_ui(
    ui: &mut Ui,
    view: &View<'_>,
    row: &Day<'_>,
    state: &mut State,
    bands: &mut Vec<Rect>,
) -> Vec<Asked> {
    let width = ui.available_width();
    let height = if width < NARROW {
        BAND + GAP + FIELD + GAP
    } else {
        BAND
    };
    let (whole, _) = ui.allocate_exact_size(vec2(width, height), Sense::empty());
    let places = places(whole);
    let short = text(&format!("plan-short-{}", row.day.key()));
    let font = fonts::medium(size::BODY);
    let at = places.label.left_center();
    ui.painter()
        .text(at, Align2::LEFT_CENTER, short, font, view.theme.text);
    bands.push(places.band);
    let mut asked: Vec<Asked> = band_ui(ui, view, row, state, places.band)
        .into_iter()
        .collect();
    asked.extend(typed_ui(ui, view, row, state, places.typed));
    asked.extend(clear_ui(ui, view, row, state, places.clear));
    let wrong = state.typed.wrong(&field_key(row.day)).to_owned();
    if !wrong.is_empty() {
        words_ui(ui, &wrong, fonts::medium(size::FAINT), view.theme.text);
        ui.add_space(space::TIGHT);
    }
    asked
}

fn field_key(day: DayOfWeek) -> String {
    format!("hours.{}", day.key())
}

/// The hours of the day as one types them.
fn typed_ui(
    ui: &mut Ui,
    view: &View<'_>,
    row: &Day<'_>,
    state: &mut State,
    place: Rect,
) -> Option<Asked> {
    let day = row.day;
    let (id, ranges) = (field_key(day), row.hours.days.get(&day));
    let shown = config_file::hours_line(ranges.map_or(&[][..], Vec::as_slice));
    let (label, hint) = (
        text_with("plan-week-typed", &[("day", name(day).into())]),
        text("plan-week-hint"),
    );
    let field = Field {
        id: &id,
        name: &label,
        shown: &shown,
        hint: &hint,
    };
    // What is put into a place of its own must not move the cursor.
    let mut child = ui.new_child(UiBuilder::new().id_salt(&id).max_rect(place));
    let typed = &mut state.typed;
    let ranges = field_ui(&mut child, view.theme, place, &field, typed, |words| {
        config_file::typed_hours(words).map_err(|problem| in_words(&problem))
    })?;
    let mut after = row.hours.clone();
    week::set(&mut after, day, ranges.clone());
    state.change(view, (&id, said(day, &after)), move |hours| {
        week::set(hours, day, ranges.clone());
    })
}

/// What is wrong, without the marks of the file.
fn in_words(problem: &Problem) -> String {
    let hint = problem.help.as_ref().unwrap_or(&problem.label);
    format!("{}: {hint}", problem.message).replace(['`', '"'], "")
}

fn clear_ui(
    ui: &mut Ui,
    view: &View<'_>,
    row: &Day<'_>,
    state: &mut State,
    place: Rect,
) -> Option<Asked> {
    let day = row.day;
    let label = text_with("plan-week-clear", &[("day", name(day).into())]);
    let has_hours = row.hours.days.contains_key(&day);
    let id = format!("hours-clear-{}", day.key());
    // As above: it has its own place.
    let mut child = ui.new_child(UiBuilder::new().id_salt(&id).max_rect(place));
    if !has_hours {
        child.disable();
    }
    let clicked = icon_ui(&mut child, view, place, icon::TRASH, &label, &id);
    if !clicked {
        return None;
    }
    state.typed.forget(&field_key(day));
    let said = said(day, &Hours::default());
    state.change(view, (&field_key(day), said), move |hours| {
        week::set(hours, day, Vec::new());
    })
}

fn x_of(band: Rect, minute: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "the minutes of a day")]
    let part = minute as f32 / DAY as f32;
    band.left() + part * band.width()
}

/// The beginning of the quarter of an hour at a place, in minutes.
fn minute_at(band: Rect, x: f32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "the quarters of a day"
    )]
    let quarter = ((x - band.left()) / band.width() * (DAY / STEP) as f32).max(0.0) as u32;
    (quarter * STEP).min(DAY - STEP)
}

/// The band with the hours of a day.
fn band_ui(
    ui: &mut Ui,
    view: &View<'_>,
    row: &Day<'_>,
    state: &mut State,
    band: Rect,
) -> Option<Asked> {
    let response = ui.interact(band, band_id(row.day), Sense::drag());
    let asked = painted_ui(row, state, view, &response)
        .or_else(|| pressed_ui(ui, row, state, view, &response));
    if let Some(at) = response.hover_pos() {
        state.over = Some((row.day, minute_at(band, at.x)));
    }
    paint(ui, view, row, band);
    let ranges = row.hours.days.get(&row.day).map_or(&[][..], Vec::as_slice);
    figure(&response, &label(row, &listed(ranges)));
    let now = cursor_words(row.hours, row.day, state);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(now));
    if response.has_focus() {
        paint_cursor(ui, view, band, selected(state));
        crate::gui::controls::focus_ring(ui, view.theme, band, &response);
    }
    response.on_hover_cursor(egui::CursorIcon::Crosshair);
    asked
}

fn label(row: &Day<'_>, hours: &str) -> String {
    let values = [
        ("day", name(row.day).into()),
        ("hours", hours.to_owned().into()),
    ];
    text_with("plan-week-said", &values)
}

/// A stroke with the mouse: it begins, goes on, ends.
fn painted_ui(
    row: &Day<'_>,
    state: &mut State,
    view: &View<'_>,
    response: &Response,
) -> Option<Asked> {
    let at = response.interact_pointer_pos();
    if response.drag_started()
        && let Some(at) = at
    {
        response.request_focus();
        let minute = minute_at(response.rect, at.x);
        state.cursor = minute;
        state.anchor = None;
        state.drag = Some(Drag {
            fills: !week::is_filled(row.hours, row.day, minute),
            from: (row.number, minute),
            to: (row.number, minute),
        });
    }
    if !response.dragged() && !response.drag_stopped() {
        return None;
    }
    let mut drag = state.drag.clone()?;
    if let Some(at) = at {
        drag.to = (
            day_at(&state.bands, at, row.number),
            minute_at(response.rect, at.x),
        );
    }
    if !response.drag_stopped() {
        state.drag = Some(drag);
        return None;
    }
    state.drag = None;
    make(view, state, row.hours, drag.stroke())
}

/// The day whose band is at a height; beyond the week, its first or last.
fn day_at(bands: &[Rect], at: Pos2, usual: usize) -> usize {
    let distance = |band: &Rect| (band.center().y - at.y).abs();
    let nearest =
        (bands.iter().enumerate()).min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    nearest.map_or(usual, |(number, _)| number)
}

fn make(view: &View<'_>, state: &mut State, hours: &Hours, stroke: Stroke) -> Option<Asked> {
    let mut after = hours.clone();
    stroke.make(&mut after);
    let (first, last) = stroke.days;
    let (key, said) = match first == last {
        true => {
            let day = DayOfWeek::ALL[first];
            (field_key(day), said(day, &after))
        }
        false => ("hours".to_owned(), stroke.in_words()),
    };
    for day in &DayOfWeek::ALL[first..=last] {
        state.typed.forget(&field_key(*day));
    }
    state.change(view, (&key, said), move |hours| stroke.make(hours))
}

/// The piece of the day on which the keyboard stands.
fn selected(state: &State) -> Piece {
    let anchor = state.anchor.unwrap_or(state.cursor);
    (anchor.min(state.cursor), anchor.max(state.cursor) + STEP)
}

/// Where the keyboard stands on a day, and what is there.
pub fn cursor_words(hours: &Hours, day: DayOfWeek, state: &State) -> String {
    at_words(hours, day, selected(state), state.cursor)
}

/// A piece of a day, and whether a minute of it is filled.
pub fn at_words(hours: &Hours, day: DayOfWeek, piece: Piece, minute: u32) -> String {
    let id = match week::is_filled(hours, day, minute) {
        true => "plan-week-at-filled",
        false => "plan-week-at-free",
    };
    let values = [("day", name(day).into()), ("hours", times(piece).into())];
    text_with(id, &values)
}

/// Keys: arrows move and, with Shift, select; Space and Enter fill or clear.
fn pressed_ui(
    ui: &Ui,
    row: &Day<'_>,
    state: &mut State,
    view: &View<'_>,
    response: &Response,
) -> Option<Asked> {
    if response.gained_focus() {
        state.anchor = None;
    }
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let key = |key, modifiers| ui.input_mut(|input| input.consume_key(modifiers, key));
    let last = DAY - STEP;
    for (pressed, to) in [
        (Key::ArrowLeft, state.cursor.saturating_sub(STEP)),
        (Key::ArrowRight, (state.cursor + STEP).min(last)),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        let selects = key(pressed, Modifiers::SHIFT);
        if selects || key(pressed, Modifiers::NONE) {
            let from = state.anchor.unwrap_or(state.cursor);
            state.anchor = selects.then_some(from);
            state.cursor = to;
            let words = cursor_words(row.hours, row.day, state);
            state.say(words);
            return None;
        }
    }
    for (pressed, to) in [
        (Key::ArrowUp, row.day.before()),
        (Key::ArrowDown, row.day.next()),
    ] {
        if key(pressed, Modifiers::NONE) {
            ui.memory_mut(|memory| memory.request_focus(band_id(to)));
            return None;
        }
    }
    if !(key(Key::Space, Modifiers::NONE) || key(Key::Enter, Modifiers::NONE)) {
        return None;
    }
    let stroke = Stroke {
        fills: !week::is_filled(row.hours, row.day, state.cursor),
        days: (row.number, row.number),
        piece: selected(state),
    };
    state.anchor = None;
    make(view, state, row.hours, stroke)
}

fn paint(ui: &Ui, view: &View<'_>, row: &Day<'_>, band: Rect) {
    let theme = view.theme;
    let corner = CornerRadius::same(6);
    let painter = ui.painter();
    painter.rect_filled(band, corner, theme.background);
    for hour in 1..24 {
        let color = match hour % 6 {
            0 => mix(theme.track, theme.outline, 0.6),
            _ => theme.track,
        };
        let x = x_of(band, hour * 60);
        painter.vline(x, band.y_range(), Line::new(1.0, color));
    }
    let since = week::since_yesterday(row.drawn, row.day).into_iter();
    let own = week::own(row.drawn, row.day).into_iter();
    let pieces = since
        .map(|piece| (piece, true))
        .chain(own.map(|piece| (piece, false)));
    for ((start, end), since_yesterday) in pieces.filter(|((start, _), _)| *start < DAY) {
        let (from, to) = (x_of(band, start), x_of(band, end.min(DAY)));
        let area = Rect::from_x_y_ranges(from..=to, band.y_range()).shrink2(vec2(0.0, 3.0));
        // What goes on beyond midnight has no end there.
        let (west, east) = (
            if since_yesterday { 0 } else { 4 },
            if end > DAY { 0 } else { 4 },
        );
        let corner = CornerRadius {
            nw: west,
            sw: west,
            ne: east,
            se: east,
        };
        let fill = match since_yesterday {
            true => mix(theme.surface, theme.accent, 0.45),
            false => mix(theme.surface, theme.accent, 0.85),
        };
        painter.rect_filled(area, corner, fill);
        if since_yesterday {
            let line = Line::new(1.0, theme.accent);
            painter.rect_stroke(area, corner, line, StrokeKind::Inside);
        }
    }
    let edge = Line::new(1.0, theme.outline);
    painter.rect_stroke(band, corner, edge, StrokeKind::Inside);
}

fn paint_cursor(ui: &Ui, view: &View<'_>, band: Rect, (start, end): Piece) {
    let area = Rect::from_x_y_ranges(x_of(band, start)..=x_of(band, end), band.y_range());
    let line = Line::new(2.0, view.theme.text);
    ui.painter().rect_stroke(
        area.expand(1.0),
        CornerRadius::same(3),
        line,
        StrokeKind::Outside,
    );
}
