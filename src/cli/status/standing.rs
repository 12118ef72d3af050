//! How things stand, as the window shows it.

use std::time::Duration;

use crate::{
    cli::describe::clock,
    core::config::{Config, When},
    gui::status::{Doing, Standing},
    ipc::wire::{Next, Status},
    text::{text, text_with},
};

/// The ring of what comes by the clock is whole this long before, in seconds.
const BY_THE_CLOCK: f64 = 3600.0;

/// Nothing runs.
pub fn not_running() -> Standing {
    Standing {
        doing: Doing::NotRunning,
        headline: text("glance-not-running"),
        details: vec![text("glance-not-running-details")],
        snooze: None,
        meeting: None,
    }
}

/// What the running program says.
pub fn running(status: &Status, config: &Config) -> Standing {
    let doing = doing(status, config);
    Standing {
        headline: headline(status, &doing),
        details: details(status),
        snooze: snooze(status),
        meeting: (config.hold.meeting).then_some(status.meeting_until.is_some()),
        doing,
    }
}

fn doing(status: &Status, config: &Config) -> Doing {
    match status.state.as_str() {
        "paused" => Doing::Paused,
        "held" => Doing::Held,
        "announced" => Doing::Announced,
        "on_break" => Doing::OnBreak,
        _ => match status.next.as_ref().filter(|_| !outside_hours(status)) {
            Some(next) => Doing::Working {
                left: left(status, next, config),
                minutes: Some(minutes(next.in_s)),
            },
            None => Doing::Working {
                left: 0.0,
                minutes: None,
            },
        },
    }
}

fn outside_hours(status: &Status) -> bool {
    status.reasons.iter().any(|reason| reason == "hours")
}

/// How much of the way to the next break is left, 0 to 1.
fn left(status: &Status, next: &Next, config: &Config) -> f32 {
    let Some(known) = status.reminders.get(&next.reminder) else {
        return 0.0;
    };
    let reminder = (config.reminders.iter()).find(|reminder| reminder.id == next.reminder);
    let whole = if known.snoozes > 0 {
        let used = usize::try_from(known.snoozes - 1).unwrap_or(usize::MAX);
        let snoozes = &config.schedule.snooze;
        let length = snoozes.get(used).or(snoozes.last());
        length.map_or(BY_THE_CLOCK, Duration::as_secs_f64)
    } else {
        match reminder.map(|reminder| &reminder.when) {
            Some(When::Every(every)) => every.as_secs_f64(),
            Some(When::At(_)) | None => BY_THE_CLOCK,
        }
    };
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    let left = (next.in_s / whole.max(1.0)).clamp(0.0, 1.0) as f32;
    left
}

/// In whole minutes, rounded up.
pub fn minutes(seconds: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "minutes of a day"
    )]
    let minutes = (seconds.max(0.0) / 60.0).ceil() as u32;
    minutes
}

fn headline(status: &Status, doing: &Doing) -> String {
    match doing {
        Doing::NotRunning => text("glance-not-running"),
        Doing::Held => text("glance-held"),
        Doing::Announced => text("glance-announced"),
        Doing::OnBreak => text("glance-on-break"),
        Doing::Paused => match &status.paused_until {
            Some(until) => text_with("glance-paused-until", &[("until", clock(until).into())]),
            None => text("glance-paused"),
        },
        Doing::Working { .. } if outside_hours(status) => text("glance-outside-hours"),
        Doing::Working { minutes: None, .. } => text("glance-nothing"),
        Doing::Working {
            minutes: Some(0), ..
        } => text("glance-waits-for-lull"),
        Doing::Working {
            minutes: Some(minutes),
            ..
        } => {
            let snoozed = (status.next.as_ref())
                .and_then(|next| status.reminders.get(&next.reminder))
                .is_some_and(|reminder| reminder.snoozes > 0);
            let id = if snoozed {
                "glance-snoozed"
            } else {
                "glance-next"
            };
            text_with(id, &[("time", length(*minutes).into())])
        }
    }
}

