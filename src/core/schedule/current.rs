//! The one break that is announced or under way: how it is shown, and what takes it back.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{
    super::{config::Open, stretch::StretchId},
    Effect, Notifier, Prompt, Story, WindowOrder,
    account::Led,
    due::Stage,
    effect::{By, Reason},
    turn::Turn,
};

/// The break that is announced or under way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Current {
    /// The place of its reminder.
    pub track: usize,
    /// What the user was told.
    pub prompt: Prompt,
    /// How long it is, to compare.
    pub length: Duration,
    /// Stretches that had to make way for others since it was announced.
    pub passed: Vec<StretchId>,
    /// Whether a notification shows it.
    pub notified: bool,
    /// Whether the window is open.
    pub window: bool,
    /// Which of the two.
    pub phase: Phase,
}

/// Announced, or under way.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Phase {
    /// Waits for an answer.
    Announced {
        /// When it was announced.
        since: DateTime<Utc>,
        /// When its window opens by itself, on the boot clock.
        opens: Option<Duration>,
        /// How long the user has worked on without an answer.
        ignored: Duration,
    },
    /// Under way, settling in included.
    UnderWay {
        /// When the user began.
        since: DateTime<Utc>,
        /// How long the countdown has run.
        stretched: Duration,
        /// How long it runs in all.
        countdown: Duration,
        /// Whether it runs now.
        running: bool,
    },
}

