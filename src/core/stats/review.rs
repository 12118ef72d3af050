//! What a span of days looked like: all that the window of the history shows.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike as _, Utc};

use super::{
    super::{
        schedule::{Credit, effect::Outcome},
        stretch::{Area, StretchId},
        time::Zone,
    },
    Tally,
    span::Span,
};

/// So many breaks make a day that did one good.
pub const GOOD_DAY: u32 = 3;

/// On which parts of the body each stretch works.
pub type Areas = BTreeMap<StretchId, Vec<Area>>;

/// How days are told apart, and from when to when.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// Which days.
    pub span: Span,
    /// In this zone, whatever it was at the time: so each break belongs to one day, also after
    /// travelling.
    pub zone: Zone,
    /// When a new day begins.
    pub day_starts: NaiveTime,
}

/// What became of the breaks in a span of days.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Which days.
    pub span: Span,
    /// Each of them, also those without a break, in order.
    pub days: Vec<Day>,
    /// All of them together.
    pub total: Tally,
    /// How answers fell in each hour of the day, from midnight on.
    pub hours: [Answers; 24],
    /// How often each stretch was done, the most frequent first.
    pub stretches: Vec<(StretchId, Done)>,
    /// How long each part of the body was stretched, from the head down; zero where it was not.
    pub areas: Vec<(Area, Duration)>,
}

/// One day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Its date.
    pub date: NaiveDate,
    /// What became of its breaks.
    pub tally: Tally,
    /// The longest time without a break.
    pub sitting: Option<Sitting>,
}

/// A time at the desk without a break, from the end of one to the beginning of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended.
    pub to: DateTime<Utc>,
}

/// How the announcements were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Begun.
    pub started: u32,
    /// Put off, each time counted.
    pub snoozed: u32,
    /// Refused.
    pub skipped: u32,
    /// Not answered.
    pub missed: u32,
}

/// How much of a stretch was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// To its end.
    pub times: u32,
    /// Offered, and refused.
    pub skipped: u32,
    /// How long its countdowns ran.
    pub stretched: Duration,
}

impl Sitting {
    /// How long it was.
    #[must_use]
    pub fn length(self) -> Duration {
        (self.to - self.from).to_std().unwrap_or_default()
    }
}

impl Answers {
    /// How many announcements got an answer in the end, or none.
    #[must_use]
    pub fn asked(self) -> u32 {
        self.started + self.refused()
    }

    /// Those that were not begun.
    #[must_use]
    pub fn refused(self) -> u32 {
        self.skipped + self.missed
    }

    fn add(&mut self, credit: &Credit) {
        match credit.outcome {
            Outcome::Completed | Outcome::Abandoned => self.started += 1,
            Outcome::Skipped => self.skipped += 1,
            Outcome::Missed => self.missed += 1,
            Outcome::Natural | Outcome::Absorbed => {}
        }
        self.snoozed = self.snoozed.saturating_add(credit.snoozes);
    }
}

impl Day {
    /// Breaks that were a rest: done, or taken away from the desk.
    #[must_use]
    pub fn rests(&self) -> u32 {
        self.tally.completed + self.tally.natural
    }
}

impl Review {
    /// Looks over breaks in the order in which they ended. Those of other days are left out.
    #[must_use]
    pub fn of(credits: &[Credit], calendar: Calendar, areas: &Areas) -> Self {
        let span = calendar.span;
        let starts = span.starts(calendar.zone, calendar.day_starts);
        let days = span.days().map(|date| Day {
            date,
            tally: Tally::default(),
            sitting: None,
        });
        let mut review = Self {
            span,
            days: days.collect(),
            total: Tally::default(),
            hours: [Answers::default(); 24],
            stretches: Vec::new(),
            areas: Area::ALL.map(|area| (area, Duration::ZERO)).to_vec(),
        };
        let (mut stretches, mut worked) = (BTreeMap::new(), BTreeMap::new());
        let mut rested = None;
        for credit in credits {
            // The last day that has begun; none before the first one, none after the last.
            let begun = starts.partition_point(|start| *start <= credit.ended);
            let Some(day) = begun.checked_sub(1).and_then(|n| review.days.get_mut(n)) else {
                continue;
            };
            let began_today = starts[begun - 1];
            day.tally.add(credit);
            review.total.add(credit);
            sit(day, &mut rested, began_today, credit);
            let asked = credit.announced.unwrap_or(credit.ended);
            let hour = calendar.zone.local(asked).hour() as usize;
            review.hours[hour].add(credit);
            count(&mut stretches, &mut worked, credit, areas);
        }
        review.stretches = in_order(stretches);
        for (area, stretched) in &mut review.areas {
            *stretched = worked.get(area).copied().unwrap_or_default();
        }
        review
    }

    /// How the answers fell in all.
    #[must_use]
    pub fn answers(&self) -> Answers {
        let add = |sum: Answers, hour: &Answers| Answers {
            started: sum.started + hour.started,
            snoozed: sum.snoozed + hour.snoozed,
            skipped: sum.skipped + hour.skipped,
            missed: sum.missed + hour.missed,
        };
        self.hours.iter().fold(Answers::default(), add)
    }

