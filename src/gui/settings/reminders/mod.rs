//! The reminders: what each is called, when it comes, and what a break consists of.
//!
//! `card` is one of them with its rows, which are made by `row`: `times` its times of day, `what` a
//! break consists of, `own` what it has otherwise than the others; `change` is what is done to it,
//! `words` what is said of it. One stands open at a time; one that is added opens, with its name
//! ready to be typed over.

mod card;
mod change;
mod own;
mod row;
mod times;
mod what;
mod words;

use std::collections::BTreeMap;

use egui::{
    CornerRadius, CursorIcon, Id, Sense, TextEdit, Ui, WidgetInfo, accesskit::Role, pos2,
    text::CCursor, text_selection::CCursorRange, vec2,
};

use super::{
    Asked, Typed, View,
    fields::field_id,
    mistakes,
    rows::{button_ui, card_ui, heading_ui, note_ui, words_ui},
};
use crate::{
    config_file::MOST_REMINDERS,
    core::config::{Config, Reminder},
    gui::{
        controls::{Weight, fitted, focus_ring, paint_icon},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::text,
};
pub use words::variant_word;

const KEYS: [&str; 8] = [
    "reminder.id",
    "reminder.every",
    "reminder.at",
    "reminder.length",
    "reminder.count",
    "reminder.message",
    "reminder.natural_break",
    "reminder.open",
];

const HOUR: u64 = 3600;
/// The head of a card, in points.
const HEAD: f32 = 58.0;

/// What the part keeps between frames.
#[derive(Default)]
pub struct State {
    typed: Typed,
    /// Which stands open, by its id; nothing before the first frame.
    open: Option<Option<String>>,
    /// What of it is shown that most people do not need.
    more: bool,
    /// The name of this one is about to be typed over.
    naming: Option<String>,
    /// What gets the focus in the next frame: in the one of a click, it would lose it again.
    focus: Option<Id>,
    /// A number for each, which stays the same when it gets another name or place: the focus, and
    /// what is typed, stay where they are.
    numbers: BTreeMap<String, usize>,
    /// The next number.
    next: usize,
}

impl State {
    fn is_open(&self, id: &str) -> bool {
        self.open.as_ref().and_then(Option::as_deref) == Some(id)
    }

    /// Gives numbers to those that have none yet.
    fn number(&mut self, reminders: &[Reminder]) {
        let is_there = |id: &String| reminders.iter().any(|one| one.id == *id);
        self.numbers.retain(|id, _| is_there(id));
        for reminder in reminders {
            if !self.numbers.contains_key(&reminder.id) {
                self.next += 1;
                self.numbers.insert(reminder.id.clone(), self.next);
            }
        }
    }

    /// The key of something about the reminder with this id, its own in the window.
    fn key(&self, id: &str, what: &str) -> String {
        let number = self.numbers.get(id).copied().unwrap_or_default();
        format!("reminder.{number}.{what}")
    }

    /// A reminder is about to have another name.
    fn rename(&mut self, id: &str, to: &str) {
        // Until the next frame it has the old one as well.
        if let Some(number) = self.numbers.get(id).copied() {
            self.numbers.insert(to.to_owned(), number);
        }
        self.open = Some(Some(to.to_owned()));
    }

    /// Opens one, and closes the others.
    fn show(&mut self, id: Option<String>) {
        self.open = Some(id);
        self.more = false;
    }
}

/// The reminders, a card for each, and what adds more.
pub fn reminders_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Vec<Asked> {
    heading_ui(
        ui,
        view,
        &text("set-group-reminders"),
        &text("plan-reminders-about"),
    );
    let reminders = &view.config.reminders;
    state.number(reminders);
    if let Some(id) = state.focus.take() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if state.open.is_none() {
        // The only one has nothing to be told from.
        let only = (reminders.len() == 1).then(|| reminders[0].id.clone());
        state.show(only);
    }
    let mut asked = Vec::new();
    for key in KEYS {
        asked.extend(mistakes::of_setting_ui(ui, view, key, &mut state.typed));
    }
    for (place, reminder) in reminders.iter().enumerate() {
        asked.extend(reminder_ui(ui, view, (place, reminder), state));
    }
    asked.extend(add_ui(ui, view, state));
    name_it(ui, view, state);
    asked
}

fn reminder_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (place, reminder): (usize, &Reminder),
    state: &mut State,
) -> Vec<Asked> {
    card_ui(ui, view, |ui| {
        let open = state.is_open(&reminder.id);
        if head_ui(ui, view, reminder, head_id(state, &reminder.id), open) {
            state.show((!open).then(|| reminder.id.clone()));
        }
        if open {
            card::card_ui(ui, view, (place, reminder), state)
        } else {
            Vec::new()
        }
    })
}

