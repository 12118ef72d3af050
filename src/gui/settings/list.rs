//! Every setting there is: on which page it stands, in which group, and how it is changed.
//!
//! The values are those of the file, in TOML: what the reader of the file takes, this takes, and
//! what it refuses is refused here in the same words.

use crate::{
    config_file,
    core::{config::Config, span},
    text::{has, text, text_with},
};

use super::Page;

const MINUTE: u64 = 60;
const HOUR: u64 = 3600;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its dotted path; `reminder` and `hook` stand for all of them.
    pub key: &'static str,
    /// The page on which it stands.
    pub page: Page,
    /// The group on the page, a part of the ids of texts.
    pub group: &'static str,
    /// How it is changed.
    pub kind: Kind,
}

/// How a setting is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// true or false.
    Switch,
    /// A length of time, in seconds from one to the other.
    Span(u64, u64),
    /// Several lengths of time in a row, each in this range.
    Spans(u64, u64),
    /// A number from one to the other.
    Whole(u32, u32),
    /// A number from one to the other, by a slider, with its unit.
    Slider(i32, i32, &'static str),
    /// A time of day.
    Time,
    /// One of these values of the file, side by side.
    Choice(&'static [&'static str]),
    /// One of these values of the file, in a list.
    List(&'static [&'static str]),
    /// When the window opens.
    Open,
    /// How large everything is.
    Scale,
    /// A monitor.
    Monitor,
    /// A voice.
    Voice,
    /// How long breaks are kept.
    Keep,
    /// A part of the page that is made for it.
    Part,
}

/// The end of the id of a text that says what a setting does.
const ABOUT: &str = "-about";

const THREE: &[&str] = &["\"desktop\"", "true", "false"];

/// All settings, in the order in which they stand.
pub const SETTINGS: &[Setting] = &[
    part("reminder.id", Page::Schedule, "reminders"),
    part("reminder.every", Page::Schedule, "reminders"),
    part("reminder.at", Page::Schedule, "reminders"),
    part("reminder.length", Page::Schedule, "reminders"),
    part("reminder.count", Page::Schedule, "reminders"),
    part("reminder.message", Page::Schedule, "reminders"),
    part("reminder.natural_break", Page::Schedule, "reminders"),
    part("reminder.open", Page::Schedule, "reminders"),
    part("hours.mon", Page::Schedule, "hours"),
    part("hours.tue", Page::Schedule, "hours"),
    part("hours.wed", Page::Schedule, "hours"),
    part("hours.thu", Page::Schedule, "hours"),
    part("hours.fri", Page::Schedule, "hours"),
    part("hours.sat", Page::Schedule, "hours"),
    part("hours.sun", Page::Schedule, "hours"),
    on(Page::Schedule, "schedule.open", "announce", Kind::Open),
    on(
        Page::Schedule,
        "schedule.answer_within",
        "announce",
        Kind::Span(10, HOUR),
    ),
    on(
        Page::Schedule,
        "schedule.lull",
        "announce",
        Kind::Span(0, 5 * MINUTE),
    ),
    on(
        Page::Schedule,
        "schedule.lull_wait",
        "announce",
        Kind::Span(0, HOUR),
    ),
    on(
        Page::Schedule,
        "schedule.settle",
        "announce",
        Kind::Span(0, 30 * MINUTE),
    ),
    on(
        Page::Schedule,
        "schedule.settle_in",
        "announce",
        Kind::Span(0, MINUTE),
    ),
    on(
        Page::Schedule,
        "schedule.snooze",
        "snooze",
        Kind::Spans(10, 8 * HOUR),
    ),
    on(
        Page::Schedule,
        "schedule.max_snoozes",
        "snooze",
        Kind::Whole(0, 100),
    ),
    on(
        Page::Schedule,
        "schedule.idle_grace",
        "counting",
        Kind::Span(0, 30 * MINUTE),
    ),
    on(
        Page::Schedule,
        "schedule.natural_break",
        "counting",
        Kind::Span(5, 2 * HOUR),
    ),
    on(
        Page::Schedule,
        "schedule.film",
        "counting",
        Kind::Choice(&["\"rest\"", "\"work\""]),
    ),
    on(
        Page::Schedule,
        "schedule.late",
        "counting",
        Kind::Span(0, 12 * HOUR),
    ),
    part("rotation.stretches", Page::Stretches, "rotation"),
    part("rotation.posture", Page::Stretches, "rotation"),
    part("rotation.areas", Page::Stretches, "rotation"),
    part("rotation.needs", Page::Stretches, "rotation"),
    part("rotation.max_noticeability", Page::Stretches, "rotation"),
    part("rotation.also", Page::Stretches, "rotation"),
    part("rotation.except", Page::Stretches, "rotation"),
    part("rotation.more_often", Page::Stretches, "rotation"),
    part("rotation.less_often", Page::Stretches, "rotation"),
    on(Page::Hold, "hold.quiet", "reasons", Kind::Switch),
    on(Page::Hold, "hold.meeting", "reasons", Kind::Switch),
    part("hold.meeting_except", Page::Hold, "reasons"),
    on(
        Page::Hold,
        "hold.meeting_length",
        "reasons",
        Kind::Span(MINUTE, 12 * HOUR),
    ),
    on(Page::Hold, "hold.fullscreen", "reasons", Kind::Switch),
    on(Page::Hold, "hold.locked", "reasons", Kind::Switch),
    on(Page::Hold, "hold.away", "reasons", Kind::Switch),
    on(Page::Hold, "hold.hours", "reasons", Kind::Switch),
    part("hold.apps", Page::Hold, "reasons"),
    on(
        Page::Look,
        "look.theme",
        "windows",
        Kind::Choice(&["\"desktop\"", "\"light\"", "\"dark\""]),
    ),
    on(
        Page::Look,
        "look.high_contrast",
        "windows",
        Kind::Choice(THREE),
    ),
    on(
        Page::Look,
        "look.reduced_motion",
        "windows",
        Kind::Choice(THREE),
    ),
    on(Page::Look, "look.text_scale", "windows", Kind::Scale),
    on(Page::Look, "look.figure", "windows", Kind::Part),
    on(
        Page::Look,
        "look.window",
        "place",
        Kind::Choice(&["\"normal\"", "\"full\"", "\"corner\""]),
    ),
    on(Page::Look, "look.monitor", "place", Kind::Monitor),
    on(
        Page::Look,
        "look.tray",
        "place",
        Kind::Choice(&["\"auto\"", "false"]),
    ),
    on(Page::Look, "sound.on", "sound", Kind::Switch),
    on(
        Page::Look,
        "sound.volume",
        "sound",
        Kind::Slider(0, 100, " %"),
    ),
    on(Page::Look, "voice.on", "voice", Kind::Switch),
    on(Page::Look, "voice.name", "voice", Kind::Voice),
    on(
        Page::Look,
        "voice.rate",
        "voice",
        Kind::Slider(-100, 100, ""),
    ),
    part("hook.on", Page::Hooks, "hooks"),
    part("hook.run", Page::Hooks, "hooks"),
    part("hook.timeout", Page::Hooks, "hooks"),
    on(Page::History, "schedule.day_starts", "days", Kind::Time),
    on(Page::History, "history.keep", "days", Kind::Keep),
    on(Page::History, "log.day", "log", Kind::Switch),
    on(
        Page::History,
        "log.level",
        "log",
        Kind::List(&[
            "\"error\"",
            "\"warn\"",
            "\"info\"",
            "\"debug\"",
            "\"trace\"",
        ]),
    ),
];

