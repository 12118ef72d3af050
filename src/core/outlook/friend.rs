//! A user who takes every break as soon as it comes.

use std::{cell::RefCell, time::Duration};

use chrono::{DateTime, Utc};

use super::{Action, Entry, MOST, Play, Rest, Rules, Script};
use crate::core::{
    config::What,
    day::{Happening, Pastime},
    schedule::{Story, event::Answer},
};

/// How long it takes to press "Start".
const PRESSES: Duration = Duration::from_secs(1);
/// No break takes longer.
const LONGEST: Duration = Duration::from_hours(24);

/// What the user sees of the schedule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sight {
    /// Nothing to do but work.
    #[default]
    Nothing,
    /// A break is due.
    Due,
    /// A break is announced.
    Announced,
    /// A break is under way.
    OnBreak,
}

/// Spends a day with these stretches of work: what was told, and what the user did.
pub fn day(
    rules: &Rules,
    script: &Script,
    seed: u64,
    stints: &[(DateTime<Utc>, DateTime<Utc>)],
) -> (Vec<Entry>, Vec<Action>) {
    let told = RefCell::new(Vec::new());
    let mut report = |entry| told.borrow_mut().push(entry);
    let mut friend = Friend {
        play: Play::new(script, seed, &mut report),
        told: &told,
        eyes: Eyes::default(),
        pause: pause(rules),
    };
    for (from, to) in stints {
        if friend.eyes.breaks < MOST {
            friend.be_away_until(*from);
            friend.work_until(*to);
        }
    }
    let steps = friend.play.end();
    (told.into_inner(), steps)
}

/// How long the user keeps still when a break is due, so that it comes at once. Not at all where
/// that would be taken for an absence.
fn pause(rules: &Rules) -> Duration {
    let schedule = &rules.config().schedule;
    let of_their_own = rules.config().reminders.iter();
    let shortest = (of_their_own.filter_map(|reminder| reminder.natural_break))
        .fold(schedule.natural_break, Duration::min);
    let is_short = schedule.lull <= schedule.idle_grace && schedule.lull < shortest;
    if is_short {
        schedule.lull
    } else {
        Duration::ZERO
    }
}

struct Friend<'a> {
    play: Play<'a>,
    told: &'a RefCell<Vec<Entry>>,
    eyes: Eyes,
    pause: Duration,
}

impl Friend<'_> {
    fn left_until(&self, end: DateTime<Utc>) -> Duration {
        (end - self.play.now().utc).to_std().unwrap_or_default()
    }

    fn be_away_until(&mut self, end: DateTime<Utc>) {
        let left = self.left_until(end);
        if !left.is_zero() {
            self.wait(Pastime::Rest, left, |_| false);
        }
    }

    /// Works until then, and does what breaks come; one that has begun is done to its end.
    fn work_until(&mut self, end: DateTime<Utc>) {
        loop {
            let sight = self.eyes.sight();
            let is_over = self.play.now().utc >= end || self.eyes.breaks >= MOST;
            if is_over && sight != Sight::OnBreak {
                return;
            }
            let left = self.left_until(end);
            match sight {
                Sight::Nothing => self.wait(Pastime::Work, left, |sight| sight != Sight::Nothing),
                Sight::Due => {
                    let pause = self.pause.min(left);
                    if !pause.is_zero() {
                        self.wait(Pastime::Rest, pause, |sight| sight != Sight::Due);
                    }
                    self.work_on(end);
                }
                Sight::Announced => {
                    self.wait(Pastime::Work, PRESSES, |_| false);
                    self.play.take(Action::Answer(Answer::Start));
                    self.look();
                }
                Sight::OnBreak => {
                    self.wait(Pastime::Rest, LONGEST, |sight| sight != Sight::OnBreak);
                }
            }
        }
    }

    /// Goes on with the work while a break is due and not announced.
    fn work_on(&mut self, end: DateTime<Utc>) {
        let left = self.left_until(end);
        if self.eyes.sight() == Sight::Due && !left.is_zero() {
            self.wait(Pastime::Work, left, |sight| sight != Sight::Due);
        }
    }

    /// Lets time go by until the user sees something that is enough.
    fn wait(&mut self, how: Pastime, most: Duration, enough: impl Fn(Sight) -> bool) {
        let (told, eyes) = (self.told, self.eyes.clone());
        self.play.wait(how, most, &|| {
            let mut eyes = eyes.clone();
            eyes.look(&told.borrow());
            enough(eyes.sight())
        });
        self.look();
    }

    fn look(&mut self) {
        self.eyes.look(&self.told.borrow());
    }
}

