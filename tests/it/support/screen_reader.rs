//! What a screen reader sees and hears: the accessibility bus of the desktop, with its registry.

use std::{
    collections::HashMap,
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_lite::StreamExt as _;
use zbus::{OwnedObjectPath, OwnedVariant};

use super::{Desktop, Program, installed, package_of, process, wait_until};

const LAUNCHER: &str = "/usr/libexec/at-spi-bus-launcher";
const REGISTRY: &str = "org.a11y.atspi.Registry";
const ROOT: &str = "/org/a11y/atspi/accessible/root";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// What things are, as the protocol numbers it.
pub mod role {
    /// A window.
    pub const FRAME: u32 = 23;
    /// A picture.
    pub const IMAGE: u32 = 27;
    /// A button.
    pub const BUTTON: u32 = 43;
    /// The title of a page.
    pub const HEADING: u32 = 83;
    /// A switch.
    pub const TOGGLE_BUTTON: u32 = 62;
}

/// How long a window may take to answer one question.
const ANSWER: Duration = Duration::from_secs(5);

/// More than any tree of ours is deep.
const DEEPEST: usize = 20;

/// A screen reader without a voice: it walks the tree, presses buttons, and writes down what it
/// would say.
pub struct ScreenReader {
    connection: zbus::Connection,
    heard: Arc<Mutex<Vec<String>>>,
    launcher: Program,
}

/// Something in the tree.
#[derive(Clone, Debug)]
pub struct Node {
    at: (String, OwnedObjectPath),
    /// What it is called.
    pub name: String,
    /// What it is: a number of [`role`], or another one of the protocol's.
    pub role: u32,
    /// Bits, the focus among them.
    states: Vec<u32>,
}

impl Node {
    /// It has the focus.
    pub fn is_focused(&self) -> bool {
        // The thirteenth state of the protocol.
        self.states
            .first()
            .is_some_and(|bits| bits & (1 << 12) != 0)
    }
}

impl Drop for ScreenReader {
    /// The launcher is killed, and would leave the bus that it has started behind.
    fn drop(&mut self) {
        for bus in process::children_of(self.launcher.pid()) {
            // It may be gone already, and this may be on the way out of a test that has failed.
            let end = Command::new("kill").arg(bus.to_string()).status();
            drop(end);
        }
    }
}

impl ScreenReader {
    /// Starts the accessibility bus of a desktop, as its session would, and listens.
    ///
    /// # Panics
    /// When it is not installed: one line that says which package to install.
    pub fn start(desktop: &Desktop) -> Self {
        assert!(
            Path::new(LAUNCHER).is_file(),
            "{LAUNCHER} is missing: sudo apt-get install {}",
            package_of(LAUNCHER).unwrap_or("at-spi2-core")
        );
        let launcher = Program::start(
            "at-spi-bus-launcher",
            desktop
                .command(installed("setpriv"))
                .args(["--pdeathsig", "TERM", "--", LAUNCHER])
                .args(["--launch-immediately", "--a11y=1", "--screen-reader=1"])
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null()),
        );
        desktop.bus().wait_for_owner("org.a11y.Bus");
        let session = desktop.bus().connect();
        let address: String = call(
            &session,
            "org.a11y.Bus",
            "/org/a11y/bus",
            "org.a11y.Bus",
            "GetAddress",
            &(),
        );
        // That bus itself waits for five minutes; what does not answer is asked again instead.
        let builder = zbus::connection::Builder::address(address.as_str()).method_timeout(ANSWER);
        let connection =
            zbus::block_on(builder.build()).expect("the accessibility bus takes connections");
        let heard = listen(&connection);
        Self {
            connection,
            heard,
            launcher,
        }
    }

    /// Everything that was to be said so far, in order.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("nobody panics with it").clone()
    }

    /// Waits until this was said.
    pub fn wait_for_words(&self, words: &str) {
        wait_until(&format!("“{words}” to be said"), || {
            self.heard().iter().any(|said| said == words).then_some(())
        });
    }

    /// Waits for something with this role and name in one of our windows.
    pub fn wait_for(&self, role: u32, name: &str) -> Node {
        wait_until(&format!("“{name}” of role {role}"), || {
            self.tree()
                .into_iter()
                .find(|node| node.role == role && node.name == name)
        })
    }

    /// Everything in our windows, parents before children. Empty while there is none.
    pub fn tree(&self) -> Vec<Node> {
        let desktop = (
            REGISTRY.to_owned(),
            OwnedObjectPath::try_from(ROOT).expect("a path"),
        );
        let mut found = Vec::new();
        for application in self.children(&desktop).unwrap_or_default() {
            self.walk(&application, DEEPEST, &mut found);
        }
        found
    }

    /// Presses a button as a screen reader's user would.
    pub fn press(&self, node: &Node) {
        let interface = "org.a11y.atspi.Action";
        let done: bool = call(
            &self.connection,
            &node.at.0,
            node.at.1.as_str(),
            interface,
            "DoAction",
            &0_i32,
        );
        assert!(done, "pressing {node:?}");
    }

    fn walk(&self, at: &(String, OwnedObjectPath), deep: usize, found: &mut Vec<Node>) {
        // What has gone meanwhile is not there.
        if let Some(node) = self.node(at) {
            found.push(node);
        }
        if deep > 0 {
            for child in self.children(at).unwrap_or_default() {
                self.walk(&child, deep - 1, found);
            }
        }
    }

    fn node(&self, at: &(String, OwnedObjectPath)) -> Option<Node> {
        let (place, path) = (at.0.as_str(), at.1.as_str());
        let name = "org.freedesktop.DBus.Properties";
        let name: OwnedVariant = try_call(
            &self.connection,
            place,
            path,
            name,
            "Get",
            &(ACCESSIBLE, "Name"),
        )?;
        Some(Node {
            at: at.clone(),
            name: String::try_from(name).ok()?,
            role: try_call(&self.connection, place, path, ACCESSIBLE, "GetRole", &())?,
            states: try_call(&self.connection, place, path, ACCESSIBLE, "GetState", &())?,
        })
    }

    fn children(&self, at: &(String, OwnedObjectPath)) -> Option<Vec<(String, OwnedObjectPath)>> {
        let (place, path) = (at.0.as_str(), at.1.as_str());
        try_call(
            &self.connection,
            place,
            path,
            ACCESSIBLE,
            "GetChildren",
            &(),
        )
    }
}

