//! Every text that the program asks for exists, and every text that exists is asked for.

use std::{collections::BTreeSet, fs, path::Path};

use crate::source::Source;

/// The ids in the English text files.
fn ids() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales/en");
    let mut ids = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file = fs::read_to_string(entry.unwrap().path()).unwrap();
        // A message begins in the first column; its further lines, comments and terms do not.
        ids.extend(
            file.lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
                .filter_map(|line| line.split_once('='))
                .map(|(id, _)| id.trim().to_owned()),
        );
    }
    ids
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let ids = ids();
    let mut missing = Vec::new();
    for source in Source::all() {
        for function in ["text", "text_with"] {
            for id in source.first_arguments_of(function) {
                // What has a place to fill in becomes an id only then.
                if looks_like_an_id(id) && !ids.contains(id) {
                    missing.push(format!("{}: {id}", source.path));
                }
            }
        }
    }

    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn every_text_is_used() {
    let sources = Source::all();
    let strings: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| &source.strings)
        .map(|(_, text)| text.as_str())
        .collect();

    let unused: Vec<String> = ids()
        .into_iter()
        .filter(|id| !strings.contains(id.as_str()) && !strings.iter().any(|s| makes(s, id)))
        .collect();

    assert!(unused.is_empty(), "texts that nothing shows: {unused:?}");
}

fn looks_like_an_id(text: &str) -> bool {
    text.contains('-')
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Whether this is what an id is put together from, such as `"reason-{word}"`.
fn makes(template: &str, id: &str) -> bool {
    template.split_once('{').is_some_and(|(start, _)| {
        start.ends_with('-') && looks_like_an_id(start) && id.starts_with(start)
    })
}
