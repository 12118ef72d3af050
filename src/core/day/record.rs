//! Writing down a day as it happens, so that it can be run again.
//!
//! Whatever steps the schedule is given to [`Recorder::take`] as well, at the same moment. What
//! comes out is a day in the language of `parse` that tells the same story: the settings, how
//! things stood at first, every word of every sensor, and the time in between to the thousandth
//! of a second. Nothing else goes in, and nothing here knows where the text is kept.

use std::{collections::BTreeSet, time::Duration};

use chrono::TimeDelta;

use super::{Action, Before, write};
use crate::core::{
    schedule::{Event, Hold, Notifier, Saved, Sensor},
    time::Moment,
};

/// A machine that was gone for less has not slept, as in the schedule itself.
const SHORTEST_SLEEP: Duration = Duration::from_millis(100);

/// Clocks that drift apart by less than this are not worth a line.
const DRIFT: TimeDelta = TimeDelta::milliseconds(250);

/// How the schedule came to its state at the beginning.
#[derive(Clone, Debug, PartialEq)]
pub enum Began {
    /// It is a first start, with this seed.
    Anew {
        /// For the shuffling.
        seed: u64,
    },
    /// It goes on where an earlier run ended.
    Again {
        /// What that left.
        saved: Saved,
        /// For how long the program was off since.
        off: Duration,
    },
    /// It has been running, and was calm (`State::is_calm`): this is how it stands.
    Midway {
        /// What a restart would find.
        saved: Saved,
    },
}

/// The settings that differ from the defaults, as key and value.
pub type Settings = [(String, String)];

/// Writes down what happens.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    text: String,
    /// Up to when the record goes; `None` while nothing is written.
    at: Option<Moment>,
    outside: Outside,
}

/// What the desktop said last, kept up while nothing is written too.
#[derive(Clone, Debug)]
struct Outside {
    input: Sensor,
    film: bool,
    locked: bool,
    holds: BTreeSet<Hold>,
    notifier: Notifier,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            input: Sensor::Active,
            film: false,
            locked: false,
            holds: BTreeSet::new(),
            notifier: Notifier::Ok,
        }
    }
}

impl Recorder {
    /// Begins a new day.
    pub fn begin(&mut self, now: Moment, settings: &Settings, began: &Began) {
        self.text = write::start(now.utc, now.zone) + "\n";
        self.at = Some(now);
        self.line(&Action::Recorded);
        self.set(settings);
        self.how_it_began(began);
    }

    /// Goes on with a day that ended when the program did: at `ended`, as the day itself has it.
    pub fn go_on(&mut self, ended: Moment, now: Moment, settings: &Settings, began: &Began) {
        self.text.clear();
        let off = (now.utc - ended.utc).to_std().unwrap_or_default();
        self.line(&Action::Off(off));
        self.at = Some(Moment {
            boot: now.boot,
            awake: now.awake,
            ..ended.later(off)
        });
        self.pass(now);
        self.set(settings);
        self.how_it_began(began);
    }

