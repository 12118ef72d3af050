//! The main job on a real desktop: X server, window manager, bus and notification server are the
//! real ones, and the user presses real buttons and keys.
//!
//! Cadences are short, so that a test takes seconds; nothing else differs from a working day.

use crate::support::{Daemon, Desktop, Typewriter, Window, process, wait_until};

/// The class of the stretch window.
const WINDOW: &str = "org.unhunch.Unhunch";

/// A break after ten seconds of work with the shortest stretch there is (21 s); the window opens
/// only when the user answers. Whether the test "works" is not in question: idle counts as work.
const ON_START: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle_in = "0s"
open = "on start"
snooze = ["10s"]
max_snoozes = 1

[rotation]
stretches = ["clasped_hands_chest_opener"]

[[reminder]]
id = "upper-back"
every = "10s"
length = "short"
"#;

/// The same, but the window opens by itself after a second and nobody has long to answer.
fn by_itself() -> String {
    ON_START
        .replace("open = \"on start\"", "open = \"after 1s\"")
        .replace(
            "max_snoozes = 1",
            "max_snoozes = 1\nanswer_within = \"10s\"",
        )
}

#[test]
fn an_hour_of_work_ends_in_a_stretch_and_the_next_hour_begins() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);

    presses(&desktop, &mut daemon, "start");
    let window = desktop.display().wait_for_window(WINDOW);
    desktop.display().wait_for_focus(window.id);
    let completed = daemon.wait_for("completed");
    desktop.display().wait_for_no_window(WINDOW);

    assert_eq!(completed["stretch"], "clasped_hands_chest_opener");
    assert_eq!(completed["stretched_s"], 21);
    let history = daemon.history();
    assert_eq!(history.len(), 1, "{history:?}");
    assert_eq!(history[0]["outcome"], "completed");
    assert_eq!(history[0]["reminder"], "upper-back");
    assert_eq!(history[0]["stretched_s"], 21);
    desktop.dunst().wait_for_displayed(0);
    daemon.wait_for("announced");
}

#[test]
fn one_more_is_a_break_of_its_own_in_the_same_window() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);
    presses(&desktop, &mut daemon, "start");
    let window = desktop.display().wait_for_window(WINDOW);
    desktop.display().wait_for_focus(window.id);
    let process = daemon.window_pid();
    daemon.wait_for("completed");

    desktop.display().press("a");
    daemon.wait_for("started");
    assert_eq!(desktop.display().wait_for_window(WINDOW).id, window.id);
    daemon.wait_for("completed");
    assert_eq!(daemon.window_pid(), process);
    desktop.display().wait_for_no_window(WINDOW);

    let history = daemon.history();
    assert_eq!(history.len(), 2, "{history:?}");
    assert!(history.iter().all(|row| row["outcome"] == "completed"));
    // The work since the second break counts towards the next one, as after any other.
    daemon.wait_for("announced");
}

#[test]
fn a_stretch_that_is_not_for_me_leaves_the_rotation_until_it_is_put_back() {
    let desktop = Desktop::start();
    let two = ON_START.replace(
        "stretches = [",
        "more_often = [\"shoulder_roll\", \"clasped_hands_chest_opener\"]\n\
         # Those that I like.\nstretches = [\"shoulder_roll\", ",
    );
    let mut daemon = Daemon::start(&desktop, &two);
    let settings = || std::fs::read_to_string(desktop.config_file()).unwrap();
    daemon.wait_for("announced");
    desktop.dunst().press("start");
    let started = daemon.wait_for("started")["stretch"].clone();
    let unwanted = started.as_str().unwrap();
    let window = desktop.display().wait_for_window(WINDOW);
    desktop.display().wait_for_focus(window.id);

    desktop.display().press("x");
    wait_until("it to leave the settings", || {
        (!settings().contains(unwanted)).then_some(())
    });
    assert!(
        settings().contains("# Those that I like."),
        "{}",
        settings()
    );
    wait_until("another one to be shown", || {
        let shown = daemon.status()["current"]["stretches"][0].clone();
        (shown != unwanted).then_some(())
    });
    // The other one is now the last one, and stays.
    desktop.display().press("x");
    desktop.display().press("x");
    desktop.display().press("u");
    wait_until("it to be back in the settings", || {
        settings().contains(unwanted).then_some(())
    });
    let named = settings().matches(unwanted).count();
    assert_eq!(named, 2, "with its weight: {}", settings());
    wait_until("it to be shown again", || {
        let shown = daemon.status()["current"]["stretches"][0].clone();
        (shown == unwanted).then_some(())
    });
    desktop.display().press("k");
    daemon.wait_for("skipped");
}

