//! `unhunch status`: what the program does now, and when the next break comes.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use super::{line::Line, remote};
use crate::{desktop::clock, ipc::client::Ask, text::text};

/// The definition.
pub fn command() -> Command {
    remote::with_json(Command::new("status").about(text("cli-status-about")))
        .after_help(text("cli-format-more"))
        .arg(format().conflicts_with("json"))
}

/// The option for a line of the user's own; `watch` has it as well.
pub(super) fn format() -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .help(text("cli-format"))
}

/// The format that was given, if one was, or what is wrong with it.
pub(super) fn wanted_format(arguments: &ArgMatches) -> Option<Result<Line, String>> {
    let format = arguments.get_one::<String>("format");
    format.map(|format| Line::parse(format))
}

/// Asks and prints.
///
/// # Errors
///
/// When the call breaks off.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    match wanted_format(arguments) {
        None => remote::ask(&Ask::Status, arguments),
        Some(Ok(line)) => remote::ask_and(&Ask::Status, arguments, |status| {
            line.show(Some(status), clock::utc()) + "\n"
        }),
        Some(Err(mistake)) => {
            eprintln!("{mistake}");
            Ok(ExitCode::from(2))
        }
    }
}
