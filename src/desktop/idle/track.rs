//! What follows from a source that tells only when idleness of a certain length begins, and when
//! it ends.
//!
//! During idleness longer thresholds need no word of the source: the clock says when they are
//! reached. Whether something keeps the screen awake is told before the idleness itself, so that
//! nobody has to take anything back. All times are on the boot clock.

use std::time::Duration;

use crate::core::schedule::Sensor;

/// How a source that tells of missing input, and of a screen that is kept awake, sees things now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// There is input.
    Input,
    /// There is none.
    Idle {
        /// Since then.
        since: Duration,
        /// Something keeps the screen awake all the same.
        kept_awake: bool,
        /// If nothing does: for how long at least that has been so.
        free_for: Duration,
    },
}

/// What was reported, and what will have to be.
#[derive(Debug)]
pub struct Track {
    threshold: Duration,
    idle: Option<Idle>,
    kept_awake: bool,
    /// How long the two halves of the source may disagree before that means something.
    settles: Duration,
    /// Since when they have.
    disagree: Option<Duration>,
}

/// Idleness that was reported.
#[derive(Clone, Copy, Debug)]
struct Idle {
    since: Duration,
    /// The length that was reported last.
    reported: Duration,
}

impl Track {
    /// Nothing is known yet. A source that tells of the two in two messages has this long for the
    /// second one.
    pub fn new(settles: Duration) -> Self {
        Self {
            threshold: Duration::MAX,
            idle: None,
            kept_awake: false,
            settles,
            disagree: None,
        }
    }

    /// Whether idleness was reported that has not ended.
    pub fn is_idle(&self) -> bool {
        self.idle.is_some()
    }

    /// From now on this length of idleness is to be reported.
    pub fn set_threshold(&mut self, threshold: Duration) {
        self.threshold = threshold;
    }

    /// Takes what the source says, and gives what is to be reported.
    pub fn see(&mut self, seen: Seen, now: Duration) -> Vec<Sensor> {
        let mut reports = Vec::new();
        match seen {
            Seen::Input => {
                self.disagree = None;
                if self.idle.take().is_some() {
                    reports.push(Sensor::Active);
                }
                reports.extend(self.keep_awake(false, Duration::ZERO));
            }
            Seen::Idle {
                since, kept_awake, ..
            } if kept_awake && !self.kept_awake && !self.has_settled(now) => {
                // The word that nothing keeps it awake, or that there is input, may be on its way.
                // What is due by the clock waits for it, too.
                log::trace!("idle since {since:?}, perhaps kept awake");
            }
            Seen::Idle {
                since,
                kept_awake,
                free_for,
            } => {
                self.disagree = None;
                let free_for = match kept_awake {
                    true => Duration::ZERO,
                    false => free_for.min(now.saturating_sub(since)),
                };
                reports.extend(self.keep_awake(kept_awake, free_for));
                let long = now.saturating_sub(since);
                let reported = self.idle.map(|idle| idle.reported);
                let is_news =
                    reported.is_none_or(|last| last < self.threshold && long >= self.threshold);
                self.idle = Some(Idle {
                    since,
                    reported: if is_news {
                        long
                    } else {
                        reported.unwrap_or(long)
                    },
                });
                if is_news {
                    reports.push(Sensor::IdleFor(long));
                }
            }
        }
        reports
    }

    /// Reports how things stand, whether or not that is news.
    pub fn tell(&mut self, now: Duration) -> Sensor {
        match &mut self.idle {
            Some(idle) => {
                idle.reported = now.saturating_sub(idle.since);
                Sensor::IdleFor(idle.reported)
            }
            None => Sensor::Active,
        }
    }

    /// When to look again, though the source says nothing.
    pub fn deadline(&self) -> Option<Duration> {
        if let Some(since) = self.disagree {
            return Some(since + self.settles);
        }
        let idle = self.idle.filter(|idle| idle.reported < self.threshold)?;
        idle.since.checked_add(self.threshold)
    }

    /// Whether the two halves of the source have disagreed for long enough.
    fn has_settled(&mut self, now: Duration) -> bool {
        let since = *self.disagree.get_or_insert(now);
        now >= since + self.settles
    }

    fn keep_awake(&mut self, on: bool, ago: Duration) -> Option<Sensor> {
        let before = std::mem::replace(&mut self.kept_awake, on);
        (before != on).then_some(Sensor::KeptAwake { on, ago })
    }
}

/// How often a source may have something to say: far more often than any that tells the truth.
const MOST: u32 = 200;
const WITHIN: Duration = Duration::from_secs(10);

/// Notices a source that says too much.
#[derive(Debug, Default)]
pub struct Flood {
    since: Duration,
    count: u32,
}

