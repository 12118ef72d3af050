//! Why breaks are held: what the schedule knows, joined with what the sensors say.

use chrono::{DateTime, FixedOffset};

use super::sensors::Sensors;
use crate::{
    core::schedule::{Hold, Holding, Status, effect::Reason},
    desktop::sense::Why,
    ipc::wire::Wait,
    sense_text,
    text::text,
};

/// Every reason, in the order of the schedule; one for each sensor that speaks for it.
pub fn waits(status: &Status, sensors: &Sensors) -> Vec<Wait> {
    let mut waits = Vec::new();
    for held in &status.holding {
        let plain = Wait {
            reason: held.reason.word().to_owned(),
            since: held.since.to_rfc3339(),
            until: held.until.map(|until| until.to_rfc3339()),
            text: sense_text::reason(&held.reason),
            release: sense_text::release(&held.reason),
            ..Wait::default()
        };
        let before = waits.len();
        waits.extend(told(held, status, &plain));
        if let Some(hold) = hold(&held.reason) {
            waits.extend(sensors.speaking_for(&hold).map(|(about, word)| Wait {
                sensor: Some(about.word().to_owned()),
                by: (!word.by.is_empty()).then(|| word.by.clone()),
                programs: match &word.why {
                    Why::Programs(programs) => programs.clone(),
                    Why::Told
                    | Why::NobodyToAsk
                    | Why::DoesNotTell
                    | Why::Failed(_)
                    | Why::Silent => Vec::new(),
                },
                text: sense_text::word(about, word),
                ..plain.clone()
            }));
        }
        if waits.len() == before {
            waits.push(plain);
        }
    }
    waits
}

/// The meeting that the user told of, which no sensor has to see.
fn told(held: &Holding, status: &Status, plain: &Wait) -> Option<Wait> {
    let meeting = status.meeting.filter(|_| held.reason == Reason::Meeting)?;
    Some(Wait {
        until: meeting.until.map(|until| until.to_rfc3339()),
        text: text("reason-meeting-told"),
        release: text("release-meeting-told"),
        ..plain.clone()
    })
}

/// Since when the break has waited that has waited longest.
pub fn waiting_since(status: &Status) -> Option<String> {
    let waiting = (status.reminders.iter())
        .filter(|reminder| !reminder.reasons.is_empty() || reminder.settled.is_some());
    earliest(waiting.filter_map(|reminder| reminder.due_since))
}

/// When the first break comes that has settled by then.
pub fn comes_at(status: &Status) -> Option<String> {
    earliest((status.reminders.iter()).filter_map(|reminder| reminder.settled))
}

fn earliest(times: impl Iterator<Item = DateTime<FixedOffset>>) -> Option<String> {
    times.min().map(|time| time.to_rfc3339())
}

/// What a sensor would hold breaks for, if this reason comes from one.
fn hold(reason: &Reason) -> Option<Hold> {
    match reason {
        Reason::Quiet => Some(Hold::Quiet),
        Reason::Meeting => Some(Hold::Meeting),
        Reason::Fullscreen => Some(Hold::Fullscreen),
        Reason::App(name) => Some(Hold::App(name.clone())),
        Reason::Locked | Reason::Away | Reason::Paused | Reason::Hours => None,
    }
}
