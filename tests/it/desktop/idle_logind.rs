//! Idle time from logind, the last resort.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use tempfile::TempDir;
use unhunch::{
    core::schedule::Sensor,
    desktop::{
        bus::Bus,
        clock,
        idle::{self, Choice, IdleSource, Places, Source, WhyNot},
    },
};
use zbus::{Connection, Variant, block_on, connection, interface};

use super::{
    Reports,
    idle_mutter::Mutter,
    session::{LOGIND, Manager, PATH, SESSION, USER, User},
};
use crate::support::PrivateBus;

const SECOND: Duration = Duration::from_secs(1);

/// Both buses, and a source that finds nothing better there than logind.
struct Desk {
    session_bus: PrivateBus,
    system_bus: PrivateBus,
    _folders: [TempDir; 2],
}

impl Desk {
    fn new() -> Self {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        Self {
            session_bus: PrivateBus::start(folders[0].path()),
            system_bus: PrivateBus::start(folders[1].path()),
            _folders: folders,
        }
    }

    fn listen(&self) -> (Box<dyn IdleSource>, Reports<Sensor>, Reports<Choice>) {
        let (post, reports) = Reports::new();
        let (tell, choices) = Reports::new();
        let places = Places {
            display: None,
            wayland: None,
            bus: Bus::start(Some(self.session_bus.address().to_owned())).unwrap(),
            system_bus: Some(self.system_bus.address().to_owned()),
        };
        (idle::detect_in(places, post, tell), reports, choices)
    }

    fn logind(&self, session: Session) -> Logind {
        let hints = Arc::clone(&session.hints);
        let service = connection::Builder::address(self.system_bus.address())
            .serve_at(PATH, Manager { ours: true })
            .serve_at(SESSION, session)
            .serve_at(USER, User)
            .name(LOGIND);
        Logind {
            connection: block_on(service.build()).unwrap(),
            hints,
        }
    }
}

struct Logind {
    connection: Connection,
    hints: Arc<Mutex<Hints>>,
}

#[derive(Clone, Copy, Default)]
struct Hints {
    idle: bool,
    /// When it was set, in microseconds of the clock that stands still in sleep; 0: never.
    since: u64,
}

struct Session {
    kind: &'static str,
    hints: Arc<Mutex<Hints>>,
}

impl Session {
    fn of(kind: &'static str, hints: Hints) -> Self {
        let hints = Arc::new(Mutex::new(hints));
        Self { kind, hints }
    }
}

#[interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(property, name = "Type")]
    fn kind(&self) -> &str {
        self.kind
    }

    #[zbus(property)]
    fn idle_hint(&self) -> bool {
        self.hints.lock().unwrap().idle
    }

    #[zbus(property)]
    fn idle_since_hint_monotonic(&self) -> u64 {
        self.hints.lock().unwrap().since
    }
}

impl Logind {
    /// The desktop sets the hint.
    fn set(&self, idle: bool) {
        let since = micros(clock::awake());
        *self.hints.lock().unwrap() = Hints { idle, since };
        let changed = BTreeMap::from([
            ("IdleHint", Variant::from(idle)),
            ("IdleSinceHintMonotonic", Variant::from(since)),
        ]);
        let interface = "org.freedesktop.login1.Session";
        let body = (interface, changed, Vec::<&str>::new());
        let properties = "org.freedesktop.DBus.Properties";
        let name = "PropertiesChanged";
        block_on((self.connection).emit_signal(None::<&str>, SESSION, properties, name, &body))
            .unwrap();
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap()
}

#[test]
fn a_hint_that_was_set_before_is_trusted() {
    let desk = Desk::new();
    let five_seconds_ago = Hints {
        idle: true,
        since: micros(clock::awake() - 5 * SECOND),
    };
    let logind = desk.logind(Session::of("wayland", five_seconds_ago));
    let (mut idle, reports, choices) = desk.listen();
    let choice = choices.next();
    assert_eq!(choice.by, Some(Source::Logind));
    assert_eq!(choice.why_not.len(), 5, "{choice:?}");
    match reports.next() {
        Sensor::IdleFor(told) => assert!(told >= 5 * SECOND, "{told:?}"),
        other => panic!("{other:?} instead of idleness"),
    }
    // A longer threshold comes by the clock.
    idle.set_threshold(6 * SECOND);
    match reports.next() {
        Sensor::IdleFor(told) => assert!(told >= 6 * SECOND, "{told:?}"),
        other => panic!("{other:?} instead of idleness"),
    }
    logind.set(false);
    assert_eq!(reports.next(), Sensor::Active);
    idle.refresh();
    assert_eq!(reports.next(), Sensor::Active);
}

#[test]
fn a_hint_that_nobody_ever_set_is_not_trusted_until_somebody_does() {
    let desk = Desk::new();
    let logind = desk.logind(Session::of("x11", Hints::default()));
    let (_idle, reports, choices) = desk.listen();
    assert_eq!(reports.next(), Sensor::Unknown);
    let choice = choices.next();
    assert_eq!(choice.by, None);
    let never = (Source::Logind, WhyNot::NeverTold);
    assert!(choice.why_not.contains(&never), "{choice:?}");

    logind.set(true);
    assert!(matches!(reports.next(), Sensor::IdleFor(_)));
    assert_eq!(choices.next().by, Some(Source::Logind));
    logind.set(false);
    assert_eq!(reports.next(), Sensor::Active);
}

#[test]
fn what_logind_makes_of_a_terminal_is_not_trusted() {
    let desk = Desk::new();
    let idle_for_days = Hints {
        idle: true,
        since: 1,
    };
    let _logind = desk.logind(Session::of("tty", idle_for_days));
    let (_idle, reports, choices) = desk.listen();
    assert_eq!(reports.next(), Sensor::Unknown);
    assert_eq!(choices.next().by, None);
}

#[test]
fn a_logind_that_starts_again_is_found_again() {
    let desk = Desk::new();
    let before = Hints {
        idle: false,
        since: 1,
    };
    let logind = desk.logind(Session::of("wayland", before));
    let (_idle, reports, choices) = desk.listen();
    assert_eq!(choices.next().by, Some(Source::Logind));
    assert_eq!(reports.next(), Sensor::Active);
    drop(logind);
    assert_eq!(reports.next(), Sensor::Unknown);
    assert_eq!(choices.next().by, None);

    let logind = desk.logind(Session::of("wayland", before));
    assert_eq!(choices.next().by, Some(Source::Logind));
    assert_eq!(reports.next(), Sensor::Active);
    logind.set(true);
    assert!(matches!(reports.next(), Sensor::IdleFor(_)));
}

#[test]
fn a_better_source_takes_over_when_it_appears() {
    let desk = Desk::new();
    let before = Hints {
        idle: false,
        since: 1,
    };
    let logind = desk.logind(Session::of("wayland", before));
    let (mut idle, reports, choices) = desk.listen();
    idle.set_threshold(20 * SECOND);
    assert_eq!(choices.next().by, Some(Source::Logind));
    assert_eq!(reports.next(), Sensor::Active);

    let mutter = Mutter::start(&desk.session_bus);
    assert_eq!(choices.next().by, Some(Source::Mutter));
    assert_eq!(reports.next(), Sensor::Active);
    logind.set(true);
    drop(mutter);
    // The word of the other bus may come before the better source goes, when it means nothing, or
    // after, when it follows what was known before.
    reports.next_where(|report| matches!(report, Sensor::IdleFor(_)).then_some(()));
    assert_eq!(choices.next().by, Some(Source::Logind));
}
