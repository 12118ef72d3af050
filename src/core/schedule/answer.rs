//! What the user says: start, snooze, skip, now.

use std::{cmp::Reverse, time::Duration};

use super::{
    super::stretch::StretchId,
    Effect, Story, WindowOrder,
    current::Phase,
    due::{Due, Stage},
    effect::{By, Outcome},
    event::Answer,
    turn::Turn,
};

impl Turn<'_> {
    /// An answer to the announcement with this number. One that comes late or twice is ignored.
    pub(super) fn on_answer(&mut self, prompt: u64, answer: Answer) {
        let current = self.state.current.as_ref();
        if current.is_some_and(|current| current.prompt.number == prompt) {
            self.on_answer_to_current(answer);
        }
    }

    /// An answer to whatever is announced.
    pub(super) fn on_answer_to_current(&mut self, answer: Answer) {
        let waits = (self.state.current.as_ref())
            .is_some_and(|current| matches!(current.phase, Phase::Announced { .. }));
        if !waits {
            return;
        }
        match answer {
            Answer::Start => self.start(),
            Answer::Snooze(length) => self.snooze_if_left(length),
            Answer::Skip => self.skip(Duration::ZERO),
        }
    }

    pub(super) fn start(&mut self) {
        let at = self.state.at.utc;
        let rules = self.rules;
        let Some(current) = &mut self.state.current else {
            return;
        };
        self.changed = true;
        let prompt = current.prompt.clone();
        current.phase = Phase::UnderWay {
            since: at,
            stretched: Duration::ZERO,
            countdown: rules.countdown(&prompt.what, &prompt.stretches),
            running: false,
        };
        let was_open = std::mem::replace(&mut current.window, true);
        if std::mem::replace(&mut current.notified, false) {
            self.effects.push(Effect::Withdraw {
                prompt: prompt.number,
            });
        }
        let (reminder, stretches) = (prompt.reminder.clone(), prompt.stretches.clone());
        if was_open {
            self.effects.push(Effect::Window(WindowOrder::Start {
                prompt: prompt.number,
            }));
        } else {
            self.effects.push(Effect::Window(WindowOrder::Open {
                prompt,
                start: true,
            }));
            self.tell(Story::Opened {
                reminder: reminder.clone(),
                stretches: stretches.clone(),
            });
        }
        self.tell(Story::Started {
            reminder,
            stretches,
        });
    }

    /// Snoozes the current break, if a snooze is left.
    pub(super) fn snooze_if_left(&mut self, length: Option<Duration>) {
        let Some(current) = &self.state.current else {
            return;
        };
        if let Some(next) = self.rules.next_snooze(current.prompt.snoozes) {
            self.snooze(length.unwrap_or(next), By::User);
        }
    }

    pub(super) fn snooze(&mut self, length: Duration, by: By) {
        let Some(current) = self.close_current() else {
            return;
        };
        let until = self.state.at.boot + length;
        let Some(due) = &mut self.state.tracks[current.track].due else {
            return;
        };
        due.snoozes += 1;
        due.stage = Stage::Snoozed { until };
        let snoozes = due.snoozes;
        self.tell(Story::Snoozed {
            reminder: current.prompt.reminder,
            length,
            snoozes,
            by,
        });
    }

    pub(super) fn skip(&mut self, stretched: Duration) {
        let Some(current) = self.close_current() else {
            return;
        };
        self.tell(Story::Skipped {
            reminder: current.prompt.reminder.clone(),
        });
        let started = current.phase.started();
        self.count_break_as_rest_of_all(current.track);
        self.resolve(current.track, Outcome::Skipped, started, stretched);
    }

    pub(super) fn miss(&mut self) {
        let Some(current) = self.close_current() else {
            return;
        };
        self.tell(Story::Missed {
            reminder: current.prompt.reminder,
        });
        self.resolve(current.track, Outcome::Missed, None, Duration::ZERO);
    }

    /// "Stretch now": whatever holds, unless a stretch is under way already.
    pub(super) fn on_now(&mut self, reminder: Option<&str>, stretch: Option<StretchId>) {
        let i = match reminder {
            Some(id) => self.state.tracks.iter().position(|track| track.id == id),
            None => self.most_wanted(),
        };
        let under_way = (self.state.current.as_ref())
            .is_some_and(|current| matches!(current.phase, Phase::UnderWay { .. }));
        let (Some(i), false) = (i, under_way) else {
            return;
        };
        let stretch = stretch.filter(|id| self.rules.knows_stretch(id));
        if !self.is_announced(i) || stretch.is_some() {
            let settled = self.state.at.boot + self.rules.config().schedule.settle;
            self.withdraw(Stage::Settling { until: settled });
            self.make_due_now(i, stretch);
            self.make_current(i);
        }
        self.start();
        self.absorb_what_waits(i);
    }

    /// The reminder that "now" means when it names none.
    fn most_wanted(&self) -> Option<usize> {
        if let Some(current) = &self.state.current {
            return Some(current.track);
        }
        let all = 0..self.state.tracks.len();
        let due = all
            .clone()
            .filter(|i| {
                (self.state.tracks[*i].due.as_ref())
                    .is_some_and(|due| !matches!(due.stage, Stage::Absorbed { .. }))
            })
            .max_by_key(|i| (self.length(*i), Reverse(*i)));
        due.or_else(|| all.min_by_key(|i| (self.due_in(*i), *i)))
    }

    fn make_due_now(&mut self, i: usize, stretch: Option<StretchId>) {
        let at = self.state.at;
        let due = self.state.tracks[i].due.get_or_insert_with(|| Due {
            since: at.boot,
            utc: at.utc,
            anchor: None,
            slipped: false,
            stretches: Vec::new(),
            snoozes: 0,
            announced: None,
            stage: Stage::Waiting,
        });
        if let Some(chosen) = stretch {
            let before = std::mem::replace(&mut due.stretches, vec![chosen.clone()]);
            self.state.bag.put_back(&before);
            self.state.bag.take(&chosen);
        }
    }

    /// Other breaks that are due and no longer than the one that began are taken with it.
    fn absorb_what_waits(&mut self, by: usize) {
        let Some(length) = self.state.current.as_ref().map(|current| current.length) else {
            return;
        };
        for i in 0..self.state.tracks.len() {
            let waits = (self.state.tracks[i].due.as_ref()).is_some_and(|due| match due.stage {
                Stage::Waiting | Stage::Held { .. } | Stage::Settling { .. } => true,
                Stage::Snoozed { .. } | Stage::Absorbed { .. } | Stage::Current => false,
            });
            if waits && self.length(i) <= length {
                self.absorb(i, by);
            }
        }
    }
}
