//! A panel that shows icons: it keeps the list of them, looks at one and uses its menu, as the
//! panels of real desktops do.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use futures_lite::StreamExt as _;
use zbus::{
    Connection, MatchRule, MessageStream, OwnedVariant, Structure, Variant, block_on, connection,
    fdo, interface, message::Type,
};

use crate::support::{PrivateBus, wait_until};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const WATCHER_PATH: &str = "/StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const ITEM_PATH: &str = "/StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

#[derive(Clone, Default)]
struct State {
    registered: Arc<Mutex<Vec<String>>>,
    shows: Arc<Mutex<bool>>,
}

struct Watcher(State);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: String) {
        self.0.registered.lock().unwrap().push(service);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        *self.0.shows.lock().unwrap()
    }
}

/// The panel; gone when dropped.
pub struct Panel {
    connection: Connection,
    state: State,
    /// Names of signals of the icon and its menu.
    heard: Arc<Mutex<Vec<String>>>,
}

impl Panel {
    /// One that shows icons.
    pub fn start(bus: &PrivateBus) -> Self {
        Self::that_shows(bus, true)
    }

    /// One that keeps the list, and may or may not show it.
    pub fn that_shows(bus: &PrivateBus, shows: bool) -> Self {
        let state = State::default();
        *state.shows.lock().unwrap() = shows;
        let connection = connection::Builder::address(bus.address())
            .serve_at(WATCHER_PATH, Watcher(state.clone()))
            .name(WATCHER)
            .build();
        let connection = block_on(connection).unwrap();
        let heard = listen(&connection);
        Self {
            connection,
            state,
            heard,
        }
    }

    /// From now on the list is shown.
    pub fn show(&self) {
        *self.state.shows.lock().unwrap() = true;
        let signal = "StatusNotifierHostRegistered";
        let sent = (self.connection).emit_signal(None::<&str>, WATCHER_PATH, WATCHER, signal, &());
        block_on(sent).unwrap();
    }

    /// Whoever has put an icon on the list so far.
    pub fn registered(&self) -> Vec<String> {
        self.state.registered.lock().unwrap().clone()
    }

    /// Waits for the first icon.
    pub fn icon(&self) -> Icon<'_> {
        let name = wait_until("an icon on the list", || self.registered().first().cloned());
        Icon { panel: self, name }
    }
}

fn listen(connection: &Connection) -> Arc<Mutex<Vec<String>>> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    for interface in [ITEM, MENU] {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface(interface)
            .build()
            .unwrap();
        let mut signals = block_on(MessageStream::for_match_rule(rule, connection, None)).unwrap();
        let heard = Arc::clone(&heard);
        std::thread::spawn(move || {
            block_on(async {
                while let Some(Ok(message)) = signals.next().await {
                    let name = message.header().member().unwrap().to_string();
                    heard.lock().unwrap().push(name);
                }
            });
        });
    }
    heard
}

/// The icon of the program.
pub struct Icon<'a> {
    panel: &'a Panel,
    pub name: String,
}

/// An entry of the menu.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: i32,
    pub label: String,
    pub properties: HashMap<String, OwnedVariant>,
    pub behind: Vec<Entry>,
}

