//! What keys mean, besides those that a control with the focus takes for itself.

use egui::{Event, Key, Modifiers, Ui};

use super::{Ask, Asked, Page, View, card::card_id, top};
use crate::{core::rotation::Weight, gui::choices::field_id};

/// What the user asked for by a key, and what was typed after it. That is meant for what the first
/// key leads to, which is there in the next frame only: fast fingers lose no key.
/// `columns` is how many cards stand side by side.
pub fn pressed(
    ui: &Ui,
    view: &View<'_>,
    page: &Page,
    columns: usize,
) -> Option<(Asked, Vec<Event>)> {
    let typing = ui.memory(|memory| memory.has_focus(field_id(top::SEARCH)));
    let meaning = |event: &Event| match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => meaning(ui, view, page, (*key, *modifiers), (typing, columns)),
        _ => None,
    };
    // Looked for in a copy: what a key means depends on the focus, which is behind the same lock.
    let events = ui.input(|input| input.events.clone());
    let (n, asked) = (events.iter().enumerate())
        .find_map(|(n, event)| meaning(event).map(|asked| (n, asked)))?;
    let typed = |event: &Event| matches!(event, Event::Key { .. } | Event::Text(_));
    let mut later: Vec<Event> = events[n + 1..]
        .iter()
        .filter(|event| typed(event))
        .cloned()
        .collect();
    ui.input_mut(|input| {
        let mut place = 0;
        input.events.retain(|event| {
            place += 1;
            // Space would be a click on the card as well.
            let taken = place == n + 1 && matches!(asked, Asked::Of(_));
            (place <= n + 1 && !taken) || !typed(event)
        });
    });
    if asked == Asked::FocusSearch {
        // The character of the key itself is not searched for.
        let slash = |event: &Event| matches!(event, Event::Text(text) if text == "/");
        if let Some(slash) = later.iter().position(slash) {
            later.remove(slash);
        }
    }
    Some((asked, later))
}

fn meaning(
    ui: &Ui,
    view: &View<'_>,
    page: &Page,
    (key, modifiers): (Key, Modifiers),
    (typing, columns): (bool, usize),
) -> Option<Asked> {
    if modifiers.command {
        return with_command(key, modifiers, typing);
    }
    if modifiers.alt {
        return (key == Key::ArrowLeft && *page != Page::Cards).then_some(Asked::Back);
    }
    match page {
        Page::Cards => on_cards(ui, view, key, typing, columns),
        Page::Detail(_) => on_detail(view, page, key),
    }
}

fn with_command(key: Key, modifiers: Modifiers, typing: bool) -> Option<Asked> {
    match key {
        Key::F => Some(Asked::FocusSearch),
        Key::Z if !typing && !modifiers.shift => Some(Asked::Of(Ask::Undo)),
        Key::W | Key::Q => Some(Asked::Close),
        _ => None,
    }
}

fn on_cards(ui: &Ui, view: &View<'_>, key: Key, typing: bool, columns: usize) -> Option<Asked> {
    if typing {
        return match key {
            Key::Escape if !view.filter.words.is_empty() => Some(Asked::Search(String::new())),
            Key::ArrowDown | Key::Enter => Some(Asked::FocusFirst),
            _ => None,
        };
    }
    match key {
        Key::Slash => Some(Asked::FocusSearch),
        Key::Escape if view.said.is_some() => Some(Asked::Dismiss),
        Key::Escape if !view.filter.is_empty() => Some(Asked::ShowAll),
        _ => {
            let here = focused(ui, view)?;
            let place = view.shown[here];
            match key {
                Key::Space => return Some(switch(view, place)),
                Key::Plus | Key::Equals | Key::Minus => return weigh(view, place, key),
                _ => {}
            }
            let last = view.shown.len() - 1;
            let there = match key {
                Key::ArrowLeft => here.checked_sub(1),
                Key::ArrowRight => Some(here + 1),
                Key::ArrowUp => here.checked_sub(columns),
                Key::ArrowDown if here / columns < last / columns => {
                    Some((here + columns).min(last))
                }
                Key::Home => Some(0),
                Key::End => Some(last),
                _ => None,
            };
            card(view, there?)
        }
    }
}

fn on_detail(view: &View<'_>, page: &Page, key: Key) -> Option<Asked> {
    let step = match key {
        Key::Escape if view.said.is_some() => return Some(Asked::Dismiss),
        Key::Escape | Key::Backspace => return Some(Asked::Back),
        Key::T => {
            let Page::Detail(open) = page else {
                return None;
            };
            return Some(Asked::Of(Ask::Try(open.clone())));
        }
        Key::Plus | Key::Equals | Key::Minus => {
            let Page::Detail(open) = page else {
                return None;
            };
            return weigh(view, view.shown[place_of(view, open)?], key);
        }
        Key::ArrowLeft => -1,
        Key::ArrowRight => 1,
        _ => return None,
    };
    neighbour(view, page, step)
}

/// The page of the stretch that many places further in the list.
pub fn neighbour(view: &View<'_>, page: &Page, step: isize) -> Option<Asked> {
    let Page::Detail(open) = page else {
        return None;
    };
    let here = place_of(view, open)?;
    let there = view.shown.get(here.checked_add_signed(step)?)?;
    Some(Asked::Open(view.item(*there).stretch.id.clone()))
}

/// Where a stretch stands among those that are shown.
pub fn place_of(view: &View<'_>, stretch: &crate::core::stretch::StretchId) -> Option<usize> {
    (view.shown.iter()).position(|place| view.item(*place).stretch.id == *stretch)
}

/// The other of on and off.
pub fn switch(view: &View<'_>, place: usize) -> Asked {
    Asked::Of(Ask::Switch {
        stretch: view.item(place).stretch.id.clone(),
        on: !view.standing(place).on,
    })
}

/// One step more often with `+`, also without Shift, and one less with `-`.
fn weigh(view: &View<'_>, place: usize, key: Key) -> Option<Asked> {
    let standing = view.standing(place);
    let here = (Weight::ALL.iter()).position(|weight| *weight == standing.weight)?;
    let there = match key {
        Key::Minus => here.checked_sub(1)?,
        _ => here + 1,
    };
    let weight = *Weight::ALL.get(there).filter(|_| standing.on)?;
    let stretch = view.item(place).stretch.id.clone();
    Some(Asked::Of(Ask::Weigh { stretch, weight }))
}

fn card(view: &View<'_>, n: usize) -> Option<Asked> {
    let place = view.shown.get(n)?;
    Some(Asked::FocusCard(view.item(*place).stretch.id.clone()))
}

/// Which of the cards has the focus.
fn focused(ui: &Ui, view: &View<'_>) -> Option<usize> {
    let focused = ui.memory(egui::Memory::focused)?;
    (view.shown.iter()).position(|place| card_id(&view.item(*place).stretch.id) == focused)
}
