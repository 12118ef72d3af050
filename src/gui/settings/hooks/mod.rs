//! The page "Hooks": a card for each program that runs when something happens.
//!
//! - `card`: one of them; `command`: the field for its command;
//! - `line`: a command as one line, and as words;
//! - `trial`: what came of trying one.
//!
//! A hook that is being added has no command yet, and so is none: it stands on the page alone, and
//! comes into the settings with its command.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use egui::{Ui, vec2};

use super::{
    Asked, Change, View,
    page::Parts,
    rows::{button_ui, note_ui, section_ui, words_ui},
};
use crate::{
    core::config::{Config, Hook},
    gui::{
        controls::Weight,
        fonts::{self, icon},
        theme::{size, space},
    },
    text::{text, text_with},
};

mod card;
mod command;
mod line;
mod trial;

/// How long a new hook may run.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The event of a new hook.
const EVENT: &str = "announced";

/// The most hooks that the file may have.
const MOST: usize = 50;

/// What came of trying a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// It runs.
    Runs,
    /// It has ended.
    Ended {
        /// In peace, and in time.
        well: bool,
        /// How, in words.
        how: String,
        /// The last lines of what it wrote.
        lines: Vec<String>,
    },
    /// It could not be started, for this reason.
    NotStarted(String),
}

/// What the page asks of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Look whether these programs can be started.
    Look(Vec<String>),
    /// Run this one now, with an example of its event.
    Try(Box<Hook>),
    /// End those that are being tried.
    Stop,
}

/// What the program tells the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// What speaks against starting these programs, in words; nothing where all is well.
    Looked(BTreeMap<String, Option<String>>),
    /// What became of a hook that is tried.
    Tried(Box<Hook>, Tried),
}

/// What the page keeps between frames.
#[derive(Debug, Default)]
pub struct State {
    /// A hook that is being added: its event, and how long it may run.
    draft: Option<Hook>,
    /// What came of trying, by the hook as it was.
    tried: Vec<(Hook, Tried)>,
    /// The cards on which the variables are shown, by their places.
    open: BTreeSet<String>,
    /// What speaks against programs; those that are asked about are in here.
    looked: BTreeMap<String, Option<String>>,
}

impl State {
    /// Takes news of the program.
    pub fn hear(&mut self, news: News) {
        match news {
            News::Looked(programs) => self.looked.extend(programs),
            News::Tried(hook, tried) => {
                self.tried.retain(|(other, _)| *other != *hook);
                self.tried.push((*hook, tried));
            }
        }
    }

    /// Programs are looked for again by the next time somebody comes here: they may have been
    /// installed.
    pub fn leave(&mut self) {
        self.looked.clear();
    }

    fn tried(&self, hook: &Hook) -> Option<&Tried> {
        let mut tried = self.tried.iter();
        tried
            .find(|(other, _)| other == hook)
            .map(|(_, tried)| tried)
    }

    /// Those about which nothing was asked yet.
    fn unknown(&mut self, config: &Config) -> Option<Ask> {
        let programs = config.hooks.iter().filter_map(|hook| hook.run.first());
        let new: BTreeSet<&String> = (programs)
            .filter(|program| !self.looked.contains_key(*program))
            .collect();
        let new: Vec<String> = new.into_iter().cloned().collect();
        self.looked.extend(new.iter().map(|it| (it.clone(), None)));
        (!new.is_empty()).then_some(Ask::Look(new))
    }
}

/// Shows the page.
pub fn hooks_ui(ui: &mut Ui, view: &View<'_>, state: &mut State, parts: &mut Parts) -> Vec<Asked> {
    let mut asked: Vec<Asked> = (state.unknown(view.config).into_iter()).map(of).collect();
    let hooks = &view.config.hooks;
    if hooks.is_empty() && state.draft.is_none() {
        ui.add_space(space::SMALL);
        note_ui(ui, view, icon::INFO, &text("hooks-empty"), "hooks-empty");
    }
    for (n, hook) in hooks.iter().enumerate() {
        asked.extend(card::card_ui(ui, view, (n, hook), state, parts));
    }
    if state.draft.is_some() {
        asked.extend(card::draft_ui(ui, view, state, parts));
    } else {
        asked.extend(add_ui(ui, view, state));
    }
    let title = text("hooks-know");
    section_ui(ui, view, (&title, ""), |ui| {
        super::rows::inside_ui(ui, |ui| {
            for id in ["hooks-know-shell", "hooks-know-alone", "hooks-know-log"] {
                words_ui(ui, &text(id), fonts::regular(size::FAINT), view.theme.text);
            }
        });
    });
    asked
}

/// A new one, empty or ready-made.
fn add_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Vec<Asked> {
    ui.add_space(space::SMALL);
    if view.config.hooks.len() >= MOST {
        let said = text_with("hooks-full", &[("most", MOST.into())]);
        note_ui(ui, view, icon::INFO, &said, "hooks-full");
        return Vec::new();
    }
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::SMALL);
        let (plus, label) = (Some(icon::PLUS), text("hooks-add"));
        if button_ui(ui, view, Weight::Filled, plus, &label, "hooks-add") {
            state.draft = Some(new(EVENT, &[]));
            let field = super::fields::field_id(card::DRAFT_RUN);
            ui.memory_mut(|memory| memory.request_focus(field));
        }
        if !view.config.hooks.is_empty() {
            return;
        }
        for (id, event, run) in [
            ("hooks-add-pause", "started", ["playerctl", "pause"]),
            ("hooks-add-note", "completed", ["notify-send", "Well done"]),
        ] {
            let label = text(id);
            if button_ui(ui, view, Weight::Outlined, None, &label, id) {
                asked.push(add(new(event, &run), None));
            }
        }
    });
    asked
}

fn new(event: &'static str, run: &[&str]) -> Hook {
    Hook {
        on: event,
        run: run.iter().map(ToString::to_string).collect(),
        timeout: TIMEOUT,
    }
}

/// One more hook: behind the one with this place, or at the end.
fn add(hook: Hook, behind: Option<usize>) -> Asked {
    let said = text_with("hooks-said-added", &[("event", event(hook.on).into())]);
    Asked::Change(Change::new("hook", said, move |config| {
        let end = config.hooks.len();
        if end < MOST {
            let place = behind.map_or(end, |place| (place + 1).min(end));
            config.hooks.insert(place, hook.clone());
        }
    }))
}

/// What an event is, in a few words.
fn event(name: &str) -> String {
    text(&event_id(name))
}

/// The id of the text about an event.
fn event_id(name: &str) -> String {
    let name = name.replace('_', "-");
    format!("hooks-event-{name}")
}

fn of(ask: Ask) -> Asked {
    Asked::Of(super::Ask::Hooks(ask))
}
