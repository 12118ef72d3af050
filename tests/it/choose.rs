//! The commands that change which stretches come, and single settings, as a user runs them.

use std::{fs, time::Duration};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use unhunch::{
    core::{
        schedule::{Credit, effect::Outcome},
        stretch::StretchId,
    },
    store::History,
};

use crate::{
    stretches::{Home, refuses},
    support::{Daemon, Desktop},
};

const MINE: &str = "\
# My settings
[rotation]
# Not at work:
stretches = [\"chin_tuck\", \"w_raise\", \"cobra\"] # three are enough
";

#[test]
fn stretches_are_switched_and_weighed_and_the_comments_stay() {
    let home = Home::with_settings(MINE);
    let said = home.says(&["stretches", "off", "Chin tuck", "w_raise"]);
    assert_eq!(
        said,
        "chin_tuck does not come any more.\nw_raise does not come any more.\n"
    );
    home.says(&["stretches", "on", "sphinx"]);
    home.says(&["stretches", "more", "sphinx"]);
    home.says(&["stretches", "less", "cobra"]);
    let list = "[\"chin_tuck\", \"w_raise\", \"cobra\"]";
    let after = MINE.replace(list, "[\"cobra\", \"sphinx\"]");
    let weights = "more_often = [\"sphinx\"]\nless_often = [\"cobra\"]\n";
    assert_eq!(home.settings(), format!("{after}{weights}"));

    let weight = |id: &str| {
        let rows = home.lists(&["--on"]);
        let row = rows.iter().find(|row| row["id"] == id);
        row.map(|row| row["weight"].as_str().unwrap().to_owned())
    };
    assert_eq!(weight("sphinx").as_deref(), Some("more"));
    assert_eq!(weight("cobra").as_deref(), Some("less"));
    assert_eq!(weight("chin_tuck"), None);
    let list = home.says(&["stretches"]);
    assert!(list.contains("\n+ sphinx "), "{list}");
    assert!(list.contains("\n- cobra "), "{list}");

    home.says(&["stretches", "usual", "sphinx", "cobra"]);
    assert_eq!(home.settings(), after);
    let said = home.says(&["stretches", "usual", "cobra"]);
    assert_eq!(said, "Nothing to change: it is like that already.\n");
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let home = Home::with_settings("[rotation]\nstretches = [\"cobra\"]\n");
    let before = home.settings();
    let run = |arguments: &[&str]| home.runs(&[&["stretches"], arguments].concat());
    refuses(&run(&["off", "cobra"]), "the last one that comes");
    refuses(&run(&["more", "chin_tuck"]), "does not come at all");
    refuses(
        &run(&["on", "w_raise", "chin_tuk"]),
        "Did you mean chin_tuck?",
    );
    refuses(&run(&["preset", "ofice"]), "open-plan");
    assert_eq!(home.settings(), before);
}

#[test]
fn a_preset_is_taken_and_told() {
    let home = Home::empty();
    let preset = || home.says(&["stretches", "preset"]);
    assert_eq!(preset(), "desk\n");
    for name in ["open-plan", "home", "article", "desk"] {
        home.says(&["stretches", "preset", name]);
        assert_eq!(preset(), format!("{name}\n"));
    }
    home.says(&["stretches", "preset", "article"]);
    assert_eq!(home.ids(&["--on"]).len(), 9);
    let said = home.says(&["stretches", "off", "cat_cow", "--json"]);
    let expected = json!({
        "changed": [{"id": "cat_cow", "enabled": false, "weight": "usual"}],
        "preset": null,
        "reloaded": false,
    });
    assert_eq!(serde_json::from_str::<Value>(&said).unwrap(), expected);
    assert_eq!(preset(), "a choice of your own\n");
}

#[test]
fn what_was_done_is_told_beside_each_stretch() {
    let home = Home::empty();
    let (mut history, _) = History::open(home.history_file(), DateTime::<Utc>::MIN_UTC);
    // One that is surely not of this week, and one that surely is: both hold whenever this runs.
    for (ended, stretch) in [
        ("2020-03-02T09:00:00Z", "cobra"),
        ("2120-03-02T09:00:00Z", "chin_tuck"),
    ] {
        let credit = Credit {
            reminder: "upper-back".to_owned(),
            stretches: vec![StretchId(stretch.to_owned())],
            due: None,
            announced: None,
            started: None,
            ended: ended.parse().unwrap(),
            outcome: Outcome::Completed,
            stretched: Duration::from_secs(40),
            snoozes: 0,
        };
        assert_eq!(history.record(&credit, DateTime::<Utc>::MIN_UTC), None);
    }
    let rows = home.lists(&[]);
    let told = |id: &str| {
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        (row["times_this_week"].clone(), row["last_done"].clone())
    };
    assert_eq!(told("cobra"), (json!(0), json!("2020-03-02T09:00:00Z")));
    assert_eq!(told("chin_tuck"), (json!(1), json!("2120-03-02T09:00:00Z")));
    assert_eq!(told("sphinx"), (json!(0), Value::Null));
    let list = home.says(&["stretches"]);
    let head = list.lines().next().unwrap();
    assert!(head.contains("week  last"), "{head}");
    assert!(list.contains("2120-03-02"), "{list}");
}

#[test]
fn a_setting_is_looked_up_and_changed_by_its_name() {
    let home = Home::with_settings("# mine\n\n[sound]\nvolume = 20 # low\n");
    let get = |key: &str| home.says(&["config", "get", key]);
    let set = |key: &str, values: &[&str]| {
        home.says(&[&["config", "set", key], values].concat());
    };
    assert_eq!(get("sound.volume"), "20\n");
    assert_eq!(get("look.window"), "normal\n");
    assert_eq!(get("schedule.snooze"), "[\"5min\", \"10min\"]\n");
    assert_eq!(get("rotation.except"), "[]\n");
    assert_eq!(get("sound"), "on = true\nvolume = 20\n");
    assert_eq!(
        home.says(&["config", "get", "reminder.upper-back", "--json"]),
        "{\"count\":1,\"every\":\"1h\",\"id\":\"upper-back\",\"length\":\"standard\"}\n"
    );

    // As it comes out of a shell that has taken the quotation marks away.
    set("look.window", &["corner"]);
    set("sound.volume", &["30"]);
    set("voice.rate", &["-20"]);
    set("hours.mon", &["09:00-12:30", "13:15-18:00"]);
    set("rotation.except", &["chin_tuck"]);
    set("schedule.day_starts", &["05:00"]);
    set("hook.1", &["{ on = \"due\", run = [\"lamp\"] }"]);
    set("hook.1.run", &["lamp", "on"]);
    set("hook.1.timeout", &["3s"]);
    assert_eq!(
        home.settings(),
        "# mine\n\n[schedule]\nday_starts = 05:00\n\n[hours]\nmon = [\"09:00-12:30\", \"13:15-18:00\"]\n\n\
         [rotation]\nexcept = [\"chin_tuck\"]\n\n[look]\nwindow = \"corner\"\n\n\
         [sound]\nvolume = 30 # low\n\n[voice]\nrate = -20\n\n\
         [[hook]]\non = \"due\"\nrun = [\"lamp\", \"on\"]\ntimeout = \"3s\"\n"
    );
}

#[test]
fn a_setting_that_is_no_good_is_explained_and_not_written() {
    let home = Home::with_settings("# mine\n");
    for (key, value, complaint) in [
        ("sound.volume", "140", "allowed: 0 to 100"),
        ("look.window", "fullscreen", "did you mean `\"full\"`?"),
        ("look.windw", "full", "did you mean `window`?"),
        (
            "rotation.except",
            "chin_tuk",
            "did you mean `\"chin_tuck\"`?",
        ),
        ("schedule.lull", "30", "`\"30s\"`"),
        ("schedule.lull", "3 fortnights", "is not a length of time"),
        ("reminder.eyes.count", "2", "there is no reminder `eyes`"),
        ("hook.1.timeout", "3s", "there is no hook 1"),
    ] {
        refuses(&home.runs(&["config", "set", key, value]), complaint);
    }
    assert_eq!(home.settings(), "# mine\n");
    for (key, complaint) in [
        ("sound.volum", "did you mean `volume`?"),
        ("volume", "belongs under `[sound]`"),
        ("sounds.on", "did you mean `[sound]`?"),
        ("reminder.uper-back.every", "did you mean `upper-back`?"),
    ] {
        refuses(&home.runs(&["config", "get", key]), complaint);
    }
    let unset = home.runs(&["config", "get", "hours.mon"]);
    assert_eq!(unset.status.code(), Some(1));
}

#[test]
fn the_running_program_takes_a_change_up_at_once() {
    let desktop = Desktop::start();
    let settings = "[schedule]\nopen = \"at once\"\n[rotation]\nstretches = [\"w_raise\"] # mine\n";
    let mut daemon = Daemon::start(&desktop, settings);
    let switch = |arguments: &[&str]| {
        let output = daemon.run(&[&["stretches"], arguments, &["--json"]].concat());
        assert!(output.status.success(), "{output:?}");
        let outcome: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(outcome["reloaded"], true, "{outcome}");
    };
    switch(&["on", "chin_tuck"]);
    switch(&["off", "w_raise"]);
    assert!(daemon.run(&["now"]).status.success());
    assert_eq!(daemon.wait_for("opened")["stretch"], "chin_tuck");
    let text = fs::read_to_string(desktop.config_file()).unwrap();
    assert!(
        text.ends_with("stretches = [\"chin_tuck\"] # mine\n"),
        "{text}"
    );

    // Beside a mistake the change is made, but settings with mistakes are not taken up.
    fs::write(
        desktop.config_file(),
        format!("{text}[sound]\nvolume = 140\n"),
    )
    .unwrap();
    let output = daemon.run(&["stretches", "on", "w_raise", "--json"]);
    let outcome: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(outcome["reloaded"], false, "{outcome}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("until the mistakes in it are gone"), "{said}");
    let text = fs::read_to_string(desktop.config_file()).unwrap();
    assert!(
        text.contains("[\"chin_tuck\", \"w_raise\"] # mine"),
        "{text}"
    );
}
