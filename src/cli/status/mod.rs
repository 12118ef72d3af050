//! `unhunch status`: what the program does now, and when the next break comes; with `--window`, in
//! a small window that lets one tell it what to do.
//!
//! - [`window`]: the window, wired to bus, files and desktop;
//! - `keeper`: reads how things stand, and passes on what the user asks;
//! - `standing` and `week`: the same for the window to show;
//! - [`picture`]: the window as a picture, without a display.

mod keeper;
pub mod picture;
mod standing;
mod week;
pub mod window;

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{line::Line, remote};
use crate::{desktop::clock, ipc::client::Ask, text::text};

/// The definition.
pub fn command() -> Command {
    remote::with_json(Command::new("status").about(text("cli-status-about")))
        .after_help(text("cli-format-more"))
        .arg(format().conflicts_with("json"))
        .arg(
            Arg::new("window")
                .long("window")
                .action(ArgAction::SetTrue)
                .exclusive(true)
                .help(text("cli-status-window")),
        )
}

/// The option for a line of the user's own; `watch` has it as well.
pub(in crate::cli) fn format() -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .help(text("cli-format"))
}

/// The format that was given, if one was, or what is wrong with it.
pub(in crate::cli) fn wanted_format(arguments: &ArgMatches) -> Option<Result<Line, String>> {
    let format = arguments.get_one::<String>("format");
    format.map(|format| Line::parse(format))
}

/// Asks and prints, or shows the window.
///
/// # Errors
///
/// When the call breaks off, or the system refuses a thread.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    if arguments.get_flag("window") {
        return window::open();
    }
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
