//! The last seven days, as the window shows them.

use std::path::Path;

use chrono::{Days, NaiveTime};

use super::standing::{length, minutes};
use crate::{
    core::{
        stats::{
            self, Tally,
            review::{self, Areas, Calendar, Review},
            span::Span,
        },
        time::Moment,
    },
    gui::status::{Day, Week},
    store::Reader,
    text::{text, text_with},
};

/// Reads them. A history that cannot be read is an empty one here; the window with the history
/// says what is wrong with it.
pub fn last(history: &Path, now: &Moment, day_starts: NaiveTime) -> Week {
    let today = stats::day_of(now.utc, now.zone, day_starts);
    let span = Span {
        first: today.checked_sub_days(Days::new(6)).unwrap_or(today),
        last: today,
    };
    let mut credits = Vec::new();
    let since = span.starts(now.zone, day_starts).first().copied();
    let read = Reader::open(history).map_err(|notice| notice.text());
    let read = read.and_then(|reader| {
        let keep = |credit| {
            credits.push(credit);
            Ok(())
        };
        (reader.each_since(since, keep)).map_err(|error| format!("{error:#}"))
    });
    if let Err(why) = read {
        log::warn!("{why}");
    }
    let calendar = Calendar {
        span,
        zone: now.zone,
        day_starts,
    };
    week(&Review::of(&credits, calendar, &Areas::new()))
}

/// A week of days, the last of them today.
pub fn week(review: &Review) -> Week {
    let last = review.span.last;
    let days = review.days.iter();
    Week {
        days: days.map(|day| self::day(day, day.date == last)).collect(),
        said: said(&review.total),
    }
}

fn day(day: &review::Day, today: bool) -> Day {
    let tally = &day.tally;
    let refused = tally.abandoned + tally.skipped + tally.missed;
    let name = text(&format!("glance-{}", day.date.format("%a")).to_lowercase());
    let long = match today {
        true => text("glance-today"),
        false => text(&format!("glance-day-{}", day.date.format("%a")).to_lowercase()),
    };
    let counts = [
        ("glance-done", tally.completed),
        ("glance-away", tally.natural),
        ("glance-refused", refused),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(id, count)| text_with(id, &[("count", count.into())]))
        .collect();
    let what = if counts.is_empty() {
        text("glance-no-breaks")
    } else {
        counts.join(", ")
    };
    Day {
        name,
        said: text_with("glance-day", &[("day", long.into()), ("what", what.into())]),
        done: tally.completed,
        away: tally.natural,
        refused,
        today,
    }
}

fn said(total: &Tally) -> String {
    if total.completed == 0 {
        return text("glance-week-empty");
    }
    text_with(
        "glance-week-said",
        &[
            ("count", total.completed.into()),
            (
                "time",
                length(minutes(total.stretched.as_secs_f64())).into(),
            ),
        ],
    )
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::core::{
        schedule::{Credit, effect::Outcome},
        time::Zone,
    };

    #[test]
    fn the_week_ends_today_and_counts_what_became_of_breaks() {
        // A Monday.
        let now = DateTime::parse_from_rfc3339("2026-03-02T12:00:00Z").unwrap();
        let ago = |hours: i64, outcome| Credit {
            reminder: "upper-back".to_owned(),
            stretches: Vec::new(),
            due: None,
            announced: None,
            started: None,
            ended: now.to_utc() - TimeDelta::hours(hours),
            outcome,
            stretched: std::time::Duration::from_secs(40),
            snoozes: 0,
        };
        let credits = [
            ago(24, Outcome::Missed),
            ago(24, Outcome::Skipped),
            ago(3, Outcome::Natural),
            ago(2, Outcome::Completed),
            ago(1, Outcome::Completed),
        ];
        let day_starts = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        let last = now.date_naive();
        let calendar = Calendar {
            span: Span {
                first: last - Days::new(6),
                last,
            },
            zone: Zone::Named("UTC".parse().unwrap()),
            day_starts,
        };
        let week = week(&Review::of(&credits, calendar, &Areas::new()));
        let names: Vec<&str> = week.days.iter().map(|day| day.name.as_str()).collect();
        assert_eq!(names, ["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"]);
        assert_eq!(
            week.days[6].said,
            "Today: 2 done, 1 taken away from the desk"
        );
        assert_eq!(week.days[5].said, "Sunday: 2 not taken");
        assert_eq!(week.days[0].said, "Tuesday: no breaks");
        assert_eq!(week.said, "2 breaks, 3 min stretched");
        assert!(week.days[6].today);
    }

    #[test]
    fn a_history_that_is_not_there_is_an_empty_week() {
        let folder = tempfile::tempdir().unwrap();
        let now = crate::desktop::clock::now();
        let week = last(&folder.path().join("none.db"), &now, NaiveTime::MIN);
        assert_eq!(week.days.len(), 7);
        assert!(week.days.iter().all(|day| day.said.ends_with("no breaks")));
    }
}
