//! A settings file that is being changed: its text, and the tree that was read from it.
//!
//! Every change replaces a few bytes of the text and leaves all others alone. Comments, blank
//! lines, order and notation therefore stay as they are by construction. Where a new key or table
//! goes, and what goes with one that is taken away, is decided here.

use std::ops::Range;

use super::{
    super::{
        Document,
        keys::Keys,
        mend::line_start,
        print::Written,
        reminder::is_by_name,
        tree::{Entry, Node, Table, Value},
    },
    layout::{self, Form, end_of, line_end},
    list,
};

/// Some bytes of a text replaced by others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    range: Range<usize>,
    with: String,
}

impl Splice {
    /// Something put in.
    pub fn insert(at: usize, with: String) -> Self {
        Self {
            range: at..at,
            with,
        }
    }

    /// Something taken away.
    pub fn remove(range: Range<usize>) -> Self {
        Self::replace(range, String::new())
    }

    /// Something in place of something else.
    pub fn replace(range: Range<usize>, with: String) -> Self {
        Self { range, with }
    }

    /// The one that makes one text of another, as short as it can be.
    pub fn between(before: &str, after: &str) -> Self {
        let pairs = before.chars().zip(after.chars());
        let same = pairs.take_while(|(one, other)| one == other);
        let start: usize = same.map(|(one, _)| one.len_utf8()).sum();
        let (old, new) = (&before[start..], &after[start..]);
        let pairs = old.chars().rev().zip(new.chars().rev());
        let same = pairs.take_while(|(one, other)| one == other);
        let end: usize = same.map(|(one, _)| one.len_utf8()).sum();
        Self {
            range: start..before.len() - end,
            with: new[..new.len() - end].to_owned(),
        }
    }
}

