//! The band itself: hours, ranges of work, and a mark for each break.

use chrono::{DateTime, FixedOffset, TimeDelta, Timelike as _};
use egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Sense, Stroke,
    StrokeKind, Ui, accesskit::Role, pos2, vec2,
};

use super::{State, View, aloud, clock, in_words, lanes};
use crate::{
    core::outlook::{Outlook, Rest},
    gui::{
        controls::{fitted, focus_ring},
        fonts,
        theme::{mix, size, space},
    },
};

/// The height of the row of a reminder, in points.
const LANE: f32 = 26.0;
/// The same for one that has the band for itself.
const ONLY: f32 = 40.0;
const MARK: f32 = 5.0;
/// Within the ends of the band, so that the times at them have room.
const INSET: f32 = 6.0;
/// So near to a mark, in points, it is meant.
const NEAR: f32 = 10.0;

/// The time that the band shows, and where.
struct Scale {
    from: DateTime<FixedOffset>,
    to: DateTime<FixedOffset>,
    left: f32,
    right: f32,
}

impl Scale {
    /// From the full hour before the first work to the one after the last.
    fn new(day: &Outlook, (left, right): (f32, f32)) -> Option<Self> {
        let (first, last) = (day.work.first()?.from, day.work.last()?.to);
        let since = |at: DateTime<FixedOffset>| {
            TimeDelta::seconds(i64::from(at.num_seconds_from_midnight() % 3600))
        };
        let over = since(last);
        let rest = match over.is_zero() {
            true => over,
            false => TimeDelta::hours(1) - over,
        };
        Some(Self {
            from: first - since(first),
            to: last + rest,
            left,
            right,
        })
    }

    fn x(&self, at: DateTime<FixedOffset>) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "the seconds of a day or two")]
        let seconds = |span: TimeDelta| span.num_seconds() as f32;
        let part = seconds(at - self.from) / seconds(self.to - self.from).max(1.0);
        self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// The full hours, some of them where there is no room for all.
    fn hours(&self, day: &Outlook) -> Vec<DateTime<FixedOffset>> {
        let all = usize::try_from((self.to - self.from).num_hours()).unwrap_or(24);
        let room = (self.right - self.left) / 44.0;
        #[expect(clippy::cast_precision_loss, reason = "the hours of a day or two")]
        let fits = |step: &usize| (all / step) as f32 <= room;
        let step = [1, 2, 3, 4, 6].into_iter().find(fits).unwrap_or(12);
        (0..=all)
            .step_by(step)
            .filter_map(|hour| Some(self.from + TimeDelta::hours(i64::try_from(hour).ok()?)))
            .map(|at| day.zone.local(at.to_utc()))
            .collect()
    }
}

/// The band; returns the break that is meant by pointer or keyboard.
pub fn band_ui<'a>(
    ui: &mut Ui,
    view: &View<'_>,
    day: &'a Outlook,
    state: &mut State,
) -> Option<&'a Rest> {
    let lanes = lanes(view, day);
    let (lane, names) = match lanes.len() {
        0 | 1 => (ONLY, 0.0),
        _ => (LANE, (0.24 * ui.available_width()).clamp(76.0, 130.0)),
    };
    #[expect(clippy::cast_precision_loss, reason = "some reminders")]
    let height = lane * lanes.len().max(1) as f32;
    let wanted = vec2(ui.available_width(), height + 20.0);
    let (whole, _) = ui.allocate_exact_size(wanted, Sense::empty());
    let band = Rect::from_min_max(
        whole.min + vec2(names, 0.0),
        pos2(whole.right(), whole.top() + height),
    );
    let scale = Scale::new(day, (band.left() + INSET, band.right() - INSET))?;
    let response = ui.interact(band, Id::unique("strip"), Sense::click());
    pressed(ui, state, day, &response);
    let pointed = pointed(day, &scale, &response);
    let focused = state.marked.filter(|_| response.has_focus());
    let meant = pointed.or(focused);
    paint_ground(ui, view, day, &scale, band);
    for (n, id) in lanes.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "some reminders")]
        let top = band.top() + lane * n as f32;
        let area = Rect::from_min_size(pos2(band.left(), top), vec2(band.width(), lane));
        if lanes.len() > 1 {
            name_ui(ui, view, id, (whole.left(), area));
        }
        paint_marks(ui, view, day, &scale, (id, area), meant);
    }
    let label = aloud(view, day);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Figure, true, &label));
    let value = state.marked.map(|marked| in_words(&day.breaks[marked]));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if let Some(value) = value {
            node.set_value(value);
        }
    });
    focus_ring(ui, view.theme, band, &response);
    meant.map(|meant| &day.breaks[meant])
}

