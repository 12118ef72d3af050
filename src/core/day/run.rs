//! Runs a day: steps the schedule from deadline to deadline and does what the desktop would.

use std::{collections::BTreeSet, time::Duration};

use chrono::TimeDelta;

use super::{Action, Entry, Happening, Script, before::Left, stand_in::StandIn};
use crate::core::{
    schedule::{Effect, Event, Hold, Notifier, Rules, Sensor, State, WindowNews},
    time::Moment,
};

/// The boot clock at the start. Not zero, so that a user may have been idle before.
const BOOTED_BEFORE: Duration = Duration::from_secs(30 * 24 * 3600);

/// Runs a day and reports everything that happens, in order.
pub fn run(script: &Script, seed: u64, report: &mut dyn FnMut(Entry)) {
    let mut runner = Runner::new(script, seed, report);
    for step in &script.day.steps {
        runner.take(&step.action);
    }
    runner.end();
}

pub(super) struct Runner<'a> {
    rules: &'a [Rules],
    /// Which of the rules hold now.
    version: usize,
    now: Moment,
    start: Duration,
    state: State,
    window: Option<StandIn>,
    outside: Outside,
    /// What a recorded day needs besides.
    recorded: Option<Recorded>,
    report: &'a mut dyn FnMut(Entry),
}

/// A day that the program wrote itself: nothing says anything that does not stand there.
#[derive(Default)]
struct Recorded {
    /// Whether the program runs.
    runs: bool,
    /// The seed for the next start.
    seed: u64,
    /// What an earlier run left for the next start.
    left: Option<Left>,
}

/// What the desktop would know, whether or not the program runs.
struct Outside {
    /// Since when there has been no input, on the boot clock.
    idle_since: Option<Duration>,
    idle_source: bool,
    /// Something keeps the screen awake.
    film: bool,
    locked: bool,
    holds: BTreeSet<Hold>,
    notifier: Notifier,
}

impl<'a> Runner<'a> {
    pub(super) fn new(script: &'a Script, seed: u64, report: &'a mut dyn FnMut(Entry)) -> Self {
        let now = Moment {
            boot: BOOTED_BEFORE,
            awake: BOOTED_BEFORE,
            utc: script.day.start,
            zone: script.day.zone,
        };
        Self {
            rules: &script.rules,
            version: 0,
            now,
            start: now.boot,
            state: State::new(&script.rules[0], seed, now),
            window: None,
            outside: Outside {
                idle_since: None,
                idle_source: true,
                film: false,
                locked: false,
                holds: BTreeSet::new(),
                notifier: Notifier::Ok,
            },
            recorded: script.day.is_recorded().then(Recorded::default),
            report,
        }
    }

    pub(super) fn now(&self) -> Moment {
        self.now
    }

