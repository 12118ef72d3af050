//! A square for each day, the darker the more breaks it had.

use chrono::{Datelike as _, NaiveDate};
use egui::{
    Align2, Color32, CornerRadius, EventFilter, Id, Rect, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit::Role, pos2, vec2,
};

use super::{
    Asked, Reach,
    page::{View, card_ground_ui, card_title_ui},
    words,
};
use crate::{
    core::stats::review::{Day, GOOD_DAY, Review},
    gui::{
        controls::layout,
        fonts,
        theme::{Theme, mix, size, space},
    },
    text::{text, text_with},
};

const HEAD: f32 = 46.0;
/// Above the squares: the months.
const MONTHS: f32 = 18.0;
/// Beside them: the days of the week.
const WEEKDAYS: f32 = 34.0;
const LARGEST: f32 = 34.0;
const LEGEND: f32 = 34.0;

/// By which the square of a day is known from frame to frame.
pub fn day_id(date: NaiveDate) -> Id {
    Id::unique(("past-day", date))
}

/// The weeks that the calendar shows: never fewer than twelve.
fn shown<'a>(view: &View<'a>) -> &'a Review {
    match view.reach {
        Reach::Week | Reach::Weeks => &view.book.weeks,
        Reach::Year => &view.book.year,
    }
}

fn pitch(weeks: usize, width: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "some weeks")]
    let fitting = (width - 2.0 * space::MEDIUM - WEEKDAYS) / weeks.max(1) as f32;
    fitting.min(LARGEST)
}

/// How high its card is in this width.
pub fn height(view: &View<'_>, width: f32) -> f32 {
    let weeks = shown(view).days.len() / 7;
    HEAD + MONTHS + 7.0 * pitch(weeks, width) + LEGEND
}

/// The calendar in its card.
pub fn calendar_ui(ui: &mut Ui, view: &View<'_>, card: Rect) -> Option<Asked> {
    let theme = view.theme;
    let review = shown(view);
    let weeks = review.days.len() / 7;
    let title = text_with("past-calendar", &[("weeks", weeks.to_string().into())]);
    card_title_ui(ui, theme, &title, card, 0.0);
    let pitch = pitch(weeks, card.width());
    let corner = pos2(
        card.left() + space::MEDIUM + WEEKDAYS,
        card.top() + HEAD + MONTHS,
    );
    names_ui(ui, theme, review, corner, pitch);
    let mut asked = None;
    for (n, day) in review.days.iter().enumerate() {
        if day.date > view.book.today {
            break;
        }
        #[expect(clippy::cast_precision_loss, reason = "some weeks")]
        let at = corner + pitch * vec2((n / 7) as f32, (n % 7) as f32);
        let square = Rect::from_min_size(at, vec2(pitch, pitch)).shrink(0.07 * pitch);
        asked = square_ui(ui, view, day, square).or(asked);
    }
    legend_ui(ui, theme, card);
    asked
}

/// Months above, days of the week on the left.
fn names_ui(ui: &Ui, theme: &Theme, review: &Review, corner: egui::Pos2, pitch: f32) {
    let font = fonts::regular(size::MARK);
    let painter = ui.painter();
    for (row, day) in review.days.iter().take(7).enumerate().step_by(2) {
        #[expect(clippy::cast_precision_loss, reason = "seven days")]
        let middle = corner.y + pitch * (row as f32 + 0.5);
        let at = pos2(corner.x - space::SMALL, middle);
        let name = words::short_weekday(day.date);
        painter.text(at, Align2::RIGHT_CENTER, name, font.clone(), theme.faint);
    }
    let mut free_from = f32::MIN;
    for (column, week) in review.days.chunks(7).enumerate() {
        let begins = week.iter().find(|day| day.date.day() == 1);
        let first = column == 0 && week[0].date.day() < 22;
        let Some(date) = begins.map(|day| day.date).or(first.then(|| week[0].date)) else {
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "some weeks")]
        let at = pos2(corner.x + pitch * column as f32, corner.y - 4.0);
        if at.x < free_from {
            continue;
        }
        let name: String = words::month(date).chars().take(3).collect();
        let drawn = painter.text(at, Align2::LEFT_BOTTOM, name, font.clone(), theme.faint);
        free_from = drawn.right() + space::SMALL;
    }
}

