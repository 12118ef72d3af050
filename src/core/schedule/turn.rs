//! One step of the engine: time goes by, an event happens, and everything that follows from it.

use std::time::Duration;

use super::{super::time::Moment, Effect, Event, Rules, Story, due::Stage, state::State};

/// A machine that was gone for less has not slept: the two clocks are read one after the other.
const SHORTEST_SLEEP: Duration = Duration::from_millis(100);

/// How often what follows from what is worked out at one instant before giving up. Each round but
/// the last brings a break further on its way, and there are only a few reminders.
const MOST_ROUNDS: usize = 1000;

/// A step that is being taken.
pub(super) struct Turn<'a> {
    pub state: State,
    pub rules: &'a Rules,
    pub effects: Vec<Effect>,
    /// Whether anything happened in this round.
    pub changed: bool,
    /// The moment in a sleep that is looked at, after the machine woke up.
    pub asleep_at: Option<Moment>,
}

impl<'a> Turn<'a> {
    pub fn new(state: State, rules: &'a Rules) -> Self {
        let mut turn = Self {
            state,
            rules,
            effects: Vec::new(),
            changed: false,
            asleep_at: None,
        };
        if !turn.fits_rules() {
            turn.reload();
        }
        turn
    }

    pub fn tell(&mut self, story: Story) {
        self.effects.push(match self.asleep_at {
            Some(at) => Effect::TellLate { at, story },
            None => Effect::Tell(story),
        });
    }

    pub fn id(&self, i: usize) -> String {
        self.state.tracks[i].id.clone()
    }

    /// Lets time go by until `now`, deadline by deadline. Awake first, then asleep, then whatever
    /// was done to the wall clock.
    pub fn advance(&mut self, now: Moment) {
        let at = self.state.at;
        let span = now.boot.saturating_sub(at.boot);
        let awake = now.awake.saturating_sub(at.awake).min(span);
        let asleep = span - awake;
        let awake_until = if asleep < SHORTEST_SLEEP {
            at.boot + span
        } else {
            at.boot + awake
        };
        while let Some(next) = self.next_change()
            && next <= awake_until
        {
            self.move_to(self.state.at.later(next - self.state.at.boot));
            self.catch_up();
        }
        self.move_to(self.state.at.later(awake_until - self.state.at.boot));
        let before = self.state.at;
        self.state.at = Moment {
            boot: before.boot.max(now.boot),
            ..now
        };
        if self.state.at.boot > before.boot {
            self.wake_up(before);
        }
        if self.state.at.zone != before.zone || self.state.at.utc != before.utc {
            self.read_wall_clock_anew(before);
        }
        self.catch_up();
    }

    fn move_to(&mut self, moment: Moment) {
        let before = self.state.at;
        self.count_work(moment.boot);
        self.run_current(moment.boot - before.boot);
        self.state.at = moment;
        self.ring_anchors(before, false);
    }

    /// The machine slept. What a clock alone brings about is told with its own time; everything
    /// else would have needed the user, and happens now.
    fn wake_up(&mut self, before: Moment) {
        let now = self.state.at;
        self.state.at = before;
        self.asleep_at = Some(before);
        let settled = now.boot + self.rules.config().schedule.settle;
        self.interrupt(settled);
        self.sleep_through(now.boot);
        self.asleep_at = None;
        self.state.at = now;
        self.note_sleep(before.boot);
        self.take_natural_breaks();
        if self.state.presence.input == super::presence::Input::Unknown {
            self.user_is_back_unless_locked();
        }
    }

    /// Ends pauses and meetings, and begins and ends working hours, when they would have.
    fn sleep_through(&mut self, until: Duration) {
        while let Some(next) = self.next_change_by_clock()
            && next < until
        {
            self.state.at = self.state.at.later(next - self.state.at.boot);
            self.asleep_at = Some(self.state.at);
            self.end_pause();
            self.end_meeting();
            self.turn_hours();
            self.note_reasons();
        }
    }

    fn read_wall_clock_anew(&mut self, before: Moment) {
        self.aim_pause_anew(before);
        self.forget_future_anchors();
        let slept = self.state.at.boot > before.boot;
        self.ring_anchors(before, slept);
    }

    pub fn on_event(&mut self, event: Event) {
        match event {
            Event::Tick => {}
            Event::Input(sensor) => self.on_input(sensor),
            Event::Locked(locked) => self.on_lock(locked),
            Event::Held(hold, on) => self.on_hold(hold, on),
            Event::Sensed => self.on_sensed(),
            Event::Notifier(notifier) => self.state.notifier = notifier,
            Event::Answer { prompt, answer } => self.on_answer(prompt, answer),
            Event::AnswerCurrent(answer) => self.on_answer_to_current(answer),
            Event::Now { reminder, stretch } => self.on_now(reminder.as_deref(), stretch),
            Event::Window { prompt, news } => self.on_window(prompt, news),
            Event::Pause(until) => self.on_pause(until),
            Event::Resume => self.on_resume(),
            Event::Meeting(news) => self.on_meeting(news),
            Event::RulesChanged => self.reload(),
            Event::Quit => {
                let until = self.state.at.boot + self.rules.config().schedule.settle;
                self.withdraw(Stage::Settling { until });
                self.withdraw_question();
            }
        }
    }

    /// Works out everything that follows at this instant. A rest is seen before anything becomes
    /// due, and what holds before anything is announced.
    pub fn catch_up(&mut self) {
        for _ in 0..MOST_ROUNDS {
            self.changed = false;
            self.end_pause();
            self.end_meeting();
            self.ask_about_meeting();
            self.turn_hours();
            self.take_natural_breaks();
            self.find_due();
            self.drop_late();
            self.mind_current();
            self.hold_and_release();
            self.mind_sensors();
            self.offer();
            if !self.changed {
                self.note_reasons();
                return;
            }
        }
        debug_assert!(
            false,
            "the schedule goes round in circles: {:?}",
            self.state
        );
    }

    /// The new state and what to do, with a word when something is worth keeping.
    pub fn finish(mut self) -> (State, Vec<Effect>) {
        let told = (self.effects.iter()).any(|effect| match effect {
            Effect::Tell(_) | Effect::TellLate { .. } | Effect::Record(_) => true,
            Effect::Announce(_)
            | Effect::Withdraw { .. }
            | Effect::Ask(_)
            | Effect::WithdrawQuestion { .. }
            | Effect::Window(_)
            | Effect::Watch(_)
            | Effect::Save => false,
        });
        if told || self.state.at.boot >= self.next_save() {
            self.state.saved_at = self.state.at.boot;
            self.effects.push(Effect::Save);
        }
        (self.state, self.effects)
    }
}