impl Turn<'_> {
    /// Makes a due break the current one, announced and not shown yet.
    pub(super) fn make_current(&mut self, i: usize) {
        self.changed = true;
        let stretches = self.chosen_stretches(i);
        let length = self.length(i);
        let at = self.state.at;
        let Some(due) = &mut self.state.tracks[i].due else {
            return;
        };
        due.announced.get_or_insert(at.utc);
        due.stage = Stage::Current;
        let (since, snoozes) = (due.since, due.snoozes);
        self.state.tracks[i].led = Some(Led { due: since, length });
        let reminder = self.rules.reminder(i);
        let settle_in = self.rules.config().schedule.settle_in;
        let prompt = Prompt {
            number: self.state.next_prompt,
            reminder: reminder.id.clone(),
            what: reminder.what.clone(),
            length: settle_in + self.rules.duration(&reminder.what, &stretches),
            stretches,
            snooze: self.rules.next_snooze(snoozes),
            snoozes,
        };
        self.state.next_prompt += 1;
        self.state.current = Some(Current {
            track: i,
            prompt,
            length,
            passed: Vec::new(),
            notified: false,
            window: false,
            phase: Phase::Announced {
                since: at.utc,
                opens: None,
                ignored: Duration::ZERO,
            },
        });
    }

    pub(super) fn announce(&mut self, i: usize) {
        self.make_current(i);
        let at = self.state.at.boot;
        let open = self.rules.open(i);
        let notifier = self.state.notifier;
        let Some(current) = &mut self.state.current else {
            return;
        };
        if let Phase::Announced { opens, .. } = &mut current.phase {
            *opens = match open {
                Open::After(delay) => Some(at + delay),
                Open::AtOnce => Some(at),
                Open::OnStart => None,
            };
        }
        let prompt = current.prompt.clone();
        current.notified = notifier != Notifier::Gone;
        let announced = Story::Announced {
            reminder: prompt.reminder.clone(),
            stretches: prompt.stretches.clone(),
            snoozes: prompt.snoozes,
        };
        if notifier != Notifier::Gone {
            self.effects.push(Effect::Announce(prompt));
        }
        self.tell(announced);
    }

    /// Opens the window of an announced break in its ready state when its time has come, or when
    /// there is no notification to answer.
    pub(super) fn open_window_if_at_once(&mut self) {
        let at = self.state.at.boot;
        let unanswerable = self.state.notifier != Notifier::Ok;
        let Some(current) = &mut self.state.current else {
            return;
        };
        let Phase::Announced { opens, .. } = current.phase else {
            return;
        };
        if current.window || !(unanswerable || opens.is_some_and(|opens| opens <= at)) {
            return;
        }
        self.changed = true;
        current.window = true;
        let prompt = current.prompt.clone();
        self.tell(Story::Opened {
            reminder: prompt.reminder.clone(),
            stretches: prompt.stretches.clone(),
        });
        self.effects.push(Effect::Window(WindowOrder::Open {
            prompt,
            start: false,
        }));
    }

    /// What time and the outside do to the current break.
    pub(super) fn mind_current(&mut self) {
        let Some(current) = &self.state.current else {
            return;
        };
        match current.phase {
            Phase::Announced { ignored, .. } => {
                let mut reasons = self.reasons(current.track);
                // Whoever walks off is not disturbed; the announcement is there on the way back.
                reasons.remove(&Reason::Away);
                if !reasons.is_empty() {
                    self.withdraw(Stage::Waiting);
                } else if ignored >= self.rules.config().schedule.answer_within {
                    self.time_out();
                } else {
                    self.open_window_if_at_once();
                }
            }
            Phase::UnderWay { .. } => {
                if self.state.presence.locked {
                    let settle = self.rules.config().schedule.settle;
                    self.interrupt(self.state.at.boot + settle);
                }
            }
        }
    }

    /// Lock and sleep end a break that is under way. It comes again as after a hold, when it has
    /// settled.
    pub(super) fn interrupt(&mut self, settled: Duration) {
        let under_way = (self.state.current.as_ref())
            .is_some_and(|current| matches!(current.phase, Phase::UnderWay { .. }));
        if under_way {
            self.withdraw(Stage::Settling { until: settled });
        }
    }

    /// Takes the current break back; it goes on as a due break in this stage.
    pub(super) fn withdraw(&mut self, stage: Stage) {
        let Some(current) = self.close_current() else {
            return;
        };
        self.set_stage(current.track, stage);
        self.tell(Story::Withdrawn {
            reminder: current.prompt.reminder,
        });
    }

    fn time_out(&mut self) {
        let Some(current) = &self.state.current else {
            return;
        };
        match self.rules.next_snooze(current.prompt.snoozes) {
            Some(length) => self.snooze(length, By::Timeout),
            None => self.miss(),
        }
    }

    /// Takes notification and window away.
    pub(super) fn close_current(&mut self) -> Option<Current> {
        let window = self.state.current.as_ref()?.window;
        let current = self.forget_current()?;
        if window {
            self.effects.push(Effect::Window(WindowOrder::Close {
                prompt: current.prompt.number,
            }));
        }
        Some(current)
    }

    /// Takes the notification away; the window has closed itself.
    pub(super) fn forget_current(&mut self) -> Option<Current> {
        let current = self.state.current.take()?;
        self.changed = true;
        if current.notified {
            self.effects.push(Effect::Withdraw {
                prompt: current.prompt.number,
            });
        }
        Some(current)
    }

    /// Whether the announcement of this very reminder waits for an answer.
    pub(super) fn is_announced(&self, i: usize) -> bool {
        self.state.current.as_ref().is_some_and(|current| {
            current.track == i && matches!(current.phase, Phase::Announced { .. })
        })
    }

    /// Whether a break is under way that is this reminder's, or taken together with it.
    pub(super) fn is_under_way(&self, i: usize) -> bool {
        let Some(current) = &self.state.current else {
            return false;
        };
        let absorbed = (self.state.tracks[i].due.as_ref()).is_some_and(
            |due| matches!(&due.stage, Stage::Absorbed { by } if *by == current.prompt.reminder),
        );
        matches!(current.phase, Phase::UnderWay { .. }) && (current.track == i || absorbed)
    }

    /// Lets the clocks of the current break run for a time awake.
    pub(super) fn run_current(&mut self, span: Duration) {
        let works = self.state.presence.absence.is_none();
        match self
            .state
            .current
            .as_mut()
            .map(|current| &mut current.phase)
        {
            Some(Phase::Announced { ignored, .. }) if works => *ignored += span,
            Some(Phase::UnderWay {
                stretched, running, ..
            }) if *running => *stretched += span,
            Some(Phase::Announced { .. } | Phase::UnderWay { .. }) | None => {}
        }
    }

    /// Takes back what was counted as ignoring an announcement, when it is heard late that there
    /// was no input.
    pub(super) fn take_back_waiting(&mut self, idle_since: Duration) {
        let wrongly = self.state.at.boot.saturating_sub(idle_since);
        if let Some(Phase::Announced { ignored, .. }) = self
            .state
            .current
            .as_mut()
            .map(|current| &mut current.phase)
        {
            *ignored = ignored.saturating_sub(wrongly);
        }
    }
}
