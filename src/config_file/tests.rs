//! Settings as users write them. What is said about mistakes has its own files, in
//! `tests/configs`; random settings are in `tests/it/config_file.rs`.

use std::time::Duration;

use chrono::NaiveTime;

use super::*;
use crate::core::{
    config::{
        Choice, DayOfWeek, FigureTone, Film, HourRange, Open, Reminder, Rotation, TextScale,
        Toggle, What, When,
    },
    stretch::{Area, Posture, StretchId, VariantName},
};

fn stretches() -> Vec<StretchFacts> {
    let stretch = |id: &str, posture, area, needs: &[&str], noticeability| StretchFacts {
        id: StretchId(id.to_owned()),
        names: vec![id.replace('_', " "), format!("The {id} thing")],
        default_on: posture != Posture::Floor,
        posture: vec![posture],
        areas: vec![area],
        needs: needs.iter().map(|need| (*need).to_owned()).collect(),
        noticeability,
    };
    vec![
        stretch("shoulder_roll", Posture::Standing, Area::Shoulders, &[], 1),
        stretch("chin_tuck", Posture::Seated, Area::Neck, &["chair"], 1),
        stretch(
            "wall_angels",
            Posture::Standing,
            Area::ThoracicSpine,
            &["wall"],
            3,
        ),
        stretch("cat_cow", Posture::Floor, Area::ThoracicSpine, &["mat"], 3),
    ]
}

/// The settings of a text that has no mistakes.
fn good(text: &str) -> Config {
    let document = Document::parse("test.toml", text);
    let (config, problems) = document.config(&stretches());
    assert!(
        problems.is_empty(),
        "{}",
        document.render_all(&problems, false)
    );
    config
}

fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

fn clock(h: u32, m: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(h, m, 0).unwrap()
}

#[test]
fn no_settings_are_the_default_settings() {
    assert_eq!(good(""), Config::default());
    assert_eq!(good("\u{feff}# only a comment\r\n"), Config::default());
}

#[test]
fn every_table_is_read() {
    let config = good(
        r#"
        [schedule]
        film = "work"
        lull = "0s"
        open = "at once"
        snooze = ["10s", "8h"]
        day_starts = 05:30

        [hours]
        mon = ["13:15-18:00", "9:00 - 12:30"]
        fri = "22:00-06:00"
        sun = []

        [hold]
        meeting = false
        apps = ["mpv", "mpv", "OBS Studio", "front:blender"]

        [[reminder]]
        id = "upper-back"
        every = "1h 30min"
        length = "long"
        count = 5
        open = "on start"

        [[reminder]]
        id = "eyes"
        at = ["15:30", "11:00", "15:30"]
        natural_break = "1min"
        message = "Look at something at least six metres away"
        length = "20s"

        [rotation]
        posture = ["seated", "floor"]
        areas = "neck"
        max_noticeability = 2

        [look]
        theme = "dark"
        reduced_motion = true
        high_contrast = "desktop"
        text_scale = 1.25
        figure = 6

        [log]
        level = "debug"
        "#,
    );

    assert_eq!(config.schedule.film, Film::Work);
    assert_eq!(config.schedule.lull, Duration::ZERO);
    assert_eq!(config.schedule.open, Open::AtOnce);
    assert_eq!(config.schedule.snooze, [secs(10), secs(8 * 3600)]);
    assert_eq!(config.schedule.day_starts, clock(5, 30));
    let hours = config.hours.unwrap();
    let range = |from, to| HourRange {
        start: from,
        end: to,
    };
    let day = |key| DayOfWeek::from_key(key).unwrap();
    assert_eq!(
        hours.days.into_iter().collect::<Vec<_>>(),
        [
            (
                day("mon"),
                vec![
                    range(clock(9, 0), clock(12, 30)),
                    range(clock(13, 15), clock(18, 0))
                ]
            ),
            (day("fri"), vec![range(clock(22, 0), clock(6, 0))]),
        ]
    );
    assert!(!config.hold.meeting && config.hold.quiet);
    let apps = config
        .hold
        .apps
        .iter()
        .map(|app| (app.name.as_str(), app.in_front));
    let listed = [("mpv", false), ("OBS Studio", false), ("blender", true)];
    assert_eq!(apps.collect::<Vec<_>>(), listed);
    assert_eq!(
        config.reminders,
        [
            Reminder {
                id: "upper-back".to_owned(),
                when: When::Every(secs(5400)),
                what: What::Stretches {
                    variant: VariantName::Long,
                    count: 5
                },
                natural_break: None,
                open: Some(Open::OnStart),
            },
            Reminder {
                id: "eyes".to_owned(),
                when: When::At(vec![clock(11, 0), clock(15, 30)]),
                what: What::Message {
                    text: "Look at something at least six metres away".to_owned(),
                    length: secs(20),
                },
                natural_break: Some(secs(60)),
                open: None,
            },
        ]
    );
    let Choice::Filtered(filter) = config.rotation.choice else {
        panic!("filters were given")
    };
    assert_eq!(filter.posture, [Posture::Seated, Posture::Floor]);
    assert_eq!(filter.areas, [Area::Neck]);
    assert_eq!(filter.needs, None);
    assert_eq!(filter.max_noticeability, 2);
    assert_eq!(config.look.reduced_motion, Toggle::On);
    assert_eq!(config.look.high_contrast, Toggle::Desktop);
    assert_eq!(config.look.text_scale, TextScale::Percent(125));
    assert_eq!(config.look.figure, FigureTone::Tone(6));
}

