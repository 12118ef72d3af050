//! A hook on its card.

use std::time::Duration;

use egui::{Rect, Ui, pos2, vec2};

use super::{
    State, TIMEOUT, add,
    command::{command_ui, obstacle_ui},
    event, event_id, line, trial,
};
use crate::{
    config_file::{self, Document},
    core::{config::Hook, day::EVENTS, span},
    gui::{
        controls::{Weight, fitted, paint_icon, spoken},
        fonts::{self, icon},
        settings::{
            Asked, Change, View,
            fields::{FIELD, Field, STEPPER, list_ui, next_span, stepper_ui},
            page::Parts,
            rows::{self, Row, button_ui, icon_ui, inside_ui, line_ui, note_ui, row_ui, words_ui},
        },
        theme::{size, space},
    },
    text::{text, text_with},
};

/// The field for the command of a hook that is being added.
pub const DRAFT_RUN: &str = "hook.new.run";

/// How wide the list of events is, in points.
const LIST: f32 = 300.0;
/// The longest that a program may run, in seconds.
const LONGEST: u64 = 3600;

/// Shows a hook of the settings.
pub fn card_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (n, hook): (usize, &Hook),
    state: &mut State,
    parts: &mut Parts,
) -> Vec<Asked> {
    let key = format!("hook.{}", n + 1);
    ui.add_space(space::SMALL);
    rows::card_ui(ui, view, |ui| {
        let mut asked = head_ui(ui, view, (n, hook), &key);
        line_ui(ui, view);
        let number = text_with("hooks-number", &[("n", (n + 1).into())]);
        let changed = event_ui(ui, view, &key, &number, hook.on);
        asked.extend(changed.map(|on| set_event(n, on)));
        line_ui(ui, view);
        let run = inside_ui(ui, |ui| {
            let run = command_ui(ui, view, (&format!("{key}.run"), &number), &hook.run, parts);
            obstacle_ui(ui, view, &key, hook, state);
            run
        });
        asked.extend(run.map(|run| set_run(n, run)));
        line_ui(ui, view);
        let timeout = timeout_ui(ui, view, &key, &number, hook.timeout, parts);
        asked.extend(timeout.map(|timeout| set_timeout(n, timeout)));
        line_ui(ui, view);
        inside_ui(ui, |ui| {
            asked.extend(trial::trial_ui(ui, view, (&key, n), hook, state));
            variables_ui(ui, view, (&key, &number), hook.on, state);
        });
        asked
    })
}

/// Shows the hook that is being added.
pub fn draft_ui(ui: &mut Ui, view: &View<'_>, state: &mut State, parts: &mut Parts) -> Vec<Asked> {
    let Some(mut draft) = state.draft.take() else {
        return Vec::new();
    };
    let mut asked = Vec::new();
    let mut keep = true;
    let number = text("hooks-new");
    ui.add_space(space::SMALL);
    rows::card_ui(ui, view, |ui| {
        if let Some(on) = event_ui(ui, view, "hook.new", &number, draft.on) {
            draft.on = on;
        }
        line_ui(ui, view);
        inside_ui(ui, |ui| {
            let run = command_ui(ui, view, (DRAFT_RUN, &number), &[], parts);
            if let Some(run) = run {
                let hook = Hook {
                    run,
                    ..draft.clone()
                };
                asked.push(add(hook, None));
                keep = false;
            }
            note_ui(
                ui,
                view,
                icon::INFO,
                &text("hooks-new-about"),
                "hook.new-about",
            );
            let label = text("hooks-new-drop");
            let id = "hook.new-drop";
            if button_ui(ui, view, Weight::Outlined, Some(icon::CLOSE), &label, id) {
                parts.typed.forget(DRAFT_RUN);
                // What was typed may have been taken as the field was left for this button.
                asked.clear();
                keep = false;
            }
        });
    });
    state.draft = keep.then_some(draft);
    asked
}

