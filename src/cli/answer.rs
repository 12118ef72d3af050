//! `unhunch start`, `unhunch snooze [DURATION]`, `unhunch skip`: the answers to an announcement.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use super::remote;
use crate::{
    config_file,
    core::span,
    ipc::client::Ask,
    text::{text, text_with},
};

/// The definition of `start`.
pub fn start_command() -> Command {
    remote::with_json(Command::new("start").about(text("cli-start-about")))
}

/// Begins the announced break.
///
/// # Errors
///
/// When the call breaks off.
pub fn start(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    remote::ask(&Ask::Start, arguments)
}

/// The definition of `skip`.
pub fn skip_command() -> Command {
    remote::with_json(Command::new("skip").about(text("cli-skip-about")))
}

/// Skips the announced break.
///
/// # Errors
///
/// When the call breaks off.
pub fn skip(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    remote::ask(&Ask::Skip, arguments)
}

/// The definition of `snooze`.
pub fn snooze_command() -> Command {
    remote::with_json(
        Command::new("snooze").about(text("cli-snooze-about")).arg(
            Arg::new("duration")
                .value_name("DURATION")
                .help(text("cli-snooze-duration")),
        ),
    )
}

/// Snoozes the announced break.
///
/// # Errors
///
/// When the call breaks off.
pub fn snooze(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let seconds = match arguments.get_one::<String>("duration") {
        None => 0,
        Some(written) => match whole_seconds(written) {
            Ok(seconds) => seconds,
            Err(mistake) => {
                eprintln!("{mistake}");
                return Ok(ExitCode::from(2));
            }
        },
    };
    remote::ask(&Ask::Snooze { seconds }, arguments)
}

/// Reads a length of time of at least a second.
pub(super) fn whole_seconds(written: &str) -> Result<u32, String> {
    let bad = |why: String| {
        text_with(
            "cli-bad-duration",
            &[("found", written.to_owned().into()), ("why", why.into())],
        )
    };
    let length = span::parse(written).map_err(|error| bad(config_file::span_text(&error)))?;
    match u32::try_from(length.as_secs()) {
        Ok(0) => Err(bad(text("cli-too-short"))),
        Ok(seconds) => Ok(seconds),
        Err(_) => Err(bad(text("cli-too-long"))),
    }
}
