//! Who keeps the screen awake, from services that behave as their sources say.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use unhunch::desktop::{
    bus::Bus,
    inhibitors,
    sense::{Says, Sense, Why, Word},
};
use zbus::{Connection, OwnedObjectPath, Variant, block_on, connection, interface};

use super::{PATIENCE, Reports};
use crate::support::PrivateBus;

/// Two buses, the sensor on them, and what it says.
struct Desk {
    session_bus: PrivateBus,
    system_bus: PrivateBus,
    _folders: [tempfile::TempDir; 2],
    sensor: Box<dyn Sense>,
    words: Reports<Word>,
}

impl Desk {
    fn new() -> Self {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [session_bus, system_bus] =
            [&folders[0], &folders[1]].map(|at| PrivateBus::start(at.path()));
        let (post, words) = Reports::new();
        let bus = Bus::start(Some(session_bus.address().to_owned())).unwrap();
        let connected = bus.ask(PATIENCE, |connection| async move { connection.is_some() });
        assert_eq!(connected, Some(true));
        let system = Some(system_bus.address().to_owned());
        Self {
            sensor: inhibitors::sensor(&bus, system, &post),
            session_bus,
            system_bus,
            _folders: folders,
            words,
        }
    }

    #[track_caller]
    fn says(&self, says: Says, by: &str) -> Word {
        let word = self.words.next();
        assert_eq!((word.says, word.by.as_str()), (says, by), "{word:?}");
        word
    }

    #[track_caller]
    fn says_awake(&self, by: &str, who: &str) {
        let word = self.says(Says::Yes, by);
        assert_eq!(word.why, Why::Programs(vec![who.to_owned()]));
    }
}

/// The session manager of GNOME, with those who have told it something.
pub struct Gnome {
    connection: Connection,
    all: Arc<Mutex<Vec<(OwnedObjectPath, u32)>>>,
}

const GNOME: &str = "org.gnome.SessionManager";
const GNOME_PATH: &str = "/org/gnome/SessionManager";

struct GnomeManager(Arc<Mutex<Vec<(OwnedObjectPath, u32)>>>);

#[interface(name = "org.gnome.SessionManager")]
impl GnomeManager {
    #[zbus(property)]
    fn inhibited_actions(&self) -> u32 {
        let all = self.0.lock().unwrap();
        all.iter().fold(0, |actions, (_, flags)| actions | flags)
    }

    fn get_inhibitors(&self) -> Vec<OwnedObjectPath> {
        let all = self.0.lock().unwrap();
        all.iter().map(|(path, _)| path.clone()).collect()
    }
}

struct GnomeInhibitor {
    who: &'static str,
    why: &'static str,
    flags: u32,
}

#[interface(name = "org.gnome.SessionManager.Inhibitor")]
impl GnomeInhibitor {
    fn get_app_id(&self) -> &str {
        self.who
    }

    fn get_reason(&self) -> &str {
        self.why
    }

    fn get_flags(&self) -> u32 {
        self.flags
    }
}

impl Gnome {
    pub fn start(bus: &PrivateBus) -> Self {
        let all = Arc::default();
        let service = connection::Builder::address(bus.address())
            .serve_at(GNOME_PATH, GnomeManager(Arc::clone(&all)))
            .name(GNOME);
        Self {
            connection: block_on(service.build()).unwrap(),
            all,
        }
    }

    pub fn add(&self, number: u32, who: &'static str, why: &'static str, flags: u32) {
        let path = format!("{GNOME_PATH}/Inhibitor{number}");
        let inhibitor = GnomeInhibitor { who, why, flags };
        block_on(self.connection.object_server().at(path.as_str(), inhibitor)).unwrap();
        let path = OwnedObjectPath::try_from(path).unwrap();
        self.all.lock().unwrap().push((path.clone(), flags));
        self.tell("InhibitorAdded", &path);
    }

    pub fn remove(&self, number: u32) {
        let path = OwnedObjectPath::try_from(format!("{GNOME_PATH}/Inhibitor{number}")).unwrap();
        self.all.lock().unwrap().retain(|(other, _)| *other != path);
        let server = self.connection.object_server();
        block_on(server.remove::<GnomeInhibitor, _>(path.as_str())).unwrap();
        self.tell("InhibitorRemoved", &path);
    }

