//! What every command that talks to the running program shares.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::{
    cli::describe,
    ipc::client::{self, Ask, CallError},
    text::{text, text_with},
};

/// No program runs that could answer.
const NOT_RUNNING: u8 = 3;

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
    match client::call(ask) {
        Ok((json, _status)) if arguments.get_flag("json") => {
            println!("{json}");
            Ok(ExitCode::SUCCESS)
        }
        Ok((_json, status)) => {
            print!("{}", describe::status(&status));
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

/// Lets a running program read its settings again. True if one runs and has done so; if it could
/// not, that is said, for what was asked for is done all the same.
pub fn reload_quietly() -> bool {
    match client::call(&Ask::Reload) {
        Ok(_) => true,
        Err(CallError::NotRunning) => false,
        Err(error @ (CallError::Refused(_) | CallError::Failed(_))) => {
            let why = error.to_string();
            eprintln!("{}", text_with("cli-not-reloaded", &[("why", why.into())]));
            false
        }
    }
}
