//! Why a break waits, and what sensors say, in words.

use crate::{
    core::schedule::effect::Reason,
    desktop::{
        idle::WhyNot,
        sense::{Says, Why, Word},
        sensors::About,
        survey::Survey,
    },
    text::{text, text_with},
};

/// A reason to hold breaks, where no sensor has more to say about it.
#[must_use]
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Quiet => text("reason-quiet"),
        Reason::Meeting => text("reason-meeting"),
        Reason::Fullscreen => text("reason-fullscreen"),
        Reason::Locked => text("reason-locked"),
        Reason::Away => text("reason-away"),
        Reason::Paused => text("reason-paused"),
        Reason::Hours => text("reason-hours"),
        Reason::App(name) => text_with("reason-app-named", &[("name", name.clone().into())]),
    }
}

/// What would end it.
#[must_use]
pub fn release(reason: &Reason) -> String {
    match reason {
        Reason::Quiet => text("release-quiet"),
        Reason::Meeting => text("release-meeting"),
        Reason::Fullscreen => text("release-fullscreen"),
        Reason::Locked => text("release-locked"),
        Reason::Away => text("release-away"),
        Reason::Paused => text("release-paused"),
        Reason::Hours => text("release-hours"),
        Reason::App(name) => text_with("release-app", &[("name", name.clone().into())]),
    }
}

/// What a sensor is about.
#[must_use]
pub fn about(about: About) -> String {
    text(match about {
        About::Quiet => "sense-quiet",
        About::Microphone => "sense-microphone",
        About::Camera => "sense-camera",
        About::ScreenShare => "sense-screen-share",
        About::Fullscreen => "sense-fullscreen",
        About::App => "sense-app",
    })
}

/// What a sensor says, with whose word it is: `Firefox uses the microphone (PulseAudio)`.
#[must_use]
pub fn word(about: About, word: &Word) -> String {
    let said = match word.says {
        Says::Yes => yes(about, &word.why),
        Says::No => text(match about {
            About::Quiet => "sense-quiet-no",
            About::Microphone => "sense-microphone-no",
            About::Camera => "sense-camera-no",
            About::ScreenShare => "sense-screen-share-no",
            About::Fullscreen => "sense-fullscreen-no",
            About::App => "sense-app-no",
        }),
        Says::Unknown => why_unknown(&word.why),
    };
    if word.by.is_empty() {
        return said;
    }
    text_with(
        "sense-by",
        &[("said", said.into()), ("by", word.by.clone().into())],
    )
}

fn yes(about: About, why: &Why) -> String {
    let programs = match why {
        Why::Programs(programs) => programs.as_slice(),
        Why::Told | Why::NobodyToAsk | Why::DoesNotTell | Why::Failed(_) | Why::Silent => &[],
    };
    let id = match about {
        About::Quiet => "sense-quiet-yes",
        About::Microphone => "sense-microphone-yes",
        About::Camera => "sense-camera-yes",
        About::ScreenShare => "sense-screen-share-yes",
        About::Fullscreen => "sense-fullscreen-yes",
        About::App => "sense-app-yes",
    };
    text_with(
        id,
        &[
            ("count", programs.len().into()),
            ("programs", programs.join(", ").into()),
        ],
    )
}

/// Why a sensor cannot tell.
#[must_use]
pub fn why_unknown(why: &Why) -> String {
    match why {
        Why::Told | Why::Programs(_) => text("unknown-plain"),
        Why::NobodyToAsk => text("unknown-nobody"),
        Why::DoesNotTell => text("unknown-does-not-tell"),
        Why::Failed(error) => text_with("unknown-failed", &[("error", error.clone().into())]),
        Why::Silent => text("unknown-silent"),
    }
}

/// How a sensor that cannot tell could.
#[must_use]
pub fn help(about: About, why: &Why, survey: &Survey) -> Vec<String> {
    let mut help = Vec::new();
    match about {
        About::Quiet if survey.server.is_some() => help.push(text("doctor-help-quiet")),
        About::Quiet => help.push(text("doctor-help-quiet-none")),
        About::Microphone => help.push(text("doctor-help-microphone")),
        About::Camera => help.push(text("doctor-help-camera")),
        About::ScreenShare => help.push(text("doctor-help-screen-share")),
        About::Fullscreen if survey.session.as_deref() == Some("wayland") => {
            help.push(text("doctor-help-fullscreen-wayland"));
        }
        About::Fullscreen => help.push(text("doctor-help-fullscreen")),
        About::App => help.push(text("doctor-help-app")),
    }
    match why {
        Why::Silent => help.push(text("doctor-help-silent")),
        Why::Told | Why::Programs(_) | Why::NobodyToAsk | Why::DoesNotTell | Why::Failed(_) => {}
    }
    help
}

/// Why a source of idle time is not used.
#[must_use]
pub fn why_not(why: &WhyNot) -> String {
    match why {
        WhyNot::Absent => text("doctor-not-absent"),
        WhyNot::OnlyXPrograms => text("doctor-not-only-x"),
        WhyNot::NeverTold => text("doctor-not-told"),
        WhyNot::Silent => text("unknown-silent"),
        WhyNot::Floods => text("doctor-not-floods"),
        WhyNot::Failed(error) => text_with("unknown-failed", &[("error", error.clone().into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_named_and_whose_word_it_is_stands_behind() {
        let recording = |programs: &[&str]| {
            let programs = programs.iter().map(ToString::to_string).collect();
            word(
                About::Microphone,
                &Word::known(true, "PulseAudio", Why::Programs(programs)),
            )
        };
        assert_eq!(
            recording(&["Firefox"]),
            "Firefox uses the microphone (PulseAudio)"
        );
        assert_eq!(
            recording(&["Firefox", "Zoom"]),
            "Firefox, Zoom use the microphone (PulseAudio)"
        );
        assert_eq!(recording(&[]), "a program uses the microphone (PulseAudio)");
        let dunst = Word::known(true, "dunst", Why::Told);
        assert_eq!(word(About::Quiet, &dunst), "do-not-disturb is on (dunst)");
        let nobody = Word::unknown("", Why::NobodyToAsk);
        assert_eq!(
            word(About::Fullscreen, &nobody),
            "nothing on this desktop can tell"
        );
    }
}
