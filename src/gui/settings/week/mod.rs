//! Working hours as a week: painted with the mouse or the keyboard, or typed.
//!
//! `stroke` is what one gesture does, `day` the row of a day, `band` what is painted of it. A week
//! without any hours cannot be kept, for in it breaks would never come: as long as none are left,
//! what is painted stays here.

mod band;
mod day;
mod stroke;

use chrono::NaiveTime;
use egui::{Id, Rect, Ui, accesskit::Role, vec2};

use super::{
    Asked, Change, Typed, View, mistakes,
    rows::{Row, button_ui, inside_ui, line_ui, note_ui, row_ui, section_ui, told_ui},
};
use crate::{
    config_file,
    core::{
        config::{DayOfWeek, HourRange, Hours},
        week,
    },
    gui::{
        choices::{SWITCH, switch_ui},
        controls::{Weight, announced},
        fonts::icon,
        theme::space,
    },
    text::{text, text_with},
};
use stroke::Drag;

/// What the part keeps between frames.
#[derive(Default)]
pub struct State {
    typed: Typed,
    /// A week without hours, and the hours of the settings that it is to take the place of.
    empty: Option<(Option<Hours>, Hours)>,
    /// What there was before the switch was turned off.
    before: Option<Hours>,
    drag: Option<Drag>,
    /// The day and the minute under the pointer.
    over: Option<(DayOfWeek, u32)>,
    /// Where the days are painted, since the last frame.
    bands: Vec<Rect>,
    /// The quarter of an hour on which the keyboard stands, in minutes.
    cursor: u32,
    /// Where a selection by keyboard began.
    anchor: Option<u32>,
    /// How many strokes there were: each is taken back on its own.
    strokes: u64,
    /// How often something was said.
    number: u64,
    /// What was said last.
    said: String,
}

impl State {
    /// The hours that are shown.
    fn hours(&self, view: &View<'_>) -> Hours {
        let settings = view.config.hours.clone();
        match &self.empty {
            Some((_, empty)) => empty.clone(),
            None => settings.unwrap_or_default(),
        }
    }

    fn say(&mut self, words: String) {
        self.number += 1;
        self.said = words;
    }

    /// Makes the hours others, or keeps them here if none are left.
    fn change(
        &mut self,
        view: &View<'_>,
        (key, said): (&str, String),
        make: impl Fn(&mut Hours) + Send + Sync + 'static,
    ) -> Option<Asked> {
        let before = self.hours(view);
        let mut after = before.clone();
        make(&mut after);
        if after == before {
            return None;
        }
        if week::is_empty(&after) {
            self.say(text("plan-week-empty"));
            self.empty = Some((view.config.hours.clone(), after));
            return None;
        }
        self.strokes += 1;
        let key = format!("{key}#{}", self.strokes);
        if self.empty.take().is_some() {
            let whole = move |config: &mut crate::core::config::Config| {
                config.hours = Some(after.clone());
            };
            return Some(Asked::Change(Change::new(key, said, whole)));
        }
        Some(Asked::Change(Change::new(key, said, move |config| {
            let mut hours = config.hours.clone().unwrap_or_default();
            make(&mut hours);
            if !week::is_empty(&hours) {
                config.hours = Some(hours);
            }
        })))
    }
}

/// The working hours on a card.
pub fn week_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Vec<Asked> {
    if (state.empty.as_ref()).is_some_and(|(before, _)| *before != view.config.hours) {
        state.empty = None;
    }
    let title = text("set-group-hours");
    section_ui(ui, view, (&title, ""), |ui| {
        let mut asked: Vec<Asked> = switched_ui(ui, view, state).into_iter().collect();
        for day in DayOfWeek::ALL {
            let key = format!("hours.{}", day.key());
            asked.extend(mistakes::of_setting_ui(ui, view, &key, &mut state.typed));
        }
        if view.config.hours.is_some() {
            line_ui(ui, view);
            asked.extend(inside_ui(ui, |ui| days_ui(ui, view, state)));
        }
        asked
    })
}

/// Whether breaks come in working hours only.
fn switched_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Option<Asked> {
    let (name, about) = (text("plan-hours"), text("plan-hours-about"));
    let row = Row {
        name: &name,
        about: &about,
        key: "hours",
        ..Row::default()
    };
    let on = view.config.hours.is_some();
    let (_, pressed) = row_ui(ui, view, &row, SWITCH, |ui, place| {
        switch_ui(ui, view.theme, place, Id::unique("hours"), &name, on).clicked()
    });
    if !pressed {
        return None;
    }
    state.empty = None;
    if on {
        state.before.clone_from(&view.config.hours);
        let said = text("plan-hours-said-off");
        return Some(Asked::Change(Change::new("hours", said, |config| {
            config.hours = None;
        })));
    }
    let hours = state.before.take().unwrap_or_else(usual);
    let said = text("plan-hours-said-on");
    Some(Asked::Change(Change::new("hours", said, move |config| {
        if config.hours.is_none() {
            config.hours = Some(hours.clone());
        }
    })))
}

