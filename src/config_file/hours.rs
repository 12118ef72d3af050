//! `[hours]`: ranges for each day of the week, also over midnight.

use chrono::{NaiveTime, Timelike as _};

use super::{
    Source,
    hint::Hint as _,
    keys,
    print::{self, quoted},
    read::Reader,
    say,
    time_of_day::{likely_time, time},
    tree::{At, Node, Table, Value},
};
use crate::{
    core::config::{DayOfWeek, HourRange, Hours},
    diagnostic::{Problem, Severity},
};

/// Reads `[hours]`. Without it, and when nothing in it can be read, every hour is a working hour:
/// a slip of the pen must not silence the program for ever.
pub fn hours(reader: &mut Reader<'_>, root: &Table) -> Option<Hours> {
    let before = reader.problems.len();
    let section = reader.section(root, &keys::HOURS);
    let table = section.table?;
    let mut hours = Hours::default();
    for day in DayOfWeek::ALL {
        let Some(node) = section.node(day.key()) else {
            continue;
        };
        let ranges = day_ranges(reader, node);
        if !ranges.is_empty() {
            hours.days.insert(day, ranges);
        }
    }
    if !hours.days.is_empty() {
        return Some(hours);
    }
    // Where every range is wrong, that has been said already.
    if reader.problems.len() == before && (root.entry("hours")).is_some() {
        let at = match table.entries.first() {
            Some(entry) => &entry.key_at,
            None => &root.node("hours")?.at,
        };
        let problem = reader.problem(at, "no-hours", &[]);
        reader.report(problem);
    }
    None
}

/// The hours of one day as one types them into a line: `09:00-12:30, 13:15-18:00`, in order. Of
/// nothing: none.
///
/// # Errors
/// What is wrong with the first range that cannot be read. Its place is in the line.
pub fn typed_hours(line: &str) -> Result<Vec<HourRange>, Problem> {
    let sources = [Source {
        name: String::new(),
        text: line.to_owned(),
    }];
    let reader = Reader::new(&sources);
    let mut ranges = Vec::new();
    let mut from = 0;
    for part in line.split([',', ';']) {
        let span = from..from + part.len();
        from = span.end + 1;
        if !part.trim().is_empty() {
            let node = Node::text(part.trim(), At { source: 0, span });
            ranges.push(range_of(&reader, &node)?);
        }
    }
    ranges.sort_by_key(|range| (range.start, minutes(*range).1));
    ranges.dedup();
    Ok(ranges)
}

/// The hours of one day as [`typed_hours`] reads them.
#[must_use]
pub fn hours_line(ranges: &[HourRange]) -> String {
    let ranges = ranges.iter().map(|range| print::hour_range(*range));
    ranges.collect::<Vec<_>>().join(", ")
}

fn day_ranges(reader: &mut Reader<'_>, node: &Node) -> Vec<HourRange> {
    let single = std::slice::from_ref(node);
    let nodes = match &node.value {
        Value::Text(_) => single,
        _ => match reader.list_of(node, &say("config-want-ranges", &[])) {
            Ok(nodes) => nodes,
            Err(problem) => {
                reader.report(problem);
                return Vec::new();
            }
        },
    };
    let mut ranges: Vec<HourRange> = Vec::new();
    let mut overlaps = Vec::new();
    for part in nodes {
        match range_of(reader, part) {
            Ok(range) => {
                if ranges.iter().any(|other| overlap(*other, range)) {
                    let mut problem = reader.problem(&part.at, "hours-overlap", &[]);
                    problem.severity = Severity::Warning;
                    overlaps.push(problem);
                }
                ranges.push(range);
            }
            Err(problem) => reader.report(problem),
        }
    }
    for problem in overlaps {
        let joined = print::hours(&joined(&ranges));
        reader.report(problem.rewrite_at(node.at.span.clone(), joined));
    }
    ranges.sort_by_key(|range| (range.start, minutes(*range).1));
    ranges.dedup();
    ranges
}

fn range_of(reader: &Reader<'_>, node: &Node) -> Result<HourRange, Problem> {
    let text = reader.text_of(node, &say("config-want-range", &[]))?;
    let Some((start, end)) = text.split_once(['-', '–', '—']) else {
        return Err(bad_range(reader, node, text, "hours-range", text));
    };
    let Some(start_time) = time(start) else {
        return Err(bad_range(reader, node, text, "hours-time", start));
    };
    let end_time = match end.trim() {
        "24:00" => Some(NaiveTime::MIN),
        other => time(other),
    };
    let Some(end_time) = end_time else {
        return Err(bad_range(reader, node, text, "hours-time", end));
    };
    if start_time == end_time && start_time != NaiveTime::MIN {
        return Err(bad_range(reader, node, text, "hours-empty", text));
    }
    Ok(HourRange {
        start: start_time,
        end: end_time,
    })
}

fn bad_range(reader: &Reader<'_>, node: &Node, text: &str, id: &str, part: &str) -> Problem {
    let values = [("found", quoted(text)), ("part", part.trim().to_owned())];
    let [found, part] = [&values[0], &values[1]].map(|(name, value)| (*name, value.as_str()));
    let problem = reader.problem(&node.at, id, &[found, part]);
    let likely = text.split_once(['-', '–', '—']).and_then(|(start, end)| {
        let range = format!("{}-{}", likely_time(start)?, likely_time(end)?);
        Some(quoted(&range))
    });
    match likely.filter(|_| id == "hours-time") {
        Some(instead) => problem.write(&instead),
        None if id == "hours-empty" => problem.rewrite(quoted("00:00-24:00")),
        None => problem,
    }
}

/// The same hours in ranges that do not overlap.
fn joined(ranges: &[HourRange]) -> Vec<HourRange> {
    let mut ranges = ranges.to_vec();
    ranges.sort_by_key(|range| minutes(*range));
    let mut joined: Vec<HourRange> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if overlap(*last, range) => {
                if minutes(range).1 > minutes(*last).1 {
                    last.end = range.end;
                }
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// First and last minute, counted from the midnight before; the last may be tomorrow.
fn minutes(range: HourRange) -> (u32, u32) {
    let of = |time: NaiveTime| time.hour() * 60 + time.minute();
    let (start, end) = (of(range.start), of(range.end));
    (start, if end <= start { end + 24 * 60 } else { end })
}

fn overlap(a: HourRange, b: HourRange) -> bool {
    let ((a_start, a_end), (b_start, b_end)) = (minutes(a), minutes(b));
    a_start < b_end && b_start < a_end
}
