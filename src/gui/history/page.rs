//! Where everything stands: figures in large, the calendar with one day of it, charts, bars.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use egui::{CornerRadius, Rect, ScrollArea, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::{
    Ask, Asked, Book, Chart, Reach, Said, bars, calendar,
    chart::chart_ui,
    day,
    figures::Figures,
    spans::{self, spans_ui},
    strip::Strip,
    words,
};
use crate::{
    core::stats::{
        review::{Day, GOOD_DAY, Review},
        span::Span,
        suggest::Suggestion,
    },
    gui::{
        controls::{Button, Weight, fitted, layout, paragraph, picture, row, spoken},
        fonts,
        theme::{Theme, size, space},
    },
    stretch_text,
    text::{text, text_with},
};

/// From this width on, two charts stand side by side.
const TWO_COLUMNS: f32 = 820.0;
const TILE: f32 = 84.0;
const SUGGESTION: f32 = 64.0;

/// Everything that is shown this frame, worked out beforehand.
pub struct View<'a> {
    pub theme: &'a Theme,
    pub reduced_motion: bool,
    pub book: &'a Book,
    pub reach: Reach,
    /// The day whose breaks are listed.
    pub day: Option<NaiveDate>,
    /// The bar of each chart that is looked at.
    pub marked: &'a BTreeMap<Chart, usize>,
    /// The charts that are shown as tables.
    pub tables: &'a BTreeSet<Chart>,
    /// What the charts show, worked out once for many frames.
    pub charts: &'a [Figures],
    /// The menu is open.
    pub menu: bool,
    /// It was opened just now, and takes the focus.
    pub menu_is_new: bool,
    /// The strip below the title, with how many breaks there are in the days that are typed.
    pub strip: Option<(&'a Strip, Option<u32>)>,
    /// Asked whether to delete these days, or all.
    pub sure: Option<Option<Span>>,
    pub said: Option<&'a Said>,
    /// Another one when there is something new for screen readers to say.
    pub number: u64,
}

impl View<'_> {
    /// What was in the span that is looked at.
    pub fn review(&self) -> &Review {
        self.book.review(self.reach)
    }

    /// The bar that is looked at.
    pub fn marked(&self, chart: Chart) -> Option<usize> {
        self.marked.get(&chart).copied()
    }
}

/// Shows everything below the title, in `area`, which scrolls.
pub fn page_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Asked> {
    let mut asked = None;
    ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        ScrollArea::vertical()
            .id_salt("past")
            .auto_shrink([false, false])
            .animated(!view.reduced_motion)
            .show(ui, |ui| asked = content_ui(ui, view));
    });
    asked
}

fn content_ui(ui: &mut Ui, view: &View<'_>) -> Option<Asked> {
    let whole = ui.max_rect();
    let inner = Rect::from_min_max(
        whole.min + vec2(space::EDGE, space::TIGHT),
        pos2(whole.right() - space::EDGE, whole.bottom()),
    );
    let mut top = inner.top();
    let mut asked = None;
    if view.book.first.is_none() && view.book.year.is_empty() {
        empty_ui(ui, view.theme, inner);
        return None;
    }
    let line = inner.with_max_y(top + spans::HEIGHT);
    let stepped = spans_ui(ui, view, line);
    top = line.bottom() + space::SMALL;
    if let Some(suggestion) = &view.book.suggestion {
        let card = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), SUGGESTION));
        asked = suggestion_ui(ui, view, suggestion, card);
        top = card.bottom() + space::MEDIUM;
    }
    top = tiles_ui(ui, view, inner.with_min_y(top)) + space::MEDIUM;
    let (clicked, bottom) = days_ui(ui, view, inner.with_min_y(top));
    asked = clicked.or(asked);
    let (clicked, bottom) = cards_ui(ui, view, inner.with_min_y(bottom + space::MEDIUM));
    asked = clicked.or(asked).or(stepped);
    // Room for the quiet bar at the bottom, so that it covers nothing for good.
    let end = bottom + space::EDGE + if view.said.is_some() { 64.0 } else { 0.0 };
    ui.advance_cursor_after_rect(Rect::from_min_max(whole.min, pos2(whole.right(), end)));
    asked
}

