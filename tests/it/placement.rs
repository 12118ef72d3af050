//! Where the window of a break opens, on a real X server with two monitors and a window manager,
//! and where it goes when one of them is unplugged.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, Stdio},
};

use serde_json::Value;
use unhunch::window::wire::{
    FromWindow, Look, Monitor as Wanted, Open, Place, Size, ToWindow, VERSION,
};

use crate::support::{Daemon, Desktop, Monitor, Typewriter, VirtualDisplay, Window, wait_until};

/// The class of the window.
const WINDOW: &str = "org.unhunch.Unhunch";

const LAPTOP: Monitor = Monitor {
    name: "eDP-1",
    area: [0, 0, 1280, 800],
    primary: false,
};
const LARGE: Monitor = Monitor {
    name: "DP-1",
    area: [1280, 0, 1920, 1080],
    primary: true,
};

/// A laptop, and a larger monitor to its right, which is the primary one. The pointer is on the
/// laptop.
fn two_monitors() -> Desktop {
    let display = |home: &Path| VirtualDisplay::with_monitors(home, 3200, 1080, &[LAPTOP, LARGE]);
    let desktop = Desktop::with_display(display);
    desktop.display().point_at(200, 300);
    desktop
}

fn open(size: Size, monitor: Wanted) -> Open {
    Open {
        v: VERSION,
        stretches: vec!["chin_tuck".to_owned()],
        variant: "standard".to_owned(),
        message: None,
        settle_in_s: 5.0,
        start: false,
        snooze_s: Some(300.0),
        done_today: 0,
        look: Look {
            dark: false,
            high_contrast: false,
            // Still pictures: less to draw while others test too.
            reduced_motion: true,
            figure_tone: None,
            text_scale: 1.0,
        },
        place: Place { size, monitor },
        volume: None,
        voice: None,
        call: false,
        stretches_folder: None,
        memory_file: None,
        token: None,
    }
}

fn named(name: &str) -> Wanted {
    Wanted::Named(name.to_owned())
}

/// The window of a break without a daemon; closed with this value.
struct Opened<'a> {
    desktop: &'a Desktop,
    child: Child,
    orders: ChildStdin,
}

impl<'a> Opened<'a> {
    /// Opens it, and waits until it says that it is on the screen.
    fn new(desktop: &'a Desktop, open: Open) -> Self {
        let mut child = desktop
            .command(crate::support::installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .arg("__window")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut orders = child.stdin.take().unwrap();
        let line = serde_json::to_string(&ToWindow::Open(Box::new(open))).unwrap();
        writeln!(orders, "{line}").unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        said.read_line(&mut first).unwrap();
        let first: FromWindow = serde_json::from_str(&first).unwrap();
        assert_eq!(first, FromWindow::Opened { v: VERSION });
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self {
            desktop,
            child,
            orders,
        }
    }

    fn tell(&mut self, what: &ToWindow) {
        let line = serde_json::to_string(what).unwrap();
        writeln!(self.orders, "{line}").unwrap();
    }

    fn window(&self) -> Window {
        self.desktop.display().wait_for_window(WINDOW)
    }

    /// Left and upper edge, width and height of the window with its frame.
    fn outer(&self) -> [i32; 4] {
        let window = self.window();
        let [left, right, top, bottom] = self.frame();
        let (width, height) = (window.width.cast_signed(), window.height.cast_signed());
        [
            window.x - left,
            window.y - top,
            width + left + right,
            height + top + bottom,
        ]
    }

    /// How wide its frame is: left, right, above, below.
    fn frame(&self) -> [i32; 4] {
        let display = self.desktop.display();
        let frame = display.property(self.window().id, "_NET_FRAME_EXTENTS");
        let frame: Vec<i32> = frame.iter().map(|side| side.cast_signed()).collect();
        frame.try_into().unwrap_or_default()
    }

    /// Waits until its place with its frame is as expected.
    fn wait_for(&self, what: &str, fits: impl Fn([i32; 4]) -> bool) -> [i32; 4] {
        wait_until(what, || Some(self.outer()).filter(|outer| fits(*outer)))
    }

    fn state(&self, state: &str) -> bool {
        self.desktop.display().has_state(self.window().id, state)
    }
}

impl Drop for Opened<'_> {
    fn drop(&mut self) {
        // It may have ended with its display.
        self.child.kill().ok();
        self.child.wait().ok();
        if !std::thread::panicking() {
            self.desktop.display().wait_for_no_window(WINDOW);
        }
    }
}

/// Whether the second area lies in the first.
fn holds([x, y, width, height]: [i32; 4], [left, top, wide, high]: [i32; 4]) -> bool {
    left >= x && top >= y && left + wide <= x + width && top + high <= y + height
}

/// Whether the second area is in the middle of the first, but for the width of a frame that is not
/// known before it is there.
fn is_in_the_middle(of: [i32; 4], [left, top, wide, high]: [i32; 4]) -> bool {
    let [x, y, width, height] = of;
    let off = |room: i32, before: i32, length: i32| (room - length) / 2 - before;
    off(width, left - x, wide).abs() <= 30 && off(height, top - y, high).abs() <= 30
}

