//! What the program keeps to itself: it speaks with nobody but the desktop, and what it writes is
//! for nobody but the user.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Child,
};

use unhunch::ipc::BUS_NAME;

use crate::support::{Desktop, installed, process, wait_until};

/// The class of the stretch window.
const WINDOW: &str = "org.unhunch.Unhunch";

/// Nothing comes by itself.
const SETTINGS: &str = r#"
[schedule]
settle_in = "0s"

[[reminder]]
id = "upper-back"
every = "4h"
length = "short"
"#;

/// A program of the test, and the processes it has started, ended with this value.
struct Wrapped(Child);

impl Drop for Wrapped {
    fn drop(&mut self) {
        for pid in process::children_of(self.0.id()) {
            process::signal(pid, "KILL");
        }
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Leads a daemon that was started in some way through a break with a real window, and out.
fn a_break(desktop: &Desktop, daemon: &mut Wrapped) {
    desktop.bus().wait_for_owner(BUS_NAME);
    let unhunch = |arguments: &[&str]| {
        let output = desktop.unhunch().args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    unhunch(&["now"]);
    let window = desktop.display().wait_for_window(WINDOW);
    desktop.display().wait_for_focus(window.id);
    // A size of the user's own, to be remembered.
    desktop.display().resize(&window, 700, 800);
    wait_until("the window to follow", || {
        let now = desktop.display().window_of_class(WINDOW)?;
        (now.width == 700).then_some(())
    });
    desktop.display().press("Escape");
    desktop.display().wait_for_no_window(WINDOW);
    unhunch(&["quit"]);
    wait_until("the daemon to end", || daemon.0.try_wait().unwrap());
}

#[test]
fn a_break_opens_no_socket_into_a_network() {
    let desktop = Desktop::start();
    fs::write(desktop.config_file(), SETTINGS).unwrap();
    let log = desktop.folder().join("sockets");
    let mut command = desktop.command(installed("strace"));
    command
        .args(["-f", "-qq", "-e", "signal=none", "-e", "trace=socket", "-o"])
        .arg(&log)
        .arg(Desktop::program())
        .arg("run");
    let mut daemon = Wrapped(command.spawn().unwrap());

    a_break(&desktop, &mut daemon);

    let text = fs::read_to_string(&log).unwrap();
    let families: BTreeSet<&str> = (text.lines())
        .filter_map(|line| line.split_once("socket(")?.1.split_once(','))
        .map(|(family, _)| family)
        .collect();
    assert!(families.contains("AF_UNIX"), "{text}");
    let within = BTreeSet::from(["AF_UNIX", "AF_NETLINK"]);
    let elsewhere: Vec<_> = families.difference(&within).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}\n{text}");
}

#[test]
fn whatever_is_written_is_for_the_user_alone() {
    let desktop = Desktop::start();
    let before = everything_in(desktop.folder());
    let with_no_mask = |arguments: &[&str]| {
        let mut command = desktop.command("/bin/sh");
        command.args(["-c", "umask 000; exec \"$@\"", "sh"]);
        command.arg(Desktop::program()).args(arguments);
        command
    };
    for arguments in [
        &["config", "set", "schedule.settle_in", "0s"][..],
        &["stretch", "new", "Door frame"],
    ] {
        let output = with_no_mask(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    let mut daemon = Wrapped(with_no_mask(&["run"]).spawn().unwrap());

    a_break(&desktop, &mut daemon);

    let made = everything_in(desktop.folder());
    let made: Vec<&PathBuf> = made.difference(&before).filter(|path| ours(path)).collect();
    for name in [
        "config.toml",
        "door-frame.toml",
        "history.db",
        "state.json",
        "unhunch.lock",
        "window.json",
    ] {
        let there = made.iter().any(|path| path.ends_with(name));
        assert!(there, "{name} is not among {made:?}");
    }
    for path in made {
        let mode = path.symlink_metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode & 0o077, 0, "{} has {mode:o}", path.display());
    }
}

/// What Mesa keeps for the next start of any program, and what screen readers share, is theirs.
fn ours(path: &Path) -> bool {
    !(path.components()).any(|part| part.as_os_str() == ".cache" || part.as_os_str() == "at-spi")
}

fn everything_in(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(everything_in(&entry.path()));
        }
        found.insert(entry.path());
    }
    found
}
