//! What the pages are made of: lines with an icon, choices side by side, switches with a sentence.

use egui::{Id, Rect, Ui, accesskit::Role, pos2, vec2};

use crate::gui::{
    choices::{CHIP, Chip, SWITCH, switch_ui},
    controls::{layout, paint_icon, spoken},
    fonts::{self, icon},
    theme::{Theme, size, space},
};

/// Text over as many lines as it needs, from the top of `area`; returns where it ends.
pub fn text_ui(
    ui: &mut Ui,
    (said, id): (&str, &str),
    font: egui::FontId,
    color: egui::Color32,
    area: Rect,
) -> f32 {
    let galley = (ui.painter()).layout(said.to_owned(), font, color, area.width());
    let place = Rect::from_min_size(area.min, galley.size());
    ui.painter().galley(area.min, galley, color);
    spoken(ui, place, id, said);
    place.bottom()
}

/// A sentence behind an icon; returns where it ends.
pub fn line_ui(
    ui: &mut Ui,
    theme: &Theme,
    icon: char,
    (said, id): (&str, &str),
    area: Rect,
) -> f32 {
    let middle = pos2(area.left() + 11.0, area.top() + 10.0);
    paint_icon(ui, middle, icon, 20.0, theme.accent);
    let words = area.with_min_x(area.left() + 36.0);
    let font = fonts::regular(size::BODY);
    text_ui(ui, (said, id), font, theme.text, words).max(area.top() + 22.0)
}

/// One of several, as chips under a title, in as many rows as they need; returns the one that was
/// pressed, and where it ends.
pub fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    (title, id): (&str, &str),
    choices: &[(T, String)],
    chosen: Option<T>,
    area: Rect,
) -> (Option<T>, f32) {
    let font = fonts::semibold(size::BODY);
    let top = text_ui(ui, (title, id), font, theme.text, area) + space::SMALL;
    let mut at = pos2(area.left(), top);
    let mut pressed = None;
    for (choice, label) in choices {
        let is_chosen = chosen == Some(*choice);
        let chip = Chip {
            label,
            icon: is_chosen.then_some(icon::CHECK),
            chosen: is_chosen,
            role: Role::RadioButton,
        };
        let width = chip.width(ui);
        if at.x > area.left() && at.x + width > area.right() {
            at = pos2(area.left(), at.y + CHIP + space::SMALL);
        }
        let place = Rect::from_min_size(at, vec2(width, CHIP));
        if chip.ui(ui, theme, place, Id::unique((id, label))).clicked() && !is_chosen {
            pressed = Some(*choice);
        }
        at.x += width + space::SMALL;
    }
    (pressed, at.y + CHIP)
}

/// A switch with a name and a sentence about it; returns what it was switched to, and where it
/// ends.
pub fn switch_row_ui(
    ui: &mut Ui,
    theme: &Theme,
    (name, said, id): (&str, &str, &str),
    on: bool,
    area: Rect,
) -> (Option<bool>, f32) {
    let words = area.with_max_x(area.right() - SWITCH.x - space::MEDIUM);
    let galley = layout(ui, name, fonts::medium(size::BODY), theme.text);
    let bottom = words.top() + galley.size().y;
    ui.painter().galley(words.min, galley, theme.text);
    let below = words.with_min_y(bottom + 2.0);
    let font = fonts::regular(size::FAINT);
    let bottom = text_ui(ui, (said, &format!("{id}-said")), font, theme.faint, below);
    let corner = pos2(area.right() - SWITCH.x, area.top() + 2.0);
    let place = Rect::from_min_size(corner, SWITCH);
    let switch = switch_ui(ui, theme, place, Id::unique(id), name, on);
    (switch.clicked().then_some(!on), bottom.max(place.bottom()))
}
