//! From the rows of the history to what its window shows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, Utc};

use crate::{
    core::{
        schedule::Credit,
        stats::{
            day_of,
            review::{Areas, Calendar, Review},
            span::Span,
            suggest::suggest,
        },
        stretch::StretchId,
        time::Zone,
    },
    gui::history::Book,
};

/// How many weeks a year is looked back.
pub const WEEKS: u32 = 53;
/// Over how many weeks suggestions look.
const MONTH: u32 = 5;

/// What was read.
pub struct Reading<'a> {
    /// The breaks of the last year, in the order in which they ended.
    pub credits: Vec<Credit>,
    /// The time it is.
    pub now: DateTime<Utc>,
    /// In this zone.
    pub zone: Zone,
    /// When a day begins.
    pub day_starts: NaiveTime,
    /// On which parts of the body stretches work.
    pub areas: &'a Areas,
    /// What they are called.
    pub names: BTreeMap<StretchId, String>,
    /// When the very first break ended.
    pub first: Option<DateTime<Utc>>,
    /// Suggestions that the user does not want to see again.
    pub dismissed: &'a BTreeSet<String>,
    /// Why the history cannot be shown.
    pub problem: Option<String>,
}

/// The year that is looked at, from its first day on.
pub fn year(now: DateTime<Utc>, zone: Zone, day_starts: NaiveTime) -> Span {
    Span::weeks(day_of(now, zone, day_starts), WEEKS)
}

/// All that the window shows.
pub fn book(reading: Reading<'_>) -> Book {
    let Reading {
        credits,
        now,
        zone,
        day_starts,
        areas,
        names,
        first,
        dismissed,
        problem,
    } = reading;
    let today = day_of(now, zone, day_starts);
    let review = |weeks| {
        let span = Span::weeks(today, weeks);
        let calendar = Calendar {
            span,
            zone,
            day_starts,
        };
        // Only the days that are looked at: a week is not looked for in a year.
        let from = span.starts(zone, day_starts)[0];
        let begin = credits.partition_point(|credit| credit.ended < from);
        Review::of(&credits[begin..], calendar, areas)
    };
    let days = first.map_or(0, |first| (now - first).num_days().max(0));
    let days = usize::try_from(days).unwrap_or_default();
    let suggestion = suggest(&review(MONTH), days, dismissed);
    Book {
        today,
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
