//! The words of an announcement.

use std::time::Duration;

use crate::{
    core::{config::What, rotation::Candidate, schedule::Prompt, span, stretch::Posture},
    desktop::notify::Announcement,
    text::{text, text_with},
};

/// The announcement of a break.
pub fn announcement(prompt: &Prompt, catalogue: &[Candidate]) -> Announcement {
    let (title, body) = match &prompt.what {
        What::Message { text, length } => (
            text.clone(),
            text_with("announce-message", &[("length", in_full(*length).into())]),
        ),
        What::Stretches { .. } => stretches(prompt, catalogue),
    };
    Announcement {
        prompt: prompt.number,
        title,
        body,
        without_buttons: text("announce-without-buttons"),
        start: text("announce-start"),
        snooze: prompt
            .snooze
            .map(|length| text_with("announce-snooze", &[("length", words(length).into())])),
        skip: text("announce-skip"),
    }
}

/// Name of the first stretch; below, how long it takes and where one has to be.
fn stretches(prompt: &Prompt, catalogue: &[Candidate]) -> (String, String) {
    let known: Vec<&Candidate> = (prompt.stretches.iter())
        .filter_map(|id| catalogue.iter().find(|candidate| candidate.facts.id == *id))
        .collect();
    let names = known
        .iter()
        .filter_map(|candidate| candidate.facts.names.first());
    let names: Vec<&str> = names.map(String::as_str).collect();
    let length = in_full(prompt.length).into();
    let place = known
        .first()
        .map_or_else(String::new, |first| place(&first.facts.posture));
    (
        names.join(", "),
        text_with(
            "announce-stretch",
            &[("length", length), ("place", place.into())],
        ),
    )
}

/// "seated or standing".
fn place(postures: &[Posture]) -> String {
    let words: Vec<String> = (postures.iter())
        .map(|posture| {
            text(match posture {
                Posture::Seated => "posture-seated",
                Posture::Standing => "posture-standing",
                Posture::Floor => "posture-floor",
            })
        })
        .collect();
    words.join(&text("posture-or"))
}

/// A length in a sentence: `45 seconds`, `1min 30s`.
fn in_full(length: Duration) -> String {
    match length.as_secs() {
        seconds @ 0..=90 => text_with("length-in-seconds", &[("count", seconds.into())]),
        _ => span::format(length),
    }
}

/// A length for a button: `5 min`, `90 s`.
fn words(length: Duration) -> String {
    let seconds = length.as_secs();
    if seconds >= 60 && seconds.is_multiple_of(60) {
        text_with("length-minutes", &[("count", (seconds / 60).into())])
    } else {
        text_with("length-seconds", &[("count", seconds.into())])
    }
}
