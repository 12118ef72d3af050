//! Whole days, written so that they can be read: each file under `tests/days/` tells what a user
//! does and, in lines that begin with `#>`, what happens then. `tests/days/README.md` says how.

use std::{fs, path::Path};

use unhunch::{
    cli::simulate::{print, script},
    config_file::Document,
    core::day,
    stretch_file,
};

/// How a line of a day begins that says what happens.
const HAPPENS: &str = "#>";

#[test]
fn every_day_goes_as_it_is_told() {
    let mut wrong = Vec::new();
    for (name, text) in days() {
        let told: Vec<&str> = (text.lines())
            .filter_map(|line| line.trim().strip_prefix(HAPPENS))
            .map(str::trim)
            .collect();
        let happened = run(&name, &text);
        if told != happened {
            let told = told.join("\n  ");
            let happened = happened.join("\n  ");
            wrong.push(format!(
                "{name}\n told:\n  {told}\n happened:\n  {happened}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_day_says_in_its_first_line_whose_story_it_is() {
    for (name, text) in days() {
        let first = text.lines().next().unwrap_or_default();
        let is_sentence = first.starts_with("# ") && first.ends_with('.');
        assert!(is_sentence, "{name} begins with: {first}");
    }
}

#[test]
fn a_day_goes_the_same_way_every_time_with_the_same_seed() {
    for (name, text) in days() {
        assert_eq!(run(&name, &text), run(&name, &text), "{name}");
    }
}

fn days() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days");
    let mut days: Vec<_> = (fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "day"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    days.sort();
    assert!(days.len() >= 70, "only {} days were found", days.len());
    days
}

fn run(name: &str, text: &str) -> Vec<String> {
    let settings = Document::parse("", "");
    let script = script(name, text, settings, &stretch_file::candidates(None))
        .unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
    let mut lines = Vec::new();
    day::run(&script, 0, &mut |entry| {
        lines.push(print::text_line(&entry));
    });
    lines
}
