//! The lists of programs: those that hold a break back, and those that are in no meeting.

use egui::{Id, Rect, Ui, accesskit::Role, pos2, vec2};

use super::{
    Ask, State,
    change::{add_app, add_name, set_manner, take_app, take_name},
    of,
};
use crate::{
    config_file,
    core::config::App,
    gui::{
        choices::{CHIP, Chip, segments_ui},
        controls::{Button, Weight, fitted, layout, spoken},
        fonts::{self, icon},
        settings::{
            Asked, Change, View,
            fields::{FIELD, Field, field_ui},
            page::Parts,
            rows::{Row, icon_ui, inside_ui, note_ui, row_ui, words_ui},
        },
        theme::{size, space},
    },
    text::{text, text_with},
};

/// So many programs are offered at most.
const OFFERED: usize = 10;
/// How wide the field for another name is, in points.
const NAME: f32 = 260.0;
/// How wide the choice between "runs" and "in front" is, in points.
const MANNER: f32 = 250.0;
/// Narrower than this, in points, that choice stands below the name.
const NARROW: f32 = 430.0;

/// The key of the programs that hold a break back.
pub const APPS: &str = "hold.apps";
/// The key of those that are in no meeting.
pub const EXCEPT: &str = "hold.meeting_except";

/// Programs that hold a break back while they are in use.
pub fn apps_ui(ui: &mut Ui, view: &View<'_>, state: &State, parts: &mut Parts) -> Vec<Asked> {
    let mut asked = Vec::new();
    let apps = &view.config.hold.apps;
    inside_ui(ui, |ui| {
        for (n, app) in apps.iter().enumerate() {
            asked.extend(app_ui(ui, view, n, app));
        }
        if let Some(why) = state.around.as_ref().and_then(|it| it.front.as_ref()) {
            let said = text_with("hold-no-front", &[("why", why.clone().into())]);
            let mark = match apps.iter().any(|app| app.in_front) {
                true => icon::WARNING,
                false => icon::INFO,
            };
            note_ui(ui, view, mark, &said, "hold-no-front");
        }
        let check = |name: &str| {
            let mut apps: Vec<String> = apps.iter().map(App::written).collect();
            checked(APPS, &mut apps, name, view)
        };
        if let Some(name) = another_ui(ui, view, (APPS, "hold-add-app"), parts, check) {
            asked.push(add_app(&name));
        }
        let there = |name: &str| apps.iter().any(|app| app.name.eq_ignore_ascii_case(name));
        let open = state.around.as_ref().map_or(&[][..], |it| &it.open);
        let offered: Vec<&String> = open.iter().filter(|name| !there(name)).collect();
        asked.extend(open_now_ui(ui, view));
        if let Some(name) = offered_ui(ui, view, APPS, &offered) {
            asked.push(add_app(&name));
        }
    });
    asked
}

/// Programs that may use microphone, camera and screen without that being a meeting.
pub fn except_ui(ui: &mut Ui, view: &View<'_>, state: &State, parts: &mut Parts) -> Vec<Asked> {
    let mut asked = Vec::new();
    let names = &view.config.hold.meeting_except;
    inside_ui(ui, |ui| {
        for (n, name) in names.iter().enumerate() {
            let line =
                ui.allocate_exact_size(vec2(ui.available_width(), FIELD), egui::Sense::empty());
            if name_ui(ui, view, (EXCEPT, n), name, line.0) {
                asked.push(take_name(name));
            }
        }
        let check = |name: &str| checked(EXCEPT, &mut names.clone(), name, view);
        if let Some(name) = another_ui(ui, view, (EXCEPT, "hold-add-except"), parts, check) {
            asked.push(add_name(&name));
        }
        let subjects = super::Reason::Meeting.subjects().iter();
        let mut using: Vec<&String> = (subjects.filter_map(|it| state.live.get(it)))
            .flat_map(|live| &live.programs)
            .filter(|name| !names.contains(name))
            .collect();
        using.sort();
        using.dedup();
        if !using.is_empty() {
            let font = fonts::regular(size::FAINT);
            words_ui(ui, &text("hold-using-now"), font, view.theme.faint);
        }
        if let Some(name) = offered_ui(ui, view, EXCEPT, &using) {
            asked.push(add_name(&name));
        }
    });
    asked
}

