//! Breaks that wait for the right moment, on a real desktop.

use crate::support::{
    Daemon, Desktop, Program, Recorder, SoundServer, Typewriter, installed, wait_until,
};

/// A break after ten seconds of work, whether or not anybody touches the keyboard.
const SOON: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle = "1s"
settle_in = "0s"
open = "on start"

[[reminder]]
id = "upper-back"
every = "10s"
length = "short"
"#;

/// How many breaks were announced so far.
fn announced(daemon: &Daemon<'_>) -> usize {
    let told = daemon.told();
    told.iter().filter(|name| *name == "announced").count()
}

fn wait_for_state(daemon: &Daemon<'_>, state: &str) {
    wait_until(&format!("the state {state}"), || {
        (daemon.status()["state"] == state).then_some(())
    });
}

#[test]
fn with_do_not_disturb_on_a_break_waits_and_is_offered_once_afterwards() {
    let desktop = Desktop::start();
    desktop.dunst().pause(true);
    let mut daemon = Daemon::start(&desktop, SOON);

    let held = daemon.wait_for("held");
    assert_eq!(held["reasons"], serde_json::json!(["quiet"]));
    let status = daemon.status();
    assert_eq!(status["state"], "held");
    let wait = &status["waits"][0];
    assert_eq!(wait["reason"], "quiet");
    assert_eq!(wait["sensor"], "quiet");
    assert_eq!(wait["by"], "dunst");
    assert_eq!(wait["text"], "do-not-disturb is on (dunst)");
    assert_eq!(wait["release"], "when do-not-disturb is switched off");
    let time = |value: &serde_json::Value| {
        chrono::DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap()
    };
    assert!(time(&wait["since"]) <= time(&status["waiting_since"]));
    let said = String::from_utf8(daemon.run(&["status"]).stdout).unwrap();
    assert!(
        said.contains("do-not-disturb is on (dunst), since "),
        "{said}"
    );
    assert!(said.contains("It comes 1s after that ends."), "{said}");
    desktop.dunst().pause(false);
    daemon.wait_for("released");
    daemon.wait_for("announced");
    desktop.dunst().wait_for_displayed(1);

    // Switched on while it is up, it takes the announcement back; no snooze is used up.
    desktop.dunst().pause(true);
    daemon.wait_for("withdrawn");
    desktop.dunst().pause(false);
    assert_eq!(daemon.wait_for("announced")["snoozes"], 0);
}

#[test]
fn a_film_that_fills_the_screen_is_not_interrupted() {
    let desktop = Desktop::start();
    let film = Typewriter::open(desktop.display());
    film.fill_screen(true);
    let mut daemon = Daemon::start(&desktop, SOON);

    let held = daemon.wait_for("held");
    assert_eq!(held["reasons"], serde_json::json!(["fullscreen"]));
    film.fill_screen(false);
    daemon.wait_for("announced");
    desktop.dunst().wait_for_displayed(1);
}

/// Tells of a short meeting before a break is due, and waits for the question about its end.
fn in_a_meeting<'a>(desktop: &'a Desktop) -> Daemon<'a> {
    let later = SOON.replace("every = \"10s\"", "every = \"15s\"");
    let mut daemon = Daemon::start(desktop, &later);
    let output = daemon.run(&["meeting", "40s"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("as you said"), "{said}");
    daemon.wait_for("in_meeting");
    daemon.wait_for("meeting_ends_soon");
    desktop.dunst().wait_for("Still in the meeting?");
    desktop.dunst().wait_for_displayed(1);
    daemon
}

#[test]
fn a_meeting_goes_on_when_the_user_says_so_and_the_break_comes_after_it() {
    let desktop = Desktop::start();
    let mut daemon = in_a_meeting(&desktop);

    wait_for_state(&daemon, "held");
    desktop.dunst().press("goes-on");
    let until = daemon.wait_for("in_meeting")["until"].clone();
    assert_eq!(
        daemon.status()["meeting_until"].as_str().unwrap()[..19],
        until.as_str().unwrap()[..19]
    );
    assert_eq!(daemon.status()["state"], "held");
    let waits = daemon.status()["waits"].clone();
    assert_eq!(waits[0]["text"], "you are in a meeting, as you said");
    assert_eq!(
        waits[0]["until"].as_str().unwrap()[..19],
        until.as_str().unwrap()[..19]
    );

    assert!(daemon.run(&["meeting", "off"]).status.success());
    daemon.wait_for("meeting_over");
    daemon.wait_for("announced");
    desktop.dunst().wait_for("Start");
    assert_eq!(announced(&daemon), 1);
    assert_eq!(daemon.status()["meeting_until"], serde_json::Value::Null);
}

#[test]
fn a_meeting_is_over_when_the_user_says_so_and_is_not_asked_about_again() {
    let desktop = Desktop::start();
    let mut daemon = in_a_meeting(&desktop);

    wait_for_state(&daemon, "held");
    desktop.dunst().press("over");
    daemon.wait_for("meeting_over");
    daemon.wait_for("released");
    daemon.wait_for("announced");
    assert_eq!(announced(&daemon), 1);
    let asked = daemon.told();
    let asked = asked.iter().filter(|name| *name == "meeting_ends_soon");
    assert_eq!(asked.count(), 1);

    let settings = "[hold]\nmeeting = false\n";
    std::fs::write(desktop.config_file(), settings).unwrap();
    assert!(daemon.run(&["reload"]).status.success());
    let refused = daemon.run(&["meeting", "on"]);
    assert_eq!(refused.status.code(), Some(1));
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("hold.meeting"), "{why}");
}

