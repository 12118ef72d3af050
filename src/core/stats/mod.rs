//! Tallies: what was done in a day, and how often each stretch; [`review`] looks over many days.

pub mod review;
pub mod span;
pub mod suggest;

use std::time::Duration;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, Utc};

use super::{
    schedule::{Credit, effect::Outcome},
    time::Zone,
};

/// How many breaks ended how, and how long was stretched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Done in full.
    pub completed: u32,
    /// Begun and closed early.
    pub abandoned: u32,
    /// The user said no.
    pub skipped: u32,
    /// No answer.
    pub missed: u32,
    /// Taken away from the desk.
    pub natural: u32,
    /// Taken together with a longer one.
    pub absorbed: u32,
    /// How long countdowns ran; time away is not counted.
    pub stretched: Duration,
}

impl Tally {
    /// Counts one break more.
    pub fn add(&mut self, credit: &Credit) {
        let (count, stretched) = match credit.outcome {
            Outcome::Completed => (&mut self.completed, credit.stretched),
            Outcome::Abandoned => (&mut self.abandoned, credit.stretched),
            Outcome::Skipped => (&mut self.skipped, credit.stretched),
            Outcome::Missed => (&mut self.missed, credit.stretched),
            // Of these two, the length is not that of a countdown of their own.
            Outcome::Natural => (&mut self.natural, Duration::ZERO),
            Outcome::Absorbed => (&mut self.absorbed, Duration::ZERO),
        };
        *count = count.saturating_add(1);
        self.stretched = self.stretched.saturating_add(stretched);
    }

    /// Counts another tally as well.
    pub fn merge(&mut self, other: &Self) {
        let sums = [
            (&mut self.completed, other.completed),
            (&mut self.abandoned, other.abandoned),
            (&mut self.skipped, other.skipped),
            (&mut self.missed, other.missed),
            (&mut self.natural, other.natural),
            (&mut self.absorbed, other.absorbed),
        ];
        for (sum, more) in sums {
            *sum = sum.saturating_add(more);
        }
        self.stretched = self.stretched.saturating_add(other.stretched);
    }

    /// Whether there was nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How often a stretch was done to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// How often since the instant that was asked about.
    pub times: u32,
    /// When the last time ended, however long ago; nothing if there was none.
    pub last: Option<DateTime<Utc>>,
}

/// The day to which an instant belongs.
#[must_use]
pub fn day_of(at: DateTime<Utc>, zone: Zone, day_starts: NaiveTime) -> NaiveDate {
    zone.local(day_began(at, zone, day_starts)).date_naive()
}

/// When the week began to which an instant belongs: on Monday, when that day began.
#[must_use]
pub fn week_began(at: DateTime<Utc>, zone: Zone, day_starts: NaiveTime) -> DateTime<Utc> {
    let today = day_began(at, zone, day_starts);
    let local = zone.local(today).naive_local();
    let since_monday = u64::from(local.weekday().num_days_from_monday());
    let monday = local.date().checked_sub_days(Days::new(since_monday));
    monday.map_or(today, |monday| {
        zone.instants(monday.and_time(day_starts)).first()
    })
}

/// When the day began to which an instant belongs, with days that roll over at `day_starts`.
#[must_use]
pub fn day_began(at: DateTime<Utc>, zone: Zone, day_starts: NaiveTime) -> DateTime<Utc> {
    let local = zone.local(at).naive_local();
    let began = |days: u64| {
        let day = local.date().checked_sub_days(Days::new(days))?;
        let instant = zone.instants(day.and_time(day_starts)).first();
        (instant <= at).then_some(instant)
    };
    // Two days back only where the clock leaves out the start of the day before.
    (0..=2).find_map(began).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn began(at: &str, zone: &str) -> String {
        let four = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        let at = DateTime::parse_from_rfc3339(at).unwrap().to_utc();
        let zone = Zone::Named(zone.parse().unwrap());
        zone.local(day_began(at, zone, four)).to_rfc3339()
    }

    #[test]
    fn the_small_hours_belong_to_yesterday() {
        for (at, start) in [
            ("2026-03-02T04:00:00+01:00", "2026-03-02T04:00:00+01:00"),
            ("2026-03-02T03:59:59+01:00", "2026-03-01T04:00:00+01:00"),
            ("2026-03-02T23:00:00+01:00", "2026-03-02T04:00:00+01:00"),
        ] {
            assert_eq!(began(at, "Europe/Berlin"), start, "{at}");
        }
    }

    #[test]
    fn a_week_begins_on_monday_when_the_day_does() {
        let four = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        let zone = Zone::Named("Europe/Berlin".parse().unwrap());
        for (at, start) in [
            ("2026-03-02T04:00:00+01:00", "2026-03-02T04:00:00+01:00"),
            ("2026-03-02T03:59:59+01:00", "2026-02-23T04:00:00+01:00"),
            ("2026-03-08T23:00:00+01:00", "2026-03-02T04:00:00+01:00"),
            // Summer time begins on the Sunday in between.
            ("2026-03-30T03:00:00+02:00", "2026-03-23T04:00:00+01:00"),
        ] {
            let at = DateTime::parse_from_rfc3339(at).unwrap().to_utc();
            let began = zone.local(week_began(at, zone, four));
            assert_eq!(began.to_rfc3339(), start, "{at}");
        }
    }

    #[test]
    fn a_day_that_loses_or_gains_an_hour_begins_at_its_usual_time() {
        for (at, start) in [
            ("2026-03-29T05:00:00+02:00", "2026-03-29T04:00:00+02:00"),
            ("2026-03-29T03:30:00+02:00", "2026-03-28T04:00:00+01:00"),
            ("2026-10-25T03:30:00+01:00", "2026-10-24T04:00:00+02:00"),
        ] {
            assert_eq!(began(at, "Europe/Berlin"), start, "{at}");
        }
    }

    #[test]
    fn samoa_without_its_30th_of_december_still_has_days() {
        assert_eq!(
            began("2011-12-31T01:00:00+14:00", "Pacific/Apia"),
            "2011-12-31T00:00:00+14:00",
            "the start of the missing day is the first instant after it"
        );
    }
}
