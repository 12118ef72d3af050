//! The page "History & privacy" beside its plain settings: what is stored and where, taking it
//! along, and deleting it.

use std::ops::ControlFlow;

use chrono::{Months, NaiveDate};
use egui::{Rect, Ui, Vec2, pos2, vec2};

use super::{
    Ask, Asked, View,
    rows::{NARROW, Row, button_ui, icon_ui, inside_ui, line_ui, note_ui, row_ui, section_ui},
};
use crate::{
    core::stats::span::Span,
    gui::{
        controls::{Button, Weight, fitted, layout, spoken},
        fonts::{self, icon},
        history::{
            Form,
            strip::{OnStrip, Strip},
            words,
        },
        theme::{size, space},
    },
    text::{text, text_with},
};

/// How wide what stands beside a row is, in points.
const BESIDE: f32 = 110.0;
/// The month between its two arrows.
const MONTH: f32 = 230.0;

/// What is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// What there is, and where.
    pub places: Vec<Place>,
    /// How many breaks there are.
    pub breaks: u32,
    /// The day of the first one.
    pub first: Option<NaiveDate>,
    /// The day it is.
    pub today: NaiveDate,
    /// What was done last with the history from this window, if that can be undone.
    pub last: Option<String>,
}

/// Something that is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is: a part of the ids of its texts.
    pub what: &'static str,
    /// The file or folder.
    pub path: String,
    /// How large it is, in bytes; 0 where there is nothing yet.
    pub size: u64,
}

/// What the user asks of the history from here.
#[derive(Clone, Debug, PartialEq)]
pub enum OfHistory {
    /// Save it as a file.
    Export(Form),
    /// Take in the breaks of the file that is named like this.
    Import(String),
    /// Let the user choose a file to take in.
    Choose,
    /// How many breaks there are in these days.
    Count(Span),
    /// Delete these days; nothing: all of it.
    Forget(Option<Span>),
    /// The last of these was none.
    Undo,
    /// Show it in its window.
    Open,
}

/// What this part of the page keeps between frames.
#[derive(Default)]
pub struct Kept {
    /// Nothing before it has been looked at.
    pub stored: Option<Box<Stored>>,
    /// How many breaks there are in some days.
    pub count: Option<(Span, u32)>,
    /// Asked whether to delete these days, or all.
    pub sure: Option<Option<Span>>,
    file: String,
    days: Option<(String, String)>,
    /// The month to save as a picture; nothing: the one of today.
    month: Option<NaiveDate>,
}

/// Shows it from the cursor downwards.
pub fn kept_ui(ui: &mut Ui, view: &View<'_>, kept: &mut Kept) -> Vec<Asked> {
    let Some(stored) = kept.stored.clone() else {
        return Vec::new();
    };
    let title = text("kept-along");
    let mut asked = section_ui(ui, view, (&title, &text("kept-along-about")), |ui| {
        let mut asked = saved_ui(ui, view, kept, &stored);
        line_ui(ui, view);
        asked.extend(import_ui(ui, view, kept));
        asked
    });
    asked.extend(dropped(ui));
    let title = text("kept-delete");
    asked.extend(section_ui(
        ui,
        view,
        (&title, &text("kept-delete-about")),
        |ui| delete_ui(ui, view, kept, &stored),
    ));
    asked.into_iter().map(of).collect()
}

/// A file that is dropped onto the window is taken in.
fn dropped(ui: &Ui) -> Vec<OfHistory> {
    let files = ui.input(|input| input.raw.dropped_files.clone());
    let named = |file: &egui::DroppedFileHandle| file.path().display().to_string();
    files
        .iter()
        .map(|file| OfHistory::Import(named(file)))
        .collect()
}