    fn tell(&self, what: &str, path: &OwnedObjectPath) {
        block_on((self.connection).emit_signal(None::<&str>, GNOME_PATH, GNOME, what, path))
            .unwrap();
    }
}

#[test]
fn gnome_knows_who_keeps_the_screen_awake() {
    let mut desk = Desk::new();
    let gnome = Gnome::start(&desk.session_bus);
    desk.sensor.watch(true);
    desk.says(Says::No, "GNOME");

    gnome.add(1, "org.mozilla.firefox", "video-playing", 8);
    desk.says_awake("GNOME", "org.mozilla.firefox");
    gnome.remove(1);
    desk.says(Says::No, "GNOME");
    // Who only must not be logged out, or keeps the machine awake and not the screen, is no film.
    gnome.add(2, "org.gnome.TextEditor", "Unsaved documents", 1);
    gnome.add(3, "org.gnome.Builder", "Building", 4);
    // Nor are those who say so themselves.
    gnome.add(4, "com.transmissionbt.Transmission", "Downloading", 12);
    gnome.add(5, "org.mozilla.firefox", "audio-playing", 8);
    gnome.add(6, "mpv", "Playing video", 12);
    desk.says_awake("GNOME", "mpv");
    gnome.remove(6);
    desk.says(Says::No, "GNOME");
}

#[test]
fn a_session_manager_may_come_late_and_go() {
    let mut desk = Desk::new();
    desk.sensor.watch(true);
    let word = desk.says(Says::Unknown, "");
    assert_eq!(word.why, Why::NobodyToAsk);

    let gnome = Gnome::start(&desk.session_bus);
    desk.says(Says::No, "GNOME");
    gnome.add(1, "mpv", "Playing video", 8);
    desk.says_awake("GNOME", "mpv");
    drop(gnome);
    desk.says(Says::Unknown, "");
    let again = Gnome::start(&desk.session_bus);
    desk.says(Says::No, "GNOME");

    desk.sensor.watch(false);
    again.add(1, "mpv", "Playing video", 8);
    desk.sensor.watch(true);
    // Whatever it might have said while it rested would come before this.
    desk.says_awake("GNOME", "mpv");
}

const PLASMA: &str = "org.kde.Solid.PowerManagement.PolicyAgent";
const PLASMA_PATH: &str = "/org/kde/Solid/PowerManagement/PolicyAgent";

/// Who keeps something up, why, and what.
type Kept = (&'static str, &'static str, u32);

/// The policy agent of Plasma.
#[derive(Clone, Default)]
struct Plasma(Arc<Mutex<Vec<Kept>>>);

#[interface(name = "org.kde.Solid.PowerManagement.PolicyAgent")]
impl Plasma {
    fn has_inhibition(&self, types: u32) -> bool {
        let all = self.0.lock().unwrap();
        all.iter().any(|(_, _, kept)| kept & types != 0)
    }

    fn list_inhibitions(&self) -> Vec<(String, String)> {
        let all = self.0.lock().unwrap();
        let all = all.iter();
        all.map(|(who, why, _)| ((*who).to_owned(), (*why).to_owned()))
            .collect()
    }
}

#[test]
fn plasma_knows_who_keeps_the_screen_as_it_is() {
    let mut desk = Desk::new();
    let plasma = Plasma::default();
    let service = connection::Builder::address(desk.session_bus.address())
        .serve_at(PLASMA_PATH, plasma.clone())
        .name(PLASMA);
    let connection = block_on(service.build()).unwrap();
    let changed = || {
        let body = (vec![("", "")], Vec::<&str>::new());
        let name = "InhibitionsChanged";
        block_on(connection.emit_signal(None::<&str>, PLASMA_PATH, PLASMA, name, &body)).unwrap();
    };
    desk.sensor.watch(true);
    desk.says(Says::No, "Plasma");

    plasma.0.lock().unwrap().push(("mpv", "Playing video", 5));
    changed();
    desk.says_awake("Plasma", "mpv");
    *plasma.0.lock().unwrap() = vec![("ark", "Extracting", 1)];
    changed();
    desk.says(Says::No, "Plasma");
}

const LOGIND: &str = "org.freedesktop.login1";
const LOGIND_PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";

type Listed = (String, String, String, String, u32, u32);