fn empty_ui(ui: &mut Ui, theme: &Theme, area: Rect) {
    let said = text("past-empty");
    let room = (area.width().min(460.0), 160.0);
    let sizes = [size::SUMMARY, size::BODY];
    let galley = paragraph(ui, &said, fonts::regular, &sizes, room, theme.faint);
    let middle = pos2(area.center().x, area.top() + 0.38 * area.height());
    // Its lines are centred around its corner.
    ui.painter().galley(
        middle - vec2(0.0, 0.5 * galley.size().y),
        galley,
        theme.faint,
    );
    let place = Rect::from_center_size(middle, vec2(room.0, 60.0));
    spoken(ui, place, "past-empty", &said);
}

/// The ground of a card.
pub fn card_ground_ui(ui: &Ui, theme: &Theme, card: Rect) {
    let stroke = if theme.high_contrast {
        Stroke::new(1.0, theme.outline)
    } else {
        Stroke::new(1.0, theme.track)
    };
    let corner = CornerRadius::same(space::CORNER + 4);
    ui.painter()
        .rect(card, corner, theme.surface, stroke, StrokeKind::Inside);
}

/// The ground and the title of a card; `room` is taken on its right.
pub fn card_title_ui(ui: &mut Ui, theme: &Theme, title: &str, card: Rect, room: f32) {
    card_ground_ui(ui, theme, card);
    let width = card.width() - 2.0 * space::MEDIUM - room;
    let sizes = (size::FAINT, size::CARD_NAME);
    let galley = fitted(ui, title, fonts::semibold, sizes, width, theme.text);
    let at = card.min + vec2(space::MEDIUM, 12.0);
    let place = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, theme.text);
    spoken(ui, place, &format!("past-title-{title}"), title);
}

/// Four figures in large; returns where they end.
fn tiles_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> f32 {
    let tiles = tiles(view.review());
    let columns = if area.width() >= 760.0 { 4 } else { 2 };
    #[expect(clippy::cast_precision_loss, reason = "a few tiles")]
    let width = (area.width() - space::MEDIUM * (columns - 1) as f32) / columns as f32;
    let mut bottom = area.top();
    for (n, (figure, what)) in tiles.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few tiles")]
        let (column, line) = ((n % columns) as f32, (n / columns) as f32);
        let corner = pos2(
            area.left() + column * (width + space::MEDIUM),
            area.top() + line * (TILE + space::MEDIUM),
        );
        let tile = Rect::from_min_size(corner, vec2(width, TILE));
        card_ground_ui(ui, view.theme, tile);
        tile_ui(ui, view.theme, (figure, what), tile);
        let said = text_with(
            "past-bar",
            &[
                ("name", what.as_str().into()),
                ("figures", figure.as_str().into()),
            ],
        );
        spoken(ui, tile, &format!("past-tile-{n}"), &said);
        bottom = tile.bottom();
    }
    bottom
}

/// Figures, each with what it counts.
pub fn tiles(review: &Review) -> [(String, String); 4] {
    let rests: u32 = review.days.iter().map(Day::rests).sum();
    let good = i64::try_from(review.good_days()).unwrap_or(i64::MAX);
    let longest = review.longest_sitting();
    [
        (
            rests.to_string(),
            text_with("past-tile-breaks", &[("count", rests.into())]),
        ),
        (
            words::length(review.total.stretched),
            text("past-tile-stretched"),
        ),
        (
            good.to_string(),
            text_with(
                "past-tile-good-days",
                &[("count", good.into()), ("breaks", GOOD_DAY.into())],
            ),
        ),
        (
            longest.map_or_else(
                || text("past-none"),
                |longest| words::length(longest.length()),
            ),
            text("past-tile-sitting"),
        ),
    ]
}

