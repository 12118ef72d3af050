//! One card: what a stretch is, at a glance, and whether it is on.

use std::sync::Arc;

use egui::{
    Align2, Color32, CornerRadius, CursorIcon, EventFilter, Galley, Id, Rect, Response, Sense,
    Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role, pos2, text::LayoutJob, vec2,
};

use super::{Asked, Item, Standing, View, figures::Figures, keys};
use crate::{
    core::{rotation::Weight, stretch::StretchId},
    gui::{
        choices::{SWITCH, switch_ui},
        controls::{fitted, focus_ring, layout, paint_icon},
        fonts::{self, icon},
        theme::{Theme, size, space},
    },
    stretch_text,
    text::{text, text_with},
};

/// The height of a card, in points.
pub const HEIGHT: f32 = 308.0;
/// The part of it that belongs to the figure.
const STAGE: f32 = 164.0;
const LINE: f32 = 20.0;

/// What came of a card this frame.
#[derive(Default)]
pub struct Came {
    pub asked: Option<Asked>,
    /// The pointer or the focus is on it.
    pub lively: bool,
    /// It has the focus.
    pub focused: bool,
}

/// By which a card is known from frame to frame.
pub fn card_id(stretch: &StretchId) -> Id {
    Id::unique(("gallery-card", stretch.as_str()))
}

pub fn card_ui(
    ui: &mut Ui,
    view: &View<'_>,
    figures: &mut Figures,
    place: usize,
    area: Rect,
) -> Came {
    let (item, standing) = (view.item(place), view.standing(place));
    let id = card_id(&item.stretch.id);
    let wanted = view.focus == Some(&item.stretch.id);
    let response = ui.interact(area, id, Sense::click());
    let focused = response.has_focus();
    if focused {
        keep_arrows(ui, id);
    }
    named(ui, &response, item, &standing);
    if wanted || response.gained_focus() {
        ui.scroll_to_rect(area.expand(space::MEDIUM), None);
    }
    let visible = ui.is_rect_visible(area);
    if visible {
        paint(ui, view, figures, item, &standing, area, &response);
    }
    let switch = switch(ui, view.theme, item, &standing, area);
    if switch.gained_focus() {
        ui.scroll_to_rect(area.expand(space::MEDIUM), None);
    }
    let lively = visible && (focused || switch.has_focus() || ui.rect_contains_pointer(area));
    let asked = if switch.clicked() {
        Some(keys::switch(view, place))
    } else if response.clicked() {
        Some(Asked::Open(item.stretch.id.clone()))
    } else {
        None
    };
    response.on_hover_cursor(CursorIcon::PointingHand);
    Came {
        asked,
        lively,
        focused,
    }
}

/// With the focus on the card, the arrows go from card to card as the window says, not to whatever
/// lies in that direction.
fn keep_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

fn named(ui: &Ui, response: &Response, item: &Item, standing: &Standing) {
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &item.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let mut facts = vec![item.length_and_place(), item.needs_and_seen()];
        facts.push(stretch_text::areas(&item.stretch.areas));
        facts.push(standing.done());
        facts.extend(often(standing));
        facts.extend(item.own.then(|| text("gallery-own")));
        node.set_description(facts.join(", "));
    });
}

fn switch(ui: &mut Ui, theme: &Theme, item: &Item, standing: &Standing, area: Rect) -> Response {
    let corner = pos2(
        area.right() - space::MEDIUM - SWITCH.x,
        area.top() + STAGE + 13.0,
    );
    let name = text_with("gallery-switch", &[("name", item.name.as_str().into())]);
    let id = Id::unique(("gallery-switch", item.stretch.id.as_str()));
    let place = Rect::from_min_size(corner, SWITCH);
    switch_ui(ui, theme, place, id, &name, standing.on)
}

fn paint(
    ui: &Ui,
    view: &View<'_>,
    figures: &mut Figures,
    item: &Item,
    standing: &Standing,
    area: Rect,
    response: &Response,
) {
    let theme = view.theme;
    let over = response.hovered();
    ground(ui, theme, area, over);
    let stage = Rect::from_min_max(area.min, pos2(area.right(), area.top() + STAGE));
    let faded = if standing.on { 0.0 } else { 0.5 };
    figures.show(ui, view, item, stage.shrink2(vec2(14.0, 12.0)), faded);
    marks(ui, theme, item, standing, stage);

    let left = area.left() + space::MEDIUM;
    let right = area.right() - space::MEDIUM;
    let mut y = stage.bottom() + 12.0;
    let room = right - left - SWITCH.x - 12.0;
    let name = name(ui, theme, &item.name, room);
    let middle = y + 13.0 - 0.5 * name.size().y;
    ui.painter().galley(pos2(left, middle), name, theme.text);
    y += 36.0;
    let room = right - left - 20.0;
    for (sign, words) in [
        (icon::CLOCK, item.length_and_place()),
        (icon::BODY, areas(ui, item, room)),
        (icon::SEEN, item.needs_and_seen()),
        (icon::AGAIN, standing.done()),
    ] {
        let sizes = (size::MARK, size::FAINT);
        let words = fitted(ui, &words, fonts::regular, sizes, room, theme.faint);
        let line = pos2(left + 20.0, y + 0.5 * (LINE - words.size().y));
        ui.painter().galley(line, words, theme.faint);
        let middle = pos2(left + 7.0, y + 0.5 * LINE);
        paint_icon(ui, middle, sign, 14.0, theme.faint);
        y += LINE + 2.0;
    }
    focus_ring(ui, theme, area, response);
}

