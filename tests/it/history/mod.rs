//! The window of the history, used as a user does: by what a screen reader calls things, by keys,
//! and by looking at it.

mod back;
mod commands;
mod in_settings;
mod kept;
#[cfg(target_os = "linux")]
mod on_screen;
mod walk;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use egui::{Key, Modifiers, Vec2, accesskit, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    core::{
        schedule::{Credit, effect::Outcome},
        stats::{
            review::{Areas, Calendar, Review},
            span::Span,
            suggest::Suggestion,
        },
        stretch::{Area, StretchId},
        time::Zone,
    },
    gui::{
        fonts,
        history::{Ask, Book, Form, History, News, Said},
        theme::Theme,
    },
};

use crate::windows::Drawing;

const TALL: Vec2 = vec2(1040.0, 2000.0);

struct Desk {
    history: History,
    asked: Vec<Ask>,
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

fn credit(ended: &str, outcome: Outcome, stretch: &str, seconds: i64) -> Credit {
    let ended = at(ended);
    Credit {
        reminder: "upper-back".to_owned(),
        stretches: vec![StretchId(stretch.to_owned())],
        due: Some(ended),
        announced: Some(ended),
        started: (seconds > 0).then(|| ended - TimeDelta::seconds(seconds)),
        ended,
        outcome,
        stretched: Duration::from_secs(u64::try_from(seconds).unwrap()),
        snoozes: 0,
    }
}

/// Thursday, 5 March: three breaks on Monday, a skip on Tuesday, one break today.
fn credits() -> Vec<Credit> {
    vec![
        credit("2026-01-20T10:00", Outcome::Completed, "eagle_arms", 60),
        credit("2026-03-02T10:01", Outcome::Completed, "chin_tuck", 60),
        credit("2026-03-02T11:01", Outcome::Completed, "eagle_arms", 60),
        credit("2026-03-02T15:01", Outcome::Completed, "chin_tuck", 60),
        credit("2026-03-03T10:00", Outcome::Skipped, "chin_tuck", 0),
        credit("2026-03-05T09:31", Outcome::Completed, "chin_tuck", 60),
    ]
}

fn book(credits: Vec<Credit>) -> Book {
    let areas: Areas = [
        ("chin_tuck", vec![Area::Neck]),
        ("eagle_arms", vec![Area::Rhomboids]),
    ]
    .into_iter()
    .map(|(id, areas)| (StretchId(id.to_owned()), areas))
    .collect();
    let day_starts = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
    let today = date("2026-03-05");
    let review = |weeks| {
        let calendar = Calendar {
            span: Span::weeks(today, weeks),
            zone: Zone::UTC,
            day_starts,
        };
        Review::of(&credits, calendar, &areas)
    };
    let names = [("chin_tuck", "Chin tuck"), ("eagle_arms", "Eagle arms")];
    let names = names.map(|(id, name)| (StretchId(id.to_owned()), name.to_owned()));
    Book {
        today,
        until: today,
        first: credits.first().map(|credit| credit.ended.date_naive()),
        zone: Zone::UTC,
        day_starts,
        week: review(1),
        weeks: review(12),
        year: review(53),
        names: Arc::new(BTreeMap::from(names)),
        suggestion: None,
        problem: None,
        credits: Arc::new(credits),
    }
}

/// The same, looked at up to the week of this day.
fn book_until(until: NaiveDate, mut book: Book) -> Book {
    let review = |weeks| {
        let calendar = Calendar {
            span: Span::weeks(until, weeks),
            zone: book.zone,
            day_starts: book.day_starts,
        };
        Review::of(&book.credits, calendar, &Areas::new())
    };
    (book.week, book.weeks, book.year) = (review(1), review(12), review(53));
    book.until = until;
    book
}

fn look(size: Vec2, book: Book) -> Harness<'static, Desk> {
    let theme = Theme::new(false, false, None);
    let mut history = History::new(theme, true);
    history.hear(News::Book(Arc::new(book)));
    let desk = Desk {
        history,
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
                desk.history.ui(ui);
                desk.asked.extend(desk.history.take_asks());
            },
            desk,
        );
    window.run_steps(3);
    window
}

