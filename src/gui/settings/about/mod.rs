//! The page "About": the version, where files are, what the doctor finds, and licences.
//!
//! - `doctor`: what it finds;
//! - `licences`: ours, and those of what is part of the program.

use egui::{Id, Rect, Ui, pos2, vec2};

use super::{
    Asked, View,
    page::Parts,
    rows::{Row, card_ui, heading_ui, icon_ui, inside_ui, line_ui, note_ui, row_ui, words_ui},
};
use crate::{
    gui::{
        choices::{SWITCH, switch_ui},
        controls::{fitted, spoken},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::{text, text_with},
};

mod doctor;
mod licences;

/// Where something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it is, for people.
    pub name: String,
    /// The file or folder, or the command that shows it.
    pub place: String,
    /// The folder to open; nothing for what is in none.
    pub folder: Option<String>,
}

/// Whether the program starts with the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autostart {
    /// It does.
    pub on: bool,
    /// By what, or why not, in words.
    pub said: String,
}

/// How something stands that the doctor has looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It works.
    Works,
    /// It does not, and need not.
    Spare,
    /// It does not, and the settings ask for it.
    Missing,
}

/// One thing that the doctor has looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub state: State,
    /// What it is.
    pub title: String,
    /// What was found.
    pub said: String,
    /// How to get what is missing.
    pub help: Vec<String>,
}

/// The report of the doctor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order in which it is printed.
    pub findings: Vec<Finding>,
    /// What it adds up to.
    pub summary: String,
    /// All of it as the command prints it.
    pub printed: String,
}

/// What the page asks of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Where files are, and whether it starts with the session.
    Facts,
    /// Start with the session, or not.
    Autostart(bool),
    /// Show this folder.
    Open(String),
    /// Ask the doctor.
    Doctor,
}

/// What the program tells the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Where files are.
    Kept(Vec<Kept>),
    /// Whether it starts with the session; nothing where that cannot be told.
    Autostart(Option<Autostart>),
    /// What the doctor has found, or why it could not look.
    Report(Result<Report, String>),
}

/// What the page keeps between frames.
#[derive(Debug, Default)]
pub struct PageState {
    /// The facts were asked for since the page was opened.
    asked: bool,
    kept: Vec<Kept>,
    autostart: Option<Autostart>,
    /// The doctor looks.
    looking: bool,
    report: Option<Result<Report, String>>,
    /// What was copied last.
    copied: Option<String>,
    /// Which licence is shown in full.
    open: Option<&'static str>,
}

impl PageState {
    /// Takes news of the program.
    pub fn hear(&mut self, news: News) {
        match news {
            News::Kept(kept) => self.kept = kept,
            News::Autostart(autostart) => self.autostart = autostart,
            News::Report(report) => {
                self.looking = false;
                self.report = Some(report);
            }
        }
    }

    /// The page is not shown any more.
    pub fn leave(&mut self) {
        self.asked = false;
        self.copied = None;
    }
}

/// Shows the page.
pub fn about_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut PageState,
    _parts: &mut Parts,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    if !std::mem::replace(&mut state.asked, true) {
        asked.push(of(Ask::Facts));
    }
    program_ui(ui, view, state);
    asked.extend(session_ui(ui, view, state));
    asked.extend(doctor::doctor_ui(ui, view, state));
    asked.extend(kept_ui(ui, view, state));
    licences::licences_ui(ui, view, &mut state.open);
    asked
}

fn of(ask: Ask) -> Asked {
    Asked::Of(super::Ask::About(ask))
}

