//! `unhunch watch`, `--format` and JSON, as scripts and bars use them.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use serde_json::Value;

use crate::{
    schema,
    support::{Daemon, Desktop, Program, Sway, installed, wait_until},
};

const PATIENCE: Duration = Duration::from_secs(60);

/// A break every ten seconds, of which the window opens only after an answer.
const OFTEN: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
open = "on start"

[[reminder]]
id = "eyes"
every = "10s"
message = "Look out of the window"
length = "2s"
"#;

const HOUR: &str = "[schedule]\nidle_grace = \"30min\"\nnatural_break = \"2h\"\n";

/// A command whose lines are read one by one.
struct Lines {
    child: Child,
    lines: Receiver<String>,
}

impl Lines {
    fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    fn watch(desktop: &Desktop, arguments: &[&str]) -> Self {
        Self::of(desktop.unhunch().arg("watch").args(arguments))
    }

    fn next(&self) -> String {
        let line = self.lines.recv_timeout(PATIENCE);
        line.unwrap_or_else(|error| panic!("no line came: {error}"))
    }

    fn wait_for(&self, what: &str, is: impl Fn(&str) -> bool) -> String {
        loop {
            let line = self.next();
            if is(&line) {
                return line;
            }
            eprintln!("before {what}: {line}");
        }
    }