const fn part(key: &'static str, page: Page, group: &'static str) -> Setting {
    Setting {
        key,
        page,
        group,
        kind: Kind::Part,
    }
}

const fn on(page: Page, key: &'static str, group: &'static str, kind: Kind) -> Setting {
    Setting {
        key,
        page,
        group,
        kind,
    }
}

impl Setting {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        text(&self.text_id(""))
    }

    /// What it does, in a line or two.
    #[must_use]
    pub fn about(&self) -> String {
        text(&self.text_id(ABOUT))
    }

    /// Its unit and its range in words; empty where the choices say it.
    #[must_use]
    pub fn range(&self) -> String {
        let from_to = |least: String, most: String| {
            text_with(
                "set-range",
                &[("least", least.into()), ("most", most.into())],
            )
        };
        let span = |seconds| span::format(std::time::Duration::from_secs(seconds));
        match self.kind {
            Kind::Span(least, most) | Kind::Spans(least, most) => from_to(span(least), span(most)),
            Kind::Whole(least, most) => from_to(least.to_string(), most.to_string()),
            Kind::Slider(least, most, unit) => {
                from_to(format!("{least}{unit}"), format!("{most}{unit}"))
            }
            Kind::Scale => from_to("50 %".to_owned(), "300 %".to_owned()),
            Kind::Switch
            | Kind::Time
            | Kind::Choice(_)
            | Kind::List(_)
            | Kind::Open
            | Kind::Monitor
            | Kind::Voice
            | Kind::Keep
            | Kind::Part => String::new(),
        }
    }

    /// What one of its values is called.
    #[must_use]
    pub fn word(&self, value: &str) -> String {
        let word = value.trim_matches('"').replace(' ', "-");
        text(&self.text_id(&format!("-{word}")))
    }

    /// The id of a text about it.
    fn text_id(&self, end: &str) -> String {
        let key = self.key.replace(['.', '_'], "-");
        format!("set-{key}{end}")
    }

    /// Its value in the settings, in TOML; empty for one that has none.
    #[must_use]
    pub fn value(&self, config: &Config) -> String {
        let value = config_file::get(config, self.key);
        value.ok().flatten().unwrap_or_default()
    }

    /// Whether it is one of those that were looked for: by its name, what it says about itself,
    /// or its key in the file. All the words have to be found, in any order.
    #[must_use]
    pub fn is_found(&self, words: &str) -> bool {
        let other = self.text_id("-words");
        let all = [
            self.name(),
            self.about(),
            self.key.to_owned(),
            text(&format!("set-group-{}", self.group)),
            if has(&other) {
                text(&other)
            } else {
                String::new()
            },
        ];
        let all = all.join(" ").to_lowercase();
        let words = words.to_lowercase();
        words.split_whitespace().all(|word| all.contains(word))
    }
}