    pub(super) fn take(&mut self, action: &Action) {
        match action {
            Action::Active(span) | Action::Idle(span) if self.recorded.is_some() => {
                self.awake_for(*span);
            }
            Action::Active(span) => self.active(*span),
            Action::Idle(span) => {
                self.no_input();
                self.awake_for(*span);
            }
            Action::Asleep(span) => self.asleep(*span),
            Action::Off(span) => self.off(*span),
            Action::Lock(locked) => {
                self.outside.locked = *locked;
                self.happen(Event::Locked(*locked));
            }
            Action::Hold(hold, on) => {
                if *on {
                    self.outside.holds.insert(hold.clone());
                } else {
                    self.outside.holds.remove(hold);
                }
                self.happen(Event::Held(hold.clone(), *on));
            }
            Action::Film(on) => {
                self.outside.film = *on;
                self.tell_of_film();
            }
            Action::IdleSource(on) => {
                self.outside.idle_source = *on;
                self.happen(Event::Input(self.sensor()));
            }
            Action::Notifier(notifier) => {
                self.outside.notifier = *notifier;
                self.happen(Event::Notifier(*notifier));
            }
            Action::Answer(answer) => self.happen(Event::AnswerCurrent(*answer)),
            Action::StretchDone => self.finish_stretch(),
            Action::StretchClose => self.close_window(),
            Action::StretchOther => self.ask_for_another(),
            Action::Now { reminder, stretch } => self.happen(Event::Now {
                reminder: reminder.clone(),
                stretch: stretch.clone(),
            }),
            Action::AnswerTo(prompt, answer) => self.happen(Event::Answer {
                prompt: *prompt,
                answer: *answer,
            }),
            Action::Pause(until) => self.happen(Event::Pause(*until)),
            Action::Resume => self.happen(Event::Resume),
            Action::Meeting(news) => self.happen(Event::Meeting(*news)),
            Action::Defaults | Action::Set { .. } => {
                self.version += 1;
                if self.recorded.is_none() {
                    self.happen(Event::RulesChanged);
                }
            }
            Action::Reload => self.happen(Event::RulesChanged),
            Action::Recorded => {}
            Action::Seed(seed) => {
                if let Some(recorded) = &mut self.recorded {
                    recorded.seed = *seed;
                }
            }
            Action::Before(piece) => {
                let now = self.now.utc;
                if let Some(recorded) = &mut self.recorded {
                    let left = recorded.left.get_or_insert_with(|| Left::new(now));
                    left.add(piece.clone());
                }
            }
            Action::Run => self.run_again(),
            Action::Quit => self.happen(Event::Quit),
            Action::Sensed => self.happen(Event::Sensed),
            Action::Input(sensor) => self.happen(Event::Input(*sensor)),
            Action::Window(prompt, news) => self.happen(Event::Window {
                prompt: *prompt,
                news: news.clone(),
            }),
            Action::Clock { forward, by } => {
                let by = TimeDelta::from_std(*by).unwrap_or_default();
                self.now.utc += if *forward { by } else { -by };
                self.happen(Event::Tick);
            }
            Action::Zone(zone) => {
                self.now.zone = *zone;
                self.happen(Event::Tick);
            }
            Action::Probe => {
                let status = self.state.status(&self.rules[self.version]);
                self.tell(self.now, Happening::Status(status));
            }
        }
    }

    /// The program starts, in a recorded day.
    fn run_again(&mut self) {
        let Some(recorded) = &mut self.recorded else {
            return;
        };
        recorded.runs = true;
        let rules = &self.rules[self.version];
        let effects = match recorded.left.take() {
            Some(Left { saved, off }) => {
                let (state, effects) = State::restore(saved, rules, off, self.now);
                self.state = state;
                effects
            }
            None => {
                self.state = State::new(rules, recorded.seed, self.now);
                Vec::new()
            }
        };
        self.perform(effects);
    }

    fn runs(&self) -> bool {
        self.recorded.as_ref().is_none_or(|recorded| recorded.runs)
    }

    pub(super) fn end(&mut self) {
        if self.recorded.is_some() {
            // It ends where the writing did, not the absence.
            self.happen(Event::Tick);
            return;
        }
        for story in self.state.open_natural_breaks() {
            self.tell(self.now, Happening::Story(story));
        }
    }

    fn active(&mut self, span: Duration) {
        self.input();
        self.awake_for(span);
    }

    /// There is input now, whether or not there was before.
    pub(super) fn input(&mut self) {
        if self.outside.idle_since.take().is_some() && self.outside.idle_source {
            self.happen(Event::Input(Sensor::Active));
        }
    }

    /// Input ends now, unless it has before.
    pub(super) fn no_input(&mut self) {
        if self.outside.idle_since.is_none() {
            self.outside.idle_since = Some(self.now.boot);
            if self.outside.idle_source {
                self.happen(Event::Input(Sensor::IdleFor(Duration::ZERO)));
            }
        }
    }

    fn tell_of_film(&mut self) {
        self.happen(Event::Input(Sensor::KeptAwake {
            on: self.outside.film,
            ago: Duration::ZERO,
        }));
    }

    fn sensor(&self) -> Sensor {
        match self.outside.idle_since {
            _ if !self.outside.idle_source => Sensor::Unknown,
            Some(since) => Sensor::IdleFor(self.now.boot - since),
            None => Sensor::Active,
        }
    }

    /// Lets time go by, stopping wherever schedule or window have something to do.
    fn awake_for(&mut self, span: Duration) {
        self.awake_until(span, &|| false);
    }

    /// The same, but no further than to the moment at which it is `enough`.
    pub(super) fn awake_until(&mut self, span: Duration, enough: &dyn Fn() -> bool) {
        let mut end = self.now.boot + span;
        while self.runs() {
            if enough() {
                end = self.now.boot;
            }
            let rules = &self.rules[self.version];
            let window = self.window.as_ref().and_then(StandIn::deadline);
            let next = [self.state.next_change(rules), window]
                .into_iter()
                .flatten()
                .filter(|at| *at <= end)
                .min();
            let Some(next) = next else {
                break;
            };
            self.move_to(next);
            self.hear_window();
        }
        self.move_to(end);
    }

