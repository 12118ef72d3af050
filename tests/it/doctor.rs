//! `unhunch doctor` on desktops of which it is known what they have.

use std::process::Output;

use serde_json::Value;

use crate::support::{Daemon, Desktop};

/// Asks for nothing that a virtual desktop does not have.
const MODEST: &str = "[hold]\nmeeting = false\n\n[sound]\non = false\n";

fn doctor(desktop: &Desktop) -> (Value, Output) {
    let output = desktop
        .unhunch()
        .args(["doctor", "--json"])
        .output()
        .unwrap();
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    (report, output)
}

fn finding<'a>(report: &'a Value, about: &str) -> &'a Value {
    let findings = report["findings"].as_array().unwrap();
    (findings.iter().find(|finding| finding["about"] == about))
        .unwrap_or_else(|| panic!("nothing about {about}: {report}"))
}

#[test]
fn what_works_is_named_with_its_backend_and_what_it_says() {
    let desktop = Desktop::start();
    std::fs::write(desktop.config_file(), MODEST).unwrap();
    let (report, output) = doctor(&desktop);

    assert_eq!(report["v"], 1);
    assert_eq!(report["trouble"], serde_json::json!([]), "{report:#}");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(finding(&report, "idle")["by"], "X11 IDLETIME");
    assert_eq!(finding(&report, "notifications")["by"], "dunst");
    assert_eq!(finding(&report, "quiet")["by"], "dunst");
    assert_eq!(finding(&report, "quiet")["says"], "no");
    assert_eq!(finding(&report, "fullscreen")["says"], "no");
    assert_eq!(finding(&report, "microphone")["state"], "spare");
    assert_eq!(finding(&report, "program")["text"], "not running");

    desktop.dunst().pause(true);
    let daemon = Daemon::again(&desktop);
    let (report, _) = doctor(&desktop);
    assert_eq!(finding(&report, "quiet")["says"], "yes");
    assert_eq!(finding(&report, "program")["state"], "works");
    let said = String::from_utf8(daemon.run(&["doctor"]).stdout).unwrap();
    assert!(said.contains("do-not-disturb is on (dunst)"), "{said}");
    assert!(said.contains("from X11 IDLETIME"), "{said}");
    assert!(said.contains("All that your settings ask for"), "{said}");
}

#[test]
fn what_the_settings_ask_for_and_cannot_work_is_told_with_the_way_to_get_it() {
    let desktop = Desktop::without_notifications();
    let settings = MODEST.to_owned() + "\n[schedule]\nlull = 5\n";
    std::fs::write(desktop.config_file(), settings).unwrap();
    let (report, output) = doctor(&desktop);

    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(finding(&report, "notifications")["state"], "missing");
    assert_eq!(finding(&report, "quiet")["says"], "unknown");
    let help = finding(&report, "quiet")["help"][0].as_str().unwrap();
    assert!(help.contains("dunst"), "{help}");
    assert_eq!(
        finding(&report, "settings")["text"].as_str().unwrap()[..11],
        *"one problem"
    );
    let trouble = report["trouble"].as_array().unwrap();
    assert_eq!(trouble.len(), 3, "{trouble:?}");
}

#[test]
fn a_service_that_hangs_is_named_and_not_waited_for() {
    let desktop = Desktop::without_notifications();
    std::fs::write(desktop.config_file(), MODEST).unwrap();
    // It owns the name and never answers.
    let hangs = desktop.bus().connect();
    zbus::block_on(hangs.request_name("org.freedesktop.Notifications")).unwrap();
    let (report, output) = doctor(&desktop);

    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(
        finding(&report, "notifications")["text"],
        "asked, and got no answer"
    );
    assert_eq!(finding(&report, "quiet")["says"], "unknown");
    assert_eq!(finding(&report, "idle")["by"], "X11 IDLETIME");
}

#[test]
fn without_a_desktop_it_says_so() {
    let desktop = Desktop::without_notifications();
    let output = desktop
        .unhunch()
        .env_remove("DISPLAY")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nobody")
        .args(["doctor", "--json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();

    assert_eq!(output.status.code(), Some(1));
    for missing in ["desktop", "bus", "idle"] {
        assert_eq!(finding(&report, missing)["state"], "missing", "{missing}");
    }
}
