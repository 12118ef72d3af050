//! Programs that run when something happens: what they get, and that none of them is in the way.

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Output, Stdio},
};

use unhunch::ipc::BUS_NAME;

use crate::support::{Desktop, installed, wait_until};

/// The daemon with what it writes to its log.
struct Logged<'a> {
    desktop: &'a Desktop,
    child: Child,
    log: PathBuf,
}

impl<'a> Logged<'a> {
    /// Runs with these hooks; each is an event, a program of the test's own and more keys.
    fn start(desktop: &'a Desktop, hooks: &[(&str, &str, &str)]) -> Self {
        let mut settings = String::from("[schedule]\nidle_grace = \"30min\"\n");
        for (on, run, more) in hooks {
            settings += &format!("\n[[hook]]\non = \"{on}\"\nrun = {run}\n{more}\n");
        }
        fs::write(desktop.config_file(), settings).unwrap();
        let log = desktop.folder().join("log");
        let child = desktop
            .command(installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .arg("run")
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        desktop.bus().wait_for_owner(BUS_NAME);
        wait_until("the daemon to answer", || {
            let status = desktop.unhunch().arg("status").output().unwrap();
            status.status.success().then_some(())
        });
        Self {
            desktop,
            child,
            log,
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let output = self.desktop.unhunch().args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        output
    }

    fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }

    fn wait_for_log(&self, part: &str) {
        wait_until(&format!("“{part}” in the log"), || {
            self.log().contains(part).then_some(())
        });
    }

    fn children(&self) -> Vec<u32> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let children =
            tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
        let children: String = children.collect::<Vec<_>>().join(" ");
        let numbers = children.split_whitespace();
        numbers.map(|number| number.parse().unwrap()).collect()
    }

    fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id()))
            .unwrap()
            .count()
    }

    fn threads(&self) -> usize {
        fs::read_dir(format!("/proc/{}/task", self.child.id()))
            .unwrap()
            .count()
    }
}

impl Drop for Logged<'_> {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        if std::thread::panicking() {
            eprintln!("the log:\n{}", self.log());
        }
    }
}

/// A program of the test's own; `run` as the settings have it.
fn program(desktop: &Desktop, name: &str, script: &str) -> String {
    let file = desktop.folder().join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    file.display().to_string()
}