#[test]
fn a_window_opens_in_the_middle_of_the_monitor_that_the_user_chose() {
    let desktop = two_monitors();
    for (wanted, monitor) in [
        (Wanted::Pointer, LAPTOP),
        (Wanted::Primary, LARGE),
        (named("DP-1"), LARGE),
        (named("eDP-1"), LAPTOP),
        // Not there: that with the pointer.
        (named("HDMI-1"), LAPTOP),
    ] {
        let window = Opened::new(&desktop, open(Size::Normal, wanted.clone()));
        let outer = window.wait_for("the window in the middle", |outer| {
            is_in_the_middle(monitor.area, outer)
        });
        assert!(holds(monitor.area, outer), "{wanted:?}: {outer:?}");
        let (width, height) = (window.window().width, window.window().height);
        assert_eq!((width, height), (560, 680), "{wanted:?}");
    }
    desktop.display().point_at(2000, 500);
    let window = Opened::new(&desktop, open(Size::Normal, Wanted::Pointer));
    window.wait_for("the window where the pointer is now", |outer| {
        is_in_the_middle(LARGE.area, outer)
    });
}

#[test]
fn a_full_screen_is_exactly_the_monitor_and_f11_makes_a_window_of_it_and_back() {
    let desktop = two_monitors();
    for monitor in [LAPTOP, LARGE] {
        let window = Opened::new(&desktop, open(Size::Full, named(monitor.name)));
        window.wait_for("the full screen", |outer| outer == monitor.area);
        assert!(window.state("_NET_WM_STATE_FULLSCREEN"));

        desktop.display().click_at(monitor.area[0] + 30, 400);
        desktop.display().wait_for_focus(window.window().id);
        desktop.display().press("F11");
        window.wait_for("a window in the middle", |outer| {
            window.frame() != [0; 4]
                && is_in_the_middle(monitor.area, outer)
                && holds(monitor.area, outer)
        });
        assert!(!window.state("_NET_WM_STATE_FULLSCREEN"));
        desktop.display().press("F11");
        window.wait_for("the full screen again", |outer| outer == monitor.area);
    }
}

#[test]
fn a_corner_stays_clear_of_panels_and_takes_no_focus_before_it_is_clicked() {
    let desktop = two_monitors();
    let _panel = desktop.display().panel(30);
    let mut typewriter = Typewriter::open(desktop.display());
    // Even if the user has answered "start" elsewhere.
    let begun = Open {
        start: true,
        ..open(Size::Corner, Wanted::Primary)
    };
    let mut window = Opened::new(&desktop, begun);

    let corner = [3200 - 16 - 320, 1080 - 30 - 16 - 400, 320, 400];
    window.wait_for("the window in the corner", |outer| outer == corner);
    assert_eq!(window.frame(), [0; 4], "no title bar");
    assert!(window.state("_NET_WM_STATE_ABOVE"));
    window.tell(&ToWindow::Start);
    for _ in 0..5 {
        desktop.display().press("a");
    }
    wait_until("every key to arrive", || {
        (typewriter.pressed() == 5).then_some(())
    });
    assert_eq!(desktop.display().active_window(), Some(typewriter.id()));

    // Pressed on its ground it gets the focus, and dragged it comes along.
    let (mut x, mut y) = (corner[0] + 20, corner[1] + 120);
    desktop.display().hold_at(x, y);
    desktop.display().wait_for_focus(window.window().id);
    wait_until("the window to follow the pointer", || {
        (x, y) = ((x - 10).max(1600), (y - 7).max(300));
        desktop.display().point_at(x, y);
        let [left, top, ..] = window.outer();
        (left < corner[0] - 200 && top < corner[1] - 150).then_some(())
    });
    desktop.display().let_go();
}

#[test]
fn larger_makes_an_ordinary_window_of_the_corner() {
    let desktop = two_monitors();
    let window = Opened::new(&desktop, open(Size::Corner, named("eDP-1")));
    let corner = [1280 - 16 - 320, 800 - 16 - 400, 320, 400];
    window.wait_for("the window in the corner", |outer| outer == corner);

    desktop.display().click_at(corner[0] + 269, corner[1] + 23);

    window.wait_for("an ordinary window", |outer| {
        window.frame() != [0; 4] && holds(LAPTOP.area, outer)
    });
    wait_until("its size and its place among the others", || {
        let (width, height) = (window.window().width, window.window().height);
        let ordinary = (width, height) == (560, 680);
        (ordinary && !window.state("_NET_WM_STATE_ABOVE")).then_some(())
    });
}

#[test]
fn when_its_monitor_is_unplugged_the_window_comes_to_one_that_is_there() {
    for size in [Size::Normal, Size::Corner, Size::Full] {
        let desktop = two_monitors();
        let window = Opened::new(&desktop, open(size, named("DP-1")));
        let before = window.wait_for("the window on the large monitor", |outer| {
            holds(LARGE.area, outer)
        });

        desktop.display().unplug(&LARGE);

        let after = window.wait_for("the window on the laptop", |outer| {
            holds(LAPTOP.area, outer)
        });
        if size == Size::Full {
            window.wait_for("the full screen", |outer| outer == LAPTOP.area);
            assert!(window.state("_NET_WM_STATE_FULLSCREEN"));
        } else {
            assert_eq!(after[2..], before[2..], "{size:?} has kept its size");
        }
    }
}

