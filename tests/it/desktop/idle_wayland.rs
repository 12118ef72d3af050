//! Idle time from a Wayland compositor whose time is the test's.

use std::{os::unix::net::UnixListener, time::Duration};

use tempfile::TempDir;
use unhunch::{
    core::schedule::Sensor,
    desktop::{
        bus::Bus,
        idle::{self, Choice, IdleSource, Places, Source, WhyNot},
    },
};

use super::Reports;
use crate::support::compositor::{Compositor, Offers, Wanted};

const SECOND: Duration = Duration::from_secs(1);
const FOREVER: Duration = Duration::from_millis(i32::MAX as u64);

/// A desktop where there is nothing but a compositor, perhaps.
struct Desk {
    folder: TempDir,
    idle: Box<dyn IdleSource>,
    reports: Reports<Sensor>,
    choices: Reports<Choice>,
}

impl Desk {
    /// The compositor is started by whoever wants one, before or after.
    fn in_folder(folder: TempDir) -> Self {
        let (post, reports) = Reports::new();
        let (tell, choices) = Reports::new();
        let places = Places {
            display: None,
            wayland: Some(folder.path().join("wayland-1")),
            bus: Bus::start(Some("unix:path=/nowhere/bus".to_owned())).unwrap(),
            system_bus: Some("unix:path=/nowhere/system_bus".to_owned()),
        };
        Self {
            folder,
            idle: idle::detect_in(places, post, tell),
            reports,
            choices,
        }
    }

    /// With a compositor that offers this, and a source that has seen input.
    fn with(offers: Offers) -> (Compositor, Self) {
        let folder = tempfile::tempdir().unwrap();
        let compositor = Compositor::start(&folder.path().join("wayland-1"), offers);
        let desk = Self::in_folder(folder);
        // Whether anybody types is seen by asking for a second without input.
        desk.see_input(&compositor);
        (compositor, desk)
    }

    fn see_input(&self, compositor: &Compositor) {
        let looks: &[Wanted] = match self.choices.next_where(|choice| choice.by) {
            Source::ExtIdleNotify2 => &[(true, SECOND), (false, SECOND)],
            _ => &[(false, SECOND)],
        };
        compositor.wait_until_wanted(looks);
        compositor.passes(SECOND);
        assert!(matches!(self.reports.next(), Sensor::IdleFor(long) if long >= SECOND));
        compositor.input();
        assert_eq!(self.reports.next(), Sensor::Active);
    }

    /// Again a compositor on the same socket.
    fn again(&self, offers: Offers) -> Compositor {
        Compositor::start(&self.folder.path().join("wayland-1"), offers)
    }

    /// The same in a film, which is told first.
    fn idle_for_in_film(&self, length: Duration) {
        let ago = Duration::ZERO;
        assert_eq!(self.reports.next(), Sensor::KeptAwake { on: true, ago });
        self.idle_for(length);
    }

    /// The next report, which is one of idleness of this length, give or take the time that
    /// really goes by.
    fn idle_for(&self, length: Duration) {
        match self.reports.next() {
            Sensor::IdleFor(told) if told >= length => {}
            other => panic!("{other:?} instead of idleness of {length:?}"),
        }
    }
}

/// What version 2 is asked for, to watch for this long.
fn both(timeout: Duration) -> [Wanted; 2] {
    [(true, timeout), (false, timeout)]
}

#[test]
fn idleness_and_its_end_are_reported_again_and_again() {
    for offers in [Offers::ext(2), Offers::ext(1), Offers::kwin()] {
        let (compositor, mut desk) = Desk::with(offers);
        desk.idle.set_threshold(90 * SECOND);
        let halves = compositor.wanted().len();
        compositor.wait_until_wanted(&both(90 * SECOND)[2 - halves..]);
        for _ in 0..3 {
            compositor.passes(89 * SECOND);
            compositor.input();
            compositor.passes(90 * SECOND);
            desk.idle_for(90 * SECOND);
            compositor.input();
            assert_eq!(desk.reports.next(), Sensor::Active);
        }
    }
}

