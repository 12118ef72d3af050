//! The commands that tell about stretches, as a user runs them.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;
use unhunch::core::{
    config::{Choice, Rotation, StretchFacts},
    rotation::{Preset, Weight},
    stretch::{Posture, StretchId},
};

/// A home without settings, or with these.
pub struct Home(TempDir);

impl Home {
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn with_settings(settings: &str) -> Self {
        let home = Self::empty();
        fs::write(home.0.path().join("config.toml"), settings).unwrap();
        home
    }

    pub fn runs(&self, arguments: &[&str]) -> Output {
        let settings = self.0.path().join("config.toml");
        let mut command = Command::new(env!("CARGO_BIN_EXE_unhunch"));
        command
            .args(arguments)
            .env("HOME", self.0.path())
            .env("XDG_CONFIG_HOME", self.0.path())
            .env("UNHUNCH_DATA_DIR", self.0.path())
            // Whoever runs the tests may have the program running.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        if settings.exists() {
            command.env("UNHUNCH_CONFIG", settings);
        } else {
            command.env_remove("UNHUNCH_CONFIG");
        }
        command.output().unwrap()
    }

    /// The settings file as it is now.
    pub fn settings(&self) -> String {
        fs::read_to_string(self.0.path().join("config.toml")).unwrap()
    }

    /// Where the history is.
    pub fn history_file(&self) -> PathBuf {
        self.0.path().join("history.db")
    }

    /// Standard output of a command that has to succeed.
    pub fn says(&self, arguments: &[&str]) -> String {
        let output = self.runs(arguments);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {complaint}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn lists(&self, filters: &[&str]) -> Vec<Value> {
        let arguments = [&["stretches", "--json"], filters].concat();
        serde_json::from_str(&self.says(&arguments)).unwrap()
    }

    pub fn ids(&self, filters: &[&str]) -> Vec<String> {
        let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
        self.lists(filters).iter().map(id).collect()
    }
}

/// Exit code 2, nothing on standard output, and this on standard error.
pub fn refuses(output: &Output, complaint: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty());
    assert!(said.contains(complaint), "{said}");
}

#[test]
fn all_stretches_are_listed_with_what_one_needs_to_choose() {
    let all = Home::empty().lists(&[]);

    assert_eq!(all.len(), 37);
    let tuck = all.iter().find(|one| one["id"] == "chin_tuck").unwrap();
    assert_eq!(tuck["name"], "Chin tuck");
    assert_eq!(tuck["posture"], serde_json::json!(["seated", "standing"]));
    assert_eq!(
        tuck["areas"],
        serde_json::json!(["neck", "upper_trapezius"])
    );
    assert_eq!(
        tuck["totals"],
        serde_json::json!({"short": 23.0, "standard": 50.0, "long": 95.0})
    );
    assert_eq!(tuck["needs"], serde_json::json!(["chair"]));
    assert_eq!(tuck["noticeability"], 1);
    assert_eq!(
        (&tuck["default_on"], &tuck["enabled"]),
        (&true.into(), &true.into())
    );
    assert!(tuck["safety"].as_str().unwrap().contains("dizzy"));
}

#[test]
fn filters_narrow_the_list_together() {
    let home = Home::empty();
    assert_eq!(
        home.ids(&["--area", "wrists"]),
        ["wrist_flexor_stretch", "wrist_extensor_stretch"]
    );
    assert_eq!(
        home.ids(&["--area", "wrists", "--posture", "floor"]),
        [""; 0]
    );
    let standing = home.ids(&[
        "--posture",
        "standing",
        "--needs-nothing",
        "--max-noticeability",
        "2",
    ]);
    assert_eq!(
        standing,
        [
            "shoulder_roll",
            "clasped_hands_chest_opener",
            "w_raise",
            "standing_back_extension",
            "hip_hinge"
        ]
    );
    assert_eq!(
        home.ids(&["--posture", "floor", "--posture", "seated"])
            .len(),
        29
    );
    assert!(
        home.says(&["stretches", "--area", "wrists", "--posture", "floor"])
            .contains("No stretch")
    );
}

#[test]
fn what_is_on_follows_the_settings() {
    assert_eq!(Home::empty().ids(&["--on"]).len(), 22);

    let home = Home::with_settings("[rotation]\nstretches = [\"cobra\", \"chin_tuck\"]\n");
    assert_eq!(home.ids(&["--on"]), ["chin_tuck", "cobra"]);
    let all = home.lists(&[]);
    let on = all.iter().filter(|one| one["enabled"] == true);
    assert_eq!(on.count(), 2);
}

#[test]
fn one_stretch_is_told_with_steps_breath_and_safety() {
    let home = Home::empty();
    let said = home.says(&["stretches", "show", "Neck Rotation"]);
    for part in [
        "Turn to look right",
        "your left side",
        "Breathe out",
        "Stop if you feel dizzy",
    ] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    let details: Value =
        serde_json::from_str(&home.says(&["stretches", "show", "neck_rotation", "--json"]))
            .unwrap();
    assert_eq!(details["steps"][1]["cue"], "Turn to look right");
    refuses(
        &home.runs(&["stretches", "show", "neck_rotaton"]),
        "Did you mean neck_rotation?",
    );
}

