//! The sensors while a break is near, and what they add up to for the schedule.

use std::{collections::BTreeSet, sync::Arc};

use super::Incoming;
use crate::{
    core::{
        config,
        schedule::{Event, Hold},
    },
    desktop::{
        bus::Bus,
        fault::caught,
        inbox::{Inbox, Post},
        sense::{FAULT, Sense, Why, Word},
        sensors::{self, About, Lists},
    },
};

/// All sensors.
pub struct Sensors {
    all: Vec<Sensor>,
    lists: Lists,
    watching: bool,
    /// The schedule was told that each has had its say.
    sensed: bool,
}

struct Sensor {
    about: About,
    sense: Box<dyn Sense>,
    watching: bool,
    word: Option<Word>,
}

impl Sensors {
    /// Those that work on this desktop, at rest.
    pub fn detect(bus: &Bus, inbox: &Inbox<Incoming>) -> Self {
        let post = |about| -> Post<Word> {
            let sender = inbox.sender();
            Arc::new(move |word| sender.send(Incoming::Sensed(about, word)))
        };
        let lists = Lists::default();
        let all = sensors::detect(bus, &lists, post);
        Self::new(lists, all)
    }

    fn new(lists: Lists, all: impl IntoIterator<Item = (About, Box<dyn Sense>)>) -> Self {
        let at_rest = |(about, sense)| Sensor {
            about,
            sense,
            watching: false,
            word: None,
        };
        Self {
            all: all.into_iter().map(at_rest).collect(),
            lists,
            watching: false,
            sensed: false,
        }
    }

    /// Lets those watch that the user wants, or all of them rest. Gives what the schedule should
    /// hear of it.
    pub fn watch(&mut self, on: bool, holds: &config::Hold) -> Vec<Event> {
        let before = self.holding();
        self.sensed &= self.watching == on;
        self.watching = on;
        let concerned = self.lists.set(holds);
        for sensor in &mut self.all {
            let watching = on && sensor.about.wanted(holds);
            if watching && sensor.watching && concerned.contains(&sensor.about) {
                // It looks again with the new list; until then its last word holds.
                for watch in [false, true] {
                    if caught(|| sensor.sense.watch(watch)).is_none() {
                        sensor.word = Some(Word::unknown("", Why::Failed(FAULT.to_owned())));
                    }
                }
            } else if watching != sensor.watching {
                sensor.watching = watching;
                sensor.word = None;
                if caught(|| sensor.sense.watch(watching)).is_none() {
                    sensor.word =
                        watching.then(|| Word::unknown("", Why::Failed(FAULT.to_owned())));
                }
            }
        }
        self.news(&before)
    }

    /// The user wants others to hold breaks than before.
    pub fn rules_changed(&mut self, holds: &config::Hold) -> Vec<Event> {
        self.watch(self.watching, holds)
    }

    /// Takes the word of a sensor, and gives what the schedule should hear of it.
    pub fn take(&mut self, about: About, word: Word) -> Vec<Event> {
        let before = self.holding();
        let sensor = self.all.iter_mut().find(|sensor| sensor.about == about);
        // One that rests may have had its last word on the way.
        let Some(sensor) = sensor.filter(|sensor| sensor.watching) else {
            return Vec::new();
        };
        log::debug!("{about:?}: {word:?}");
        sensor.word = Some(word);
        self.news(&before)
    }

    /// Those that say just now that this holds breaks, with their words.
    pub fn speaking_for(&self, hold: &Hold) -> impl Iterator<Item = (About, &Word)> {
        let words =
            (self.all.iter()).filter_map(|sensor| Some((sensor.about, sensor.word.as_ref()?)));
        words.filter(move |(about, word)| about.holds(word).contains(hold))
    }

    fn news(&mut self, before: &BTreeSet<Hold>) -> Vec<Event> {
        let now = self.holding();
        let (ended, begun) = (before.difference(&now), now.difference(before));
        let mut news: Vec<_> = (ended.map(|hold| Event::Held(hold.clone(), false)))
            .chain(begun.map(|hold| Event::Held(hold.clone(), true)))
            .collect();
        let silent = (self.all.iter()).any(|sensor| sensor.watching && sensor.word.is_none());
        if self.watching && !self.sensed && !silent {
            self.sensed = true;
            news.push(Event::Sensed);
        }
        news
    }

