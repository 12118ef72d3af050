//! Ending and starting again: what is kept, and for how long.

use std::time::Duration;

use super::{
    super::{calendar::LocalTime, config::Film, rotation::Bag, time::Moment},
    Effect, Rules, Saved, SavedBag, SavedBreak, SavedPause, SavedReminder,
    account::{Rest, Track},
    due::{Due, Stage},
    meeting::Meeting,
    pause::Pause,
    presence::{Absence, Input, Presence},
    state::State,
    turn::Turn,
};

impl State {
    /// Goes on where an earlier run of the program ended, after `off` without it. The sensors' news
    /// must be told at the same moment, before any time passes.
    #[must_use]
    pub fn restore(saved: Saved, rules: &Rules, off: Duration, now: Moment) -> (Self, Vec<Effect>) {
        let mut state = Self::new(rules, saved.bag.random, now);
        let idle_for = saved.idle_for.unwrap_or_default() + off;
        state.presence = away_while_off(now.boot.saturating_sub(idle_for));
        if saved.idle_for.is_none() && saved.watched && rules.config().schedule.film == Film::Work {
            // Until then the user was there, watching: no missing input counts before.
            state.presence.watched_until = now.boot.saturating_sub(off);
        }
        state.bag = Bag {
            random: saved.bag.random,
            used: saved.bag.used,
            resting: saved.bag.resting,
            last: saved.bag.last,
        };
        state.pause = saved.pause.map(|pause| pause_again(pause, off, now));
        state.meeting = (saved.meeting).map(|meeting| Meeting::again(meeting, off, now.boot));
        state.next_prompt = saved.next_prompt;
        state.hours.begun = saved.hours_begun;
        state.hours.inside = saved.inside_hours;
        // Whatever the hours are now is told as something new.
        state.hours.until = Some(now.utc);
        let settled = now.boot + rules.config().schedule.settle;
        let known: Vec<String> = rules
            .config()
            .reminders
            .iter()
            .map(|r| r.id.clone())
            .collect();
        for reminder in saved.reminders {
            if let Some(track) = (state.tracks.iter_mut()).find(|track| track.id == reminder.id) {
                *track = track_again(reminder, &known, off, now, settled);
            }
        }
        let mut turn = Turn::new(state, rules);
        turn.take_off_time_as_rest(off);
        turn.end_pause();
        turn.end_meeting();
        turn.ask_about_meeting();
        turn.turn_hours();
        turn.ring_anchors(
            Moment {
                utc: saved.at,
                ..now
            },
            false,
        );
        turn.find_due();
        turn.settle_all(settled);
        turn.note_reasons();
        turn.finish()
    }

    /// What a restart should remember.
    #[must_use]
    pub fn saved(&self) -> Saved {
        let now = self.at;
        Saved {
            at: now.utc,
            reminders: (self.tracks.iter())
                .map(|track| saved_track(track, now))
                .collect(),
            bag: SavedBag {
                random: self.bag.random,
                used: self.bag.used.clone(),
                resting: self.bag.resting.clone(),
                last: self.bag.last.clone(),
            },
            pause: self.pause.map(|pause| match pause {
                Pause::Resumed => SavedPause::Resumed,
                Pause::Until(boot) => SavedPause::For(boot.saturating_sub(now.boot)),
                Pause::Time { time, target } => SavedPause::Time {
                    time,
                    at: target.at,
                },
            }),
            meeting: self.meeting.map(|meeting| meeting.saved(now.boot)),
            idle_for: (self.presence.absence).map(|absence| now.boot.saturating_sub(absence.since)),
            watched: self.watched_lately(),
            hours_begun: self.hours.begun,
            inside_hours: self.hours.inside,
            next_prompt: self.next_prompt,
        }
    }
}

/// Nobody knows what the user did meanwhile; the sensors will say.
fn away_while_off(since: Duration) -> Presence {
    Presence {
        input: Input::Idle { since },
        locked: false,
        absence: Some(Absence {
            since,
            ungraced: Some(since),
            woke: None,
        }),
        ..Presence::at_work()
    }
}

fn pause_again(pause: SavedPause, off: Duration, now: Moment) -> Pause {
    match pause {
        SavedPause::Resumed => Pause::Resumed,
        SavedPause::For(left) => Pause::Until(now.boot + left.saturating_sub(off)),
        SavedPause::Time { time, at } => Pause::Time {
            time,
            target: LocalTime {
                local: now.zone.local(at).naive_local(),
                at,
            },
        },
    }
}

fn track_again(
    saved: SavedReminder,
    known: &[String],
    off: Duration,
    now: Moment,
    settled: Duration,
) -> Track {
    let due = saved.due.map(|due| {
        let ago = (now.utc - due.due).to_std().unwrap_or_default();
        let leader = due.absorbed_by.filter(|leader| known.contains(leader));
        let stage = match (leader, due.snooze_left) {
            (Some(by), _) => Stage::Absorbed { by },
            (None, Some(left)) if left > off => Stage::Snoozed {
                until: now.boot + (left - off),
            },
            (None, _) => Stage::Settling { until: settled },
        };
        Due {
            since: now.boot.saturating_sub(ago),
            utc: due.due,
            anchor: due.anchor,
            slipped: false,
            stretches: due.stretches,
            snoozes: due.snoozes,
            announced: due.announced,
            stage,
        }
    });
    Track {
        work: saved.work,
        fired: saved.fired,
        due,
        ..Track::new(&saved.id, now.boot)
    }
}

fn saved_track(track: &Track, now: Moment) -> SavedReminder {
    SavedReminder {
        id: track.id.clone(),
        work: track.work,
        fired: track.fired.clone(),
        due: track.due.as_ref().map(|due| {
            let (snooze_left, absorbed_by) = match &due.stage {
                Stage::Snoozed { until } => (Some(until.saturating_sub(now.boot)), None),
                Stage::Absorbed { by } => (None, Some(by.clone())),
                Stage::Waiting | Stage::Held { .. } | Stage::Settling { .. } | Stage::Current => {
                    (None, None)
                }
            };
            SavedBreak {
                due: due.utc,
                announced: due.announced,
                anchor: due.anchor,
                stretches: due.stretches.clone(),
                snoozes: due.snoozes,
                snooze_left,
                absorbed_by,
            }
        }),
    }
}

impl Turn<'_> {
    /// Time without the program that is long enough empties accounts, like any rest. It is no
    /// natural break of its own: nobody saw whether the user rested.
    fn take_off_time_as_rest(&mut self, off: Duration) {
        for i in 0..self.state.tracks.len() {
            if off < self.rules.natural_break(i) {
                continue;
            }
            self.dissolve(i);
            let track = &mut self.state.tracks[i];
            track.empty(self.state.at.boot);
            track.rest = Rest::Told;
        }
    }

    /// Nothing is announced before the sensors had their say.
    fn settle_all(&mut self, until: Duration) {
        for i in 0..self.state.tracks.len() {
            let waits =
                (self.state.tracks[i].due.as_ref()).is_some_and(|due| due.stage == Stage::Waiting);
            if waits {
                self.set_stage(i, Stage::Settling { until });
            }
        }
    }
}
