//! `unhunch history`: what became of the breaks, from the file, with or without the program.

mod book;
mod keeper;
#[cfg(test)]
mod keeper_tests;
pub mod picture;
mod window;

use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::{
    config_file,
    core::{
        schedule::{Credit, effect::Outcome},
        span,
        stats::{Tally, day_began},
        stretch::StretchId,
        time::Moment,
    },
    desktop::clock,
    store::{self, Reader, instant, outcome_name},
    stretch_file,
    text::{text, text_with},
};

/// The columns of a CSV file, which are also the keys of the JSON objects.
const COLUMNS: [&str; 9] = [
    "reminder",
    "stretches",
    "due",
    "announced",
    "started",
    "ended",
    "outcome",
    "stretched_s",
    "snoozes",
];

/// The definition of `history`.
pub fn command() -> Command {
    Command::new("history")
        .about(text("history-about"))
        .after_help(text("history-keys"))
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

/// Prints the history.
///
/// # Errors
///
/// When the file cannot be read, or standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
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

/// One array with an object for each break.
fn as_json(mut out: impl Write, credits: &[Credit]) -> anyhow::Result<()> {
    writeln!(out, "[")?;
    for (number, credit) in credits.iter().enumerate() {
        let comma = if number + 1 < credits.len() { "," } else { "" };
        writeln!(out, "  {}{comma}", store::shown(credit))?;
    }
    writeln!(out, "]")?;
    Ok(())
}

fn names(stretches: &[StretchId]) -> Vec<&str> {
    stretches.iter().map(|id| id.0.as_str()).collect()
}

/// A line of column names, then one line for each break, as RFC 4180 has it.
fn as_csv(mut out: impl Write, credits: &[Credit]) -> anyhow::Result<()> {
    write!(out, "{}\r\n", COLUMNS.join(","))?;
    for credit in credits {
        let optional = |at: Option<DateTime<Utc>>| at.map(instant).unwrap_or_default();
        let fields = [
            credit.reminder.clone(),
            names(&credit.stretches).join(" "),
            optional(credit.due),
            optional(credit.announced),
            optional(credit.started),
            instant(credit.ended),
            outcome_name(credit.outcome).to_owned(),
            credit.stretched.as_secs().to_string(),
            credit.snoozes.to_string(),
        ];
        write!(
            out,
            "{}\r\n",
            fields.map(|field| csv_field(&field)).join(",")
        )?;
    }
    Ok(())
}

fn csv_field(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// Columns for people, and what it comes to.
fn as_table(
    mut out: impl Write,
    credits: &[Credit],
    only_since: bool,
    now: &Moment,
) -> anyhow::Result<()> {
    if credits.is_empty() {
        let id = if only_since {
            "history-none-since"
        } else {
            "history-none"
        };
        writeln!(out, "{}", text(id))?;
        return Ok(());
    }
    let titles = titles();
    let head = ["when", "reminder", "what", "outcome", "length", "snoozes"];
    let mut rows = vec![head.map(|column| text(&format!("history-column-{column}")))];
    rows.extend(credits.iter().map(|credit| row(credit, &titles, now)));
    let widths: [usize; 6] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    });
    for row in &rows {
        let cells = row.iter().zip(widths);
        let line: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        writeln!(out, "{}", line.join("  ").trim_end())?;
    }
    writeln!(out, "\n{}", total(credits))?;
    Ok(())
}

/// The names of the stretches as people know them.
fn titles() -> Vec<(StretchId, String)> {
    let folder = stretch_file::folder(&config_file::locate(None));
    let candidates = stretch_file::candidates(Some(&folder)).into_iter();
    candidates
        .filter_map(|candidate| {
            let title = candidate.facts.names.into_iter().next()?;
            Some((candidate.facts.id, title))
        })
        .collect()
}

fn row(credit: &Credit, titles: &[(StretchId, String)], now: &Moment) -> [String; 6] {
    let title = |id: &StretchId| {
        let known = titles.iter().find(|(known, _)| known == id);
        known.map_or(id.0.clone(), |(_, title)| title.clone())
    };
    let what: Vec<String> = credit.stretches.iter().map(title).collect();
    let when = now.zone.local(credit.started.unwrap_or(credit.ended));
    let length = match credit.stretched {
        Duration::ZERO => String::new(),
        length => span::format(length),
    };
    let snoozes = match credit.snoozes {
        0 => String::new(),
        snoozes => snoozes.to_string(),
    };
    [
        when.format("%Y-%m-%d %H:%M").to_string(),
        credit.reminder.clone(),
        what.join(", "),
        outcome(credit.outcome),
        length,
        snoozes,
    ]
}

