//! Breaks on a Wayland desktop, from the announcement to the end of the window.

use crate::support::{Daemon, Desktop, Film, Sway, wait_until};

/// The app id of the stretch window.
const WINDOW: &str = "org.unhunch.Unhunch";

/// A break after ten seconds of work with the shortest stretch there is; whether the test "works"
/// is not in question.
const SOON: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle = "1s"
settle_in = "0s"
open = "on start"

[rotation]
stretches = ["clasped_hands_chest_opener"]

[[reminder]]
id = "upper-back"
every = "10s"
length = "short"
"#;

#[test]
fn the_desktop_of_these_tests_has_windows_that_fill_the_screen_and_tokens() {
    let sway = Sway::start();
    let film = Film::open(sway.display(), "film");
    let window = sway.wait_for_window("film");
    assert!(!window.fullscreen);
    sway.wait_for_focus("film");

    film.fill_screen(true);
    wait_until("the film to fill the screen", || {
        sway.window_of("film")?.fullscreen.then_some(())
    });
    sway.fill_screen(&window, false);
    wait_until("the film to be a window again", || {
        (!sway.window_of("film")?.fullscreen).then_some(())
    });
    assert!(!film.token().is_empty());
    drop(film);
    sway.wait_for_no_window("film");
}

#[test]
fn a_break_on_wayland_begins_gets_the_focus_and_goes_away() {
    let desktop = Desktop::on_wayland(Sway::start());
    let sway = desktop.sway();
    let _editor = Film::open(sway.display(), "editor");
    let mut daemon = Daemon::start(&desktop, SOON);

    daemon.wait_for("announced");
    sway.wait_for_focus("editor");
    desktop.dunst().press("start");
    let window = sway.wait_for_window(WINDOW);
    assert_eq!(Some(window.pid), daemon.window_pid());
    sway.wait_for_focus(WINDOW);
    sway.picture("a-break-on-wayland").unwrap();
    let completed = daemon.wait_for("completed");
    assert_eq!(completed["stretched_s"], 21);
    sway.wait_for_no_window(WINDOW);
    sway.wait_for_focus("editor");
}

#[test]
fn a_film_that_fills_the_screen_holds_a_break_until_it_is_over() {
    let desktop = Desktop::on_wayland(Sway::start());
    let film = Film::open(desktop.sway().display(), "film");
    film.fill_screen(true);
    let mut daemon = Daemon::start(&desktop, SOON);

    let held = daemon.wait_for("held");
    assert_eq!(held["reasons"], serde_json::json!(["fullscreen"]));
    assert!(desktop.sway().window_of(WINDOW).is_none());
    film.fill_screen(false);
    daemon.wait_for("announced");

    // Begun again while the announcement is up, it takes it back; no snooze is used up.
    film.fill_screen(true);
    daemon.wait_for("withdrawn");
    drop(film);
    assert_eq!(daemon.wait_for("announced")["snoozes"], 0);
}
