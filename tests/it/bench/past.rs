//! The window of the history, with ten years of breaks and with none.

use std::{path::Path, process::Command, time::Duration};

use rusqlite::Connection;
use serde_json::Value;
use unhunch::desktop::clock;

use super::sheet::Sheet;
use crate::{store, support::Desktop};

/// From a click to its frame, what is read for it included, in milliseconds.
const VIEW: f64 = 50.0;
/// So much later than an empty window one with ten years may show its first frame, in milliseconds.
const OPENED: f64 = 100.0;

#[test]
#[ignore = "needs a quiet machine: script/bench"]
fn history() {
    let mut sheet = Sheet::default();
    figures(&mut sheet);
    sheet.print();
}

/// Adds the figures. What a graphics card does with a frame is not part of them: it is the same
/// for any history.
pub fn figures(sheet: &mut Sheet) {
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    let empty = measured(home.path());
    let file = home.path().join("history.db");
    let end = store::ten_years(&file);
    // Up to now: the window shows no days that are yet to come.
    let connection = Connection::open(&file).expect("it was just made");
    let later = end.timestamp() - clock::utc().timestamp();
    let moved = connection.execute(
        "UPDATE breaks SET due = due - ?1, announced = announced - ?1, \
         started = started - ?1, ended = ended - ?1",
        [later],
    );
    assert_eq!(moved.expect("it may be written"), 30_000);
    drop(connection);
    let full = measured(home.path());

    let median = |times: &Value| {
        let mut times = times_of(times);
        times.sort_unstable();
        super::sheet::milliseconds(&times, 0.5)
    };
    let opened = median(&full["open"]) - median(&empty["open"]);
    let name = "history of ten years, opened later than empty";
    sheet.add(name, opened, "ms", Some(OPENED));
    for view in ["week", "weeks", "year", "day", "back in time", "scrolling"] {
        let name = format!("history of ten years, {view}");
        sheet.add_times(&name, times_of(&full[view]), VIEW);
    }
    let reads = full["reads while scrolling"].as_f64().expect("a number");
    sheet.add("history, reads while scrolling", reads, "", Some(0.0));
}

/// What the program says about its own window, with the history in this folder.
fn measured(home: &Path) -> Value {
    let output = Command::new(Desktop::program())
        .arg("__history-times")
        .env("UNHUNCH_DATA_DIR", home)
        .env("UNHUNCH_STATE_DIR", home)
        .env("UNHUNCH_CONFIG", "/dev/null")
        .output()
        .expect("the program can be started");
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("an object")
}

fn times_of(times: &Value) -> Vec<Duration> {
    let times = times.as_array().expect("times").iter();
    let times = times.map(|time| time.as_f64().expect("a time") / 1000.0);
    times.map(Duration::from_secs_f64).collect()
}
