//! What a break consists of: stretches, or a sentence to read.

use std::time::Duration;

use egui::{Ui, vec2};

use super::{
    HOUR, State, View, change,
    row::{Plain, choice_ui, plain_ui, said_one, span_ui},
    words,
};
use crate::{
    config_file::LONGEST_MESSAGE,
    core::{
        config::{Reminder, What},
        stretch::VariantName,
    },
    gui::settings::{
        Asked,
        fields::{FIELD, Field, STEPPER, field_ui, stepper_ui},
        rows::line_ui,
    },
    text::{text, text_with},
};

/// How wide a message wants to be, in points.
const MESSAGE: f32 = 400.0;

/// Stretches, or a sentence to read.
pub fn what_ui(
    ui: &mut Ui,
    view: &View<'_>,
    reminder: &Reminder,
    state: &mut State,
) -> Option<Asked> {
    let stretches = matches!(reminder.what, What::Stretches { .. });
    let choices = [
        (true, text("plan-of-stretches")),
        (false, text("plan-of-message")),
    ];
    let (name, about, row) = (
        text("plan-what"),
        text("plan-what-about"),
        state.key(&reminder.id, "what"),
    );
    let plain = Plain {
        name: &name,
        about: &about,
        key: &row,
    };
    let chosen = choice_ui(ui, view, &plain, &mut state.typed, &choices, stretches);
    let asked = chosen.map(|stretches| {
        let what = match stretches {
            true => Reminder::default().what,
            false => change::message("plan-message-eyes"),
        };
        set_what(view, reminder, what)
    });
    line_ui(ui, view);
    let more = match &reminder.what {
        What::Stretches { variant, count } => {
            stretches_ui(ui, view, (reminder, *variant, *count), state)
        }
        What::Message { text, length } => message_ui(ui, view, (reminder, text, *length), state),
    };
    asked.or(more)
}

fn set_what(view: &View<'_>, reminder: &Reminder, what: What) -> Asked {
    let words = words::what(view, &what);
    said_one(reminder, "what", &words, move |reminder| {
        reminder.what = what.clone();
    })
}

fn stretches_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (reminder, variant, count): (&Reminder, VariantName, u8),
    state: &mut State,
) -> Option<Asked> {
    let variants = [VariantName::Short, VariantName::Standard, VariantName::Long];
    let choices = variants.map(|variant| (variant, words::variant_word(variant)));
    let lengths: Vec<String> = variants
        .into_iter()
        .filter_map(|variant| Some((variant, words::seconds(view, variant)?)))
        .map(|(variant, seconds)| format!("{}: {seconds}", words::variant_word(variant)))
        .collect();
    let (name, about, row) = (
        text("plan-length"),
        lengths.join(", "),
        state.key(&reminder.id, "length"),
    );
    let plain = Plain {
        name: &name,
        about: &about,
        key: &row,
    };
    let chosen = choice_ui(ui, view, &plain, &mut state.typed, &choices, variant);
    line_ui(ui, view);
    let (name, about, row) = (
        text("plan-count"),
        text("plan-count-about"),
        state.key(&reminder.id, "count"),
    );
    let plain = Plain {
        name: &name,
        about: &about,
        key: &row,
    };
    let size = vec2(STEPPER, FIELD);
    let number = plain_ui(
        ui,
        view,
        &plain,
        &mut state.typed,
        size,
        |ui, place, typed| {
            let shown = count.to_string();
            let field = Field {
                id: &row,
                name: &name,
                shown: &shown,
                hint: "",
            };
            let fits = |count: u8| (1..=5).contains(&count).then_some(count);
            let check = |words: &str| {
                let number = words.parse().ok().and_then(fits);
                number.ok_or_else(|| text("plan-count-wrong"))
            };
            let step = |up: bool| fits(if up { count + 1 } else { count - 1 });
            stepper_ui(ui, view.theme, place, &field, typed, check, step)
        },
    );
    let what = match (chosen, number) {
        (Some(variant), _) => What::Stretches { variant, count },
        (None, Some(count)) => What::Stretches { variant, count },
        (None, None) => return None,
    };
    Some(set_what(view, reminder, what))
}

fn message_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (reminder, sentence, length): (&Reminder, &str, Duration),
    state: &mut State,
) -> Option<Asked> {
    let (name, row) = (text("plan-sentence"), state.key(&reminder.id, "message"));
    let count = state.typed.words(&row).unwrap_or(sentence).chars().count();
    let values = [("count", count.into()), ("most", LONGEST_MESSAGE.into())];
    let about = text_with("plan-sentence-about", &values);
    let plain = Plain {
        name: &name,
        about: &about,
        key: &row,
    };
    let size = vec2(MESSAGE, FIELD);
    let words = plain_ui(
        ui,
        view,
        &plain,
        &mut state.typed,
        size,
        |ui, place, typed| {
            let field = Field {
                id: &row,
                name: &name,
                shown: sentence,
                hint: "",
            };
            field_ui(ui, view.theme, place, &field, typed, |words| {
                match words.chars().count() {
                    0 => Err(text("plan-sentence-empty")),
                    count if count > LONGEST_MESSAGE => Err(text_with(
                        "plan-sentence-long",
                        &[("most", LONGEST_MESSAGE.into())],
                    )),
                    _ => Ok(words.to_owned()),
                }
            })
        },
    );
    line_ui(ui, view);
    let (name, about, row) = (
        text("plan-shown"),
        text("plan-shown-about"),
        state.key(&reminder.id, "length"),
    );
    let plain = Plain {
        name: &name,
        about: &about,
        key: &row,
    };
    let span = span_ui(ui, view, &plain, &mut state.typed, length, 1..=HOUR);
    if words.is_none() && span.is_none() {
        return None;
    }
    let what = What::Message {
        text: words.unwrap_or_else(|| sentence.to_owned()),
        length: span.unwrap_or(length),
    };
    Some(set_what(view, reminder, what))
}