#[test]
fn the_best_protocol_is_taken_up_and_the_choice_says_why_not_another() {
    let everything = Offers {
        kwin: true,
        ..Offers::ext(2)
    };
    let absent = |sources: &[Source]| -> Vec<_> {
        (sources.iter())
            .map(|source| (*source, WhyNot::Absent))
            .collect()
    };
    let newest = [Source::ExtIdleNotify2];
    let newer = [Source::ExtIdleNotify2, Source::ExtIdleNotify1];
    for (offers, by, lacks) in [
        (everything, Source::ExtIdleNotify2, &[][..]),
        (Offers::ext(1), Source::ExtIdleNotify1, &newest),
        (Offers::kwin(), Source::KwinIdle, &newer),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let _compositor = Compositor::start(&folder.path().join("wayland-1"), offers);
        let desk = Desk::in_folder(folder);
        let choice = desk.choices.next();
        assert_eq!(choice.by, Some(by));
        let wayland = |(source, _): &(Source, WhyNot)| *source <= Source::ExtIdleNotify1;
        let said: Vec<_> = choice.why_not.into_iter().filter(wayland).collect();
        assert_eq!(said, absent(lacks));
    }
}

#[test]
fn a_compositor_that_tells_nothing_leaves_it_unknown_until_it_does() {
    let folder = tempfile::tempdir().unwrap();
    let compositor = Compositor::start(&folder.path().join("wayland-1"), Offers::nothing());
    let desk = Desk::in_folder(folder);
    assert_eq!(desk.reports.next(), Sensor::Unknown);
    assert_eq!(desk.choices.next().by, None);

    compositor.offer(Offers::kwin());
    desk.see_input(&compositor);
    // A better one appears, and goes again.
    compositor.offer(Offers::ext(2));
    assert_eq!(
        desk.choices.next_where(|choice| choice.by),
        Source::ExtIdleNotify2
    );
    compositor.wait_until_wanted(&both(SECOND));
    compositor.offer(Offers::kwin());
    assert_eq!(
        desk.choices.next_where(|choice| choice.by),
        Source::KwinIdle
    );
}

#[test]
fn without_a_seat_there_is_nobody_to_watch() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = Offers {
        seats: 0,
        ..Offers::ext(2)
    };
    let compositor = Compositor::start(&folder.path().join("wayland-1"), nobody);
    let desk = Desk::in_folder(folder);
    assert_eq!(desk.reports.next(), Sensor::Unknown);
    assert_eq!(desk.choices.next().by, None);
    compositor.offer(Offers::ext(2));
    desk.see_input(&compositor);
}

#[test]
fn whoever_uses_one_of_two_seats_is_there() {
    let two = Offers {
        seats: 2,
        ..Offers::ext(1)
    };
    let folder = tempfile::tempdir().unwrap();
    let compositor = Compositor::start(&folder.path().join("wayland-1"), two);
    let mut desk = Desk::in_folder(folder);
    compositor.wait_until_wanted(&[(false, SECOND), (false, SECOND)]);
    desk.idle.set_threshold(10 * SECOND);
    // Nobody is idle for a second: there is input.
    assert_eq!(desk.reports.next(), Sensor::Active);
    compositor.wait_until_wanted(&[(false, 10 * SECOND), (false, 10 * SECOND)]);
    compositor.passes(9 * SECOND);
    compositor.input_on_first();
    compositor.passes(9 * SECOND);
    assert_eq!(desk.reports.so_far(), []);
    compositor.passes(SECOND);
    desk.idle_for(10 * SECOND);
    compositor.input_on_first();
    assert_eq!(desk.reports.next(), Sensor::Active);
}

