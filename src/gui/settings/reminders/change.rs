//! What is done to reminders. Each change finds its reminder by the id: the file may have others
//! in other places by now.

use std::time::Duration;

use chrono::NaiveTime;

use super::super::{Asked, Change};
use crate::{
    core::config::{Reminder, What, When},
    text::{text, text_with},
};

/// How long a message is shown, if nothing else is said.
pub const MESSAGE: Duration = Duration::from_secs(20);

/// A reminder that comes ready-made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// A stretch for the upper back, each hour.
    UpperBack,
    /// A look into the distance, every twenty minutes.
    Eyes,
    /// On one's feet, twice a day.
    Walk,
    /// Whatever the user makes of it.
    Own,
}

/// All of them, in the order in which they stand.
pub const READY: [Ready; 4] = [Ready::UpperBack, Ready::Eyes, Ready::Walk, Ready::Own];

impl Ready {
    /// Its word in the ids of texts.
    pub fn word(self) -> &'static str {
        match self {
            Self::UpperBack => "upper-back",
            Self::Eyes => "eyes",
            Self::Walk => "walk",
            Self::Own => "own",
        }
    }

    /// The reminder, with a name that none of these has.
    pub fn reminder(self, others: &[Reminder]) -> Reminder {
        let usual = Reminder::default();
        match self {
            Self::UpperBack => Reminder {
                id: free("upper-back", others),
                ..usual
            },
            Self::Eyes => Reminder {
                id: free("eyes", others),
                when: When::Every(Duration::from_mins(20)),
                what: message("plan-message-eyes"),
                natural_break: Some(Duration::from_mins(1)),
                ..usual
            },
            Self::Walk => Reminder {
                id: free("walk", others),
                when: When::At([(11, 0), (15, 30)].map(time).to_vec()),
                what: What::Message {
                    text: text("plan-message-walk"),
                    length: Duration::from_mins(5),
                },
                ..usual
            },
            Self::Own => Reminder {
                id: free("reminder", others),
                ..usual
            },
        }
    }
}

/// The time at which a reminder comes that has had none yet.
pub fn first_time() -> NaiveTime {
    time((11, 0))
}

fn time((hour, minute): (u32, u32)) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}

/// A message with this text.
pub fn message(id: &str) -> What {
    What::Message {
        text: text(id),
        length: MESSAGE,
    }
}

/// This name, or with a number behind it the next one that is free.
pub fn free(name: &str, others: &[Reminder]) -> String {
    let taken = |id: &str| others.iter().any(|other| other.id == id);
    let mut numbered = (2..).map(|n| {
        let number = format!("-{n}");
        // Names have at most 64 letters, each of one byte.
        let kept = name.len().min(64 - number.len());
        format!("{}{number}", &name[..kept])
    });
    if taken(name) {
        numbered.find(|id| !taken(id)).unwrap_or_default()
    } else {
        name.to_owned()
    }
}

/// Adds a reminder below the one with this id, or at the end.
pub fn add(new: Reminder, below: Option<String>) -> Asked {
    let said = text_with("plan-said-added", &[("id", new.id.clone().into())]);
    let change = Change::new(key(&new.id, "added"), said, move |config| {
        let reminders = &mut config.reminders;
        if reminders.iter().any(|one| one.id == new.id) {
            return;
        }
        let place = (below.as_ref())
            .and_then(|below| reminders.iter().position(|one| one.id == *below))
            .map_or(reminders.len(), |place| place + 1);
        reminders.insert(place, new.clone());
    });
    Asked::Change(change)
}

/// Takes a reminder away, unless it is the last.
pub fn remove(id: &str) -> Asked {
    let said = text_with("plan-said-removed", &[("id", id.to_owned().into())]);
    let gone = id.to_owned();
    Asked::Change(Change::new(key(id, "removed"), said, move |config| {
        if config.reminders.len() > 1 {
            config.reminders.retain(|one| one.id != gone);
        }
    }))
}