    /// Days with [`GOOD_DAY`] breaks or more.
    #[must_use]
    pub fn good_days(&self) -> usize {
        let good = |day: &&Day| day.rests() >= GOOD_DAY;
        self.days.iter().filter(good).count()
    }

    /// The longest time without a break.
    #[must_use]
    pub fn longest_sitting(&self) -> Option<Sitting> {
        let sittings = self.days.iter().filter_map(|day| day.sitting);
        sittings.max_by_key(|sitting| sitting.length())
    }

    /// Whether there was nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total.is_empty()
    }
}

/// Goes on with the time at the desk, which ends with a rest. A message is read, not rested.
fn sit(
    day: &mut Day,
    rested: &mut Option<DateTime<Utc>>,
    began_today: DateTime<Utc>,
    credit: &Credit,
) {
    let rest = match credit.outcome {
        Outcome::Natural => true,
        Outcome::Completed => !credit.stretches.is_empty(),
        Outcome::Abandoned | Outcome::Skipped | Outcome::Missed | Outcome::Absorbed => false,
    };
    let until = if rest {
        credit.started.unwrap_or(credit.ended)
    } else {
        credit.ended
    };
    // What was before the first rest of a day is not known: the program may not have run.
    if let Some(from) = rested.filter(|from| *from >= began_today && *from < until) {
        let sitting = Sitting { from, to: until };
        if (day.sitting).is_none_or(|longest| longest.length() < sitting.length()) {
            day.sitting = Some(sitting);
        }
    }
    if rest {
        *rested = (*rested).max(Some(credit.ended));
    }
}

/// Counts the stretches of a break, and what they worked on. A break of several shares its time.
fn count(
    stretches: &mut BTreeMap<StretchId, Done>,
    worked: &mut BTreeMap<Area, Duration>,
    credit: &Credit,
    areas: &Areas,
) {
    let Ok(several) = u32::try_from(credit.stretches.len()) else {
        return;
    };
    let (done, refused, stretched) = match credit.outcome {
        Outcome::Completed => (1, 0, credit.stretched),
        Outcome::Abandoned => (0, 0, credit.stretched),
        Outcome::Skipped => (0, 1, Duration::ZERO),
        Outcome::Missed | Outcome::Natural | Outcome::Absorbed => return,
    };
    for stretch in &credit.stretches {
        let share = stretched / several;
        let sum = stretches.entry(stretch.clone()).or_default();
        sum.times += done;
        sum.skipped += refused;
        sum.stretched += share;
        for area in areas.get(stretch).into_iter().flatten() {
            *worked.entry(*area).or_default() += share;
        }
    }
}

