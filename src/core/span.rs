//! Lengths of time as people write them: `90s`, `25min`, `1h 30min`.
//!
//! One form for the settings, the command line and the day language. A number without a unit is
//! refused on purpose: nobody remembers whether a bare 5 meant seconds or minutes.

use std::{fmt::Write as _, time::Duration};

/// The longest length that can be written, in hours: 366 days.
pub const MAX_HOURS: u64 = 366 * 24;

/// Why a text is not a length of time.
///
/// Where it is clear what was meant, `instead` holds the text to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Nothing but white space.
    #[error("a length of time is empty")]
    Empty,
    /// A number that says neither hours, minutes nor seconds.
    #[error("`{number}` has no unit")]
    NoUnit {
        /// The number as it was written.
        number: String,
    },
    /// A unit without a number before it, or something that is no number at all.
    #[error("`{found}` is not a number with a unit")]
    NoNumber {
        /// The part that cannot be read.
        found: String,
    },
    /// A unit that is not `h`, `min` or `s`.
    #[error("`{unit}` is not a unit of time")]
    UnknownUnit {
        /// The unit as it was written.
        unit: String,
        /// The whole text with units that can be read.
        instead: Option<String>,
    },
    /// A sign before a number.
    #[error("a length of time has no sign")]
    Signed,
    /// A number with a decimal point.
    #[error("`{number}` is not a whole number")]
    Fraction {
        /// The number as it was written.
        number: String,
        /// The same length in whole units.
        instead: Option<String>,
    },
    /// Units twice, or a smaller one before a larger one.
    #[error("units go from large to small, each at most once")]
    Order {
        /// The same length in the right order.
        instead: Option<String>,
    },
    /// Longer than [`MAX_HOURS`].
    #[error("a length of time may have at most {MAX_HOURS} hours")]
    TooLong,
}

/// Reads hours, minutes and seconds, in this order, each at most once, with or without spaces.
///
/// # Errors
/// Says what is wrong with the text and, where it can be told, what to write instead.
pub fn parse(text: &str) -> Result<Duration, SpanError> {
    let groups = groups(text)?;
    let mut last_seconds = u64::MAX;
    let mut total = Duration::ZERO;
    for group in &groups {
        let Some(unit_seconds) = exact_unit(group.unit) else {
            return Err(SpanError::UnknownUnit {
                unit: group.unit.to_owned(),
                instead: rewritten(&groups),
            });
        };
        let Ok(number) = group.number.parse::<u64>() else {
            return Err(not_whole(group, &groups));
        };
        if unit_seconds >= last_seconds {
            let instead = rewritten(&groups);
            return Err(SpanError::Order { instead });
        }
        last_seconds = unit_seconds;
        let seconds = number.checked_mul(unit_seconds).ok_or(SpanError::TooLong)?;
        total = total
            .checked_add(Duration::from_secs(seconds))
            .ok_or(SpanError::TooLong)?;
    }
    if total > Duration::from_secs(MAX_HOURS * 3600) {
        return Err(SpanError::TooLong);
    }
    Ok(total)
}

/// Writes a length of time in the form that [`parse`] reads: `1h 30min`, `20s`, `0s`.
///
/// Fractions of a second are dropped.
#[must_use]
pub fn format(span: Duration) -> String {
    let seconds = span.as_secs();
    let mut text = String::new();
    for (number, unit) in [
        (seconds / 3600, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ] {
        if number > 0 {
            let space = if text.is_empty() { "" } else { " " };
            write!(text, "{space}{number}{unit}").expect("a string takes every text");
        }
    }
    if text.is_empty() {
        text.push_str("0s");
    }
    text
}

/// A number and the unit behind it, as they were written.
struct Group<'a> {
    number: &'a str,
    unit: &'a str,
}

/// Cuts the text into numbers and units, whatever these are.
fn groups(text: &str) -> Result<Vec<Group<'_>>, SpanError> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(SpanError::Empty);
    }
    if rest.starts_with(['-', '+', '−']) {
        return Err(SpanError::Signed);
    }
    let mut groups = Vec::new();
    while !rest.is_empty() {
        let (number, behind) = split_where(rest, |c| c.is_ascii_digit() || matches!(c, '.' | ','));
        let (unit, behind) = split_where(behind.trim_start(), |c| {
            !c.is_ascii_digit() && !c.is_whitespace()
        });
        if !number.starts_with(|c: char| c.is_ascii_digit()) {
            let found = rest.split_whitespace().next().unwrap_or(rest).to_owned();
            return Err(SpanError::NoNumber { found });
        }
        if unit.is_empty() {
            let number = number.to_owned();
            return Err(SpanError::NoUnit { number });
        }
        groups.push(Group { number, unit });
        rest = behind.trim_start();
    }
    Ok(groups)
}

/// The longest beginning of which every character passes, and the rest.
fn split_where(text: &str, passes: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !passes(c)).unwrap_or(text.len()))
}

/// The seconds in a unit, as long as it is written in the one way we read.
fn exact_unit(unit: &str) -> Option<u64> {
    match unit {
        "h" => Some(3600),
        "min" => Some(60),
        "s" => Some(1),
        _ => None,
    }
}

