//! What the daemon tells whoever listens on the bus: events, and properties that have changed.
//!
//! Nothing here wakes the daemon. Times are published as times, not as what is left of them, so a
//! property changes only when something has happened.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};
use zbus::{Connection, Variant, object_server::SignalEmitter};

use super::{INTERFACE, OBJECT_PATH, service::Call, signals};
use crate::core::schedule::Story;

/// News that may wait for a slow bus before more is dropped.
const WAITING_NEWS: usize = 256;

/// Times that differ by less are the same: two clocks never agree to the millisecond.
const SAME_TIME: TimeDelta = TimeDelta::seconds(2);

/// What the properties of the interface show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// `working`, `held`, `announced`, `on_break` or `paused`.
    pub state: String,
    /// Why a due break waits.
    pub reasons: Vec<String>,
    /// When the pause ends; `None` when not paused or until resumed.
    pub paused_until: Option<DateTime<FixedOffset>>,
    /// When the meeting ends that the user told of; `None` when there is none.
    pub meeting_until: Option<DateTime<FixedOffset>>,
    /// Id of the reminder that comes next; empty when none ever does.
    pub next_reminder: String,
    /// When it comes if the user goes on as now; `None` when that is not known.
    pub next_break: Option<DateTime<FixedOffset>>,
    /// Id of the reminder whose break is announced or under way; empty when there is none.
    pub current_reminder: String,
    /// The stretches of that break.
    pub current_stretches: Vec<String>,
}

impl Properties {
    /// Takes what is new, and gives the properties that have changed, with their values.
    fn update(&mut self, mut new: Self) -> HashMap<&'static str, Variant<'static>> {
        steady(&self.paused_until, &mut new.paused_until);
        steady(&self.meeting_until, &mut new.meeting_until);
        steady(&self.next_break, &mut new.next_break);
        let old = std::mem::replace(self, new);
        // Times are compared as they are published: the same moment in another zone is news.
        let mut changed = HashMap::new();
        let mut note = |name, same: bool, value: Variant<'static>| {
            if !same {
                changed.insert(name, value);
            }
        };
        let texts = |texts: &[String]| Variant::from(texts.to_vec());
        note("State", old.state == self.state, self.state.clone().into());
        note("Reasons", old.reasons == self.reasons, texts(&self.reasons));
        note(
            "PausedUntil",
            time(&old.paused_until) == time(&self.paused_until),
            time(&self.paused_until).into(),
        );
        note(
            "MeetingUntil",
            time(&old.meeting_until) == time(&self.meeting_until),
            time(&self.meeting_until).into(),
        );
        note(
            "NextReminder",
            old.next_reminder == self.next_reminder,
            self.next_reminder.clone().into(),
        );
        note(
            "NextBreak",
            time(&old.next_break) == time(&self.next_break),
            time(&self.next_break).into(),
        );
        note(
            "CurrentReminder",
            old.current_reminder == self.current_reminder,
            self.current_reminder.clone().into(),
        );
        note(
            "CurrentStretches",
            old.current_stretches == self.current_stretches,
            texts(&self.current_stretches),
        );
        changed
    }
}

/// A time that is nearly the old one is the old one.
fn steady(old: &Option<DateTime<FixedOffset>>, new: &mut Option<DateTime<FixedOffset>>) {
    if let (Some(old), Some(time)) = (old, *new)
        && (*old - time).abs() < SAME_TIME
        && old.offset() == time.offset()
    {
        *new = Some(*old);
    }
}

/// A time as it is published: RFC 3339 in whole seconds, or nothing.
pub(super) fn time(time: &Option<DateTime<FixedOffset>>) -> String {
    time.as_ref().map(whole_seconds).unwrap_or_default()
}

