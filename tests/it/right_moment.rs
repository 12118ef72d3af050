//! Breaks that wait for the right moment, on a real desktop.

use crate::support::{Daemon, Desktop, Typewriter};

/// A break after ten seconds of work, whether or not anybody touches the keyboard.
const SOON: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle = "1s"
settle_in = "0s"
open = "on start"

[[reminder]]
id = "upper-back"
every = "10s"
length = "short"
"#;

#[test]
fn with_do_not_disturb_on_a_break_waits_and_is_offered_once_afterwards() {
    let desktop = Desktop::start();
    desktop.dunst().pause(true);
    let mut daemon = Daemon::start(&desktop, SOON);

    let held = daemon.wait_for("held");
    assert_eq!(held["reasons"], serde_json::json!(["quiet"]));
    let status = daemon.status();
    assert_eq!(status["state"], "held");
    let wait = &status["waits"][0];
    assert_eq!(wait["reason"], "quiet");
    assert_eq!(wait["sensor"], "quiet");
    assert_eq!(wait["by"], "dunst");
    assert_eq!(wait["text"], "do-not-disturb is on (dunst)");
    assert_eq!(wait["release"], "when do-not-disturb is switched off");
    let time = |value: &serde_json::Value| {
        chrono::DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap()
    };
    assert!(time(&wait["since"]) <= time(&status["waiting_since"]));
    let said = String::from_utf8(daemon.run(&["status"]).stdout).unwrap();
    assert!(
        said.contains("do-not-disturb is on (dunst), since "),
        "{said}"
    );
    assert!(said.contains("It comes 1s after that ends."), "{said}");
    desktop.dunst().pause(false);
    daemon.wait_for("released");
    daemon.wait_for("announced");
    desktop.dunst().wait_for_displayed(1);

    // Switched on while it is up, it takes the announcement back; no snooze is used up.
    desktop.dunst().pause(true);
    daemon.wait_for("withdrawn");
    desktop.dunst().pause(false);
    assert_eq!(daemon.wait_for("announced")["snoozes"], 0);
}

#[test]
fn a_film_that_fills_the_screen_is_not_interrupted() {
    let desktop = Desktop::start();
    let film = Typewriter::open(desktop.display());
    film.fill_screen(true);
    let mut daemon = Daemon::start(&desktop, SOON);

    let held = daemon.wait_for("held");
    assert_eq!(held["reasons"], serde_json::json!(["fullscreen"]));
    film.fill_screen(false);
    daemon.wait_for("announced");
    desktop.dunst().wait_for_displayed(1);
}
