//! Working hours: accounts stand still outside, and begin anew with each range.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::{
    super::{
        calendar::{self, HoursAt},
        time::Zone,
    },
    Rules, Story,
    due::Stage,
    turn::Turn,
};

/// What is remembered of the working hours.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hours {
    /// Whether now is inside. Without working hours it always is.
    pub inside: bool,
    /// Local time at which the latest range began: it does not begin twice.
    pub begun: Option<NaiveDateTime>,
    /// When this next changes.
    pub until: Option<DateTime<Utc>>,
    /// From when on and in which zone this has been so.
    valid: (DateTime<Utc>, Zone),
}

/// What the calendar says, whatever was before.
struct Reading {
    inside: bool,
    began: Option<NaiveDateTime>,
    until: Option<DateTime<Utc>>,
}

fn read(rules: &Rules, now: DateTime<Utc>, zone: Zone) -> Reading {
    let Some(hours) = &rules.config().hours else {
        return Reading {
            inside: true,
            began: None,
            until: None,
        };
    };
    match calendar::hours_at(hours, zone, now) {
        HoursAt::Inside { began, until, .. } => Reading {
            inside: true,
            began: Some(began),
            until,
        },
        HoursAt::Outside { until } => Reading {
            inside: false,
            began: None,
            until,
        },
    }
}

impl Hours {
    /// As the calendar says.
    pub fn new(rules: &Rules, now: DateTime<Utc>, zone: Zone) -> Self {
        let reading = read(rules, now, zone);
        Self {
            inside: reading.inside,
            begun: reading.began,
            until: reading.until,
            valid: (now, zone),
        }
    }

    /// When the range ends, where now is inside one that does.
    pub fn end(&self) -> Option<DateTime<Utc>> {
        self.until.filter(|_| self.inside)
    }

    fn is_current(&self, now: DateTime<Utc>, zone: Zone) -> bool {
        let (from, in_zone) = self.valid;
        from <= now && in_zone == zone && self.until.is_none_or(|until| now < until)
    }
}

impl Turn<'_> {
    /// Notices that working hours began or ended.
    pub(super) fn turn_hours(&mut self) {
        let (now, zone) = (self.state.at.utc, self.state.at.zone);
        if self.state.hours.is_current(now, zone) {
            return;
        }
        let reading = read(self.rules, now, zone);
        let hours = &mut self.state.hours;
        let was_inside = hours.inside;
        let local = zone.local(now).naive_local();
        // A range that was remembered while the clock was far ahead has not begun after all.
        hours.begun = (hours.begun).filter(|begun| *begun <= local + TimeDelta::days(1));
        let is_new = reading.began.is_some() && reading.began > hours.begun;
        hours.inside = reading.inside;
        hours.begun = hours.begun.max(reading.began);
        hours.until = reading.until;
        hours.valid = (now, zone);
        let left = was_inside && (!reading.inside || is_new);
        let entered = reading.inside && (!was_inside || is_new);
        if left {
            self.tell(Story::HoursEnded);
        }
        if entered {
            self.state.counting_since = self.state.at.boot;
            self.tell(Story::HoursBegan);
        }
        if entered && is_new {
            self.begin_accounts_anew();
        }
        self.changed |= left || entered;
    }

    /// The settings changed: hours that were being kept go on under the new ones.
    pub(super) fn reread_hours(&mut self) {
        let (now, zone) = (self.state.at.utc, self.state.at.zone);
        let reading = read(self.rules, now, zone);
        let hours = &mut self.state.hours;
        if hours.inside && reading.inside {
            hours.begun = reading.began;
            hours.until = reading.until;
            hours.valid = (now, zone);
        } else {
            hours.until = Some(now);
        }
    }

    /// Nothing from before counts in a new range. What is on the screen stays there.
    fn begin_accounts_anew(&mut self) {
        let at = self.state.at.boot;
        for i in 0..self.state.tracks.len() {
            self.state.tracks[i].empty(at);
            self.state.tracks[i].led = None;
            let waits = (self.state.tracks[i].due.as_ref()).is_some_and(|due| match due.stage {
                Stage::Waiting | Stage::Held { .. } | Stage::Settling { .. } => {
                    due.anchor.is_none()
                }
                Stage::Snoozed { .. } => due.anchor.is_none(),
                Stage::Absorbed { .. } | Stage::Current => false,
            });
            if waits {
                self.dissolve(i);
            }
        }
    }
}
