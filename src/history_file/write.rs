//! Breaks as they leave the program.

use std::io::Write;

use chrono::{DateTime, Utc};

use crate::{
    core::schedule::Credit,
    store::{COLUMN_NAMES, instant, outcome_name, shown},
};

/// One array with an object for each break.
///
/// # Errors
/// When `out` cannot be written to.
pub fn as_json(mut out: impl Write, credits: &[Credit]) -> anyhow::Result<()> {
    writeln!(out, "[")?;
    for (number, credit) in credits.iter().enumerate() {
        let comma = if number + 1 < credits.len() { "," } else { "" };
        writeln!(out, "  {}{comma}", shown(credit))?;
    }
    writeln!(out, "]")?;
    Ok(())
}

/// A line of column names, then one line for each break, as RFC 4180 has it.
///
/// # Errors
/// When `out` cannot be written to.
pub fn as_csv(mut out: impl Write, credits: &[Credit]) -> anyhow::Result<()> {
    write!(out, "{}\r\n", COLUMN_NAMES.join(","))?;
    for credit in credits {
        let optional = |at: Option<DateTime<Utc>>| at.map(instant).unwrap_or_default();
        let names: Vec<&str> = credit.stretches.iter().map(|id| id.0.as_str()).collect();
        let fields = [
            credit.reminder.clone(),
            names.join(" "),
            optional(credit.due),
            optional(credit.announced),
            optional(credit.started),
            instant(credit.ended),
            outcome_name(credit.outcome).to_owned(),
            credit.stretched.as_secs().to_string(),
            credit.snoozes.to_string(),
        ];
        write!(out, "{}\r\n", fields.map(|field| quoted(&field)).join(","))?;
    }
    Ok(())
}

/// In quotes where it could be taken for something else.
fn quoted(field: &str) -> String {
    let spaced = field.trim().len() != field.len();
    if spaced || field.contains([',', ';', '\t', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
