//! Rows of a reminder with one control: choices side by side, lengths of time.

use std::{ops::RangeInclusive, time::Duration};

use egui::{Rect, Ui, vec2};

use super::{View, change};
use crate::{
    config_file,
    core::{config::Reminder, span},
    gui::{
        choices::segments_ui,
        settings::{
            Asked,
            fields::{FIELD, Field, STEPPER, Typed, next_span, stepper_ui},
            plain::{group, segments_width},
            rows::{Row, row_ui},
        },
    },
    text::text_with,
};

/// A row with a control and nothing to reset: its name, a line about it, and its key.
pub struct Plain<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is about; may be empty.
    pub about: &'a str,
    /// A key of its own in the window.
    pub key: &'a str,
}

/// Shows such a row; `size` is that of the control.
pub fn plain_ui<R>(
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

/// One of a few, side by side.
pub fn choice_ui<T: Copy + PartialEq>(
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
pub fn span_ui(
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
pub fn said_one(
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
