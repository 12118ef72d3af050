//! The settings, every value checked. The file format lives in `config_file`.
//!
//! Ranges and defaults are those of section 11 of the schedule's contract; a value of one of these
//! types is inside its range because only `config_file` and [`Default`] make them.

use std::{collections::BTreeMap, time::Duration};

use chrono::{NaiveTime, Weekday};

use super::{
    keep::Keep,
    stretch::{Area, Posture, StretchId, VariantName},
};

/// Everything the user can set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// When breaks come and how they are announced.
    pub schedule: Schedule,
    /// Working hours; `None` means always.
    pub hours: Option<Hours>,
    /// Which reasons hold a break back.
    pub hold: Hold,
    /// One or more reminders, in the order of the file. Ids are unique.
    pub reminders: Vec<Reminder>,
    /// Which stretches rotate.
    pub rotation: Rotation,
    /// How windows look and move, and where they open.
    pub look: Look,
    /// Soft sounds while a break runs.
    pub sound: Sound,
    /// Cues that are spoken.
    pub voice: Voice,
    /// Programs that run when something happens, in the order of the file.
    pub hooks: Vec<Hook>,
    /// What is kept of breaks.
    pub history: History,
    /// What is written to the log.
    pub log: Log,
}

/// Table `[schedule]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// No input for this long is still work: reading is sitting too. 0 s to 30 min.
    pub idle_grace: Duration,
    /// No input for this long is a break. 5 s to 2 h.
    pub natural_break: Duration,
    /// What time without input counts as while something keeps the screen awake.
    pub film: Film,
    /// A due break waits for this long a gap in the input. 0 s (off) to 5 min.
    pub lull: Duration,
    /// … but for no longer than this. 0 s to 1 h.
    pub lull_wait: Duration,
    /// How long after the last reason to hold has ended a held break is announced. 0 s to 30 min.
    pub settle: Duration,
    /// When the window opens.
    pub open: Open,
    /// An announcement without an answer ends after this much work. 10 s to 1 h.
    pub answer_within: Duration,
    /// Lengths of the first, second … snooze, each 10 s to 8 h; the last one repeats. Not empty.
    pub snooze: Vec<Duration>,
    /// Snoozes allowed for one break. 0 to 100.
    pub max_snoozes: u32,
    /// A clock-anchored break older than this is dropped. 0 s to 12 h.
    pub late: Duration,
    /// Time to read and get in place before the countdown. 0 s to 60 s.
    pub settle_in: Duration,
    /// When the day rolls over in the history.
    pub day_starts: NaiveTime,
}

/// What time without input counts as while something keeps the screen awake: a film, a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Film {
    /// As rest, like any other time without input.
    Rest,
    /// As work: whoever watches sits in front of the screen.
    Work,
}

/// When the stretch window opens after the announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// By itself after this delay (0 s to 1 h), in its ready state.
    After(Duration),
    /// Only when the user answers "start".
    OnStart,
    /// Together with the notification.
    AtOnce,
}

/// Working hours of a week. A day without an entry has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Ranges by the day on which they begin, in order of time.
    pub days: BTreeMap<DayOfWeek, Vec<HourRange>>,
}

/// A weekday that can be ordered: Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayOfWeek(u8);

impl DayOfWeek {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [
        Self(0),
        Self(1),
        Self(2),
        Self(3),
        Self(4),
        Self(5),
        Self(6),
    ];

    /// Its key in the settings: `mon` to `sun`.
    #[must_use]
    pub fn key(self) -> &'static str {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][usize::from(self.0 % 7)]
    }

    /// The day with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.key() == key)
    }

    /// The day after it: Monday after Sunday.
    #[must_use]
    pub fn next(self) -> Self {
        Self((self.0 + 1) % 7)
    }

    /// The day before it: Sunday before Monday.
    #[must_use]
    pub fn before(self) -> Self {
        Self((self.0 + 6) % 7)
    }
}

