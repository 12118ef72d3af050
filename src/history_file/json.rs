//! An array of objects, one for each break.

use std::ops::Range;

use serde_json::{Map, Value, value::RawValue};

use super::{
    MOST,
    row::{self, Cell},
};
use crate::{
    core::schedule::Credit,
    diagnostic::Problem,
    text::{text as say, text_with},
};

/// The breaks in a text, which begins at `start`, and what is wrong with it.
pub fn read(file: &str, text: &str, start: usize) -> (Vec<Credit>, Vec<Problem>) {
    let objects: Vec<&RawValue> = match serde_json::from_str(&text[start..]) {
        Ok(objects) => objects,
        Err(error) => return (Vec::new(), vec![no_json(file, text, &error)]),
    };
    let (mut credits, mut problems) = (Vec::new(), Vec::new());
    for object in objects {
        // Borrowed from the text, so its place there is known.
        let begin = object.get().as_ptr().addr() - text.as_ptr().addr();
        let place = begin..begin + object.get().len();
        match serde_json::from_str::<Map<String, Value>>(object.get()) {
            Ok(fields) => {
                let fields = (object.get(), fields);
                credits.extend(credit(file, fields, &place, &mut problems));
            }
            Err(_) => {
                let problem = Problem::error(file, place, say("import-no-object"));
                problems.push(problem.help(say("import-no-object-help")));
            }
        }
        if problems.len() >= MOST {
            break;
        }
    }
    (credits, problems)
}

fn credit(
    file: &str,
    (written, fields): (&str, Map<String, Value>),
    place: &Range<usize>,
    problems: &mut Vec<Problem>,
) -> Option<Credit> {
    let mut cells = row::empty(place);
    for (name, value) in fields {
        let at = key(written, &name, place);
        match row::column(&name) {
            Some(column) => cells[column] = (cell(value), at),
            None => problems.push(row::unknown_column(file, at, &name)),
        }
    }
    row::credit(file, &cells, problems)
}

/// Where the key of this name stands; the whole object where it is written in another way.
fn key(written: &str, name: &str, place: &Range<usize>) -> Range<usize> {
    let quoted = format!("\"{name}\"");
    match written.find(&quoted) {
        Some(at) => place.start + at..place.start + at + quoted.len(),
        None => place.clone(),
    }
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::String(words) => Cell::Text(words),
        Value::Number(number) => match number.as_u64() {
            Some(whole) => Cell::Number(whole),
            None => Cell::Other(number.to_string()),
        },
        Value::Array(all) => {
            let words = all.iter().map(|one| one.as_str().map(str::to_owned));
            match words.collect() {
                Some(words) => Cell::Texts(words),
                None => Cell::Other(Value::Array(all).to_string()),
            }
        }
        Value::Bool(_) | Value::Object(_) => Cell::Other(value.to_string()),
    }
}

/// The text is no JSON from some place on.
fn no_json(file: &str, text: &str, error: &serde_json::Error) -> Problem {
    let lines = text.split_inclusive('\n');
    let before: usize = lines
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = before + error.column().saturating_sub(1);
    let why = error.to_string().into();
    Problem::error(
        file,
        at..at + 1,
        text_with("import-no-json", &[("why", why)]),
    )
    .help(say("import-no-json-help"))
}
