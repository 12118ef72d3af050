//! The page "History & privacy" of the settings, as a user has it.

use std::time::Duration;

use egui::{Event, Key, Vec2, accesskit, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    core::stats::span::Span,
    gui::{
        fonts,
        history::Form,
        settings::{
            Ask, News, Page, Settings,
            kept::{OfHistory, Place, Stored},
        },
        shell::Content as _,
        theme::Theme,
    },
};

use super::date;
use crate::windows::Drawing;

struct Desk {
    settings: Settings,
    asked: Vec<Ask>,
}

fn stored() -> Stored {
    Stored {
        places: vec![Place {
            what: "history",
            path: "/home/me/.local/share/unhunch/history.db".to_owned(),
            size: 163_840,
        }],
        breaks: 12,
        first: Some(date("2025-12-29")),
        today: date("2026-03-05"),
        last: None,
    }
}

fn page(size: Vec2, stored: Stored) -> Harness<'static, Desk> {
    let theme = Theme::new(false, false, None);
    let mut settings = Settings::new(theme, true, Page::History);
    settings.hear(News::Standing(Box::default()));
    settings.hear(News::Stored(Box::new(stored)));
    let desk = Desk {
        settings,
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
                desk.settings.ui(ui, Duration::ZERO);
                desk.asked.extend(desk.settings.take_asks());
            },
            desk,
        );
    window.run_steps(3);
    window
}

fn window() -> Harness<'static, Desk> {
    let mut window = page(vec2(980.0, 1700.0), stored());
    let today = Span::day(date("2026-03-05"));
    assert_eq!(asked(&mut window), [OfHistory::Count(today)]);
    window.state_mut().settings.hear(News::Count(today, 5));
    window.run_steps(3);
    window
}

fn asked(window: &mut Harness<'_, Desk>) -> Vec<OfHistory> {
    let asks = std::mem::take(&mut window.state_mut().asked).into_iter();
    asks.filter_map(|ask| match ask {
        Ask::History(ask) => Some(ask),
        _ => None,
    })
    .collect()
}

fn click(window: &mut Harness<'_, Desk>, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn press(window: &mut Harness<'_, Desk>, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

fn focused(window: &Harness<'_, Desk>) -> Option<String> {
    (window.root().children_recursive())
        .find(|node| node.accesskit_node().is_focused())
        .and_then(|node| node.accesskit_node().label())
}

#[test]
fn what_is_stored_and_where_is_told() {
    let window = window();
    window.get_by_label("Your breaks: 163 KB");
    window.get_by_label(
        "/home/me/.local/share/unhunch/history.db\n12 breaks, since 29 December 2025",
    );
    window.get_by_label(
        "Nothing leaves this computer: the program opens no connection to any network. All that it \
         keeps is in these files, for you alone.",
    );
}

#[test]
fn the_history_is_saved_and_opened_from_here() {
    let mut window = window();
    click(&mut window, "Save: As a table (CSV)");
    click(&mut window, "Save: For programs (JSON)");
    click(&mut window, "The month before");
    window.get_by_label("February 2026");
    click(&mut window, "Save: A month as a picture");
    click(&mut window, "Open the history…: What breaks add up to");
    assert_eq!(
        asked(&mut window),
        [
            OfHistory::Export(Form::Csv),
            OfHistory::Export(Form::Json),
            OfHistory::Export(Form::Picture(date("2026-02-01"))),
            OfHistory::Open,
        ]
    );
    click(&mut window, "The month before");
    click(&mut window, "The month before");
    window.get_by_label("December 2025");
    let before = window.get_by_label("The month before");
    assert!(
        before.accesskit_node().is_disabled(),
        "there was nothing before"
    );
}

#[test]
fn a_file_is_taken_in_from_here_by_keyboard() {
    let mut window = window();
    window.get_by_label("File to take in").focus();
    window.run_steps(2);
    window.event(Event::Text("~/breaks.csv".to_owned()));
    window.run_steps(3);
    press(&mut window, Key::Enter);
    let file = OfHistory::Import("~/breaks.csv".to_owned());
    assert_eq!(asked(&mut window), [file]);
    click(&mut window, "Choose…");
    assert_eq!(asked(&mut window), [OfHistory::Choose]);
}

#[test]
fn deleting_asks_first_and_everything_else_waits_for_the_answer() {
    let mut window = window();
    let all: Vec<_> = window.get_all_by_label("Delete…").collect();
    assert_eq!(all.len(), 1, "each says what it deletes");
    all[0].click();
    window.run_steps(4);
    let hint = "You can undo it for as long as this window is open.";
    window.get_by_label(&format!("Delete the breaks of Thursday, 5 March? {hint}"));
    assert_eq!(focused(&window).as_deref(), Some("Keep"));
    assert!(
        window
            .get_by_label("Choose…")
            .accesskit_node()
            .is_disabled()
    );
    press(&mut window, Key::Escape);
    assert_eq!(asked(&mut window), [], "Escape keeps");
    assert!(!window.state().settings.closing());

    click(&mut window, "Delete…: Everything");
    window.get_by_label(&format!("Delete all breaks? {hint}"));
    let delete = accesskit::Role::Button;
    window.get_by_role_and_label(delete, "Delete").click();
    window.run_steps(4);
    assert_eq!(asked(&mut window), [OfHistory::Forget(None)]);
    assert!(window.query_by_label("Keep").is_none());
}

#[test]
fn what_was_done_stays_to_be_undone() {
    let done = Stored {
        last: Some("5 breaks deleted".to_owned()),
        breaks: 0,
        ..stored()
    };
    let mut window = page(vec2(980.0, 1700.0), done);
    asked(&mut window);
    window.get_by_label("5 breaks deleted");
    let all = window.get_by_label("Delete…: Everything");
    assert!(
        all.accesskit_node().is_disabled(),
        "there is nothing to delete"
    );
    click(&mut window, "Undo it");
    assert_eq!(asked(&mut window), [OfHistory::Undo]);
}

#[test]
fn every_control_has_a_name_and_is_reached_by_tab() {
    for size in [vec2(420.0, 600.0), vec2(980.0, 1700.0)] {
        let last = Some("5 breaks deleted".to_owned());
        let mut window = page(size, Stored { last, ..stored() });
        for node in window.root().children_recursive() {
            let node = node.accesskit_node();
            if node.data().supports_action(accesskit::Action::Focus)
                && node.role() != accesskit::Role::Window
            {
                let label = node.label().unwrap_or_default();
                assert!(!label.is_empty(), "{size:?}: {:?} has no name", node.role());
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..60 {
            press(&mut window, Key::Tab);
            seen.extend(focused(&window));
        }
        for expected in [
            "Open the history…: What breaks add up to",
            "Save: As a table (CSV)",
            "File to take in",
            "From",
            "to",
            "Delete…: Everything",
            "Undo it",
        ] {
            assert!(seen.contains(expected), "{size:?}: {expected} in {seen:?}");
        }
    }
}
