//! A reminder that stands open: a row for each thing that can be said of it.

use std::time::Duration;

use egui::{Ui, vec2};

use super::{
    HOUR, State, View, change, own,
    row::{Plain, choice_ui, said_one, span_ui},
    times, what, words,
};
use crate::{
    config_file,
    core::config::{Reminder, When},
    gui::{
        controls::Weight,
        fonts::icon,
        settings::{
            Asked,
            fields::{FIELD, Field, field_ui},
            rows::{Row, button_ui, inside_ui, line_ui, note_ui, row_ui},
        },
        theme::space,
    },
    text::{text, text_with},
};

/// How wide a name wants to be, in points.
const NAME: f32 = 230.0;

/// The rows of a reminder that is open.
pub fn card_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (place, reminder): (usize, &Reminder),
    state: &mut State,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    line_ui(ui, view);
    asked.extend(name_ui(ui, view, reminder, state));
    line_ui(ui, view);
    asked.extend(when_ui(ui, view, reminder, state));
    line_ui(ui, view);
    asked.extend(what::what_ui(ui, view, reminder, state));
    line_ui(ui, view);
    let has_own = reminder.natural_break.is_some() || reminder.open.is_some();
    if has_own || state.more {
        asked.extend(own::rest_ui(ui, view, reminder, state));
        line_ui(ui, view);
        asked.extend(own::open_ui(ui, view, reminder, state));
        line_ui(ui, view);
    }
    asked.extend(inside_ui(ui, |ui| {
        deeds_ui(ui, view, (place, reminder), !has_own, state)
    }));
    asked
}

fn name_ui(ui: &mut Ui, view: &View<'_>, reminder: &Reminder, state: &mut State) -> Option<Asked> {
    let key = state.key(&reminder.id, "id");
    let (name, about) = (text("plan-name"), text("plan-name-about"));
    let others: Vec<&str> = (view.config.reminders.iter())
        .map(|one| one.id.as_str())
        .filter(|id| *id != reminder.id)
        .collect();
    let check = |words: &str| match wrong_name(words, &others) {
        None => Ok(words.to_owned()),
        Some(wrong) => Err(wrong),
    };
    // Said while one types, not only when the field is left.
    let typed = state.typed.words(&key).map(str::to_owned);
    let wrong = typed.and_then(|words| wrong_name(words.trim(), &others));
    let row = Row {
        name: &name,
        about: &about,
        wrong: wrong.as_deref().unwrap_or_default(),
        key: &key,
        ..Row::default()
    };
    let (_, to) = row_ui(ui, view, &row, vec2(NAME, FIELD), |ui, place| {
        let field = Field {
            id: &key,
            name: &name,
            shown: &reminder.id,
            hint: "",
        };
        field_ui(ui, view.theme, place, &field, &mut state.typed, check)
    });
    let to = to?;
    state.rename(&reminder.id, &to);
    Some(change::rename(&reminder.id, &to))
}

/// What is wrong with a name.
fn wrong_name(words: &str, others: &[&str]) -> Option<String> {
    if others.contains(&words) {
        return Some(text_with(
            "plan-name-taken",
            &[("id", words.to_owned().into())],
        ));
    }
    if config_file::is_id(words) {
        return None;
    }
    let likely = config_file::likely_id(words).filter(|likely| !others.contains(&likely.as_str()));
    Some(match likely {
        Some(likely) => text_with("plan-name-likely", &[("id", likely.into())]),
        None => text("plan-name-wrong"),
    })
}

/// After so much work, or at times of day.
fn when_ui(ui: &mut Ui, view: &View<'_>, reminder: &Reminder, state: &mut State) -> Option<Asked> {
    let by_work = matches!(reminder.when, When::Every(_));
    let choices = [(true, text("plan-by-work")), (false, text("plan-by-clock"))];
    let (name, about, key_of_row) = (
        text("plan-comes"),
        text("plan-comes-about"),
        state.key(&reminder.id, "when"),
    );
    let plain = Plain {
        name: &name,
        about: &about,
        key: &key_of_row,
    };
    let chosen = choice_ui(ui, view, &plain, &mut state.typed, &choices, by_work);
    let mut asked = chosen.map(|by_work| {
        let when = match by_work {
            true => Reminder::default().when,
            false => When::At(vec![change::first_time()]),
        };
        said_one(reminder, "when", &words::when(&when), move |reminder| {
            reminder.when = when.clone();
        })
    });
    line_ui(ui, view);
    let more = match &reminder.when {
        When::At(times) => times::times_ui(ui, view, (reminder, times), state),
        When::Every(every) => every_ui(ui, view, reminder, *every, state),
    };
    asked = asked.or(more);
    asked
}

fn every_ui(
    ui: &mut Ui,
    view: &View<'_>,
    reminder: &Reminder,
    every: Duration,
    state: &mut State,
) -> Option<Asked> {
    let (name, key) = (text("plan-every"), state.key(&reminder.id, "every"));
    let about = text("plan-every-about");
    let plain = Plain {
        name: &name,
        about: &about,
        key: &key,
    };
    let new = span_ui(ui, view, &plain, &mut state.typed, every, 10..=24 * HOUR)?;
    let when = When::Every(new);
    Some(said_one(
        reminder,
        "every",
        &words::when(&when),
        move |reminder| {
            reminder.when = when.clone();
        },
    ))
}

/// What is done with the reminder as a whole.
fn deeds_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (place, reminder): (usize, &Reminder),
    has_more: bool,
    state: &mut State,
) -> Option<Asked> {
    let (count, id) = (view.config.reminders.len(), &reminder.id);
    let keys = state.key(id, "");
    let button = |ui: &mut Ui, (icon, label): (char, &str), word: &str| {
        let own = format!("{keys}{word}");
        button_ui(ui, view, Weight::Quiet, Some(icon), &text(label), &own)
    };
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        let (icon, label) = match state.more {
            true => (icon::MORE_OFTEN, "plan-less"),
            false => (icon::LESS_OFTEN, "plan-more"),
        };
        if has_more && button(ui, (icon, label), "more") {
            state.more = !state.more;
        }
        // At the end of the list they do nothing: what is disabled would lose the focus.
        if count > 1 && button(ui, (icon::UP, "plan-up"), "up") {
            asked = Some(change::shift(id, true));
        }
        if count > 1 && button(ui, (icon::DOWN, "plan-down"), "down") {
            asked = Some(change::shift(id, false));
        }
        let room = count < config_file::MOST_REMINDERS;
        if room && button(ui, (icon::COPY, "plan-duplicate"), "copy") {
            let twin = Reminder {
                id: change::free(id, &view.config.reminders),
                ..reminder.clone()
            };
            state.show(Some(twin.id.clone()));
            state.naming = Some(twin.id.clone());
            asked = Some(change::add(twin, Some(id.clone())));
        }
        if count > 1 && button(ui, (icon::TRASH, "plan-remove"), "remove") {
            state.show(None);
            let others = &view.config.reminders;
            let next = others.get(place + 1).or(others.get(place.wrapping_sub(1)));
            state.focus = next.map(|next| super::head_id(state, &next.id));
            asked = Some(change::remove(id));
        }
    });
    if count == 1 {
        let words = text("plan-last");
        note_ui(ui, view, icon::INFO, &words, "reminder-last");
    }
    asked
}
