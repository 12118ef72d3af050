//! The title, how far back one looks, and what can be done with the history.

use egui::{Align2, CornerRadius, Id, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::{Ask, Asked, Form, Reach, page::View};
use crate::{
    gui::{
        choices::segments_ui,
        controls::{Button, Weight, layout, menu_row_ui, row, spoken, spoken_at_once},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::text,
};

/// The height of the line, in points.
pub const HEIGHT: f32 = 68.0;
const SEGMENTS: f32 = 36.0;
const MENU: Vec2 = Vec2::new(280.0, 4.0 * 36.0 + 16.0);

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
    let choices = Reach::ALL.map(|reach| {
        let id = match reach {
            Reach::Week => "past-reach-week",
            Reach::Weeks => "past-reach-weeks",
            Reach::Year => "past-reach-year",
        };
        (reach, text(id))
    });
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

/// What can be done with the history, below the button.
fn menu_ui(ui: &mut Ui, view: &View<'_>, button: Rect) -> Option<Asked> {
    let theme = view.theme;
    let place = Rect::from_min_size(
        pos2(button.right() - MENU.x, button.bottom() + space::TIGHT),
        MENU,
    );
    let rows = [
        ("past-save-csv", icon::AFTER, Ask::Export(Form::Csv)),
        ("past-save-json", icon::AFTER, Ask::Export(Form::Json)),
        (
            "past-save-month",
            icon::AFTER,
            Ask::Export(Form::Picture(view.day.unwrap_or(view.book.today))),
        ),
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
                for (id, icon, ask) in rows {
                    if menu_row_ui(ui, theme, icon, &text(id), "", true).clicked() {
                        asked = Some(Asked::Of(ask));
                    }
                }
                let all = text("past-delete-all");
                if menu_row_ui(ui, theme, icon::CLOSE, &all, "", true).clicked() {
                    asked = Some(Asked::Sure(Some(None)));
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

/// Asks whether to delete: the one question that nothing goes past.
pub fn sure_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Asked> {
    let span = view.sure?;
    let theme = view.theme;
    // Behind the question nothing can be pressed.
    let shade = Id::unique("past-sure-shade");
    let behind = ui.interact(area, shade, Sense::CLICK);
    ui.painter()
        .rect_filled(area, 0.0, theme.background.gamma_multiply(0.8));
    let room = vec2((area.width() - 2.0 * space::EDGE).min(420.0), 168.0);
    let card = Rect::from_center_size(area.center(), room);
    let corner = CornerRadius::same(space::CORNER + 4);
    ui.painter()
        .add(ui.visuals().popup_shadow.as_shape(card, corner));
    let stroke = Stroke::new(1.0, theme.outline);
    ui.painter()
        .rect(card, corner, theme.surface, stroke, StrokeKind::Inside);
    let question = text(match span {
        Some(_) => "past-sure-day",
        None => "past-sure-all",
    });
    let at = pos2(card.center().x, card.top() + 40.0);
    let font = fonts::semibold(size::CARD_NAME);
    let drawn = (ui.painter()).text(at, Align2::CENTER_CENTER, &question, font, theme.text);
    let hint = text("past-sure-hint");
    let at = pos2(card.center().x, card.top() + 72.0);
    let font = fonts::regular(size::FAINT);
    ui.painter()
        .text(at, Align2::CENTER_CENTER, &hint, font, theme.faint);
    spoken_at_once(ui, drawn, ("past-sure", 0), &format!("{question} {hint}"));
    let (yes, no) = (text("past-sure-yes"), text("past-sure-no"));
    let button = |weight, label| Button {
        weight,
        icon: None,
        label,
        shows_label: true,
    };
    let (keep, delete) = (button(Weight::Filled, &no), button(Weight::Outlined, &yes));
    let line = Rect::from_min_size(
        pos2(card.left(), card.bottom() - space::BUTTON - space::EDGE),
        vec2(card.width(), space::BUTTON),
    );
    let places = row(line, &[keep.width(ui), delete.width(ui)], space::MEDIUM);
    let kept = keep.ui(ui, theme, places[0], "past-sure-no");
    if !ui.memory(|memory| memory.focused().is_some_and(|id| id != shade)) {
        kept.request_focus();
    }
    if delete.ui(ui, theme, places[1], "past-sure-yes").clicked() {
        return Some(Asked::Of(Ask::Forget(span)));
    }
    (kept.clicked() || behind.clicked()).then_some(Asked::Sure(None))
}
