//! `unhunch quit` and `unhunch reload`: end the running program, or let it read its settings anew.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use super::remote;
use crate::{ipc::client::Ask, text::text};

/// The definition of `quit`.
pub fn command() -> Command {
    remote::with_json(Command::new("quit").about(text("cli-quit-about")))
}

/// Ends the running program.
///
/// # Errors
///
/// When the call breaks off.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    remote::ask(&Ask::Quit, arguments)
}

/// The definition of `reload`.
pub fn reload_command() -> Command {
    remote::with_json(Command::new("reload").about(text("cli-reload-about")))
}

/// Lets the running program read its settings again.
///
/// # Errors
///
/// When the call breaks off.
pub fn reload(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    remote::ask(&Ask::Reload, arguments)
}
