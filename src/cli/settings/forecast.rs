//! The days to come with the settings as they are: worked out again when something is new on
//! which they depend.

use std::path::Path;

use chrono::NaiveDate;

use crate::{
    core::{
        calendar,
        config::{Config, Rotation},
        outlook::Forecast,
        rotation::Candidate,
        schedule::Rules,
        time::{Moment, Zone},
    },
    stretch_file,
};

/// What the days to come depend on, as it was last.
pub struct Foresight {
    catalogue: Vec<Candidate>,
    known: Option<(Rules, Zone, NaiveDate)>,
}

impl Foresight {
    /// Reads the stretches, the user's own from this folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            catalogue: stretch_file::candidates(Some(folder)),
            known: None,
        }
    }

    /// Reads the stretches again.
    pub fn read(&mut self, folder: &Path) {
        self.catalogue = stretch_file::candidates(Some(folder));
    }

    /// The days to come, if they are others than they were.
    pub fn look(&mut self, config: &Config, now: &Moment) -> Option<Forecast> {
        let today = calendar::day_of(config.schedule.day_starts, now.zone, now.utc);
        let rules = rules(relevant(config), &self.catalogue)?;
        let known = (rules, now.zone, today);
        if self.known.as_ref() == Some(&known) {
            return None;
        }
        let forecast = Forecast::of(&known.0, now.zone, today);
        self.known = Some(known);
        Some(forecast)
    }
}

/// The settings without those that have nothing to do with time.
fn relevant(config: &Config) -> Config {
    Config {
        schedule: config.schedule.clone(),
        hours: config.hours.clone(),
        hold: config.hold.clone(),
        reminders: config.reminders.clone(),
        rotation: config.rotation.clone(),
        ..Config::default()
    }
}

/// The rules of these settings. A choice that leaves no stretch falls back to the defaults, as in
/// the program itself.
fn rules(config: Config, catalogue: &[Candidate]) -> Option<Rules> {
    let usual = Config {
        rotation: Rotation::default(),
        ..config.clone()
    };
    let chosen = Rules::new(config, catalogue);
    chosen.or_else(|_| Rules::new(usual, catalogue)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::config::{Choice, When};

    #[test]
    fn only_what_has_to_do_with_time_makes_the_days_others() {
        let folder = tempfile::tempdir().unwrap();
        let mut foresight = Foresight::new(folder.path());
        let mut config = Config::default();
        let mut now = crate::desktop::clock::now();
        now.utc = "2026-03-02T12:00:00Z".parse().unwrap();
        now.zone = Zone::UTC;
        let first = foresight.look(&config, &now).unwrap();
        assert_eq!(first.days.len(), 7);
        config.sound.volume += 1;
        assert_eq!(foresight.look(&config, &now), None);
        config.reminders[0].when = When::Every(std::time::Duration::from_mins(30));
        let more = foresight.look(&config, &now).unwrap();
        assert!(more.days[0].breaks.len() > first.days[0].breaks.len());
        config.rotation.choice = Choice::Named(Vec::new());
        assert_eq!(
            foresight.look(&config, &now),
            None,
            "as good as the defaults"
        );
        // After midnight it is still the evening before, until the day rolls over.
        now.utc = "2026-03-03T03:59:00Z".parse().unwrap();
        assert_eq!(foresight.look(&config, &now), None);
        now.utc = "2026-03-03T04:00:00Z".parse().unwrap();
        let tomorrow = foresight.look(&config, &now).unwrap();
        assert_eq!(tomorrow.days[0].date.to_string(), "2026-03-03");
    }
}
