//! The meeting that the user told of: until when, and the one question before it ends by itself.
//!
//! Where nothing on the desktop shows a meeting, as with people around a table, the user says so.
//! What sensors see is another matter: that comes in as [`Hold::Meeting`](super::Hold).

use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{super::time::Moment, Effect, MeetingNews, Question, SavedMeeting, Story, turn::Turn};

/// So long before its end the user is asked whether the meeting goes on; in a short one, when half
/// of it is over.
const ASK_BEFORE: Duration = Duration::from_secs(120);

/// By so much a meeting goes on that is not over.
pub(super) const MORE: Duration = Duration::from_secs(3600);

/// A meeting that the user told of. Times are on the boot clock: it goes on through sleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    /// When it ends, if nobody says otherwise.
    until: Duration,
    /// When to ask whether it goes on.
    ask_at: Duration,
    /// The number of the question, once it was asked.
    asked: Option<u64>,
}

impl Meeting {
    fn for_the_next(length: Duration, now: Duration) -> Self {
        let until = now.saturating_add(length);
        Self {
            until,
            ask_at: until - ASK_BEFORE.min(length / 2),
            asked: None,
        }
    }

    /// Goes on where an earlier run of the program left it. Its question went with that run.
    pub fn again(saved: SavedMeeting, off: Duration, now: Duration) -> Self {
        let later = |left: Duration| now.saturating_add(left.saturating_sub(off));
        Self {
            until: later(saved.left),
            ask_at: later(saved.ask_in),
            asked: None,
        }
    }

    /// What a restart should remember.
    pub fn saved(self, now: Duration) -> SavedMeeting {
        SavedMeeting {
            left: self.until.saturating_sub(now),
            ask_in: self.ask_at.saturating_sub(now),
        }
    }

    /// When it ends, as the user reads it.
    pub fn until(self, now: Moment) -> Option<DateTime<FixedOffset>> {
        let left = TimeDelta::from_std(self.until.saturating_sub(now.boot)).ok()?;
        Some(now.zone.local(now.utc.checked_add_signed(left)?))
    }

    /// When it ends, on the boot clock.
    pub fn ends_at(self) -> Duration {
        self.until
    }

    /// When something next happens to it, on the boot clock.
    pub fn next_change(self) -> Duration {
        match self.asked {
            Some(_) => self.until,
            None => self.ask_at.min(self.until),
        }
    }
}

impl Turn<'_> {
    pub(super) fn on_meeting(&mut self, news: MeetingNews) {
        let hold = &self.rules.config().hold;
        match news {
            // Where meetings hold nothing there is none to tell of.
            MeetingNews::On(_) if !hold.meeting => {}
            MeetingNews::On(length) => {
                let length = length.unwrap_or(hold.meeting_length);
                self.withdraw_question();
                self.meet(Meeting::for_the_next(length, self.state.at.boot));
            }
            MeetingNews::Over => self.meeting_over(),
            MeetingNews::Answer { question, goes_on } => {
                let asked = self.state.meeting.and_then(|meeting| meeting.asked);
                if asked == Some(question) {
                    self.on_answer_to_question(goes_on);
                }
            }
            MeetingNews::GoesOn => {
                if self.state.meeting.is_some() {
                    self.on_answer_to_question(true);
                }
            }
        }
    }

    fn on_answer_to_question(&mut self, goes_on: bool) {
        match self.state.meeting {
            Some(meeting) if goes_on => {
                self.withdraw_question();
                let until = meeting.until.saturating_add(MORE);
                self.meet(Meeting {
                    until,
                    ask_at: until - ASK_BEFORE,
                    asked: None,
                });
            }
            Some(_) | None => self.meeting_over(),
        }
    }

    fn meet(&mut self, meeting: Meeting) {
        self.state.meeting = Some(meeting);
        self.changed = true;
        self.tell(Story::InMeeting {
            until: meeting.until(self.state.at),
        });
    }

    fn meeting_over(&mut self) {
        self.withdraw_question();
        if self.state.meeting.take().is_some() {
            self.changed = true;
            self.tell(Story::MeetingOver);
        }
    }

    /// Takes the question back, if it is on the screen. It is not asked again for that.
    pub(super) fn withdraw_question(&mut self) {
        if let Some(number) = self.state.meeting.and_then(|meeting| meeting.asked) {
            self.effects.push(Effect::WithdrawQuestion { number });
        }
    }

    /// Ends the meeting when its time has come, or when meetings hold nothing any more.
    pub(super) fn end_meeting(&mut self) {
        let Some(meeting) = self.state.meeting else {
            return;
        };
        if meeting.until <= self.state.at.boot || !self.rules.config().hold.meeting {
            self.meeting_over();
        }
    }

    /// Asks once whether it goes on.
    pub(super) fn ask_about_meeting(&mut self) {
        let now = self.state.at;
        let number = self.state.next_prompt;
        let Some(meeting) = &mut self.state.meeting else {
            return;
        };
        if meeting.asked.is_some() || meeting.ask_at > now.boot {
            return;
        }
        meeting.asked = Some(number);
        let meeting = *meeting;
        self.state.next_prompt += 1;
        self.changed = true;
        self.effects.push(Effect::Ask(Question {
            number,
            ends_in: meeting.until - now.boot,
            more: MORE,
        }));
        self.tell(Story::MeetingEndsSoon {
            until: meeting.until(now),
        });
    }
}
