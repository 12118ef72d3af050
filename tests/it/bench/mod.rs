//! Figures: how much memory, how many wake-ups, how fast. `script/bench` builds the program as it
//! is shipped and runs this; nothing here runs with the other tests, because a figure taken on a
//! busy machine says little. [`peers`] sets them beside those of similar programs.

mod past;
mod peers;
mod sheet;

mod sensors;

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use unhunch::{
    core::stretch::{
        VariantName,
        timeline::{SideOrder, Timeline},
    },
    ipc::{BUS_NAME, INTERFACE, OBJECT_PATH, wire::Status},
    store::{History, Reader},
    stretch_file,
};

use crate::{
    store,
    support::{Daemon, Desktop, Watcher, Window, process},
};
use sheet::Sheet;

/// The class of the stretch window.
const WINDOW: &str = "org.unhunch.Unhunch";

/// How often something that varies is measured.
const ROUNDS: usize = 30;

/// How long the daemon is watched while nothing happens.
const IDLE: Duration = Duration::from_secs(60);

/// How long somebody looks at an announcement before the answer, at least.
const READING: Duration = Duration::from_secs(1);

/// How long the processor time of a window is counted.
const WATCHED: Duration = Duration::from_secs(8);

/// A break after ten seconds of work, announced at once and opened on request.
const OFTEN: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle_in = "0s"
open = "on start"

[look]
theme = "light"

[[reminder]]
id = "upper-back"
every = "10s"
length = "long"
"#;

#[test]
#[ignore = "takes minutes and needs a quiet machine: script/bench"]
fn figures() {
    let mut sheet = Sheet::default();
    binary(&mut sheet);
    idle_daemon(&mut sheet);
    sensors::figures(&mut sheet);
    announcements(&mut sheet);
    cold_windows(&mut sheet);
    window_at_work(&mut sheet);
    simulated_year(&mut sheet);
    ten_years_of_history(&mut sheet);
    past::figures(&mut sheet);
    ends(&mut sheet);
    sheet.print();
}

/// The size of what is shipped.
fn binary(sheet: &mut Sheet) {
    let size = fs::metadata(Desktop::program())
        .expect("the program was built")
        .len();
    sheet.add("binary", mebibytes(size), "MiB", None);
}

/// What the program costs all day long.
fn idle_daemon(sheet: &mut Sheet) {
    let desktop = Desktop::start();
    let daemon = Daemon::start(&desktop, "");
    // Calls made at the start have a deadline, and the last of those has passed by then.
    wait_until_after(now() + Duration::from_secs(30));

    let before = process::context_switches(daemon.pid());
    let began = now();
    wait_until_after(began + IDLE);
    let switches = process::context_switches(daemon.pid()) - before;
    let memory = process::memory(daemon.pid());

    sheet.add("daemon, PSS", mebibytes(memory.pss), "MiB", Some(6.0));
    sheet.add("daemon, USS", mebibytes(memory.uss), "MiB", None);
    sheet.add(
        "daemon, threads",
        count(process::threads(daemon.pid())),
        "",
        None,
    );
    let rate = count(switches) / IDLE.as_secs_f64();
    sheet.add(
        "daemon, context switches while idle",
        rate,
        "/s",
        Some(0.05),
    );
}

/// From being due to being seen, and from the answer to the first frame.
fn announcements(sheet: &mut Sheet) {
    let desktop = Desktop::start();
    let watcher = Watcher::start(desktop.display());
    let daemon = Daemon::start(&desktop, OFTEN);
    let (mut announced, mut opened, mut costs) = (Vec::new(), Vec::new(), None);
    for _ in 0..ROUNDS {
        let begun = now();
        let due = when_due(&desktop);
        let seen = watcher.wait_for_mapped("Dunst", begun);
        announced.push(seen.saturating_duration_since(due));

        wait_until_after(now() + READING);
        if costs.is_none() {
            costs = daemon.window_pid().map(waiting);
        }
        opened.push(answered(&desktop, &watcher));
        leave(&desktop);
    }
    drop(daemon);
    sheet.add_times("due to notification on the screen", announced, 15.0);
    sheet.add_times("answer to first frame, started ahead", opened, 56.0);
    let (memory, switches) = costs.expect("a window is started ahead");
    sheet.add("window that waits, PSS", mebibytes(memory.pss), "MiB", None);
    let rate = count(switches) / WATCHED.as_secs_f64();
    sheet.add("window that waits, context switches", rate, "/s", Some(0.0));
}

/// From the answer to what is announced to its window on the screen.
fn answered(desktop: &Desktop, watcher: &Watcher) -> Duration {
    let clicked = now();
    desktop.dunst().activate(desktop.bus());
    let (_, window) = watcher.wait_for_new(WINDOW, clicked);
    watcher.wait_for_any_picture(window).duration_since(clicked)
}

