//! What one gesture does to the hours.

use super::name;
use crate::{
    core::{
        config::{DayOfWeek, Hours},
        week::{self, DAY, Piece},
    },
    text::text_with,
};

/// Hours are painted in steps of so many minutes.
pub const STEP: u32 = 15;

/// Some hours of some days are filled or cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// Filled, or else cleared.
    pub fills: bool,
    /// The first day and the last, by their places in the week.
    pub days: (usize, usize),
    /// What of each day.
    pub piece: Piece,
}

impl Stroke {
    /// Does it.
    pub fn make(&self, hours: &mut Hours) {
        let (first, last) = self.days;
        for day in &DayOfWeek::ALL[first..=last] {
            if self.fills {
                week::fill(hours, *day, self.piece);
            } else {
                week::clear(hours, *day, self.piece);
            }
        }
    }

    /// The days and the time.
    pub fn in_words(&self) -> String {
        let (first, last) = self.days;
        let days = [first, last].map(|number| name(DayOfWeek::ALL[number]));
        let days = match first == last {
            true => days[0].clone(),
            false => text_with(
                "plan-week-days",
                &[
                    ("first", days[0].clone().into()),
                    ("last", days[1].clone().into()),
                ],
            ),
        };
        let id = if self.fills {
            "plan-week-fills"
        } else {
            "plan-week-clears"
        };
        let values = [("days", days.into()), ("hours", times(self.piece).into())];
        text_with(id, &values)
    }
}

/// From a time to another.
pub fn times((start, end): Piece) -> String {
    let end = match end {
        DAY => "24:00".to_owned(),
        end => week::time_at(end).format("%H:%M").to_string(),
    };
    format!("{}–{end}", week::time_at(start).format("%H:%M"))
}

/// A stroke with the mouse that is not at its end yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drag {
    /// It began where nothing was filled.
    pub fills: bool,
    /// The day on which it began, and the minute.
    pub from: (usize, u32),
    /// Where it is now.
    pub to: (usize, u32),
}

impl Drag {
    /// What it would do if it ended here.
    pub fn stroke(&self) -> Stroke {
        let (from, to) = (self.from, self.to);
        Stroke {
            fills: self.fills,
            days: (from.0.min(to.0), from.0.max(to.0)),
            piece: (from.1.min(to.1), from.1.max(to.1) + STEP),
        }
    }
}
