//! Whether a sensor notices what it should: somebody does it, and watches what is seen.

use std::time::Duration;

use super::Reason;
use crate::text::{text, text_with};

/// How long it is watched.
const LASTS: Duration = Duration::from_mins(1);

/// One test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// What is tested.
    pub reason: Reason,
    /// When it began, on the window's clock.
    begun: Duration,
    /// It was so already.
    was_on: bool,
    /// What was seen since, with the time of day.
    changes: Vec<(bool, String)>,
    over: bool,
}

impl Trial {
    /// Begins now; `on`: it is so already.
    #[must_use]
    pub fn new(reason: Reason, now: Duration, on: bool) -> Self {
        Self {
            reason,
            begun: now,
            was_on: on,
            changes: Vec::new(),
            over: false,
        }
    }

    /// It is so, or not, since this time of day.
    pub fn hear(&mut self, on: bool, at: &str) {
        let before = self.changes.last().map_or(self.was_on, |(on, _)| *on);
        if self.over || before == on {
            return;
        }
        self.changes.push((on, at.to_owned()));
        // Who has seen it begin and end knows enough.
        self.over = !on;
    }

    /// Time passes; how much of it is left.
    pub fn go_on(&mut self, now: Duration) -> Option<Duration> {
        let left = (self.begun + LASTS).saturating_sub(now);
        self.over |= left.is_zero();
        (!self.over).then_some(left)
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Whether anything was seen.
    #[must_use]
    pub fn has_seen(&self) -> bool {
        !self.changes.is_empty()
    }

    /// What to do while it lasts.
    #[must_use]
    pub fn task(&self) -> String {
        if self.was_on && self.changes.is_empty() && self.reason != Reason::Away {
            return text("hold-test-is-on");
        }
        text(match self.reason {
            Reason::Quiet => "hold-test-quiet",
            Reason::Meeting => "hold-test-meeting",
            Reason::Fullscreen => "hold-test-fullscreen",
            Reason::Locked => "hold-test-locked",
            Reason::Away => "hold-test-away",
            Reason::Apps => "hold-test-apps",
            // The clock needs no test.
            Reason::Hours => "hold-test-hours",
        })
    }

    /// What was seen so far; nothing before the first change.
    #[must_use]
    pub fn seen(&self) -> Option<String> {
        let at = |wanted: bool| {
            let mut changes = self.changes.iter().filter(|(on, _)| *on == wanted);
            changes.next().map(|(_, at)| at.clone())
        };
        match (at(true), at(false)) {
            (Some(on), Some(off)) => Some(text_with(
                "hold-seen-both",
                &[("on", on.into()), ("off", off.into())],
            )),
            (Some(on), None) if self.over => {
                Some(text_with("hold-seen-stays", &[("on", on.into())]))
            }
            (Some(on), None) => Some(text_with("hold-seen-on", &[("on", on.into())])),
            (None, Some(off)) => Some(text_with("hold-seen-off", &[("off", off.into())])),
            (None, None) => self.over.then(|| text("hold-seen-nothing")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);

    fn after(seconds: u64) -> Duration {
        NOW + Duration::from_secs(seconds)
    }

    #[test]
    fn what_begins_and_ends_is_seen_with_its_times() {
        let mut trial = Trial::new(Reason::Locked, NOW, false);
        assert_eq!(trial.task(), text("hold-test-locked"));
        assert_eq!(trial.seen(), None);
        trial.hear(false, "14:03:05");
        assert_eq!(trial.seen(), None, "that is no news");
        trial.hear(true, "14:03:10");
        assert_eq!(trial.seen().as_deref(), Some("Seen: on at 14:03:10"));
        assert!(trial.go_on(after(10)).is_some());
        trial.hear(false, "14:03:12");
        assert!(trial.is_over());
        assert_eq!(
            trial.seen().as_deref(),
            Some("Seen: on at 14:03:10, off again at 14:03:12")
        );
        trial.hear(true, "14:04:00");
        assert_eq!(
            trial.seen().as_deref(),
            Some("Seen: on at 14:03:10, off again at 14:03:12")
        );
    }

    #[test]
    fn it_lasts_a_minute() {
        let mut trial = Trial::new(Reason::Quiet, NOW, false);
        assert_eq!(trial.go_on(after(59)), Some(Duration::from_secs(1)));
        assert_eq!(trial.go_on(after(60)), None);
        assert!(!trial.has_seen());
        assert!(trial.seen().unwrap().starts_with("Nothing was seen"));

        let mut trial = Trial::new(Reason::Quiet, NOW, false);
        trial.hear(true, "14:03:10");
        assert_eq!(trial.go_on(after(61)), None);
        assert!(trial.seen().unwrap().contains("still on"));
    }

    #[test]
    fn what_is_so_already_has_to_end() {
        let mut trial = Trial::new(Reason::Meeting, NOW, true);
        assert_eq!(trial.task(), text("hold-test-is-on"));
        trial.hear(true, "14:03:10");
        assert_eq!(trial.seen(), None);
        trial.hear(false, "14:03:12");
        assert!(trial.is_over());
        assert!(trial.seen().unwrap().contains("off at 14:03:12"));
    }
}
