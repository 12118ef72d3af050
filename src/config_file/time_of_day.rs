//! Times of day as people write them, and as they probably meant them.

use chrono::NaiveTime;
use toml::value::Datetime;

/// A time of day as people write it in the file: `9:00` or `09:00`.
#[must_use]
pub fn time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// TOML has a notation of its own for times of day: `04:00`, without quotes.
pub fn bare_time(found: &Datetime) -> Option<NaiveTime> {
    let (None, None, Some(time)) = (&found.date, &found.offset, &found.time) else {
        return None;
    };
    let whole = time.second.unwrap_or(0) == 0 && time.nanosecond.unwrap_or(0) == 0;
    let minutes = NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), 0);
    minutes.filter(|_| whole)
}

/// What `9am`, `17h30` or `17.30` was probably meant to be.
pub fn likely_time(text: &str) -> Option<String> {
    let plain = text.trim().to_lowercase().replace(' ', "");
    let (digits, noon) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(digits), _) => (digits.to_owned(), Some(0)),
        (_, Some(digits)) => (digits.to_owned(), Some(12)),
        _ => (plain, None),
    };
    let digits = digits.trim_end_matches("uhr").trim_end_matches('h');
    let mut parts = digits.split([':', '.', 'h']);
    let mut hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next().map_or(Some(0), |minute| minute.parse().ok())?;
    if let Some(noon) = noon {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + noon;
    }
    // Midnight at the end of the day is midnight at the beginning of the next.
    if (hour, minute) == (24, 0) {
        hour = 0;
    }
    NaiveTime::from_hms_opt(hour, minute, 0).map(|time| time.format("%H:%M").to_string())
}
