//! A desktop with a panel, on which the programs run one after the other, and an ear on its bus.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use futures_lite::StreamExt as _;
use zbus::{MatchRule, MessageStream, message::Type};

use super::{
    super::{count, now, wait_until_after},
    rivals::{Icon, Rival},
};
use crate::support::{Desktop, PrivateBus, Program, Watcher, installed, process, wait_until};

/// Who keeps the list of icons.
const ICONS: &str = "org.kde.StatusNotifierWatcher";

/// The widest that an icon in the panel is, in pixels.
const ICON: u16 = 48;

/// How often a program is asked for a break that does not begin one.
const ATTEMPTS: usize = 5;

/// How long it takes until it is clear that it begins none.
const SILENCE: Duration = Duration::from_secs(10);

/// Bus, screen, window manager, notifications, panel.
pub struct Desk {
    // Dropped in this order: the panel and its service go before the bus.
    panel: Program,
    _settings: Program,
    watcher: Watcher,
    heard: Receiver<(Instant, Heard)>,
    desktop: Desktop,
}

/// What was heard on the bus.
#[derive(Debug, PartialEq, Eq)]
enum Heard {
    /// Somebody took this name.
    Name(String),
    /// The panel has an icon more.
    Icon,
}

/// A program that runs, and how long its start took.
pub struct Running {
    program: Program,
    pub on_the_bus: Option<Duration>,
    pub in_the_panel: Duration,
}

/// What is spent in a minute.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// How often a processor was given to a thread.
    pub wakes: f64,
    /// Milliseconds on processors.
    pub work: f64,
}

impl Desk {
    /// Ready for the first program.
    pub fn start() -> Self {
        let desktop = Desktop::start();
        let mut settings = desktop.command(installed("setpriv"));
        settings.args(["--pdeathsig", "KILL", "--"]).arg(xfconfd());
        let settings = Program::start("xfconfd", quiet(&desktop, &mut settings));
        desktop.bus().wait_for_owner("org.xfce.Xfconf");
        let mut panel = Program::on(&desktop, "xfce4-panel");
        panel
            .arg("--disable-wm-check")
            .env("XFCE_PANEL_MIGRATE_DEFAULT", "1");
        let panel = Program::start("xfce4-panel", quiet(&desktop, &mut panel));
        desktop.bus().wait_for_owner(ICONS);
        Self {
            panel,
            _settings: settings,
            watcher: Watcher::start(desktop.display()),
            heard: listen(desktop.bus()),
            desktop,
        }
    }

    /// Starts a program, and waits until its icon is in the panel.
    pub fn run(&self, rival: &Rival) -> Running {
        while self.heard.try_recv().is_ok() {}
        let mut command = (rival.command)(&self.desktop);
        let command = quiet(&self.desktop, &mut command);
        let began = now();
        let mut running = Running {
            program: Program::start(rival.name, command),
            on_the_bus: None,
            in_the_panel: Duration::ZERO,
        };
        if let Some(name) = rival.bus_name {
            let at = self.hears(&Heard::Name(name.to_owned()));
            running.on_the_bus = Some(at.duration_since(began));
        }
        let at = match rival.icon {
            Icon::Item => self.hears(&Heard::Icon),
            Icon::Embedded(class) => self.sees_icon(class, began),
        };
        running.in_the_panel = at.duration_since(began);
        running
    }

    fn hears(&self, what: &Heard) -> Instant {
        wait_until(&format!("{what:?}"), || {
            let (at, heard) = self.heard.try_recv().ok()?;
            (heard == *what).then_some(at)
        })
    }

    fn sees_icon(&self, class: &str, since: Instant) -> Instant {
        loop {
            let (at, window) = self.watcher.wait_for_new(class, since);
            if self
                .watcher
                .size(window)
                .is_some_and(|(width, _)| width <= ICON)
            {
                return at;
            }
        }
    }

    /// Asks for a break, where the program can be asked: how long it takes to the picture.
    pub fn asks(&self, rival: &Rival) -> Option<Duration> {
        let asks = rival.asks?;
        for _ in 0..ATTEMPTS {
            // For some there are no breaks until they have seen that somebody is there.
            for x in 0..3 {
                self.desktop.display().point_at(300 + x, 300);
                wait_until_after(now() + Duration::from_secs(1));
            }
            let asked = now();
            asks(&self.desktop);
            let appeared = self.watcher.new_within(SILENCE, rival.window, asked);
            if let Some((_, window)) = appeared {
                let seen = self.watcher.wait_for_any_picture(window);
                return Some(seen.duration_since(asked));
            }
        }
        panic!("{} takes no wish for a break", rival.name);
    }

