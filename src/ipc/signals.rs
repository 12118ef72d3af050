//! A signal of its own for each event of the schedule, beside the general `Event`.

use std::time::Duration;

use zbus::object_server::SignalEmitter;

use super::{
    news::time,
    service::{Call, Service},
};
use crate::core::{
    schedule::{Story, effect::Reason},
    stretch::StretchId,
};

/// Sends both signals for an event.
pub(super) async fn emit<F: Fn(Call) + Send + Sync + 'static>(
    to: &SignalEmitter<'_>,
    story: &Story,
    name: &str,
    details: &str,
) -> zbus::Result<()> {
    Service::<F>::event(to, name, details).await?;
    match story {
        Story::Due { reminder } => Service::<F>::due(to, reminder).await,
        Story::Held { reminder, reasons } => {
            Service::<F>::held(to, reminder, &words(reasons)).await
        }
        Story::Released { reminder, reasons } => {
            Service::<F>::released(to, reminder, &words(reasons)).await
        }
        Story::Announced {
            reminder,
            stretches,
            snoozes,
        } => Service::<F>::announced(to, reminder, &ids(stretches), *snoozes).await,
        Story::Opened {
            reminder,
            stretches,
        } => Service::<F>::opened(to, reminder, &ids(stretches)).await,
        Story::Started {
            reminder,
            stretches,
        } => Service::<F>::started(to, reminder, &ids(stretches)).await,
        Story::Completed {
            reminder,
            stretches,
            stretched,
        } => Service::<F>::completed(to, reminder, &ids(stretches), seconds(*stretched)).await,
        Story::Abandoned {
            reminder,
            stretches,
            stretched,
        } => Service::<F>::abandoned(to, reminder, &ids(stretches), seconds(*stretched)).await,
        Story::Snoozed {
            reminder,
            length,
            snoozes,
            by,
        } => Service::<F>::snoozed(to, reminder, seconds(*length), *snoozes, by.word()).await,
        Story::Skipped { reminder } => Service::<F>::skipped(to, reminder).await,
        Story::Missed { reminder } => Service::<F>::missed(to, reminder).await,
        Story::Withdrawn { reminder } => Service::<F>::withdrawn(to, reminder).await,
        Story::Absorbed { reminder, by } => Service::<F>::absorbed(to, reminder, by).await,
        Story::NaturalBreak { reminder, away } => {
            Service::<F>::natural_break(to, reminder, seconds(*away)).await
        }
        Story::Paused { until } => Service::<F>::paused(to, &time(until)).await,
        Story::Resumed => Service::<F>::resumed(to).await,
        Story::InMeeting { until } => Service::<F>::in_meeting(to, &time(until)).await,
        Story::MeetingEndsSoon { until } => Service::<F>::meeting_ends_soon(to, &time(until)).await,
        Story::MeetingOver => Service::<F>::meeting_over_signal(to).await,
        Story::HoursBegan => Service::<F>::hours_began(to).await,
        Story::HoursEnded => Service::<F>::hours_ended(to).await,
    }
}

fn ids(stretches: &[StretchId]) -> Vec<&str> {
    stretches.iter().map(|id| id.0.as_str()).collect()
}

/// Several programs are one word.
fn words(reasons: &[Reason]) -> Vec<&'static str> {
    let mut words: Vec<_> = reasons.iter().map(Reason::word).collect();
    words.dedup();
    words
}

fn seconds(length: Duration) -> u32 {
    u32::try_from(length.as_secs()).unwrap_or(u32::MAX)
}
