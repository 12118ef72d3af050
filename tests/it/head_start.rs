//! The process of a window that waits while its break is announced: nobody sees it, it goes with
//! the announcement, and the window comes from it.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Instant,
};

use unhunch::window::wire::{FromWindow, Look, Monitor, Open, Place, Size, ToWindow, VERSION};

use crate::support::{Daemon, Desktop, Watcher, Window, wait_until};

/// The class of the stretch window.
const WINDOW: &str = "org.unhunch.Unhunch";

/// A break after ten seconds of work, and nothing opens by itself.
const ON_START: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle = "1s"
settle_in = "0s"
open = "on start"
snooze = ["10min"]

[[reminder]]
id = "upper-back"
every = "10s"
length = "short"
"#;

/// Waits until a process waits with everything loaded, and returns its id.
fn waits(desktop: &Desktop, daemon: &mut Daemon<'_>) -> u32 {
    daemon.wait_for("announced");
    wait_until("the announcement to be on the screen", || {
        (desktop.dunst().displayed() > 0).then_some(())
    });
    let pid = wait_until("a window to be started ahead", || daemon.window_pid());
    wait_until_ready(desktop, pid);
    pid
}

/// Until the driver is there, and the window that nobody has seen is gone.
fn wait_until_ready(desktop: &Desktop, pid: u32) {
    wait_until("the graphics driver to be loaded", || {
        maps(pid).contains("_dri.so").then_some(())
    });
    wait_until("it to wait without any window", || {
        let windows = desktop.display().windows();
        let own = windows.iter().filter(|window| window.pid == Some(pid));
        let own: Vec<&Window> = own.collect();
        assert!(own.iter().all(|window| !window.visible), "{own:?}");
        (own.is_empty() && blocked(pid)).then_some(())
    });
}

fn maps(pid: u32) -> String {
    fs::read_to_string(format!("/proc/{pid}/maps")).unwrap_or_default()
}

/// Whether its first thread waits for another one, as it does for the daemon's next line.
fn blocked(pid: u32) -> bool {
    let waits_in = fs::read_to_string(format!("/proc/{pid}/wchan"));
    waits_in.is_ok_and(|place| place.starts_with("futex"))
}

fn wait_until_gone(pid: u32) {
    wait_until("the process to be gone", || {
        (!fs::exists(format!("/proc/{pid}")).unwrap()).then_some(())
    });
}

#[expect(clippy::disallowed_methods, reason = "to tell before from after")]
fn now() -> Instant {
    Instant::now()
}

#[test]
fn what_waits_is_seen_by_nobody_and_shows_itself_when_the_answer_is_start() {
    let desktop = Desktop::start();
    let watcher = Watcher::start(desktop.display());
    let begun = now();
    let mut daemon = Daemon::start(&desktop, ON_START);
    let pid = waits(&desktop, &mut daemon);

    let answered = now();
    desktop.dunst().press("start");
    let shown = watcher.wait_for_mapped(WINDOW, begun);
    assert!(shown >= answered, "a window was seen before the answer");
    let window = desktop.display().wait_for_window(WINDOW);
    assert_eq!(window.pid, Some(pid));
    desktop.display().wait_for_focus(window.id);
    daemon.wait_for("started");
    desktop.display().press("k");
    daemon.wait_for("skipped");
    wait_until_gone(pid);
}

#[test]
fn it_goes_with_the_announcement() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);
    let pid = waits(&desktop, &mut daemon);
    desktop.dunst().press("skip");
    daemon.wait_for("skipped");
    wait_until_gone(pid);

    let pid = waits(&desktop, &mut daemon);
    let paused = daemon.run(&["pause", "1h"]);
    assert!(paused.status.success(), "{paused:?}");
    daemon.wait_for("withdrawn");
    wait_until_gone(pid);
    let resumed = daemon.run(&["resume"]);
    assert!(resumed.status.success(), "{resumed:?}");

    let pid = waits(&desktop, &mut daemon);
    desktop.dunst().press("snooze");
    daemon.wait_for("snoozed");
    wait_until_gone(pid);
}

#[test]
fn it_goes_with_the_daemon_however_that_ends() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);
    let pid = waits(&desktop, &mut daemon);
    daemon.kill();
    wait_until_gone(pid);

    let mut daemon = Daemon::again(&desktop);
    let pid = waits(&desktop, &mut daemon);
    let quit = daemon.run(&["quit"]);
    assert!(quit.status.success(), "{quit:?}");
    wait_until_gone(pid);
}

#[test]
fn should_it_die_the_break_has_its_window_all_the_same() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);
    let pid = waits(&desktop, &mut daemon);
    let killed = Command::new("kill")
        .args(["-KILL", &pid.to_string()])
        .status();
    assert!(killed.unwrap().success());
    wait_until_gone(pid);

    desktop.dunst().press("start");
    let window = desktop.display().wait_for_window(WINDOW);
    desktop.display().wait_for_focus(window.id);
    assert_ne!(window.pid, Some(pid));
    daemon.wait_for("started");
}

