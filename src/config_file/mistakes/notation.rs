//! What might mend the notation where no sign helps: a line that is taken out, or kept as a
//! comment; a table that stands in two places, put together.

use super::{
    spot,
    tables::lines_of,
    trial::{Candidate, writes},
};
use crate::{
    config_file::{
        edit::{
            draft::{Draft, Splice},
            layout::{line_end, with_comment_above},
        },
        mend::{end_of_list, line_start},
        say,
        tree::Value,
    },
    diagnostic::Problem,
};

/// A list without its end gets it: where the reader has thought it to be, or at the end of its line.
pub fn closed_list(draft: &Draft, problem: &Problem) -> Vec<Candidate> {
    let (text, list) = (draft.text(), problem.span.start);
    if !text[list..].starts_with('[') || line_start(text, list) == list {
        return Vec::new();
    }
    let line = text[list..].lines().next().unwrap_or_default();
    let value = line.split(" #").next().unwrap_or_default();
    let ends = [
        end_of_list(text, list),
        Some((list + value.trim_end().len(), "]")),
    ];
    let closed = ends.into_iter().flatten().map(|(at, bracket)| {
        let line = &text[line_start(text, at)..at];
        let splice = Splice::insert(at, bracket.to_owned());
        Candidate::going_on(writes(&format!("{line}{bracket}")), vec![splice]).revealing()
    });
    closed.collect()
}

/// What might mend a line that nothing else mends.
pub fn of(draft: &Draft, problem: &Problem) -> Vec<Candidate> {
    let text = draft.text();
    let at = text.floor_char_boundary(problem.span.start.min(text.len()));
    let start = line_start(text, at);
    let end = line_end(text, start);
    let line = &text[start..end];
    let mut found = Vec::new();
    if line.trim_start().starts_with('[') {
        found.extend(joined(draft, start));
        let said = say("mend-take-table", &[("table", line.trim())]);
        let block = Splice::remove(start..next_heading(text, end));
        found.push(plain(said, block).last());
    } else if let Some((keys, key)) = spot::around(text, at)
        && let Some(node) = draft.root().node(keys.table)
        && let Value::Table(table) = &node.value
        && let Some(twin) = table.entry(key)
        && twin.key_at.span.start < start
    {
        found.push(plain(
            say("mend-take-line", &[]),
            Splice::remove(start..end),
        ));
        let number = text[..twin.key_at.span.start].matches('\n').count() + 1;
        let number = number.to_string();
        let said = say("mend-take-other", &[("what", key), ("line", &number)]);
        found.extend(lines_of(draft, twin).map(|lines| plain(said, Splice::remove(lines))));
    }
    let indent = line.len() - line.trim_start().len();
    let comment = Splice::insert(start + indent, "# ".to_owned());
    found.push(plain(say("mend-comment", &[]), comment));
    found.push(plain(
        say("mend-take-line", &[]),
        Splice::remove(start..end),
    ));
    found
}

fn plain(said: String, splice: Splice) -> Candidate {
    Candidate::plain(said, vec![splice])
}

/// The keys under a heading that stands there for the second time, under the first one.
fn joined(draft: &Draft, second: usize) -> Option<Candidate> {
    let text = draft.text();
    let name = |line: &str| line.split('#').next().map(|name| name.trim().to_owned());
    let heading = name(&text[second..line_end(text, second)])?;
    let mut at = 0;
    let first = text[..second].split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        (name(line)? == heading).then_some(start)
    })?;
    let below = line_end(text, second)..next_heading(text, line_end(text, second));
    let own = line_end(text, first)..next_heading(text, line_end(text, first));
    let end = own.start + text[own.clone()].trim_end().len();
    let end = if end == own.start {
        end
    } else {
        line_end(text, end)
    };
    // The comment above the heading is about what stands below it.
    let above = with_comment_above(text, second);
    let lines = text[below.clone()].trim_end();
    let lines = match lines.is_empty() {
        true => String::new(),
        false => format!("{}{lines}{}", &text[above..second], draft.newline()),
    };
    let said = say("mend-join", &[("table", &heading)]);
    let splices = vec![Splice::insert(end, lines), Splice::remove(above..below.end)];
    Some(Candidate::plain(said, splices))
}

/// Where the next heading begins, from the start of a line on; its comment goes with it.
fn next_heading(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            return with_comment_above(text, at).max(from);
        }
        at += line.len();
    }
    text.len()
}
