//! Who sees the screen: a real PipeWire, and tools that misbehave.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use unhunch::desktop::{
    screen_share::pipewire::{self, Source},
    sense::{Says, Sense, Why, Word, except::Except},
};

use super::Reports;
use crate::support::{PipeWire, process, wait_until};

const BY: &str = "PipeWire";

/// A sensor that watches.
struct Sensor {
    _sensor: Box<dyn Sense>,
    words: Reports<Word>,
}

impl Sensor {
    fn watching(source: Source, except: &[&str]) -> Self {
        let (post, words) = Reports::new();
        let list = Except::default();
        list.set(&except.iter().map(ToString::to_string).collect::<Vec<_>>());
        let mut sensor = Box::new(pipewire::sensor(source, &list, &post));
        sensor.watch(true);
        Self {
            _sensor: sensor,
            words,
        }
    }

    #[track_caller]
    fn says(&self, says: Says) -> Why {
        let word = self.words.next();
        assert_eq!(word.says, says, "{word:?}");
        word.why
    }

    /// Waits until it says so, whatever it says before.
    fn says_at_last(&self, says: Says) -> Word {
        self.words
            .next_where(|word| (word.says == says).then(|| word.clone()))
    }
}

fn source(folder: &Path, program: impl Into<PathBuf>) -> Source {
    Source {
        program: program.into().into(),
        folder: folder.to_owned(),
        name: "pipewire-0".into(),
        only_way: true,
    }
}

fn named(names: &[&str]) -> Why {
    Why::Programs(names.iter().map(ToString::to_string).collect())
}

/// GNOME's screen, and a browser that could see it.
fn screen_and_browser(pipewire: &PipeWire) {
    let screen = "media.class=Stream/Output/Video media.name=meta-screen-cast-src";
    pipewire.node("gnome-shell", screen);
    let browser = "media.class=Stream/Input/Video application.name=brave";
    pipewire.node("webrtc-consume-stream", browser);
}

#[test]
fn a_shared_screen_is_seen_while_somebody_looks_at_it() {
    let folder = TempDir::new().unwrap();
    let sensor = Sensor::watching(source(folder.path(), "pw-dump"), &[]);
    assert_eq!(sensor.says(Says::Unknown), Why::NobodyToAsk);

    let pipewire = PipeWire::start(folder.path());
    // The socket may be there before the server answers.
    let free = Word::known(false, BY, Why::Told);
    assert_eq!(sensor.says_at_last(Says::No), free);
    screen_and_browser(&pipewire);
    pipewire.link("gnome-shell", "webrtc-consume-stream");
    assert_eq!(sensor.says(Says::Yes), named(&["brave"]));
    pipewire.unlink("gnome-shell", "webrtc-consume-stream");
    assert_eq!(sensor.says(Says::No), Why::Told);

    drop(pipewire);
    sensor.says(Says::Unknown);
    let pipewire = PipeWire::start(folder.path());
    assert_eq!(sensor.says_at_last(Says::No), free);
    screen_and_browser(&pipewire);
    pipewire.link("gnome-shell", "webrtc-consume-stream");
    assert_eq!(sensor.says(Says::Yes), named(&["brave"]));
}

#[test]
fn a_program_on_the_list_may_see_the_screen_and_another_is_named() {
    let folder = TempDir::new().unwrap();
    let pipewire = PipeWire::start(folder.path());
    let screen = "media.class=Video/Source media.name=xdpw-stream-a1B2c3";
    pipewire.node("xdg-desktop-portal-wlr", screen);
    let recorder = "media.class=Stream/Input/Video application.name=OBS";
    pipewire.node("recorder", recorder);
    let caller = "media.class=Stream/Input/Video application.name=Call";
    pipewire.node("caller", caller);
    pipewire.link("xdg-desktop-portal-wlr", "recorder");

    let sensor = Sensor::watching(source(folder.path(), "pw-dump"), &["obs"]);
    assert_eq!(sensor.says(Says::No), Why::Told);
    pipewire.link("xdg-desktop-portal-wlr", "caller");
    assert_eq!(sensor.says(Says::Yes), named(&["Call"]));
}