#[test]
fn the_story_of_a_break_that_waited_is_told_also_when_the_program_is_gone() {
    let desktop = Desktop::start();
    desktop.dunst().pause(true);
    let mut daemon = Daemon::start(&desktop, SOON);
    let nothing = String::from_utf8(daemon.run(&["why"]).stdout).unwrap();
    assert!(!nothing.is_empty());

    daemon.wait_for("held");
    let waits = String::from_utf8(daemon.run(&["why"]).stdout).unwrap();
    assert!(waits.contains("do-not-disturb is on (dunst)"), "{waits}");
    assert!(waits.contains("A break waits since "), "{waits}");
    desktop.dunst().pause(false);
    daemon.wait_for("announced");
    desktop.dunst().wait_for_displayed(1);
    desktop.dunst().press("skip");
    daemon.wait_for("skipped");

    let told = |output: std::process::Output| -> Vec<String> {
        let why: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(why["v"], 1);
        let chapters = why["breaks"][0]["chapters"].as_array().unwrap();
        (chapters.iter())
            .map(|chapter| match chapter["text"].as_str() {
                Some(text) => {
                    assert!(chapter["to"].is_string(), "{chapter}");
                    text.to_owned()
                }
                None => chapter["event"].as_str().unwrap().to_owned(),
            })
            .collect()
    };
    let story = [
        "due",
        "held",
        "do-not-disturb is on (dunst)",
        "released",
        "announced",
        "skipped",
    ];
    assert_eq!(told(daemon.run(&["why", "--json"])), story);
    daemon.kill();
    let alone = |arguments: &[&str]| desktop.unhunch().args(arguments).output().unwrap();
    assert_eq!(told(alone(&["why", "--json"])), story);
    let said = String::from_utf8(alone(&["why"]).stdout).unwrap();
    assert!(said.contains("you skipped it"), "{said}");
    let again = Daemon::again(&desktop);
    assert_eq!(told(again.run(&["why", "--json"])), story);
}

#[test]
fn a_program_on_the_users_list_holds_a_break_while_it_runs() {
    let desktop = Desktop::start();
    let program = desktop.folder().join("unhunch-test-talk");
    std::fs::copy(installed("sleep"), &program).unwrap();
    let talk = Program::start(
        "a talk",
        Program::on(&desktop, "setpriv")
            .args(["--pdeathsig", "KILL", "--"])
            .arg(&program)
            .arg("600"),
    );
    let settings = format!("{SOON}\n[hold]\napps = [\"unhunch-test-talk\"]\n");
    let mut daemon = Daemon::start(&desktop, &settings);

    let held = daemon.wait_for("held");
    assert_eq!(held["reasons"], serde_json::json!(["app"]));
    let status = daemon.run(&["status"]);
    let status = String::from_utf8(status.stdout).unwrap();
    assert!(
        status.contains("unhunch-test-talk is in use (Linux)"),
        "{status}"
    );
    drop(talk);
    daemon.wait_for("announced");
}

#[test]
fn a_program_that_is_put_on_the_list_while_a_break_is_near_counts_at_once() {
    let desktop = Desktop::start();
    desktop.dunst().pause(true);
    let mut daemon = Daemon::start(&desktop, SOON);
    daemon.wait_for("held");
    let film = Typewriter::open(desktop.display());
    let changed = format!("{SOON}\n[hold]\napps = [\"front:typewriter\"]\n");
    std::fs::write(desktop.config_file(), changed).unwrap();
    assert!(daemon.run(&["reload"]).status.success());
    wait_until("both reasons", || {
        let status = daemon.status().to_string();
        (status.contains("quiet") && status.contains("typewriter")).then_some(())
    });
    desktop.dunst().pause(false);
    drop(film);
    daemon.wait_for("announced");
}

#[test]
fn a_call_holds_the_break_which_is_offered_once_when_it_is_over() {
    let desktop = Desktop::start();
    let server = SoundServer::start(&desktop);
    let call = Recorder::of_the_microphone(&desktop);
    let mut daemon = Daemon::start(&desktop, SOON);
    let held = daemon.wait_for("held");
    assert_eq!(held["reasons"], serde_json::json!(["meeting"]));
    let wait = daemon.status()["waits"][0].clone();
    assert_eq!(wait["text"], "parec uses the microphone (PulseAudio)");
    assert_eq!(wait["programs"], serde_json::json!(["parec"]));

    // Nobody can tell while there is no server; and what nobody can tell holds nothing.
    drop(call);
    drop(server);
    daemon.wait_for("released");
    daemon.wait_for("announced");
    desktop.dunst().wait_for_displayed(1);
    let _server = SoundServer::start(&desktop);
    let call = Recorder::of_the_microphone(&desktop);
    daemon.wait_for("withdrawn");
    daemon.wait_for("held");
    drop(call);
    daemon.wait_for("released");
    assert_eq!(daemon.wait_for("announced")["snoozes"], 0);
    assert_eq!(announced(&daemon), 2);
}

#[test]
fn what_the_computer_plays_and_who_is_on_the_list_hold_nothing() {
    let desktop = Desktop::start();
    let _server = SoundServer::start(&desktop);
    let _recording = Recorder::of_the_loudspeaker(&desktop);
    let mut daemon = Daemon::start(&desktop, SOON);
    daemon.wait_for("announced");

    let _dictation = Recorder::of_the_microphone(&desktop);
    daemon.wait_for("withdrawn");
    let listed = format!("{SOON}\n[hold]\nmeeting_except = [\"parec\"]\n");
    std::fs::write(desktop.config_file(), listed).unwrap();
    assert!(daemon.run(&["reload"]).status.success());
    daemon.wait_for("released");
    daemon.wait_for("announced");
}
