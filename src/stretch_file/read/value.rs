//! Values of keys: those that must be there, and those that may be left out.

use std::{ops::RangeInclusive, time::Duration};

use crate::stretch_file::reader::{Node, Reader, Table};

/// A table.
pub fn section<'d>(reader: &mut Reader<'_>, table: &Table<'d>, key: &str) -> Option<Table<'d>> {
    let node = reader.required(table, key)?;
    reader.table(node)
}

/// A text that is not empty.
pub fn text(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let node = reader.required(table, key)?;
    reader.text(&node)
}

/// A list of texts; empty without the key.
pub fn texts(reader: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Option<Vec<String>> {
    match reader.optional(table, key) {
        Some(node) => reader.texts(&node),
        None => Some(Vec::new()),
    }
}

/// True or false, with a value for where the key is left out.
pub fn truth_or(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    otherwise: bool,
) -> Option<bool> {
    match reader.optional(table, key) {
        Some(node) => reader.truth(&node),
        None => Some(otherwise),
    }
}

/// A whole number.
pub fn whole(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<u32>,
) -> Option<u32> {
    let node = reader.required(table, key)?;
    reader.whole(&node, allowed)
}

/// A number.
pub fn number(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<f64>,
) -> Option<f32> {
    let node = reader.required(table, key)?;
    reader.number(&node, allowed).map(|number| number as f32)
}

/// A list of numbers.
pub fn numbers<const N: usize>(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<f64>,
) -> Option<[f32; N]> {
    let node = reader.required(table, key)?;
    reader.numbers(&node, allowed)
}

/// Seconds.
pub fn seconds(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    allowed: RangeInclusive<f64>,
) -> Option<Duration> {
    let node: Node<'_> = reader.required(table, key)?;
    reader.number(&node, allowed).map(Duration::from_secs_f64)
}

/// One of some words.
pub fn word<T: Copy>(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Option<T> {
    let node = reader.required(table, key)?;
    reader.word(&node, all, word)
}

/// Most letters of a name: it stands in one line of large letters.
pub const NAME: usize = 40;
/// Most letters of a cue below the figure.
pub const CUE: usize = 40;
/// Most letters of a step, which may fill the place of the figure.
pub const STEP: usize = 80;

/// A text of one line that must be there, of no more letters than this.
pub fn line(reader: &mut Reader<'_>, table: &Table<'_>, key: &str, most: usize) -> Option<String> {
    let node = reader.required(table, key)?;
    reader.line(&node, most)
}

/// The same for a text that may be left out.
pub fn optional_line(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    key: &str,
    most: usize,
) -> Option<String> {
    let node = reader.optional(table, key)?;
    reader.line(&node, most)
}
