//! The history as a file for other programs, and the way back: CSV and JSON text to checked breaks.
//!
//! - `write`: breaks as lines for spreadsheets or as objects for programs;
//! - `csv`, `json`: a text taken apart into rows of cells, each with its place;
//! - `row`: cells to a break, with every value checked.
//!
//! Nothing here opens a file or knows which breaks there are already. A text with a mistake is not
//! taken at all: half of a history is worse than a message that says what to mend.

use crate::{core::schedule::Credit, diagnostic::Problem, text::text_with};

mod csv;
mod json;
mod row;
#[cfg(test)]
pub mod tests;
mod write;

pub use write::{as_csv, as_json};

/// So many mistakes are named; a file with more is probably about something else.
const MOST: usize = 20;

/// The breaks in a text, in the order in which they stand there. `file` is what the text is called
/// in messages. Whether it is CSV or JSON is told by how it begins.
///
/// # Errors
/// What is wrong with it, in the order of the places, the first twenty.
pub fn read(file: &str, text: &str) -> Result<Vec<Credit>, Vec<Problem>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let json = text[start..].trim_start().starts_with(['[', '{']);
    let (credits, mut problems) = if json {
        json::read(file, text, start)
    } else {
        csv::read(file, text, start)
    };
    if problems.is_empty() {
        return Ok(credits);
    }
    problems.truncate(MOST);
    Err(problems)
}

/// The first mistake in a sentence, and how many more there are: where there is no room for all.
#[must_use]
pub fn in_a_sentence(problems: &[Problem], text: &str) -> String {
    let Some(first) = problems.first() else {
        return String::new();
    };
    let (line, _) = first.line_and_column(text);
    let said = first.to_string();
    // The folder is known to whoever has just named the file.
    let name = first.file.rsplit('/').next().unwrap_or_default();
    let more = i64::try_from(problems.len() - 1).unwrap_or(i64::MAX);
    text_with(
        "import-in-a-sentence",
        &[
            ("file", name.into()),
            ("line", line.to_string().into()),
            ("what", said.into()),
            ("more", more.into()),
        ],
    )
}
