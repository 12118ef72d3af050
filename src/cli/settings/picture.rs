//! `unhunch __settings FILE`: the window of the settings as a picture, for looking at and for the
//! docs. Hidden.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use egui::vec2;

use super::{example, forecast::Foresight};
use crate::{
    cli::{config, gallery, picture_file},
    config_file::{self, Location},
    core::{
        stats::span::Span,
        time::{Moment, Zone},
    },
    gui::{
        settings::{
            News, Page, Standing,
            kept::{Place, Stored},
            sheet,
        },
        theme::Theme,
    },
    stretch_file,
    text::text,
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
    let pages = PossibleValuesParser::new(Page::ALL.map(Page::word));
    Command::new("__settings")
        .hide(true)
        .about(text("set-picture-about"))
        .arg(Arg::new("file").required(true))
        .arg(
            Arg::new("page")
                .long("page")
                .value_parser(pages)
                .default_value("schedule"),
        )
        .arg(
            Arg::new("config")
                .long("config")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(Arg::new("search").long("search").default_value(""))
        .arg(flag("dark"))
        .arg(flag("contrast"))
        .arg(number("width", "980"))
        .arg(number("height", "760"))
        .arg(number("scale", "1"))
}

/// Draws the picture and writes it.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let flag = |name: &str| arguments.get_flag(name);
    let number = |name: &str| arguments.get_one(name).copied().unwrap_or(1.0_f32);
    let word = |name: &str| arguments.get_one::<String>(name).map_or("", String::as_str);
    let theme = Theme::new(flag("dark"), flag("contrast"), None);
    let page = Page::from_word(word("page")).unwrap_or_default();
    let news = made_up(arguments.get_one::<PathBuf>("config"));
    let size = vec2(number("width"), number("height"));
    let image = sheet::settings(theme, news, (page, word("search")), (size, number("scale")));
    let path: &String = arguments.get_one("file").context("a file to write")?;
    picture_file::write(&image, path)?;
    Ok(ExitCode::SUCCESS)
}

/// The settings of a file, or the defaults, on a made-up desktop.
fn made_up(file: Option<&PathBuf>) -> Vec<News> {
    let location = Location::chosen(file.cloned().unwrap_or_default());
    let facts = config::stretches(&location);
    let loaded = match file {
        Some(_) => config_file::load(&location, &facts),
        None => config_file::load(
            &Location {
                chosen: false,
                ..location.clone()
            },
            &facts,
        ),
    };
    // A Monday like any other.
    let noon = Moment {
        boot: Duration::ZERO,
        awake: Duration::ZERO,
        utc: chrono::DateTime::from_timestamp(1_772_449_200, 0).unwrap_or_default(),
        zone: Zone::Named(chrono_tz::Europe::Berlin),
    };
    let forecast = Foresight::new(&stretch_file::folder(&location)).look(&loaded.config, &noon);
    let standing = News::Standing(Box::new(Standing {
        mistakes: config_file::mistakes(&loaded, &facts),
        config: loaded.config,
        file: "~/.config/unhunch/config.toml".to_owned(),
        stretches: facts,
        monitors: vec!["eDP-1".to_owned(), "HDMI-1".to_owned()],
        voices: Some(vec![
            "English (America)".to_owned(),
            "English (Scotland)".to_owned(),
        ]),
        running: true,
        ..Standing::default()
    }));
    let stretches = gallery::picture::example(false).into_iter();
    let day = |text: &str| text.parse().expect("a date");
    let place = |what, path: &str, size| Place {
        what,
        path: path.to_owned(),
        size,
    };
    let stored = News::Stored(Box::new(Stored {
        places: vec![
            place("history", "~/.local/share/unhunch/history.db", 163_840),
            place("state", "~/.local/state/unhunch", 6_120),
            place("days", "~/.local/state/unhunch/days", 0),
            place("settings", "~/.config/unhunch/config.toml", 840),
            place("stretches", "~/.config/unhunch/stretches", 0),
        ],
        breaks: 1204,
        first: Some(day("2025-04-07")),
        today: day("2026-03-05"),
        last: None,
    }));
    let count = News::Count(Span::day(day("2026-03-05")), 5);
    [standing, stored, count]
        .into_iter()
        .chain(forecast.map(|forecast| News::Forecast(Box::new(forecast))))
        .chain(stretches.map(News::Gallery))
        .chain(example::news())
        .collect()
}
