//! The words of an announcement.

use std::time::Duration;

use crate::{
    core::{
        config::What,
        rotation::Candidate,
        schedule::{self, Prompt},
        span,
        stretch::{Posture, VariantName},
    },
    desktop::notify::{Announcement, Question},
    text::{text, text_with},
};

/// The announcement of a break.
pub fn announcement(prompt: &Prompt, catalogue: &[Candidate]) -> Announcement {
    let (title, body) = match &prompt.what {
        What::Message { text, length } => (
            text.clone(),
            text_with("announce-message", &[("length", in_full(*length).into())]),
        ),
        What::Stretches { variant, .. } => stretches(prompt, *variant, catalogue),
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

/// The question whether a meeting goes on.
pub fn question(question: &schedule::Question) -> Question {
    let ends_in = words(rounded(question.ends_in));
    Question {
        prompt: question.number,
        title: text("meeting-question"),
        body: text_with("meeting-question-body", &[("length", ends_in.into())]),
        without_buttons: text("meeting-question-without-buttons"),
        goes_on: text_with(
            "meeting-goes-on",
            &[("length", words(question.more).into())],
        ),
        over: text("meeting-is-over"),
    }
}

/// Nobody wants to know of 119 seconds.
fn rounded(length: Duration) -> Duration {
    match length.as_secs() {
        seconds @ 0..=90 => Duration::from_secs(seconds.max(1)),
        seconds => Duration::from_secs((seconds + 30) / 60 * 60),
    }
}

/// The names; below, how long the countdown runs, as the window says it, and where to be.
fn stretches(prompt: &Prompt, variant: VariantName, catalogue: &[Candidate]) -> (String, String) {
    let known: Vec<&Candidate> = (prompt.stretches.iter())
        .filter_map(|id| catalogue.iter().find(|candidate| candidate.facts.id == *id))
        .collect();
    let names = known
        .iter()
        .filter_map(|candidate| candidate.facts.names.first());
    let names: Vec<&str> = names.map(String::as_str).collect();
    let length = known
        .iter()
        .map(|candidate| candidate.totals.of(variant))
        .sum();
    let length = in_full(length).into();
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
                Posture::Seated => "announce-posture-seated",
                Posture::Standing => "announce-posture-standing",
                Posture::Floor => "announce-posture-floor",
            })
        })
        .collect();
    words.join(&text("announce-posture-or"))
}

/// A length in a sentence: `45 seconds`, `1min 30s`.
fn in_full(length: Duration) -> String {
    match length.as_secs() {
        seconds @ 0..=90 => text_with("length-in-seconds", &[("count", seconds.into())]),
        _ => span::format(length),
    }
}

/// A length for a button: `1 hour`, `5 min`, `90 s`.
fn words(length: Duration) -> String {
    let seconds = length.as_secs();
    if seconds >= 3600 && seconds.is_multiple_of(3600) {
        text_with("length-hours", &[("count", (seconds / 3600).into())])
    } else if seconds >= 60 && seconds.is_multiple_of(60) {
        text_with("length-minutes", &[("count", (seconds / 60).into())])
    } else {
        text_with("length-seconds", &[("count", seconds.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{core::stretch::StretchId, stretch_file};

    fn prompt(what: What, stretches: &[&str]) -> Prompt {
        Prompt {
            number: 1,
            reminder: "upper-back".to_owned(),
            what,
            stretches: stretches
                .iter()
                .map(|id| StretchId((*id).to_owned()))
                .collect(),
            length: Duration::from_secs(50),
            snooze: Some(Duration::from_secs(300)),
            snoozes: 0,
        }
    }

    #[test]
    fn an_announcement_says_which_stretch_how_long_and_where() {
        let what = What::Stretches {
            variant: VariantName::Standard,
            count: 1,
        };
        let shown = announcement(
            &prompt(what, &["shoulder_roll"]),
            &stretch_file::candidates(None),
        );
        assert_eq!(shown.title, "Shoulder roll");
        assert_eq!(shown.body, "45 seconds, standing or seated");
        assert_eq!(shown.snooze.as_deref(), Some("Snooze 5 min"));
    }

    #[test]
    fn several_stretches_are_named_and_their_lengths_added() {
        let what = What::Stretches {
            variant: VariantName::Standard,
            count: 2,
        };
        let both = prompt(what, &["shoulder_roll", "chin_tuck"]);
        let shown = announcement(&both, &stretch_file::candidates(None));
        assert_eq!(shown.title, "Shoulder roll, Chin tuck");
        assert_eq!(shown.body, "1min 35s, standing or seated");
    }

    #[test]
    fn a_message_is_its_own_title() {
        let length = Duration::from_secs(20);
        let what = What::Message {
            text: "Look far away".to_owned(),
            length,
        };
        let last = Prompt {
            snooze: None,
            ..prompt(what, &[])
        };
        let shown = announcement(&last, &[]);
        assert_eq!(
            (shown.title.as_str(), shown.body.as_str()),
            ("Look far away", "20 seconds")
        );
        assert_eq!(shown.snooze, None);
    }
}
