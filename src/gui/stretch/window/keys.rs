//! What the keys mean.

use egui::{Event, Key, Modifiers, Popup, Ui};

use super::{Asked, Sheet, StretchView};
use crate::core::stretch::session::State;

/// What the user asked for by a key.
pub fn pressed(ui: &Ui, view: &StretchView<'_>) -> Option<Asked> {
    // A control with the focus takes Space, Enter and the arrows for itself; so does an open menu.
    let focused = ui.memory(|memory| memory.focused().is_some());
    let menu = Popup::is_any_open(ui.ctx());
    let keys: Vec<Key> = ui.input(|input| {
        input
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Key {
                    key,
                    pressed: true,
                    repeat: false,
                    modifiers,
                    ..
                } if plain(*modifiers) => Some(*key),
                Event::Text(typed) if typed == "?" => Some(Key::Questionmark),
                _ => None,
            })
            .collect()
    });
    if menu {
        return None;
    }
    keys.into_iter().find_map(|key| meaning(key, focused, view))
}

/// Shift is part of typing a question mark; the others belong to the desktop.
fn plain(modifiers: Modifiers) -> bool {
    !modifiers.ctrl && !modifiers.alt && !modifiers.command
}

fn meaning(key: Key, focused: bool, view: &StretchView<'_>) -> Option<Asked> {
    let ready = view.session.state == State::Ready;
    let over = view.over();
    // On a page the arrows belong to what one reads.
    let steps = !ready && !over && view.sheet.is_none();
    match key {
        Key::Escape if view.sheet.is_some() => Some(Asked::Show(None)),
        Key::Escape => Some(Asked::Close),
        Key::Space | Key::Enter if focused => None,
        Key::Space if !over => Some(Asked::StartOrPause),
        Key::Enter if ready => Some(Asked::Start),
        Key::S if !over && view.snooze.is_some() => Some(Asked::Snooze),
        Key::K if !over => Some(Asked::Skip),
        Key::N if view.exchangeable() => Some(Asked::OtherStretch),
        Key::X if view.exchangeable() => Some(Asked::NotForMe),
        Key::U if view.undo => Some(Asked::PutBack),
        Key::A if over && view.daemon => Some(Asked::OneMore),
        Key::R if !over => Some(Asked::Again),
        Key::O if !over && view.session.has_sides => Some(Asked::OtherSideFirst),
        Key::M if !over && view.can_be_heard() => Some(Asked::Mute),
        Key::I if !over && view.session.stretch.is_some() => Some(toggled(view.sheet, Sheet::Info)),
        Key::ArrowLeft if steps && !focused => Some(Asked::PreviousPhase),
        Key::ArrowRight if steps && !focused => Some(Asked::NextPhase),
        Key::F11 => Some(Asked::FullScreen),
        Key::Questionmark if !over => Some(toggled(view.sheet, Sheet::Keys)),
        _ => None,
    }
}

fn toggled(open: Option<Sheet>, sheet: Sheet) -> Asked {
    Asked::Show((open != Some(sheet)).then_some(sheet))
}
