//! Since when each reason has held breaks, for whoever asks why one waits.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{Hold, due::Stage, effect::Reason, state::State, turn::Turn};

/// Reasons that hold breaks now, and since when, on the boot clock.
pub(super) type Since = BTreeMap<Reason, Duration>;

/// A reason that holds breaks now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Which.
    pub reason: Reason,
    /// Since when, as far as this run of the program saw it.
    pub since: DateTime<FixedOffset>,
    /// When it ends by itself, where the clock decides that.
    pub until: Option<DateTime<FixedOffset>>,
}

impl Turn<'_> {
    /// Notes which reasons have begun and which have ended, whether or not a break is due.
    pub(super) fn note_reasons(&mut self) {
        let reasons = self.common_reasons();
        let (at, absence) = (self.state.at.boot, self.state.presence.absence);
        self.state
            .since
            .retain(|reason, _| reasons.contains(reason));
        for reason in reasons {
            let since = match (&reason, absence) {
                (Reason::Away, Some(absence)) => absence.since,
                _ => at,
            };
            self.state.since.entry(reason).or_insert(since);
        }
    }

    /// What holds breaks now, with since when and, where that is known, until when.
    pub(super) fn holding(&self) -> Vec<Holding> {
        let state = &self.state;
        let mut holding: Vec<_> = (state.since.iter())
            .map(|(reason, since)| Holding {
                reason: reason.clone(),
                since: state.wall_time_of(*since),
                until: self.known_end(reason),
            })
            .collect();
        // A break that would not fit into what is left of the working hours, which are not over.
        let too_long = (0..state.tracks.len()).filter(|i| {
            let hours = Reason::Hours;
            !state.since.contains_key(&hours)
                && self.is_held(*i)
                && self.reasons(*i).contains(&hours)
        });
        if let Some((end, length)) = too_long
            .filter_map(|i| {
                Some((
                    state.hours.end()?,
                    TimeDelta::from_std(self.length(i)).ok()?,
                ))
            })
            .max_by_key(|(_, length)| *length)
        {
            holding.push(Holding {
                reason: Reason::Hours,
                since: state.at.zone.local((end - length).min(state.at.utc)),
                until: None,
            });
        }
        holding
    }

    fn is_held(&self, i: usize) -> bool {
        let due = self.state.tracks[i].due.as_ref();
        due.is_some_and(|due| matches!(due.stage, Stage::Held { .. }))
    }

    fn known_end(&self, reason: &Reason) -> Option<DateTime<FixedOffset>> {
        let state = &self.state;
        match reason {
            Reason::Paused => state.pause.and_then(|pause| pause.until(state.at)),
            Reason::Hours => (state.hours.until)
                .filter(|_| !state.hours.inside)
                .map(|until| state.at.zone.local(until)),
            // A call that is seen knows no end.
            Reason::Meeting => (state.meeting)
                .filter(|_| !state.holds.contains(&Hold::Meeting))
                .and_then(|meeting| meeting.until(state.at)),
            Reason::Quiet | Reason::Fullscreen | Reason::Locked | Reason::Away | Reason::App(_) => {
                None
            }
        }
    }
}

impl State {
    /// What the wall clock of today showed, or will show, at this time on the boot clock.
    pub(super) fn wall_time_of(&self, boot: Duration) -> DateTime<FixedOffset> {
        let span = |span| TimeDelta::from_std(span).unwrap_or_default();
        let ago = span(self.at.boot.saturating_sub(boot));
        let ahead = span(boot.saturating_sub(self.at.boot));
        self.at.zone.local(self.at.utc - ago + ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Event, MeetingNews, PauseUntil, Rules, Sensor};
    use super::*;
    use crate::{
        core::{
            config::Config,
            time::{Moment, Zone},
        },
        stretch_file,
    };

    fn nine() -> Moment {
        let boot = Duration::from_secs(1_000_000);
        Moment {
            boot,
            awake: boot,
            utc: "2026-03-02T09:00:00Z".parse().unwrap(),
            zone: Zone::UTC,
        }
    }

    /// What holds breaks at the end, with its times, when this happens so many minutes after nine.
    fn holding(day: &[(u64, Event)]) -> Vec<String> {
        let rules = Rules::new(Config::default(), &stretch_file::candidates(None)).unwrap();
        let mut state = State::new(&rules, 0, nine());
        for (minutes, event) in day {
            let now = nine().later(Duration::from_mins(*minutes));
            (state, _) = state.step(&rules, event.clone(), now);
        }
        let shown = state.status(&rules).holding.into_iter().map(|held| {
            let time = |at: DateTime<FixedOffset>| at.format("%H:%M").to_string();
            let until = held.until.map(time).unwrap_or_default();
            format!("{} {} {until}", held.reason.word(), time(held.since))
        });
        shown.collect()
    }

    #[test]
    fn each_reason_has_its_own_beginning_and_an_end_where_the_clock_knows_it() {
        let meeting = |on| Event::Held(Hold::Meeting, on);
        let pause = Event::Pause(PauseUntil::For(Duration::from_mins(30)));
        let day = [
            (1, meeting(true)),
            (2, Event::Held(Hold::Quiet, true)),
            (3, meeting(true)),
            (4, pause),
        ];
        assert_eq!(
            holding(&day),
            ["quiet 09:02 ", "meeting 09:01 ", "paused 09:04 09:34"]
        );
        let ends_and_begins_anew = [day[0].clone(), (5, meeting(false)), (6, meeting(true))];
        assert_eq!(holding(&ends_and_begins_anew), ["meeting 09:06 "]);
    }

    #[test]
    fn a_meeting_that_the_user_told_of_has_an_end_unless_it_is_seen_as_well() {
        let told = Event::Meeting(MeetingNews::On(Some(Duration::from_mins(30))));
        let seen = Event::Held(Hold::Meeting, true);
        assert_eq!(holding(&[(1, told.clone())]), ["meeting 09:01 09:31"]);
        assert_eq!(holding(&[(1, told), (2, seen)]), ["meeting 09:01 "]);
    }

    #[test]
    fn the_user_has_been_away_since_the_last_input_and_not_since_that_was_noticed() {
        let idle = Event::Input(Sensor::IdleFor(Duration::from_mins(3)));
        assert_eq!(holding(&[(10, idle)]), ["away 09:07 "]);
    }

    #[test]
    fn what_the_settings_do_not_honour_is_no_reason() {
        let app = Event::Held(Hold::App("unlisted".to_owned()), true);
        assert_eq!(holding(&[(1, app)]), [""; 0]);
    }
}
