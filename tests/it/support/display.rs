//! A screen that exists only in memory, with a window manager on it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use x11rb::{
    connection::Connection as _,
    protocol::{
        randr::{ConnectionExt as _, MonitorInfo},
        screensaver::ConnectionExt as _,
        xproto::{ConnectionExt as _, Window as Id},
    },
    rust_connection::RustConnection,
};

use super::{
    Program, installed,
    program::output_of,
    wait_until,
    window::{self, Window},
};

/// A monitor: a part of the screen that RandR calls one.
#[derive(Clone, Copy, Debug)]
pub struct Monitor {
    /// Its name.
    pub name: &'static str,
    /// Left and upper edge, width and height, in pixels of the screen.
    pub area: [i32; 4],
    /// It is the primary one.
    pub primary: bool,
}

impl Monitor {
    /// `first`: takes the place of the one that the server made up.
    fn define(&self, display: &str, first: bool) {
        let [x, y, width, height] = self.area;
        let star = if self.primary { "*" } else { "" };
        // The size in millimetres is that of about 96 pixels to the inch.
        let (wide, high) = (width * 10 / 38, height * 10 / 38);
        let name = format!("{star}{}", self.name);
        let geometry = format!("{width}/{wide}x{height}/{high}+{x}+{y}");
        let output = if first { "screen" } else { "none" };
        xrandr(display, &["--setmonitor", &name, &geometry, output]);
    }
}

fn xrandr(display: &str, arguments: &[&str]) {
    let mut command = Command::new(installed("xrandr"));
    command.args(["--display", display]).args(arguments);
    output_of("xrandr", &mut command);
}

/// An X server without hardware, and openbox.
pub struct VirtualDisplay {
    // Dropped in this order: the window manager would complain about a server that went first.
    manager: Program,
    x: RustConnection,
    server: Program,
    name: String,
}

impl VirtualDisplay {
    /// A screen of 1280 x 800 pixels. Programs started for it use `home` as their home folder.
    pub fn start(home: &Path) -> Self {
        Self::with_size(home, 1280, 800)
    }

    /// A screen of this size, in pixels.
    pub fn with_size(home: &Path, width: u16, height: u16) -> Self {
        Self::with_monitors(home, width, height, &[])
    }

