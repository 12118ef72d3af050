//! "When to hold back": switches, how things stand, tests, lists of programs.

use std::time::Duration;

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use unhunch::{
    core::config::{App, Config},
    gui::settings::{
        Ask, News, Page,
        hold::{self, Around, Input, Live, Program, Subject},
    },
};

use super::{
    SMALLEST, Window, asked, click, config, hear, is_shown, open, press, sized, tab_to, type_all,
    type_in, type_into, wait, walk,
};

fn live(so: Option<bool>, said: &str, at: &str) -> Live {
    Live {
        so,
        said: said.to_owned(),
        at: at.to_owned(),
        ..Live::default()
    }
}

fn says(subject: Subject, so: bool, at: &str) -> News {
    News::Hold(hold::News::Live(subject, live(Some(so), "it says so", at)))
}

fn with_apps(apps: &[(&str, bool)]) -> Config {
    let mut config = Config::default();
    let apps = apps.iter().map(|(name, in_front)| App {
        name: (*name).to_owned(),
        in_front: *in_front,
    });
    config.hold.apps = apps.collect();
    config
}

fn page() -> Window {
    open(Page::Hold, Config::default())
}

fn hold_asks(window: &mut Window) -> Vec<hold::Ask> {
    let asks = asked(window).into_iter();
    asks.filter_map(|ask| match ask {
        Ask::Hold(ask) => Some(ask),
        _ => None,
    })
    .collect()
}

#[test]
fn every_reason_has_a_switch_that_counts_at_once() {
    let mut window = page();
    for (name, is_on) in [
        ("Do not disturb", (|c| c.hold.quiet) as fn(&Config) -> bool),
        ("In a meeting", |c| c.hold.meeting),
        ("Full screen", |c| c.hold.fullscreen),
        ("Locked", |c| c.hold.locked),
        ("Away", |c| c.hold.away),
        ("Outside of working hours", |c| c.hold.hours),
    ] {
        assert!(is_on(config(&window)), "{name}");
        window.get_by_role_and_label(Role::Switch, name).click();
        window.run_steps(4);
        assert!(!is_on(config(&window)), "{name}");
    }
}

#[test]
fn everything_is_watched_while_the_page_is_shown_and_by_its_lists() {
    let mut window = page();
    let watch =
        |config: &Config| hold::Ask::Watch(Box::new((config.hold.clone(), config.hours.clone())));
    assert_eq!(
        hold_asks(&mut window),
        [watch(&Config::default()), hold::Ask::LookAround]
    );
    window.run_steps(3);
    assert_eq!(hold_asks(&mut window), []);

    type_into(&mut window, "A program to wait for", "mpv");
    press(&mut window, Key::Enter);
    assert_eq!(
        hold_asks(&mut window),
        [watch(&with_apps(&[("mpv", false)]))]
    );

    click(&mut window, "Hooks");
    assert_eq!(hold_asks(&mut window), [hold::Ask::Rest]);
    window.run_steps(3);
    assert_eq!(hold_asks(&mut window), []);
    click(&mut window, "When to hold back");
    assert!(matches!(hold_asks(&mut window)[0], hold::Ask::Watch(_)));
}

#[test]
fn looking_for_a_setting_lets_the_sensors_rest() {
    let mut window = page();
    hold_asks(&mut window);
    window.state_mut().settings.look_for("volume");
    window.run_steps(2);
    assert_eq!(hold_asks(&mut window), [hold::Ask::Rest]);
}

#[test]
fn how_each_reason_stands_is_said_with_what_would_help() {
    let mut window = page();
    assert!(is_shown(&window, "Now: looking …"));
    let unknown = Live {
        help: vec!["Start dunst.".to_owned()],
        ..live(None, "nothing on this desktop can tell", "")
    };
    let zoom = live(
        Some(true),
        "Zoom uses the microphone (PipeWire)",
        "14:00:00",
    );
    hear(
        &mut window,
        [
            News::Hold(hold::News::Live(Subject::Quiet, unknown)),
            News::Hold(hold::News::Live(Subject::Microphone, zoom)),
        ],
    );
    window.get_by_label("Now: nothing on this desktop can tell");
    window.get_by_label("Start dunst.");
    window.get_by_label("Microphone: Zoom uses the microphone (PipeWire)");
}

