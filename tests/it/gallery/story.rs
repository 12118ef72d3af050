//! The gallery on a real desktop, beside a running program: keys in, files and breaks out.

use std::{
    fs,
    process::{Child, Stdio},
};

use crate::support::{Daemon, Desktop, Window, installed, wait_until};

const WINDOW: &str = "org.unhunch.Unhunch";
const TITLE: &str = "Stretches – Unhunch";

const SETTINGS: &str = r#"# Written by hand.
[schedule]
settle_in = "0s"
open = "on start"

[rotation]
# Two are enough.
stretches = ["shoulder_roll", "chin_tuck"]   # for now
"#;

/// The gallery, ended with this value.
struct Gallery(Child);

impl Gallery {
    fn open(desktop: &Desktop) -> (Self, Window) {
        let child = desktop
            .command(installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .args(["stretches", "--window"])
            .stdout(Stdio::null())
            .spawn()
            .expect("the program can be started");
        let gallery = Self(child);
        let window = window_titled(desktop, TITLE);
        desktop.display().wait_for_focus(window.id);
        (gallery, window)
    }
}

impl Drop for Gallery {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn window_titled(desktop: &Desktop, title: &str) -> Window {
    wait_until(&format!("a window titled “{title}”"), || {
        let mut windows = desktop.display().windows().into_iter();
        windows.rfind(|window| window.visible && window.class == WINDOW && window.title == title)
    })
}

/// Searches for a stretch and puts the focus on its card.
fn goes_to(desktop: &Desktop, name: &str) {
    let display = desktop.display();
    display.press("slash");
    display.type_text(name);
    display.press("Down");
}

#[test]
fn what_is_switched_by_keys_counts_in_the_next_break_of_the_running_program() {
    let desktop = Desktop::start();
    let daemon = Daemon::start(&desktop, SETTINGS);
    let settings = || fs::read_to_string(desktop.config_file()).unwrap();
    let (_gallery, gallery) = Gallery::open(&desktop);

    goes_to(&desktop, "eagle arms");
    desktop.display().press("space");
    for gone in ["shoulder roll", "chin tuck"] {
        goes_to(&desktop, gone);
        desktop.display().press("space");
    }

    let wanted = r#"stretches = ["eagle_arms"]   # for now"#;
    wait_until("the settings to be written", || {
        settings().contains(wanted).then_some(())
    });
    for kept in [
        "# Written by hand.",
        "# Two are enough.",
        "settle_in = \"0s\"",
    ] {
        assert!(settings().contains(kept), "{kept} in\n{}", settings());
    }
    let list = daemon.run(&["stretches", "--on", "--json"]);
    let list: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(list[0]["id"], "eagle_arms");
    assert_eq!(list.as_array().unwrap().len(), 1);
    // A change of its own is written only after the program was told of the one before.
    goes_to(&desktop, "eagle arms");
    desktop.display().press("plus");
    wait_until("the next change to be written", || {
        let written = settings().contains(r#"more_often = ["eagle_arms"]"#);
        written.then_some(())
    });
    assert!(daemon.run(&["now"]).status.success());
    assert_eq!(daemon.status()["current"]["stretches"][0], "eagle_arms");
    // The window of the break takes the keys until it is closed.
    let stretch = window_titled(&desktop, "Eagle arms – Unhunch");
    desktop.display().wait_for_focus(stretch.id);
    desktop.display().press("Escape");
    desktop.display().wait_for_focus(gallery.id);

    for _ in 0..4 {
        desktop.display().press("ctrl+z");
    }
    let names = r#"stretches = ["shoulder_roll", "chin_tuck"]"#;
    wait_until("everything to be undone", || {
        settings().contains(names).then_some(())
    });
}

#[test]
fn without_a_running_program_a_stretch_can_be_tried_in_a_window_that_does_not_count() {
    let desktop = Desktop::start();
    fs::write(desktop.config_file(), SETTINGS).unwrap();
    let (_gallery, window) = Gallery::open(&desktop);

    goes_to(&desktop, "eagle arms");
    desktop.display().press("Return");
    let page = window_titled(&desktop, "Eagle arms – Stretches – Unhunch");
    assert_eq!(page.id, window.id);
    desktop.display().press("t");

    let trial = window_titled(&desktop, "Eagle arms – Unhunch");
    assert_ne!(trial.id, window.id);
    let mut history = desktop.unhunch();
    let history = history.args(["history", "--format", "json"]).output();
    let history = history.unwrap();
    let history: serde_json::Value = serde_json::from_slice(&history.stdout).unwrap();
    assert_eq!(history, serde_json::json!([]));
}

#[test]
fn what_an_editor_writes_shows_up_and_the_size_of_the_window_is_kept() {
    let desktop = Desktop::start();
    fs::write(desktop.config_file(), SETTINGS).unwrap();
    let (mut gallery, window) = Gallery::open(&desktop);

    // Somebody takes out one of the two in an editor; then the other cannot be switched off.
    fs::write(
        desktop.config_file(),
        SETTINGS.replace("\"shoulder_roll\", ", ""),
    )
    .unwrap();
    let one_left = fs::read_to_string(desktop.config_file()).unwrap();
    goes_to(&desktop, "chin tuck");
    desktop.display().press("space");
    goes_to(&desktop, "sphinx");
    desktop.display().press("space");
    wait_until("only the second change to be written", || {
        let settings = fs::read_to_string(desktop.config_file()).unwrap();
        (settings == one_left.replace("\"chin_tuck\"", "\"chin_tuck\", \"sphinx\"")).then_some(())
    });

    let size = (window.width - 100, window.height - 60);
    desktop.display().resize(&window, size.0, size.1);
    desktop.display().press("ctrl+w");
    assert!(gallery.0.wait().unwrap().success());
    let (_again, window) = Gallery::open(&desktop);
    assert_eq!((window.width, window.height), size);
}
