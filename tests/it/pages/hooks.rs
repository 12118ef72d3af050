//! "Hooks": cards, commands as words, trying one out.

use std::{collections::BTreeMap, time::Duration};

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use unhunch::{
    core::{
        config::{Config, Hook},
        day::EVENTS,
    },
    gui::settings::{
        Ask, News, Page,
        hooks::{self, Tried},
    },
};

use super::{
    SMALLEST, Window, asked, click, config, hear, is_shown, open, press, sized, tab_to, type_all,
    type_in, type_into, walk,
};

fn hook(on: &'static str, run: &[&str]) -> Hook {
    Hook {
        on,
        run: run.iter().map(ToString::to_string).collect(),
        timeout: Duration::from_secs(10),
    }
}

fn with(hooks: &[Hook]) -> Config {
    Config {
        hooks: hooks.to_vec(),
        ..Config::default()
    }
}

fn page(hooks: &[Hook]) -> Window {
    open(Page::Hooks, with(hooks))
}

fn pause() -> Hook {
    hook("started", &["playerctl", "pause"])
}

fn hook_asks(window: &mut Window) -> Vec<hooks::Ask> {
    let asks = asked(window).into_iter();
    asks.filter_map(|ask| match ask {
        Ask::Hooks(ask) => Some(ask),
        _ => None,
    })
    .collect()
}

#[test]
fn a_new_hook_counts_with_its_command() {
    let mut window = page(&[]);
    click(&mut window, "Add a hook");
    assert_eq!(config(&window).hooks, []);
    type_in(&mut window, "notify-send 'A  stretch' now");
    assert!(is_shown(&window, "3 words: notify-send · A  stretch · now"));
    press(&mut window, Key::Enter);
    assert_eq!(
        config(&window).hooks,
        [hook("announced", &["notify-send", "A  stretch", "now"])]
    );
    window.get_by_label("1. A break is announced");
    window.get_by_label("Add a hook");
}

#[test]
fn a_new_hook_can_be_dropped() {
    let mut window = page(&[]);
    click(&mut window, "Add a hook");
    type_in(&mut window, "true");
    click(&mut window, "Do not add it");
    assert_eq!(config(&window).hooks, []);
    assert!(!is_shown(&window, "Do not add it"));
    click(&mut window, "Pause the music when a stretch begins");
    assert_eq!(config(&window).hooks, [pause()]);
}

#[test]
fn a_command_that_cannot_be_is_said_where_it_stands() {
    let mut window = page(&[pause()]);
    let field = "Program and arguments: hook 1";
    for (typed, said) in [
        ("say 'hello", "A ' has no second one."),
        ("./run.sh", "run.sh"),
        ("say \\", "Nothing follows the \\ at the end."),
        (" ", "Write the name of a program"),
    ] {
        type_all(&mut window, field, typed);
        press(&mut window, Key::Enter);
        assert_eq!(config(&window).hooks, [pause()], "{typed}");
        let shown = window.query_all_by_label_contains(said).count();
        assert!(shown > 0, "{typed}: {said}");
        press(&mut window, Key::Escape);
    }
    type_all(&mut window, field, "~/run.sh \"it's\" ''");
    press(&mut window, Key::Enter);
    assert_eq!(
        config(&window).hooks,
        [hook("started", &["~/run.sh", "it's", ""])]
    );
}

#[test]
fn hooks_are_duplicated_and_removed() {
    let other = hook("completed", &["true"]);
    let mut window = page(&[pause(), other.clone()]);
    click(&mut window, "Duplicate hook 1");
    assert_eq!(config(&window).hooks, [pause(), pause(), other.clone()]);
    click(&mut window, "Remove hook 1");
    click(&mut window, "Remove hook 1");
    assert_eq!(config(&window).hooks, [other]);
}

#[test]
fn every_event_can_be_chosen_and_says_what_it_means() {
    for event in EVENTS {
        let window = page(&[hook(event, &["true"])]);
        let id = format!("hooks-event-{}", event.replace('_', "-"));
        let (name, about) = (
            unhunch::text::text(&id),
            unhunch::text::text(&format!("{id}-about")),
        );
        assert!(is_shown(&window, &format!("1. {name}")), "{event}");
        assert!(is_shown(&window, &about), "{event}");
    }
    let mut window = page(&[pause()]);
    click(&mut window, "When: hook 1");
    click(&mut window, "A due break is held back");
    assert_eq!(config(&window).hooks[0].on, "held");
}

