//! A window is a child process: this same program once more, spoken to in lines over pipes.
//!
//! A child may die, hang, flood or be killed; none of that blocks or fails the daemon. What it
//! writes comes as [`Event`]s from a thread that belongs to the child, and [`Event::Ended`] comes
//! exactly once, last, when nothing of it is left. What the lines mean is not known here.

use std::{
    ffi::OsString,
    io::{self, Write as _},
    path::PathBuf,
    process::{self, ChildStdin, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use super::{fault::caught, inbox::Post};

mod lines;
#[cfg(not(target_os = "linux"))]
#[path = "elsewhere.rs"]
mod watch;
#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod watch;

/// The variables that carry the right to take the focus, on Wayland and on X11.
pub(super) const TOKENS: [&str; 2] = ["XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"];

/// What to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The file.
    pub path: PathBuf,
    /// Its arguments, without its own name.
    pub arguments: Vec<OsString>,
}

impl Program {
    /// This same program, as a window.
    ///
    /// # Errors
    ///
    /// When the system does not tell where the program is.
    pub fn window() -> io::Result<Self> {
        Self::this(&["__window"])
    }

    /// This same program, with these arguments.
    ///
    /// # Errors
    ///
    /// When the system does not tell where the program is.
    pub fn this(arguments: &[&str]) -> io::Result<Self> {
        Ok(Self {
            path: watch::this_program()?,
            arguments: arguments.iter().map(OsString::from).collect(),
        })
    }
}

/// News from a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It wrote a line.
    Line(String),
    /// It does something that no window of ours does, and was killed for it.
    Broken(String),
    /// It has ended, and this is the last event.
    Ended {
        /// Whether it ended by itself and in peace.
        success: bool,
        /// How it ended, for the log: "exit status: 1".
        how: String,
    },
}

/// A running child. Dropping it closes its standard input and leaves it running.
#[derive(Debug)]
pub struct Child {
    stdin: Option<ChildStdin>,
    process: Process,
}

/// The process itself, which the thread that waits for it shares. Only one that is known to have
/// ended is reaped, so the lock is never held for long and a kill never meets a stranger's id.
type Process = Arc<Mutex<process::Child>>;

impl Child {
    /// Starts a program. With a token, its first window may take the focus; the environment's own
    /// tokens are meant for the daemon and never passed on.
    ///
    /// # Errors
    ///
    /// When the program cannot be started, or the system refuses a thread.
    pub fn start(program: &Program, token: Option<&str>, post: Post<Event>) -> io::Result<Self> {
        let mut command = Command::new(&program.path);
        command
            .args(&program.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for name in TOKENS {
            match token {
                Some(token) => command.env(name, token),
                None => command.env_remove(name),
            };
        }
        watch::prepare(&mut command);

        let mut process = command.spawn()?;
        let stdin = process.stdin.take();
        let (stdout, stderr) = (process.stdout.take(), process.stderr.take());
        if let Some(stdin) = &stdin {
            watch::never_block(stdin)?;
        }
        let process = Arc::new(Mutex::new(process));
        let child = Self {
            stdin,
            process: Arc::clone(&process),
        };
        let watching = thread::Builder::new()
            .name("window".to_owned())
            .spawn(move || {
                let watched = caught(|| watch::until_the_end(&process, stdout, stderr, &post));
                let status = watched.unwrap_or_else(|| {
                    // Nobody watches it any more.
                    kill(&process);
                    reap(&process)
                });
                post(ended(status));
            });
        if let Err(error) = watching {
            child.kill();
            return Err(error);
        }
        Ok(child)
    }

    /// Writes a line, all of it or an error: a child that has not read what it was sent for so
    /// long that the pipe is full will not read this either.
    ///
    /// # Errors
    ///
    /// When the child is gone or does not read. It can be killed then, nothing else helps.
    pub fn send(&mut self, line: &str) -> io::Result<()> {
        let Some(stdin) = &mut self.stdin else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let sent = stdin.write_all(format!("{line}\n").as_bytes());
        if sent.is_err() {
            // Half a line may have gone out; nothing that follows could be understood.
            self.stdin = None;
        }
        sent
    }

    /// Ends the child now, if it has not ended. [`Event::Ended`] follows.
    pub fn kill(&self) {
        kill(&self.process);
    }
}

fn kill(process: &Process) {
    let killed = process
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .kill();
    if let Err(error) = killed {
        log::warn!("killing a window: {error}");
    }
}

/// Takes the status of a process that has ended.
fn reap(process: &Process) -> io::Result<ExitStatus> {
    process
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .wait()
}

fn ended(status: io::Result<ExitStatus>) -> Event {
    match status {
        Ok(status) => Event::Ended {
            success: status.success(),
            how: status.to_string(),
        },
        Err(error) => Event::Ended {
            success: false,
            how: error.to_string(),
        },
    }
}
