//! `unhunch day`: which days were written down, and where.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{ArgMatches, Command};

use super::config;
use crate::{
    config_file,
    store::{self, days},
    text::{text, text_with},
};

/// The definition.
pub fn command() -> Command {
    Command::new("day").about(text("cli-day-about"))
}

/// Prints the files, the oldest first.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(_arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let folder = days::folder_beside(&store::state_file());
    let files = days::all(&folder);
    let on = config::load(&config_file::locate(None)).config.log.day;
    let mut out = io::stdout().lock();
    for file in &files {
        writeln!(out, "{}", file.display())?;
    }
    if files.is_empty() && on {
        let folder = folder.display().to_string();
        writeln!(
            out,
            "{}",
            text_with("day-none-yet", &[("folder", folder.into())])
        )?;
    }
    if !on {
        // Not where scripts read the names of files.
        eprintln!("{}", text("day-off"));
    }
    Ok(ExitCode::SUCCESS)
}
