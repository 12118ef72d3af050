//! When breaks would come on a day with these settings: a band with a mark for each.
//!
//! What is shown was worked out beforehand, by the code that runs the program.

use chrono::{DateTime, Datelike as _, FixedOffset, TimeDelta, Timelike as _};
use egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Sense, Stroke,
    StrokeKind, Ui, accesskit::Role, pos2, vec2,
};

use super::{
    Asked, View,
    rows::{button_ui, inside_ui, section_ui, told_ui, words_ui},
};
use crate::{
    core::{
        config::{DayOfWeek, What, When},
        outlook::{MOST, Outlook, Rest},
    },
    gui::{
        choices::segments_ui,
        controls::{Weight, fitted, focus_ring},
        fonts::{self, icon},
        theme::{mix, size, space},
    },
    text::{text, text_with},
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

/// What the part keeps between frames.
#[derive(Debug, Default)]
pub struct State {
    /// Which day, counted from today.
    day: usize,
    /// Which break of it the keyboard stands on.
    marked: Option<usize>,
    /// What was copied last.
    copied: Option<String>,
}

/// The strip on a card.
pub fn strip_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Vec<Asked> {
    let (title, about) = (text("plan-strip"), text("plan-strip-about"));
    section_ui(ui, view, (&title, &about), |ui| {
        inside_ui(ui, |ui| {
            let days = &view.forecast.days;
            if days.is_empty() {
                let words = text("plan-strip-waiting");
                words_ui(ui, &words, fonts::regular(size::FAINT), view.theme.faint);
                return;
            }
            state.day = state.day.min(days.len() - 1);
            chooser_ui(ui, view, state);
            match shown(days, state.day) {
                Some(day) => day_ui(ui, view, day, state),
                None => {
                    let words = text("plan-strip-never");
                    words_ui(ui, &words, fonts::regular(size::BODY), view.theme.text);
                }
            }
        });
    });
    Vec::new()
}

/// The day that was chosen; of a day off, the next one with work.
fn shown(days: &[Outlook], chosen: usize) -> Option<&Outlook> {
    let from = days.iter().cycle().skip(chosen).take(days.len());
    from.into_iter().find(|day| !day.work.is_empty())
}

/// Today, and the days after it.
fn chooser_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) {
    let names = view.forecast.days.iter().enumerate().map(|(n, day)| {
        let name = match n {
            0 => text("plan-today"),
            _ => text(&format!("plan-short-{}", weekday(day).key())),
        };
        (n, name)
    });
    let names: Vec<(usize, String)> = names.collect();
    let width = ui.available_width().min(7.0 * 66.0);
    let (place, _) = ui.allocate_exact_size(vec2(width, 34.0), Sense::empty());
    let group = ui.interact(place, Id::unique("strip-days"), Sense::empty());
    let title = text("plan-strip-day");
    group.widget_info(|| egui::WidgetInfo::labeled(Role::RadioGroup, true, &title));
    if let Some(day) = segments_ui(ui, view.theme, place, "strip-day", &names, state.day) {
        state.day = day;
        state.marked = None;
    }
}

fn weekday(day: &Outlook) -> DayOfWeek {
    day.date.weekday().into()
}

/// What a day is called in a sentence.
fn called(view: &View<'_>, day: &Outlook) -> String {
    match view.forecast.days.first() {
        Some(today) if today.date == day.date => text("plan-on-today"),
        _ => {
            let name = text(&format!("set-hours-{}", weekday(day).key()));
            text_with("plan-on-day", &[("day", name.into())])
        }
    }
}

fn day_ui(ui: &mut Ui, view: &View<'_>, day: &Outlook, state: &mut State) {
    let chosen = &view.forecast.days[state.day];
    if chosen.date != day.date {
        let values = [
            ("day", called(view, chosen).into()),
            ("next", called(view, day).into()),
        ];
        let words = text_with("plan-strip-off", &values);
        words_ui(ui, &words, fonts::medium(size::BODY), view.theme.text);
    }
    let summary = summary(view, day);
    words_ui(ui, &summary, fonts::medium(size::BODY), view.theme.text);
    state.marked = state.marked.filter(|marked| *marked < day.breaks.len());
    let meant = band_ui(ui, view, day, state);
    let words = meant.map(in_words);
    if !day.breaks.is_empty() {
        told_ui(ui, view, words.as_deref(), &text("plan-strip-how"));
    }
    let faint = fonts::regular(size::FAINT);
    if day.is_cut() {
        let words = text_with("plan-strip-cut", &[("most", MOST.into())]);
        words_ui(ui, &words, faint.clone(), view.theme.faint);
    }
    if let Some(words) = outside(view, day) {
        words_ui(ui, &words, faint.clone(), view.theme.text);
    }
    if !day.by_hours {
        let words = text("plan-strip-assumed");
        words_ui(ui, &words, faint, view.theme.faint);
    }
    copy_ui(ui, view, day, state);
}

