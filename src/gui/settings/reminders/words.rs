//! What is said of a reminder.

use chrono::NaiveTime;

use super::View;
use crate::{
    core::{
        config::{Reminder, What, When},
        span,
        stretch::VariantName,
    },
    text::{text, text_with},
};

/// How long a stretch is done, as a word.
#[must_use]
pub fn variant_word(variant: VariantName) -> String {
    text(match variant {
        VariantName::Short => "plan-length-short",
        VariantName::Standard => "plan-length-standard",
        VariantName::Long => "plan-length-long",
    })
}

/// When a reminder comes, and what with: in a line.
pub fn summary(view: &View<'_>, reminder: &Reminder) -> String {
    format!("{} · {}", when(&reminder.when), what(view, &reminder.what))
}

/// When it comes.
pub fn when(when: &When) -> String {
    match when {
        When::Every(every) => {
            text_with("plan-when-every", &[("every", span::format(*every).into())])
        }
        When::At(times) => text_with("plan-when-at", &[("times", listed(times).into())]),
    }
}

/// Times of day, one behind the other.
pub fn listed(times: &[NaiveTime]) -> String {
    let times = times.iter().map(|time| clock(*time));
    times.collect::<Vec<_>>().join(", ")
}

/// A time of day as it is written.
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// What a break consists of.
pub fn what(view: &View<'_>, what: &What) -> String {
    match what {
        What::Message { length, .. } => text_with(
            "plan-about-message",
            &[("length", span::format(*length).into())],
        ),
        What::Stretches { variant, count } => {
            let values = [
                ("count", (*count).into()),
                ("length", variant_word(*variant).into()),
            ];
            let words = text_with("plan-what-stretches", &values);
            match seconds(view, *variant) {
                Some(seconds) => format!("{words} ({seconds})"),
                None => words,
            }
        }
    }
}

/// How long one stretch takes in this length, if that is known.
pub fn seconds(view: &View<'_>, variant: VariantName) -> Option<String> {
    let (least, most) = view.forecast.lengths.get(&variant)?;
    let (least, most) = (least.as_secs(), most.as_secs());
    Some(match least == most {
        true => text_with("plan-seconds", &[("seconds", least.into())]),
        false => text_with(
            "plan-seconds-range",
            &[("least", least.into()), ("most", most.into())],
        ),
    })
}
