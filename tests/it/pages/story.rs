//! The page "When to hold back" on a real desktop, as a screen reader finds it.

use std::{
    fs,
    process::{Child, Stdio},
};

use crate::support::{Desktop, ScreenReader, installed, wait_until};

/// The window at a page, closed with this value.
struct Process(Child);

impl Process {
    fn start(desktop: &Desktop, page: &str) -> Self {
        let child = desktop
            .command(installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .args(["settings", page])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn wait_for(reader: &ScreenReader, words: &str) {
    wait_until(&format!("“{words}” in the window"), || {
        let tree = reader.tree();
        tree.iter().any(|node| node.name == words).then_some(())
    });
}

#[test]
fn do_not_disturb_shows_in_the_window_and_in_its_test() {
    let desktop = Desktop::start();
    let reader = ScreenReader::start(&desktop);
    let _window = Process::start(&desktop, "hold");
    wait_for(&reader, "Now: do-not-disturb is off (dunst)");

    let test = wait_until("the button for the test", || {
        let mut tree = reader.tree().into_iter();
        tree.find(|node| node.name == "Test: Do not disturb")
    });
    reader.press(&test);
    wait_until("what to do", || {
        let mut tree = reader.tree().into_iter();
        tree.any(|node| node.name.starts_with("Switch do-not-disturb on"))
            .then_some(())
    });
    desktop.dunst().pause(true);
    wait_for(&reader, "Now: do-not-disturb is on (dunst)");
    desktop.dunst().pause(false);
    wait_until("what was seen", || {
        let mut tree = reader.tree().into_iter();
        tree.any(|node| node.name.starts_with("Seen: on at ") && node.name.contains("off again"))
            .then_some(())
    });
}

#[test]
fn a_hook_that_is_tried_ends_with_the_window() {
    let desktop = Desktop::without_notifications();
    let reader = ScreenReader::start(&desktop);
    let number = desktop.folder().join("number");
    let settings = format!(
        "[[hook]]\non = \"due\"\nrun = [\"sh\", \"-c\", \"trap '' TERM; echo $$ > {}; \
         while :; do sleep 1; done\"]\ntimeout = \"1h\"\n",
        number.display()
    );
    fs::write(desktop.config_file(), settings).unwrap();
    let mut window = Process::start(&desktop, "hooks");
    let button = wait_until("the button to try it", || {
        let mut tree = reader.tree().into_iter();
        tree.find(|node| node.name == "Try it: hook 1")
    });
    reader.press(&button);
    let pid: u32 = wait_until("the program to run", || {
        fs::read_to_string(&number).ok()?.trim().parse().ok()
    });
    wait_for(&reader, "It runs, with an example of its event.");

    let shown = wait_until("the window", || {
        let windows = desktop.display().windows();
        windows
            .into_iter()
            .find(|window| window.title.contains("Unhunch"))
    });
    desktop.display().wait_for_focus(shown.id);
    desktop.display().press("Escape");
    wait_until("the window to be gone", || window.0.try_wait().unwrap());
    wait_until("the program to be gone", || {
        (!crate::support::process::runs(pid)).then_some(())
    });
}

#[test]
fn what_is_copied_reaches_other_programs() {
    let desktop = Desktop::without_notifications();
    let reader = ScreenReader::start(&desktop);
    let _window = Process::start(&desktop, "about");
    let name = "Copy: Log, by a command in a terminal";
    let button = wait_until("the button to copy", || {
        let mut tree = reader.tree().into_iter();
        tree.find(|node| node.name == name)
    });
    reader.press(&button);
    wait_for(&reader, &name.replace("Copy", "Copied"));

    let copied = wait_until("something to paste", || desktop.display().clipboard());
    assert_eq!(copied, "journalctl --user -t unhunch");
}
