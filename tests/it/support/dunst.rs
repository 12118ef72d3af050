//! A real notification server, and a user who reads and answers what it shows.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Mutex},
};

use serde_json::Value;

use super::{PrivateBus, Program, VirtualDisplay, installed, program::output_of, wait_until};

/// The bus name of the notification service.
pub const SERVICE: &str = "org.freedesktop.Notifications";

/// Dunst on the bus and the display of a test. Its window has the class `Dunst`.
pub struct Dunst {
    server: Program,
    display: String,
    address: String,
    choice: PathBuf,
    log: Arc<Mutex<String>>,
}

impl Dunst {
    /// Starts dunst with its files in `folder`; ready when this returns.
    pub fn start(folder: &Path, bus: &PrivateBus, display: &VirtualDisplay) -> Self {
        let choice = folder.join("choice");
        let config = folder.join("dunstrc");
        fs::write(&config, configuration(&choice)).expect("the folder of the test can be written");
        let mut command = Program::command("dunst");
        command
            .arg("-conf")
            .arg(&config)
            .arg("-print")
            .env("DISPLAY", display.name())
            .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
            .env("HOME", folder)
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Program::start("dunst", &mut command);
        let log = collect(&mut server);
        let connection = bus.connect();
        wait_until("dunst to be ready", || {
            server.assert_running();
            super::bus::owned(&connection, SERVICE).then_some(())
        });
        Self {
            server,
            display: display.name().to_owned(),
            address: bus.address().to_owned(),
            choice,
            log,
        }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// Everything that was ever shown, in dunst's own words.
    pub fn log(&self) -> String {
        self.log.lock().expect("the reader does not panic").clone()
    }

    /// Waits until a notification was shown whose summary, body or actions contain this.
    pub fn wait_for(&self, part: &str) {
        wait_until(&format!("a notification with “{part}”"), || {
            self.log().contains(part).then_some(())
        });
    }

    /// How many notifications are on the screen.
    pub fn displayed(&self) -> u32 {
        let count = self.dunstctl(&["count", "displayed"]);
        count
            .trim()
            .parse()
            .unwrap_or_else(|_| panic!("dunstctl counted “{count}” notifications"))
    }

    /// Waits until this many notifications are on the screen.
    pub fn wait_for_displayed(&self, count: u32) {
        wait_until(&format!("{count} notifications on the screen"), || {
            (self.displayed() == count).then_some(())
        });
    }

    /// Clicks on the body of the newest notification: its default action.
    pub fn click_body(&self) {
        self.dunstctl(&["action", "0"]);
    }

    /// The same without the detour over a command, for figures: returns once dunst was told.
    pub fn activate(&self, bus: &PrivateBus) {
        let connection = bus.connect();
        zbus::block_on(connection.call_method(
            Some(SERVICE),
            "/org/freedesktop/Notifications",
            Some("org.dunstproject.cmd0"),
            "NotificationAction",
            &0_u32,
        ))
        .expect("dunst takes the answer");
    }

    /// Presses the button with this key (`start`, `snooze`, …) of the newest notification,
    /// through the menu in which dunst offers them. Returns once dunst has read the answer.
    pub fn press(&self, key: &str) {
        fs::write(&self.choice, key).expect("the folder of the test can be written");
        self.dunstctl(&["context"]);
        wait_until(&format!("the menu of dunst to offer “{key}”"), || {
            (!self.choice.exists()).then_some(())
        });
    }

    /// Switches do-not-disturb on or off.
    pub fn pause(&self, paused: bool) {
        self.dunstctl(&["set-paused", if paused { "true" } else { "false" }]);
    }

    /// Dismisses every notification, answering none.
    pub fn close_all(&self) {
        self.dunstctl(&["close-all"]);
    }

    /// The notifications that are gone from the screen, the newest first.
    pub fn history(&self) -> Vec<Value> {
        let text = self.dunstctl(&["history"]);
        let history: Value = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("dunstctl history is no JSON ({error}): {text}"));
        history["data"][0].as_array().cloned().unwrap_or_default()
    }

    fn dunstctl(&self, arguments: &[&str]) -> String {
        installed("dbus-send");
        output_of(
            "dunstctl",
            Command::new(installed("dunstctl"))
                .args(arguments)
                .env("DISPLAY", &self.display)
                .env("DBUS_SESSION_BUS_ADDRESS", &self.address),
        )
    }
}

fn collect(server: &mut Program) -> Arc<Mutex<String>> {
    let output = server.take_output();
    let log = Arc::new(Mutex::new(String::new()));
    let lines = Arc::clone(&log);
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let mut log = lines.lock().expect("nobody panics while reading the log");
            log.push_str(&line);
            log.push('\n');
        }
    });
    log
}

/// Dunst has no buttons of its own: it hands its actions to a menu program, one in a line, and
/// invokes the line that comes back. Ours picks the line with the key that the test wrote down.
fn configuration(choice: &Path) -> String {
    let picker = choice.with_file_name("pick");
    let script = format!(
        "#!/bin/sh\nkey=$(cat '{choice}') && grep -m1 -F \",$key]\"; rm -f '{choice}'\n",
        choice = choice.display()
    );
    fs::write(&picker, script).expect("the folder of the test can be written");
    format!(
        r##"[global]
    width = 360
    origin = top-right
    offset = 16x16
    font = Sans 11
    markup = full
    format = "<b>%s</b>\n%b"
    show_indicators = yes
    indicate_hidden = yes
    sort = no
    stack_duplicates = false
    idle_threshold = 0
    history_length = 50
    padding = 14
    horizontal_padding = 16
    frame_width = 1
    frame_color = "#c8c2b8"
    corner_radius = 8
    dmenu = /bin/sh {picker}
    mouse_left_click = do_action, close_current
    mouse_middle_click = context
    mouse_right_click = close_current
[urgency_low]
    background = "#f6f3ee"
    foreground = "#22262b"
[urgency_normal]
    background = "#f6f3ee"
    foreground = "#22262b"
[urgency_critical]
    background = "#f6f3ee"
    foreground = "#22262b"
"##,
        picker = picker.display()
    )
}