    /// A screen of this size, in pixels, on which these monitors lie.
    pub fn with_monitors(home: &Path, width: u16, height: u16, monitors: &[Monitor]) -> Self {
        let mut server = Program::start(
            "Xvfb",
            Program::command("Xvfb")
                // The server finds a free number and says which once it takes connections.
                .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
                .args(["-screen", "0", &format!("{width}x{height}x24")])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let name = format!(":{}", server.first_line());
        let (x, _) = x11rb::connect(Some(&name)).expect("the virtual display takes connections");
        for (place, monitor) in monitors.iter().enumerate() {
            monitor.define(&name, place == 0);
        }
        let mut manager = Program::start(
            "openbox",
            Program::command("openbox")
                .arg("--sm-disable")
                .env("DISPLAY", &name)
                .env("HOME", home)
                .env_remove("XDG_CONFIG_HOME")
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        let root = x.setup().roots[0].root;
        // It announces itself before it listens, and a window opened in between would never be
        // shown; so it is asked a question until it answers.
        let probe = window::probe(&x, root).expect("the virtual display takes windows");
        wait_until("the window manager", || {
            manager.assert_running();
            window::number(&x, root, "_NET_SUPPORTING_WM_CHECK")?;
            window::ask_for_frame(&x, root, probe).ok()?;
            window::number(&x, probe, "_NET_FRAME_EXTENTS")
        });
        x.destroy_window(probe)
            .expect("the virtual display is there");
        Self {
            manager,
            x,
            server,
            name,
        }
    }

    /// Unplugs a monitor.
    pub fn unplug(&self, monitor: &Monitor) {
        xrandr(&self.name, &["--delmonitor", monitor.name]);
    }

    /// Gives a monitor that is there another size or place. Nobody sees it gone in between.
    pub fn change(&self, monitor: &Monitor) {
        let root = self.x.setup().roots[0].root;
        let [x, y, width, height] = monitor.area;
        let there = "the display is there";
        let part = |pixels: i32| u16::try_from(pixels).expect("no screen is that large");
        let at = |pixels: i32| i16::try_from(pixels).expect("no screen is that large");
        let name = window::atom(&self.x, monitor.name);
        let info = MonitorInfo {
            name,
            primary: monitor.primary,
            automatic: false,
            x: at(x),
            y: at(y),
            width: part(width),
            height: part(height),
            width_in_millimeters: (width * 10 / 38).unsigned_abs(),
            height_in_millimeters: (height * 10 / 38).unsigned_abs(),
            outputs: Vec::new(),
        };
        self.x.grab_server().expect(there);
        self.x.randr_delete_monitor(root, name).expect(there);
        self.x.randr_set_monitor(root, info).expect(there);
        self.x.ungrab_server().expect(there);
        self.x.flush().expect(there);
    }

    /// Lets the window manager set or remove a state (`_NET_WM_STATE_…`), as a key of its own would.
    pub fn set_state(&self, window: Id, state: &str, on: bool) {
        let root = self.x.setup().roots[0].root;
        window::ask_for_state(&self.x, root, window, state, on).expect("the display is there");
    }

    /// A panel over the whole width of the screen at its lower edge, gone with the connection that
    /// it returns.
    pub fn panel(&self, height: u16) -> RustConnection {
        let (x, _) = x11rb::connect(Some(&self.name)).expect("the display takes connections");
        window::panel(&x, height).expect("the display takes a panel");
        let root = x.setup().roots[0].root;
        let before = u32::from(x.setup().roots[0].height_in_pixels);
        wait_until("the panel to have its place", || {
            let work = window::numbers(&x, root, "_NET_WORKAREA");
            (*work.get(3)? == before - u32::from(height)).then_some(())
        });
        x
    }

    /// The numbers of a property of a window; none if it has no such property.
    pub fn property(&self, window: Id, name: &str) -> Vec<u32> {
        window::numbers(&self.x, window, name)
    }

    /// A property of a window that holds text, if it has it.
    pub fn text_property(&self, window: Id, name: &str) -> Option<String> {
        window::string(&self.x, window, name)
    }

    /// Whether the window manager has set this state (`_NET_WM_STATE_…`) on a window.
    pub fn has_state(&self, window: Id, state: &str) -> bool {
        let state = window::atom(&self.x, state);
        self.property(window, "_NET_WM_STATE").contains(&state)
    }

    /// Presses the left button at this place of the screen, and holds it.
    pub fn hold_at(&self, x: i32, y: i32) {
        self.xdotool(&[
            "mousemove",
            &x.to_string(),
            &y.to_string(),
            "mousedown",
            "1",
        ]);
    }

    /// Lets the left button go.
    pub fn let_go(&self) {
        self.xdotool(&["mouseup", "1"]);
    }

    /// What `DISPLAY` has to be to get here.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The process ids of the X server and of the window manager.
    pub fn pids(&self) -> [u32; 2] {
        [self.server.pid(), self.manager.pid()]
    }

    /// Every window with a title or a class, from the bottom to the top.
    pub fn windows(&self) -> Vec<Window> {
        window::windows(&self.x, self.x.setup().roots[0].root)
    }

    /// The visible window of this class, if there is one.
    pub fn window_of_class(&self, class: &str) -> Option<Window> {
        self.windows()
            .into_iter()
            .rfind(|window| window.visible && window.class == class)
    }

    /// Waits for a visible window of this class.
    pub fn wait_for_window(&self, class: &str) -> Window {
        wait_until(&format!("a window of class {class}"), || {
            self.window_of_class(class)
        })
    }

    /// Waits until no window of this class is visible.
    pub fn wait_for_no_window(&self, class: &str) {
        wait_until(&format!("the window of class {class} to go"), || {
            self.window_of_class(class).is_none().then_some(())
        });
    }

    /// The window with the focus, as the window manager tells it.
    pub fn active_window(&self) -> Option<Id> {
        window::active(&self.x)
    }

    /// Waits until this window has the focus.
    pub fn wait_for_focus(&self, window: Id) {
        wait_until("the window to have the focus", || {
            (self.active_window() == Some(window)).then_some(())
        });
    }

    /// Presses and releases a key as the keyboard would, named as in `keysymdef.h`: `space`,
    /// `Return`, `Escape`, `s`, `shift+Tab`.
    pub fn press(&self, key: &str) {
        self.xdotool(&["key", "--clearmodifiers", key]);
    }

    /// What was copied last, as another program would paste it; nothing where nobody has copied.
    pub fn clipboard(&self) -> Option<String> {
        window::clipboard(&self.name)
    }

    /// Types this text as the keyboard would, into whatever has the focus.
    pub fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--clearmodifiers", text]);
    }

    /// Clicks with the left button on this place of the screen, in pixels.
    pub fn click_at(&self, x: i32, y: i32) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    }

