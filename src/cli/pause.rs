//! `unhunch pause [DURATION | until HH:MM]` and `unhunch resume`.

use std::process::ExitCode;

use chrono::NaiveTime;
use clap::{Arg, ArgMatches, Command};

use super::{answer::whole_seconds, remote};
use crate::{
    ipc::client::Ask,
    text::{text, text_with},
};

/// The definition of `pause`.
pub fn command() -> Command {
    remote::with_json(
        Command::new("pause").about(text("cli-pause-about")).arg(
            Arg::new("how-long")
                .value_name("DURATION | until HH:MM")
                .num_args(0..=2)
                .help(text("cli-pause-how-long")),
        ),
    )
}

/// Pauses the program.
///
/// # Errors
///
/// When the call breaks off.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let words: Vec<&str> = arguments
        .get_many::<String>("how-long")
        .map(|words| words.map(String::as_str).collect())
        .unwrap_or_default();
    match what_is_meant(&words) {
        Ok(ask) => remote::ask(&ask, arguments),
        Err(mistake) => {
            eprintln!("{mistake}");
            Ok(ExitCode::from(2))
        }
    }
}

fn what_is_meant(words: &[&str]) -> Result<Ask, String> {
    match words {
        [] => Ok(Ask::Pause),
        ["until", time] => match NaiveTime::parse_from_str(time, "%H:%M") {
            Ok(_) => Ok(Ask::PauseUntil {
                time: (*time).to_owned(),
            }),
            Err(_) => Err(text_with(
                "cli-bad-time",
                &[("found", (*time).to_owned().into())],
            )),
        },
        ["until"] => Err(text_with("cli-bad-time", &[("found", "".into())])),
        // "1h 30min" without quotes arrives as two words.
        words => Ok(Ask::PauseFor {
            seconds: whole_seconds(&words.join(" "))?,
        }),
    }
}

/// The definition of `resume`.
pub fn resume_command() -> Command {
    remote::with_json(Command::new("resume").about(text("cli-resume-about")))
}

/// Ends the pause.
///
/// # Errors
///
/// When the call breaks off.
pub fn resume(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    remote::ask(&Ask::Resume, arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_has_a_length_an_end_or_neither() {
        assert!(matches!(what_is_meant(&[]), Ok(Ask::Pause)));
        for (words, seconds) in [
            (&["1h"][..], 3600),
            (&["1h", "30min"], 5400),
            (&["1h 30min"], 5400),
            (&["90s"], 90),
        ] {
            assert!(
                matches!(what_is_meant(words), Ok(Ask::PauseFor { seconds: s }) if s == seconds),
                "{words:?}"
            );
        }
        assert!(
            matches!(what_is_meant(&["until", "06:00"]), Ok(Ask::PauseUntil { time }) if time == "06:00")
        );
    }

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        for words in [
            &["until"][..],
            &["until", "6 pm"],
            &["soon"],
            &["0s"],
            &["10"],
        ] {
            let mistake = what_is_meant(words).expect_err("nothing sensible");
            assert!(
                mistake.contains("06:00") || mistake.contains("1h"),
                "{words:?}: {mistake}"
            );
        }
    }
}
