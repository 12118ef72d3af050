//! `unhunch stretch new | check | preview | sheet | pose`: for those who make stretches of their own.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use super::{sheet, stretches::MISTAKE};
use crate::text::text;

mod check;
mod new;
mod pose;
mod preview;

/// The definition.
pub fn command() -> Command {
    Command::new("stretch")
        .about(text("stretch-about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(new::command())
        .subcommand(check::command())
        .subcommand(preview::command())
        .subcommand(sheet::command())
        .subcommand(pose::command())
}

/// Does what was asked.
///
/// # Errors
///
/// When standard output is closed, or a file cannot be written.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    match arguments.subcommand() {
        Some(("new", arguments)) => new::run(arguments),
        Some(("check", arguments)) => check::run(arguments),
        Some(("preview", arguments)) => preview::run(arguments),
        Some(("sheet", arguments)) => sheet::run(arguments),
        Some(("pose", arguments)) => pose::run(arguments),
        Some(_) | None => Ok(ExitCode::from(MISTAKE)),
    }
}
