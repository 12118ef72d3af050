//! What keys mean, besides those that a control with the focus takes for itself.

use chrono::{Days, NaiveDate};
use egui::{Event, Key, Modifiers, Ui};

use super::{Ask, Asked, Reach, calendar::day_id, page::View};

/// What the user asked for by a key.
pub fn pressed(ui: &Ui, view: &View<'_>) -> Option<Asked> {
    if view.sure.is_some() {
        return ui
            .input(|input| input.key_pressed(Key::Escape))
            .then_some(Asked::Sure(None));
    }
    let typing = ui.ctx().text_edit_focused();
    let command = |key| pressed_with(ui, key, |held| held.command);
    if command(Key::Z) && !typing {
        return Some(Asked::Of(Ask::Undo));
    }
    if command(Key::W) || command(Key::Q) {
        return Some(Asked::Close);
    }
    let plain = |key| pressed_with(ui, key, Modifiers::is_none);
    if plain(Key::Escape) {
        return Some(escaped(view));
    }
    if typing {
        return None;
    }
    let alt = |key| pressed_with(ui, key, |held| held.alt);
    let there = match (alt(Key::ArrowLeft), alt(Key::ArrowRight)) {
        (true, _) => view.book.earlier(view.reach),
        (false, true) => view.book.later(view.reach),
        (false, false) => None,
    };
    if let Some(day) = there {
        return Some(Asked::Of(Ask::LookUpTo(day)));
    }
    let numbers = [Key::Num1, Key::Num2, Key::Num3];
    let reach = (numbers.into_iter().zip(Reach::ALL)).find(|(key, _)| plain(*key));
    if let Some((_, reach)) = reach {
        return Some(Asked::Reach(reach));
    }
    arrow(ui, view).map(|day| Asked::Day(Some(day)))
}

/// Whether a key was pressed while these others were held. Not those that are held now: where a
/// frame takes long, they may have been let go in it.
fn pressed_with(ui: &Ui, key: Key, held: impl Fn(&Modifiers) -> bool) -> bool {
    let is = |event: &Event| {
        matches!(event, Event::Key { key: pressed, pressed: true, modifiers, .. }
            if *pressed == key && held(modifiers))
    };
    ui.input(|input| input.events.iter().any(is))
}

/// What Escape takes away first: what lies on top.
fn escaped(view: &View<'_>) -> Asked {
    if view.menu {
        Asked::Menu(false)
    } else if view.strip.is_some() {
        Asked::Strip(None)
    } else if view.said.is_some() {
        Asked::Dismiss
    } else if view.day.is_some() {
        Asked::Day(None)
    } else {
        Asked::Close
    }
}

/// The day beside the one with the focus: days stand one below the other, weeks side by side.
fn arrow(ui: &Ui, view: &View<'_>) -> Option<NaiveDate> {
    let here = view.day.unwrap_or(view.book.newest());
    if ui.memory(egui::Memory::focused) != Some(day_id(here)) {
        return None;
    }
    let pressed = |key| pressed_with(ui, key, Modifiers::is_none);
    let there = if pressed(Key::ArrowLeft) {
        here.checked_sub_days(Days::new(7))
    } else if pressed(Key::ArrowRight) {
        here.checked_add_days(Days::new(7))
    } else if pressed(Key::ArrowUp) {
        here.checked_sub_days(Days::new(1))
    } else if pressed(Key::ArrowDown) {
        here.checked_add_days(Days::new(1))
    } else {
        None
    }?;
    let shown = match view.reach {
        Reach::Week | Reach::Weeks => &view.book.weeks,
        Reach::Year => &view.book.year,
    };
    (shown.span.first..=view.book.newest())
        .contains(&there)
        .then_some(there)
}
