//! One suggestion at a time, from what became of the breaks of some weeks.
//!
//! A suggestion is only made where the figures are clear, and never again once the user has
//! dismissed it: [`Suggestion::key`] is what has to be remembered for that.

use std::{collections::BTreeSet, time::Duration};

use chrono::{NaiveTime, TimeDelta};

use super::{
    super::{
        config::{DayOfWeek, HourRange, Hours},
        stretch::{Area, StretchId},
    },
    review::{Answers, Review},
};

/// So many days have to lie between the first break that is looked at and the last.
pub const DAYS: usize = 28;
/// So many days of those need a break, or there is too little to go by.
const DAYS_WITH_BREAKS: usize = 10;
/// So often breaks were announced in an hour of the day, or a stretch was offered, at least.
const OFTEN: u32 = 6;
/// So long before the hour in which breaks are refused they would end.
const EARLIER: TimeDelta = TimeDelta::minutes(30);
/// The parts of the body that nobody who sits all day should leave out.
const WANTED: [Area; 4] = [
    Area::Neck,
    Area::Shoulders,
    Area::Chest,
    Area::ThoracicSpine,
];

/// Something that may suit the user better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// The last breaks of the day are mostly refused: end them before.
    EndEarlier {
        /// The hour in which they are refused, 12 to 23.
        hour: u32,
        /// When to end them.
        at: NaiveTime,
    },
    /// A stretch is refused nearly always: leave it out.
    LeaveOut {
        /// Which.
        stretch: StretchId,
        /// How often it was refused.
        times: u32,
    },
    /// A part of the body was never stretched: look for something for it.
    Neglected {
        /// Which.
        area: Area,
    },
}

impl Suggestion {
    /// By which it is known once it was dismissed.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::EndEarlier { hour, .. } => format!("end-earlier-{hour}"),
            Self::LeaveOut { stretch, .. } => format!("leave-out-{stretch}"),
            Self::Neglected { area } => format!("neglected-{}", area.word()),
        }
    }
}

/// The first suggestion that the figures support and that was not dismissed. `days` is how many
/// days ago the very first break was, over all of the history.
#[must_use]
pub fn suggest(review: &Review, days: usize, dismissed: &BTreeSet<String>) -> Option<Suggestion> {
    let with_breaks = (review.days.iter())
        .filter(|day| !day.tally.is_empty())
        .count();
    if days < DAYS || with_breaks < DAYS_WITH_BREAKS {
        return None;
    }
    let all = [end_earlier(review), leave_out(review), neglected(review)];
    let new = |suggestion: &Suggestion| !dismissed.contains(&suggestion.key());
    all.into_iter().flatten().find(new)
}

/// Working hours that end earlier on every day. Where there were none, and breaks come at any time,
/// a day then lasts from its beginning until then. Hours over midnight stay as they are.
#[must_use]
pub fn ended_at(hours: Option<&Hours>, day_starts: NaiveTime, at: NaiveTime) -> Hours {
    let whole = HourRange {
        start: day_starts,
        end: at,
    };
    let Some(hours) = hours else {
        return Hours {
            days: DayOfWeek::ALL.map(|day| (day, vec![whole])).into(),
        };
    };
    let mut hours = hours.clone();
    for ranges in hours.days.values_mut() {
        ranges.retain(|range| range.start < at || range.end <= range.start);
        for range in ranges {
            if range.start < range.end {
                range.end = range.end.min(at);
            }
        }
    }
    hours
}

/// The first hour from noon on from which nearly all breaks are refused, until the end of the day.
fn end_earlier(review: &Review) -> Option<Suggestion> {
    let refused = |answers: &Answers| answers.refused() * 10 >= answers.asked() * 6;
    let hour = (12..24).find(|hour| {
        let (first, later) = (&review.hours[*hour], &review.hours[*hour + 1..]);
        first.asked() >= OFTEN && refused(first) && later.iter().all(refused)
    })?;
    let hour = u32::try_from(hour).ok()?;
    let (at, _) = NaiveTime::from_hms_opt(hour, 0, 0)?.overflowing_sub_signed(EARLIER);
    Some(Suggestion::EndEarlier { hour, at })
}

/// The stretch that was refused most often, if it was hardly ever done.
fn leave_out(review: &Review) -> Option<Suggestion> {
    let disliked = |times: u32, skipped: u32| skipped >= OFTEN && times * 5 <= skipped;
    let (stretch, done) = (review.stretches.iter())
        .filter(|(_, done)| disliked(done.times, done.skipped))
        .max_by_key(|(_, done)| done.skipped)?;
    Some(Suggestion::LeaveOut {
        stretch: stretch.clone(),
        times: done.skipped,
    })
}

