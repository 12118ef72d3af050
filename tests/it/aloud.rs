//! What the window of a break makes heard: as the settings want it, never more, and silent when
//! the user or a call asks for it.

use std::time::Duration;

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use unhunch::{
    core::sound::Sound,
    gui::stretch::aloud::Aloud,
    window::wire::{Open, ToWindow, Voice},
};

use crate::windows::{Desk, USUAL, begun, message, open, window};

fn with_sounds(open: Open) -> Open {
    Open {
        volume: Some(0.4),
        ..open
    }
}

fn with_voice(open: Open) -> Open {
    Open {
        voice: Some(Voice {
            name: None,
            rate: 0,
        }),
        ..open
    }
}

/// Lets a break run, frame by frame, and gives what was heard.
fn hears(window: &mut Harness<'static, Desk>, seconds: f64) -> Vec<Aloud> {
    let until = window.state().now + Duration::from_secs_f64(seconds);
    let mut heard = window.state_mut().app.take_aloud();
    while window.state().now < until {
        let desk = window.state_mut();
        desk.now += Duration::from_millis(50);
        desk.app.tick(desk.now);
        heard.extend(desk.app.take_aloud());
    }
    window.run_steps(2);
    heard
}

fn sounds(heard: &[Aloud]) -> Vec<Sound> {
    let sound = |aloud: &Aloud| match aloud {
        Aloud::Sound(sound) => Some(*sound),
        Aloud::Prepare | Aloud::Words(_) | Aloud::Hush | Aloud::End => None,
    };
    heard.iter().filter_map(sound).collect()
}

fn words(heard: &[Aloud]) -> Vec<&str> {
    fn words(aloud: &Aloud) -> Option<&str> {
        match aloud {
            Aloud::Words(words) => Some(words),
            Aloud::Prepare | Aloud::Sound(_) | Aloud::Hush | Aloud::End => None,
        }
    }
    heard.iter().filter_map(words).collect()
}

#[test]
fn without_sounds_and_voice_in_the_settings_a_break_is_silent() {
    let mut window = window(begun("chin_tuck"), USUAL);

    assert_eq!(hears(&mut window, 60.0), []);
    assert!(window.query_by_label_contains("Silent").is_none());
    assert!(window.query_by_label_contains("sounds").is_none());
}

#[test]
fn sounds_alone_say_nothing_and_a_voice_alone_does_not_ring() {
    let mut rings = window(with_sounds(begun("chin_tuck")), USUAL);
    let heard = hears(&mut rings, 60.0);
    assert_eq!(heard[0], Aloud::Prepare);
    assert_eq!(heard.len(), 1 + sounds(&heard).len(), "{heard:?}");

    let mut speaks = window(with_voice(begun("chin_tuck")), USUAL);
    let heard = hears(&mut speaks, 60.0);
    assert_eq!(heard[0], Aloud::Prepare);
    assert_eq!(heard.len(), 1 + words(&heard).len(), "{heard:?}");
}

#[test]
fn nothing_is_prepared_before_the_start() {
    let mut window = window(with_voice(with_sounds(open("chin_tuck"))), USUAL);

    assert_eq!(hears(&mut window, 10.0), []);
    window.get_by_label("Start").click();
    window.run_steps(2);

    let heard = hears(&mut window, 1.0);
    assert_eq!(
        heard,
        [
            Aloud::Prepare,
            Aloud::Words("Chin tuck. Get in place".to_owned())
        ]
    );
}

#[test]
fn what_is_spoken_stands_on_the_screen() {
    let mut window = window(with_voice(begun("seated_twist")), USUAL);
    let mut spoken = 0;

    for _ in 0..60 {
        for aloud in hears(&mut window, 1.0) {
            if let Aloud::Words(words) = aloud {
                let last = words
                    .rsplit_once(". ")
                    .map_or(words.as_str(), |(_, last)| last);
                let shown = window.query_all_by_label_contains(last).next().is_some();
                assert!(shown, "{words:?} is not on the screen");
                spoken += 1;
            }
        }
    }

    assert!(spoken > 6, "only {spoken} sentences were spoken");
}

#[test]
fn a_message_is_read_out_and_ends_with_its_sound() {
    let open = with_voice(with_sounds(message("Look out of the window")));
    let mut window = window(open, USUAL);

    let heard = hears(&mut window, 23.0);

    assert_eq!(words(&heard), ["Look out of the window", "Done."]);
    assert_eq!(sounds(&heard), [Sound::Start, Sound::Done]);
}

#[test]
fn m_makes_the_window_silent_and_heard_again() {
    let mut window = window(with_voice(with_sounds(begun("seated_twist"))), USUAL);
    hears(&mut window, 2.0);
    window.get_by_label_contains("There are sounds");

    window.key_press(Key::M);
    window.run_steps(2);

    window.get_by_label_contains("Silent. Turn sound on again");
    let heard = hears(&mut window, 20.0);
    assert_eq!(heard, [Aloud::Hush]);

    window
        .get_by_label_contains("Silent. Turn sound on again")
        .click();
    window.run_steps(2);
    window.get_by_label_contains("There are sounds");
    let heard = hears(&mut window, 60.0);
    assert_eq!(sounds(&heard).last(), Some(&Sound::Done));
    assert!(!sounds(&heard).contains(&Sound::Start), "{heard:?}");
}

#[test]
fn a_call_makes_the_window_silent_for_as_long_as_it_lasts() {
    let call = Open {
        call: true,
        ..with_voice(with_sounds(begun("seated_twist")))
    };
    let mut window = window(call, USUAL);
    assert_eq!(hears(&mut window, 5.0), []);
    window.get_by_label("Silent while you are in a call");

    let desk = window.state_mut();
    desk.app.receive(ToWindow::Call { on: false }, desk.now);
    let heard = hears(&mut window, 20.0);
    assert!(!sounds(&heard).is_empty(), "{heard:?}");

    let desk = window.state_mut();
    desk.app.receive(ToWindow::Call { on: true }, desk.now);
    assert_eq!(hears(&mut window, 40.0), [Aloud::Hush]);
}

#[test]
fn the_list_of_keys_has_the_one_for_silence_where_there_is_something_to_silence() {
    for (open, listed) in [
        (with_sounds(begun("chin_tuck")), true),
        (begun("chin_tuck"), false),
    ] {
        let mut window = window(open, USUAL);
        window.key_press(Key::Questionmark);
        window.run_steps(2);

        let found = window.query_by_label("Silent, or sound again").is_some();
        assert_eq!(found, listed);
    }
}

#[test]
fn a_window_that_nobody_sees_wakes_up_for_the_next_sound() {
    let mut window = window(with_sounds(begun("seated_twist")), USUAL);
    let mut heard = Vec::new();

    // As `run` does for a hidden window: look only when there is news.
    while let Some(next) = window.state().app.next_news(window.state().now) {
        let desk = window.state_mut();
        desk.now += next.max(Duration::from_millis(1));
        desk.app.tick(desk.now);
        heard.extend(desk.app.take_aloud());
        if desk.app.closing() {
            break;
        }
    }

    let sounds = sounds(&heard);
    assert_eq!(sounds.first(), Some(&Sound::Start));
    assert_eq!(sounds.last(), Some(&Sound::Done));
    let sides = sounds.iter().filter(|sound| **sound == Sound::OtherSide);
    assert_eq!(sides.count(), 1);
}
