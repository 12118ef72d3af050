//! Whether the user is there: input, lock and sleep together, and since when there is none.

use std::time::Duration;

use super::{super::config::Film, event::Sensor, turn::Turn};

/// Two words of a sensor that differ by less than this speak of the same moment.
const SENSOR_TOLERANCE: Duration = Duration::from_secs(1);

/// What is known of the user's presence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Presence {
    /// What the idle source said last.
    pub input: Input,
    /// Whether the screen is locked.
    pub locked: bool,
    /// The present time without input, lock and sleep included; `None` while there is input, or
    /// while nobody can tell.
    pub absence: Option<Absence>,
    /// Whether something keeps the screen awake.
    pub kept_awake: bool,
    /// When a film that counts as work was last over, on the boot clock. No absence begins before.
    pub watched_until: Duration,
}

/// What the idle source said last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// It cannot tell.
    Unknown,
    /// There is input.
    Active,
    /// There has been none since this time on the boot clock.
    Idle { since: Duration },
}

/// A time without input. Times are on the boot clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Absence {
    /// When it began.
    pub since: Duration,
    /// When a lock or sleep ended the grace, if one did.
    pub ungraced: Option<Duration>,
    /// When the machine last woke up in it.
    pub woke: Option<Duration>,
}

impl Presence {
    /// At work, until a sensor says otherwise.
    pub fn at_work() -> Self {
        Self {
            input: Input::Active,
            locked: false,
            absence: None,
            kept_awake: false,
            watched_until: Duration::ZERO,
        }
    }

    /// How long there has been no input, whether or not that counts as being away: in a film, too,
    /// there are moments that suit.
    pub fn without_input_at(&self, boot: Duration) -> Duration {
        self.without_input_since()
            .map_or(Duration::ZERO, |since| boot.saturating_sub(since))
    }

    /// Since when there has been no input, whether or not that counts as being away.
    pub fn without_input_since(&self) -> Option<Duration> {
        match (self.absence, self.input) {
            (Some(absence), _) => Some(absence.since),
            (None, Input::Idle { since }) => Some(since),
            (None, Input::Active | Input::Unknown) => None,
        }
    }

    /// How long the user has been absent.
    pub fn idle_at(&self, boot: Duration) -> Duration {
        self.absence
            .map_or(Duration::ZERO, |absence| boot.saturating_sub(absence.since))
    }

    /// Until when time counts as work, if nothing new is heard: reading is sitting too.
    pub fn counts_until(&self, grace: Duration) -> Duration {
        self.absence.map_or(Duration::MAX, |absence| {
            (absence.since + grace).min(absence.ungraced.unwrap_or(Duration::MAX))
        })
    }

    /// Whether the user is away: without input for longer than the grace.
    pub fn is_away(&self, boot: Duration, grace: Duration) -> bool {
        self.absence
            .is_some_and(|absence| boot > absence.since + grace)
    }

    /// Whether an idle source tells nothing, and neither lock nor sleep does.
    pub fn is_unknown(&self) -> bool {
        self.input == Input::Unknown && self.absence.is_none()
    }

    fn lose_grace(&mut self, from: Duration) {
        match &mut self.absence {
            Some(absence) => {
                absence.ungraced = Some(absence.ungraced.unwrap_or(from).min(from));
            }
            None => {
                self.absence = Some(Absence {
                    since: from,
                    ungraced: Some(from),
                    woke: None,
                });
            }
        }
    }
}