#[test]
fn a_snooze_from_the_notification_brings_the_same_stretch_again_and_the_second_time_it_is_skipped()
{
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);

    presses(&desktop, &mut daemon, "snooze");
    let snoozed = daemon.wait_for("snoozed");
    assert_eq!(snoozed["for_s"], 10);
    assert_eq!(snoozed["by"], "user");
    desktop.dunst().wait_for_displayed(0);

    let again = daemon.wait_for("announced");
    assert_eq!(again["snoozes"], 1);
    desktop.dunst().wait_for_displayed(1);
    desktop.dunst().press("skip");
    daemon.wait_for("skipped");
    desktop.dunst().wait_for_displayed(0);
    assert_eq!(daemon.history()[0]["outcome"], "skipped");
    assert_eq!(daemon.history()[0]["snoozes"], 1);
}

#[test]
fn the_window_can_snooze_and_skip_with_its_keys() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(
        &desktop,
        &by_itself().replace("answer_within = \"10s\"", ""),
    );

    daemon.wait_for("opened");
    let window = desktop.display().wait_for_window(WINDOW);
    types_into(&desktop, &window, "s");
    assert_eq!(daemon.wait_for("snoozed")["by"], "user");
    desktop.display().wait_for_no_window(WINDOW);
    desktop.dunst().wait_for_displayed(0);

    daemon.wait_for("opened");
    let window = desktop.display().wait_for_window(WINDOW);
    types_into(&desktop, &window, "k");
    daemon.wait_for("skipped");
    desktop.display().wait_for_no_window(WINDOW);
}

#[test]
fn without_an_answer_the_window_opens_by_itself_then_it_is_snoozed_then_missed() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, &by_itself());
    // Somebody is at work: the time to answer runs only while they are.
    let types = || desktop.display().press("a");

    daemon.wait_for("announced");
    daemon.wait_for("opened");
    desktop.display().wait_for_window(WINDOW);
    let snoozed = daemon.wait_for_while("snoozed", types);
    assert_eq!(snoozed["by"], "timeout");
    desktop.display().wait_for_no_window(WINDOW);
    desktop.dunst().wait_for_displayed(0);

    daemon.wait_for("announced");
    daemon.wait_for_while("missed", types);
    desktop.display().wait_for_no_window(WINDOW);
    assert_eq!(daemon.history()[0]["outcome"], "missed");
}

#[test]
fn a_notification_server_that_dies_and_comes_back_costs_no_break() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);
    daemon.wait_for("announced");
    desktop.dunst().wait_for_displayed(1);

    desktop.stop_dunst();
    // Nobody shows the question any more: the window opens at once instead, ready for an answer.
    daemon.wait_for("opened");
    let window = desktop.display().wait_for_window(WINDOW);
    assert_eq!(daemon.status()["notifier"], "gone");

    desktop.start_dunst();
    wait_until("the daemon to see the server again", || {
        (daemon.status()["notifier"] == "ok").then_some(())
    });
    types_into(&desktop, &window, "k");
    daemon.wait_for("skipped");
    daemon.wait_for("announced");
    desktop.dunst().wait_for("Clasped-hands chest opener");
}