    /// Closes the window with which the program welcomes.
    pub fn dismiss_greeting(&self, rival: &Rival) {
        let window = self.desktop.display().wait_for_window(rival.window);
        self.desktop.display().wait_for_focus(window.id);
        self.desktop.display().press("Escape");
        self.desktop.display().wait_for_no_window(rival.window);
    }

    /// Ends a program with everything that belongs to it.
    pub fn stop(&self, rival: &Rival, running: Running) {
        let family = running.family();
        let own = running.program.pid();
        drop(running);
        for pid in family.into_iter().filter(|pid| *pid != own) {
            // It may have gone with its parent.
            let mut kill = Command::new("kill");
            kill.args(["-KILL", &pid.to_string()]).stderr(Stdio::null());
            kill.status().ok();
        }
        if let Some(name) = rival.bus_name {
            self.desktop.bus().wait_for_no_owner(name);
        }
        self.desktop.display().wait_for_no_window(rival.window);
        if let Some(place) = rival.remembers {
            std::fs::remove_dir_all(self.desktop.folder().join(place))
                .expect("what it remembers is in its place");
        }
    }

    /// What the servers of the desktop spend.
    pub fn others_cost(&self, span: Duration) -> Cost {
        self.spent(span, &[]).1
    }

    /// What a program spends, and the servers of the desktop.
    pub fn costs(&self, running: &Running, span: Duration) -> (Cost, Cost) {
        self.spent(span, &[running.program.pid()])
    }

    fn spent(&self, span: Duration, own: &[u32]) -> (Cost, Cost) {
        let servers = self.servers();
        let before = (so_far(own), so_far(&servers));
        let began = now();
        wait_until_after(began + span);
        let minutes = began.elapsed().as_secs_f64() / 60.0;
        let after = (so_far(own), so_far(&servers));
        let spent = |before: Cost, after: Cost| Cost {
            wakes: (after.wakes - before.wakes) / minutes,
            work: (after.work - before.work) / minutes,
        };
        (spent(before.0, after.0), spent(before.1, after.1))
    }

    fn servers(&self) -> Vec<u32> {
        let [server, manager] = self.desktop.display().pids();
        let bus = self.desktop.bus().pid();
        let notifications = self.desktop.dunst().pid();
        let panel = process::family(self.panel.pid());
        [server, manager, bus, notifications]
            .into_iter()
            .chain(panel)
            .collect()
    }
}

impl Running {
    /// Its process and those that it has started.
    pub fn family(&self) -> Vec<u32> {
        process::family(self.program.pid())
    }

    /// How long processors have worked for all of them.
    pub fn worked(&self) -> Duration {
        self.family().into_iter().map(process::worked).sum()
    }
}

/// What these processes, and those that they have started, have spent so far. Those that began and
/// ended meanwhile count in the time that their parents account for.
fn so_far(pids: &[u32]) -> Cost {
    let mut cost = Cost::default();
    for pid in pids.iter().flat_map(|pid| process::family(*pid)) {
        cost.wakes += count(process::context_switches(pid));
        cost.work += process::worked(pid).as_secs_f64() * 1000.0;
    }
    cost
}

/// Says nothing, and finds on the bus of the session what else would be on that of the system.
fn quiet<'a>(desktop: &Desktop, command: &'a mut Command) -> &'a mut Command {
    command
        .env("DBUS_SYSTEM_BUS_ADDRESS", desktop.bus().address())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

/// The service in which the panel keeps its settings; not a program that people start.
fn xfconfd() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").expect("there is a folder of libraries");
    let below = folders.flatten().map(|folder| folder.path());
    below
        .map(|folder| folder.join("xfce4/xfconf/xfconfd"))
        .find(|file| file.exists())
        .expect("xfconfd is missing: sudo apt-get install xfconf")
}

fn listen(bus: &PrivateBus) -> Receiver<(Instant, Heard)> {
    let (sender, heard) = channel();
    for (interface, member) in [
        ("org.freedesktop.DBus", "NameOwnerChanged"),
        (ICONS, "StatusNotifierItemRegistered"),
    ] {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface(interface)
            .member(member)
            .build()
            .expect("names of an interface and a signal");
        let connection = bus.connect();
        let mut signals = zbus::block_on(MessageStream::for_match_rule(rule, &connection, None))
            .expect("the bus takes match rules");
        let sender = sender.clone();
        std::thread::spawn(move || {
            zbus::block_on(async {
                while let Some(Ok(message)) = signals.next().await {
                    let at = now();
                    let change = message.body().deserialize::<(String, String, String)>();
                    let heard = match change {
                        Ok((_, _, owner)) if owner.is_empty() => continue,
                        Ok((name, _, _)) => Heard::Name(name),
                        Err(_) => Heard::Icon,
                    };
                    if sender.send((at, heard)).is_err() {
                        return;
                    }
                }
            });
            drop(connection);
        });
    }
    heard
}
