//! A day that the running program wrote down, run again by `unhunch simulate`.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use crate::support::{Daemon, Desktop};

const SETTINGS: &str = r#"
[log]
day = true

[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle = "1s"
settle_in = "0s"
open = "on start"

[[reminder]]
id = "upper-back"
every = "10s"
message = "Nobody else should read this"
length = "20s"
"#;

/// The files that `unhunch day` names.
fn days(desktop: &Desktop) -> Vec<PathBuf> {
    let output = desktop.unhunch().arg("day").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(PathBuf::from).collect()
}

#[test]
fn what_really_happened_happens_again_also_when_the_program_was_killed_in_between() {
    let desktop = Desktop::start();
    desktop.dunst().pause(true);
    let mut daemon = Daemon::start(&desktop, SETTINGS);
    daemon.wait_for("held");
    desktop.dunst().pause(false);
    daemon.wait_for("announced");
    desktop.dunst().wait_for_displayed(1);
    desktop.dunst().press("skip");
    daemon.wait_for("skipped");
    let why: Value = serde_json::from_slice(&daemon.run(&["why", "--json"]).stdout).unwrap();
    daemon.wait_for("announced");
    assert!(daemon.run(&["snooze", "10s"]).status.success());
    daemon.wait_for("snoozed");
    // Once this is answered, everything before it has been written.
    daemon.status();
    let mut told = daemon.told();
    daemon.kill();

    let mut daemon = Daemon::again(&desktop);
    assert_eq!(daemon.wait_for("announced")["snoozes"], 1);
    assert!(daemon.run(&["skip"]).status.success());
    daemon.wait_for("skipped");
    assert!(daemon.run(&["pause"]).status.success());
    daemon.wait_for("paused");
    daemon.status();
    told.extend(daemon.told());
    drop(daemon);

    let files = days(&desktop);
    let [file] = files.as_slice() else {
        panic!("one day: {files:?}");
    };
    let mode = |file: &PathBuf| file.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(file), 0o600);
    let text = fs::read_to_string(file).unwrap();
    assert!(!text.contains("Nobody else"), "{text}");
    let replay = desktop
        .unhunch()
        .arg("simulate")
        .arg(file)
        .arg("--json")
        .output()
        .unwrap();
    assert!(replay.status.success(), "{replay:?}\n{text}");
    let replay: Vec<Value> = (String::from_utf8(replay.stdout).unwrap().lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: Vec<_> = replay
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    assert_eq!(names, told, "{text}");
    // What the desktop or the user did has its very second; a machine that was busy may only have
    // been late with the rest.
    let chapters = why["breaks"][0]["chapters"].as_array().unwrap();
    for event in ["released", "skipped"] {
        let in_story = chapters
            .iter()
            .find(|chapter| chapter["event"] == event)
            .unwrap();
        let replayed = replay.iter().find(|line| line["event"] == event).unwrap();
        let time = |value: &Value| -> DateTime<FixedOffset> {
            value["at"].as_str().unwrap().parse().unwrap()
        };
        assert_eq!(time(replayed), time(in_story), "{event}: {text}");
    }
}

#[test]
fn nothing_is_written_down_unless_the_user_wants_it() {
    let desktop = Desktop::start();
    let quiet = SETTINGS.replace("day = true", "day = false");
    let mut daemon = Daemon::start(&desktop, &quiet);
    daemon.wait_for("announced");
    daemon.status();
    assert_eq!(days(&desktop), Vec::<PathBuf>::new());
}
