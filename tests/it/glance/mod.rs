//! The window with the status, used as a user does: by what a screen reader calls things, by keys,
//! and by looking at a picture.

#[cfg(target_os = "linux")]
mod story;

use egui::{Key, Modifiers, Vec2, accesskit, vec2};
use egui_kittest::{
    Harness, SnapshotOptions,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    gui::{
        fonts,
        status::{Ask, Day, Doing, News, Pause, Standing, Status, Week},
        theme::Theme,
    },
    window::list::Window,
};

use crate::windows::Drawing;

const USUAL: Vec2 = vec2(512.0, 536.0);
const SMALLEST: Vec2 = vec2(400.0, 420.0);

struct Desk {
    status: Status,
    asked: Vec<Ask>,
}

fn standing(doing: Doing) -> Standing {
    Standing {
        doing,
        headline: "Next break in 23 min of work".to_owned(),
        details: vec!["It is the reminder “eyes”".to_owned()],
        snooze: Some("Snooze 5 min".to_owned()),
        meeting: Some(false),
    }
}

fn working() -> Doing {
    Doing::Working {
        left: 23.0 / 60.0,
        minutes: Some(23),
    }
}

fn week() -> Week {
    let names = ["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"];
    let days = names.into_iter().zip(0..).map(|(name, n)| Day {
        name: name.to_owned(),
        said: format!("{name}: {n} done"),
        done: n,
        away: u32::from(n % 3 == 0),
        refused: u32::from(n % 4 == 1),
        today: n == 6,
    });
    Week {
        days: days.collect(),
        said: "21 breaks, 14 min stretched".to_owned(),
    }
}

fn look(size: Vec2, dark: bool, doing: Doing) -> Harness<'static, Desk> {
    let theme = Theme::new(dark, false, None);
    let mut status = Status::new(theme);
    status.hear(News::Standing(standing(doing)));
    status.hear(News::Week(week()));
    let desk = Desk {
        status,
        asked: Vec::new(),
    };
    let mut window = Harness::builder()
        .with_size(size)
        .with_step_dt(0.02)
        .with_options(
            SnapshotOptions::new()
                .output_path("tests/it/pictures")
                .threshold(1.0)
                .max_failed_pixels(80),
        )
        .renderer(Drawing::new(theme))
        .with_context_setup(move |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        })
        .build_ui_state(
            |ui, desk: &mut Desk| {
                desk.status.ui(ui);
                desk.asked.extend(desk.status.take_asks());
            },
            desk,
        );
    window.run_steps(3);
    window
}

fn window(doing: Doing) -> Harness<'static, Desk> {
    look(USUAL, false, doing)
}

fn click(window: &mut Harness<'_, Desk>, label: &str) -> Vec<Ask> {
    window.get_by_label(label).click();
    window.run_steps(3);
    std::mem::take(&mut window.state_mut().asked)
}

fn press(window: &mut Harness<'_, Desk>, key: Key) -> Vec<Ask> {
    window.key_press(key);
    window.run_steps(3);
    std::mem::take(&mut window.state_mut().asked)
}

#[test]
fn it_says_when_the_next_break_comes_and_what_the_week_was_like() {
    let window = window(working());
    for said in [
        "23 minutes to the next break",
        "Next break in 23 min of work",
        "It is the reminder “eyes”",
        "The last seven days",
        "21 breaks, 14 min stretched",
        "Mon: 6 done",
    ] {
        window.get_by_label(said);
    }
}

#[test]
fn what_is_clicked_is_asked_for() {
    let mut window = window(working());
    for (label, ask) in [
        ("Stretch now", Ask::Now),
        ("Pause 30 min", Ask::Pause(Pause::Minutes(30))),
        ("Pause 1 h", Ask::Pause(Pause::Minutes(60))),
        ("Pause 2 h", Ask::Pause(Pause::Minutes(120))),
        ("Pause until tomorrow", Ask::Pause(Pause::Tomorrow)),
        ("Pause until I resume", Ask::Pause(Pause::Resumed)),
        ("In a meeting", Ask::Meeting(true)),
        ("Stretches", Ask::Open(Window::Stretches)),
        ("Settings", Ask::Open(Window::Settings)),
    ] {
        assert_eq!(click(&mut window, label), [ask], "{label}");
    }
}

