//! The command `simulate`: what it prints, for programs too, and how it refuses what it cannot read.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

/// What came out of a run: exit code, standard output, standard error.
struct Output {
    code: Option<i32>,
    out: String,
    err: String,
}

fn simulate(day: &str, arguments: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.day");
    fs::write(&file, day).unwrap();
    run(&file, arguments)
}

fn run(file: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_unhunch"))
        .arg("simulate")
        .arg(file)
        .args(arguments)
        .output()
        .unwrap();
    Output {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

const START: &str = "start 2026-03-02T09:00 Europe/Berlin\n";

#[test]
fn a_program_reads_one_object_on_each_line() {
    let day = format!("{START}active 60min\nidle 10s\nmeeting on\nprobe\npause until 12:00\n");
    let output = simulate(&day, &["--json"]);
    let expected = [
        r#"{"t":3600,"at":"2026-03-02T10:00:00+01:00","event":"due","reminder":"upper-back"}"#,
        r#"{"t":3610,"at":"2026-03-02T10:00:10+01:00","event":"announced","reminder":"upper-back","stretch":"neck_flexion","snoozes":0}"#,
        r#"{"t":3610,"at":"2026-03-02T10:00:10+01:00","event":"withdrawn","reminder":"upper-back"}"#,
        r#"{"t":3610,"at":"2026-03-02T10:00:10+01:00","event":"held","reminder":"upper-back","reasons":["meeting"]}"#,
        r#"{"t":3610,"at":"2026-03-02T10:00:10+01:00","event":"status","state":"held","reminders":{"upper-back":{"work_s":3610,"due_in_s":0,"snoozes":0}}}"#,
        r#"{"t":3610,"at":"2026-03-02T10:00:10+01:00","event":"paused","until":"2026-03-02T12:00:00+01:00"}"#,
    ];
    assert_eq!(output.out.lines().collect::<Vec<_>>(), expected);
    assert_eq!(output.code, Some(0));
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_nothing_runs() {
    for (line, expected) in [
        ("actve 5min", "did you mean `active`?"),
        ("active 5", "`90s`, `25min` or `1h30min`"),
        ("active", "found nothing"),
        ("idle 5 minutes", "a length of time"),
        ("quiet maybe", "`on` or `off`"),
        ("app on", "the name of a program"),
        ("notifier broken", "`ok`, `no-buttons` or `gone`"),
        ("answer perhaps", "`start`, `snooze` or `skip`"),
        ("stretch twice", "`done`, `close` or `other`"),
        ("now eyes", "`upper-back`"),
        ("pause until noon", "a time of day"),
        ("pause for ever", "`until 06:00`"),
        ("resume now", "the end of the line"),
        ("in-meeting on", "`off` or `more`"),
        ("in-meeting 5 minutes", "a length of time"),
        ("set schedule.lull", "a key and a value"),
        ("set schedule.lul = \"0s\"", "did you mean `lull`?"),
        ("set schedule.lull = \"1h\"", "5min"),
        ("clock 3h", "`+` or `-`"),
        ("zone Europe/Berlim", "did you mean `Europe/Berlin`?"),
        ("start 2026-03-02T09:00 Europe/Berlin", "expected a step"),
    ] {
        let output = simulate(&format!("{START}active 90min\n{line}\n"), &[]);
        assert_eq!(output.code, Some(2), "{line}");
        assert_eq!(output.out, "", "{line}");
        assert!(output.err.contains("a.day:3:"), "{line}: {}", output.err);
        assert!(output.err.contains(expected), "{line}: {}", output.err);
    }
}

#[test]
fn a_day_begins_with_its_start() {
    for (day, expected) in [
        (
            "",
            "a first line such as `start 2026-03-02T09:00 Europe/Berlin`",
        ),
        ("# nothing\n\n", "a first line such as"),
        ("active 5min\n", "a first line such as"),
        ("start tomorrow Europe/Berlin\n", "a local date and time"),
        ("start 2026-03-02T09:00\n", "a time zone"),
    ] {
        let output = simulate(day, &[]);
        assert_eq!((output.code, output.out.as_str()), (Some(2), ""), "{day}");
        assert!(output.err.contains(expected), "{day}: {}", output.err);
    }
}

#[test]
fn every_mistake_is_named_at_once() {
    let output = simulate(&format!("{START}actve 5min\nidle 5\nlock it\n"), &[]);
    for line in ["a.day:2:", "a.day:3:", "a.day:4:"] {
        assert!(output.err.contains(line), "{}", output.err);
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let output = run(Path::new("/nowhere/to/be/found.day"), &[]);
    assert_eq!(output.code, Some(2));
    assert!(
        output.err.contains("/nowhere/to/be/found.day"),
        "{}",
        output.err
    );
}

#[test]
fn a_day_begins_with_the_settings_given() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("config.toml");
    fs::write(&config, "[schedule]\nlull = \"0s\"\n").unwrap();
    let with = ["--config", config.to_str().unwrap()];
    let output = simulate(&format!("{START}active 60min\n"), &with);
    assert!(output.out.contains("10:00:00  announced"), "{}", output.out);

    fs::write(&config, "[schedule]\nlull = \"soon\"\n").unwrap();
    let output = simulate(&format!("{START}active 60min\n"), &with);
    assert_eq!((output.code, output.out.as_str()), (Some(2), ""));
    assert!(output.err.contains("config.toml:2:"), "{}", output.err);
}

#[test]
fn a_seed_chooses_the_order_of_the_stretches() {
    let breaks = "now\nstretch done\nactive 1min\n".repeat(12);
    let day = format!("{START}{breaks}");
    let first = simulate(&day, &["--seed", "1"]).out;
    assert_eq!(first, simulate(&day, &["--seed", "1"]).out);
    assert_ne!(first, simulate(&day, &["--seed", "2"]).out);
}

#[test]
fn comments_and_spaces_mean_nothing() {
    let day = "# a day\r\n\r\n  start 2026-03-02T09:00 Europe/Berlin  # the user's first\r\n\
               \tactive  1h 1min# typing\r\n  set reminder.upper-back.message = \"a # sign\" # ?\r\n";
    let with_length = format!("{day}set reminder.upper-back.length = \"20s\"\r\n");
    let output = simulate(&with_length, &[]);
    // A message needs a length of its own, so the first `set` alone is refused, and named as such.
    assert_eq!(output.code, Some(2));
    let plain = day.lines().take(4).collect::<Vec<_>>().join("\r\n");
    let output = simulate(&plain, &[]);
    assert_eq!(output.out.trim(), "10:00:00  due  reminder=upper-back");
    assert_eq!(output.err, "");
}
