//! Idle time from Mutter, as its sources have it, in a time that is the test's.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use tempfile::TempDir;
use unhunch::{
    core::schedule::Sensor,
    desktop::{
        bus::Bus,
        idle::{self, Choice, IdleSource, Places, Source, WhyNot},
    },
};
use zbus::{Connection, Variant, block_on, connection, interface, message::Header};

use super::Reports;
use crate::support::{PrivateBus, wait_until};

const SECOND: Duration = Duration::from_secs(1);
const NAME: &str = "org.gnome.Mutter.IdleMonitor";
const PATH: &str = "/org/gnome/Mutter/IdleMonitor/Core";
const SESSION: &str = "org.gnome.SessionManager";
const SESSION_PATH: &str = "/org/gnome/SessionManager";

/// Mutter, and the session manager beside it.
pub struct Mutter {
    connection: Connection,
    world: Arc<Mutex<World>>,
}

#[derive(Default)]
struct World {
    idle: Duration,
    watches: BTreeMap<u32, Watch>,
    last: u32,
    inhibited: bool,
    calls: usize,
}

struct Watch {
    /// Without one it is a watch for activity.
    interval: Option<Duration>,
    fired: bool,
    /// Who hears of it.
    owner: String,
}

impl World {
    fn add(&mut self, interval: Option<Duration>, owner: String) -> u32 {
        self.calls += 1;
        self.last += 1;
        let watch = Watch {
            interval,
            fired: false,
            owner,
        };
        self.watches.insert(self.last, watch);
        self.last
    }

    /// The watches that fire now, with whoever hears of them.
    fn firing(&mut self) -> Vec<(u32, String)> {
        let (idle, inhibited) = (self.idle, self.inhibited);
        let due = |watch: &Watch| {
            !watch.fired && !inhibited && watch.interval.is_some_and(|of| idle >= of)
        };
        let firing = self.watches.iter_mut().filter(|(_, watch)| due(watch));
        firing
            .map(|(id, watch)| {
                watch.fired = true;
                (*id, watch.owner.clone())
            })
            .collect()
    }

    fn input(&mut self) -> Vec<(u32, String)> {
        self.idle = Duration::ZERO;
        for watch in self.watches.values_mut() {
            watch.fired = false;
        }
        let once = self
            .watches
            .extract_if(.., |_, watch| watch.interval.is_none());
        once.map(|(id, watch)| (id, watch.owner)).collect()
    }
}

fn sender(header: Header<'_>) -> String {
    let name = Some(header).and_then(|header| Some(header.sender()?.to_string()));
    name.unwrap()
}

struct Monitor(Arc<Mutex<World>>);

#[interface(name = "org.gnome.Mutter.IdleMonitor")]
impl Monitor {
    fn get_idletime(&self) -> u64 {
        let mut world = self.0.lock().unwrap();
        world.calls += 1;
        u64::try_from(world.idle.as_millis()).unwrap()
    }

    fn add_idle_watch(&self, interval: u64, #[zbus(header)] header: Header<'_>) -> u32 {
        let interval = Duration::from_millis(interval);
        self.0.lock().unwrap().add(Some(interval), sender(header))
    }

    fn add_user_active_watch(&self, #[zbus(header)] header: Header<'_>) -> u32 {
        self.0.lock().unwrap().add(None, sender(header))
    }

    fn remove_watch(&self, id: u32) {
        let mut world = self.0.lock().unwrap();
        world.calls += 1;
        world.watches.remove(&id);
    }
}

struct SessionManager(Arc<Mutex<World>>);

#[interface(name = "org.gnome.SessionManager")]
impl SessionManager {
    #[zbus(property)]
    fn inhibited_actions(&self) -> u32 {
        // Something else is inhibited all along: logging out.
        1 + 8 * u32::from(self.0.lock().unwrap().inhibited)
    }
}

