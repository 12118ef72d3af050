//! What is heard from the sensors, and how it is told.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use super::{AGAIN, Order, Settings, Tell};
use crate::{
    cli::{
        senses::{Heard, Senses},
        why,
    },
    core::{
        calendar::{HoursAt, hours_at},
        schedule::Sensor,
    },
    desktop::{
        clock,
        idle::Choice,
        sense::{Says, Why, Word},
        sensors::About,
        session,
        survey::Survey,
    },
    gui::settings::hold::{Input, Live, News, Subject},
    sense_text,
    text::{text, text_with},
};

/// A sensor that has said nothing for this long has nothing to say for now.
const SILENT: Duration = Duration::from_millis(2500);

/// What is known, on the thread that watches.
pub struct Watch {
    settings: Settings,
    tell: Tell,
    words: BTreeMap<Subject, (About, Word)>,
    survey: Option<Box<Survey>>,
    locked: bool,
    idle: Option<Choice>,
    /// What was told last, without its time.
    told: BTreeMap<Subject, Live>,
}

impl Watch {
    /// Nothing has been heard yet.
    pub fn new(settings: Settings, tell: &Tell) -> Self {
        Self {
            settings,
            tell: Arc::clone(tell),
            words: BTreeMap::new(),
            survey: None,
            locked: false,
            idle: None,
            told: BTreeMap::new(),
        }
    }

    /// Listens, and tells what is news, until it is told to stop.
    pub fn go_on(&mut self, mut senses: Senses<Order>) {
        let patience = clock::awake() + SILENT;
        self.hours();
        loop {
            match senses.wait(Some(AGAIN)) {
                Some(Heard::More(Order::Stop)) => return,
                Some(Heard::More(Order::Set(settings))) => {
                    senses.set(&settings.0);
                    self.settings = *settings;
                    self.hours();
                }
                Some(Heard::More(Order::Survey(survey))) => {
                    self.survey = Some(survey);
                    self.all();
                }
                Some(Heard::Word(about, word)) => {
                    self.words.insert(subject(about), (about, word));
                    self.word(subject(about));
                }
                Some(Heard::Session(session::Event::Locked(locked))) => {
                    self.locked = locked;
                    self.lock();
                }
                Some(Heard::Session(session::Event::Sleeps | session::Event::Wakes)) => {}
                Some(Heard::Idle(choice)) => {
                    self.idle = Some(choice);
                    self.source();
                }
                Some(Heard::Input(sensor)) => self.input(sensor),
                None => self.hours(),
            }
            if clock::awake() >= patience {
                self.silent(&senses);
            }
        }
    }

    /// Everything, once it is known whom this desktop has.
    fn all(&mut self) {
        let known: Vec<Subject> = self.words.keys().copied().collect();
        for subject in known {
            self.word(subject);
        }
        self.lock();
        self.source();
    }

    /// Those that have said nothing so far.
    fn silent(&mut self, senses: &Senses<Order>) {
        let silent = senses
            .all()
            .filter(|about| !self.words.contains_key(&subject(*about)));
        let silent: Vec<About> = silent.collect();
        for about in silent {
            let word = Word::unknown("", Why::Silent);
            self.words.insert(subject(about), (about, word));
            self.word(subject(about));
        }
        if self.idle.is_none() {
            self.idle = Some(Choice::default());
            self.source();
        }
    }

    fn word(&mut self, subject: Subject) {
        let Some((about, word)) = self.words.get(&subject) else {
            return;
        };
        let so = match word.says {
            Says::Yes => Some(true),
            Says::No => Some(false),
            Says::Unknown => None,
        };
        let help = match (&self.survey, so) {
            (Some(survey), None) => sense_text::help(*about, &word.why, survey),
            (_, _) => Vec::new(),
        };
        let programs = match &word.why {
            Why::Programs(programs) => programs.clone(),
            Why::Told | Why::NobodyToAsk | Why::DoesNotTell | Why::Failed(_) | Why::Silent => {
                Vec::new()
            }
        };
        let said = sense_text::word(*about, word);
        self.say(
            subject,
            Live {
                so,
                said,
                help,
                programs,
                at: String::new(),
            },
        );
    }

