//! Programs of hooks, tried out: what is heard of them, and what can be seen beforehand.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, sync::mpsc, time::Duration};

use unhunch::desktop::hook::{End, EndedBy, Hear, Hooks, NotRun, Obstacle, Order, obstacle};

use super::PATIENCE;

fn script(folder: &Path, name: &str, script: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    file.display().to_string()
}

fn order(run: &str, timeout: Duration) -> Order {
    Order {
        run: vec![run.to_owned()],
        timeout,
        environment: vec![("UNHUNCH_EVENT".to_owned(), "due".to_owned())],
    }
}

fn heard(order: &Order) -> End {
    let (sender, ends) = mpsc::channel();
    let hooks = Hooks::default();
    let ended = move |end| sender.send(end).unwrap();
    hooks.run(order, Hear::Everything, ended).unwrap();
    ends.recv_timeout(PATIENCE).unwrap()
}

#[test]
fn whoever_tries_a_hook_hears_what_it_prints_and_complains_of_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let run = script(
        folder.path(),
        "both.sh",
        "echo $UNHUNCH_EVENT; echo two >&2; echo three; exit 3",
    );
    let end = heard(&order(&run, Duration::from_secs(30)));
    assert_eq!(
        end,
        End {
            by: EndedBy::Itself(3),
            late: None,
            said: "due\ntwo\nthree\n".to_owned(),
        }
    );
    assert!(!end.well());
}

#[test]
fn of_a_flood_the_end_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let flood = "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i + 1)); done";
    let run = script(folder.path(), "flood.sh", flood);
    let end = heard(&order(&run, Duration::from_secs(60)));
    assert!(end.well(), "{end:?}");
    assert!(end.said.ends_with("line 2998\nline 2999\n"), "{end:?}");
    assert!(end.said.len() <= 4000, "{}", end.said.len());
}

#[test]
fn one_that_takes_too_long_is_ended_and_what_it_had_said_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let run = script(folder.path(), "late.sh", "echo before; exec sleep 600");
    let end = heard(&order(&run, Duration::from_secs(1)));
    assert_eq!(end.by, EndedBy::Signal(15));
    assert_eq!(end.late, Some(Duration::from_secs(1)));
    assert_eq!(end.said, "before\n");
}

#[test]
fn what_cannot_start_says_so_at_once() {
    let order = order("/no/such/program", Duration::from_secs(1));
    let run = Hooks::default().run(&order, Hear::Everything, |_| {});
    assert!(matches!(run, Err(NotRun::NotStarted(_))), "{run:?}");
}

#[test]
fn what_speaks_against_a_program_is_seen_beforehand() {
    let folder = tempfile::tempdir().unwrap();
    let good = script(folder.path(), "good.sh", "exit 0");
    let plain = folder.path().join("plain");
    fs::write(&plain, "no program").unwrap();
    let path = |path: &Path| path.display().to_string();
    for (name, expected) in [
        ("sh".to_owned(), None),
        (good, None),
        (
            "no-such-program-anywhere".to_owned(),
            Some(Obstacle::NotInPath),
        ),
        ("/no/such/file".to_owned(), Some(Obstacle::NoSuchFile)),
        (path(folder.path()), Some(Obstacle::IsAFolder)),
        (path(&plain), Some(Obstacle::NotExecutable)),
    ] {
        assert_eq!(obstacle(&name), expected, "{name}");
    }
}