/// When it runs, and what can be done with the whole of it.
fn head_ui(ui: &mut Ui, view: &View<'_>, (n, hook): (usize, &Hook), key: &str) -> Vec<Asked> {
    let mut asked = Vec::new();
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 48.0), egui::Sense::empty());
    let middle = place.center().y;
    let mark = pos2(place.left() + 24.0, middle);
    paint_icon(ui, mark, icon::EVENT, 18.0, view.theme.accent);
    let button = |from_right: f32| {
        let center = pos2(place.right() - 14.0 - from_right, middle);
        Rect::from_center_size(center, vec2(32.0, 32.0))
    };
    let title = text_with(
        "hooks-title",
        &[("n", (n + 1).into()), ("event", event(hook.on).into())],
    );
    let room = place.width() - 44.0 - 2.0 * 40.0 - space::SMALL;
    let (font, sizes) = (fonts::semibold, (size::FAINT, size::CARD_NAME));
    let words = fitted(ui, &title, font, sizes, room, view.theme.text);
    let at = pos2(place.left() + 42.0, middle - 0.5 * words.size().y);
    spoken(
        ui,
        Rect::from_min_size(at, words.size()),
        &format!("{key}-title"),
        &title,
    );
    ui.painter().galley(at, words, view.theme.text);
    let n_of = [("n", (n + 1).into())];
    let label = text_with("hooks-duplicate", &n_of);
    if icon_ui(
        ui,
        view,
        button(54.0),
        icon::COPY,
        &label,
        &format!("{key}-duplicate"),
    ) {
        asked.push(add(hook.clone(), Some(n)));
    }
    let label = text_with("hooks-remove", &n_of);
    if icon_ui(
        ui,
        view,
        button(16.0),
        icon::TRASH,
        &label,
        &format!("{key}-remove"),
    ) {
        asked.push(remove(n, hook));
    }
    asked
}

/// On which event; returns another one.
fn event_ui(
    ui: &mut Ui,
    view: &View<'_>,
    key: &str,
    number: &str,
    on: &str,
) -> Option<&'static str> {
    let about = text(&format!("{}-about", event_id(on)));
    let name = text("hooks-when");
    let key = format!("{key}.on");
    let row = Row {
        name: &name,
        about: &about,
        key: &key,
        ..Row::default()
    };
    let choices: Vec<String> = EVENTS.iter().map(|name| event(name)).collect();
    let chosen = EVENTS.iter().position(|name| *name == on).unwrap_or(0);
    let control = vec2(LIST, FIELD);
    let of = of_hook(&name, number);
    let (_, now) = row_ui(ui, view, &row, control, |ui, place| {
        list_ui(ui, view.theme, place, (&key, &of), &choices, chosen)
    });
    now.map(|place| EVENTS[place])
}

/// The name of a control, with the hook to which it belongs: there are several of each.
pub fn of_hook(name: &str, number: &str) -> String {
    text_with(
        "hooks-of",
        &[
            ("name", name.to_owned().into()),
            ("hook", number.to_owned().into()),
        ],
    )
}

/// How long it may run; returns another length.
fn timeout_ui(
    ui: &mut Ui,
    view: &View<'_>,
    key: &str,
    number: &str,
    timeout: Duration,
    parts: &mut Parts,
) -> Option<Duration> {
    let (name, about) = (text("set-hook-timeout"), text("set-hook-timeout-about"));
    let key = format!("{key}.timeout");
    let wrong = parts.typed.wrong(&key).to_owned();
    let usual = span::format(TIMEOUT);
    let ends = |seconds| span::format(Duration::from_secs(seconds));
    let range = text_with(
        "set-range",
        &[("least", ends(1).into()), ("most", ends(LONGEST).into())],
    );
    let row = Row {
        name: &name,
        about: &about,
        range: &range,
        wrong: &wrong,
        key: &key,
        default: (timeout != TIMEOUT).then_some(&usual),
    };
    let (of, shown) = (of_hook(&name, number), span::format(timeout));
    let (reset, given) = row_ui(ui, view, &row, vec2(STEPPER, FIELD), |ui, place| {
        let field = Field {
            id: &key,
            name: &of,
            shown: &shown,
            hint: "",
        };
        let check = |words: &str| checked_span(words);
        let step = |up: bool| {
            let next = next_span(timeout, up);
            (next != timeout && (1..=LONGEST).contains(&next.as_secs())).then_some(next)
        };
        stepper_ui(ui, view.theme, place, &field, &mut parts.typed, check, step)
    });
    if reset {
        parts.typed.forget(&key);
        return Some(TIMEOUT);
    }
    given
}

