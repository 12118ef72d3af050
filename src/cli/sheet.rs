//! `unhunch stretch sheet FILE [STRETCH…]`: pictures of the figure, for looking and for printing.

use std::{process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::stretches::{MISTAKE, known, library};
use crate::{
    cli::picture_file,
    core::stretch::Stretch,
    gui::{
        stretch::sheet::{self, Look},
        theme::Theme,
    },
    text::{text, text_with},
};

/// Its definition.
pub fn command() -> Command {
    let flag = |name: &'static str, about: &str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(text(about))
    };
    Command::new("sheet")
        .about(text("sheet-about"))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .help(text("sheet-file")),
        )
        .arg(
            Arg::new("stretch")
                .value_name("STRETCH")
                .action(ArgAction::Append)
                .help(text("sheet-stretch")),
        )
        .arg(flag("poses", "sheet-poses"))
        .arg(
            Arg::new("every")
                .long("every")
                .value_name("MILLISECONDS")
                .value_parser(value_parser!(u64).range(50..))
                .conflicts_with("poses")
                .help(text("sheet-every")),
        )
        .arg(flag("dark", "sheet-dark"))
        .arg(flag("contrast", "sheet-contrast"))
        .arg(
            Arg::new("tone")
                .long("tone")
                .value_name("N")
                .value_parser(value_parser!(u8).range(1..=6))
                .help(text("sheet-tone")),
        )
        .arg(
            Arg::new("scale")
                .long("scale")
                .value_name("N")
                .value_parser(value_parser!(u8).range(1..=8))
                .default_value("2")
                .help(text("sheet-scale")),
        )
}

/// Draws the sheet and writes it. Exit code 2 for a stretch that there is not, and for a picture
/// that would be too large.
///
/// # Errors
///
/// When the file cannot be written.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let flag = |name: &str| arguments.get_flag(name);
    let catalogue = library();
    let mut chosen: Vec<&Stretch> = Vec::new();
    for wanted in arguments
        .get_many::<String>("stretch")
        .into_iter()
        .flatten()
    {
        let Some(stretch) = known(&catalogue, wanted) else {
            return Ok(ExitCode::from(MISTAKE));
        };
        if stretch.poses.is_empty() {
            let name = stretch.id.as_str();
            eprintln!(
                "unhunch: {}",
                text_with("sheet-no-figure", &[("name", name.into())])
            );
            return Ok(ExitCode::from(MISTAKE));
        }
        chosen.push(stretch);
    }
    let closely = flag("poses") || !chosen.is_empty();
    if chosen.is_empty() {
        chosen.extend(&catalogue.stretches);
    }
    let theme = Theme::new(
        flag("dark"),
        flag("contrast"),
        arguments.get_one("tone").copied(),
    );
    let look = Look {
        theme: &theme,
        rig: &catalogue.rig,
        scale: f32::from(*arguments.get_one::<u8>("scale").unwrap_or(&2)),
    };
    let drawn = match arguments.get_one("every").copied() {
        Some(every) => sheet::film_strips(&chosen, Duration::from_millis(every), look),
        None if closely => sheet::key_poses(&chosen, look),
        None => sheet::overview(&chosen, look),
    };
    let image = match drawn {
        Ok(image) => image,
        Err(too_large) => {
            let megapixels = too_large.megapixels;
            eprintln!(
                "unhunch: {}",
                text_with("sheet-too-large", &[("megapixels", megapixels.into())])
            );
            return Ok(ExitCode::from(MISTAKE));
        }
    };
    let path: &String = arguments.get_one("file").context("a file to write")?;
    picture_file::write(&image, path)?;
    Ok(ExitCode::SUCCESS)
}
