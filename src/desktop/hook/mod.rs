//! Programs that the user wants to run when something happens.
//!
//! They are started without a shell, with nothing to read, and left alone: a thread that lasts as
//! long as the program waits for its end, ends it when it takes too long, and says in the log what
//! went wrong. Nobody else waits for it, but when ours ends, so do they. What a program prints is
//! ignored; the beginning of what it complains of is kept for the log. Whoever tries one out hears
//! the end of both.

use std::{
    collections::BTreeMap,
    env, io,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use super::child::TOKENS;

#[cfg(not(target_os = "linux"))]
#[path = "elsewhere.rs"]
mod system;
#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod system;

/// So many may run at once; what else happens meanwhile runs nothing.
const MOST: usize = 8;

/// How long programs have to end when ours does.
const FAREWELL: Duration = Duration::from_millis(300);

/// What to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The program, by name or path, and its arguments. Not empty.
    pub run: Vec<String>,
    /// How long it may take.
    pub timeout: Duration,
    /// What it finds in its environment, beside what is in ours.
    pub environment: Vec<(String, String)>,
}

/// The programs that run.
#[derive(Debug, Default)]
pub struct Hooks {
    running: Arc<Running>,
}

#[derive(Debug, Default)]
struct Running {
    /// What ends each of them, by a number of our own.
    list: Mutex<BTreeMap<u64, system::Group>>,
    /// Rings when one has ended.
    ended: Condvar,
}

impl Running {
    fn list(&self) -> MutexGuard<'_, BTreeMap<u64, system::Group>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// By what.
    pub by: EndedBy,
    /// It took longer than this, its time, and was made to end.
    pub late: Option<Duration>,
    /// What was heard of it.
    pub said: String,
}

/// What ended a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndedBy {
    /// Itself, with this code; 0 says that all went well.
    Itself(i32),
    /// A signal with this number.
    Signal(i32),
    /// The system does not say, for this reason.
    Unknown(String),
}

impl End {
    /// In peace, and in time.
    #[must_use]
    pub fn well(&self) -> bool {
        self.by == EndedBy::Itself(0) && self.late.is_none()
    }

    /// How, for the log: "exit status: 1".
    fn how(&self) -> String {
        let how = match &self.by {
            EndedBy::Itself(code) => format!("exit status: {code}"),
            EndedBy::Signal(number) => format!("signal: {number}"),
            EndedBy::Unknown(why) => why.clone(),
        };
        match self.late {
            Some(time) => format!("{how}, after it had taken longer than {time:?}"),
            None => how,
        }
    }
}

/// What is heard of a program while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hear {
    /// The beginning of what it complains of.
    Complaints,
    /// The end of all that it prints and complains of, in the order in which it does.
    Everything,
}

/// Why a program does not run.
#[derive(Debug, thiserror::Error)]
pub enum NotRun {
    /// As many as may run do so already.
    #[error("{MOST} programs of hooks run already")]
    TooMany,
    /// It cannot be started.
    #[error("{0}")]
    NotStarted(io::Error),
    /// Nobody can look after it.
    #[error("{0}")]
    NoThread(io::Error),
}

impl Hooks {
    /// Starts a program and returns at once. What goes wrong, now or later, is logged.
    pub fn start(&self, order: &Order) {
        let name = order.run.first().cloned().unwrap_or_default();
        let ended = {
            let name = name.clone();
            move |end: End| say(&name, &end)
        };
        match self.run(order, Hear::Complaints, ended) {
            Ok(()) => {}
            Err(error @ NotRun::TooMany) => log::warn!("{error}, so `{name}` is left out"),
            Err(NotRun::NotStarted(error)) => {
                log::warn!("the program `{name}` of a hook cannot be started: {error}");
            }
            Err(NotRun::NoThread(error)) => {
                log::warn!("nobody can look after the program `{name}` of a hook: {error}");
            }
        }
    }

