//! Programs that the user wants to run when something happens.
//!
//! They are started without a shell, with nothing to read, and left alone: a thread that lasts as
//! long as the program waits for its end, ends it when it takes too long, and says in the log what
//! went wrong. Nobody else waits for it, but when ours ends, so do they. What a program prints is
//! ignored; the beginning of what it complains of is kept for the log.

use std::{
    collections::BTreeMap,
    env,
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
#[derive(Debug)]
struct End {
    /// In peace, and in time.
    well: bool,
    /// How, for the log: "exit status: 1".
    how: String,
    /// The beginning of what it wrote to its standard error.
    complaints: String,
}

impl Hooks {
    /// Starts a program and returns at once. What goes wrong, now or later, is logged.
    pub fn start(&self, order: &Order) {
        let [name, arguments @ ..] = &*order.run else {
            return;
        };
        let mut list = self.running.list();
        if list.len() >= MOST {
            log::warn!("{MOST} programs of hooks run already, so `{name}` is left out");
            return;
        }
        let mut command = Command::new(path(name));
        command
            .args(arguments)
            .envs(order.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .current_dir(
                env::home_dir()
                    .filter(|home| home.is_dir())
                    .unwrap_or("/".into()),
            );
        for token in TOKENS {
            command.env_remove(token);
        }
        system::prepare(&mut command);
        let child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                log::warn!("the program `{name}` of a hook cannot be started: {error}");
                return;
            }
        };
        let group = system::Group::of(&child);
        let number = list.last_key_value().map_or(0, |(last, _)| last + 1);
        list.insert(number, group);
        drop(list);

        let (program, timeout) = (name.clone(), order.timeout);
        let running = Arc::clone(&self.running);
        let watching = thread::Builder::new()
            .name("hook".to_owned())
            .spawn(move || {
                let let_go = || {
                    running.list().remove(&number);
                };
                let end = system::until_the_end(child, timeout, let_go);
                running.ended.notify_all();
                say(&program, &end);
            });
        if let Err(error) = watching {
            log::warn!("nobody can look after the program `{name}` of a hook: {error}");
            if let Some(group) = self.running.list().remove(&number) {
                group.kill();
            }
        }
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

/// Where the program is; a name is looked for in the `PATH` by the system.
fn path(name: &str) -> PathBuf {
    match (name.strip_prefix("~/"), env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => name.into(),
    }
}

fn say(name: &str, end: &End) {
    if end.well {
        log::debug!("the program `{name}` of a hook ended well");
        return;
    }
    let complaints = end.complaints.trim();
    let said = match complaints.is_empty() {
        true => String::new(),
        false => format!("; it said: {}", complaints.escape_debug()),
    };
    log::warn!(
        "the program `{name}` of a hook ended with {}{said}",
        end.how
    );
}
