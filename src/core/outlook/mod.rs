//! When breaks would come on a day with these settings.
//!
//! The day is an ordinary one: nothing holds breaks back but the working hours, and the user is
//! friendly: pauses for a moment when a break is due, starts it as soon as it is announced, and
//! does it to the end. It is run by the very code that runs the program, and the same day comes
//! out as a text for `simulate`, which then prints the same breaks.

mod friend;

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::{
    calendar,
    config::{Hours, What},
    day::{Action, Day, Entry, Play, Script, write},
    schedule::Rules,
    stretch::{StretchId, VariantName},
    time::Zone,
};

/// The seed with which `simulate` draws stretches when nobody names another.
const SEED: u64 = 0;

/// Without working hours, a day begins at this time,
pub const BEGINS: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("a time of day");
/// has so much work before lunch,
pub const BEFORE_LUNCH: Duration = Duration::from_mins(210);
/// a lunch of this length, away from the desk,
pub const LUNCH: Duration = Duration::from_mins(45);
/// and so much work after it: eight hours in all.
pub const AFTER_LUNCH: Duration = Duration::from_mins(270);

/// So many breaks of a day are worked out, and no more.
pub const MOST: usize = 500;

/// A day as it would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// On which day the work begins.
    pub date: NaiveDate,
    /// Where.
    pub zone: Zone,
    /// Whether the ranges are those of the settings. Otherwise the settings have none, and the day
    /// is one of eight hours with a lunch.
    pub by_hours: bool,
    /// When there is work, in order. Empty on a day off.
    pub work: Vec<Stint>,
    /// The breaks, in order: all of them, or the first [`MOST`].
    pub breaks: Vec<Rest>,
    /// The same day in the day language, up to the last of these breaks if there are more. Empty
    /// on a day off.
    pub day: String,
}

/// A while of work, by the clock on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stint {
    /// When it begins.
    pub from: DateTime<FixedOffset>,
    /// When it ends.
    pub to: DateTime<FixedOffset>,
}

/// A break that would come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// When it is announced.
    pub at: DateTime<FixedOffset>,
    /// The id of its reminder.
    pub reminder: String,
    /// What it consists of.
    pub what: What,
    /// The stretches that `simulate` draws for it; the program may draw others.
    pub stretches: Vec<StretchId>,
    /// The ids of the reminders that it stands for as well.
    pub absorbed: Vec<String>,
}

impl Outlook {
    /// Whether there are more breaks than were worked out.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.breaks.len() >= MOST
    }

    /// The times of day of a reminder that come neither in the hours of this day nor, where these
    /// last into the next one, in its first hours.
    #[must_use]
    pub fn outside(&self, times: &[NaiveTime]) -> Vec<NaiveTime> {
        let dates = [Some(self.date), self.date.succ_opt()];
        let comes = |time: &NaiveTime| {
            let mut at = dates.into_iter().flatten().map(|date| date.and_time(*time));
            at.any(|at| {
                let at = self.zone.instants(at).first();
                let mut work = self.work.iter();
                work.any(|stint| (stint.from.to_utc()..stint.to.to_utc()).contains(&at))
            })
        };
        times.iter().copied().filter(|time| !comes(time)).collect()
    }

    /// The day `date` in `zone`.
    #[must_use]
    pub fn of(rules: &Rules, zone: Zone, date: NaiveDate) -> Self {
        let hours = rules.config().hours.as_ref();
        let stints = stints(hours, zone, date);
        let mut outlook = Self {
            date,
            zone,
            by_hours: hours.is_some(),
            work: Vec::new(),
            breaks: Vec::new(),
            day: String::new(),
        };
        let Some((start, _)) = stints.first().copied() else {
            return outlook;
        };
        let (told, steps) = friend::day(rules, &script(rules, zone, start), SEED, &stints);
        outlook.breaks = friend::breaks(rules, &told);
        outlook.day = written(start, zone, &steps);
        let local = |at| zone.local(at);
        let stints = stints.into_iter();
        outlook.work = stints
            .map(|(from, to)| Stint {
                from: local(from),
                to: local(to),
            })
            .collect();
        outlook
    }
}

/// The days to come, and how long breaks take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Today and the six days after it.
    pub days: Vec<Outlook>,
    /// How long a stretch takes, from the shortest to the longest of those that rotate.
    pub lengths: BTreeMap<VariantName, (Duration, Duration)>,
}

impl Forecast {
    /// A week from `today` on.
    #[must_use]
    pub fn of(rules: &Rules, zone: Zone, today: NaiveDate) -> Self {
        let length = |variant: VariantName| {
            let all = || rules.stretches().iter().map(|one| one.totals.of(variant));
            Some((variant, (all().min()?, all().max()?)))
        };
        let variants = [VariantName::Short, VariantName::Standard, VariantName::Long];
        let days = today.iter_days().take(7);
        Self {
            days: days.map(|date| Outlook::of(rules, zone, date)).collect(),
            lengths: variants.into_iter().filter_map(length).collect(),
        }
    }
}

/// From when to when there is work on this day.
fn stints(
    hours: Option<&Hours>,
    zone: Zone,
    date: NaiveDate,
) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    if let Some(hours) = hours {
        return calendar::hours_of_day(hours, zone, date);
    }
    let later = |at: DateTime<Utc>, by| at + TimeDelta::from_std(by).unwrap_or_default();
    let begins = zone.instants(date.and_time(BEGINS)).first();
    let lunch = later(begins, BEFORE_LUNCH);
    let back = later(lunch, LUNCH);
    vec![(begins, lunch), (back, later(back, AFTER_LUNCH))]
}

/// A day on which nothing has happened yet.
fn script(rules: &Rules, zone: Zone, start: DateTime<Utc>) -> Script {
    let day = Day {
        start,
        zone,
        steps: Vec::new(),
    };
    Script::new(day, rules.clone(), |_| Ok::<_, ()>(rules.clone()))
        .expect("a day without a line has none that cannot be done")
}

fn written(start: DateTime<Utc>, zone: Zone, steps: &[Action]) -> String {
    let mut day = write::start(start, zone);
    for step in steps {
        day.push('\n');
        day += &write::line(step);
    }
    day.push('\n');
    day
}
