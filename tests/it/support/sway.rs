//! A Wayland desktop that exists only in memory: sway, without hardware.

use std::{
    fs,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use super::{Program, installed, program::output_of, wait_until};

/// Sway refuses to run as root, so where tests are run by root it runs as nobody.
const NOBODY: u32 = 65_534;

/// A compositor of its own, which no test shares.
pub struct Sway {
    server: Program,
    /// Its runtime folder, which is not that of the test: it may belong to another user.
    _folder: TempDir,
    display: PathBuf,
    control: PathBuf,
}

/// What sway knows of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwayWindow {
    /// Its number in the tree of sway.
    pub id: i64,
    /// What the program calls itself.
    pub app_id: String,
    /// The process that opened it.
    pub pid: u32,
    /// Whether it has the focus.
    pub focused: bool,
    /// Whether it fills its output.
    pub fullscreen: bool,
    /// Whether anybody can see it.
    pub visible: bool,
}

impl Sway {
    /// One output of 1280 x 720 pixels.
    pub fn start() -> Self {
        Self::with("")
    }

    /// The same, with more lines in its configuration.
    pub fn with(more: &str) -> Self {
        Self::with_outputs(1, more)
    }

    /// So many outputs, side by side.
    pub fn with_outputs(outputs: u32, more: &str) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("unhunch-sway-")
            .tempdir()
            .expect("a temporary folder can be made");
        let config = folder.path().join("config");
        // What it starts prints into the same pipe, once everything is ready.
        let text = format!(
            "xwayland disable\ndefault_border none\n{more}\nexec echo $WAYLAND_DISPLAY $SWAYSOCK\n"
        );
        fs::write(&config, text).expect("a new folder can be filled");
        let mut command = Command::new(installed("setpriv"));
        command.args(["--pdeathsig", "KILL"]);
        if rustix::process::geteuid().is_root() {
            let nobody = NOBODY.to_string();
            command.args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups"]);
            for path in [folder.path(), &config] {
                chown(path, Some(NOBODY), Some(NOBODY)).expect("root may give things away");
            }
        }
        command
            .arg("--")
            .arg(installed("sway"))
            .arg("--config")
            .arg(&config)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", folder.path())
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("WLR_BACKENDS", "headless")
            .env("WLR_HEADLESS_OUTPUTS", outputs.to_string())
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .env("WLR_RENDERER", "pixman")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // It complains that there is no graphics card.
            .stderr(Stdio::null());
        let mut server = Program::start("sway", &mut command);
        let line = server.first_line();
        let (display, control) = line.split_once(' ').expect("both names are set by sway");
        Self {
            server,
            display: folder.path().join(display),
            control: control.into(),
            _folder: folder,
        }
    }

    /// What `WAYLAND_DISPLAY` has to be to get here.
    pub fn display(&self) -> &Path {
        &self.display
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// Lets it carry out a command as from a key, such as `workspace 2`.
    pub fn run(&self, command: &str) {
        self.ask(&["--quiet", "--", command]);
    }

    /// Lets this window fill its output, or be a window again, as a key of sway would.
    pub fn fill_screen(&self, window: &SwayWindow, on: bool) {
        let state = if on { "enable" } else { "disable" };
        self.run(&format!("[con_id={}] fullscreen {state}", window.id));
    }

    /// Every window.
    pub fn windows(&self) -> Vec<SwayWindow> {
        let tree = self.ask(&["--raw", "--type", "get_tree"]);
        let tree: Value = serde_json::from_str(&tree).expect("the tree is JSON");
        let mut found = Vec::new();
        collect(&tree, &mut found);
        found
    }

    /// The window of this program, if there is one.
    pub fn window_of(&self, app_id: &str) -> Option<SwayWindow> {
        let mut windows = self.windows().into_iter();
        windows.find(|window| window.app_id == app_id)
    }

    /// Waits for a window of this program.
    pub fn wait_for_window(&self, app_id: &str) -> SwayWindow {
        wait_until(&format!("a window of {app_id}"), || self.window_of(app_id))
    }

    /// Waits until this program has no window any more.
    pub fn wait_for_no_window(&self, app_id: &str) {
        wait_until(&format!("the window of {app_id} to go"), || {
            self.window_of(app_id).is_none().then_some(())
        });
    }

    /// Waits until the window of this program has the focus.
    pub fn wait_for_focus(&self, app_id: &str) {
        wait_until(&format!("{app_id} to have the focus"), || {
            self.window_of(app_id)?.focused.then_some(())
        });
    }

    /// Saves what the outputs show as `target/test-pictures/NAME.png` and returns where.
    pub fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("test-pictures");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.png"));
        let status = Command::new(installed("grim"))
            .arg(&file)
            .env("WAYLAND_DISPLAY", &self.display)
            .status()?;
        anyhow::ensure!(status.success(), "grim ended with {status}");
        Ok(file)
    }

    fn ask(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(installed("swaymsg"));
        command.arg("--socket").arg(&self.control).args(arguments);
        output_of("swaymsg", &mut command)
    }
}

fn collect(node: &Value, found: &mut Vec<SwayWindow>) {
    let number = |value: &Value| value.as_i64().unwrap_or_default();
    // Only what a program has opened has a process.
    if let Some(pid) = node["pid"].as_u64() {
        found.push(SwayWindow {
            id: number(&node["id"]),
            app_id: node["app_id"].as_str().unwrap_or_default().to_owned(),
            pid: u32::try_from(pid).unwrap_or_default(),
            focused: node["focused"] == true,
            fullscreen: number(&node["fullscreen_mode"]) > 0,
            visible: node["visible"] == true,
        });
    }
    for children in [&node["nodes"], &node["floating_nodes"]] {
        for child in children.as_array().into_iter().flatten() {
            collect(child, found);
        }
    }
}
