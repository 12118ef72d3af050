//! Settings as TOML: the whole effective configuration, and single values for messages.
//!
//! What is printed here is read back to the same settings; a test with random settings sees to it.

use std::{fmt::Write as _, time::Duration};

use chrono::NaiveTime;

use super::{
    keys::{self, Keys},
    look::{THEMES, WINDOWS},
    reminder::LENGTHS,
    rotation::{AREAS, POSTURES},
    sections::{FILMS, LEVELS},
};
use crate::core::{
    config::{
        Choice, Config, FigureTone, Filter, Hold, Hook, HourRange, Hours, Look, Monitor, Open,
        Reminder, Rotation, Schedule, Sound, TextScale, Toggle, Voice, What, When,
    },
    span,
    stretch::{StretchId, VariantName},
};

/// A table as it is written.
#[derive(Clone)]
pub struct Written {
    /// Which table.
    pub keys: &'static Keys,
    /// Its keys and their values in TOML, in the order of the list of keys.
    pub values: Vec<(&'static str, String)>,
}

impl Written {
    /// Its keys and values, line by line.
    pub fn lines(&self) -> String {
        let lines = self.values.iter();
        lines
            .map(|(key, value)| format!("{key} = {value}\n"))
            .collect()
    }

    /// All of it in one line, without the text of a message.
    fn inline(&self) -> String {
        let pairs = self.values.iter().map(|(key, value)| match *key {
            "message" => "message = \"…\"".to_owned(),
            _ => format!("{key} = {value}"),
        });
        format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
    }

    /// The value of a key.
    pub fn value(&self, key: &str) -> Option<&str> {
        let value = self.values.iter().find(|(other, _)| *other == key);
        value.map(|(_, value)| value.as_str())
    }
}

/// The effective settings, every key written out.
#[must_use]
pub fn print(config: &Config) -> String {
    let tables = written(config).into_iter();
    let tables = tables.map(|table| format!("{}\n{}", table.keys.heading(), table.lines()));
    tables.collect::<Vec<_>>().join("\n")
}

/// The effective settings, table by table. A table or key that is left out has its default.
pub fn written(config: &Config) -> Vec<Written> {
    let mut page = Page::default();
    page.schedule(&config.schedule);
    if let Some(hours) = &config.hours {
        page.hours(hours);
    }
    page.hold(&config.hold);
    for one in &config.reminders {
        page.tables.push(reminder(one));
    }
    page.rotation(&config.rotation);
    page.look(&config.look);
    page.sound(&config.sound);
    page.voice(&config.voice);
    for one in &config.hooks {
        page.tables.push(hook(one));
    }
    page.heading(&keys::HISTORY);
    page.key("keep", quoted(&config.history.keep.to_string()));
    page.heading(&keys::LOG);
    page.key("level", quoted(word(&LEVELS, config.log.level)));
    page.key("day", config.log.day.to_string());
    page.tables
}

/// What of the settings a written day has to say to go the same way, as keys and values for
/// [`Document::set`](super::Document::set): what differs from the defaults and matters to the
/// schedule. What messages say is nobody's business, and left out.
#[must_use]
pub fn for_a_day(config: &Config) -> Vec<(String, String)> {
    let defaults = written(&Config::default());
    let mut settings = Vec::new();
    let mut reminders = Vec::new();
    for table in written(config) {
        let name = table.keys.table;
        match name {
            "schedule" | "hold" => {
                let default = defaults.iter().find(|default| default.keys.table == name);
                let differs = |(key, value): &&(&'static str, String)| {
                    default.and_then(|default| default.value(key)) != Some(value.as_str())
                };
                let differing = table.values.iter().filter(differs);
                settings
                    .extend(differing.map(|(key, value)| (format!("{name}.{key}"), value.clone())));
            }
            "hours" | "rotation" => settings.push((name.to_owned(), table.inline())),
            "reminder" => reminders.push(table.inline()),
            _ => {}
        }
    }
    if config.reminders != Config::default().reminders {
        settings.push(("reminder".to_owned(), list(reminders.into_iter())));
    }
    settings
}

/// A reminder as it is written.
pub fn reminder(reminder: &Reminder) -> Written {
    let mut page = Page::default();
    page.reminder(reminder);
    page.tables.remove(0)
}

/// A hook as it is written.
pub fn hook(hook: &Hook) -> Written {
    let mut page = Page::default();
    page.hook(hook);
    page.tables.remove(0)
}

/// Tables that grow by keys.
#[derive(Default)]
struct Page {
    tables: Vec<Written>,
}

impl Page {
    fn heading(&mut self, keys: &'static Keys) {
        let values = Vec::new();
        self.tables.push(Written { keys, values });
    }

