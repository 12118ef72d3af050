//! What the sensors cost, all of them at once: between breaks, and while a break is near.

use std::{process::Stdio, time::Duration};

use super::{IDLE, Sheet, count, mebibytes, now, wait_until_after};
use crate::support::{Daemon, Desktop, Program, SoundServer, Typewriter, process};

/// At most this much memory, in MiB, whatever happens.
const MEMORY: f64 = 8.0;

/// Wake-ups a second on a machine where nothing happens, and while somebody types.
const AT_REST: f64 = 0.05;
const TYPING: f64 = 0.5;

/// Calls made when something begins have a deadline, and programs are looked for more rarely after
/// a minute; all of that has passed by then.
const SETTLED: Duration = Duration::from_secs(100);

/// Every sensor has something to do; idle is no reason to stop counting.
fn settings(every: &str) -> String {
    format!(
        r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "10s"
open = "on start"

[hold]
apps = ["a-program-that-nobody-has", "front:another-one"]

[[reminder]]
id = "upper-back"
every = "{every}"
length = "short"
"#
    )
}

/// The same alone.
#[test]
#[ignore = "takes minutes and needs a quiet machine"]
fn alone() {
    let mut sheet = Sheet::default();
    figures(&mut sheet);
    sheet.print();
}

/// Measures all of that.
pub fn figures(sheet: &mut Sheet) {
    let desktop = Desktop::start();
    let _sound = SoundServer::start(&desktop);
    let film = Typewriter::open(desktop.display());

    let daemon = Daemon::start(&desktop, &settings("4h"));
    measure(sheet, &desktop, &daemon, "no break near");
    drop(daemon);

    film.fill_screen(true);
    let mut daemon = Daemon::start(&desktop, &settings("10s"));
    daemon.wait_for("held");
    measure(sheet, &desktop, &daemon, "a break is held");
}

fn measure(sheet: &mut Sheet, desktop: &Desktop, daemon: &Daemon<'_>, when: &str) {
    wait_until_after(now() + SETTLED);
    let rest = wake_ups(daemon);
    let name = format!("{when}, nothing happens, wake-ups");
    sheet.add(&name, rest, "/s", Some(AT_REST));

    // Longer than it is watched.
    let text = "all work and no play ".repeat(100);
    let typing = Program::start(
        "xdotool",
        Program::command("xdotool")
            .args(["type", "--delay", "90", &text])
            .env("DISPLAY", desktop.display().name())
            .stdout(Stdio::null()),
    );
    let typed = wake_ups(daemon);
    drop(typing);
    let name = format!("{when}, typing, wake-ups");
    sheet.add(&name, typed, "/s", Some(TYPING));

    let memory = process::memory(daemon.pid()).pss;
    sheet.add(
        &format!("{when}, PSS"),
        mebibytes(memory),
        "MiB",
        Some(MEMORY),
    );
    let threads = process::threads(daemon.pid());
    sheet.add(&format!("{when}, threads"), count(threads), "", None);
}

/// How often a second a processor was given to it, for a while.
fn wake_ups(daemon: &Daemon<'_>) -> f64 {
    let before = process::context_switches(daemon.pid());
    let began = now();
    wait_until_after(began + IDLE);
    let switches = process::context_switches(daemon.pid()) - before;
    count(switches) / began.elapsed().as_secs_f64()
}
