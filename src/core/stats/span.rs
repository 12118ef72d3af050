//! Spans of whole days, as a calendar has them.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, Utc};

use super::super::time::Zone;

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: NaiveDate,
    /// The last day; never before the first.
    pub last: NaiveDate,
}

impl Span {
    /// A single day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self {
            first: day,
            last: day,
        }
    }

    /// The week of this day, from Monday to Sunday.
    #[must_use]
    pub fn week(day: NaiveDate) -> Self {
        Self::weeks(day, 1)
    }

    /// The week of this day and those before it, so many in all, from Monday to Sunday.
    #[must_use]
    pub fn weeks(day: NaiveDate, weeks: u32) -> Self {
        let since_monday = u64::from(day.weekday().num_days_from_monday());
        let before = 7 * u64::from(weeks.saturating_sub(1));
        Self {
            first: back(day, since_monday + before),
            last: forth(day, 6 - since_monday),
        }
    }

    /// The month of this day.
    #[must_use]
    pub fn month(day: NaiveDate) -> Self {
        let first = back(day, u64::from(day.day0()));
        let next = first
            .checked_add_months(chrono::Months::new(1))
            .unwrap_or(first);
        Self {
            first,
            last: back(next, 1).max(first),
        }
    }

    /// Every day of it, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take(self.len())
    }

    /// How many days it has.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it has always one day or more")]
    pub fn len(self) -> usize {
        let days = (self.last - self.first).num_days().max(0);
        usize::try_from(days).unwrap_or_default() + 1
    }

    /// When each of its days begins, and at the end when the day after the last one does: so every
    /// instant belongs to one day, whatever the clocks do. Days begin at `day_starts`.
    #[must_use]
    pub fn starts(self, zone: Zone, day_starts: NaiveTime) -> Vec<DateTime<Utc>> {
        let days = self.days().chain([forth(self.last, 1)]);
        days.map(|day| zone.instants(day.and_time(day_starts)).first())
            .collect()
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn forth(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(first: &str, last: &str) -> Span {
        Span {
            first: day(first),
            last: day(last),
        }
    }

    #[test]
    fn a_week_goes_from_monday_to_sunday() {
        for today in ["2026-03-02", "2026-03-05", "2026-03-08"] {
            assert_eq!(Span::week(day(today)), span("2026-03-02", "2026-03-08"));
        }
        let twelve = Span::weeks(day("2026-03-05"), 12);
        assert_eq!(twelve, span("2025-12-15", "2026-03-08"));
        assert_eq!(twelve.len(), 84);
    }

    #[test]
    fn a_month_has_all_its_days() {
        for (today, first, last) in [
            ("2026-02-28", "2026-02-01", "2026-02-28"),
            ("2028-02-03", "2028-02-01", "2028-02-29"),
            ("2026-12-31", "2026-12-01", "2026-12-31"),
        ] {
            assert_eq!(Span::month(day(today)), span(first, last));
        }
    }

    #[test]
    fn days_follow_each_other_without_gap_or_overlap_when_the_clocks_change() {
        let berlin = Zone::Named("Europe/Berlin".parse().unwrap());
        let four = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        let starts = span("2026-03-28", "2026-03-30").starts(berlin, four);
        let hours: Vec<i64> = starts
            .windows(2)
            .map(|w| (w[1] - w[0]).num_hours())
            .collect();
        assert_eq!(hours, [23, 24, 24]);
        let starts = span("2026-10-24", "2026-10-25").starts(berlin, four);
        let hours: Vec<i64> = starts
            .windows(2)
            .map(|w| (w[1] - w[0]).num_hours())
            .collect();
        assert_eq!(hours, [25, 24]);
    }
}
