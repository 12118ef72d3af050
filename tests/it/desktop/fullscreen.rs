//! Windows that fill a screen: on a real X server with a real window manager, on a real
//! compositor, and the hint where neither tells.

use std::path::PathBuf;

use unhunch::desktop::{
    APP_ID,
    bus::Bus,
    fullscreen::{self, windows},
    sense::{Says, Sense as _, Why, Word, on_thread::OnThread},
    windows::Screen,
};
use zbus::{block_on, connection, interface};

use super::Reports;
use crate::support::{Film, Monitor, PrivateBus, Sway, Typewriter, VirtualDisplay, wait_until};

/// A sensor for this display.
fn sensor_for(display: &VirtualDisplay) -> (OnThread, Reports<Word>) {
    let (post, words) = Reports::new();
    let screen = Screen::X11(Some(display.name().to_owned()));
    (windows::sensor(screen, &post), words)
}

/// A screen and the sensor on it.
fn sensor(home: &tempfile::TempDir) -> (VirtualDisplay, OnThread, Reports<Word>) {
    let display = VirtualDisplay::start(home.path());
    let (sensor, words) = sensor_for(&display);
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

    display.show_desktop(1);
    assert_eq!(words.next(), not_so());
    display.show_desktop(0);
    assert_eq!(words.next(), so());
}

const SIDE_BY_SIDE: [Monitor; 2] = [
    Monitor {
        name: "LEFT",
        area: [0, 0, 800, 600],
        primary: true,
    },
    Monitor {
        name: "RIGHT",
        area: [800, 0, 800, 600],
        primary: false,
    },
];

#[test]
fn a_film_on_the_other_monitor_is_one_while_somebody_types_on_this_one() {
    let home = tempfile::tempdir().unwrap();
    let display = VirtualDisplay::with_monitors(home.path(), 1600, 600, &SIDE_BY_SIDE);
    let (mut sensor, words) = sensor_for(&display);
    let film = Typewriter::open(&display);
    let window = display.wait_for_window("Typewriter");
    display.move_to(&window, 900, 100);
    film.fill_screen(true);
    wait_until("the film to fill the right monitor", || {
        let window = display.window_of_class("Typewriter")?;
        (window.x == 800 && window.width == 800).then_some(())
    });
    let editor = Typewriter::open(&display);
    editor.maximise(true);
    display.wait_for_focus(editor.id());
    let placed = || {
        display
            .windows()
            .into_iter()
            .find(|window| window.id == editor.id())
    };
    wait_until("the editor to lie on the left monitor", || {
        placed().filter(|window| window.x < 800 && window.width > 700)
    });
    sensor.watch(true);
    words.next_where(|word| (*word == so()).then_some(()));
    drop(film);
    assert_eq!(words.next(), not_so());
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

/// A compositor and the sensor on it.
fn on_wayland(outputs: u32) -> (Sway, OnThread, Reports<Word>) {
    let sway = Sway::with_outputs(outputs, "");
    let (post, words) = Reports::new();
    let screen = Screen::Wayland(sway.display().to_owned());
    (sway, windows::sensor(screen, &post), words)
}

fn film() -> Word {
    Word::known(true, "Wayland", Why::Programs(vec!["film".to_owned()]))
}

fn no_film() -> Word {
    Word::known(false, "Wayland", Why::Told)
}

#[test]
fn a_film_on_wayland_begins_and_ends() {
    let (sway, mut sensor, words) = on_wayland(1);
    sensor.watch(true);
    assert_eq!(words.next(), no_film());
    let film_window = Film::open(sway.display(), "film");
    film_window.fill_screen(true);
    assert_eq!(words.next(), film());

    sway.run("workspace 2");
    assert_eq!(words.next(), no_film());
    let _editor = Film::open(sway.display(), "editor");
    sway.run("workspace 1");
    assert_eq!(words.next(), film());
    film_window.fill_screen(false);
    assert_eq!(words.next(), no_film());
    film_window.fill_screen(true);
    assert_eq!(words.next(), film());

    sensor.watch(false);
    sensor.watch(true);
    assert_eq!(words.next(), film());
    drop(film_window);
    assert_eq!(words.next(), no_film());
}

#[test]
fn a_film_on_another_output_is_one_until_something_covers_it() {
    let (sway, mut sensor, words) = on_wayland(2);
    let film_window = Film::open(sway.display(), "film");
    film_window.fill_screen(true);
    sensor.watch(true);
    words.next_where(|word| (*word == film()).then_some(()));
    sway.run("focus output HEADLESS-2");
    let _editor = Film::open(sway.display(), "editor");
    sway.wait_for_focus("editor");
    sensor.watch(false);
    sensor.watch(true);
    words.next_where(|word| (*word == film()).then_some(()));

    sway.run("focus output HEADLESS-1");
    sway.run("workspace 7");
    let _mail = Film::open(sway.display(), "mail");
    sway.wait_for_focus("mail");
    words.next_where(|word| (*word == no_film()).then_some(()));
    sway.run("focus output HEADLESS-2");
    sway.wait_for_focus("editor");
    sway.run("workspace 1");
    sway.wait_for_focus("film");
    assert_eq!(words.next(), film());
}

#[test]
fn our_own_window_may_fill_the_screen() {
    let (sway, mut sensor, words) = on_wayland(1);
    let ours = Film::open(sway.display(), APP_ID);
    ours.fill_screen(true);
    wait_until("it to fill the screen", || {
        sway.window_of(APP_ID)?.fullscreen.then_some(())
    });
    sensor.watch(true);
    assert_eq!(words.next(), no_film());
}

#[test]
fn a_compositor_that_goes_away_is_unknown_and_so_is_one_that_never_was() {
    let (sway, mut sensor, words) = on_wayland(1);
    sensor.watch(true);
    assert_eq!(words.next(), no_film());
    drop(sway);
    assert_eq!(words.next().says, Says::Unknown);
    sensor.watch(false);
    sensor.watch(true);
    assert_eq!(words.next().says, Says::Unknown);
}

#[test]
fn a_compositor_that_does_not_answer_is_waited_for_a_while() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("wayland-0");
    // It takes connections, and says nothing.
    let _stuck = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let (post, words) = Reports::new();
    let mut sensor = windows::sensor(Screen::Wayland(socket), &post);
    sensor.watch(true);
    assert_eq!(words.next(), Word::unknown("Wayland", Why::Silent));
}