/// The square of one day. Only one of them is on the way of Tab; the arrows go on from there.
fn square_ui(ui: &mut Ui, view: &View<'_>, day: &Day, square: Rect) -> Option<Asked> {
    let theme = view.theme;
    let id = day_id(day.date);
    let chosen = view.day == Some(day.date);
    let reachable = chosen || (view.day.is_none() && day.date == view.book.newest());
    let sense = if reachable {
        Sense::click()
    } else {
        // Not `Sense::click()`, which could have the focus.
        Sense::CLICK
    };
    let response = ui.interact(square, id, sense);
    // Put into words only where somebody reads or hears it: there are hundreds of squares.
    let said = || {
        text_with(
            "past-bar",
            &[
                ("name", words::day(day.date).into()),
                ("figures", words::tally(&day.tally).into()),
            ],
        )
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, said()));
    let fill = shade(theme, day.rests());
    let corner = CornerRadius::same(4);
    ui.painter().rect_filled(square, corner, fill);
    let today = day.date == view.book.today;
    if chosen || today || response.hovered() {
        let color = if chosen { theme.accent } else { theme.outline };
        let width = if chosen { 2.0 } else { 1.0 };
        let around = square.expand(if chosen { 1.5 } else { 0.0 });
        ui.painter().rect_stroke(
            around,
            corner,
            Stroke::new(width, color),
            StrokeKind::Outside,
        );
    }
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let ring = Stroke::new(2.0, theme.text);
        ui.painter()
            .rect_stroke(square.expand(3.5), corner, ring, StrokeKind::Outside);
    }
    let clicked = response.clicked();
    if response.hovered() {
        response
            .on_hover_cursor(egui::CursorIcon::PointingHand)
            .on_hover_text(said());
    }
    clicked.then_some(Asked::Day(if chosen { None } else { Some(day.date) }))
}

/// Darker with every break, up to twice as many as make a good day.
fn shade(theme: &Theme, rests: u32) -> Color32 {
    match rests {
        0 => theme.track,
        rests if rests < GOOD_DAY => mix(theme.track, theme.accent, 0.35),
        rests if rests < 2 * GOOD_DAY => mix(theme.track, theme.accent, 0.68),
        _ => theme.accent,
    }
}

/// What the shades mean.
fn legend_ui(ui: &Ui, theme: &Theme, card: Rect) {
    let font = fonts::regular(size::MARK);
    let middle = card.bottom() - 0.5 * LEGEND;
    let mut x = card.left() + space::MEDIUM + WEEKDAYS;
    let painter = ui.painter();
    let steps = [
        (0, "0".to_owned()),
        (1, format!("1–{}", GOOD_DAY - 1)),
        (GOOD_DAY, format!("{}–{}", GOOD_DAY, 2 * GOOD_DAY - 1)),
        (
            2 * GOOD_DAY,
            text_with("past-or-more", &[("count", (2 * GOOD_DAY).into())]),
        ),
    ];
    for (rests, label) in steps {
        let square = Rect::from_center_size(pos2(x + 6.0, middle), vec2(12.0, 12.0));
        painter.rect_filled(square, 3.0, shade(theme, rests));
        let at = pos2(x + 18.0, middle);
        let drawn = painter.text(at, Align2::LEFT_CENTER, label, font.clone(), theme.faint);
        x = drawn.right() + 14.0;
    }
    let at = pos2(x, middle);
    painter.text(
        at,
        Align2::LEFT_CENTER,
        text("past-breaks"),
        font,
        theme.faint,
    );
}

/// A month on paper, with the number of breaks in each day; returns where it ends.
pub fn month_ui(ui: &Ui, theme: &Theme, review: &Review, area: Rect) -> f32 {
    let Some(first) = review.days.first() else {
        return area.top();
    };
    let width = area.width() / 7.0;
    let height = 62.0;
    let before = first.date.weekday().num_days_from_monday() as usize;
    let mut bottom = area.top();
    for (n, day) in review.days.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "the days of a month")]
        let (column, row) = (((n + before) % 7) as f32, ((n + before) / 7) as f32);
        let corner = area.min + vec2(column * width, row * height);
        let cell = Rect::from_min_size(corner, vec2(width, height)).shrink(3.0);
        bottom = cell.bottom();
        card_ground_ui(ui, theme, cell);
        let rests = day.rests();
        if rests > 0 {
            let bar = Rect::from_min_size(cell.min, vec2(5.0, cell.height()));
            ui.painter()
                .rect_filled(bar, CornerRadius::same(2), shade(theme, rests));
        }
        let number = layout(
            ui,
            &day.date.day().to_string(),
            fonts::medium(size::FAINT),
            theme.faint,
        );
        ui.painter()
            .galley(cell.min + vec2(12.0, 6.0), number, theme.faint);
        if rests > 0 {
            let count = layout(
                ui,
                &rests.to_string(),
                fonts::semibold(size::NAME),
                theme.text,
            );
            let at = cell.max - count.size() - vec2(10.0, 4.0);
            ui.painter().galley(at, count, theme.text);
        }
    }
    bottom
}
