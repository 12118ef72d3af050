//! `unhunch status`: what the program does now, and when the next break comes.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use super::remote;
use crate::{ipc::client::Ask, text::text};

/// The definition.
pub fn command() -> Command {
    remote::with_json(Command::new("status").about(text("cli-status-about")))
}

/// Asks and prints.
///
/// # Errors
///
/// When the call breaks off.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    remote::ask(&Ask::Status, arguments)
}
