//! `unhunch stretch new NAME`: the beginning of a stretch of one's own, with comments.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::super::stretches::MISTAKE;
use crate::{
    config_file,
    desktop::private,
    stretch_file::{self, Form, Refused},
    text::{text, text_with},
};

/// The definition.
pub fn command() -> Command {
    Command::new("new")
        .about(text("stretch-new-about"))
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .required(true)
                .help(text("stretch-new-name")),
        )
        .arg(
            Arg::new("steps")
                .long("steps")
                .action(ArgAction::SetTrue)
                .help(text("stretch-new-steps")),
        )
}

/// Writes the file and says what to do with it. Exit code 2 for a name that cannot be, or that is
/// taken.
///
/// # Errors
///
/// When the file cannot be written.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let name = arguments
        .get_one::<String>("name")
        .map_or("", String::as_str);
    let form = if arguments.get_flag("steps") {
        Form::Steps
    } else {
        Form::Figure
    };
    let (id, contents) = match stretch_file::template(name, form) {
        Ok(written) => written,
        Err(refused) => return mistake(&refusal(name, refused)),
    };
    let folder = stretch_file::folder(&config_file::locate(None));
    let known = stretch_file::candidates(Some(&folder));
    if known.iter().any(|known| known.facts.id.0 == id) {
        return mistake(&text_with("stretch-new-taken", &[("id", id.into())]));
    }
    let file = folder.join(format!("{}.toml", id.replace('_', "-")));
    let path = file.display().to_string();
    // Never over a file that is there.
    match private::create_whole(&file, contents.as_bytes(), ".stretch-") {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return mistake(&text_with("stretch-new-there", &[("file", path.into())]));
        }
        Err(error) => return Err(error).with_context(|| format!("writing {path}")),
    }
    let next = text_with(
        "stretch-new-next",
        &[("file", path.clone().into()), ("id", id.into())],
    );
    writeln!(io::stdout(), "{path}\n\n{next}")?;
    Ok(ExitCode::SUCCESS)
}

fn mistake(why: &str) -> anyhow::Result<ExitCode> {
    eprintln!("unhunch: {why}");
    Ok(ExitCode::from(MISTAKE))
}

fn refusal(name: &str, refused: Refused) -> String {
    match refused {
        Refused::NoLetters => text_with("stretch-new-no-letters", &[("name", name.into())]),
        Refused::TooLong(most) => text_with("stretch-new-too-long", &[("most", most.into())]),
        Refused::Builtin => text_with("stretch-new-builtin", &[("name", name.into())]),
    }
}
