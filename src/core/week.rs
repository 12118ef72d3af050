//! Working hours of a week as they are painted: filled and cleared piece by piece.
//!
//! A day owns the hours that begin on it, also those that last into the next morning. What is
//! filled or cleared is what one sees on a day, whichever day it belongs to. Days that a change
//! does not touch stay as they are written.

use chrono::{NaiveTime, Timelike as _};

use super::config::{DayOfWeek, HourRange, Hours};

/// The minutes of a day.
pub const DAY: u32 = 24 * 60;

/// A piece of a day in minutes since its midnight, without the last one: `(540, 600)` is the hour
/// from nine to ten. The second is the larger; beyond [`DAY`] it is on the next day.
pub type Piece = (u32, u32);

/// The hours that begin on a day, in order; those that touch are one.
#[must_use]
pub fn own(hours: &Hours, day: DayOfWeek) -> Vec<Piece> {
    let ranges = hours.days.get(&day).map_or(&[][..], Vec::as_slice);
    union(ranges.iter().map(|range| minutes(*range)))
}

/// The part of this day that belongs to the hours of the day before.
#[must_use]
pub fn since_yesterday(hours: &Hours, day: DayOfWeek) -> Vec<Piece> {
    let before = own(hours, day.before()).into_iter();
    before
        .filter(|(_, end)| *end > DAY)
        .map(|(start, end)| (start.saturating_sub(DAY), end - DAY))
        .collect()
}

/// Everything that is filled of a day from midnight to midnight, in order.
#[must_use]
pub fn seen(hours: &Hours, day: DayOfWeek) -> Vec<Piece> {
    let own = own(hours, day).into_iter();
    let own = own.filter(|(start, _)| *start < DAY);
    let own = own.map(|(start, end)| (start, end.min(DAY)));
    union(own.chain(since_yesterday(hours, day)))
}

/// Whether this minute of a day is filled.
#[must_use]
pub fn is_filled(hours: &Hours, day: DayOfWeek, minute: u32) -> bool {
    let mut seen = seen(hours, day).into_iter();
    seen.any(|(start, end)| (start..end).contains(&minute))
}

/// Fills a piece of a day. What is filled already stays with the day to which it belongs.
pub fn fill(hours: &mut Hours, day: DayOfWeek, piece: Piece) {
    let new = without(&[piece], &since_yesterday(hours, day));
    add(hours, day, new);
}

/// Clears a piece of a day, also of what lasts into it from the day before.
pub fn clear(hours: &mut Hours, day: DayOfWeek, piece: Piece) {
    let (start, end) = piece;
    for (day, piece) in [(day.before(), (start + DAY, end + DAY)), (day, piece)] {
        let all = own(hours, day);
        let left = without(&all, &[piece]);
        if left != all {
            put(hours, day, left);
        }
    }
}

/// Gives a day these hours, as somebody has typed them; none: no hours begin on it.
pub fn set(hours: &mut Hours, day: DayOfWeek, mut ranges: Vec<HourRange>) {
    ranges.sort_by_key(|range| minutes(*range));
    ranges.dedup();
    let overlap = |pair: &[HourRange]| minutes(pair[1]).0 < minutes(pair[0]).1;
    if ranges.windows(2).any(overlap) {
        put(hours, day, union(ranges.into_iter().map(minutes)));
    } else if ranges.is_empty() {
        hours.days.remove(&day);
    } else {
        hours.days.insert(day, ranges);
    }
}

/// Whether no hours are left at all, so that they would never begin.
#[must_use]
pub fn is_empty(hours: &Hours) -> bool {
    hours.days.values().all(Vec::is_empty)
}

fn add(hours: &mut Hours, day: DayOfWeek, new: Vec<Piece>) {
    let before = own(hours, day);
    let all = union(before.iter().copied().chain(new));
    if all != before {
        put(hours, day, all);
    }
}

