//! What happened, as it goes over the bus and into the log: the event's name and its keys, the
//! same as in the output of `simulate`.

use serde_json::{Map, Value};

use crate::core::{day::Field, schedule::Story};

/// The name of an event, and its keys as a JSON object.
#[must_use]
pub fn line(story: &Story) -> (&'static str, String) {
    let keys = story
        .fields()
        .into_iter()
        .map(|(key, field)| (key.to_owned(), value(field)));
    (
        story.event(),
        Value::Object(keys.collect::<Map<_, _>>()).to_string(),
    )
}

fn value(field: Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Text(text) => text.into(),
        Field::Whole(number) => number.into(),
        Field::List(texts) => texts.into(),
        Field::Table(fields) => fields
            .into_iter()
            .map(|(key, field)| (key, value(field)))
            .collect::<Map<_, _>>()
            .into(),
    }
}
