//! What every command that talks to the running program shares.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::{
    cli::describe,
    config_file::Loaded,
    ipc::{
        client::{self, Ask, CallError},
        wire::Status,
    },
    text::{text, text_with},
};

/// No program runs that could answer.
pub const NOT_RUNNING: u8 = 3;

/// Adds `--json` to a command.
pub fn with_json(command: Command) -> Command {
    command.arg(
        Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .help(text("cli-json")),
    )
}

/// Asks the running program, prints its status as a sentence or as JSON, and gives the exit code:
/// 0, 1 when it said no, 3 when nothing runs.
///
/// # Errors
///
/// When the bus or the program fails in the middle of the call.
pub fn ask(ask: &Ask, arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    ask_and(ask, arguments, describe::status)
}

/// The same with words of one's own for the status.
///
/// # Errors
///
/// When the bus or the program fails in the middle of the call.
pub fn ask_and(
    ask: &Ask,
    arguments: &ArgMatches,
    describe: impl Fn(&Status) -> String,
) -> anyhow::Result<ExitCode> {
    match client::call(ask) {
        Ok((json, _status)) if arguments.get_flag("json") => {
            println!("{json}");
            Ok(ExitCode::SUCCESS)
        }
        Ok((_json, status)) => {
            print!("{}", describe(&status));
            Ok(ExitCode::SUCCESS)
        }
        Err(CallError::NotRunning) => {
            eprintln!("{}", text("cli-not-running"));
            Ok(ExitCode::from(NOT_RUNNING))
        }
        Err(CallError::Refused(why)) => {
            eprintln!("{}", text_with("cli-refused", &[("why", why.into())]));
            Ok(ExitCode::FAILURE)
        }
        Err(error @ CallError::Failed(_)) => Err(error.into()),
    }
}

/// Lets a running program read the settings that have just been changed. True if one runs and goes
/// by them now; if one runs and does not, that is said, for the change is in the file all the same.
pub fn take_up(changed: &Loaded) -> bool {
    let why = match client::call(&Ask::Reload) {
        Ok(_) if changed.problems.is_empty() => return true,
        Ok(_) => text("cli-not-taken-up"),
        Err(CallError::NotRunning) => return false,
        Err(error @ (CallError::Refused(_) | CallError::Failed(_))) => {
            text_with("cli-not-reloaded", &[("why", error.to_string().into())])
        }
    };
    eprintln!("{why}");
    false
}
