//! The log: how much is in it, for whom, and the story of the day.

use std::{
    fs::{self, File},
    os::unix::fs::MetadataExt as _,
    path::PathBuf,
    process::{Child, Command},
};

use serde_json::Value;
use unhunch::ipc::BUS_NAME;

use crate::{
    schema,
    support::{Desktop, wait_until},
};

/// Nothing comes by itself.
const QUIET: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"

[[reminder]]
id = "upper-back"
every = "4h"
"#;

/// A daemon whose standard error goes into a file.
struct Logged<'a> {
    desktop: &'a Desktop,
    child: Child,
    file: PathBuf,
}

impl<'a> Logged<'a> {
    /// Told or not told that the file is the journal's.
    fn start(desktop: &'a Desktop, settings: &str, as_the_journal: bool) -> Self {
        fs::write(desktop.config_file(), settings).unwrap();
        let file = desktop.folder().join("log");
        let log = File::create(&file).unwrap();
        let made = log.metadata().unwrap();
        let mut command = desktop.unhunch();
        command.arg("run").env_remove("RUST_LOG").stderr(log);
        if as_the_journal {
            command.env("JOURNAL_STREAM", format!("{}:{}", made.dev(), made.ino()));
        }
        let child = command.spawn().unwrap();
        desktop.bus().wait_for_owner(BUS_NAME);
        let logged = Self {
            desktop,
            child,
            file,
        };
        wait_until("the daemon to answer", || {
            let asked = logged.unhunch(&["status"]).output().unwrap();
            asked.status.success().then_some(())
        });
        logged
    }

    fn unhunch(&self, arguments: &[&str]) -> Command {
        let mut command = self.desktop.unhunch();
        command.args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = self.unhunch(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.file).unwrap()
    }

    /// Waits until this is in the log.
    fn says(&self, words: &str) {
        wait_until(&format!("“{words}” in the log"), || {
            self.text().contains(words).then_some(())
        });
    }

    /// A break that begins and is ended at once.
    fn a_break(&self) {
        self.run(&["now"]);
        wait_until("the break to be under way", || {
            self.run(&["status", "--json"])
                .contains("on_break")
                .then_some(())
        });
        self.desktop
            .display()
            .wait_for_window("org.unhunch.Unhunch");
        self.desktop.display().press("Escape");
        wait_until("the break to be over", || {
            (!self.run(&["status", "--json"]).contains("on_break")).then_some(())
        });
    }
}

impl Drop for Logged<'_> {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn while_nothing_happens_nothing_is_written() {
    let desktop = Desktop::without_notifications();
    let daemon = Logged::start(&desktop, QUIET, false);
    // Whatever the start has to say has been said when the last of its calls is answered.
    wait_until("the notification service to be looked for", || {
        daemon
            .run(&["status", "--json"])
            .contains("\"gone\"")
            .then_some(())
    });
    let before = daemon.text();
    for _ in 0..50 {
        daemon.run(&["status"]);
    }
    assert_eq!(daemon.text(), before);
}

#[test]
fn the_settings_say_how_much_is_written_and_at_once() {
    let desktop = Desktop::without_notifications();
    let daemon = Logged::start(&desktop, QUIET, false);
    daemon.run(&["pause", "1h"]);
    daemon.says("paused");

    daemon.run(&["config", "set", "log.level", "error"]);
    daemon.says("settings changed: log.level");
    let before = daemon.text();
    daemon.run(&["resume"]);
    daemon.run(&["pause", "1h"]);
    assert_eq!(daemon.text(), before);

    daemon.run(&["config", "set", "log.level", "debug"]);
    daemon.run(&["reload"]);
    daemon.run(&["resume"]);
    daemon.says("resumed");
}

#[test]
fn in_the_journal_each_line_has_its_priority() {
    let desktop = Desktop::without_notifications();
    let mistaken = QUIET.replace("[schedule]", "[schedule]\nsnoze = 3");
    let daemon = Logged::start(&desktop, &mistaken, true);
    daemon.run(&["pause", "1h"]);
    daemon.says("<6>paused");
    daemon.says("<4>");
    for line in daemon.text().lines() {
        assert!(line.starts_with('<'), "{line}");
    }
}

#[test]
fn the_story_of_the_day_is_told_with_and_without_the_program() {
    let desktop = Desktop::without_notifications();
    let mut daemon = Logged::start(&desktop, QUIET, false);
    assert!(daemon.run(&["log"]).contains("Nothing happened"));
    daemon.a_break();

    let told = daemon.run(&["log"]);
    assert!(told.contains("upper-back  its window opened"), "{told}");
    assert!(told.contains("upper-back  closed early"), "{told}");
    let events = |json: &str| -> Vec<String> {
        let log: Value = serde_json::from_str(json).unwrap();
        schema::check(&log, "log.json").unwrap_or_else(|why| panic!("{why}\n{log}"));
        let events = log["events"].as_array().unwrap().iter();
        events
            .map(|event| event["event"].as_str().unwrap().to_owned())
            .collect()
    };
    let now = events(&daemon.run(&["log", "--json"]));
    assert!(now.contains(&"opened".to_owned()), "{now:?}");

    daemon.run(&["quit"]);
    wait_until("the daemon to end", || daemon.child.try_wait().unwrap());
    assert_eq!(daemon.run(&["log"]), told);
}