#[test]
fn input_without_a_pause_is_not_reported_and_costs_no_message() {
    let (compositor, mut desk) = Desk::with(Offers::ext(2));
    desk.idle.set_threshold(10 * SECOND);
    compositor.wait_until_wanted(&both(10 * SECOND));
    let sent = compositor.sent();
    for _ in 0..10_000 {
        compositor.input();
        compositor.passes(SECOND);
    }
    assert_eq!(compositor.sent(), sent);
    assert_eq!(desk.reports.so_far(), []);
}

#[test]
fn a_threshold_that_moves_during_idleness_needs_no_word_of_the_compositor() {
    let (compositor, mut desk) = Desk::with(Offers::ext(2));
    desk.idle.set_threshold(10 * SECOND);
    compositor.wait_until_wanted(&both(10 * SECOND));
    compositor.passes(10 * SECOND);
    desk.idle_for(10 * SECOND);

    // One that has been passed already is not news; a longer one comes by the clock.
    desk.idle.set_threshold(5 * SECOND);
    desk.idle.set_threshold(11 * SECOND);
    desk.idle_for(11 * SECOND);
    desk.idle.set_threshold(1000 * SECOND);
    compositor.input();
    assert_eq!(desk.reports.next(), Sensor::Active);
    // Only now it is asked for.
    compositor.wait_until_wanted(&both(1000 * SECOND));
}

#[test]
fn a_threshold_of_a_second_and_a_half_is_met_and_none_below_a_second() {
    let (compositor, mut desk) = Desk::with(Offers::ext(1));
    desk.idle.set_threshold(SECOND * 3 / 2);
    compositor.wait_until_wanted(&[(false, SECOND * 3 / 2)]);
    desk.idle.set_threshold(SECOND / 10);
    compositor.wait_until_wanted(&[(false, SECOND)]);
    desk.idle.set_threshold(Duration::MAX);
    compositor.wait_until_wanted(&[(false, FOREVER)]);
}

#[test]
fn how_things_stand_is_found_out_when_asked() {
    let (compositor, mut desk) = Desk::with(Offers::ext(2));
    desk.idle.set_threshold(100 * SECOND);
    compositor.wait_until_wanted(&both(100 * SECOND));

    // A second without input is reported as what it is, below the threshold.
    desk.idle.refresh();
    compositor.wait_until_wanted(&both(SECOND));
    compositor.passes(SECOND);
    desk.idle_for(SECOND);
    desk.idle.refresh();
    desk.idle_for(SECOND);
    compositor.input();
    assert_eq!(desk.reports.next(), Sensor::Active);

    // And so is input, which shows in a second that is not without.
    compositor.wait_until_wanted(&both(100 * SECOND));
    desk.idle.refresh();
    assert_eq!(desk.reports.next(), Sensor::Active);
    compositor.wait_until_wanted(&both(100 * SECOND));
}

#[test]
fn a_film_is_told_apart_from_input_by_version_2() {
    let (compositor, mut desk) = Desk::with(Offers::ext(2));
    desk.idle.set_threshold(20 * SECOND);
    compositor.wait_until_wanted(&both(20 * SECOND));

    compositor.keep_awake(true);
    compositor.passes(20 * SECOND);
    let kept = |on| Sensor::KeptAwake {
        on,
        ago: Duration::ZERO,
    };
    // It is told before the idleness.
    assert_eq!(desk.reports.next(), kept(true));
    desk.idle_for(20 * SECOND);
    compositor.input();
    assert_eq!(desk.reports.next(), Sensor::Active);
    assert_eq!(desk.reports.next(), kept(false));

    compositor.passes(20 * SECOND);
    assert_eq!(desk.reports.next(), kept(true));
    desk.idle_for(20 * SECOND);
    compositor.keep_awake(false);
    compositor.passes(20 * SECOND);
    match desk.reports.next() {
        Sensor::KeptAwake { on: false, ago } => assert_eq!(ago, 20 * SECOND),
        other => panic!("{other:?} instead of the end of the film"),
    }
    // A film that begins while nobody is there.
    compositor.keep_awake(true);
    assert_eq!(desk.reports.next(), kept(true));
}

