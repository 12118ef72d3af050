//! Lengths, postures and the like, in words.

use std::time::Duration;

use crate::{
    core::stretch::{Breath, Posture, Side, Stretch, View, session},
    text::{text, text_with},
};

/// A length of time as one says it: seconds under two minutes, then minutes.
#[must_use]
pub fn length(span: Duration) -> String {
    let seconds = span.as_secs() + u64::from(span.subsec_millis() >= 500);
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (minutes, rest) {
        (0, _) | (1, 1..) => text_with("window-takes-seconds", &[("seconds", seconds.into())]),
        (_, 0) => text_with("window-takes-minutes", &[("minutes", minutes.into())]),
        (_, _) => text_with(
            "window-takes-both",
            &[("minutes", minutes.into()), ("seconds", rest.into())],
        ),
    }
}

/// A length of time as short as it can be written on a button.
pub fn short_length(span: Duration) -> String {
    let seconds = span.as_secs();
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (minutes, rest) {
        (0, _) => text_with("window-short-seconds", &[("seconds", seconds.into())]),
        (_, 0) => text_with("window-short-minutes", &[("minutes", minutes.into())]),
        (_, _) => text_with(
            "window-takes-both",
            &[("minutes", minutes.into()), ("seconds", rest.into())],
        ),
    }
}

/// The title of the window.
#[must_use]
pub fn title(stretch: Option<&Stretch>) -> String {
    match stretch {
        Some(stretch) => text_with("window-title", &[("name", stretch.name.as_str().into())]),
        None => text("window-title-message"),
    }
}

/// Minutes and seconds, as a clock shows them.
pub fn digits(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The time left for somebody who hears it: coarse, so that it is not said every second.
pub fn about_left(seconds: u64) -> String {
    if seconds <= 10 {
        return text("window-left-moments");
    }
    let rounded = Duration::from_secs((seconds + 7) / 15 * 15);
    text_with("window-left-about", &[("length", length(rounded).into())])
}

/// The last sentence.
pub fn done(view: &session::View<'_>) -> String {
    match view.message {
        Some(_) => text("window-done-message"),
        None => text_with("window-done", &[("length", length(view.stretched).into())]),
    }
}

/// Where one has to be, and what one needs besides.
pub fn place(stretch: &Stretch) -> String {
    let mut postures = stretch.postures.iter().map(|posture| {
        text(match posture {
            Posture::Seated => "window-posture-seated",
            Posture::Standing => "window-posture-standing",
            Posture::Floor => "window-posture-floor",
        })
    });
    let first = postures.next().unwrap_or_default();
    postures.fold(first, |a, b| {
        text_with("window-or", &[("a", a.into()), ("b", b.into())])
    })
}

/// What one needs, where the posture does not say it already.
pub fn needs(stretch: &Stretch) -> Option<String> {
    let seated = stretch.postures.contains(&Posture::Seated);
    let needs: Vec<&str> = stretch
        .needs
        .iter()
        .map(String::as_str)
        .filter(|need| !(seated && *need == "chair"))
        .collect();
    (!needs.is_empty()).then(|| needs.join(", "))
}

/// Before the start: how long it takes, where one has to be, with what.
pub fn facts(view: &session::View<'_>, stretch: &Stretch) -> Vec<String> {
    let of = view.place.1;
    // Settling in takes no effort; the digits beside show the same length.
    let takes = if of > 1 {
        view.left_in_break
    } else {
        view.length
    };
    let mut facts = vec![length(takes), place(stretch)];
    facts.extend(needs(stretch));
    if of > 1 {
        facts.push(text_with("window-stretches", &[("count", of.into())]));
    }
    facts
}

/// How many breaks it are today, with this one.
pub fn today(done_before: u32) -> String {
    let count = done_before.saturating_add(1);
    text_with("window-done-today", &[("count", count.into())])
}

/// Which side it is the turn of, if of one.
pub fn side(side: Side) -> Option<String> {
    match side {
        Side::Right => Some(text("window-side-right")),
        Side::Left => Some(text("window-side-left")),
        Side::Both => None,
    }
}

/// What to do with the breath.
pub fn breath(breath: Breath) -> String {
    text(match breath {
        Breath::In => "window-breath-in",
        Breath::Out => "window-breath-out",
        Breath::Easy => "window-breath-easy",
    })
}

/// The line under the name while the stretch runs: which of several, which side.
pub fn under_name(view: &session::View<'_>) -> String {
    let mut parts = Vec::new();
    let (place, of) = view.place;
    if of > 1 {
        parts.push(text_with(
            "window-stretch-place",
            &[("n", (place + 1).into()), ("of", of.into())],
        ));
    }
    parts.extend(side(view.side));
    let mirror = view
        .stretch
        .is_some_and(|stretch| stretch.view == View::Front && view.has_sides);
    if mirror {
        parts.push(text("window-mirror"));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_as_people_say_them() {
        for (seconds, said) in [
            (1, "1 second"),
            (45, "45 seconds"),
            (60, "1 minute"),
            (69, "69 seconds"),
            (117, "117 seconds"),
            (120, "2 minutes"),
            (150, "2 min 30 s"),
        ] {
            assert_eq!(length(Duration::from_secs(seconds)), said);
        }
        assert_eq!(length(Duration::from_millis(44_600)), "45 seconds");
    }

    #[test]
    fn the_time_left_is_not_said_every_second() {
        let said: Vec<String> = (1..=45).map(about_left).collect();
        let mut different = said.clone();
        different.dedup();
        assert_eq!(
            different,
            [
                "A few seconds left",
                "About 15 seconds left",
                "About 30 seconds left",
                "About 45 seconds left"
            ]
        );
    }

    #[test]
    fn digits_are_those_of_a_clock() {
        assert_eq!(digits(9), "0:09");
        assert_eq!(digits(60), "1:00");
        assert_eq!(digits(117), "1:57");
    }
}
