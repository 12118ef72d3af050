//! The story of the last breaks: what the schedule told of each, in order, with what held it.
//!
//! [`Chronicle::tell`] takes the stories as they happen, [`Chronicle::note`] how things stand
//! after them. A break that waits is open; one that is over stays until newer ones push it out.

#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{
    schedule::{Story, effect::By},
    stretch::StretchId,
};

/// How many breaks that are over are remembered, however long ago they were.
const REMEMBERED: usize = 3;

/// For how long all are remembered that ended since then, in hours.
const DAY: i64 = 24;

/// How many at most, should they come that often.
const MOST: usize = 100;

/// How much of one break is remembered. A day of short reasons to wait does not go on for ever.
const MOST_CHAPTERS: usize = 100;

/// The last breaks, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chronicle {
    /// Each of them.
    pub breaks: Vec<Tale>,
}

/// What became of one break.
#[derive(Clone, Debug, PartialEq)]
pub struct Tale {
    /// Id of its reminder.
    pub reminder: String,
    /// What happened, in order.
    pub chapters: Vec<Chapter>,
    /// Whether it is over.
    pub over: bool,
}

/// Something that happened to a break.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub what: What,
}

/// What happened to a break.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It became due.
    Due,
    /// Something spoke against it.
    Held,
    /// This did.
    Because(Because),
    /// Nothing spoke against it any more.
    Released,
    /// It was announced, with these stretches.
    Announced(Vec<StretchId>),
    /// Its window opened.
    Opened,
    /// The user began, with these stretches.
    Started(Vec<StretchId>),
    /// It was done to the end; the countdown ran for this long.
    Completed(Duration),
    /// It was closed early, after this long.
    Abandoned(Duration),
    /// It was to come again after this long.
    Snoozed(Duration, By),
    /// The user said no.
    Skipped,
    /// Nobody answered, and no snooze was left.
    Missed,
    /// The announcement was taken back.
    Withdrawn,
    /// It was taken together with the break of this reminder.
    Absorbed(String),
    /// The user was away for this long, which counts as the break.
    Natural(Duration),
    /// It is no longer due, and nothing was told about it.
    Dropped,
}

/// A reason that held a break. It may have begun before the break was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// The word for it.
    pub reason: String,
    /// The same in a sentence, with whose word it is.
    pub text: String,
    /// Since when.
    pub from: DateTime<FixedOffset>,
    /// Until when, if it has ended.
    pub to: Option<DateTime<FixedOffset>>,
}

impl Because {
    fn is_same(&self, other: &Self) -> bool {
        (&self.reason, &self.text) == (&other.reason, &other.text)
    }
}

impl Chronicle {
    /// Takes something that the schedule told.
    pub fn tell(&mut self, at: DateTime<FixedOffset>, story: &Story) {
        let Some((reminder, what)) = chapter(story) else {
            return;
        };
        if what == What::Due {
            // What was before is over, also where nobody said so.
            if let Some(open) = self.open(reminder) {
                open.over = true;
            }
        }
        let natural = matches!(what, What::Natural(_));
        if natural && self.replace_dropped(reminder, at, &what) {
            return;
        }
        if self.open(reminder).is_none() {
            self.breaks.push(Tale {
                reminder: reminder.to_owned(),
                chapters: Vec::new(),
                over: false,
            });
        }
        if let Some(tale) = self.open(reminder) {
            if !matches!(what, What::Held | What::Because(_)) {
                tale.end_reasons(at);
            }
            tale.over = what.is_end();
            tale.push(at, what);
        }
        self.forget(at);
    }

    /// Notes what holds breaks now, and which reminders have one that is due.
    pub fn note(&mut self, at: DateTime<FixedOffset>, holding: &[Because], due: &[&str]) {
        for tale in self.breaks.iter_mut().filter(|tale| !tale.over) {
            if tale.is_held() {
                tale.note_reasons(at, holding);
            }
            if !due.contains(&tale.reminder.as_str()) {
                tale.end_reasons(at);
                tale.over = true;
                // One that was closed early is over without another word if half was done.
                if !matches!(tale.last(), Some(What::Abandoned(_))) {
                    tale.push(at, What::Dropped);
                }
            }
        }
        self.forget(at);
    }

    /// The breaks that wait or are under way.
    pub fn open_ones(&self) -> impl Iterator<Item = &Tale> {
        self.breaks.iter().filter(|tale| !tale.over)
    }

    /// The last one that is over.
    #[must_use]
    pub fn last(&self) -> Option<&Tale> {
        self.breaks.iter().rev().find(|tale| tale.over)
    }

    fn open(&mut self, reminder: &str) -> Option<&mut Tale> {
        (self.breaks.iter_mut()).find(|tale| !tale.over && tale.reminder == reminder)
    }

