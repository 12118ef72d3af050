//! The row of a day: its name, its band, what is typed, and what clears it.

use egui::{Align2, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::{
    Asked, GAP, State, View,
    band::{band_ui, x_of},
    beside, name, said,
};
use crate::{
    config_file,
    core::{
        config::{DayOfWeek, Hours},
        week,
    },
    diagnostic::Problem,
    gui::{
        fonts::{self, icon},
        settings::{
            fields::{FIELD, Field, field_ui},
            rows::{icon_ui, words_ui},
        },
        theme::{size, space},
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

/// The key of the hours of a day, as in the settings.
pub fn field_key(day: DayOfWeek) -> String {
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
