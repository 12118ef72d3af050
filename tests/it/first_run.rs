//! The window of the first run, used as a user does: by what a screen reader calls things and by
//! keys alone.

use std::time::Duration;

use egui::{Key, Vec2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    core::{rotation::Preset, stretch::VariantName},
    gui::{
        first::{Ask, First, News, Page, Standing, Waits},
        fonts,
        theme::Theme,
    },
    stretch_file,
};

use crate::windows::Drawing;

const USUAL: Vec2 = vec2(620.0, 900.0);

struct Desk {
    first: First,
    asked: Vec<Ask>,
}

fn standing() -> Standing {
    Standing {
        every: Some(Duration::from_mins(60)),
        length: Some(VariantName::Standard),
        preset: Some(Preset::Desk),
        autostart: Some(false),
        waits: [true; 3],
        acknowledged: None,
        mistakes: Vec::new(),
    }
}

fn look(size: Vec2, news: Vec<News>) -> Harness<'static, Desk> {
    let theme = Theme::new(false, false, None);
    let mut first = First::new(theme, true);
    let catalogue = stretch_file::only(&["overhead_arm_reach".to_owned()], None);
    let stretch = catalogue.stretches.into_iter().next().unwrap();
    first.hear(News::Figure(Box::new((catalogue.rig, stretch))));
    for news in news {
        first.hear(news);
    }
    let desk = Desk {
        first,
        asked: Vec::new(),
    };
    let mut window = Harness::builder()
        .with_size(size)
        .with_step_dt(0.02)
        .renderer(Drawing::new(theme))
        .with_context_setup(move |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        })
        .build_ui_state(
            |ui, desk: &mut Desk| {
                desk.first.ui(ui, Duration::ZERO);
                desk.asked.extend(desk.first.take_asks());
            },
            desk,
        );
    window.run_steps(3);
    window
}

fn window() -> Harness<'static, Desk> {
    look(USUAL, vec![News::Standing(standing())])
}

