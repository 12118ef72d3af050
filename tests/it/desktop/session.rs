//! Sleep and lock, from services that behave as their manuals say.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use unhunch::desktop::{
    bus::Bus,
    session::{self, Event},
};
use zbus::{Connection, OwnedObjectPath, Variant, block_on, connection, fdo, interface};

use super::Reports;
use crate::support::PrivateBus;

pub const LOGIND: &str = "org.freedesktop.login1";
pub const PATH: &str = "/org/freedesktop/login1";
pub const SESSION: &str = "/org/freedesktop/login1/session/_32";
pub const USER: &str = "/org/freedesktop/login1/user/_1000";

/// Two buses, as a desktop has them, and what the sensor says.
struct Desk {
    session_bus: PrivateBus,
    system_bus: PrivateBus,
    folders: [tempfile::TempDir; 2],
}

impl Desk {
    fn new() -> Self {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        Self {
            session_bus: PrivateBus::start(folders[0].path()),
            system_bus: PrivateBus::start(folders[1].path()),
            folders,
        }
    }

    fn listen(&self) -> (Bus, Reports<Event>) {
        let (post, reports) = Reports::new();
        let bus = Bus::start(Some(self.session_bus.address().to_owned())).unwrap();
        session::listen(&bus, Some(self.system_bus.address().to_owned()), post);
        (bus, reports)
    }

    fn logind(&self, ours: bool, locked: bool) -> Logind {
        let locked = Arc::new(AtomicBool::new(locked));
        let service = connection::Builder::address(self.system_bus.address())
            .serve_at(PATH, Manager { ours })
            .serve_at(SESSION, Session(Arc::clone(&locked)))
            .serve_at(USER, User)
            .name(LOGIND);
        Logind {
            connection: block_on(service.build()).unwrap(),
            locked,
        }
    }
}

struct Logind {
    connection: Connection,
    locked: Arc<AtomicBool>,
}

impl Logind {
    fn prepare_for_sleep(&self, begins: bool) {
        let manager = "org.freedesktop.login1.Manager";
        let name = "PrepareForSleep";
        block_on((self.connection).emit_signal(None::<&str>, PATH, manager, name, &begins))
            .unwrap();
    }

    fn lock(&self, locked: bool) {
        self.locked.store(locked, Ordering::SeqCst);
        let changed = std::collections::HashMap::from([("LockedHint", Variant::from(locked))]);
        let body = (
            "org.freedesktop.login1.Session",
            changed,
            Vec::<&str>::new(),
        );
        let properties = "org.freedesktop.DBus.Properties";
        let name = "PropertiesChanged";
        block_on((self.connection).emit_signal(None::<&str>, SESSION, properties, name, &body))
            .unwrap();
    }
}

/// Knows our session, or does not, as with a service of the user.
pub struct Manager {
    pub ours: bool,
}

#[interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    #[zbus(name = "GetSessionByPID")]
    fn get_session_by_pid(&self, _pid: u32) -> fdo::Result<OwnedObjectPath> {
        if self.ours {
            Ok(OwnedObjectPath::try_from(SESSION).unwrap())
        } else {
            Err(fdo::Error::Failed(
                "this process is in no session".to_owned(),
            ))
        }
    }

    fn get_user(&self, _uid: u32) -> OwnedObjectPath {
        OwnedObjectPath::try_from(USER).unwrap()
    }
}

struct Session(Arc<AtomicBool>);

#[interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(property)]
    fn locked_hint(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

pub struct User;

#[interface(name = "org.freedesktop.login1.User")]
impl User {
    #[zbus(property)]
    fn display(&self) -> (String, OwnedObjectPath) {
        ("2".to_owned(), OwnedObjectPath::try_from(SESSION).unwrap())
    }
}

/// A screen saver, active or not.
struct ScreenSaver(bool);

#[interface(name = "org.gnome.ScreenSaver")]
impl ScreenSaver {
    fn get_active(&self) -> bool {
        self.0
    }
}

fn gnome(desk: &Desk, active: bool) -> Connection {
    let service = connection::Builder::address(desk.session_bus.address())
        .serve_at("/org/gnome/ScreenSaver", ScreenSaver(active))
        .name("org.gnome.ScreenSaver");
    block_on(service.build()).unwrap()
}

fn active_changed(connection: &Connection, service: &str, path: &str, active: bool) {
    let name = "ActiveChanged";
    block_on(connection.emit_signal(None::<&str>, path, service, name, &active)).unwrap();
}

#[test]
fn the_machine_goes_to_sleep_and_wakes_up() {
    let desk = Desk::new();
    let logind = desk.logind(true, true);
    let (_bus, reports) = desk.listen();
    // The word about the lock says that it listens.
    assert_eq!(reports.next(), Event::Locked(true));

    logind.prepare_for_sleep(true);
    assert_eq!(reports.next(), Event::Sleeps);
    logind.prepare_for_sleep(false);
    assert_eq!(reports.next(), Event::Wakes);
    logind.lock(false);
    assert_eq!(reports.next(), Event::Locked(false));
    logind.lock(true);
    assert_eq!(reports.next(), Event::Locked(true));
}

#[test]
fn a_service_of_the_user_shares_the_session_that_the_user_looks_at() {
    let desk = Desk::new();
    let logind = desk.logind(false, true);
    let (_bus, reports) = desk.listen();
    assert_eq!(reports.next(), Event::Locked(true));
    logind.lock(false);
    assert_eq!(reports.next(), Event::Locked(false));
}

#[test]
fn the_screen_is_locked_as_long_as_anybody_says_so() {
    let desk = Desk::new();
    let services = gnome(&desk, true);
    let (_bus, reports) = desk.listen();
    // It has asked, so it listens.
    assert_eq!(reports.next(), Event::Locked(true));

    let (kde, gnome) = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver");
    active_changed(&services, kde, "/ScreenSaver", true);
    active_changed(&services, gnome, "/org/gnome/ScreenSaver", false);
    active_changed(&services, kde, "/ScreenSaver", false);
    assert_eq!(reports.next(), Event::Locked(false));
    active_changed(&services, gnome, "/org/gnome/ScreenSaver", true);
    assert_eq!(reports.next(), Event::Locked(true));
}

#[test]
fn a_screen_saver_that_is_gone_locks_nothing() {
    let desk = Desk::new();
    let gnome = gnome(&desk, true);
    let (_bus, reports) = desk.listen();
    assert_eq!(reports.next(), Event::Locked(true));
    drop(gnome);
    assert_eq!(reports.next(), Event::Locked(false));
}

#[test]
fn without_a_system_bus_the_screen_savers_are_heard() {
    let desk = Desk::new();
    let Desk {
        session_bus,
        system_bus,
        folders,
    } = desk;
    let address = system_bus.address().to_owned();
    drop(system_bus);
    let (post, reports) = Reports::new();
    let bus = Bus::start(Some(session_bus.address().to_owned())).unwrap();
    session::listen(&bus, Some(address), post);
    let desk = Desk {
        system_bus: PrivateBus::start(folders[1].path()),
        session_bus,
        folders,
    };
    let _gnome = gnome(&desk, false);
    let gnome = desk.session_bus.connect();
    // Whenever it begins to listen, the next change is heard.
    let heard = std::iter::from_fn(|| {
        let (service, path) = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver");
        active_changed(&gnome, service, path, true);
        Some(reports.so_far())
    });
    let heard = heard.flatten().next();
    assert_eq!(heard, Some(Event::Locked(true)));
}
