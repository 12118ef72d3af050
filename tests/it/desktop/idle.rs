//! Idle time on a real X server.

use std::{
    process::{Command, Stdio},
    thread::{self, JoinHandle},
    time::Duration,
};

use unhunch::{
    core::schedule::Sensor,
    desktop::{
        bus::Bus,
        idle::{self, Choice, IdleSource, Places, Source},
    },
};
use x11rb::protocol::sync::ConnectionExt as _;

use super::Reports;
use crate::support::{Program, installed, wait_until};

const SECOND: Duration = Duration::from_secs(1);

/// An X server without hardware and without anybody else on it.
struct Display {
    server: Program,
    number: String,
}

impl Display {
    fn start() -> Self {
        Self::with(&[])
    }

    /// With the number of one that was there before.
    fn again(number: &str) -> Self {
        Self::with(&[&format!(":{number}")])
    }

    fn with(number: &[&str]) -> Self {
        let mut server = Program::start(
            "Xvfb",
            Program::command("Xvfb")
                .args(number)
                .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let number = server.first_line();
        Self { server, number }
    }

    fn name(&self) -> String {
        format!(":{}", self.number)
    }

    /// Moves the pointer, which is input.
    fn point(&self, x: u32) {
        let status = Command::new(installed("xdotool"))
            .args(["mousemove", &x.to_string(), "10"])
            .env("DISPLAY", self.name())
            .status();
        assert!(status.unwrap().success());
    }

    /// Moves the pointer many times in one go.
    fn point_often(&self, times: u32) {
        let moves =
            (0..times).flat_map(|x| ["mousemove".to_owned(), x.to_string(), "20".to_owned()]);
        let status = Command::new(installed("xdotool"))
            .args(moves)
            .env("DISPLAY", self.name())
            .status();
        assert!(status.unwrap().success());
    }
}

/// The source of a desktop where there is nothing but this X server, and what it tells.
fn start(display: String) -> (Box<dyn IdleSource>, Reports<Sensor>, Reports<Choice>) {
    let (post, reports) = Reports::new();
    let (tell, choices) = Reports::new();
    let places = Places {
        display: Some(display),
        wayland: None,
        bus: Bus::start(Some("unix:path=/nowhere/bus".to_owned())).unwrap(),
        system_bus: Some("unix:path=/nowhere/system_bus".to_owned()),
    };
    (idle::detect_in(places, post, tell), reports, choices)
}

/// A source whose last report was that there is input.
fn watch(display: &Display) -> (Box<dyn IdleSource>, Reports<Sensor>) {
    let (x11, reports, choices) = start(display.name());
    assert_eq!(choices.next().by, Some(Source::X11));
    // How things stand at the start; a slow start is idleness.
    if let Sensor::IdleFor(_) = reports.next() {
        display.point(100);
        assert_eq!(reports.next(), Sensor::Active);
    }
    (x11, reports)
}

/// The next report, which is one of idleness; how long.
fn idle_for(reports: &Reports<Sensor>) -> Duration {
    match reports.next() {
        Sensor::IdleFor(length) => length,
        other => panic!("{other:?} instead of idleness"),
    }
}

#[test]
fn idleness_and_its_end_are_reported_again_and_again() {
    let display = Display::start();
    let (mut x11, reports) = watch(&display);
    x11.set_threshold(SECOND);
    for place in 2..5 {
        assert!(idle_for(&reports) >= SECOND);
        display.point(place);
        assert_eq!(reports.next(), Sensor::Active);
    }
}

#[test]
fn input_without_a_pause_is_not_reported() {
    let display = Display::start();
    let (mut x11, reports) = watch(&display);
    x11.set_threshold(1000 * SECOND);

    display.point_often(500);

    // Later than any report of the movements could be, since all of it goes through one server.
    x11.refresh();
    assert_ne!(reports.next(), Sensor::Unknown);
    assert_eq!(reports.so_far(), []);
}

#[test]
fn a_threshold_that_has_been_passed_already_is_reported_at_once() {
    let display = Display::start();
    let (mut x11, reports) = watch(&display);
    x11.set_threshold(1000 * SECOND);

    // Two seconds of idleness pass, seen by another.
    let (mut other, seen) = watch(&display);
    other.set_threshold(2 * SECOND);
    seen.next_where(|report| matches!(report, Sensor::IdleFor(_)).then_some(()));
    assert_eq!(reports.so_far(), []);

    x11.set_threshold(SECOND);
    assert!(idle_for(&reports) >= 2 * SECOND);
    display.point(3);
    assert_eq!(reports.next(), Sensor::Active);
}

#[test]
fn a_threshold_that_moves_away_during_idleness_does_not_hide_its_end() {
    let display = Display::start();
    let (mut x11, reports) = watch(&display);
    x11.set_threshold(SECOND);
    idle_for(&reports);

    x11.set_threshold(1000 * SECOND);
    display.point(2);
    assert_eq!(reports.next(), Sensor::Active);

    x11.set_threshold(SECOND);
    idle_for(&reports);
}

#[test]
fn a_longer_threshold_is_reached_in_its_turn_and_none_is_reported_twice() {
    let display = Display::start();
    let (mut x11, reports) = watch(&display);
    x11.set_threshold(SECOND);
    idle_for(&reports);

    x11.set_threshold(SECOND);
    x11.set_threshold(2 * SECOND);
    assert!(idle_for(&reports) >= 2 * SECOND);
    x11.set_threshold(SECOND);
    x11.set_threshold(2 * SECOND);
    x11.set_threshold(3 * SECOND);
    assert!(idle_for(&reports) >= 3 * SECOND);

    display.point(2);
    assert_eq!(reports.next(), Sensor::Active);
    assert!(idle_for(&reports) >= 3 * SECOND);
}

#[test]
fn what_others_ask_the_server_hides_no_input_from_us() {
    let display = Display::start();
    let (mut x11, reports) = watch(&display);
    x11.set_threshold(SECOND);
    // Each question makes the server look at its counter, and input that it sees while it does is
    // no change of the counter any more when it looks for us.
    let asker = ask_without_end(&display);
    for place in 2..6 {
        idle_for(&reports);
        display.point(place);
        assert_eq!(reports.next(), Sensor::Active);
    }
    drop(display);
    asker.join().unwrap();
}

/// Asks for the idle time again and again until the display is gone.
fn ask_without_end(display: &Display) -> JoinHandle<()> {
    let (x, _screen) = x11rb::connect(Some(&display.name())).unwrap();
    x.sync_initialize(3, 1).unwrap().reply().unwrap();
    let reply = x.sync_list_system_counters().unwrap().reply().unwrap();
    let mut counters = reply.counters.iter();
    let idle = counters
        .find(|counter| counter.name == b"IDLETIME")
        .unwrap();
    let idle = idle.counter;
    thread::spawn(move || {
        while let Ok(asked) = x.sync_query_counter(idle)
            && asked.reply().is_ok()
        {}
    })
}

#[test]
fn how_things_stand_is_told_when_asked() {
    let display = Display::start();
    let (mut x11, reports) = watch(&display);
    x11.set_threshold(SECOND);
    idle_for(&reports);
    x11.refresh();
    assert!(idle_for(&reports) >= SECOND);

    display.point(2);
    assert_eq!(reports.next(), Sensor::Active);
    // A machine that takes more than a second from one to the other gets another chance.
    let mut place = 3;
    wait_until("input to be seen when asked for", || {
        display.point(place);
        place += 1;
        x11.refresh();
        (reports.next() == Sensor::Active).then_some(())
    });
}

#[test]
fn a_server_that_dies_is_unknown_until_it_is_back() {
    let display = Display::start();
    let (mut x11, reports) = watch(&display);
    x11.set_threshold(SECOND);
    idle_for(&reports);

    let number = display.number.clone();
    drop(display.server);
    assert_eq!(reports.next(), Sensor::Unknown);
    x11.refresh();
    assert_eq!(reports.next(), Sensor::Unknown);

    let display = Display::again(&number);
    // It knows what it was told before.
    reports.next_where(|report| {
        matches!(report, Sensor::IdleFor(length) if *length >= SECOND).then_some(())
    });
    display.point(1);
    assert_eq!(reports.next(), Sensor::Active);
}

#[test]
fn without_a_display_it_is_unknown() {
    // No server has such a number: they are 16 bits wide.
    let (_x11, reports, choices) = start(":99999".to_owned());
    assert_eq!(reports.next(), Sensor::Unknown);
    assert_eq!(choices.next().by, None);
}