    /// Starts a program and returns at once; `ended` is called on a thread of the program's own
    /// when it has ended.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn run(
        &self,
        order: &Order,
        hear: Hear,
        ended: impl FnOnce(End) + Send + 'static,
    ) -> Result<(), NotRun> {
        let [name, arguments @ ..] = &*order.run else {
            return Err(NotRun::NotStarted(io::ErrorKind::InvalidInput.into()));
        };
        let mut list = self.running.list();
        if list.len() >= MOST {
            return Err(NotRun::TooMany);
        }
        let mut command = Command::new(path(name));
        command
            .args(arguments)
            .envs(order.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .current_dir(
                env::home_dir()
                    .filter(|home| home.is_dir())
                    .unwrap_or("/".into()),
            );
        for token in TOKENS {
            command.env_remove(token);
        }
        let heard = system::prepare(&mut command, hear).map_err(NotRun::NotStarted)?;
        let child = command.spawn().map_err(NotRun::NotStarted)?;
        // With it go our ends of what the program writes to.
        drop(command);
        let group = system::Group::of(&child);
        let number = list.last_key_value().map_or(0, |(last, _)| last + 1);
        list.insert(number, group);
        drop(list);

        let timeout = order.timeout;
        let running = Arc::clone(&self.running);
        let watching = thread::Builder::new()
            .name("hook".to_owned())
            .spawn(move || {
                let let_go = || {
                    running.list().remove(&number);
                };
                let end = system::until_the_end(child, heard, timeout, let_go);
                running.ended.notify_all();
                ended(end);
            });
        watching.map(drop).map_err(|error| {
            if let Some(group) = self.running.list().remove(&number) {
                group.kill();
            }
            NotRun::NoThread(error)
        })
    }

    /// Asks all programs that run to end.
    pub fn ask_to_end(&self) {
        let list = self.running.list();
        list.values().for_each(system::Group::terminate);
    }

    /// Ends all programs that have been asked to and still run after another moment.
    pub fn end(&self) {
        let list = self.running.list();
        let waited =
            (self.running.ended).wait_timeout_while(list, FAREWELL, |list| !list.is_empty());
        let (list, _) = waited.unwrap_or_else(PoisonError::into_inner);
        list.values().for_each(system::Group::kill);
    }
}

/// Why a program with this name, or path, cannot be started, as far as that can be seen beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is in no folder of the `PATH`.
    NotInPath,
    /// There is no such file.
    NoSuchFile,
    /// It is a folder.
    IsAFolder,
    /// It is there, but may not be run.
    NotExecutable,
}

/// What speaks against starting this program, if anything does.
#[must_use]
pub fn obstacle(name: &str) -> Option<Obstacle> {
    let path = path(name);
    if path.components().count() > 1 || path.is_absolute() {
        return match path.metadata() {
            Err(_) => Some(Obstacle::NoSuchFile),
            Ok(data) if data.is_dir() => Some(Obstacle::IsAFolder),
            Ok(_) => (!system::may_run(&path)).then_some(Obstacle::NotExecutable),
        };
    }
    let folders = env::var_os("PATH").unwrap_or_default();
    let mut there: Vec<PathBuf> = (env::split_paths(&folders))
        .map(|folder| folder.join(&path))
        .filter(|file| file.is_file())
        .collect();
    match there.is_empty() {
        true => Some(Obstacle::NotInPath),
        false => {
            there.retain(|file| system::may_run(file));
            there.is_empty().then_some(Obstacle::NotExecutable)
        }
    }
}

/// Where the program is; a name is looked for in the `PATH` by the system.
fn path(name: &str) -> PathBuf {
    match (name.strip_prefix("~/"), env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => name.into(),
    }
}

fn say(name: &str, end: &End) {
    if end.well() {
        log::debug!("the program `{name}` of a hook ended well");
        return;
    }
    let complaints = end.said.trim();
    let said = match complaints.is_empty() {
        true => String::new(),
        false => format!("; it said: {}", complaints.escape_debug()),
    };
    log::warn!(
        "the program `{name}` of a hook ended with {}{said}",
        end.how()
    );
}