#[test]
fn what_is_offered_fits_what_the_program_does() {
    let offered = |doing: Doing| {
        let window = window(doing);
        let all = [
            "Start Unhunch",
            "Stretch now",
            "Start",
            "Snooze 5 min",
            "Skip",
            "Resume",
            "Pause 1 h",
        ];
        let there = all
            .into_iter()
            .filter(|label| window.query_by_label(label).is_some());
        there.collect::<Vec<_>>()
    };
    assert_eq!(offered(working()), ["Stretch now", "Pause 1 h"]);
    assert_eq!(offered(Doing::Held), ["Stretch now", "Pause 1 h"]);
    assert_eq!(
        offered(Doing::Announced),
        ["Start", "Snooze 5 min", "Skip", "Pause 1 h"]
    );
    assert_eq!(offered(Doing::OnBreak), ["Pause 1 h"]);
    assert_eq!(
        offered(Doing::Paused),
        ["Stretch now", "Resume", "Pause 1 h"]
    );
    assert_eq!(offered(Doing::NotRunning), ["Start Unhunch"]);
}

#[test]
fn keys_do_the_same() {
    let mut working = window(working());
    assert_eq!(press(&mut working, Key::N), [Ask::Now]);
    assert_eq!(press(&mut working, Key::P), [Ask::Pause(Pause::Resumed)]);
    assert_eq!(press(&mut working, Key::M), [Ask::Meeting(true)]);
    assert_eq!(press(&mut working, Key::K), [], "nothing is announced");
    let mut announced = window(Doing::Announced);
    assert_eq!(press(&mut announced, Key::N), [Ask::Start]);
    assert_eq!(press(&mut announced, Key::S), [Ask::Snooze]);
    assert_eq!(press(&mut announced, Key::K), [Ask::Skip]);
    let mut paused = window(Doing::Paused);
    assert_eq!(press(&mut paused, Key::P), [Ask::Resume]);
    let mut off = window(Doing::NotRunning);
    assert_eq!(press(&mut off, Key::P), []);
    assert_eq!(press(&mut off, Key::N), [Ask::Run]);
}

#[test]
fn it_closes_by_its_keys_and_when_a_newer_one_takes_its_place() {
    let mut by_key = window(working());
    press(&mut by_key, Key::Escape);
    assert!(by_key.state().status.closing());
    let mut with_command = window(working());
    press(&mut with_command, Key::W);
    assert!(!with_command.state().status.closing());
    with_command.key_press_modifiers(Modifiers::COMMAND, Key::W);
    with_command.run_steps(2);
    assert!(with_command.state().status.closing());
    let mut replaced = window(working());
    replaced.state_mut().status.hear(News::Replaced);
    assert!(replaced.state().status.closing());
}

#[test]
fn everything_can_be_reached_by_tab_and_pressed() {
    let mut window = window(working());
    let mut asked = Vec::new();
    for _ in 0..12 {
        window.key_press(Key::Tab);
        window.run_steps(2);
        asked.extend(press(&mut window, Key::Space));
    }
    for ask in [
        Ask::Now,
        Ask::Pause(Pause::Minutes(30)),
        Ask::Pause(Pause::Resumed),
        Ask::Meeting(true),
        Ask::Open(Window::Stretches),
        Ask::Open(Window::Settings),
    ] {
        assert!(asked.contains(&ask), "{ask:?} in {asked:?}");
    }
}

#[test]
fn what_was_not_done_is_said_until_the_next_try() {
    let mut window = window(working());
    let why = "a stretch is under way already";
    (window.state_mut().status).hear(News::Said(why.to_owned()));
    window.run_steps(2);
    let role = window.get_by_label(why).accesskit_node().role();
    assert_eq!(role, accesskit::Role::Status);
    click(&mut window, "Stretch now");
    assert!(window.query_by_label(why).is_none());
}

#[test]
fn the_smallest_window_has_everything_but_the_bars() {
    let mut window = look(SMALLEST, true, Doing::Announced);
    assert_eq!(click(&mut window, "Skip"), [Ask::Skip]);
    assert_eq!(
        click(&mut window, "Settings"),
        [Ask::Open(Window::Settings)]
    );
    let buttons = window.get_by_label("Settings").rect();
    assert!(buttons.bottom() <= SMALLEST.y, "{buttons}");
    let meeting = window.get_by_label("In a meeting").rect();
    assert!(meeting.bottom() < buttons.top(), "{meeting} {buttons}");
}

#[test]
fn it_looks_as_it_did() {
    window(working()).snapshot("status");
}