impl From<Weekday> for DayOfWeek {
    fn from(day: Weekday) -> Self {
        Self(u8::try_from(day.num_days_from_monday()).unwrap_or(0))
    }
}

/// From a local time up to, not including, another; over midnight when `end <= start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourRange {
    /// First moment inside.
    pub start: NaiveTime,
    /// First moment after. Equal to `start` means a whole day.
    pub end: NaiveTime,
}

/// Table `[hold]`: which reasons hold a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Do-not-disturb.
    pub quiet: bool,
    /// Microphone or camera in use, the screen shared, or set by the user.
    pub meeting: bool,
    /// Programs that may use microphone, camera and screen without that being a meeting.
    pub meeting_except: Vec<String>,
    /// How long a meeting lasts of which the user says no more than that it is on. 1 min to 12 h.
    pub meeting_length: Duration,
    /// A full-screen window.
    pub fullscreen: bool,
    /// The screen is locked.
    pub locked: bool,
    /// No input for longer than `idle_grace`.
    pub away: bool,
    /// Outside working hours, or too close to their end.
    pub hours: bool,
    /// Programs that hold a break while they are in use. Each name stands here once.
    pub apps: Vec<App>,
}

/// A program that holds a break while it is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// One of its names, as people say or write it: `mpv`, `org.blender.Blender`.
    pub name: String,
    /// It is in use only while its window is in front or fills a screen; else while it runs.
    pub in_front: bool,
}

impl App {
    /// What stands before the name of a program that counts in front only.
    pub const IN_FRONT: &'static str = "front:";

    /// The program as it is written in the settings.
    #[must_use]
    pub fn written(&self) -> String {
        match self.in_front {
            true => format!("{}{}", Self::IN_FRONT, self.name),
            false => self.name.clone(),
        }
    }
}

/// One `[[reminder]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Letters, digits, `-`, `_`.
    pub id: String,
    /// What makes it due.
    pub when: When,
    /// What the break consists of.
    pub what: What,
    /// Its own threshold for a natural break, 5 s to 2 h.
    pub natural_break: Option<Duration>,
    /// Its own way to open the window.
    pub open: Option<Open>,
}

/// What makes a reminder due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// This much work: 10 s to 24 h.
    Every(Duration),
    /// These times by the wall clock, sorted and without doubles, not empty.
    At(Vec<NaiveTime>),
}

/// What a break consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// One to five stretches, in the given variant.
    Stretches {
        /// Short, standard or long.
        variant: VariantName,
        /// 1 to 5.
        count: u8,
    },
    /// A sentence to read, shown for a while.
    Message {
        /// The sentence.
        text: String,
        /// How long it is shown, 1 s to 1 h.
        length: Duration,
    },
}

/// Table `[rotation]`: which stretches come, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    /// The main choice.
    pub choice: Choice,
    /// These rotate as well.
    pub also: Vec<StretchId>,
    /// These do not, whatever chooses them.
    pub except: Vec<StretchId>,
    /// These come twice in each round of the bag.
    pub more_often: Vec<StretchId>,
    /// These come in every second round only.
    pub less_often: Vec<StretchId>,
}

/// The main choice of `[rotation]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Those that the catalogue has switched on.
    #[default]
    Defaults,
    /// By name, in the order of the file.
    Named(Vec<StretchId>),
    /// Those of the whole catalogue that pass every filter given.
    Filtered(Filter),
}

/// The filters of `[rotation]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Any of these postures; empty: all.
    pub posture: Vec<Posture>,
    /// Any of these areas; empty: all.
    pub areas: Vec<Area>,
    /// Nothing that is not in this list is needed; `None`: whatever.
    pub needs: Option<Vec<String>>,
    /// Nothing more visible than this: 1 (hardly noticed) to 3 (very visible).
    pub max_noticeability: u8,
}

