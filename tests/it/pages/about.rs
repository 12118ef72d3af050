//! "About": version, files, the doctor's report, licences.

use egui::{OutputCommand, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use unhunch::{
    core::config::Config,
    gui::settings::{
        Ask, News, Page,
        about::{self, Autostart, Finding, Kept, Report, State},
    },
};

use super::{SMALLEST, Window, asked, click, hear, is_shown, open, press, sized, tab_to, walk};

fn about_asks(window: &mut Window) -> Vec<about::Ask> {
    let asks = asked(window).into_iter();
    asks.filter_map(|ask| match ask {
        Ask::About(ask) => Some(ask),
        _ => None,
    })
    .collect()
}

/// The page with what it asks for at first.
fn page() -> Window {
    let mut window = open(Page::About, Config::default());
    assert_eq!(about_asks(&mut window), [about::Ask::Facts]);
    let kept = vec![
        Kept {
            name: "Settings".to_owned(),
            place: "/home/ada/.config/unhunch/config.toml".to_owned(),
            folder: Some("/home/ada/.config/unhunch".to_owned()),
        },
        Kept {
            name: "Log".to_owned(),
            place: "journalctl --user -t unhunch".to_owned(),
            folder: None,
        },
    ];
    let autostart = Autostart {
        on: false,
        said: "It does not now.".to_owned(),
    };
    hear(
        &mut window,
        [
            News::About(about::News::Kept(kept)),
            News::About(about::News::Autostart(Some(autostart))),
        ],
    );
    window
}

fn report() -> Report {
    let finding = |state, title: &str, said: &str, help: &[&str]| Finding {
        state,
        title: title.to_owned(),
        said: said.to_owned(),
        help: help.iter().map(ToString::to_string).collect(),
    };
    Report {
        findings: vec![
            finding(State::Works, "Desktop", "sway on wayland", &[]),
            finding(State::Missing, "Voice", "nothing speaks", &["Install one."]),
        ],
        summary: "One thing cannot work here.".to_owned(),
        printed: "+ Desktop  sway on wayland\n! Voice  nothing speaks\n".to_owned(),
    }
}

/// Clicks, and gives what was copied in that frame.
fn copied(window: &mut Window, label: &str) -> Vec<String> {
    window.get_by_label(label).click();
    let mut copied = Vec::new();
    for _ in 0..4 {
        window.run_steps(1);
        let commands = window.output().platform_output.commands.iter();
        copied.extend(commands.filter_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        }));
    }
    copied
}

#[test]
fn version_and_privacy_are_said() {
    let window = page();
    window.get_by_label(&format!("Unhunch {}", env!("CARGO_PKG_VERSION")));
    window.get_by_label_contains("there is no network code in it");
}

#[test]
fn facts_are_asked_again_when_somebody_comes_back() {
    let mut window = page();
    click(&mut window, "Hooks");
    click(&mut window, "About");
    assert_eq!(about_asks(&mut window), [about::Ask::Facts]);
}

#[test]
fn it_starts_with_the_session_when_it_is_switched_on() {
    let mut window = page();
    let name = "Start when I log in";
    window.get_by_role_and_label(Role::Switch, name).click();
    window.run_steps(4);
    assert_eq!(about_asks(&mut window), [about::Ask::Autostart(true)]);
    // Where it cannot be told, nothing is offered.
    hear(&mut window, [News::About(about::News::Autostart(None))]);
    assert!(!is_shown(&window, name));
}

#[test]
fn the_doctor_looks_when_asked_and_its_report_can_be_copied() {
    let mut window = page();
    assert!(!is_shown(&window, "Copy the report"));
    click(&mut window, "Look");
    assert_eq!(about_asks(&mut window), [about::Ask::Doctor]);
    // Once is enough while it looks.
    click(&mut window, "Looking …");
    assert_eq!(about_asks(&mut window), []);
    hear(
        &mut window,
        [News::About(about::News::Report(Ok(report())))],
    );
    assert!(is_shown(&window, "One thing cannot work here."));
    window.get_by_label("Desktop: sway on wayland (works)");
    window.get_by_label("Voice: nothing speaks (missing) Install one.");
    let text = copied(&mut window, "Copy the report");
    assert_eq!(text, [report().printed]);
    window.get_by_label("Copied");
    click(&mut window, "Look again");
    assert_eq!(about_asks(&mut window), [about::Ask::Doctor]);
    let failed = Err("no threads".to_owned());
    hear(&mut window, [News::About(about::News::Report(failed))]);
    window.get_by_label("Nothing could be looked at: no threads");
}

#[test]
fn places_are_copied_and_opened() {
    let mut window = page();
    let text = copied(&mut window, "Copy: Settings");
    assert_eq!(text, ["/home/ada/.config/unhunch/config.toml"]);
    window.get_by_label("Copied: Settings");
    click(&mut window, "Open the folder: Settings");
    let folder = "/home/ada/.config/unhunch".to_owned();
    assert_eq!(about_asks(&mut window), [about::Ask::Open(folder)]);
    let text = copied(&mut window, "Copy: Log");
    assert_eq!(text, ["journalctl --user -t unhunch"]);
    assert!(!is_shown(&window, "Open the folder: Log"));
}

#[test]
fn licences_are_shown_in_full() {
    let mut window = page();
    click(&mut window, "Apache 2.0");
    assert!(window.query_all_by_label_contains("Apache License").count() > 0);
    click(&mut window, "Inter: SIL Open Font License 1.1");
    assert_eq!(
        window.query_all_by_label_contains("Apache License").count(),
        0
    );
    assert!(
        window
            .query_all_by_label_contains("SIL OPEN FONT LICENSE")
            .count()
            > 0
    );
    // Folded again, so that what follows is in sight.
    click(&mut window, "Inter: SIL Open Font License 1.1");
    click(&mut window, "All of them");
    assert!(window.query_all_by_label_contains("zbus 6").count() > 0);
}

#[test]
fn the_keyboard_alone_asks_the_doctor() {
    let mut window = page();
    tab_to(&mut window, "Look");
    press(&mut window, egui::Key::Enter);
    assert_eq!(about_asks(&mut window), [about::Ask::Doctor]);
}

#[test]
fn every_control_has_a_name_in_the_smallest_window() {
    let mut window = sized(Page::About, Config::default(), SMALLEST);
    let names = walk(&mut window);
    assert!(names.iter().any(|name| name == "All of them"), "{names:?}");
}
