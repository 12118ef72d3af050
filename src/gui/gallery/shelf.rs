//! What stands on the shelf: the stretches, and how each stands with the user.

use std::time::Duration;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::filter::Haystack;
use crate::{
    core::{
        rotation::{Preset, Weight},
        stretch::{
            SideOrder, Stretch, Timeline, VariantName,
            catalogue::{PhaseKind, Rig},
        },
    },
    stretch_text,
    text::{text, text_with},
};

/// All stretches, and the figure they share.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// The figure.
    pub rig: Rig,
    /// In the order in which they are shown.
    pub items: Vec<Item>,
}

/// A stretch, with what is worked out once of it.
#[derive(Clone, Debug)]
pub struct Item {
    /// The stretch.
    pub stretch: Stretch,
    /// It is a file of the user's, not one of those that came with the program.
    pub own: bool,
    /// Its name in the user's language.
    pub name: String,
    /// The movement in short, in a loop. Nothing for a stretch without a figure.
    pub preview: Option<Timeline>,
    /// Where on the preview one sees best what it is about.
    pub telling: Duration,
    /// What is searched.
    pub(super) haystack: Haystack,
}

/// How a stretch stands with the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// It comes in breaks.
    pub on: bool,
    /// How often, beside the others.
    pub weight: Weight,
    /// How often it was done since the week began.
    pub times: u32,
    /// When it was done last.
    pub last: Option<Ago>,
}

/// How things stand, as settings and history say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standings {
    /// For each [`Item`] of the shelf, in its order.
    pub each: Vec<Standing>,
    /// The ready-made choice that is in effect, if it is one.
    pub preset: Option<Preset>,
    /// Something can be undone.
    pub can_undo: bool,
    /// What is wrong with the files of the user's, a sentence each.
    pub mistakes: Vec<String>,
}

/// How long ago a day was, as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ago {
    /// Today.
    Today,
    /// The day before.
    Yesterday,
    /// On this day of the last seven.
    On(Weekday),
    /// This many days, 7 or more.
    Days(i64),
}

impl Ago {
    /// A day, seen from today. Days to come count as today: somebody has set a clock.
    #[must_use]
    pub fn of(day: NaiveDate, today: NaiveDate) -> Self {
        match (today - day).num_days() {
            ..=0 => Self::Today,
            1 => Self::Yesterday,
            2..=6 => Self::On(day.weekday()),
            days => Self::Days(days),
        }
    }

    /// "on Tuesday".
    fn words(self) -> String {
        match self {
            Self::Today => text("gallery-ago-today"),
            Self::Yesterday => text("gallery-ago-yesterday"),
            Self::On(day) => text(match day {
                Weekday::Mon => "gallery-ago-mon",
                Weekday::Tue => "gallery-ago-tue",
                Weekday::Wed => "gallery-ago-wed",
                Weekday::Thu => "gallery-ago-thu",
                Weekday::Fri => "gallery-ago-fri",
                Weekday::Sat => "gallery-ago-sat",
                Weekday::Sun => "gallery-ago-sun",
            }),
            Self::Days(days) => text_with("gallery-ago-days", &[("days", days.into())]),
        }
    }
}

impl Standing {
    /// "3× this week, last on Tuesday".
    #[must_use]
    pub fn done(&self) -> String {
        match (self.times, self.last) {
            (_, None) => text("gallery-done-never"),
            (0, Some(last)) => text_with("gallery-done-last", &[("ago", last.words().into())]),
            (times, Some(last)) => text_with(
                "gallery-done-week",
                &[("times", times.into()), ("ago", last.words().into())],
            ),
        }
    }
}

impl Item {
    /// Works out what there is to work out.
    #[must_use]
    pub fn new(stretch: Stretch, own: bool) -> Self {
        let preview = (!stretch.poses.is_empty())
            .then(|| Timeline::preview(&stretch, SideOrder::AsStored))
            .filter(|preview| !preview.slots().is_empty());
        let telling = preview.as_ref().map_or(Duration::ZERO, telling);
        Self {
            own,
            name: stretch_text::name(&stretch),
            haystack: Haystack::of(&stretch),
            preview,
            telling,
            stretch,
        }
    }

    /// "45 s · standing or seated".
    #[must_use]
    pub fn length_and_place(&self) -> String {
        let seconds = self.stretch.variant(VariantName::Standard).total;
        let length = text_with(
            "gallery-seconds",
            &[("seconds", seconds.as_secs_f64().round().into())],
        );
        let place = stretch_text::postures(&self.stretch.postures);
        text_with("gallery-and", &[("a", length.into()), ("b", place.into())])
    }

    /// "needs a wall · others may notice".
    #[must_use]
    pub fn needs_and_seen(&self) -> String {
        let seen = stretch_text::noticeability(&self.stretch);
        if !super::filter::needs_something(&self.stretch) {
            return seen;
        }
        let needs = text_with(
            "gallery-needs",
            &[("needs", stretch_text::needs(&self.stretch).into())],
        );
        text_with("gallery-and", &[("a", needs.into()), ("b", seen.into())])
    }
}

/// The middle of the first hold; without one, the end of the first movement.
fn telling(preview: &Timeline) -> Duration {
    let slots = preview.slots();
    let hold = slots
        .iter()
        .find(|slot| slot.kind == PhaseKind::Hold)
        .map(|slot| slot.start);
    let moved = || {
        let moving = slots.iter().find(|slot| {
            !slot.still() && !matches!(slot.kind, PhaseKind::Prepare | PhaseKind::Return)
        });
        moving.map(crate::core::stretch::timeline::Slot::end)
    };
    hold.or_else(moved).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stretch_file;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
    }

    #[test]
    fn a_day_is_said_as_people_say_it() {
        for (then, now, said) in [
            (10, 10, "today"),
            (11, 10, "today"),
            (9, 10, "yesterday"),
            (8, 10, "on Sunday"),
            (4, 10, "on Wednesday"),
            (3, 10, "7 days ago"),
            (1, 31, "30 days ago"),
        ] {
            assert_eq!(Ago::of(day(then), day(now)).words(), said);
        }
    }

    #[test]
    fn what_was_done_is_said_in_one_sentence() {
        let standing = |times, last| Standing {
            on: true,
            weight: Weight::Normal,
            times,
            last,
        };
        for (times, last, said) in [
            (0, None, "Not done yet"),
            (0, Some(Ago::Days(12)), "Last done 12 days ago"),
            (1, Some(Ago::Today), "Once this week, today"),
            (
                3,
                Some(Ago::On(Weekday::Tue)),
                "3× this week, last on Tuesday",
            ),
        ] {
            assert_eq!(standing(times, last).done(), said);
        }
    }

    #[test]
    fn every_stretch_has_a_pose_that_tells_what_it_is() {
        for stretch in stretch_file::builtin().stretches {
            let item = Item::new(stretch, false);
            let preview = item.preview.as_ref().unwrap();
            let at = preview.at(item.telling).unwrap();
            assert!(
                item.telling > Duration::ZERO && item.telling < preview.total(),
                "{}: {:?} at {:?}",
                item.name,
                at.slot.kind,
                item.telling
            );
        }
    }
}