/// What the user has seen so far.
#[derive(Clone, Debug, Default)]
struct Eyes {
    /// So many entries were read.
    seen: usize,
    /// So many breaks were begun.
    breaks: usize,
    /// The break that is announced or under way, if any.
    current: Sight,
    /// Reminders that are due, and neither announced nor held.
    due: Vec<String>,
}

impl Eyes {
    fn sight(&self) -> Sight {
        match self.current {
            Sight::Nothing if !self.due.is_empty() => Sight::Due,
            sight => sight,
        }
    }

    fn look(&mut self, told: &[Entry]) {
        for entry in &told[self.seen..] {
            if let Happening::Story(story) = &entry.what {
                self.read(story);
            }
        }
        self.seen = told.len();
    }

    fn read(&mut self, story: &Story) {
        match story {
            Story::Due { reminder } => self.due.push(reminder.clone()),
            Story::Announced { reminder, .. } => {
                self.current = Sight::Announced;
                self.is_not_due(reminder);
            }
            Story::Started { .. } => {
                self.breaks += 1;
                self.current = Sight::OnBreak;
            }
            Story::Completed { .. }
            | Story::Abandoned { .. }
            | Story::Snoozed { .. }
            | Story::Skipped { .. }
            | Story::Missed { .. }
            | Story::Withdrawn { .. } => self.current = Sight::Nothing,
            Story::Held { reminder, .. }
            | Story::Absorbed { reminder, .. }
            | Story::NaturalBreak { reminder, .. } => self.is_not_due(reminder),
            Story::Released { .. }
            | Story::Opened { .. }
            | Story::Paused { .. }
            | Story::Resumed
            | Story::InMeeting { .. }
            | Story::MeetingEndsSoon { .. }
            | Story::MeetingOver
            | Story::HoursBegan
            | Story::HoursEnded => {}
        }
    }

    fn is_not_due(&mut self, reminder: &str) {
        self.due.retain(|due| due != reminder);
    }
}

/// The breaks of which was told, in order: those that were started.
pub fn breaks(rules: &Rules, told: &[Entry]) -> Vec<Rest> {
    let mut rests: Vec<Rest> = Vec::new();
    // Announced, and not started yet.
    let mut coming: Option<Rest> = None;
    for entry in told {
        let Happening::Story(story) = &entry.what else {
            continue;
        };
        match story {
            Story::Announced {
                reminder,
                stretches,
                ..
            } => {
                coming = what(rules, reminder).map(|what| Rest {
                    at: entry.at,
                    reminder: reminder.clone(),
                    what,
                    stretches: stretches.clone(),
                    absorbed: Vec::new(),
                });
            }
            Story::Started { .. } => rests.extend(coming.take()),
            Story::Absorbed { reminder, by } => {
                let led = coming.as_mut().or(rests.last_mut());
                if let Some(led) = led.filter(|led| led.reminder == *by) {
                    led.absorbed.push(reminder.clone());
                }
            }
            Story::Due { .. }
            | Story::Held { .. }
            | Story::Released { .. }
            | Story::Opened { .. }
            | Story::Completed { .. }
            | Story::Abandoned { .. }
            | Story::Snoozed { .. }
            | Story::Skipped { .. }
            | Story::Missed { .. }
            | Story::Withdrawn { .. }
            | Story::NaturalBreak { .. }
            | Story::Paused { .. }
            | Story::Resumed
            | Story::InMeeting { .. }
            | Story::MeetingEndsSoon { .. }
            | Story::MeetingOver
            | Story::HoursBegan
            | Story::HoursEnded => {}
        }
    }
    rests
}

fn what(rules: &Rules, id: &str) -> Option<What> {
    let mut reminders = rules.config().reminders.iter();
    let reminder = reminders.find(|reminder| reminder.id == id)?;
    Some(reminder.what.clone())
}
