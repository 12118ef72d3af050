//! The schedule's state across a restart: a small JSON file, replaced as a whole.
//!
//! A reader finds either the state before a write or the one after it, whatever happens in
//! between. The structs here are the file format; those of the core can change without it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Notice, aside::set_aside};
use crate::{
    core::{
        schedule::{Saved, SavedBag, SavedBreak, SavedMeeting, SavedPause, SavedReminder},
        stretch::StretchId,
    },
    desktop::private::{self, Care},
};

/// Rises with every change that an older program could not read.
const VERSION: u32 = 1;

/// A state file larger than this, in bytes, is not one of ours.
const LARGEST: u64 = 4 * 1024 * 1024;

/// How temporary files begin.
const TEMPORARY: &str = ".state-";

/// Where time stood when the state was saved, or is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// What tells this start of the machine from every other, where the system can say.
    pub boot_id: Option<String>,
    /// Time since the start of the machine, sleep included.
    pub boot: Duration,
    /// The wall clock.
    pub utc: DateTime<Utc>,
}

/// A state that was saved by an earlier run.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The state.
    pub saved: Saved,
    /// For how long the program was not running.
    pub off: Duration,
}

/// Writes the state in place of the one before.
///
/// # Errors
/// When the disk is full or may not be written. The state before is then still there.
pub fn write(file: &Path, saved: &Saved, clocks: &Clocks) -> anyhow::Result<()> {
    replace(file, saved, clocks, Care::PowerCut)
}

/// Notes how far the work has come since the last [`write()`], beside its file, so that little is
/// lost should the program be killed. The disk is not waited for: what a power cut makes of this
/// file does no harm to the other one.
///
/// # Errors
/// When the disk is full or may not be written.
pub fn note(file: &Path, saved: &Saved, clocks: &Clocks) -> anyhow::Result<()> {
    replace(&note_of(file), saved, clocks, Care::Kill)
}

fn note_of(file: &Path) -> PathBuf {
    file.with_extension("note")
}

fn replace(file: &Path, saved: &Saved, clocks: &Clocks, care: Care) -> anyhow::Result<()> {
    let page = Page::new(saved, clocks);
    let json = serde_json::to_vec(&page).context("putting the state into words")?;
    private::replace(file, &json, TEMPORARY, care).context("replacing the state file")
}

/// Reads the state of the run before, if there was one. A file that cannot be read is set aside,
/// so that the next write does not take it away; the notice is what the user should hear.
#[must_use]
pub fn read(file: &Path, now: &Clocks) -> (Option<Restored>, Option<Notice>) {
    if let Some(folder) = file.parent() {
        private::remove_leftovers(folder, TEMPORARY);
    }
    // A note that cannot be read has nothing to add.
    let note = read_page(&note_of(file)).ok().flatten();
    let restored = |page: Page| Restored {
        off: page.off(now),
        saved: page.state.into(),
    };
    let page = match read_page(file) {
        Ok(None) => return (None, None),
        Ok(Some(page)) => page,
        Err(Failure::Unavailable(why)) => {
            let file = file.to_owned();
            return (None, Some(Notice::Unavailable { file, why }));
        }
        Err(Failure::Damaged(why)) => {
            let notice = match set_aside(file, &[], now.utc) {
                Ok(kept_as) => Notice::Damaged { kept_as, why },
                Err(error) => Notice::Unavailable {
                    file: file.to_owned(),
                    why: error.to_string(),
                },
            };
            return (note.map(restored), Some(notice));
        }
    };
    let later = note.filter(|note| note.off(now) < page.off(now));
    (Some(restored(later.unwrap_or(page))), None)
}

enum Failure {
    /// The file is there, but cannot be made sense of.
    Damaged(String),
    /// The file cannot be looked at.
    Unavailable(String),
}