#[test]
fn a_window_that_is_killed_ends_the_break_and_not_the_schedule() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);

    // One that was started ahead would be replaced until it says that it has opened.
    let begun = daemon.run(&["now"]);
    assert!(begun.status.success(), "{begun:?}");
    desktop.display().wait_for_window(WINDOW);
    let window = daemon.window_pid().expect("a window process");
    process::signal(window, "KILL");

    daemon.wait_for("abandoned");
    desktop.display().wait_for_no_window(WINDOW);
    // Closed before half of it was done: it comes again after the length of a snooze.
    daemon.wait_for("announced");
}

#[test]
fn a_daemon_that_is_killed_and_started_again_has_kept_the_work() {
    let desktop = Desktop::start();
    let hour = ON_START.replace("every = \"10s\"", "every = \"60min\"");
    let daemon = Daemon::start(&desktop, &hour);
    let worked = wait_until("some seconds of work", || {
        let worked = daemon.status()["reminders"]["upper-back"]["work_s"].as_f64()?;
        (worked >= 3.0).then_some(worked)
    });
    // Quitting saves; so does every change, which the checkpoint of a minute does not show here.
    let answer = daemon.run(&["quit"]);
    assert!(answer.status.success(), "{answer:?}");
    desktop.bus().wait_for_no_owner(unhunch::ipc::BUS_NAME);
    drop(daemon);

    let daemon = Daemon::again(&desktop);
    let kept = daemon.status()["reminders"]["upper-back"]["work_s"]
        .as_f64()
        .unwrap();
    assert!(kept >= worked, "{kept} s kept of {worked} s");
    daemon.kill();
    let daemon = Daemon::again(&desktop);
    let kept_again = daemon.status()["reminders"]["upper-back"]["work_s"]
        .as_f64()
        .unwrap();
    assert!(
        kept_again >= kept.floor(),
        "{kept_again} s kept of {kept} s"
    );
}

#[test]
fn a_snooze_outlives_a_daemon_that_is_killed() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);
    presses(&desktop, &mut daemon, "snooze");
    daemon.wait_for("snoozed");
    daemon.kill();

    let mut daemon = Daemon::again(&desktop);
    let announced = daemon.wait_for("announced");
    assert_eq!(announced["snoozes"], 1);
}

#[test]
fn a_window_that_opens_by_itself_takes_no_key_from_what_the_user_types() {
    let desktop = Desktop::start();
    let mut typewriter = Typewriter::open(desktop.display());
    let mut daemon = Daemon::start(&desktop, &by_itself());

    daemon.wait_for("announced");
    let mut typed = 0;
    wait_until("the window to open while the user types", || {
        desktop.display().press("a");
        typed += 1;
        desktop.display().window_of_class(WINDOW)
    });
    for _ in 0..20 {
        desktop.display().press("b");
        typed += 1;
    }

    wait_until("every key to arrive", || {
        (typewriter.pressed() == typed).then_some(())
    });
    assert_eq!(desktop.display().active_window(), Some(typewriter.id()));
}

#[test]
fn a_second_start_tells_the_first_and_ends_well() {
    let desktop = Desktop::start();
    let daemon = Daemon::start(&desktop, ON_START);

    let second = daemon.run(&["run"]);

    assert_eq!(second.status.code(), Some(0), "{second:?}");
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(said.contains("runs already"), "{said}");
}

#[test]
fn commands_that_need_the_daemon_say_so_without_one() {
    let desktop = Desktop::without_notifications();
    for command in [
        &["status"][..],
        &["now"],
        &["snooze"],
        &["skip"],
        &["pause"],
        &["resume"],
        &["quit"],
    ] {
        let output = desktop.unhunch().args(command).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{command:?}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("unhunch run"), "{command:?}: {said}");
    }
}