#[test]
fn a_window_that_opens_by_itself_comes_from_it_and_takes_no_focus() {
    let desktop = Desktop::start();
    let settings = ON_START.replace("\"on start\"", "\"after 5s\"");
    let mut daemon = Daemon::start(&desktop, &settings);
    daemon.wait_for("announced");
    let pid = wait_until("a window to be started ahead", || daemon.window_pid());
    daemon.wait_for("opened");
    let window = desktop.display().wait_for_window(WINDOW);
    assert_eq!(window.pid, Some(pid));
    assert_ne!(desktop.display().active_window(), Some(window.id));
}

/// Such a process without a daemon; ended with this value.
struct Waiting {
    child: Child,
    orders: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl Waiting {
    fn start(desktop: &Desktop, expected: Open) -> Self {
        let mut child = desktop
            .command(crate::support::installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .arg("__window")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut waiting = Self {
            orders: child.stdin.take().unwrap(),
            said: BufReader::new(child.stdout.take().unwrap()),
            child,
        };
        waiting.tell(&ToWindow::Ahead(Box::new(expected)));
        waiting
    }

    fn tell(&mut self, what: &ToWindow) {
        let line = serde_json::to_string(what).unwrap();
        writeln!(self.orders, "{line}").unwrap();
    }
}

impl Waiting {
    /// Waits until it says that it is open.
    fn opened(&mut self) {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        let said: FromWindow = serde_json::from_str(&line).unwrap();
        assert_eq!(said, FromWindow::Opened { v: VERSION });
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn open(stretch: &str) -> Open {
    Open {
        v: VERSION,
        stretches: vec![stretch.to_owned()],
        variant: "standard".to_owned(),
        message: None,
        settle_in_s: 5.0,
        start: false,
        snooze_s: None,
        done_today: 0,
        look: Look {
            dark: false,
            high_contrast: false,
            reduced_motion: true,
            figure_tone: None,
            text_scale: 1.0,
        },
        place: Place {
            size: Size::Normal,
            monitor: Monitor::Pointer,
        },
        volume: None,
        voice: None,
        call: false,
        stretches_folder: None,
        memory_file: None,
        token: None,
    }
}

#[test]
fn what_is_shown_in_the_end_is_what_was_asked_for_in_the_end() {
    let desktop = Desktop::start();
    let mut waiting = Waiting::start(&desktop, open("chin_tuck"));
    wait_until_ready(&desktop, waiting.child.id());

    let mut other = open("shoulder_roll");
    other.look.dark = true;
    other.look.text_scale = 1.5;
    other.place.size = Size::Corner;
    // As a window manager would recognise it.
    other.token = Some("unhunch-test_TIME1".to_owned());
    waiting.tell(&ToWindow::Open(Box::new(other)));
    let window = desktop.display().wait_for_window(WINDOW);
    assert!(window.title.contains("Shoulder roll"), "{window:?}");
    let token = desktop
        .display()
        .text_property(window.id, "_NET_STARTUP_ID");
    assert_eq!(token.as_deref(), Some("unhunch-test_TIME1"));
    let [right, bottom] = [window.x, window.y].map(i64::from);
    let [right, bottom] = [
        right + i64::from(window.width),
        bottom + i64::from(window.height),
    ];
    assert_eq!([right, bottom], [1280 - 16, 800 - 16], "in the corner");
    let watcher = Watcher::start(desktop.display());
    watcher.wait_for_picture(&window);
    let first = watcher.image(&window);
    waiting.opened();
    let same = first == watcher.image(&window);
    assert!(
        same,
        "nothing moves, so the first picture is like the others"
    );
}

#[test]
fn an_answer_that_comes_at_once_is_not_lost() {
    let desktop = Desktop::start();
    let mut waiting = Waiting::start(&desktop, open("chin_tuck"));
    waiting.tell(&ToWindow::Open(Box::new(open("chin_tuck"))));
    let window = desktop.display().wait_for_window(WINDOW);
    assert_eq!(window.pid, Some(waiting.child.id()));
}

#[test]
fn without_a_desktop_nothing_waits() {
    let desktop = Desktop::start();
    let mut command = desktop.unhunch();
    let command = command.arg("__window").env("DISPLAY", ":nowhere");
    let mut child = (command.stdin(Stdio::piped()).stderr(Stdio::null()))
        .spawn()
        .unwrap();
    let line = serde_json::to_string(&ToWindow::Ahead(Box::new(open("chin_tuck")))).unwrap();
    let mut orders = child.stdin.take().unwrap();
    writeln!(orders, "{line}").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3));
}
