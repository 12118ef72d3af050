//! `unhunch __sheet`: contact sheets of the figure, for looking at and for the docs. Hidden.

use std::{fs::File, io::BufWriter, process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::{
    gui::{picture::write_png, stretch::sheet, theme::Theme},
    stretch_file,
    text::text,
};

/// Its definition.
pub fn command() -> Command {
    Command::new("__sheet")
        .hide(true)
        .about(text("cli-sheet-about"))
        .arg(Arg::new("file").required(true))
        .arg(Arg::new("stretch").action(ArgAction::Append))
        .arg(Arg::new("dark").long("dark").action(ArgAction::SetTrue))
        .arg(
            Arg::new("contrast")
                .long("contrast")
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("scale")
                .long("scale")
                .value_parser(value_parser!(f32))
                .default_value("1"),
        )
        .arg(
            Arg::new("tone")
                .long("tone")
                .value_parser(value_parser!(u8)),
        )
        .arg(
            Arg::new("every")
                .long("every")
                .value_parser(value_parser!(u64)),
        )
}

/// Draws the sheet and writes it.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let flag = |name: &str| arguments.get_flag(name);
    let theme = Theme::new(
        flag("dark"),
        flag("contrast"),
        arguments.get_one("tone").copied(),
    );
    let scale = arguments.get_one("scale").copied().unwrap_or(1.0);
    let catalogue = stretch_file::builtin();
    let only: Vec<String> = arguments
        .get_many("stretch")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let strip = only.first().and_then(|id| catalogue.find(id));
    let image = match (arguments.get_one("every").copied(), strip) {
        (Some(millis), Some(stretch)) => sheet::film_strip(
            &catalogue,
            stretch,
            Duration::from_millis(millis),
            &theme,
            scale,
        ),
        _ => sheet::key_poses(&catalogue, &only, &theme, scale),
    };
    let path: &String = arguments.get_one("file").context("a file to write")?;
    let file = File::create(path).with_context(|| format!("creating {path}"))?;
    write_png(&image, BufWriter::new(file))?;
    Ok(ExitCode::SUCCESS)
}
