//! `unhunch launch [now | pause]`: what a launcher starts. Sees to it that the program runs, and
//! shows what it is up to, begins a break, or pauses.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};

use super::{
    describe,
    status::window::{launched, run_the_program},
};
use crate::{
    ipc::client::{self, Ask},
    text::text,
};

/// The pause of a launcher: an hour.
const PAUSE: u32 = 3600;

/// The definition.
pub fn command() -> Command {
    Command::new("launch").about(text("cli-launch-about")).arg(
        Arg::new("what")
            .value_name("now | pause")
            .value_parser(PossibleValuesParser::new(["now", "pause"]))
            .hide_possible_values(true)
            .help(text("cli-launch-what")),
    )
}

/// Starts it, and does what was asked.
///
/// # Errors
///
/// When the program cannot be started, or refuses.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let what = arguments.get_one::<String>("what").map(String::as_str);
    let ask = match what {
        Some("now") => Ask::Now {
            reminder: String::new(),
            stretch: String::new(),
        },
        Some(_) => Ask::PauseFor { seconds: PAUSE },
        None => return launched(),
    };
    super::log_from(log::LevelFilter::Warn);
    run_the_program()?;
    let (_, status) = client::call(&ask)?;
    println!("{}", describe::now(&status));
    Ok(ExitCode::SUCCESS)
}
