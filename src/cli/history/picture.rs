//! `unhunch __history FILE`: the window of the history as a picture, with made-up breaks; for
//! looking at and for the docs. Hidden.

use std::{collections::BTreeMap, process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use egui::vec2;

use super::book::{Reading, book};
use crate::{
    cli::picture_file,
    core::{
        schedule::{Credit, effect::Outcome},
        stats::{review::Calendar, review::Review, span::Span},
        stretch::{Stretch, StretchId},
        time::Zone,
    },
    gui::{
        history::{Book, Reach, sheet, strip::Strip},
        theme::Theme,
    },
    stretch_file, stretch_text,
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
    Command::new("__history")
        .hide(true)
        .about(text("past-picture-about"))
        .arg(Arg::new("file").required(true))
        .arg(
            Arg::new("reach")
                .long("reach")
                .value_parser(["week", "weeks", "year", "month"])
                .default_value("week"),
        )
        .arg(flag("dark"))
        .arg(flag("contrast"))
        .arg(flag("empty"))
        .arg(flag("day"))
        .arg(flag("back"))
        .arg(flag("import"))
        .arg(flag("days"))
        .arg(number("width", "1040"))
        .arg(number("height", "780"))
        .arg(number("scale", "1"))
}

/// Draws the picture and writes it.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let flag = |name: &str| arguments.get_flag(name);
    let number = |name: &str| arguments.get_one(name).copied().unwrap_or(1.0_f32);
    let theme = Theme::new(flag("dark"), flag("contrast"), None);
    let (book, areas) = example(flag("empty"), flag("back"));
    let reach = match arguments.get_one::<String>("reach").map(String::as_str) {
        Some("weeks") => Some(Reach::Weeks),
        Some("year") => Some(Reach::Year),
        Some("month") => None,
        _ => Some(Reach::Week),
    };
    let image = match reach {
        None => {
            let calendar = Calendar {
                span: Span::month(book.today),
                zone: book.zone,
                day_starts: book.day_starts,
            };
            sheet::month(&book, &Review::of(&book.credits, calendar, &areas))
        }
        Some(reach) => {
            let day = flag("day").then_some(book.today);
            let size = vec2(number("width"), number("height"));
            let strip = match (flag("import"), flag("days")) {
                (true, _) => Some(Strip::Import("~/Documents/breaks.csv".to_owned())),
                (false, true) => Some(Strip::day(book.newest())),
                (false, false) => None,
            };
            sheet::window(theme, book, (reach, day, strip), (size, number("scale")))
        }
    };
    let path: &String = arguments.get_one("file").context("a file to write")?;
    picture_file::write(&image, path)?;
    Ok(ExitCode::SUCCESS)
}

/// A year of breaks as somebody may have had them, the same at every call.
fn example(empty: bool, back: bool) -> (Book, crate::core::stats::review::Areas) {
    let catalogue = stretch_file::builtin();
    let on: Vec<&Stretch> = (catalogue.stretches.iter())
        .filter(|stretch| stretch.default_on)
        .collect();
    let today = NaiveDate::from_ymd_opt(2026, 3, 5).expect("a date");
    let span = Span::weeks(today, 50);
    let credits = if empty {
        Vec::new()
    } else {
        let days = span.days().take_while(|day| *day <= today).enumerate();
        days.flat_map(|(n, day)| of_day(n, day, &on)).collect()
    };
    let areas = catalogue
        .stretches
        .iter()
        .map(|stretch| (stretch.id.clone(), stretch.areas.clone()))
        .collect();
    let names = catalogue
        .stretches
        .iter()
        .map(|stretch| (stretch.id.clone(), stretch_text::name(stretch)))
        .collect::<BTreeMap<StretchId, String>>();
    let book = book(Reading {
        credits: Arc::new(credits),
        today,
        until: if back {
            today - TimeDelta::weeks(12)
        } else {
            today
        },
        zone: Zone::UTC,
        day_starts: NaiveTime::from_hms_opt(4, 0, 0).expect("a time"),
        areas: &areas,
        names: Arc::new(names),
        first: (!empty).then(|| at(span.first, 9, 0)),
        dismissed: Some(&std::collections::BTreeSet::new()),
        problem: None,
    });
    (book, areas)
}

/// Fewer breaks on some days than on others, none at weekends.
fn of_day(n: usize, day: NaiveDate, on: &[&Stretch]) -> Vec<Credit> {
    use chrono::Datelike as _;

    if day.weekday().num_days_from_monday() > 4 || n % 61 > 54 {
        return Vec::new();
    }
    let count = [7, 5, 8, 6, 4, 7, 3][n * 5 % 7];
    let breaks = (0..count).map(|k| {
        let hour = 9 + u32::try_from(k).unwrap_or_default();
        let draw = (n * 31 + k * 17) % 23;
        let outcome = match draw {
            _ if hour > 15 && !draw.is_multiple_of(4) => Outcome::Skipped,
            0..=13 => Outcome::Completed,
            14..=17 => Outcome::Natural,
            18 | 19 => Outcome::Skipped,
            20 => Outcome::Abandoned,
            _ => Outcome::Missed,
        };
        let stretch = on[(n * 7 + k) % on.len()].id.clone();
        let minute = u32::try_from(draw * 2).unwrap_or_default();
        credit(at(day, hour, minute), outcome, stretch, draw)
    });
    breaks.collect()
}

fn credit(at: DateTime<Utc>, outcome: Outcome, stretch: StretchId, draw: usize) -> Credit {
    let seconds = match outcome {
        Outcome::Completed => 35 + 3 * draw as u64,
        Outcome::Abandoned => 12,
        Outcome::Natural => 420 + 60 * draw as u64,
        Outcome::Skipped | Outcome::Missed | Outcome::Absorbed => 0,
    };
    let away = outcome == Outcome::Natural;
    Credit {
        reminder: "upper-back".to_owned(),
        stretches: if away { Vec::new() } else { vec![stretch] },
        due: Some(at),
        announced: (!away).then_some(at),
        started: (seconds > 0).then_some(at),
        ended: at + TimeDelta::seconds(i64::try_from(seconds).unwrap_or_default()),
        outcome,
        stretched: Duration::from_secs(seconds),
        snoozes: u32::from(draw.is_multiple_of(6)),
    }
}

fn at(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    day.and_hms_opt(hour, minute, 0).expect("a time").and_utc()
}