fn window() -> Harness<'static, Desk> {
    look(TALL, book(credits()))
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

fn focused(window: &Harness<'_, Desk>) -> Option<String> {
    window
        .root()
        .children_recursive()
        .find(|node| node.accesskit_node().is_focused())
        .and_then(|node| node.accesskit_node().label())
}

#[test]
fn the_week_is_told_in_four_figures() {
    let window = window();
    for said in [
        "breaks, time away included: 4",
        "of stretching: 4 min",
        "day with 3 breaks or more: 1",
        "longest without a break: 3 h 59 min",
    ] {
        window.get_by_label(said);
    }
}

#[test]
fn twelve_weeks_and_a_year_have_their_own_figures() {
    let mut window = window();
    click(&mut window, "12 weeks");
    window.get_by_label("breaks, time away included: 5");
    press(&mut window, Key::Num3);
    window.get_by_label("Table: Breaks a week");
    press(&mut window, Key::Num1);
    window.get_by_label("Table: Breaks a day");
    window.get_by_label("breaks, time away included: 4");
}

#[test]
fn a_day_of_the_calendar_tells_its_breaks() {
    let mut window = window();
    window.get_by_label("Choose a day in the calendar to see its breaks.");
    click(&mut window, "Monday, 2 March: 3 done");
    window.get_by_label("3 done; 3 min of stretching");
    window.get_by_label("10:00, Chin tuck, done, 1 min");
    window.get_by_label("11:00, Eagle arms, done, 1 min");
    click(&mut window, "Tuesday, 3 March: 1 skipped");
    window.get_by_label("10:00, Chin tuck, skipped");
}

#[test]
fn arrows_walk_from_day_to_day_and_the_focus_goes_along() {
    let mut window = window();
    window.get_by_label("Thursday, 5 March: 1 done").focus();
    window.run_steps(2);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowUp);
    assert_eq!(focused(&window).unwrap(), "Tuesday, 3 March: 1 skipped");
    press(&mut window, Key::ArrowLeft);
    assert_eq!(focused(&window).unwrap(), "Tuesday, 24 February: nothing");
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowRight);
    let stays = "Tuesday, 3 March: 1 skipped";
    assert_eq!(focused(&window).unwrap(), stays, "next Tuesday is not yet");
}

#[test]
fn only_one_day_is_on_the_way_of_tab() {
    let mut window = window();
    let mut days = 0;
    for _ in 0..30 {
        press(&mut window, Key::Tab);
        let here = focused(&window).unwrap_or_default();
        days += i32::from(here.contains("March:"));
    }
    assert!(
        (1..=3).contains(&days),
        "{days} stops at days in three rounds at most"
    );
}

#[test]
fn arrows_walk_along_the_bars_of_a_chart_and_tell_their_figures() {
    let mut window = window();
    window.get_by_label("In all: 4 done, 1 skipped");
    let chart = |window: &Harness<'_, Desk>| {
        let all = window.get_all_by_label("Breaks a day");
        let mut figures =
            all.filter(|node| node.accesskit_node().role() == accesskit::Role::Figure);
        figures.next().unwrap().accesskit_node().value().unwrap()
    };
    let node = window
        .get_all_by_label("Breaks a day")
        .find(|node| node.accesskit_node().role() == accesskit::Role::Figure)
        .unwrap();
    node.focus();
    window.run_steps(2);
    press(&mut window, Key::ArrowRight);
    assert_eq!(chart(&window), "Monday, 2 March: 3 done");
    press(&mut window, Key::ArrowRight);
    assert_eq!(chart(&window), "Tuesday, 3 March: 1 skipped");
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(
        chart(&window),
        "Monday, 2 March: 3 done",
        "there is none before"
    );
}

#[test]
fn the_table_behind_a_chart_has_its_figures_in_cells() {
    let mut window = window();
    click(&mut window, "Table: Breaks a day");
    let cells: Vec<String> = window
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().role() == accesskit::Role::Cell)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert_eq!(
        cells,
        [
            "Monday, 2 March",
            "3 done",
            "Tuesday, 3 March",
            "1 skipped",
            "Thursday, 5 March",
            "1 done"
        ]
    );
    click(&mut window, "Chart: Breaks a day");
    window.get_by_label("Table: Breaks a day");
}

