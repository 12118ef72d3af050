//! What a reminder may have otherwise than the schedule says for all.

use std::time::Duration;

use egui::{Ui, vec2};

use super::{
    HOUR, State, View,
    row::{Plain, choice_ui, plain_ui, said_one, span_ui},
};
use crate::{
    core::{
        config::{Open, Reminder},
        span,
    },
    gui::settings::{
        Asked,
        fields::{FIELD, list_ui},
        rows::line_ui,
    },
    text::{text, text_with},
};

/// How wide the list is, in points.
const LIST: f32 = 230.0;

/// How long one has to be away for this reminder to count anew.
pub fn rest_ui(
    ui: &mut Ui,
    view: &View<'_>,
    reminder: &Reminder,
    state: &mut State,
) -> Option<Asked> {
    let usual = view.config.schedule.natural_break;
    let row = state.key(&reminder.id, "natural_break");
    let about = text_with("plan-rest-about", &[("usual", span::format(usual).into())]);
    let name = text("plan-rest");
    let choice_key = format!("{row}.own");
    let plain = Plain {
        name: &name,
        about: &about,
        key: &choice_key,
    };
    let choices = [(false, text("plan-usual")), (true, text("plan-own"))];
    let own = reminder.natural_break;
    let chosen = choice_ui(ui, view, &plain, &mut state.typed, &choices, own.is_some());
    let mut new = chosen.map(|own| own.then_some(usual));
    if let Some(length) = own {
        line_ui(ui, view);
        let name = text("plan-rest-own");
        let plain = Plain {
            name: &name,
            about: "",
            key: &row,
        };
        let range = 5..=2 * HOUR;
        let span = span_ui(ui, view, &plain, &mut state.typed, length, range);
        new = new.or(span.map(Some));
    }
    let new = new?;
    let words = match new {
        Some(length) => span::format(length),
        None => text("plan-usual"),
    };
    let words = format!("{}: {words}", text("plan-rest"));
    Some(said_one(
        reminder,
        "natural_break",
        &words,
        move |reminder| {
            reminder.natural_break = new;
        },
    ))
}

/// When its window opens.
pub fn open_ui(
    ui: &mut Ui,
    view: &View<'_>,
    reminder: &Reminder,
    state: &mut State,
) -> Option<Asked> {
    let usual = view.config.schedule.open;
    let delay = match (reminder.open, usual) {
        (Some(Open::After(delay)), _) | (_, Open::After(delay)) => delay,
        _ => Duration::from_secs(20),
    };
    let all = [
        None,
        Some(Open::After(delay)),
        Some(Open::OnStart),
        Some(Open::AtOnce),
    ];
    let words: Vec<String> = all.iter().map(|open| open_words(*open)).collect();
    let (name, row) = (text("set-schedule-open"), state.key(&reminder.id, "open"));
    let about = text_with(
        "plan-open-about",
        &[("usual", open_words(Some(usual)).into())],
    );
    let plain = Plain {
        name: &name,
        about: &about,
        key: &row,
    };
    let size = vec2(LIST, FIELD);
    let chosen = all
        .iter()
        .position(|open| *open == reminder.open)
        .unwrap_or(0);
    let place = plain_ui(ui, view, &plain, &mut state.typed, size, |ui, place, _| {
        list_ui(ui, view.theme, place, (&row, &name), &words, chosen)
    });
    let mut new = place.map(|place| all[place]);
    if let Some(Open::After(delay)) = reminder.open {
        line_ui(ui, view);
        let (name, row) = (text("set-schedule-open-delay"), format!("{row}.delay"));
        let plain = Plain {
            name: &name,
            about: "",
            key: &row,
        };
        let span = span_ui(ui, view, &plain, &mut state.typed, delay, 0..=HOUR);
        new = new.or(span.map(|delay| Some(Open::After(delay))));
    }
    let new = new?;
    let words = format!("{}: {}", text("set-schedule-open"), open_words(new));
    Some(said_one(reminder, "open", &words, move |reminder| {
        reminder.open = new;
    }))
}

fn open_words(open: Option<Open>) -> String {
    match open {
        None => text("plan-usual"),
        Some(Open::After(delay)) => {
            let delay = span::format(delay);
            text_with("set-schedule-open-after", &[("delay", delay.into())])
        }
        Some(Open::OnStart) => text("set-schedule-open-on-start"),
        Some(Open::AtOnce) => text("set-schedule-open-at-once"),
    }
}