/// logind, with its list.
#[derive(Clone, Default)]
struct Logind(Arc<Mutex<Vec<Listed>>>);

#[interface(name = "org.freedesktop.login1.Manager")]
impl Logind {
    #[zbus(property(emits_changed_signal = "false"))]
    fn block_inhibited(&self) -> String {
        let all = self.0.lock().unwrap();
        let blocked = all.iter().filter(|listed| listed.3 == "block");
        let blocked: Vec<_> = blocked.map(|listed| listed.0.clone()).collect();
        blocked.join(":")
    }

    fn list_inhibitors(&self) -> Vec<Listed> {
        self.0.lock().unwrap().clone()
    }
}

fn listed(what: &str, who: &str, mode: &str, uid: u32) -> Listed {
    let why = "as it likes".to_owned();
    (
        what.to_owned(),
        who.to_owned(),
        why,
        mode.to_owned(),
        uid,
        77,
    )
}

#[test]
fn logind_knows_those_who_ask_it_directly() {
    let mut desk = Desk::new();
    let logind = Logind::default();
    let service = connection::Builder::address(desk.system_bus.address())
        .serve_at(LOGIND_PATH, logind.clone())
        .name(LOGIND);
    let connection = block_on(service.build()).unwrap();
    let set = |all: Vec<Listed>| {
        *logind.0.lock().unwrap() = all;
        let changed = HashMap::from([("BlockInhibited", Variant::from("…"))]);
        let body = (MANAGER, changed, Vec::<&str>::new());
        let (properties, name) = ("org.freedesktop.DBus.Properties", "PropertiesChanged");
        block_on(connection.emit_signal(None::<&str>, LOGIND_PATH, properties, name, &body))
            .unwrap();
    };
    desk.sensor.watch(true);
    desk.says(Says::No, "logind");

    let us = rustix::process::getuid().as_raw();
    set(vec![listed("idle:sleep", "vlc", "block", us)]);
    desk.says_awake("logind", "vlc");
    set(vec![
        listed("sleep:handle-lid-switch", "UPower", "block", us),
        listed("idle", "somebody else's film", "block", us + 1),
        listed("idle", "one that only delays", "delay", us),
    ]);
    desk.says(Says::No, "logind");
}

/// A session manager that takes every question and answers none.
#[derive(Default)]
struct Stuck(Arc<AtomicBool>);

#[interface(name = "org.gnome.SessionManager")]
impl Stuck {
    #[zbus(property)]
    async fn inhibited_actions(&self) -> u32 {
        while self.0.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        0
    }
}

#[test]
fn one_that_does_not_answer_is_waited_for_a_while_and_asked_again() {
    let mut desk = Desk::new();
    let stuck = Arc::new(AtomicBool::new(true));
    let service = connection::Builder::address(desk.session_bus.address())
        .serve_at(GNOME_PATH, Stuck(Arc::clone(&stuck)))
        .name(GNOME);
    let connection = block_on(service.build()).unwrap();
    desk.sensor.watch(true);
    let word = desk.says(Says::Unknown, "GNOME");
    assert_eq!(word.why, Why::Silent);

    stuck.store(false, Ordering::SeqCst);
    let path = OwnedObjectPath::try_from("/gone").unwrap();
    block_on(connection.emit_signal(None::<&str>, GNOME_PATH, GNOME, "InhibitorRemoved", &path))
        .unwrap();
    desk.says(Says::No, "GNOME");
}

#[test]
fn ten_thousand_inhibitors_that_come_and_go_are_looked_at_a_few_times() {
    let mut desk = Desk::new();
    let gnome = Gnome::start(&desk.session_bus);
    desk.sensor.watch(true);
    desk.says(Says::No, "GNOME");
    let path = OwnedObjectPath::try_from("/gone").unwrap();
    for number in 0..10_000 {
        let flags = if number % 2 == 0 { 8 } else { 0 };
        *gnome.all.lock().unwrap() = vec![(path.clone(), flags)];
        gnome.tell("InhibitorAdded", &path);
    }
    *gnome.all.lock().unwrap() = Vec::new();
    gnome.add(1, "mpv", "Playing video", 8);
    let mut words = 0;
    while desk.words.next().says != Says::Yes {
        words += 1;
    }
    assert!(words < 500, "{words} words");
}