fn in_order(stretches: BTreeMap<StretchId, Done>) -> Vec<(StretchId, Done)> {
    let mut stretches: Vec<_> = stretches.into_iter().collect();
    // Stable: those that were done equally often stand in the order of their names.
    stretches.sort_by_key(|(_, done)| std::cmp::Reverse((done.times, done.stretched)));
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: &str = "2026-03-02";

    fn at(text: &str) -> DateTime<Utc> {
        let with_zone = format!("{text}:00+01:00");
        DateTime::parse_from_rfc3339(&with_zone).unwrap().to_utc()
    }

    fn calendar() -> Calendar {
        Calendar {
            span: Span::week(WEEK.parse().unwrap()),
            zone: Zone::Named("Europe/Berlin".parse().unwrap()),
            day_starts: NaiveTime::from_hms_opt(4, 0, 0).unwrap(),
        }
    }

    fn break_at(ended: &str, outcome: Outcome, stretches: &[&str], seconds: u64) -> Credit {
        let ended = at(ended);
        Credit {
            reminder: "upper-back".to_owned(),
            stretches: stretches
                .iter()
                .map(|id| StretchId((*id).to_owned()))
                .collect(),
            due: Some(ended),
            announced: Some(ended),
            started: Some(ended - chrono::TimeDelta::seconds(i64::try_from(seconds).unwrap())),
            ended,
            outcome,
            stretched: Duration::from_secs(seconds),
            snoozes: 0,
        }
    }

    fn areas() -> Areas {
        [
            ("chin_tuck", vec![Area::Neck]),
            ("eagle_arms", vec![Area::Rhomboids, Area::Shoulders]),
        ]
        .into_iter()
        .map(|(id, areas)| (StretchId(id.to_owned()), areas))
        .collect()
    }

    fn review(credits: &[Credit]) -> Review {
        Review::of(credits, calendar(), &areas())
    }

    #[test]
    fn a_break_belongs_to_the_day_that_has_begun() {
        let review = review(&[
            break_at("2026-03-02T03:59", Outcome::Completed, &["chin_tuck"], 40),
            break_at("2026-03-02T04:00", Outcome::Completed, &["chin_tuck"], 40),
            break_at("2026-03-03T03:30", Outcome::Skipped, &["chin_tuck"], 0),
            break_at("2026-03-09T03:59", Outcome::Completed, &["chin_tuck"], 40),
            break_at("2026-03-09T04:00", Outcome::Completed, &["chin_tuck"], 40),
        ]);
        assert_eq!(review.days.len(), 7);
        let (monday, sunday) = (review.days[0].tally, review.days[6].tally);
        assert_eq!((monday.completed, monday.skipped), (1, 1));
        assert_eq!(sunday.completed, 1);
        assert_eq!(
            review.total.completed, 2,
            "the days before and after are others'"
        );
    }

    #[test]
    fn each_break_of_a_year_with_two_clock_changes_belongs_to_one_day() {
        let span = Span {
            first: "2026-01-01".parse().unwrap(),
            last: "2026-12-31".parse().unwrap(),
        };
        let credits: Vec<Credit> = (0..365 * 24)
            .map(|hour| {
                let mut credit = break_at("2026-01-01T04:00", Outcome::Completed, &[], 0);
                credit.ended += chrono::TimeDelta::hours(hour);
                credit
            })
            .collect();
        let review = Review::of(&credits, Calendar { span, ..calendar() }, &areas());
        let each: Vec<u32> = review.days.iter().map(|day| day.tally.completed).collect();
        assert_eq!(each.iter().sum::<u32>(), 365 * 24);
        assert_eq!(each.iter().filter(|hours| **hours == 24).count(), 363);
        assert_eq!((each[86], each[296]), (23, 25), "28 March and 24 October");
    }

    #[test]
    fn sitting_ends_with_a_stretch_or_time_away_and_not_with_a_message_or_a_skip() {
        let review = review(&[
            break_at("2026-03-02T09:00", Outcome::Natural, &[], 600),
            break_at("2026-03-02T09:30", Outcome::Completed, &[], 20),
            break_at("2026-03-02T10:00", Outcome::Skipped, &["chin_tuck"], 0),
            break_at("2026-03-02T11:00", Outcome::Completed, &["chin_tuck"], 60),
            break_at("2026-03-02T11:30", Outcome::Completed, &["chin_tuck"], 60),
            break_at("2026-03-03T18:00", Outcome::Natural, &[], 600),
        ]);
        let longest = review.longest_sitting().unwrap();
        assert_eq!(longest.from, at("2026-03-02T09:00"));
        assert_eq!(longest.to, at("2026-03-02T10:59"));
        assert_eq!(review.days[1].sitting, None, "nobody sat through the night");
    }

    #[test]
    fn a_day_that_ends_with_skips_was_sat_through_at_least_until_the_last_one() {
        let review = review(&[
            break_at("2026-03-02T13:00", Outcome::Natural, &[], 600),
            break_at("2026-03-02T14:00", Outcome::Skipped, &["chin_tuck"], 0),
            break_at("2026-03-02T16:00", Outcome::Missed, &["chin_tuck"], 0),
        ]);
        let hours = review.longest_sitting().unwrap().length().as_secs() / 3600;
        assert_eq!(hours, 3);
    }

    #[test]
    fn a_break_of_several_stretches_shares_its_time_among_them_and_their_parts_of_the_body() {
        let review = review(&[
            break_at(
                "2026-03-02T09:00",
                Outcome::Completed,
                &["chin_tuck", "eagle_arms"],
                80,
            ),
            break_at("2026-03-02T10:00", Outcome::Abandoned, &["chin_tuck"], 10),
            break_at("2026-03-02T11:00", Outcome::Skipped, &["eagle_arms"], 0),
        ]);
        let (first, done) = &review.stretches[0];
        assert_eq!((first.as_str(), done.times), ("chin_tuck", 1));
        assert_eq!(done.stretched, Duration::from_secs(50));
        let (second, done) = &review.stretches[1];
        assert_eq!((second.as_str(), done.skipped), ("eagle_arms", 1));
        let of = |area| {
            let found = review.areas.iter().find(|(known, _)| *known == area);
            found.unwrap().1.as_secs()
        };
        assert_eq!(of(Area::Neck), 50);
        assert_eq!((of(Area::Rhomboids), of(Area::Shoulders)), (40, 40));
        assert_eq!(of(Area::Chest), 0, "neglected");
    }

    #[test]
    fn answers_fall_in_the_hour_in_which_the_break_was_announced() {
        let mut late = break_at("2026-03-02T18:02", Outcome::Skipped, &["chin_tuck"], 0);
        late.announced = Some(at("2026-03-02T17:55"));
        late.snoozes = 2;
        let review = review(&[
            break_at("2026-03-02T09:00", Outcome::Completed, &["chin_tuck"], 40),
            late,
        ]);
        assert_eq!(review.hours[9].started, 1);
        assert_eq!((review.hours[17].skipped, review.hours[17].snoozed), (1, 2));
        let answers = review.answers();
        assert_eq!((answers.asked(), answers.refused()), (2, 1));
    }

    #[test]
    fn a_good_day_has_three_breaks() {
        let two = break_at("2026-03-02T09:00", Outcome::Completed, &["chin_tuck"], 40);
        let three = break_at("2026-03-03T09:00", Outcome::Natural, &[], 400);
        let review = review(&[two.clone(), two, three.clone(), three.clone(), three]);
        assert_eq!(review.good_days(), 1);
    }
}
