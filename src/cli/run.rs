//! `unhunch run`: the daemon itself, until it is told to end.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::{
    config_file,
    daemon::{self, Ended, Options},
    desktop::{child::Program, launch},
    store,
    text::{text, text_with},
};

/// The definition.
pub fn command() -> Command {
    Command::new("run")
        .about(text("cli-run-about"))
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help(text("cli-run-config")),
        )
        .arg(
            Arg::new("background")
                .long("background")
                .action(ArgAction::SetTrue)
                .hide(true)
                .help(text("cli-run-background")),
        )
}

/// Runs the daemon.
///
/// # Errors
///
/// When it cannot start.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    if arguments.get_flag("background") {
        launch::leave_the_terminal();
    }
    daemon_with(arguments.get_one::<PathBuf>("config").cloned())
}

/// Runs the daemon with these settings, or with the user's own.
///
/// # Errors
///
/// When it cannot start.
pub fn daemon_with(config: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    super::log_from(log::LevelFilter::Info);
    let options = Options {
        config: config_file::locate(config),
        state_file: store::state_file(),
        history_file: store::history_file(),
        window: Program::window().context("finding this program")?,
    };
    match daemon::run(options)? {
        Ended::Quit => {}
        Ended::RunsAlready => println!("{}", text("cli-runs-already")),
        Ended::RunsElsewhere { pid: None } => println!("{}", text("cli-runs-elsewhere")),
        Ended::RunsElsewhere { pid: Some(pid) } => {
            let pid = pid.to_string();
            println!(
                "{}",
                text_with("cli-runs-elsewhere-as", &[("pid", pid.into())])
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