/// Name, version, and what it is.
fn program_ui(ui: &mut Ui, view: &View<'_>, state: &mut PageState) {
    ui.add_space(space::SMALL);
    card_ui(ui, view, |ui| {
        inside_ui(ui, |ui| {
            let version = text_with("about-version", &[("version", VERSION.into())]);
            line_with_copy_ui(
                ui,
                view,
                (&version, fonts::semibold, size::NAME),
                ("about-version", VERSION),
                state,
            );
            let font = || fonts::regular(size::BODY);
            words_ui(ui, &text("about-what"), font(), view.theme.text);
            note_ui(
                ui,
                view,
                icon::LOCK,
                &text("about-privacy"),
                "about-privacy",
            );
        });
    });
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A line, and at its end a button that copies something.
fn line_with_copy_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (said, font, points): (&str, fn(f32) -> egui::FontId, f32),
    (id, copied): (&str, &str),
    state: &mut PageState,
) {
    let whole = ui.available_width();
    let (place, _) = ui.allocate_exact_size(vec2(whole, 32.0), egui::Sense::empty());
    let room = whole - 32.0 - space::SMALL;
    let words = fitted(ui, said, font, (size::FAINT, points), room, view.theme.text);
    let at = pos2(place.left(), place.center().y - 0.5 * words.size().y);
    spoken(ui, Rect::from_min_size(at, words.size()), id, said);
    ui.painter().galley(at, words, view.theme.text);
    let button = Rect::from_min_size(place.right_top() - vec2(32.0, 0.0), vec2(32.0, 32.0));
    copy_ui(ui, view, button, (said, id), copied, state);
}

/// A button that copies something; it shows when it has.
fn copy_ui(
    ui: &mut Ui,
    view: &View<'_>,
    place: Rect,
    (name, id): (&str, &str),
    copied: &str,
    state: &mut PageState,
) {
    let done = state.copied.as_deref() == Some(id);
    let mark = if done { icon::CHECK } else { icon::COPY };
    let label = match done {
        true => text_with("about-copied", &[("name", name.to_owned().into())]),
        false => text_with("about-copy", &[("name", name.to_owned().into())]),
    };
    if icon_ui(ui, view, place, mark, &label, &format!("{id}-copy")) {
        ui.ctx().copy_text(copied.to_owned());
        state.copied = Some(id.to_owned());
    }
}

/// Whether it starts with the session.
fn session_ui(ui: &mut Ui, view: &View<'_>, state: &PageState) -> Option<Asked> {
    let autostart = state.autostart.as_ref()?;
    ui.add_space(space::SMALL);
    card_ui(ui, view, |ui| {
        let (name, key) = (text("about-autostart"), "about-autostart");
        let row = Row {
            name: &name,
            about: &autostart.said,
            key,
            ..Row::default()
        };
        let (_, pressed) = row_ui(ui, view, &row, SWITCH, |ui, place| {
            let switch = switch_ui(ui, view.theme, place, Id::unique(key), &name, autostart.on);
            switch.clicked()
        });
        pressed.then(|| of(Ask::Autostart(!autostart.on)))
    })
}

/// Where files are.
fn kept_ui(ui: &mut Ui, view: &View<'_>, state: &mut PageState) -> Vec<Asked> {
    if state.kept.is_empty() {
        return Vec::new();
    }
    let mut asked = Vec::new();
    heading_ui(ui, view, &text("about-kept"), &text("about-kept-about"));
    let kept = state.kept.clone();
    card_ui(ui, view, |ui| {
        for (n, kept) in kept.iter().enumerate() {
            if n > 0 {
                line_ui(ui, view);
            }
            let key = format!("about-kept-{n}");
            let row = Row {
                name: &kept.name,
                about: &kept.place,
                key: &key,
                ..Row::default()
            };
            row_ui(ui, view, &row, vec2(72.0, 32.0), |ui, place| {
                let (copy, open) = place.split_left_right_at_fraction(0.5);
                let square = |half: Rect| Rect::from_center_size(half.center(), vec2(32.0, 32.0));
                copy_ui(
                    ui,
                    view,
                    square(copy),
                    (&kept.name, &key),
                    &kept.place,
                    state,
                );
                let Some(folder) = &kept.folder else { return };
                let label = text_with("about-open", &[("name", kept.name.clone().into())]);
                let id = format!("{key}-open");
                if icon_ui(ui, view, square(open), icon::FOLDER, &label, &id) {
                    asked.push(of(Ask::Open(folder.clone())));
                }
            });
        }
    });
    asked
}