impl Rotation {
    /// Which of these stretches rotate: the main choice in its order, then what is to come as
    /// well, without the exceptions.
    #[must_use]
    pub fn choose<'a>(&self, all: &'a [StretchFacts]) -> Vec<&'a StretchFacts> {
        let mut chosen = self.choice.choose(all);
        for id in &self.also {
            if let Some(also) = all.iter().find(|stretch| stretch.id == *id)
                && !chosen.iter().any(|stretch| stretch.id == *id)
            {
                chosen.push(also);
            }
        }
        chosen.retain(|stretch| !self.except.contains(&stretch.id));
        chosen
    }
}

impl From<Choice> for Rotation {
    /// This choice, and nothing besides.
    fn from(choice: Choice) -> Self {
        Self {
            choice,
            ..Self::default()
        }
    }
}

impl Choice {
    /// Which of these stretches rotate, in their order; named ones in the order of the names.
    #[must_use]
    pub fn choose<'a>(&self, all: &'a [StretchFacts]) -> Vec<&'a StretchFacts> {
        match self {
            Self::Defaults => all.iter().filter(|stretch| stretch.default_on).collect(),
            Self::Named(names) => names
                .iter()
                .filter_map(|name| all.iter().find(|stretch| stretch.id == *name))
                .collect(),
            Self::Filtered(filter) => all
                .iter()
                .filter(|stretch| filter.passes(stretch))
                .collect(),
        }
    }
}

impl Filter {
    /// Whether every part of the filter lets this stretch through.
    #[must_use]
    pub fn passes(&self, stretch: &StretchFacts) -> bool {
        let posture = self.posture.is_empty()
            || (stretch.posture.iter()).any(|posture| self.posture.contains(posture));
        let area =
            self.areas.is_empty() || stretch.areas.iter().any(|area| self.areas.contains(area));
        let needs = (self.needs.as_ref())
            .is_none_or(|at_hand| stretch.needs.iter().all(|need| at_hand.contains(need)));
        posture && area && needs && stretch.noticeability <= self.max_noticeability
    }
}

/// What one has to know of a stretch in order to choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StretchFacts {
    /// The name by which it is chosen.
    pub id: StretchId,
    /// What people may call it instead: its title and other names, for "did you mean".
    pub names: Vec<String>,
    /// Whether it rotates when the user has chosen nothing.
    pub default_on: bool,
    /// Where it can be done; one of these is enough.
    pub posture: Vec<Posture>,
    /// What it works on; the first is the main one.
    pub areas: Vec<Area>,
    /// Everything that has to be at hand.
    pub needs: Vec<String>,
    /// 1 (hardly noticed) to 3 (very visible).
    pub noticeability: u8,
}

/// Table `[look]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Light, dark, or what the desktop says.
    pub theme: Theme,
    /// Still pictures instead of movement.
    pub reduced_motion: Toggle,
    /// Pure background, strong contrast, outlines on every control.
    pub high_contrast: Toggle,
    /// Size of everything in the window.
    pub text_scale: TextScale,
    /// Skin and hair of the figure: `neutral`, or `1` (light) to `6` (dark).
    pub figure: FigureTone,
    /// How much of the screen the window of a break takes.
    pub window: WindowSize,
    /// On which monitor windows open.
    pub monitor: Monitor,
    /// An icon in the panel, where the desktop shows such.
    pub tray: bool,
}

/// How much of the screen the window of a break takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowSize {
    /// A window like any other, which remembers its size.
    Normal,
    /// The whole screen.
    Full,
    /// Small, in the lower right corner, above other windows.
    Corner,
}

/// On which monitor windows open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Monitor {
    /// The one with the pointer.
    Pointer,
    /// The one that the desktop calls primary.
    Primary,
    /// The one with this name, such as `HDMI-1`; where it is not there, the one with the pointer.
    Named(String),
}

/// Table `[sound]`: soft sounds for start, change, the last seconds and the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Whether there are any.
    pub on: bool,
    /// How loud, in percent: 0 to 100.
    pub volume: u8,
}

