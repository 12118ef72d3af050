//! Do-not-disturb, wherever a desktop keeps it: services that behave as their sources say.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use unhunch::desktop::{
    bus::Bus,
    quiet,
    sense::{Says, Sense, Why, Word},
};
use zbus::{Connection, OwnedVariant, Variant, block_on, connection, fdo, interface};

use super::{PATIENCE, Reports};
use crate::support::{Dunst, PrivateBus, VirtualDisplay};

const SERVER: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// A bus, the sensor on it, and what the sensor says.
struct Sensor {
    bus: PrivateBus,
    sensor: Box<dyn Sense>,
    words: Reports<Word>,
    folder: tempfile::TempDir,
}

impl Sensor {
    fn on_a_bus() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bus = PrivateBus::start(folder.path());
        let (post, words) = Reports::new();
        let ours = Bus::start(Some(bus.address().to_owned())).unwrap();
        let connected = ours.ask(PATIENCE, |connection| async move { connection.is_some() });
        assert_eq!(connected, Some(true));
        Self {
            sensor: quiet::detect(&ours, &post),
            bus,
            words,
            folder,
        }
    }

    fn watch(&mut self) {
        self.sensor.watch(true);
    }

    #[track_caller]
    fn says(&self, says: Says, by: &str) -> Word {
        let word = self.words.next();
        assert_eq!((word.says, word.by.as_str()), (says, by), "{word:?}");
        word
    }

    /// A notification service of this name, with more interfaces on it.
    fn service(&self, name: &'static str) -> connection::Builder<'static> {
        connection::Builder::address(self.bus.address())
            .serve_at(PATH, Information { name })
            .name(SERVER)
    }
}

/// Plasma on this bus, with this switch.
fn plasma(bus: &PrivateBus, on: &Switch) -> Connection {
    let service = connection::Builder::address(bus.address())
        .serve_at(PATH, Plasma(Arc::clone(on)))
        .name(SERVER);
    block_on(service.build()).unwrap()
}

struct Information {
    name: &'static str,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Information {
    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        (self.name, "test", "1", "1.2")
    }
}

fn changed(connection: &Connection, path: &str, interface: &str, property: &str, value: bool) {
    let values = std::collections::HashMap::from([(property, Variant::from(value))]);
    let body = (interface, values, Vec::<&str>::new());
    let sent = connection.emit_signal(None::<&str>, path, PROPERTIES, "PropertiesChanged", &body);
    block_on(sent).unwrap();
}

/// A switch that a service shows in its own way.
type Switch = Arc<AtomicBool>;

fn switch(on: bool) -> Switch {
    Arc::new(AtomicBool::new(on))
}

struct Plasma(Switch);