    /// A natural break is told when the user is back; by then its break was seen to be gone.
    fn replace_dropped(&mut self, reminder: &str, at: DateTime<FixedOffset>, what: &What) -> bool {
        let last = (self.breaks.iter_mut()).rfind(|tale| tale.reminder == reminder);
        let Some(tale) = last.filter(|tale| tale.last() == Some(&What::Dropped)) else {
            return false;
        };
        tale.chapters.pop();
        tale.push(at, what.clone());
        true
    }

    /// Forgets what was over a day ago.
    fn forget(&mut self, now: DateTime<FixedOffset>) {
        let mut newer = self.breaks.iter().filter(|tale| tale.over).count();
        self.breaks.retain(|tale| {
            if !tale.over {
                return true;
            }
            newer -= 1;
            let recent = tale.ended() > Some(now - TimeDelta::hours(DAY));
            newer < REMEMBERED || recent && newer < MOST
        });
    }
}

impl Tale {
    fn last(&self) -> Option<&What> {
        self.chapters.last().map(|chapter| &chapter.what)
    }

    /// When the last of it happened.
    fn ended(&self) -> Option<DateTime<FixedOffset>> {
        self.chapters.last().map(|chapter| chapter.at)
    }

    /// Whether something speaks against it now.
    #[must_use]
    pub fn is_held(&self) -> bool {
        let last = (self.chapters.iter().rev())
            .find(|chapter| !matches!(chapter.what, What::Because(_)))
            .map(|chapter| &chapter.what);
        last == Some(&What::Held)
    }

    fn push(&mut self, at: DateTime<FixedOffset>, what: What) {
        if self.chapters.len() >= MOST_CHAPTERS {
            // When it was due is what the rest hangs on.
            self.chapters.remove(1);
        }
        self.chapters.push(Chapter { at, what });
    }

    fn note_reasons(&mut self, at: DateTime<FixedOffset>, holding: &[Because]) {
        let open = |chapter: &&mut Chapter| matches!(&chapter.what, What::Because(because) if because.to.is_none());
        let mut known = Vec::new();
        for chapter in self.chapters.iter_mut().filter(open) {
            if let What::Because(because) = &mut chapter.what {
                if holding.iter().any(|held| held.is_same(because)) {
                    known.push(because.clone());
                } else {
                    because.to = Some(at);
                }
            }
        }
        for held in holding {
            if !known.iter().any(|because| because.is_same(held)) {
                self.push(at, What::Because(held.clone()));
            }
        }
    }

    fn end_reasons(&mut self, at: DateTime<FixedOffset>) {
        for chapter in &mut self.chapters {
            if let What::Because(because) = &mut chapter.what {
                because.to.get_or_insert(at);
            }
        }
    }
}

impl What {
    /// Whether nothing can come after it.
    fn is_end(&self) -> bool {
        match self {
            Self::Completed(_)
            | Self::Skipped
            | Self::Missed
            | Self::Absorbed(_)
            | Self::Natural(_)
            | Self::Dropped => true,
            Self::Due
            | Self::Held
            | Self::Because(_)
            | Self::Released
            | Self::Announced(_)
            | Self::Opened
            | Self::Started(_)
            | Self::Abandoned(_)
            | Self::Snoozed(..)
            | Self::Withdrawn => false,
        }
    }
}

/// Whose story this is, and what it adds to it.
fn chapter(story: &Story) -> Option<(&str, What)> {
    Some(match story {
        Story::Due { reminder } => (reminder, What::Due),
        Story::Held { reminder, .. } => (reminder, What::Held),
        Story::Released { reminder, .. } => (reminder, What::Released),
        Story::Announced {
            reminder,
            stretches,
            ..
        } => (reminder, What::Announced(stretches.clone())),
        Story::Opened { reminder, .. } => (reminder, What::Opened),
        Story::Started {
            reminder,
            stretches,
        } => (reminder, What::Started(stretches.clone())),
        Story::Completed {
            reminder,
            stretched,
            ..
        } => (reminder, What::Completed(*stretched)),
        Story::Abandoned {
            reminder,
            stretched,
            ..
        } => (reminder, What::Abandoned(*stretched)),
        Story::Snoozed {
            reminder,
            length,
            by,
            ..
        } => (reminder, What::Snoozed(*length, *by)),
        Story::Skipped { reminder } => (reminder, What::Skipped),
        Story::Missed { reminder } => (reminder, What::Missed),
        Story::Withdrawn { reminder } => (reminder, What::Withdrawn),
        Story::Absorbed { reminder, by } => (reminder, What::Absorbed(by.clone())),
        Story::NaturalBreak { reminder, away } => (reminder, What::Natural(*away)),
        Story::Paused { .. }
        | Story::Resumed
        | Story::HoursBegan
        | Story::HoursEnded
        | Story::InMeeting { .. }
        | Story::MeetingEndsSoon { .. }
        | Story::MeetingOver => {
            return None;
        }
    })
}