    fn move_to(&mut self, boot: Duration) {
        self.now = self.now.later(boot.saturating_sub(self.now.boot));
        self.happen(Event::Tick);
    }

    fn asleep(&mut self, span: Duration) {
        self.outside.idle_since.get_or_insert(self.now.boot);
        let awake = self.now.awake;
        self.now = self.now.later(span);
        self.now.awake = awake;
        self.happen(Event::Tick);
    }

    fn off(&mut self, span: Duration) {
        if let Some(recorded) = &mut self.recorded {
            recorded.runs = false;
            self.now = self.now.later(span);
            return;
        }
        self.happen(Event::Quit);
        let saved = self.state.saved();
        self.window = None;
        self.outside.idle_since.get_or_insert(self.now.boot);
        self.now = self.now.later(span);
        let (state, effects) = State::restore(saved, &self.rules[self.version], span, self.now);
        self.state = state;
        self.perform(effects);
        for hold in self.outside.holds.clone() {
            self.happen(Event::Held(hold, true));
        }
        if self.outside.locked {
            self.happen(Event::Locked(true));
        }
        self.happen(Event::Notifier(self.outside.notifier));
        if self.outside.film {
            self.tell_of_film();
        }
        self.happen(Event::Input(self.sensor()));
    }

    fn finish_stretch(&mut self) {
        let stretched = self.stretched();
        if let Some(window) = self.window.take_if(|window| window.is_under_way()) {
            self.happen(Event::Window {
                prompt: window.prompt(),
                news: WindowNews::Done { stretched },
            });
        }
    }

    fn close_window(&mut self) {
        let stretched = self.stretched();
        if let Some(window) = self.window.take() {
            self.happen(Event::Window {
                prompt: window.prompt(),
                news: WindowNews::Closed {
                    stretched: Some(stretched),
                },
            });
        }
    }

    fn ask_for_another(&mut self) {
        let Some(window) = &self.window else {
            return;
        };
        let place = window.place(&self.rules[self.version], self.now.boot);
        self.happen(Event::Window {
            prompt: window.prompt(),
            news: WindowNews::OtherStretch { place },
        });
    }

    fn stretched(&self) -> Duration {
        let window = self.window.as_ref();
        window.map_or(Duration::ZERO, |window| window.stretched(self.now.boot))
    }

    /// Passes on what the window has to say now.
    fn hear_window(&mut self) {
        let now = self.now.boot;
        while let Some(window) = &mut self.window
            && let Some(news) = window.news(now)
        {
            let prompt = window.prompt();
            if matches!(news, WindowNews::Done { .. }) {
                self.window = None;
            }
            self.happen(Event::Window { prompt, news });
        }
    }

    fn happen(&mut self, event: Event) {
        if !self.runs() {
            return;
        }
        let state = self.state.clone();
        let (state, effects) = state.step(&self.rules[self.version], event, self.now);
        self.state = state;
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let asked = self.recorded.is_none() && effects.contains(&Effect::Watch(true));
        for effect in effects {
            match effect {
                Effect::Tell(story) => self.tell(self.now, Happening::Story(story)),
                Effect::TellLate { at, story } => self.tell(at, Happening::Story(story)),
                Effect::Window(_) if self.recorded.is_some() => {}
                Effect::Window(order) => {
                    let rules = &self.rules[self.version];
                    StandIn::obey(&mut self.window, order, rules, self.now.boot);
                }
                Effect::Announce(_)
                | Effect::Withdraw { .. }
                | Effect::Ask(_)
                | Effect::WithdrawQuestion { .. }
                | Effect::Record(_)
                | Effect::Save
                | Effect::Watch(_) => {}
            }
        }
        if asked {
            // Whatever speaks against a break is told as soon as it is so, asked for or not.
            self.happen(Event::Sensed);
        }
    }

    fn tell(&mut self, at: Moment, what: Happening) {
        (self.report)(Entry {
            t: (at.boot - self.start).as_secs(),
            at: at.local(),
            what,
        });
    }
}
