//! The window of the history: what breaks add up to, in a week, in twelve, in a year.
//!
//! - [`app`]: the window without a desktop: which span, which day, what was said;
//! - [`run`]: the process around it;
//! - [`sheet`]: the same as a picture, without a display; [`pace`]: how long its frames take;
//! - `page`: where everything stands; `top`: title and reach; `spans`: the way back in time;
//! - `menu`: what can be done with the history; [`strip`]: a file or days to do it with; [`sure`]:
//!   the question before a deletion;
//! - `calendar`: a square for each day; `figures` and `chart`: bars over days and hours, with a
//!   table behind; `bars`: stretches and parts of the body; `day`: one day; `keys`; `words`.
//!
//! Nothing here reads the history or counts anything: a [`Book`] is handed in with all that is
//! shown, so looking from span to span costs nothing. What the user asks of the program comes out
//! as an [`Ask`].

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Days, NaiveDate, NaiveTime};

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
mod figures;
mod keys;
mod menu;
pub mod pace;
mod page;
pub mod run;
pub mod sheet;
mod spans;
pub mod strip;
pub mod sure;
mod top;
pub mod words;

pub use app::History;
use strip::Strip;

/// What stretches are called.
pub type Names = Arc<BTreeMap<StretchId, String>>;

/// All that the window shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// The day it is.
    pub today: NaiveDate,
    /// The day up to whose week one looks: today, or before.
    pub until: NaiveDate,
    /// The day of the very first break.
    pub first: Option<NaiveDate>,
    /// In this zone.
    pub zone: Zone,
    /// When a day begins.
    pub day_starts: NaiveTime,
    /// The week of that day.
    pub week: Review,
    /// Twelve weeks, that one included.
    pub weeks: Review,
    /// Fifty-three weeks, that one included.
    pub year: Review,
    /// The breaks of those, in the order in which they ended.
    pub credits: Arc<Vec<Credit>>,
    /// What stretches are called.
    pub names: Names,
    /// What may suit the user better.
    pub suggestion: Option<Suggestion>,
    /// Why the history, or a part of it, cannot be shown.
    pub problem: Option<String>,
}

/// How far back one looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// A week.
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

    /// How many weeks lie between it and the one before it.
    fn step(self) -> u32 {
        match self {
            Self::Week => 1,
            Self::Weeks => 12,
            // It has a week more, so that the day a year ago is on it.
            Self::Year => 52,
        }
    }
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

    /// The last day that is looked at and has begun.
    #[must_use]
    pub fn newest(&self) -> NaiveDate {
        self.week.span.last.min(self.today)
    }

    /// Whether today is among the days that are looked at.
    #[must_use]
    pub fn is_up_to_today(&self) -> bool {
        self.today <= self.week.span.last
    }

    /// The day to look up to for what was before; nothing where there was nothing.
    #[must_use]
    pub fn earlier(&self, reach: Reach) -> Option<NaiveDate> {
        let from = self.review(reach).span.first;
        let before = Days::new(7 * u64::from(reach.step()));
        (self.first.is_some_and(|first| first < from))
            .then(|| self.until.checked_sub_days(before))
            .flatten()
    }

    /// The day to look up to for what came after; nothing where that is yet to come.
    #[must_use]
    pub fn later(&self, reach: Reach) -> Option<NaiveDate> {
        let after = Days::new(7 * u64::from(reach.step()));
        let later = self.until.checked_add_days(after)?;
        (!self.is_up_to_today()).then_some(later.min(self.today))
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
    /// Look at the days up to the week of this one.
    LookUpTo(NaiveDate),
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
    Book(Arc<Book>),
    /// How many breaks there are in these days.
    Count(Span, u32),
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
    /// The strip below the title, or none.
    Strip(Option<Strip>),
    /// Ask whether to delete these days, or all.
    Sure(Option<Option<Span>>),
    /// Take the sentence away.
    Dismiss,
    /// Close the window.
    Close,
}
