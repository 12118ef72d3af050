//! The icon in the panel, seen and used by a panel: on the real bus, with the real daemon.

mod panel;

use std::fs;

use panel::{Icon, Panel, labels};

use crate::support::{Daemon, Desktop, wait_until};

/// A break after an hour of work; idle counts as work.
const AN_HOUR: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"

[rotation]
stretches = ["shoulder_roll", "clasped_hands_chest_opener"]

[[reminder]]
id = "upper-back"
every = "1h"
"#;

/// The same after ten seconds, and the window opens when the user says so.
fn soon() -> String {
    let soon = AN_HOUR.replace("\"1h\"", "\"10s\"");
    soon.replace("lull = \"0s\"", "lull = \"0s\"\nopen = \"on start\"")
}

/// Waits until the icon says something that begins like this.
fn says(icon: &Icon<'_>, begins: &str) {
    wait_until(&format!("the icon to say “{begins}”"), || {
        icon.words().starts_with(begins).then_some(())
    });
}

#[test]
fn a_panel_shows_the_way_to_the_next_break_and_a_menu() {
    let desktop = Desktop::start();
    let panel = Panel::start(desktop.bus());
    let _daemon = Daemon::start(&desktop, AN_HOUR);
    let icon = panel.icon();

    assert!(icon.name.starts_with("org.kde.StatusNotifierItem-"));
    assert_eq!(icon.property::<String>("Id"), "org.unhunch.Unhunch");
    assert_eq!(icon.property::<String>("Category"), "ApplicationStatus");
    assert_eq!(icon.property::<String>("Status"), "Active");
    assert_eq!(icon.property::<String>("IconName"), "");
    assert!(!icon.property::<bool>("ItemIsMenu"));
    assert_eq!(icon.words(), "Next break in 1 h of work");
    let pictures = icon.pictures();
    assert!(pictures.iter().any(|(width, ..)| *width == 22));
    for (width, height, bytes) in pictures {
        assert_eq!(bytes.len(), usize::try_from(width * height * 4).unwrap());
        assert!(bytes.chunks(4).any(|pixel| pixel[0] == 255), "{width}");
    }
    assert_eq!(
        icon.labels()[..5],
        [
            "Next break in 1 h of work",
            "-",
            "Stretch now",
            "Pause",
            "In a meeting"
        ]
    );
    let now = labels(&icon.entry("Stretch now").behind);
    assert_eq!(
        now,
        [
            "The next one in turn",
            "-",
            "Clasped-hands chest opener",
            "Shoulder roll"
        ]
    );
    let status = icon.entry("Next break in 1 h of work");
    assert_eq!(bool::try_from(&status.properties["enabled"]), Ok(false));
}

#[test]
fn the_menu_does_what_it_says() {
    let desktop = Desktop::start();
    let panel = Panel::start(desktop.bus());
    let mut daemon = Daemon::start(&desktop, AN_HOUR);
    let icon = panel.icon();

    icon.choose("30 min");
    daemon.wait_for("paused");
    icon.hear("NewIcon");
    says(&icon, "Paused until ");
    let pause = icon.labels();
    assert!(!pause.contains(&"Pause".to_owned()), "{pause:?}");
    icon.choose("Resume");
    daemon.wait_for("resumed");
    icon.choose("Until tomorrow");
    let paused = daemon.wait_for("paused");
    assert!(paused.to_string().contains("04:00"), "{paused}");
    icon.choose("Resume");
    says(&icon, "Next break in ");

    assert_eq!(icon.state_of("In a meeting"), 0);
    icon.choose("In a meeting");
    wait_until("a meeting", || {
        (!daemon.status()["meeting_until"].is_null()).then_some(())
    });
    assert_eq!(icon.state_of("In a meeting"), 1);
    icon.choose("In a meeting");
    wait_until("no meeting", || {
        daemon.status()["meeting_until"].is_null().then_some(())
    });

    icon.choose("Shoulder roll");
    let opened = daemon.wait_for("opened");
    assert_eq!(opened["stretch"], "shoulder_roll");
    says(&icon, "A break is under way");
    assert!(!icon.labels().contains(&"Stretch now".to_owned()));
    icon.choose("Quit");
    desktop.bus().wait_for_no_owner(unhunch::ipc::BUS_NAME);
}