/// What is stored, and where.
pub fn stored_ui(ui: &mut Ui, view: &View<'_>, kept: &Kept) -> Option<Asked> {
    let stored = kept.stored.as_ref()?;
    let asked = section_ui(ui, view, (&text("kept-stored"), ""), |ui| {
        inside_ui(ui, |ui| {
            note_ui(ui, view, icon::LOCK, &text("kept-private"), "kept-private");
        });
        for place in &stored.places {
            line_ui(ui, view);
            place_ui(ui, view, place, stored);
        }
        line_ui(ui, view);
        let (name, about) = (text("kept-open"), text("kept-open-about"));
        let row = Row {
            name: &name,
            about: &about,
            key: "kept-open",
            ..Row::default()
        };
        pressed_beside(ui, view, &row, &text("kept-open-yes"))
    });
    asked.then_some(of(OfHistory::Open))
}

fn of(ask: OfHistory) -> Asked {
    Asked::Of(Ask::History(ask))
}

fn place_ui(ui: &mut Ui, view: &View<'_>, place: &Place, stored: &Stored) {
    let name = text(&format!("kept-place-{}", place.what));
    let path = place.path.clone();
    let about = match (place.what, stored.first) {
        ("history", Some(first)) => {
            let values = [
                ("count", stored.breaks.into()),
                ("first", words::short_day(first).into()),
                ("year", first.format("%Y").to_string().into()),
            ];
            format!("{path}\n{}", text_with("kept-breaks", &values))
        }
        _ => path,
    };
    let row = Row {
        name: &name,
        about: &about,
        key: &format!("kept-place-{}", place.what),
        ..Row::default()
    };
    let said = bytes(place.size);
    let id = format!("kept-size-{}", place.what);
    let narrow = ui.available_width() < NARROW;
    row_ui(ui, view, &row, vec2(BESIDE, 20.0), |ui, area| {
        let font = fonts::regular(size::BODY);
        let galley = layout(ui, &said, font, view.theme.faint);
        let left = match narrow {
            true => area.left(),
            false => area.right() - galley.size().x,
        };
        let at = pos2(left, area.center().y - 0.5 * galley.size().y);
        ui.painter().galley(at, galley, view.theme.faint);
        spoken(ui, area, &id, &format!("{name}: {said}"));
    });
}

/// "nothing yet", "340 bytes", "12 KB", "1.4 MB".
fn bytes(size: u64) -> String {
    let one = |unit: u64| {
        let tenths = size.saturating_mul(10) / unit;
        if tenths < 100 {
            format!("{}.{}", tenths / 10, tenths % 10)
        } else {
            (tenths / 10).to_string()
        }
    };
    match size {
        0 => text("kept-none"),
        1..1000 => text_with("kept-bytes", &[("size", size.to_string().into())]),
        1000..1_000_000 => text_with("kept-kilobytes", &[("size", one(1000).into())]),
        _ => text_with("kept-megabytes", &[("size", one(1_000_000).into())]),
    }
}

/// A row with a button; returns whether it was pressed. What the button does is said in full to
/// somebody who only hears it.
fn pressed_beside(ui: &mut Ui, view: &View<'_>, row: &Row<'_>, label: &str) -> bool {
    let button = outlined(label);
    let wanted = vec2(button.width(ui), space::BUTTON);
    let id = format!("{}-button", row.key);
    let (_, pressed) = row_ui(ui, view, row, wanted, |ui, place| {
        named_ui(ui, view, &button, place, (&id, row.name))
    });
    pressed
}

fn outlined(label: &str) -> Button<'_> {
    Button {
        weight: Weight::Outlined,
        icon: None,
        label,
        shows_label: true,
    }
}

fn named_ui(
    ui: &mut Ui,
    view: &View<'_>,
    button: &Button<'_>,
    place: Rect,
    (id, what): (&str, &str),
) -> bool {
    let response = button.ui(ui, view.theme, place, id);
    let values = [("what", button.label.into()), ("title", what.into())];
    let name = text_with("past-of", &values);
    (ui.ctx()).accesskit_node_builder(response.id, |node| node.set_label(name));
    response.clicked()
}