    /// Whether the screen is locked, by those who tell of it here.
    fn lock(&mut self) {
        let Some(survey) = &self.survey else { return };
        let mut by: Vec<&str> = survey.lockers.iter().map(String::as_str).collect();
        if survey.logind {
            by.insert(0, "logind");
        }
        let known = !by.is_empty() || self.locked;
        let by = by.join(", ");
        let id = match (known, self.locked) {
            (true, true) => "hold-is-locked",
            (true, false) => "hold-unlocked",
            (false, _) => "hold-lock-unknown",
        };
        let live = Live {
            so: known.then_some(self.locked),
            said: text_with(id, &[("by", by.into())]),
            help: match known {
                true => Vec::new(),
                false => vec![text("hold-lock-help")],
            },
            ..Live::default()
        };
        self.say(Subject::Locked, live);
    }

    /// Where input is known from.
    fn source(&mut self) {
        let Some(choice) = &self.idle else { return };
        let said = match choice.by {
            None => text("hold-input-unknown"),
            Some(source) if source.sees_through_films() => source.name().to_owned(),
            Some(source) => text_with("hold-input-not-films", &[("by", source.name().into())]),
        };
        let help = (choice.why_not.iter()).map(|(source, why)| {
            let values = [
                ("source", source.name().into()),
                ("why", sense_text::why_not(why).into()),
            ];
            text_with("doctor-idle-not", &values)
        });
        let live = Live {
            so: choice.by.map(|_| false),
            said,
            help: help.collect(),
            ..Live::default()
        };
        self.say(Subject::Input, live);
    }

    fn input(&self, sensor: Sensor) {
        let now = clock::awake();
        let input = match sensor {
            Sensor::Unknown => Input::Unknown,
            Sensor::Active => Input::Active(now),
            Sensor::IdleFor(length) => Input::Idle(now.saturating_sub(length)),
            // Whether a film runs is not shown here.
            Sensor::KeptAwake { .. } => return,
        };
        (self.tell)(News::Input(input, time()));
    }

    /// The working hours, which nobody tells of but the clock.
    fn hours(&mut self) {
        let now = clock::now();
        let at = |at| now.zone.local(at).format("%a %H:%M").to_string();
        let (so, said) = match &self.settings.1 {
            None => (false, text("hold-hours-none")),
            Some(hours) => match hours_at(hours, now.zone, now.utc) {
                HoursAt::Inside {
                    until: Some(until), ..
                } => (
                    false,
                    text_with("hold-hours-inside", &[("until", at(until).into())]),
                ),
                HoursAt::Inside { until: None, .. } => (false, text("hold-hours-always")),
                HoursAt::Outside { until: Some(until) } => (
                    true,
                    text_with("hold-hours-outside", &[("until", at(until).into())]),
                ),
                HoursAt::Outside { until: None } => (true, text("hold-hours-never")),
            },
        };
        let live = Live {
            so: Some(so),
            said,
            ..Live::default()
        };
        self.say(Subject::Hours, live);
    }

    /// Tells what is news.
    fn say(&mut self, subject: Subject, live: Live) {
        if self.told.get(&subject) == Some(&live) {
            return;
        }
        self.told.insert(subject, live.clone());
        (self.tell)(News::Live(subject, Live { at: time(), ..live }));
    }
}

fn time() -> String {
    why::clock(clock::now().local())
}

fn subject(about: About) -> Subject {
    match about {
        About::Quiet => Subject::Quiet,
        About::Microphone => Subject::Microphone,
        About::Camera => Subject::Camera,
        About::ScreenShare => Subject::ScreenShare,
        About::Fullscreen => Subject::Fullscreen,
        About::App => Subject::Apps,
    }
}
