//! Sounds and spoken cues of a real window, on a real sound server and a real speech service.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;
use unhunch::window::wire::{FromWindow, Open, ToWindow, Voice};

use crate::{
    support::{Daemon, Desktop, Recorder, SoundServer, Speech, installed, wait_until},
    windows::{begun, message},
};

/// The notes of the sounds: all begin or end with the first or the second, and only the end and
/// the last seconds have the third.
const A4: f32 = 440.0;
const E5: f32 = 659.26;
const A5: f32 = 880.0;

/// A real window with its standard streams in the hands of the test.
struct Window {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Window {
    fn open(desktop: &Desktop, open: Open) -> Self {
        let mut child = desktop
            .command(installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .arg("__window")
            // A service that is started on demand would outlive the test.
            .env("SPEECHD_CMD", "/nonexistent/speech-dispatcher")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut window = Self { child, lines };
        window.tell(&ToWindow::Open(Box::new(open)));
        window
    }

    fn tell(&mut self, line: &ToWindow) {
        let line = serde_json::to_string(line).unwrap();
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Waits until the break is over.
    fn wait_for_done(&mut self) {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "it has ended");
            if let FromWindow::Done { .. } = serde_json::from_str(&line).unwrap() {
                return;
            }
        }
    }

    /// Closes it; it must end well.
    fn close(mut self) {
        self.tell(&ToWindow::Close);
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A break of a few seconds with all that can be heard of it.
fn short_break(seconds: f64) -> Open {
    let mut open = message("Look out of the window");
    if let Some(message) = &mut open.message {
        message.length_s = seconds;
    }
    Open {
        volume: Some(1.0),
        ..open
    }
}

fn spoken(open: Open) -> Open {
    let voice = Voice {
        name: Some("Scribe".to_owned()),
        rate: 20,
    };
    Open {
        voice: Some(voice),
        ..open
    }
}

/// Plays a sound that has the note A5, whatever else goes on, and waits until it was heard: what
/// should have been heard before it would have been.
fn afterwards(desktop: &Desktop, recorder: &Recorder) {
    let output = (desktop.unhunch())
        .args(["sound", "last-seconds", "--volume", "100"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    recorder.wait_for(A5);
}

fn signal(name: &str, pid: u32) {
    let status = Command::new("kill").args([name, &pid.to_string()]).status();
    assert!(status.unwrap().success());
}

#[test]
fn a_break_that_the_daemon_opens_is_heard_from_its_start_to_its_end() {
    let desktop = Desktop::start();
    let _server = SoundServer::start(&desktop);
    let recorder = Recorder::of_the_loudspeaker(&desktop);
    let settings = r#"
        sound = { on = true, volume = 80 }
        [schedule]
        idle_grace = "30min"
        natural_break = "2h"
        lull = "0s"
        settle_in = "0s"
        open = "on start"
        [rotation]
        stretches = ["clasped_hands_chest_opener"]
        [[reminder]]
        id = "upper-back"
        every = "10s"
        length = "short"
    "#;
    let mut daemon = Daemon::start(&desktop, settings);

    daemon.wait_for("announced");
    assert!(recorder.heard().iter().all(|sample| *sample == 0.0));
    let now = desktop.unhunch().args(["start"]).output().unwrap();
    assert!(now.status.success(), "{now:?}");

    daemon.wait_for("started");
    recorder.wait_for(A4);
    recorder.wait_for(E5);
    assert!(!recorder.has(A5), "the end is not near yet");
    daemon.wait_for("completed");
    recorder.wait_for(A5);
}

#[test]
fn without_a_volume_nobody_hears_anything() {
    let desktop = Desktop::without_notifications();
    let _server = SoundServer::start(&desktop);
    let recorder = Recorder::of_the_loudspeaker(&desktop);
    let silent = Open {
        volume: None,
        ..short_break(1.0)
    };

    let mut window = Window::open(&desktop, silent);
    window.wait_for_done();
    afterwards(&desktop, &recorder);

    assert!(!recorder.has(A4) && !recorder.has(E5));
    window.close();
}

#[test]
fn while_somebody_records_nothing_is_played_and_afterwards_it_is() {
    let desktop = Desktop::without_notifications();
    let _server = SoundServer::start(&desktop);
    let recorder = Recorder::of_the_loudspeaker(&desktop);
    let call = Recorder::of_the_microphone(&desktop);

    let mut window = Window::open(&desktop, short_break(1.0));
    window.wait_for_done();
    afterwards(&desktop, &recorder);
    assert!(!recorder.has(A4) && !recorder.has(E5));
    window.close();

    drop(call);
    let window = Window::open(&desktop, short_break(2.0));
    // To hear what the loudspeaker plays is no call.
    recorder.wait_for(A4);
    window.close();
}

#[test]
fn a_sound_server_that_dies_or_hangs_costs_its_sounds_and_nothing_else() {
    let desktop = Desktop::without_notifications();
    let server = SoundServer::start(&desktop);
    let recorder = Recorder::of_the_loudspeaker(&desktop);
    let mut window = Window::open(&desktop, short_break(3.0));
    recorder.wait_for(A4);
    drop(server);
    window.wait_for_done();
    window.close();
    drop(recorder);

    let server = SoundServer::start(&desktop);
    let recorder = Recorder::of_the_loudspeaker(&desktop);
    let mut window = Window::open(&desktop, short_break(3.0));
    recorder.wait_for(A4);
    signal("-STOP", server.pid());
    window.wait_for_done();
    window.close();
    signal("-CONT", server.pid());
}

#[test]
fn without_any_sound_a_break_runs_and_the_command_says_what_is_missing() {
    let desktop = Desktop::without_notifications();

    let mut window = Window::open(&desktop, spoken(short_break(1.0)));
    window.wait_for_done();
    window.close();

    // No program of the machine is to be tried.
    let sound = desktop
        .unhunch()
        .args(["sound", "start", "--json"])
        .env("PATH", "/nonexistent")
        .output()
        .unwrap();
    assert_eq!(sound.status.code(), Some(3), "{sound:?}");
    let answer: Value = serde_json::from_slice(&sound.stdout).unwrap();
    assert_eq!(answer["backend"], Value::Null);
    let voice = desktop
        .unhunch()
        .args(["voice", "list"])
        .env("PATH", "/nonexistent")
        .output()
        .unwrap();
    assert_eq!(voice.status.code(), Some(3), "{voice:?}");
    let said = String::from_utf8_lossy(&voice.stderr);
    assert!(
        said.contains("speech-dispatcher is not installed"),
        "{said}"
    );
}

#[test]
fn cues_are_spoken_in_order_until_the_window_closes() {
    let desktop = Desktop::without_notifications();
    let _server = SoundServer::start(&desktop);
    let speech = Speech::start(&desktop);

    let open = Open {
        settle_in_s: 3.0,
        ..begun("clasped_hands_chest_opener")
    };
    let window = Window::open(&desktop, spoken(open));
    speech.wait_for("Clasp your hands");
    speech.wait_for("Straighten and lift the arms");
    speech.wait_for("Open the front of the shoulders");
    window.close();

    let said = speech.said();
    let place = |words: &str| said.iter().position(|said| said.contains(words));
    assert!(place("Clasped-hands chest opener") < place("Straighten"));
    assert!(place("Clasp your hands") < place("Straighten"));
    assert!(place("Straighten") < place("Open the front"), "{said:?}");
    assert!(!said.iter().any(|said| said.contains("well spent")));
}

#[test]
fn nothing_is_spoken_while_somebody_records() {
    let desktop = Desktop::without_notifications();
    let _server = SoundServer::start(&desktop);
    let speech = Speech::start(&desktop);
    let call = Recorder::of_the_microphone(&desktop);

    let mut window = Window::open(&desktop, spoken(short_break(1.0)));
    window.wait_for_done();
    window.close();
    drop(call);
    let window = Window::open(&desktop, spoken(begun("chin_tuck")));
    speech.wait_for("Look straight ahead");
    window.close();

    let said = speech.said();
    assert!(
        !said.iter().any(|said| said.contains("out of the window")),
        "{said:?}"
    );
}

#[test]
fn the_commands_list_voices_and_speak() {
    let desktop = Desktop::without_notifications();
    let _server = SoundServer::start(&desktop);
    let speech = Speech::start(&desktop);
    let unhunch = |arguments: &[&str]| desktop.unhunch().args(arguments).output().unwrap();

    let listed = unhunch(&["voice", "list", "--json"]);
    let voices: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(voices[0]["name"], "Scribe");
    assert_eq!(voices[0]["language"], "en");

    let said = unhunch(&["voice", "say", "Sit", "tall"]);
    assert!(said.status.success(), "{said:?}");
    speech.wait_for("Sit tall");

    let nobody = unhunch(&["voice", "say", "Sit tall", "--name", "Nobody"]);
    assert_eq!(nobody.status.code(), Some(2), "{nobody:?}");

    let sound = unhunch(&["sound", "change", "--json"]);
    let sound: Value = serde_json::from_slice(&sound.stdout).unwrap();
    assert_eq!(sound["backend"], "pulseaudio");
    assert_eq!(sound["recording"], false);
    let call = Recorder::of_the_microphone(&desktop);
    wait_until("the call to be noticed", || {
        let sound = unhunch(&["sound", "last-seconds", "--json"]);
        let sound: Value = serde_json::from_slice(&sound.stdout).unwrap();
        (sound["recording"] == true).then_some(())
    });
    drop(call);
}