/// The seconds in whatever the user is likely to have meant; for suggestions only.
fn likely_unit(unit: &str) -> Option<u64> {
    let unit = unit.trim_end_matches(['.', ',']).to_lowercase();
    match unit.as_str() {
        "w" | "week" | "weeks" => Some(7 * 24 * 3600),
        "d" | "day" | "days" => Some(24 * 3600),
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" => Some(3600),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60),
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1),
        _ => None,
    }
}

fn not_whole(group: &Group<'_>, groups: &[Group<'_>]) -> SpanError {
    if group.number.contains(['.', ',']) {
        SpanError::Fraction {
            number: group.number.to_owned(),
            instead: rewritten(groups),
        }
    } else {
        // Only digits, and still no number that fits.
        SpanError::TooLong
    }
}

/// The same length in a form that can be read, if every part of it can be guessed.
fn rewritten(groups: &[Group<'_>]) -> Option<String> {
    // A single whole number keeps its unit: somebody who wrote "90 minutes" thinks in minutes.
    if let [group] = groups
        && let Ok(number) = group.number.parse::<u64>()
        && let Some((unit, seconds)) = [("h", 3600), ("min", 60), ("s", 1)]
            .into_iter()
            .find(|(_, seconds)| likely_unit(group.unit) == Some(*seconds))
    {
        return (number.checked_mul(seconds)? <= MAX_HOURS * 3600)
            .then(|| format!("{number}{unit}"));
    }
    let mut total = 0.0;
    for group in groups {
        let number: f64 = group.number.replace(',', ".").parse().ok()?;
        total += number * likely_unit(group.unit).map(|seconds| seconds as f64)?;
    }
    (total <= (MAX_HOURS * 3600) as f64).then(|| format(Duration::from_secs(total.round() as u64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(s: u64) -> Duration {
        Duration::from_secs(s)
    }

    #[test]
    fn lengths_are_read_in_every_form_of_the_manual() {
        for (text, seconds) in [
            ("0s", 0),
            ("20s", 20),
            ("90s", 90),
            ("60min", 3600),
            ("60 min", 3600),
            ("1h", 3600),
            ("1h30min", 5400),
            ("1h 30min", 5400),
            (" 1h  30min 5s ", 5405),
            ("2h 5s", 7205),
            ("8784h", 8784 * 3600),
        ] {
            assert_eq!(parse(text), Ok(secs(seconds)), "{text:?}");
        }
    }

    #[test]
    fn a_length_that_cannot_be_read_comes_with_what_to_write() {
        let unknown = |unit: &str, instead: Option<&str>| SpanError::UnknownUnit {
            unit: unit.to_owned(),
            instead: instead.map(str::to_owned),
        };
        let fraction = |number: &str, instead: &str| SpanError::Fraction {
            number: number.to_owned(),
            instead: Some(instead.to_owned()),
        };
        let order = |instead: &str| SpanError::Order {
            instead: Some(instead.to_owned()),
        };
        for (text, error) in [
            ("", SpanError::Empty),
            ("  ", SpanError::Empty),
            (
                "60",
                SpanError::NoUnit {
                    number: "60".to_owned(),
                },
            ),
            (
                "1h 30",
                SpanError::NoUnit {
                    number: "30".to_owned(),
                },
            ),
            (
                "soon",
                SpanError::NoNumber {
                    found: "soon".to_owned(),
                },
            ),
            (
                "min 5",
                SpanError::NoNumber {
                    found: "min".to_owned(),
                },
            ),
            (
                ".5h",
                SpanError::NoNumber {
                    found: ".5h".to_owned(),
                },
            ),
            ("60 minutes", unknown("minutes", Some("60min"))),
            ("60m", unknown("m", Some("60min"))),
            ("60Min", unknown("Min", Some("60min"))),
            ("2 days", unknown("days", Some("48h"))),
            ("1 hour 30 minutes", unknown("hour", Some("1h 30min"))),
            (
                "1h and 5min",
                SpanError::NoNumber {
                    found: "and".to_owned(),
                },
            ),
            ("500ms", unknown("ms", None)),
            ("1.5h", fraction("1.5", "1h 30min")),
            ("0,5h", fraction("0,5", "30min")),
            ("30min 1h", order("1h 30min")),
            ("20s 20s", order("40s")),
            ("-5min", SpanError::Signed),
            ("8785h", SpanError::TooLong),
            ("99999999999999999999999s", SpanError::TooLong),
            ("18446744073709551615h", SpanError::TooLong),
        ] {
            assert_eq!(parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn lengths_are_written_as_they_are_read() {
        for (seconds, text) in [(0, "0s"), (20, "20s"), (90, "1min 30s"), (5400, "1h 30min")] {
            assert_eq!(format(secs(seconds)), text);
        }
        for seconds in (0..100_000).step_by(7) {
            assert_eq!(parse(&format(secs(seconds))), Ok(secs(seconds)));
        }
    }
}