/// The first part of the body, from the head down, that was never stretched, though others were.
fn neglected(review: &Review) -> Option<Suggestion> {
    if review.total.completed < OFTEN * 3 {
        return None;
    }
    let never = |area: &Area| review.areas.contains(&(*area, Duration::ZERO));
    let area = WANTED.into_iter().find(never)?;
    Some(Suggestion::Neglected { area })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::core::stats::{
        Tally,
        review::{Day, Done},
        span::Span,
    };

    /// Four weeks in which all was well.
    fn well() -> Review {
        let span = Span::weeks(NaiveDate::from_ymd_opt(2026, 3, 2).unwrap(), 4);
        let tally = Tally {
            completed: 4,
            ..Tally::default()
        };
        let days = span.days().map(|date| Day {
            date,
            tally,
            sitting: None,
        });
        let mut hours = [Answers::default(); 24];
        for hour in &mut hours[9..18] {
            hour.started = 12;
        }
        Review {
            span,
            days: days.collect(),
            total: Tally {
                completed: 112,
                ..Tally::default()
            },
            hours,
            stretches: Vec::new(),
            areas: Area::ALL
                .map(|area| (area, Duration::from_secs(60)))
                .to_vec(),
        }
    }

    fn suggested(review: &Review) -> Option<Suggestion> {
        suggest(review, 40, &BTreeSet::new())
    }

    #[test]
    fn nothing_is_suggested_where_all_is_well() {
        assert_eq!(suggested(&well()), None);
    }

    #[test]
    fn breaks_that_are_refused_at_the_end_of_the_day_may_end_earlier() {
        let mut review = well();
        review.hours[17] = Answers {
            started: 3,
            skipped: 6,
            missed: 3,
            snoozed: 0,
        };
        let at = NaiveTime::from_hms_opt(16, 30, 0).unwrap();
        let earlier = Suggestion::EndEarlier { hour: 17, at };
        assert_eq!(suggested(&review), Some(earlier.clone()));
        let dismissed = BTreeSet::from([earlier.key()]);
        assert_eq!(suggest(&review, 40, &dismissed), None, "dismissed for good");
        review.hours[18].started = 1;
        assert_eq!(suggested(&review), None, "later ones are taken");
    }

    #[test]
    fn too_few_refusals_say_nothing() {
        let mut review = well();
        review.hours[17] = Answers {
            skipped: OFTEN - 1,
            ..Answers::default()
        };
        assert_eq!(suggested(&review), None);
    }

    #[test]
    fn a_stretch_that_is_always_refused_may_be_left_out() {
        let mut review = well();
        let id = |id: &str| StretchId(id.to_owned());
        let done = |times, skipped| Done {
            times,
            skipped,
            stretched: Duration::ZERO,
        };
        review.stretches = vec![
            (id("chin_tuck"), done(9, 8)),
            (id("eagle_arms"), done(1, 7)),
            (id("wall_angels"), done(0, 2)),
        ];
        let stretch = id("eagle_arms");
        let leave_out = Suggestion::LeaveOut { stretch, times: 7 };
        assert_eq!(suggested(&review), Some(leave_out));
    }

    #[test]
    fn a_part_of_the_body_that_was_never_stretched_is_named() {
        let mut review = well();
        for (area, stretched) in &mut review.areas {
            if matches!(area, Area::Chest | Area::Wrists) {
                *stretched = Duration::ZERO;
            }
        }
        let chest = Suggestion::Neglected { area: Area::Chest };
        assert_eq!(suggested(&review), Some(chest));
    }

    #[test]
    fn working_hours_end_earlier_and_the_rest_of_them_stays() {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
        let range = |start, end| HourRange {
            start: time(start),
            end: time(end),
        };
        let [monday, tuesday, ..] = DayOfWeek::ALL;
        let hours = Hours {
            days: [
                (
                    monday,
                    vec![range("09:00", "12:30"), range("13:00", "18:00")],
                ),
                (
                    tuesday,
                    vec![range("16:45", "18:00"), range("22:00", "06:00")],
                ),
            ]
            .into(),
        };
        let at = time("16:30");
        let ended = ended_at(Some(&hours), time("04:00"), at);
        let both = vec![range("09:00", "12:30"), range("13:00", "16:30")];
        assert_eq!(ended.days[&monday], both);
        assert_eq!(ended.days[&tuesday], [range("22:00", "06:00")]);
        let anew = ended_at(None, time("04:00"), at);
        assert_eq!(anew.days.len(), 7);
        assert_eq!(anew.days[&monday], [range("04:00", "16:30")]);
    }

    #[test]
    fn the_first_month_is_for_getting_to_know_each_other() {
        let mut review = well();
        review.hours[17] = Answers {
            skipped: 20,
            ..Answers::default()
        };
        assert_eq!(suggest(&review, DAYS - 1, &BTreeSet::new()), None);
        assert!(suggest(&review, DAYS, &BTreeSet::new()).is_some());
    }
}
