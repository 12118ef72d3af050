//! `unhunch autostart enable | disable | status`: start with the session, or not.

use std::{path::Path, process::ExitCode};

use anyhow::{Context as _, anyhow};
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::remote::with_json;
use crate::{
    autostart_text::words,
    desktop::autostart::{self, By, Done, Error, Places, Status, Trouble},
    text::{text, text_with},
};

/// The definition.
pub fn command() -> Command {
    let flag = |name: &'static str, help: &str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(text(help))
    };
    Command::new("autostart")
        .about(text("autostart-about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("enable")
                .about(text("autostart-enable-about"))
                .arg(flag("systemd", "autostart-systemd").conflicts_with("replace"))
                .arg(flag("replace", "autostart-replace")),
        )
        .subcommand(Command::new("disable").about(text("autostart-disable-about")))
        .subcommand(with_json(
            Command::new("status").about(text("autostart-status-about")),
        ))
}

/// Does what was asked. Exit code 1 when it was not done; for `status`, when it should start and
/// will not.
///
/// # Errors
///
/// When the system does not tell where the program is.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let places = Places::of_the_user();
    let program = autostart::program().context("finding this program")?;
    let done = match arguments.subcommand() {
        Some(("enable", how)) if how.get_flag("systemd") => {
            autostart::enable_unit(&places, &program)
        }
        Some(("enable", how)) => autostart::enable(&places, &program, how.get_flag("replace")),
        Some(("disable", _)) => autostart::disable(&places),
        Some((_, how)) => return Ok(tell(&places, &program, how.get_flag("json"))),
        None => return Ok(tell(&places, &program, false)),
    };
    match done {
        Ok(done) => {
            said(&done);
            Ok(tell(&places, &program, false))
        }
        Err(error) => {
            eprintln!("{}", mistake(&error));
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Whether this program starts with the session of this user; nothing where that cannot be told.
#[must_use]
pub fn status() -> Option<Status> {
    let program = autostart::program().ok()?;
    Some(autostart::status(&Places::of_the_user(), &program))
}

/// Lets this program start with the session of this user, or not.
///
/// # Errors
///
/// When that cannot be written, in words for the user.
pub fn set(on: bool) -> anyhow::Result<()> {
    let places = Places::of_the_user();
    let done = if on {
        let program = autostart::program().context("finding this program")?;
        autostart::enable(&places, &program, false)
    } else {
        autostart::disable(&places)
    };
    done.map(drop).map_err(|error| anyhow!(mistake(&error)))
}

fn tell(places: &Places, program: &Path, as_json: bool) -> ExitCode {
    let status = autostart::status(places, program);
    if as_json {
        println!("{}", in_json(&status));
    } else {
        println!("{}", words(&status));
    }
    match status {
        Status::On(_) | Status::Off => ExitCode::SUCCESS,
        Status::Broken { .. } => ExitCode::FAILURE,
    }
}

/// What was done, where the status that follows does not say so.
fn said(done: &Done) {
    if let Done::Enabled {
        before: Some(before),
        ..
    } = done
    {
        let before = before.display().to_string();
        println!(
            "{}",
            text_with("autostart-before", &[("before", before.into())])
        );
    }
}

fn in_json(status: &Status) -> Value {
    let by = |by: By| match by {
        By::Desktop => "desktop",
        By::Systemd => "systemd",
    };
    match status {
        Status::Off => json!({"v": 1, "state": "off"}),
        Status::On(start) => json!({
            "v": 1,
            "state": "on",
            "by": by(start.by),
            "file": start.file,
            "program": start.program,
            "this_program": start.this,
            "also": start.twice,
        }),
        Status::Broken { by: who, file, why } => json!({
            "v": 1,
            "state": "broken",
            "by": by(*who),
            "file": file,
            "program": match why {
                Trouble::Gone(program) => Some(program),
                Trouble::Foreign | Trouble::Unreadable(_) => None,
            },
            "why": why_word(why),
            "text": words(status),
        }),
    }
}

fn why_word(why: &Trouble) -> &'static str {
    match why {
        Trouble::Gone(_) => "gone",
        Trouble::Foreign => "foreign",
        Trouble::Unreadable(_) => "unreadable",
    }
}

/// Why it was not done, and what to do instead.
#[must_use]
pub fn mistake(error: &Error) -> String {
    match error {
        Error::Foreign(file) => {
            let file = file.display().to_string();
            text_with("autostart-not-ours", &[("file", file.into())])
        }
        Error::BadPath(path) => {
            let path = path.display().to_string();
            text_with("autostart-bad-path", &[("path", path.into())])
        }
        Error::File { .. } | Error::Systemd(_) => {
            text_with("autostart-failed", &[("why", error.to_string().into())])
        }
    }
}
