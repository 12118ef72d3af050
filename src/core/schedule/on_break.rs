//! A break that is under way, as its window reports it.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{
    super::stretch::StretchId,
    Effect, Story, WindowNews, WindowOrder,
    current::Phase,
    due::Stage,
    effect::{By, Outcome},
    event::Answer,
    turn::Turn,
};

impl Phase {
    /// When the user began, if so.
    pub(super) fn started(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Announced { .. } => None,
            Self::UnderWay { since, .. } => Some(*since),
        }
    }
}

impl Turn<'_> {
    /// News from a window. That of a break that is over is ignored.
    pub(super) fn on_window(&mut self, prompt: u64, news: WindowNews) {
        let Some(current) = &mut self.state.current else {
            return;
        };
        if current.prompt.number != prompt {
            return;
        }
        match (news, &mut current.phase) {
            (WindowNews::Countdown(now), Phase::UnderWay { running, .. }) => *running = now,
            (WindowNews::Done { stretched }, Phase::UnderWay { .. }) => self.complete(stretched),
            (
                WindowNews::Closed { stretched },
                Phase::UnderWay {
                    stretched: counted,
                    countdown,
                    ..
                },
            ) => {
                // A window that hung before it was ended ran on in our books, not on the screen.
                let stretched = stretched.unwrap_or((*counted).min(*countdown));
                self.abandon(stretched);
            }
            (WindowNews::Closed { .. }, Phase::Announced { .. }) => self.close_unstarted(),
            (WindowNews::Answered { answer, .. }, Phase::Announced { .. }) => {
                self.on_answer_to_current(answer);
            }
            (WindowNews::Answered { answer, stretched }, Phase::UnderWay { .. }) => match answer {
                Answer::Start => {}
                Answer::Snooze(length) => self.snooze_if_left(length),
                Answer::Skip => self.skip(stretched),
            },
            (WindowNews::OtherStretch { place }, _) => self.exchange(|_, at| at == place),
            (WindowNews::NotForMe { stretch, place }, _) => {
                self.exchange(|shown, at| at >= place && *shown == stretch);
            }
            (WindowNews::PutBack { stretch, place }, _) => self.put_back(&stretch, place),
            (WindowNews::Countdown(_) | WindowNews::Done { .. }, Phase::Announced { .. }) => {}
        }
    }

    fn complete(&mut self, stretched: Duration) {
        let Some(current) = self.forget_current() else {
            return;
        };
        self.tell(Story::Completed {
            reminder: current.prompt.reminder,
            stretches: current.prompt.stretches,
            stretched,
        });
        self.count_break_as_rest_of_all(current.track);
        let started = current.phase.started();
        self.resolve(current.track, Outcome::Completed, started, stretched);
    }

    /// Closed before the end. Half of it is good enough; less comes again as after a snooze.
    fn abandon(&mut self, stretched: Duration) {
        let Some(current) = self.forget_current() else {
            return;
        };
        let countdown = match current.phase {
            Phase::UnderWay { countdown, .. } => countdown,
            Phase::Announced { .. } => Duration::MAX,
        };
        let i = current.track;
        let started = current.phase.started();
        self.tell(Story::Abandoned {
            reminder: current.prompt.reminder,
            stretches: current.prompt.stretches,
            stretched,
        });
        if stretched * 2 >= countdown {
            self.count_break_as_rest_of_all(i);
            self.resolve(i, Outcome::Abandoned, started, stretched);
            return;
        }
        if let Some(due) = self.state.tracks[i].due.clone() {
            self.record(i, due, Outcome::Abandoned, started, stretched);
        }
        let until = self.state.at.boot + self.rules.first_snooze();
        self.set_stage(i, Stage::Snoozed { until });
    }

    /// The window was closed in its ready state: not now.
    fn close_unstarted(&mut self) {
        let Some(current) = &mut self.state.current else {
            return;
        };
        current.window = false;
        match self.rules.next_snooze(current.prompt.snoozes) {
            Some(length) => self.snooze(length, By::User),
            None => self.skip(Duration::ZERO),
        }
    }

    /// Other stretches in these places of the break; the rest of it stays.
    fn exchange(&mut self, unwanted: impl Fn(&StretchId, usize) -> bool) {
        let Some(current) = &mut self.state.current else {
            return;
        };
        let mut stretches = current.prompt.stretches.clone();
        for place in 0..stretches.len() {
            let of = stretches[place].clone();
            if !unwanted(&of, place) {
                continue;
            }
            current.passed.push(of.clone());
            let pool = self.rules.stretches();
            let seen = |id: &StretchId| stretches.contains(id) || current.passed.contains(id);
            if pool.iter().all(|known| seen(&known.facts.id)) {
                // All have been looked at: round again.
                current.passed.clear();
            }
            let avoid = [stretches.as_slice(), &current.passed].concat();
            if let Some(drawn) = self.state.bag.draw_instead(pool, &avoid, &of) {
                stretches[place] = drawn;
            }
        }
        self.show(stretches);
    }

    /// A stretch that had to go is back in its place; what stands there was not done.
    fn put_back(&mut self, stretch: &StretchId, place: usize) {
        let Some(current) = &self.state.current else {
            return;
        };
        let mut stretches = current.prompt.stretches.clone();
        if !self.rules.knows_stretch(stretch) {
            return;
        }
        let Some(shown) = stretches.get_mut(place) else {
            return;
        };
        let instead = std::mem::replace(shown, stretch.clone());
        if !stretches.contains(&instead) {
            self.state.bag.put_back(&[instead]);
        }
        self.state.bag.take(stretch);
        self.show(stretches);
    }

    /// These stretches in place of those of the current break, also where they are the same: the
    /// window waits for them.
    fn show(&mut self, stretches: Vec<StretchId>) {
        let Some(current) = &mut self.state.current else {
            return;
        };
        if stretches.is_empty() {
            return;
        }
        let before = std::mem::replace(&mut current.prompt.stretches, stretches.clone());
        let settle_in = self.rules.config().schedule.settle_in;
        let what = &current.prompt.what;
        current.prompt.length = settle_in + self.rules.duration(what, &stretches);
        if let Phase::UnderWay {
            countdown, running, ..
        } = &mut current.phase
            && before != stretches
        {
            *countdown = self.rules.countdown(what, &stretches);
            *running = false;
        }
        let (track, prompt) = (current.track, current.prompt.number);
        if let Some(due) = &mut self.state.tracks[track].due {
            due.stretches.clone_from(&stretches);
        }
        self.changed = true;
        self.effects
            .push(Effect::Window(WindowOrder::Show { prompt, stretches }));
    }

    /// A break that ends while nobody gives input was the rest, for all who took it together.
    pub(super) fn count_break_as_rest_of_all(&mut self, i: usize) {
        self.count_break_as_rest(i);
        for absorbed in self.absorbed_by(i) {
            self.count_break_as_rest(absorbed);
        }
    }
}
