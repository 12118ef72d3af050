//! Services on the bus: do-not-disturb, who keeps the screen awake, the lock of the screen.

use std::collections::HashMap;

use serde::{Serialize, de::DeserializeOwned};
use zbus::{Connection, Type, Variant, block_on, connection, interface};

use super::stage::Row;
use crate::support::Desktop;

/// How many pieces of news a flood has.
const FLOOD: usize = 10_000;

/// What a service answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Yes,
    No,
    /// Nothing at all.
    Stuck,
}

/// A service of which the sensor under test asks one thing, on a connection of its own.
struct Service<'a> {
    desktop: &'a Desktop,
    running: Option<Connection>,
}

impl<'a> Service<'a> {
    fn new(desktop: &'a Desktop) -> Self {
        Self {
            desktop,
            running: None,
        }
    }

    /// Ends the one that runs.
    fn end(&mut self, name: &str) {
        if let Some(running) = self.running.take() {
            // One that is stuck holds its connection otherwise.
            block_on(running.close()).unwrap();
        }
        self.desktop.bus().wait_for_no_owner(name);
    }

    /// Starts one, in place of the one that runs.
    fn start<F>(&mut self, name: &'static str, serve: F)
    where
        F: FnOnce(connection::Builder<'static>) -> connection::Builder<'static>,
    {
        self.end(name);
        let builder = connection::Builder::address(self.desktop.bus().address());
        self.running = Some(block_on(serve(builder).name(name).build()).unwrap());
    }

    fn tell<B: Serialize + Type>(&self, path: &str, interface: &str, name: &str, body: &B) {
        let running = self.running.as_ref().unwrap();
        block_on(running.emit_signal(None::<&str>, path, interface, name, body)).unwrap();
    }
}

const SERVER: &str = "org.freedesktop.Notifications";
const SERVER_PATH: &str = "/org/freedesktop/Notifications";

/// Do-not-disturb, as Plasma has it; the service shows notifications as well, so all of that goes
/// when it goes.
pub struct Quiet<'a>(Service<'a>);

impl<'a> Quiet<'a> {
    pub fn made(desktop: &'a Desktop) -> Box<dyn Row + 'a> {
        Box::new(Self(Service::new(desktop)))
    }

    fn start<T>(&mut self, inhibited: T)
    where
        T: Send + Sync + 'static,
        Plasma<T>: zbus::object_server::Interface,
    {
        (self.0).start(SERVER, |builder| {
            builder.serve_at(SERVER_PATH, Plasma(inhibited))
        });
    }
}

/// The notification service of Plasma; what it says of do-not-disturb is of this kind.
struct Plasma<T>(T);

/// The interface, with what the property is.
macro_rules! plasma {
    ($kind:ty, $answer:ty, $says:expr) => {
        #[interface(name = "org.freedesktop.Notifications")]
        impl Plasma<$kind> {
            fn get_server_information(&self) -> (&str, &str, &str, &str) {
                ("Plasma", "KDE", "5.27.5", "1.2")
            }

            fn get_capabilities(&self) -> Vec<&str> {
                vec!["actions", "body"]
            }

            #[expect(clippy::too_many_arguments, reason = "so it is in the standard")]
            fn notify(
                &self,
                _program: &str,
                _replaces: u32,
                _icon: &str,
                _title: &str,
                _body: &str,
                _actions: Vec<String>,
                _hints: HashMap<String, zbus::OwnedVariant>,
                _timeout: i32,
            ) -> u32 {
                7
            }

            fn close_notification(&self, _number: u32) {}

            #[zbus(property)]
            async fn inhibited(&self) -> $answer {
                let says: fn(&$kind) -> Option<$answer> = $says;
                match says(&self.0) {
                    Some(says) => says,
                    None => std::future::pending().await,
                }
            }
        }
    };
}

plasma!(Mood, bool, |mood| (*mood != Mood::Stuck)
    .then_some(*mood == Mood::Yes));
plasma!(String, String, |says| Some(says.clone()));

impl Row for Quiet<'_> {
    fn name(&self) -> &'static str {
        "do-not-disturb"
    }

    fn hold(&mut self, on: bool) {
        self.start(if on { Mood::Yes } else { Mood::No });
    }

    fn die(&mut self) {
        self.0.end(SERVER);
    }

    fn hang(&mut self) -> bool {
        self.start(Mood::Stuck);
        true
    }

    fn flood(&mut self) -> bool {
        self.start(Mood::No);
        for number in 0..FLOOD {
            let changed = HashMap::from([("Inhibited", Variant::from(number % 2 == 0))]);
            let body = (SERVER, changed, Vec::<&str>::new());
            let properties = "org.freedesktop.DBus.Properties";
            self.0
                .tell(SERVER_PATH, properties, "PropertiesChanged", &body);
        }
        true
    }

    fn babble(&mut self) -> bool {
        self.start("neither yes nor no".to_owned());
        true
    }
}

const GNOME: &str = "org.gnome.SessionManager";
const GNOME_PATH: &str = "/org/gnome/SessionManager";