    /// Clicks into the middle of this window.
    pub fn click(&self, window: &Window) {
        let (width, height) = (window.width.cast_signed(), window.height.cast_signed());
        self.click_at(window.x + width / 2, window.y + height / 2);
    }

    /// Makes this window as large as this, in pixels, and waits until it is.
    pub fn resize(&self, window: &Window, width: u32, height: u32) {
        let (id, x, y) = (window.id, width.to_string(), height.to_string());
        self.xdotool(&["windowsize", &id.to_string(), &x, &y]);
        wait_until("the window to have its new size", || {
            let mut windows = self.windows().into_iter();
            let found = windows.find(|window| window.id == id)?;
            ((found.width, found.height) == (width, height)).then_some(())
        });
    }

    /// Moves the upper left corner of this window to this place of the screen, in pixels.
    pub fn move_to(&self, window: &Window, x: i32, y: i32) {
        let (id, x, y) = (window.id.to_string(), x.to_string(), y.to_string());
        self.xdotool(&["windowmove", "--sync", &id, &x, &y]);
    }

    /// Shows the desktop with this number, counted from 0, as a key of the window manager would.
    pub fn show_desktop(&self, number: u32) {
        self.xdotool(&["set_desktop", &number.to_string()]);
    }

    /// Minimises this window, as a button of its frame would.
    pub fn minimise(&self, window: &Window) {
        self.xdotool(&["windowminimize", "--sync", &window.id.to_string()]);
    }

    /// Moves the pointer to this place of the screen, which is input as far as idle time goes.
    pub fn point_at(&self, x: i32, y: i32) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
    }

    /// How long there was no input, as the X server sees it.
    pub fn idle(&self) -> Duration {
        let root = self.x.setup().roots[0].root;
        let reply = self
            .x
            .screensaver_query_info(root)
            .ok()
            .and_then(|cookie| cookie.reply().ok());
        let info = reply.expect("the virtual display knows idle time");
        Duration::from_millis(info.ms_since_user_input.into())
    }

    /// Saves what the screen shows as `target/test-pictures/NAME.png` and returns where.
    pub fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("test-pictures");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.png"));
        let status = Command::new(installed("scrot"))
            .args(["--silent", "--overwrite"])
            .arg(&file)
            .env("DISPLAY", &self.name)
            .status()?;
        anyhow::ensure!(status.success(), "scrot ended with {status}");
        Ok(file)
    }

    fn xdotool(&self, arguments: &[&str]) {
        output_of(
            "xdotool",
            Command::new(installed("xdotool"))
                .args(arguments)
                .env("DISPLAY", &self.name),
        );
    }
}
