//! What a panic in the loop, or in what the loop calls, leaves of a run.

use std::{path::Path, time::Duration};

use super::{Daemon, Event, Incoming, faults::Broken, perform::clocks, start};
use crate::{
    config_file::Location,
    core::schedule::event::PauseUntil,
    desktop::{
        bus::Bus,
        child::Program,
        clock,
        fault::Fault,
        idle::IdleSource,
        inbox::Inbox,
        instance::{Claim, claim_file},
        notify::{Announcement, Notice, Notify, Question},
        signals::Signals,
    },
    store::saved,
};

/// A daemon in this folder, with no bus.
fn daemon(folder: &Path) -> Daemon {
    let Claim::Ours(lock) = claim_file(folder).unwrap() else {
        panic!("the folder is new");
    };
    let options = start::Options {
        config: Location {
            path: folder.join("config.toml"),
            chosen: false,
        },
        state_file: folder.join("state.json"),
        history_file: folder.join("history.db"),
        window: Program {
            path: "/nonexistent".into(),
            arguments: Vec::new(),
        },
    };
    let nowhere = format!("unix:path={}/nobody", folder.display());
    let bus = Bus::start(Some(nowhere)).unwrap();
    let inbox: Inbox<Incoming> = Inbox::new().unwrap();
    start::begin(options, Signals::listen().unwrap(), inbox, bus, lock).unwrap()
}

#[test]
fn after_a_panic_of_the_loop_the_last_good_state_is_on_the_disk_and_the_lock_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let mut daemon = daemon(folder.path());

    let ended = daemon.mind(|daemon| {
        // As a step does it, but with nothing saved yet when the next one panics.
        let pause = Event::Pause(PauseUntil::Resumed);
        let state = daemon.state.clone();
        (daemon.state, _) = state.step(&daemon.rules, pause, clock::now());
        panic!("on purpose");
    });

    assert_eq!(ended, Err(Broken));
    let now = clocks(clock::now());
    let (restored, notice) = saved::read(&folder.path().join("state.json"), &now);
    assert_eq!(notice, None);
    assert!(restored.unwrap().saved.pause.is_some());
    let next = claim_file(folder.path()).unwrap();
    assert!(matches!(next, Claim::Ours(_)), "{next:?}");
}

#[test]
fn a_loop_that_ends_well_is_not_broken() {
    let folder = tempfile::tempdir().unwrap();
    let mut daemon = daemon(folder.path());
    daemon.inbox.sender().send(Incoming::NameTaken);
    assert_eq!(daemon.run(), Ok(()));
}

/// An adapter of each kind that panics whatever it is asked.
struct Faulty;

impl IdleSource for Faulty {
    fn set_threshold(&mut self, _: Duration) {
        panic!("on purpose");
    }

    fn refresh(&mut self) {
        panic!("on purpose");
    }
}

impl Notify for Faulty {
    fn announce(&mut self, _: Announcement) {
        panic!("on purpose");
    }

    fn withdraw(&mut self, _: u64) {
        panic!("on purpose");
    }

    fn notice(&mut self, _: Notice) {
        panic!("on purpose");
    }

    fn ask(&mut self, _: Question) {
        panic!("on purpose");
    }
}

#[test]
fn adapters_that_panic_cost_their_feature_and_not_the_loop() {
    let folder = tempfile::tempdir().unwrap();
    let settings = "[[reminder]]\nid = \"eyes\"\nevery = \"10s\"\nmessage = \"Look up\"\n\
                    length = \"20s\"\n";
    std::fs::write(folder.path().join("config.toml"), settings).unwrap();
    let mut daemon = daemon(folder.path());
    daemon.idle = Box::new(Faulty);
    daemon.notify = Box::new(Faulty);
    daemon.watched = None;

    let ended = daemon.mind(|daemon| {
        daemon.settle(clock::now());
        let mut now = clock::now();
        for _ in 0..60 {
            now.boot += Duration::from_secs(10);
            now.awake += Duration::from_secs(10);
            daemon.step(Event::Tick, now);
        }
    });

    assert_eq!(ended, Ok(()));
    assert!(daemon.prompt.is_some(), "a break was announced or opened");
}

#[test]
fn faults_are_counted_by_their_place_and_shown_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut daemon = daemon(folder.path());
    let fault = |place: &str| Fault {
        what: "on purpose".to_owned(),
        place: place.to_owned(),
    };
    for place in ["src/a.rs:1", "src/b.rs:2", "src/a.rs:1"] {
        daemon.report_fault(&fault(place));
    }
    let lines: Vec<String> = daemon.faults.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("2 times"), "{lines:?}");
    assert!(
        lines[1].contains("once: on purpose (src/b.rs:2)"),
        "{lines:?}"
    );
}
