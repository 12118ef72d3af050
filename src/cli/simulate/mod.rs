//! `unhunch simulate FILE`: runs a written day through the schedule and prints what happens.
//!
//! Neither clock nor desktop takes part, and of the disk only the files named. Without `--config`
//! the built-in settings and stretches count, not the user's own: the same day always gives the
//! same output.

mod mistakes;
pub mod print;

use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::config::in_colour;
use crate::{
    config_file::{Document, Location, load},
    core::{
        config::{Rotation, StretchFacts},
        day::{self, Day, Entry, Script, Setting},
        rotation::Candidate,
        schedule::Rules,
    },
    diagnostic::{Problem, Severity, render_all},
    stretch_file,
    text::{text, text_with},
};

/// The definition of `simulate`.
pub fn command() -> Command {
    Command::new("simulate")
        .about(text("simulate-about"))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(text("simulate-file")),
        )
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help(text("simulate-config")),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("N")
                .value_parser(value_parser!(u64))
                .default_value("0")
                .help(text("simulate-seed")),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(text("cli-json")),
        )
}

/// Runs a day; exit code 2 when it, or the settings, cannot be read.
///
/// # Errors
/// When the output cannot be written.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let file = arguments
        .get_one::<PathBuf>("file")
        .cloned()
        .unwrap_or_default();
    let config = arguments.get_one::<PathBuf>("config");
    let seed = arguments
        .get_one::<u64>("seed")
        .copied()
        .unwrap_or_default();
    let form = if arguments.get_flag("json") {
        print::json_line
    } else {
        print::text_line
    };
    let script = match prepare(&file, config) {
        Ok(script) => script,
        Err(complaint) => {
            eprintln!("{complaint}");
            return Ok(ExitCode::from(2));
        }
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut result = Ok(());
    day::run(&script, seed, &mut |entry: Entry| {
        if result.is_ok() {
            result = writeln!(out, "{}", form(&entry));
        }
    });
    match result.and_then(|()| out.flush()) {
        // Whoever reads may have seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        result => Ok(result.map(|()| ExitCode::SUCCESS)?),
    }
}

/// Reads both files; what is wrong with them comes back as text.
fn prepare(file: &PathBuf, config: Option<&PathBuf>) -> Result<Script, String> {
    let colour = in_colour(&io::stderr());
    let name = file.display().to_string();
    let folder = config.map(|path| stretch_file::folder(&Location::chosen(path)));
    let catalogue = stretch_file::candidates(folder.as_deref());
    let facts: Vec<StretchFacts> = catalogue.iter().map(|known| known.facts.clone()).collect();
    let document = match config {
        Some(path) => {
            let loaded = load(&Location::chosen(path), &facts);
            if (loaded.problems.iter()).any(|problem| problem.severity == Severity::Error) {
                return Err(loaded.render(colour));
            }
            if !loaded.problems.is_empty() {
                eprintln!("{}", loaded.render(colour));
            }
            loaded.document
        }
        None => Document::parse("", ""),
    };
    let bytes = fs::read(file).map_err(|error| {
        let why = error.to_string();
        text_with(
            "simulate-unreadable",
            &[("file", name.clone().into()), ("why", why.into())],
        )
    })?;
    let day_text = String::from_utf8(bytes)
        .map_err(|_| text_with("simulate-not-text", &[("file", name.clone().into())]))?;
    script(&name, &day_text, document, &catalogue)
        .map_err(|problems| render_all(&problems, &day_text, colour))
}

/// A day that can be run, from its text and the settings it begins with.
///
/// # Errors
/// Everything in the text that cannot be read or done.
pub fn script(
    name: &str,
    text: &str,
    mut document: Document,
    catalogue: &[Candidate],
) -> Result<Script, Vec<Problem>> {
    let facts: Vec<StretchFacts> = catalogue.iter().map(|known| known.facts.clone()).collect();
    let day = Day::parse(text).map_err(|found| mistakes::problems(found, name, text))?;
    let recorded = day.is_recorded();
    let start = rules(&document, &facts, catalogue);
    Script::new(day, start, |setting| {
        match setting {
            Setting::Defaults => document = Document::parse("", ""),
            // The program goes by what is good of a file; stretches have to be known.
            Setting::Key(key, value) if recorded && key != "rotation" => {
                document.set_as_it_was(key, value)?;
            }
            Setting::Key(key, value) => document.set(key, value, &facts)?,
        }
        Ok(rules(&document, &facts, catalogue))
    })
    .map_err(|found| mistakes::of_script(found, name, text))
}

/// The rules of these settings. A choice of stretches that leaves none falls back to the defaults.
fn rules(document: &Document, facts: &[StretchFacts], catalogue: &[Candidate]) -> Rules {
    let (mut config, _) = document.config(facts);
    match Rules::new(config.clone(), catalogue) {
        Ok(rules) => rules,
        Err(empty) => {
            log::warn!("{empty}");
            config.rotation = Rotation::default();
            Rules::new(config, catalogue).expect("the built-in stretches have some switched on")
        }
    }
}