/// Who keeps the screen awake, which stands for full screen where no window is known.
pub struct Inhibitors<'a>(Service<'a>);

impl<'a> Inhibitors<'a> {
    pub fn home() -> Desktop {
        let desktop = Desktop::start();
        desktop.set("DISPLAY", "");
        desktop
    }

    pub fn made(desktop: &'a Desktop) -> Box<dyn Row + 'a> {
        Box::new(Self(Service::new(desktop)))
    }
}

struct Manager(Mood);

#[interface(name = "org.gnome.SessionManager")]
impl Manager {
    #[zbus(property)]
    async fn inhibited_actions(&self) -> u32 {
        match self.0 {
            Mood::Yes => 8,
            Mood::No => 0,
            Mood::Stuck => std::future::pending().await,
        }
    }

    fn get_inhibitors(&self) -> Vec<zbus::OwnedObjectPath> {
        vec![zbus::OwnedObjectPath::try_from("/film").unwrap()]
    }
}

struct Film;

#[interface(name = "org.gnome.SessionManager.Inhibitor")]
impl Film {
    fn get_app_id(&self) -> &str {
        "mpv"
    }

    fn get_reason(&self) -> &str {
        "Playing video"
    }

    fn get_flags(&self) -> u32 {
        8
    }
}

/// A session manager that has lost its wits.
struct Babbling;

#[interface(name = "org.gnome.SessionManager")]
impl Babbling {
    #[zbus(property)]
    fn inhibited_actions(&self) -> Vec<String> {
        vec!["a".to_owned(), "film".to_owned()]
    }
}

impl Row for Inhibitors<'_> {
    fn name(&self) -> &'static str {
        "screen kept awake"
    }

    fn hold(&mut self, on: bool) {
        let mood = if on { Mood::Yes } else { Mood::No };
        self.0.start(GNOME, |builder| {
            builder
                .serve_at(GNOME_PATH, Manager(mood))
                .serve_at("/film", Film)
        });
    }

    fn die(&mut self) {
        self.0.end(GNOME);
    }

    fn hang(&mut self) -> bool {
        self.0.start(GNOME, |builder| {
            builder.serve_at(GNOME_PATH, Manager(Mood::Stuck))
        });
        true
    }

    fn flood(&mut self) -> bool {
        self.hold(false);
        let path = zbus::OwnedObjectPath::try_from("/film").unwrap();
        for _ in 0..FLOOD {
            self.0.tell(GNOME_PATH, GNOME, "InhibitorAdded", &path);
        }
        true
    }

    fn babble(&mut self) -> bool {
        self.0
            .start(GNOME, |builder| builder.serve_at(GNOME_PATH, Babbling));
        true
    }
}

const SAVER: &str = "org.gnome.ScreenSaver";
const SAVER_PATH: &str = "/org/gnome/ScreenSaver";

/// The lock of the screen, as the screen saver of GNOME tells of it.
pub struct Lock<'a>(Service<'a>);

impl<'a> Lock<'a> {
    pub fn made(desktop: &'a Desktop) -> Box<dyn Row + 'a> {
        Box::new(Self(Service::new(desktop)))
    }

    fn be<T>(&mut self, answers: fn() -> Option<T>)
    where
        T: DeserializeOwned + Type + 'static,
        Saver<T>: zbus::object_server::Interface,
    {
        self.0.start(SAVER, |builder| {
            builder.serve_at(SAVER_PATH, Saver(answers))
        });
    }

    fn says<B: Serialize + Type>(&self, body: &B) {
        self.0.tell(SAVER_PATH, SAVER, "ActiveChanged", body);
    }
}

/// What it answers when it is asked whether it is active, if anything.
struct Saver<T>(fn() -> Option<T>);

#[interface(name = "org.gnome.ScreenSaver")]
impl Saver<bool> {
    async fn get_active(&self) -> bool {
        match self.0() {
            Some(active) => active,
            None => std::future::pending().await,
        }
    }
}

#[interface(name = "org.gnome.ScreenSaver")]
impl Saver<String> {
    async fn get_active(&self) -> String {
        self.0().unwrap_or_default()
    }
}

impl Row for Lock<'_> {
    fn name(&self) -> &'static str {
        "lock of the screen"
    }

    fn hold(&mut self, on: bool) {
        if self.0.running.is_none() {
            self.be(|| Some(false));
        }
        self.says(&on);
    }

    fn touch(&mut self) {
        // Whoever unlocks a screen gives input; a screen that was locked was one without.
        let display = self.0.desktop.display();
        display.point_at(100, 100);
        display.point_at(200, 200);
    }

    fn die(&mut self) {
        self.0.end(SAVER);
    }

    fn hang(&mut self) -> bool {
        self.be::<bool>(|| None);
        true
    }

    fn flood(&mut self) -> bool {
        self.be(|| Some(false));
        for number in 0..FLOOD {
            self.says(&(number % 2 == 0));
        }
        true
    }

    fn babble(&mut self) -> bool {
        self.be(|| Some("perhaps".to_owned()));
        self.says(&"perhaps");
        true
    }
}
