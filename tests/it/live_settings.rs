//! Settings that change while the program runs, by the hands of an editor.

use std::{fs, os::unix::fs::symlink, path::Path};

use serde_json::Value;

use crate::support::{Daemon, Desktop, wait_until};

const HOUR: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"

[[reminder]]
id = "upper-back"
every = "60min"

[[reminder]]
id = "eyes"
every = "20min"
message = "Look out of the window"
length = "20s"
"#;

/// Saves as editors do that write another file first.
fn save(file: &Path, text: &str) {
    let other = file.with_extension("toml.new");
    fs::write(&other, text).unwrap();
    fs::rename(&other, file).unwrap();
}

fn reminder(status: &Value, id: &str, key: &str) -> f64 {
    status["reminders"][id][key].as_f64().unwrap()
}

/// The seconds after which this reminder is due: worked and to go.
fn every(daemon: &Daemon<'_>, id: &str) -> f64 {
    let status = daemon.status();
    (reminder(&status, id, "work_s") + reminder(&status, id, "due_in_s")).round()
}

fn wait_for_every(daemon: &Daemon<'_>, id: &str, seconds: f64) {
    wait_until(&format!("{id} to come every {seconds} s"), || {
        (every(daemon, id) == seconds).then_some(())
    });
}

#[test]
fn an_edit_counts_at_once_and_moves_nothing_else() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let worked = wait_until("some work", || {
        let worked = reminder(&daemon.status(), "eyes", "work_s");
        (worked > 0.5).then_some(worked)
    });

    save(
        &desktop.config_file(),
        &HOUR.replace("every = \"60min\"", "every = \"45min\""),
    );

    wait_for_every(&daemon, "upper-back", 2700.0);
    assert_eq!(every(&daemon, "eyes"), 1200.0);
    for id in ["eyes", "upper-back"] {
        let still = reminder(&daemon.status(), id, "work_s");
        assert!(still >= worked, "{id}: {still} s of {worked} s");
    }
    // Taken away as a whole, it means what no file means.
    fs::remove_file(desktop.config_file()).unwrap();
    wait_for_every(&daemon, "upper-back", 3600.0);
    assert_eq!(daemon.status()["reminders"]["eyes"], Value::Null);
}

#[test]
fn a_bad_edit_keeps_the_settings_from_before_and_is_shown_once() {
    let desktop = Desktop::start();
    let daemon = Daemon::start(&desktop, HOUR);
    let bad = HOUR.replace("every = \"60min\"", "evry = \"45min\"");
    save(&desktop.config_file(), &bad);

    desktop.dunst().wait_for("stay in use");
    let problems = daemon.status()["problems"].to_string();
    assert!(
        problems.contains("line 8") && problems.contains("evry"),
        "{problems}"
    );
    assert_eq!(every(&daemon, "upper-back"), 3600.0);

    // Read again in every way there is, the same mistake is no news.
    let hup = std::process::Command::new("kill")
        .args(["-HUP", &daemon.pid().to_string()])
        .status();
    assert!(hup.unwrap().success());
    assert!(daemon.run(&["reload"]).status.success());
    save(&desktop.config_file(), &bad);
    save(
        &desktop.config_file(),
        &HOUR.replace("every = \"60min\"", "every = \"45min\""),
    );
    wait_for_every(&daemon, "upper-back", 2700.0);
    assert_eq!(daemon.status()["problems"], serde_json::json!([]));
    assert_eq!(desktop.dunst().displayed(), 1);
}

#[test]
fn settings_linked_from_elsewhere_are_followed_there() {
    let desktop = Desktop::without_notifications();
    let config = desktop.config_file();
    let dotfiles = desktop.folder().join("dotfiles");
    fs::create_dir(&dotfiles).unwrap();
    fs::write(dotfiles.join("unhunch.toml"), HOUR).unwrap();
    symlink(dotfiles.join("unhunch.toml"), &config).unwrap();
    let daemon = Daemon::again(&desktop);
    assert_eq!(every(&daemon, "upper-back"), 3600.0);

    save(
        &dotfiles.join("unhunch.toml"),
        &HOUR.replace("every = \"60min\"", "every = \"45min\""),
    );
    wait_for_every(&daemon, "upper-back", 2700.0);
    assert!(config.is_symlink());
}

#[test]
fn stretches_of_ones_own_are_noticed_as_they_come_and_go() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let folder = desktop.config_file().with_file_name("stretches");

    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("mine.toml"), "nam = \"Mine\"").unwrap();
    wait_until("the mistake in it to be told", || {
        let problems = daemon.status()["problems"].to_string();
        problems.contains("mine.toml").then_some(())
    });
    fs::remove_file(folder.join("mine.toml")).unwrap();
    wait_until("the mistake to be gone", || {
        (daemon.status()["problems"] == serde_json::json!([])).then_some(())
    });
}
