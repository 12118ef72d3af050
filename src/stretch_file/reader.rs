//! Values of a TOML document with their places, and problems in the words of `stretch-file-…`.
//!
//! Knows kinds of values, words and ranges, not what a stretch is.

use std::ops::{Range, RangeInclusive};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    diagnostic::{Problem, did_you_mean, one_of},
    text::{has, text_with},
};

/// Reads values and collects what is wrong with them.
pub struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    /// Where the document that is being read begins in the text.
    offset: usize,
    problems: Vec<Problem>,
    /// Paths of keys that were meant by others: they are not missing as well.
    meant: Vec<String>,
}

/// A table of the document.
pub struct Table<'d> {
    /// What it is called in messages: `stretch.chin_tuck.pose.tuck`; empty for the whole document.
    pub path: String,
    /// Where it stands, from the beginning of the text.
    pub at: Range<usize>,
    table: &'d DeTable<'d>,
}

/// A value of the document.
pub struct Node<'d> {
    /// What it is called in messages.
    pub path: String,
    /// Where it stands, from the beginning of the text.
    pub at: Range<usize>,
    value: &'d DeValue<'d>,
}

impl<'t> Reader<'t> {
    /// A reader for documents that are parts of this text.
    pub fn new(file: &'t str, text: &'t str) -> Self {
        Self {
            file,
            text,
            offset: 0,
            problems: Vec::new(),
            meant: Vec::new(),
        }
    }

