//! Calls over the bus: what they ask of the schedule, and what they get back.

use std::collections::BTreeMap;

use super::{Daemon, reasons};
use crate::{
    core::{
        config::StretchFacts,
        schedule::{
            Condition, Event, InputStatus, MeetingNews, Notifier, Status, effect::Reason,
            event::Answer,
        },
        stretch::StretchId,
        time::Moment,
    },
    desktop::notify::Notice,
    ipc::{
        service::{Call, Properties, Refusal, Request},
        tales,
        wire::{self, STATUS_VERSION},
    },
    text::{text, text_with},
};

impl Daemon {
    /// Does what a caller asks, and replies.
    pub(super) fn answer(&mut self, call: Call, now: Moment) {
        let story = call.request == Request::Why;
        let outcome = self.obey(call.request, now).map(|()| match story {
            true => tales::json(&self.chronicle),
            false => self.status(),
        });
        // A caller that is gone gets no reply, and needs none.
        call.reply.try_send(outcome).ok();
    }

    pub(super) fn obey(&mut self, request: Request, now: Moment) -> Result<(), Refusal> {
        match request {
            Request::Status | Request::Why => self.step(Event::Tick, now),
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
            Request::Quit => self.ending = true,
        }
        Ok(())
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
        if let Some(id) = stretch
            && !self.catalogue.iter().any(|known| known.facts.id == *id)
        {
            let facts = self.catalogue.iter().map(|known| &known.facts);
            let known: Vec<&str> = facts
                .map(|facts: &StretchFacts| facts.id.0.as_str())
                .collect();
            return Err(Refusal::UnknownStretch(unknown(
                "refused-stretch",
                &id.0,
                &known,
            )));
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
            ..wire(&status, self.prompt_snooze(&status), &self.problems)
        };
        serde_json::to_string(&shown).unwrap_or_else(|error| {
            log::error!("the status cannot be written as JSON: {error}");
            String::from("{}")
        })
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
    Properties {
        state: status.state.word().to_owned(),
        reasons: words(&status.reasons),
        paused_until: paused_until(status).unwrap_or_default(),
        meeting_until: meeting_until(status).unwrap_or_default(),
    }
}

fn paused_until(status: &Status) -> Option<String> {
    status
        .pause
        .and_then(|pause| pause.until)
        .map(|until| until.to_rfc3339())
}

fn meeting_until(status: &Status) -> Option<String> {
    let until = status.meeting.and_then(|meeting| meeting.until);
    until.map(|until| until.to_rfc3339())
}

fn wire(status: &Status, snooze_s: Option<f64>, problems: &[String]) -> wire::Status {
    let reminders: BTreeMap<String, wire::ReminderStatus> = (status.reminders.iter())
        .map(|reminder| {
            let shown = wire::ReminderStatus {
                work_s: reminder.work.as_secs_f64(),
                due_in_s: Some(reminder.due_in.as_secs_f64()),
                snoozes: reminder.snoozes,
                reasons: words(&reminder.reasons),
            };
            (reminder.id.clone(), shown)
        })
        .collect();
    let next = status
        .reminders
        .iter()
        .min_by_key(|reminder| reminder.due_in)
        .map(|reminder| wire::Next {
            reminder: reminder.id.clone(),
            in_s: reminder.due_in.as_secs_f64(),
        });
    let current = status.current.as_ref().map(|current| wire::CurrentBreak {
        reminder: current.reminder.clone(),
        stretches: current.stretches.iter().map(ToString::to_string).collect(),
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
        paused_until: paused_until(status),
        meeting_until: meeting_until(status),
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
