//! What travels over the bus and comes out of `--json`: plain structs with a version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Rises with every change that a reader of the older form could trip over.
pub const STATUS_VERSION: u32 = 1;

/// Everything a user can ask the running program about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// [`STATUS_VERSION`].
    pub v: u32,
    /// Version of the program.
    pub version: String,
    /// `working`, `held`, `announced`, `on_break` or `paused`.
    pub state: String,
    /// Why a due break waits (or would wait): `quiet`, `meeting`, `fullscreen`, `locked`, `away`,
    /// `paused`, `hours`, `app`.
    pub reasons: Vec<String>,
    /// The same reasons with their times, and what the desktop says about each; one that two
    /// sensors speak for comes twice.
    #[serde(default)]
    pub waits: Vec<Wait>,
    /// Since when a due break has waited because of them, RFC 3339; `null` when none does.
    #[serde(default)]
    pub waiting_since: Option<String>,
    /// How long after the end of the last reason a held break comes, in seconds.
    #[serde(default)]
    pub settle_s: f64,
    /// When the break comes that waits only for a while without a new reason, RFC 3339.
    #[serde(default)]
    pub comes_at: Option<String>,
    /// Reminders by id.
    pub reminders: BTreeMap<String, ReminderStatus>,
    /// The reminder that comes next, if one does.
    pub next: Option<Next>,
    /// The break that is announced or under way.
    pub current: Option<CurrentBreak>,
    /// When a pause ends, RFC 3339; `null` while not paused or until resumed.
    pub paused_until: Option<String>,
    /// When the meeting ends that the user told of, RFC 3339; `null` while there is none.
    #[serde(default)]
    pub meeting_until: Option<String>,
    /// What the idle source says: `active`, `idle` or `unknown`.
    pub idle: String,
    /// Where that comes from, such as `X11 IDLETIME`; `null` when nothing on this desktop tells.
    #[serde(default)]
    pub idle_source: Option<String>,
    /// What the notification server can do: `ok`, `no-buttons` or `gone`.
    pub notifier: String,
    /// What does not work or was not understood, a sentence each.
    pub problems: Vec<String>,
}

/// Something that holds breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// One of the words of [`Status::reasons`].
    pub reason: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// When it ends by itself, RFC 3339, where that is known.
    pub until: Option<String>,
    /// The sensor that says so, such as `microphone`; `null` where none is needed.
    pub sensor: Option<String>,
    /// Whom the sensor asked, by the name that people know: `dunst`, `PulseAudio`.
    pub by: Option<String>,
    /// The programs it is about, as far as they have names.
    pub programs: Vec<String>,
    /// All of this in words, without the times.
    pub text: String,
    /// What would end it, in words.
    pub release: String,
}

/// One reminder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReminderStatus {
    /// Seconds of work since its last break.
    pub work_s: f64,
    /// Seconds of work until it is due, or of time until its time of day, or until it is announced
    /// again; 0 when it is due, `null` when it never will be.
    pub due_in_s: Option<f64>,
    /// When that will be if the user goes on as now, RFC 3339; `null` when nobody can know, because
    /// no work is counted at present, or when it is due already.
    #[serde(default)]
    pub due_at: Option<String>,
    /// Snoozes used for the break that is due.
    pub snoozes: u32,
    /// Why it waits; empty when it does not.
    pub reasons: Vec<String>,
}

/// The reminder that comes next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// Its id.
    pub reminder: String,
    /// Seconds until it is due, as in [`ReminderStatus::due_in_s`].
    pub in_s: f64,
    /// When that will be, as in [`ReminderStatus::due_at`].
    #[serde(default)]
    pub at: Option<String>,
}

/// The break that is announced or under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurrentBreak {
    /// Id of the reminder.
    pub reminder: String,
    /// Ids of the stretches, in order; empty for a message.
    pub stretches: Vec<String>,
    /// When it was announced or begun, whichever was last, RFC 3339.
    #[serde(default)]
    pub since: Option<String>,
    /// Seconds that "snooze" would mean; `null` when none is left or it has begun.
    pub snooze_s: Option<f64>,
}
