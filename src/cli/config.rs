//! `unhunch config check | open | path | print | get | set`: look at the settings file. `setting` has the
//! two that are about a single key.

use std::{
    io::{self, IsTerminal, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, value_parser};

use super::setting;
use crate::{
    config_file::{self, Loaded, Location},
    core::config::StretchFacts,
    desktop::{launch, private},
    diagnostic::Severity,
    stretch_file,
    text::{text, text_with},
};

/// The definition of `config` and what belongs to it.
pub fn command() -> Command {
    Command::new("config")
        .about(text("config-about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("check")
                .about(text("config-check-about"))
                .arg(file(Arg::new("file")).help(text("config-check-file"))),
        )
        .subcommand(Command::new("open").about(text("config-open-about")))
        .subcommand(Command::new("path").about(text("config-path-about")))
        .subcommand(
            Command::new("print")
                .about(text("config-print-about"))
                .arg(file(Arg::new("file")).help(text("config-print-file"))),
        )
        .subcommand(setting::get_command())
        .subcommand(setting::set_command())
}

fn file(arg: Arg) -> Arg {
    arg.value_name("FILE").value_parser(value_parser!(PathBuf))
}

/// Does what was asked. The exit code is 2 when the checked file has errors.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    match arguments.subcommand() {
        Some(("check", arguments)) => check(&location(arguments)),
        Some(("print", arguments)) => print(&location(arguments)),
        Some(("open", _)) => open(&config_file::locate(None)),
        Some(("get", arguments)) => setting::get(arguments),
        Some(("set", arguments)) => setting::set(arguments),
        _ => path(),
    }
}

/// The settings as the program uses them, with the user's own stretches beside the file.
#[must_use]
pub fn load(location: &Location) -> Loaded {
    config_file::load(location, &stretches(location))
}

/// What there is to choose from: the built-in stretches, and the user's own beside the file.
#[must_use]
pub fn stretches(location: &Location) -> Vec<StretchFacts> {
    let known = stretch_file::candidates(Some(&stretch_file::folder(location)));
    known.into_iter().map(|known| known.facts).collect()
}

/// Whether problems on this stream may have colours.
#[must_use]
pub fn in_colour(stream: &impl IsTerminal) -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !refused
}

fn location(arguments: &ArgMatches) -> Location {
    config_file::locate(arguments.get_one::<PathBuf>("file").cloned())
}

fn check(location: &Location) -> anyhow::Result<ExitCode> {
    let loaded = load(location);
    let mut out = io::stdout().lock();
    if !loaded.problems.is_empty() {
        writeln!(out, "{}\n", loaded.render(in_colour(&out)))?;
    }
    writeln!(out, "{}", verdict(&loaded, location))?;
    let errors = count(&loaded, Severity::Error);
    Ok(ExitCode::from(if errors == 0 { 0 } else { 2 }))
}

fn verdict(loaded: &Loaded, location: &Location) -> String {
    let errors = count(loaded, Severity::Error);
    let warnings = count(loaded, Severity::Warning);
    let id = match (loaded.found, errors, warnings) {
        (_, 1.., _) => "config-check-errors",
        (_, 0, 1..) => "config-check-warnings",
        (true, 0, 0) => "config-check-good",
        (false, 0, 0) => "config-check-no-file",
    };
    text_with(
        id,
        &[
            ("file", location.path.display().to_string().into()),
            ("errors", errors.into()),
            ("warnings", warnings.into()),
        ],
    )
}

fn count(loaded: &Loaded, severity: Severity) -> usize {
    let problems = loaded.problems.iter();
    problems
        .filter(|problem| problem.severity == severity)
        .count()
}

/// What a settings file looks like in which nothing is set yet.
const COMMENTED: &str = include_str!("../../config/config.toml");

fn open(location: &Location) -> anyhow::Result<ExitCode> {
    match show_file(location) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(why) => {
            eprintln!("{why}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Shows the settings file in whatever the desktop has for text; one with every key and its
/// meaning if there is none yet.
///
/// # Errors
/// If it cannot be written or shown, in words for the user.
pub fn show_file(location: &Location) -> Result<(), String> {
    let path = &location.path;
    let shown = path.display().to_string();
    match private::create_whole(path, COMMENTED.as_bytes(), ".config-") {
        Ok(()) => log::info!("{shown} was made"),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed_to_open(&shown, &error.to_string())),
    }
    let why = match launch::show(path) {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => status.to_string(),
        Err(error) => error.to_string(),
    };
    Err(failed_to_open(&shown, &why))
}

fn failed_to_open(file: &str, why: &str) -> String {
    let values = [("file", file.into()), ("why", why.into())];
    text_with("config-open-failed", &values)
}

fn path() -> anyhow::Result<ExitCode> {
    writeln!(io::stdout(), "{}", config_file::path().display())?;
    Ok(ExitCode::SUCCESS)
}

fn print(location: &Location) -> anyhow::Result<ExitCode> {
    let loaded = load(location);
    let mut err = io::stderr().lock();
    if !loaded.problems.is_empty() {
        // If nobody reads the complaints, the settings are still worth printing.
        writeln!(err, "{}\n", loaded.render(in_colour(&err))).ok();
    }
    let id = match loaded.found {
        true => "config-print-head",
        false => "config-print-head-defaults",
    };
    let file = location.path.display().to_string();
    let head = text_with(id, &[("file", file.into())]);
    write!(
        io::stdout(),
        "# {head}\n\n{}",
        config_file::print(&loaded.config)
    )?;
    Ok(ExitCode::SUCCESS)
}