impl Mutter {
    /// Takes the names of both.
    pub fn start(bus: &PrivateBus) -> Self {
        let world: Arc<Mutex<World>> = Arc::default();
        let service = connection::Builder::address(bus.address())
            .serve_at(PATH, Monitor(Arc::clone(&world)))
            .serve_at(SESSION_PATH, SessionManager(Arc::clone(&world)))
            .name(SESSION)
            .name(NAME);
        let connection = block_on(service.build()).unwrap();
        Self { connection, world }
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// This much time goes by without any input.
    pub fn passes(&self, time: Duration) {
        let mut world = self.world();
        world.idle += time;
        let firing = world.firing();
        drop(world);
        self.fire(firing);
    }

    /// A key is pressed.
    pub fn input(&self) {
        let firing = self.world().input();
        self.fire(firing);
    }

    /// Somebody keeps the session from being idle, or nobody does any more.
    pub fn inhibit(&self, on: bool) {
        let mut world = self.world();
        world.inhibited = on;
        if !on {
            world.idle = Duration::ZERO;
        }
        drop(world);
        let changed = BTreeMap::from([("InhibitedActions", Variant::from(1 + 8 * u32::from(on)))]);
        let body = (SESSION, changed, Vec::<&str>::new());
        let (interface, name) = ("org.freedesktop.DBus.Properties", "PropertiesChanged");
        let emitted =
            (self.connection).emit_signal(None::<&str>, SESSION_PATH, interface, name, &body);
        block_on(emitted).unwrap();
    }

    fn fire(&self, watches: Vec<(u32, String)>) {
        for (id, owner) in watches {
            self.says_fired(&owner, id);
        }
    }

    /// Tells nobody but whoever asked.
    fn says_fired(&self, owner: &str, id: u32) {
        let emitted = (self.connection).emit_signal(Some(owner), PATH, NAME, "WatchFired", &id);
        block_on(emitted).unwrap();
    }

    /// Waits until it watches for exactly these lengths of idleness, and for activity.
    fn wait_until_watched(&self, intervals: &[Duration], active: bool) {
        wait_until(&format!("watches for {intervals:?}, {active}"), || {
            let world = self.world();
            let watches = world.watches.values();
            let of: Vec<_> = watches.filter_map(|watch| watch.interval).collect();
            let actives = world.watches.len() - of.len();
            (of == intervals && actives == usize::from(active)).then_some(())
        });
    }

    fn owner(&self) -> String {
        self.world().watches.values().next().unwrap().owner.clone()
    }
}

/// A desktop with a bus and nothing else, and the source that finds its way there.
struct Desk {
    bus: PrivateBus,
    idle: Box<dyn IdleSource>,
    reports: Reports<Sensor>,
    choices: Reports<Choice>,
    _folder: TempDir,
}

impl Desk {
    fn new(start: impl FnOnce(&PrivateBus)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bus = PrivateBus::start(folder.path());
        start(&bus);
        let (post, reports) = Reports::new();
        let (tell, choices) = Reports::new();
        let places = Places {
            display: None,
            wayland: None,
            bus: Bus::start(Some(bus.address().to_owned())).unwrap(),
            system_bus: Some("unix:path=/nowhere/system_bus".to_owned()),
        };
        Self {
            bus,
            idle: idle::detect_in(places, post, tell),
            reports,
            choices,
            _folder: folder,
        }
    }

    /// With a Mutter where the user types.
    fn with_mutter() -> (Mutter, Self) {
        let mut mutter = None;
        let desk = Self::new(|bus| mutter = Some(Mutter::start(bus)));
        assert_eq!(desk.choices.next().by, Some(Source::Mutter));
        assert_eq!(desk.reports.next(), Sensor::Active);
        (mutter.unwrap(), desk)
    }

