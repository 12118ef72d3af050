//! Many breaks one after the other leave nothing behind.
//!
//! The loop, the bus, the history and the state are the real ones. Windows are shown by a small
//! shell script that answers at once, since ten thousand real ones would take a day; the
//! notification service clicks every announcement away. The daemon is the library's, in a process
//! of its own, because the program as it is shipped has no other window than its own.

use std::{
    collections::HashMap,
    env, fs,
    path::PathBuf,
    process::{Child, Stdio},
    time::Duration,
};

use unhunch::{
    config_file::Location,
    daemon::{self, Options},
    desktop::child::Program,
    ipc::{BUS_NAME, INTERFACE, OBJECT_PATH},
    store,
    window::wire::VERSION,
};
use zbus::{Connection, block_on};

use crate::{
    desktop::notification_server::{Manner, NotificationServer},
    support::{Daemon, Desktop, installed, process, wait_until, wait_within},
};

/// Tells this test binary, started once more, to be the daemon.
const DAEMON: &str = "UNHUNCH_TEST_IS_THE_DAEMON";

/// The class of the stretch window.
const WINDOW: &str = "org.unhunch.Unhunch";

/// One kind of break is announced every ten seconds; the other begins on request in between, and is
/// too short to take the place of the first.
const OFTEN: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle = "0s"
settle_in = "0s"
open = "on start"

[[reminder]]
id = "upper-back"
every = "24h"
length = "short"

[[reminder]]
id = "walk"
every = "10s"
message = "A few steps"
length = "5min"
"#;

/// Only on request.
const SELDOM: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
settle_in = "0s"

[[reminder]]
id = "upper-back"
every = "24h"
length = "short"
"#;

/// The first breaks fill caches and buffers.
const WARM: u32 = 120;

/// The most by which memory may have grown, in bytes.
const GROWTH: u64 = 1 << 20;

/// What a daemon holds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Holds {
    threads: u64,
    descriptors: usize,
    children: usize,
    match_rules: usize,
}

impl Holds {
    fn of(pid: u32, bus: &Connection) -> Self {
        Self {
            threads: process::threads(pid),
            descriptors: process::descriptors(pid),
            children: process::children(pid),
            match_rules: match_rules(bus),
        }
    }
}

/// How many match rules the bus keeps for the daemon.
fn match_rules(bus: &Connection) -> usize {
    let owner = block_on(bus.call_method(
        Some("org.freedesktop.DBus"),
        "/org/freedesktop/DBus",
        Some("org.freedesktop.DBus"),
        "GetNameOwner",
        &BUS_NAME,
    ));
    let owner: String = owner.unwrap().body().deserialize().unwrap();
    let all = block_on(bus.call_method(
        Some("org.freedesktop.DBus"),
        "/org/freedesktop/DBus",
        Some("org.freedesktop.DBus.Debug.Stats"),
        "GetAllMatchRules",
        &(),
    ));
    let all: HashMap<String, Vec<String>> = all.unwrap().body().deserialize().unwrap();
    all[&owner].len()
}

/// The daemon of the library with the quick window, ended with this value.
struct Quick(Child);

