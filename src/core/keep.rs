//! How long the history is kept: for ever, or for some days, weeks, months or years.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

/// How long the history is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// Nothing goes by itself.
    #[default]
    Forever,
    /// What is older goes.
    For(Age),
}

/// From 7 days to 100 years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    count: u32,
    unit: Unit,
}

/// What an age is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Seven days.
    Weeks,
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
}

/// What there is to know of a unit.
struct Facts {
    unit: Unit,
    /// Its word for one and for several.
    words: [&'static str; 2],
    /// What it may be called else.
    short: &'static [&'static str],
    fewest: u32,
    most: u32,
}

impl Unit {
    const fn facts(self) -> Facts {
        let (words, short, fewest, most): (_, &'static [&'static str], _, _) = match self {
            Self::Days => (["day", "days"], &["d"], 7, 36_525),
            Self::Weeks => (["week", "weeks"], &["w", "wk", "wks"], 1, 5_217),
            Self::Months => (["month", "months"], &["mo", "mos", "mth", "mths"], 1, 1_200),
            Self::Years => (["year", "years"], &["y", "yr", "yrs"], 1, 100),
        };
        Facts {
            unit: self,
            words,
            short,
            fewest,
            most,
        }
    }
}

const UNITS: [Facts; 4] = [
    Unit::Days.facts(),
    Unit::Weeks.facts(),
    Unit::Months.facts(),
    Unit::Years.facts(),
];

/// Words that mean [`Keep::Forever`].
const FOREVER: [&str; 8] = [
    "forever",
    "for ever",
    "always",
    "all",
    "everything",
    "unlimited",
    "infinite",
    "endless",
];

/// Why a text does not say how long.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// Less than 7 days.
    #[error("less than 7 days")]
    TooShort,
    /// More than 100 years.
    #[error("more than 100 years")]
    TooLong,
    /// Something else.
    #[error("neither \"forever\" nor a number of days, weeks, months or years")]
    Unreadable {
        /// What was probably meant.
        instead: Option<String>,
    },
}

impl Keep {
    /// For so many of these.
    ///
    /// # Errors
    /// If that is less than 7 days, or more than 100 years.
    pub fn new(count: u32, unit: Unit) -> Result<Self, KeepError> {
        let facts = unit.facts();
        if count < facts.fewest {
            return Err(KeepError::TooShort);
        }
        if count > facts.most {
            return Err(KeepError::TooLong);
        }
        Ok(Self::For(Age { count, unit }))
    }

    /// Reads `forever`, `1 year`, `6 months`, `2 weeks`, `90 days`.
    ///
    /// # Errors
    /// Says what is wrong with the text and, where it can be told, what to write instead.
    pub fn parse(text: &str) -> Result<Self, KeepError> {
        let plain = text.trim().to_lowercase();
        if plain == FOREVER[0] {
            return Ok(Self::Forever);
        }
        let digits = plain.len() - plain.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, word) = plain.split_at(digits);
        let unit = UNITS
            .iter()
            .find(|facts| facts.words.contains(&word.trim()));
        match (unit, number.parse::<u32>()) {
            (Some(facts), Ok(count)) => Self::new(count, facts.unit),
            // More digits than a number can have.
            (Some(_), Err(_)) if digits > 0 => Err(KeepError::TooLong),
            (Some(_) | None, _) => Err(KeepError::Unreadable {
                instead: likely(&plain),
            }),
        }
    }

    /// The first day that is kept on this one; none where everything is.
    #[must_use]
    pub fn first_day(self, today: NaiveDate) -> Option<NaiveDate> {
        let Self::For(Age { count, unit }) = self else {
            return None;
        };
        match unit {
            Unit::Days => today.checked_sub_days(Days::new(count.into())),
            Unit::Weeks => today.checked_sub_days(Days::new(7 * u64::from(count))),
            Unit::Months => today.checked_sub_months(Months::new(count)),
            Unit::Years => today.checked_sub_months(Months::new(12 * count)),
        }
    }
}

/// As [`Keep::parse`] reads it.
impl fmt::Display for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forever => f.write_str(FOREVER[0]),
            Self::For(Age { count, unit }) => {
                let [one, several] = unit.facts().words;
                let word = if *count == 1 { one } else { several };
                write!(f, "{count} {word}")
            }
        }
    }
}

