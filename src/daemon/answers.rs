//! Calls over the bus: what they ask of the schedule, and what they get back.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, FixedOffset};

use super::{Daemon, reasons};
use crate::{
    core::{
        schedule::{
            Condition, Event, InputStatus, MeetingNews, Notifier, ReminderStatus, Status,
            effect::Reason, event::Answer,
        },
        stretch::StretchId,
        time::Moment,
    },
    desktop::notify::Notice,
    ipc::{
        news::{Properties, whole_seconds},
        service::{Call, Refusal, Request},
        tales,
        wire::{self, STATUS_VERSION},
    },
    text::{text, text_with},
};

impl Daemon {
    /// Does what a caller asks, and replies.
    pub(super) fn answer(&mut self, call: Call, now: Moment) {
        let outcome = self.obey(call.request, now);
        let outcome = outcome.map(|answer| answer.unwrap_or_else(|| self.status()));
        // A caller that is gone gets no reply, and needs none.
        call.reply.try_send(outcome).ok();
    }

    /// Does it, and gives the answer unless that is the status.
    pub(super) fn obey(
        &mut self,
        request: Request,
        now: Moment,
    ) -> Result<Option<String>, Refusal> {
        match request {
            Request::Status => self.step(Event::Tick, now),
            Request::Why => {
                self.step(Event::Tick, now);
                return Ok(Some(tales::json(&self.chronicle)));
            }
            Request::Now { reminder, stretch } => {
                self.may_begin(reminder.as_deref(), stretch.as_ref())?;
                self.step(Event::Now { reminder, stretch }, now);
            }
            Request::Answer(answer) => {
                self.may_answer(answer)?;
                self.step(Event::AnswerCurrent(answer), now);
            }
            Request::Pause(until) => self.step(Event::Pause(until), now),
            Request::Resume => self.step(Event::Resume, now),
            Request::Meeting(news) => {
                self.may_meet(news)?;
                self.step(Event::Meeting(news), now);
            }
            Request::Reload => self.reload(now),
            Request::Hello => self.notify.notice(Notice {
                title: text("notice-running"),
                body: text("notice-running-body"),
                transient: true,
            }),
            Request::Switch { stretch, on } => {
                self.may_choose(&stretch)?;
                self.switch(&stretch, on, now)
                    .map_err(Refusal::BadSetting)?;
            }
            Request::Quit => self.ending = true,
            Request::Look(what) => return self.look_up(&what, now).map(Some),
            Request::Set { key, value } => return self.set(&key, &value, now).map(Some),
        }
        Ok(None)
    }

    fn may_begin(
        &self,
        reminder: Option<&str>,
        stretch: Option<&StretchId>,
    ) -> Result<(), Refusal> {
        let config = self.rules.config();
        if let Some(id) = reminder
            && !config.reminders.iter().any(|known| known.id == id)
        {
            let known: Vec<&str> = config
                .reminders
                .iter()
                .map(|known| known.id.as_str())
                .collect();
            return Err(Refusal::UnknownReminder(unknown(
                "refused-reminder",
                id,
                &known,
            )));
        }
        if let Some(id) = stretch {
            self.may_choose(id)?;
        }
        if self.state.status(&self.rules).state == Condition::OnBreak {
            return Err(Refusal::OnBreak(text("refused-on-break")));
        }
        Ok(())
    }

    fn may_meet(&self, news: MeetingNews) -> Result<(), Refusal> {
        match news {
            MeetingNews::On(_) if !self.rules.config().hold.meeting => {
                Err(Refusal::SwitchedOff(text("refused-meeting-off")))
            }
            MeetingNews::On(_)
            | MeetingNews::Over
            | MeetingNews::GoesOn
            | MeetingNews::Answer { .. } => Ok(()),
        }
    }

    fn may_choose(&self, id: &StretchId) -> Result<(), Refusal> {
        let facts = self.catalogue.iter().map(|known| &known.facts);
        let known: Vec<&str> = facts.map(|facts| facts.id.0.as_str()).collect();
        match known.contains(&id.0.as_str()) {
            true => Ok(()),
            false => Err(Refusal::UnknownStretch(unknown(
                "refused-stretch",
                &id.0,
                &known,
            ))),
        }
    }

    fn may_answer(&self, answer: Answer) -> Result<(), Refusal> {
        if self.state.status(&self.rules).state != Condition::Announced {
            return Err(Refusal::NothingAnnounced(text("refused-nothing-announced")));
        }
        let snooze_left = self
            .prompt
            .as_ref()
            .is_some_and(|prompt| prompt.snooze.is_some());
        if matches!(answer, Answer::Snooze(_)) && !snooze_left {
            return Err(Refusal::NoSnoozeLeft(text("refused-no-snooze")));
        }
        Ok(())
    }

