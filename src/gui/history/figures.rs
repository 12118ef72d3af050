//! What the charts show, in figures and in words. Nothing here draws.

use egui::Color32;

use super::{Chart, Reach, chart, words};
use crate::{
    core::stats::{
        Tally,
        review::{Answers, Day, Review},
    },
    gui::theme::{Theme, space},
    text::{text, text_with},
};

/// What a chart shows, worked out from the book.
pub struct Figures {
    /// Which of them.
    pub chart: Chart,
    /// What it is called.
    pub title: String,
    /// What lies under each bar, for the axis.
    pub marks: Vec<String>,
    /// What each bar is called, in full.
    pub names: Vec<String>,
    /// The figures of each bar, in words.
    pub said: Vec<String>,
    /// What is said when no bar is looked at.
    pub sum: String,
    /// What stands on each other in each bar.
    pub series: Vec<Series>,
}

/// One colour of the bars.
pub struct Series {
    pub name: String,
    pub color: Color32,
    /// One for each bar.
    pub values: Vec<f64>,
}

impl Figures {
    /// What this chart shows.
    pub fn of(chart: Chart, theme: &Theme, review: &Review, reach: Reach) -> Self {
        match chart {
            Chart::Breaks => breaks(theme, review, reach),
            Chart::Stretched => stretched(theme, review, reach),
            Chart::Hours => hours(theme, review),
        }
    }

    /// How high the card is, as a chart or as a table.
    pub fn height(&self, as_table: bool) -> f32 {
        if as_table {
            chart::TABLE_HEAD
                + chart::ROW * chart::number(self.rows().count().max(1))
                + space::MEDIUM
        } else {
            chart::HEIGHT
        }
    }

    /// The bars that are something.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        let something = |n: &usize| {
            let value = |series: &Series| series.values[*n] > 0.0;
            self.series.iter().any(value)
        };
        (0..self.names.len()).filter(something)
    }

    /// "Tuesday, 3 March: 3 done".
    pub fn in_full(&self, n: usize) -> String {
        text_with(
            "past-bar",
            &[
                ("name", self.names[n].as_str().into()),
                ("figures", self.said[n].as_str().into()),
            ],
        )
    }

    pub fn highest(&self) -> f64 {
        let sum = |n: usize| self.series.iter().map(|series| series.values[n]).sum();
        (0..self.names.len()).map(sum).fold(0.0, f64::max)
    }
}

/// The days of a span one by one, or a year week by week.
struct Bin {
    mark: String,
    name: String,
    tally: Tally,
}

fn bins(review: &Review, reach: Reach) -> Vec<Bin> {
    let days = &review.days;
    match reach {
        Reach::Week | Reach::Weeks => days.iter().map(|day| of_day(reach, day)).collect(),
        Reach::Year => days.chunks(7).map(of_week).collect(),
    }
}

fn of_day(reach: Reach, day: &Day) -> Bin {
    Bin {
        mark: match reach {
            Reach::Week => words::short_weekday(day.date),
            Reach::Weeks | Reach::Year => words::mark(day.date),
        },
        name: words::day(day.date),
        tally: day.tally,
    }
}

fn of_week(days: &[Day]) -> Bin {
    let first = days[0].date;
    let mut tally = Tally::default();
    for day in days {
        tally.merge(&day.tally);
    }
    Bin {
        mark: words::mark(first),
        name: text_with("past-week-of", &[("day", words::short_day(first).into())]),
        tally,
    }
}

fn breaks(theme: &Theme, review: &Review, reach: Reach) -> Figures {
    let bins = bins(review, reach);
    let colors = theme.outcomes;
    let color = [
        colors.done,
        colors.away,
        colors.early,
        colors.skipped,
        colors.missed,
    ];
    let series = words::OUTCOMES.into_iter().zip(color);
    Figures {
        chart: Chart::Breaks,
        title: text(match reach {
            Reach::Week | Reach::Weeks => "past-breaks-a-day",
            Reach::Year => "past-breaks-a-week",
        }),
        said: bins.iter().map(|bin| words::tally(&bin.tally)).collect(),
        sum: words::tally(&review.total),
        series: series
            .map(|(outcome, color)| Series {
                name: words::outcome(outcome),
                color,
                values: (bins.iter())
                    .map(|bin| f64::from(words::count_of(&bin.tally, outcome)))
                    .collect(),
            })
            .collect(),
        marks: bins.iter().map(|bin| bin.mark.clone()).collect(),
        names: bins.into_iter().map(|bin| bin.name).collect(),
    }
}

fn stretched(theme: &Theme, review: &Review, reach: Reach) -> Figures {
    let bins = bins(review, reach);
    Figures {
        chart: Chart::Stretched,
        title: text(match reach {
            Reach::Week | Reach::Weeks => "past-stretched-a-day",
            Reach::Year => "past-stretched-a-week",
        }),
        said: (bins.iter())
            .map(|bin| words::length(bin.tally.stretched))
            .collect(),
        sum: words::length(review.total.stretched),
        series: vec![Series {
            name: text("past-stretched"),
            color: theme.outcomes.done,
            values: (bins.iter())
                .map(|bin| bin.tally.stretched.as_secs_f64())
                .collect(),
        }],
        marks: bins.iter().map(|bin| bin.mark.clone()).collect(),
        names: bins.into_iter().map(|bin| bin.name).collect(),
    }
}

/// The hours of the working day, and those around it in which anything was.
fn hours(theme: &Theme, review: &Review) -> Figures {
    let all = &review.hours;
    let some = |hour: &usize| all[*hour] != Answers::default();
    let first = (0..24).find(some).unwrap_or(8).min(8);
    let last = (0..24).rev().find(some).unwrap_or(18).max(18);
    let shown = first..=last;
    let hour = |hour: usize| words::hour_and_minute(u32::try_from(hour).unwrap_or_default(), 0);
    let colors = theme.outcomes;
    let series = |id: &str, color, value: fn(&Answers) -> u32| Series {
        name: text(id),
        color,
        values: (all[shown.clone()].iter())
            .map(|answers| f64::from(value(answers)))
            .collect(),
    };
    Figures {
        chart: Chart::Hours,
        title: text("past-answers"),
        said: all[shown.clone()].iter().map(words::answers).collect(),
        sum: words::answers(&review.answers()),
        series: vec![
            series("past-answer-started", colors.done, |answers| {
                answers.started
            }),
            series("past-answer-snoozed", colors.early, |answers| {
                answers.snoozed
            }),
            series("past-answer-skipped", colors.skipped, |answers| {
                answers.skipped
            }),
            series("past-answer-missed", colors.missed, |answers| {
                answers.missed
            }),
        ],
        marks: shown.clone().map(hour).collect(),
        names: shown
            .map(|from| {
                let (from, to) = (hour(from), hour(from + 1));
                text_with("past-from-to", &[("from", from.into()), ("to", to.into())])
            })
            .collect(),
    }
}