/// The hours with which one begins: Monday to Friday, nine to five.
fn usual() -> Hours {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let range = HourRange {
        start: time(9),
        end: time(17),
    };
    let days = DayOfWeek::ALL.into_iter().take(5);
    Hours {
        days: days.map(|day| (day, vec![range])).collect(),
    }
}

fn days_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Vec<Asked> {
    let mut asked = Vec::new();
    let hours = state.hours(view);
    let drawn = match state.drag.as_ref().map(Drag::stroke) {
        Some(stroke) => {
            let mut drawn = hours.clone();
            stroke.make(&mut drawn);
            drawn
        }
        None => hours.clone(),
    };
    day::scale_ui(ui, view);
    state.over = None;
    let mut bands = Vec::new();
    for (number, day) in DayOfWeek::ALL.into_iter().enumerate() {
        let row = day::Day {
            number,
            day,
            hours: &hours,
            drawn: &drawn,
        };
        asked.extend(day::day_ui(ui, view, &row, state, &mut bands));
    }
    state.bands = bands;
    status_ui(ui, view, state);
    if state.empty.is_some() {
        let words = text("plan-week-empty");
        note_ui(ui, view, icon::WARNING, &words, "hours-empty");
    }
    asked.extend(copy_ui(ui, view, state, &hours));
    announced(ui, (&state.said, state.number));
    asked
}

/// What is painted or selected just now, or else how to do it.
fn status_ui(ui: &mut Ui, view: &View<'_>, state: &State) {
    let focused = (DayOfWeek::ALL.into_iter())
        .find(|day| ui.memory(|memory| memory.has_focus(band::band_id(*day))));
    let words = match (&state.drag, state.over, focused) {
        (Some(drag), _, _) => Some(drag.stroke().in_words()),
        (None, Some((day, minute)), _) => {
            let piece = (minute, minute + stroke::STEP);
            Some(band::at_words(&state.hours(view), day, piece, minute))
        }
        (None, None, Some(day)) => Some(band::cursor_words(&state.hours(view), day, state)),
        (None, None, None) => None,
    };
    told_ui(ui, view, words.as_deref(), &text("plan-week-how"));
}

/// Monday's hours for the other days of the working week.
fn copy_ui(ui: &mut Ui, view: &View<'_>, state: &mut State, hours: &Hours) -> Option<Asked> {
    let [monday, others @ ..] = DayOfWeek::ALL;
    let others = others[..4].to_vec();
    let ranges = hours.days.get(&monday).cloned().unwrap_or_default();
    let differs = (others.iter())
        .any(|day| hours.days.get(day).map_or(&[][..], Vec::as_slice) != ranges.as_slice());
    let label = text("plan-week-copy");
    let enabled = differs && !ranges.is_empty();
    let pressed = ui
        .add_enabled_ui(enabled, |ui| {
            let icon = Some(icon::COPY);
            button_ui(ui, view, Weight::Outlined, icon, &label, "hours-copy")
        })
        .inner;
    if !pressed {
        return None;
    }
    let said = text("plan-week-said-copied");
    state.change(view, ("hours", said), move |hours| {
        for day in &others {
            week::set(hours, *day, ranges.clone());
        }
    })
}

/// What a day is called.
fn name(day: DayOfWeek) -> String {
    text(&format!("set-hours-{}", day.key()))
}

/// What is said when a day has got these hours.
fn said(day: DayOfWeek, hours: &Hours) -> String {
    let ranges = hours.days.get(&day).map_or(&[][..], Vec::as_slice);
    let values = [("day", name(day).into()), ("hours", listed(ranges).into())];
    text_with("plan-week-said", &values)
}

/// The hours of a day as one reads them.
fn listed(ranges: &[HourRange]) -> String {
    if ranges.is_empty() {
        return text("plan-week-none");
    }
    config_file::hours_line(ranges).replace('-', "–")
}

/// Names something for screen readers that is painted.
fn figure(response: &egui::Response, label: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Figure, true, label));
}

/// The distance between two days, in points.
const GAP: f32 = space::TIGHT;

/// How far apart things in a row of a day stand, in points.
fn beside() -> egui::Vec2 {
    vec2(space::SMALL, 0.0)
}