/// From the wish for a break to its window on the screen.
fn wished_for(desktop: &Desktop, watcher: &Watcher) -> Duration {
    let connection = desktop.bus().connect();
    let wished = now();
    let call = connection.call_method(
        Some(BUS_NAME),
        OBJECT_PATH,
        Some(INTERFACE),
        "Now",
        &("", ""),
    );
    zbus::block_on(call).expect("the daemon takes orders");
    let (_, window) = watcher.wait_for_new(WINDOW, wished);
    watcher.wait_for_any_picture(window).duration_since(wished)
}

/// Closes the window that has just opened.
fn leave(desktop: &Desktop) {
    let window = desktop.display().wait_for_window(WINDOW);
    desktop.display().wait_for_focus(window.id);
    desktop.display().press("k");
    desktop.display().wait_for_no_window(WINDOW);
}

/// What a process costs that waits: memory, and how often it is given a processor.
fn waiting(pid: u32) -> (process::Memory, u64) {
    let before = process::context_switches(pid);
    wait_until_after(now() + WATCHED);
    let switches = process::context_switches(pid) - before;
    (process::memory(pid), switches)
}

/// From the wish for a break to the first frame, where nothing was started ahead.
fn cold_windows(sheet: &mut Sheet) {
    let desktop = Desktop::start();
    let watcher = Watcher::start(desktop.display());
    let daemon = Daemon::start(&desktop, &rarely());
    let mut opened = Vec::new();
    for _ in 0..ROUNDS {
        opened.push(wished_for(&desktop, &watcher));
        leave(&desktop);
    }
    drop(daemon);
    sheet.add_times("wish to first frame, nothing ahead", opened, 200.0);
}

/// The same settings, with so much work between breaks that none comes by itself.
fn rarely() -> String {
    OFTEN.replace("every = \"10s\"", "every = \"4h\"")
}

/// What a window costs while the figure moves, while it holds still, and while nobody sees it.
fn window_at_work(sheet: &mut Sheet) {
    let desktop = Desktop::start();
    let daemon = Daemon::start(&desktop, &rarely());

    let window = begin(&desktop, &daemon, "shoulder_roll");
    let pid = daemon.window_pid().expect("the window is a process");
    let size = format!("window, moving, {}x{}", window.width, window.height);
    sheet.add(&size, process_share(pid), "% of a core", Some(30.0));
    let memory = process::memory(pid);
    sheet.add("window, PSS", mebibytes(memory.pss), "MiB", None);
    desktop.display().minimise(&window);
    sheet.add(
        "window, minimised",
        process_share(pid),
        "% of a core",
        Some(0.0),
    );
    close(&desktop, &daemon);

    let began = now();
    begin(&desktop, &daemon, "childs_pose");
    let pid = daemon.window_pid().expect("the window is a process");
    wait_until_after(began + first_hold("childs_pose"));
    sheet.add(
        "window, holding still",
        process_share(pid),
        "% of a core",
        Some(3.0),
    );
    close(&desktop, &daemon);
}

/// A working year with three reminders.
fn simulated_year(sheet: &mut Sheet) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (day, settings) = (
        folder.path().join("year.day"),
        folder.path().join("config.toml"),
    );
    fs::write(&day, year()).expect("the folder is new");
    fs::write(&settings, YEAR_SETTINGS).expect("the folder is new");

    let began = now();
    let status = Command::new(Desktop::program())
        .arg("simulate")
        .arg(&day)
        .arg("--config")
        .arg(&settings)
        .stdout(Stdio::null())
        .status()
        .expect("the program can be started");
    assert!(status.success(), "simulating ended with {status}");
    sheet.add(
        "a working year, simulated",
        began.elapsed().as_secs_f64(),
        "s",
        Some(1.0),
    );
}

/// From being told to end to being gone, with a window that hangs.
fn ends(sheet: &mut Sheet) {
    let desktop = Desktop::start();
    let times = (0..ROUNDS).map(|_| {
        let daemon = Daemon::start(&desktop, "");
        begin(&desktop, &daemon, "shoulder_roll");
        let window = daemon.window_pid().expect("the window is a process");
        process::signal(window, "STOP");
        let told = now();
        process::end(daemon.pid());
        assert!(daemon.wait().success());
        let took = told.elapsed();
        desktop.display().wait_for_no_window(WINDOW);
        took
    });
    let times: Vec<_> = times.collect();
    sheet.add_times(
        "SIGTERM to the end, with a window that hangs",
        times,
        1000.0,
    );
}

