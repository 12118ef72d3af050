//! What a caller over the bus may say: everything is looked at here before it goes any further.
//!
//! What is refused is never quoted when it may be long or may hold anything but plain letters.

use chrono::NaiveTime;

use super::service::Refusal;
use crate::{
    config_file,
    core::stretch::StretchId,
    text::{text, text_with},
};

/// The longest name of a reminder or a stretch, in bytes.
const LONGEST_NAME: usize = 64;

/// The longest path of a setting, in bytes.
const LONGEST_KEY: usize = 200;

/// The longest value of a setting, in bytes.
const LONGEST_VALUE: usize = 4096;

/// The longest pause, in seconds: a year.
const LONGEST_PAUSE: u32 = 366 * 24 * 3600;

/// The longest snooze, in seconds: a day.
const LONGEST_SNOOZE: u32 = 24 * 3600;

/// The longest meeting, in seconds: a day.
const LONGEST_MEETING: u32 = 24 * 3600;

/// The most days of history at once: a year.
const MOST_DAYS: u32 = 366;

/// A name, or nothing where it may be left out.
pub fn name(given: String) -> Result<Option<String>, Refusal> {
    if given.is_empty() {
        return Ok(None);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match given.len() <= LONGEST_NAME && given.chars().all(allowed) {
        true => Ok(Some(given)),
        false => Err(Refusal::BadValue(text("refused-name"))),
    }
}

/// The name of a stretch, which has to be there.
pub fn stretch(given: String) -> Result<StretchId, Refusal> {
    let named = name(given)?.map(StretchId);
    named.ok_or_else(|| Refusal::BadValue(text("refused-name")))
}

/// The length of a snooze in seconds; 0 stands for the one that the settings give.
pub fn snooze(seconds: u32) -> Result<u32, Refusal> {
    match seconds {
        0..=LONGEST_SNOOZE => Ok(seconds),
        _ => Err(too_long("refused-snooze-range", LONGEST_SNOOZE)),
    }
}

/// The length of a pause in seconds.
pub fn pause(seconds: u32) -> Result<u32, Refusal> {
    match seconds {
        1..=LONGEST_PAUSE => Ok(seconds),
        _ => Err(too_long("refused-pause-range", LONGEST_PAUSE)),
    }
}

/// The length of a meeting in seconds.
pub fn meeting(seconds: u32) -> Result<u32, Refusal> {
    match seconds {
        1..=LONGEST_MEETING => Ok(seconds),
        _ => Err(too_long("refused-meeting-range", LONGEST_MEETING)),
    }
}

/// A number of days.
pub fn days(days: u32) -> Result<u32, Refusal> {
    match days {
        1..=MOST_DAYS => Ok(days),
        _ => Err(too_long("refused-days-range", MOST_DAYS)),
    }
}

/// A time of day, `HH:MM`.
pub fn time(given: &str) -> Result<NaiveTime, Refusal> {
    let time = (given.len() <= "HH:MM".len()).then(|| config_file::time(given));
    time.flatten()
        .ok_or_else(|| Refusal::BadValue(text("refused-time")))
}

/// The path of a setting: nothing that would be anything else in the notation of the file.
pub fn key(given: String) -> Result<String, Refusal> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    match given.len() <= LONGEST_KEY && given.chars().all(allowed) {
        true => Ok(given),
        false => Err(Refusal::BadValue(text("refused-key"))),
    }
}

/// A value in the notation of the file, on one line.
pub fn value(given: String) -> Result<String, Refusal> {
    match given.len() <= LONGEST_VALUE && !given.chars().any(char::is_control) {
        true => Ok(given),
        false => Err(Refusal::BadValue(text_with(
            "refused-value",
            &[("most", LONGEST_VALUE.into())],
        ))),
    }
}

fn too_long(id: &'static str, most: u32) -> Refusal {
    Refusal::BadValue(text_with(id, &[("most", most.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        assert_eq!(name(String::new()).unwrap(), None);
        assert_eq!(
            name("upper-back_2".to_owned()).unwrap().unwrap(),
            "upper-back_2"
        );
        let long = "a".repeat(LONGEST_NAME);
        assert!(name(long.clone()).is_ok());
        for bad in [
            long + "a",
            "a b".into(),
            "a\nb".into(),
            "../x".into(),
            "ä".into(),
        ] {
            assert!(matches!(name(bad), Err(Refusal::BadValue(_))));
        }
        assert!(stretch(String::new()).is_err());
    }

    #[test]
    fn numbers_have_ends() {
        assert!(snooze(0).is_ok() && snooze(86_400).is_ok());
        assert!(snooze(86_401).is_err());
        assert!(pause(1).is_ok() && pause(LONGEST_PAUSE).is_ok());
        assert!(pause(0).is_err() && pause(u32::MAX).is_err());
        assert!(days(1).is_ok() && days(366).is_ok());
        assert!(days(0).is_err() && days(367).is_err());
    }

    #[test]
    fn times_are_times_of_day() {
        assert!(time("06:00").is_ok() && time("6:00").is_ok());
        for bad in ["", "24:00", "06:00:00", "6", "tomorrow", "+6:00"] {
            assert!(time(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_setting_is_one_key_and_one_value() {
        assert!(key("reminder.upper-back.every".to_owned()).is_ok());
        for bad in [
            "look.window = 1\n[[hook]]",
            "a b",
            "\"hook\".run",
            &"a".repeat(201),
        ] {
            assert!(key(bad.to_owned()).is_err(), "{bad}");
        }
        assert!(value("[\"a b\", \"ä\"]".to_owned()).is_ok());
        for bad in ["1\n[[hook]]", "\u{7f}", &"x".repeat(LONGEST_VALUE + 1)] {
            assert!(value(bad.to_owned()).is_err());
        }
    }
}
