//! A card for each reason: its switch, how it stands now, what would help, and a test.

use std::time::Duration;

use egui::{Rect, Stroke, Ui, pos2, vec2};

use super::{Input, Live, Reason, State, Subject, Trial, names};
use crate::{
    core::span,
    gui::{
        controls::{Button, Weight, paint_icon, spoken, spoken_at_once},
        fonts::{self, icon},
        settings::{
            Asked, View,
            list::{SETTINGS, Setting},
            page::{Parts, rows_ui},
            rows::{self, inside_ui, line_ui, note_ui},
        },
        theme::{size, space},
    },
    text::{text, text_with},
};

/// The height of the button for a test, in points.
const BUTTON: f32 = 34.0;
/// Narrower than this, in points, the button stands below the words.
const NARROW: f32 = 420.0;

fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// Shows the card.
pub fn card_ui(
    ui: &mut Ui,
    view: &View<'_>,
    reason: Reason,
    state: &mut State,
    parts: &mut Parts,
) -> Vec<Asked> {
    ui.add_space(space::TIGHT);
    rows::card_ui(ui, view, |ui| {
        let mut asked = Vec::new();
        if reason == Reason::Apps {
            asked.extend(names::head_ui(ui, view, names::APPS));
        } else {
            asked.extend(setting_ui(ui, view, reason.key(), parts));
        }
        inside_ui(ui, |ui| now_ui(ui, view, reason, state));
        match reason {
            Reason::Apps => {
                line_ui(ui, view);
                asked.extend(names::apps_ui(ui, view, state, parts));
            }
            Reason::Meeting => {
                line_ui(ui, view);
                asked.extend(names::head_ui(ui, view, names::EXCEPT));
                asked.extend(names::except_ui(ui, view, state, parts));
                line_ui(ui, view);
                asked.extend(setting_ui(ui, view, "hold.meeting_length", parts));
            }
            Reason::Quiet | Reason::Fullscreen | Reason::Locked | Reason::Away | Reason::Hours => {}
        }
        asked
    })
}

/// A plain setting in its row.
fn setting_ui(ui: &mut Ui, view: &View<'_>, key: &str, parts: &mut Parts) -> Vec<Asked> {
    match setting(key) {
        Some(setting) => rows_ui(ui, view, &[setting], parts),
        None => Vec::new(),
    }
}

/// How it stands, with the button for a test beside it and what came of one below.
fn now_ui(ui: &mut Ui, view: &View<'_>, reason: Reason, state: &mut State) {
    let can_be_tested = match reason {
        Reason::Apps => !view.config.hold.apps.is_empty(),
        // The clock needs no test.
        Reason::Hours => false,
        Reason::Quiet | Reason::Meeting | Reason::Fullscreen | Reason::Locked | Reason::Away => {
            true
        }
    };
    let label = text(if is_tested(state, reason) {
        "hold-stop"
    } else {
        "hold-test"
    });
    let button = Button {
        weight: Weight::Outlined,
        icon: None,
        label: &label,
        shows_label: true,
    };
    let whole = ui.available_width();
    let width = button.width(ui);
    let beside = can_be_tested && whole >= NARROW;
    let room = match beside {
        true => whole - width - space::MEDIUM,
        false => whole,
    };
    let corner = ui.cursor().min;
    // A single line stands beside the middle of the button.
    let single = beside && reason.subjects().len() == 1;
    let least = if single { BUTTON } else { 20.0 };
    for subject in reason.subjects() {
        live_ui(ui, view, (reason, *subject), state, vec2(room, least));
    }
    if can_be_tested {
        let size = vec2(width, BUTTON);
        let place = if beside {
            Rect::from_min_size(corner + vec2(whole - width, 0.0), size)
        } else {
            ui.allocate_exact_size(size, egui::Sense::empty()).0
        };
        let response = button.ui(ui, view.theme, place, &format!("{}-test", reason.key()));
        // There are several of these buttons on the page.
        let values = [
            ("what", label.clone().into()),
            ("name", name(reason).into()),
        ];
        let name = text_with("hold-button", &values);
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_label(name));
        if response.clicked() {
            press(state, reason, view.now);
        }
    }
    for (n, help) in help(state, reason).iter().enumerate() {
        let id = format!("{}-help-{n}", reason.key());
        note_ui(ui, view, icon::INFO, help, &id);
    }
    trial_ui(ui, view, reason, state);
}

/// What would help where something cannot be told, each once.
fn help(state: &State, reason: Reason) -> Vec<String> {
    let lives = reason.subjects().iter().filter_map(|it| state.live.get(it));
    let mut help: Vec<String> = Vec::new();
    for said in lives
        .filter(|live| live.so.is_none())
        .flat_map(|live| &live.help)
    {
        if !help.contains(said) {
            help.push(said.clone());
        }
    }
    help
}

/// What a reason is called.
fn name(reason: Reason) -> String {
    setting(reason.key()).map(Setting::name).unwrap_or_default()
}

