//! Plain notices. The library that shows them finds its bus in the environment, so the program
//! that shows one is this test once more, in a process of its own.

use std::{
    env,
    io::Read as _,
    process::{Command, Stdio},
};

use unhunch::{
    core::schedule::Notifier,
    desktop::{
        bus::Bus,
        notify::{self, Event, Notice},
    },
};

use super::{
    Reports,
    notification_server::{Manner, NotificationServer},
};
use crate::support::PrivateBus;

/// Set in the process that shows the notice.
const SHOWS: &str = "UNHUNCH_TEST_SHOWS_A_NOTICE";

#[test]
fn a_notice_has_no_buttons_and_reads_as_it_was_written() {
    if env::var_os(SHOWS).is_some() {
        return show();
    }
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    let server = NotificationServer::start(bus.address(), Manner::Takes);
    let this = "desktop::notices::a_notice_has_no_buttons_and_reads_as_it_was_written";
    let mut program = Command::new(env::current_exe().unwrap())
        .args(["--exact", this])
        .env(SHOWS, "1")
        .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();

    let shown = server.shown();

    assert_eq!(shown.title, "Done");
    assert_eq!(shown.body, "Shoulders &amp; neck");
    assert_eq!(shown.buttons, <[String; 0]>::default());
    let transient = format!("{:?}", shown.hints["transient"]);
    assert!(transient.contains("true"), "{transient}");
    // The end of its input tells it that everything has been looked at.
    drop(program.stdin.take());
    assert!(program.wait().unwrap().success());
}

fn show() {
    let (post, events) = Reports::new();
    let bus = Bus::start(None).unwrap();
    let mut notify = notify::detect(&bus, post);
    assert_eq!(events.next(), Event::Server(Notifier::Ok));
    notify.notice(Notice {
        title: "Done".to_owned(),
        body: "Shoulders & neck".to_owned(),
        transient: true,
    });
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}
