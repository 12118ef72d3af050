//! Panics of our own, in code that talks to the desktop.

use std::{
    env,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
};

use unhunch::desktop::{
    bus::Bus,
    child::{Child, Event, Program},
    fault,
    sense::{Says, Sense as _, Why, Word, on_bus::OnBus, on_thread::OnThread},
};

use super::Reports;
use crate::support::PrivateBus;

/// Tells this test binary, started once more, to panic.
const PANICS: &str = "UNHUNCH_TEST_PANICS";

fn failed(word: &Word) {
    assert_eq!(word.says, Says::Unknown);
    assert!(
        matches!(&word.why, Why::Failed(why) if why.contains("fault")),
        "{word:?}"
    );
}

#[test]
fn a_sensor_that_panics_cannot_tell_and_may_do_better_the_next_time() {
    let (post, words) = Reports::new();
    let again = AtomicBool::new(false);
    let mut sensor = OnThread::new("test", &post, move |_, report| {
        assert!(again.swap(true, Ordering::Relaxed), "on purpose");
        report.say(Word::known(true, "test", Why::Told));
        Ok(())
    });
    sensor.watch(true);
    failed(&words.next());

    sensor.watch(false);
    sensor.watch(true);
    assert_eq!(words.next().says, Says::Yes);
}

#[test]
fn a_sensor_on_the_bus_that_panics_leaves_the_bus_to_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    let ours = Bus::start(Some(bus.address().to_owned())).unwrap();
    let (post, words) = Reports::new();
    let mut faulty = OnBus::new(&ours, |_, _| panic!("on purpose"), &post);
    let (post, others) = Reports::new();
    let tells =
        |_, post: unhunch::desktop::inbox::Post<Word>| -> unhunch::desktop::bus::Work<'static> {
            post(Word::known(true, "test", Why::Told));
            Box::pin(std::future::pending())
        };
    let mut fine = OnBus::new(&ours, tells, &post);

    faulty.watch(true);
    failed(&words.next());

    fine.watch(true);
    assert_eq!(others.next().says, Says::Yes);
}

#[test]
fn a_job_on_the_bus_that_panics_is_over_and_the_next_one_runs() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("unix:path={}/nobody", folder.path().display());
    let bus = Bus::start(Some(nowhere)).unwrap();
    bus.run(|_| -> std::future::Ready<()> { panic!("on purpose") });
    bus.run(|_| async { panic!("on purpose") });
    let answer = bus.ask(super::PATIENCE, |_| async { 7 });
    assert_eq!(answer, Some(7));
}

#[test]
fn a_window_whose_words_make_us_panic_is_ended_and_said_to_have() {
    let (sender, events) = mpsc::channel();
    let post = Arc::new(move |event: Event| {
        assert!(!matches!(event, Event::Line(_)), "on purpose");
        sender.send(event).unwrap();
    });
    let program = Program {
        path: "/bin/sh".into(),
        arguments: vec!["-c".into(), "echo hello; read forever".into()],
    };
    let _child = Child::start(&program, None, post).unwrap();
    let ended = events.recv_timeout(super::PATIENCE).unwrap();
    assert!(
        matches!(ended, Event::Ended { success: false, .. }),
        "{ended:?}"
    );
}

#[test]
fn every_panic_is_told_wherever_it_happens() {
    let output = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "desktop::fault::panics",
            "--ignored",
            "--nocapture",
        ])
        .env(PANICS, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("told: on purpose, 7 at tests/it/desktop/fault.rs:"),
        "{output:?}"
    );
}

/// The other half of the test above, in a process of its own: what hears of panics is one for the
/// whole process.
#[test]
#[ignore = "panics on purpose; started by the test above"]
fn panics() {
    if env::var_os(PANICS).is_none() {
        return;
    }
    let (post, told) = Reports::new();
    fault::tell(post);
    let panics = thread::spawn(|| fault::caught(|| panic!("on purpose, {}", 7)));
    assert_eq!(panics.join().unwrap(), None::<()>);
    let fault = told.next();
    println!("told: {} at {}", fault.what, fault.place);
}
