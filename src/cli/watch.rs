//! `unhunch watch`: everything that happens, as lines of JSON or in a line of the user's own.

use std::{
    io::{self, Write as _},
    ops::ControlFlow,
    process::ExitCode,
    time::Duration,
};

use chrono::SecondsFormat;
use clap::{ArgMatches, Command};
use serde_json::{Map, Value, json};

use super::{line::Line, remote, status};
use crate::{
    desktop::clock,
    ipc::{
        client::CallError,
        watch::{Sight, Then, watch},
        wire::Status,
    },
    text::text,
};

/// Rises with every change that a reader of older lines could trip over.
const LINE_VERSION: u32 = 1;

/// The definition.
pub fn command() -> Command {
    Command::new("watch")
        .about(text("cli-watch-about"))
        .after_help(text("cli-watch-more"))
        .arg(status::format())
}

/// Watches until standard output is closed.
///
/// # Errors
///
/// When the session bus fails.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let watched = match status::wanted_format(arguments) {
        None => watch(|sight| then(write(json_line(sight)), None)),
        Some(Ok(line)) => {
            let mut bar = Bar {
                line,
                status: None,
                last: None,
            };
            watch(move |sight| bar.show(sight))
        }
        Some(Err(mistake)) => {
            eprintln!("{mistake}");
            return Ok(ExitCode::from(2));
        }
    };
    match watched {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(CallError::NotRunning) => {
            eprintln!("{}", text("cli-no-bus"));
            Ok(ExitCode::from(remote::NOT_RUNNING))
        }
        Err(error @ (CallError::Refused(_) | CallError::Failed(_))) => Err(error.into()),
    }
}

/// Goes on, unless nobody reads any more.
fn then(written: io::Result<()>, patience: Option<Duration>) -> Then {
    match written {
        Ok(()) => ControlFlow::Continue(patience),
        Err(_closed) => ControlFlow::Break(()),
    }
}

fn write(line: Option<String>) -> io::Result<()> {
    let Some(line) = line else {
        return Ok(());
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// A line for what was seen; none for the mere passing of time.
fn json_line(sight: Sight) -> Option<String> {
    let (event, keys) = match sight {
        Sight::Status(status) => ("status".to_owned(), json!({ "status": status })),
        Sight::Event { name, details } => {
            (name, serde_json::from_str(&details).unwrap_or_default())
        }
        Sight::Off => ("off".to_owned(), Value::Null),
        Sight::Time => return None,
    };
    let at = clock::now().local();
    let mut line = Map::new();
    line.insert("v".to_owned(), LINE_VERSION.into());
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, false);
    line.insert("at".to_owned(), at.into());
    line.insert("event".to_owned(), event.into());
    if let Value::Object(keys) = keys {
        line.extend(keys);
    }
    Some(Value::Object(line).to_string())
}

/// A line of the user's own, written whenever it changes.
struct Bar {
    line: Line,
    status: Option<Status>,
    last: Option<String>,
}

impl Bar {
    fn show(&mut self, sight: Sight) -> Then {
        match sight {
            Sight::Status(status) => self.status = Some(*status),
            Sight::Off => self.status = None,
            // What an event changes follows as a status.
            Sight::Event { .. } | Sight::Time => {}
        }
        let now = clock::utc();
        let line = self.line.show(self.status.as_ref(), now);
        let lasts = self.line.lasts(self.status.as_ref(), now);
        if self.last.as_ref() == Some(&line) {
            return ControlFlow::Continue(lasts);
        }
        self.last = Some(line.clone());
        then(write(Some(line)), lasts)
    }
}