/// Table `[voice]`: cues spoken by the desktop's speech service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// Whether cues are spoken.
    pub on: bool,
    /// The voice, by the name that the speech service gives it; `None`: its own choice.
    pub name: Option<String>,
    /// How fast: -100 (slowest) to 100 (fastest), 0 as the speech service has it.
    pub rate: i8,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// What the desktop says; light where it says nothing.
    Desktop,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// On, off, or what the desktop says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toggle {
    /// What the desktop says.
    Desktop,
    /// Yes.
    On,
    /// No.
    Off,
}

/// Size of text, and of everything around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextScale {
    /// What the desktop says; 100 % where it says nothing.
    Desktop,
    /// This many percent, 50 to 300.
    Percent(u16),
}

/// Skin and hair of the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureTone {
    /// A blue-grey mannequin.
    Neutral,
    /// Six tones, 1 (light) to 6 (dark).
    Tone(u8),
}

/// One `[[hook]]`: a program that runs when something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// On which event, by its name in the contract.
    pub on: &'static str,
    /// The program and its arguments; never empty. The program is a bare name, looked for in the
    /// `PATH`, or a path from the root or from home (`~/`).
    pub run: Vec<String>,
    /// How long it may run, 1 s to 1 h.
    pub timeout: Duration,
}

/// Table `[history]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// How long breaks are kept.
    pub keep: Keep,
}

/// Table `[log]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The least important kind of message that is still written.
    pub level: LogLevel,
    /// Whether days are written down, so that they can be run again.
    pub day: bool,
}

/// Kinds of messages, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// A bug of the program.
    Error,
    /// Something went wrong that can go wrong.
    Warn,
    /// What a user may want to know.
    Info,
    /// Every decision of the schedule.
    Debug,
    /// Everything.
    Trace,
}

const fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

impl Default for Config {
    fn default() -> Self {
        Self {
            schedule: Schedule::default(),
            hours: None,
            hold: Hold::default(),
            reminders: vec![Reminder::default()],
            rotation: Rotation::default(),
            look: Look::default(),
            sound: Sound::default(),
            voice: Voice::default(),
            hooks: Vec::new(),
            history: History::default(),
            log: Log::default(),
        }
    }
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            idle_grace: secs(120),
            natural_break: secs(300),
            film: Film::Rest,
            lull: secs(10),
            lull_wait: secs(300),
            settle: secs(60),
            open: Open::After(secs(20)),
            answer_within: secs(120),
            snooze: vec![secs(300), secs(600)],
            max_snoozes: 2,
            late: secs(900),
            settle_in: secs(5),
            day_starts: NaiveTime::from_hms_opt(4, 0, 0).unwrap_or_default(),
        }
    }
}

impl Default for Hold {
    fn default() -> Self {
        Self {
            quiet: true,
            meeting: true,
            meeting_except: Vec::new(),
            meeting_length: secs(3600),
            fullscreen: true,
            locked: true,
            away: true,
            hours: true,
            apps: Vec::new(),
        }
    }
}

impl Default for Reminder {
    fn default() -> Self {
        Self {
            id: "upper-back".to_owned(),
            when: When::Every(secs(3600)),
            what: What::Stretches {
                variant: VariantName::Standard,
                count: 1,
            },
            natural_break: None,
            open: None,
        }
    }
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: Theme::Desktop,
            reduced_motion: Toggle::Desktop,
            high_contrast: Toggle::Desktop,
            text_scale: TextScale::Desktop,
            figure: FigureTone::Neutral,
            window: WindowSize::Normal,
            monitor: Monitor::Pointer,
            tray: true,
        }
    }
}

impl Default for Sound {
    fn default() -> Self {
        Self {
            on: true,
            volume: 40,
        }
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            posture: Vec::new(),
            areas: Vec::new(),
            needs: None,
            max_noticeability: 3,
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            level: LogLevel::Info,
            day: false,
        }
    }
}
