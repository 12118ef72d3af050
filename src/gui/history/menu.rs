//! What can be done with the history as a whole.

use egui::{CornerRadius, Id, Rect, Stroke, StrokeKind, Ui, Vec2, pos2};

use super::{Ask, Asked, Form, page::View, strip::Strip};
use crate::{
    gui::{controls::menu_row_ui, fonts::icon, theme::space},
    text::text,
};

const MENU: Vec2 = Vec2::new(280.0, 6.0 * 36.0 + 16.0);

/// What can be done with the history, below the button.
pub fn menu_ui(ui: &mut Ui, view: &View<'_>, button: Rect) -> Option<Asked> {
    let theme = view.theme;
    let place = Rect::from_min_size(
        pos2(button.right() - MENU.x, button.bottom() + space::TIGHT),
        MENU,
    );
    let day = view.day.unwrap_or(view.book.newest());
    let rows = [
        (
            "past-save-csv",
            icon::SAVE,
            Asked::Of(Ask::Export(Form::Csv)),
        ),
        (
            "past-save-json",
            icon::SAVE,
            Asked::Of(Ask::Export(Form::Json)),
        ),
        (
            "past-save-month",
            icon::SAVE,
            Asked::Of(Ask::Export(Form::Picture(day))),
        ),
        (
            "past-import",
            icon::TAKE_IN,
            Asked::Strip(Some(Strip::Import(String::new()))),
        ),
        (
            "past-delete-days",
            icon::TRASH,
            Asked::Strip(Some(Strip::day(day))),
        ),
        ("past-delete-all", icon::TRASH, Asked::Sure(Some(None))),
    ];
    let mut asked = None;
    egui::Area::new(Id::unique("past-menu-area"))
        .order(egui::Order::Foreground)
        .fixed_pos(place.min)
        .show(ui.ctx(), |ui| {
            ui.set_min_size(MENU);
            let corner = CornerRadius::same(space::CORNER);
            ui.painter()
                .add(ui.visuals().popup_shadow.as_shape(place, corner));
            let stroke = Stroke::new(1.0, theme.outline);
            ui.painter()
                .rect(place, corner, theme.surface, stroke, StrokeKind::Inside);
            let inner = place.shrink(space::SMALL);
            let builder = egui::UiBuilder::new().max_rect(inner);
            ui.scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                for (n, (id, icon, asks)) in rows.into_iter().enumerate() {
                    let row = menu_row_ui(ui, theme, icon, &text(id), "", true);
                    if n == 0 && view.menu_is_new {
                        row.request_focus();
                    }
                    if row.clicked() {
                        asked = Some(asks);
                    }
                }
            });
        });
    let elsewhere = ui.input(|input| {
        let pressed = input
            .pointer
            .any_pressed()
            .then(|| input.pointer.interact_pos());
        pressed
            .flatten()
            .is_some_and(|at| !place.contains(at) && !button.contains(at))
    });
    asked.or(elsewhere.then_some(Asked::Menu(false)))
}
