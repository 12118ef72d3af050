//! Time as a value: the moment at which something happened, and the zone it happened in.

use std::time::Duration;

use chrono::{
    DateTime, FixedOffset, MappedLocalTime, NaiveDateTime, Offset as _, SubsecRound as _,
    TimeDelta, TimeZone as _, Utc,
};

/// The moment an event happened, read once at the edge of the program.
///
/// Three clocks, because each answers another question. Durations are measured on [`boot`],
/// sleep is the part of [`boot`] that [`awake`] did not see, and [`utc`] is for what people
/// agree on: working hours, "until 06:00", the date.
///
/// [`boot`]: Moment::boot
/// [`awake`]: Moment::awake
/// [`utc`]: Moment::utc
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Time since some fixed start, sleep included. Never jumps (`CLOCK_BOOTTIME`).
    pub boot: Duration,
    /// Time the machine has been awake. Stands still while it sleeps (`CLOCK_MONOTONIC`).
    pub awake: Duration,
    /// The wall clock. May jump either way at any time.
    pub utc: DateTime<Utc>,
    /// The zone in which the user reads the wall clock now.
    pub zone: Zone,
}

impl Moment {
    /// What the user's wall clock shows, with its distance from UTC.
    #[must_use]
    pub fn local(&self) -> DateTime<FixedOffset> {
        self.zone.local(self.utc)
    }

    /// The same moment without what is smaller than a thousandth of a second, so that it can be
    /// written down as it is.
    #[must_use]
    pub fn to_the_millisecond(&self) -> Self {
        let whole =
            |span: Duration| Duration::new(span.as_secs(), span.subsec_millis() * 1_000_000);
        Self {
            boot: whole(self.boot),
            awake: whole(self.awake),
            utc: self.utc.trunc_subsecs(3),
            zone: self.zone,
        }
    }

    /// The moment `by` later, with the machine awake all the time.
    #[must_use]
    pub fn later(&self, by: Duration) -> Self {
        Self {
            boot: self.boot + by,
            awake: self.awake + by,
            utc: self.utc + TimeDelta::from_std(by).unwrap_or(TimeDelta::MAX),
            zone: self.zone,
        }
    }
}

/// A time zone: by name where the desktop can tell it, else a fixed distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// A zone of the IANA database, with its rules for summer time.
    Named(chrono_tz::Tz),
    /// A fixed distance from UTC.
    Fixed(FixedOffset),
}

impl Zone {
    /// UTC itself.
    pub const UTC: Self = Self::Named(chrono_tz::Tz::UTC);

    /// The local time at an instant.
    #[must_use]
    pub fn local(&self, utc: DateTime<Utc>) -> DateTime<FixedOffset> {
        match self {
            Self::Named(tz) => {
                let local = utc.with_timezone(tz);
                local.with_timezone(&local.offset().fix())
            }
            Self::Fixed(offset) => utc.with_timezone(offset),
        }
    }

    /// The instant, or instants, at which a wall clock in this zone shows `local`.
    #[must_use]
    pub fn instants(&self, local: NaiveDateTime) -> LocalInstant {
        match self {
            Self::Named(tz) => match tz.from_local_datetime(&local) {
                MappedLocalTime::Single(at) => LocalInstant::Once(at.with_timezone(&Utc)),
                MappedLocalTime::Ambiguous(first, second) => {
                    LocalInstant::Twice(first.with_timezone(&Utc), second.with_timezone(&Utc))
                }
                MappedLocalTime::None => LocalInstant::Skipped(first_after_gap(*tz, local)),
            },
            Self::Fixed(offset) => {
                LocalInstant::Once(DateTime::from_naive_utc_and_offset(local - *offset, Utc))
            }
        }
    }
}

/// When a wall clock shows a given local time: summer time makes some times missing or double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalInstant {
    /// The ordinary case.
    Once(DateTime<Utc>),
    /// The clock is put back over it: it is shown twice.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// The clock is put forward over it: it is never shown; this is the first instant after.
    Skipped(DateTime<Utc>),
}

impl LocalInstant {
    /// The first instant at which the time is shown, or would have been.
    #[must_use]
    pub fn first(self) -> DateTime<Utc> {
        match self {
            Self::Once(at) | Self::Twice(at, _) | Self::Skipped(at) => at,
        }
    }

    /// The last instant at which the time is shown, or would have been.
    #[must_use]
    pub fn last(self) -> DateTime<Utc> {
        match self {
            Self::Once(at) | Self::Twice(_, at) | Self::Skipped(at) => at,
        }
    }
}

/// The instant at which the clock was put forward over `missing`.
fn first_after_gap(tz: chrono_tz::Tz, missing: NaiveDateTime) -> DateTime<Utc> {
    // No zone has ever put its clock forward by more than a day (Samoa, 2011), so both ends of
    // this search exist; the change lies between them, and it is a whole second.
    let before = tz
        .offset_from_utc_datetime(&(missing - TimeDelta::hours(36)))
        .fix();
    let mut low = (missing - TimeDelta::hours(36)).and_utc().timestamp();
    let mut high = (missing + TimeDelta::hours(36)).and_utc().timestamp();
    let is_after = |at: i64| {
        DateTime::<Utc>::from_timestamp(at, 0)
            .is_some_and(|at| tz.from_utc_datetime(&at.naive_utc()).naive_local() > missing)
    };
    debug_assert!(before.local_minus_utc().abs() <= 86_400);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if is_after(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    DateTime::from_timestamp(high, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn local(y: i32, m: u32, d: u32, h: u32, min: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(y, m, d)
            .unwrap()
            .and_hms_opt(h, min, 0)
            .unwrap()
    }

    #[test]
    fn a_time_that_the_clock_jumps_over_means_the_first_instant_after_the_gap() {
        for (zone, missing, after) in [
            (
                "Europe/Berlin",
                local(2026, 3, 29, 2, 30),
                "2026-03-29T01:00:00+00:00",
            ),
            (
                "America/New_York",
                local(2026, 3, 8, 2, 0),
                "2026-03-08T07:00:00+00:00",
            ),
            (
                "Australia/Lord_Howe",
                local(2026, 10, 4, 2, 15),
                "2026-10-03T15:30:00+00:00",
            ),
        ] {
            let zone = Zone::Named(zone.parse().unwrap());
            let LocalInstant::Skipped(at) = zone.instants(missing) else {
                panic!("{missing} exists in {zone:?}")
            };
            assert_eq!(at.to_rfc3339(), after);
        }
    }

    #[test]
    fn a_time_that_the_clock_shows_twice_has_a_first_and_a_second() {
        let zone = Zone::Named(chrono_tz::Europe::Berlin);
        let LocalInstant::Twice(first, second) = zone.instants(local(2026, 10, 25, 2, 30)) else {
            panic!("shown once")
        };
        assert_eq!(second - first, TimeDelta::hours(1));
    }
}
