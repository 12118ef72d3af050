//! `unhunch doctor`: what was found on this desktop, what each part of it says now, what is
//! missing and how to get it.
//!
//! It asks with the same code as the daemon, in its own process, so it works without one; a
//! running daemon is asked besides.

pub mod look;
pub mod report;

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{ArgMatches, Command};

use super::{config, remote};
use crate::{config_file, text::text};
use report::{Finding, Report, State};

/// The definition.
pub fn command() -> Command {
    remote::with_json(Command::new("doctor").about(text("cli-doctor-about")))
}

/// Looks at everything and prints. Exit code 1 when something that the settings ask for cannot
/// work.
///
/// # Errors
///
/// When the system gives no threads, or standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let location = config_file::locate(None);
    let loaded = config::load(&location);
    let report = Report::new(&look::look((location, loaded))?);
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        write!(out, "{}", in_words(&report))?;
    }
    match report.trouble.is_empty() {
        true => Ok(ExitCode::SUCCESS),
        false => Ok(ExitCode::FAILURE),
    }
}

/// All of it, as it is printed.
pub fn in_words(report: &Report) -> String {
    let width = (report.findings.iter())
        .map(|finding| finding.title.chars().count())
        .max()
        .unwrap_or(0);
    let mut told: String = (report.findings.iter())
        .map(|finding| lines(finding, width))
        .collect();
    told.push('\n');
    told += &match report.trouble.is_empty() {
        true => text("doctor-well"),
        false => text("doctor-trouble"),
    };
    told + "\n"
}

/// One finding: a mark, its title, what was found; below it how to get what is missing.
fn lines(finding: &Finding, width: usize) -> String {
    let mark = match finding.state {
        State::Works => "+",
        State::Spare => "-",
        State::Missing => "!",
    };
    let mut told = format!("{mark} {:width$}  {}\n", finding.title, finding.text);
    for help in &finding.help {
        told += &format!("  {:width$}  {help}\n", "");
    }
    told
}
