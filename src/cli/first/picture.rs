//! `unhunch __first FILE`: the window of the first run as a picture; for looking at and for the
//! docs. Hidden.

use std::{process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use egui::vec2;

use crate::{
    cli::picture_file,
    core::{rotation::Preset, stretch::VariantName},
    gui::{
        first::{News, Page, Standing, sheet},
        theme::Theme,
    },
    stretch_file,
    text::{text, text_with},
};

/// Its definition.
pub fn command() -> Command {
    let number = |name: &'static str, default: &'static str| {
        Arg::new(name)
            .long(name)
            .value_parser(value_parser!(f32))
            .default_value(default)
    };
    Command::new("__first")
        .hide(true)
        .about(text("first-picture-about"))
        .arg(Arg::new("file").required(true))
        .arg(
            Arg::new("page")
                .long("page")
                .value_parser(value_parser!(u8).range(1..=3))
                .default_value("1"),
        )
        .arg(Arg::new("dark").long("dark").action(ArgAction::SetTrue))
        .arg(number("width", "620"))
        .arg(number("height", "720"))
        .arg(number("scale", "1"))
}

/// Draws the picture and writes it.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let number = |name: &str| arguments.get_one(name).copied().unwrap_or(1.0_f32);
    let theme = Theme::new(arguments.get_flag("dark"), false, None);
    let page: u8 = arguments.get_one("page").copied().unwrap_or(1);
    let size = vec2(number("width"), number("height"));
    let image = sheet::window(theme, example(page), (size, number("scale")));
    let path: &String = arguments.get_one("file").context("a file to write")?;
    picture_file::write(&image, path)?;
    Ok(ExitCode::SUCCESS)
}

fn example(page: u8) -> Vec<News> {
    let catalogue = stretch_file::only(&["overhead_arm_reach".to_owned()], None);
    let figure = catalogue.stretches.into_iter().next();
    let standing = Standing {
        every: Some(Duration::from_mins(60)),
        length: Some(VariantName::Standard),
        preset: Some(Preset::Desk),
        autostart: Some(false),
        waits: [true; 3],
        acknowledged: None,
        mistakes: Vec::new(),
    };
    let page = Page::ALL[usize::from(page) - 1];
    let found = [
        "sense-microphone-no",
        "sense-fullscreen-no",
        "sense-quiet-no",
    ];
    let found = found.map(|id| text_with("first-found", &[("said", text(id).into())]));
    let mut news = vec![
        News::Standing(standing),
        News::Page(page),
        News::Found(found),
    ];
    if let Some(stretch) = figure {
        news.insert(0, News::Figure(Box::new((catalogue.rig, stretch))));
    }
    news
}
