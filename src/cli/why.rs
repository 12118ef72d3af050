//! `unhunch why`: the story of the break that waits, or of the last one.

use std::process::ExitCode;

use chrono::{DateTime, FixedOffset};
use clap::{ArgMatches, Command};

use super::{describe, remote};
use crate::{
    core::{
        chronicle::{Because, Chapter, Chronicle, Tale, What},
        schedule::effect::By,
        stretch::StretchId,
    },
    ipc::{
        client::{self, Ask, CallError},
        tales,
    },
    store,
    text::{text, text_with},
};

/// The definition.
pub fn command() -> Command {
    remote::with_json(Command::new("why").about(text("cli-why-about")))
}

/// Asks the running program, or reads what the last one kept, and prints.
///
/// # Errors
///
/// When the call breaks off.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let (chronicle, runs) = chronicle()?;
    if arguments.get_flag("json") {
        println!("{}", tales::json(&chronicle));
        return Ok(ExitCode::SUCCESS);
    }
    print!("{}", story(&chronicle));
    if runs && chronicle.open_ones().next().is_some() {
        let (_, status) = client::call(&Ask::Status)?;
        println!("\n{}", describe::now(&status));
    }
    Ok(ExitCode::SUCCESS)
}

/// What the running program remembers, or the last one has kept; and whether one runs.
///
/// # Errors
///
/// When the call breaks off.
pub fn chronicle() -> anyhow::Result<(Chronicle, bool)> {
    match client::story() {
        Ok(json) => Ok((Chronicle::from(tales::parse(&json)?), true)),
        Err(CallError::NotRunning) => {
            // Without a story there is none to tell.
            let kept = tales::read(&store::story_beside(&store::state_file()));
            Ok((kept.unwrap_or_default(), false))
        }
        Err(error @ (CallError::Refused(_) | CallError::Failed(_))) => Err(error.into()),
    }
}

/// The breaks that wait; without any, the last one.
fn story(chronicle: &Chronicle) -> String {
    let open: Vec<String> = chronicle.open_ones().map(tale).collect();
    match (open.is_empty(), chronicle.last()) {
        (false, _) => open.join("\n"),
        (true, Some(last)) => tale(last),
        (true, None) => text("why-nothing") + "\n",
    }
}

fn tale(tale: &Tale) -> String {
    let begin = tale.chapters.first().map(|chapter| chapter.at);
    let day = begin.map(|at| at.format("%Y-%m-%d").to_string());
    let mut told = format!("{}, {}\n", tale.reminder, day.unwrap_or_default());
    for chapter in &tale.chapters {
        told += &format!("  {}\n", line(chapter));
    }
    told
}

fn line(chapter: &Chapter) -> String {
    match &chapter.what {
        What::Because(because) => reason(because),
        what => format!("{}  {}", clock(chapter.at), said(what)),
    }
}

/// What happened, in words.
pub fn said(what: &What) -> String {
    match what {
        What::Because(because) => because.text.clone(),
        What::Due => text("why-due"),
        What::Held => text("why-held"),
        What::Released => text("why-released"),
        What::Announced(stretches) => with_stretches("why-announced", stretches),
        What::Opened => text("why-opened"),
        What::Started(stretches) => with_stretches("why-started", stretches),
        What::Completed(stretched) => timed("why-completed", stretched.as_secs()),
        What::Abandoned(stretched) => timed("why-abandoned", stretched.as_secs()),
        What::Snoozed(length, By::User) => timed("why-snoozed", length.as_secs()),
        What::Snoozed(length, By::Timeout) => timed("why-timed-out", length.as_secs()),
        What::Skipped => text("why-skipped"),
        What::Missed => text("why-missed"),
        What::Withdrawn => text("why-withdrawn"),
        What::Absorbed(by) => text_with("why-absorbed", &[("by", by.clone().into())]),
        What::Natural(away) => timed("why-natural", away.as_secs()),
        What::Dropped => text("why-dropped"),
    }
}

/// A reason has a beginning and an end of its own, and stands a little to the right.
fn reason(because: &Because) -> String {
    let from = clock(because.from);
    let said = because.text.clone();
    match because.to {
        Some(to) => text_with(
            "why-because",
            &[
                ("text", said.into()),
                ("from", from.into()),
                ("to", clock(to).into()),
            ],
        ),
        None => text_with(
            "why-because-still",
            &[("text", said.into()), ("from", from.into())],
        ),
    }
}

fn with_stretches(id: &'static str, stretches: &[StretchId]) -> String {
    let names: Vec<_> = stretches.iter().map(|id| id.0.as_str()).collect();
    text_with(
        id,
        &[
            ("count", names.len().into()),
            ("stretches", names.join(", ").into()),
        ],
    )
}

fn timed(id: &'static str, seconds: u64) -> String {
    let span = std::time::Duration::from_secs(seconds);
    text_with(id, &[("time", crate::core::span::format(span).into())])
}

/// A time of day as it is told.
pub fn clock(at: DateTime<FixedOffset>) -> String {
    at.format("%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<FixedOffset> {
        format!("2026-03-02T{time}+01:00").parse().unwrap()
    }

    fn told(chapters: Vec<(&str, What)>, over: bool) -> Chronicle {
        let chapter = |(time, what)| Chapter { at: at(time), what };
        Chronicle {
            breaks: vec![Tale {
                reminder: "upper-back".to_owned(),
                chapters: chapters.into_iter().map(chapter).collect(),
                over,
            }],
        }
    }

    fn call(to: Option<&str>) -> What {
        What::Because(Because {
            reason: "meeting".to_owned(),
            text: "Firefox uses the microphone (PulseAudio)".to_owned(),
            from: at("09:58:07"),
            to: to.map(at),
        })
    }

    #[test]
    fn a_break_that_a_call_held_is_told_from_beginning_to_end() {
        let shoulders = || vec![StretchId("shoulder_roll".to_owned())];
        let chapters = vec![
            ("10:04:12", What::Due),
            ("10:04:12", What::Held),
            ("10:04:12", call(Some("10:31:40"))),
            ("10:31:40", What::Released),
            ("10:32:40", What::Announced(shoulders())),
            ("10:33:02", What::Started(shoulders())),
            (
                "10:34:07",
                What::Completed(std::time::Duration::from_secs(60)),
            ),
        ];
        insta::assert_snapshot!(story(&told(chapters, true)), @r"
        upper-back, 2026-03-02
          10:04:12  it was due
          10:04:12  it had to wait
                    from 09:58:07 to 10:31:40: Firefox uses the microphone (PulseAudio)
          10:31:40  nothing spoke against it any more
          10:32:40  announced: shoulder_roll
          10:33:02  you began: shoulder_roll
          10:34:07  done, 1min of stretching
        ");
    }

    #[test]
    fn a_break_that_waits_says_what_for() {
        let chapters = vec![
            ("10:04:12", What::Due),
            ("10:04:12", What::Held),
            ("10:04:12", call(None)),
        ];
        insta::assert_snapshot!(story(&told(chapters, false)), @r"
        upper-back, 2026-03-02
          10:04:12  it was due
          10:04:12  it had to wait
                    since 09:58:07: Firefox uses the microphone (PulseAudio)
        ");
    }

    #[test]
    fn without_a_break_there_is_nothing_to_tell() {
        assert_eq!(story(&Chronicle::default()), "No break has come so far.\n");
    }
}