    /// The next report, which is one of idleness of this length, give or take the time that
    /// really goes by.
    fn idle_for(&self, length: Duration) {
        match self.reports.next() {
            Sensor::IdleFor(told) if told >= length => {}
            other => panic!("{other:?} instead of idleness of {length:?}"),
        }
    }
}

#[test]
fn idleness_and_its_end_are_reported_again_and_again() {
    let (mutter, mut desk) = Desk::with_mutter();
    desk.idle.set_threshold(90 * SECOND);
    for _ in 0..3 {
        mutter.wait_until_watched(&[90 * SECOND], false);
        mutter.passes(89 * SECOND);
        mutter.input();
        mutter.passes(90 * SECOND);
        desk.idle_for(90 * SECOND);
        mutter.wait_until_watched(&[90 * SECOND], true);
        mutter.input();
        assert_eq!(desk.reports.next(), Sensor::Active);
    }
}

#[test]
fn typing_without_a_pause_costs_no_message() {
    let (mutter, mut desk) = Desk::with_mutter();
    desk.idle.set_threshold(10 * SECOND);
    mutter.wait_until_watched(&[10 * SECOND], false);
    let calls = mutter.world().calls;
    for _ in 0..1000 {
        mutter.input();
        mutter.passes(SECOND);
    }
    // The next pause is heard of first.
    mutter.passes(10 * SECOND);
    desk.idle_for(10 * SECOND);
    mutter.wait_until_watched(&[10 * SECOND], true);
    // How long, a watch for the next input, and whether that came in between.
    wait_until("the last question", || {
        (mutter.world().calls == calls + 3).then_some(())
    });
}

#[test]
fn a_threshold_counts_from_the_last_input_and_is_reported_at_once_when_it_has_passed() {
    let (mutter, mut desk) = Desk::with_mutter();
    desk.idle.set_threshold(1000 * SECOND);
    mutter.wait_until_watched(&[1000 * SECOND], false);
    mutter.passes(8 * SECOND);
    desk.idle.set_threshold(10 * SECOND);
    mutter.wait_until_watched(&[10 * SECOND], false);
    mutter.passes(2 * SECOND);
    desk.idle_for(10 * SECOND);

    // A longer one comes by the clock, one that has been passed is no news.
    desk.idle.set_threshold(5 * SECOND);
    desk.idle.set_threshold(11 * SECOND);
    desk.idle_for(11 * SECOND);
    desk.idle.set_threshold(30 * SECOND);
    mutter.wait_until_watched(&[10 * SECOND], true);
    mutter.input();
    assert_eq!(desk.reports.next(), Sensor::Active);
    mutter.wait_until_watched(&[30 * SECOND], false);
}

#[test]
fn how_things_stand_is_told_when_asked() {
    let (mutter, mut desk) = Desk::with_mutter();
    desk.idle.set_threshold(100 * SECOND);
    desk.idle.refresh();
    assert_eq!(desk.reports.next(), Sensor::Active);
    mutter.passes(5 * SECOND);
    desk.idle.refresh();
    desk.idle_for(5 * SECOND);
    mutter.wait_until_watched(&[100 * SECOND], true);
    mutter.input();
    assert_eq!(desk.reports.next(), Sensor::Active);
}

#[test]
fn missing_input_is_known_in_a_film_though_the_watches_are_silent() {
    let (mutter, mut desk) = Desk::with_mutter();
    desk.idle.set_threshold(SECOND);
    mutter.wait_until_watched(&[SECOND], false);
    mutter.inhibit(true);
    mutter.passes(20 * SECOND);
    let kept = |on| Sensor::KeptAwake {
        on,
        ago: Duration::ZERO,
    };
    assert_eq!(desk.reports.next(), kept(true));
    desk.idle_for(20 * SECOND);
    // For Mutter idleness begins anew when the film ends; the user has still not moved.
    mutter.inhibit(false);
    assert_eq!(desk.reports.next(), kept(false));
    mutter.passes(10 * SECOND);
    mutter.wait_until_watched(&[SECOND], true);
    mutter.input();
    assert_eq!(desk.reports.next(), Sensor::Active);
}

#[test]
fn a_mutter_that_starts_again_is_found_again() {
    let (mutter, mut desk) = Desk::with_mutter();
    desk.idle.set_threshold(20 * SECOND);
    mutter.wait_until_watched(&[20 * SECOND], false);
    drop(mutter);
    assert_eq!(desk.reports.next(), Sensor::Unknown);
    let choice = desk
        .choices
        .next_where(|choice| choice.by.is_none().then(|| choice.clone()));
    assert!(
        choice.why_not.contains(&(Source::Mutter, WhyNot::Absent)),
        "{choice:?}"
    );

    let mutter = Mutter::start(&desk.bus);
    assert_eq!(desk.choices.next_where(|choice| choice.by), Source::Mutter);
    assert_eq!(desk.reports.next(), Sensor::Active);
    // It knows what it was told before.
    mutter.wait_until_watched(&[20 * SECOND], false);
    mutter.passes(20 * SECOND);
    desk.idle_for(20 * SECOND);
}

#[test]
fn a_mutter_that_floods_is_left_alone_for_a_while() {
    let (mutter, mut desk) = Desk::with_mutter();
    desk.idle.set_threshold(20 * SECOND);
    mutter.wait_until_watched(&[20 * SECOND], false);
    let owner = mutter.owner();
    for id in 0..10_000 {
        mutter.says_fired(&owner, 1_000_000 + id);
    }
    desk.reports
        .next_where(|report| (*report == Sensor::Unknown).then_some(()));
    let choice = desk
        .choices
        .next_where(|choice| choice.by.is_none().then(|| choice.clone()));
    assert!(
        choice.why_not.contains(&(Source::Mutter, WhyNot::Floods)),
        "{choice:?}"
    );
    // It gets another chance.
    assert_eq!(desk.choices.next_where(|choice| choice.by), Source::Mutter);
}

/// One that takes calls and answers none.
struct Mute;

#[interface(name = "org.gnome.Mutter.IdleMonitor")]
impl Mute {
    async fn get_idletime(&self) -> u64 {
        std::future::pending().await
    }
}

#[test]
fn a_mutter_that_hangs_is_said_to_be_silent() {
    let mut mute = None;
    let desk = Desk::new(|bus| {
        let service = connection::Builder::address(bus.address())
            .serve_at(PATH, Mute)
            .name(NAME);
        mute = Some(block_on(service.build()).unwrap());
    });
    assert_eq!(desk.reports.next(), Sensor::Unknown);
    let choice = desk.choices.next();
    assert!(
        choice.why_not.contains(&(Source::Mutter, WhyNot::Silent)),
        "{choice:?}"
    );
}

#[test]
fn a_bus_that_dies_leaves_it_unknown() {
    let (_mutter, desk) = Desk::with_mutter();
    let Desk {
        bus,
        idle: _idle,
        reports,
        choices,
        ..
    } = desk;
    drop(bus);
    assert_eq!(reports.next(), Sensor::Unknown);
    choices.next_where(|choice| choice.by.is_none().then_some(()));
}
