//! The window of the history on a real display, with a real file, by keyboard.

use std::{fs, process::Child};

use chrono::TimeDelta;
use unhunch::{core::schedule::effect::Outcome, desktop::clock, store};

use super::credit;
use crate::support::{Desktop, Node, ScreenReader, installed, role, wait_until};

const CLASS: &str = "org.unhunch.Unhunch";

/// Ends with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn breaks(desktop: &Desktop) -> u32 {
    store::count(&desktop.folder().join("data/history.db"), None, None).unwrap()
}

#[test]
fn a_file_is_taken_in_and_given_back_on_a_real_display() {
    let desktop = Desktop::start();
    let reader = ScreenReader::start(&desktop);
    let data = desktop.folder().join("data");
    let rows: Vec<_> = (0..40)
        .map(|n| unhunch::core::schedule::Credit {
            ended: clock::utc() - TimeDelta::hours(5 * n),
            ..credit("2026-03-02T10:00", Outcome::Completed, "chin_tuck", 60)
        })
        .collect();
    store::put_back(&data.join("history.db"), &rows[..30]).unwrap();
    let mut text = Vec::new();
    unhunch::history_file::as_csv(&mut text, &rows).unwrap();
    let file = desktop.folder().join("home/b.csv");
    fs::write(&file, text).unwrap();

    let _window = Process(
        desktop
            .command(installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .args(["history", "--window"])
            .env("UNHUNCH_DATA_DIR", &data)
            .spawn()
            .unwrap(),
    );
    let display = desktop.display();
    let window = display.wait_for_window(CLASS);
    display.wait_for_focus(window.id);
    let focused = |name: &str| {
        wait_until(&format!("the focus on {name}"), || {
            let tree = reader.tree().into_iter();
            let here = tree.filter(Node::is_focused).any(|node| node.name == name);
            here.then_some(())
        });
    };
    for name in ["This week", "12 weeks", "Year", "Save and delete"] {
        display.press("Tab");
        focused(name);
    }
    display.press("Return");
    focused("Save as a table (CSV)");
    for name in [
        "Save for programs (JSON)",
        "Save the month as a picture",
        "Take in a file…",
    ] {
        display.press("Down");
        focused(name);
    }
    display.press("Return");
    focused("File to take in");
    display.type_text("~/b.csv");
    display.press("Return");
    wait_until("the file is taken in", || {
        (breaks(&desktop) == 40).then_some(())
    });
    wait_until("what was taken in to be said", || {
        let said = "10 breaks taken in; 30 were there already";
        (reader.tree().iter())
            .any(|node| node.name == said)
            .then_some(())
    });
    display.picture("history-taken-in").unwrap();
    let undo = reader.wait_for(role::BUTTON, "Undo");
    reader.press(&undo);
    wait_until("it is given back", || {
        (breaks(&desktop) == 30).then_some(())
    });
}