    /// Reads one document: a part of the text. `None` where it is no TOML at all.
    pub fn document<T>(
        &mut self,
        part: Range<usize>,
        read: impl FnOnce(&mut Self, &Table<'_>) -> T,
    ) -> Option<T> {
        self.offset = part.start;
        let (root, mistakes) = DeTable::parse_recoverable(&self.text[part]);
        if let Some(mistake) = mistakes.first() {
            // Whatever follows from a misread line would only hide the line.
            let at = self.absolute(&mistake.span().unwrap_or_default());
            self.report(&at, "syntax", &[("what", mistake.message())]);
            return None;
        }
        let root = Table {
            path: String::new(),
            at: self.absolute(&root.span()),
            table: root.get_ref(),
        };
        Some(read(self, &root))
    }

    /// Nothing if everything was well, else the problems in the order of the text.
    pub fn finish(mut self) -> Result<(), Vec<Problem>> {
        if self.problems.is_empty() {
            return Ok(());
        }
        self.problems.sort_by_key(|problem| problem.span.start);
        Err(self.problems)
    }

    /// How many problems there are so far.
    pub fn problems(&self) -> usize {
        self.problems.len()
    }

    /// Keeps a problem in the words of `stretch-file-<id>`, with its `-label` and `-help` where
    /// there are such. The problem can be added to.
    pub fn report(&mut self, at: &Range<usize>, id: &str, values: &[(&str, &str)]) -> &mut Problem {
        let say = |id: &str| {
            let values: Vec<_> = values
                .iter()
                .map(|(key, value)| (*key, (*value).into()))
                .collect();
            text_with(id, &values)
        };
        let id = format!("stretch-file-{id}");
        let mut problem = Problem::error(self.file, at.clone(), say(&id));
        let (label, help) = (format!("{id}-label"), format!("{id}-help"));
        if has(&label) {
            problem.label = say(&label);
        }
        if has(&help) {
            problem.help = Some(say(&help));
        }
        self.problems.push(problem);
        self.problems.last_mut().expect("just pushed")
    }

    fn absolute(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    /// Complains about keys that are not in the list.
    pub fn keys(&mut self, table: &Table<'_>, allowed: &[&str]) {
        for key in table.table.keys() {
            if allowed.contains(&key.get_ref().as_ref()) {
                continue;
            }
            let at = self.absolute(&key.span());
            let help = match did_you_mean(key.get_ref(), allowed.iter().copied()) {
                Some(meant) => {
                    self.meant.push(table.child(meant));
                    said("did-you-mean", &[("meant", meant)])
                }
                None => said("allowed", &[("allowed", &one_of(allowed.iter().copied()))]),
            };
            let values = [("table", table.name()), ("key", key.get_ref().as_ref())];
            let id = if table.path.is_empty() {
                "unknown-table"
            } else {
                "unknown-key"
            };
            self.report(&at, id, &values).help = Some(help);
        }
    }

    /// The entries of a table in the order of the file, with the places of their keys.
    pub fn entries<'d>(&self, table: &Table<'d>) -> Vec<(String, Range<usize>, Node<'d>)> {
        let mut entries: Vec<_> = table.table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
            .into_iter()
            .map(|(key, value)| {
                let name = key.get_ref().to_string();
                let node = self.node(table.child(&name), value);
                (name, self.absolute(&key.span()), node)
            })
            .collect()
    }

    /// The value of a key that may be left out.
    pub fn optional<'d>(&self, table: &Table<'d>, key: &str) -> Option<Node<'d>> {
        let value = table.table.get(key)?;
        Some(self.node(table.child(key), value))
    }

    /// The value of a key that must be there.
    pub fn required<'d>(&mut self, table: &Table<'d>, key: &str) -> Option<Node<'d>> {
        let found = self.optional(table, key);
        if found.is_none() && !self.is_meant(table, key) {
            self.report(
                &table.at,
                "missing-key",
                &[("table", table.name()), ("key", key)],
            );
        }
        found
    }

    /// Whether another key was taken for a mistyped form of this one.
    pub fn is_meant(&self, table: &Table<'_>, key: &str) -> bool {
        self.meant.contains(&table.child(key))
    }

    fn node<'d>(&self, path: String, value: &'d Spanned<DeValue<'d>>) -> Node<'d> {
        Node {
            path,
            at: self.absolute(&value.span()),
            value: value.get_ref(),
        }
    }

    /// A table.
    pub fn table<'d>(&mut self, node: Node<'d>) -> Option<Table<'d>> {
        match node.value {
            DeValue::Table(table) => Some(Table {
                path: node.path,
                at: node.at,
                table,
            }),
            _ => self.wrong_kind(&node, "a-table"),
        }
    }

    /// The values of a list.
    pub fn list<'d>(&mut self, node: &Node<'d>) -> Option<Vec<Node<'d>>> {
        let DeValue::Array(list) = node.value else {
            return self.wrong_kind(node, "a-list");
        };
        let numbered = list.iter().enumerate();
        Some(
            numbered
                .map(|(i, value)| self.node(format!("{}[{}]", node.path, i + 1), value))
                .collect(),
        )
    }

    /// A text that is not empty.
    pub fn text(&mut self, node: &Node<'_>) -> Option<String> {
        match node.value {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.to_string()),
            DeValue::String(_) => {
                self.report(&node.at, "empty", &[("path", &node.path)]);
                None
            }
            _ => self.wrong_kind(node, "a-text"),
        }
    }

    /// A text of one line, of no more letters than this.
    pub fn line(&mut self, node: &Node<'_>, most: usize) -> Option<String> {
        let text = self.text(node)?;
        if text.chars().any(char::is_control) {
            self.report(&node.at, "lines", &[("path", &node.path)]);
            return None;
        }
        let found = text.chars().count();
        if found > most {
            let (most, found) = (most.to_string(), found.to_string());
            let values = [
                ("path", node.path.as_str()),
                ("most", &most),
                ("found", &found),
            ];
            self.report(&node.at, "long", &values);
            return None;
        }
        Some(text)
    }

    /// A list of texts.
    pub fn texts(&mut self, node: &Node<'_>) -> Option<Vec<String>> {
        let list = self.list(node)?;
        list.iter().map(|one| self.text(one)).collect()
    }

    /// True or false.
    pub fn truth(&mut self, node: &Node<'_>) -> Option<bool> {
        match node.value {
            DeValue::Boolean(truth) => Some(*truth),
            _ => self.wrong_kind(node, "a-truth"),
        }
    }

    /// A number in a range.
    pub fn number(&mut self, node: &Node<'_>, allowed: RangeInclusive<f64>) -> Option<f64> {
        let number: f64 = match node.value {
            DeValue::Integer(digits) => {
                i64::from_str_radix(digits.as_str(), digits.radix()).map_or(f64::NAN, |n| n as f64)
            }
            DeValue::Float(digits) => digits.as_str().parse().unwrap_or(f64::NAN),
            _ => return self.wrong_kind(node, "a-number"),
        };
        if allowed.contains(&number) {
            return Some(number);
        }
        let (least, most) = (allowed.start().to_string(), allowed.end().to_string());
        let values = [
            ("path", node.path.as_str()),
            ("least", &least),
            ("most", &most),
        ];
        self.report(&node.at, "range", &values);
        None
    }

    /// A whole number in a range.
    pub fn whole(&mut self, node: &Node<'_>, allowed: RangeInclusive<u32>) -> Option<u32> {
        if !matches!(node.value, DeValue::Integer(_)) {
            return self.wrong_kind(node, "a-whole-number");
        }
        let allowed = f64::from(*allowed.start())..=f64::from(*allowed.end());
        // In the range of a u32, so nothing is lost.
        self.number(node, allowed).map(|number| number as u32)
    }

    /// A list of exactly this many numbers in a range.
    pub fn numbers<const N: usize>(
        &mut self,
        node: &Node<'_>,
        allowed: RangeInclusive<f64>,
    ) -> Option<[f32; N]> {
        let list = self.list(node)?;
        if list.len() != N {
            let (wanted, found) = (N.to_string(), list.len().to_string());
            let values = [
                ("path", node.path.as_str()),
                ("wanted", &wanted),
                ("found", &found),
            ];
            self.report(&node.at, "count", &values);
            return None;
        }
        let mut numbers = [0.0; N];
        for (number, one) in numbers.iter_mut().zip(&list) {
            *number = self.number(one, allowed.clone())? as f32;
        }
        Some(numbers)
    }

    /// One of some words.
    pub fn word<T: Copy>(
        &mut self,
        node: &Node<'_>,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let found = self.text(node)?;
        self.word_in(&found, node, all, word)
    }

    /// One of some words, which is found inside the value.
    pub fn word_in<T: Copy>(
        &mut self,
        found: &str,
        node: &Node<'_>,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let known = all.iter().find(|one| word(**one) == found);
        if known.is_none() {
            let words = all.iter().map(|one| word(*one));
            let values = [
                ("path", node.path.as_str()),
                ("allowed", &one_of(words.clone())),
                ("found", found),
            ];
            let meant = did_you_mean(found, words);
            self.report(&node.at, "word", &values).help =
                meant.map(|meant| said("did-you-mean", &[("meant", meant)]));
        }
        known.copied()
    }

    fn wrong_kind<T>(&mut self, node: &Node<'_>, wanted: &str) -> Option<T> {
        let values = [
            ("path", node.path.as_str()),
            ("wanted", &said(wanted, &[])),
            ("found", &found(node.value)),
        ];
        self.report(&node.at, "kind", &values);
        None
    }
}

impl Table<'_> {
    /// What it is called in messages.
    pub fn name(&self) -> &str {
        &self.path
    }

    fn child(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }
}

/// A text of this part of the program.
pub fn said(id: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values
        .iter()
        .map(|(key, value)| (*key, (*value).into()))
        .collect();
    text_with(&format!("stretch-file-{id}"), &values)
}

/// What was found, in a few words.
fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => said("found-text", &[("text", text)]),
        DeValue::Integer(digits) => said("found-number", &[("number", &digits.to_string())]),
        DeValue::Float(digits) => said("found-number", &[("number", digits.as_str())]),
        DeValue::Boolean(truth) => format!("`{truth}`"),
        DeValue::Datetime(_) => said("found-date", &[]),
        DeValue::Array(_) => said("a-list", &[]),
        DeValue::Table(_) => said("a-table", &[]),
    }
}
