//! Watching for the programs on the user's list.

use std::{os::fd::AsFd as _, path::Path, time::Duration};

use super::{
    Listed,
    names::Names,
    running::{Found, Processes},
};
use crate::{
    core::config::App,
    desktop::{
        inbox::Post,
        sense::{
            Report, Why, Word,
            on_thread::{OnThread, Stop, Wake},
        },
        windows::{Eye, Program, Screen, Seen, Sight},
    },
};

/// Whose word it is, where no window was asked for.
const BY: &str = "Linux";

/// Programs that are not there are looked for again after this; a break is near …
const LOOK: Duration = Duration::from_secs(5);

/// … and after so many looks only after this: a break that has waited for so long waits for
/// something else, and for a minute more when that has ended.
const LOOKS: u32 = 12;
const LATER: Duration = Duration::from_secs(30);

/// A display that is not there, or has not told anything yet, is waited for this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Windows that come and go all the time are looked at no more often than this.
const CALM: Duration = Duration::from_millis(100);

/// The sensor for the programs on this list and the windows on this screen.
#[must_use]
pub fn sensor(listed: Listed, screen: Option<Screen>, post: &Post<Word>) -> OnThread {
    OnThread::new("apps", post, move |stop, report| {
        let list = listed.now();
        let in_front = |app: &&App| app.in_front;
        let mut watch = Watch {
            screen: screen
                .as_ref()
                .filter(|_| list.iter().any(|app| in_front(&app))),
            eye: None,
            processes: Processes::default(),
            looks: 0,
            running: names(list.iter().filter(|app| !app.in_front)),
            front: names(list.iter().filter(in_front)),
        };
        watch.run(stop, report);
        Ok(())
    })
}

fn names<'a>(apps: impl Iterator<Item = &'a App>) -> Vec<&'a str> {
    apps.map(|app| app.name.as_str()).collect()
}

struct Watch<'a> {
    /// Where windows are to be looked at, if the list has such entries.
    screen: Option<&'a Screen>,
    eye: Option<Box<dyn Eye>>,
    processes: Processes,
    /// How often nothing was found in a row.
    looks: u32,
    /// Those that are in use while they run.
    running: Vec<&'a str>,
    /// Those that are in use only while they are in front.
    front: Vec<&'a str>,
}

impl Watch<'_> {
    fn run(&mut self, stop: &Stop, report: &mut Report) {
        let mut found = Vec::new();
        let mut look_for_running = true;
        loop {
            if look_for_running && !self.running.is_empty() {
                found = self.processes.find(&self.running);
                self.looks = if found.is_empty() { self.looks + 1 } else { 0 };
            }
            let seen = self.look_at_windows();
            if let Some(word) = self.word(&found, &seen) {
                report.say(word);
            }
            let late = loop {
                let mut news: Vec<_> = found.iter().map(|found| found.end.as_fd()).collect();
                news.extend(self.eye.iter().map(|eye| eye.news()));
                match stop.wait_or(&news, self.patience(&found, &seen)) {
                    Wake::Stopped => return,
                    Wake::Late => break true,
                    Wake::News => {}
                }
                look_for_running = has_ended(&found);
                if look_for_running | self.take_news() {
                    break false;
                }
            };
            if late {
                look_for_running = true;
                continue;
            }
            if !stop.sit_out(CALM) {
                return;
            }
            self.take_news();
        }
    }

    /// How long to wait at most: what has been found is told about when it ends.
    fn patience(&self, found: &[Found], seen: &Result<Option<Seen>, Why>) -> Option<Duration> {
        if found.is_empty() && !self.running.is_empty() {
            return Some(if self.looks < LOOKS { LOOK } else { LATER });
        }
        let settled = self.front.is_empty() || matches!(seen, Ok(Some(_)));
        (!settled).then_some(PATIENCE)
    }

    /// Whether anything worth a look has come in. A display that is gone is.
    fn take_news(&mut self) -> bool {
        let Some(eye) = &mut self.eye else {
            return false;
        };
        eye.take_news().unwrap_or_else(|error| {
            log::debug!("windows are not known any more: {error:#}");
            self.eye = None;
            true
        })
    }

    /// The windows, where they are wanted; without any where the display has not told them yet.
    fn look_at_windows(&mut self) -> Result<Option<Seen>, Why> {
        if self.front.is_empty() {
            return Ok(Some(Seen::default()));
        }
        let Some(screen) = self.screen else {
            return Err(Why::NobodyToAsk);
        };
        let eye = match &mut self.eye {
            Some(eye) => eye,
            None => {
                let opened = screen.open();
                self.eye
                    .insert(opened.map_err(|error| Why::Failed(format!("{error:#}")))?)
            }
        };
        match eye.look() {
            Ok(Sight::Windows(seen)) => Ok(Some(seen)),
            Ok(Sight::NotYet) => Ok(None),
            Ok(Sight::Nobody) => Err(Why::DoesNotTell),
            Err(error) => {
                self.eye = None;
                Err(Why::Failed(format!("{error:#}")))
            }
        }
    }

    /// What it all adds up to; nothing as long as that hangs on windows that are still to come.
    fn word(&self, found: &[Found], seen: &Result<Option<Seen>, Why>) -> Option<Word> {
        let by = self.eye.as_ref().map_or(BY, |eye| eye.by());
        let mut in_use: Vec<String> = found.iter().map(|found| found.written.clone()).collect();
        if let Ok(Some(seen)) = seen {
            in_use.extend(self.in_front(seen));
        }
        if !in_use.is_empty() {
            return Some(Word::known(true, by, Why::Programs(in_use)));
        }
        match seen {
            Ok(Some(_)) => Some(Word::known(false, by, Why::Told)),
            Ok(None) => None,
            Err(why) => Some(Word::unknown(by, why.clone())),
        }
    }

    /// Which of those that count in front are there.
    fn in_front(&self, seen: &Seen) -> Vec<String> {
        if self.front.is_empty() {
            return Vec::new();
        }
        let shown: Vec<Names> = (seen.front.iter().chain(&seen.full))
            .map(names_of)
            .collect();
        let there = |name: &&&str| shown.iter().any(|names| names.include(name));
        (self.front.iter().filter(there))
            .map(|name| (*name).to_owned())
            .collect()
    }
}

/// What a window calls itself, and the names of its process.
fn names_of(program: &Program) -> Names {
    let mut names = Names::of_window(&program.names);
    if let Some(pid) = program.pid {
        names.join(Names::of(Path::new(&format!("/proc/{pid}"))));
    }
    names
}

/// Whether one of these processes has ended.
fn has_ended(found: &[Found]) -> bool {
    let ends: Vec<_> = found.iter().map(|found| found.end.as_fd()).collect();
    let ended = crate::desktop::ready::wait_any(&ends, Some(Duration::ZERO));
    ended.contains(&true)
}