impl Icon<'_> {
    fn call<B: serde::Serialize + zbus::wire::DynamicType>(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> zbus::Result<zbus::Message> {
        let name = Some(self.name.as_str());
        block_on((self.panel.connection).call_method(name, path, Some(interface), method, body))
    }

    /// A property of the icon.
    pub fn property<T: TryFrom<OwnedVariant>>(&self, name: &str) -> T {
        let properties = "org.freedesktop.DBus.Properties";
        let reply = self
            .call(ITEM_PATH, properties, "Get", &(ITEM, name))
            .unwrap();
        let value: OwnedVariant = reply.body().deserialize().unwrap();
        T::try_from(value)
            .ok()
            .unwrap_or_else(|| panic!("the type of {name}"))
    }

    /// The words that appear beside the pointer.
    pub fn words(&self) -> String {
        let properties = "org.freedesktop.DBus.Properties";
        let reply = self
            .call(ITEM_PATH, properties, "Get", &(ITEM, "ToolTip"))
            .unwrap();
        let body = reply.body();
        let tip: Variant<'_> = body.deserialize().unwrap();
        let tip = Structure::try_from(tip).unwrap();
        let [_, _, title, words] = tip.fields() else {
            panic!("a tool tip has four parts");
        };
        assert_eq!(<&str>::try_from(title).unwrap(), "Unhunch");
        <&str>::try_from(words).unwrap().to_owned()
    }

    /// The pictures: width, height, bytes.
    pub fn pictures(&self) -> Vec<(i32, i32, Vec<u8>)> {
        let properties = "org.freedesktop.DBus.Properties";
        let reply = self
            .call(ITEM_PATH, properties, "Get", &(ITEM, "IconPixmap"))
            .unwrap();
        let body = reply.body();
        let pictures: Variant<'_> = body.deserialize().unwrap();
        let pictures: Vec<Structure<'_>> = pictures.try_into().unwrap();
        let each = pictures.into_iter().map(|picture| {
            let [width, height, bytes] = picture.fields() else {
                panic!("a picture has three parts");
            };
            let bytes: Vec<u8> = bytes.try_clone().unwrap().try_into().unwrap();
            (width.try_into().unwrap(), height.try_into().unwrap(), bytes)
        });
        each.collect()
    }

    /// A method of the icon.
    pub fn item<B: serde::Serialize + zbus::wire::DynamicType>(&self, method: &str, body: &B) {
        self.call(ITEM_PATH, ITEM, method, body).unwrap();
    }

    /// The menu, after having said that it is about to be shown.
    pub fn menu(&self) -> Vec<Entry> {
        let path = "/MenuBar";
        self.call(path, MENU, "AboutToShow", &0_i32).unwrap();
        let nothing: &[&str] = &[];
        let reply = self
            .call(path, MENU, "GetLayout", &(0_i32, -1_i32, nothing))
            .unwrap();
        let body = reply.body();
        let (_, root): (u32, Raw) = body.deserialize().unwrap();
        entry(root).behind
    }

    /// The labels of the menu, lines as "-".
    pub fn labels(&self) -> Vec<String> {
        labels(&self.menu())
    }

    /// The entry with this label, wherever in the menu.
    pub fn entry(&self, label: &str) -> Entry {
        let menu = self.menu();
        let found = find(&menu, label);
        found.unwrap_or_else(|| panic!("{label} is not in {:?}", labels(&menu)))
    }

    /// Whether the switch with this label is on: 1 or 0.
    pub fn state_of(&self, label: &str) -> i32 {
        let entry = self.entry(label);
        (&entry.properties["toggle-state"]).try_into().unwrap()
    }

    /// Clicks the entry with this label.
    pub fn choose(&self, label: &str) {
        self.click(self.entry(label).id);
    }

    /// Clicks the entry with this id.
    pub fn click(&self, id: i32) {
        let event = (id, "clicked", Variant::from(0_i32), 0_u32);
        self.call("/MenuBar", MENU, "Event", &event).unwrap();
    }

    /// A method of the menu, as it answers.
    pub fn ask_menu<B: serde::Serialize + zbus::wire::DynamicType>(
        &self,
        method: &str,
        body: &B,
    ) -> fdo::Result<zbus::Message> {
        self.call("/MenuBar", MENU, method, body)
            .map_err(fdo::Error::from)
    }

    /// Waits until this signal came, and forgets all that came so far.
    pub fn hear(&self, signal: &str) {
        wait_until(signal, || {
            let mut heard = self.panel.heard.lock().unwrap();
            let found = heard.iter().any(|name| name == signal);
            found.then(|| heard.clear())
        });
    }
}

/// An entry as it comes over the bus: its id, its properties, and those behind it.
type Raw = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);

fn entry((id, properties, behind): Raw) -> Entry {
    let label = properties.get("label").map_or_else(
        || "-".to_owned(),
        |label| <&str>::try_from(label).unwrap().to_owned(),
    );
    let behind = behind.into_iter().map(|variant| {
        let parts = Structure::try_from(Variant::from(variant)).unwrap();
        let [id, properties, behind] = parts.fields() else {
            panic!("an entry has three parts");
        };
        let properties = properties.try_clone().unwrap().try_into().unwrap();
        let behind: Vec<Variant<'_>> = behind.try_clone().unwrap().try_into().unwrap();
        let behind = behind.into_iter().map(|one| one.try_to_owned().unwrap());
        entry((id.try_into().unwrap(), properties, behind.collect()))
    });
    Entry {
        id,
        label,
        behind: behind.collect(),
        properties,
    }
}

/// The labels of these entries, lines as "-".
pub fn labels(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|entry| entry.label.clone()).collect()
}

fn find(entries: &[Entry], label: &str) -> Option<Entry> {
    entries.iter().find_map(|entry| {
        let here = (entry.label == label).then(|| entry.clone());
        here.or_else(|| find(&entry.behind, label))
    })
}