/// Gives a day these pieces. What begins on the next day, and what is too long to be written as
/// one, goes to the next day.
fn put(hours: &mut Hours, day: DayOfWeek, pieces: Vec<Piece>) {
    let mut ranges = Vec::new();
    let mut next = Vec::new();
    for (start, end) in pieces {
        // As long as a day is written only from midnight to midnight.
        let longest = if start == 0 { DAY } else { start + DAY - 1 };
        if start >= DAY {
            next.push((start - DAY, end - DAY));
        } else if end > longest {
            ranges.push(range((start, DAY)));
            next.push((0, end - DAY));
        } else {
            ranges.push(range((start, end)));
        }
    }
    if ranges.is_empty() {
        hours.days.remove(&day);
    } else {
        hours.days.insert(day, ranges);
    }
    if !next.is_empty() {
        add(hours, day.next(), next);
    }
}

/// These pieces in order; those that overlap or touch are one.
fn union(pieces: impl Iterator<Item = Piece>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = pieces.collect();
    pieces.sort_unstable();
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for (start, end) in pieces {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// What is left of these pieces.
fn without(pieces: &[Piece], gone: &[Piece]) -> Vec<Piece> {
    let mut left = pieces.to_vec();
    for (from, to) in gone {
        let cut = |(start, end): Piece| [(start, end.min(*from)), (start.max(*to), end)];
        left = left.into_iter().flat_map(cut).collect();
        left.retain(|(start, end)| start < end);
    }
    left
}

fn minutes(range: HourRange) -> Piece {
    let of = |time: NaiveTime| time.hour() * 60 + time.minute();
    let (start, end) = (of(range.start), of(range.end));
    (start, if end <= start { end + DAY } else { end })
}

fn range((start, end): Piece) -> HourRange {
    HourRange {
        start: time_at(start),
        end: time_at(end),
    }
}

/// The time on the clock so many minutes after midnight.
#[must_use]
pub fn time_at(minute: u32) -> NaiveTime {
    let minute = minute % DAY;
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn day(key: &str) -> DayOfWeek {
        DayOfWeek::from_key(key).unwrap()
    }

    fn week(days: &[(&str, &[Piece])]) -> Hours {
        let mut hours = Hours::default();
        for (key, pieces) in days {
            let ranges = pieces.iter().map(|piece| range(*piece)).collect();
            hours.days.insert(day(key), ranges);
        }
        hours
    }

    /// Every minute of the week, filled or not.
    fn filled(hours: &Hours) -> Vec<bool> {
        let mut week = vec![false; 7 * DAY as usize];
        for (number, day) in DayOfWeek::ALL.into_iter().enumerate() {
            for range in hours.days.get(&day).into_iter().flatten() {
                let (start, end) = minutes(*range);
                for minute in start..end {
                    let at = (number * DAY as usize + minute as usize) % week.len();
                    week[at] = true;
                }
            }
        }
        week
    }

    #[test]
    fn hours_grow_shrink_and_fall_apart() {
        let mut hours = Hours::default();
        let monday = day("mon");
        fill(&mut hours, monday, (540, 750));
        fill(&mut hours, monday, (750, 1080));
        assert_eq!(hours, week(&[("mon", &[(540, 1080)])]));
        clear(&mut hours, monday, (750, 795));
        assert_eq!(hours, week(&[("mon", &[(540, 750), (795, 1080)])]));
        clear(&mut hours, monday, (0, DAY));
        assert!(is_empty(&hours) && hours.days.is_empty());
    }

    #[test]
    fn the_morning_after_a_night_shift_is_cleared_where_one_sees_it() {
        let night = &[("fri", &[(1320, 1800)][..])];
        let mut hours = week(night);
        assert_eq!(since_yesterday(&hours, day("sat")), [(0, 360)]);
        assert_eq!(seen(&hours, day("fri")), [(1320, DAY)]);
        clear(&mut hours, day("sat"), (60, 120));
        let split = week(&[("fri", &[(1320, 1500)]), ("sat", &[(120, 360)])]);
        assert_eq!(hours, split);

        let mut hours = week(night);
        clear(&mut hours, day("fri"), (1380, DAY));
        let apart = week(&[("fri", &[(1320, 1380)]), ("sat", &[(0, 360)])]);
        assert_eq!(hours, apart, "the morning has nothing to begin from");

        let mut hours = week(night);
        fill(&mut hours, day("sat"), (300, 600));
        let longer = week(&[("fri", &[(1320, 1800)]), ("sat", &[(360, 600)])]);
        assert_eq!(hours, longer, "the night stays with Friday");
    }

    #[test]
    fn sunday_night_lasts_into_monday() {
        let mut hours = week(&[("sun", &[(1320, 1800)])]);
        assert!(is_filled(&hours, day("mon"), 0));
        assert!(!is_filled(&hours, day("mon"), 360));
        clear(&mut hours, day("mon"), (0, DAY));
        assert_eq!(hours, week(&[("sun", &[(1320, DAY)])]));
    }

    #[test]
    fn what_is_typed_stays_as_it_is_typed_unless_it_overlaps() {
        let mut hours = Hours::default();
        let typed = vec![range((720, 1080)), range((540, 720))];
        set(&mut hours, day("tue"), typed);
        assert_eq!(hours, week(&[("tue", &[(540, 720), (720, 1080)])]));
        let overlapping = vec![range((600, 1080)), range((540, 720))];
        set(&mut hours, day("tue"), overlapping);
        assert_eq!(hours, week(&[("tue", &[(540, 1080)])]));
        set(&mut hours, day("tue"), Vec::new());
        assert!(hours.days.is_empty());
    }

    fn any_hours() -> impl Strategy<Value = Hours> {
        vec((0_usize..7, 0_u32..96, 1_u32..=96), 0..14).prop_map(|ranges| {
            let mut hours = Hours::default();
            for (number, start, length) in ranges {
                if start == 0 || length < 96 {
                    let day = hours.days.entry(DayOfWeek::ALL[number]).or_default();
                    day.push(range((start * 15, (start + length) * 15)));
                }
            }
            hours
        })
    }

    proptest! {
        #[test]
        fn a_stroke_changes_what_it_covers_and_nothing_else(
            hours in any_hours(),
            strokes in vec((any::<bool>(), 0_usize..7, 0_u32..96, 1_u32..=96), 1..6),
        ) {
            let mut hours = hours;
            for (fills, number, start, length) in strokes {
                let piece = (start * 15, ((start + length) * 15).min(DAY));
                let mut expected = filled(&hours);
                let from = number * DAY as usize;
                expected[from + piece.0 as usize..from + piece.1 as usize].fill(fills);
                let stroke = if fills { fill } else { clear };
                let day = DayOfWeek::ALL[number];
                stroke(&mut hours, day, piece);
                prop_assert!(filled(&hours) == expected, "{:?}", hours);
                prop_assert_eq!(is_filled(&hours, day, piece.0), fills);
                for ranges in hours.days.values() {
                    prop_assert!(!ranges.is_empty());
                    for range in ranges {
                        // The file knows no other day of twenty-four hours.
                        prop_assert!(range.start != range.end || range.start == NaiveTime::MIN);
                    }
                }
            }
        }

        #[test]
        fn what_is_seen_of_a_day_is_what_counts_on_it(hours in any_hours()) {
            let week = filled(&hours);
            for (number, day) in DayOfWeek::ALL.into_iter().enumerate() {
                let mut seen_minutes = vec![false; DAY as usize];
                for (start, end) in seen(&hours, day) {
                    seen_minutes[start as usize..end as usize].fill(true);
                }
                let from = number * DAY as usize;
                prop_assert!(seen_minutes == week[from..from + DAY as usize], "{:?}", hours);
            }
        }
    }
}
