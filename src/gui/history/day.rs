//! The breaks of one day.

use chrono::{DateTime, NaiveDate, Utc};
use egui::{Rect, Ui, pos2, vec2};

use super::{
    Asked,
    page::{View, card_title_ui},
    words,
};
use crate::{
    core::{
        schedule::{Credit, effect::Outcome},
        stats::span::Span,
    },
    gui::{
        controls::{Button, Weight, fitted, layout, spoken},
        fonts,
        theme::{size, space},
    },
    text::{text, text_with},
};

const HEAD: f32 = 48.0;
const ROW: f32 = 26.0;
const FOOT: f32 = 56.0;

/// Its breaks, in the order in which they ended.
fn credits<'a>(view: &View<'a>, date: NaiveDate) -> &'a [Credit] {
    let all = &view.book.credits;
    let starts = Span::day(date).starts(view.book.zone, view.book.day_starts);
    let before = |at: DateTime<Utc>| all.partition_point(|credit| credit.ended < at);
    let (from, to) = (before(starts[0]), before(starts[1]));
    &all[from..to.max(from)]
}

/// How high its card is.
pub fn height(view: &View<'_>) -> f32 {
    let lines = view.day.map_or(1, |day| credits(view, day).len().max(1));
    let foot = if view.day.is_some() {
        FOOT
    } else {
        space::MEDIUM
    };
    #[expect(clippy::cast_precision_loss, reason = "some breaks")]
    let rows = ROW * lines as f32;
    HEAD + rows + if view.day.is_some() { 2.0 * ROW } else { 0.0 } + foot
}

/// The day in its card.
pub fn day_ui(ui: &mut Ui, view: &View<'_>, card: Rect) -> Option<Asked> {
    let theme = view.theme;
    let Some(date) = view.day else {
        card_title_ui(ui, theme, &text("past-one-day"), card, 0.0);
        let area = Rect::from_min_size(
            card.min + vec2(space::MEDIUM, HEAD),
            vec2(card.width() - 2.0 * space::MEDIUM, ROW),
        );
        line_ui(ui, &text("past-choose-day"), area, theme.faint);
        return None;
    };
    card_title_ui(ui, theme, &words::day(date), card, 0.0);
    let inner = card.shrink2(vec2(space::MEDIUM, 0.0));
    let mut top = card.top() + HEAD;
    let mut next = || {
        let line = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), ROW));
        top += ROW;
        line
    };
    let day = view.book.year.days.iter().find(|day| day.date == date);
    if let Some(day) = day {
        let stretched = words::length(day.tally.stretched);
        let values = [
            ("figures", words::tally(&day.tally).into()),
            ("stretched", stretched.into()),
        ];
        let said = text_with("past-day-sum", &values);
        line_ui(ui, &said, next(), theme.text);
        let sat = match day.sitting {
            Some(sitting) => text_with(
                "past-day-sitting",
                &[("sitting", words::sitting(sitting, view.book.zone).into())],
            ),
            None => text("past-day-no-sitting"),
        };
        line_ui(ui, &sat, next(), theme.faint);
    }
    let all = credits(view, date);
    for credit in all {
        break_ui(ui, view, credit, next());
    }
    if all.is_empty() {
        return None;
    }
    let label = text("past-delete-day");
    let delete = Button {
        weight: Weight::Quiet,
        icon: None,
        label: &label,
        shows_label: true,
    };
    let corner = pos2(inner.left() - space::SMALL, top + space::SMALL);
    let place = Rect::from_min_size(corner, vec2(delete.width(ui), space::BUTTON));
    let pressed = delete.ui(ui, theme, place, "past-delete-day").clicked();
    pressed.then_some(Asked::Sure(Some(Some(Span::day(date)))))
}

fn line_ui(ui: &mut Ui, said: &str, line: Rect, color: egui::Color32) {
    let sizes = (size::MARK, size::FAINT);
    let galley = fitted(ui, said, fonts::regular, sizes, line.width(), color);
    let at = pos2(line.left(), line.center().y - 0.5 * galley.size().y);
    ui.painter().galley(at, galley, color);
    spoken(ui, line, &format!("past-line-{}", line.top()), said);
}

/// "10:05  Chin tuck  done  40 s".
fn break_ui(ui: &mut Ui, view: &View<'_>, credit: &Credit, line: Rect) {
    let theme = view.theme;
    let at = words::time(credit.started.unwrap_or(credit.ended), view.book.zone);
    let names = credit.stretches.iter().map(|id| view.book.name(id));
    let names: Vec<&str> = names.collect();
    let what = if names.is_empty() {
        credit.reminder.clone()
    } else {
        names.join(", ")
    };
    let outcome = words::outcome(credit.outcome);
    let length = match credit.outcome {
        Outcome::Skipped | Outcome::Missed | Outcome::Absorbed => String::new(),
        Outcome::Completed | Outcome::Abandoned | Outcome::Natural => {
            words::length(credit.stretched)
        }
    };
    let font = fonts::regular(size::FAINT);
    let middle = line.center().y;
    let time = layout(ui, &at, font.clone(), theme.faint);
    ui.painter().galley(
        pos2(line.left(), middle - 0.5 * time.size().y),
        time,
        theme.faint,
    );
    let right = text_with(
        "past-outcome-length",
        &[
            ("outcome", outcome.as_str().into()),
            ("length", length.as_str().into()),
        ],
    );
    let right = layout(ui, right.trim_end_matches([' ', ',']), font, theme.faint);
    let width = right.size().x;
    let place = pos2(line.right() - width, middle - 0.5 * right.size().y);
    ui.painter().galley(place, right, theme.faint);
    let room = line.width() - width - 52.0 - space::MEDIUM;
    let sizes = (size::MARK, size::FAINT);
    let name = fitted(ui, &what, fonts::medium, sizes, room, theme.text);
    let place = pos2(line.left() + 52.0, middle - 0.5 * name.size().y);
    ui.painter().galley(place, name, theme.text);
    let all = [at, what, outcome, length];
    let said: Vec<String> = all.into_iter().filter(|part| !part.is_empty()).collect();
    spoken(
        ui,
        line,
        &format!("past-break-{}", line.top()),
        &said.join(", "),
    );
}
