//! How a run ends: told to, with the session, and whatever state the windows are in.

use std::process::ExitStatus;

use crate::support::{Daemon, Desktop, Window, process, wait_until};

/// The class of the stretch window.
const WINDOW: &str = "org.unhunch.Unhunch";

/// Nothing comes by itself.
const QUIET: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
settle_in = "0s"

[[reminder]]
id = "upper-back"
every = "4h"
length = "long"
"#;

/// A daemon with a break under way.
fn on_break(desktop: &Desktop) -> (Daemon<'_>, Window, u32) {
    let daemon = Daemon::start(desktop, QUIET);
    let began = daemon.run(&["now", "shoulder_roll"]);
    assert!(began.status.success(), "{began:?}");
    let window = desktop.display().wait_for_window(WINDOW);
    let pid = daemon.window_pid().expect("the window is a process");
    (daemon, window, pid)
}

fn work_saved(desktop: &Desktop) -> f64 {
    let text = std::fs::read_to_string(desktop.state_file()).unwrap();
    let state: serde_json::Value = serde_json::from_str(&text).unwrap();
    let work = &state["state"]["reminders"][0]["work"];
    work["secs"].as_f64().unwrap() + work["nanos"].as_f64().unwrap() / 1e9
}

fn well(status: ExitStatus) {
    assert!(status.success(), "{status}");
}

#[test]
fn told_to_end_it_saves_and_goes() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, QUIET);
    let worked = wait_until("some work", || {
        let worked = daemon.status()["reminders"]["upper-back"]["work_s"].as_f64()?;
        (worked > 0.5).then_some(worked)
    });
    process::end(daemon.pid());
    well(daemon.wait());
    assert!(work_saved(&desktop) >= worked);
}

#[test]
fn a_window_that_is_open_does_not_keep_it_and_closes() {
    let desktop = Desktop::start();
    let (daemon, _, window) = on_break(&desktop);
    process::end(daemon.pid());
    well(daemon.wait());
    wait_until("the window's process to end", || {
        (!process::runs(window)).then_some(())
    });
}

#[test]
fn a_window_that_hangs_does_not_keep_it_and_does_not_stay() {
    let desktop = Desktop::start();
    let (daemon, _, window) = on_break(&desktop);
    process::signal(window, "STOP");
    process::end(daemon.pid());
    well(daemon.wait());
    wait_until("the window's process to end", || {
        (!process::runs(window)).then_some(())
    });
}

#[test]
fn a_bus_and_a_notification_service_that_hang_do_not_keep_it() {
    let desktop = Desktop::start();
    let settings = QUIET.replace("every = \"4h\"", "every = \"10s\"");
    let settings = settings.replace("[schedule]", "[schedule]\nlull = \"0s\"");
    let mut daemon = Daemon::start(&desktop, &settings);
    daemon.wait_for("announced");
    let bus = desktop.bus().pid();
    process::signal(bus, "STOP");
    process::end(daemon.pid());
    let ended = daemon.wait();
    process::signal(bus, "CONT");
    well(ended);
    assert!(work_saved(&desktop) < 60.0);
}

#[test]
fn with_the_display_the_session_ends_and_so_does_the_program() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, QUIET);
    let [server, _] = desktop.display().pids();
    process::signal(server, "KILL");
    well(daemon.wait());
    assert!(desktop.state_file().exists());
}

#[test]
fn without_its_bus_but_with_its_display_it_goes_on() {
    let desktop = Desktop::without_notifications();
    let settings = QUIET.replace("every = \"4h\"", "every = \"10s\"");
    let settings = settings.replace("[schedule]", "[schedule]\nlull = \"0s\"");
    let daemon = Daemon::start(&desktop, &settings);
    process::signal(desktop.bus().pid(), "KILL");
    // The window of the next break shows that it lives.
    desktop.display().wait_for_window(WINDOW);
    assert!(process::runs(daemon.pid()));
}
