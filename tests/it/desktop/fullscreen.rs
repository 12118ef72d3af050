//! Windows that fill the screen, on a real X server with a real window manager.

use unhunch::desktop::{
    fullscreen::x11,
    sense::{Says, Sense as _, Why, Word, on_thread::OnThread},
};

use super::Reports;
use crate::support::{Typewriter, VirtualDisplay};

/// A screen and the sensor on it.
fn sensor(home: &tempfile::TempDir) -> (VirtualDisplay, OnThread, Reports<Word>) {
    let display = VirtualDisplay::start(home.path());
    let (post, words) = Reports::new();
    let sensor = x11::sensor(Some(display.name().to_owned()), &post);
    (display, sensor, words)
}

fn so() -> Word {
    Word::known(true, "X11", Why::Programs(vec!["Typewriter".to_owned()]))
}

fn not_so() -> Word {
    Word::known(false, "X11", Why::Told)
}

#[test]
fn a_film_begins_and_ends() {
    let home = tempfile::tempdir().unwrap();
    let (display, mut sensor, words) = sensor(&home);
    let film = Typewriter::open(&display);
    sensor.watch(true);
    assert_eq!(words.next(), not_so());

    film.fill_screen(true);
    assert_eq!(words.next(), so());
    film.fill_screen(false);
    assert_eq!(words.next(), not_so());
    film.fill_screen(true);
    assert_eq!(words.next(), so());
    drop(film);
    assert_eq!(words.next(), not_so());
}

#[test]
fn a_film_that_nobody_sees_is_no_reason() {
    let home = tempfile::tempdir().unwrap();
    let (display, mut sensor, words) = sensor(&home);
    let film = Typewriter::open(&display);
    film.fill_screen(true);
    sensor.watch(true);
    words.next_where(|word| (*word == so()).then_some(()));

    let window = display.wait_for_window("Typewriter");
    display.minimise(&window);
    assert_eq!(words.next(), not_so());

    // A small window on top of it hides little, a large one hides it.
    let other_film = Typewriter::open(&display);
    other_film.fill_screen(true);
    assert_eq!(words.next(), so());
    let editor = Typewriter::open(&display);
    editor.maximise(true);
    assert_eq!(words.next(), not_so());
    editor.maximise(false);
    assert_eq!(words.next(), so());
}

#[test]
fn at_rest_it_says_nothing_and_without_a_display_nothing_is_known() {
    let home = tempfile::tempdir().unwrap();
    let (display, mut sensor, words) = sensor(&home);
    let film = Typewriter::open(&display);
    sensor.watch(true);
    assert_eq!(words.next(), not_so());
    sensor.watch(false);
    film.fill_screen(true);
    sensor.watch(true);
    words.next_where(|word| (*word == so()).then_some(()));

    drop(film);
    drop(display);
    words.next_where(|word| (word.says == Says::Unknown).then_some(()));
    sensor.watch(false);
    sensor.watch(true);
    assert_eq!(words.next().says, Says::Unknown);
}