#[test]
fn filters_choose_from_all_stretches_and_names_keep_their_order() {
    let chosen = |text: &str| -> Vec<String> {
        let all = stretches();
        let rotation = good(&format!("[rotation]\n{text}")).rotation;
        rotation
            .choose(&all)
            .iter()
            .map(|s| s.id.0.clone())
            .collect()
    };
    assert_eq!(chosen(""), ["shoulder_roll", "chin_tuck", "wall_angels"]);
    assert_eq!(
        chosen(r#"stretches = ["cat_cow", "chin_tuck"]"#),
        ["cat_cow", "chin_tuck"]
    );
    assert_eq!(chosen(r#"posture = ["floor"]"#), ["cat_cow"]);
    assert_eq!(chosen("needs = []"), ["shoulder_roll"]);
    assert_eq!(
        chosen(r#"needs = ["wall", "mat"]"#),
        ["shoulder_roll", "wall_angels", "cat_cow"]
    );
    assert_eq!(
        chosen("max_noticeability = 1"),
        ["shoulder_roll", "chin_tuck"]
    );
    assert_eq!(
        chosen("posture = [\"standing\"]\nareas = [\"thoracic_spine\", \"chest\"]"),
        ["wall_angels"]
    );
}

#[test]
fn what_is_good_is_used_and_what_is_bad_is_the_default() {
    let text = "[schedule]\nlull = \"3 parsecs\"\nlate = \"1h\"\n[hold]\nquiet = false\nmeeting = 7\n[[reminder]]\nid = \"eyes\"\nevery = 20min\n";
    let (config, problems) = Document::parse("x", text).config(&stretches());
    assert_eq!(problems.len(), 3);
    assert_eq!(config.schedule.lull, secs(10));
    assert_eq!(config.schedule.late, secs(3600));
    assert!(!config.hold.quiet && config.hold.meeting);
    // Without its quotation marks it is still clear what was meant.
    assert_eq!(config.reminders[0].when, When::Every(secs(1200)));
}

#[test]
fn a_heading_without_its_bracket_does_not_take_the_keys_below_with_it() {
    let text = "[schedule\nlull = \"1s\"\n\n[[reminder]\nid = \"eyes\"\nevery = \"20min\"\n";
    let (config, problems) = Document::parse("x", text).config(&stretches());
    assert_eq!(config.schedule.lull, secs(1));
    assert_eq!(config.reminders[0].id, "eyes");
    let places: Vec<_> = problems.iter().map(|p| p.line_and_column(text)).collect();
    assert_eq!(places, [(1, 10), (4, 12)]);
}

#[test]
fn half_a_filter_does_not_let_everything_through() {
    for text in [
        "posture = [\"seted\"]",
        "max_noticeability = 9",
        "needs = 3",
        "areas = []",
    ] {
        let document = Document::parse("x", &format!("[rotation]\n{text}\n"));
        let (config, problems) = document.config(&stretches());
        assert_eq!(config.rotation, Rotation::default(), "{text}");
        assert_eq!(problems.len(), 1, "{text}");
    }
}

mod set {
    use super::*;

    fn set(text: &str, changes: &[(&str, &str)]) -> Config {
        let mut document = Document::parse("test.toml", text);
        for (key, value) in changes {
            let outcome = document.set(key, value, &stretches());
            assert!(outcome.is_ok(), "{key} = {value}: {}", outcome.unwrap_err());
        }
        let (config, problems) = document.config(&stretches());
        assert!(
            problems.is_empty(),
            "{}",
            document.render_all(&problems, false)
        );
        config
    }

    #[test]
    fn any_key_can_be_set() {
        let config = set(
            "[schedule]\nlull = \"3s\"\nlate = \"1h\"\n",
            &[
                ("schedule.lull", "\"0s\""),
                ("hold.meeting", "false"),
                ("hours.mon", "[\"09:00-12:00\"]"),
                ("hours.tue", "[\"10:00-12:00\"]"),
                ("rotation.stretches", "[\"cat_cow\"]"),
                ("look.figure", "3"),
            ],
        );
        assert_eq!(config.schedule.lull, Duration::ZERO);
        assert_eq!(config.schedule.late, secs(3600));
        assert!(!config.hold.meeting);
        assert_eq!(config.hours.unwrap().days.len(), 2);
        assert_eq!(
            config.rotation,
            Choice::Named(vec![StretchId("cat_cow".to_owned())]).into()
        );
        assert_eq!(config.look.figure, FigureTone::Tone(3));
    }

    #[test]
    fn a_reminder_is_reached_by_its_name_also_the_one_of_the_defaults() {
        let config = set("", &[("reminder.upper-back.every", "\"30min\"")]);
        assert_eq!(config.reminders.len(), 1);
        assert_eq!(config.reminders[0].when, When::Every(secs(1800)));

        let eyes = "[[reminder]]\nid = \"eyes\"\nevery = \"20min\"\n";
        let config = set(eyes, &[("reminder.eyes.at", "[\"11:00\"]")]);
        assert_eq!(config.reminders[0].when, When::At(vec![clock(11, 0)]));
    }

    #[test]
    fn a_new_reminder_begins_with_when_it_is_due_and_the_others_stay() {
        let config = set(
            "",
            &[
                ("reminder.legs.every", "\"2h\""),
                ("reminder.legs.count", "2"),
                (
                    "reminder.eyes",
                    "{ every = \"20min\", message = \"Look away\", length = \"20s\" }",
                ),
            ],
        );
        let ids: Vec<_> = config.reminders.iter().map(|r| r.id.as_str()).collect();
        assert_eq!(ids, ["upper-back", "legs", "eyes"]);
    }

    #[test]
    fn what_cannot_be_set_changes_nothing_and_says_why() {
        let mut document = Document::parse("test.toml", "");
        let before = document.config(&stretches());
        for (key, value, why) in [
            ("schedule.lul", "\"0s\"", "did you mean `lull`?"),
            ("schedule.lull", "\"6min\"", "allowed: from 0s to 5min"),
            ("schedule.lull", "0s", "quotation marks"),
            ("schedule.lull", "", "a value is missing"),
            ("lull", "\"0s\"", "`lull` belongs under `[schedule]`"),
            ("reminder.eyes.count", "2", "there is no reminder `eyes`"),
            (
                "reminder.uper-back.count",
                "2",
                "did you mean `upper-back`?",
            ),
            (
                "reminder.eyes",
                "3",
                "write for example `reminder.eyes.every",
            ),
            ("reminder.upper-back.id", "\"x y\"", "cannot be the name"),
            ("rotation.stretches", "[]", "empty"),
            (
                "rotation.stretches",
                "[\"chin_tuk\"]",
                "did you mean `\"chin_tuck\"`?",
            ),
            ("hold", "3", "is a table"),
            ("a b", "3", "write `a_b`"),
            ("", "3", "cannot be a key"),
        ] {
            let problem = document.set(key, value, &stretches()).unwrap_err();
            let said = problem.to_string();
            assert!(said.contains(why), "{key} = {value}: {said}");
        }
        assert_eq!(document.config(&stretches()), before);
    }
}

#[test]
fn a_file_with_no_end_of_mistakes_is_not_told_without_an_end() {
    let largest = usize::try_from(LARGEST).unwrap();
    for line in [
        "x\n",
        "x = [\n",
        "[x\n",
        "[[reminder]]\n",
        "= 3\n",
        "\"\n",
        "{\n",
        "[hold]\n",
    ] {
        let text = line.repeat(largest / line.len());
        let document = Document::from_bytes("endless", text.as_bytes());
        let (_, problems) = document.config(&stretches());
        assert!(
            (1..=2 * 100).contains(&problems.len()),
            "{line:?}: {}",
            problems.len()
        );
    }
    let keys: String = (0..10_000).map(|n| format!("key{n} = {n}\n")).collect();
    let document = Document::parse("endless", &format!("[hold]\n{keys}"));
    let (_, problems) = document.config(&stretches());
    assert_eq!(problems.len(), 100);
    let last = problems.last().unwrap().note.as_deref();
    assert_eq!(last, Some("9900 more problems follow"));

    let document = Document::from_bytes("endless", &vec![b'#'; largest + 1]);
    let (_, problems) = document.config(&stretches());
    assert!(problems[0].message.contains("larger than 256 KiB"));
}

#[test]
fn hours_are_typed_in_a_line_and_written_back_the_same() {
    for (typed, written) in [
        ("", ""),
        ("  , ", ""),
        ("9:00-12:30, 13:15-18:00", "09:00-12:30, 13:15-18:00"),
        ("13:15-18:00; 9:00–12:30,", "09:00-12:30, 13:15-18:00"),
        ("22:00-06:00", "22:00-06:00"),
        ("00:00-24:00", "00:00-24:00"),
    ] {
        let hours = typed_hours(typed).unwrap();
        assert_eq!(hours_line(&hours), written, "{typed:?}");
    }
}

#[test]
fn hours_that_cannot_be_read_say_what_is_wrong_and_where() {
    for (typed, found, message) in [
        ("9-5", "9-5", "`9` is not a time of day"),
        (
            "09:00-12:00, 9pm-10pm",
            " 9pm-10pm",
            "`9pm` is not a time of day",
        ),
        ("09:00", "09:00", "`\"09:00\"` is not a range"),
        (
            "09:00-09:00",
            "09:00-09:00",
            "`\"09:00-09:00\"` begins and ends",
        ),
    ] {
        let problem = typed_hours(typed).unwrap_err();
        assert_eq!(&typed[problem.span.clone()], found);
        assert!(problem.message.starts_with(message), "{}", problem.message);
        assert!(problem.help.is_some() || !problem.label.is_empty());
    }
}
