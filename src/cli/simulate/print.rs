//! A line for each event, for people and for programs.

use std::fmt::Write as _;

use serde::{Serialize, Serializer, ser::SerializeMap as _};

use crate::core::day::{Entry, Field};

/// `HH:MM:SS  event  key=value …`: the clock on the wall, lists joined by commas, `-` for nothing.
#[must_use]
pub fn text_line(entry: &Entry) -> String {
    let mut line = format!("{}  {}", entry.at.format("%H:%M:%S"), entry.event());
    for (number, (key, field)) in entry.fields().into_iter().enumerate() {
        let space = if number == 0 { "  " } else { " " };
        write!(line, "{space}{key}={}", in_words(&field)).expect("a string takes every text");
    }
    line
}

fn in_words(field: &Field) -> String {
    match field {
        Field::Null => "-".to_owned(),
        Field::Text(text) => text.clone(),
        Field::Whole(number) => number.to_string(),
        Field::List(names) => names.join(","),
        Field::Table(fields) => {
            let fields: Vec<_> = (fields.iter())
                .map(|(key, field)| format!("{key}:{}", in_words(field)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
    }
}

/// One JSON object.
#[must_use]
pub fn json_line(entry: &Entry) -> String {
    serde_json::to_string(&Line(entry)).expect("names and numbers can always be written as JSON")
}

struct Line<'a>(&'a Entry);

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("t", &entry.t)?;
        map.serialize_entry("at", &Value(&crate::core::day::moment(&entry.at)))?;
        map.serialize_entry("event", entry.event())?;
        for (key, field) in entry.fields() {
            map.serialize_entry(key, &Value(&field))?;
        }
        map.end()
    }
}

struct Value<'a>(&'a Field);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Field::Null => serializer.serialize_unit(),
            Field::Text(text) => serializer.serialize_str(text),
            Field::Whole(number) => serializer.serialize_u64(*number),
            Field::List(names) => names.serialize(serializer),
            Field::Table(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, field) in fields {
                    map.serialize_entry(key, &Value(field))?;
                }
                map.end()
            }
        }
    }
}
