//! Signals reach the loop. They reach every loop of a process, so the loop of this test runs in a
//! process of its own: this test once more.

use std::{
    env,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

use unhunch::desktop::{
    inbox::Inbox,
    signals::{Signal, Signals},
    timers::{Deadlines, Timers, Wake},
};

/// Set in the process with the loop.
const LOOPS: &str = "UNHUNCH_TEST_WAITS_FOR_SIGNALS";

#[test]
fn the_loop_is_told_to_reload_and_to_end() {
    if env::var_os(LOOPS).is_some() {
        return wait_for_the_end();
    }
    let this = "desktop::signals::the_loop_is_told_to_reload_and_to_end";
    let mut program = Command::new(env::current_exe().unwrap())
        .args(["--exact", this, "--nocapture"])
        .env(LOOPS, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(program.stdout.take().unwrap());
    let mut said = output.lines().map_while(Result::ok);
    let pid = program.id().to_string();
    let send = |signal: &str| {
        let status = Command::new("kill").args([signal, &pid]).status();
        assert!(status.unwrap().success());
    };

    assert!(said.any(|line| line == "waiting"));
    send("-HUP");
    assert!(said.any(|line| line == "Reload"));
    send("-HUP");
    assert!(said.any(|line| line == "Reload"));
    send("-INT");
    assert!(said.any(|line| line == "End"));
    send("-TERM");
    assert!(said.any(|line| line == "End"));

    // It ends by itself, not by the signals.
    assert!(program.wait().unwrap().success());
}

fn wait_for_the_end() {
    let inbox = Inbox::<()>::new().unwrap();
    let mut timers = Timers::new(Signals::listen().unwrap()).unwrap();
    println!("\nwaiting");
    let mut ends = 0;
    while ends < 2 {
        if let Wake::Signal(signal) = timers.wait(&inbox, Deadlines::default()) {
            println!("{signal:?}");
            ends += u32::from(signal == Signal::End);
        }
    }
}