fn name_ui(ui: &Ui, view: &View<'_>, id: &str, (left, lane): (f32, Rect)) {
    let width = lane.left() - left - space::SMALL;
    let sizes = (size::MARK, size::FAINT);
    let galley = fitted(ui, id, fonts::regular, sizes, width, view.theme.text);
    let at = pos2(left, lane.center().y - 0.5 * galley.size().y);
    ui.painter().galley(at, galley, view.theme.text);
}

fn paint_ground(ui: &Ui, view: &View<'_>, day: &Outlook, scale: &Scale, band: Rect) {
    let theme = view.theme;
    let painter = ui.painter();
    painter.rect_filled(band, CornerRadius::same(6), theme.background);
    for stint in &day.work {
        let x = scale.x(stint.from)..=scale.x(stint.to);
        let area = Rect::from_x_y_ranges(x, band.y_range());
        painter.rect_filled(area, CornerRadius::same(4), theme.marked());
    }
    for at in scale.hours(day) {
        let x = scale.x(at);
        painter.vline(x, band.y_range(), Stroke::new(1.0, theme.track));
        let below = pos2(x, band.bottom() + 4.0);
        let font = fonts::regular(size::MARK);
        painter.text(below, Align2::CENTER_TOP, clock(at), font, theme.faint);
    }
    let edge = mix(
        theme.track,
        theme.outline,
        if theme.high_contrast { 1.0 } else { 0.3 },
    );
    painter.rect_stroke(
        band,
        CornerRadius::same(6),
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
}

/// A full mark for a break of this reminder, an empty one where another break is for it as well.
fn paint_marks(
    ui: &Ui,
    view: &View<'_>,
    day: &Outlook,
    scale: &Scale,
    (id, lane): (&str, Rect),
    meant: Option<usize>,
) {
    let theme = view.theme;
    let painter = ui.painter();
    for (n, rest) in day.breaks.iter().enumerate() {
        let own = rest.reminder == id;
        if !own && !rest.absorbed.iter().any(|other| other == id) {
            continue;
        }
        let middle = pos2(scale.x(rest.at), lane.center().y);
        let mark = Rect::from_center_size(middle, vec2(MARK, lane.height() - 10.0));
        let is_meant = meant == Some(n);
        let mark = if is_meant { mark.expand(2.0) } else { mark };
        let corner = CornerRadius::same(3);
        if own {
            painter.rect_filled(mark, corner, theme.accent);
        } else {
            let line = Stroke::new(1.5, theme.accent);
            painter.rect(mark, corner, theme.surface, line, StrokeKind::Inside);
        }
        if is_meant {
            let line = Stroke::new(1.5, theme.text);
            painter.rect_stroke(mark, corner, line, StrokeKind::Outside);
        }
    }
}

/// Arrows walk from break to break.
fn pressed(ui: &Ui, state: &mut State, day: &Outlook, response: &Response) {
    if !response.has_focus() || day.breaks.is_empty() {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let last = day.breaks.len() - 1;
    let key = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (pressed, to) in [
        (
            Key::ArrowRight,
            state.marked.map_or(0, |marked| (marked + 1).min(last)),
        ),
        (
            Key::ArrowLeft,
            state.marked.map_or(last, |marked| marked.saturating_sub(1)),
        ),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        if key(pressed) {
            state.marked = Some(to);
            return;
        }
    }
}

/// The break next to the pointer, if one is near.
fn pointed(day: &Outlook, scale: &Scale, response: &Response) -> Option<usize> {
    let at = response.hover_pos()?;
    let distance = |rest: &Rest| (scale.x(rest.at) - at.x).abs();
    let breaks = day.breaks.iter().enumerate();
    let (n, rest) = breaks.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)))?;
    (distance(rest) <= NEAR).then_some(n)
}
