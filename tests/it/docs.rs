//! What the papers promise is so: their settings are settings, their commands are commands, and
//! their links lead somewhere.

use std::{fs, path::Path, process::Command};

use unhunch::{cli, config_file::Document, stretch_file};

const PAPERS: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "docs/bars.md",
    "docs/dbus.md",
    "docs/json.md",
];

fn read(paper: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(paper)).unwrap()
}

/// The contents of every block fenced as this language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    text.split(&format!("```{language}\n"))
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

/// Everything between single backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.starts_with("```"))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn settings_in_the_papers_are_understood() {
    let candidates = stretch_file::candidates(None).into_iter();
    let stretches: Vec<_> = candidates.map(|candidate| candidate.facts).collect();
    let mut checked = 0;
    for paper in PAPERS {
        for block in blocks(&read(paper), "toml") {
            let document = Document::parse(paper, block);
            let (_, problems) = document.config(&stretches);
            assert!(
                problems.is_empty(),
                "{}",
                document.render_all(&problems, false)
            );
            checked += 1;
        }
    }
    assert!(checked > 0, "the README shows settings");
}

#[test]
fn stretches_in_the_guide_are_fine_and_its_parts_are_parts_of_them() {
    let guide = read("docs/own-stretches.md");
    let stretches = blocks(&guide, "toml stretch");
    assert!(stretches.len() >= 3);
    for text in &stretches {
        let file = Path::new("own-stretches.md");
        if let Err(problems) = stretch_file::read(file, text, &stretch_file::rig()) {
            panic!(
                "{}",
                unhunch::diagnostic::render_all(&problems, text, false)
            );
        }
    }
    let whole = stretches.last().unwrap();
    let parts = blocks(&guide, "toml part");
    assert!(parts.len() >= 2);
    for part in parts {
        let lines = part
            .lines()
            .map(|line| line.split('#').next().unwrap().trim_end());
        for line in lines {
            assert!(whole.contains(line), "{line} is not in the whole");
        }
    }
}

#[test]
fn the_day_in_the_readme_goes_as_it_says() {
    let readme = read("README.md");
    let (day, told) = (blocks(&readme, "day")[0], blocks(&readme, "text")[0]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("call.day");
    fs::write(&file, day).unwrap();

    let program = Path::new(env!("CARGO_BIN_EXE_unhunch"));
    let output = Command::new(program)
        .arg("simulate")
        .arg(&file)
        .output()
        .unwrap();

    assert_eq!(String::from_utf8_lossy(&output.stdout), told);
}

#[test]
fn commands_in_the_papers_exist() {
    let program = cli::command();
    for paper in PAPERS {
        let text = read(paper);
        let in_shells = blocks(&text, "sh").into_iter().flat_map(str::lines);
        for command in quoted(&text).chain(in_shells) {
            let mut words = command.split_whitespace();
            let (Some("unhunch"), Some(name)) = (words.next(), words.next()) else {
                continue;
            };
            let found = program.find_subcommand(name.trim_end_matches(','));
            assert!(found.is_some(), "{paper} speaks of `{command}`");
        }
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = read("README.md");
    let words: Vec<&str> = quoted(&readme).flat_map(str::split_whitespace).collect();
    for command in cli::command()
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        assert!(
            words.contains(&command.get_name()),
            "`{}` is missing",
            command.get_name()
        );
    }
}

#[test]
fn places_that_the_papers_name_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tops = ["assets/", "config/", "docs/", "script/", "src/", "tests/"];
    for paper in PAPERS {
        for place in quoted(&read(paper)) {
            if tops.iter().any(|top| place.starts_with(top)) {
                assert!(root.join(place).exists(), "{paper} speaks of {place}");
            }
        }
    }
}

#[test]
fn links_in_the_papers_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for paper in PAPERS {
        let text = read(paper);
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            assert!(root.join(target).exists(), "{paper} points to {target}");
        }
    }
}
