//! The window with the status on a real desktop, beside a running program.

use std::{
    fs,
    process::{Child, Stdio},
};

use unhunch::ipc::BUS_NAME;

use crate::support::{Daemon, Desktop, Window, installed, wait_until};

const WINDOW: &str = "org.unhunch.Unhunch";
const TITLE: &str = "Unhunch";

const SETTINGS: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle_in = "0s"

[rotation]
stretches = ["shoulder_roll"]
"#;

/// A process of the program, ended with this value.
struct Process(Child);

impl Process {
    fn start(desktop: &Desktop, arguments: &[&str]) -> Self {
        let child = desktop
            .command(installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .args(arguments)
            .stdout(Stdio::null())
            .spawn()
            .expect("the program can be started");
        Self(child)
    }

    fn ended_well(&mut self) {
        let status = wait_until("it to end", || self.0.try_wait().unwrap());
        assert!(status.success(), "{status}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn window(desktop: &Desktop) -> Window {
    titled(desktop, TITLE)
}

fn titled(desktop: &Desktop, title: &str) -> Window {
    let window = wait_until("the window", || {
        let mut windows = desktop.display().windows().into_iter();
        windows.rfind(|window| window.visible && window.class == WINDOW && window.title == title)
    });
    desktop.display().wait_for_focus(window.id);
    window
}

/// Presses a key again until the program has come to this state: a window whose first frame is
/// still to come hears nothing.
fn press_until(desktop: &Desktop, daemon: &Daemon<'_>, key: &str, state: &str) {
    let mut pressed = false;
    wait_until(&format!("the program to be {state}"), || {
        let there = daemon.status()["state"] == state;
        if !there && !pressed {
            desktop.display().press(key);
            pressed = true;
        }
        there.then_some(())
    });
}

#[test]
fn keys_in_the_window_tell_the_running_program_what_to_do() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, SETTINGS);
    let mut status = Process::start(&desktop, &["status", "--window"]);
    window(&desktop);

    press_until(&desktop, &daemon, "p", "paused");
    daemon.wait_for("paused");
    // The window knows by now what the program does, and the same key means the opposite.
    wait_until("the pause to end", || {
        desktop.display().press("p");
        daemon.told().contains(&"resumed".to_owned()).then_some(())
    });
    desktop.display().press("Escape");
    status.ended_well();
}

#[test]
fn the_newest_window_takes_the_place_of_the_others() {
    let desktop = Desktop::start();
    let _daemon = Daemon::start(&desktop, SETTINGS);
    let mut first = Process::start(&desktop, &["status", "--window"]);
    let before = window(&desktop);
    let _second = Process::start(&desktop, &["status", "--window"]);
    first.ended_well();
    assert_ne!(window(&desktop).id, before.id);
}

#[test]
fn a_launcher_starts_the_program_and_shows_what_it_is_up_to() {
    let desktop = Desktop::start();
    fs::write(desktop.config_file(), SETTINGS).unwrap();
    let mut launched = Process::start(&desktop, &[]);
    let _background = Background(&desktop);
    desktop.bus().wait_for_owner(BUS_NAME);
    window(&desktop);

    // The window may go; the program stays, and a second launch finds it.
    desktop.display().press("Escape");
    launched.ended_well();
    let pid = daemon_pid(&desktop);
    let mut again = Process::start(&desktop, &[]);
    window(&desktop);
    assert_eq!(daemon_pid(&desktop), pid);
    desktop.display().press("Escape");
    again.ended_well();

    let quit = desktop.unhunch().arg("quit").output().unwrap();
    assert!(quit.status.success(), "{quit:?}");
    desktop.bus().wait_for_no_owner(BUS_NAME);
}

#[test]
fn the_first_launch_is_a_welcome_until_it_is_finished() {
    let desktop = Desktop::start();
    let mut first = Process::start(&desktop, &[]);
    let _background = Background(&desktop);
    titled(&desktop, "Welcome – Unhunch");
    desktop.display().press("Next");
    let progress = desktop.state_file().with_file_name("first-run.json");
    wait_until("the page to be kept", || {
        fs::read_to_string(&progress)
            .ok()
            .filter(|text| text.contains("\"page\":1"))
    });
    // Closed half-way by its frame, it is not over.
    drop(first);

    first = Process::start(&desktop, &[]);
    titled(&desktop, "Welcome – Unhunch");
    desktop.display().press("Escape");
    first.ended_well();
    assert!(!desktop.config_file().exists(), "nothing was set");

    let mut second = Process::start(&desktop, &[]);
    window(&desktop);
    desktop.display().press("Escape");
    second.ended_well();
}

#[test]
fn asking_for_the_status_starts_nothing() {
    let desktop = Desktop::start();
    let output = desktop.unhunch().arg("status").output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(!desktop.bus().has_owner(BUS_NAME));
}

/// The program in the background, which ends with this value at the latest.
struct Background<'a>(&'a Desktop);

impl Drop for Background<'_> {
    fn drop(&mut self) {
        if self.0.bus().has_owner(BUS_NAME) {
            let pid = daemon_pid(self.0).to_string();
            let mut kill = std::process::Command::new("kill");
            kill.args(["-KILL", &pid]).status().ok();
        }
    }
}

fn daemon_pid(desktop: &Desktop) -> u32 {
    let connection = desktop.bus().connect();
    let reply = zbus::block_on(connection.call_method(
        Some("org.freedesktop.DBus"),
        "/org/freedesktop/DBus",
        Some("org.freedesktop.DBus"),
        "GetConnectionUnixProcessID",
        &BUS_NAME,
    ));
    reply.unwrap().body().deserialize().unwrap()
}