#[test]
fn poses_come_one_line_for_each_time_in_the_form_of_the_data() {
    let home = Home::empty();
    let said = home.says(&[
        "stretch",
        "pose",
        "neck_flexion",
        "--at",
        "0.5,18.5",
        "--json",
    ]);
    let lines: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();

    let data = include_str!("../data/joints.jsonl").lines();
    let wanted: Vec<Value> = data
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| {
            line["stretch"] == "neck_flexion" && [0.5, 18.5].contains(&line["t"].as_f64().unwrap())
        })
        .collect();
    assert_eq!(lines.len(), 2);
    for (line, wanted) in lines.iter().zip(&wanted) {
        assert_eq!(
            (&line["stretch"], &line["variant"], &line["t"]),
            (&wanted["stretch"], &wanted["variant"], &wanted["t"])
        );
        let (joints, wanted) = (
            line["joints"].as_object().unwrap(),
            wanted["joints"].as_object().unwrap(),
        );
        assert_eq!(joints.len(), wanted.len());
        for (name, place) in wanted {
            for axis in 0..2 {
                let off = joints[name][axis].as_f64().unwrap() - place[axis].as_f64().unwrap();
                assert!(off.abs() < 0.001, "{name} is {off} off");
            }
        }
    }
}

#[test]
fn poses_that_there_are_not_are_refused() {
    let home = Home::empty();
    let pose = |arguments: &[&str]| home.runs(&[&["stretch", "pose"], arguments].concat());
    refuses(
        &pose(&["shouder_roll", "--at", "1"]),
        "Did you mean shoulder_roll?",
    );
    refuses(
        &pose(&["cobra", "--at", "1,24", "--variant", "short"]),
        "lasts 23 s in the short variant",
    );
    refuses(
        &pose(&["cobra", "--at", "soon"]),
        "\"soon\" is not a number of seconds",
    );
    refuses(
        &pose(&["cobra", "--at", "-1"]),
        "\"-1\" is not a number of seconds",
    );
    refuses(
        &pose(&["cobra", "--at", "nan"]),
        "\"nan\" is not a number of seconds",
    );
    refuses(&pose(&["cobra", "--at", "1", "--variant", "lang"]), "long");
}

/// What rotates with a preset and the built-in stretches.
fn rotates(preset: Preset) -> Vec<StretchFacts> {
    let facts = unhunch::stretch_file::builtin().facts();
    let mut rotation = Rotation::default();
    preset.apply(&mut rotation, &facts);
    rotation.choose(&facts).into_iter().cloned().collect()
}

#[test]
fn every_preset_is_what_it_says() {
    let all = unhunch::stretch_file::builtin().facts();
    let on_the_floor = |stretch: &StretchFacts| stretch.posture == [Posture::Floor];

    assert!(rotates(Preset::Desk).iter().all(|one| one.default_on));
    let discreet = rotates(Preset::OpenPlan);
    assert!(discreet.len() > 9, "enough for a day");
    for stretch in &discreet {
        assert!(!on_the_floor(stretch) && stretch.noticeability == 1);
        assert!(stretch.needs.iter().all(|need| need == "chair"));
    }
    let at_home = rotates(Preset::HomeWithMat);
    for stretch in &all {
        let expected = stretch.default_on || on_the_floor(stretch);
        assert_eq!(at_home.contains(stretch), expected, "{}", stretch.id);
    }
    assert_eq!(rotates(Preset::Article).len(), 9);
}

#[test]
fn the_preset_in_effect_is_found_however_it_was_chosen() {
    let facts = unhunch::stretch_file::builtin().facts();
    for preset in Preset::ALL {
        let mut rotation = Rotation::default();
        preset.apply(&mut rotation, &facts);
        rotation.weigh(&facts[0].id, Weight::More);
        assert_eq!(Preset::of(&rotation, &facts), Some(preset));

        let names = rotation.choose(&facts).into_iter();
        let by_name = Choice::Named(names.map(|one| one.id.clone()).rev().collect());
        assert_eq!(Preset::of(&by_name.into(), &facts), Some(preset));

        let out = rotation.choose(&facts)[1].id.clone();
        rotation.switch(&out, false, &facts).unwrap();
        assert_eq!(Preset::of(&rotation, &facts), None);
    }
}

#[test]
fn a_preset_keeps_the_weights_of_what_still_rotates() {
    let facts = unhunch::stretch_file::builtin().facts();
    let id = |name: &str| StretchId(name.to_owned());
    let mut rotation = Rotation::default();
    rotation.weigh(&id("chin_tuck"), Weight::More);
    rotation.weigh(&id("shoulder_roll"), Weight::Less);
    Preset::Article.apply(&mut rotation, &facts);
    assert_eq!(rotation.more_often, []);
    assert_eq!(rotation.less_often, [id("shoulder_roll")]);
}

#[test]
fn pictures_of_the_figure_are_written_as_asked_for() {
    let home = Home::empty();
    let file = home.0.path().join("sheet.png");
    let path = file.to_str().unwrap();
    let size = || image::image_dimensions(&file).unwrap();
    let sheet =
        |more: &[&str]| home.says(&[&["stretch", "sheet", path, "--scale", "1"], more].concat());

    sheet(&[]);
    let overview = size();
    assert!(overview.0 > 1000 && overview.1 > 800, "{overview:?}");
    // Two poses beside each other, and a second stretch with three below them.
    sheet(&["chin_tuck"]);
    let one = size();
    sheet(&["Chin tuck", "neck_rotation", "--dark"]);
    let two = size();
    assert!(two.0 > one.0 && two.1 == 2 * one.1, "{one:?} {two:?}");
    sheet(&["chin_tuck", "--every", "5000"]);
    assert!(size().0 > two.0);

    let refused = |more: &[&str], why: &str| {
        refuses(
            &home.runs(&[&["stretch", "sheet", path], more].concat()),
            why,
        );
    };
    refused(&["chin_tick"], "Did you mean chin_tuck?");
    refused(&["--every", "50"], "megapixels");
}