/// A session manager whom a film has told so.
struct KeptAwake;

#[interface(name = "org.gnome.SessionManager")]
impl KeptAwake {
    #[zbus(property)]
    fn inhibited_actions(&self) -> u32 {
        8
    }

    fn get_inhibitors(&self) -> Vec<zbus::OwnedObjectPath> {
        vec![zbus::OwnedObjectPath::try_from("/film").unwrap()]
    }
}

struct KeepsAwake;

#[interface(name = "org.gnome.SessionManager.Inhibitor")]
impl KeepsAwake {
    fn get_app_id(&self) -> &str {
        "mpv"
    }

    fn get_reason(&self) -> &str {
        "Playing video"
    }

    fn get_flags(&self) -> u32 {
        8
    }
}

#[test]
fn where_no_window_is_known_whoever_keeps_the_screen_awake_is_the_hint() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    let service = connection::Builder::address(bus.address())
        .serve_at("/org/gnome/SessionManager", KeptAwake)
        .serve_at("/film", KeepsAwake)
        .name("org.gnome.SessionManager");
    let gnome = block_on(service.build()).unwrap();
    let ours = Bus::start(Some(bus.address().to_owned())).unwrap();
    let nowhere = Some("unix:path=/nobody".to_owned());
    let (post, words) = Reports::new();
    let screen = Some(Screen::Wayland(PathBuf::from("/nobody/wayland-0")));
    let mut sensor = fullscreen::on(screen, &ours, nowhere.clone(), &post);
    sensor.watch(true);
    let kept = Word::known(true, "GNOME", Why::Programs(vec!["mpv".to_owned()]));
    words.next_where(|word| (*word == kept).then_some(()));
    drop(gnome);
    // Then why nothing is known of the windows is what there is to say.
    let word = words.next();
    assert!(matches!(word.why, Why::Failed(_)), "{word:?}");
    assert_eq!(word.says, Says::Unknown);

    // Where windows are known, nobody else is asked.
    let (sway, _, _) = on_wayland(1);
    let (post, words) = Reports::new();
    let screen = Some(Screen::Wayland(sway.display().to_owned()));
    let mut sensor = fullscreen::on(screen, &ours, nowhere, &post);
    sensor.watch(true);
    assert_eq!(words.next(), no_film());
}