impl Quick {
    fn start(desktop: &Desktop) -> Self {
        fs::write(desktop.config_file(), OFTEN).unwrap();
        let child = desktop
            .command(installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(env::current_exe().unwrap())
            .args(["--exact", "soak::the_daemon", "--ignored", "--nocapture"])
            .env(DAEMON, "1")
            .env("RUST_LOG", "info")
            .stdout(Stdio::null())
            .stderr(fs::File::create(log_of(desktop)).unwrap())
            .spawn()
            .unwrap();
        desktop.bus().wait_for_owner(BUS_NAME);
        Self(child)
    }
}

fn log_of(desktop: &Desktop) -> PathBuf {
    desktop.folder().join("log")
}

impl Drop for Quick {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// What became of many breaks.
struct Lived {
    /// By how many bytes memory has grown since the first ones.
    grown: u64,
    /// How many of them were announced.
    announced: usize,
}

/// Lives through so many breaks.
fn lives_through(breaks: u32) -> Lived {
    let desktop = Desktop::without_notifications();
    let _server = NotificationServer::start(desktop.bus().address(), Manner::IsClickedAtOnce);
    let quick = Quick::start(&desktop);
    let (pid, bus) = (quick.0.id(), desktop.bus().connect());
    let ask = |method: &str| {
        let call = bus.call_method(Some(BUS_NAME), OBJECT_PATH, Some(INTERFACE), method, &());
        let status: String = block_on(call).unwrap().body().deserialize().unwrap();
        serde_json::from_str::<serde_json::Value>(&status).unwrap()
    };
    let begin = || {
        let both = ("upper-back", "");
        block_on(bus.call_method(Some(BUS_NAME), OBJECT_PATH, Some(INTERFACE), "Now", &both))
    };
    let rest = |number: u32| {
        let (mut status, mut looks) = (serde_json::Value::Null, 0_u32);
        wait_until(&format!("the end of break {number}"), || {
            status = ask("Status");
            looks += 1;
            if looks == 2000 {
                let log = fs::read_to_string(log_of(&desktop)).unwrap();
                let last: Vec<&str> = log.lines().rev().take(30).collect();
                println!("{status:#}\nthe last lines of the log, backwards: {last:#?}");
            }
            (status["state"] == "working" && process::children(pid) == 0).then_some(())
        });
    };
    let more = |breaks: u32| {
        for number in 0..breaks {
            // It may be that an announced break is under way just now.
            wait_until("a break to begin", || begin().ok());
            rest(number);
        }
    };

    more(WARM);
    let (before, memory_before) = (Holds::of(pid, &bus), process::memory(pid).pss);
    more(breaks);
    let memory = process::memory(pid).pss;
    wait_until(
        "as many threads, descriptors, rules and children as before",
        || (Holds::of(pid, &bus) == before).then_some(()),
    );

    let grown = memory.saturating_sub(memory_before);
    println!("{before:?}");
    println!("after {WARM} breaks {memory_before} bytes, after {breaks} more {memory}");
    let history = desktop
        .unhunch()
        .args(["history", "--format", "json"])
        .output()
        .unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&history.stdout).unwrap();
    assert!(
        rows.iter().all(|row| row["outcome"] == "completed"),
        "{rows:?}"
    );
    assert!(rows.len() >= usize::try_from(WARM + breaks).unwrap());
    let announced = rows.iter().filter(|row| row["reminder"] == "walk").count();
    println!(
        "{} breaks are in the history, {announced} of them announced",
        rows.len()
    );
    Lived { grown, announced }
}

#[test]
fn a_hundred_breaks_leave_nothing_behind() {
    let Lived { grown, .. } = lives_through(100);
    assert!(grown < GROWTH, "{grown} bytes more");
}

#[test]
#[ignore = "takes minutes: script/bench"]
fn ten_thousand_breaks_leave_nothing_behind() {
    let Lived { grown, announced } = lives_through(10_000);
    assert!(grown < GROWTH, "{grown} bytes more");
    assert!(announced > 0, "the notification service had nothing to do");
}

#[test]
#[ignore = "takes minutes: script/bench"]
fn two_hundred_windows_one_after_the_other_leave_nothing_behind() {
    let desktop = Desktop::start();
    let daemon = Daemon::start(&desktop, SELDOM);
    let bus = desktop.bus().connect();
    let window = || {
        let began = daemon.run(&["now"]);
        assert!(began.status.success(), "{began:?}");
        let pid = wait_until("a window process", || daemon.window_pid());
        desktop.display().wait_for_window(WINDOW);
        process::end(pid);
        let long = Duration::from_secs(60);
        wait_within(long, "the window's process to end", || {
            (process::children(daemon.pid()) == 0).then_some(())
        });
        desktop.display().wait_for_no_window(WINDOW);
        // The daemon hears of the end a moment after it has come.
        wait_until("the break to be over", || {
            (daemon.status()["state"] != "on_break").then_some(())
        });
    };
    (0..10).for_each(|_| window());
    let (before, memory_before) = (
        Holds::of(daemon.pid(), &bus),
        process::memory(daemon.pid()).pss,
    );
    (0..200).for_each(|_| window());
    let memory = process::memory(daemon.pid()).pss;
    wait_until(
        "as many threads, descriptors, rules and children as before",
        || (Holds::of(daemon.pid(), &bus) == before).then_some(()),
    );
    println!("{before:?}");
    println!("after 10 windows {memory_before} bytes, after 200 more {memory}");
    assert!(memory.saturating_sub(memory_before) < GROWTH);
}

/// The other half of these tests, in a process of its own.
#[test]
#[ignore = "is the daemon of the tests above, which end it"]
fn the_daemon() {
    if env::var_os(DAEMON).is_none() {
        return;
    }
    // Reads what to show, and says at once that it was shown, begun and done.
    let script = format!(
        r#"while read -r open; do
    case $open in
    *'"type":"open"'*) break ;;
    *'"type":"close"'*) exit ;;
    esac
done
echo '{{"type":"opened","v":{VERSION}}}'
case $open in *'"start":true'*) ;; *) echo '{{"type":"start"}}' ;; esac
echo '{{"type":"countdown","running":true}}'
echo '{{"type":"done","stretched_s":21}}'"#
    );
    env_logger::init();
    daemon::run(Options {
        config: Location::chosen(env::var("XDG_CONFIG_HOME").unwrap() + "/unhunch/config.toml"),
        state_file: store::state_file(),
        history_file: store::history_file(),
        window: Program {
            path: "/bin/sh".into(),
            arguments: vec!["-c".into(), script.into()],
        },
    })
    .unwrap();
}
