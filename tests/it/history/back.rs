//! Looking back in time, taking a file in and deleting some days, from the window.

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use unhunch::{
    core::stats::span::Span,
    gui::history::{Ask, News, Said},
};

use super::{TALL, asked, book, click, credits, date, focused, look, press, window};

fn alt(window: &mut egui_kittest::Harness<'_, super::Desk>, key: Key) {
    window.key_press_modifiers(Modifiers::ALT, key);
    window.run_steps(3);
}

#[test]
fn the_days_that_are_looked_at_are_told_and_one_goes_back_step_by_step() {
    let mut window = window();
    window.get_by_label("2 to 8 March 2026");
    assert!(window.get_by_label("Later").accesskit_node().is_disabled());
    click(&mut window, "Earlier");
    assert_eq!(asked(&mut window), [Ask::LookUpTo(date("2026-02-26"))]);
    alt(&mut window, Key::ArrowLeft);
    assert_eq!(asked(&mut window), [Ask::LookUpTo(date("2026-02-26"))]);
    alt(&mut window, Key::ArrowRight);
    assert_eq!(
        asked(&mut window),
        [],
        "what is yet to come is not looked at"
    );

    press(&mut window, Key::Num2);
    window.get_by_label("15 December 2025 to 8 March 2026");
    assert!(
        window
            .get_by_label("Earlier")
            .accesskit_node()
            .is_disabled(),
        "there was nothing before"
    );
}

#[test]
fn from_the_past_one_comes_back_to_today() {
    let mut past = book(credits());
    past = super::book_until(date("2026-02-26"), past);
    let mut window = look(TALL, past);
    window.get_by_label("23 February to 1 March 2026");
    window.get_by_label("Week");
    window.get_by_label("breaks, time away included: 0");
    click(&mut window, "Later");
    click(&mut window, "Back to today");
    let today = Ask::LookUpTo(date("2026-03-05"));
    assert_eq!(asked(&mut window), [today.clone(), today]);
}

#[test]
fn who_scrolls_asks_for_nothing() {
    let mut window = look(vec2(1040.0, 500.0), book(credits()));
    let top = |window: &egui_kittest::Harness<'_, super::Desk>| {
        window.get_by_label("Stretches").rect().top()
    };
    let before = top(&window);
    window.event(Event::PointerMoved(pos2(500.0, 300.0)));
    for _ in 0..20 {
        window.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -40.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        window.run_steps(2);
    }
    assert!(top(&window) < before - 200.0, "it scrolled");
    assert_eq!(asked(&mut window), []);
}

#[test]
fn a_file_is_taken_in_by_its_path_and_the_keyboard_alone() {
    let mut window = window();
    click(&mut window, "Save and delete");
    click(&mut window, "Take in a file…");
    assert_eq!(focused(&window).as_deref(), Some("File to take in"));
    press(&mut window, Key::Enter);
    assert_eq!(asked(&mut window), [], "there is nothing to take in yet");
    window.get_by_label("File to take in").focus();
    window.run_steps(2);
    window.event(Event::Text("/tmp/1 2 3.csv".to_owned()));
    window.run_steps(3);
    window.get_by_label("This week");
    press(&mut window, Key::Enter);
    let import = Ask::Import("/tmp/1 2 3.csv".to_owned());
    assert_eq!(asked(&mut window), [import]);
    assert!(window.query_by_label("File to take in").is_none());

    click(&mut window, "Save and delete");
    click(&mut window, "Take in a file…");
    assert!(
        window
            .get_by_label("Take it in")
            .accesskit_node()
            .is_disabled()
    );
    click(&mut window, "Choose…");
    assert_eq!(asked(&mut window), [Ask::Choose]);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("File to take in").is_none());
}

#[test]
fn a_path_that_is_pasted_and_ended_in_one_frame_is_taken_whole() {
    let mut window = window();
    click(&mut window, "Save and delete");
    click(&mut window, "Take in a file…");
    window.event(Event::Text("/tmp/b".to_owned()));
    window.event(Event::Text(".csv".to_owned()));
    window.key_press(Key::Enter);
    window.run_steps(3);
    let import = Ask::Import("/tmp/b.csv".to_owned());
    assert_eq!(asked(&mut window), [import]);
}

#[test]
fn keys_that_are_let_go_within_a_frame_count() {
    let mut window = window();
    (window.state_mut().history).hear(News::Said(Said {
        words: "4 breaks deleted".to_owned(),
        undo: true,
    }));
    window.run_steps(3);
    let key = |pressed| Event::Key {
        key: Key::Z,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    window.event(key(true));
    window.event(key(false));
    window.event(Event::PointerGone);
    window.run_steps(2);
    assert_eq!(asked(&mut window), [Ask::Undo]);
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads it here".to_owned())
    }
}

#[test]
fn a_file_that_is_dropped_onto_the_window_is_taken_in() {
    let mut window = window();
    let file = std::sync::Arc::new(Dropped("/tmp/breaks.json".into()));
    window.input_mut().dropped_files.push(file);
    window.run_steps(2);
    assert_eq!(
        asked(&mut window),
        [Ask::Import("/tmp/breaks.json".to_owned())]
    );
}

#[test]
fn a_range_of_days_is_typed_counted_and_deleted_after_a_question() {
    let mut window = window();
    click(&mut window, "Tuesday, 3 March: 1 skipped");
    click(&mut window, "Save and delete");
    click(&mut window, "Delete some days…");
    let span = |first: &str, last: &str| Span {
        first: date(first),
        last: date(last),
    };
    let tuesday = span("2026-03-03", "2026-03-03");
    assert_eq!(asked(&mut window), [Ask::Count(tuesday)]);
    assert_eq!(focused(&window).as_deref(), Some("From"));
    // What stands there is replaced by what is typed.
    window.event(Event::Text("2026-03-0".to_owned()));
    window.run_steps(3);
    window.get_by_label("Write both days like 2026-03-01");
    assert!(
        window
            .get_by_label("Delete…")
            .accesskit_node()
            .is_disabled()
    );
    window.event(Event::Text("2".to_owned()));
    window.run_steps(3);
    let days = span("2026-03-02", "2026-03-03");
    assert_eq!(asked(&mut window), [Ask::Count(days)]);
    (window.state_mut().history).hear(News::Count(days, 4));
    window.run_steps(3);
    window.get_by_label("4 breaks in these days");

    press(&mut window, Key::Enter);
    let question = "Delete the breaks of 2 to 3 March 2026? \
                    You can undo it for as long as this window is open.";
    window.get_by_label(question);
    assert_eq!(focused(&window).as_deref(), Some("Keep"));
    press(&mut window, Key::Tab);
    press(&mut window, Key::Enter);
    assert_eq!(asked(&mut window), [Ask::Forget(Some(days))]);
    assert!(window.query_by_label("From").is_none(), "the strip closes");
    (window.state_mut().history).hear(News::Said(Said {
        words: "4 breaks deleted".to_owned(),
        undo: true,
    }));
    window.run_steps(3);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(asked(&mut window), [Ask::Undo]);
}

#[test]
fn days_without_a_break_cannot_be_deleted() {
    let mut window = window();
    click(&mut window, "Save and delete");
    click(&mut window, "Delete some days…");
    let today = Span::day(date("2026-03-05"));
    assert_eq!(asked(&mut window), [Ask::Count(today)]);
    (window.state_mut().history).hear(News::Count(today, 0));
    window.run_steps(3);
    window.get_by_label("No breaks in these days");
    assert!(
        window
            .get_by_label("Delete…")
            .accesskit_node()
            .is_disabled()
    );
}