#[test]
fn the_time_goes_from_a_second_to_an_hour() {
    let mut window = page(&[pause()]);
    let seconds = |window: &Window| config(window).hooks[0].timeout.as_secs();
    let name = "For how long at most: hook 1";
    click(&mut window, &format!("More: {name}"));
    assert_eq!(seconds(&window), 15);
    type_all(&mut window, name, "2h");
    press(&mut window, Key::Enter);
    assert_eq!(seconds(&window), 15);
    press(&mut window, Key::Escape);
    type_all(&mut window, name, "1h");
    press(&mut window, Key::Enter);
    assert_eq!(seconds(&window), 3600);
    click(&mut window, "Reset “For how long at most” to 10s");
    assert_eq!(seconds(&window), 10);
}

#[test]
fn what_speaks_against_a_program_is_asked_once_and_said() {
    let mut window = page(&[pause(), hook("due", &["playerctl"])]);
    let look = hooks::Ask::Look(vec!["playerctl".to_owned()]);
    assert_eq!(hook_asks(&mut window), [look]);
    let why = "playerctl is in no folder of the PATH.";
    let looked = BTreeMap::from([("playerctl".to_owned(), Some(why.to_owned()))]);
    hear(&mut window, [News::Hooks(hooks::News::Looked(looked))]);
    assert_eq!(window.query_all_by_label(why).count(), 2);
    assert_eq!(hook_asks(&mut window), []);
    // Nothing is forbidden because of it.
    click(&mut window, "Try it: hook 1");
    assert_eq!(hook_asks(&mut window), [hooks::Ask::Try(Box::new(pause()))]);
}

#[test]
fn what_came_of_a_try_stands_on_the_card_until_it_is_another_hook() {
    let mut window = page(&[pause()]);
    let told = |tried| News::Hooks(hooks::News::Tried(Box::new(pause()), tried));
    hear(&mut window, [told(Tried::Runs)]);
    hook_asks(&mut window);
    click(&mut window, "Stop: hook 1");
    assert_eq!(hook_asks(&mut window), [hooks::Ask::Stop]);
    let ended = Tried::Ended {
        well: false,
        how: "It ended with code 1.".to_owned(),
        lines: vec!["No players found".to_owned()],
    };
    hear(&mut window, [told(ended)]);
    assert!(is_shown(&window, "It ended with code 1."));
    assert!(is_shown(&window, "No players found"));
    click(&mut window, "More: For how long at most: hook 1");
    assert!(!is_shown(&window, "No players found"));

    let mut window = page(&[pause()]);
    let none = Tried::NotStarted("No such file or directory".to_owned());
    hear(&mut window, [told(none)]);
    assert!(is_shown(
        &window,
        "It did not start: No such file or directory"
    ));
}

#[test]
fn what_a_program_is_told_is_shown_for_its_event() {
    let mut window = page(&[hook("snoozed", &["true"])]);
    assert!(!is_shown(&window, "UNHUNCH_EVENT=snoozed"));
    click(&mut window, "Show what it is told: hook 1");
    for line in [
        "UNHUNCH_EVENT=snoozed",
        "UNHUNCH_REMINDER=upper-back",
        "UNHUNCH_FOR_S=300",
        "UNHUNCH_BY=user",
    ] {
        window.get_by_label(line);
    }
    click(&mut window, "Hide what it is told: hook 1");
    assert!(!is_shown(&window, "UNHUNCH_EVENT=snoozed"));
}

#[test]
fn the_keyboard_alone_adds_a_hook_and_tries_it() {
    let mut window = page(&[]);
    tab_to(&mut window, "Add a hook");
    press(&mut window, Key::Enter);
    type_in(&mut window, "true");
    press(&mut window, Key::Enter);
    assert_eq!(config(&window).hooks, [hook("announced", &["true"])]);
    hook_asks(&mut window);
    tab_to(&mut window, "Try it: hook 1");
    press(&mut window, Key::Space);
    let expected = hooks::Ask::Try(Box::new(hook("announced", &["true"])));
    assert_eq!(hook_asks(&mut window), [expected]);
    tab_to(&mut window, "Remove hook 1");
    press(&mut window, Key::Enter);
    assert_eq!(config(&window).hooks, []);
}

#[test]
fn every_control_has_a_name_in_the_smallest_window() {
    let mut window = sized(Page::Hooks, with(&[pause(), pause()]), SMALLEST);
    let names = walk(&mut window);
    for name in [
        "When: hook 1",
        "Program and arguments: hook 2",
        "Try it: hook 2",
    ] {
        assert!(names.iter().any(|other| other == name), "{name}: {names:?}");
    }
    let twice: Vec<_> = names
        .iter()
        .filter(|name| names.iter().filter(|other| other == name).count() > 1)
        .collect();
    assert!(twice.is_empty(), "{twice:?}");
    type_into(&mut window, "Program and arguments: hook 2", " x");
}
