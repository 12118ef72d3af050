//! Bus, display, notification server and a home folder together.

use std::{
    cell::{Ref, RefCell},
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

use super::{
    Dunst, PrivateBus, Sway, VirtualDisplay,
    compositor::{Compositor, Offers},
};

/// A whole desktop for one test, with an empty home.
///
/// When the test fails, what the screen shows is saved under `target/test-pictures/` with the
/// name of the test.
pub struct Desktop {
    // Dropped in this order: what depends on another goes before it.
    dunst: RefCell<Option<Dunst>>,
    more: RefCell<Vec<(&'static str, OsString)>>,
    sway: Option<Sway>,
    compositor: Option<Compositor>,
    display: VirtualDisplay,
    bus: PrivateBus,
    folder: TempDir,
}

impl Desktop {
    /// A bus, a display with a window manager, and dunst.
    pub fn start() -> Self {
        let desktop = Self::without_notifications();
        desktop.start_dunst();
        desktop
    }

    /// A desktop on Wayland: programs see this compositor and no X server. Notifications appear
    /// on a screen of their own, so that tests answer them the same way as on X.
    pub fn on_wayland(sway: Sway) -> Self {
        let mut desktop = Self::start();
        desktop.sway = Some(sway);
        desktop
    }

    /// The same with a compositor that knows of nothing but idleness, in a time that is the test's.
    pub fn on_compositor(offers: Offers) -> Self {
        let mut desktop = Self::start();
        let socket = desktop.folder.path().join("wayland-test");
        desktop.compositor = Some(Compositor::start(&socket, offers));
        desktop
    }

    /// A bus and a display with a window manager; nobody shows notifications.
    pub fn without_notifications() -> Self {
        Self::with_display(VirtualDisplay::start)
    }

    /// The same with a display of one's own, which is given the home folder.
    pub fn with_display(display: impl FnOnce(&Path) -> VirtualDisplay) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("unhunch-test-")
            .tempdir()
            .expect("a temporary folder can be made");
        for (_, place) in PLACES {
            fs::create_dir_all(folder.path().join(place)).expect("a new folder can be filled");
        }
        Self {
            dunst: RefCell::new(None),
            more: RefCell::default(),
            sway: None,
            compositor: None,
            display: display(&folder.path().join("home")),
            bus: PrivateBus::start(folder.path()),
            folder,
        }
    }

    /// The bus.
    pub fn bus(&self) -> &PrivateBus {
        &self.bus
    }

    /// The screen.
    pub fn display(&self) -> &VirtualDisplay {
        &self.display
    }

    /// The compositor.
    ///
    /// # Panics
    /// When the desktop is not on Wayland.
    pub fn sway(&self) -> &Sway {
        self.sway.as_ref().expect("this desktop is on Wayland")
    }

    /// The compositor that knows of nothing but idleness.
    ///
    /// # Panics
    /// When the desktop has none.
    pub fn compositor(&self) -> &Compositor {
        let compositor = self.compositor.as_ref();
        compositor.expect("this desktop has a compositor of the test's")
    }

    /// The notification server.
    ///
    /// # Panics
    /// When none is running.
    pub fn dunst(&self) -> Ref<'_, Dunst> {
        Ref::map(self.dunst.borrow(), |dunst| {
            dunst.as_ref().expect("dunst runs on this desktop")
        })
    }

    /// Starts the notification server, or starts it anew.
    pub fn start_dunst(&self) {
        self.stop_dunst();
        let dunst = Dunst::start(self.folder.path(), &self.bus, &self.display);
        self.dunst.replace(Some(dunst));
    }

    /// Kills the notification server and waits until its name is free.
    pub fn stop_dunst(&self) {
        if self.dunst.take().is_some() {
            self.bus.wait_for_no_owner(super::dunst::SERVICE);
        }
    }

    /// From now on programs see this in their environment, whatever it was before.
    pub fn set(&self, name: &'static str, value: impl Into<OsString>) {
        self.more.borrow_mut().push((name, value.into()));
    }

    /// A folder that is gone with the desktop.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file in which the program looks for its settings, made with its folder. Write it
    /// before the program starts.
    pub fn config_file(&self) -> PathBuf {
        let folder = self.folder.path().join("home/.config/unhunch");
        fs::create_dir_all(&folder).expect("the home of the test can be written");
        folder.join("config.toml")
    }

    /// The file in which the program keeps where it was.
    pub fn state_file(&self) -> PathBuf {
        let folder = self.folder.path().join("home/.local/state/unhunch");
        folder.join("state.json")
    }

    /// The program under test: the one built with the tests, or that which `UNHUNCH_PROGRAM` names.
    pub fn program() -> PathBuf {
        env::var_os("UNHUNCH_PROGRAM")
            .map_or_else(|| env!("CARGO_BIN_EXE_unhunch").into(), PathBuf::from)
    }

    /// Our program on this desktop.
    pub fn unhunch(&self) -> Command {
        self.command(Self::program())
    }

    /// Any command on this desktop: it sees this bus, this screen and this home, and nothing of
    /// the desktop on which the tests run.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(env::vars_os().filter(|(name, _)| PASSED_ON.iter().any(|kept| name == kept)))
            .envs(PLACES.map(|(name, place)| (name, self.folder.path().join(place))))
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
            // Whether the screen of whoever runs the tests is locked is none of their business.
            .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nobody")
            .env("LANG", "C.UTF-8")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("TZ", "UTC")
            .stdin(Stdio::null());
        match (&self.compositor, &self.sway) {
            (Some(compositor), _) => command.env("WAYLAND_DISPLAY", compositor.socket()),
            (None, Some(sway)) => command.env("WAYLAND_DISPLAY", sway.display()),
            (None, None) => command.env("DISPLAY", self.display.name()),
        };
        command.envs(self.more.borrow().iter().map(|(name, value)| (name, value)));
        command
    }
}

/// What a program may know of the machine: where programs are, and what developers set.
const PASSED_ON: &[&str] = &["LLVM_PROFILE_FILE", "PATH", "RUST_BACKTRACE", "RUST_LOG"];

/// The folders of a user, each with its place in the folder of the desktop.
const PLACES: [(&str, &str); 6] = [
    ("HOME", "home"),
    ("XDG_CACHE_HOME", "home/.cache"),
    ("XDG_CONFIG_HOME", "home/.config"),
    ("XDG_DATA_HOME", "home/.local/share"),
    ("XDG_RUNTIME_DIR", "runtime"),
    ("XDG_STATE_HOME", "home/.local/state"),
];

impl Drop for Desktop {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        // A second panic would hide the first one.
        let name = std::thread::current()
            .name()
            .unwrap_or("test")
            .replace("::", "-");
        let picture = match &self.sway {
            Some(sway) => sway.picture(&name),
            None => self.display.picture(&name),
        };
        if let Ok(file) = picture {
            eprintln!("what the screen showed: {}", file.display());
        }
    }
}
