//! Patience with a window: when it should have said something, and what to do if it has not.
//!
//! Pure; measured on the clock that stands still while the machine sleeps, so that a window is not
//! blamed for the night.

use std::time::Duration;

/// To the first frame, on a slow machine that draws in software.
const OPENING: Duration = Duration::from_secs(30);
/// From an order to the answer to it, and over the time a countdown should take.
const ANSWERING: Duration = Duration::from_secs(10);

/// What to do with a window that is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Ask whether it lives.
    Ping,
    /// It hangs.
    Kill,
}

/// What is expected of a window, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watchdog {
    due: Option<Duration>,
    then: Verdict,
}

impl Watchdog {
    /// The window was started at this moment.
    pub fn opening(awake: Duration) -> Self {
        Self {
            due: Some(awake + OPENING),
            then: Verdict::Kill,
        }
    }

    /// It waits for the user; nothing is expected.
    pub fn at_rest() -> Self {
        Self {
            due: None,
            then: Verdict::Ping,
        }
    }

    /// It should say something after this much time at the latest.
    pub fn working(awake: Duration, length: Duration) -> Self {
        Self {
            due: Some(awake + length + ANSWERING),
            then: Verdict::Ping,
        }
    }

    /// It was told to close.
    pub fn closing(awake: Duration) -> Self {
        Self {
            due: Some(awake + ANSWERING),
            then: Verdict::Kill,
        }
    }

    /// It answered a ping: late, but alive.
    pub fn alive(&mut self, awake: Duration) {
        if self.then == Verdict::Kill {
            *self = Self {
                due: Some(awake + ANSWERING * 3),
                then: Verdict::Ping,
            };
        }
    }

    /// When to look again.
    pub fn due(&self) -> Option<Duration> {
        self.due
    }

    /// What to do now, if anything. A ping that brings no answer is followed by a kill.
    pub fn verdict(&mut self, awake: Duration) -> Option<Verdict> {
        if self.due.is_none_or(|due| awake < due) {
            return None;
        }
        let verdict = self.then;
        *self = match verdict {
            Verdict::Ping => Self {
                due: Some(awake + ANSWERING),
                then: Verdict::Kill,
            },
            Verdict::Kill => Self {
                due: None,
                then: Verdict::Kill,
            },
        };
        Some(verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_countdown_that_does_not_end_is_asked_first_and_killed_when_it_does_not_answer() {
        let mut dog = Watchdog::working(s(100), s(45));
        assert_eq!(dog.verdict(s(154)), None);
        assert_eq!(dog.verdict(s(155)), Some(Verdict::Ping));
        assert_eq!(dog.verdict(s(156)), None);
        assert_eq!(dog.verdict(s(165)), Some(Verdict::Kill));
        assert_eq!(dog.verdict(s(300)), None);
    }

    #[test]
    fn a_slow_window_that_answers_goes_on() {
        let mut dog = Watchdog::working(s(100), s(45));
        assert_eq!(dog.verdict(s(155)), Some(Verdict::Ping));
        dog.alive(s(157));
        assert_eq!(dog.verdict(s(186)), None);
        assert_eq!(dog.verdict(s(187)), Some(Verdict::Ping));
    }

    #[test]
    fn a_window_that_never_opens_is_killed_and_one_that_waits_for_the_user_is_not() {
        assert_eq!(Watchdog::opening(s(0)).verdict(s(30)), Some(Verdict::Kill));
        assert_eq!(Watchdog::at_rest().verdict(s(1_000_000)), None);
        assert_eq!(Watchdog::closing(s(0)).verdict(s(10)), Some(Verdict::Kill));
    }
}