fn call<T: serde::de::DeserializeOwned + zbus::zvariant::Type>(
    connection: &zbus::Connection,
    to: &str,
    path: &str,
    interface: &str,
    method: &str,
    arguments: &(impl serde::Serialize + zbus::zvariant::DynamicType),
) -> T {
    try_call(connection, to, path, interface, method, arguments)
        .unwrap_or_else(|| panic!("{interface}.{method} of {to} does not answer"))
}

fn try_call<T: serde::de::DeserializeOwned + zbus::zvariant::Type>(
    connection: &zbus::Connection,
    to: &str,
    path: &str,
    interface: &str,
    method: &str,
    arguments: &(impl serde::Serialize + zbus::zvariant::DynamicType),
) -> Option<T> {
    zbus::block_on(connection.call_method(Some(to), path, Some(interface), method, arguments))
        .and_then(|reply| reply.body().deserialize())
        .ok()
}

/// Writes down what any program asks screen readers to say.
fn listen(connection: &zbus::Connection) -> Arc<Mutex<Vec<String>>> {
    type Body = (
        String,
        i32,
        i32,
        OwnedVariant,
        HashMap<String, OwnedVariant>,
    );
    let rule = zbus::MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .interface("org.a11y.atspi.Event.Object")
        .member("Announcement")
        .build()
        .expect("names of an interface and a signal");
    let mut signals = zbus::block_on(zbus::MessageStream::for_match_rule(rule, connection, None))
        .expect("the accessibility bus takes match rules");
    let heard = Arc::new(Mutex::new(Vec::new()));
    let written = Arc::clone(&heard);
    std::thread::spawn(move || {
        zbus::block_on(async {
            while let Some(Ok(message)) = signals.next().await {
                let (_, _, _, words, _): Body =
                    message.body().deserialize().expect("the body of an event");
                let words = String::try_from(words).expect("words");
                written.lock().expect("nobody panics with it").push(words);
            }
        });
    });
    heard
}
