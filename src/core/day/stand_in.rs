//! A window that nobody sees: it does what the real one does, and tells it at the same times.

use std::time::Duration;

use crate::core::{
    config::What,
    schedule::{Prompt, Rules, WindowNews, WindowOrder},
    stretch::StretchId,
};

/// The window of the current break.
#[derive(Clone, Debug)]
pub struct StandIn {
    prompt: u64,
    what: What,
    stretches: Vec<StretchId>,
    /// When the countdown begins and when it is over, on the boot clock; `None` in the ready state.
    runs: Option<(Duration, Duration)>,
    told_running: bool,
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
                    open.stretches = stretches;
                    if open.runs.is_some() {
                        open.start(rules, now);
                    }
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
            told_running: false,
        }
    }

    fn start(&mut self, rules: &Rules, now: Duration) {
        let begins = now + rules.config().schedule.settle_in;
        self.runs = Some((
            begins,
            begins + rules.countdown(&self.what, &self.stretches),
        ));
        self.told_running = false;
    }

    /// The number of its prompt.
    pub fn prompt(&self) -> u64 {
        self.prompt
    }

    /// When it next has something to say, on the boot clock.
    pub fn deadline(&self) -> Option<Duration> {
        self.runs
            .map(|(begins, ends)| if self.told_running { ends } else { begins })
    }

    /// What it has to say now, if anything.
    pub fn news(&mut self, now: Duration) -> Option<WindowNews> {
        let (begins, ends) = self.runs?;
        if !self.told_running && begins <= now {
            self.told_running = true;
            return Some(WindowNews::Countdown(true));
        }
        (self.told_running && ends <= now).then(|| WindowNews::Done {
            stretched: ends - begins,
        })
    }

    /// Whether a stretch is under way, settling in included.
    pub fn is_under_way(&self) -> bool {
        self.runs.is_some()
    }

    /// How long the countdown has run.
    pub fn stretched(&self, now: Duration) -> Duration {
        self.runs.map_or(Duration::ZERO, |(begins, ends)| {
            now.min(ends).saturating_sub(begins)
        })
    }
}
