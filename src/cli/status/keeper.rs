//! Asks the running program how things stand, reads the last week, and passes on what the user
//! asks. Lives on a thread of its own: a silent bus or a slow disk never makes the window wait.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Duration,
};

use super::{standing, week, window};
use crate::{
    cli::config,
    config_file::Location,
    core::config::Config,
    desktop::{clock, launch},
    gui::status::{Ask, News, Pause, run::Tell},
    ipc::client::{self, CallError},
};

/// Something to do.
#[derive(Clone, Copy, Debug)]
pub enum Work {
    /// The user asks.
    Ask(Ask),
    /// Something happened in the running program.
    Changed,
}

/// Asks the program again after this long at the latest: minutes go by without an event.
const AT_LEAST: Duration = Duration::from_secs(30);

/// Keeps what the window shows in step with the program.
pub struct Keeper {
    settings: Location,
    history: PathBuf,
    config: Config,
    tell: Tell,
}

impl Keeper {
    /// Has asked nothing yet.
    pub fn new(settings: Location, history: PathBuf, tell: Tell) -> Self {
        Self {
            config: Config::default(),
            settings,
            history,
            tell,
        }
    }

    /// Works until the window has closed.
    pub fn keep(&mut self, work: &Receiver<Work>) {
        self.look();
        loop {
            match work.recv_timeout(AT_LEAST) {
                Ok(Work::Ask(ask)) => self.ask(ask),
                Ok(Work::Changed) => {
                    // One look is enough for all that happened meanwhile.
                    let asked = work.try_iter().filter_map(|work| match work {
                        Work::Ask(ask) => Some(ask),
                        Work::Changed => None,
                    });
                    let asked: Vec<Ask> = asked.collect();
                    for ask in asked {
                        self.ask(ask);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look();
        }
    }

    /// Tells the window how things stand.
    fn look(&mut self) {
        self.config = config::load(&self.settings).config;
        let standing = match client::call(&client::Ask::Status) {
            Ok((_, status)) => standing::running(&status, &self.config),
            Err(CallError::NotRunning) => standing::not_running(),
            Err(CallError::Refused(why) | CallError::Failed(why)) => {
                log::warn!("asking the program: {why}");
                (self.tell)(News::Said(why));
                return;
            }
        };
        (self.tell)(News::Standing(standing));
        let day_starts = self.config.schedule.day_starts;
        (self.tell)(News::Week(week::last(
            &self.history,
            &clock::now(),
            day_starts,
        )));
    }

    fn ask(&self, ask: Ask) {
        let done = match ask {
            Ask::LookAgain => return,
            Ask::Run => window::run_the_program().map_err(|error| format!("{error:#}")),
            Ask::Open(window) => {
                launch::program(window.arguments()).map_err(|error| error.to_string())
            }
            Ask::Now => self.call(&client::Ask::Now {
                reminder: String::new(),
                stretch: String::new(),
            }),
            Ask::Start => self.call(&client::Ask::Start),
            Ask::Snooze => self.call(&client::Ask::Snooze { seconds: 0 }),
            Ask::Skip => self.call(&client::Ask::Skip),
            Ask::Pause(pause) => self.call(&self.pause(pause)),
            Ask::Resume => self.call(&client::Ask::Resume),
            Ask::Meeting(true) => self.call(&client::Ask::Meeting),
            Ask::Meeting(false) => self.call(&client::Ask::MeetingOver),
        };
        if let Err(why) = done {
            (self.tell)(News::Said(why));
        }
    }

    fn call(&self, ask: &client::Ask) -> Result<(), String> {
        match client::call(ask) {
            Ok(_) => Ok(()),
            // The window shows that by itself.
            Err(CallError::NotRunning) => Ok(()),
            Err(CallError::Refused(why) | CallError::Failed(why)) => Err(why),
        }
    }

    fn pause(&self, pause: Pause) -> client::Ask {
        match pause {
            Pause::Minutes(minutes) => client::Ask::PauseFor {
                seconds: 60 * u32::from(minutes),
            },
            Pause::Tomorrow => client::Ask::PauseUntil {
                time: self.config.schedule.day_starts.format("%H:%M").to_string(),
            },
            Pause::Resumed => client::Ask::Pause,
        }
    }
}
