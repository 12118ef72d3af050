//! The status of the program in sentences.

use std::time::Duration;

use crate::{
    core::span,
    ipc::wire::{ReminderStatus, Status},
    text::{text, text_with},
};

/// A few lines that end with a line break: what happens now, each reminder, what does not work.
#[must_use]
pub fn status(status: &Status) -> String {
    let mut lines = vec![now(status)];
    let several = status.reminders.len() > 1;
    for (id, reminder) in &status.reminders {
        if several || status.state == "working" {
            lines.push(one_reminder(id, reminder));
        }
    }
    if status.idle == "unknown" {
        lines.push(text("status-idle-unknown"));
    }
    match status.notifier.as_str() {
        "gone" => lines.push(text("status-notifier-gone")),
        "no-buttons" => lines.push(text("status-notifier-no-buttons")),
        _ => {}
    }
    lines.extend(status.problems.iter().cloned());
    lines.join("\n") + "\n"
}

/// The first line: what the program does now.
fn now(status: &Status) -> String {
    match status.state.as_str() {
        "paused" => match &status.paused_until {
            Some(until) => text_with("status-paused-until", &[("until", clock(until).into())]),
            None => text("status-paused"),
        },
        "held" => {
            let reasons: Vec<String> = status.reasons.iter().map(|word| reason(word)).collect();
            text_with("status-held", &[("reasons", reasons.join(", ").into())])
        }
        "announced" => text("status-announced"),
        "on_break" => text("status-on-break"),
        _ => match &status.next {
            Some(next) if next.in_s > 0.0 => {
                let snoozed = (status.reminders.get(&next.reminder)).is_some_and(|r| r.snoozes > 0);
                let id = if snoozed {
                    "status-snoozed"
                } else {
                    "status-next"
                };
                text_with(id, &[("time", roughly(next.in_s).into())])
            }
            Some(_) => text("status-waits-for-lull"),
            None => text("status-nothing-due"),
        },
    }
}

fn one_reminder(id: &str, reminder: &ReminderStatus) -> String {
    let work = roughly(reminder.work_s);
    match reminder.due_in_s {
        Some(due) if due > 0.0 => text_with(
            "status-reminder",
            &[
                ("id", id.to_owned().into()),
                ("work", work.into()),
                ("due", roughly(due).into()),
            ],
        ),
        Some(_) => text_with(
            "status-reminder-due",
            &[("id", id.to_owned().into()), ("work", work.into())],
        ),
        None => text_with(
            "status-reminder-open",
            &[("id", id.to_owned().into()), ("work", work.into())],
        ),
    }
}

/// A reason to hold back, in words.
#[must_use]
pub fn reason(word: &str) -> String {
    text(match word {
        "quiet" => "reason-quiet",
        "meeting" => "reason-meeting",
        "fullscreen" => "reason-fullscreen",
        "locked" => "reason-locked",
        "away" => "reason-away",
        "paused" => "reason-paused",
        "hours" => "reason-hours",
        _ => "reason-app",
    })
}

/// A time as people say it: whole minutes from two minutes up, rounded.
fn roughly(seconds: f64) -> String {
    let seconds = Duration::try_from_secs_f64(seconds.max(0.0))
        .unwrap_or_default()
        .as_secs();
    let shown = if seconds < 120 {
        seconds
    } else {
        (seconds + 30) / 60 * 60
    };
    span::format(Duration::from_secs(shown))
}

/// The time of day in an RFC 3339 text, as `HH:MM`.
fn clock(rfc3339: &str) -> String {
    chrono::DateTime::parse_from_rfc3339(rfc3339)
        .map_or_else(|_| rfc3339.to_owned(), |at| at.format("%H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::ipc::wire::{Next, STATUS_VERSION};

    fn working() -> Status {
        Status {
            v: STATUS_VERSION,
            version: "0.1.0".to_owned(),
            state: "working".to_owned(),
            reasons: Vec::new(),
            reminders: BTreeMap::from([(
                "upper-back".to_owned(),
                ReminderStatus {
                    work_s: 2220.0,
                    due_in_s: Some(1380.0),
                    snoozes: 0,
                    reasons: Vec::new(),
                },
            )]),
            next: Some(Next {
                reminder: "upper-back".to_owned(),
                in_s: 1380.0,
            }),
            current: None,
            paused_until: None,
            idle: "active".to_owned(),
            idle_source: Some("X11 IDLETIME".to_owned()),
            notifier: "ok".to_owned(),
            problems: Vec::new(),
        }
    }

    #[test]
    fn the_time_to_the_next_break_comes_first() {
        assert_eq!(
            status(&working()),
            "Next break in 23min of work.\nupper-back: 37min worked, 23min to go\n"
        );
    }

    #[test]
    fn a_held_break_says_why_it_waits() {
        let held = Status {
            state: "held".to_owned(),
            reasons: vec!["meeting".to_owned(), "quiet".to_owned()],
            ..working()
        };
        assert_eq!(
            status(&held).lines().next(),
            Some("A break waits: you are in a call, do not disturb is on.")
        );
    }

    #[test]
    fn what_does_not_work_is_said() {
        let blind = Status {
            idle: "unknown".to_owned(),
            notifier: "gone".to_owned(),
            ..working()
        };
        let said = status(&blind);
        assert!(
            said.contains("cannot tell whether you are at the keyboard"),
            "{said}"
        );
        assert!(said.contains("no notification service"), "{said}");
    }
}