fn read_page(file: &Path) -> Result<Option<Page>, Failure> {
    let unavailable = |error: io::Error| Failure::Unavailable(error.to_string());
    let size = match fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => metadata.len(),
        Ok(_) => return Err(Failure::Damaged("not a file".to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    if size > LARGEST {
        return Err(Failure::Damaged(format!("{size} bytes")));
    }
    let bytes = fs::read(file).map_err(unavailable)?;
    let damaged = |error: serde_json::Error| Failure::Damaged(error.to_string());
    let Head { version } = serde_json::from_slice(&bytes).map_err(damaged)?;
    if version != VERSION {
        return Err(Failure::Damaged(format!("version {version}")));
    }
    serde_json::from_slice(&bytes).map(Some).map_err(damaged)
}

/// What every version has.
#[derive(Deserialize)]
struct Head {
    version: u32,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Page {
    version: u32,
    boot_id: Option<String>,
    boot: Duration,
    utc: DateTime<Utc>,
    state: State,
}

impl Page {
    fn new(saved: &Saved, clocks: &Clocks) -> Self {
        Self {
            version: VERSION,
            boot_id: clocks.boot_id.clone(),
            boot: clocks.boot,
            utc: clocks.utc,
            state: State::from(saved),
        }
    }

    /// How long ago the state was saved. While the machine has not been started anew, the clock
    /// that never jumps knows; otherwise only the wall clock does, and it may have been set back.
    fn off(&self, now: &Clocks) -> Duration {
        let same_boot = self.boot_id.is_some() && self.boot_id == now.boot_id;
        if same_boot && now.boot >= self.boot {
            return now.boot - self.boot;
        }
        (now.utc - self.utc).to_std().unwrap_or_default()
    }
}

#[derive(Serialize, Deserialize)]
struct State {
    at: DateTime<Utc>,
    reminders: Vec<Reminder>,
    bag: Bag,
    pause: Option<Pause>,
    // Programs that knew of no meetings have not written it.
    #[serde(default)]
    meeting: Option<Meeting>,
    idle_for: Option<Duration>,
    // Programs that knew of no films have not written it.
    #[serde(default)]
    watched: bool,
    hours_begun: Option<NaiveDateTime>,
    inside_hours: bool,
    next_prompt: u64,
}

#[derive(Serialize, Deserialize)]
struct Reminder {
    id: String,
    work: Duration,
    fired: Vec<NaiveDateTime>,
    due: Option<Break>,
}

#[derive(Serialize, Deserialize)]
struct Break {
    due: DateTime<Utc>,
    announced: Option<DateTime<Utc>>,
    anchor: Option<DateTime<Utc>>,
    stretches: Vec<String>,
    snoozes: u32,
    snooze_left: Option<Duration>,
    absorbed_by: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Bag {
    random: u64,
    used: Vec<String>,
    // Programs that knew no weights have not written it.
    #[serde(default)]
    resting: Vec<String>,
    last: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Pause {
    Resumed,
    For(Duration),
    Time { time: NaiveTime, at: DateTime<Utc> },
}

#[derive(Serialize, Deserialize)]
struct Meeting {
    left: Duration,
    ask_in: Duration,
}

fn names(ids: &[StretchId]) -> Vec<String> {
    ids.iter().map(|id| id.0.clone()).collect()
}

fn ids(names: Vec<String>) -> Vec<StretchId> {
    names.into_iter().map(StretchId).collect()
}

// Each conversion takes the struct apart without `..`, so that a new field cannot be forgotten.

impl From<&Saved> for State {
    fn from(saved: &Saved) -> Self {
        let Saved {
            at,
            reminders,
            bag,
            pause,
            meeting,
            idle_for,
            watched,
            hours_begun,
            inside_hours,
            next_prompt,
        } = saved;
        Self {
            at: *at,
            reminders: reminders.iter().map(Reminder::from).collect(),
            bag: Bag::from(bag),
            pause: pause.as_ref().map(Pause::from),
            meeting: meeting.map(|SavedMeeting { left, ask_in }| Meeting { left, ask_in }),
            idle_for: *idle_for,
            watched: *watched,
            hours_begun: *hours_begun,
            inside_hours: *inside_hours,
            next_prompt: *next_prompt,
        }
    }
}

impl From<State> for Saved {
    fn from(state: State) -> Self {
        Self {
            at: state.at,
            reminders: state.reminders.into_iter().map(Into::into).collect(),
            bag: state.bag.into(),
            pause: state.pause.map(Into::into),
            meeting: (state.meeting).map(|Meeting { left, ask_in }| SavedMeeting { left, ask_in }),
            idle_for: state.idle_for,
            watched: state.watched,
            hours_begun: state.hours_begun,
            inside_hours: state.inside_hours,
            next_prompt: state.next_prompt,
        }
    }
}

impl From<&SavedReminder> for Reminder {
    fn from(saved: &SavedReminder) -> Self {
        let SavedReminder {
            id,
            work,
            fired,
            due,
        } = saved;
        Self {
            id: id.clone(),
            work: *work,
            fired: fired.clone(),
            due: due.as_ref().map(Break::from),
        }
    }
}

impl From<Reminder> for SavedReminder {
    fn from(reminder: Reminder) -> Self {
        Self {
            id: reminder.id,
            work: reminder.work,
            fired: reminder.fired,
            due: reminder.due.map(Into::into),
        }
    }
}

impl From<&SavedBreak> for Break {
    fn from(saved: &SavedBreak) -> Self {
        let SavedBreak {
            due,
            announced,
            anchor,
            stretches,
            snoozes,
            snooze_left,
            absorbed_by,
        } = saved;
        Self {
            due: *due,
            announced: *announced,
            anchor: *anchor,
            stretches: names(stretches),
            snoozes: *snoozes,
            snooze_left: *snooze_left,
            absorbed_by: absorbed_by.clone(),
        }
    }
}

impl From<Break> for SavedBreak {
    fn from(due: Break) -> Self {
        Self {
            due: due.due,
            announced: due.announced,
            anchor: due.anchor,
            stretches: ids(due.stretches),
            snoozes: due.snoozes,
            snooze_left: due.snooze_left,
            absorbed_by: due.absorbed_by,
        }
    }
}

impl From<&SavedBag> for Bag {
    fn from(saved: &SavedBag) -> Self {
        let SavedBag {
            random,
            used,
            resting,
            last,
        } = saved;
        Self {
            random: *random,
            used: names(used),
            resting: names(resting),
            last: last.as_ref().map(|id| id.0.clone()),
        }
    }
}

impl From<Bag> for SavedBag {
    fn from(bag: Bag) -> Self {
        Self {
            random: bag.random,
            used: ids(bag.used),
            resting: ids(bag.resting),
            last: bag.last.map(StretchId),
        }
    }
}

impl From<&SavedPause> for Pause {
    fn from(saved: &SavedPause) -> Self {
        match saved {
            SavedPause::Resumed => Self::Resumed,
            SavedPause::For(left) => Self::For(*left),
            SavedPause::Time { time, at } => Self::Time {
                time: *time,
                at: *at,
            },
        }
    }
}

impl From<Pause> for SavedPause {
    fn from(pause: Pause) -> Self {
        match pause {
            Pause::Resumed => Self::Resumed,
            Pause::For(left) => Self::For(left),
            Pause::Time { time, at } => Self::Time { time, at },
        }
    }
}
