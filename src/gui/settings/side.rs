//! The pages in a list at the left, and the field to search in above them.

use egui::{CornerRadius, Id, Rect, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{Asked, Page, View};
use crate::{
    gui::{
        choices::search_ui,
        controls::{fitted, paint_icon},
        fonts::{self, icon},
        theme::{size, space},
    },
    text::text,
};

/// The id of the field to search in.
pub const SEARCH: &str = "set-search";
/// How wide the list is, in points; where the window is narrow, only its icons.
pub const WIDE: f32 = 216.0;
/// How wide the list of icons alone is, in points.
pub const NARROW: f32 = 64.0;
const ROW: f32 = 40.0;

/// The icon of a page.
fn icon_of(page: Page) -> char {
    match page {
        Page::Schedule => icon::CALENDAR,
        Page::Stretches => icon::STANDING,
        Page::Hold => icon::HAND,
        Page::Look => icon::PALETTE,
        Page::Hooks => icon::TERMINAL,
        Page::History => icon::CHART,
        Page::About => icon::INFO,
    }
}

/// What a page is called.
#[must_use]
pub fn name(page: Page) -> String {
    text(&format!("set-page-{}", page.word()))
}

/// Shows the list; `page` is the one that is open, nothing while something is looked for.
pub fn side_ui(
    ui: &mut Ui,
    view: &View<'_>,
    area: Rect,
    page: Option<Page>,
    words: &str,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    let wide = area.width() > 0.5 * (WIDE + NARROW);
    let inner = area.shrink2(vec2(12.0, space::MEDIUM));
    let mut top = inner.top();
    if wide {
        let field = Rect::from_min_size(inner.min, vec2(inner.width(), 36.0));
        asked.extend(search_field_ui(ui, view, field, words));
        top = field.bottom() + space::MEDIUM;
    }
    for known in Page::ALL {
        let place = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), ROW));
        top = place.bottom() + 2.0;
        if row_ui(ui, view, place, known, page == Some(known), wide) {
            asked.push(Asked::Page(known));
        }
    }
    asked
}

/// Shows the field to search in.
pub fn search_field_ui(ui: &mut Ui, view: &View<'_>, area: Rect, words: &str) -> Option<Asked> {
    let (name, hint) = (text("set-search-name"), text("set-search-hint"));
    let typed = search_ui(ui, view.theme, area, SEARCH, (&name, &hint), words);
    typed.map(Asked::Search)
}

/// The id of a page in the list.
#[must_use]
pub fn page_id(page: Page) -> Id {
    Id::unique(("set-page", page))
}

fn row_ui(ui: &mut Ui, view: &View<'_>, place: Rect, page: Page, open: bool, wide: bool) -> bool {
    let theme = view.theme;
    let name = name(page);
    let response = ui.interact(place, page_id(page), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, open, &name));
    let over = response.hovered() || response.is_pointer_button_down_on();
    let corner = CornerRadius::same(space::CORNER);
    if open {
        ui.painter().rect_filled(place, corner, theme.ground);
        let mark =
            Rect::from_min_size(pos2(place.left(), place.center().y - 10.0), vec2(3.0, 20.0));
        ui.painter().rect_filled(mark, 1.5, theme.accent);
    } else if over {
        ui.painter().rect_filled(place, corner, theme.hover);
    }
    let color = if open { theme.accent } else { theme.faint };
    let x = if wide {
        place.left() + 24.0
    } else {
        place.center().x
    };
    paint_icon(ui, pos2(x, place.center().y), icon_of(page), 20.0, color);
    if wide {
        let font = if open { fonts::semibold } else { fonts::medium };
        let room = place.width() - 52.0;
        let sizes = (size::FAINT, size::BODY);
        let galley = fitted(ui, &name, font, sizes, room, theme.text);
        let at = pos2(
            place.left() + 44.0,
            place.center().y - 0.5 * galley.size().y,
        );
        ui.painter().galley(at, galley, theme.text);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, theme.accent);
        ui.painter()
            .rect_stroke(place, corner, stroke, egui::StrokeKind::Inside);
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if wide {
        return response.clicked();
    }
    response.on_hover_text(name).clicked()
}
