//! `unhunch now [STRETCH] [--reminder ID]`: a break right away.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use super::remote;
use crate::{ipc::client::Ask, text::text};

/// The definition.
pub fn command() -> Command {
    remote::with_json(
        Command::new("now")
            .about(text("cli-now-about"))
            .arg(
                Arg::new("stretch")
                    .value_name("STRETCH")
                    .help(text("cli-now-stretch")),
            )
            .arg(
                Arg::new("reminder")
                    .long("reminder")
                    .value_name("ID")
                    .help(text("cli-now-reminder")),
            ),
    )
}

/// Asks and prints.
///
/// # Errors
///
/// When the call breaks off.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let given = |name| {
        arguments
            .get_one::<String>(name)
            .cloned()
            .unwrap_or_default()
    };
    remote::ask(
        &Ask::Now {
            reminder: given("reminder"),
            stretch: given("stretch"),
        },
        arguments,
    )
}
