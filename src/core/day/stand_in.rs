//! A window that nobody sees: it does what the real one does, and tells it at the same times.

use std::time::Duration;

use crate::core::{
    config::What,
    schedule::{Prompt, Rules, WindowNews, WindowOrder},
    stretch::{StretchId, session},
};

/// The window of the current break.
#[derive(Clone, Debug)]
pub struct StandIn {
    prompt: u64,
    what: What,
    stretches: Vec<StretchId>,
    /// The countdown, if the stretch is under way.
    runs: Option<Countdown>,
}

/// A countdown that runs, or is about to.
#[derive(Clone, Copy, Debug)]
struct Countdown {
    /// With which stretch it begins.
    from: usize,
    /// When, on the boot clock.
    begins: Duration,
    /// When it is over.
    ends: Duration,
    /// What had been stretched before.
    before: Duration,
    told_running: bool,
}

impl Countdown {
    fn stretched(&self, now: Duration) -> Duration {
        self.before + now.min(self.ends).saturating_sub(self.begins)
    }
}

impl StandIn {
    /// Follows an order of the schedule.
    pub fn obey(window: &mut Option<Self>, order: WindowOrder, rules: &Rules, now: Duration) {
        match order {
            WindowOrder::Open { prompt, start } => {
                let mut opened = Self::ready(prompt);
                if start {
                    opened.start(rules, now);
                }
                *window = Some(opened);
            }
            WindowOrder::Start { prompt } => {
                if let Some(open) = window.as_mut().filter(|open| open.prompt == prompt) {
                    open.start(rules, now);
                }
            }
            WindowOrder::Show { prompt, stretches } => {
                if let Some(open) = window.as_mut().filter(|open| open.prompt == prompt) {
                    open.show(stretches, rules, now);
                }
            }
            WindowOrder::Close { prompt } => {
                if window.as_ref().is_some_and(|open| open.prompt == prompt) {
                    *window = None;
                }
            }
        }
    }

    fn ready(prompt: Prompt) -> Self {
        Self {
            prompt: prompt.number,
            what: prompt.what,
            stretches: prompt.stretches,
            runs: None,
        }
    }

    fn start(&mut self, rules: &Rules, now: Duration) {
        self.run_from(0, Duration::ZERO, rules, now);
    }

    fn run_from(&mut self, from: usize, before: Duration, rules: &Rules, now: Duration) {
        let lead_in = match from {
            0 => rules.config().schedule.settle_in,
            _ => session::BETWEEN,
        };
        let begins = now + lead_in;
        self.runs = Some(Countdown {
            from,
            begins,
            ends: begins + rules.countdown(&self.what, &self.stretches[from..]),
            before,
            told_running: false,
        });
    }

    /// What is done of the break stays done; it goes on with the first stretch that is another.
    fn show(&mut self, stretches: Vec<StretchId>, rules: &Rules, now: Duration) {
        let before = std::mem::replace(&mut self.stretches, stretches);
        let other = (self.stretches.iter().zip(&before)).position(|(new, old)| new != old);
        if let (Some(runs), Some(from)) = (self.runs, other) {
            let stretched = runs.stretched(now);
            self.run_from(from, stretched, rules, now);
        }
    }

    /// The place of the stretch that is shown.
    pub fn place(&self, rules: &Rules, now: Duration) -> usize {
        let Some(runs) = self.runs else {
            return 0;
        };
        let run = now.saturating_sub(runs.begins);
        let last = self.stretches.len().saturating_sub(1);
        (runs.from..last)
            .find(|place| run < rules.countdown(&self.what, &self.stretches[runs.from..=*place]))
            .unwrap_or(last)
    }

    /// The number of its prompt.
    pub fn prompt(&self) -> u64 {
        self.prompt
    }

    /// When it next has something to say, on the boot clock.
    pub fn deadline(&self) -> Option<Duration> {
        let runs = self.runs?;
        Some(if runs.told_running {
            runs.ends
        } else {
            runs.begins
        })
    }

    /// What it has to say now, if anything.
    pub fn news(&mut self, now: Duration) -> Option<WindowNews> {
        let runs = self.runs.as_mut()?;
        if !runs.told_running && runs.begins <= now {
            runs.told_running = true;
            return Some(WindowNews::Countdown(true));
        }
        (runs.told_running && runs.ends <= now).then(|| WindowNews::Done {
            stretched: runs.stretched(now),
        })
    }

    /// Whether a stretch is under way, settling in included.
    pub fn is_under_way(&self) -> bool {
        self.runs.is_some()
    }

    /// How long the countdown has run.
    pub fn stretched(&self, now: Duration) -> Duration {
        self.runs.map_or(Duration::ZERO, |runs| runs.stretched(now))
    }
}