fn tile_ui(ui: &Ui, theme: &Theme, (figure, what): (&str, &str), tile: Rect) {
    let room = tile.width() - 2.0 * space::MEDIUM;
    let sizes = (size::BODY, size::CUE);
    let galley = fitted(ui, figure, fonts::semibold, sizes, room, theme.text);
    let at = pos2(
        tile.left() + space::MEDIUM,
        tile.top() + 30.0 - 0.5 * galley.size().y,
    );
    ui.painter().galley(at, galley, theme.text);
    let sizes = (10.0, size::FAINT);
    let galley = fitted(ui, what, fonts::regular, sizes, room, theme.faint);
    let at = pos2(
        tile.left() + space::MEDIUM,
        tile.bottom() - 12.0 - galley.size().y,
    );
    ui.painter().galley(at, galley, theme.faint);
}

/// The calendar, and one day of it beside or below.
fn days_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> (Option<Asked>, f32) {
    let beside = area.width() >= TWO_COLUMNS && view.reach != Reach::Year;
    let (left, right) = if beside {
        let (left, right) = area.split_left_right_at_fraction(0.5);
        let half = 0.5 * space::MEDIUM;
        (
            left.with_max_x(left.right() - half),
            right.with_min_x(right.left() + half),
        )
    } else {
        (area, area)
    };
    let calendar = left.with_max_y(left.top() + calendar::height(view, left.width()));
    let mut asked = calendar::calendar_ui(ui, view, calendar);
    let height = day::height(view);
    let day = if beside {
        right.with_max_y(right.top() + height.max(calendar.height()))
    } else {
        let top = calendar.bottom() + space::MEDIUM;
        Rect::from_min_size(pos2(right.left(), top), vec2(right.width(), height))
    };
    asked = day::day_ui(ui, view, day).or(asked);
    (asked, day.bottom().max(calendar.bottom()))
}

/// The charts and bars, in one column or two.
fn cards_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> (Option<Asked>, f32) {
    let columns = if area.width() >= TWO_COLUMNS { 2 } else { 1 };
    let width = if columns == 2 {
        0.5 * (area.width() - space::MEDIUM)
    } else {
        area.width()
    };
    let mut ends = vec![area.top(); columns];
    let mut place = |height: f32| {
        // Below the shorter column; the first of equals.
        let column = if ends.last().is_some_and(|last| *last < ends[0]) {
            ends.len() - 1
        } else {
            0
        };
        #[expect(clippy::cast_precision_loss, reason = "one or two columns")]
        let left = area.left() + column as f32 * (width + space::MEDIUM);
        let card = Rect::from_min_size(pos2(left, ends[column]), vec2(width, height));
        ends[column] = card.bottom() + space::MEDIUM;
        card
    };
    let mut asked = None;
    for figures in view.charts {
        let card = place(figures.height(view.tables.contains(&figures.chart)));
        asked = chart_ui(ui, view, figures, card).or(asked);
    }
    let areas = bars::areas(view);
    let card = place(bars::height(&areas));
    bars::bars_ui(ui, view.theme, &text("past-areas"), &areas, card);
    let stretches = bars::stretches(view);
    let card = place(bars::height(&stretches));
    bars::bars_ui(ui, view.theme, &text("past-stretches"), &stretches, card);
    let bottom = ends.into_iter().fold(area.top(), f32::max) - space::MEDIUM;
    (asked, bottom)
}