#[test]
fn stretches_and_parts_of_the_body_are_told_with_what_was_left_out() {
    let window = window();
    for said in [
        "Chin tuck: 3×",
        "Eagle arms: 1×",
        "neck: 3 min",
        "chest: not yet",
    ] {
        window.get_by_label(said);
    }
}

#[test]
fn everything_is_saved_from_the_menu() {
    let mut window = window();
    for (label, form) in [
        ("Save as a table (CSV)", Form::Csv),
        ("Save for programs (JSON)", Form::Json),
        (
            "Save the month as a picture",
            Form::Picture(date("2026-03-05")),
        ),
    ] {
        click(&mut window, "Save and delete");
        click(&mut window, label);
        assert_eq!(asked(&mut window), [Ask::Export(form)]);
        assert!(window.query_by_label(label).is_none(), "the menu closes");
    }
}

#[test]
fn deleting_asks_once_keeps_by_default_and_can_be_undone() {
    let mut window = window();
    click(&mut window, "Monday, 2 March: 3 done");
    click(&mut window, "Delete this day…");
    press(&mut window, Key::Escape);
    assert_eq!(asked(&mut window), [], "Escape keeps");
    click(&mut window, "Delete this day…");
    assert_eq!(focused(&window).as_deref(), Some("Keep"));
    click(&mut window, "Delete");
    let monday = Span::day(date("2026-03-02"));
    assert_eq!(asked(&mut window), [Ask::Forget(Some(monday))]);

    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(asked(&mut window), [], "nothing to undo yet");
    window.state_mut().history.hear(News::Said(Said {
        words: "3 breaks deleted".to_owned(),
        undo: true,
    }));
    window.run_steps(3);
    click(&mut window, "Undo");
    assert_eq!(asked(&mut window), [Ask::Undo]);
    click(&mut window, "Save and delete");
    click(&mut window, "Delete everything…");
    click(&mut window, "Delete");
    assert_eq!(asked(&mut window), [Ask::Forget(None)]);
}

#[test]
fn a_suggestion_is_followed_or_dismissed() {
    let at = NaiveTime::from_hms_opt(16, 30, 0).unwrap();
    let suggestion = Suggestion::EndEarlier { hour: 17, at };
    let with = Book {
        suggestion: Some(suggestion.clone()),
        ..book(credits())
    };
    let mut window = look(TALL, with);
    window.get_by_label("Most breaks around 17:00 are not taken. End them at 16:30?");
    click(&mut window, "End at 16:30");
    click(&mut window, "No, thanks");
    let expected = [Ask::Follow(suggestion.clone()), Ask::Dismiss(suggestion)];
    assert_eq!(asked(&mut window), expected);
}

#[test]
fn without_a_break_there_is_one_kind_sentence() {
    let window = look(TALL, book(Vec::new()));
    window.get_by_label("No breaks yet. The first one will be here when you have taken it.");
    assert!(window.query_by_label("Breaks a day").is_none());
}

#[test]
fn what_is_wrong_with_the_history_stands_at_the_top() {
    let broken = Book {
        problem: Some("history.db cannot be used just now: locked.".to_owned()),
        ..book(Vec::new())
    };
    look(TALL, broken).get_by_label("history.db cannot be used just now: locked.");
}

#[test]
fn every_control_has_a_name_at_any_size() {
    for size in [vec2(460.0, 480.0), vec2(1040.0, 780.0), TALL] {
        let mut window = look(size, book(credits()));
        let mut seen = BTreeSet::new();
        for _ in 0..40 {
            press(&mut window, Key::Tab);
            if let Some(node) = window
                .root()
                .children_recursive()
                .find(|node| node.accesskit_node().is_focused())
            {
                let node = node.accesskit_node();
                let label = node.label().unwrap_or_default();
                assert!(!label.is_empty(), "{:?} has no name", node.role());
                seen.insert(label);
            }
        }
        for expected in ["This week", "12 weeks", "Year", "Save and delete"] {
            assert!(seen.contains(expected), "{expected} in {seen:?}");
        }
    }
}
