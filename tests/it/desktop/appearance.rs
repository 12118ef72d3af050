//! The desktop's wishes, from a settings portal.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use unhunch::desktop::{
    appearance::{Appearance, Wishes},
    bus::Bus,
};
use zbus::{OwnedVariant, Variant, block_on, connection, interface};

use crate::support::{PrivateBus, wait_until};

const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const SHARED: &str = "org.freedesktop.appearance";
const GNOME: &str = "org.gnome.desktop.interface";

struct Portal {
    scheme: Arc<Mutex<u32>>,
}

#[interface(name = "org.freedesktop.portal.Settings")]
#[expect(
    clippy::needless_pass_by_value,
    reason = "arguments of a call come by value"
)]
impl Portal {
    fn read_all(&self, namespaces: Vec<String>) -> HashMap<String, HashMap<String, OwnedVariant>> {
        let owned = |value: Variant<'static>| OwnedVariant::try_from(value).unwrap();
        let scheme = *self.scheme.lock().unwrap();
        let all = [
            (SHARED, "color-scheme", owned(Variant::from(scheme))),
            (SHARED, "contrast", owned(Variant::from(1_u32))),
            (SHARED, "reduced-motion", owned(Variant::from(1_u32))),
            (GNOME, "text-scaling-factor", owned(Variant::from(1.5_f64))),
            ("org.example", "color-scheme", owned(Variant::from("pink"))),
        ];
        let mut asked: HashMap<String, HashMap<String, OwnedVariant>> = HashMap::new();
        for (group, key, value) in all {
            if namespaces.iter().any(|asked| asked == group) {
                let group = asked.entry(group.to_owned()).or_default();
                group.insert(key.to_owned(), value);
            }
        }
        asked
    }
}

fn portal(bus: &PrivateBus, scheme: &Arc<Mutex<u32>>) -> zbus::Connection {
    let portal = Portal {
        scheme: Arc::clone(scheme),
    };
    block_on(
        connection::Builder::address(bus.address())
            .serve_at(PATH, portal)
            .name("org.freedesktop.portal.Desktop")
            .build(),
    )
    .unwrap()
}

fn wait_for(wishes: &Wishes, expected: Appearance) {
    wait_until(&format!("{expected:?}"), || {
        (wishes.now() == expected).then_some(())
    });
}

const DARK: Appearance = Appearance {
    dark: Some(true),
    high_contrast: Some(true),
    reduced_motion: Some(true),
    text_scale: Some(1.5),
};

#[test]
fn wishes_are_known_from_the_start_and_follow_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    let portal = portal(&bus, &Arc::new(Mutex::new(1)));

    let wishes = Wishes::watch(&Bus::start(Some(bus.address().to_owned())).unwrap());
    wait_for(&wishes, DARK);

    let change = (SHARED, "color-scheme", Variant::from(2_u32));
    block_on(portal.emit_signal(None::<&str>, PATH, SETTINGS, "SettingChanged", &change)).unwrap();
    let light = Appearance {
        dark: Some(false),
        ..DARK
    };
    wait_for(&wishes, light);
}

#[test]
fn a_portal_that_comes_later_is_asked_before_the_window_opens() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    let wishes = Wishes::watch(&Bus::start(Some(bus.address().to_owned())).unwrap());
    assert_eq!(wishes.now(), Appearance::default());

    let scheme = Arc::new(Mutex::new(1));
    let _portal = portal(&bus, &scheme);
    wishes.ask();
    wait_for(&wishes, DARK);

    *scheme.lock().unwrap() = 0;
    wishes.ask();
    wait_for(&wishes, Appearance { dark: None, ..DARK });
}

#[test]
fn without_a_bus_there_are_no_wishes_and_no_wait() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("unix:path={}/nobody", folder.path().display());
    let wishes = Wishes::watch(&Bus::start(Some(nowhere)).unwrap());
    wishes.ask();
    assert_eq!(wishes.now(), Appearance::default());
}