/// The name of the setting, what it does, and the way back to the empty list.
pub fn head_ui(ui: &mut Ui, view: &View<'_>, key: &str) -> Vec<Asked> {
    let text_id = key.replace(['.', '_'], "-");
    let (name, about) = (
        text(&format!("set-{text_id}")),
        text(&format!("set-{text_id}-about")),
    );
    let hold = &view.config.hold;
    let empty = match key {
        APPS => hold.apps.is_empty(),
        _ => hold.meeting_except.is_empty(),
    };
    let none = text("hold-none");
    let row = Row {
        name: &name,
        about: &about,
        key,
        default: (!empty).then_some(&none),
        ..Row::default()
    };
    let (reset, ()) = row_ui(ui, view, &row, vec2(0.0, 0.0), |_, _| ());
    let change = || {
        let said = text_with("hold-emptied", &[("name", name.clone().into())]);
        let key = key.to_owned();
        Change::new(key.clone(), said, move |config| match key.as_str() {
            APPS => config.hold.apps.clear(),
            _ => config.hold.meeting_except.clear(),
        })
    };
    reset.then(|| Asked::Change(change())).into_iter().collect()
}

/// A program of the list, with when it counts; what is asked of it.
fn app_ui(ui: &mut Ui, view: &View<'_>, n: usize, app: &App) -> Vec<Asked> {
    let mut asked = Vec::new();
    let whole = ui.available_width();
    let narrow = whole < NARROW;
    let height = if narrow { 2.0 * FIELD + 4.0 } else { FIELD };
    let (place, _) = ui.allocate_exact_size(vec2(whole, height), egui::Sense::empty());
    let line = place.with_max_y(place.top() + FIELD);
    let taken = match narrow {
        true => 0.0,
        false => MANNER + space::SMALL,
    };
    let name_line = line.with_max_x(line.right() - taken);
    if name_ui(ui, view, (APPS, n), &app.name, name_line) {
        asked.push(take_app(&app.name));
    }
    let corner = match narrow {
        true => pos2(place.left() + FIELD, line.bottom() + 4.0),
        false => pos2(line.right() - MANNER, line.top()),
    };
    let width = MANNER.min(place.right() - corner.x);
    let choices = [false, true].map(|front| {
        let id = if front {
            "hold-while-front"
        } else {
            "hold-while-runs"
        };
        (front, text(id))
    });
    let id = format!("{APPS}-{n}-manner");
    let manner = Rect::from_min_size(corner, vec2(width, FIELD));
    let group = text_with("hold-manner", &[("name", app.name.clone().into())]);
    let response = ui.interact(manner, Id::unique((&id, "group")), egui::Sense::empty());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::RadioGroup, true, &group));
    if let Some(front) = segments_ui(ui, view.theme, manner, &id, &choices, app.in_front) {
        asked.push(set_manner(&app.name, front));
    }
    asked
}

/// A name of a list in a line; whether it is to go.
fn name_ui(ui: &mut Ui, view: &View<'_>, (key, n): (&str, usize), name: &str, line: Rect) -> bool {
    let button = Rect::from_min_size(line.min, vec2(FIELD, FIELD));
    let room = line.right() - button.right() - space::SMALL;
    let font = fonts::medium;
    let sizes = (size::FAINT, size::BODY);
    let words = fitted(ui, name, font, sizes, room, view.theme.text);
    let at = pos2(
        button.right() + space::TIGHT,
        line.center().y - 0.5 * words.size().y,
    );
    let place = Rect::from_min_size(at, words.size());
    ui.painter().galley(at, words, view.theme.text);
    spoken(ui, place, &format!("{key}-{n}"), name);
    let label = text_with("hold-take", &[("name", name.to_owned().into())]);
    icon_ui(
        ui,
        view,
        button,
        icon::TRASH,
        &label,
        &format!("{key}-{n}-take"),
    )
}

