//! `[rotation]`: which stretches come, by name or by filters, with exceptions and weights.

use super::{
    hint::Hint as _,
    keys,
    print::quoted,
    read::{Reader, Section},
    say,
    tree::{At, Node, Table, Value},
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

/// A stretch and the place where it is named.
struct Named {
    id: StretchId,
    at: At,
}

/// Reads `[rotation]`; names and needs are checked against these stretches. Without any stretch
/// to check against, every name is taken.
pub fn rotation(reader: &mut Reader<'_>, root: &Table, stretches: &[StretchFacts]) -> Rotation {
    let section = reader.section(root, &keys::ROTATION);
    let choice = choice(reader, &section, stretches);
    let [mut also, except, mut more_often, mut less_often] =
        ["also", "except", "more_often", "less_often"]
            .map(|key| listed(reader, &section, key, stretches));
    contradictions(reader, &also, &except, "also-and-except");
    also.retain(|named| !holds(&except, named));
    contradictions(reader, &less_often, &more_often, "more-and-less");
    let both: Vec<StretchId> = (less_often.iter())
        .filter(|named| holds(&more_often, named))
        .map(|named| named.id.clone())
        .collect();
    more_often.retain(|named| !both.contains(&named.id));
    less_often.retain(|named| !both.contains(&named.id));

    let mut rotation = Rotation {
        choice,
        also: ids(also),
        except: ids(except),
        ..Rotation::default()
    };
    if !stretches.is_empty() && rotation.choose(stretches).is_empty() {
        report_nothing(reader, &section, &rotation, stretches);
        rotation = Rotation::default();
    }
    rotation.more_often = weighed(reader, more_often, &rotation, stretches);
    rotation.less_often = weighed(reader, less_often, &rotation, stretches);
    rotation
}

fn choice(reader: &mut Reader<'_>, section: &Section<'_>, stretches: &[StretchFacts]) -> Choice {
    if let Some(node) = section.node("stretches") {
        idle_filters(reader, section);
        return named(reader, node, stretches);
    }
    if first_filter(section).is_none() {
        return Choice::Defaults;
    }
    let Some(filter) = filter(reader, section, stretches) else {
        // Half a filter would let through what the user wanted to keep out.
        if let Some(last) = reader.problems.last_mut() {
            last.note = Some(say("config-default-stretches", &[]));
        }
        return Choice::Defaults;
    };
    Choice::Filtered(filter)
}

fn first_filter<'t>(section: &Section<'t>) -> Option<&'t At> {
    FILTERS.iter().find_map(|key| section.key_at(key))
}

/// Nothing rotates: either nothing was chosen, or everything was taken out again.
fn report_nothing(
    reader: &mut Reader<'_>,
    section: &Section<'_>,
    rotation: &Rotation,
    stretches: &[StretchFacts],
) {
    let chosen = Rotation {
        except: Vec::new(),
        ..rotation.clone()
    };
    let (at, id) = if chosen.choose(stretches).is_empty() {
        (first_filter(section), "nothing-passes")
    } else {
        (section.key_at("except"), "nothing-left")
    };
    if let Some(at) = at {
        let problem = reader.problem(at, id, &[]);
        reader.report(problem.note(say("config-default-stretches", &[])));
    }
}

/// The stretches of a list that may be empty.
fn listed(
    reader: &mut Reader<'_>,
    section: &Section<'_>,
    key: &str,
    stretches: &[StretchFacts],
) -> Vec<Named> {
    let Some(node) = section.node(key) else {
        return Vec::new();
    };
    match reader.list_of(node, &say("config-want-stretches", &[])) {
        Ok(nodes) => names(reader, nodes, stretches),
        Err(problem) => {
            reader.report(problem.note(say("config-until-then-left-out", &[("key", key)])));
            Vec::new()
        }
    }
}

/// Warns of stretches in two lists that exclude each other.
fn contradictions(reader: &mut Reader<'_>, one: &[Named], other: &[Named], id: &str) {
    for named in one {
        let Some(twin) = other.iter().find(|other| other.id == named.id) else {
            continue;
        };
        let mut problem = reader.problem(&named.at, id, &[("id", &named.id.0)]);
        problem.severity = Severity::Warning;
        if twin.at.source == named.at.source {
            let there = say(&format!("config-{id}-there"), &[]);
            problem = problem.also(twin.at.span.clone(), there);
        }
        reader.report(problem);
    }
}

/// The weights that have an effect; warns of the others.
fn weighed(
    reader: &mut Reader<'_>,
    list: Vec<Named>,
    rotation: &Rotation,
    stretches: &[StretchFacts],
) -> Vec<StretchId> {
    if stretches.is_empty() {
        return ids(list);
    }
    let rotating = rotation.choose(stretches);
    let mut weighed = Vec::new();
    for named in list {
        if rotating.iter().any(|stretch| stretch.id == named.id) {
            weighed.push(named.id);
            continue;
        }
        let mut problem = reader.problem(&named.at, "idle-weight", &[("id", &named.id.0)]);
        problem.severity = Severity::Warning;
        reader.report(problem);
    }
    weighed
}

fn holds(list: &[Named], named: &Named) -> bool {
    list.iter().any(|other| other.id == named.id)
}

fn ids(list: Vec<Named>) -> Vec<StretchId> {
    list.into_iter().map(|named| named.id).collect()
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
    let names = names(reader, nodes, stretches);
    if names.is_empty() {
        // Each of them was no good. What that means belongs to the last one only.
        if let Some(last) = reader.problems.last_mut() {
            last.note = Some(say("config-default-stretches", &[]));
        }
        return Choice::Defaults;
    }
    Choice::Named(ids(names))
}

/// The stretches of a list that there are, each once.
fn names(reader: &mut Reader<'_>, nodes: &[Node], stretches: &[StretchFacts]) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    for node in nodes {
        match stretch(reader, node, stretches) {
            Ok(id) if names.iter().any(|named| named.id == id) => {
                let mut problem = reader.problem(&node.at, "stretch-twice", &[("id", &id.0)]);
                problem.severity = Severity::Warning;
                reader.report(problem);
            }
            Ok(id) => names.push(Named {
                id,
                at: node.at.clone(),
            }),
            Err(problem) => reader.report(problem),
        }
    }
    names
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
        Some(id) => problem.did_you_mean(&quoted(id)),
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
        Some(meant) => {
            let meant = quoted(meant);
            problem
                .help(meant_of(Some(&meant), values[1].1))
                .rewrite(meant)
        }
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
