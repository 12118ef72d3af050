//! Every table and key that the settings file may have.
//!
//! The readers of the tables, the hints for unknown keys and the test of the commented default
//! file all go by this list.

use crate::diagnostic::did_you_mean;

/// A table and its keys.
pub struct Keys {
    /// Its name, as in the heading.
    pub table: &'static str,
    /// Whether it may come several times, under double brackets.
    pub repeated: bool,
    /// Its keys.
    pub keys: &'static [&'static str],
}

impl Keys {
    /// The heading as it is written.
    pub fn heading(&self) -> String {
        if self.repeated {
            format!("[[{}]]", self.table)
        } else {
            format!("[{}]", self.table)
        }
    }

    /// Whether it comes several times, each with a name of its own.
    pub fn is_named(&self) -> bool {
        self.repeated && self.keys.contains(&"id")
    }
}

/// All tables, in the order in which they are printed.
pub const TABLES: &[&Keys] = &[
    &SCHEDULE, &HOURS, &HOLD, &REMINDER, &ROTATION, &LOOK, &SOUND, &VOICE, &HOOK, &HISTORY, &LOG,
];

/// `[schedule]`
pub const SCHEDULE: Keys = Keys {
    table: "schedule",
    repeated: false,
    keys: &[
        "idle_grace",
        "natural_break",
        "film",
        "lull",
        "lull_wait",
        "settle",
        "open",
        "answer_within",
        "snooze",
        "max_snoozes",
        "late",
        "settle_in",
        "day_starts",
    ],
};

/// `[hours]`
pub const HOURS: Keys = Keys {
    table: "hours",
    repeated: false,
    keys: &["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
};

/// `[hold]`
pub const HOLD: Keys = Keys {
    table: "hold",
    repeated: false,
    keys: &[
        "quiet",
        "meeting",
        "meeting_except",
        "meeting_length",
        "fullscreen",
        "locked",
        "away",
        "hours",
        "apps",
    ],
};

/// `[[reminder]]`
pub const REMINDER: Keys = Keys {
    table: "reminder",
    repeated: true,
    keys: &[
        "id",
        "every",
        "at",
        "length",
        "count",
        "message",
        "natural_break",
        "open",
    ],
};

/// `[rotation]`
pub const ROTATION: Keys = Keys {
    table: "rotation",
    repeated: false,
    keys: &[
        "stretches",
        "posture",
        "areas",
        "needs",
        "max_noticeability",
        "also",
        "except",
        "more_often",
        "less_often",
    ],
};

/// `[look]`
pub const LOOK: Keys = Keys {
    table: "look",
    repeated: false,
    keys: &[
        "theme",
        "reduced_motion",
        "high_contrast",
        "text_scale",
        "figure",
        "window",
        "monitor",
        "tray",
    ],
};

/// `[sound]`
pub const SOUND: Keys = Keys {
    table: "sound",
    repeated: false,
    keys: &["on", "volume"],
};

/// `[voice]`
pub const VOICE: Keys = Keys {
    table: "voice",
    repeated: false,
    keys: &["on", "name", "rate"],
};

/// `[[hook]]`
pub const HOOK: Keys = Keys {
    table: "hook",
    repeated: true,
    keys: &["on", "run", "timeout"],
};

/// `[history]`
pub const HISTORY: Keys = Keys {
    table: "history",
    repeated: false,
    keys: &["keep"],
};

/// `[log]`
pub const LOG: Keys = Keys {
    table: "log",
    repeated: false,
    keys: &["level", "day"],
};

/// Names that people know from elsewhere, and where the thing is set here.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("interval", "every"),
    ("cadence", "every"),
    ("work", "every"),
    ("times", "at"),
    ("time", "at"),
    ("name", "id"),
    ("duration", "length"),
    ("variant", "length"),
    ("repeat", "count"),
    ("text", "message"),
    ("dnd", "quiet"),
    ("do_not_disturb", "quiet"),
    ("full_screen", "fullscreen"),
    ("call", "meeting"),
    ("calls", "meeting"),
    ("programs", "apps"),
    ("postpone", "snooze"),
    ("idle", "idle_grace"),
    ("films", "film"),
    ("movie", "film"),
    ("movies", "film"),
    ("video", "film"),
    ("videos", "film"),
    ("idle_inhibit", "film"),
    ("inhibit", "film"),
    ("timeout", "answer_within"),
    ("monday", "mon"),
    ("tuesday", "tue"),
    ("wednesday", "wed"),
    ("thursday", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
    ("body_areas", "areas"),
    ("noticeability", "max_noticeability"),
    ("dark", "theme"),
    ("tone", "figure"),
    ("scale", "text_scale"),
    ("contrast", "high_contrast"),
    ("reduce_motion", "reduced_motion"),
    ("animation", "reduced_motion"),
    ("size", "window"),
    ("position", "window"),
    ("fullscreen", "window"),
    ("screen", "monitor"),
    ("display", "monitor"),
    ("output", "monitor"),
    ("icon", "tray"),
    ("panel", "tray"),
    ("systray", "tray"),
    ("enabled", "on"),
    ("enable", "on"),
    ("level", "volume"),
    ("loudness", "volume"),
    ("speed", "rate"),
    ("voice", "name"),
    ("include", "also"),
    ("extra", "also"),
    ("exclude", "except"),
    ("disabled", "except"),
    ("off", "except"),
    ("event", "on"),
    ("when", "on"),
    ("command", "run"),
    ("cmd", "run"),
    ("exec", "run"),
    ("program", "run"),
    ("limit", "timeout"),
    ("keep_for", "keep"),
    ("retention", "keep"),
    ("delete_after", "keep"),
    ("forget_after", "keep"),
    ("favourites", "more_often"),
    ("favorites", "more_often"),
];

/// Names of tables that people know from elsewhere, and those that have the thing here.
const OTHER_TABLES: &[(&str, &str)] = &[
    ("audio", "sound"),
    ("volume", "sound"),
    ("speech", "voice"),
    ("tts", "voice"),
    ("window", "look"),
    ("display", "look"),
    ("appearance", "look"),
    ("theme", "look"),
    ("stretch", "rotation"),
    ("stretches", "rotation"),
    ("exercises", "rotation"),
    ("statistics", "history"),
    ("stats", "history"),
    ("database", "history"),
    ("command", "hook"),
    ("script", "hook"),
    ("event", "hook"),
];

/// The table that is called this elsewhere.
pub fn other_table(found: &str) -> Option<&'static str> {
    let other = OTHER_TABLES.iter().find(|(other, _)| *other == found);
    other.map(|(_, table)| *table)
}

/// The key of this table that was probably meant.
pub fn meant(found: &str, table: &Keys) -> Option<&'static str> {
    called(found, table).or_else(|| did_you_mean(&plain(found), table.keys.iter().copied()))
}

/// The key of this table that is surely meant: written another way, or called this elsewhere.
pub fn called(found: &str, table: &Keys) -> Option<&'static str> {
    let plain = plain(found);
    let same = table.keys.iter().find(|key| **key == plain).copied();
    same.or_else(|| {
        OTHER_NAMES
            .iter()
            .find(|(other, key)| *other == plain && table.keys.contains(key))
            .map(|(_, key)| *key)
    })
}

fn plain(found: &str) -> String {
    found.to_lowercase().replace('-', "_")
}

/// The other table that has this key, if exactly one has.
pub fn home(found: &str) -> Option<&'static Keys> {
    let mut homes = TABLES.iter().filter(|table| table.keys.contains(&found));
    match (homes.next(), homes.next()) {
        (Some(table), None) => Some(table),
        _ => None,
    }
}