fn runs(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

/// The number that a program wrote into a file of its own once it was under way.
fn number_in(file: &Path) -> u32 {
    wait_until(&format!("a number in {}", file.display()), || {
        fs::read_to_string(file).ok()?.trim().parse().ok()
    })
}

#[test]
fn a_hook_gets_its_words_as_they_are_and_what_happened_and_nothing_else() {
    let desktop = Desktop::without_notifications();
    let said = desktop.folder().join("said");
    let script = format!(
        "{{ printf '%s\\n' \"$@\"; env | grep ^UNHUNCH_ | sort; pwd; cat; \
         ls /proc/self/fd; }} > {0}.part; mv {0}.part {0}",
        said.display()
    );
    let path = program(&desktop, "tell.sh", &script);
    let run = format!("[\"{path}\", \"a  b\", \"$HOME\", \"*; exit 1\"]");
    let daemon = Logged::start(&desktop, &[("paused", &run, "")]);

    daemon.run(&["pause"]);

    let told = wait_until("the hook to have run", || fs::read_to_string(&said).ok());
    let lines: Vec<&str> = told.lines().collect();
    let home = desktop.folder().join("home").display().to_string();
    assert_eq!(
        lines[..7],
        [
            "a  b",
            "$HOME",
            "*; exit 1",
            "UNHUNCH_DETAILS={\"until\":null}",
            "UNHUNCH_EVENT=paused",
            "UNHUNCH_UNTIL=",
            home.as_str(),
        ]
    );
    // Nothing to read, and no file or socket of ours: as when anybody else starts it.
    let direct = desktop.command(&path).stdout(Stdio::null()).status();
    assert!(direct.unwrap().success());
    let direct = fs::read_to_string(&said).unwrap();
    let open = |told: &str| -> Vec<String> {
        let numbers = told.lines().filter(|line| line.parse::<u32>().is_ok());
        numbers.map(str::to_owned).collect()
    };
    assert!(!open(&direct).is_empty());
    assert_eq!(open(&told), open(&direct));
}

#[test]
fn a_program_that_hangs_is_ended_with_all_that_it_started() {
    let desktop = Desktop::without_notifications();
    let (parent, child) = (
        desktop.folder().join("parent"),
        desktop.folder().join("child"),
    );
    // It hears nothing of being asked to end, and neither does what it starts.
    let script = format!(
        "trap '' TERM\nsh -c 'trap \"\" TERM; echo $$ > {}; while :; do sleep 1; done' &\n\
         echo $$ > {}\nwhile :; do sleep 1; done",
        child.display(),
        parent.display()
    );
    let run = format!("[\"{}\"]", program(&desktop, "hang.sh", &script));
    let daemon = Logged::start(&desktop, &[("paused", &run, "timeout = \"1s\"")]);

    daemon.run(&["pause"]);
    let both = [number_in(&parent), number_in(&child)];
    // Nobody waits for it.
    daemon.run(&["resume"]);
    daemon.run(&["status"]);

    daemon.wait_for_log("longer than 1s");
    wait_until("both to be gone", || {
        both.iter().all(|pid| !runs(*pid)).then_some(())
    });
    assert!(daemon.log().contains("signal: 9"), "{}", daemon.log());
}

#[test]
fn what_goes_wrong_stands_in_the_log_and_goes_no_further() {
    let desktop = Desktop::without_notifications();
    let flood = "i=0; while [ $i -lt 3000 ]; do \
                 echo 'I complain, and complain, and complain' >&2; i=$((i + 1)); done; exit 3";
    let flood = format!("[\"{}\"]", program(&desktop, "flood.sh", flood));
    let quiet = format!(
        "[\"{}\"]",
        program(&desktop, "quiet.sh", "yes | head -c 1000000")
    );
    let daemon = Logged::start(
        &desktop,
        &[
            ("paused", "[\"no-such-program-anywhere\"]", ""),
            ("paused", "[\"~/no/such/file\"]", ""),
            ("paused", &flood, ""),
            ("paused", &quiet, ""),
        ],
    );

    daemon.run(&["pause"]);

    daemon.wait_for_log("`no-such-program-anywhere` of a hook cannot be started: No such file");
    daemon.wait_for_log("`~/no/such/file` of a hook cannot be started: No such file");
    daemon.wait_for_log("ended with exit status: 3; it said: I complain, and complain");
    wait_until("all of them to be gone", || {
        daemon.children().is_empty().then_some(())
    });
    let log = daemon.log();
    assert!(log.len() < 20_000, "{} bytes", log.len());
    assert!(!log.contains("quiet.sh"), "{log}");
    daemon.run(&["resume"]);
}

#[test]
fn a_flood_of_events_runs_few_at_once_and_leaves_nothing_behind() {
    let desktop = Desktop::without_notifications();
    let go = desktop.folder().join("go");
    let script = format!("while [ ! -e {} ]; do sleep 0.1; done", go.display());
    let run = format!("[\"{}\"]", program(&desktop, "wait.sh", &script));
    let daemon = Logged::start(&desktop, &[("paused", &run, "timeout = \"1h\"")]);
    let (descriptors, threads) = (daemon.descriptors(), daemon.threads());

    for _ in 0..12 {
        daemon.run(&["pause"]);
        daemon.run(&["resume"]);
    }
    assert_eq!(daemon.children().len(), 8);
    assert!(daemon.log().contains("8 programs of hooks run already"));

    fs::write(&go, "").unwrap();
    wait_until("all of them to be gone, and what belonged to them", || {
        let gone = daemon.children().is_empty()
            && daemon.descriptors() <= descriptors
            && daemon.threads() <= threads;
        gone.then_some(())
    });
    fs::remove_file(&go).unwrap();
    daemon.run(&["pause"]);
    assert_eq!(daemon.children().len(), 1, "there is room again");
    // A daemon that is killed would leave it behind.
    fs::write(&go, "").unwrap();
    wait_until("the last one to be gone", || {
        daemon.children().is_empty().then_some(())
    });
}

#[test]
fn hooks_end_with_the_daemon() {
    let desktop = Desktop::without_notifications();
    let number = desktop.folder().join("number");
    let script = format!(
        "trap '' TERM\necho $$ > {}\nwhile :; do sleep 1; done",
        number.display()
    );
    let run = format!("[\"{}\"]", program(&desktop, "stay.sh", &script));
    let mut daemon = Logged::start(&desktop, &[("paused", &run, "timeout = \"1h\"")]);

    daemon.run(&["pause"]);
    let number = number_in(&number);
    daemon.run(&["quit"]);

    daemon.child.wait().unwrap();
    wait_until("the program to be gone", || (!runs(number)).then_some(()));
}

#[test]
fn a_hook_that_is_added_while_the_program_runs_counts_at_once() {
    let desktop = Desktop::without_notifications();
    let daemon = Logged::start(&desktop, &[]);
    let said = desktop.folder().join("said");
    let path = program(
        &desktop,
        "tell.sh",
        &format!("echo yes > {}", said.display()),
    );
    let settings = fs::read_to_string(desktop.config_file()).unwrap();
    let hook = format!("\n[[hook]]\non = \"resumed\"\nrun = [\"{path}\"]\n");

    fs::write(desktop.config_file(), settings + &hook).unwrap();
    daemon.wait_for_log("settings changed: hook.1.on, hook.1.run, hook.1.timeout");
    daemon.run(&["pause"]);
    daemon.run(&["resume"]);

    wait_until("the hook to have run", || fs::read_to_string(&said).ok());
}
