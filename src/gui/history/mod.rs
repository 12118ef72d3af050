//! The window of the history: what breaks add up to, in a week, in twelve, in a year.
//!
//! - [`app`]: the window without a desktop: which span, which day, what was said;
//! - [`run`]: the process around it;
//! - [`sheet`]: the same as a picture, without a display;
//! - `page`: where everything stands; `top`: title, spans, what can be done with the history;
//! - `calendar`: a square for each day; `chart`: bars over days and hours, with a table behind;
//!   `bars`: stretches and parts of the body; `day`: the breaks of one day; `keys`; `words`.
//!
//! Nothing here reads the history or counts anything: a [`Book`] is handed in with all that is
//! shown, so looking from span to span costs nothing. What the user asks of the program comes out
//! as an [`Ask`].

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

pub use super::notice::Said;
use crate::core::{
    schedule::Credit,
    stats::{review::Review, span::Span, suggest::Suggestion},
    stretch::StretchId,
    time::Zone,
};

pub mod app;
mod bars;
mod calendar;
mod chart;
mod day;
mod keys;
mod page;
pub mod run;
pub mod sheet;
mod top;
mod words;

pub use app::History;

/// All that the window shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// The day it is.
    pub today: NaiveDate,
    /// In this zone.
    pub zone: Zone,
    /// When a day begins.
    pub day_starts: NaiveTime,
    /// This week.
    pub week: Review,
    /// Twelve weeks, this one included.
    pub weeks: Review,
    /// Fifty-three weeks, this one included.
    pub year: Review,
    /// The breaks of the year, in the order in which they ended.
    pub credits: Vec<Credit>,
    /// What stretches are called.
    pub names: BTreeMap<StretchId, String>,
    /// What may suit the user better.
    pub suggestion: Option<Suggestion>,
    /// Why the history, or a part of it, cannot be shown.
    pub problem: Option<String>,
}

/// How far back one looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// This week.
    #[default]
    Week,
    /// Twelve weeks.
    Weeks,
    /// A year.
    Year,
}

impl Reach {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Week, Self::Weeks, Self::Year];
}

impl Book {
    /// What was in this span.
    #[must_use]
    pub fn review(&self, reach: Reach) -> &Review {
        match reach {
            Reach::Week => &self.week,
            Reach::Weeks => &self.weeks,
            Reach::Year => &self.year,
        }
    }

    /// What a stretch is called, also one that is gone.
    #[must_use]
    pub fn name<'a>(&'a self, stretch: &'a StretchId) -> &'a str {
        self.names.get(stretch).map_or(&stretch.0, String::as_str)
    }
}

/// In which form the history leaves the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines for spreadsheets.
    Csv,
    /// Objects for programs.
    Json,
    /// The month of this day as a picture to print.
    Picture(NaiveDate),
}

/// What the user asks of the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Something may have changed while the window was in the background.
    LookAgain,
    /// Save it as a file.
    Export(Form),
    /// Delete these days; nothing: all of it.
    Forget(Option<Span>),
    /// The last deletion was none.
    Undo,
    /// Do what is suggested.
    Follow(Suggestion),
    /// Never suggest this again.
    Dismiss(Suggestion),
}

/// What the program tells the window.
#[derive(Clone, Debug)]
pub enum News {
    /// What there is, anew.
    Book(Box<Book>),
    /// What was done, or why it was not.
    Said(Said),
}

/// Which of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Chart {
    /// Breaks a day, or a week, by outcome.
    Breaks,
    /// How long was stretched.
    Stretched,
    /// How answers fell in each hour.
    Hours,
}

/// What the user asked for, of the window or of the program.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
    /// Something of the program.
    Of(Ask),
    /// Look as far back as this.
    Reach(Reach),
    /// Look at this day, or at none.
    Day(Option<NaiveDate>),
    /// The figures of this bar of a chart.
    Bar(Chart, usize),
    /// The table behind a chart, or the chart again.
    Table(Chart),
    /// The menu, or no longer.
    Menu(bool),
    /// Ask whether to delete these days, or all.
    Sure(Option<Option<Span>>),
    /// Take the sentence away.
    Dismiss,
    /// Close the window.
    Close,
}
