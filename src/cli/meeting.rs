//! `unhunch meeting [on | off | DURATION]`: what the user says of a meeting.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use super::{answer::whole_seconds, describe, remote};
use crate::{ipc::client::Ask, text::text};

/// The definition.
pub fn command() -> Command {
    remote::with_json(
        Command::new("meeting")
            .about(text("cli-meeting-about"))
            .arg(
                Arg::new("what")
                    .value_name("on | off | DURATION")
                    .num_args(0..=2)
                    .help(text("cli-meeting-what")),
            ),
    )
}

/// Tells of a meeting, or says how things stand.
///
/// # Errors
///
/// When the call breaks off.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let words: Vec<&str> = arguments
        .get_many::<String>("what")
        .map(|words| words.map(String::as_str).collect())
        .unwrap_or_default();
    match what_is_meant(&words) {
        Ok(ask) => remote::ask_and(&ask, arguments, describe::meeting),
        Err(mistake) => {
            eprintln!("{mistake}");
            Ok(ExitCode::from(2))
        }
    }
}

fn what_is_meant(words: &[&str]) -> Result<Ask, String> {
    match words {
        [] => Ok(Ask::Status),
        ["on"] => Ok(Ask::Meeting),
        ["off"] => Ok(Ask::MeetingOver),
        // "1h 30min" without quotes arrives as two words.
        words => Ok(Ask::MeetingFor {
            seconds: whole_seconds(&words.join(" "))?,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_on_off_or_has_a_length() {
        assert!(matches!(what_is_meant(&[]), Ok(Ask::Status)));
        assert!(matches!(what_is_meant(&["on"]), Ok(Ask::Meeting)));
        assert!(matches!(what_is_meant(&["off"]), Ok(Ask::MeetingOver)));
        for (words, length) in [(&["1h"][..], 3600), (&["1h", "30min"], 5400)] {
            let meant = what_is_meant(words);
            assert!(
                matches!(meant, Ok(Ask::MeetingFor { seconds }) if seconds == length),
                "{words:?}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        for words in [&["maybe"][..], &["on", "1h"], &["0s"], &["10"]] {
            let mistake = what_is_meant(words).expect_err("nothing sensible");
            assert!(mistake.contains("1h"), "{words:?}: {mistake}");
        }
    }
}
