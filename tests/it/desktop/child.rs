//! A window's process may do anything; the daemon goes on.

use std::{fs, process::Command, sync::Arc};

use unhunch::desktop::child::{Child, Event, Program};

use super::Reports;

fn shell(script: &str) -> Program {
    Program {
        path: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into()],
    }
}

fn start(script: &str, token: Option<&str>) -> (Child, Reports<Event>) {
    let (post, events) = Reports::new();
    let child = Child::start(&shell(script), token, post).unwrap();
    (child, events)
}

fn line(text: &str) -> Event {
    Event::Line(text.to_owned())
}

/// Waits for the end, and whether it was a peaceful one.
fn ended(events: &Reports<Event>) -> (bool, String) {
    events.next_where(|event| match event {
        Event::Ended { success, how } => Some((*success, how.clone())),
        Event::Line(_) | Event::Broken(_) => None,
    })
}

#[test]
fn what_is_sent_arrives_and_what_comes_back_is_heard() {
    let (mut child, events) = start("while read line; do echo \"heard $line\"; done", None);

    child.send("one").unwrap();
    assert_eq!(events.next(), line("heard one"));
    child.send("two").unwrap();
    assert_eq!(events.next(), line("heard two"));

    drop(child);
    let how = "exit status: 0".to_owned();
    assert_eq!(events.next(), Event::Ended { success: true, how });
}

#[test]
fn last_words_come_before_the_end() {
    let (_child, events) = start("seq 1 5000; exit 3", None);
    for number in 1..=5000 {
        assert_eq!(events.next(), line(&number.to_string()));
    }
    assert_eq!(ended(&events), (false, "exit status: 3".to_owned()));
}

#[test]
fn a_token_reaches_the_window_and_the_daemons_own_never_does() {
    let print = "echo \"$XDG_ACTIVATION_TOKEN/$DESKTOP_STARTUP_ID\"";
    let (_child, events) = start(print, Some("abc"));
    assert_eq!(events.next(), line("abc/abc"));
    let (_child, events) = start(print, None);
    assert_eq!(events.next(), line("/"));
}

#[test]
fn a_window_that_never_reads_is_noticed_instead_of_waited_for() {
    let (mut child, events) = start("exec sleep 1000", None);
    let long = "x".repeat(1000);

    let failed = (0..1000).find(|_| child.send(&long).is_err());

    assert!(failed.is_some(), "a pipe does not hold a megabyte");
    assert!(child.send("anything").is_err());
    child.kill();
    assert_eq!(ended(&events), (false, "signal: 9 (SIGKILL)".to_owned()));
}

#[test]
fn a_window_that_is_killed_by_others_has_ended() {
    let (_child, events) = start("echo $$; exec sleep 1000", None);
    let Event::Line(pid) = events.next() else {
        panic!("it prints its number")
    };

    assert!(Command::new("kill").arg(&pid).status().unwrap().success());

    assert_eq!(ended(&events), (false, "signal: 15 (SIGTERM)".to_owned()));
    // Nothing of it is left, not even a zombie.
    assert!(fs::metadata(format!("/proc/{pid}")).is_err());
}

#[test]
fn a_kill_after_the_end_hurts_nobody() {
    let (mut child, events) = start("true", None);
    assert_eq!(ended(&events), (true, "exit status: 0".to_owned()));
    child.kill();
    assert!(child.send("anything").is_err());
    assert_eq!(events.so_far(), []);
}

#[test]
fn a_window_that_floods_is_cut_off() {
    let (_child, events) = start("yes | cat", None);
    let why = events.next_where(|event| match event {
        Event::Broken(why) => Some(why.clone()),
        Event::Line(_) | Event::Ended { .. } => None,
    });
    assert!(why.contains("1 MiB"), "{why}");
    assert!(!ended(&events).0);
}

#[test]
fn a_line_without_an_end_is_cut_off() {
    let (_child, events) = start("tr '\\0' x < /dev/zero", None);
    assert!(matches!(events.next(), Event::Broken(why) if why.contains("64 KiB")));
    assert!(!ended(&events).0);
}

#[test]
fn an_end_is_an_end_though_something_else_holds_the_pipes() {
    let (_child, events) = start("sleep 1000 & echo $!; exit 0", None);
    let Event::Line(left_behind) = events.next() else {
        panic!("it prints the number of what it left behind")
    };

    assert_eq!(ended(&events), (true, "exit status: 0".to_owned()));

    Command::new("kill").arg(&left_behind).status().unwrap();
}

#[test]
fn a_window_that_hangs_up_and_stays_is_ended() {
    let (_child, events) = start("exec >&-; exec sleep 1000", None);
    assert_eq!(ended(&events), (false, "signal: 9 (SIGKILL)".to_owned()));
}

#[test]
fn a_window_is_out_of_reach_of_the_terminals_keys() {
    let (child, events) = start("echo $$; exec sleep 1000", None);
    let Event::Line(pid) = events.next() else {
        panic!("it prints its number")
    };
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let after_name = stat.rsplit_once(") ").unwrap().1;
    let group = after_name.split(' ').nth(2).unwrap();
    assert_eq!(group, pid, "a group of its own");
    child.kill();
    ended(&events);
}

#[test]
fn what_cannot_be_started_is_an_error_and_no_event() {
    let (post, events) = Reports::new();
    let missing = Program {
        path: "/no/such/program".into(),
        arguments: Vec::new(),
    };
    assert!(Child::start(&missing, None, Arc::clone(&post)).is_err());
    drop(post);
    assert_eq!(events.so_far(), []);
}

#[test]
fn the_window_is_this_program() {
    let window = Program::window().unwrap();
    let same = |path: &std::path::Path| fs::canonicalize(path).unwrap();
    let this = std::env::current_exe().unwrap();
    assert_eq!(same(&window.path), same(&this));
    assert_eq!(window.arguments, ["__window"]);
}