/// On one line, or on two in smaller letters.
fn name(ui: &Ui, theme: &Theme, name: &str, room: f32) -> Arc<Galley> {
    let one = layout(ui, name, fonts::semibold(size::CARD_NAME), theme.text);
    if one.size().x <= room {
        return one;
    }
    let font = fonts::semibold(size::BODY);
    let mut job = LayoutJob::simple(name.to_owned(), font, theme.text, room);
    job.wrap.max_rows = 2;
    ui.painter().layout_job(job)
}

/// As many parts of the body as fit, the main one first, and how many there are besides.
fn areas(ui: &Ui, item: &Item, room: f32) -> String {
    let areas = &item.stretch.areas;
    let font = || fonts::regular(size::FAINT);
    let fits = |said: &str| layout(ui, said, font(), Color32::PLACEHOLDER).size().x <= room;
    let some = (1..=areas.len()).rev().map(|count| {
        let words = stretch_text::areas(&areas[..count]);
        match i64::try_from(areas.len() - count) {
            Ok(0) | Err(_) => words,
            Ok(more) => text_with(
                "gallery-areas-more",
                &[("areas", words.into()), ("count", more.into())],
            ),
        }
    });
    let mut said = String::new();
    for words in some {
        said = words;
        if fits(&said) {
            break;
        }
    }
    said
}

/// The card itself: the figure stands on the ground of the window, the words on a lighter one.
fn ground(ui: &Ui, theme: &Theme, area: Rect, over: bool) {
    let corner = CornerRadius::same(space::CORNER + 2);
    let painter = ui.painter();
    if over {
        let shadow = ui.visuals().popup_shadow;
        painter.add(shadow.as_shape(area, corner));
    }
    let edge = if over {
        theme.outline
    } else {
        theme.menu_edge()
    };
    painter.rect_filled(area, corner, theme.surface);
    let top = Rect::from_min_max(area.min, pos2(area.right(), area.top() + STAGE));
    let rounded = CornerRadius {
        sw: 0,
        se: 0,
        ..corner
    };
    painter.rect_filled(top, rounded, theme.background);
    let stroke = Stroke::new(1.0, edge);
    painter.rect_stroke(area, corner, stroke, StrokeKind::Inside);
}

/// Small signs on the figure: whose it is, and that it comes more or less often.
fn marks(ui: &Ui, theme: &Theme, item: &Item, standing: &Standing, stage: Rect) {
    let mut corner = stage.left_top() + vec2(10.0, 10.0);
    let weight = often(standing).map(|words| {
        let sign = match standing.weight {
            Weight::More => icon::MORE_OFTEN,
            Weight::Less | Weight::Normal => icon::LESS_OFTEN,
        };
        (Some(sign), words)
    });
    let own = item.own.then(|| (None, text("gallery-own")));
    for (sign, words) in own.into_iter().chain(weight) {
        let width = mark(ui, theme, corner, sign, &words);
        corner.x += width + 6.0;
    }
}

/// "more often", where it is not as often as the others.
fn often(standing: &Standing) -> Option<String> {
    match standing.weight {
        Weight::More => Some(text("gallery-more-often")),
        Weight::Less => Some(text("gallery-less-often")),
        Weight::Normal => None,
    }
}

fn mark(ui: &Ui, theme: &Theme, corner: egui::Pos2, sign: Option<char>, words: &str) -> f32 {
    let galley = layout(ui, words, fonts::medium(size::MARK), Color32::PLACEHOLDER);
    let sign_room = sign.map_or(0.0, |_| 15.0);
    let width = galley.size().x + sign_room + 16.0;
    let area = Rect::from_min_size(corner, vec2(width, 22.0));
    let stroke = Stroke::new(1.0, theme.menu_edge());
    ui.painter()
        .rect(area, 11.0, theme.surface, stroke, StrokeKind::Inside);
    let mut x = area.left() + 8.0;
    if let Some(sign) = sign {
        paint_icon(ui, pos2(x + 5.0, area.center().y), sign, 12.0, theme.accent);
        x += sign_room;
    }
    ui.painter().text(
        pos2(x, area.center().y),
        Align2::LEFT_CENTER,
        words,
        fonts::medium(size::MARK),
        theme.text,
    );
    width
}
