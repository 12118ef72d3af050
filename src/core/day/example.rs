//! An example of each event, for whoever wants to see what a program that waits for it is given.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use super::Field;
use crate::core::{
    config::Config,
    schedule::{
        Story,
        effect::{By, Reason},
    },
    stretch::StretchId,
};

/// 2026-03-02 14:30 in UTC, a Monday, in seconds since 1970.
const SOMETIME: i64 = 1_772_461_800;

/// What examples are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The reminder it is about.
    pub reminder: String,
    /// The stretch it is about.
    pub stretch: StretchId,
    /// When a pause, or a meeting, ends.
    pub until: DateTime<FixedOffset>,
}

impl Example {
    /// With the first reminder of these settings, a stretch that everybody has, and some moment.
    #[must_use]
    pub fn with(config: &Config) -> Self {
        let reminder = config.reminders.first();
        Self {
            reminder: reminder.map_or_else(String::new, |reminder| reminder.id.clone()),
            stretch: StretchId("shoulder_roll".to_owned()),
            until: DateTime::from_timestamp(SOMETIME, 0)
                .unwrap_or_default()
                .fixed_offset(),
        }
    }

    /// An event with this name as it may happen; nothing where no event has it.
    #[must_use]
    pub fn of(&self, event: &str) -> Option<Story> {
        let reminder = self.reminder.clone();
        let stretches = vec![self.stretch.clone()];
        let until = Some(self.until);
        Some(match event {
            "due" => Story::Due { reminder },
            "held" => Story::Held {
                reminder,
                reasons: vec![Reason::Meeting],
            },
            "released" => Story::Released {
                reminder,
                reasons: vec![Reason::Meeting],
            },
            "announced" => Story::Announced {
                reminder,
                stretches,
                snoozes: 0,
            },
            "opened" => Story::Opened {
                reminder,
                stretches,
            },
            "started" => Story::Started {
                reminder,
                stretches,
            },
            "completed" => Story::Completed {
                reminder,
                stretches,
                stretched: Duration::from_secs(45),
            },
            "abandoned" => Story::Abandoned {
                reminder,
                stretches,
                stretched: Duration::from_secs(12),
            },
            "snoozed" => Story::Snoozed {
                reminder,
                length: Duration::from_mins(5),
                snoozes: 1,
                by: By::User,
            },
            "skipped" => Story::Skipped { reminder },
            "missed" => Story::Missed { reminder },
            "withdrawn" => Story::Withdrawn { reminder },
            "absorbed" => Story::Absorbed {
                by: reminder.clone(),
                reminder,
            },
            "natural_break" => Story::NaturalBreak {
                reminder,
                away: Duration::from_mins(7),
            },
            "paused" => Story::Paused { until },
            "resumed" => Story::Resumed,
            "in_meeting" => Story::InMeeting { until },
            "meeting_ends_soon" => Story::MeetingEndsSoon { until },
            "meeting_over" => Story::MeetingOver,
            "hours_began" => Story::HoursBegan,
            "hours_ended" => Story::HoursEnded,
            _ => return None,
        })
    }
}

/// An event as variables for programs: `UNHUNCH_EVENT`, and one for each of its keys. Lists are
/// joined by commas, and what is nothing is empty.
#[must_use]
pub fn variables(story: &Story) -> Vec<(String, String)> {
    let mut variables = vec![("UNHUNCH_EVENT".to_owned(), story.event().to_owned())];
    for (key, field) in story.fields() {
        let value = match field {
            Field::Null => String::new(),
            Field::Text(text) => text,
            Field::Whole(number) => number.to_string(),
            Field::List(texts) => texts.join(","),
            // No event has one; and if one had, it would be in the details.
            Field::Table(_) => continue,
        };
        variables.push((format!("UNHUNCH_{}", key.to_uppercase()), value));
    }
    variables
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::day::EVENTS;

    #[test]
    fn there_is_an_example_of_every_event() {
        let example = Example {
            reminder: "eyes".to_owned(),
            stretch: StretchId("sphinx".to_owned()),
            until: "2026-03-02T14:00:00+01:00".parse().unwrap(),
        };
        for event in EVENTS {
            let story = example.of(event);
            assert_eq!(story.map(|story| story.event()), Some(event));
        }
        assert_eq!(example.of("nothing"), None);
        let paused = example.of("paused").unwrap();
        assert_eq!(
            variables(&paused)[1],
            (
                "UNHUNCH_UNTIL".to_owned(),
                "2026-03-02T14:00:00+01:00".to_owned()
            )
        );
    }
}