fn details(status: &Status) -> Vec<String> {
    let mut details: Vec<String> = match status.state.as_str() {
        "held" => {
            let why = status.waits.iter().map(|wait| wait.text.clone());
            why.map(|why| text_with("glance-because", &[("why", why.into())]))
                .collect()
        }
        "working" => {
            let several = status.reminders.len() > 1;
            let next = status.next.iter().filter(|_| several);
            next.map(|next| {
                let name = next.reminder.clone();
                text_with("glance-which", &[("name", name.into())])
            })
            .collect()
        }
        _ => Vec::new(),
    };
    let meeting = status.meeting_until.as_deref();
    details.extend(
        meeting.map(|until| text_with("glance-meeting-until", &[("until", clock(until).into())])),
    );
    if status.idle == "unknown" {
        details.push(text("glance-idle-unknown"));
    }
    details.extend(status.problems.first().cloned());
    details
}

fn snooze(status: &Status) -> Option<String> {
    let seconds = status.current.as_ref()?.snooze_s?;
    let length = length(minutes(seconds));
    Some(text_with("glance-snooze", &[("time", length.into())]))
}

/// So many minutes as people say it.
pub fn length(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => text_with("tray-minutes", &[("minutes", minutes.into())]),
        (hours, 0) => text_with("tray-hours", &[("hours", hours.into())]),
        (hours, minutes) => text_with(
            "tray-hours-minutes",
            &[("hours", hours.into()), ("minutes", minutes.into())],
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn status(change: &serde_json::Value) -> Status {
        let mut status = json!({
            "v": 1, "version": "0.1.0", "state": "working", "reasons": [],
            "reminders": {"upper-back": {
                "work_s": 2220.0, "due_in_s": 1380.0, "snoozes": 0, "reasons": []
            }},
            "next": {"reminder": "upper-back", "in_s": 1380.0},
            "current": null, "paused_until": null, "idle": "active", "notifier": "ok",
            "problems": [],
        });
        for (key, value) in change.as_object().unwrap() {
            status[key] = value.clone();
        }
        serde_json::from_value(status).unwrap()
    }

    fn shown(change: &serde_json::Value) -> Standing {
        running(&status(change), &Config::default())
    }

    #[test]
    fn the_way_to_the_next_break_is_a_ring_and_a_number() {
        let shown = shown(&json!({}));
        let Doing::Working {
            left,
            minutes: Some(23),
        } = shown.doing
        else {
            panic!("{:?}", shown.doing)
        };
        assert!((left - 23.0 / 60.0).abs() < 0.001, "{left}");
        assert_eq!(shown.headline, "Next break in 23 min of work");
        assert_eq!(shown.details, [] as [&str; 0]);
        assert_eq!(shown.meeting, Some(false));
    }

    #[test]
    fn a_snoozed_break_has_a_ring_of_its_own() {
        let shown = shown(&json!({
            "reminders": {"upper-back": {
                "work_s": 3600.0, "due_in_s": 150.0, "snoozes": 1, "reasons": []
            }},
            "next": {"reminder": "upper-back", "in_s": 150.0},
        }));
        let Doing::Working { left, .. } = shown.doing else {
            panic!("{:?}", shown.doing)
        };
        assert!((left - 0.5).abs() < 0.001, "{left}");
        assert_eq!(shown.headline, "Snoozed: you are asked again in 3 min");
    }

    #[test]
    fn what_waits_says_why() {
        let held = shown(&json!({
            "state": "held", "reasons": ["meeting"],
            "waits": [{
                "reason": "meeting", "since": "2026-03-02T10:00:00+01:00", "until": null,
                "sensor": "microphone", "by": "PulseAudio", "programs": ["Zoom"],
                "text": "the microphone is in use by Zoom", "release": "the end of the call"
            }],
        }));
        assert_eq!(held.doing, Doing::Held);
        assert_eq!(held.details, ["Because the microphone is in use by Zoom"]);
    }

    #[test]
    fn an_announced_break_says_how_long_a_snooze_would_be() {
        let announced = |snooze: serde_json::Value| {
            shown(&json!({
                "state": "announced",
                "current": {"reminder": "upper-back", "stretches": ["sphinx"], "snooze_s": snooze},
            }))
        };
        assert_eq!(
            announced(json!(300.0)).snooze.as_deref(),
            Some("Snooze 5 min")
        );
        assert_eq!(announced(json!(null)).snooze, None);
    }

    #[test]
    fn outside_of_the_hours_no_break_is_coming_up() {
        let shown = shown(&json!({"reasons": ["hours"]}));
        assert_eq!(shown.headline, "It is outside your working hours");
        assert!(matches!(shown.doing, Doing::Working { minutes: None, .. }));
    }
}