fn click(window: &mut Harness<'_, Desk>, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn press(window: &mut Harness<'_, Desk>, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

fn asked(window: &mut Harness<'_, Desk>) -> Vec<Ask> {
    std::mem::take(&mut window.state_mut().asked)
}

fn focused(window: &Harness<'_, Desk>) -> String {
    window
        .root()
        .children_recursive()
        .find(|node| node.accesskit_node().is_focused())
        .and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

/// Presses Tab until this has the focus.
fn tab_to(window: &mut Harness<'_, Desk>, label: &str) {
    for _ in 0..40 {
        press(window, Key::Tab);
        if focused(window) == label {
            return;
        }
    }
    panic!("Tab does not lead to {label}");
}

#[test]
fn three_pages_are_walked_forth_and_back() {
    let mut window = window();
    window.get_by_label("Page 1 of 3");
    click(&mut window, "I have read it. Next");
    assert_eq!(
        asked(&mut window),
        [Ask::Acknowledge, Ask::Turned(Page::Habits)]
    );
    window.get_by_label("As often as suits you");
    click(&mut window, "Next");
    window.get_by_label("At the right moment");
    click(&mut window, "Back");
    click(&mut window, "Back");
    window.get_by_label("One stretch an hour");
    assert!(
        asked(&mut window)
            .iter()
            .all(|ask| matches!(ask, Ask::Turned(_)))
    );
}

#[test]
fn the_safety_notice_is_acknowledged_once() {
    let read = Standing {
        acknowledged: Some("2026-03-02".to_owned()),
        ..standing()
    };
    let mut window = look(USUAL, vec![News::Standing(read)]);
    window.get_by_label("Read on 2026-03-02");
    click(&mut window, "Next");
    assert_eq!(asked(&mut window), [Ask::Turned(Page::Habits)]);
}

#[test]
fn nothing_is_set_that_was_not_pressed_and_every_choice_counts_at_once() {
    let mut window = look(
        USUAL,
        vec![News::Standing(standing()), News::Page(Page::Habits)],
    );
    assert_eq!(asked(&mut window), []);
    for (label, ask) in [
        ("45 min", Ask::Every(Duration::from_mins(45))),
        ("about half a minute", Ask::Length(VariantName::Short)),
        ("Open-plan, discreet", Ask::Choose(Preset::OpenPlan)),
        ("Start when I log in", Ask::Autostart(true)),
    ] {
        click(&mut window, label);
        assert_eq!(asked(&mut window), [ask], "{label}");
    }
    click(&mut window, "45 min");
    assert_eq!(asked(&mut window), [], "it is chosen already");
}

#[test]
fn what_was_found_stands_beside_what_breaks_wait_for() {
    let found = [
        "Firefox uses the microphone (PulseAudio)".to_owned(),
        "no window fills the screen (X11)".to_owned(),
        "do-not-disturb is off (dunst)".to_owned(),
    ];
    let mut window = look(
        USUAL,
        vec![
            News::Standing(standing()),
            News::Page(Page::Moment),
            News::Found(found),
        ],
    );
    window.get_by_label_contains("do-not-disturb is off (dunst)");
    window.get_by_label_contains("Firefox uses the microphone");
    click(&mut window, "A window fills the screen");
    assert_eq!(asked(&mut window), [Ask::Wait(Waits::Fullscreen, false)]);
    click(&mut window, "A window fills the screen");
    assert_eq!(asked(&mut window), [Ask::Wait(Waits::Fullscreen, true)]);
}

#[test]
fn a_first_stretch_ends_it() {
    let mut window = look(
        USUAL,
        vec![News::Standing(standing()), News::Page(Page::Moment)],
    );
    click(&mut window, "Try a first stretch");
    assert_eq!(asked(&mut window), [Ask::Try]);
    assert!(window.state().first.closing());
}

#[test]
fn everything_can_be_skipped() {
    for page in Page::ALL {
        let mut window = look(USUAL, vec![News::Standing(standing()), News::Page(page)]);
        click(&mut window, "Skip");
        assert_eq!(asked(&mut window), [Ask::Done]);
        assert!(window.state().first.closing());
    }
}

#[test]
fn the_keyboard_alone_leads_through_all_of_it() {
    let mut window = window();
    tab_to(&mut window, "I have read it. Next");
    press(&mut window, Key::Enter);
    tab_to(&mut window, "30 min");
    press(&mut window, Key::Space);
    tab_to(&mut window, "Start when I log in");
    press(&mut window, Key::Space);
    tab_to(&mut window, "Next");
    press(&mut window, Key::Enter);
    tab_to(&mut window, "Do not disturb is on");
    press(&mut window, Key::Space);
    tab_to(&mut window, "Done");
    press(&mut window, Key::Enter);
    assert_eq!(
        asked(&mut window),
        [
            Ask::Acknowledge,
            Ask::Turned(Page::Habits),
            Ask::Every(Duration::from_mins(30)),
            Ask::Autostart(true),
            Ask::Turned(Page::Moment),
            Ask::Wait(Waits::Quiet, false),
            Ask::Done,
        ]
    );
}

#[test]
fn where_it_cannot_start_with_the_session_that_is_not_offered() {
    let unknown = Standing {
        autostart: None,
        ..standing()
    };
    let window = look(
        USUAL,
        vec![News::Standing(unknown), News::Page(Page::Habits)],
    );
    assert!(window.query_by_label("Start when I log in").is_none());
}

#[test]
fn why_something_was_not_done_is_said_on_the_page() {
    let said = "Nothing was changed: the disk is full".to_owned();
    let window = look(USUAL, vec![News::Standing(standing()), News::Said(said)]);
    window.get_by_label("Nothing was changed: the disk is full");
}

#[test]
fn every_control_has_a_name_in_the_smallest_window() {
    for page in Page::ALL {
        let size = vec2(420.0, 480.0);
        let mut window = look(size, vec![News::Standing(standing()), News::Page(page)]);
        for _ in 0..20 {
            press(&mut window, Key::Tab);
            let focus = window
                .root()
                .children_recursive()
                .find(|node| node.accesskit_node().is_focused());
            if let Some(node) = focus {
                let node = node.accesskit_node();
                let label = node.label().unwrap_or_default();
                assert!(!label.is_empty(), "{:?} has no name", node.role());
            }
        }
    }
}