/// A table of the file.
#[derive(Clone, Copy)]
pub enum Place {
    /// One that comes once.
    Table(&'static Keys),
    /// One of several, with its number, counted from 0 in the order of the file.
    Nth(&'static Keys, usize),
}

/// The place cannot be changed without touching something else that was written there.
#[derive(Clone, Debug)]
pub struct Tangled(pub Range<usize>);

/// The file as it will be.
#[derive(Clone)]
pub struct Draft {
    name: String,
    document: Document,
}

impl Draft {
    /// A draft that is still the file.
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            document: Document::parse(name, text),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.document.sources[0].text
    }

    /// The text, read.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The tree of the text.
    pub fn root(&self) -> &Table {
        &self.document.root
    }

    /// Changes the text. The splices must not overlap.
    pub fn apply(&mut self, mut splices: Vec<Splice>) {
        let mut text = self.text().to_owned();
        // From the back, so that the places in front stay what they are.
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        for splice in splices.into_iter().rev() {
            text.replace_range(splice.range, &splice.with);
        }
        self.document = Document::parse(&self.name, &text);
    }

    /// How lines end here.
    pub fn newline(&self) -> &'static str {
        match self.text().find('\n') {
            Some(at) if self.text()[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// The table at a place, if the file has it.
    pub fn node(&self, place: Place) -> Option<&Node> {
        match place {
            Place::Table(keys) => self.root().node(keys.table),
            Place::Nth(keys, number) => self.repeated(keys).nth(number),
        }
    }

    /// The tables of one that comes several times, however they are written.
    pub fn repeated(&self, keys: &Keys) -> impl Iterator<Item = &Node> {
        let node = self.root().node(keys.table);
        let (list, named, single): (&[Node], &[Entry], Option<&Node>) = match node {
            None => (&[], &[], None),
            Some(node) => match &node.value {
                Value::List(nodes) => (nodes, &[], None),
                Value::Table(table) if keys.is_named() && is_by_name(table) => {
                    (&[], &table.entries, None)
                }
                _ => (&[], &[], Some(node)),
            },
        };
        let named = named.iter().map(|entry| &entry.node);
        list.iter().chain(named).chain(single)
    }

    /// Makes the table at a place say the same as `after`, where it said the same as `before`.
    pub fn change_table(
        &mut self,
        place: Place,
        before: &Written,
        after: &Written,
    ) -> Result<(), Tangled> {
        for key in after.keys.keys {
            match (before.value(key), after.value(key)) {
                (old, Some(new)) if old != Some(new) => {
                    self.put(place, after.keys, key, old, new)?;
                }
                (Some(_), None) => self.remove(place, key)?,
                (_, _) => {}
            }
        }
        Ok(())
    }

    /// Sets a key. `old` is its value until now, as it is printed.
    pub fn put(
        &mut self,
        place: Place,
        keys: &'static Keys,
        key: &'static str,
        old: Option<&str>,
        new: &str,
    ) -> Result<(), Tangled> {
        let Some(node) = self.node(place) else {
            self.add_table(keys, &[(key, new.to_owned())]);
            return Ok(());
        };
        let Value::Table(table) = &node.value else {
            return Err(Tangled(node.at.span.clone()));
        };
        let splices = match table.entry(key) {
            Some(entry) => self.replace(entry, old, new)?,
            None => match layout::form(self.text(), node) {
                Some(Form::Heading) => vec![self.line_below(node, table, keys, key, new)],
                Some(Form::Braces) => vec![self.line_in_braces(node, table, key, new)],
                Some(Form::Implied) | None => match self.dotted(table, key, new) {
                    Some(splice) => vec![splice],
                    None => {
                        self.add_table(keys, &[(key, new.to_owned())]);
                        return Ok(());
                    }
                },
            },
        };
        self.apply(splices);
        Ok(())
    }

    fn replace(&self, entry: &Entry, old: Option<&str>, new: &str) -> Result<Vec<Splice>, Tangled> {
        let node = &entry.node;
        if !layout::is_inline(self.text(), node) {
            return Err(Tangled(node.at.span.clone()));
        }
        let one_by_one = old.and_then(|old| list::change(self.text(), node, old, new));
        Ok(one_by_one.unwrap_or_else(|| {
            // Where the value is missing, so may be the space before it.
            let missing =
                node.at.span.is_empty() && self.text()[..node.at.span.start].ends_with('=');
            let space = if missing { " " } else { "" };
            vec![Splice::replace(
                node.at.span.clone(),
                format!("{space}{new}"),
            )]
        }))
    }

    /// A new line under a heading: below the same key commented out, else where the order of the
    /// keys in the papers puts it.
    fn line_below(
        &self,
        node: &Node,
        table: &Table,
        keys: &Keys,
        key: &str,
        value: &str,
    ) -> Splice {
        let text = self.text();
        let heading = line_start(text, node.at.span.start);
        let lines = layout::below(text, self.root(), heading);
        let example = layout::comments(text, lines, &table.entries)
            .take_while(|(_, said)| !layout::is_heading(said))
            .find(|(_, said)| layout::is_key(said, key));
        let rank = |key: &str| keys.keys.iter().position(|other| *other == key);
        let own = (table.entries.iter()).filter(|entry| layout::is_inline(text, &entry.node));
        let before = own.filter(|entry| rank(&entry.key) < rank(key));
        let neighbour = before.max_by_key(|entry| entry.key_at.span.start);
        let (at, indent_of) = match (example, neighbour) {
            (Some((at, _)), _) => (line_end(text, at), at),
            (None, Some(entry)) => {
                let end = line_end(text, end_of(text, &entry.node));
                (end, line_start(text, entry.key_at.span.start))
            }
            (None, None) => (line_end(text, node.at.span.end), heading),
        };
        let indent: String = (text[indent_of..].chars())
            .take_while(|c| matches!(c, ' ' | '\t'))
            .collect();
        self.new_line(at, &format!("{indent}{key} = {value}"))
    }

    /// A line put in at a place where a line begins, or at the end of a text whose last line has
    /// no end.
    fn new_line(&self, at: usize, line: &str) -> Splice {
        let newline = self.newline();
        let open = at > 0 && !self.text()[..at].ends_with('\n');
        let before = if open { newline } else { "" };
        Splice::insert(at, format!("{before}{line}{newline}"))
    }

    fn line_in_braces(&self, node: &Node, table: &Table, key: &str, value: &str) -> Splice {
        let last = (table.entries.iter()).max_by_key(|entry| entry.key_at.span.start);
        match last {
            Some(entry) => {
                let end = end_of(self.text(), &entry.node);
                Splice::insert(end, format!(", {key} = {value}"))
            }
            None => Splice::insert(node.at.span.start + 1, format!(" {key} = {value} ")),
        }
    }

    /// `look.figure = 3` below `look.theme = "dark"`.
    fn dotted(&self, table: &Table, key: &str, value: &str) -> Option<Splice> {
        let text = self.text();
        let own = (table.entries.iter()).filter(|entry| layout::is_inline(text, &entry.node));
        let last = own.max_by_key(|entry| entry.key_at.span.start)?;
        let start = line_start(text, last.key_at.span.start);
        let path = &text[start..last.key_at.span.start];
        let end = line_end(text, end_of(text, &last.node));
        Some(self.new_line(end, &format!("{path}{key} = {value}")))
    }

    /// Takes a key away, with its line.
    pub fn remove(&mut self, place: Place, key: &str) -> Result<(), Tangled> {
        let Some(node) = self.node(place) else {
            return Ok(());
        };
        let Value::Table(table) = &node.value else {
            return Err(Tangled(node.at.span.clone()));
        };
        let Some(entry) = table.entry(key) else {
            return Ok(());
        };
        let form = layout::form(self.text(), node);
        let splice = Splice::remove(match form {
            Some(Form::Braces) => in_braces(table, entry),
            _ if layout::is_inline(self.text(), &entry.node) => self.lines(entry),
            _ => return Err(Tangled(entry.node.at.span.clone())),
        });
        let last = table.entries.len() == 1;
        self.apply(vec![splice]);
        if let Place::Table(keys) = place
            && last
        {
            self.remove_if_idle(keys);
        }
        Ok(())
    }

    /// The lines of a key and its value.
    pub fn lines(&self, entry: &Entry) -> Range<usize> {
        let text = self.text();
        let start = line_start(text, entry.key_at.span.start);
        // A value that the parser has made up may stand anywhere.
        let end = end_of(text, &entry.node).max(entry.key_at.span.end);
        start..line_end(text, end)
    }

    /// Lines together with the blank ones below them, or at the end of the text above them.
    pub fn with_gap(&self, lines: Range<usize>) -> Range<usize> {
        let text = self.text();
        let rest = &text[lines.end..];
        let blank = rest.len() - rest.trim_start().len();
        let end = match rest.trim_start().is_empty() {
            true => text.len(),
            false => line_start(text, lines.end + blank).max(lines.end),
        };
        if end < text.len() {
            return lines.start..end;
        }
        let above = text[..lines.start].trim_end().len();
        let start = match above {
            0 => 0,
            above => line_end(text, above).min(lines.start),
        };
        start..end
    }
}

/// A key in braces, with the comma that goes with it.
fn in_braces(table: &Table, entry: &Entry) -> Range<usize> {
    let start = entry.key_at.span.start;
    let end = entry.node.at.span.end;
    let next = (table.entries.iter())
        .map(|other| other.key_at.span.start)
        .filter(|other| *other > start)
        .min();
    let previous = (table.entries.iter())
        .map(|other| other.node.at.span.end)
        .filter(|other| *other <= start)
        .max();
    match (next, previous) {
        (Some(next), _) => start..next,
        (None, Some(previous)) => previous..end,
        (None, None) => start..end,
    }
}
