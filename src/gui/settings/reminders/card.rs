//! A reminder that stands open: a row for each thing that can be said of it.

use std::{ops::RangeInclusive, time::Duration};

use egui::{Rect, Ui, vec2};

use super::{State, View, change, times, words};
use crate::{
    config_file::{self, LONGEST_MESSAGE},
    core::{
        config::{Open, Reminder, What, When},
        span,
        stretch::VariantName,
    },
    gui::{
        choices::segments_ui,
        controls::Weight,
        fonts::icon,
        settings::{
            Asked,
            fields::{FIELD, Field, STEPPER, Typed, field_ui, list_ui, next_span, stepper_ui},
            plain::{group, segments_width},
            rows::{Row, button_ui, inside_ui, line_ui, note_ui, row_ui},
        },
        theme::space,
    },
    text::{text, text_with},
};

const HOUR: u64 = 3600;
/// How wide a name and a message want to be, in points.
const NAME: f32 = 230.0;
const MESSAGE: f32 = 400.0;

/// A row with a control and nothing to reset: its name, a line about it, and its key.
struct Plain<'a> {
    name: &'a str,
    about: &'a str,
    key: &'a str,
}

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
    asked.extend(what_ui(ui, view, reminder, state));
    line_ui(ui, view);
    let own = reminder.natural_break.is_some() || reminder.open.is_some();
    if own || state.more {
        asked.extend(rest_ui(ui, view, reminder, state));
        line_ui(ui, view);
        asked.extend(open_ui(ui, view, reminder, state));
        line_ui(ui, view);
    }
    asked.extend(inside_ui(ui, |ui| {
        deeds_ui(ui, view, (place, reminder), !own, state)
    }));
    asked
}

fn plain_ui<R>(
    ui: &mut Ui,
    view: &View<'_>,
    plain: &Plain<'_>,
    typed: &mut Typed,
    size: egui::Vec2,
    control: impl FnOnce(&mut Ui, Rect, &mut Typed) -> R,
) -> R {
    let wrong = typed.wrong(plain.key).to_owned();
    let row = Row {
        name: plain.name,
        about: plain.about,
        wrong: &wrong,
        key: plain.key,
        ..Row::default()
    };
    row_ui(ui, view, &row, size, |ui, place| control(ui, place, typed)).1
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

/// Stretches, or a sentence to read.
fn what_ui(ui: &mut Ui, view: &View<'_>, reminder: &Reminder, state: &mut State) -> Option<Asked> {
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

/// How long one has to be away for this reminder to count anew.
fn rest_ui(ui: &mut Ui, view: &View<'_>, reminder: &Reminder, state: &mut State) -> Option<Asked> {
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
fn open_ui(ui: &mut Ui, view: &View<'_>, reminder: &Reminder, state: &mut State) -> Option<Asked> {
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
    let size = vec2(NAME, FIELD);
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

/// One of a few, side by side.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    view: &View<'_>,
    plain: &Plain<'_>,
    typed: &mut Typed,
    choices: &[(T, String)],
    chosen: T,
) -> Option<T> {
    let words: Vec<String> = choices.iter().map(|(_, words)| words.clone()).collect();
    let size = vec2(segments_width(ui, &words), FIELD);
    plain_ui(ui, view, plain, typed, size, |ui, place, _| {
        group(ui, place, plain.key, plain.name);
        segments_ui(ui, view.theme, place, plain.key, choices, chosen)
    })
}

/// A length of time, typed or stepped, within a range of seconds.
fn span_ui(
    ui: &mut Ui,
    view: &View<'_>,
    plain: &Plain<'_>,
    typed: &mut Typed,
    now: Duration,
    range: RangeInclusive<u64>,
) -> Option<Duration> {
    let shown = span::format(now);
    let fits = |span: Duration| range.contains(&span.as_secs()).then_some(span);
    let limits = [range.start(), range.end()].map(|secs| span::format(Duration::from_secs(*secs)));
    let [least, most] = limits;
    let values = [("least", least.into()), ("most", most.into())];
    let allowed = text_with("set-range", &values);
    let about = format!("{} {allowed}", plain.about);
    let row = Plain {
        about: about.trim(),
        ..*plain
    };
    let size = vec2(STEPPER, FIELD);
    plain_ui(ui, view, &row, typed, size, |ui, place, typed| {
        let field = Field {
            id: plain.key,
            name: plain.name,
            shown: &shown,
            hint: "",
        };
        let check = |words: &str| match span::parse(words) {
            Ok(span) => fits(span).ok_or_else(|| allowed.clone()),
            Err(error) => Err(config_file::span_text(&error)),
        };
        let step = |up: bool| fits(next_span(now, up)).filter(|next| *next != now);
        stepper_ui(ui, view.theme, place, &field, typed, check, step)
    })
}

/// A change of one reminder, after which it is said that it is like this.
fn said_one(
    reminder: &Reminder,
    what: &str,
    words: &str,
    make: impl Fn(&mut Reminder) + Send + Sync + 'static,
) -> Asked {
    let values = [
        ("id", reminder.id.clone().into()),
        ("what", words.to_owned().into()),
    ];
    let said = text_with("plan-said", &values);
    change::one(&reminder.id, what, said, make)
}
