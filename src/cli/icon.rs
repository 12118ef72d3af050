//! `unhunch __icon`: the icon of the windows as a picture. Hidden.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command, value_parser};

use crate::{cli::picture_file, gui::icon, text::text};

/// Its definition.
pub fn command() -> Command {
    Command::new("__icon")
        .hide(true)
        .about(text("cli-icon-about"))
        .arg(Arg::new("file").required(true))
        .arg(
            Arg::new("size")
                .long("size")
                .value_parser(value_parser!(u16).range(8..=1024))
                .default_value("128"),
        )
}

/// Draws it and writes it.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let size: u16 = arguments.get_one("size").copied().unwrap_or(128);
    let path: &String = arguments.get_one("file").context("a file to write")?;
    picture_file::write(&icon::draw(size.into()), path)?;
    Ok(ExitCode::SUCCESS)
}