    /// Whether a day is being written.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.at.is_some()
    }

    /// Writes no more until [`Recorder::begin`].
    pub fn stop(&mut self) {
        self.at = None;
        self.text.clear();
    }

    /// What was written since the last time, up to now.
    pub fn written(&mut self, now: Moment) -> String {
        self.pass(now);
        std::mem::take(&mut self.text)
    }

    /// Something happened.
    pub fn take(&mut self, event: &Event, now: Moment) {
        self.outside.hear(event);
        if self.at.is_none() {
            return;
        }
        let action = match event {
            // Time passes with whatever comes next, unless it jumped.
            Event::Tick => {
                if self.jumped(now) {
                    self.pass(now);
                }
                return;
            }
            // They are told by `reload`.
            Event::RulesChanged => return,
            Event::Input(sensor) => Action::Input(*sensor),
            Event::Locked(locked) => Action::Lock(*locked),
            Event::Held(hold, on) => Action::Hold(hold.clone(), *on),
            Event::Sensed => Action::Sensed,
            Event::Notifier(notifier) => Action::Notifier(*notifier),
            Event::Answer { prompt, answer } => Action::AnswerTo(*prompt, *answer),
            Event::AnswerCurrent(answer) => Action::Answer(*answer),
            Event::Now { reminder, stretch } => Action::Now {
                reminder: reminder.clone(),
                stretch: stretch.clone(),
            },
            Event::Window { prompt, news } => Action::Window(*prompt, news.clone()),
            Event::Pause(until) => Action::Pause(*until),
            Event::Resume => Action::Resume,
            Event::Meeting(news) => Action::Meeting(*news),
            Event::Quit => Action::Quit,
        };
        self.pass(now);
        self.line(&action);
    }

    /// From now on these are the settings.
    pub fn reload(&mut self, settings: &Settings, now: Moment) {
        if self.at.is_some() {
            self.pass(now);
            self.set(settings);
            self.line(&Action::Reload);
        }
    }

    fn line(&mut self, action: &Action) {
        self.text += &write::line(action);
        self.text.push('\n');
    }

    fn set(&mut self, settings: &Settings) {
        self.line(&Action::Defaults);
        for (key, value) in settings {
            self.line(&Action::Set {
                key: key.clone(),
                value: value.clone(),
            });
        }
    }

    /// Lets the time go by that has gone by, awake first, then asleep, then on the wall.
    fn pass(&mut self, now: Moment) {
        let Some(at) = self.at else {
            return;
        };
        let span = now.boot.saturating_sub(at.boot);
        let awake = now.awake.saturating_sub(at.awake).min(span);
        let (awake, asleep) = match span - awake {
            asleep if asleep < SHORTEST_SLEEP => (span, Duration::ZERO),
            asleep => (awake, asleep),
        };
        if !awake.is_zero() {
            self.line(&match self.outside.input {
                Sensor::IdleFor(_) => Action::Idle(awake),
                Sensor::Active | Sensor::Unknown | Sensor::KeptAwake { .. } => {
                    Action::Active(awake)
                }
            });
        }
        if !asleep.is_zero() {
            self.line(&Action::Asleep(asleep));
        }
        let mut utc = at.later(span).utc;
        let drift = now.utc - utc;
        if drift.abs() >= DRIFT {
            self.line(&Action::Clock {
                forward: drift > TimeDelta::zero(),
                by: drift.abs().to_std().unwrap_or_default(),
            });
            utc = now.utc;
        }
        if now.zone != at.zone {
            self.line(&Action::Zone(now.zone));
        }
        self.at = Some(Moment {
            boot: at.boot.max(now.boot),
            awake: now.awake,
            utc,
            zone: now.zone,
        });
    }

    /// Whether the machine slept, somebody set the clock, or travelled: that has its moment.
    fn jumped(&self, now: Moment) -> bool {
        self.at.is_some_and(|at| {
            let span = now.boot.saturating_sub(at.boot);
            let asleep = span.saturating_sub(now.awake.saturating_sub(at.awake));
            let drift = now.utc - at.later(span).utc;
            asleep >= SHORTEST_SLEEP || drift.abs() >= DRIFT || at.zone != now.zone
        })
    }

    fn how_it_began(&mut self, began: &Began) {
        match began {
            Began::Anew { seed } => self.line(&Action::Seed(*seed)),
            Began::Again { saved, off } => self.before(saved, *off),
            Began::Midway { saved } => self.before(saved, Duration::ZERO),
        }
        self.line(&Action::Run);
        match began {
            // The desktop will say.
            Began::Anew { .. } | Began::Again { .. } => self.outside = Outside::default(),
            Began::Midway { .. } => self.as_it_stands(),
        }
    }

    /// What the desktop said before anybody wrote it down.
    fn as_it_stands(&mut self) {
        let outside = self.outside.clone();
        let there = match outside.input {
            Sensor::Unknown => Sensor::Unknown,
            Sensor::Active | Sensor::IdleFor(_) | Sensor::KeptAwake { .. } => Sensor::Active,
        };
        self.line(&Action::Input(there));
        if outside.film {
            let ago = Duration::ZERO;
            self.line(&Action::Input(Sensor::KeptAwake { on: true, ago }));
        }
        if outside.locked {
            self.line(&Action::Lock(true));
        }
        for hold in outside.holds {
            self.line(&Action::Hold(hold, true));
        }
        if outside.notifier != Notifier::Ok {
            self.line(&Action::Notifier(outside.notifier));
        }
        self.line(&Action::Sensed);
    }

    fn before(&mut self, saved: &Saved, off: Duration) {
        for what in Before::all(saved, off) {
            self.line(&Action::Before(what));
        }
    }
}

impl Outside {
    fn hear(&mut self, event: &Event) {
        match event {
            Event::Input(Sensor::KeptAwake { on, .. }) => self.film = *on,
            Event::Input(sensor) => self.input = *sensor,
            Event::Locked(locked) => self.locked = *locked,
            Event::Held(hold, true) => {
                self.holds.insert(hold.clone());
            }
            Event::Held(hold, false) => {
                self.holds.remove(hold);
            }
            Event::Notifier(notifier) => self.notifier = *notifier,
            Event::Tick
            | Event::Sensed
            | Event::Answer { .. }
            | Event::AnswerCurrent(_)
            | Event::Now { .. }
            | Event::Window { .. }
            | Event::Pause(_)
            | Event::Resume
            | Event::Meeting(_)
            | Event::RulesChanged
            | Event::Quit => {}
        }
    }
}
