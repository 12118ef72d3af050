//! `unhunch __states FILE`: the window of a break in all its states, for looking at. Hidden.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::{
    cli::picture_file,
    gui::stretch::states::{Manner, states},
    text::text,
    window::wire::{Look, Size},
};

/// Its definition.
pub fn command() -> Command {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let number = |name: &'static str, usual: &'static str| {
        Arg::new(name)
            .long(name)
            .value_parser(value_parser!(f32))
            .default_value(usual)
    };
    Command::new("__states")
        .hide(true)
        .about(text("cli-states-about"))
        .arg(Arg::new("file").required(true))
        .arg(Arg::new("stretch").default_value("overhead_arm_reach"))
        .arg(number("width", "560"))
        .arg(number("height", "680"))
        .arg(number("scale", "1"))
        .arg(flag("dark"))
        .arg(flag("contrast"))
        .arg(flag("reduced"))
}

/// Draws the picture and writes it.
///
/// # Errors
/// If there is no such stretch, or the file cannot be written.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let number = |name: &str| arguments.get_one::<f32>(name).copied().unwrap_or(1.0);
    let manner = Manner {
        size: (number("width"), number("height")),
        scale: number("scale"),
        look: Look {
            dark: arguments.get_flag("dark"),
            high_contrast: arguments.get_flag("contrast"),
            reduced_motion: arguments.get_flag("reduced"),
            figure_tone: None,
            text_scale: 1.0,
        },
        place: Size::Normal,
    };
    let stretch: &String = arguments.get_one("stretch").context("a stretch")?;
    let image = states(stretch, &manner).with_context(|| format!("drawing {stretch}"))?;
    let path: &String = arguments.get_one("file").context("a file to write")?;
    picture_file::write(&image, path)?;
    Ok(ExitCode::SUCCESS)
}