/// A field for another name, and a button that takes it.
fn another_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (key, name): (&str, &str),
    parts: &mut Parts,
    check: impl Fn(&str) -> Result<String, String>,
) -> Option<String> {
    let id = format!("{key}-add");
    let (name, hint) = (text(name), text("hold-add-hint"));
    let label = text("hold-add");
    let button = Button {
        weight: Weight::Outlined,
        icon: Some(icon::PLUS),
        label: &label,
        shows_label: true,
    };
    let beside = button.width(ui) + space::SMALL;
    let whole = ui.available_width();
    let (line, _) = ui.allocate_exact_size(vec2(whole, FIELD), egui::Sense::empty());
    let width = NAME.min(whole - beside);
    let place = Rect::from_min_size(line.min, vec2(width, FIELD));
    let field = Field {
        id: &id,
        name: &name,
        shown: "",
        hint: &hint,
    };
    let given = field_ui(ui, view.theme, place, &field, &mut parts.typed, check);
    let corner = pos2(place.right() + space::SMALL, line.top());
    let at = Rect::from_min_size(corner, vec2(beside - space::SMALL, FIELD));
    // What is typed is taken when the field is left, as it is by pressing this.
    let response = button.ui(ui, view.theme, at, &format!("{id}-button"));
    let said = text_with(
        "hold-button",
        &[("what", label.clone().into()), ("name", name.into())],
    );
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label(said));
    let wrong = parts.typed.wrong(&id).to_owned();
    if response.clicked() && (given.is_none() || !wrong.is_empty()) {
        let field = super::super::fields::field_id(&id);
        ui.memory_mut(|memory| memory.request_focus(field));
    }
    if !wrong.is_empty() {
        note_ui(ui, view, icon::WARNING, &wrong, &format!("{id}-wrong"));
    }
    given
}

/// Names to choose from, in as many lines as they need; the one that was chosen.
fn offered_ui(ui: &mut Ui, view: &View<'_>, key: &str, names: &[&String]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let mut chosen = None;
    let left = ui.cursor().left();
    let right = left + ui.available_width();
    let mut at = ui.cursor().min;
    for name in names.iter().take(OFFERED) {
        let chip = Chip {
            label: name,
            icon: Some(icon::PLUS),
            chosen: false,
            role: Role::Button,
        };
        let width = chip.width(ui).min(right - left);
        if at.x > left && at.x + width > right {
            at = pos2(left, at.y + CHIP + space::SMALL);
        }
        let place = Rect::from_min_size(at, vec2(width, CHIP));
        let response = chip.ui(ui, view.theme, place, Id::unique((key, "offered", *name)));
        let said = text_with("hold-offer", &[("name", (*name).clone().into())]);
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_label(said));
        if response.clicked() {
            chosen = Some((*name).clone());
        }
        at.x += width + space::SMALL;
    }
    let height = at.y + CHIP - ui.cursor().top();
    ui.allocate_exact_size(vec2(right - left, height), egui::Sense::empty());
    chosen
}

/// What is offered, and a button to look again which programs are open.
fn open_now_ui(ui: &mut Ui, view: &View<'_>) -> Option<Asked> {
    let (title, label) = (text("hold-open-now"), text("hold-look-again"));
    let wanted = vec2(ui.available_width(), 28.0);
    let (line, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
    let color = view.theme.faint;
    let words = layout(ui, &title, fonts::regular(size::FAINT), color);
    let at = pos2(line.left(), line.center().y - 0.5 * words.size().y);
    let place = Rect::from_min_size(at, words.size());
    ui.painter().galley(at, words, color);
    spoken(ui, place, "hold-open-now", &title);
    let corner = pos2(place.right() + space::TIGHT, line.top());
    let button = Rect::from_min_size(corner, vec2(28.0, 28.0));
    let pressed = icon_ui(ui, view, button, icon::AGAIN, &label, "hold-look-again");
    pressed.then(|| of(Ask::LookAround))
}

/// The name, if the file would take it besides those that stand there; else why not.
fn checked(
    key: &str,
    names: &mut Vec<String>,
    name: &str,
    view: &View<'_>,
) -> Result<String, String> {
    if name.is_empty() {
        return Ok(String::new());
    }
    names.push(name.to_owned());
    let quoted: Vec<String> = names.iter().map(|name| config_file::quoted(name)).collect();
    let list = format!("[{}]", quoted.join(", "));
    match config_file::with(view.config, key, &list) {
        Ok(_) => Ok(name.to_owned()),
        Err(problem) => Err(match problem.help {
            Some(help) => format!("{}: {help}", problem.message),
            None => problem.message,
        }),
    }
}