impl Turn<'_> {
    pub(super) fn on_input(&mut self, sensor: Sensor) {
        let at = self.state.at.boot;
        match sensor {
            Sensor::Unknown => {
                self.state.presence.input = Input::Unknown;
                self.user_is_back_unless_locked();
            }
            Sensor::Active => {
                self.state.presence.input = Input::Active;
                self.user_is_back_unless_locked();
            }
            Sensor::IdleFor(idle) => {
                let since = at.saturating_sub(idle);
                self.state.presence.input = Input::Idle { since };
                if !self.state.presence.locked {
                    self.no_input_since(since);
                }
            }
            Sensor::KeptAwake { on: true, ago: _ } => {
                self.state.presence.kept_awake = true;
                self.begin_to_watch();
            }
            Sensor::KeptAwake { on: false, ago } => {
                if std::mem::replace(&mut self.state.presence.kept_awake, false) {
                    self.end_of_film(at.saturating_sub(ago));
                }
            }
        }
    }

    /// Something keeps the screen awake, or that counts as work from now on. Only who was there a
    /// moment ago watches: whoever has left starts no film.
    pub(super) fn begin_to_watch(&mut self) {
        let presence = &self.state.presence;
        let away = presence.is_away(self.state.at.boot, self.rules.grace());
        let gone = presence
            .absence
            .is_some_and(|absence| absence.ungraced.is_some());
        if self.film_counts() && !away && !gone {
            self.user_is_back_unless_locked();
        }
    }

    /// From then on, missing input is missing input again.
    fn end_of_film(&mut self, then: Duration) {
        if self.rules.config().schedule.film == Film::Work {
            self.watched_until(then);
        }
    }

    /// A film counted as work until then.
    pub(super) fn watched_until(&mut self, then: Duration) {
        let presence = &mut self.state.presence;
        presence.watched_until = presence.watched_until.max(then);
        if let (Input::Idle { since }, false) = (presence.input, presence.locked) {
            self.no_input_since(since);
        }
    }

    /// Whether time without input counts as work now, for whoever is there.
    fn film_counts(&self) -> bool {
        self.state.presence.kept_awake && self.rules.config().schedule.film == Film::Work
    }

    /// A lock or sleep ends the watching, then.
    fn stop_watching(&mut self, then: Duration) {
        if self.film_counts() && self.state.presence.absence.is_none() {
            self.state.presence.watched_until = then;
        }
    }

    /// The settings changed while the user watches.
    pub(super) fn judge_film_anew(&mut self) {
        let presence = &self.state.presence;
        if !presence.kept_awake {
            return;
        }
        match self.rules.config().schedule.film {
            Film::Work => self.begin_to_watch(),
            // What had counted as work until now stays counted.
            Film::Rest if presence.absence.is_none() => self.watched_until(self.state.at.boot),
            Film::Rest => {}
        }
    }

    pub(super) fn on_lock(&mut self, locked: bool) {
        if self.state.presence.locked == locked {
            return;
        }
        let at = self.state.at.boot;
        if locked {
            self.stop_watching(at);
        }
        self.state.presence.locked = locked;
        if locked {
            self.state.presence.lose_grace(at);
            return;
        }
        match self.state.presence.input {
            Input::Unknown | Input::Active => self.user_is_back(),
            Input::Idle { since } => self.no_input_since(since),
        }
    }

    /// The machine slept from `began` until now.
    pub(super) fn note_sleep(&mut self, began: Duration) {
        self.stop_watching(began);
        let presence = &mut self.state.presence;
        presence.lose_grace(began);
        if let Some(absence) = &mut presence.absence {
            absence.woke = Some(self.state.at.boot);
        }
        if presence.input == Input::Active {
            presence.input = Input::Idle { since: began };
        }
    }

    pub(super) fn user_is_back_unless_locked(&mut self) {
        if !self.state.presence.locked {
            self.user_is_back();
        }
    }

    fn user_is_back(&mut self) {
        let Some(absence) = self.state.presence.absence.take() else {
            return;
        };
        self.state.counting_since = self.state.at.boot;
        self.end_natural_breaks(absence.since);
    }

    /// There has been no input since then, says the idle source, perhaps only now.
    fn no_input_since(&mut self, since: Duration) {
        let since = since.max(self.state.presence.watched_until);
        if let Some(absence) = &mut self.state.presence.absence {
            // A source that stands still in sleep reports too short a time afterwards.
            let known_gone = absence.woke.unwrap_or(absence.since).max(absence.since);
            if since <= known_gone + SENSOR_TOLERANCE {
                absence.since = absence.since.min(since);
                return;
            }
            self.user_is_back();
        }
        if self.film_counts() {
            return;
        }
        self.state.presence.absence = Some(Absence {
            since,
            ungraced: None,
            woke: None,
        });
        self.take_back_work(since);
        self.take_back_waiting(since);
    }
}
