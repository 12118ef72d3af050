//! What the schedule remembers between two events, and its outer face.

use std::{collections::BTreeSet, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    super::{rotation::Bag, time::Moment},
    Effect, Event, Hold, Notifier, Rules, Story,
    account::{Led, Rest, Track},
    current::Current,
    due::ONE_BREAK,
    hours::Hours,
    meeting::Meeting,
    pause::Pause,
    presence::Presence,
    since::Since,
    turn::Turn,
    watch::Watch,
};

/// Later than this no idle source speaks of what was before.
const LATE_WORD: Duration = Duration::from_secs(3600);

/// Everything the schedule remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The last moment that was looked at.
    pub(super) at: Moment,
    pub(super) presence: Presence,
    /// Since when accounts have been running, on the boot clock.
    pub(super) counting_since: Duration,
    /// What holds breaks from outside, whether or not the settings honour it.
    pub(super) holds: BTreeSet<Hold>,
    /// Since when each reason has held breaks.
    pub(super) since: Since,
    /// Whether the sensors are asked at present.
    pub(super) watch: Option<Watch>,
    pub(super) notifier: Notifier,
    pub(super) pause: Option<Pause>,
    /// The meeting that the user told of.
    pub(super) meeting: Option<Meeting>,
    pub(super) hours: Hours,
    /// One for each reminder, in the order of the settings.
    pub(super) tracks: Vec<Track>,
    /// There is never more than one break on the screen.
    pub(super) current: Option<Current>,
    pub(super) bag: Bag,
    pub(super) next_prompt: u64,
    /// When the state was last worth saving, on the boot clock.
    pub(super) saved_at: Duration,
}

impl State {
    /// A first start: nothing counted yet, the user at work, a notification server that can all.
    #[must_use]
    pub fn new(rules: &Rules, seed: u64, now: Moment) -> Self {
        let reminders = &rules.config().reminders;
        let state = Self {
            at: now,
            presence: Presence::at_work(),
            counting_since: now.boot,
            holds: BTreeSet::new(),
            since: Since::new(),
            watch: None,
            notifier: Notifier::Ok,
            pause: None,
            meeting: None,
            hours: Hours::new(rules, now.utc, now.zone),
            tracks: (reminders.iter())
                .map(|reminder| Track::new(&reminder.id, now.boot))
                .collect(),
            current: None,
            bag: Bag::new(seed),
            next_prompt: 1,
            saved_at: now.boot,
        };
        let mut turn = Turn::new(state, rules);
        turn.note_reasons();
        turn.state
    }

    /// The last moment that was looked at.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.at
    }

    /// The whole engine: an event at its moment goes in, the next state and what to do come out.
    ///
    /// What became due since the last step is worked out first, in order, so a late, early or
    /// additional [`Event::Tick`] changes nothing. Effects carry no time of their own: whoever wants
    /// them at their very second steps at every [`State::deadline`].
    #[must_use]
    pub fn step(self, rules: &Rules, event: Event, now: Moment) -> (Self, Vec<Effect>) {
        let mut turn = Turn::new(self, rules);
        turn.advance(now);
        turn.on_event(event);
        turn.catch_up();
        turn.finish()
    }

    /// When something next happens by itself, on the boot clock, as long as nobody sets the wall
    /// clock. Includes a moment to save, at most a minute away while work is counted.
    #[must_use]
    pub fn deadline(&self, rules: &Rules) -> Duration {
        let turn = Turn::new(self.clone(), rules);
        let next_day = (turn.next_day() - self.at.utc).to_std().unwrap_or_default();
        turn.next_change()
            .unwrap_or(Duration::MAX)
            .min(turn.next_save())
            .min(self.at.boot + next_day)
    }

    /// Like [`State::deadline`], without the moments that are only for saving.
    #[must_use]
    pub fn next_change(&self, rules: &Rules) -> Option<Duration> {
        Turn::new(self.clone(), rules).next_change()
    }

    /// When something next happens that is tied to the wall clock; at the latest, the next day
    /// begins.
    #[must_use]
    pub fn wall_deadline(&self, rules: &Rules) -> DateTime<Utc> {
        let turn = Turn::new(self.clone(), rules);
        let next_day = turn.next_day();
        turn.next_wall_change()
            .map_or(next_day, |change| change.min(next_day))
            .max(self.at.utc + TimeDelta::nanoseconds(1))
    }

    /// How long without input the schedule next wants to hear of: at least a second. What has
    /// passed already is skipped; behind the last one, the first for the next time is given.
    #[must_use]
    pub fn idle_threshold(&self, rules: &Rules) -> Duration {
        Turn::new(self.clone(), rules).next_idle_threshold()
    }

    /// Whether the user is there, and nothing is due, announced, under way or keeps the screen
    /// awake: what [`State::saved`] gives is then all there is.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        let lately = |led: Led| self.at.boot.saturating_sub(led.due) <= ONE_BREAK;
        let settled = |track: &Track| {
            track.due.is_none()
                && track.rung.is_none()
                && track.rest == Rest::NotYet
                && !track.led.is_some_and(lately)
        };
        let there = self.presence.absence.is_none() && !self.presence.locked;
        // Nor for how long sensors have been asked that have not answered.
        let there = there && self.watch.is_none_or(|watch| watch.answered);
        // How long a film has run, or ran, is not kept.
        let free =
            there && !self.watched_lately() && self.current.is_none() && self.meeting.is_none();
        free && self.tracks.iter().all(settled)
    }

    /// Whether something keeps the screen awake, or did not long ago.
    pub(super) fn watched_lately(&self) -> bool {
        let watched = self.presence.watched_until;
        let lately = !watched.is_zero() && watched + LATE_WORD > self.at.boot;
        self.presence.kept_awake || lately
    }

    /// Natural breaks that are not over yet, with their length so far.
    #[must_use]
    pub fn open_natural_breaks(&self) -> Vec<Story> {
        let away = self.presence.idle_at(self.at.boot);
        (self.tracks.iter())
            .filter(|track| matches!(track.rest, Rest::Untold(_)))
            .map(|track| Story::NaturalBreak {
                reminder: track.id.clone(),
                away,
            })
            .collect()
    }
}
