//! The strip below the title: which file to take in, or which days to delete. Nothing waits for
//! it; what is typed there is forgotten when it is closed.

use chrono::NaiveDate;
use egui::{CornerRadius, Id, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::{
    core::stats::span::Span,
    gui::{
        controls::{Button, Weight, fitted, spoken_at_once},
        field::{Field, Typed},
        fonts::{self, icon},
        theme::{Theme, size, space},
    },
    text::{text, text_with},
};

/// The field for the path of a file; see [`field_id`](crate::gui::choices::field_id).
pub const FILE: &str = "strip-file";
/// The field for the first day.
pub const FROM: &str = "strip-from";

const LINE: f32 = 40.0;
const DATE: f32 = 124.0;
/// The button that closes it, and what is between.
const CLOSE: f32 = LINE + space::SMALL;

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strip {
    /// The path of a file to take in.
    Import(String),
    /// The first and the last day of those to delete.
    Days(String, String),
}

/// What was asked on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnStrip {
    /// Something else is typed now.
    Typed(Strip),
    /// Take in the file of this name.
    Import(String),
    /// Show the files to choose from.
    Choose,
    /// Delete these days.
    Delete(Span),
    /// It is not needed any more.
    Close,
}

impl Strip {
    /// For the days from this one to the same.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self::Days(day.to_string(), day.to_string())
    }

    /// The days that are typed, if they are.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Import(_) => None,
            Self::Days(from, to) => days(from, to).ok(),
        }
    }

    /// How high it is in this width.
    #[must_use]
    pub fn height(&self, width: f32) -> f32 {
        let lines = if width - 2.0 * space::MEDIUM - CLOSE >= self.one_line() {
            1.0
        } else {
            2.0
        };
        lines * LINE + (lines - 1.0) * space::SMALL + 2.0 * 12.0 + 22.0
    }

    /// The same without the frame, where it stands among other things.
    #[must_use]
    pub fn bare_height(&self, width: f32) -> f32 {
        // With it, there is an edge around and a button to close it.
        self.height(width + 2.0 * space::MEDIUM + CLOSE) - 2.0 * 12.0
    }

    /// Shows it in `area`, without the frame.
    pub fn bare_ui(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        area: Rect,
        count: Option<u32>,
    ) -> Option<OnStrip> {
        let (first, second) = self.lines(area, 0.0);
        self.fields_ui(ui, theme, (first, second), count)
    }

    /// From this width on, its fields and buttons stand in one line.
    fn one_line(&self) -> f32 {
        match self {
            Self::Import(_) => 560.0,
            Self::Days(..) => 450.0,
        }
    }

    /// Where fields stand, and where buttons do: on the right of them, or below. `room` is taken
    /// on the right.
    fn lines(&self, inner: Rect, room: f32) -> (Rect, Rect) {
        let first = inner.with_max_y(inner.top() + LINE);
        if inner.width() - room >= self.one_line() {
            return (first, first.with_max_x(first.right() - room));
        }
        (first, first.translate(vec2(0.0, LINE + space::SMALL)))
    }

    fn fields_ui(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        lines: (Rect, Rect),
        count: Option<u32>,
    ) -> Option<OnStrip> {
        match self {
            Self::Import(file) => import_ui(ui, theme, file, lines),
            Self::Days(from, to) => days_ui(ui, theme, (from, to), lines, count),
        }
    }

    /// Shows it in `area`. `count` is how many breaks there are in the days that are typed.
    pub fn ui(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        area: Rect,
        count: Option<u32>,
    ) -> Option<OnStrip> {
        let corner = CornerRadius::same(space::CORNER + 4);
        let stroke = Stroke::new(1.5, theme.accent);
        ui.painter()
            .rect(area, corner, theme.surface, stroke, StrokeKind::Inside);
        let inner = area.shrink2(vec2(space::MEDIUM, 12.0));
        let (first, second) = self.lines(inner, CLOSE);
        let fields = first.with_max_x(first.right() - CLOSE);
        let asked = self.fields_ui(ui, theme, (fields, second), count);
        asked.or_else(|| close_ui(ui, theme, first).then_some(OnStrip::Close))
    }
}

fn below(first: Rect, second: Rect) -> Pos2 {
    pos2(first.left(), second.bottom() + 6.0)
}

fn close_ui(ui: &mut Ui, theme: &Theme, first: Rect) -> bool {
    let label = text("strip-close");
    let close = Button {
        weight: Weight::Quiet,
        icon: Some(icon::CLOSE),
        label: &label,
        shows_label: false,
    };
    let place = Rect::from_min_max(pos2(first.right() - LINE, first.top()), first.max);
    close.ui(ui, theme, place, "strip-close").clicked()
}

