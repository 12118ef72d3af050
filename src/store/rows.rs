//! Rows of the history as values of the core, and back.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{
    Connection, Row, ToSql,
    types::{FromSqlError, Type},
};
use serde_json::{Value, json};

use crate::core::{
    schedule::{Credit, effect::Outcome},
    stretch::StretchId,
};

/// The columns of a break wherever it leaves the program, in the order of `COLUMNS`.
pub const COLUMN_NAMES: [&str; 9] = [
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

/// The columns, in the order in which [`credit`] reads them.
pub const COLUMNS: &str =
    "reminder, stretches, due, announced, started, ended, outcome, stretched_s, snoozes";

/// All outcomes and their names in files.
const OUTCOMES: [(Outcome, &str); 6] = [
    (Outcome::Completed, "completed"),
    (Outcome::Abandoned, "abandoned"),
    (Outcome::Skipped, "skipped"),
    (Outcome::Missed, "missed"),
    (Outcome::Natural, "natural"),
    (Outcome::Absorbed, "absorbed"),
];

/// The name of an outcome, in the history and wherever it leaves the program.
#[must_use]
pub fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::Abandoned => "abandoned",
        Outcome::Skipped => "skipped",
        Outcome::Missed => "missed",
        Outcome::Natural => "natural",
        Outcome::Absorbed => "absorbed",
    }
}

/// The outcome of this name, if there is one.
#[must_use]
pub fn outcome_named(name: &str) -> Option<Outcome> {
    let named = OUTCOMES.iter().find(|(_, known)| *known == name);
    named.map(|(outcome, _)| *outcome)
}

/// A break as it leaves the program: the keys of `history --format json`.
#[must_use]
pub fn shown(credit: &Credit) -> Value {
    let names: Vec<&str> = credit.stretches.iter().map(|id| id.0.as_str()).collect();
    json!({
        "reminder": credit.reminder,
        "stretches": names,
        "due": credit.due.map(instant),
        "announced": credit.announced.map(instant),
        "started": credit.started.map(instant),
        "ended": instant(credit.ended),
        "outcome": outcome_name(credit.outcome),
        "stretched_s": credit.stretched.as_secs(),
        "snoozes": credit.snoozes,
    })
}

/// An instant as it leaves the program: RFC 3339 in UTC, in whole seconds.
#[must_use]
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A credit, ready to be bound to the columns of a row.
#[derive(Debug)]
pub struct Values {
    reminder: String,
    stretches: String,
    due: Option<i64>,
    announced: Option<i64>,
    started: Option<i64>,
    ended: i64,
    outcome: &'static str,
    stretched_s: i64,
    snoozes: u32,
}

impl Values {
    /// The values of the row; fractions of a second are dropped.
    pub fn of(credit: &Credit) -> Self {
        let names: Vec<&str> = credit.stretches.iter().map(|id| id.0.as_str()).collect();
        Self {
            reminder: credit.reminder.clone(),
            stretches: serde_json::to_string(&names).expect("texts are always JSON"),
            due: credit.due.map(|at| at.timestamp()),
            announced: credit.announced.map(|at| at.timestamp()),
            started: credit.started.map(|at| at.timestamp()),
            ended: credit.ended.timestamp(),
            outcome: outcome_name(credit.outcome),
            stretched_s: i64::try_from(credit.stretched.as_secs()).unwrap_or(i64::MAX),
            snoozes: credit.snoozes,
        }
    }

    /// In the order of [`COLUMNS`].
    pub fn bound(&self) -> [&dyn ToSql; 9] {
        [
            &self.reminder,
            &self.stretches,
            &self.due,
            &self.announced,
            &self.started,
            &self.ended,
            &self.outcome,
            &self.stretched_s,
            &self.snoozes,
        ]
    }
}

/// Writes a row.
pub fn insert(connection: &Connection, values: &Values) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(&format!(
        "INSERT INTO breaks ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ))?;
    insert.execute(&values.bound()[..]).map(drop)
}

/// Removes one row with exactly these values, if there is one. Which of several is all the same.
pub fn remove(connection: &Connection, values: &Values) -> rusqlite::Result<()> {
    let same: Vec<String> = (COLUMN_NAMES.iter())
        .map(|column| format!("{column} IS ?"))
        .collect();
    let mut remove = connection.prepare_cached(&format!(
        "DELETE FROM breaks WHERE id = (SELECT id FROM breaks WHERE {} LIMIT 1)",
        // `IS`, for what is nothing; the index is asked where it is equal.
        same.join(" AND ").replace("ended IS", "ended =")
    ))?;
    remove.execute(&values.bound()[..]).map(drop)
}

/// The credit in a row of [`COLUMNS`].
pub fn credit(row: &Row<'_>) -> rusqlite::Result<Credit> {
    let names: String = row.get(1)?;
    let names: Vec<String> =
        serde_json::from_str(&names).map_err(|error| unreadable(1, Type::Text, error))?;
    let outcome: String = row.get(6)?;
    let outcome = outcome_named(&outcome)
        .ok_or_else(|| unreadable(6, Type::Text, FromSqlError::InvalidType))?;
    let stretched: i64 = row.get(7)?;
    Ok(Credit {
        reminder: row.get(0)?,
        stretches: names.into_iter().map(StretchId).collect(),
        due: moment(row, 2)?,
        announced: moment(row, 3)?,
        started: moment(row, 4)?,
        ended: moment(row, 5)?
            .ok_or_else(|| unreadable(5, Type::Null, FromSqlError::InvalidType))?,
        outcome,
        stretched: Duration::from_secs(u64::try_from(stretched).unwrap_or(0)),
        snoozes: row.get(8)?,
    })
}

/// When the very first break ended.
pub fn first(connection: &Connection) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let first: Option<i64> =
        connection.query_row("SELECT min(ended) FROM breaks", [], |row| row.get(0))?;
    Ok(first.and_then(|first| DateTime::from_timestamp(first, 0)))
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let Some(seconds) = row.get::<_, Option<i64>>(column)? else {
        return Ok(None);
    };
    DateTime::from_timestamp(seconds, 0)
        .map(Some)
        .ok_or_else(|| unreadable(column, Type::Integer, FromSqlError::OutOfRange(seconds)))
}

fn unreadable(
    column: usize,
    found: Type,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, found, Box::new(error))
}
