//! `unhunch history`: what became of the breaks, from the file, with or without the program.

pub mod archive;
mod book;
mod delete;
pub mod import;
mod keeper;
#[cfg(test)]
mod keeper_tests;
pub mod picture;
mod table;
pub mod times;
pub mod window;

use std::{io, process::ExitCode};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::{
    config_file,
    core::{span, stats::day_began, time::Moment},
    desktop::clock,
    history_file::{as_csv, as_json},
    store::{self, Reader},
    text::{text, text_with},
};
use table::as_table;

/// The definition of `history`.
pub fn command() -> Command {
    Command::new("history")
        .about(text("history-about"))
        .after_help(text("history-keys"))
        .args_conflicts_with_subcommands(true)
        .subcommand(import::command())
        .subcommand(delete::command())
        .arg(
            Arg::new("since")
                .long("since")
                .value_name("DATE|SPAN")
                .help(text("history-since")),
        )
        .arg(
            Arg::new("window")
                .long("window")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["since", "format"])
                .help(text("history-window")),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["table", "json", "csv"])
                .default_value("table")
                .help(text("history-format")),
        )
}

/// Prints the history, or does with it what the command below says.
///
/// # Errors
///
/// When the file cannot be used, or standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    match arguments.subcommand() {
        Some(("import", arguments)) => return Ok(import::run(arguments)),
        Some(("delete", arguments)) => return delete::run(arguments),
        Some(_) | None => {}
    }
    if arguments.get_flag("window") {
        return window::open();
    }
    let now = clock::now();
    let since = match arguments.get_one::<String>("since") {
        None => None,
        Some(written) => match beginning(written, &now, day_starts()) {
            Some(since) => Some(since),
            None => {
                let found = written.to_owned().into();
                eprintln!("{}", text_with("history-bad-since", &[("found", found)]));
                return Ok(ExitCode::from(2));
            }
        },
    };
    let mut credits = Vec::new();
    let collect = |credit| {
        credits.push(credit);
        Ok(())
    };
    Reader::open(&store::history_file())?.each_since(since, collect)?;
    let format = arguments.get_one::<String>("format").map(String::as_str);
    let out = io::stdout().lock();
    match format {
        Some("json") => as_json(out, &credits)?,
        Some("csv") => as_csv(out, &credits)?,
        _ => as_table(out, &credits, since.is_some(), &now)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// When days roll over, by the settings.
fn day_starts() -> NaiveTime {
    let loaded = config_file::load(&config_file::locate(None), &[]);
    loaded.config.schedule.day_starts
}

/// The instant that `today`, a date, `3d`, `2w` or a length of time stand for.
fn beginning(written: &str, now: &Moment, day_starts: NaiveTime) -> Option<DateTime<Utc>> {
    let written = written.trim();
    if written == "today" {
        return Some(day_began(now.utc, now.zone, day_starts));
    }
    if let Ok(date) = NaiveDate::parse_from_str(written, "%Y-%m-%d") {
        return Some(now.zone.instants(date.and_time(day_starts)).first());
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(written) {
        return Some(at.to_utc());
    }
    now.utc.checked_sub_signed(long_span(written)?)
}

/// A length of time, also in days and weeks: here nobody minds that a day may have 25 hours.
fn long_span(written: &str) -> Option<TimeDelta> {
    if let Ok(length) = span::parse(written) {
        return TimeDelta::from_std(length).ok();
    }
    let days = match written.strip_suffix('w') {
        Some(weeks) => weeks.trim().parse::<u32>().ok()?.checked_mul(7)?,
        None => written.strip_suffix('d')?.trim().parse().ok()?,
    };
    TimeDelta::try_days(days.into())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::core::time::Zone;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    fn now() -> Moment {
        Moment {
            boot: Duration::ZERO,
            awake: Duration::ZERO,
            utc: at("2026-03-02T16:00:00Z"),
            zone: Zone::Named("Europe/Berlin".parse().unwrap()),
        }
    }

    #[test]
    fn a_beginning_is_a_date_a_length_or_an_instant() {
        let four = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        for (written, expected) in [
            ("today", "2026-03-02T04:00:00+01:00"),
            ("2026-02-28", "2026-02-28T04:00:00+01:00"),
            ("2026-03-02T10:00:00+01:00", "2026-03-02T10:00:00+01:00"),
            ("90min", "2026-03-02T15:30:00+01:00"),
            ("3d", "2026-02-27T17:00:00+01:00"),
            ("1w", "2026-02-23T17:00:00+01:00"),
        ] {
            assert_eq!(
                beginning(written, &now(), four),
                Some(at(expected)),
                "{written}"
            );
        }
        for wrong in [
            "",
            "yesterday-ish",
            "2026-13-01",
            "02.03.2026",
            "5",
            "-3d",
            "99999999999w",
        ] {
            assert_eq!(beginning(wrong, &now(), four), None, "{wrong}");
        }
    }
}
