//! Forgetting breaks that are older than the user wants them kept: at the start, and when a day of
//! the history begins.
//!
//! Nothing wakes the machine for it: the first event of a day is the time to look. A setting that
//! has just been changed counts from the next day on, so that a slip can be undone. The deleting
//! is done on a thread that ends with it, for the loop waits for nobody.

use std::{
    path::Path,
    thread::{self, JoinHandle},
};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::{
    core::{
        config::Config,
        keep::Keep,
        stats::{self, span::Span},
        time::{Moment, Zone},
    },
    store::{self, Aged},
};

/// Looks once a day.
#[derive(Debug, Default)]
pub struct Keeping {
    /// The day of the last look.
    looked: Option<NaiveDate>,
    /// What the last look has begun.
    work: Option<JoinHandle<()>>,
}

impl Keeping {
    /// Looks, if it has not yet on this day.
    pub fn look(&mut self, history: &Path, config: &Config, now: Moment) {
        let Some(due) = self.due(config, now) else {
            return;
        };
        let file = history.to_owned();
        let started = thread::Builder::new()
            .name("forgetting".to_owned())
            .spawn(move || due.forget(&file));
        match started {
            Ok(work) => self.work = Some(work),
            Err(error) => log::warn!("old breaks stay in the history: {error}"),
        }
    }

    /// What there is to forget, once on each day.
    fn due(&mut self, config: &Config, now: Moment) -> Option<Due> {
        let (zone, day_starts) = (now.zone, config.schedule.day_starts);
        let today = stats::day_of(now.utc, zone, day_starts);
        if self.looked == Some(today) {
            return None;
        }
        let at_work = self.work.as_ref().is_some_and(|work| !work.is_finished());
        if at_work {
            // A clock that is being set may make a day out of a moment.
            return None;
        }
        self.looked = Some(today);
        let keep = config.history.keep;
        let first = keep.first_day(today)?;
        let begins = *Span::day(first).starts(zone, day_starts).first()?;
        Some(Due {
            keep,
            first,
            begins,
            now: now.utc,
            zone,
            day_starts,
        })
    }

    /// Waits for what the last look has begun.
    #[cfg(test)]
    pub fn wait(&mut self) {
        if let Some(work) = self.work.take() {
            work.join().unwrap();
        }
    }
}

/// What is to be forgotten.
#[derive(Debug)]
struct Due {
    keep: Keep,
    /// The first day that stays, and when it began.
    first: NaiveDate,
    begins: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Zone,
    day_starts: NaiveTime,
}

impl Due {
    fn forget(&self, file: &Path) {
        let Self { keep, first, .. } = self;
        let day = |at| stats::day_of(at, self.zone, self.day_starts);
        match store::forget_aged(file, self.begins, self.now, day) {
            Ok(Aged::Gone(0)) => {}
            Ok(Aged::Gone(gone)) => {
                log::info!("breaks before {first} deleted from the history: {gone} (keep: {keep})");
            }
            Ok(Aged::Doubted(old)) => log::info!(
                "breaks before {first} stay in the history for now: {old}; there have to be some \
                 on two days since, or the clock may be wrong (keep: {keep})"
            ),
            Err(notice) => log::warn!("old breaks stay in the history: {}", notice.text()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::TimeDelta;

    use super::*;
    use crate::desktop::clock;

    fn due(keeping: &mut Keeping, keep: &str, now: &str) -> Option<DateTime<Utc>> {
        let mut config = Config::default();
        config.history.keep = Keep::parse(keep).unwrap();
        let now = Moment {
            utc: now.parse().unwrap(),
            zone: Zone::UTC,
            ..clock::now()
        };
        keeping.due(&config, now).map(|due| due.begins)
    }

    #[test]
    fn the_cut_is_where_a_day_of_the_user_begins() {
        let cut = due(&mut Keeping::default(), "1 month", "2026-03-31T03:59:59Z");
        // It is the 30th still.
        assert_eq!(cut, Some("2026-02-28T04:00:00Z".parse().unwrap()));
        let cut = due(&mut Keeping::default(), "7 days", "2026-03-31T04:00:00Z");
        assert_eq!(cut, Some("2026-03-24T04:00:00Z".parse().unwrap()));
        let cut = due(&mut Keeping::default(), "forever", "2026-03-31T04:00:00Z");
        assert_eq!(cut, None);
    }

    #[test]
    fn there_is_one_look_a_day_and_a_new_setting_counts_from_the_next_day_on() {
        let mut keeping = Keeping::default();
        assert_eq!(due(&mut keeping, "forever", "2026-03-30T12:00:00Z"), None);
        assert_eq!(due(&mut keeping, "7 days", "2026-03-30T12:01:00Z"), None);
        assert_eq!(due(&mut keeping, "7 days", "2026-03-31T03:59:00Z"), None);
        assert!(due(&mut keeping, "7 days", "2026-03-31T04:00:00Z").is_some());
        assert_eq!(due(&mut keeping, "7 days", "2026-03-31T04:01:00Z"), None);
    }

    #[test]
    fn a_look_deletes_what_is_too_old_and_nothing_while_the_clock_is_in_doubt() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("history.db");
        let now = clock::now();
        let ended = |days: i64| now.utc - TimeDelta::days(days);
        let break_of = |days: i64| crate::core::schedule::Credit {
            reminder: "upper-back".to_owned(),
            stretches: Vec::new(),
            due: None,
            announced: None,
            started: None,
            ended: ended(days),
            outcome: crate::core::schedule::effect::Outcome::Skipped,
            stretched: Duration::ZERO,
            snoozes: 0,
        };
        let left = || store::count(&file, None, None).unwrap();
        let look = || {
            let mut config = Config::default();
            config.history.keep = Keep::parse("30 days").unwrap();
            let mut keeping = Keeping::default();
            keeping.look(&file, &config, now);
            keeping.wait();
            left()
        };
        assert_eq!(look(), 0, "there is no file");
        // Years ago by a clock that is ahead by years.
        let old: Vec<_> = (0..450).map(|day| break_of(1000 + day)).collect();
        store::put_back(&file, &old).unwrap();
        assert_eq!(look(), 450);
        // The clock is wrong, and the program goes on: still nothing goes on this day.
        store::put_back(&file, &[break_of(0), break_of(0), break_of(-5)]).unwrap();
        assert_eq!(look(), 453);
        // The next day it is what it is.
        store::put_back(&file, &[break_of(1), break_of(29), break_of(32)]).unwrap();
        assert_eq!(look(), 5);
        assert_eq!(look(), 5);
    }
}