    /// The status as JSON.
    fn status(&self) -> String {
        let status = self.state.status(&self.rules);
        let source = self.idle_choice.by;
        let shown = wire::Status {
            idle_source: source.map(|source| source.name().to_owned()),
            settle_s: self.rules.config().schedule.settle.as_secs_f64(),
            waits: reasons::waits(&status, &self.sensors),
            ..wire(&status, self.prompt_snooze(&status), &self.problems_now())
        };
        serde_json::to_string(&shown).unwrap_or_else(|error| {
            log::error!("the status cannot be written as JSON: {error}");
            String::from("{}")
        })
    }

    /// Everything that does not work as it should.
    fn problems_now(&self) -> Vec<String> {
        let problems = self.problems.iter().cloned();
        problems.chain(self.faults.lines()).collect()
    }

    fn prompt_snooze(&self, status: &Status) -> Option<f64> {
        let prompt = self
            .prompt
            .as_ref()
            .filter(|_| status.state == Condition::Announced)?;
        prompt.snooze.map(|length| length.as_secs_f64())
    }
}

/// "There is no … called …", with the nearest one that there is.
fn unknown(id: &'static str, found: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|name| (strsim::jaro_winkler(name, found), *name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or("", |(_, name)| name);
    text_with(
        id,
        &[
            ("found", found.to_owned().into()),
            ("nearest", nearest.to_owned().into()),
        ],
    )
}

/// What listeners to the properties see.
pub fn properties(status: &Status) -> Properties {
    let next = next(status);
    Properties {
        state: status.state.word().to_owned(),
        reasons: words(&status.reasons),
        paused_until: paused_until(status),
        next_reminder: next.map(|next| next.id.clone()).unwrap_or_default(),
        next_break: next.and_then(|next| next.due_at),
        current_reminder: (status.current.as_ref())
            .map(|current| current.reminder.clone())
            .unwrap_or_default(),
        current_stretches: (status.current.as_ref())
            .map(|current| current.stretches.iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
        meeting_until: meeting_until(status),
    }
}

fn paused_until(status: &Status) -> Option<DateTime<FixedOffset>> {
    status.pause.and_then(|pause| pause.until)
}

/// The reminder that comes next, if one ever does.
fn next(status: &Status) -> Option<&ReminderStatus> {
    let comes = |reminder: &&ReminderStatus| reminder.due_in < Duration::MAX;
    (status.reminders.iter())
        .filter(comes)
        .min_by_key(|reminder| reminder.due_in)
}

fn meeting_until(status: &Status) -> Option<DateTime<FixedOffset>> {
    status.meeting.and_then(|meeting| meeting.until)
}

fn wire(status: &Status, snooze_s: Option<f64>, problems: &[String]) -> wire::Status {
    let reminders: BTreeMap<String, wire::ReminderStatus> = (status.reminders.iter())
        .map(|reminder| {
            let shown = wire::ReminderStatus {
                work_s: reminder.work.as_secs_f64(),
                due_in_s: (reminder.due_in < Duration::MAX)
                    .then_some(reminder.due_in.as_secs_f64()),
                due_at: reminder.due_at.map(|at| whole_seconds(&at)),
                snoozes: reminder.snoozes,
                reasons: words(&reminder.reasons),
            };
            (reminder.id.clone(), shown)
        })
        .collect();
    let next = next(status).map(|reminder| wire::Next {
        reminder: reminder.id.clone(),
        in_s: reminder.due_in.as_secs_f64(),
        at: reminder.due_at.map(|at| whole_seconds(&at)),
    });
    let current = status.current.as_ref().map(|current| wire::CurrentBreak {
        reminder: current.reminder.clone(),
        stretches: current.stretches.iter().map(ToString::to_string).collect(),
        since: Some(whole_seconds(&current.since)),
        snooze_s,
    });
    wire::Status {
        v: STATUS_VERSION,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        state: status.state.word().to_owned(),
        reasons: words(&status.reasons),
        waits: Vec::new(),
        waiting_since: reasons::waiting_since(status),
        settle_s: 0.0,
        comes_at: reasons::comes_at(status),
        reminders,
        next,
        current,
        paused_until: paused_until(status).map(|until| whole_seconds(&until)),
        meeting_until: meeting_until(status).map(|until| whole_seconds(&until)),
        idle: match status.input {
            InputStatus::Unknown => "unknown",
            InputStatus::Active => "active",
            InputStatus::Idle(_) => "idle",
        }
        .to_owned(),
        idle_source: None,
        notifier: match status.notifier {
            Notifier::Ok => "ok",
            Notifier::NoButtons => "no-buttons",
            Notifier::Gone => "gone",
        }
        .to_owned(),
        problems: problems.to_vec(),
    }
}

/// Reasons in the words of the contract.
fn words(reasons: &[Reason]) -> Vec<String> {
    reasons
        .iter()
        .map(|reason| reason.word().to_owned())
        .collect()
}
