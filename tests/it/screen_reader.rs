//! A break as somebody has it who cannot see the screen: through the accessibility bus of a real
//! desktop, with its real registry.

use crate::support::{Daemon, Desktop, Node, ScreenReader, role};

/// A break after ten seconds of work with the shortest stretch there is (21 s), whose window opens
/// by itself.
const SETTINGS: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle_in = "2s"
open = "at once"
snooze = ["10s"]
max_snoozes = 1

[sound]
on = false

[rotation]
stretches = ["clasped_hands_chest_opener"]

[[reminder]]
id = "upper-back"
every = "10s"
length = "short"
"#;

#[test]
fn a_screen_reader_finds_everything_presses_start_and_hears_the_break() {
    let desktop = Desktop::start();
    let reader = ScreenReader::start(&desktop);
    let mut daemon = Daemon::start(&desktop, SETTINGS);

    daemon.wait_for("opened");
    let start = reader.wait_for(role::BUTTON, "Start");
    let tree = reader.tree();
    let named = |role: u32| -> Vec<&str> {
        let nodes = tree.iter().filter(|node| node.role == role);
        nodes.map(|node| node.name.as_str()).collect()
    };
    assert_eq!(named(role::FRAME), ["Unhunch"]);
    assert_eq!(
        named(role::BUTTON),
        ["Start", "Snooze 10 s", "Skip", "More"]
    );
    assert_eq!(named(role::IMAGE).len(), 1, "{tree:?}");
    assert!(!tree.iter().any(Node::is_focused), "{tree:?}");

    reader.press(&start);
    daemon.wait_for("started");
    daemon.wait_for("completed");
    reader.wait_for_words("Done. 21 seconds well spent. Your first break today.");
    assert_eq!(
        reader.heard(),
        [
            "Clasped-hands chest opener. 21 seconds, standing or seated.",
            "Get in place.",
            "Clasp your hands behind you.",
            "Straighten and lift the arms.",
            "Open the front of the shoulders.",
            "10 seconds left.",
            "Lower.",
            "Shake out the arms.",
            "Done. 21 seconds well spent. Your first break today.",
        ]
    );
}

#[test]
fn a_screen_reader_presses_skip() {
    let desktop = Desktop::start();
    let reader = ScreenReader::start(&desktop);
    let mut daemon = Daemon::start(&desktop, SETTINGS);

    daemon.wait_for("opened");
    reader.press(&reader.wait_for(role::BUTTON, "Skip"));
    daemon.wait_for("skipped");
    daemon.wait_for("announced");
}
