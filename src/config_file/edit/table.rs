//! Whole tables of the draft: where a new one goes, and what goes with one that is taken away.

use std::fmt::Write as _;

use super::{
    super::{
        keys::{self, Keys},
        mend::line_start,
        tree::{Entry, Table, Value},
    },
    draft::{Draft, Splice, Tangled},
    layout::{self, Form, end_of, line_end},
};

impl Draft {
    /// A heading with nothing around it says nothing any more.
    pub fn remove_if_idle(&mut self, keys: &Keys) {
        let Some(node) = self.root().node(keys.table) else {
            return;
        };
        let text = self.text();
        let heading = line_start(text, node.at.span.start);
        let lines = layout::below(text, self.root(), heading);
        let alone = layout::form(text, node) == Some(Form::Heading)
            && layout::with_comment_above(text, heading) == heading
            && text[lines.clone()].trim().is_empty();
        if alone {
            let range = self.with_gap(heading..lines.end);
            self.apply(vec![Splice::remove(range)]);
        }
    }

    /// Takes a whole table away. Comments below its last key stay.
    pub fn remove_table(&mut self, keys: &Keys) -> Result<(), Tangled> {
        let Some(entry) = self.root().entry(keys.table) else {
            return Ok(());
        };
        let splices = match (&entry.node.value, layout::form(self.text(), &entry.node)) {
            (_, Some(Form::Heading)) => {
                // What stood above the heading may be about hours in general; it stays.
                let heading = line_start(self.text(), entry.node.at.span.start);
                let end = line_end(self.text(), end_of(self.text(), &entry.node));
                vec![Splice::remove(self.with_gap(heading..end))]
            }
            (Value::Table(table), Some(Form::Implied)) => {
                let inline = |entry: &&Entry| layout::is_inline(self.text(), &entry.node);
                let lines = table.entries.iter().filter(inline);
                lines
                    .map(|entry| Splice::remove(self.lines(entry)))
                    .collect()
            }
            _ if layout::is_inline(self.text(), &entry.node) => {
                vec![Splice::remove(self.lines(entry))]
            }
            _ => return Err(Tangled(entry.node.at.span.clone())),
        };
        self.apply(splices);
        Ok(())
    }

    /// Adds a table that the file does not have, where a reader would look for it: below its own
    /// heading commented out, else in the order of the papers.
    pub fn add_table(&mut self, keys: &Keys, values: &[(&'static str, String)]) {
        let at = self.commented_out(keys).unwrap_or_else(|| {
            let rank = |name: &str| keys::TABLES.iter().position(|keys| keys.table == name);
            let mine = rank(keys.table);
            let text = self.text();
            let before = (self.root().entries.iter())
                .filter(|entry| rank(&entry.key).is_some() && rank(&entry.key) <= mine)
                .flat_map(|entry| {
                    layout::headings(
                        text,
                        &Table {
                            entries: vec![entry.clone()],
                        },
                    )
                })
                .max();
            match before {
                Some(heading) => self.end_of_table(heading),
                None => {
                    let first = layout::headings(text, self.root()).into_iter().min();
                    let first = first.map(|first| layout::with_comment_above(text, first));
                    first.unwrap_or(text.len())
                }
            }
        });
        self.insert_table(at, keys, values);
    }

    /// Where a table ends: before the comment above the next heading.
    pub fn end_of_table(&self, heading: usize) -> usize {
        let text = self.text();
        let lines = layout::below(text, self.root(), heading);
        match lines.end == text.len() {
            true => text.len(),
            false => layout::with_comment_above(text, lines.end).max(lines.start),
        }
    }

    /// The place after this heading and its keys, all commented out, if a new heading there would
    /// not take keys from another table.
    fn commented_out(&self, keys: &Keys) -> Option<usize> {
        if keys.repeated {
            return None;
        }
        let text = self.text();
        let entries = &self.root().entries;
        let all = 0..text.len();
        let (at, _) =
            layout::comments(text, all, entries).find(|(_, said)| *said == keys.heading())?;
        let end = layout::with_comment_below(text, at);
        let rest = text[end..].lines().map(str::trim_start);
        let next = rest
            .clone()
            .find(|line| !line.is_empty() && !line.starts_with('#'));
        next.is_none_or(|line| line.starts_with('[')).then_some(end)
    }

    /// Puts a table in at a place where a line begins, with blank lines around it.
    pub fn insert_table(&mut self, at: usize, keys: &Keys, values: &[(&'static str, String)]) {
        let newline = self.newline();
        let mut lines = format!("{}{newline}", keys.heading());
        for (key, value) in values {
            write!(lines, "{key} = {value}{newline}").expect("a string takes every text");
        }
        let (before, after) = self.text().split_at(at);
        let gap = newline.repeat(self.gap());
        let mut with = String::new();
        if !before.is_empty() && !before.ends_with('\n') {
            with.push_str(newline);
        }
        let follows = after
            .lines()
            .next()
            .is_some_and(|line| !line.trim().is_empty());
        if !before.trim().is_empty() && !ends_blank(before) {
            // Where blank lines follow, this belongs to what stands above.
            with.push_str(if follows || after.is_empty() {
                &gap
            } else {
                newline
            });
        }
        with.push_str(&lines);
        if follows {
            with.push_str(&gap);
        }
        self.apply(vec![Splice::insert(at, with)]);
    }

    /// How many blank lines stand between tables here: one, or two.
    fn gap(&self) -> usize {
        let text = self.text();
        let last = layout::headings(text, self.root()).into_iter().next_back();
        let Some(heading) = last else {
            return 1;
        };
        let above = &text[..layout::with_comment_above(text, heading)];
        let blank = above[above.trim_end().len()..].matches('\n').count();
        blank.saturating_sub(1).clamp(1, 2)
    }
}

/// Whether a text ends with an empty line.
fn ends_blank(text: &str) -> bool {
    let blank = &text[text.trim_end().len()..];
    blank.matches('\n').count() > 1
}