    fn key(&mut self, key: &'static str, value: String) {
        let table = self.tables.last_mut().expect("a heading comes first");
        table.values.push((key, value));
    }

    fn schedule(&mut self, schedule: &Schedule) {
        self.heading(&keys::SCHEDULE);
        self.key("idle_grace", one_span(schedule.idle_grace));
        self.key("natural_break", one_span(schedule.natural_break));
        self.key("film", quoted(word(&FILMS, schedule.film)));
        self.key("lull", one_span(schedule.lull));
        self.key("lull_wait", one_span(schedule.lull_wait));
        self.key("settle", one_span(schedule.settle));
        self.key("open", open(schedule.open));
        self.key("answer_within", one_span(schedule.answer_within));
        self.key("snooze", spans(&schedule.snooze));
        self.key("max_snoozes", schedule.max_snoozes.to_string());
        self.key("late", one_span(schedule.late));
        self.key("settle_in", one_span(schedule.settle_in));
        self.key("day_starts", time(schedule.day_starts));
    }

    fn hours(&mut self, hours: &Hours) {
        self.heading(&keys::HOURS);
        for (day, ranges) in &hours.days {
            self.key(day.key(), self::hours(ranges));
        }
    }

    fn hold(&mut self, hold: &Hold) {
        self.heading(&keys::HOLD);
        self.key("quiet", hold.quiet.to_string());
        self.key("meeting", hold.meeting.to_string());
        let except = hold.meeting_except.iter().map(|program| quoted(program));
        self.key("meeting_except", list(except));
        self.key("meeting_length", one_span(hold.meeting_length));
        self.key("fullscreen", hold.fullscreen.to_string());
        self.key("locked", hold.locked.to_string());
        self.key("away", hold.away.to_string());
        self.key("hours", hold.hours.to_string());
        self.key(
            "apps",
            list(hold.apps.iter().map(|app| quoted(&app.written()))),
        );
    }

    fn reminder(&mut self, reminder: &Reminder) {
        self.heading(&keys::REMINDER);
        self.key("id", quoted(&reminder.id));
        match &reminder.when {
            When::Every(every) => self.key("every", one_span(*every)),
            When::At(times) => self.key("at", list(times.iter().map(|at| time(*at)))),
        }
        match &reminder.what {
            What::Stretches {
                variant: length,
                count,
            } => {
                self.key("length", quoted(variant(*length)));
                self.key("count", count.to_string());
            }
            What::Message { text, length } => {
                self.key("message", quoted(text));
                self.key("length", one_span(*length));
            }
        }
        if let Some(natural_break) = reminder.natural_break {
            self.key("natural_break", one_span(natural_break));
        }
        if let Some(when) = reminder.open {
            self.key("open", open(when));
        }
    }

    fn rotation(&mut self, rotation: &Rotation) {
        if *rotation == Rotation::default() {
            return;
        }
        self.heading(&keys::ROTATION);
        match &rotation.choice {
            Choice::Defaults => {}
            Choice::Named(names) => self.key("stretches", names_of(names)),
            Choice::Filtered(filter) => self.filter(filter),
        }
        for (key, stretches) in [
            ("also", &rotation.also),
            ("except", &rotation.except),
            ("more_often", &rotation.more_often),
            ("less_often", &rotation.less_often),
        ] {
            if !stretches.is_empty() {
                self.key(key, names_of(stretches));
            }
        }
    }

    fn filter(&mut self, filter: &Filter) {
        if !filter.posture.is_empty() {
            let postures = filter.posture.iter();
            let postures = postures.map(|posture| quoted(word(&POSTURES, *posture)));
            self.key("posture", list(postures));
        }
        if !filter.areas.is_empty() {
            let areas = filter.areas.iter();
            self.key("areas", list(areas.map(|area| quoted(word(&AREAS, *area)))));
        }
        if let Some(needs) = &filter.needs {
            self.key("needs", list(needs.iter().map(|need| quoted(need))));
        }
        let all = Filter::default().max_noticeability;
        // Where nothing else is filtered, this tells a filter that lets everything through from
        // no filter.
        let alone = Filter {
            max_noticeability: all,
            ..filter.clone()
        } == Filter::default();
        if filter.max_noticeability != all || alone {
            self.key("max_noticeability", filter.max_noticeability.to_string());
        }
    }

