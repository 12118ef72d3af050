//! Cells to a break: each value is checked, and what is wrong is said with what to write instead.

use std::{ops::Range, time::Duration};

use chrono::{DateTime, Utc};

use crate::{
    core::{
        schedule::{Credit, effect::Outcome},
        stretch::StretchId,
    },
    diagnostic::{Problem, did_you_mean, one_of},
    store::{COLUMN_NAMES, outcome_named},
    text::{text, text_with},
};

/// What stands in one column of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, which may stand for something else.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// A number.
    Number(u64),
    /// Something that belongs into no column; as it is written.
    Other(String),
}

/// The cells of a row in the order of [`COLUMN_NAMES`], each with its place in the file.
pub type Row = [(Cell, Range<usize>); COLUMN_NAMES.len()];

/// A row with nothing in it, at this place.
pub fn empty(place: &Range<usize>) -> Row {
    std::array::from_fn(|_| (Cell::Empty, place.clone()))
}

/// Which column has this name.
pub fn column(name: &str) -> Option<usize> {
    COLUMN_NAMES.iter().position(|column| *column == name)
}

/// A name that is no column's.
pub fn unknown_column(file: &str, place: Range<usize>, found: &str) -> Problem {
    let help = match did_you_mean(found, COLUMN_NAMES) {
        Some(meant) => text_with("import-did-you-mean", &[("meant", meant.into())]),
        None => text_with("import-columns", &[("all", one_of(COLUMN_NAMES).into())]),
    };
    let message = text_with("import-unknown-column", &[("found", found.into())]);
    Problem::error(file, place, message).help(help)
}

/// The break in a row; what is wrong with it goes to `problems`.
pub fn credit(file: &str, row: &Row, problems: &mut Vec<Problem>) -> Option<Credit> {
    let before = problems.len();
    let mut reader = Reader {
        file,
        row,
        problems,
    };
    let credit = Credit {
        reminder: reader.reminder(),
        stretches: reader.stretches(),
        due: reader.instant(2),
        announced: reader.instant(3),
        started: reader.instant(4),
        ended: reader.ended(),
        outcome: reader.outcome(),
        stretched: Duration::from_secs(reader.number(7).into()),
        snoozes: reader.number(8),
    };
    (problems.len() == before).then_some(credit)
}

struct Reader<'a> {
    file: &'a str,
    row: &'a Row,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn reminder(&mut self) -> String {
        match &self.row[0].0 {
            Cell::Text(name) if !name.trim().is_empty() => return name.clone(),
            Cell::Empty | Cell::Text(_) | Cell::Texts(_) | Cell::Number(_) | Cell::Other(_) => {}
        }
        self.wrong(0, text("import-reminder"));
        String::new()
    }

    fn stretches(&mut self) -> Vec<StretchId> {
        let names: Vec<&str> = match &self.row[1].0 {
            Cell::Empty => Vec::new(),
            Cell::Text(names) => names.split_whitespace().collect(),
            Cell::Texts(names) => names.iter().map(String::as_str).collect(),
            Cell::Number(_) | Cell::Other(_) => vec![""],
        };
        // A name with a space in it would be two the next time that it leaves as CSV.
        let odd = |name: &&str| name.is_empty() || name.contains(char::is_whitespace);
        if names.iter().any(odd) {
            self.wrong(1, text("import-stretches"));
        }
        let names = names.into_iter();
        names.map(|name| StretchId(name.to_owned())).collect()
    }

    fn instant(&mut self, column: usize) -> Option<DateTime<Utc>> {
        let at = match &self.row[column].0 {
            Cell::Empty => return None,
            Cell::Text(written) => DateTime::parse_from_rfc3339(written.trim()).ok(),
            Cell::Texts(_) | Cell::Number(_) | Cell::Other(_) => None,
        };
        // Whole seconds, as the history keeps them.
        let at = at.and_then(|at| DateTime::from_timestamp(at.timestamp(), 0));
        if at.is_none() {
            self.wrong(column, text("import-instant"));
        }
        at
    }

    fn ended(&mut self) -> DateTime<Utc> {
        if self.row[5].0 == Cell::Empty {
            self.wrong(5, text("import-instant"));
        }
        self.instant(5).unwrap_or_default()
    }

    fn outcome(&mut self) -> Outcome {
        let found = match &self.row[6].0 {
            Cell::Text(found) => outcome_named(found.trim()),
            Cell::Empty | Cell::Texts(_) | Cell::Number(_) | Cell::Other(_) => None,
        };
        found.unwrap_or_else(|| {
            self.wrong(6, text("import-outcome"));
            Outcome::Missed
        })
    }

    /// A whole number; nothing is 0.
    fn number(&mut self, column: usize) -> u32 {
        let found = match &self.row[column].0 {
            Cell::Empty => return 0,
            Cell::Text(written) => written.trim().parse().ok(),
            Cell::Number(number) => u32::try_from(*number).ok(),
            Cell::Texts(_) | Cell::Other(_) => None,
        };
        found.unwrap_or_else(|| {
            let most = u32::MAX.to_string();
            self.wrong(column, text_with("import-number", &[("most", most.into())]));
            0
        })
    }

    fn wrong(&mut self, column: usize, help: String) {
        let (cell, place) = &self.row[column];
        let found = match cell {
            Cell::Empty => text("import-found-nothing"),
            Cell::Text(found) => text_with("import-found", &[("found", cut(found).into())]),
            Cell::Texts(all) => format!("{all:?}"),
            Cell::Number(number) => {
                text_with("import-found", &[("found", number.to_string().into())])
            }
            Cell::Other(found) => text_with("import-found", &[("found", cut(found).into())]),
        };
        let name = COLUMN_NAMES[column].into();
        let message = text_with("import-wrong", &[("column", name)]);
        let problem = Problem::error(self.file, place.clone(), message);
        self.problems.push(problem.label(found).help(help));
    }
}

/// So much of what was found as fits into a message.
fn cut(found: &str) -> String {
    const MOST: usize = 40;
    match found.char_indices().nth(MOST) {
        None => found.to_owned(),
        Some((end, _)) => format!("{}…", &found[..end]),
    }
}