/// Times of day that are not in the hours that are shown.
fn outside(view: &View<'_>, day: &Outlook) -> Option<String> {
    let mut all = Vec::new();
    for reminder in &view.config.reminders {
        if let When::At(times) = &reminder.when {
            let times = day.outside(times);
            let times = times.iter().map(|time| time.format("%H:%M"));
            all.extend(times.map(|time| format!("{time} {}", reminder.id)));
        }
    }
    let id = if day.by_hours {
        "plan-strip-outside-hours"
    } else {
        "plan-strip-outside"
    };
    (!all.is_empty()).then(|| text_with(id, &[("times", all.join(", ").into())]))
}

/// How many breaks there are, and where the first and the last one is.
fn summary(view: &View<'_>, day: &Outlook) -> String {
    let count = ("count", day.breaks.len().into());
    let on = ("day", called(view, day).into());
    match (day.breaks.first(), day.breaks.last()) {
        (Some(first), Some(last)) => {
            let values = [
                count,
                on,
                ("first", clock(first.at).into()),
                ("last", clock(last.at).into()),
            ];
            text_with("plan-strip-breaks", &values)
        }
        _ => text_with("plan-strip-none", &[on]),
    }
}

/// All of it for screen readers.
fn aloud(view: &View<'_>, day: &Outlook) -> String {
    if day.breaks.is_empty() {
        return summary(view, day);
    }
    let several = lanes(view, day).len() > 1;
    let times = day.breaks.iter().map(|rest| match several {
        true => format!("{} {}", clock(rest.at), all_names(rest)),
        false => clock(rest.at),
    });
    let values = [
        ("count", day.breaks.len().into()),
        ("day", called(view, day).into()),
        ("times", times.collect::<Vec<_>>().join(", ").into()),
    ];
    text_with("plan-strip-aloud", &values)
}

fn clock(at: DateTime<FixedOffset>) -> String {
    at.format("%H:%M").to_string()
}

fn all_names(rest: &Rest) -> String {
    let mut names = vec![rest.reminder.as_str()];
    names.extend(rest.absorbed.iter().map(String::as_str));
    names.join(" + ")
}

/// A break in words: when, which reminder, what.
fn in_words(rest: &Rest) -> String {
    let what = match &rest.what {
        What::Stretches { variant, count } => {
            let word = super::reminders::variant_word(*variant);
            let values = [("count", (*count).into()), ("length", word.into())];
            text_with("plan-what-stretches", &values)
        }
        What::Message { text: words, .. } => {
            text_with("plan-what-message", &[("words", words.clone().into())])
        }
    };
    let values = [
        ("time", clock(rest.at).into()),
        ("reminder", rest.reminder.clone().into()),
        ("what", what.into()),
    ];
    let words = text_with("plan-strip-break", &values);
    if rest.absorbed.is_empty() {
        return words;
    }
    let others = rest.absorbed.join(", ");
    let values = [("break", words.into()), ("others", others.into())];
    text_with("plan-strip-together", &values)
}

/// The reminders that have a break on this day, in the order of the settings.
fn lanes<'a>(view: &View<'a>, day: &Outlook) -> Vec<&'a str> {
    let ids = view.config.reminders.iter().map(|it| it.id.as_str());
    let comes = |id: &&str| {
        let mut breaks = day.breaks.iter();
        breaks.any(|rest| rest.reminder == *id || rest.absorbed.iter().any(|other| other == id))
    };
    ids.filter(comes).collect()
}

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
fn band_ui<'a>(
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

/// The day as a text for `unhunch simulate`.
fn copy_ui(ui: &mut Ui, view: &View<'_>, day: &Outlook, state: &mut State) {
    let copied = state.copied.as_ref() == Some(&day.day);
    let (label, icon) = match copied {
        true => (text("plan-strip-copied"), icon::CHECK),
        false => (text("plan-strip-copy"), icon::COPY),
    };
    if button_ui(ui, view, Weight::Outlined, Some(icon), &label, "strip-copy") {
        let values = [("date", day.date.format("%Y-%m-%d").to_string().into())];
        let head = text_with("plan-strip-head", &values);
        ui.ctx().copy_text(format!("# {head}\n{}", day.day));
        state.copied = Some(day.day.clone());
    }
}
