//! From the rows of the history to what its window shows.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::{
    core::{
        schedule::Credit,
        stats::{
            day_of,
            review::{Areas, Calendar, Review},
            span::Span,
            suggest::suggest,
        },
        time::Zone,
    },
    gui::history::{Book, Names},
};

/// How many weeks a year is looked back.
const WEEKS: u32 = 53;
/// Over how many weeks suggestions look.
const MONTH: u32 = 5;

/// What was read.
pub struct Reading<'a> {
    /// The breaks of the year that is looked at, in the order in which they ended.
    pub credits: Arc<Vec<Credit>>,
    /// The day it is.
    pub today: NaiveDate,
    /// The day up to whose week one looks; not after today.
    pub until: NaiveDate,
    /// In this zone.
    pub zone: Zone,
    /// When a day begins.
    pub day_starts: NaiveTime,
    /// On which parts of the body stretches work.
    pub areas: &'a Areas,
    /// What they are called.
    pub names: Names,
    /// When the very first break ended.
    pub first: Option<DateTime<Utc>>,
    /// Suggestions that the user does not want to see again; nothing: none is wanted.
    pub dismissed: Option<&'a BTreeSet<String>>,
    /// Why the history cannot be shown.
    pub problem: Option<String>,
}

/// The year up to the week of this day.
pub fn year(until: NaiveDate) -> Span {
    Span::weeks(until, WEEKS)
}

/// All that the window shows.
pub fn book(reading: Reading<'_>) -> Book {
    let Reading {
        credits,
        today,
        until,
        zone,
        day_starts,
        areas,
        names,
        first,
        dismissed,
        problem,
    } = reading;
    let review = |weeks| {
        let span = Span::weeks(until, weeks);
        let calendar = Calendar {
            span,
            zone,
            day_starts,
        };
        // Only the days that are looked at: a week is not looked for in a year.
        let from = Span::day(span.first).starts(zone, day_starts)[0];
        let begin = credits.partition_point(|credit| credit.ended < from);
        Review::of(&credits[begin..], calendar, areas)
    };
    let first = first.map(|first| day_of(first, zone, day_starts));
    let days = first.map_or(0, |first| (today - first).num_days().max(0));
    let days = usize::try_from(days).unwrap_or_default();
    let suggestion = dismissed.and_then(|dismissed| suggest(&review(MONTH), days, dismissed));
    Book {
        today,
        until,
        first,
        zone,
        day_starts,
        week: review(1),
        weeks: review(12),
        year: review(WEEKS),
        names,
        suggestion,
        problem,
        credits,
    }
}