/// All of it as a file, or a month as a picture.
fn saved_ui(ui: &mut Ui, view: &View<'_>, kept: &mut Kept, stored: &Stored) -> Vec<OfHistory> {
    let mut asked = Vec::new();
    let save = text("kept-save");
    for (id, form) in [("csv", Form::Csv), ("json", Form::Json)] {
        let name = text(&format!("kept-save-{id}"));
        let about = text(&format!("kept-save-{id}-about"));
        let row = Row {
            name: &name,
            about: &about,
            key: &format!("kept-save-{id}"),
            ..Row::default()
        };
        if pressed_beside(ui, view, &row, &save) {
            asked.push(OfHistory::Export(form));
        }
        line_ui(ui, view);
    }
    let (name, about) = (text("kept-save-month"), text("kept-save-month-about"));
    let row = Row {
        name: &name,
        about: &about,
        key: "kept-save-month",
        ..Row::default()
    };
    let button = outlined(&save);
    let width = button.width(ui);
    let room = vec2(MONTH + space::SMALL + width, space::BUTTON);
    row_ui(ui, view, &row, room, |ui, place| {
        let (months, rest) = place.split_left_right_at_x(place.right() - width);
        let months = months.with_max_x(months.right() - space::SMALL);
        let month = month_ui(ui, view, kept, stored, months);
        if named_ui(ui, view, &button, rest, ("kept-save-month-button", &name)) {
            asked.push(OfHistory::Export(Form::Picture(month)));
        }
    });
    asked
}

/// The month that is chosen, between two arrows.
fn month_ui(
    ui: &mut Ui,
    view: &View<'_>,
    kept: &mut Kept,
    stored: &Stored,
    area: Rect,
) -> NaiveDate {
    let month = kept.month.unwrap_or(stored.today);
    let span = Span::month(month);
    let before = (span.first.checked_sub_months(Months::new(1)))
        .filter(|_| stored.first.is_some_and(|first| first < span.first));
    let after =
        (span.first.checked_add_months(Months::new(1))).filter(|next| *next <= stored.today);
    let side = Vec2::splat(area.height());
    let left = Rect::from_min_size(area.min, side);
    let right = Rect::from_min_size(pos2(area.right() - side.x, area.top()), side);
    for (id, icon, place, to) in [
        ("kept-month-before", icon::BEFORE, left, before),
        ("kept-month-after", icon::AFTER, right, after),
    ] {
        let enabled = to.is_some();
        let pressed = ui
            .add_enabled_ui(enabled, |ui| icon_ui(ui, view, place, icon, &text(id), id))
            .inner;
        if pressed {
            kept.month = to;
        }
    }
    let said = text_with(
        "past-month-title",
        &[
            ("month", words::month(month).into()),
            ("year", month.format("%Y").to_string().into()),
        ],
    );
    let room = area.width() - 2.0 * side.x;
    let sizes = (size::MARK, size::BODY);
    let galley = fitted(ui, &said, fonts::medium, sizes, room, view.theme.text);
    let place = Rect::from_center_size(area.center(), galley.size());
    ui.painter().galley(place.min, galley, view.theme.text);
    spoken(ui, place, "kept-month", &said);
    month
}

/// A file to take in.
fn import_ui(ui: &mut Ui, view: &View<'_>, kept: &mut Kept) -> Vec<OfHistory> {
    inside_ui(ui, |ui| {
        let strip = Strip::Import(kept.file.clone());
        let on = strip_ui(ui, view, &strip, (&text("kept-import"), None));
        match on {
            Some(OnStrip::Typed(Strip::Import(file))) => {
                kept.file = file;
                Vec::new()
            }
            Some(OnStrip::Import(file)) => {
                kept.file.clear();
                vec![OfHistory::Import(file)]
            }
            Some(OnStrip::Choose) => vec![OfHistory::Choose],
            Some(OnStrip::Typed(_) | OnStrip::Delete(_) | OnStrip::Close) | None => Vec::new(),
        }
    })
}