fn is_tested(state: &State, reason: Reason) -> bool {
    (state.trial.as_ref()).is_some_and(|trial| trial.reason == reason && !trial.is_over())
}

/// Begins a test, or ends the one that is under way.
fn press(state: &mut State, reason: Reason, now: Duration) {
    state.trial = match is_tested(state, reason) {
        true => None,
        false => Some(Trial::new(reason, now, state.is_so(reason) == Some(true))),
    };
}

/// A line with a mark: whether it is so, and the words for it.
fn live_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (reason, subject): (Reason, Subject),
    state: &State,
    least: egui::Vec2,
) {
    let live = state.live.get(&subject);
    let (so, said) = match (subject, live) {
        (Subject::Input, Some(live)) => input(view, state, live),
        (_, Some(live)) => (live.so, live.said.clone()),
        (_, None) => (None, text("hold-looking")),
    };
    let said = match reason {
        Reason::Meeting => text_with(
            "hold-about",
            &[("about", about(subject).into()), ("said", said.into())],
        ),
        Reason::Quiet
        | Reason::Fullscreen
        | Reason::Apps
        | Reason::Locked
        | Reason::Away
        | Reason::Hours => text_with("hold-live", &[("said", said.into())]),
    };
    let theme = view.theme;
    let font = fonts::regular(size::BODY);
    let words = ui
        .painter()
        .layout(said.clone(), font, theme.text, least.x - 26.0);
    let wanted = vec2(least.x, words.size().y.max(least.y));
    let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
    let top = place.center().y - 0.5 * words.size().y;
    let middle = pos2(place.left() + 9.0, top + 0.5 * words.size().y.min(20.0));
    let painter = ui.painter();
    match so {
        Some(true) => {
            painter.circle_filled(middle, 5.5, theme.accent);
        }
        Some(false) => {
            painter.circle_stroke(middle, 5.0, Stroke::new(1.5, theme.outline));
        }
        None => paint_icon(ui, middle, icon::MINUS, 16.0, theme.faint),
    }
    let at = pos2(place.left() + 26.0, top);
    ui.painter().galley(at, words, theme.text);
    spoken(ui, place, &format!("hold-live-{subject:?}"), &said);
}

fn about(subject: Subject) -> String {
    text(match subject {
        Subject::Microphone => "sense-microphone",
        Subject::Camera => "sense-camera",
        Subject::ScreenShare => "sense-screen-share",
        Subject::Quiet => "sense-quiet",
        Subject::Fullscreen => "sense-fullscreen",
        Subject::Apps => "sense-app",
        Subject::Locked => "set-hold-locked",
        Subject::Input => "set-hold-away",
        Subject::Hours => "set-hold-hours",
    })
}

/// Whether there is input, and for how long there has been none.
fn input(view: &View<'_>, state: &State, live: &Live) -> (Option<bool>, String) {
    let by = || live.said.clone();
    match state.input {
        Input::Unknown if live.so.is_none() => (None, by()),
        Input::Unknown => (
            Some(false),
            text_with("hold-active", &[("by", by().into())]),
        ),
        Input::Active(_) => (
            Some(false),
            text_with("hold-active", &[("by", by().into())]),
        ),
        Input::Idle(since) => {
            let idle = Duration::from_secs(view.now.saturating_sub(since).as_secs());
            let grace = view.config.schedule.idle_grace;
            let away = idle > grace;
            let id = if away { "hold-away" } else { "hold-idle" };
            let values = [
                ("time", span::format(idle).into()),
                ("grace", span::format(grace).into()),
                ("by", by().into()),
            ];
            (Some(away), text_with(id, &values))
        }
    }
}

/// What to do for a test, and what was seen of it.
fn trial_ui(ui: &mut Ui, view: &View<'_>, reason: Reason, state: &mut State) {
    let Some(trial) = state.trial.as_mut().filter(|trial| trial.reason == reason) else {
        return;
    };
    let left = trial.go_on(view.now);
    let key = reason.key();
    if let Some(left) = left {
        let seconds = left.as_secs_f32().ceil();
        let values = [
            ("task", trial.task().into()),
            ("seconds", f64::from(seconds).into()),
        ];
        let said = text_with("hold-task", &values);
        note_ui(ui, view, icon::TRY, &said, &format!("{key}-task"));
    }
    let Some(seen) = trial.seen() else { return };
    let mark = match (trial.has_seen(), trial.is_over()) {
        (true, true) => icon::CHECK,
        (true, false) => icon::SEEN,
        (false, _) => icon::WARNING,
    };
    note_ui(ui, view, mark, &seen, &format!("{key}-seen"));
    let place = ui.min_rect();
    let number = u64::from(trial.is_over()) + 2 * u64::from(trial.has_seen());
    spoken_at_once(ui, place, (&format!("{key}-said"), number), &seen);
}