    /// The next line of this event, which is as its schema has it, and so are those before it.
    fn event(&self, name: &str) -> Value {
        loop {
            let line: Value = serde_json::from_str(&self.next()).unwrap();
            schema::check(&line, "watch.json").unwrap_or_else(|why| panic!("{why}\n{line}"));
            if line["event"] == name {
                return line;
            }
        }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn everything_that_happens_is_a_line_of_json_across_restarts() {
    let desktop = Desktop::start();
    let watch = Lines::watch(&desktop, &[]);
    watch.event("off");
    let daemon = Daemon::start(&desktop, OFTEN);
    let status = watch.event("status");
    assert_eq!(status["status"]["state"], "working");
    watch.event("due");
    let announced = watch.event("announced");
    assert_eq!(announced["reminder"], "eyes");
    assert_eq!(watch.event("status")["status"]["state"], "announced");
    assert!(daemon.run(&["start"]).status.success());
    watch.event("started");
    let completed = watch.event("completed");
    assert_eq!(completed["stretched_s"], 2);

    let history: Value =
        serde_json::from_slice(&daemon.run(&["history", "--format", "json"]).stdout).unwrap();
    assert_eq!(history.as_array().unwrap().len(), 1);
    schema::check(&history, "history.json").unwrap_or_else(|why| panic!("{why}"));

    daemon.kill();
    watch.event("off");
    let daemon = Daemon::again(&desktop);
    watch.event("status");
    assert!(daemon.run(&["pause", "1h"]).status.success());
    let paused = watch.event("paused");
    let status = watch.event("status")["status"].clone();
    assert_eq!(status["paused_until"], paused["until"]);
}

#[test]
fn the_status_is_as_its_schema_has_it() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let check = || {
        let status = daemon.status();
        schema::check(&status, "status.json").unwrap_or_else(|why| panic!("{why}\n{status}"));
    };
    check();
    for command in [
        &["pause"][..],
        &["pause", "1h"],
        &["resume"],
        &["meeting", "10min"],
        &["now", "shoulder_roll"],
    ] {
        assert!(daemon.run(command).status.success(), "{command:?}");
        check();
    }
}

#[test]
fn lines_in_the_papers_are_as_their_schema_has_them() {
    let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md");
    let paper = fs::read_to_string(paper).unwrap();
    let block = paper.split("```json watch\n").nth(1).unwrap();
    let lines = block.split("```").next().unwrap().lines();
    let mut checked = 0;
    for line in lines {
        let line = serde_json::from_str(line).unwrap();
        schema::check(&line, "watch.json").unwrap_or_else(|why| panic!("{why}"));
        checked += 1;
    }
    assert!(checked >= 5);
}

#[test]
fn a_line_of_ones_own_is_written_when_it_changes() {
    let desktop = Desktop::without_notifications();
    let line = Lines::watch(&desktop, &["--format", "{state}|{next}|{reminder}"]);
    assert_eq!(line.next(), "off||");
    let daemon = Daemon::start(&desktop, HOUR);
    assert_eq!(line.next(), "working|1h|upper-back");
    let once = daemon.run(&["status", "--format", "{state}|{next_at}|{{"]);
    let once = String::from_utf8_lossy(&once.stdout).into_owned();
    assert!(
        once.starts_with("working|") && once.ends_with("|{\n"),
        "{once}"
    );

    assert!(daemon.run(&["pause"]).status.success());
    line.wait_for("the pause", |line| line.starts_with("paused|"));
    assert!(daemon.run(&["resume"]).status.success());
    line.wait_for("the end of it", |line| line.starts_with("working|"));
    daemon.kill();
    line.wait_for("the end of the program", |line| line == "off||");
}

#[test]
fn mistakes_in_a_format_are_explained() {
    let desktop = Desktop::without_notifications();
    for command in ["watch", "status"] {
        let mut unhunch = desktop.unhunch();
        let output = unhunch
            .args([command, "--format", "{nxt}"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("Did you mean next?"), "{said}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_in_peace() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let mut watch = desktop
        .unhunch()
        .arg("watch")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut output = BufReader::new(watch.stdout.take().unwrap());
    output.read_line(&mut first).unwrap();
    drop(output);

    let status = wait_until("it to notice that nobody reads", || {
        assert!(daemon.run(&["pause"]).status.success());
        assert!(daemon.run(&["resume"]).status.success());
        watch.try_wait().unwrap()
    });
    assert!(status.success(), "{status}");
    let said = std::io::read_to_string(watch.stderr.take().unwrap()).unwrap();
    assert_eq!(said, "");
}

/// The blocks of `docs/bars.md` fenced like this.
fn examples(fence: &str) -> Vec<String> {
    let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bars.md");
    let paper = fs::read_to_string(paper).unwrap();
    let fence = format!("```{fence}\n");
    let blocks = paper.split(&fence).skip(1);
    let blocks = blocks.map(|rest| rest.split("```").next().unwrap().to_owned());
    let blocks: Vec<String> = blocks.collect();
    assert!(!blocks.is_empty());
    blocks
}

/// A folder in which `unhunch` is the program under test, to be put before the `PATH`.
fn path_with_unhunch(desktop: &Desktop) -> String {
    let folder = desktop.folder().join("bin");
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(Desktop::program(), folder.join("unhunch")).unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{}:{path}", folder.display())
}

#[test]
fn the_examples_for_i3blocks_show_the_status_in_i3blocks() {
    installed("i3blocks");
    let desktop = Desktop::without_notifications();
    let path = path_with_unhunch(&desktop);
    let daemon = Daemon::start(&desktop, HOUR);
    for (n, example) in examples("ini i3blocks").iter().enumerate() {
        let config = desktop.folder().join(format!("i3blocks-{n}"));
        fs::write(&config, example).unwrap();
        let mut command = Program::on(&desktop, "i3blocks");
        let bar = Lines::of(command.env("PATH", &path).arg("-c").arg(&config));
        bar.wait_for("the block", |line| line.contains("working 1h"));
    }
    drop(daemon);
}

#[test]
fn the_example_for_waybar_shows_the_state_in_waybar() {
    let desktop = Desktop::on_wayland(Sway::start());
    let path = path_with_unhunch(&desktop);
    let daemon = Daemon::start(&desktop, HOUR);
    let mut config: Value = serde_json::from_str(&examples("json waybar")[0]).unwrap();
    config["modules-right"] = serde_json::json!(["custom/unhunch"]);
    let (settings, style) = (desktop.folder().join("bar"), desktop.folder().join("css"));
    fs::write(&settings, config.to_string()).unwrap();
    // A colour for each state, to be found again in the picture.
    let colours = "#custom-unhunch.working { background: #00ff00; }\n\
                   #custom-unhunch.paused { background: #ff0000; }\n";
    fs::write(&style, colours).unwrap();
    let mut command = Program::on(&desktop, "waybar");
    command
        .env("PATH", &path)
        .arg("--config")
        .arg(&settings)
        .arg("--style")
        .arg(&style)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut waybar = Program::start("waybar", &mut command);

    let picture = desktop.folder().join("bar.png");
    let mut wait_for_colour = |name: &str, colour: [u8; 3]| {
        wait_until(&format!("{name} in the bar"), || {
            waybar.assert_running();
            let mut grim = desktop.command(installed("grim"));
            if !grim.arg(&picture).status().ok()?.success() {
                return None;
            }
            let seen = image::open(&picture).ok()?.to_rgb8();
            let found = seen.pixels().filter(|pixel| pixel.0 == colour).count();
            (found > 100).then_some(())
        });
    };
    wait_for_colour("green", [0, 255, 0]);
    assert!(daemon.run(&["pause"]).status.success());
    wait_for_colour("red", [255, 0, 0]);
}

#[test]
fn the_command_in_the_example_for_waybar_writes_what_waybar_reads() {
    let desktop = Desktop::without_notifications();
    let path = path_with_unhunch(&desktop);
    let _daemon = Daemon::start(&desktop, HOUR);
    let config: Value = serde_json::from_str(&examples("json waybar")[0]).unwrap();
    let block = &config["custom/unhunch"];
    let command = block["exec"].as_str().unwrap();
    let mut shell = Program::on(&desktop, "sh");
    let lines = Lines::of(shell.env("PATH", &path).args(["-c", command]));
    let line: Value = serde_json::from_str(&lines.next()).unwrap();
    assert_eq!(line["text"], "1h");
    assert_eq!(line["class"], "working");
    let icons = block["format-icons"].as_object().unwrap();
    assert!(icons.contains_key(line["alt"].as_str().unwrap()));
    assert!(line["tooltip"].as_str().unwrap().contains("Next break"));
}