fn outcome(outcome: Outcome) -> String {
    text(&format!("history-outcome-{}", outcome_name(outcome)))
}

fn total(credits: &[Credit]) -> String {
    let mut tally = Tally::default();
    credits.iter().for_each(|credit| tally.add(credit));
    text_with(
        "history-total",
        &[
            ("completed", tally.completed.into()),
            ("natural", tally.natural.into()),
            ("stretched", span::format(tally.stretched).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

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

    fn credits() -> Vec<Credit> {
        let stretches = vec![
            StretchId("shoulder_roll".to_owned()),
            StretchId("of_my_own".to_owned()),
        ];
        let done = Credit {
            reminder: "upper-back".to_owned(),
            stretches,
            due: Some(at("2026-03-02T09:00:00Z")),
            announced: Some(at("2026-03-02T09:00:07Z")),
            started: Some(at("2026-03-02T09:05:20Z")),
            ended: at("2026-03-02T09:06:50Z"),
            outcome: Outcome::Completed,
            stretched: Duration::from_millis(85_400),
            snoozes: 1,
        };
        let natural = Credit {
            reminder: "a \"b\", c".to_owned(),
            stretches: Vec::new(),
            due: None,
            announced: None,
            started: Some(at("2026-03-02T10:00:00Z")),
            ended: at("2026-03-02T10:30:00Z"),
            outcome: Outcome::Natural,
            stretched: Duration::from_secs(1800),
            snoozes: 0,
        };
        let yesterday = Credit {
            ended: at("2026-03-02T02:00:00Z"),
            started: None,
            outcome: Outcome::Skipped,
            stretched: Duration::ZERO,
            snoozes: 0,
            ..done.clone()
        };
        vec![yesterday, done, natural]
    }

    fn shown(print: impl FnOnce(&mut Vec<u8>) -> anyhow::Result<()>) -> String {
        let mut out = Vec::new();
        print(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_for_people() {
        let table = shown(|out| as_table(out, &credits(), false, &now()));
        assert_snapshot!(table, @r#"
        When              Reminder    What                      Outcome      Length    Snoozes
        2026-03-02 03:00  upper-back  Shoulder roll, of_my_own  skipped
        2026-03-02 10:05  upper-back  Shoulder roll, of_my_own  done         1min 25s  1
        2026-03-02 11:00  a "b", c                              away anyway  30min

        In all: one break done, 1min 25s of stretching, away once.
        "#);
    }

    #[test]
    fn no_history_yet_is_said_in_a_sentence() {
        let empty = shown(|out| as_table(out, &[], false, &now()));
        assert_snapshot!(
            empty,
            @"No breaks yet. The first one will be here when you have taken it."
        );
    }

    #[test]
    fn an_array_for_programs() {
        let json = shown(|out| as_json(out, &credits()));
        let read: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(&json).unwrap();
        assert_eq!(read.len(), 3);
        for object in &read {
            assert!(object.keys().all(|key| COLUMNS.contains(&key.as_str())));
            assert_eq!(object.len(), COLUMNS.len());
        }
        assert_eq!(shown(|out| as_json(out, &[])), "[\n]\n");
        assert_snapshot!(store::shown(&credits()[1]), @r#"{"announced":"2026-03-02T09:00:07Z","due":"2026-03-02T09:00:00Z","ended":"2026-03-02T09:06:50Z","outcome":"completed","reminder":"upper-back","snoozes":1,"started":"2026-03-02T09:05:20Z","stretched_s":85,"stretches":["shoulder_roll","of_my_own"]}"#);
    }

    #[test]
    fn lines_for_spreadsheets() {
        let csv = shown(|out| as_csv(out, &credits()));
        assert!(csv.lines().count() == 4 && csv.ends_with("\r\n"));
        assert_snapshot!(csv.replace("\r\n", "\n"), @r#"
        reminder,stretches,due,announced,started,ended,outcome,stretched_s,snoozes
        upper-back,shoulder_roll of_my_own,2026-03-02T09:00:00Z,2026-03-02T09:00:07Z,,2026-03-02T02:00:00Z,skipped,0,0
        upper-back,shoulder_roll of_my_own,2026-03-02T09:00:00Z,2026-03-02T09:00:07Z,2026-03-02T09:05:20Z,2026-03-02T09:06:50Z,completed,85,1
        "a ""b"", c",,,,2026-03-02T10:00:00Z,2026-03-02T10:30:00Z,natural,1800,0
        "#);
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