#[test]
fn when_its_monitor_gets_smaller_the_window_stays_whole_on_it() {
    let smaller = Monitor {
        area: [1280, 0, 1000, 600],
        ..LARGE
    };
    for size in [Size::Normal, Size::Corner, Size::Full] {
        let desktop = two_monitors();
        let window = Opened::new(&desktop, open(size, named("DP-1")));
        window.wait_for("the window on the large monitor", |outer| {
            holds(LARGE.area, outer)
        });

        desktop.display().change(&smaller);

        window.wait_for(&format!("{size:?} on what is left"), |outer| match size {
            Size::Normal => holds(smaller.area, outer),
            Size::Corner => outer == [2280 - 16 - 320, 600 - 16 - 400, 320, 400],
            Size::Full => outer == smaller.area,
        });
    }
}

#[test]
fn leaving_full_screen_by_the_means_of_the_desktop_gives_a_window_too() {
    const FULL: &str = "_NET_WM_STATE_FULLSCREEN";
    let desktop = two_monitors();
    let window = Opened::new(&desktop, open(Size::Full, named("DP-1")));
    window.wait_for("the full screen", |outer| outer == LARGE.area);

    desktop.display().set_state(window.window().id, FULL, false);
    window.wait_for("a window in the middle", |outer| {
        is_in_the_middle(LARGE.area, outer) && outer[2] < 700
    });

    desktop.display().set_state(window.window().id, FULL, true);
    window.wait_for("the full screen again", |outer| outer == LARGE.area);
}

#[test]
fn the_size_that_the_user_made_is_remembered_and_what_the_monitor_made_is_not() {
    let desktop = two_monitors();
    let file = desktop.folder().join("window.json");
    let remembering = || Open {
        memory_file: Some(file.display().to_string()),
        ..open(Size::Normal, named("DP-1"))
    };
    let closed = |mut window: Opened<'_>| {
        window.tell(&ToWindow::Close);
        window.child.wait().unwrap();
    };
    let window = Opened::new(&desktop, remembering());
    // A full screen in between is nobody's idea of a window.
    let id = window.window().id;
    for full in [true, false] {
        let state = "_NET_WM_STATE_FULLSCREEN";
        desktop.display().set_state(id, state, full);
        window.wait_for("full screen and back", |outer| {
            (outer == LARGE.area) == full
        });
    }
    window.wait_for("its own size", |outer| outer[2] < 700);
    closed(window);
    assert!(!file.exists(), "the user has changed nothing");

    let window = Opened::new(&desktop, remembering());
    desktop.display().resize(&window.window(), 800, 600);
    closed(window);
    let window = Opened::new(&desktop, remembering());
    let (width, height) = (window.window().width, window.window().height);
    assert_eq!((width, height), (800, 600));
}

#[test]
fn large_text_on_a_small_screen_fits_with_its_frame() {
    let display = |home: &Path| VirtualDisplay::with_size(home, 1280, 720);
    let desktop = Desktop::with_display(display);
    let _panel = desktop.display().panel(30);
    for size in [Size::Normal, Size::Corner] {
        let mut large = open(size, Wanted::Pointer);
        large.look.text_scale = 2.0;
        let window = Opened::new(&desktop, large);
        window.wait_for("all of the window beside the panel", |outer| {
            holds([0, 0, 1280, 690], outer)
        });
    }
}

#[test]
fn the_window_can_be_told_by_its_icon_its_class_and_its_title() {
    let desktop = Desktop::without_notifications();
    let window = Opened::new(&desktop, open(Size::Normal, Wanted::Pointer));
    let icon = desktop
        .display()
        .property(window.window().id, "_NET_WM_ICON");
    assert_eq!(icon[..2], [128, 128]);
    assert_eq!(icon.len(), 2 + 128 * 128);
    assert_eq!(window.window().class, WINDOW);
    assert_eq!(window.window().title, "Chin tuck – Unhunch");
}

#[test]
fn the_settings_say_where_and_the_program_names_the_monitors() {
    let desktop = two_monitors();
    let listed = desktop
        .unhunch()
        .args(["monitors", "--json"])
        .output()
        .unwrap();
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let names: Vec<_> = (listed["monitors"].as_array().unwrap().iter())
        .map(|monitor| monitor["name"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"eDP-1") && names.contains(&"DP-1"),
        "{names:?}"
    );

    let settings = "[look]\nwindow = \"full\"\nmonitor = \"DP-1\"\n";
    let daemon = Daemon::start(&desktop, settings);
    assert!(daemon.run(&["now"]).status.success());
    wait_until("the full screen on the monitor of that name", || {
        let window = desktop.display().window_of_class(WINDOW)?;
        let place = [
            window.x,
            window.y,
            window.width.cast_signed(),
            window.height.cast_signed(),
        ];
        (place == LARGE.area).then_some(())
    });
}