/// What somebody probably meant, as it can be read.
fn likely(plain: &str) -> Option<String> {
    if FOREVER.contains(&plain) {
        return Some(FOREVER[0].to_owned());
    }
    let spaced = plain
        .replace(['_', '-', ',', '+'], " ")
        .replace(" and ", " ");
    let (mut days, mut months) = (0.0, 0.0);
    let mut number = None;
    for word in words(&spaced) {
        match (
            word.parse::<f64>().ok().or_else(|| in_words(word)),
            unit_of(word),
        ) {
            (Some(more), _) => number = Some(number.unwrap_or(1.0) * more),
            (None, Some(unit)) => {
                let count = number.take()?;
                match unit {
                    Unit::Days => days += count,
                    Unit::Weeks => days += 7.0 * count,
                    Unit::Months => months += count,
                    Unit::Years => months += 12.0 * count,
                }
            }
            (None, None) => return None,
        }
    }
    // A number alone is one of days.
    days += number.unwrap_or_default();
    let (count, unit) = match (days > 0.0, months > 0.0) {
        (true, false) if days % 7.0 == 0.0 && plain.contains('w') => (days / 7.0, Unit::Weeks),
        (true, false) => (days, Unit::Days),
        (false, true) if months % 12.0 == 0.0 => (months / 12.0, Unit::Years),
        (false, true) => (months, Unit::Months),
        (true, true) | (false, false) => return None,
    };
    // Beyond that range it is refused below.
    let whole = count.round().clamp(0.0, 1e6) as u32;
    (f64::from(whole) - count).abs().lt(&0.01).then_some(())?;
    Keep::new(whole, unit).ok().map(|keep| keep.to_string())
}

/// The numbers and words of a text, also where no space is between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in text.split_whitespace() {
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        let end = part.len() - part.trim_start_matches(is_number).len();
        let (number, word) = part.split_at(end);
        words.extend([number, word].into_iter().filter(|it| !it.is_empty()));
    }
    words
}

fn in_words(word: &str) -> Option<f64> {
    match word {
        "a" | "an" | "one" => Some(1.0),
        "half" => Some(0.5),
        "two" => Some(2.0),
        "three" => Some(3.0),
        "four" => Some(4.0),
        "five" => Some(5.0),
        "six" => Some(6.0),
        "ten" => Some(10.0),
        "twelve" => Some(12.0),
        _ => None,
    }
}

fn unit_of(word: &str) -> Option<Unit> {
    let mut known = UNITS
        .iter()
        .filter(|facts| facts.words.contains(&word) || facts.short.contains(&word));
    known.next().map(|facts| facts.unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn first(keep: &str, today: &str) -> Option<NaiveDate> {
        Keep::parse(keep).unwrap().first_day(day(today))
    }

    #[test]
    fn lengths_are_read_as_people_write_them_and_written_back() {
        for text in [
            "forever",
            "7 days",
            "90 days",
            "1 week",
            "3 weeks",
            "1 month",
            "6 months",
            "1 year",
            "100 years",
        ] {
            assert_eq!(Keep::parse(text).unwrap().to_string(), text);
        }
        for (text, keep) in [
            ("1 years", "1 year"),
            ("2 year", "2 years"),
            (" 90days ", "90 days"),
            ("1 Year", "1 year"),
            ("Forever", "forever"),
        ] {
            assert_eq!(Keep::parse(text).unwrap().to_string(), keep);
        }
    }

    #[test]
    fn a_length_has_ends() {
        for text in ["6 days", "0 days", "0 weeks", "0 years"] {
            assert_eq!(Keep::parse(text), Err(KeepError::TooShort), "{text}");
        }
        for text in [
            "101 years",
            "1201 months",
            "36526 days",
            "9999999999999 days",
        ] {
            assert_eq!(Keep::parse(text), Err(KeepError::TooLong), "{text}");
        }
    }

    #[test]
    fn what_was_meant_is_said_where_it_can_be_told() {
        for (text, instead) in [
            ("always", Some("forever")),
            ("1y", Some("1 year")),
            ("6mo", Some("6 months")),
            ("90", Some("90 days")),
            ("90d", Some("90 days")),
            ("2w", Some("2 weeks")),
            ("a year", Some("1 year")),
            ("half a year", Some("6 months")),
            ("1.5 years", Some("18 months")),
            ("1 year 6 months", Some("18 months")),
            ("1 year and 2 weeks", None),
            ("two weeks", Some("2 weeks")),
            ("3", None),
            ("0.3 months", None),
            ("5h", None),
            ("soon", None),
            ("", None),
            ("never", None),
            ("-3 days", None),
        ] {
            let instead = instead.map(str::to_owned);
            assert_eq!(
                Keep::parse(text),
                Err(KeepError::Unreadable { instead }),
                "{text}"
            );
        }
    }

    #[test]
    fn months_and_years_are_those_of_the_calendar() {
        assert_eq!(first("forever", "2026-03-31"), None);
        assert_eq!(first("7 days", "2026-03-05"), Some(day("2026-02-26")));
        assert_eq!(first("2 weeks", "2026-03-05"), Some(day("2026-02-19")));
        assert_eq!(first("1 month", "2026-03-31"), Some(day("2026-02-28")));
        assert_eq!(first("1 year", "2028-02-29"), Some(day("2027-02-28")));
        assert_eq!(first("100 years", "2026-03-31"), Some(day("1926-03-31")));
    }
}
