//! Programs that a test starts, and where they come from.

use std::{
    env,
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
};

use super::Desktop;

/// Knows which Debian package has which program, and installs it.
const SETUP: &str = include_str!("../../../script/setup");

/// Where this program is.
///
/// # Panics
/// When it is not installed: one line that says which package to install.
pub fn installed(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file());
    found.unwrap_or_else(|| {
        let package = package_of(name).unwrap_or(name);
        panic!("the program `{name}` is missing: sudo apt-get install {package}")
    })
}

/// The Debian package with this program: the last word of its line in `script/setup`.
pub fn package_of(name: &str) -> Option<&'static str> {
    SETUP
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .find_map(|words| match words[..] {
            [_, "program", program, package] if program == name => Some(package),
            _ => None,
        })
}

/// A running program that ends when this value does.
pub struct Program {
    name: &'static str,
    child: Child,
}

impl Program {
    /// The command that starts this program, in the environment of the test.
    ///
    /// Should the test itself be killed, the kernel ends the program with it. That bond is to
    /// the thread that starts it, which for a test is the one that runs the test.
    pub fn command(name: &'static str) -> Command {
        let mut command = Command::new(installed("setpriv"));
        command
            .args(["--pdeathsig", "KILL", "--"])
            .arg(installed(name))
            .stdin(Stdio::null());
        command
    }

    /// The same on a desktop: it sees the home and the servers of that one.
    pub fn on(desktop: &Desktop, name: &'static str) -> Command {
        let mut command = desktop.command(installed("setpriv"));
        command
            .args(["--pdeathsig", "KILL", "--"])
            .arg(installed(name));
        command
    }

    /// Starts a command made by [`Program::command`] for the program of this name.
    pub fn start(name: &'static str, command: &mut Command) -> Self {
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("starting {name}: {error}"));
        Self { name, child }
    }

    /// The first line that the program prints, which is how some say that they are ready.
    /// Its standard output must be piped. The rest of its output is read and dropped, so that
    /// the program never waits for a reader.
    ///
    /// # Panics
    /// When it ends without having printed one.
    pub fn first_line(&mut self) -> String {
        let mut output = BufReader::new(self.take_output());
        let mut line = String::new();
        output
            .read_line(&mut line)
            .unwrap_or_else(|error| panic!("reading from {}: {error}", self.name));
        assert!(!line.is_empty(), "{} ended before it was ready", self.name);
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        line.trim_end().to_owned()
    }

    /// What it prints, for a reader; its standard output must be piped.
    pub fn take_output(&mut self) -> ChildStdout {
        self.child
            .stdout
            .take()
            .expect("the output of a program is piped and has one reader")
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Fails the test at once if the program has ended, instead of after a long wait for it.
    pub fn assert_running(&mut self) {
        if let Ok(Some(status)) = self.child.try_wait() {
            panic!("{} ended: {status}", self.name);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is reaped here.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Runs a program to its end and returns what it printed.
///
/// # Panics
/// When it fails, with what it said.
pub fn output_of(name: &str, command: &mut Command) -> String {
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("starting {name}: {error}"));
    let arguments: Vec<&OsStr> = command.get_args().collect();
    assert!(
        output.status.success(),
        "{name} {arguments:?} ended with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
