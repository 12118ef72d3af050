//! The page "When to hold back": each reason with its switch, how it stands on this desktop now,
//! and a test whether it is noticed.
//!
//! - `reasons`: a card for each reason;
//! - `names`: the lists of programs, and `change`: what is changed in them;
//! - `trial`: a test of a reason, by somebody who does it.
//!
//! Whoever watches the sensors is told with [`Ask::Watch`] by which settings, each time these are
//! others, and with [`Ask::Rest`] when the page is left; what they say comes in as [`News`].

use std::{collections::BTreeMap, time::Duration};

use egui::Ui;

use super::{
    Asked, View,
    page::Parts,
    rows::{note_ui, section_ui, words_ui},
};
use crate::{
    core::config::{Config, Hold, Hours},
    gui::{
        fonts::{self, icon},
        theme::size,
    },
    text::{text, text_with},
};

mod change;
mod names;
mod reasons;
mod trial;

use trial::Trial;

/// A reason to hold breaks back, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Do-not-disturb.
    Quiet,
    /// A call.
    Meeting,
    /// A window fills the screen.
    Fullscreen,
    /// A program on the list is in use.
    Apps,
    /// The screen is locked.
    Locked,
    /// No input.
    Away,
    /// Outside of working hours.
    Hours,
}

impl Reason {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Quiet,
        Self::Meeting,
        Self::Fullscreen,
        Self::Apps,
        Self::Locked,
        Self::Away,
        Self::Hours,
    ];

    /// The key of its setting.
    fn key(self) -> &'static str {
        match self {
            Self::Quiet => "hold.quiet",
            Self::Meeting => "hold.meeting",
            Self::Fullscreen => "hold.fullscreen",
            Self::Apps => "hold.apps",
            Self::Locked => "hold.locked",
            Self::Away => "hold.away",
            Self::Hours => "hold.hours",
        }
    }

    /// What tells of it.
    fn subjects(self) -> &'static [Subject] {
        match self {
            Self::Quiet => &[Subject::Quiet],
            Self::Meeting => &[Subject::Microphone, Subject::Camera, Subject::ScreenShare],
            Self::Fullscreen => &[Subject::Fullscreen],
            Self::Apps => &[Subject::Apps],
            Self::Locked => &[Subject::Locked],
            Self::Away => &[Subject::Input],
            Self::Hours => &[Subject::Hours],
        }
    }
}

/// Something that is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Do-not-disturb.
    Quiet,
    /// The microphone.
    Microphone,
    /// The camera.
    Camera,
    /// The screen is shared.
    ScreenShare,
    /// A window that fills a screen.
    Fullscreen,
    /// Programs on the list.
    Apps,
    /// The lock of the screen.
    Locked,
    /// Where input is known from.
    Input,
    /// The working hours, by the clock.
    Hours,
}

/// How something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// Whether it holds breaks back now; nothing where that cannot be told.
    pub so: Option<bool>,
    /// The same in words, beginning small, with whose word it is.
    pub said: String,
    /// What would help, where it cannot be told.
    pub help: Vec<String>,
    /// Which programs it is about.
    pub programs: Vec<String>,
    /// The time of day of this word, to the second.
    pub at: String,
}

/// Whether there is input, in time on the window's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// Nobody tells.
    #[default]
    Unknown,
    /// There is, since then.
    Active(Duration),
    /// There has been none since then.
    Idle(Duration),
}

/// What is open on this desktop, to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Programs, by names by which the list means them.
    pub open: Vec<String>,
    /// Why this desktop does not tell which window is in front, if it does not.
    pub front: Option<String>,
}

/// What the running program holds breaks back for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// None runs.
    NotRunning,
    /// For these reasons, in words; none where nothing speaks against a break.
    Runs(Vec<String>),
    /// It does not answer, for this reason.
    Failed(String),
}

/// What the page asks of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Watch everything from now on, by these settings.
    Watch(Box<(Hold, Option<Hours>)>),
    /// Watch nothing any more.
    Rest,
    /// Look which programs are open.
    LookAround,
}

/// What the program tells the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// How something stands now.
    Live(Subject, Live),
    /// Whether there is input, and the time of day of this word.
    Input(Input, String),
    /// What is open.
    Around(Around),
    /// What the running program does.
    Program(Program),
}

