//! `unhunch stretch new` and `check`, as somebody uses them who makes a stretch.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

/// A home of one's own.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn stretches(&self) -> PathBuf {
        self.0.path().join("stretches")
    }

    fn runs(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_unhunch"))
            .args(arguments)
            .env("UNHUNCH_CONFIG", self.0.path().join("config.toml"))
            .output()
            .unwrap()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn check(home: &Home, file: &Path) -> Output {
    home.runs(&["stretch", "check", file.to_str().unwrap()])
}

#[test]
fn a_new_stretch_is_written_found_fine_and_listed() {
    let home = Home::new();
    for (arguments, file, form) in [
        (vec!["Wide reach"], "wide-reach.toml", "with a figure"),
        (vec!["Door lean", "--steps"], "door-lean.toml", "in steps"),
    ] {
        let file = home.stretches().join(file);
        let made = home.runs(&[vec!["stretch", "new"], arguments].concat());
        assert!(made.status.success(), "{made:?}");
        assert!(said(&made).starts_with(file.to_str().unwrap()));
        let checked = check(&home, &file);
        assert!(checked.status.success(), "{}", said(&checked));
        assert!(said(&checked).contains("is fine"));
        assert!(said(&checked).contains(form), "{}", said(&checked));
    }
    let list = said(&home.runs(&["stretches", "--on"]));
    assert!(
        list.contains("wide_reach") && list.contains("door_lean"),
        "{list}"
    );
    let pose = home.runs(&["stretch", "pose", "wide_reach", "--at", "1"]);
    assert!(pose.status.success());
    let none = home.runs(&["stretch", "pose", "door_lean", "--at", "1"]);
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let home = Home::new();
    fs::create_dir(home.stretches()).unwrap();
    let file = home.stretches().join("mine.toml");
    fs::write(&file, "# a beginning").unwrap();

    let refused = home.runs(&["stretch", "new", "Mine"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&file).unwrap(), "# a beginning");

    for name in [
        "Chin tuck",
        "…",
        "A name that is much too long to fit on a line",
    ] {
        assert_eq!(home.runs(&["stretch", "new", name]).status.code(), Some(2));
    }
    assert_eq!(fs::read_dir(home.stretches()).unwrap().count(), 1);
}

#[test]
fn mistakes_come_with_line_and_caret_or_as_json() {
    let home = Home::new();
    home.runs(&["stretch", "new", "Mine", "--steps"]);
    let file = home.stretches().join("mine.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("seconds = 5,", "seconds = 0,")).unwrap();
    let path = file.to_str().unwrap();

    let checked = check(&home, &file);
    assert_eq!(checked.status.code(), Some(1));
    let said_of = said(&checked);
    assert!(said_of.contains("^ outside that range"), "{said_of}");
    assert!(said_of.contains("has one mistake"), "{said_of}");

    let json = home.runs(&["stretch", "check", "--json", path]);
    assert_eq!(json.status.code(), Some(1));
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let line = fs::read_to_string(&file).unwrap();
    let line = 1 + line
        .lines()
        .position(|line| line.contains("seconds = 0"))
        .unwrap();
    assert_eq!(json[0]["problems"][0]["line"], line);
    assert_eq!(json[0]["stretches"].as_array().unwrap().len(), 0);

    // Two files with the same id are one too many.
    fs::write(&file, text).unwrap();
    let twice = home.runs(&["stretch", "check", path, path]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(said(&twice).contains("was read already"));
}
