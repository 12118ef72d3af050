//! Where the wall clock matters: working hours, times of day, when a day rolls over.
//!
//! Everything is worked out for one zone and one instant, so a clock that was set or a journey
//! needs nothing but asking again. A local time that summer time jumps over means the first
//! instant after the gap.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::{config::Hours, time::Zone};

/// How many days ahead working hours are looked for: a week, and the day that may begin late.
const DAYS_AHEAD: u64 = 9;

/// The working hours around an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursAt {
    /// Inside a range, or several that touch.
    Inside {
        /// Local time at which it began: the name of the range.
        began: NaiveDateTime,
        /// When it began.
        since: DateTime<Utc>,
        /// When it ends, the first instant that is not part of it; `None`: never.
        until: Option<DateTime<Utc>>,
    },
    /// Outside.
    Outside {
        /// When the next range begins; `None`: never.
        until: Option<DateTime<Utc>>,
    },
}

/// The working hours around `now`.
#[must_use]
pub fn hours_at(hours: &Hours, zone: Zone, now: DateTime<Utc>) -> HoursAt {
    let today = zone.local(now).date_naive();
    let horizon = now + TimeDelta::days(7);
    let mut until_next = None;
    for range in joined_ranges(hours, zone, today) {
        if now < range.since {
            until_next = Some(range.since);
            break;
        }
        if now < range.until {
            return HoursAt::Inside {
                began: range.began,
                since: range.since,
                // Hours that last for a week last for ever: they repeat every week.
                until: (range.until < horizon).then_some(range.until),
            };
        }
    }
    HoursAt::Outside { until: until_next }
}

struct Range {
    began: NaiveDateTime,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// The ranges of the days around `today`, in order; those that touch are one.
fn joined_ranges(hours: &Hours, zone: Zone, today: NaiveDate) -> Vec<Range> {
    let first = today.checked_sub_days(Days::new(2)).unwrap_or(today);
    let mut ranges: Vec<Range> = first
        .iter_days()
        .take(2 + 1 + usize::try_from(DAYS_AHEAD).unwrap_or(9))
        .flat_map(|date| ranges_of_day(hours, zone, date))
        .collect();
    ranges.sort_by_key(|range| range.since);
    joined(ranges)
}

/// The working hours that begin on a day, in order, each with its first instant and the first one
/// after it; those that touch are one.
#[must_use]
pub fn hours_of_day(
    hours: &Hours,
    zone: Zone,
    date: NaiveDate,
) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut ranges = ranges_of_day(hours, zone, date);
    ranges.sort_by_key(|range| range.since);
    let joined = joined(ranges).into_iter();
    joined.map(|range| (range.since, range.until)).collect()
}

/// These ranges, which are in order, with those that touch made one.
fn joined(ranges: Vec<Range>) -> Vec<Range> {
    let mut joined: Vec<Range> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.since <= last.until => last.until = last.until.max(range.until),
            _ => joined.push(range),
        }
    }
    joined
}

fn ranges_of_day(hours: &Hours, zone: Zone, date: NaiveDate) -> Vec<Range> {
    let Some(ranges) = hours.days.get(&date.weekday().into()) else {
        return Vec::new();
    };
    ranges
        .iter()
        .filter_map(|range| {
            let over_midnight = range.end <= range.start;
            let end_date = date.checked_add_days(Days::new(u64::from(over_midnight)))?;
            let began = date.and_time(range.start);
            // Of a doubled hour, all of it belongs to the hours: begin at the first, end at the last.
            let since = zone.instants(began).first();
            let until = zone.instants(end_date.and_time(range.end)).last();
            (since < until).then_some(Range {
                began,
                since,
                until,
            })
        })
        .collect()
}

/// A local time of some day, and the instant it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The date and time as written.
    pub local: NaiveDateTime,
    /// The instant.
    pub at: DateTime<Utc>,
}

/// When the wall clock next shows `time`, strictly after `now`. Where it shows it twice, both
/// count.
#[must_use]
pub fn next_showing(time: NaiveTime, zone: Zone, now: DateTime<Utc>) -> LocalTime {
    days_around(zone, now)
        .flat_map(|date| {
            let local = date.and_time(time);
            let instants = zone.instants(local);
            [instants.first(), instants.last()].map(|at| LocalTime { local, at })
        })
        .filter(|showing| showing.at > now)
        .min_by_key(|showing| showing.at)
        .unwrap_or(LocalTime {
            local: now.naive_utc(),
            at: now,
        })
}

