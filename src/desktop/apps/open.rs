//! Which programs are open now, for whoever fills the user's list; nothing here is needed to hold
//! breaks.

use std::time::Duration;

use crate::desktop::{sense::Why, windows::Screen};

/// The longest that a display is waited for.
#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_secs(1);

/// What is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Programs by a name by which an entry of the list means them, each once, in order.
    pub programs: Vec<String>,
    /// Whether this desktop tells which window is in front: whose word that is, or why not.
    pub front: Result<String, Why>,
}

impl Open {
    /// Looks around. Takes a second at the most.
    #[cfg(target_os = "linux")]
    #[must_use]
    pub fn now(screen: Option<&Screen>) -> Self {
        system::look(screen)
    }

    /// Nobody tells here.
    #[cfg(not(target_os = "linux"))]
    #[must_use]
    pub fn now(_screen: Option<&Screen>) -> Self {
        Self {
            programs: Vec::new(),
            front: Err(Why::NobodyToAsk),
        }
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::{collections::BTreeSet, fs, os::unix::fs::MetadataExt as _, path::Path};

    use rustix::process::getuid;

    use super::{Open, PATIENCE};
    use crate::desktop::{
        APP_ID,
        apps::names::{Names, opened_as},
        clock, ready,
        sense::Why,
        windows::{Eye, Program, Screen, Sight},
    };

    pub fn look(screen: Option<&Screen>) -> Open {
        let mut programs = started_by_the_desktop();
        let front = match screen {
            None => Err(Why::NobodyToAsk),
            Some(screen) => windows(screen).map(|(by, shown)| {
                // What the desktop has started and shows is one program.
                for program in shown {
                    let names = Names::of_window(&program.names);
                    if !programs
                        .iter()
                        .any(|id| names.include(id) || meant_by(id, &program))
                    {
                        programs.insert(name(&program));
                    }
                }
                by
            }),
        };
        programs.remove("");
        Open {
            programs: programs.into_iter().collect(),
            front,
        }
    }

    /// Those that have a window, and whose word it is.
    fn windows(screen: &Screen) -> Result<(String, Vec<Program>), Why> {
        let failed = |error: anyhow::Error| Why::Failed(format!("{error:#}"));
        let mut eye = screen.open().map_err(failed)?;
        let gives_up = clock::awake() + PATIENCE;
        loop {
            match eye.look().map_err(failed)? {
                Sight::Nobody => return Err(Why::DoesNotTell),
                Sight::Windows(_) => {
                    let programs = eye.programs().map_err(failed)?;
                    return Ok((eye.by().to_owned(), programs));
                }
                Sight::NotYet => {}
            }
            let left = gives_up.saturating_sub(clock::awake());
            if left.is_zero() {
                return Err(Why::Silent);
            }
            wait(eye.as_ref(), left);
            eye.take_news().map_err(failed)?;
        }
    }

    fn wait(eye: &dyn Eye, patience: std::time::Duration) {
        ready::wait([eye.news()], Some(patience));
    }

    /// The name of a window by which its process is meant too, as far as that is known.
    fn name(program: &Program) -> String {
        let last = || program.name().to_owned();
        let Some(pid) = program.pid else {
            return last();
        };
        let process = Names::of(Path::new(&format!("/proc/{pid}")));
        if process.is_empty() {
            return last();
        }
        let mut both = program.names.iter().rev();
        let known = both.find(|name| process.include(name)).cloned();
        known.or_else(|| process.first()).unwrap_or_else(last)
    }

    /// Whether somebody who writes this id means the process of this window.
    fn meant_by(id: &str, program: &Program) -> bool {
        let process = program.pid.map(|pid| format!("/proc/{pid}"));
        process.is_some_and(|process| Names::of(Path::new(&process)).include(id))
    }

    /// Those that desktops with systemd have started, by their ids; ours is none of them.
    fn started_by_the_desktop() -> BTreeSet<String> {
        let ours = getuid().as_raw();
        let folders = fs::read_dir("/proc").into_iter().flatten().flatten();
        let of_the_user = folders.filter(|entry| {
            let number = entry.file_name().to_string_lossy().parse::<u32>().is_ok();
            number && entry.metadata().is_ok_and(|data| data.uid() == ours)
        });
        of_the_user
            .filter_map(|entry| opened_as(&entry.path()))
            .filter(|id| id != APP_ID)
            .collect()
    }
}
