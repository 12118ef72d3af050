//! `unhunch __gallery FILE`: the gallery as a picture, for looking at and for the docs. Hidden.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use egui::vec2;

use crate::{
    cli::picture_file,
    core::{
        rotation::{Preset, Weight},
        stretch::{Stretch, StretchId},
    },
    gui::{
        gallery::{Ago, Item, News, Said, Shelf, Standing, Standings, sheet},
        theme::Theme,
    },
    stretch_file,
    text::{text, text_with},
};

/// Its definition.
pub fn command() -> Command {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let number = |name: &'static str, default: &'static str| {
        Arg::new(name)
            .long(name)
            .value_parser(value_parser!(f32))
            .default_value(default)
    };
    Command::new("__gallery")
        .hide(true)
        .about(text("cli-gallery-picture-about"))
        .arg(Arg::new("file").required(true))
        .arg(Arg::new("stretch").long("stretch"))
        .arg(flag("dark"))
        .arg(flag("contrast"))
        .arg(flag("reduced-motion"))
        .arg(flag("said"))
        .arg(number("width", "1080"))
        .arg(number("height", "760"))
        .arg(number("scale", "1"))
        .arg(
            Arg::new("tone")
                .long("tone")
                .value_parser(value_parser!(u8)),
        )
}

/// Draws the picture and writes it.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let flag = |name: &str| arguments.get_flag(name);
    let number = |name: &str| arguments.get_one(name).copied().unwrap_or(1.0_f32);
    let theme = Theme::new(
        flag("dark"),
        flag("contrast"),
        arguments.get_one("tone").copied(),
    );
    let open = arguments.get_one::<String>("stretch").cloned();
    let image = sheet::gallery(
        theme,
        flag("reduced-motion"),
        example(flag("said")),
        open.map(StretchId),
        (vec2(number("width"), number("height")), number("scale")),
    );
    let path: &String = arguments.get_one("file").context("a file to write")?;
    picture_file::write(&image, path)?;
    Ok(ExitCode::SUCCESS)
}

/// The built-in stretches as they stand after some weeks with somebody.
pub fn example(said: bool) -> Vec<News> {
    let catalogue = stretch_file::builtin();
    let each = (catalogue.stretches.iter().enumerate())
        .map(|(place, stretch)| standing(place, stretch))
        .collect();
    let standings = Standings {
        each,
        preset: Some(Preset::Desk),
        can_undo: said,
        mistakes: Vec::new(),
    };
    let items = catalogue.stretches.into_iter();
    let shelf = Shelf {
        rig: catalogue.rig,
        items: items.map(|stretch| Item::new(stretch, false)).collect(),
    };
    let mut news = vec![News::Shelf(Box::new(shelf), standings)];
    if said {
        news.push(News::Said(Said {
            words: text_with("gallery-said-on", &[("name", "Shoulder roll".into())]),
            undo: true,
        }));
    }
    news
}

fn standing(place: usize, stretch: &Stretch) -> Standing {
    let last = match place % 4 {
        0 => Some(Ago::On(chrono::Weekday::Tue)),
        1 => Some(Ago::Yesterday),
        2 => Some(Ago::Days(12)),
        _ => None,
    };
    let times = match place % 4 {
        0 => 3,
        1 => 1,
        _ => 0,
    };
    let weight = match place {
        2 => Weight::More,
        8 => Weight::Less,
        _ => Weight::Normal,
    };
    Standing {
        on: stretch.default_on,
        weight,
        times: if stretch.default_on { times } else { 0 },
        last: last.filter(|_| stretch.default_on),
    }
}