impl Flood {
    /// So many messages came now. `true`: that is a flood.
    pub fn rises(&mut self, messages: u32, now: Duration) -> bool {
        if now.saturating_sub(self.since) > WITHIN {
            (self.since, self.count) = (now, 0);
        }
        self.count = self.count.saturating_add(messages);
        self.count > MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn idle(since: u64) -> Seen {
        Seen::Idle {
            since: s(since),
            kept_awake: false,
            free_for: Duration::ZERO,
        }
    }

    fn film(since: u64) -> Seen {
        Seen::Idle {
            since: s(since),
            kept_awake: true,
            free_for: Duration::ZERO,
        }
    }

    const KEPT: Sensor = Sensor::KeptAwake {
        on: true,
        ago: Duration::ZERO,
    };
    const NOT_KEPT: Sensor = Sensor::KeptAwake {
        on: false,
        ago: Duration::ZERO,
    };

    #[test]
    fn idleness_and_its_end_are_told_once() {
        let mut track = Track::new(s(0));
        track.set_threshold(s(10));
        assert_eq!(track.see(idle(100), s(110)), [Sensor::IdleFor(s(10))]);
        assert_eq!(track.see(idle(100), s(111)), []);
        assert_eq!(track.see(Seen::Input, s(112)), [Sensor::Active]);
        assert_eq!(track.see(Seen::Input, s(113)), []);
    }

    #[test]
    fn a_longer_threshold_comes_by_the_clock() {
        let mut track = Track::new(s(0));
        track.set_threshold(s(10));
        track.see(idle(100), s(110));
        assert_eq!(track.deadline(), None);
        track.set_threshold(s(30));
        assert_eq!(track.deadline(), Some(s(130)));
        assert_eq!(track.see(idle(100), s(129)), []);
        assert_eq!(track.see(idle(100), s(130)), [Sensor::IdleFor(s(30))]);
        assert_eq!(track.deadline(), None);
    }

    #[test]
    fn a_threshold_that_was_passed_already_is_told_at_once_and_a_shorter_one_not_again() {
        let mut track = Track::new(s(0));
        track.set_threshold(s(10));
        track.see(idle(100), s(110));
        track.set_threshold(s(20));
        assert_eq!(track.deadline(), Some(s(120)));
        assert_eq!(track.see(idle(100), s(150)), [Sensor::IdleFor(s(50))]);
        track.set_threshold(s(5));
        assert_eq!(track.deadline(), None);
        assert_eq!(track.see(idle(100), s(160)), []);
    }

    #[test]
    fn a_film_is_told_before_the_idleness_and_its_end_with_its_age() {
        let mut track = Track::new(s(1));
        track.set_threshold(s(10));
        assert_eq!(track.see(film(100), s(110)), []);
        assert_eq!(track.deadline(), Some(s(111)));
        assert_eq!(track.see(film(100), s(111)), [KEPT, Sensor::IdleFor(s(11))]);
        let over = Seen::Idle {
            since: s(100),
            kept_awake: false,
            free_for: s(10),
        };
        let ended = Sensor::KeptAwake {
            on: false,
            ago: s(10),
        };
        assert_eq!(track.see(over, s(200)), [ended]);
    }

    #[test]
    fn a_second_message_that_comes_a_moment_later_makes_no_film() {
        let mut track = Track::new(s(1));
        track.set_threshold(s(10));
        assert_eq!(track.see(film(100), s(110)), []);
        assert_eq!(track.see(idle(100), s(110)), [Sensor::IdleFor(s(10))]);
        assert_eq!(track.deadline(), None);
        // The end of it may come in two messages as well.
        assert_eq!(track.see(film(100), s(115)), []);
        assert_eq!(track.see(Seen::Input, s(115)), [Sensor::Active]);
        assert_eq!(track.deadline(), None);
    }

    #[test]
    fn input_ends_what_is_known_of_a_film() {
        let mut track = Track::new(s(0));
        track.set_threshold(s(10));
        assert_eq!(track.see(film(100), s(110)), [KEPT, Sensor::IdleFor(s(10))]);
        assert_eq!(track.see(Seen::Input, s(120)), [Sensor::Active, NOT_KEPT]);
    }

    #[test]
    fn how_things_stand_is_told_when_asked() {
        let mut track = Track::new(s(0));
        track.set_threshold(s(100));
        assert_eq!(track.tell(s(5)), Sensor::Active);
        track.see(idle(100), s(101));
        assert_eq!(track.tell(s(140)), Sensor::IdleFor(s(40)));
        assert_eq!(track.deadline(), Some(s(200)));
    }

    #[test]
    fn a_flood_is_noticed_and_much_typing_is_none() {
        let mut flood = Flood::default();
        assert!((0..500).all(|second| !flood.rises(4, s(second))));
        assert!(Flood::default().rises(10_000, s(1)));
        let mut slow = Flood::default();
        assert!((0..1000).any(|tenth| slow.rises(3, Duration::from_millis(tenth * 100))));
    }
}
