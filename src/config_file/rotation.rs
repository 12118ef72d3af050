//! `[rotation]`: which stretches come, by name or by filters.

use super::{
    keys,
    print::quoted,
    read::{Reader, Section},
    say,
    tree::{Node, Table, Value},
    value::meant_of,
};
use crate::{
    core::{
        config::{Choice, Filter, Rotation, StretchFacts},
        stretch::{Area, Posture, StretchId},
    },
    diagnostic::{Problem, Severity, did_you_mean, one_of},
};

/// The words for where one has to be.
pub const POSTURES: [(&str, Posture); 3] = [
    ("seated", Posture::Seated),
    ("standing", Posture::Standing),
    ("floor", Posture::Floor),
];

/// The words for parts of the body.
pub const AREAS: [(&str, Area); 14] = [
    ("neck", Area::Neck),
    ("upper_trapezius", Area::UpperTrapezius),
    ("shoulders", Area::Shoulders),
    ("rhomboids", Area::Rhomboids),
    ("thoracic_spine", Area::ThoracicSpine),
    ("chest", Area::Chest),
    ("lats", Area::Lats),
    ("side_body", Area::SideBody),
    ("triceps", Area::Triceps),
    ("lower_back", Area::LowerBack),
    ("hips", Area::Hips),
    ("hamstrings", Area::Hamstrings),
    ("legs", Area::Legs),
    ("wrists", Area::Wrists),
];

const FILTERS: [&str; 4] = ["posture", "areas", "needs", "max_noticeability"];

/// Reads `[rotation]`; names and needs are checked against these stretches. Without any stretch
/// to check against, every name is taken.
pub fn rotation(reader: &mut Reader<'_>, root: &Table, stretches: &[StretchFacts]) -> Rotation {
    choice(reader, root, stretches).into()
}

fn choice(reader: &mut Reader<'_>, root: &Table, stretches: &[StretchFacts]) -> Choice {
    let section = reader.section(root, &keys::ROTATION);
    if let Some(node) = section.node("stretches") {
        idle_filters(reader, &section);
        return named(reader, node, stretches);
    }
    let Some(first) = FILTERS.iter().find_map(|key| section.key_at(key)) else {
        return Choice::Defaults;
    };
    let Some(filter) = filter(reader, &section, stretches) else {
        // Half a filter would let through what the user wanted to keep out.
        if let Some(last) = reader.problems.last_mut() {
            last.note = Some(say("config-default-stretches", &[]));
        }
        return Choice::Defaults;
    };
    let choice = Choice::Filtered(filter);
    if !stretches.is_empty() && choice.choose(stretches).is_empty() {
        let problem = reader.problem(first, "nothing-passes", &[]);
        reader.report(problem.note(say("config-default-stretches", &[])));
        return Choice::Defaults;
    }
    choice
}

/// Filters beside a list of names do nothing; say so.
fn idle_filters(reader: &mut Reader<'_>, section: &Section<'_>) {
    for key in FILTERS {
        if let Some(at) = section.key_at(key) {
            let mut problem = reader.problem(at, "idle-filter", &[("key", key)]);
            problem.severity = Severity::Warning;
            reader.report(problem);
        }
    }
}

fn named(reader: &mut Reader<'_>, node: &Node, stretches: &[StretchFacts]) -> Choice {
    let nodes = match reader.list_of(node, &say("config-want-stretches", &[])) {
        Ok(nodes) => nodes,
        Err(problem) => {
            reader.report(problem.note(say("config-default-stretches", &[])));
            return Choice::Defaults;
        }
    };
    if nodes.is_empty() {
        let problem = reader.problem(&node.at, "no-stretches", &[]);
        reader.report(problem.note(say("config-default-stretches", &[])));
        return Choice::Defaults;
    }
    let mut names: Vec<StretchId> = Vec::new();
    let mut rejected: Option<Problem> = None;
    for node in nodes {
        // The note about the defaults belongs to the last problem only.
        if let Some(problem) = rejected.take() {
            reader.report(problem);
        }
        match stretch(reader, node, stretches) {
            Ok(id) if names.contains(&id) => {
                let mut problem = reader.problem(&node.at, "stretch-twice", &[("id", &id.0)]);
                problem.severity = Severity::Warning;
                reader.report(problem);
            }
            Ok(id) => names.push(id),
            Err(problem) => rejected = Some(problem),
        }
    }
    let nothing = names.is_empty();
    if let Some(problem) = rejected {
        reader.report(match nothing {
            true => problem.note(say("config-default-stretches", &[])),
            false => problem,
        });
    }
    if nothing {
        Choice::Defaults
    } else {
        Choice::Named(names)
    }
}

fn stretch(
    reader: &Reader<'_>,
    node: &Node,
    stretches: &[StretchFacts],
) -> Result<StretchId, Problem> {
    let name = reader.text_of(node, &say("config-want-stretch", &[]))?;
    if stretches.is_empty() || stretches.iter().any(|stretch| stretch.id.0 == name) {
        return Ok(StretchId(name.to_owned()));
    }
    let problem = reader.problem(&node.at, "no-such-stretch", &[("found", &quoted(name))]);
    Err(match meant_stretch(name, stretches) {
        Some(id) => problem.help(say("config-did-you-mean", &[("meant", &quoted(id))])),
        None => problem,
    })
}

