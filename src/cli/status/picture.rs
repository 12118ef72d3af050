//! `unhunch __status FILE`: the window with the status as a picture. Hidden.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use egui::vec2;

use crate::{
    cli::picture_file,
    gui::{
        status::{Day, Doing, News, Standing, Week, sheet},
        theme::Theme,
    },
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
    let states = ["working", "held", "announced", "on-break", "paused", "off"];
    Command::new("__status")
        .hide(true)
        .about(text("cli-status-picture-about"))
        .arg(Arg::new("file").required(true))
        .arg(
            Arg::new("state")
                .long("state")
                .value_parser(PossibleValuesParser::new(states))
                .default_value("working"),
        )
        .arg(flag("dark"))
        .arg(flag("contrast"))
        .arg(number("width", "512"))
        .arg(number("height", "536"))
        .arg(number("scale", "1"))
}

/// Draws the picture and writes it.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let flag = |name: &str| arguments.get_flag(name);
    let number = |name: &str| arguments.get_one(name).copied().unwrap_or(1.0_f32);
    let theme = Theme::new(flag("dark"), flag("contrast"), None);
    let state: &String = arguments.get_one("state").context("a state")?;
    let size = vec2(number("width"), number("height"));
    let image = sheet::status(theme, example(state), (size, number("scale")));
    let path: &String = arguments.get_one("file").context("a file to write")?;
    picture_file::write(&image, path)?;
    Ok(ExitCode::SUCCESS)
}

/// An afternoon with the program, in this state.
fn example(state: &str) -> Vec<News> {
    let (doing, headline, detail) = match state {
        "held" => {
            let why = text("reason-meeting").into();
            let because = text_with("glance-because", &[("why", why)]);
            (Doing::Held, text("glance-held"), Some(because))
        }
        "announced" => (Doing::Announced, text("glance-announced"), None),
        "on-break" => (Doing::OnBreak, text("glance-on-break"), None),
        "paused" => {
            let until = text_with("glance-paused-until", &[("until", "15:30".into())]);
            (Doing::Paused, until, None)
        }
        "off" => {
            let details = text("glance-not-running-details");
            (Doing::NotRunning, text("glance-not-running"), Some(details))
        }
        _ => {
            let (left, minutes) = (0.39, Some(23));
            let next = text_with("glance-next", &[("time", "23 min".into())]);
            (Doing::Working { left, minutes }, next, None)
        }
    };
    let standing = Standing {
        snooze: Some(text_with("glance-snooze", &[("time", "5 min".into())])),
        meeting: Some(state == "held"),
        details: detail.into_iter().collect(),
        headline,
        doing,
    };
    vec![News::Standing(standing), News::Week(week())]
}

fn week() -> Week {
    let days = [
        ("glance-fri", 5, 1, 1),
        ("glance-sat", 0, 0, 0),
        ("glance-sun", 1, 0, 0),
        ("glance-mon", 6, 2, 0),
        ("glance-tue", 4, 1, 2),
        ("glance-wed", 7, 1, 0),
        ("glance-thu", 3, 1, 0),
    ];
    let day = |(name, done, away, refused)| Day {
        name: text(name),
        said: String::new(),
        done,
        away,
        refused,
        today: name == "glance-thu",
    };
    let said = [("count", 26.into()), ("time", "20 min".into())];
    Week {
        days: days.map(day).into(),
        said: text_with("glance-week-said", &said),
    }
}