/// A time as RFC 3339 in whole seconds.
#[must_use]
pub fn whole_seconds(time: &DateTime<FixedOffset>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The daemon's handle on what it serves. Never blocks.
#[derive(Clone)]
pub struct Served {
    news: async_channel::Sender<News>,
    shown: Arc<Mutex<Properties>>,
}

/// Something to send to whoever listens.
enum News {
    Event {
        story: Box<Story>,
        name: &'static str,
        details: String,
    },
    Changed(HashMap<&'static str, Variant<'static>>),
}

impl Served {
    /// Tells listeners that something happened: as a signal of its own, and as `Event` with this
    /// name and these details.
    pub fn tell(&self, story: &Story, name: &'static str, details: String) {
        let story = Box::new(story.clone());
        // A bus that takes nothing any more loses news, never the schedule.
        self.news
            .try_send(News::Event {
                story,
                name,
                details,
            })
            .ok();
    }

    /// Sets the properties, and tells listeners which of them changed.
    pub fn show(&self, properties: Properties) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = shown.update(properties);
        if !changed.is_empty() {
            self.news.try_send(News::Changed(changed)).ok();
        }
    }
}

/// A handle for the daemon, what the served object reads, and the future that carries news.
pub(super) fn channel<F: Fn(Call) + Send + Sync + 'static>(
    connection: Connection,
) -> (
    Served,
    Arc<Mutex<Properties>>,
    impl Future<Output = ()> + Send + 'static,
) {
    let shown = Arc::new(Mutex::new(Properties::default()));
    let (news, coming) = async_channel::bounded(WAITING_NEWS);
    let served = Served {
        news,
        shown: Arc::clone(&shown),
    };
    (served, shown, carry::<F>(connection, coming))
}

/// Sends what the daemon tells, in order, until the daemon is gone.
async fn carry<F: Fn(Call) + Send + Sync + 'static>(
    connection: Connection,
    coming: async_channel::Receiver<News>,
) {
    while let Ok(news) = coming.recv().await {
        if let Err(error) = send::<F>(&connection, news).await {
            log::warn!("telling the bus: {error}");
        }
    }
}

async fn send<F: Fn(Call) + Send + Sync + 'static>(
    connection: &Connection,
    news: News,
) -> zbus::Result<()> {
    match news {
        News::Event {
            story,
            name,
            details,
        } => {
            let emitter = SignalEmitter::new(connection, OBJECT_PATH)?;
            signals::emit::<F>(&emitter, &story, name, &details).await
        }
        News::Changed(changed) => {
            let gone: &[&str] = &[];
            connection
                .emit_signal(
                    None::<&str>,
                    OBJECT_PATH,
                    "org.freedesktop.DBus.Properties",
                    "PropertiesChanged",
                    &(INTERFACE, changed, gone),
                )
                .await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<DateTime<FixedOffset>> {
        Some(DateTime::parse_from_rfc3339(text).unwrap())
    }

    fn changed(shown: &mut Properties, new: Properties) -> Vec<&'static str> {
        let mut names: Vec<_> = shown.update(new).into_keys().collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn only_what_has_changed_is_told() {
        let mut shown = Properties::default();
        let working = Properties {
            state: "working".to_owned(),
            next_reminder: "upper-back".to_owned(),
            next_break: at("2026-03-02T10:00:00.4+01:00"),
            ..Properties::default()
        };
        assert_eq!(
            changed(&mut shown, working.clone()),
            ["NextBreak", "NextReminder", "State"]
        );
        assert_eq!(changed(&mut shown, working), [""; 0]);
    }

    #[test]
    fn clocks_that_drift_change_no_time() {
        let with = |text: &str| Properties {
            next_break: at(text),
            ..Properties::default()
        };
        let mut shown = with("2026-03-02T10:00:00.9+01:00");
        assert_eq!(
            changed(&mut shown, with("2026-03-02T10:00:02.8+01:00")),
            [""; 0]
        );
        assert_eq!(time(&shown.next_break), "2026-03-02T10:00:00+01:00");
        // Many small steps are a big one.
        assert_eq!(
            changed(&mut shown, with("2026-03-02T10:00:02.9+01:00")),
            ["NextBreak"]
        );
        // Somebody travels: the same moment has another name.
        assert_eq!(
            changed(&mut shown, with("2026-03-02T04:00:02.9-05:00")),
            ["NextBreak"]
        );
        assert_eq!(changed(&mut shown, Properties::default()), ["NextBreak"]);
    }
}
