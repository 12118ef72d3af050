//! How things stood before a day that the program wrote itself, piece by piece.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::core::schedule::{Saved, SavedBag, SavedBreak, SavedMeeting, SavedPause, SavedReminder};

/// A piece of [`Saved`], or for how long the program was off since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// When it was saved.
    At(DateTime<Utc>),
    /// For how long the program was off.
    Off(Duration),
    /// How long there had been no input.
    Idle(Duration),
    /// Something had kept the screen awake lately.
    Watched,
    /// When the working hours began.
    HoursBegun(NaiveDateTime),
    /// Whether it was inside the working hours.
    InsideHours(bool),
    /// The number of the next prompt.
    Prompt(u64),
    /// The pause.
    Pause(SavedPause),
    /// The meeting that the user told of.
    Meeting(SavedMeeting),
    /// Which stretches had come.
    Bag(SavedBag),
    /// A reminder, and the work counted for it.
    Work(String, Duration),
    /// A time of that reminder that has come.
    Fired(String, NaiveDateTime),
    /// The break of that reminder that was due.
    Due(String, SavedBreak),
}

impl Before {
    /// All pieces, in an order in which `Left::add` takes them.
    #[must_use]
    pub fn all(saved: &Saved, off: Duration) -> Vec<Self> {
        let Saved {
            at,
            reminders,
            bag,
            pause,
            meeting,
            idle_for,
            watched,
            hours_begun,
            inside_hours,
            next_prompt,
        } = saved;
        let mut all = vec![
            Self::At(*at),
            Self::Off(off),
            Self::InsideHours(*inside_hours),
            Self::Prompt(*next_prompt),
            Self::Bag(bag.clone()),
        ];
        all.extend(hours_begun.map(Self::HoursBegun));
        all.extend(idle_for.map(Self::Idle));
        all.extend(watched.then_some(Self::Watched));
        all.extend(pause.map(Self::Pause));
        all.extend(meeting.map(Self::Meeting));
        for reminder in reminders {
            let SavedReminder {
                id,
                work,
                fired,
                due,
            } = reminder;
            all.push(Self::Work(id.clone(), *work));
            all.extend(fired.iter().map(|fired| Self::Fired(id.clone(), *fired)));
            all.extend(due.clone().map(|due| Self::Due(id.clone(), due)));
        }
        all
    }
}

/// What an earlier run left, put together from its pieces.
#[derive(Clone, Debug)]
pub(super) struct Left {
    pub saved: Saved,
    pub off: Duration,
}

impl Left {
    /// Nothing yet.
    pub fn new(at: DateTime<Utc>) -> Self {
        Self {
            saved: Saved {
                at,
                reminders: Vec::new(),
                bag: SavedBag {
                    random: 0,
                    used: Vec::new(),
                    resting: Vec::new(),
                    last: None,
                },
                pause: None,
                meeting: None,
                idle_for: None,
                watched: false,
                hours_begun: None,
                inside_hours: true,
                next_prompt: 1,
            },
            off: Duration::ZERO,
        }
    }

    /// Adds a piece.
    pub fn add(&mut self, piece: Before) {
        let saved = &mut self.saved;
        match piece {
            Before::At(at) => saved.at = at,
            Before::Off(off) => self.off = off,
            Before::Idle(idle) => saved.idle_for = Some(idle),
            Before::Watched => saved.watched = true,
            Before::HoursBegun(begun) => saved.hours_begun = Some(begun),
            Before::InsideHours(inside) => saved.inside_hours = inside,
            Before::Prompt(next) => saved.next_prompt = next,
            Before::Pause(pause) => saved.pause = Some(pause),
            Before::Meeting(meeting) => saved.meeting = Some(meeting),
            Before::Bag(bag) => saved.bag = bag,
            Before::Work(id, work) => self.reminder(&id).work = work,
            Before::Fired(id, at) => self.reminder(&id).fired.push(at),
            Before::Due(id, due) => self.reminder(&id).due = Some(due),
        }
    }

    fn reminder(&mut self, id: &str) -> &mut SavedReminder {
        let reminders = &mut self.saved.reminders;
        let place = reminders.iter().position(|reminder| reminder.id == id);
        let place = place.unwrap_or_else(|| {
            reminders.push(SavedReminder {
                id: id.to_owned(),
                work: Duration::ZERO,
                fired: Vec::new(),
                due: None,
            });
            reminders.len() - 1
        });
        &mut reminders[place]
    }
}