    fn look(&mut self, look: &Look) {
        self.heading(&keys::LOOK);
        self.key("theme", quoted(word(&THEMES, look.theme)));
        self.key("reduced_motion", toggle(look.reduced_motion));
        self.key("high_contrast", toggle(look.high_contrast));
        self.key("text_scale", text_scale(look.text_scale));
        self.key("figure", figure(look.figure));
        self.key("window", quoted(word(&WINDOWS, look.window)));
        self.key("monitor", monitor(&look.monitor));
        self.key("tray", tray(look.tray));
    }

    fn sound(&mut self, sound: &Sound) {
        self.heading(&keys::SOUND);
        self.key("on", sound.on.to_string());
        self.key("volume", sound.volume.to_string());
    }

    fn voice(&mut self, voice: &Voice) {
        self.heading(&keys::VOICE);
        self.key("on", voice.on.to_string());
        self.key("name", quoted(voice.name.as_deref().unwrap_or_default()));
        self.key("rate", voice.rate.to_string());
    }
}

impl Page {
    fn hook(&mut self, hook: &Hook) {
        self.heading(&keys::HOOK);
        self.key("on", quoted(hook.on));
        self.key("run", list(hook.run.iter().map(|word| quoted(word))));
        self.key("timeout", one_span(hook.timeout));
    }
}

/// A text in quotes, everything awkward escaped.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => {
                write!(quoted, "\\u{:04X}", u32::from(c)).expect("a string takes every text");
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// When the window opens, as it is written.
pub fn open(open: Open) -> String {
    match open {
        Open::After(delay) => quoted(&format!("after {}", span::format(delay))),
        Open::OnStart => quoted("on start"),
        Open::AtOnce => quoted("at once"),
    }
}

/// The hours of a day.
pub fn hours(ranges: &[HourRange]) -> String {
    let ranges = ranges.iter();
    list(ranges.map(|range| quoted(&hour_range(*range))))
}

/// Lengths of time, as a list.
pub fn spans(spans: &[Duration]) -> String {
    list(spans.iter().map(|span| one_span(*span)))
}

/// A time of day.
pub fn time(time: NaiveTime) -> String {
    quoted(&clock(time))
}

/// On, off, or what the desktop says.
pub fn toggle(toggle: Toggle) -> String {
    match toggle {
        Toggle::Desktop => quoted("desktop"),
        Toggle::On => "true".to_owned(),
        Toggle::Off => "false".to_owned(),
    }
}

/// A factor for text.
pub fn text_scale(scale: TextScale) -> String {
    match scale {
        TextScale::Desktop => quoted("desktop"),
        TextScale::Percent(percent) => format!("{}.{:02}", percent / 100, percent % 100),
    }
}

/// Skin and hair of the figure.
pub fn figure(tone: FigureTone) -> String {
    match tone {
        FigureTone::Neutral => quoted("neutral"),
        FigureTone::Tone(tone) => tone.to_string(),
    }
}

/// On which monitor windows open.
pub fn monitor(monitor: &Monitor) -> String {
    match monitor {
        Monitor::Pointer => quoted("pointer"),
        Monitor::Primary => quoted("primary"),
        Monitor::Named(name) => quoted(name),
    }
}

/// The icon in the panel.
pub fn tray(tray: bool) -> String {
    match tray {
        true => quoted("auto"),
        false => "false".to_owned(),
    }
}

/// From a time to another, without quotes.
pub fn hour_range(range: HourRange) -> String {
    let end = match range.end {
        NaiveTime::MIN => "24:00".to_owned(),
        end => clock(end),
    };
    format!("{}-{end}", clock(range.start))
}

/// How long a stretch is done, without quotes.
pub fn variant(variant: VariantName) -> &'static str {
    word(&LENGTHS, variant)
}

fn one_span(span: Duration) -> String {
    quoted(&span::format(span))
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

fn names_of(stretches: &[StretchId]) -> String {
    list(stretches.iter().map(|id| quoted(&id.0)))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words
        .iter()
        .find(|(_, one)| *one == value)
        .map_or("", |(word, _)| *word)
}
