//! The programs: how each is started, seen, and asked for a break.

use std::{
    env, fs,
    process::{Command, Stdio},
};

use unhunch::ipc::{BUS_NAME, INTERFACE, OBJECT_PATH};

use super::super::{WINDOW, count};
use crate::support::{Desktop, Program, installed};

/// How an icon gets into a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// As an item that is announced on the bus.
    Item,
    /// As a small window of this class.
    Embedded(&'static str),
}

/// One of the programs.
pub struct Rival {
    pub name: &'static str,
    /// Its Debian package; none: this program.
    package: Option<&'static str>,
    pub command: fn(&Desktop) -> Command,
    /// Its name on the bus, if it takes one.
    pub bus_name: Option<&'static str>,
    pub icon: Icon,
    /// Asks for a break now, where anybody can.
    pub asks: Option<fn(&Desktop)>,
    /// The class of the window with the break.
    pub window: &'static str,
    /// It opens a window of welcome at its first start.
    pub greets: bool,
    /// Where in the folder of the desktop it keeps breaks that were cut short, to go on with them
    /// after the next start.
    pub remembers: Option<&'static str>,
}

/// This program first.
pub fn all() -> [Rival; 4] {
    [
        Rival {
            name: "Unhunch",
            package: None,
            command: |desktop| {
                let mut command = desktop.command(installed("setpriv"));
                command.args(["--pdeathsig", "KILL", "--"]);
                command.arg(Desktop::program()).arg("run");
                command
            },
            bus_name: Some(BUS_NAME),
            icon: Icon::Item,
            asks: Some(|desktop| {
                call(
                    desktop,
                    BUS_NAME,
                    OBJECT_PATH,
                    (INTERFACE, "Now"),
                    &("", ""),
                );
            }),
            window: WINDOW,
            greets: false,
            remembers: Some("home/.local/state/unhunch"),
        },
        Rival {
            name: "Workrave",
            package: Some("workrave"),
            command: |desktop| Program::on(desktop, "workrave"),
            bus_name: Some("org.workrave.Workrave"),
            icon: Icon::Embedded("Workrave"),
            asks: Some(|desktop| {
                let what = ("org.workrave.ControlInterface", "RestBreak");
                call(
                    desktop,
                    "org.workrave.Workrave",
                    "/org/workrave/Workrave/UI",
                    what,
                    &(),
                );
            }),
            window: "Workrave",
            greets: false,
            remembers: None,
        },
        Rival {
            name: "Safe Eyes",
            package: Some("safeeyes"),
            command: |desktop| Program::on(desktop, "safeeyes"),
            bus_name: None,
            icon: Icon::Item,
            asks: Some(|desktop| {
                let mut command = desktop.command(installed("safeeyes"));
                command.arg("--take-break").stderr(Stdio::null());
                let status = command.status();
                assert!(status.is_ok_and(|status| status.success()));
            }),
            window: "Safeeyes",
            greets: false,
            remembers: None,
        },
        Rival {
            name: "RSIBreak",
            package: Some("rsibreak"),
            command: |desktop| Program::on(desktop, "rsibreak"),
            bus_name: Some("org.kde.rsibreak"),
            icon: Icon::Item,
            asks: None,
            window: "rsibreak",
            greets: true,
            remembers: None,
        },
    ]
}

impl Rival {
    /// Megabytes on disk: for a package what the script has learnt from apt, for this program its
    /// one file.
    pub fn installed(&self) -> Option<f64> {
        let Some(package) = self.package else {
            let file = fs::metadata(Desktop::program()).expect("the program was built");
            return Some(count(file.len()) / 1e6);
        };
        let sizes = env::var("UNHUNCH_PEERS_SIZES").ok()?;
        let mut words = sizes.split_whitespace();
        words.find(|word| *word == package)?;
        words.next()?.parse().ok()
    }
}

/// Calls a method that is answered at once.
fn call<B: serde::Serialize + zbus::zvariant::DynamicType>(
    desktop: &Desktop,
    name: &str,
    path: &str,
    (interface, method): (&str, &str),
    body: &B,
) {
    let connection = desktop.bus().connect();
    zbus::block_on(connection.call_method(Some(name), path, Some(interface), method, body))
        .expect("it takes the wish for a break");
}
