//! What the page "When to hold back" is told on a real bus, with a real notification server and a
//! screen saver that locks.

use std::{
    sync::{Arc, mpsc},
    time::Duration,
};

use unhunch::{
    cli::settings::lookout::Lookout,
    core::config::{App, Config, Hold, Hours},
    gui::settings::hold::{Ask, Live, News, Subject},
};
use zbus::{Connection, block_on, connection, interface};

use crate::support::{Dunst, PrivateBus, VirtualDisplay};

/// How long anything may take: far longer than it ever takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A bus with a notification server, and the lookout on it.
struct Desk {
    lookout: Lookout,
    news: mpsc::Receiver<News>,
    dunst: Dunst,
    bus: PrivateBus,
    _display: VirtualDisplay,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bus = PrivateBus::start(folder.path());
        let display = VirtualDisplay::start(folder.path());
        let dunst = Dunst::start(folder.path(), &bus, &display);
        let (sender, news) = mpsc::channel();
        let tell = Arc::new(move |news| drop(sender.send(news)));
        Self {
            lookout: Lookout::on(Some(bus.address().to_owned()), tell),
            news,
            dunst,
            bus,
            _display: display,
            _folder: folder,
        }
    }

    fn watch(&mut self, hold: Hold, hours: Option<Hours>) {
        let watch = Ask::Watch(Box::new((hold, hours)));
        self.lookout.do_it(watch).unwrap();
    }

    /// The next word on this that is so.
    fn wait_for(&self, subject: Subject, meant: impl Fn(&Live) -> bool) -> Live {
        loop {
            match self.news.recv_timeout(PATIENCE) {
                Ok(News::Live(about, live)) if about == subject && meant(&live) => return live,
                Ok(_) => {}
                Err(error) => panic!("{subject:?} was not told of: {error}"),
            }
        }
    }
}

/// A screen saver.
struct ScreenSaver;

#[interface(name = "org.gnome.ScreenSaver")]
impl ScreenSaver {
    fn get_active(&self) -> bool {
        false
    }
}

const SAVER: &str = "org.gnome.ScreenSaver";
const SAVER_PATH: &str = "/org/gnome/ScreenSaver";

fn screen_saver(bus: &PrivateBus) -> Connection {
    let service = connection::Builder::address(bus.address())
        .serve_at(SAVER_PATH, ScreenSaver)
        .name(SAVER);
    block_on(service.build()).unwrap()
}

fn lock(saver: &Connection, locked: bool) {
    block_on(saver.emit_signal(None::<&str>, SAVER_PATH, SAVER, "ActiveChanged", &locked)).unwrap();
}

#[test]
fn do_not_disturb_is_told_as_it_is_switched() {
    let mut desk = Desk::new();
    desk.watch(Hold::default(), None);
    let off = desk.wait_for(Subject::Quiet, |live| live.so == Some(false));
    assert_eq!(off.said, "do-not-disturb is off (dunst)");
    desk.dunst.pause(true);
    let on = desk.wait_for(Subject::Quiet, |live| live.so == Some(true));
    assert_eq!(on.said, "do-not-disturb is on (dunst)");
    // Hours, minutes and seconds.
    assert_eq!(on.at.len(), 8, "{}", on.at);
    desk.dunst.pause(false);
    desk.wait_for(Subject::Quiet, |live| live.so == Some(false));
}

#[test]
fn the_lock_is_told_with_who_knows_of_it() {
    let mut desk = Desk::new();
    let saver = screen_saver(&desk.bus);
    desk.watch(Hold::default(), None);
    let open = desk.wait_for(Subject::Locked, |live| live.so == Some(false));
    assert!(open.said.contains(SAVER), "{}", open.said);
    lock(&saver, true);
    desk.wait_for(Subject::Locked, |live| live.so == Some(true));
    lock(&saver, false);
    desk.wait_for(Subject::Locked, |live| live.so == Some(false));
}

#[test]
fn a_program_on_the_list_is_told_as_the_list_changes() {
    let mut desk = Desk::new();
    desk.watch(Hold::default(), None);
    desk.wait_for(Subject::Apps, |live| live.so == Some(false));
    // dunst runs.
    let hold = Hold {
        apps: vec![App {
            name: "dunst".to_owned(),
            in_front: false,
        }],
        ..Hold::default()
    };
    desk.watch(hold, None);
    let live = desk.wait_for(Subject::Apps, |live| live.so == Some(true));
    assert_eq!(live.programs, ["dunst"]);
}

#[test]
fn working_hours_are_told_by_the_clock() {
    let mut desk = Desk::new();
    desk.watch(Hold::default(), None);
    let none = desk.wait_for(Subject::Hours, |_| true);
    assert_eq!(
        (none.so, none.said.contains("no working hours")),
        (Some(false), true)
    );
    // A week without any is outside of them at any time.
    desk.watch(Hold::default(), Some(Hours::default()));
    desk.wait_for(Subject::Hours, |live| live.so == Some(true));
}

#[test]
fn at_rest_nothing_is_told() {
    let mut desk = Desk::new();
    desk.watch(Hold::default(), None);
    desk.wait_for(Subject::Quiet, |live| live.so == Some(false));
    desk.lookout.do_it(Ask::Rest).unwrap();
    while desk.news.try_recv().is_ok() {}
    desk.dunst.pause(true);
    // Another watch is told anew, and what comes first is from it.
    desk.watch(Config::default().hold, None);
    let first = desk.wait_for(Subject::Quiet, |_| true);
    assert_eq!(first.so, Some(true));
}
