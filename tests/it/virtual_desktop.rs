//! The desktop on which the end-to-end tests run does what they rely on.

use std::{collections::HashMap, time::Duration};

use futures_lite::StreamExt as _;
use zbus::Variant;

use crate::support::{Desktop, Program, Typewriter, package_of, wait_until};

/// Shows a notification as a program would, and returns its number.
fn notify(connection: &zbus::Connection, summary: &str) -> u32 {
    let actions = ["default", "Open", "start", "Start", "snooze", "Snooze"];
    let hints: HashMap<&str, Variant<'_>> = HashMap::new();
    let reply = zbus::block_on(connection.call_method(
        Some("org.freedesktop.Notifications"),
        "/org/freedesktop/Notifications",
        Some("org.freedesktop.Notifications"),
        "Notify",
        &(
            "test",
            0_u32,
            "",
            summary,
            "body",
            &actions[..],
            hints,
            0_i32,
        ),
    ));
    reply.unwrap().body().deserialize().unwrap()
}

/// Shows a notification, lets the user answer it, and returns the number of the notification and
/// the key of the action that came back for it.
fn answer(desktop: &Desktop, user: impl FnOnce(&Desktop)) -> (u32, (u32, String)) {
    let connection = desktop.bus().connect();
    let rule = zbus::MatchRule::builder()
        .interface("org.freedesktop.Notifications")
        .member("ActionInvoked")
        .build()
        .unwrap();
    let mut signals =
        zbus::block_on(zbus::MessageStream::for_match_rule(rule, &connection, None)).unwrap();
    let number = notify(&connection, "Shoulder roll");
    desktop.dunst().wait_for("Shoulder roll");
    user(desktop);
    let message = zbus::block_on(signals.next()).unwrap().unwrap();
    (number, message.body().deserialize().unwrap())
}

#[test]
fn a_button_of_a_notification_reaches_its_sender() {
    let desktop = Desktop::start();

    let (number, invoked) = answer(&desktop, |desktop| desktop.dunst().press("snooze"));

    assert_eq!(invoked, (number, "snooze".to_owned()));
}

#[test]
fn a_click_on_a_notification_is_its_default_action() {
    let desktop = Desktop::start();

    let (number, invoked) = answer(&desktop, |desktop| {
        let popup = desktop.display().wait_for_window("Dunst");
        desktop.display().click(&popup);
    });

    assert_eq!(invoked, (number, "default".to_owned()));
    desktop.display().wait_for_no_window("Dunst");
}

#[test]
fn the_default_action_needs_no_pointer() {
    let desktop = Desktop::start();

    let (number, invoked) = answer(&desktop, |desktop| desktop.dunst().click_body());

    assert_eq!(invoked, (number, "default".to_owned()));
}

#[test]
fn names_on_the_bus_come_and_go() {
    let desktop = Desktop::without_notifications();
    let owner = desktop.bus().connect();

    zbus::block_on(owner.request_name("org.unhunch.Test")).unwrap();
    desktop.bus().wait_for_owner("org.unhunch.Test");

    drop(owner);
    desktop.bus().wait_for_no_owner("org.unhunch.Test");
}

#[test]
fn idle_time_ends_with_the_pointer() {
    let desktop = Desktop::without_notifications();
    let display = desktop.display();
    wait_until("some idle time", || {
        (display.idle() > Duration::from_millis(500)).then_some(())
    });

    display.point_at(200, 200);

    wait_until("no idle time", || {
        (display.idle() < Duration::from_millis(500)).then_some(())
    });
}

#[test]
fn our_program_runs_on_it() {
    let desktop = Desktop::without_notifications();

    let output = desktop.unhunch().arg("--version").output().unwrap();

    assert_eq!(
        output.stdout,
        concat!("unhunch ", env!("CARGO_PKG_VERSION"), "\n").as_bytes()
    );
}

#[test]
fn dismissed_notifications_are_in_the_history() {
    let desktop = Desktop::start();
    let connection = desktop.bus().connect();
    notify(&connection, "first");
    notify(&connection, "second");
    desktop.dunst().wait_for_displayed(2);

    desktop.dunst().close_all();

    desktop.dunst().wait_for_displayed(0);
    let history = desktop.dunst().history();
    let mut summaries: Vec<&str> = history
        .iter()
        .filter_map(|entry| entry["summary"]["data"].as_str())
        .collect();
    summaries.sort_unstable();
    assert_eq!(summaries, ["first", "second"]);
}

#[test]
fn the_notification_server_can_go_and_come_back() {
    let desktop = Desktop::start();
    let first = desktop.dunst().pid();

    desktop.stop_dunst();
    assert!(!desktop.bus().has_owner("org.freedesktop.Notifications"));

    desktop.start_dunst();
    assert!(desktop.bus().has_owner("org.freedesktop.Notifications"));
    assert_ne!(desktop.dunst().pid(), first);
}

#[test]
fn keys_go_to_the_window_with_the_focus() {
    let desktop = Desktop::without_notifications();
    let mut below = Typewriter::open(desktop.display());
    let mut above = Typewriter::open(desktop.display());

    desktop.display().type_text("abc");
    wait_until("three keys", || (above.pressed() == 3).then_some(()));
    desktop.display().press("space");
    wait_until("a fourth key", || (above.pressed() == 4).then_some(()));

    assert_eq!(below.pressed(), 0);
    assert_eq!(desktop.display().active_window(), Some(above.id()));
}

#[test]
fn windows_are_seen_as_they_are() {
    let desktop = Desktop::without_notifications();

    let work = Typewriter::open(desktop.display());

    let seen = desktop.display().wait_for_window("Typewriter");
    assert_eq!((seen.id, seen.title.as_str()), (work.id(), "Work"));
    assert_eq!((seen.width, seen.height), (400, 300));
    assert!(
        desktop
            .display()
            .picture("windows_are_seen")
            .unwrap()
            .is_file()
    );
}

#[test]
fn a_command_sees_this_desktop_and_no_other() {
    let desktop = Desktop::without_notifications();

    let output = desktop.command("env").output().unwrap();

    let text = String::from_utf8(output.stdout).unwrap();
    let known: HashMap<&str, &str> = text.lines().filter_map(|l| l.split_once('=')).collect();
    assert_eq!(known["DISPLAY"], desktop.display().name());
    assert_eq!(known["DBUS_SESSION_BUS_ADDRESS"], desktop.bus().address());
    assert!(desktop.config_file().starts_with(known["XDG_CONFIG_HOME"]));
    assert!(known.keys().all(|name| !name.starts_with("WAYLAND")));
}

#[test]
fn nothing_outlives_a_desktop() {
    let desktop = Desktop::start();
    let [server, manager] = desktop.display().pids();
    let processes = [desktop.bus().pid(), desktop.dunst().pid(), server, manager];
    let folder = desktop.folder().to_owned();

    drop(desktop);

    assert!(!folder.exists());
    for process in processes {
        assert!(!std::path::Path::new(&format!("/proc/{process}")).exists());
    }
}

#[test]
#[should_panic(expected = "sudo apt-get install no-such-program")]
fn a_missing_program_says_what_to_install() {
    Program::command("no-such-program");
}

#[test]
fn every_program_of_the_tests_is_installed_by_the_setup() {
    for name in [
        "Xvfb",
        "dbus-daemon",
        "dunstctl",
        "openbox",
        "scrot",
        "setpriv",
        "xdotool",
    ] {
        assert!(package_of(name).is_some(), "{name} is not in script/setup");
    }
}