fn suggestion_ui(
    ui: &mut Ui,
    view: &View<'_>,
    suggestion: &Suggestion,
    card: Rect,
) -> Option<Asked> {
    let theme = view.theme;
    let corner = CornerRadius::same(space::CORNER + 4);
    let stroke = Stroke::new(1.5, theme.accent);
    ui.painter()
        .rect(card, corner, theme.surface, stroke, StrokeKind::Inside);
    let (said, yes) = suggested(view.book, suggestion);
    let no = text("past-suggest-no");
    let button = |weight, label| Button {
        weight,
        icon: None,
        label,
        shows_label: true,
    };
    let (yes, no) = (
        button(Weight::Filled, yes.as_str()),
        button(Weight::Quiet, no.as_str()),
    );
    let widths = [yes.width(ui), no.width(ui)];
    let room: f32 = widths.iter().sum::<f32>() + space::SMALL;
    let buttons = Rect::from_min_max(
        pos2(
            card.right() - space::MEDIUM - room,
            card.center().y - 0.5 * space::BUTTON,
        ),
        pos2(
            card.right() - space::MEDIUM,
            card.center().y + 0.5 * space::BUTTON,
        ),
    );
    let words = card.with_max_x(buttons.left() - space::MEDIUM);
    let width = words.width() - space::MEDIUM;
    let galley = ui
        .painter()
        .layout(said.clone(), fonts::medium(size::BODY), theme.text, width);
    let at = pos2(
        card.left() + space::MEDIUM,
        card.center().y - 0.5 * galley.size().y,
    );
    ui.painter()
        .with_clip_rect(card)
        .galley(at, galley, theme.text);
    spoken(ui, words, "past-suggestion", &said);
    let places = row(buttons, &widths, space::SMALL);
    let mut asked = None;
    if yes.ui(ui, theme, places[0], "past-suggest-yes").clicked() {
        asked = Some(Asked::Of(Ask::Follow(suggestion.clone())));
    }
    if no.ui(ui, theme, places[1], "past-suggest-no").clicked() {
        asked = Some(Asked::Of(Ask::Dismiss(suggestion.clone())));
    }
    asked
}

/// The question, and what the button says that does it.
fn suggested(book: &Book, suggestion: &Suggestion) -> (String, String) {
    match suggestion {
        Suggestion::EndEarlier { hour, at } => {
            let hour = words::hour_and_minute(*hour, 0);
            let at = at.format("%H:%M").to_string();
            let values = [("hour", hour.into()), ("at", at.into())];
            (
                text_with("past-suggest-end-earlier", &values),
                text_with("past-suggest-end-earlier-yes", &values[1..]),
            )
        }
        Suggestion::LeaveOut { stretch, times } => {
            let name = book.name(stretch);
            let values = [("name", name.into()), ("times", (*times).into())];
            (
                text_with("past-suggest-leave-out", &values),
                text("past-suggest-leave-out-yes"),
            )
        }
        Suggestion::Neglected { area } => {
            let area = stretch_text::areas(&[*area]);
            (
                text_with("past-suggest-neglected", &[("area", area.into())]),
                text("past-suggest-neglected-yes"),
            )
        }
    }
}

/// A month to print: its figures, its days, its stretches. For a page of paper, in portrait.
pub fn month_ui(ui: &mut Ui, view: &View<'_>, review: &Review, area: Rect) {
    let theme = view.theme;
    let inner = area.shrink(48.0);
    let title = text_with(
        "past-month-title",
        &[
            ("month", words::month(review.span.first).into()),
            ("year", review.span.first.format("%Y").to_string().into()),
        ],
    );
    let galley = layout(ui, &title, fonts::semibold(size::TITLE), theme.text);
    let bottom = inner.top() + galley.size().y;
    ui.painter().galley(inner.min, galley, theme.text);
    picture(ui, inner, "past-month", &title);
    let tiles = tiles(review);
    let mut top = bottom + space::EDGE;
    let width = 0.25 * (inner.width() - 3.0 * space::MEDIUM);
    for (n, (figure, what)) in tiles.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "four tiles")]
        let left = inner.left() + n as f32 * (width + space::MEDIUM);
        let tile = Rect::from_min_size(pos2(left, top), vec2(width, TILE));
        card_ground_ui(ui, theme, tile);
        tile_ui(ui, theme, (figure, what), tile);
    }
    top += TILE + space::EDGE;
    let bottom = calendar::month_ui(ui, theme, review, inner.with_min_y(top));
    let (left, right) = inner
        .with_min_y(bottom + space::EDGE)
        .split_left_right_at_fraction(0.5);
    let half = 0.5 * space::MEDIUM;
    let areas = bars::areas(view);
    let card = left
        .with_max_x(left.right() - half)
        .with_max_y(left.top() + bars::height(&areas));
    bars::bars_ui(ui, theme, &text("past-areas"), &areas, card);
    let mut stretches = bars::stretches(view);
    stretches.truncate(areas.len());
    let card = right
        .with_min_x(right.left() + half)
        .with_max_y(right.top() + bars::height(&stretches));
    bars::bars_ui(ui, theme, &text("past-stretches"), &stretches, card);
}
