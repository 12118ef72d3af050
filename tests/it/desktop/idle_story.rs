//! The whole program with a source of idle time: it counts, goes idle, and costs nothing.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use super::inhibitors::Gnome;
use crate::support::{
    Daemon, Desktop, Pointer, Sway, compositor::Offers, installed, process::context_switches,
    wait_until,
};

const SECOND: Duration = Duration::from_secs(1);

/// Two seconds without input are no work, and five are a break.
const SHORT: &str = r#"
[schedule]
idle_grace = "2s"
natural_break = "5s"
"#;

/// So much is worked that no break comes near.
const LONG: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
"#;

fn wait_for_idle(daemon: &Daemon<'_>, idle: &str) {
    wait_until(&format!("the input to be {idle}"), || {
        (daemon.status()["idle"] == idle).then_some(())
    });
}

fn worked(daemon: &Daemon<'_>) -> f64 {
    daemon.status()["reminders"]["upper-back"]["work_s"]
        .as_f64()
        .unwrap()
}

#[test]
fn under_a_compositor_work_is_counted_and_a_rest_is_credited() {
    let desktop = Desktop::on_compositor(Offers::ext(2));
    let compositor = desktop.compositor();
    let mut daemon = Daemon::start(&desktop, SHORT);
    let watched = |timeout| [(true, timeout), (false, timeout)];
    compositor.wait_until_wanted(&watched(2 * SECOND));
    let status = daemon.status();
    assert_eq!(status["idle"], "active");
    assert_eq!(status["idle_source"], "ext-idle-notify v2");
    wait_until("work to be counted", || {
        (worked(&daemon) > 0.0).then_some(())
    });

    compositor.passes(2 * SECOND);
    wait_for_idle(&daemon, "idle");
    wait_until("the account to be empty", || {
        (worked(&daemon) == 0.0).then_some(())
    });
    compositor.input();
    let rest = daemon.wait_for("natural_break");
    assert!(rest["away_s"].as_u64().unwrap() >= 5, "{rest}");
    wait_for_idle(&daemon, "active");
}

#[test]
fn under_a_compositor_typing_without_a_pause_wakes_nobody() {
    let desktop = Desktop::on_compositor(Offers::ext(2));
    let compositor = desktop.compositor();
    let daemon = Daemon::start(&desktop, LONG);
    let grace = 1800 * SECOND;
    compositor.wait_until_wanted(&[(true, grace), (false, grace)]);
    assert_eq!(daemon.status()["idle"], "active");
    type_for(5000, &daemon, || {
        compositor.input();
        compositor.passes(SECOND);
    });
    compositor.passes(grace);
    wait_for_idle(&daemon, "idle");
}

#[test]
fn under_sway_a_rest_ends_with_the_mouse() {
    let desktop = Desktop::on_wayland(Sway::start());
    let mut daemon = Daemon::start(&desktop, SHORT);
    wait_until("sway to be asked", || {
        (daemon.status()["idle_source"] == "org_kde_kwin_idle").then_some(())
    });
    let mut mouse = Pointer::plug_in(desktop.sway().display());
    mouse.nudge();
    wait_for_idle(&daemon, "active");

    // Nobody touches it now.
    wait_for_idle(&daemon, "idle");
    wait_until("the account to be empty", || {
        (worked(&daemon) == 0.0).then_some(())
    });
    mouse.nudge();
    let rest = daemon.wait_for("natural_break");
    assert!(rest["away_s"].as_u64().unwrap() >= 5, "{rest}");
}

#[test]
fn on_x_typing_without_a_pause_wakes_nobody() {
    let desktop = Desktop::start();
    let daemon = Daemon::start(&desktop, LONG);
    wait_until("the X server to be asked", || {
        (daemon.status()["idle_source"] == "X11 IDLETIME").then_some(())
    });
    let moves = |row: u32| {
        let moves = (0..100).flat_map(|x| ["mousemove".to_owned(), x.to_string(), row.to_string()]);
        let moved = Command::new(installed("xdotool"))
            .args(moves)
            .env("DISPLAY", desktop.display().name())
            .status();
        assert!(moved.unwrap().success());
    };
    let mut row = 0;
    type_for(20, &daemon, || {
        row += 1;
        moves(row);
    });
}

/// Lets the user type so often, and looks how often the daemon was woken. It may wake up for
/// reasons of its own, and may take its time to come to rest after it was started: that is so much
/// in so much time, and hundreds of times less than there is input.
#[expect(
    clippy::disallowed_methods,
    reason = "the length of an exchange is measured"
)]
fn type_for(times: u32, daemon: &Daemon<'_>, mut input: impl FnMut()) {
    let (began, before) = (Instant::now(), context_switches(daemon.pid()));
    for _ in 0..times {
        input();
    }
    let switches = context_switches(daemon.pid()) - before;
    let at_rest = 100.0 + began.elapsed().as_secs_f64() * 0.5;
    eprintln!("{switches} wake-ups for {times} times input");
    assert!(
        (switches as f64) < at_rest,
        "{switches} wake-ups for {times} times input"
    );
}

#[test]
fn a_film_that_a_program_shows_on_x_counts_as_work_where_the_user_wants_it() {
    let desktop = Desktop::start();
    let gnome = Gnome::start(desktop.bus());
    gnome.add(1, "mpv", "playing a film", 8);
    let settings = SHORT.replace("[schedule]", "[schedule]\nfilm = \"work\"");
    let mut daemon = Daemon::start(&desktop, &settings);
    // Nobody touches anything, and three rests go by.
    wait_until("the film to be counted", || {
        (worked(&daemon) > 15.0).then_some(())
    });
    assert_eq!(daemon.status()["idle"], "active");

    gnome.remove(1);
    wait_until("the account to be empty", || {
        (worked(&daemon) == 0.0).then_some(())
    });
    desktop.display().point_at(5, 5);
    let rest = daemon.wait_for("natural_break");
    // From the end of the film.
    assert!(rest["away_s"].as_u64().unwrap() >= 5, "{rest}");
}
