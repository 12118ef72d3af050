//! In a corner above the figure: whether there is something to hear, and the button that changes it.

use egui::{Rect, Ui, Vec2, pos2};

use super::{Asked, StretchView};
use crate::{
    gui::{
        controls::{Button, Weight, paint_icon, spoken},
        fonts::icon,
        stretch::aloud::Hearing,
        theme::space,
    },
    text::text,
};

/// Its height and width.
const SIDE: f32 = 36.0;
/// The icon in the middle of that.
const ICON: f32 = 20.0;

pub fn hearing_ui(ui: &mut Ui, view: &StretchView<'_>, stage: Rect) -> Option<Asked> {
    let hearing = view.hearing.filter(|_| !view.over())?;
    // The icon, not its ground, ends where the time above it ends.
    let right = stage.right() + 0.5 * (SIDE - ICON);
    let corner = pos2(right - SIDE, stage.top() + space::TIGHT);
    let area = Rect::from_min_size(corner, Vec2::splat(SIDE));
    let (icon, label) = match hearing {
        Hearing::On => (icon::SOUND, "sound-on"),
        Hearing::Muted => (icon::MUTED, "sound-muted"),
        Hearing::Call => (icon::MUTED, "sound-call"),
    };
    let label = text(label);
    if hearing == Hearing::Call {
        paint_icon(ui, area.center(), icon, ICON, view.theme.faint);
        spoken(ui, area, "stretch-sound", &label);
        return None;
    }
    let button = Button {
        weight: Weight::Quiet,
        icon: Some(icon),
        label: &label,
        shows_label: false,
    };
    let response = button.ui(ui, view.theme, area, "stretch-sound");
    response
        .on_hover_text(&label)
        .clicked()
        .then_some(Asked::Mute)
}