fn head_id(state: &State, id: &str) -> Id {
    Id::unique(state.key(id, "head"))
}

/// The name and what it does in a line; a click opens or closes it.
fn head_ui(ui: &mut Ui, view: &View<'_>, reminder: &Reminder, id: Id, open: bool) -> bool {
    let theme = view.theme;
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::empty());
    let response = ui.interact(area, id, Sense::click());
    let about = words::summary(view, reminder);
    let said = format!("{}: {about}", reminder.id);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    let expanded = |node: &mut egui::accesskit::Node| node.set_expanded(open);
    ui.ctx().accesskit_node_builder(response.id, expanded);
    if response.hovered() {
        let corner = CornerRadius::same(space::CORNER);
        ui.painter()
            .rect_filled(area.shrink(1.0), corner, theme.hover);
    }
    let left = area.left() + 14.0;
    let room = area.width() - 28.0 - 30.0;
    let name = |points| fonts::semibold(points);
    let sizes = (size::FAINT, size::CARD_NAME);
    let galley = fitted(ui, &reminder.id, name, sizes, room, theme.text);
    ui.painter()
        .galley(pos2(left, area.top() + 9.0), galley, theme.text);
    let sizes = (size::MARK, size::FAINT);
    let galley = fitted(ui, &about, fonts::regular, sizes, room, theme.faint);
    let at = pos2(left, area.bottom() - 10.0 - galley.size().y);
    ui.painter().galley(at, galley, theme.faint);
    let arrow = if open { icon::LESS_OFTEN } else { icon::AFTER };
    let middle = pos2(area.right() - 22.0, area.center().y);
    paint_icon(ui, middle, arrow, 16.0, theme.faint);
    focus_ring(ui, theme, area.shrink(3.0), &response);
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

/// What adds a reminder: some that come ready-made, and an empty one.
fn add_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Option<Asked> {
    ui.add_space(space::TIGHT);
    let full = view.config.reminders.len() >= MOST_REMINDERS;
    if full {
        let words = crate::text::text_with("plan-full", &[("most", MOST_REMINDERS.into())]);
        note_ui(ui, view, icon::INFO, &words, "reminders-full");
        return None;
    }
    words_ui(
        ui,
        &text("plan-add"),
        fonts::medium(size::FAINT),
        view.theme.text,
    );
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        for ready in change::READY {
            let label = text(&format!("plan-add-{}", ready.word()));
            let id = format!("reminder-add-{}", ready.word());
            let icon = Some(icon::PLUS);
            if button_ui(ui, view, Weight::Outlined, icon, &label, &id) {
                let new = ready.reminder(&view.config.reminders);
                state.show(Some(new.id.clone()));
                state.naming = Some(new.id.clone());
                asked = Some(change::add(new, None));
            }
        }
    });
    asked
}

/// Puts the focus into the name of a reminder that was just added, to be typed over.
fn name_it(ui: &Ui, view: &View<'_>, state: &mut State) {
    let Some(id) = state.naming.clone() else {
        return;
    };
    let is_there = |config: &Config| config.reminders.iter().any(|one| one.id == id);
    if !is_there(view.config) {
        return;
    }
    state.naming = None;
    let field = field_id(&state.key(&id, "id"));
    let mut edit = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    let (start, end) = (CCursor::new(0), CCursor::new(id.chars().count()));
    (edit.cursor).set_char_range(Some(CCursorRange::two(start, end)));
    edit.store(ui.ctx(), field);
    ui.memory_mut(|memory| memory.request_focus(field));
}