/// Gives a reminder another name.
pub fn rename(id: &str, to: &str) -> Asked {
    let values = [("id", id.to_owned().into()), ("to", to.to_owned().into())];
    let said = text_with("plan-said-renamed", &values);
    let to = to.to_owned();
    one(id, "id", said, move |reminder| reminder.id.clone_from(&to))
}

/// Moves a reminder one place up or down.
pub fn shift(id: &str, up: bool) -> Asked {
    let word = if up { "plan-said-up" } else { "plan-said-down" };
    let said = text_with(word, &[("id", id.to_owned().into())]);
    let moved = id.to_owned();
    Asked::Change(Change::new(key(id, "moved"), said, move |config| {
        let reminders = &mut config.reminders;
        let Some(place) = reminders.iter().position(|one| one.id == moved) else {
            return;
        };
        let other = if up {
            place.checked_sub(1)
        } else {
            Some(place + 1)
        };
        if let Some(other) = other.filter(|other| *other < reminders.len()) {
            reminders.swap(place, other);
        }
    }))
}

/// Changes something of one reminder.
pub fn one(
    id: &str,
    what: &str,
    said: String,
    make: impl Fn(&mut Reminder) + Send + Sync + 'static,
) -> Asked {
    let of = id.to_owned();
    Asked::Change(Change::new(key(id, what), said, move |config| {
        let mut reminders = config.reminders.iter_mut();
        if let Some(reminder) = reminders.find(|one| one.id == of) {
            make(reminder);
        }
    }))
}

fn key(id: &str, what: &str) -> String {
    format!("reminder.{id}.{what}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config_file::is_id, core::config::Config};

    fn made(asked: &Asked, config: &mut Config) {
        let Asked::Change(change) = asked else {
            panic!("{asked:?}")
        };
        change.make(config);
    }

    fn ids(config: &Config) -> Vec<&str> {
        let reminders = config.reminders.iter();
        reminders.map(|one| one.id.as_str()).collect()
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut config = Config::default();
        for expected in ["upper-back-2", "upper-back-3"] {
            let new = Ready::UpperBack.reminder(&config.reminders);
            assert_eq!(new.id, expected);
            made(&add(new, None), &mut config);
        }
        let long = "x".repeat(64);
        config.reminders[0].id.clone_from(&long);
        let other = free(&long, &config.reminders);
        assert!(other != long && is_id(&other), "{other}");
    }

    #[test]
    fn reminders_are_added_moved_renamed_and_taken_away_by_their_names() {
        let mut config = Config::default();
        for ready in [Ready::Eyes, Ready::Walk] {
            let new = ready.reminder(&config.reminders);
            made(&add(new, Some("upper-back".to_owned())), &mut config);
        }
        assert_eq!(ids(&config), ["upper-back", "walk", "eyes"]);
        made(&shift("eyes", true), &mut config);
        made(&shift("upper-back", true), &mut config);
        assert_eq!(ids(&config), ["upper-back", "eyes", "walk"]);
        made(&shift("upper-back", false), &mut config);
        made(&shift("walk", false), &mut config);
        made(&rename("eyes", "far"), &mut config);
        assert_eq!(ids(&config), ["far", "upper-back", "walk"]);
        for id in ["far", "gone", "walk", "upper-back"] {
            made(&remove(id), &mut config);
        }
        assert_eq!(ids(&config), ["upper-back"], "the last one stays");
    }

    #[test]
    fn what_comes_ready_made_is_as_the_file_takes_it() {
        let config = Config {
            reminders: READY.map(|ready| ready.reminder(&[])).to_vec(),
            ..Config::default()
        };
        let written = crate::config_file::print(&config);
        let (read, problems) = crate::config_file::Document::parse("", &written).config(&[]);
        assert_eq!((read, problems), (config, Vec::new()));
    }
}