/// A title, and what is typed below it.
fn strip_ui(
    ui: &mut Ui,
    view: &View<'_>,
    strip: &Strip,
    (title, count): (&str, Option<u32>),
) -> Option<OnStrip> {
    let (place, _) = ui.allocate_exact_size(
        vec2(ui.available_width(), size::BODY + space::TIGHT),
        egui::Sense::empty(),
    );
    let galley = layout(ui, title, fonts::medium(size::BODY), view.theme.text);
    ui.painter().galley(place.min, galley, view.theme.text);
    spoken(ui, place, &format!("kept-title-{title}"), title);
    let width = ui.available_width();
    let wanted = vec2(width, strip.bare_height(width));
    let (area, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
    strip.bare_ui(ui, view.theme, area, count)
}

/// Some days, or all of it.
fn delete_ui(ui: &mut Ui, view: &View<'_>, kept: &mut Kept, stored: &Stored) -> Vec<OfHistory> {
    let mut asked = Vec::new();
    let today = || stored.today.to_string();
    let (from, to) = kept.days.clone().unwrap_or_else(|| (today(), today()));
    let strip = Strip::Days(from, to);
    if let Some(span) = strip.span()
        && kept.count.is_none_or(|(of, _)| of != span)
    {
        // Asked once for each: what is not known yet is 0 of them.
        kept.count = Some((span, 0));
        asked.push(OfHistory::Count(span));
    }
    let count = kept.count.map(|(_, count)| count);
    let on = inside_ui(ui, |ui| {
        strip_ui(ui, view, &strip, (&text("kept-delete-days"), count))
    });
    match on {
        Some(OnStrip::Typed(Strip::Days(from, to))) => kept.days = Some((from, to)),
        Some(OnStrip::Delete(span)) => kept.sure = Some(Some(span)),
        Some(OnStrip::Typed(_) | OnStrip::Import(_) | OnStrip::Choose | OnStrip::Close) | None => {}
    }
    line_ui(ui, view);
    let (name, about) = (text("kept-delete-all"), text("kept-delete-all-about"));
    let row = Row {
        name: &name,
        about: &about,
        key: "kept-delete-all",
        ..Row::default()
    };
    let enabled = stored.breaks > 0;
    let all = ui
        .add_enabled_ui(enabled, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            pressed_beside(ui, view, &row, &text("strip-delete"))
        })
        .inner;
    if all {
        kept.sure = Some(None);
    }
    if let Some(last) = &stored.last {
        line_ui(ui, view);
        inside_ui(ui, |ui| {
            note_ui(ui, view, icon::INFO, last, "kept-last");
            let label = text("kept-undo");
            let undo = icon::UNDO;
            if button_ui(ui, view, Weight::Outlined, Some(undo), &label, "kept-undo") {
                asked.push(OfHistory::Undo);
            }
        });
    }
    asked
}

impl Kept {
    /// How things stand.
    pub fn stand(&mut self, stored: Box<Stored>) {
        // Other breaks may be in the days that are typed.
        self.count = None;
        self.stored = Some(stored);
    }

    /// The answer to the question, if it was given in this frame.
    pub fn answered(&mut self, delete: bool) -> ControlFlow<Asked> {
        let span = self.sure.take();
        match span.filter(|_| delete) {
            Some(span) => ControlFlow::Break(of(OfHistory::Forget(span))),
            None => ControlFlow::Continue(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_with_no_more_than_is_needed() {
        for (size, said) in [
            (0, "nothing yet"),
            (340, "340 bytes"),
            (4096, "4.0 KB"),
            (98_304, "98 KB"),
            (1_450_000, "1.4 MB"),
            (52_000_000, "52 MB"),
        ] {
            assert_eq!(bytes(size), said);
        }
    }
}
