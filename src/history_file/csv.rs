//! Lines of a spreadsheet, as RFC 4180 has them and as spreadsheets really write them: with commas,
//! semicolons or tabs, with either end of line, with a mark of the byte order before them.

use std::ops::Range;

use super::{
    MOST,
    row::{self, Cell},
};
use crate::{
    core::schedule::Credit,
    diagnostic::Problem,
    store::COLUMN_NAMES,
    text::{text, text_with},
};

/// Without these a row is no break. Of the others nothing is known where they are left out.
const NEEDED: [&str; 3] = ["reminder", "ended", "outcome"];

/// A field, and where it stands.
type Field = (String, Range<usize>);

/// The breaks in a text, which begins at `start`, and what is wrong with it.
pub fn read(file: &str, text: &str, start: usize) -> (Vec<Credit>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut lines = Lines::of(text, start);
    let Some(head) = lines.next(file, &mut problems) else {
        if problems.is_empty() {
            problems.push(empty(file));
        }
        return (Vec::new(), problems);
    };
    let columns = columns(file, &head, &mut problems);
    let mut credits = Vec::new();
    while problems.len() < MOST {
        let Some(fields) = lines.next(file, &mut problems) else {
            break;
        };
        // Spreadsheets end with rows of which nothing is left but the separators.
        if fields.iter().all(|(words, _)| words.trim().is_empty()) {
            continue;
        }
        let place = fields[0].1.start..fields[fields.len() - 1].1.end;
        if fields.len() != head.len() {
            problems.push(uneven(file, place, fields.len(), head.len()));
            continue;
        }
        let mut cells = row::empty(&place);
        for (column, (words, place)) in columns.iter().zip(fields) {
            if let Some(column) = column {
                let cell = match words.is_empty() {
                    true => Cell::Empty,
                    false => Cell::Text(words),
                };
                cells[*column] = (cell, place);
            }
        }
        credits.extend(row::credit(file, &cells, &mut problems));
    }
    (credits, problems)
}

fn empty(file: &str) -> Problem {
    let columns = COLUMN_NAMES.join(",");
    Problem::error(file, 0..0, text("import-empty")).help(text_with(
        "import-empty-help",
        &[("columns", columns.into())],
    ))
}

fn uneven(file: &str, place: Range<usize>, fields: usize, columns: usize) -> Problem {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let values = [
        ("fields", count(fields).into()),
        ("columns", count(columns).into()),
    ];
    Problem::error(file, place, text_with("import-uneven", &values))
        .help(text("import-uneven-help"))
}

/// Which column each field of the first line names.
fn columns(file: &str, head: &[Field], problems: &mut Vec<Problem>) -> Vec<Option<usize>> {
    let mut known = Vec::new();
    for (name, place) in head {
        let column = row::column(name.trim());
        if column.is_none() {
            problems.push(row::unknown_column(file, place.clone(), name.trim()));
        } else if known.contains(&column) {
            let message = text_with("import-twice", &[("column", name.trim().into())]);
            problems.push(Problem::error(file, place.clone(), message));
        }
        known.push(column);
    }
    let place = head[0].1.start..head[head.len() - 1].1.end;
    for needed in NEEDED {
        if !known.contains(&row::column(needed)) {
            let message = text_with("import-missing", &[("column", needed.into())]);
            problems.push(Problem::error(file, place.clone(), message));
        }
    }
    known
}

/// Takes a text apart, line by line.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    between: char,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, start: usize) -> Self {
        let head = text[start..]
            .trim_start()
            .lines()
            .next()
            .unwrap_or_default();
        let count = |between: &char| head.matches(*between).count();
        // The first of equals: a single column has none of them.
        let between = [',', ';', '\t'].into_iter().rev().max_by_key(count);
        Self {
            text,
            at: start,
            between: between.unwrap_or(','),
        }
    }

    /// The fields of the next line that is not empty; nothing at the end.
    fn next(&mut self, file: &str, problems: &mut Vec<Problem>) -> Option<Vec<Field>> {
        let blank = self.text[self.at..].find(|c| c != '\r' && c != '\n')?;
        self.at += blank;
        let mut fields = Vec::new();
        loop {
            match self.field() {
                Ok(field) => fields.push(field),
                Err(problem) => {
                    let (place, id) = problem;
                    let help = text("import-quotes-help");
                    problems.push(Problem::error(file, place, text(id)).help(help));
                    // What is a field from here on, nobody can tell.
                    self.at = self.text.len();
                    return None;
                }
            }
            match self.text[self.at..].chars().next() {
                Some(next) if next == self.between => self.at += next.len_utf8(),
                Some(_) | None => return Some(fields),
            }
        }
    }

    /// The field that begins here, and goes on to what separates it from the next.
    fn field(&mut self) -> Result<Field, (Range<usize>, &'static str)> {
        let start = self.at;
        let rest = &self.text[start..];
        let ends = |c: char| c == self.between || c == '\r' || c == '\n';
        let Some(inner) = rest.strip_prefix('"') else {
            let end = start + rest.find(ends).unwrap_or(rest.len());
            self.at = end;
            return Ok((self.text[start..end].to_owned(), start..end));
        };
        let mut words = String::new();
        let mut here = inner;
        loop {
            let Some(quote) = here.find('"') else {
                return Err((start..start + 1, "import-quotes-open"));
            };
            words += &here[..quote];
            here = &here[quote + 1..];
            match here.strip_prefix('"') {
                // Two of them stand for one.
                Some(more) => {
                    words.push('"');
                    here = more;
                }
                None => break,
            }
        }
        let end = self.text.len() - here.len();
        if here.chars().next().is_some_and(|next| !ends(next)) {
            return Err((end - 1..end, "import-quotes-after"));
        }
        self.at = end;
        Ok((words, start..end))
    }
}