/// The stretch whose id, title or other name looks most like this.
fn meant_stretch<'a>(name: &str, stretches: &'a [StretchFacts]) -> Option<&'a str> {
    let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
    let ids = || stretches.iter().map(|stretch| stretch.id.0.as_str());
    let by_name = stretches.iter().find(|stretch| {
        let names = stretch.names.iter().map(|name| name.to_lowercase());
        names
            .map(|name| name.replace([' ', '-'], "_"))
            .any(|name| name == plain)
    });
    ids()
        .find(|id| *id == plain)
        .or_else(|| by_name.map(|stretch| stretch.id.0.as_str()))
        .or_else(|| did_you_mean(&plain, ids()))
}

/// All filters, or nothing if one of them cannot be read.
fn filter(
    reader: &mut Reader<'_>,
    section: &Section<'_>,
    stretches: &[StretchFacts],
) -> Option<Filter> {
    let mut filter = Filter::default();
    let posture = words(reader, section, "posture", &POSTURES);
    let areas = words(reader, section, "areas", &AREAS);
    let needs = match section.node("needs") {
        Some(node) => needs(reader, node, stretches).map(Some),
        None => Some(None),
    };
    if let Some(node) = section.node("max_noticeability") {
        match reader.whole_of(node, 1..=3) {
            Ok(number) => filter.max_noticeability = u8::try_from(number).unwrap_or(3),
            Err(problem) => {
                reader.report(problem);
                return None;
            }
        }
    }
    filter.posture = posture?;
    filter.areas = areas?;
    filter.needs = needs?;
    Some(filter)
}

/// A list of words, or a single one; empty without the key. Nothing if there is no word in it
/// that can be read.
fn words<T: Copy + PartialEq>(
    reader: &mut Reader<'_>,
    section: &Section<'_>,
    key: &str,
    allowed: &[(&str, T)],
) -> Option<Vec<T>> {
    let Some(node) = section.node(key) else {
        return Some(Vec::new());
    };
    let choices: Vec<String> = allowed.iter().map(|(word, _)| quoted(word)).collect();
    let choices = one_of(choices.iter().map(String::as_str));
    let want = say("config-want-words", &[("choices", &choices)]);
    let mut chosen = Vec::new();
    for node in some(reader, node, key, &want)? {
        match reader.word_of(node, allowed) {
            Ok(word) if !chosen.contains(&word) => chosen.push(word),
            Ok(_) => {}
            Err(problem) => reader.report(problem),
        }
    }
    (!chosen.is_empty()).then_some(chosen)
}

/// The values of a list that must not be empty.
fn some<'t>(reader: &mut Reader<'_>, node: &'t Node, key: &str, want: &str) -> Option<&'t [Node]> {
    if let Value::Text(_) = node.value {
        return Some(std::slice::from_ref(node));
    }
    match reader.list_of(node, want) {
        Ok([]) => {
            let problem = reader.problem(&node.at, "empty-filter", &[("key", key)]);
            reader.report(problem);
            None
        }
        Ok(nodes) => Some(nodes),
        Err(problem) => {
            reader.report(problem);
            None
        }
    }
}

/// What is at hand. An empty list is fine here: nothing at all.
fn needs(reader: &mut Reader<'_>, node: &Node, stretches: &[StretchFacts]) -> Option<Vec<String>> {
    let nodes = match reader.list_of(node, &say("config-want-needs", &[])) {
        Ok(nodes) => nodes,
        Err(problem) => {
            reader.report(problem);
            return None;
        }
    };
    let known = known_needs(stretches);
    let mut at_hand = Vec::new();
    for node in nodes {
        match need(reader, node, &known) {
            Ok(need) if !at_hand.contains(&need) => at_hand.push(need),
            Ok(_) => {}
            Err(problem) => reader.report(problem),
        }
    }
    // If none of the words can be read, nobody knows what is at hand.
    (!at_hand.is_empty() || nodes.is_empty()).then_some(at_hand)
}

fn need(reader: &Reader<'_>, node: &Node, known: &[&str]) -> Result<String, Problem> {
    let text = reader.text_of(node, &say("config-want-need", &[]))?;
    if known.is_empty() || known.contains(&text) {
        return Ok(text.to_owned());
    }
    let choices: Vec<String> = known.iter().map(|need| quoted(need)).collect();
    let choices = one_of(choices.iter().map(String::as_str));
    let values = [("found", quoted(text)), ("choices", choices)];
    let values = [
        (values[0].0, values[0].1.as_str()),
        (values[1].0, values[1].1.as_str()),
    ];
    let problem = reader.problem(&node.at, "no-such-need", &values);
    Err(match did_you_mean(text, known.iter().copied()) {
        Some(meant) => problem.help(meant_of(Some(&quoted(meant)), values[1].1)),
        None => problem,
    })
}

fn known_needs(stretches: &[StretchFacts]) -> Vec<&str> {
    let mut known: Vec<&str> = Vec::new();
    for need in stretches.iter().flat_map(|stretch| &stretch.needs) {
        if !known.contains(&need.as_str()) {
            known.push(need);
        }
    }
    known
}