/// The next of these times of day, strictly after `now`, that is not among the ones `gone` by.
/// Each comes once a day: where the wall clock shows it twice, at the first.
#[must_use]
pub fn next_of(
    times: &[NaiveTime],
    gone: &[NaiveDateTime],
    zone: Zone,
    now: DateTime<Utc>,
) -> Option<LocalTime> {
    days_around(zone, now)
        .flat_map(|date| times.iter().map(move |time| date.and_time(*time)))
        .filter(|local| !gone.contains(local))
        .map(|local| LocalTime {
            local,
            at: zone.instants(local).first(),
        })
        .filter(|time| time.at > now)
        .min_by_key(|time| time.at)
}

/// Those of these times of day that the wall clock went past between two readings, in order.
/// After a journey it is the local time that tells what was passed, not the instant.
#[must_use]
pub fn passed(
    times: &[NaiveTime],
    before: (DateTime<Utc>, Zone),
    now: (DateTime<Utc>, Zone),
) -> Vec<LocalTime> {
    let (was, now_local) = (
        before.1.local(before.0).naive_local(),
        now.1.local(now.0).naive_local(),
    );
    let travelled = before.1 != now.1;
    let mut passed: Vec<_> = days_around(now.1, now.0)
        .flat_map(|date| times.iter().map(move |time| date.and_time(*time)))
        .map(|local| LocalTime {
            local,
            at: now.1.instants(local).first(),
        })
        .filter(|time| {
            if travelled {
                was < time.local && time.local <= now_local
            } else {
                before.0 < time.at && time.at <= now.0
            }
        })
        .collect();
    passed.sort_by_key(|time| time.at);
    passed
}

/// The day to which an instant belongs in the history: one that begins at `day_starts`.
#[must_use]
pub fn day_of(day_starts: NaiveTime, zone: Zone, now: DateTime<Utc>) -> NaiveDate {
    let local = zone.local(now).naive_local();
    let yesterday = local.date().pred_opt().unwrap_or(local.date());
    if local.time() < day_starts {
        yesterday
    } else {
        local.date()
    }
}

