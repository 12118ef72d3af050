//! `[[hook]]`: programs that run when something happens.
//!
//! A hook with a mistake is left out: half a command is worse than none.

use std::time::Duration;

use super::{
    hint::Hint as _,
    keys,
    print::quoted,
    read::{Reader, Section},
    say,
    tree::{At, Node, Table, Value},
};
use crate::{
    core::{config::Hook, day::EVENTS},
    diagnostic::Problem,
};

/// More hooks than this are surely a mistake.
const MOST: usize = 50;
/// The most words in a command.
const MOST_WORDS: usize = 100;
/// The longest word in a command, in bytes.
const LONGEST_WORD: usize = 4096;
/// How long a program may run if nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Reads all hooks.
pub fn hooks(reader: &mut Reader<'_>, root: &Table) -> Vec<Hook> {
    let located = located(reader, root).into_iter();
    located.map(|(hook, _)| hook).collect()
}

/// The hooks that can be used, each with its number among those that are written, from 0.
pub fn located(reader: &mut Reader<'_>, root: &Table) -> Vec<(Hook, usize)> {
    let mut hooks = Vec::new();
    for (number, node) in tables(reader, root).iter().enumerate() {
        let Value::Table(table) = &node.value else {
            let problem = reader.problem(&node.at, "hook-not-a-table", &[]);
            reader.report(problem);
            continue;
        };
        if number == MOST {
            let most = MOST.to_string();
            let problem = reader.problem(&node.at, "too-many-hooks", &[("most", &most)]);
            reader.report(problem);
            break;
        }
        hooks.extend(hook(reader, &node.at, table).map(|hook| (hook, number)));
    }
    hooks
}

/// The tables under `[[hook]]`; also the one of somebody who wrote single brackets.
fn tables(reader: &mut Reader<'_>, root: &Table) -> Vec<Node> {
    let Some(entry) = root.entry(keys::HOOK.table) else {
        return Vec::new();
    };
    let problem = match &entry.node.value {
        Value::List(nodes) => return nodes.clone(),
        Value::Table(_) => reader.problem(&entry.node.at, "hook-single-heading", &[]),
        _ => reader.problem(&entry.node.at, "hook-not-a-table", &[]),
    };
    reader.report(problem);
    match &entry.node.value {
        Value::Table(_) => vec![entry.node.clone()],
        _ => Vec::new(),
    }
}

fn hook(reader: &mut Reader<'_>, at: &At, table: &Table) -> Option<Hook> {
    reader.check_keys(table, &keys::HOOK);
    let section = Section {
        keys: &keys::HOOK,
        table: Some(table),
    };
    let timeout = reader.span(&section, "timeout", 1..=3600, TIMEOUT);
    let on = part(reader, &section, at, "on", event);
    let run = part(reader, &section, at, "run", command);
    Some(Hook {
        on: on?,
        run: run?,
        timeout,
    })
}

/// A key without which there is no hook.
fn part<T>(
    reader: &mut Reader<'_>,
    section: &Section<'_>,
    at: &At,
    key: &'static str,
    read: impl FnOnce(&Reader<'_>, &Node) -> Result<T, Problem>,
) -> Option<T> {
    let problem = match section.node(key) {
        Some(node) => match read(reader, node) {
            Ok(value) => return Some(value),
            Err(problem) => problem,
        },
        None if section.misspelt(key) => return None,
        None => reader.problem(at, &format!("hook-without-{key}"), &[]),
    };
    reader.report(problem.note(say("config-hook-left-out", &[])));
    None
}

fn event(reader: &Reader<'_>, node: &Node) -> Result<&'static str, Problem> {
    let words: Vec<(&str, &'static str)> = EVENTS.iter().map(|event| (*event, *event)).collect();
    reader.word_of(node, &words)
}

fn command(reader: &Reader<'_>, node: &Node) -> Result<Vec<String>, Problem> {
    if let Value::Text(text) = &node.value {
        let words: Vec<String> = text.split_whitespace().map(quoted).collect();
        let problem = reader.problem(&node.at, "hook-one-text", &[]);
        return Err(match words.is_empty() {
            true => problem,
            false => {
                let instead = format!("[{}]", words.join(", "));
                problem.write(&instead)
            }
        });
    }
    let nodes = reader.list_of(node, &say("config-want-command", &[]))?;
    if nodes.len() > MOST_WORDS {
        let most = MOST_WORDS.to_string();
        return Err(reader.problem(&node.at, "hook-many-words", &[("most", &most)]));
    }
    let mut run = Vec::new();
    for node in nodes {
        let word = reader.text_of(node, &say("config-want-word", &[]))?;
        if word.len() > LONGEST_WORD || word.contains('\0') {
            let most = LONGEST_WORD.to_string();
            return Err(reader.problem(&node.at, "hook-bad-word", &[("most", &most)]));
        }
        run.push(word.to_owned());
    }
    match nodes.first() {
        None => Err(reader.problem(&node.at, "hook-empty", &[])),
        Some(first) if run[0].trim().is_empty() => {
            Err(reader.problem(&first.at, "hook-empty", &[]))
        }
        Some(first) if run[0].contains('/') && !is_absolute(&run[0]) => {
            Err(reader.problem(&first.at, "hook-relative", &[("found", &quoted(&run[0]))]))
        }
        Some(_) => Ok(run),
    }
}

/// Whether a path means the same file wherever the program was started.
fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.starts_with("~/")
}
