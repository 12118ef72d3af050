//! Name on the left, ring and time left on the right.

use egui::{Align2, Color32, Pos2, Rect, Shape, Stroke, Ui, epaint::PathStroke, pos2};

use super::{StretchView, layout::Layout, wording};
use crate::{
    core::stretch::session::State,
    gui::{
        controls::{fitted, layout as line, paint_icon, spoken},
        fonts::{self, icon},
        stretch::figure::brush::{fraction, on_circle},
        theme::{Theme, size, space},
    },
    text::text,
};

/// The ring's radius and its width, in parts of the digits beside it.
const RING: f32 = 0.38;
const RING_WIDTH: f32 = 0.12;

pub fn header_ui(ui: &mut Ui, view: &StretchView<'_>, layout: &Layout) {
    let area = layout.name;
    let timed = view.session.message.is_none() && !view.over();
    let time_left = if timed {
        time_ui(ui, view, layout)
    } else {
        area.right()
    };
    // Beside the name, or in the row below it.
    let beside = layout.time.top() <= area.top();
    let right = if beside {
        time_left - space::MEDIUM
    } else {
        area.right()
    };
    let Some(stretch) = view.session.stretch else {
        return;
    };
    let width = right - area.left();
    let color = view.theme.text;
    let sizes = (size::BODY, layout.text.name);
    let name = fitted(ui, &stretch.name, fonts::semibold, sizes, width, color);
    let name_area = Rect::from_min_size(area.min, name.size());
    ui.painter().galley(area.min, name, color);
    spoken(ui, name_area, "stretch-name", &stretch.name);
    if layout.line_of_its_own() {
        let below = pos2(area.left(), area.bottom() - layout.text.faint - 7.0);
        under_name_ui(ui, view, layout, below, area.width());
    } else {
        let below = pos2(area.left(), name_area.bottom() + space::TIGHT);
        let right = right.min(time_left - space::MEDIUM);
        under_name_ui(ui, view, layout, below, right - area.left());
    }
}

/// Before the start: how long, where, with what. Later: which side.
fn under_name_ui(ui: &mut Ui, view: &StretchView<'_>, layout: &Layout, at: Pos2, width: f32) {
    let faint = view.theme.faint;
    let type_ = &layout.text;
    let line_area = Rect::from_min_size(at, egui::vec2(width, type_.faint + 5.0));
    let before = matches!(view.session.state, State::Ready);
    if let (true, Some(stretch)) = (before, view.session.stretch) {
        let said = wording::facts(view.session, stretch).join(" · ");
        let shown = fitted(
            ui,
            &said,
            fonts::regular,
            (size::FAINT - 2.0, type_.body),
            width,
            faint,
        );
        ui.painter().galley(at, shown, faint);
        spoken(ui, line_area, "stretch-facts", &said);
        return;
    }
    let said = if view.session.paused && !layout.paused_below_time() {
        text("window-paused")
    } else {
        wording::under_name(view.session)
    };
    if !said.is_empty() && !view.over() {
        let shown = fitted(
            ui,
            &said,
            fonts::regular,
            (size::FAINT - 2.0, type_.faint),
            width,
            faint,
        );
        ui.painter().galley(at, shown, faint);
        spoken(ui, line_area, "stretch-side", &said);
    }
}

/// Ring and digits; returns where they begin.
fn time_ui(ui: &mut Ui, view: &StretchView<'_>, layout: &Layout) -> f32 {
    let theme = view.theme;
    let area = layout.time;
    let height = layout.text.time;
    let radius = RING * height;
    let color = if view.session.paused {
        theme.faint
    } else {
        theme.text
    };
    let digits = line(
        ui,
        &wording::digits(view.session.left_secs),
        fonts::medium(height),
        color,
    );
    let middle = area.top() + 0.45 * height;
    let digits_left = area.right() - digits.size().x;
    let at = pos2(digits_left, middle - 0.5 * digits.size().y);
    let width = digits.size().x;
    ui.painter().galley(at, digits, color);
    let center = pos2(digits_left - 0.3 * height - radius, middle);
    ring(
        ui,
        theme,
        center,
        radius,
        RING_WIDTH * height,
        left(view),
        view.session.paused,
    );
    if view.session.paused && layout.paused_below_time() {
        paused_ui(ui, theme, layout);
    }
    let whole = Rect::from_min_max(
        pos2(center.x - radius, area.top()),
        pos2(digits_left + width, area.top() + height),
    );
    let said = wording::about_left(view.session.left_secs);
    spoken(ui, whole, "stretch-time", &said);
    center.x - radius - 2.0
}

fn paused_ui(ui: &mut Ui, theme: &Theme, layout: &Layout) {
    let label = text("window-paused");
    let area = layout.time;
    let at = pos2(area.right(), area.top() + 1.5 * layout.text.time);
    let shown = ui.painter().text(
        at,
        Align2::RIGHT_BOTTOM,
        &label,
        fonts::medium(layout.text.faint),
        theme.faint,
    );
    paint_icon(
        ui,
        shown.left_center() - egui::vec2(0.75 * layout.text.faint, 0.0),
        icon::PAUSE,
        1.05 * layout.text.faint,
        theme.faint,
    );
    spoken(ui, shown, "stretch-paused", &label);
}

/// How much of the countdown is left, 1 to 0.
pub fn left(view: &StretchView<'_>) -> f32 {
    let length = view.session.length.as_secs_f32();
    if length > 0.0 {
        (view.session.left.as_secs_f32() / length).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// A ring that empties clockwise from the top.
pub fn ring(
    ui: &Ui,
    theme: &Theme,
    center: Pos2,
    radius: f32,
    width: f32,
    left: f32,
    resting: bool,
) {
    let color: Color32 = if resting { theme.faint } else { theme.accent };
    let painter = ui.painter();
    painter.circle_stroke(center, radius, Stroke::new(width, theme.track));
    if left > 0.999 {
        painter.circle_stroke(center, radius, Stroke::new(width, color));
        return;
    }
    let steps = 48;
    let top = -std::f32::consts::FRAC_PI_2;
    let arc: Vec<Pos2> = (0..=steps)
        .map(|step| {
            // What is left ends at the top, so that it shrinks as the hand of a clock goes round.
            let angle = top + std::f32::consts::TAU * (1.0 - left * (1.0 - fraction(step, steps)));
            on_circle(center, radius, angle)
        })
        .collect();
    if left > 0.004 {
        painter.add(Shape::line(arc, PathStroke::new(width, color)));
    }
}