    /// What holds breaks by what the sensors say. Unknown holds nothing.
    fn holding(&self) -> BTreeSet<Hold> {
        let words = (self.all.iter()).filter_map(|sensor| Some((sensor, sensor.word.as_ref()?)));
        words
            .flat_map(|(sensor, word)| sensor.about.holds(word))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Switch(Arc<Mutex<bool>>);

    impl Sense for Switch {
        fn watch(&mut self, on: bool) {
            *self.0.lock().unwrap() = on;
        }
    }

    fn sensors() -> (Sensors, Switch) {
        let switch = Switch::default();
        let quiet: Box<dyn Sense> = Box::new(switch.clone());
        (
            Sensors::new(Lists::default(), [(About::Quiet, quiet)]),
            switch,
        )
    }

    fn says(so: bool) -> Word {
        Word::known(so, "test", Why::Told)
    }

    #[test]
    fn the_schedule_hears_of_changes_and_once_that_all_have_answered() {
        let (mut sensors, switch) = sensors();
        let holds = config::Hold::default();
        assert_eq!(sensors.watch(true, &holds), []);
        assert!(*switch.0.lock().unwrap());
        let held = Event::Held(Hold::Quiet, true);
        assert_eq!(
            sensors.take(About::Quiet, says(true)),
            [held, Event::Sensed]
        );
        assert_eq!(sensors.take(About::Quiet, says(true)), []);
        let released = Event::Held(Hold::Quiet, false);
        assert_eq!(sensors.take(About::Quiet, says(false)), [released]);
    }

    #[test]
    fn one_that_cannot_tell_holds_nothing() {
        let (mut sensors, _) = sensors();
        sensors.watch(true, &config::Hold::default());
        let unknown = Word::unknown("", Why::NobodyToAsk);
        assert_eq!(sensors.take(About::Quiet, unknown), [Event::Sensed]);
    }

    struct Faulty;

    impl Sense for Faulty {
        fn watch(&mut self, _on: bool) {
            panic!("on purpose");
        }
    }

    #[test]
    fn one_that_panics_holds_nothing_and_nobody_up() {
        let faulty: Box<dyn Sense> = Box::new(Faulty);
        let switch: Box<dyn Sense> = Box::new(Switch::default());
        let mut sensors = Sensors::new(
            Lists::default(),
            [(About::Quiet, faulty), (About::Fullscreen, switch)],
        );
        assert_eq!(sensors.watch(true, &config::Hold::default()), []);
        assert_eq!(
            sensors.take(About::Fullscreen, says(false)),
            [Event::Sensed]
        );
        assert_eq!(sensors.watch(false, &config::Hold::default()), []);
    }

    #[test]
    fn what_a_resting_sensor_said_is_forgotten() {
        let (mut sensors, switch) = sensors();
        let holds = config::Hold::default();
        sensors.watch(true, &holds);
        sensors.take(About::Quiet, says(true));
        let released = Event::Held(Hold::Quiet, false);
        assert_eq!(sensors.watch(false, &holds), [released]);
        assert!(!*switch.0.lock().unwrap());
        assert_eq!(sensors.take(About::Quiet, says(true)), []);
    }

    #[test]
    fn what_the_user_does_not_want_is_not_asked() {
        let (mut sensors, switch) = sensors();
        let holds = config::Hold {
            quiet: false,
            ..config::Hold::default()
        };
        assert_eq!(sensors.watch(true, &holds), [Event::Sensed]);
        assert!(!*switch.0.lock().unwrap());
    }

    #[test]
    fn new_settings_change_only_what_they_concern() {
        let (mut sensors, switch) = sensors();
        let holds = config::Hold::default();
        sensors.watch(true, &holds);
        sensors.take(About::Quiet, says(true));
        assert_eq!(sensors.rules_changed(&holds), []);
        let without = config::Hold {
            quiet: false,
            ..holds
        };
        let released = Event::Held(Hold::Quiet, false);
        assert_eq!(sensors.rules_changed(&without), [released]);
        assert!(!*switch.0.lock().unwrap());
    }
}
