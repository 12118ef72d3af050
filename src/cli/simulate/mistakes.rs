//! What is wrong with a written day, in words: file, line, what was found, what was expected.

use crate::{
    config_file::span_text,
    core::day::{Complaint, Expected, Mistake, parse::STEPS},
    diagnostic::{Problem, did_you_mean, one_of},
    text::{text, text_with},
};

/// Lines that cannot be read.
pub fn problems(complaints: Vec<Complaint>, file: &str, day: &str) -> Vec<Problem> {
    (complaints.into_iter())
        .map(|complaint| problem(&complaint, file, day))
        .collect()
}

/// Lines that cannot be done.
pub fn of_script(mistakes: Vec<Mistake<Problem>>, file: &str, day: &str) -> Vec<Problem> {
    (mistakes.into_iter())
        .map(|mistake| match mistake {
            Mistake::Unreadable(complaint) => problem(&complaint, file, day),
            Mistake::Refused { place, why } => {
                let line = line_of(day, place.start);
                let place_of_value = if place.is_empty() { line } else { place };
                let refused = Problem::error(file, place_of_value, why.message).label(why.label);
                match why.help {
                    Some(help) => refused.help(help),
                    None => refused,
                }
            }
        })
        .collect()
}

fn problem(complaint: &Complaint, file: &str, day: &str) -> Problem {
    let expected = in_words(&complaint.expected);
    let message = if complaint.found.is_empty() {
        text_with("simulate-missing", &[("expected", expected.into())])
    } else {
        text_with(
            "simulate-found",
            &[
                ("expected", expected.into()),
                ("found", complaint.found.clone().into()),
            ],
        )
    };
    let place = if complaint.place.is_empty() {
        line_of(day, complaint.place.start)
    } else {
        complaint.place.clone()
    };
    let problem = Problem::error(file, place, message).label(label(&complaint.expected));
    match hint(complaint) {
        Some(meant) => problem.help(text_with("simulate-meant", &[("meant", meant.into())])),
        None => problem,
    }
}

/// The line around a place.
fn line_of(day: &str, place: usize) -> std::ops::Range<usize> {
    let place = day.floor_char_boundary(place);
    let begin = day[..place].rfind('\n').map_or(0, |newline| newline + 1);
    let end = day[place..]
        .find('\n')
        .map_or(day.len(), |newline| place + newline);
    begin..end
}

fn in_words(expected: &Expected) -> String {
    match expected {
        Expected::Start => text("simulate-expected-start"),
        Expected::DateTime => text("simulate-expected-date-time"),
        Expected::Zone => text("simulate-expected-zone"),
        Expected::Step => text_with(
            "simulate-expected-step",
            &[("steps", one_of(STEPS.iter().copied()).into())],
        ),
        Expected::Span(_) => text("simulate-expected-span"),
        Expected::Word(words) => one_of(words.iter().copied()),
        Expected::App => text("simulate-expected-app"),
        Expected::PauseEnd => text("simulate-expected-pause"),
        Expected::Meeting => text("simulate-expected-meeting"),
        Expected::TimeOfDay => text("simulate-expected-time"),
        Expected::Setting => text("simulate-expected-setting"),
        Expected::Shift => text("simulate-expected-shift"),
        Expected::Recorded => text("simulate-expected-recorded"),
        Expected::Nothing => text("simulate-expected-nothing"),
        Expected::Reminder(known) => text_with(
            "simulate-expected-reminder",
            &[("known", one_of(known.iter().map(String::as_str)).into())],
        ),
    }
}

/// What stands beside the caret.
fn label(expected: &Expected) -> String {
    match expected {
        Expected::Span(error) => span_text(error),
        Expected::Start
        | Expected::DateTime
        | Expected::Zone
        | Expected::Step
        | Expected::Word(_)
        | Expected::App
        | Expected::PauseEnd
        | Expected::Meeting
        | Expected::TimeOfDay
        | Expected::Setting
        | Expected::Shift
        | Expected::Nothing
        | Expected::Recorded
        | Expected::Reminder(_) => String::new(),
    }
}

fn hint(complaint: &Complaint) -> Option<String> {
    let found = complaint.found.as_str();
    let meant = match &complaint.expected {
        Expected::Step => did_you_mean(found, STEPS.iter().copied())?,
        Expected::Word(words) => did_you_mean(found, words.iter().copied())?,
        Expected::Reminder(known) => did_you_mean(found, known.iter().map(String::as_str))?,
        Expected::Zone => did_you_mean(found, chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name()))?,
        Expected::Start
        | Expected::DateTime
        | Expected::Span(_)
        | Expected::App
        | Expected::PauseEnd
        | Expected::Meeting
        | Expected::TimeOfDay
        | Expected::Setting
        | Expected::Shift
        | Expected::Recorded
        | Expected::Nothing => return None,
    };
    Some(meant.to_owned())
}
