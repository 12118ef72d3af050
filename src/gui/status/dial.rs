//! At the top: the way to the next break as a ring, and what the program is up to in words.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::{Doing, Standing};
use crate::{
    gui::{
        controls::{paint_icon, picture, spoken, spoken_at_once},
        fonts::{self, icon},
        stretch::window::ring,
        theme::{Theme, size, space},
    },
    text::{text, text_with},
};

const SIDE: f32 = 112.0;
const WIDTH: f32 = 7.0;

/// Shows both from the top of `area` downwards; returns where they end.
pub fn dial_ui(ui: &mut Ui, theme: &Theme, standing: &Standing, number: u64, area: Rect) -> f32 {
    let dial = Rect::from_min_size(area.min, vec2(SIDE, SIDE));
    paint(ui, theme, &standing.doing, dial);
    picture(ui, dial, "glance-dial", &in_words(&standing.doing));

    let left = dial.right() + 20.0;
    let room = area.right() - left;
    let lay = |ui: &Ui, words: &str, font, color| {
        ui.painter().layout(words.to_owned(), font, color, room)
    };
    let headline = lay(ui, &standing.headline, fonts::semibold(20.0), theme.text);
    let details = standing.details.join("\n");
    let details = (!details.is_empty()).then(|| {
        let laid = lay(ui, &details, fonts::regular(size::FAINT), theme.faint);
        (details, laid)
    });
    let below = details
        .as_ref()
        .map_or(0.0, |(_, laid)| laid.size().y + space::SMALL);
    let height = headline.size().y + below;
    let top = (dial.center().y - 0.5 * height).max(area.top());
    let place = Rect::from_min_size(pos2(left, top), headline.size());
    let bottom = top + height;
    ui.painter().galley(place.min, headline, theme.text);
    // Said anew when the program does something else, not with every minute.
    spoken_at_once(ui, place, ("glance-headline", number), &standing.headline);
    if let Some((words, laid)) = details {
        let at = pos2(left, place.bottom() + space::SMALL);
        let place = Rect::from_min_size(at, laid.size());
        ui.painter().galley(at, laid, theme.faint);
        spoken(ui, place, "glance-details", &words);
    }
    bottom.max(dial.bottom()) + 20.0
}

fn in_words(doing: &Doing) -> String {
    match doing {
        Doing::NotRunning => text("glance-dial-off"),
        Doing::Working {
            minutes: Some(minutes),
            ..
        } => text_with("glance-dial-minutes", &[("minutes", (*minutes).into())]),
        Doing::Working { minutes: None, .. } => text("glance-dial-nothing"),
        Doing::Held => text("glance-dial-held"),
        Doing::Announced => text("glance-dial-announced"),
        Doing::OnBreak => text("glance-dial-on-break"),
        Doing::Paused => text("glance-dial-paused"),
    }
}

fn paint(ui: &Ui, theme: &Theme, doing: &Doing, dial: Rect) {
    let (left, resting) = match doing {
        Doing::Working { left, .. } => (*left, false),
        Doing::Announced | Doing::OnBreak => (1.0, false),
        Doing::NotRunning | Doing::Held | Doing::Paused => (0.0, true),
    };
    let (center, radius) = (dial.center(), 0.5 * (SIDE - WIDTH));
    ring(ui, theme, center, radius, WIDTH, left, resting);
    let sign = match doing {
        Doing::Working {
            minutes: Some(minutes),
            ..
        } => return number(ui, theme, center, *minutes),
        Doing::Working { minutes: None, .. } => icon::CHECK,
        Doing::NotRunning => icon::CLOSE,
        Doing::Held => icon::MORE,
        Doing::Announced => icon::PLAY,
        Doing::OnBreak => icon::BODY,
        Doing::Paused => icon::PAUSE,
    };
    let color = match doing {
        Doing::Announced | Doing::OnBreak | Doing::Working { .. } => theme.accent,
        Doing::NotRunning | Doing::Held | Doing::Paused => theme.faint,
    };
    paint_icon(ui, center, sign, 40.0, color);
}

fn number(ui: &Ui, theme: &Theme, center: egui::Pos2, minutes: u32) {
    let font = fonts::semibold(size::TIME);
    let above = center - vec2(0.0, 7.0);
    let painter = ui.painter();
    let number = minutes.to_string();
    painter.text(above, Align2::CENTER_CENTER, number, font, theme.text);
    let unit = text("glance-dial-unit");
    let font = fonts::regular(size::FAINT);
    let below = center + vec2(0.0, 20.0);
    painter.text(below, Align2::CENTER_CENTER, unit, font, theme.faint);
}
