//! The command line: one file for each command, each with its definition and what it does.

mod answer;
mod autostart;
mod choose;
mod config;
mod day;
mod describe;
mod doctor;
mod edits;
mod first;
pub mod gallery;
mod history;
mod icon;
mod launch;
mod line;
mod log;
mod meeting;
mod monitors;
mod now;
mod outside;
mod papers;
mod pause;
mod picture_file;
mod quit;
mod remote;
mod run;
mod senses;
mod setting;
pub mod settings;
mod sheet;
pub mod simulate;
mod sound;
mod standing;
mod states;
pub mod status;
mod stretch;
mod stretches;
mod voice;
mod watch;
mod why;
mod window;

use std::{ffi::OsString, io::Write as _, process::ExitCode};

use clap::{ArgMatches, Command};

use crate::{desktop::journal, text::text};

/// A command of the program.
struct Entry {
    /// Its name, arguments and help.
    command: fn() -> Command,
    /// What it does. An error is printed, and the program ends with exit code 1.
    run: fn(&ArgMatches) -> anyhow::Result<ExitCode>,
}

/// Every command, in the order of the help.
const COMMANDS: &[Entry] = &[
    Entry {
        command: run::command,
        run: run::run,
    },
    Entry {
        command: launch::command,
        run: launch::run,
    },
    Entry {
        command: status::command,
        run: status::run,
    },
    Entry {
        command: watch::command,
        run: watch::run,
    },
    Entry {
        command: why::command,
        run: why::run,
    },
    Entry {
        command: log::command,
        run: log::run,
    },
    Entry {
        command: doctor::command,
        run: doctor::run,
    },
    Entry {
        command: now::command,
        run: now::run,
    },
    Entry {
        command: answer::start_command,
        run: answer::start,
    },
    Entry {
        command: answer::snooze_command,
        run: answer::snooze,
    },
    Entry {
        command: answer::skip_command,
        run: answer::skip,
    },
    Entry {
        command: pause::command,
        run: pause::run,
    },
    Entry {
        command: pause::resume_command,
        run: pause::resume,
    },
    Entry {
        command: meeting::command,
        run: meeting::run,
    },
    Entry {
        command: quit::reload_command,
        run: quit::reload,
    },
    Entry {
        command: quit::command,
        run: quit::run,
    },
    Entry {
        command: autostart::command,
        run: autostart::run,
    },
    Entry {
        command: history::command,
        run: history::run,
    },
    Entry {
        command: settings::command,
        run: settings::run,
    },
    Entry {
        command: config::command,
        run: config::run,
    },
    Entry {
        command: monitors::command,
        run: monitors::run,
    },
    Entry {
        command: stretches::command,
        run: stretches::run,
    },
    Entry {
        command: stretch::command,
        run: stretch::run,
    },
    Entry {
        command: sound::command,
        run: sound::run,
    },
    Entry {
        command: voice::command,
        run: voice::run,
    },
    Entry {
        command: papers::command,
        run: papers::run,
    },
    Entry {
        command: icon::command,
        run: icon::run,
    },
    Entry {
        command: states::command,
        run: states::run,
    },
    Entry {
        command: gallery::picture::command,
        run: gallery::picture::run,
    },
    Entry {
        command: first::command,
        run: first::run,
    },
    Entry {
        command: first::picture::command,
        run: first::picture::run,
    },
    Entry {
        command: settings::picture::command,
        run: settings::picture::run,
    },
    Entry {
        command: history::picture::command,
        run: history::picture::run,
    },
    Entry {
        command: history::times::command,
        run: history::times::run,
    },
    Entry {
        command: status::picture::command,
        run: status::picture::run,
    },
    Entry {
        command: window::command,
        run: window::run,
    },
    Entry {
        command: day::command,
        run: day::run,
    },
    Entry {
        command: simulate::command,
        run: simulate::run,
    },
];

/// Runs the program with these arguments, the first being its own name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = match command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            // Help goes to standard output, mistakes to standard error; nothing more can be done
            // if neither can be written to.
            error.print().ok();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let result = match matches.subcommand() {
        Some((name, arguments)) => COMMANDS
            .iter()
            .find(|entry| (entry.command)().get_name() == name)
            .map_or(Ok(ExitCode::SUCCESS), |entry| (entry.run)(arguments)),
        // What a launcher starts and a curious user types.
        None => status::window::launched(),
    };
    result.unwrap_or_else(|error| {
        eprintln!("unhunch: {error:#}");
        ExitCode::FAILURE
    })
}

/// The definition of the whole command line; completions and manuals are made from it.
#[must_use]
pub fn command() -> Command {
    Command::new("unhunch")
        .version(env!("CARGO_PKG_VERSION"))
        .about(text("cli-about"))
        .subcommands(COMMANDS.iter().map(|entry| (entry.command)()))
}

/// The same without what is not for people: what completions and manuals speak of.
fn for_people() -> Command {
    let shown = COMMANDS.iter().map(|entry| (entry.command)());
    let shown = shown.filter(|command| !command.is_hide_set());
    let all = command();
    Command::new("unhunch")
        .version(env!("CARGO_PKG_VERSION"))
        .about(all.get_about().cloned().unwrap_or_default())
        .subcommands(shown)
}

/// From now on messages of this importance and above go to standard error, unless `RUST_LOG` wants
/// others; without a time, which the journal knows as well. In the journal each has its priority.
fn log_from(least: ::log::LevelFilter) {
    // Everything passes the logger, so that the settings may ask for more later.
    let mut logger = env_logger::Builder::from_env(
        env_logger::Env::default().default_filter_or("unhunch=trace"),
    );
    logger.format_timestamp(None);
    if journal::reads_standard_error() {
        logger.format(|out, record| {
            let priority = journal::priority(record.level());
            // The journal takes each line for a message.
            for line in record.args().to_string().lines() {
                writeln!(out, "<{priority}>{line}")?;
            }
            Ok(())
        });
    }
    logger.init();
    if !journal::level_is_fixed() {
        ::log::set_max_level(least);
    }
}