/// What the page keeps between frames.
#[derive(Debug, Default)]
pub struct State {
    /// By which settings everything is watched.
    told: Option<Box<(Hold, Option<Hours>)>>,
    live: BTreeMap<Subject, Live>,
    input: Input,
    around: Option<Around>,
    program: Option<Program>,
    trial: Option<Trial>,
}

impl State {
    /// Takes news of the program.
    pub fn hear(&mut self, news: News) {
        match news {
            News::Live(subject, live) => {
                let at = live.at.clone();
                self.live.insert(subject, live);
                self.tell_trial(&at);
            }
            News::Input(input, at) => {
                self.input = input;
                self.tell_trial(&at);
            }
            News::Around(around) => self.around = Some(around),
            News::Program(program) => self.program = Some(program),
        }
    }

    /// The page is not shown any more.
    pub fn leave(&mut self) -> Option<Ask> {
        let told = self.told.take();
        // What was told is old by the time somebody comes back.
        self.live.clear();
        self.input = Input::Unknown;
        self.program = None;
        self.trial = None;
        told.map(|_| Ask::Rest)
    }

    fn tell_trial(&mut self, at: &str) {
        if let Some(mut trial) = self.trial.take() {
            trial.hear(self.is_so(trial.reason) == Some(true), at);
            self.trial = Some(trial);
        }
    }

    /// Whether a reason is so now; nothing where nobody can tell.
    fn is_so(&self, reason: Reason) -> Option<bool> {
        if reason == Reason::Away {
            return match self.input {
                Input::Unknown => None,
                Input::Active(_) => Some(false),
                Input::Idle(_) => Some(true),
            };
        }
        let known = reason.subjects().iter();
        let known = known.filter_map(|subject| self.live.get(subject)?.so);
        known.reduce(|one, other| one || other)
    }

    /// Lets everything be watched by the settings as they are.
    fn keep_watching(&mut self, config: &Config) -> Option<Ask> {
        let wanted = Box::new((config.hold.clone(), config.hours.clone()));
        if self.told.as_ref() == Some(&wanted) {
            return None;
        }
        self.told = Some(wanted.clone());
        Some(Ask::Watch(wanted))
    }
}

/// Shows the page.
pub fn hold_ui(ui: &mut Ui, view: &View<'_>, state: &mut State, parts: &mut Parts) -> Vec<Asked> {
    let comes = state.told.is_none();
    let watch = state.keep_watching(view.config);
    let look = comes.then_some(Ask::LookAround);
    let mut asked: Vec<Asked> = watch.into_iter().chain(look).map(of).collect();
    now_ui(ui, view, state);
    for reason in Reason::ALL {
        asked.extend(reasons::card_ui(ui, view, reason, state, parts));
    }
    // Seconds without input, and those that a test lasts, are counted.
    let counts = matches!(state.input, Input::Idle(_));
    if counts || state.trial.as_ref().is_some_and(|trial| !trial.is_over()) {
        ui.ctx().request_repaint_after(Duration::from_secs(1));
    }
    asked
}

fn of(ask: Ask) -> Asked {
    Asked::Of(super::Ask::Hold(ask))
}

/// What holds breaks back right now, by the running program.
fn now_ui(ui: &mut Ui, view: &View<'_>, state: &State) {
    let Some(program) = &state.program else {
        return;
    };
    match program {
        Program::NotRunning => {
            note_ui(ui, view, icon::INFO, &text("hold-not-running"), "hold-now");
        }
        Program::Failed(why) => {
            let said = text_with("hold-failed", &[("why", why.clone().into())]);
            note_ui(ui, view, icon::WARNING, &said, "hold-now");
        }
        Program::Runs(reasons) if reasons.is_empty() => {
            note_ui(ui, view, icon::CHECK, &text("hold-nothing"), "hold-now");
        }
        Program::Runs(reasons) => section_ui(ui, view, (&text("hold-now"), ""), |ui| {
            super::rows::inside_ui(ui, |ui| {
                for (n, reason) in reasons.iter().enumerate() {
                    let id = format!("hold-now-{n}");
                    note_ui(ui, view, icon::HAND, reason, &id);
                }
                let font = fonts::regular(size::FAINT);
                words_ui(ui, &text("hold-now-about"), font, view.theme.faint);
            });
        }),
    }
}