#[interface(name = "org.freedesktop.Notifications")]
impl Plasma {
    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("Plasma", "KDE", "5.27.5", "1.2")
    }

    #[zbus(property)]
    fn inhibited(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

#[test]
fn plasma_says_so_itself() {
    let mut sensor = Sensor::on_a_bus();
    let on = switch(false);
    let plasma = plasma(&sensor.bus, &on);

    sensor.watch();
    sensor.says(Says::No, "Plasma");
    on.store(true, Ordering::SeqCst);
    changed(&plasma, PATH, SERVER, "Inhibited", true);
    sensor.says(Says::Yes, "Plasma");
}

struct Swaync(Switch);

#[interface(name = "org.erikreider.swaync.cc")]
impl Swaync {
    fn get_dnd(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

#[test]
fn swaync_keeps_it_in_its_control_centre() {
    let (name, path) = ("org.erikreider.swaync.cc", "/org/erikreider/swaync/cc");
    let mut sensor = Sensor::on_a_bus();
    let on = switch(true);
    let service = (sensor.service("SwayNotificationCenter"))
        .serve_at(path, Swaync(Arc::clone(&on)))
        .name(name);
    let swaync = block_on(service.build()).unwrap();

    sensor.watch();
    sensor.says(Says::Yes, "SwayNotificationCenter");
    on.store(false, Ordering::SeqCst);
    let news = (0_u32, false, false, false);
    block_on(swaync.emit_signal(None::<&str>, path, name, "SubscribeV2", &news)).unwrap();
    sensor.says(Says::No, "SwayNotificationCenter");
}

struct Xfconf(Arc<Mutex<Option<bool>>>);

#[interface(name = "org.xfce.Xfconf")]
impl Xfconf {
    fn property_exists(&self, channel: &str, property: &str) -> bool {
        assert_eq!((channel, property), ("xfce4-notifyd", "/do-not-disturb"));
        self.0.lock().unwrap().is_some()
    }

    fn get_property(&self, _channel: &str, _property: &str) -> fdo::Result<OwnedVariant> {
        let value = self.0.lock().unwrap();
        let value = value.ok_or_else(|| fdo::Error::Failed("no such property".to_owned()))?;
        Ok(OwnedVariant::try_from(Variant::from(value)).unwrap())
    }
}

#[test]
fn xfce_keeps_it_among_its_settings_and_at_first_not_at_all() {
    let (name, path) = ("org.xfce.Xfconf", "/org/xfce/Xfconf");
    let mut sensor = Sensor::on_a_bus();
    let setting = Arc::new(Mutex::new(None));
    let service = (sensor.service("Xfce Notify Daemon"))
        .serve_at(path, Xfconf(Arc::clone(&setting)))
        .name(name);
    let xfconf = block_on(service.build()).unwrap();

    sensor.watch();
    sensor.says(Says::No, "Xfce Notify Daemon");
    *setting.lock().unwrap() = Some(true);
    let news = ("xfce4-notifyd", "/do-not-disturb", Variant::from(true));
    block_on(xfconf.emit_signal(None::<&str>, path, name, "PropertyChanged", &news)).unwrap();
    sensor.says(Says::Yes, "Xfce Notify Daemon");
}

struct Mako(Arc<Mutex<Vec<&'static str>>>);

#[interface(name = "fr.emersion.Mako")]
impl Mako {
    fn list_modes(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().clone()
    }
}

#[test]
fn mako_has_a_mode_for_it() {
    let (name, path) = ("fr.emersion.Mako", "/fr/emersion/Mako");
    let mut sensor = Sensor::on_a_bus();
    let modes = Arc::new(Mutex::new(vec!["default"]));
    let service = (sensor.service("mako"))
        .serve_at(path, Mako(Arc::clone(&modes)))
        .name(name);
    let mako = block_on(service.build()).unwrap();

    sensor.watch();
    sensor.says(Says::No, "mako");
    modes.lock().unwrap().push("do-not-disturb");
    changed(&mako, path, name, "Modes", true);
    sensor.says(Says::Yes, "mako");
}

#[test]
fn a_real_dunst_is_paused_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let display = VirtualDisplay::start(folder.path());
    let mut sensor = Sensor::on_a_bus();
    let dunst = Dunst::start(folder.path(), &sensor.bus, &display);

    sensor.watch();
    sensor.says(Says::No, "dunst");
    dunst.pause(true);
    sensor.says(Says::Yes, "dunst");
    dunst.pause(false);
    sensor.says(Says::No, "dunst");
}

#[test]
fn a_service_that_does_not_tell_is_unknown_and_another_may_take_over() {
    let mut sensor = Sensor::on_a_bus();
    sensor.watch();
    let word = sensor.says(Says::Unknown, "");
    assert_eq!(word.why, Why::NobodyToAsk);

    let service = block_on(sensor.service("herald").build()).unwrap();
    let word = sensor.says(Says::Unknown, "herald");
    assert_eq!(word.why, Why::DoesNotTell);

    drop(service);
    sensor.says(Says::Unknown, "");
    let _plasma = plasma(&sensor.bus, &switch(true));
    sensor.says(Says::Yes, "Plasma");
}

#[test]
fn a_sensor_at_rest_says_nothing_and_begins_anew_when_it_is_asked() {
    let mut sensor = Sensor::on_a_bus();
    let on = switch(false);
    let plasma = plasma(&sensor.bus, &on);
    sensor.watch();
    sensor.says(Says::No, "Plasma");

    sensor.sensor.watch(false);
    on.store(true, Ordering::SeqCst);
    changed(&plasma, PATH, SERVER, "Inhibited", true);
    // Whatever it might have said of that would come before this.
    sensor.watch();
    sensor.says(Says::Yes, "Plasma");
    assert_eq!(sensor.words.so_far(), []);
}

#[test]
fn a_switch_that_is_thrown_ten_thousand_times_is_looked_at_a_few_times() {
    let mut sensor = Sensor::on_a_bus();
    let on = switch(false);
    let plasma = plasma(&sensor.bus, &on);
    sensor.watch();
    sensor.says(Says::No, "Plasma");

    for number in 0..10_000 {
        on.store(number % 2 == 0, Ordering::SeqCst);
        changed(&plasma, PATH, SERVER, "Inhibited", number % 2 == 0);
    }
    drop(plasma);
    let mut words = 0;
    while sensor.words.next().says != Says::Unknown {
        words += 1;
    }
    assert!(words < 500, "{words} words");
}

#[test]
fn the_bus_may_go_away() {
    let mut sensor = Sensor::on_a_bus();
    let _plasma = plasma(&sensor.bus, &switch(true));
    sensor.watch();
    sensor.says(Says::Yes, "Plasma");

    sensor.bus = PrivateBus::start(sensor.folder.path());
    let word = sensor.says(Says::Unknown, "");
    assert_eq!(word.why, Why::NobodyToAsk);
}