#[test]
fn a_pause_holds_everything_until_the_user_resumes() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);

    let paused = daemon.run(&["pause", "1h", "--json"]);
    assert!(paused.status.success(), "{paused:?}");
    daemon.wait_for("paused");
    assert_eq!(daemon.status()["state"], "paused");
    assert!(daemon.run(&["resume"]).status.success());
    daemon.wait_for("resumed");
    daemon.wait_for("announced");
}

#[test]
fn a_window_whose_daemon_dies_finishes_the_stretch_and_closes() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, ON_START);
    presses(&desktop, &mut daemon, "start");
    desktop.display().wait_for_window(WINDOW);
    let window = daemon.window_pid().expect("a window process");

    daemon.kill();

    assert!(
        process::runs(window),
        "the window goes on without its daemon"
    );
    desktop.display().wait_for_window(WINDOW);
    desktop.display().wait_for_no_window(WINDOW);
    wait_until("the window's process to end", || {
        (!process::runs(window)).then_some(())
    });
}

#[test]
fn a_window_that_hangs_is_ended_and_the_next_break_comes() {
    let desktop = Desktop::start();
    // A message of two seconds, so that the patience with its window ends soon.
    let settings = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle_in = "0s"
open = "at once"
snooze = ["10s"]

[[reminder]]
id = "eyes"
every = "10s"
message = "Look out of the window"
length = "2s"
"#;
    let mut daemon = Daemon::start(&desktop, settings);
    daemon.wait_for("announced");
    desktop.dunst().wait_for("Look out of the window");
    let shown = desktop.display().wait_for_window(WINDOW);
    // It has drawn itself and lives, if it follows a key.
    desktop.display().click(&shown);
    desktop.display().press("F11");
    let fills = "_NET_WM_STATE_FULLSCREEN";
    wait_until("the window to follow a key", || {
        desktop.display().has_state(shown.id, fills).then_some(())
    });
    let window = daemon.window_pid().expect("a window process");
    process::signal(window, "STOP");
    desktop.dunst().press("start");

    daemon.wait_for("abandoned");
    wait_until("the window's process to end", || {
        (!process::runs(window)).then_some(())
    });
    daemon.wait_for("announced");
}

#[test]
fn without_a_session_bus_there_is_a_lock_file_and_a_window_instead_of_notifications() {
    let desktop = Desktop::without_notifications();
    std::fs::write(desktop.config_file(), ON_START).unwrap();
    let start = || {
        let mut command = desktop.unhunch();
        command
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .arg("run");
        command.stderr(std::process::Stdio::piped());
        command
    };
    let first = Killed(start().spawn().unwrap());
    desktop.display().wait_for_window(WINDOW);

    let second = start().output().unwrap();

    assert_eq!(second.status.code(), Some(0), "{second:?}");
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(said.contains("runs already"), "{said}");
    drop(first);
}

#[test]
fn a_mistake_in_the_settings_is_shown_and_everything_else_works() {
    let desktop = Desktop::start();
    let mistaken = ON_START.replace("settle_in = \"0s\"", "settle_in = \"0s\"\nsnoze = 3");
    let mut daemon = Daemon::start(&desktop, &mistaken);

    desktop.dunst().wait_for("A mistake in your settings");
    let problems = daemon.status()["problems"].to_string();
    assert!(
        problems.contains("snoze") && problems.contains("line 7"),
        "{problems}"
    );
    daemon.wait_for("announced");
}

/// The announcement comes, and the user presses one of its buttons.
fn presses(desktop: &Desktop, daemon: &mut Daemon<'_>, button: &str) {
    daemon.wait_for("announced");
    desktop.dunst().wait_for("Clasped-hands chest opener");
    desktop.dunst().press(button);
}

/// The user clicks into the window, where there is no button, and presses a key there.
fn types_into(desktop: &Desktop, window: &Window, key: &str) {
    desktop.display().click_at(window.x + 30, window.y + 60);
    desktop.display().wait_for_focus(window.id);
    desktop.display().press(key);
}

/// A process that ends with the test.
struct Killed(std::process::Child);

impl Drop for Killed {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
