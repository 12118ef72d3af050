//! A settings file as a tree of values, each with its place in the text.
//!
//! Knows TOML and nothing of what the keys mean. The tree owns its texts, so that a single value
//! can be replaced from another source than the file.

use std::ops::Range;

use toml::de::{DeArray, DeInteger, DeTable, DeValue};
use toml::value::Datetime;

/// A place in one of the texts that a document was put together from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// Which text: 0 is the file, the others were set later.
    pub source: usize,
    /// Where in it, in bytes.
    pub span: Range<usize>,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where the value stands; for a table under a heading, the heading.
    pub at: At,
    /// The value.
    pub value: Value,
}

/// What TOML can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A whole number; `None` if it does not fit.
    Integer(Option<i64>),
    /// Any other number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A date, a time, or both.
    Time(Datetime),
    /// Values in brackets, or tables under double brackets.
    List(Vec<Node>),
    /// Keys and values.
    Table(Table),
}

/// Keys and values, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The keys; each comes once.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_at: At,
    /// Its value.
    pub node: Node,
}

impl Table {
    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of this key.
    pub fn node(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The value of this key, to be changed.
    pub fn node_mut(&mut self, key: &str) -> Option<&mut Node> {
        let entry = self.entries.iter_mut().find(|entry| entry.key == key);
        entry.map(|entry| &mut entry.node)
    }

    /// Puts the entry in the place of the one with the same key, or at the end.
    pub fn put(&mut self, entry: Entry) {
        match self.entries.iter_mut().find(|old| old.key == entry.key) {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
    }

    /// Takes the entry with this key away.
    pub fn remove(&mut self, key: &str) {
        self.entries.retain(|entry| entry.key != key);
    }
}

impl Node {
    /// A text that stands at no place in particular.
    pub fn text(text: &str, at: At) -> Self {
        Self {
            at,
            value: Value::Text(text.to_owned()),
        }
    }
}

/// Takes over what the parser has read; `place` turns its offsets into those of the source.
pub fn table(parsed: &DeTable<'_>, place: &impl Fn(Range<usize>) -> At) -> Table {
    let mut entries: Vec<Entry> = parsed
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_at: place(key.span()),
            node: node(value.get_ref(), value.span(), place),
        })
        .collect();
    // The parser sorts by key; problems and reminders want the order of the text.
    entries.sort_by_key(|entry| entry.key_at.span.start);
    Table { entries }
}

fn node(parsed: &DeValue<'_>, span: Range<usize>, place: &impl Fn(Range<usize>) -> At) -> Node {
    let value = match parsed {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Integer(whole(number)),
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(time) => Value::Time(*time),
        DeValue::Array(values) => Value::List(list(values, place)),
        DeValue::Table(inner) => Value::Table(table(inner, place)),
    };
    Node {
        at: place(span),
        value,
    }
}

fn list(parsed: &DeArray<'_>, place: &impl Fn(Range<usize>) -> At) -> Vec<Node> {
    parsed
        .iter()
        .map(|value| node(value.get_ref(), value.span(), place))
        .collect()
}

fn whole(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}
