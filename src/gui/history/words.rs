//! Days, lengths and counts in words.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};

use crate::{
    core::{
        schedule::effect::Outcome,
        stats::{Tally, review::Answers, review::Sitting, span::Span},
        time::Zone,
    },
    text::{text, text_with},
};

/// All outcomes in the order in which they stand on each other.
pub const OUTCOMES: [Outcome; 5] = [
    Outcome::Completed,
    Outcome::Natural,
    Outcome::Abandoned,
    Outcome::Skipped,
    Outcome::Missed,
];

/// What an outcome is called.
pub fn outcome(outcome: Outcome) -> String {
    text(match outcome {
        Outcome::Completed => "past-completed",
        Outcome::Natural => "past-natural",
        Outcome::Abandoned => "past-abandoned",
        Outcome::Skipped => "past-skipped",
        Outcome::Missed => "past-missed",
        Outcome::Absorbed => "past-absorbed",
    })
}

/// How many there were of it.
pub fn count_of(tally: &Tally, outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Completed => tally.completed,
        Outcome::Natural => tally.natural,
        Outcome::Abandoned => tally.abandoned,
        Outcome::Skipped => tally.skipped,
        Outcome::Missed => tally.missed,
        Outcome::Absorbed => tally.absorbed,
    }
}

/// "3 done, 1 skipped"; "nothing" where there was nothing.
pub fn tally(tally: &Tally) -> String {
    let parts = OUTCOMES.into_iter().filter_map(|kind| {
        let count = count_of(tally, kind);
        (count > 0).then(|| counted(count, &outcome(kind)))
    });
    listed(parts)
}

/// "5 started, 2 snoozed, 1 skipped"; "nothing" where there was nothing.
pub fn answers(answers: &Answers) -> String {
    let all = [
        (answers.started, "past-answer-started"),
        (answers.snoozed, "past-answer-snoozed"),
        (answers.skipped, "past-answer-skipped"),
        (answers.missed, "past-answer-missed"),
    ];
    let parts = (all.into_iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, id)| counted(count, &text(id)));
    listed(parts)
}

fn counted(count: u32, what: &str) -> String {
    text_with(
        "past-counted",
        &[("count", count.into()), ("what", what.into())],
    )
}

fn listed(parts: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = parts.collect();
    if all.is_empty() {
        text("past-nothing")
    } else {
        all.join(", ")
    }
}

/// "8 min 40 s", "45 s", "3 h 20 min": the two largest parts.
pub fn length(length: Duration) -> String {
    let seconds = length.as_secs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let (id, large, small) = match (hours, minutes) {
        (0, 0) => ("past-seconds", rest, 0),
        (0, _) if rest == 0 => ("past-minutes", minutes, 0),
        (0, _) => ("past-minutes-seconds", minutes, rest),
        (_, 0) => ("past-hours", hours, 0),
        (_, _) => ("past-hours-minutes", hours, minutes),
    };
    text_with(id, &[("large", large.into()), ("small", small.into())])
}

/// "Tuesday, 3 March".
pub fn day(date: NaiveDate) -> String {
    text_with(
        "past-day",
        &[
            ("weekday", text(weekday(date)).into()),
            ("day", date.day().into()),
            ("month", month(date).into()),
        ],
    )
}

/// "3 March".
pub fn short_day(date: NaiveDate) -> String {
    text_with(
        "past-short-day",
        &[("day", date.day().into()), ("month", month(date).into())],
    )
}

/// "3 Mar", where there is little room.
pub fn mark(date: NaiveDate) -> String {
    let month: String = month(date).chars().take(3).collect();
    text_with(
        "past-short-day",
        &[("day", date.day().into()), ("month", month.into())],
    )
}

/// "2 to 8 March 2026", "23 February to 1 March 2026": as much as is needed to tell them.
pub fn span(span: Span) -> String {
    let (first, last) = (span.first, span.last);
    let same_year = first.year() == last.year();
    let id = match (same_year, same_year && first.month() == last.month()) {
        (_, true) => "past-span-month",
        (true, false) => "past-span-year",
        (false, false) => "past-span-years",
    };
    text_with(
        id,
        &[
            ("day", first.day().into()),
            ("first", short_day(first).into()),
            ("first_year", first.year().to_string().into()),
            ("last", short_day(last).into()),
            ("last_year", last.year().to_string().into()),
        ],
    )
}

/// "March".
pub fn month(date: NaiveDate) -> String {
    let all = text("past-months");
    let name = all.split(' ').nth(date.month0() as usize);
    name.unwrap_or_default().to_owned()
}

/// "Mon".
pub fn short_weekday(date: NaiveDate) -> String {
    let all = text("past-weekdays-short");
    let place = date.weekday().num_days_from_monday() as usize;
    all.split(' ').nth(place).unwrap_or_default().to_owned()
}

fn weekday(date: NaiveDate) -> &'static str {
    const IDS: [&str; 7] = [
        "past-monday",
        "past-tuesday",
        "past-wednesday",
        "past-thursday",
        "past-friday",
        "past-saturday",
        "past-sunday",
    ];
    IDS[date.weekday().num_days_from_monday() as usize]
}

/// "14:05".
pub fn time(at: DateTime<Utc>, zone: Zone) -> String {
    let local = zone.local(at);
    hour_and_minute(local.hour(), local.minute())
}

/// "14:05".
pub fn hour_and_minute(hour: u32, minute: u32) -> String {
    format!("{hour:02}:{minute:02}")
}

/// "3 h 20 min, from 09:10 to 12:30".
pub fn sitting(sitting: Sitting, zone: Zone) -> String {
    text_with(
        "past-sitting",
        &[
            ("length", length(sitting.length()).into()),
            ("from", time(sitting.from, zone).into()),
            ("to", time(sitting.to, zone).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_their_two_largest_parts() {
        for (seconds, said) in [
            (0, "0 s"),
            (45, "45 s"),
            (60, "1 min"),
            (520, "8 min 40 s"),
            (3600, "1 h"),
            (12_015, "3 h 20 min"),
        ] {
            assert_eq!(length(Duration::from_secs(seconds)), said);
        }
    }

    #[test]
    fn a_day_is_said_as_people_say_it() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
        assert_eq!(day(date), "Tuesday, 3 March");
        assert_eq!(short_day(date), "3 March");
        assert_eq!(short_weekday(date), "Tue");
    }

    #[test]
    fn spans_are_told_with_no_more_than_is_needed() {
        let date = |text: &str| text.parse().unwrap();
        for (first, last, said) in [
            ("2026-03-02", "2026-03-08", "2 to 8 March 2026"),
            ("2026-02-23", "2026-03-01", "23 February to 1 March 2026"),
            (
                "2025-12-29",
                "2026-01-04",
                "29 December 2025 to 4 January 2026",
            ),
        ] {
            let (first, last) = (date(first), date(last));
            assert_eq!(span(Span { first, last }), said);
        }
    }

    #[test]
    fn counts_name_only_what_there_was() {
        let three = Tally {
            completed: 3,
            skipped: 1,
            ..Tally::default()
        };
        assert_eq!(tally(&three), "3 done, 1 skipped");
        assert_eq!(tally(&Tally::default()), "nothing");
    }
}
