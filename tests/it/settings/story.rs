//! The window on a real desktop, beside a running program: keys in, settings out.

use std::{
    fs,
    process::{Child, Stdio},
};

use crate::support::{Daemon, Desktop, Node, ScreenReader, Window, installed, role, wait_until};

const WINDOW: &str = "org.unhunch.Unhunch";

const SETTINGS: &str = r#"# Written by hand.
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"

[sound]
on = true # softly
"#;

/// The window, ended with this value.
struct Process(Child);

impl Process {
    fn open(desktop: &Desktop, page: &str) -> Self {
        let child = desktop
            .command(installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .args(["settings", page])
            .stdout(Stdio::null())
            .spawn()
            .expect("the program can be started");
        Self(child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn titled(desktop: &Desktop, title: &str) -> Window {
    let window = wait_until(&format!("a window titled “{title}”"), || {
        let mut windows = desktop.display().windows().into_iter();
        windows.rfind(|window| window.visible && window.class == WINDOW && window.title == title)
    });
    desktop.display().wait_for_focus(window.id);
    window
}

/// What has the focus.
fn focused(reader: &ScreenReader) -> Option<String> {
    let tree = reader.tree();
    let node = tree.into_iter().rev().find(Node::is_focused);
    node.map(|node| node.name)
}

/// Presses Tab until this has the focus; each time only once the focus has moved.
fn tab_to(desktop: &Desktop, reader: &ScreenReader, name: &str) {
    let focused = || focused(reader);
    let mut here = focused();
    while here.as_deref() != Some(name) {
        desktop.display().press("Tab");
        here = wait_until(&format!("the focus to move on from {here:?}"), || {
            Some(focused()).filter(|now| *now != here)
        });
    }
}

fn settings(desktop: &Desktop) -> String {
    fs::read_to_string(desktop.config_file()).unwrap()
}

#[test]
fn a_screen_reader_finds_a_switch_and_presses_it() {
    let desktop = Desktop::start();
    let reader = ScreenReader::start(&desktop);
    let _daemon = Daemon::start(&desktop, SETTINGS);
    let _window = Process::open(&desktop, "look");
    titled(&desktop, "Look & sound – Unhunch settings");
    let switch = reader.wait_for(role::TOGGLE_BUTTON, "Soft sounds");
    reader.press(&switch);
    let wanted = SETTINGS.replace("on = true", "on = false");
    wait_until("the settings to be written", || {
        (settings(&desktop) == wanted).then_some(())
    });
}

#[test]
fn what_is_found_typed_and_undone_by_keys_stands_in_the_file() {
    let desktop = Desktop::start();
    let reader = ScreenReader::start(&desktop);
    fs::create_dir_all(desktop.config_file().parent().unwrap()).unwrap();
    fs::write(desktop.config_file(), SETTINGS).unwrap();
    let _window = Process::open(&desktop, "schedule");
    titled(&desktop, "Schedule – Unhunch settings");
    let display = desktop.display();
    reader.wait_for(role::HEADING, "Schedule");
    display.press("slash");
    wait_until("the focus in the field to search in", || {
        (focused(&reader)? == "Search all settings").then_some(())
    });
    display.type_text("answer");
    reader.wait_for(role::HEADING, "One setting");
    tab_to(&desktop, &reader, "Wait for an answer");
    display.press("ctrl+a");
    display.type_text("45s");
    display.press("Return");
    let wanted = SETTINGS.replace(
        "lull = \"0s\"\n",
        "lull = \"0s\"\nanswer_within = \"45s\"\n",
    );
    wait_until("the settings to be written", || {
        (settings(&desktop) == wanted).then_some(())
    });
    display.press("ctrl+z");
    wait_until("it to be undone", || {
        (settings(&desktop) == SETTINGS).then_some(())
    });
    let theirs = SETTINGS.replace("softly", "by somebody else");
    fs::write(desktop.config_file(), &theirs).unwrap();
    display.press("ctrl+z");
    display.press("ctrl+w");
    desktop.display().wait_for_no_window(WINDOW);
    assert_eq!(settings(&desktop), theirs);
}

#[test]
fn what_is_set_in_the_window_counts_in_the_running_program_at_once() {
    let desktop = Desktop::start();
    let reader = ScreenReader::start(&desktop);
    let daemon = Daemon::start(&desktop, SETTINGS);
    let due_after = |seconds: f64| {
        wait_until(
            &format!("a break to be due after {seconds} s of work"),
            || {
                let status = daemon.status();
                let reminder = &status["reminders"]["upper-back"];
                let whole = reminder["work_s"].as_f64()? + reminder["due_in_s"].as_f64()?;
                (whole.round() == seconds).then_some(())
            },
        );
    };
    due_after(3600.0);
    let _window = Process::open(&desktop, "schedule");
    titled(&desktop, "Schedule – Unhunch settings");
    reader.press(&reader.wait_for(role::BUTTON, "Less: Every"));
    due_after(3300.0);
    desktop.display().press("ctrl+z");
    due_after(3600.0);
    assert_eq!(settings(&desktop), SETTINGS);
}
