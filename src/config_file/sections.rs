//! The plain tables: `[schedule]`, `[hold]`, `[sound]`, `[voice]`, `[log]`.

use std::{collections::BTreeSet, time::Duration};

use chrono::NaiveTime;

use super::{
    hint::Hint as _,
    keys,
    print::{self, quoted},
    read::{Reader, Section},
    say,
    tree::{Node, Table, Value},
};
use crate::{
    core::{
        config::{App, Film, History, Hold, Log, LogLevel, Open, Schedule, Sound, Voice},
        keep::{Keep, KeepError},
        span,
    },
    diagnostic::Problem,
};

const MINUTE: u64 = 60;
const HOUR: u64 = 3600;

/// How long a natural break may be set, in seconds.
pub const NATURAL_BREAK: std::ops::RangeInclusive<u64> = 5..=2 * HOUR;

/// The words for what a film counts as.
pub const FILMS: [(&str, Film); 2] = [("rest", Film::Rest), ("work", Film::Work)];

/// Reads `[schedule]`.
pub fn schedule(reader: &mut Reader<'_>, root: &Table) -> Schedule {
    let section = reader.section(root, &keys::SCHEDULE);
    let default = Schedule::default();
    Schedule {
        idle_grace: reader.span(&section, "idle_grace", 0..=30 * MINUTE, default.idle_grace),
        natural_break: reader.span(
            &section,
            "natural_break",
            NATURAL_BREAK,
            default.natural_break,
        ),
        film: reader.choice(&section, "film", &FILMS, FILMS[0]),
        lull: reader.span(&section, "lull", 0..=5 * MINUTE, default.lull),
        lull_wait: reader.span(&section, "lull_wait", 0..=HOUR, default.lull_wait),
        settle: reader.span(&section, "settle", 0..=30 * MINUTE, default.settle),
        open: open(reader, &section, default.open),
        answer_within: reader.span(&section, "answer_within", 10..=HOUR, default.answer_within),
        snooze: snooze(reader, &section, default.snooze),
        max_snoozes: reader.whole(&section, "max_snoozes", 0..=100, default.max_snoozes),
        late: reader.span(&section, "late", 0..=12 * HOUR, default.late),
        settle_in: reader.span(&section, "settle_in", 0..=MINUTE, default.settle_in),
        day_starts: day_starts(reader, &section, default.day_starts),
    }
}

fn day_starts(reader: &mut Reader<'_>, section: &Section<'_>, default: NaiveTime) -> NaiveTime {
    let written = print::time(default);
    reader.value(section, "day_starts", default, &written, Reader::time_of)
}

/// The lengths of the snoozes: a list, or a single length.
fn snooze(reader: &mut Reader<'_>, section: &Section<'_>, default: Vec<Duration>) -> Vec<Duration> {
    let written = print::spans(&default);
    let allowed = 10..=8 * HOUR;
    reader.value(section, "snooze", default, &written, |reader, node| {
        if let Value::Text(_) = node.value {
            return Ok(vec![reader.span_of(node, allowed)?]);
        }
        let nodes = reader.list_of(node, &say("config-want-spans", &[]))?;
        if nodes.is_empty() {
            return Err(reader.problem(&node.at, "no-snooze", &[]));
        }
        let lengths = nodes
            .iter()
            .map(|node| reader.span_of(node, allowed.clone()));
        lengths.collect()
    })
}

/// When the window opens; `[schedule]` and each reminder have it.
pub fn open(reader: &mut Reader<'_>, section: &Section<'_>, default: Open) -> Open {
    let written = print::open(default);
    reader.value(section, "open", default, &written, open_of)
}

/// When the window opens, from its value.
pub fn open_of(reader: &Reader<'_>, node: &Node) -> Result<Open, Problem> {
    let forms = say("config-open-forms", &[]);
    let text = reader.text_of(node, &forms)?;
    let plain = text.trim();
    if let Some(delay) = plain.strip_prefix("after ") {
        let delay = Node {
            at: node.at.clone(),
            value: Value::Text(delay.to_owned()),
        };
        return reader.span_of(&delay, 0..=HOUR).map(Open::After);
    }
    match plain {
        "on start" => Ok(Open::OnStart),
        "at once" => Ok(Open::AtOnce),
        _ => Err(bad_open(reader, node, plain)),
    }
}