fn checked_span(words: &str) -> Result<Duration, String> {
    let file = format!(
        "[[hook]]\non = \"due\"\nrun = [\"true\"]\ntimeout = {}\n",
        config_file::quoted(words)
    );
    let (config, problems) = Document::parse("", &file).config(&[]);
    match (problems.into_iter().next(), config.hooks.first()) {
        (None, Some(hook)) => Ok(hook.timeout),
        (Some(problem), _) => Err(match problem.help {
            Some(help) => format!("{}: {help}", problem.message),
            None => problem.message,
        }),
        (None, None) => Err(text("hooks-no-command")),
    }
}

/// What the program finds in its environment, once somebody wants to know.
fn variables_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (key, number): (&str, &str),
    on: &str,
    state: &mut State,
) {
    let open = state.open.contains(key);
    let label = text(if open { "hooks-hide" } else { "hooks-show" });
    let mark = if open { icon::UP } else { icon::DOWN };
    let id = format!("{key}-variables");
    let pressed = button_ui(ui, view, Weight::Quiet, Some(mark), &label, &id);
    // There is one on each card.
    let said = of_hook(&label, number);
    let id = egui::Id::unique(id.as_str());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(said);
        node.set_expanded(open);
    });
    if pressed && !state.open.remove(key) {
        state.open.insert(key.to_owned());
    }
    if !open {
        return;
    }
    let theme = view.theme;
    words_ui(
        ui,
        &text("hooks-variables"),
        fonts::regular(size::FAINT),
        theme.faint,
    );
    let variables = trial::example(view.config, on).map(|story| trial::variables(&story));
    for (name, value) in variables.unwrap_or_default() {
        let whole = ui.available_width();
        let line = format!("{name}={value}");
        let galley = ui.painter().layout(
            line.clone(),
            fonts::regular(size::FAINT),
            theme.text,
            whole - 12.0,
        );
        let wanted = vec2(whole, galley.size().y);
        let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
        ui.painter()
            .galley(place.min + vec2(12.0, 0.0), galley, theme.text);
        spoken(ui, place, &format!("{key}-{name}"), &line);
    }
}

fn remove(n: usize, hook: &Hook) -> Asked {
    let (said, hook) = (
        text_with("hooks-said-removed", &[("event", event(hook.on).into())]),
        hook.clone(),
    );
    Asked::Change(Change::new("hook", said, move |config| {
        // Somebody may have changed the file meanwhile: only this one goes.
        if config.hooks.get(n) == Some(&hook) {
            config.hooks.remove(n);
        }
    }))
}

fn set_event(n: usize, on: &'static str) -> Asked {
    let values = [
        ("name", text("hooks-when").into()),
        ("value", event(on).into()),
    ];
    changed(n, "on", text_with("set-said", &values), move |hook| {
        hook.on = on;
    })
}

fn set_run(n: usize, run: Vec<String>) -> Asked {
    let values = [
        ("name", text("hooks-run").into()),
        ("value", line::join(&run).into()),
    ];
    changed(n, "run", text_with("set-said", &values), move |hook| {
        hook.run.clone_from(&run);
    })
}

fn set_timeout(n: usize, timeout: Duration) -> Asked {
    let values = [
        ("name", text("set-hook-timeout").into()),
        ("value", span::format(timeout).into()),
    ];
    changed(n, "timeout", text_with("set-said", &values), move |hook| {
        hook.timeout = timeout;
    })
}

fn changed(
    n: usize,
    key: &str,
    said: String,
    change: impl Fn(&mut Hook) + Send + Sync + 'static,
) -> Asked {
    let key = format!("hook.{}.{key}", n + 1);
    Asked::Change(Change::new(key, said, move |config| {
        if let Some(hook) = config.hooks.get_mut(n) {
            change(hook);
        }
    }))
}