#[test]
fn missing_input_without_a_film_is_told_at_once() {
    let (compositor, mut desk) = Desk::with(Offers::ext(2));
    desk.idle.set_threshold(20 * SECOND);
    compositor.wait_until_wanted(&both(20 * SECOND));
    compositor.passes(20 * SECOND);
    desk.idle_for(20 * SECOND);
    compositor.input();
    assert_eq!(desk.reports.next(), Sensor::Active);
    assert_eq!(desk.reports.so_far(), []);
}

#[test]
fn version_1_says_nothing_in_a_film() {
    let (compositor, mut desk) = Desk::with(Offers::ext(1));
    assert!(!Source::ExtIdleNotify1.sees_through_films());
    desk.idle.set_threshold(20 * SECOND);
    compositor.wait_until_wanted(&[(false, 20 * SECOND)]);
    compositor.keep_awake(true);
    compositor.passes(3600 * SECOND);
    compositor.keep_awake(false);
    compositor.passes(20 * SECOND);
    desk.idle_for(20 * SECOND);
}

#[test]
fn a_compositor_that_dies_is_unknown_until_it_is_back() {
    let (compositor, mut desk) = Desk::with(Offers::ext(2));
    desk.idle.set_threshold(20 * SECOND);
    compositor.wait_until_wanted(&both(20 * SECOND));
    compositor.keep_awake(true);
    compositor.passes(20 * SECOND);
    desk.idle_for_in_film(20 * SECOND);

    drop(compositor);
    let ended = Sensor::KeptAwake {
        on: false,
        ago: Duration::ZERO,
    };
    assert_eq!(desk.reports.next(), ended);
    assert_eq!(desk.reports.next(), Sensor::Unknown);
    assert_eq!(desk.choices.next().by, None);
    desk.idle.refresh();
    assert_eq!(desk.reports.next(), Sensor::Unknown);

    let compositor = desk.again(Offers::ext(1));
    desk.see_input(&compositor);
    // It knows what it was told before.
    compositor.wait_until_wanted(&[(false, 20 * SECOND)]);
}

#[test]
fn a_compositor_that_floods_is_left_alone_for_a_while() {
    let (compositor, mut desk) = Desk::with(Offers::ext(2));
    desk.idle.set_threshold(20 * SECOND);
    compositor.wait_until_wanted(&both(20 * SECOND));
    compositor.flood(10_000);
    desk.reports
        .next_where(|report| (*report == Sensor::Unknown).then_some(()));
    let flooded = desk.choices.next();
    assert_eq!(flooded.by, None);
    let floods = (Source::ExtIdleNotify2, WhyNot::Floods);
    assert!(flooded.why_not.contains(&floods), "{flooded:?}");
    // It gets another chance.
    desk.see_input(&compositor);
}

#[test]
fn a_compositor_that_never_answers_is_said_to_be_silent() {
    let folder = tempfile::tempdir().unwrap();
    let mute = UnixListener::bind(folder.path().join("wayland-1")).unwrap();
    let desk = Desk::in_folder(folder);
    assert_eq!(desk.reports.next(), Sensor::Unknown);
    let choice = desk.choices.next();
    assert_eq!(choice.by, None);
    let silent = (Source::ExtIdleNotify2, WhyNot::Silent);
    assert!(choice.why_not.contains(&silent), "{choice:?}");
    drop(mute);
}

#[test]
fn without_a_compositor_it_is_unknown_until_there_is_one() {
    let desk = Desk::in_folder(tempfile::tempdir().unwrap());
    assert_eq!(desk.reports.next(), Sensor::Unknown);
    assert_eq!(desk.choices.next().by, None);
    let compositor = desk.again(Offers::ext(2));
    desk.see_input(&compositor);
}