#[test]
fn the_middle_button_pauses_and_resumes_and_the_wheel_does_nothing() {
    let desktop = Desktop::start();
    let panel = Panel::start(desktop.bus());
    let mut daemon = Daemon::start(&desktop, AN_HOUR);
    let icon = panel.icon();

    icon.item("SecondaryActivate", &(0_i32, 0_i32));
    daemon.wait_for("paused");
    says(&icon, "Paused until you resume");
    icon.item("Scroll", &(120_i32, "vertical"));
    icon.item("ContextMenu", &(0_i32, 0_i32));
    assert_eq!(daemon.status()["state"], "paused");
    icon.item("SecondaryActivate", &(0_i32, 0_i32));
    daemon.wait_for("resumed");
}

#[test]
fn an_announced_break_asks_for_attention_and_is_answered_in_the_menu() {
    let desktop = Desktop::start();
    let panel = Panel::start(desktop.bus());
    let mut daemon = Daemon::start(&desktop, &soon());
    let icon = panel.icon();

    daemon.wait_for("announced");
    icon.hear("NewStatus");
    assert_eq!(icon.property::<String>("Status"), "NeedsAttention");
    says(&icon, "A break is announced");
    let skip = icon.entry("Skip");
    icon.choose("Snooze 5 min");
    daemon.wait_for("snoozed");
    says(&icon, "Snoozed: you are asked again in 5 min");
    assert_eq!(icon.property::<String>("Status"), "Active");

    // A menu that was left open has an entry which is gone by now.
    icon.click(skip.id);
    icon.click(4711);
    icon.click(-1);
    assert_eq!(daemon.status()["state"], "working");
    assert!(!daemon.told().contains(&"skipped".to_owned()));
}

#[test]
fn panels_come_and_go_and_each_gets_the_icon() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, AN_HOUR);
    let panel = Panel::start(desktop.bus());
    says(&panel.icon(), "Next break in ");
    drop(panel);

    // Nobody is there to show it, and nothing depends on that.
    daemon.run(&["pause", "1h"]);
    daemon.wait_for("paused");
    let panel = Panel::start(desktop.bus());
    let icon = panel.icon();
    says(&icon, "Paused until ");
    icon.choose("Resume");
    daemon.wait_for("resumed");
    assert_eq!(panel.registered().len(), 1);
}

#[test]
fn a_list_that_nobody_shows_gets_no_icon_until_somebody_does() {
    let desktop = Desktop::start();
    let panel = Panel::that_shows(desktop.bus(), false);
    let daemon = Daemon::start(&desktop, AN_HOUR);
    // Whatever it might have put on the list would be there before this is answered.
    daemon.run(&["status"]);
    assert_eq!(panel.registered(), [] as [&str; 0]);
    panel.show();
    says(&panel.icon(), "Next break in ");
}

#[test]
fn the_settings_can_do_without_an_icon_and_take_it_away() {
    let desktop = Desktop::start();
    let panel = Panel::start(desktop.bus());
    let without = format!("{AN_HOUR}\n[look]\ntray = false\n");
    let daemon = Daemon::start(&desktop, &without);
    daemon.run(&["status"]);
    assert_eq!(panel.registered(), [] as [&str; 0]);

    fs::write(desktop.config_file(), AN_HOUR).unwrap();
    daemon.run(&["reload"]);
    let icon = panel.icon();
    desktop.bus().wait_for_owner(&icon.name);
    fs::write(desktop.config_file(), without).unwrap();
    daemon.run(&["reload"]);
    desktop.bus().wait_for_no_owner(&icon.name);
    assert_eq!(daemon.status()["state"], "working");
}

#[test]
fn a_panel_that_asks_for_nonsense_gets_an_error_and_no_more() {
    let desktop = Desktop::start();
    let panel = Panel::start(desktop.bus());
    let daemon = Daemon::start(&desktop, AN_HOUR);
    let icon = panel.icon();
    let nothing: &[&str] = &[];

    for id in [-1_i32, 4711, i32::MAX, i32::MIN] {
        let layout = icon.ask_menu("GetLayout", &(id, -1_i32, nothing));
        assert!(layout.is_err(), "{id}");
        assert!(icon.ask_menu("GetProperty", &(id, "label")).is_err());
    }
    assert!(icon.ask_menu("GetProperty", &(0_i32, "colour")).is_err());
    let shallow = icon.ask_menu("GetLayout", &(0_i32, 0_i32, nothing));
    assert!(shallow.is_ok());
    let all: &[i32] = &[];
    let labels: &[&str] = &["label"];
    let known = icon.ask_menu("GetGroupProperties", &(all, labels)).unwrap();
    let known: Vec<(i32, std::collections::HashMap<String, zbus::OwnedVariant>)> =
        known.body().deserialize().unwrap();
    assert!(known.len() > 10, "{}", known.len());
    assert!(
        known
            .iter()
            .all(|(_, has)| has.keys().all(|key| key == "label"))
    );
    assert_eq!(daemon.status()["state"], "working");
}