/// Buttons from the right to the left; returns where they begin.
fn buttons_ui(
    ui: &mut Ui,
    theme: &Theme,
    line: Rect,
    buttons: &[(&str, Button<'_>)],
    enabled: bool,
) -> (Option<usize>, f32) {
    let widths = buttons.iter().map(|(_, button)| button.width(ui));
    let all: f32 = widths.map(|width| width + space::SMALL).sum();
    let begin = line.right() - all + space::SMALL;
    let mut left = begin;
    let mut pressed = None;
    for (n, (id, button)) in buttons.iter().enumerate() {
        let place = Rect::from_min_size(pos2(left, line.top()), vec2(button.width(ui), LINE));
        left = place.right() + space::SMALL;
        let of_use = enabled || n + 1 < buttons.len();
        let response = ui
            .add_enabled_ui(of_use, |ui| button.ui(ui, theme, place, id))
            .inner;
        if response.clicked() {
            pressed = Some(n);
        }
    }
    (pressed, begin)
}

fn import_ui(
    ui: &mut Ui,
    theme: &Theme,
    file: &str,
    (first, second): (Rect, Rect),
) -> Option<OnStrip> {
    let one_line = first.top() == second.top();
    let (choose, take) = (text("strip-choose"), text("strip-import"));
    let button = |weight, label| Button {
        weight,
        icon: None,
        label,
        shows_label: true,
    };
    let named = !file.trim().is_empty();
    // The field comes first on the way of Tab, but what is left for it has to be known.
    let room: f32 = [&choose, &take]
        .map(|label| button(Weight::Outlined, label.as_str()).width(ui) + space::SMALL)
        .iter()
        .sum();
    let end = if one_line {
        second.right() - room
    } else {
        first.right()
    };
    let field = Field {
        id: FILE,
        name: &text("strip-file"),
        hint: &text("strip-file-hint"),
        wrong: None,
    };
    let typed = field.ui(ui, theme, first.with_max_x(end), file);
    let buttons = [
        ("strip-choose", button(Weight::Outlined, choose.as_str())),
        ("strip-import", button(Weight::Filled, take.as_str())),
    ];
    let (pressed, _) = buttons_ui(ui, theme, second, &buttons, named);
    hint_ui(
        ui,
        theme,
        below(first, second),
        first.width(),
        &text("strip-import-hint"),
    );
    match pressed {
        Some(0) => return Some(OnStrip::Choose),
        Some(_) => return Some(OnStrip::Import(file.to_owned())),
        None => {}
    }
    // The end of the path may have been typed in the same frame.
    let now = typed.words.as_deref().unwrap_or(file);
    if typed.entered && !now.trim().is_empty() {
        return Some(OnStrip::Import(now.to_owned()));
    }
    (typed.words).map(|words| OnStrip::Typed(Strip::Import(words)))
}

fn days_ui(
    ui: &mut Ui,
    theme: &Theme,
    (from, to): (&str, &str),
    (first, second): (Rect, Rect),
    count: Option<u32>,
) -> Option<OnStrip> {
    let chosen = days(from, to);
    let mut left = first.left();
    let mut next = |ui: &mut Ui, id, label: &str, typed: &str| {
        let label = text(label);
        let words = fitted(
            ui,
            &label,
            fonts::regular,
            (size::MARK, size::BODY),
            60.0,
            theme.faint,
        );
        let width = words.size().x;
        let at = pos2(left, first.center().y - 0.5 * words.size().y);
        ui.painter().galley(at, words, theme.faint);
        left += width + space::SMALL;
        let area = Rect::from_min_size(pos2(left, first.top()), vec2(DATE, LINE));
        left = area.right() + 12.0;
        let wrong = (date(typed).is_none()).then(|| text("strip-date"));
        let field = Field {
            id,
            name: &label,
            hint: &text("strip-date-hint"),
            wrong: wrong.as_deref(),
        };
        field.ui(ui, theme, area, typed)
    };
    let first_day = next(ui, FROM, "strip-from", from);
    let last_day = next(ui, "strip-to", "strip-to", to);
    let label = text("strip-delete");
    let delete = Button {
        weight: Weight::Outlined,
        icon: None,
        label: &label,
        shows_label: true,
    };
    let some = count.is_none_or(|count| count > 0);
    let buttons = [("strip-delete", delete)];
    let (pressed, _) = buttons_ui(ui, theme, second, &buttons, chosen.is_ok() && some);
    let said = match (&chosen, count) {
        (Err(wrong), _) => text(wrong),
        (Ok(_), None) => String::new(),
        (Ok(_), Some(count)) => text_with("strip-count", &[("count", count.into())]),
    };
    hint_ui(ui, theme, below(first, second), first.width(), &said);
    let entered = first_day.entered || last_day.entered;
    let same = first_day.words.is_none() && last_day.words.is_none();
    if let (true, Ok(span)) = (pressed.is_some() || (entered && some && same), chosen) {
        return Some(OnStrip::Delete(span));
    }
    changed((from, first_day), (to, last_day))
}

fn changed((from, first): (&str, Typed), (to, last): (&str, Typed)) -> Option<OnStrip> {
    if first.words.is_none() && last.words.is_none() {
        return None;
    }
    let from = first.words.unwrap_or_else(|| from.to_owned());
    let to = last.words.unwrap_or_else(|| to.to_owned());
    Some(OnStrip::Typed(Strip::Days(from, to)))
}

/// A sentence below the fields; said by itself when it is another one.
fn hint_ui(ui: &mut Ui, theme: &Theme, at: Pos2, width: f32, said: &str) {
    if said.is_empty() {
        return;
    }
    let sizes = (size::MARK, size::FAINT);
    let galley = fitted(ui, said, fonts::regular, sizes, width, theme.faint);
    let place = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, theme.faint);
    spoken_at_once(ui, place, ("strip-hint", Id::unique(said).value()), said);
}

/// A day as it is typed.
fn date(typed: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok()
}

/// The days that are typed, or the text that says what is wrong with them.
fn days(from: &str, to: &str) -> Result<Span, &'static str> {
    let (Some(first), Some(last)) = (date(from), date(to)) else {
        return Err("strip-date");
    };
    if last < first {
        return Err("strip-backwards");
    }
    Ok(Span { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_typed_from_the_first_to_the_last() {
        let span = |from: &str, to: &str| days(from, to).map(Span::len);
        assert_eq!(span("2026-03-01", " 2026-03-07 "), Ok(7));
        assert_eq!(span("2026-03-01", "2026-03-01"), Ok(1));
        assert_eq!(span("2026-03-07", "2026-03-01"), Err("strip-backwards"));
        assert_eq!(span("2026-02-30", "2026-03-01"), Err("strip-date"));
        assert_eq!(span("", "2026-03-01"), Err("strip-date"));
    }
}