#[test]
fn on_x11_nobody_knows_that_nobody_sees_the_screen() {
    let folder = TempDir::new().unwrap();
    let pipewire = PipeWire::start(folder.path());
    let x11 = Source {
        only_way: false,
        ..source(folder.path(), "pw-dump")
    };
    let sensor = Sensor::watching(x11, &[]);
    assert_eq!(sensor.says(Says::Unknown), Why::DoesNotTell);
    screen_and_browser(&pipewire);
    pipewire.link("gnome-shell", "webrtc-consume-stream");
    assert_eq!(sensor.says(Says::Yes), named(&["brave"]));
}

/// The screen, a viewer, and the link between them, as the tool writes them.
const SHARED: &str = r#"[
{"id":1,"type":"PipeWire:Interface:Node","info":{"props":
  {"media.class":"Stream/Output/Video","media.name":"kwin-screencast-eDP-1"}}},
{"id":2,"type":"PipeWire:Interface:Node","info":{"props":
  {"media.class":"Stream/Input/Video","application.name":"Call"}}},
{"id":3,"type":"PipeWire:Interface:Link","info":{"output-node-id":1,"input-node-id":2}}]"#;

/// A tool that does this instead, in a folder with a socket and with [`SHARED`] in a file.
fn instead(folder: &Path, script: &str) -> Source {
    fs::write(folder.join("pipewire-0"), "").unwrap();
    fs::write(folder.join("shared"), SHARED).unwrap();
    let tool = folder.join("tool");
    let script = format!(
        "#!/bin/sh\ncd '{}'\necho $$ >> pids\n{script}\n",
        folder.display()
    );
    fs::write(&tool, script).unwrap();
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).unwrap();
    source(folder, tool)
}

#[test]
fn a_tool_that_says_nothing_or_nonsense_makes_it_unknown_with_the_reason() {
    for (script, reason) in [
        ("exec sleep 600", Why::Silent),
        ("echo '[ {'; exec sleep 600", Why::Silent),
        ("exit 3", Why::Failed("it has ended".to_owned())),
    ] {
        let folder = TempDir::new().unwrap();
        let sensor = Sensor::watching(instead(folder.path(), script), &[]);
        assert_eq!(sensor.says(Says::Unknown), reason, "{script}");
    }
    for script in [
        "echo 'no JSON at all'",
        "echo '[{\"id\": \"x\"}]'",
        "echo '[[[['",
    ] {
        let folder = TempDir::new().unwrap();
        let sensor = Sensor::watching(instead(folder.path(), script), &[]);
        let why = sensor.says(Says::Unknown);
        assert!(matches!(why, Why::Failed(_)), "{script}: {why:?}");
    }
}

#[test]
fn a_tool_that_is_missing_is_named() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("pipewire-0"), "").unwrap();
    let sensor = Sensor::watching(source(folder.path(), "/nowhere/pw-dump"), &[]);
    let Why::Failed(why) = sensor.says(Says::Unknown) else {
        panic!("there is no such tool");
    };
    assert!(why.contains("/nowhere/pw-dump is missing"), "{why}");
}

#[test]
fn behind_ten_thousand_changes_the_truth_comes_out() {
    let folder = TempDir::new().unwrap();
    let flood = "yes '[{\"id\":3,\"info\":null}]' | head -n 10000; cat shared; exec sleep 600";
    let sensor = Sensor::watching(instead(folder.path(), flood), &[]);
    assert_eq!(sensor.says(Says::No), Why::Told);
    assert_eq!(sensor.says(Says::Yes), named(&["Call"]));
}

#[test]
fn more_than_any_graph_has_is_not_believed() {
    let folder = TempDir::new().unwrap();
    let endless = "printf '[{\"id\":1,\"type\":\"'; exec cat /dev/zero | tr '\\0' x";
    let sensor = Sensor::watching(instead(folder.path(), endless), &[]);
    let Why::Failed(why) = sensor.says(Says::Unknown) else {
        panic!("nobody says that much");
    };
    assert!(why.contains("more than there can be"), "{why}");
}

#[test]
fn the_tool_ends_with_the_watching() {
    let folder = TempDir::new().unwrap();
    let sensor = Sensor::watching(instead(folder.path(), "cat shared; exec sleep 600"), &[]);
    assert_eq!(sensor.says(Says::Yes), named(&["Call"]));
    let pids = fs::read_to_string(folder.path().join("pids")).unwrap();
    let pid: u32 = pids.trim().parse().unwrap();
    assert!(process::runs(pid));

    drop(sensor);
    wait_until("the tool to be gone", || {
        (!process::runs(pid)).then_some(())
    });
}
