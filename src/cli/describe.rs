//! The status of the program in sentences.

use std::time::Duration;

use crate::{
    core::span,
    ipc::wire::{ReminderStatus, Status, Wait},
    text::{text, text_with},
};

/// A few lines that end with a line break: what happens now, each reminder, what does not work.
#[must_use]
pub fn status(status: &Status) -> String {
    let mut lines = vec![now(status)];
    lines.extend(besides(status));
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

/// How things stand with meetings: a line that ends with a line break.
#[must_use]
pub fn meeting(status: &Status) -> String {
    let line = match &status.meeting_until {
        Some(until) => text_with("meeting-until", &[("until", clock(until).into())]),
        None if status.reasons.iter().any(|reason| reason == "meeting") => text("meeting-seen"),
        None => text("meeting-none"),
    };
    line + "\n"
}

/// The first line: what the program does now.
#[must_use]
pub fn now(status: &Status) -> String {
    match status.state.as_str() {
        "paused" => match &status.paused_until {
            Some(until) => text_with("status-paused-until", &[("until", clock(until).into())]),
            None => text("status-paused"),
        },
        "held" => held(status),
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

/// Why a break waits.
fn held(status: &Status) -> String {
    let since = status.waiting_since.as_deref().map(clock);
    let whys: Vec<String> = status.waits.iter().map(why).collect();
    match (since, status.comes_at.as_deref(), whys.as_slice()) {
        (Some(since), _, [why]) => text_with(
            "status-held",
            &[
                ("since", since.into()),
                ("why", why.clone().into()),
                ("settle", roughly(status.settle_s).into()),
            ],
        ),
        (Some(since), _, [_, ..]) => {
            let values = [
                ("since", since.into()),
                ("settle", roughly(status.settle_s).into()),
            ];
            listed(text_with("status-held-several", &values), &whys)
        }
        (Some(since), Some(comes), []) => text_with(
            "status-settles",
            &[("since", since.into()), ("comes", clock(comes).into())],
        ),
        // A program of an earlier version answered.
        (None, _, _) | (_, None, []) => {
            let reasons: Vec<String> = status.reasons.iter().map(|word| reason(word)).collect();
            text_with(
                "status-held-plain",
                &[("reasons", reasons.join(", ").into())],
            )
        }
    }
}

/// What speaks against breaks while the first line is about something else.
fn besides(status: &Status) -> Option<String> {
    match status.state.as_str() {
        "paused" => {
            let since = status.waiting_since.as_deref()?;
            Some(text_with(
                "status-waits-too",
                &[("since", clock(since).into())],
            ))
        }
        "working" => {
            let whys: Vec<String> = status.waits.iter().map(why).collect();
            match whys.as_slice() {
                [] => None,
                [why] => Some(text_with(
                    "status-would-hold",
                    &[("why", why.clone().into())],
                )),
                [_, ..] => Some(listed(text("status-would-hold-several"), &whys)),
            }
        }
        _ => None,
    }
}

fn listed(first: String, lines: &[String]) -> String {
    let lines = lines.iter().map(|line| format!("\n  {line}"));
    first + &lines.collect::<String>()
}

/// One reason, with its times.
fn why(wait: &Wait) -> String {
    let since = clock(&wait.since);
    match &wait.until {
        None => text_with(
            "status-why",
            &[("text", wait.text.clone().into()), ("since", since.into())],
        ),
        Some(until) => text_with(
            "status-why-until",
            &[
                ("text", wait.text.clone().into()),
                ("since", since.into()),
                ("until", clock_after(until, &wait.since).into()),
            ],
        ),
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
pub fn clock(rfc3339: &str) -> String {
    chrono::DateTime::parse_from_rfc3339(rfc3339)
        .map_or_else(|_| rfc3339.to_owned(), |at| at.format("%H:%M").to_string())
}

/// The same, with the date where it is not the day of `before`.
fn clock_after(rfc3339: &str, before: &str) -> String {
    let date = |text: &str| text.get(..10).map(str::to_owned);
    match date(rfc3339) {
        Some(day) if date(before).as_ref() != Some(&day) => format!("{day} {}", clock(rfc3339)),
        Some(_) | None => clock(rfc3339),
    }
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
            waits: Vec::new(),
            waiting_since: None,
            settle_s: 60.0,
            comes_at: None,
            reminders: BTreeMap::from([(
                "upper-back".to_owned(),
                ReminderStatus {
                    work_s: 2220.0,
                    due_in_s: Some(1380.0),
                    due_at: Some("2026-03-02T10:00:00+01:00".to_owned()),
                    snoozes: 0,
                    reasons: Vec::new(),
                },
            )]),
            next: Some(Next {
                reminder: "upper-back".to_owned(),
                in_s: 1380.0,
                at: Some("2026-03-02T10:00:00+01:00".to_owned()),
            }),
            current: None,
            paused_until: None,
            meeting_until: None,
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

    fn wait(text: &str, since: &str) -> Wait {
        Wait {
            since: format!("2026-03-02T{since}:07+01:00"),
            text: text.to_owned(),
            ..Wait::default()
        }
    }

    fn held(waits: Vec<Wait>) -> Status {
        Status {
            state: "held".to_owned(),
            reasons: vec!["meeting".to_owned(), "quiet".to_owned()],
            waits,
            waiting_since: Some("2026-03-02T10:04:31+01:00".to_owned()),
            ..working()
        }
    }

    #[test]
    fn a_held_break_says_why_it_waits_and_since_when() {
        let call = || wait("Firefox uses the microphone (PulseAudio)", "09:58");
        assert_eq!(
            status(&held(vec![call()])),
            "A break waits since 10:04: Firefox uses the microphone (PulseAudio), since 09:58. \
             It comes 1min after that ends.\n"
        );
        let dunst = wait("do-not-disturb is on (dunst)", "10:01");
        assert_eq!(
            status(&held(vec![dunst, call()])),
            "A break waits since 10:04, and comes 1min after all of this has ended:\n  \
             do-not-disturb is on (dunst), since 10:01\n  \
             Firefox uses the microphone (PulseAudio), since 09:58\n"
        );
    }

    #[test]
    fn a_break_that_settles_says_when_it_comes() {
        let settles = Status {
            comes_at: Some("2026-03-02T10:32:00+01:00".to_owned()),
            ..held(Vec::new())
        };
        assert_eq!(
            status(&settles),
            "A break waits since 10:04, and comes at 10:32 unless something new speaks against it.\n"
        );
    }

    #[test]
    fn the_end_of_a_reason_is_told_where_it_is_known_with_the_date_if_it_is_another_day() {
        let hours = Status {
            waits: vec![Wait {
                until: Some("2026-03-03T09:00:00+01:00".to_owned()),
                ..wait("it is outside your working hours", "18:00")
            }],
            ..working()
        };
        assert_eq!(
            status(&hours).lines().nth(1),
            Some(
                "A break would have to wait: it is outside your working hours, \
                 since 18:00, until 2026-03-03 09:00."
            )
        );
    }

    #[test]
    fn a_program_of_an_earlier_version_is_understood() {
        let json = serde_json::to_value(held(Vec::new())).unwrap();
        let mut json = json.as_object().unwrap().clone();
        for new in ["waits", "waiting_since", "settle_s", "comes_at"] {
            json.remove(new);
        }
        let older: Status = serde_json::from_value(json.into()).unwrap();
        assert_eq!(
            status(&older),
            "A break waits: you are in a call, do-not-disturb is on.\n"
        );
    }

    #[test]
    fn a_meeting_that_the_user_told_of_has_an_end() {
        let meets = Status {
            meeting_until: Some("2026-03-02T15:30:00+01:00".to_owned()),
            ..working()
        };
        assert!(meeting(&meets).contains("15:30"), "{}", meeting(&meets));
        let seen = Status {
            reasons: vec!["meeting".to_owned()],
            ..working()
        };
        assert!(meeting(&seen).contains("microphone"), "{}", meeting(&seen));
        assert!(meeting(&working()).contains("unhunch meeting on"));
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
