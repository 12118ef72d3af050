//! The bar above the buttons: what became of a wish, and a way back.

use egui::{Align2, Rect, Stroke, StrokeKind, Ui, pos2, text::LayoutJob, vec2};

use super::{Asked, Notice, StretchView};
use crate::{
    gui::{
        controls::{Button, Weight, layout, paint_icon, spoken},
        fonts::{self, icon},
        theme::{CARD, size, space},
    },
    text::{text, text_with},
};

/// How high the bar is.
pub fn height(notice: Notice<'_>) -> f32 {
    match notice {
        Notice::TakenOut { .. } | Notice::NoOther => space::BUTTON + space::TIGHT,
        // Why something failed may take more words.
        Notice::Refused { .. } => space::BUTTON + 2.0 * space::MEDIUM,
    }
}

/// What the bar says.
pub fn words(notice: Notice<'_>) -> String {
    match notice {
        Notice::TakenOut { name } => text_with("window-taken-out", &[("name", name.into())]),
        Notice::Refused { why } => why.to_owned(),
        Notice::NoOther => text("window-no-other"),
    }
}

pub fn notice_ui(
    ui: &mut Ui,
    view: &StretchView<'_>,
    notice: Notice<'_>,
    area: Rect,
) -> Option<Asked> {
    let theme = view.theme;
    ui.painter().rect(
        area,
        space::CORNER,
        theme.surface,
        Stroke::new(1.0, theme.menu_edge()),
        StrokeKind::Inside,
    );
    let (label, asks, sign) = match notice {
        Notice::TakenOut { .. } => (text("window-undo"), Asked::PutBack, icon::HIDDEN),
        Notice::Refused { .. } => (text("window-understood"), Asked::Dismiss, icon::WARNING),
        Notice::NoOther => (text("window-understood"), Asked::Dismiss, icon::INFO),
    };
    let button = Button {
        weight: Weight::Quiet,
        icon: matches!(asks, Asked::PutBack).then_some(icon::UNDO),
        label: &label,
        shows_label: true,
    };
    let inner = area.shrink2(vec2(space::TIGHT, 2.0));
    let place = Rect::from_center_size(
        pos2(inner.right() - 0.5 * button.width(ui), inner.center().y),
        vec2(button.width(ui), space::BUTTON - space::TIGHT),
    );
    let sign_at = pos2(area.left() + CARD + 10.0, area.center().y);
    paint_icon(ui, sign_at, sign, 18.0, theme.faint);
    let said = words(notice);
    let left = sign_at.x + 10.0 + CARD;
    let room = Rect::from_min_max(
        pos2(left, inner.top()),
        pos2(place.left() - space::TIGHT, inner.bottom()),
    );
    words_ui(ui, view, &said, room);
    button
        .ui(ui, theme, place, "stretch-notice")
        .clicked()
        .then_some(asks)
}

/// On one line in the usual size where that is enough, else smaller and on as many as there is room
/// for.
fn words_ui(ui: &mut Ui, view: &StretchView<'_>, said: &str, room: Rect) {
    let color = view.theme.text;
    let line = layout(ui, said, fonts::regular(size::BODY), color);
    let galley = if line.size().x <= room.width() {
        line
    } else {
        let font = fonts::regular(size::FAINT);
        let row = ui.fonts_mut(|fonts| fonts.row_height(&font)).max(1.0);
        let mut job = LayoutJob::simple(said.to_owned(), font, color, room.width());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few rows"
        )]
        let rows = (room.height() / row).floor() as usize;
        job.wrap.max_rows = rows.max(1);
        ui.painter().layout_job(job)
    };
    let place = Align2::LEFT_CENTER.anchor_size(room.left_center(), galley.size());
    ui.painter().galley(place.min, galley, color);
    spoken(ui, place.intersect(room), "stretch-notice-words", said);
}