/// Enough days to find the last and the next of any time of day, in any zone and after any jump.
fn days_around(zone: Zone, now: DateTime<Utc>) -> impl Iterator<Item = NaiveDate> {
    let today = zone.local(now).date_naive();
    let first = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    first.iter_days().take(4)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::core::config::{DayOfWeek, HourRange};

    fn zone(name: &str) -> Zone {
        Zone::Named(name.parse().unwrap())
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    fn hours(days: &[(&str, &str, &str)]) -> Hours {
        let mut hours = Hours {
            days: BTreeMap::new(),
        };
        for (day, start, end) in days {
            let range = HourRange {
                start: time(start),
                end: time(end),
            };
            let day = DayOfWeek::from_key(day).unwrap();
            hours.days.entry(day).or_default().push(range);
        }
        hours
    }

    #[test]
    fn the_end_is_not_part_of_the_hours() {
        let hours = hours(&[("mon", "09:00:00", "18:00:00")]);
        let berlin = zone("Europe/Berlin");
        for (now, inside) in [
            ("2026-03-02T07:59:59Z", false),
            ("2026-03-02T08:00:00Z", true),
            ("2026-03-02T16:59:59Z", true),
            ("2026-03-02T17:00:00Z", false),
        ] {
            let found = matches!(hours_at(&hours, berlin, utc(now)), HoursAt::Inside { .. });
            assert_eq!(found, inside, "{now}");
        }
    }

    #[test]
    fn a_night_shift_belongs_to_the_day_on_which_it_begins() {
        let hours = hours(&[("fri", "22:00:00", "06:00:00")]);
        let saturday_morning = hours_at(&hours, Zone::UTC, utc("2026-03-07T05:59:59Z"));
        assert_eq!(
            saturday_morning,
            HoursAt::Inside {
                began: "2026-03-06T22:00:00".parse().unwrap(),
                since: utc("2026-03-06T22:00:00Z"),
                until: Some(utc("2026-03-07T06:00:00Z")),
            }
        );
    }

    #[test]
    fn a_night_shift_is_an_hour_shorter_or_longer_when_the_clock_changes() {
        let hours = hours(&[("sat", "22:00:00", "06:00:00")]);
        let berlin = zone("Europe/Berlin");
        for (now, length) in [
            ("2026-03-28T23:00:00Z", 7),
            ("2026-10-24T23:00:00Z", 9),
            ("2026-02-14T23:00:00Z", 8),
        ] {
            let HoursAt::Inside {
                since,
                until: Some(until),
                ..
            } = hours_at(&hours, berlin, utc(now))
            else {
                panic!("outside at {now}")
            };
            assert_eq!(until - since, TimeDelta::hours(length), "{now}");
        }
    }

    #[test]
    fn ranges_that_touch_are_one() {
        let hours = hours(&[
            ("mon", "09:00:00", "12:00:00"),
            ("mon", "12:00:00", "18:00:00"),
        ]);
        let noon = hours_at(&hours, Zone::UTC, utc("2026-03-02T12:00:00Z"));
        assert!(matches!(noon, HoursAt::Inside { since, until, .. }
            if since == utc("2026-03-02T09:00:00Z") && until == Some(utc("2026-03-02T18:00:00Z"))));
    }

    #[test]
    fn hours_around_the_clock_never_end() {
        let days: Vec<_> = DayOfWeek::ALL
            .iter()
            .map(|day| (day.key(), "00:00:00", "00:00:00"))
            .collect();
        let always = hours_at(&hours(&days), Zone::UTC, utc("2026-03-02T12:00:00Z"));
        assert!(matches!(always, HoursAt::Inside { until: None, .. }));
    }

    #[test]
    fn hours_on_no_day_never_begin() {
        let never = hours_at(&hours(&[]), Zone::UTC, utc("2026-03-02T12:00:00Z"));
        assert_eq!(never, HoursAt::Outside { until: None });
    }

    #[test]
    fn the_next_six_o_clock_is_seven_eight_or_nine_hours_after_eleven_at_night() {
        let berlin = zone("Europe/Berlin");
        for (now, hours) in [
            ("2026-03-02T22:00:00Z", 7),
            ("2026-03-28T22:00:00Z", 6),
            ("2026-10-24T21:00:00Z", 8),
        ] {
            let showing = next_showing(time("06:00:00"), berlin, utc(now));
            assert_eq!(showing.at - utc(now), TimeDelta::hours(hours), "{now}");
        }
    }

    #[test]
    fn a_time_shown_twice_is_next_shown_at_the_second_in_between() {
        let berlin = zone("Europe/Berlin");
        // 02:40, ten minutes after the first half past two.
        let between = utc("2026-10-25T00:40:00Z");
        let showing = next_showing(time("02:30:00"), berlin, between);
        assert_eq!(showing.at, utc("2026-10-25T01:30:00Z"));
        // A reminder at half past two has come already.
        let reminder = next_of(&[time("02:30:00")], &[], berlin, between).unwrap();
        assert_eq!(reminder.at, utc("2026-10-26T01:30:00Z"));
    }

    #[test]
    fn a_time_of_day_is_passed_once_at_its_very_second() {
        let eleven = [time("11:00:00")];
        let at = |text| (utc(text), Zone::UTC);
        for (before, now, times) in [
            ("2026-03-02T10:00:00Z", "2026-03-02T10:59:59Z", 0),
            ("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z", 1),
            ("2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z", 0),
            ("2026-03-02T12:00:00Z", "2026-03-02T10:00:00Z", 0),
        ] {
            assert_eq!(passed(&eleven, at(before), at(now)).len(), times, "{now}");
        }
    }

    #[test]
    fn a_journey_east_passes_what_the_local_clock_jumps_over() {
        let instant = utc("2026-03-02T09:00:00Z");
        let passed = passed(
            &[time("09:30:00"), time("10:30:00")],
            (instant, zone("Europe/London")),
            (instant, zone("Europe/Berlin")),
        );
        assert_eq!(passed.len(), 1);
    }

    #[test]
    fn a_day_begins_at_four_in_the_morning() {
        let four = time("04:00:00");
        for (now, day) in [
            ("2026-03-02T03:59:59Z", "2026-03-01"),
            ("2026-03-02T04:00:00Z", "2026-03-02"),
        ] {
            assert_eq!(day_of(four, Zone::UTC, utc(now)), day.parse().unwrap());
        }
    }
}
