//! The title, how far back one looks, and what can be done with the history.

use egui::{Rect, Ui, Vec2, pos2, vec2};

use super::{Asked, Reach, menu::menu_ui, page::View, spans::reach_text};
use crate::{
    gui::{
        choices::segments_ui,
        controls::{Button, Weight, layout, spoken},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::text,
};

/// The height of the line, in points.
pub const HEIGHT: f32 = 68.0;
const SEGMENTS: f32 = 36.0;

/// Title on the left, spans on the right, then the menu.
pub fn title_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Asked> {
    let theme = view.theme;
    let middle = area.center().y;
    let title = text("past-title");
    let galley = layout(ui, &title, fonts::semibold(size::TITLE), theme.text);
    let at = pos2(area.left(), middle - 0.5 * galley.size().y);
    let place = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, theme.text);
    spoken(ui, place, "past-title", &title);

    let label = text("past-menu");
    let more = Button {
        weight: Weight::Quiet,
        icon: Some(icon::MORE),
        label: &label,
        shows_label: false,
    };
    let button = Rect::from_center_size(
        pos2(area.right() - 0.5 * space::BUTTON, middle),
        Vec2::splat(space::BUTTON),
    );
    let width = (area.width() - place.width() - 2.0 * space::EDGE - space::BUTTON).min(320.0);
    let segments = Rect::from_min_size(
        pos2(
            button.left() - space::SMALL - width,
            middle - 0.5 * SEGMENTS,
        ),
        vec2(width, SEGMENTS),
    );
    let choices = Reach::ALL.map(|reach| (reach, reach_text(view, reach)));
    let reach = segments_ui(ui, theme, segments, "past-reach", &choices, view.reach);
    let pressed = more.ui(ui, theme, button, "past-menu").clicked();
    let on_menu = if view.menu {
        menu_ui(ui, view, button)
    } else {
        None
    };
    reach
        .map(Asked::Reach)
        .or(on_menu)
        .or(pressed.then_some(Asked::Menu(!view.menu)))
}