#[test]
fn seconds_without_input_are_counted() {
    let mut window = page();
    hear(
        &mut window,
        [
            News::Hold(hold::News::Live(
                Subject::Input,
                live(Some(false), "X11 IDLETIME", ""),
            )),
            News::Hold(hold::News::Input(
                Input::Idle(Duration::from_secs(993)),
                "14:03:10".to_owned(),
            )),
        ],
    );
    window.get_by_label("Now: no input for 7s (X11 IDLETIME); you count as away after 2min");
    wait(&mut window, 120);
    window.get_by_label("Now: no input for 2min 7s: you are away (X11 IDLETIME)");
    let active = Input::Active(Duration::from_secs(1127));
    let active = News::Hold(hold::News::Input(active, "14:05:17".to_owned()));
    hear(&mut window, [active]);
    window.get_by_label("Now: there is input (X11 IDLETIME)");
}

#[test]
fn a_test_says_what_to_do_and_what_was_seen() {
    let mut window = page();
    hear(&mut window, [says(Subject::Locked, false, "14:03:00")]);
    click(&mut window, "Test: Locked");
    window.get_by_label("Lock the screen, and unlock it. (60 s left)");
    wait(&mut window, 10);
    window.get_by_label("Lock the screen, and unlock it. (50 s left)");
    hear(&mut window, [says(Subject::Locked, true, "14:03:10")]);
    assert!(is_shown(&window, "Seen: on at 14:03:10"));
    hear(&mut window, [says(Subject::Locked, false, "14:03:12")]);
    assert!(is_shown(
        &window,
        "Seen: on at 14:03:10, off again at 14:03:12"
    ));
    window.get_by_label("Test: Locked");
}

#[test]
fn a_test_that_sees_nothing_says_so_after_a_minute() {
    let mut window = page();
    hear(&mut window, [says(Subject::Fullscreen, false, "14:03:00")]);
    click(&mut window, "Test: Full screen");
    wait(&mut window, 61);
    let nothing = window.get_all_by_label_contains("Nothing was seen in this minute");
    assert!(nothing.count() > 0);
}

#[test]
fn a_call_is_seen_whichever_sensor_tells_of_it() {
    let mut window = page();
    for subject in [Subject::Microphone, Subject::Camera, Subject::ScreenShare] {
        hear(&mut window, [says(subject, false, "14:03:00")]);
    }
    click(&mut window, "Test: In a meeting");
    hear(
        &mut window,
        [
            says(Subject::Camera, true, "14:03:10"),
            says(Subject::Microphone, true, "14:03:11"),
            says(Subject::Camera, false, "14:03:20"),
        ],
    );
    assert!(is_shown(&window, "Seen: on at 14:03:10"));
    hear(&mut window, [says(Subject::Microphone, false, "14:03:21")]);
    assert!(is_shown(
        &window,
        "Seen: on at 14:03:10, off again at 14:03:21"
    ));
}

#[test]
fn a_test_can_be_stopped_and_another_takes_its_place() {
    let mut window = page();
    click(&mut window, "Test: Away");
    click(&mut window, "Stop: Away");
    window.get_by_label("Test: Away");
    click(&mut window, "Test: Away");
    click(&mut window, "Test: Do not disturb");
    window.get_by_label("Test: Away");
    window.get_by_label("Stop: Do not disturb");
}

#[test]
fn what_cannot_be_tested_has_no_test() {
    let mut window = page();
    assert!(!is_shown(&window, "Test: Outside of working hours"));
    assert!(!is_shown(&window, "Test: Programs"));
    type_into(&mut window, "A program to wait for", "mpv");
    press(&mut window, Key::Enter);
    window.get_by_label("Test: Programs");
}