fn bad_open(reader: &Reader<'_>, node: &Node, found: &str) -> Problem {
    let problem = reader.problem(&node.at, "open", &[("found", &quoted(found))]);
    let plain = found.to_lowercase().replace(['_', '-'], " ");
    let instead = match plain.as_str() {
        "on start" | "start" | "click" | "on click" | "manual" => Some("on start".to_owned()),
        "at once" | "once" | "now" | "immediately" => Some("at once".to_owned()),
        "after" => Some("after 20s".to_owned()),
        other => {
            let delay = other.strip_prefix("after").unwrap_or(other);
            let delay = span::parse(delay).ok();
            delay.map(|delay| format!("after {}", span::format(delay)))
        }
    };
    match instead {
        Some(instead) => problem.write(&quoted(&instead)),
        None => problem,
    }
}

/// Reads `[hold]`.
pub fn hold(reader: &mut Reader<'_>, root: &Table) -> Hold {
    let section = reader.section(root, &keys::HOLD);
    let default = Hold::default();
    Hold {
        quiet: reader.switch(&section, "quiet", default.quiet),
        meeting: reader.switch(&section, "meeting", default.meeting),
        meeting_except: programs(reader, &section, "meeting_except"),
        meeting_length: reader.span(
            &section,
            "meeting_length",
            MINUTE..=12 * HOUR,
            default.meeting_length,
        ),
        fullscreen: reader.switch(&section, "fullscreen", default.fullscreen),
        locked: reader.switch(&section, "locked", default.locked),
        away: reader.switch(&section, "away", default.away),
        hours: reader.switch(&section, "hours", default.hours),
        apps: apps(reader, &section),
    }
}

/// Words before a colon by which people may try to say when a program counts; whether they mean
/// that it has to be in front.
const MANNERS: [(&str, bool); 12] = [
    ("active", true),
    ("focus", true),
    ("focused", true),
    ("foreground", true),
    ("front", true),
    ("fullscreen", true),
    ("in front", true),
    ("visible", true),
    ("background", false),
    ("open", false),
    ("run", false),
    ("running", false),
];

/// Programs that hold breaks, each once.
fn apps(reader: &mut Reader<'_>, section: &Section<'_>) -> Vec<App> {
    let want = say("config-want-apps", &[]);
    let nodes = reader.value(section, "apps", Vec::new(), "[]", |reader, node| {
        reader.list_of(node, &want).map(<[Node]>::to_vec)
    });
    let mut apps: Vec<App> = Vec::new();
    for node in &nodes {
        match app_of(reader, node, &apps) {
            Ok(app) if apps.contains(&app) => {}
            Ok(app) => apps.push(app),
            Err(problem) => reader.report(problem),
        }
    }
    apps
}

fn app_of(reader: &Reader<'_>, node: &Node, before: &[App]) -> Result<App, Problem> {
    let text = reader.text_of(node, &say("config-want-app", &[]))?.trim();
    let (name, in_front) = match text.strip_prefix(App::IN_FRONT) {
        Some(name) => (name.trim(), true),
        None => (text, false),
    };
    if name.is_empty() {
        return Err(reader.problem(&node.at, "empty-app", &[]));
    }
    if let Some((manner, name)) = name.split_once(':')
        && let Some((_, in_front)) = (MANNERS.iter())
            .find(|(word, _)| *word == manner.trim().to_lowercase().replace(['_', '-'], " "))
    {
        let name = name.trim().to_owned();
        let in_front = *in_front;
        let instead = quoted(&App { name, in_front }.written());
        let values = [("manner", manner.trim()), ("instead", &instead)];
        let problem = reader.problem(&node.at, "app-manner", &values);
        return Err(problem.rewrite(instead));
    }
    let name = name.to_owned();
    if before
        .iter()
        .any(|app| app.name == name && app.in_front != in_front)
    {
        return Err(reader.problem(&node.at, "app-twice", &[("name", &name)]));
    }
    Ok(App { name, in_front })
}

/// Names of programs, each once.
fn programs(reader: &mut Reader<'_>, section: &Section<'_>, key: &'static str) -> Vec<String> {
    let want = say("config-want-apps", &[]);
    let nodes = reader.value(section, key, Vec::new(), "[]", |reader, node| {
        reader.list_of(node, &want).map(<[Node]>::to_vec)
    });
    let mut programs: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for node in &nodes {
        match reader.text_of(node, &say("config-want-app", &[])) {
            Ok(name) if name.trim().is_empty() => {
                let problem = reader.problem(&node.at, "empty-app", &[]);
                reader.report(problem);
            }
            Ok(name) if seen.insert(name.trim()) => programs.push(name.trim().to_owned()),
            Ok(_) => {}
            Err(problem) => reader.report(problem),
        }
    }
    programs
}