/// A history of ten years: 30 000 breaks, read as windows and commands do.
fn ten_years_of_history(sheet: &mut Sheet) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("history.db");
    let end = store::ten_years(&file);
    let week = end - TimeDelta::days(7);
    let timed = |work: &dyn Fn()| {
        let times = (0..ROUNDS).map(|_| {
            let began = now();
            work();
            began.elapsed()
        });
        times.collect::<Vec<_>>()
    };
    let read = timed(&|| {
        let reader = Reader::open(&file).expect("the history is whole");
        let tally = reader.tally_since(week).expect("the history is whole");
        assert!(!tally.is_empty());
    });
    sheet.add_times("ten years, opened and the week counted", read, 50.0);
    let gallery = timed(&|| {
        let reader = Reader::open(&file).expect("the history is whole");
        let uses = reader.by_stretch(week).expect("the history is whole");
        assert_eq!(uses.len(), 3);
    });
    sheet.add_times("ten years, what the gallery counts", gallery, 50.0);
    let start = timed(&|| {
        let (_, notice) = History::open(&file, end);
        assert_eq!(notice, None);
    });
    sheet.add_times("ten years, looked over at the start", start, 100.0);
}

const YEAR_SETTINGS: &str = r#"
[[reminder]]
id = "upper-back"
every = "60min"

[[reminder]]
id = "eyes"
every = "20min"
natural_break = "1min"
message = "Look at something at least six metres away"
length = "20s"

[[reminder]]
id = "walk"
at = ["11:00", "15:30"]
message = "A few steps"
length = "5min"
"#;

/// 260 days of eight hours, each with reading, coffee, lunch, a call, and a night.
fn year() -> String {
    let mut day = String::from("start 2026-01-05T09:00 Europe/Berlin\n");
    for number in 0..260 {
        for hour in 0..8 {
            let typed = 12 + (number + hour) % 9;
            for _ in 0..2 {
                day +=
                    &format!("active {typed}min\nidle 45s\nactive 4min\nidle 15s\nanswer start\n");
                day += "stretch done\n";
            }
            day += match hour {
                1 => "meeting on\nactive 20min\nmeeting off\n",
                3 => "lock\nidle 40min\nunlock\n",
                5 => "idle 6min\n",
                _ => "active 3min\nanswer snooze\n",
            };
        }
        day += "asleep 13h\n";
    }
    day
}

/// Begins this stretch and returns its window once it shows something.
fn begin(desktop: &Desktop, daemon: &Daemon<'_>, stretch: &str) -> Window {
    let began = daemon.run(&["now", stretch]);
    assert!(began.status.success(), "{began:?}");
    let window = desktop.display().wait_for_window(WINDOW);
    desktop.display().wait_for_focus(window.id);
    window
}

/// Ends the break that is under way.
fn close(desktop: &Desktop, daemon: &Daemon<'_>) {
    let pid = daemon.window_pid().expect("the window is a process");
    process::end(pid);
    desktop.display().wait_for_no_window(WINDOW);
}

/// When the figure of this stretch holds still for the first time, with a second to spare.
fn first_hold(stretch: &str) -> Duration {
    let catalogue = stretch_file::builtin();
    let stretch = catalogue.find(stretch).expect("a built-in stretch");
    let timeline = Timeline::new(stretch, VariantName::Long, SideOrder::default());
    let hold = timeline
        .slots()
        .iter()
        .find(|slot| slot.still() && slot.length > WATCHED + Duration::from_secs(3))
        .expect("a long hold");
    hold.start + Duration::from_secs(1)
}

/// When the next break will be due, from the quickest of a few answers: the time that an answer
/// takes is how much this can be wrong.
///
/// # Panics
/// When it is due already: a machine that busy gives no figures worth having.
fn when_due(desktop: &Desktop) -> Instant {
    let connection = desktop.bus().connect();
    let answers = (0..10).map(|_| {
        let asked = now();
        let call =
            connection.call_method(Some(BUS_NAME), OBJECT_PATH, Some(INTERFACE), "Status", &());
        let reply = zbus::block_on(call).expect("the daemon answers");
        let took = asked.elapsed();
        let text: String = reply.body().deserialize().expect("a text");
        let status: Status = serde_json::from_str(&text).expect("a status");
        assert_eq!(
            status.state, "working",
            "this machine is too busy to measure anything"
        );
        let left = status.next.expect("a break comes").in_s;
        (took, asked + took / 2 + Duration::from_secs_f64(left))
    });
    let (_, due) = answers.min().expect("more than none");
    due
}

/// The share of one core that this process takes, in percent.
fn process_share(pid: u32) -> f64 {
    let before = process::processor_time(pid);
    let began = now();
    wait_until_after(began + WATCHED);
    let spent = process::processor_time(pid) - before;
    spent.as_secs_f64() / began.elapsed().as_secs_f64() * 100.0
}

fn wait_until_after(moment: Instant) {
    let long = Duration::from_secs(600);
    crate::support::wait_within(long, "time to pass", || (now() >= moment).then_some(()));
}

#[expect(
    clippy::disallowed_methods,
    reason = "figures are taken with a stopwatch"
)]
fn now() -> Instant {
    Instant::now()
}

fn mebibytes(bytes: u64) -> f64 {
    count(bytes) / f64::from(1 << 20)
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn count(number: u64) -> f64 {
    number as f64
}
