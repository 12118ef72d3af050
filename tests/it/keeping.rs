//! A history that is kept as long as the user says, by the real daemon.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use unhunch::{
    core::{schedule::Credit, schedule::effect::Outcome, stretch::StretchId},
    store::{count, put_back},
};

use crate::support::{Desktop, installed, wait_until};

const SETTINGS: &str = "[schedule]\nidle_grace = \"30min\"\nday_starts = \"00:00\"\n";

fn now() -> DateTime<Utc> {
    unhunch::desktop::clock::now().utc
}

/// A break at noon, so many days ago.
fn break_of(days: i64) -> Credit {
    let noon = now().date_naive().and_hms_opt(12, 0, 0).unwrap().and_utc();
    let ended = noon - TimeDelta::days(days);
    Credit {
        reminder: "upper-back".to_owned(),
        stretches: vec![StretchId("chin_tuck".to_owned())],
        due: Some(ended),
        announced: Some(ended),
        started: Some(ended - TimeDelta::seconds(60)),
        ended,
        outcome: Outcome::Completed,
        stretched: Duration::from_secs(60),
        snoozes: 0,
    }
}

fn history_file(desktop: &Desktop) -> PathBuf {
    desktop
        .folder()
        .join("home/.local/share/unhunch/history.db")
}

fn kept(file: &Path) -> u32 {
    count(file, None, None).unwrap()
}

/// The program as it runs, with its log.
struct Running<'a> {
    desktop: &'a Desktop,
    child: Child,
}

impl<'a> Running<'a> {
    fn start(desktop: &'a Desktop, settings: &str) -> Self {
        fs::write(desktop.config_file(), format!("{SETTINGS}\n{settings}")).unwrap();
        let log = File::create(desktop.folder().join("log")).unwrap();
        let child = desktop
            .command(installed("setpriv"))
            .env("TZ", "UTC")
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .arg("run")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        Self { desktop, child }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.desktop.unhunch();
        command.args(arguments);
        command
    }

    fn log(&self) -> String {
        let log = fs::read(self.desktop.folder().join("log")).unwrap();
        String::from_utf8_lossy(&log).into_owned()
    }

    fn wait_for_log(&self, part: &str) {
        wait_until(part, || self.log().contains(part).then_some(()));
    }

    /// Ends it, as the end of a session does.
    fn end(mut self) -> String {
        wait_until("the daemon to end", || {
            self.command(&["quit"]).output().unwrap();
            self.child.try_wait().unwrap()
        });
        self.log()
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn what_is_older_than_the_user_wants_is_gone_after_the_start() {
    let desktop = Desktop::without_notifications();
    let file = history_file(&desktop);
    let credits: Vec<Credit> = (0..1200).map(break_of).collect();
    put_back(&file, &credits).unwrap();
    let daemon = Running::start(&desktop, "[history]\nkeep = \"90 days\"\n");
    // Today and 90 days before it, in whole days.
    daemon.wait_for_log("deleted from the history: 1109 (keep: 90 days)");
    assert_eq!(kept(&file), 91);
    let before = now() - TimeDelta::days(92);
    assert_eq!(count(&file, None, Some(before)).unwrap(), 0);
    let bytes = fs::read(&file).unwrap();
    let log = daemon.end();
    assert!(!log.contains("WARN"), "{log}");
    assert_eq!(kept(&file), 91);
    assert!(!bytes.is_empty());
}

#[test]
fn a_clock_that_is_years_ahead_costs_nothing() {
    let desktop = Desktop::without_notifications();
    let file = history_file(&desktop);
    // What was written by the right clock is years old by this one.
    let credits: Vec<Credit> = (0..300).map(|day| break_of(2000 + day)).collect();
    put_back(&file, &credits).unwrap();
    for _ in 0..2 {
        let daemon = Running::start(&desktop, "[history]\nkeep = \"7 days\"\n");
        daemon.wait_for_log("stay in the history for now: 300");
        daemon.end();
        assert_eq!(kept(&file), 300);
        // And a break by the wrong clock.
        put_back(&file, &[break_of(0)]).unwrap();
        put_back(&file, &[break_of(0)]).unwrap();
        let daemon = Running::start(&desktop, "[history]\nkeep = \"7 days\"\n");
        daemon.wait_for_log("stay in the history for now: 300");
        daemon.end();
        unhunch::store::forget(&file, Some(now() - TimeDelta::days(5)), None).unwrap();
    }
}

#[test]
fn without_a_word_everything_is_kept() {
    let desktop = Desktop::without_notifications();
    let file = history_file(&desktop);
    let credits: Vec<Credit> = (0..40).map(|it| break_of(365 * it)).collect();
    put_back(&file, &credits).unwrap();
    let daemon = Running::start(&desktop, "");
    wait_until("the daemon to answer", || {
        let asked = daemon.command(&["status"]).output().unwrap();
        asked.status.success().then_some(())
    });
    let log = daemon.end();
    assert!(!log.contains("the history"), "{log}");
    assert_eq!(kept(&file), 40);
}