/// The words for kinds of messages.
pub const LEVELS: [(&str, LogLevel); 5] = [
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
    ("trace", LogLevel::Trace),
];

/// Reads `[sound]`.
pub fn sound(reader: &mut Reader<'_>, root: &Table) -> Sound {
    let section = reader.section(root, &keys::SOUND);
    let default = Sound::default();
    Sound {
        on: reader.switch(&section, "on", default.on),
        volume: volume(reader, &section, default.volume),
    }
}

fn volume(reader: &mut Reader<'_>, section: &Section<'_>, default: u8) -> u8 {
    let written = default.to_string();
    reader.value(section, "volume", default, &written, |reader, node| {
        let meant = match &node.value {
            Value::Float(part) if (0.0..=1.0).contains(part) => Some((part * 100.0).round() as u8),
            Value::Text(text) => percent(text),
            _ => None,
        };
        match reader.whole_of(node, 0..=100) {
            Ok(volume) => Ok(u8::try_from(volume).unwrap_or(default)),
            Err(problem) => Err(match meant {
                Some(meant) => problem.write(&meant.to_string()),
                None => problem,
            }),
        }
    })
}

/// `"40%"` and the like.
fn percent(text: &str) -> Option<u8> {
    let number = text.trim().strip_suffix('%')?.trim_end().parse().ok()?;
    (number <= 100).then_some(number)
}

/// Reads `[voice]`.
pub fn voice(reader: &mut Reader<'_>, root: &Table) -> Voice {
    let section = reader.section(root, &keys::VOICE);
    let default = Voice::default();
    Voice {
        on: reader.switch(&section, "on", default.on),
        name: voice_name(reader, &section),
        rate: rate(reader, &section, default.rate),
    }
}

fn voice_name(reader: &mut Reader<'_>, section: &Section<'_>) -> Option<String> {
    reader.value(section, "name", None, "\"\"", |reader, node| {
        let name = reader.text_of(node, &say("config-want-voice", &[]))?.trim();
        Ok((!name.is_empty()).then(|| name.to_owned()))
    })
}

fn rate(reader: &mut Reader<'_>, section: &Section<'_>, default: i8) -> i8 {
    let written = default.to_string();
    reader.value(section, "rate", default, &written, |reader, node| {
        let found = match &node.value {
            Value::Integer(number) => *number,
            _ => return Err(reader.wrong_type(node, &say("config-want-rate", &[]))),
        };
        let rate = found.filter(|rate| (-100..=100).contains(rate));
        rate.and_then(|rate| i8::try_from(rate).ok())
            .ok_or_else(|| {
                let nearest = found.unwrap_or_default().clamp(-100, 100).to_string();
                reader.problem(&node.at, "rate-range", &[]).rewrite(nearest)
            })
    })
}

/// Reads `[history]`.
pub fn history(reader: &mut Reader<'_>, root: &Table) -> History {
    let section = reader.section(root, &keys::HISTORY);
    let default = Keep::default();
    let written = quoted(&default.to_string());
    History {
        keep: reader.value(&section, "keep", default, &written, keep_of),
    }
}

fn keep_of(reader: &Reader<'_>, node: &Node) -> Result<Keep, Problem> {
    let (text, id) = match &node.value {
        Value::Text(text) => (text.clone(), "keep"),
        Value::Integer(Some(number)) => (number.to_string(), "keep-number"),
        _ => return Err(reader.wrong_type(node, &say("config-want-keep", &[]))),
    };
    let problem = |id| {
        let found = match &node.value {
            Value::Text(text) => quoted(text),
            _ => text.clone(),
        };
        reader.problem(&node.at, id, &[("found", &found)])
    };
    match Keep::parse(&text) {
        Ok(keep) => Ok(keep),
        Err(KeepError::TooShort) => Err(problem("keep-too-short").rewrite(quoted("7 days"))),
        Err(KeepError::TooLong) => Err(problem("keep-too-long").rewrite(quoted("100 years"))),
        Err(KeepError::Unreadable { instead }) => Err(match instead {
            Some(instead) => problem(id).write(&quoted(&instead)),
            None => problem(id),
        }),
    }
}

/// Reads `[log]`.
pub fn log(reader: &mut Reader<'_>, root: &Table) -> Log {
    let section = reader.section(root, &keys::LOG);
    Log {
        level: reader.choice(&section, "level", &LEVELS, LEVELS[2]),
        day: reader.switch(&section, "day", Log::default().day),
    }
}
