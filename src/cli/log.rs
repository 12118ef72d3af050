//! `unhunch log`: what happened in the last day, one thing after the other.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono::TimeDelta;
use clap::{ArgMatches, Command};

use super::{remote, why};
use crate::{
    core::chronicle::{Chapter, Chronicle, What},
    desktop::clock,
    ipc::tales::{Entry, Event, Log, WHY_VERSION},
    text::{text, text_with},
};

/// The definition.
pub fn command() -> Command {
    remote::with_json(Command::new("log").about(text("cli-log-about")))
}

/// Asks the running program, or reads what the last one kept, and prints.
///
/// # Errors
///
/// When the call breaks off.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let (mut chronicle, _) = why::chronicle()?;
    let since = clock::now().utc - TimeDelta::days(1);
    for tale in &mut chronicle.breaks {
        tale.chapters.retain(|chapter| chapter.at >= since);
    }
    if arguments.get_flag("json") {
        let json = serde_json::to_string(&in_order(&chronicle)).context("writing the story")?;
        println!("{json}");
    } else {
        print!("{}", told(&chronicle));
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that happened to any break, in the order in which it did.
fn chapters(chronicle: &Chronicle) -> Vec<(&str, &Chapter)> {
    let of_one = |tale| -> Vec<(&str, &Chapter)> {
        let tale: &crate::core::chronicle::Tale = tale;
        let chapters = tale.chapters.iter();
        chapters
            .map(|chapter| (tale.reminder.as_str(), chapter))
            .collect()
    };
    let mut all: Vec<_> = chronicle.breaks.iter().flat_map(of_one).collect();
    all.sort_by_key(|(_, chapter)| chapter.at);
    all
}

fn in_order(chronicle: &Chronicle) -> Log {
    let entry = |(reminder, chapter): (&str, &Chapter)| Entry {
        reminder: reminder.to_owned(),
        event: Event::from(chapter),
    };
    Log {
        v: WHY_VERSION,
        events: chapters(chronicle).into_iter().map(entry).collect(),
    }
}

fn told(chronicle: &Chronicle) -> String {
    let chapters = chapters(chronicle);
    if chapters.is_empty() {
        return text("log-nothing") + "\n";
    }
    let names = chapters
        .iter()
        .map(|(reminder, _)| reminder.chars().count());
    let width = names.max().unwrap_or_default();
    let (mut told, mut day) = (String::new(), None);
    for (reminder, chapter) in chapters {
        let date = chapter.at.date_naive();
        if day.replace(date) != Some(date) {
            told += &format!("{date}\n");
        }
        let at = why::clock(chapter.at);
        told += &format!("  {at}  {reminder:width$}  {}\n", said(&chapter.what));
    }
    told
}

/// A reason tells of its own beginning and end.
fn said(what: &What) -> String {
    let What::Because(because) = what else {
        return why::said(what);
    };
    let from = why::clock(because.from);
    let values = [
        ("text", because.text.clone().into()),
        ("from", from.into()),
        ("to", because.to.map(why::clock).unwrap_or_default().into()),
    ];
    match because.to {
        Some(_) => text_with("log-because", &values),
        None => text_with("log-because-still", &values),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, FixedOffset};

    use super::*;
    use crate::core::{
        chronicle::{Because, Tale},
        schedule::effect::By,
    };

    fn at(time: &str) -> DateTime<FixedOffset> {
        format!("2026-03-{time}+01:00").parse().unwrap()
    }

    fn tale(reminder: &str, chapters: Vec<(&str, What)>) -> Tale {
        let chapter = |(time, what)| Chapter { at: at(time), what };
        Tale {
            reminder: reminder.to_owned(),
            chapters: chapters.into_iter().map(chapter).collect(),
            over: true,
        }
    }

    fn a_day() -> Chronicle {
        let call = What::Because(Because {
            reason: "meeting".to_owned(),
            text: "Firefox uses the microphone (PulseAudio)".to_owned(),
            from: at("02T23:58:07"),
            to: Some(at("03T00:10:00")),
        });
        Chronicle {
            breaks: vec![
                tale(
                    "upper-back",
                    vec![
                        ("02T23:59:12", What::Due),
                        ("02T23:59:12", What::Held),
                        ("02T23:59:12", call),
                        ("03T00:10:00", What::Released),
                        (
                            "03T00:13:00",
                            What::Snoozed(Duration::from_secs(300), By::User),
                        ),
                    ],
                ),
                tale(
                    "eyes",
                    vec![("03T00:11:00", What::Due), ("03T00:12:00", What::Skipped)],
                ),
            ],
        }
    }

    #[test]
    fn what_happened_to_several_breaks_is_told_in_one_order() {
        insta::assert_snapshot!(told(&a_day()), @r"
        2026-03-02
          23:59:12  upper-back  it was due
          23:59:12  upper-back  it had to wait
          23:59:12  upper-back  from 23:58:07 to 00:10:00: Firefox uses the microphone (PulseAudio)
        2026-03-03
          00:10:00  upper-back  nothing spoke against it any more
          00:11:00  eyes        it was due
          00:12:00  eyes        you skipped it
          00:13:00  upper-back  you asked for 5min more
        ");
    }

    #[test]
    fn for_programs_each_thing_is_an_object() {
        let json = serde_json::to_value(in_order(&a_day())).unwrap();
        assert_eq!(json["v"], WHY_VERSION);
        let last = &json["events"][6];
        assert_eq!(last["reminder"], "upper-back");
        assert_eq!(last["event"], "snoozed");
        assert_eq!(last["for_s"], 300);
        assert_eq!(last["at"], "2026-03-03T00:13:00+01:00");
    }

    #[test]
    fn without_a_break_there_is_nothing_to_tell() {
        let nothing = told(&Chronicle::default());
        assert_eq!(nothing, "Nothing happened in the last 24 hours.\n");
    }
}