#[test]
fn programs_are_put_on_the_list_and_taken_off_it() {
    let mut window = page();
    type_into(&mut window, "A program to wait for", "open:mpv");
    press(&mut window, Key::Enter);
    assert_eq!(config(&window).hold.apps, []);
    assert!(window.query_all_by_label_contains("\"mpv\"").count() > 0);
    // What is wrong stays to be mended.
    type_all(&mut window, "A program to wait for", "front:blender");
    press(&mut window, Key::Enter);
    let around = Around {
        open: vec!["firefox".to_owned(), "Blender".to_owned()],
        front: None,
    };
    hear(&mut window, [News::Hold(hold::News::Around(around))]);
    assert!(!is_shown(&window, "Add Blender"), "it is there already");
    click(&mut window, "Add firefox");
    let expected = with_apps(&[("blender", true), ("firefox", false)]);
    assert_eq!(config(&window).hold.apps, expected.hold.apps);

    let front = window.get_all_by_label("while it is in front").nth(1);
    front.unwrap().click();
    window.run_steps(4);
    assert!(config(&window).hold.apps[1].in_front);
    click(&mut window, "Take blender off the list");
    let expected = with_apps(&[("firefox", true)]);
    assert_eq!(config(&window).hold.apps, expected.hold.apps);
    click(&mut window, "Reset “Programs” to none");
    assert_eq!(config(&window).hold.apps, []);
}

#[test]
fn what_cannot_work_here_is_said_beside_it() {
    let mut window = open(Page::Hold, with_apps(&[("blender", true)]));
    let around = Around {
        open: Vec::new(),
        front: Some("this one does not tell".to_owned()),
    };
    hear(&mut window, [News::Hold(hold::News::Around(around))]);
    let said = window.get_all_by_label_contains("hold nothing back on this desktop");
    assert_eq!(said.count(), 1);
}

#[test]
fn who_uses_the_microphone_now_is_offered_as_no_meeting() {
    let mut window = page();
    let using = Live {
        programs: vec!["OBS Studio".to_owned()],
        ..live(Some(true), "OBS Studio uses the microphone", "14:03:10")
    };
    let using = News::Hold(hold::News::Live(Subject::Microphone, using));
    hear(&mut window, [using]);
    click(&mut window, "Add OBS Studio");
    assert_eq!(config(&window).hold.meeting_except, ["OBS Studio"]);
    assert!(!is_shown(&window, "Add OBS Studio"));
    type_into(&mut window, "A program that is no meeting", "easyeffects");
    click(&mut window, "Add: A program that is no meeting");
    assert_eq!(
        config(&window).hold.meeting_except,
        ["OBS Studio", "easyeffects"]
    );
    click(&mut window, "Take OBS Studio off the list");
    assert_eq!(config(&window).hold.meeting_except, ["easyeffects"]);
}

#[test]
fn what_the_running_program_waits_for_stands_at_the_top() {
    let mut window = page();
    let news = |program| [News::Hold(hold::News::Program(program))];
    hear(&mut window, news(Program::NotRunning));
    window.get_by_label_contains("Unhunch is not running");
    hear(&mut window, news(Program::Runs(Vec::new())));
    window.get_by_label("Nothing holds a break back right now.");
    let waits = vec!["Do-not-disturb is on (dunst).".to_owned()];
    hear(&mut window, news(Program::Runs(waits)));
    window.get_by_label("Do-not-disturb is on (dunst).");
}

#[test]
fn the_keyboard_alone_switches_tests_and_lists() {
    let mut window = page();
    tab_to(&mut window, "Full screen");
    press(&mut window, Key::Space);
    assert!(!config(&window).hold.fullscreen);
    tab_to(&mut window, "Test: Full screen");
    press(&mut window, Key::Enter);
    window.get_by_label("Stop: Full screen");
    tab_to(&mut window, "A program to wait for");
    type_in(&mut window, "vlc");
    press(&mut window, Key::Enter);
    assert_eq!(
        config(&window).hold.apps,
        with_apps(&[("vlc", false)]).hold.apps
    );
    tab_to(&mut window, "Take vlc off the list");
    press(&mut window, Key::Space);
    assert_eq!(config(&window).hold.apps, []);
}

#[test]
fn every_control_has_a_name_in_the_smallest_window() {
    let mut window = sized(Page::Hold, with_apps(&[("mpv", false)]), SMALLEST);
    let names = walk(&mut window);
    for name in ["Locked", "Test: Programs", "Take mpv off the list"] {
        assert!(names.iter().any(|other| other == name), "{name}: {names:?}");
    }
}
