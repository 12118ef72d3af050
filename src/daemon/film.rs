//! Whether something keeps the screen awake, as the schedule should hear of it.
//!
//! Some sources of idle time know it themselves. Beside those that do not, the programs that keep
//! the screen awake are watched, but only where the user wants films to count as work.

use std::{sync::Arc, time::Duration};

use super::{Daemon, Incoming};
use crate::{
    core::{
        config,
        schedule::{Event, Sensor},
        time::Moment,
    },
    desktop::{
        bus::Bus,
        idle::{self, Source},
        inbox::{Inbox, Post},
        sense::{Says, Sense, Word},
    },
};

/// What is known of it, by whom.
pub struct Films {
    programs: Box<dyn Sense>,
    watching: bool,
    by_source: bool,
    by_programs: bool,
    told: bool,
}

impl Films {
    /// The programs are not watched yet.
    pub fn detect(bus: &Bus, inbox: &Inbox<Incoming>) -> Self {
        let sender = inbox.sender();
        let post: Post<Word> = Arc::new(move |word| sender.send(Incoming::KeptAwake(word)));
        Self::new(idle::films(bus, &post))
    }

    fn new(programs: Box<dyn Sense>) -> Self {
        Self {
            programs,
            watching: false,
            by_source: false,
            by_programs: false,
            told: false,
        }
    }

    /// The user's wish or the source of idle time changed. Gives what the schedule should hear.
    fn mind(&mut self, film: config::Film, source: Option<Source>) -> Option<Sensor> {
        let in_the_dark = source.is_some_and(|source| !source.knows_films());
        let wanted = film == config::Film::Work && in_the_dark;
        if wanted != self.watching {
            self.watching = wanted;
            self.by_programs = false;
            self.programs.watch(wanted);
        }
        self.news(Duration::ZERO)
    }

    /// The source of idle time says that it is so, or no longer, since so long ago.
    fn source_says(&mut self, on: bool, ago: Duration) -> Option<Sensor> {
        self.by_source = on;
        self.news(ago)
    }

    /// So do programs.
    fn programs_say(&mut self, word: &Word) -> Option<Sensor> {
        self.by_programs = self.watching && word.says == Says::Yes;
        self.news(Duration::ZERO)
    }

    fn news(&mut self, ago: Duration) -> Option<Sensor> {
        let on = self.by_source || self.by_programs;
        let changed = std::mem::replace(&mut self.told, on) != on;
        changed.then_some(Sensor::KeptAwake { on, ago })
    }
}

impl Daemon {
    /// The user's wish or the source of idle time changed.
    pub(super) fn mind_films(&mut self, now: Moment) {
        let film = self.rules.config().schedule.film;
        let news = self.films.mind(film, self.idle_choice.by);
        self.tell_of_film(news, now);
    }

    /// A program keeps the screen awake, or none does.
    pub(super) fn take_film_of_programs(&mut self, word: &Word, now: Moment) {
        log::debug!("kept awake: {word:?}");
        let news = self.films.programs_say(word);
        self.tell_of_film(news, now);
    }

    /// The source of idle time knows of it.
    pub(super) fn take_film_of_source(&mut self, on: bool, ago: Duration, now: Moment) {
        let news = self.films.source_says(on, ago);
        self.tell_of_film(news, now);
    }

    fn tell_of_film(&mut self, news: Option<Sensor>, now: Moment) {
        if let Some(sensor) = news {
            self.step(Event::Input(sensor), now);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::{core::config::Film, desktop::sense::Why};

    #[derive(Clone, Default)]
    struct Switch(Arc<Mutex<bool>>);

    impl Sense for Switch {
        fn watch(&mut self, on: bool) {
            *self.0.lock().unwrap() = on;
        }
    }

    fn kept(on: bool, ago: u64) -> Option<Sensor> {
        let ago = Duration::from_secs(ago);
        Some(Sensor::KeptAwake { on, ago })
    }

    fn says(so: bool) -> Word {
        Word::known(so, "test", Why::Told)
    }

    #[test]
    fn programs_are_watched_only_for_a_source_in_the_dark_and_a_user_who_wants_it() {
        let switch = Switch::default();
        let mut films = Films::new(Box::new(switch.clone()));
        for (film, source, watched) in [
            (Film::Rest, Some(Source::X11), false),
            (Film::Work, None, false),
            (Film::Work, Some(Source::ExtIdleNotify2), false),
            (Film::Work, Some(Source::X11), true),
            (Film::Work, Some(Source::Mutter), false),
        ] {
            assert_eq!(films.mind(film, source), None);
            assert_eq!(*switch.0.lock().unwrap(), watched, "{film:?} {source:?}");
        }
    }

    #[test]
    fn one_who_says_so_is_enough_and_changes_are_told_once() {
        let mut films = Films::new(Box::new(Switch::default()));
        films.mind(Film::Work, Some(Source::X11));
        let ago = Duration::from_secs;
        assert_eq!(films.programs_say(&says(true)), kept(true, 0));
        assert_eq!(films.programs_say(&says(true)), None);
        assert_eq!(films.source_says(true, ago(0)), None);
        assert_eq!(films.programs_say(&says(false)), None);
        assert_eq!(films.source_says(false, ago(7)), kept(false, 7));
    }

    #[test]
    fn what_programs_said_is_forgotten_when_they_are_not_watched() {
        let mut films = Films::new(Box::new(Switch::default()));
        films.mind(Film::Work, Some(Source::X11));
        films.programs_say(&says(true));
        assert_eq!(films.mind(Film::Rest, Some(Source::X11)), kept(false, 0));
        assert_eq!(films.programs_say(&says(true)), None);
    }
}
