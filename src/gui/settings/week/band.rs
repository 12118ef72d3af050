//! The band of a day, on which its hours are painted with the mouse or by keys.

use egui::{
    CornerRadius, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Sense, Stroke as Line,
    StrokeKind, Ui, vec2,
};

use super::{
    Asked, State, View,
    day::{Day, field_key},
    figure, listed, name, said,
    stroke::{Drag, STEP, Stroke, times},
};
use crate::{
    core::{
        config::{DayOfWeek, Hours},
        week::{self, DAY, Piece},
    },
    gui::{controls::focus_ring, theme::mix},
    text::text_with,
};

/// By which the band of a day is known, to give it the focus.
pub fn band_id(day: DayOfWeek) -> Id {
    Id::unique(("hours", day.key()))
}

/// Where a minute is on the band.
pub fn x_of(band: Rect, minute: u32) -> f32 {
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
pub fn band_ui(
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
        focus_ring(ui, view.theme, band, &response);
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
