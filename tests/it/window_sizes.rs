//! The window of a break in its three sizes: what stands where, and how one gets from one to another.

use egui::{Key, Vec2, vec2};
use unhunch::{
    stretch_file,
    window::wire::{FromWindow, Open, Place, Size},
};

use crate::windows::{
    assert_tidy, begun, buttons, click, closing, message, open, press, take_told, wait, window,
};

const CORNER: Vec2 = vec2(320.0, 400.0);
/// What twice as large text leaves of the corner of a small screen, in points.
const SMALL_CORNER: Vec2 = vec2(240.0, 250.0);

fn placed(open: Open, size: Size) -> Open {
    Open {
        place: Place {
            size,
            ..open.place.clone()
        },
        ..open
    }
}

#[test]
fn every_stretch_fits_into_the_corner_from_the_start_to_the_end() {
    for stretch in &stretch_file::builtin().stretches {
        for size in [CORNER, SMALL_CORNER] {
            let id = &stretch.id.0;
            let mut corner = window(placed(open(id), Size::Corner), size);
            assert_tidy(&corner, size, &format!("{id} ready, {size:?}"));
            click(&mut corner, "Start");
            wait(&mut corner, 12.0);
            assert_tidy(&corner, size, &format!("{id} running, {size:?}"));
            click(&mut corner, "Pause");
            assert_tidy(&corner, size, &format!("{id} paused, {size:?}"));
        }
    }
}

#[test]
fn every_stretch_fits_on_a_full_screen_of_any_shape() {
    // Landscape, very wide, upright, and with text twice as large on a small screen.
    for size in [
        vec2(1351.0, 760.0),
        vec2(1815.0, 760.0),
        vec2(700.0, 1244.0),
        vec2(640.0, 360.0),
    ] {
        for stretch in &stretch_file::builtin().stretches {
            let id = &stretch.id.0;
            let mut full = window(placed(begun(id), Size::Full), size);
            wait(&mut full, 8.0);
            assert_tidy(&full, size, &format!("{id} running, {size:?}"));
        }
        let mut full = window(placed(message("Look out of the window"), Size::Full), size);
        assert_tidy(&full, size, &format!("message, {size:?}"));
        wait(&mut full, 20.5);
        assert_tidy(&full, size, &format!("end, {size:?}"));
    }
}

#[test]
fn the_corner_has_every_answer_and_a_way_out() {
    let mut corner = window(placed(open("shoulder_roll"), Size::Corner), CORNER);
    let answers = ["Start", "Snooze 5 min", "Skip", "Larger", "Close"];
    assert_eq!(buttons(&corner), answers);
    let mut small = window(placed(open("shoulder_roll"), Size::Corner), SMALL_CORNER);
    assert_eq!(buttons(&small), answers);
    click(&mut small, "Skip");
    let stretched_s = 0.0;
    assert_eq!(take_told(&mut small), [FromWindow::Skip { stretched_s }]);

    click(&mut corner, "Larger");
    assert_eq!(corner.state().app.size(), Size::Normal);
    corner.run_steps(2);
    assert_eq!(
        buttons(&corner),
        ["Start", "Snooze 5 min", "Skip", "More"],
        "what was left out is there now"
    );
    assert!(!closing(&corner));
}

#[test]
fn the_end_in_the_corner_has_one_button_to_close_it() {
    let mut corner = window(placed(begun("shoulder_roll"), Size::Corner), CORNER);
    wait(&mut corner, 45.5);
    assert_eq!(buttons(&corner), ["One more", "Close"]);
    assert_tidy(&corner, CORNER, "end");
}

#[test]
fn f11_goes_to_full_screen_and_back_to_a_window_from_anywhere() {
    for (before, after) in [
        (Size::Normal, Size::Full),
        (Size::Corner, Size::Full),
        (Size::Full, Size::Normal),
    ] {
        let mut window = window(placed(open("chin_tuck"), before), CORNER);
        press(&mut window, Key::F11);
        assert_eq!(window.state().app.size(), after, "from {before:?}");
        assert_eq!(take_told(&mut window), [], "nobody else needs to know");
    }
}

#[test]
fn the_keys_mean_the_same_on_a_full_screen() {
    let mut full = window(placed(begun("chin_tuck"), Size::Full), vec2(1351.0, 760.0));
    wait(&mut full, 4.0);
    take_told(&mut full);
    press(&mut full, Key::Space);
    assert_eq!(
        take_told(&mut full),
        [FromWindow::Countdown { running: false }]
    );
    press(&mut full, Key::Escape);
    assert!(closing(&full));
}
