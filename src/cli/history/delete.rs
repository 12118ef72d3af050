//! `unhunch history delete`: some days or all of it, after a question.

use std::{
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    process::ExitCode,
};

use chrono::NaiveDate;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{archive::ends, day_starts};
use crate::{
    core::{
        stats::{day_of, span::Span},
        time::Moment,
    },
    desktop::clock,
    store,
    text::{text, text_with},
};

/// Used in a wrong way.
const MISUSED: u8 = 2;

/// The definition of `history delete`.
pub fn command() -> Command {
    let day = |name: &'static str, help: &str| {
        Arg::new(name)
            .long(name)
            .value_name("DATE")
            .help(text(help))
    };
    Command::new("delete")
        .about(text("delete-about"))
        .arg(day("from", "delete-from"))
        .arg(day("to", "delete-to"))
        .arg(
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["from", "to"])
                .help(text("delete-all")),
        )
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .help(text("delete-yes")),
        )
}

/// Asks, and deletes.
///
/// # Errors
/// When the history cannot be used, or nobody can be asked.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let now = clock::now();
    let span = match days(arguments, &now) {
        Ok(span) => span,
        Err(wrong) => {
            eprintln!("{wrong}");
            return Ok(ExitCode::from(MISUSED));
        }
    };
    let file = store::history_file();
    let (from, to) = ends(span, now.zone, day_starts());
    let count = store::count(&file, from, to)?;
    if count == 0 {
        println!("{}", text("past-said-nothing"));
        return Ok(ExitCode::SUCCESS);
    }
    let question = question(span, count);
    if !arguments.get_flag("yes") {
        if !io::stdin().is_terminal() {
            eprintln!(
                "{}",
                text_with("delete-nobody", &[("question", question.into())])
            );
            return Ok(ExitCode::from(MISUSED));
        }
        if !agreed(&question)? {
            println!("{}", text("delete-kept"));
            return Ok(ExitCode::SUCCESS);
        }
    }
    let gone = store::forget(&file, from, to)?;
    let gone = i64::try_from(gone.len()).unwrap_or(i64::MAX);
    println!(
        "{}",
        text_with("past-said-deleted", &[("count", gone.into())])
    );
    Ok(ExitCode::SUCCESS)
}

/// The days that are meant; nothing for all.
fn days(arguments: &ArgMatches, now: &Moment) -> Result<Option<Span>, String> {
    let day = |name: &str| match arguments.get_one::<String>(name) {
        None => Ok(None),
        Some(written) => match date(written, now) {
            Some(date) => Ok(Some(date)),
            None => {
                let found = written.as_str().into();
                Err(text_with("delete-bad-day", &[("found", found)]))
            }
        },
    };
    let (first, last) = (day("from")?, day("to")?);
    match (first, last, arguments.get_flag("all")) {
        (None, None, true) => Ok(None),
        (None, None, false) => Err(text("delete-which")),
        (Some(first), Some(last), _) if last < first => Err(text("delete-backwards")),
        (first, last, _) => Ok(Some(Span {
            first: first.unwrap_or(DAY_ONE),
            last: last.unwrap_or(LAST_DAY),
        })),
    }
}

/// Before any history, and after it.
const DAY_ONE: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 30).expect("a date");

/// A date, or `today`.
fn date(written: &str, now: &Moment) -> Option<NaiveDate> {
    match written.trim() {
        "today" => Some(day_of(now.utc, now.zone, day_starts())),
        written => NaiveDate::parse_from_str(written, "%Y-%m-%d").ok(),
    }
}

/// "Delete 12 breaks from 2026-03-01 to 2026-03-07?"
fn question(span: Option<Span>, count: u32) -> String {
    let mut values = vec![("count", count.into())];
    let id = match span {
        None => "delete-question-all",
        Some(span) if span.first == DAY_ONE => {
            values.push(("last", span.last.to_string().into()));
            "delete-question-to"
        }
        Some(span) if span.last == LAST_DAY => {
            values.push(("first", span.first.to_string().into()));
            "delete-question-from"
        }
        Some(span) => {
            values.push(("first", span.first.to_string().into()));
            values.push(("last", span.last.to_string().into()));
            "delete-question"
        }
    };
    text_with(id, &values)
}

/// Whether the answer begins as "yes" does.
fn agreed(question: &str) -> io::Result<bool> {
    print!("{question} {} ", text("delete-answers"));
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let yes = text("delete-answer-yes");
    Ok(answer.trim().to_lowercase().starts_with(&yes))
}
