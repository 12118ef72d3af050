//! Our program, running in the background of a test's desktop, and an ear on what it tells.

use std::{
    fs,
    process::{Child, Output, Stdio},
    sync::{Arc, Mutex},
};

use futures_lite::StreamExt as _;
use serde_json::Value;
use unhunch::ipc::{BUS_NAME, INTERFACE};

use super::{Desktop, wait_until};

/// The daemon, ended with this value.
pub struct Daemon<'a> {
    desktop: &'a Desktop,
    child: Child,
    told: Arc<Mutex<Vec<(String, Value)>>>,
    /// How many of the told events a test has waited for already.
    heard: usize,
}

impl<'a> Daemon<'a> {
    /// Writes these settings and starts the daemon with them; it answers when this returns.
    pub fn start(desktop: &'a Desktop, settings: &str) -> Self {
        fs::write(desktop.config_file(), settings).expect("the home of the test can be written");
        Self::again(desktop)
    }

    /// Starts the daemon with the settings that are there.
    pub fn again(desktop: &'a Desktop) -> Self {
        let told = listen(desktop);
        let mut child = Self::spawn(desktop);
        wait_until("the daemon to answer", || {
            if let Ok(Some(status)) = child.try_wait() {
                panic!("the daemon ended: {status}");
            }
            answers(desktop).then_some(())
        });
        Self {
            desktop,
            child,
            told,
            heard: 0,
        }
    }

    fn spawn(desktop: &Desktop) -> Child {
        // Should the test be killed, the daemon goes too, as every other program of a test does.
        desktop
            .command(super::installed("setpriv"))
            .args(["--pdeathsig", "KILL", "--"])
            .arg(Desktop::program())
            .arg("run")
            .stdout(Stdio::null())
            .spawn()
            .expect("the program can be started")
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the next event of this name, and returns its details. Events before it are
    /// passed over, and are not found by a later call.
    pub fn wait_for(&mut self, event: &str) -> Value {
        self.wait_for_while(event, || {})
    }

    /// Like [`Daemon::wait_for`], with something that goes on meanwhile.
    pub fn wait_for_while(&mut self, event: &str, meanwhile: impl Fn()) -> Value {
        let (at, details) = wait_until(&format!("the event “{event}”"), || {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("waiting for “{event}”, but the daemon ended: {status}");
            }
            meanwhile();
            let told = self.told.lock().expect("the listener does not panic");
            told.iter()
                .enumerate()
                .skip(self.heard)
                .find(|(_, (name, _))| name == event)
                .map(|(at, (_, details))| (at, details.clone()))
        });
        self.heard = at + 1;
        details
    }

    /// The names of all events told so far.
    pub fn told(&self) -> Vec<String> {
        let told = self.told.lock().expect("the listener does not panic");
        told.iter().map(|(name, _)| name.clone()).collect()
    }

    /// What `unhunch status --json` says now.
    pub fn status(&self) -> Value {
        let output = self.run(&["status", "--json"]);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).expect("the status is JSON")
    }

    /// What `unhunch history --format json` says now.
    pub fn history(&self) -> Vec<Value> {
        let output = self.run(&["history", "--format", "json"]);
        assert!(output.status.success(), "{output:?}");
        let history: Value = serde_json::from_slice(&output.stdout).expect("the history is JSON");
        history.as_array().expect("the history is an array").clone()
    }

    /// Runs a command of the program.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.desktop
            .unhunch()
            .args(arguments)
            .output()
            .expect("the program can be started")
    }

    /// Waits for it to end by itself.
    pub fn wait(mut self) -> std::process::ExitStatus {
        wait_until("the daemon to end", || {
            self.child
                .try_wait()
                .expect("the daemon is ours to wait for")
        })
    }

    /// Kills it like a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("the daemon can be killed");
        self.child.wait().expect("the daemon is ours to wait for");
        self.desktop.bus().wait_for_no_owner(BUS_NAME);
    }

    /// The process of its window, if one is open.
    pub fn window_pid(&self) -> Option<u32> {
        let children = format!("/proc/{0}/task/{0}/children", self.pid());
        fs::read_to_string(children)
            .ok()?
            .split_whitespace()
            .find_map(|pid| pid.parse().ok())
    }
}

impl Drop for Daemon<'_> {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        if std::thread::panicking() {
            eprintln!("what the program told: {:?}", self.told());
        }
    }
}

fn answers(desktop: &Desktop) -> bool {
    desktop
        .unhunch()
        .args(["status", "--json"])
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Collects the events that any daemon on this bus tells.
fn listen(desktop: &Desktop) -> Arc<Mutex<Vec<(String, Value)>>> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let rule = zbus::MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .interface(INTERFACE)
        .member("Event")
        .build()
        .expect("names of an interface and a signal");
    let connection = desktop.bus().connect();
    let mut signals = zbus::block_on(zbus::MessageStream::for_match_rule(rule, &connection, None))
        .expect("the bus of the test takes match rules");
    let heard = Arc::clone(&told);
    std::thread::spawn(move || {
        zbus::block_on(async {
            while let Some(Ok(message)) = signals.next().await {
                let (name, details): (String, String) =
                    message.body().deserialize().expect("a name and details");
                let details = serde_json::from_str(&details).expect("the details are JSON");
                heard
                    .lock()
                    .expect("nobody panics with it")
                    .push((name, details));
            }
        });
        drop(connection);
    });
    told
}
