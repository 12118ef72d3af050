//! The whole window by keyboard alone, and what a screen reader is told of its controls.

use egui::{Key, Modifiers, accesskit, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    core::stats::span::Span,
    gui::history::{Ask, Book, Form, News, Reach, Said, strip::Strip},
};

use super::{Desk, asked, book, click, credits, date, focused, look, press, window};

/// Presses Tab until this has the focus, once around at most.
fn tab_to(window: &mut Harness<'_, Desk>, label: &str) {
    let mut passed = Vec::new();
    for _ in 0..60 {
        press(window, Key::Tab);
        let here = focused(window).unwrap_or_default();
        if here == label {
            return;
        }
        passed.push(here);
    }
    panic!("{label} is not on the way of Tab: {passed:?}");
}

#[test]
fn the_window_is_used_by_keyboard_alone() {
    let mut window = window();
    tab_to(&mut window, "12 weeks");
    press(&mut window, Key::Space);
    window.get_by_label("breaks, time away included: 5");
    tab_to(&mut window, "This week");
    press(&mut window, Key::Enter);

    tab_to(&mut window, "Earlier");
    press(&mut window, Key::Enter);
    assert_eq!(asked(&mut window), [Ask::LookUpTo(date("2026-02-26"))]);

    tab_to(&mut window, "Thursday, 5 March: 1 done");
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowUp);
    window.get_by_label("3 done; 3 min of stretching");
    tab_to(&mut window, "Delete this day…");
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window).as_deref(), Some("Keep"));
    press(&mut window, Key::Enter);
    assert_eq!(asked(&mut window), [], "Keep keeps");

    tab_to(&mut window, "Table: Breaks a day");
    press(&mut window, Key::Space);
    window.get_by_label("Chart: Breaks a day");

    tab_to(&mut window, "Save and delete");
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window).as_deref(), Some("Save as a table (CSV)"));
    press(&mut window, Key::Escape);
    assert_eq!(focused(&window).as_deref(), Some("Save and delete"));
    press(&mut window, Key::Enter);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    assert_eq!(
        focused(&window).as_deref(),
        Some("Save the month as a picture")
    );
    press(&mut window, Key::Enter);
    let month = Form::Picture(date("2026-03-02"));
    assert_eq!(asked(&mut window), [Ask::Export(month)]);

    window.state_mut().history.hear(News::Said(Said {
        words: "Saved".to_owned(),
        undo: false,
    }));
    window.run_steps(2);
    // What lies on top goes first, the window last.
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Saved").is_none());
    assert!(window.query_by_label("Delete this day…").is_some());
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Delete this day…").is_none());
    press(&mut window, Key::Escape);
    assert!(closing(&window));
}

fn closing(window: &Harness<'_, Desk>) -> bool {
    window.state().history.closing()
}

#[test]
fn the_window_closes_by_the_usual_keys() {
    for key in [Key::W, Key::Q] {
        let mut window = window();
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run_steps(2);
        assert!(closing(&window));
    }
}

/// Every state that the window can be in, and its name.
fn states() -> Vec<(String, Harness<'static, Desk>)> {
    let mut all = Vec::new();
    for size in [vec2(460.0, 480.0), vec2(1040.0, 780.0)] {
        let mut state = |name: &str, book: Book, begin: &dyn Fn(&mut Desk)| {
            let mut window = look(size, book);
            begin(window.state_mut());
            window.run_steps(3);
            all.push((format!("{name} at {size:?}"), window));
        };
        let full = || book(credits());
        for reach in Reach::ALL {
            let day = Some(date("2026-03-02"));
            state(&format!("{reach:?}"), full(), &|desk| {
                desk.history.look(reach, day);
            });
        }
        let past = super::book_until(date("2026-02-26"), full());
        state("the past", past, &|_| ());
        state("nothing", book(Vec::new()), &|_| ());
        state("a file", full(), &|desk| {
            let file = Strip::Import("breaks.csv".to_owned());
            desk.history.open_strip(Some(file));
        });
        state("days", full(), &|desk| {
            let day = date("2026-03-02");
            desk.history.open_strip(Some(Strip::day(day)));
            desk.history.hear(News::Count(Span::day(day), 3));
        });
        state("something was said", full(), &|desk| {
            desk.history.hear(News::Said(Said {
                words: "3 breaks deleted".to_owned(),
                undo: true,
            }));
        });
    }
    for open in ["Save and delete", "Table: Breaks a day"] {
        let mut window = window();
        click(&mut window, open);
        all.push((open.to_owned(), window));
    }
    let mut window = window();
    click(&mut window, "Save and delete");
    click(&mut window, "Delete everything…");
    all.push(("a question".to_owned(), window));
    all
}

#[test]
fn whatever_can_have_the_focus_has_a_name() {
    for (state, window) in states() {
        let mut count = 0;
        for node in window.root().children_recursive() {
            let node = node.accesskit_node();
            let reachable = node.data().supports_action(accesskit::Action::Focus);
            if !reachable || node.role() == accesskit::Role::Window {
                continue;
            }
            count += 1;
            let label = node.label().unwrap_or_default();
            assert!(
                !label.trim().is_empty(),
                "{state}: {:?} has no name",
                node.role()
            );
        }
        assert!(count > 3, "{state}: {count} controls");
    }
}
