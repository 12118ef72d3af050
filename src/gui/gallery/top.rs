//! Above the cards: title, search, ready-made choices and filters.

use egui::{Id, Rect, Ui, Vec2, accesskit::Role, pos2, vec2};

use super::{Ask, Asked, Chip, View};
use crate::{
    core::rotation::Preset,
    gui::{
        choices::{self, CHIP, FIELD, search_ui},
        controls::{Button, Weight, layout, spoken},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::{text, text_with},
};

/// By which the field to search in is known.
pub const SEARCH: &str = "gallery-search";

/// The height of the line with title and search, in points.
pub const HEIGHT: f32 = 68.0;

/// Title on the left, search on the right; always there.
pub fn title_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Asked> {
    let theme = view.theme;
    let middle = area.center().y;
    let title = text("gallery-title");
    let galley = layout(ui, &title, fonts::semibold(size::TITLE), theme.text);
    let at = pos2(area.left(), middle - 0.5 * galley.size().y);
    let title_area = Rect::from_min_size(at, galley.size());
    let base = title_area.bottom();
    ui.painter().galley(at, galley, theme.text);
    spoken(ui, title_area, "gallery-title", &title);

    let width = (area.width() * 0.42).clamp(160.0, 300.0);
    let field =
        Rect::from_center_size(pos2(area.right() - 0.5 * width, middle), vec2(width, FIELD));
    count_on_ui(ui, view, pos2(title_area.right(), base), field.left());

    let hint = text("gallery-search-hint");
    let name = text("gallery-search");
    let typed = &view.filter.words;
    let words = search_ui(ui, theme, field, SEARCH, (&name, &hint), typed);
    let mut asked = words.map(Asked::Search);
    if !typed.is_empty() {
        let label = text("gallery-clear-search");
        let clear = Button {
            weight: Weight::Quiet,
            icon: Some(icon::CLOSE),
            label: &label,
            shows_label: false,
        };
        let place =
            Rect::from_center_size(pos2(field.right() - 18.0, middle), Vec2::splat(FIELD - 8.0));
        if clear.ui(ui, theme, place, "gallery-clear-search").clicked() {
            asked = Some(Asked::Search(String::new()));
        }
    }
    asked
}

/// How many are on, beside the title where there is room.
fn count_on_ui(ui: &mut Ui, view: &View<'_>, after: egui::Pos2, until: f32) {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let all = view.shelf.items.len();
    let said = text_with(
        "gallery-count-on",
        &[("on", count(view.on()).into()), ("all", count(all).into())],
    );
    let galley = layout(ui, &said, fonts::regular(size::BODY), view.theme.faint);
    let at = pos2(after.x + 12.0, after.y - galley.size().y - 3.0);
    let area = Rect::from_min_size(at, galley.size());
    if area.right() + space::MEDIUM < until {
        ui.painter().galley(at, galley, view.theme.faint);
    }
    spoken(ui, area, "gallery-count-on", &said);
}

/// Ready-made choices and filters, from the top of `area` downwards; returns where they end.
pub fn chips_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> (Option<Asked>, f32) {
    let presets: Vec<(Id, String, bool, Asked)> = Preset::ALL
        .into_iter()
        .map(|preset| {
            let chosen = view.standings.preset == Some(preset);
            let asked = Asked::Of(Ask::Choose(preset));
            let id = Id::unique(("gallery-preset", preset_text(preset)));
            (id, text(preset_text(preset)), chosen, asked)
        })
        .collect();
    let filters: Vec<(Id, String, bool, Asked)> = Chip::all()
        .map(|chip| {
            let chosen = view.filter.chips.contains(&chip);
            let id = Id::unique(("gallery-chip", chip.text_id()));
            (id, text(chip.text_id()), chosen, Asked::Chip(chip))
        })
        .collect();
    let labels = [text("gallery-presets"), text("gallery-filters")];
    let label_room = labels
        .iter()
        .map(|label| label_width(ui, label))
        .fold(0.0, f32::max)
        + 12.0;
    let mut asked = None;
    let mut top = area.top();
    let rows = [
        (&labels[0], presets, Role::RadioButton),
        (&labels[1], filters, Role::CheckBox),
    ];
    for (label, chips, role) in rows {
        let row = Rect::from_min_max(pos2(area.left(), top), area.max);
        let (clicked, bottom) = row_ui(ui, view, row, label_room, label, chips, role);
        asked = clicked.or(asked);
        top = bottom + space::SMALL + 2.0;
    }
    (asked, top)
}

/// The id of the text of a ready-made choice.
pub fn preset_text(preset: Preset) -> &'static str {
    match preset {
        Preset::Desk => "gallery-preset-desk",
        Preset::OpenPlan => "gallery-preset-open-plan",
        Preset::HomeWithMat => "gallery-preset-home",
        Preset::Article => "gallery-preset-article",
    }
}

fn label_width(ui: &Ui, label: &str) -> f32 {
    layout(
        ui,
        label,
        fonts::regular(size::FAINT),
        egui::Color32::PLACEHOLDER,
    )
    .size()
    .x
}

/// A label, and chips in as many lines as they need.
fn row_ui(
    ui: &mut Ui,
    view: &View<'_>,
    area: Rect,
    label_room: f32,
    label: &str,
    chips: Vec<(Id, String, bool, Asked)>,
    role: Role,
) -> (Option<Asked>, f32) {
    const GAP: f32 = 6.0;
    let theme = view.theme;
    let galley = layout(ui, label, fonts::regular(size::FAINT), theme.faint);
    let middle = area.top() + 0.5 * (CHIP - galley.size().y);
    ui.painter()
        .galley(pos2(area.left(), middle), galley, theme.faint);
    let left = area.left() + label_room;
    let mut at = pos2(left, area.top());
    let mut asked = None;
    for (id, label, chosen, asks) in chips {
        let chip = choices::Chip {
            label: &label,
            icon: chosen.then_some(icon::CHECK),
            chosen,
            role,
        };
        let width = chip.width(ui);
        if at.x > left && at.x + width > area.right() {
            at = pos2(left, at.y + CHIP + GAP);
        }
        let place = Rect::from_min_size(at, vec2(width, CHIP));
        let response = chip.ui(ui, theme, place, id);
        if response.gained_focus() {
            ui.scroll_to_rect(place.expand(space::MEDIUM), None);
        }
        if response.clicked() {
            asked = Some(asks);
        }
        at.x += width + GAP;
    }
    (asked, at.y + CHIP)
}
