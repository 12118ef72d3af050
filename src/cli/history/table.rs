//! Breaks as a table for people.

use std::{io::Write, time::Duration};

use crate::{
    config_file,
    core::{
        schedule::{Credit, effect::Outcome},
        span,
        stats::Tally,
        stretch::StretchId,
        time::Moment,
    },
    store::outcome_name,
    stretch_file,
    text::{text, text_with},
};

/// Columns for people, and what it comes to.
pub fn as_table(
    mut out: impl Write,
    credits: &[Credit],
    only_since: bool,
    now: &Moment,
) -> anyhow::Result<()> {
    if credits.is_empty() {
        let id = if only_since {
            "history-none-since"
        } else {
            "history-none"
        };
        writeln!(out, "{}", text(id))?;
        return Ok(());
    }
    let titles = titles();
    let head = ["when", "reminder", "what", "outcome", "length", "snoozes"];
    let mut rows = vec![head.map(|column| text(&format!("history-column-{column}")))];
    rows.extend(credits.iter().map(|credit| row(credit, &titles, now)));
    let widths: [usize; 6] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    });
    for row in &rows {
        let cells = row.iter().zip(widths);
        let line: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        writeln!(out, "{}", line.join("  ").trim_end())?;
    }
    writeln!(out, "\n{}", total(credits))?;
    Ok(())
}

/// The names of the stretches as people know them.
fn titles() -> Vec<(StretchId, String)> {
    let folder = stretch_file::folder(&config_file::locate(None));
    let candidates = stretch_file::candidates(Some(&folder)).into_iter();
    candidates
        .filter_map(|candidate| {
            let title = candidate.facts.names.into_iter().next()?;
            Some((candidate.facts.id, title))
        })
        .collect()
}

fn row(credit: &Credit, titles: &[(StretchId, String)], now: &Moment) -> [String; 6] {
    let title = |id: &StretchId| {
        let known = titles.iter().find(|(known, _)| known == id);
        known.map_or(id.0.clone(), |(_, title)| title.clone())
    };
    let what: Vec<String> = credit.stretches.iter().map(title).collect();
    let when = now.zone.local(credit.started.unwrap_or(credit.ended));
    let length = match credit.stretched {
        Duration::ZERO => String::new(),
        length => span::format(length),
    };
    let snoozes = match credit.snoozes {
        0 => String::new(),
        snoozes => snoozes.to_string(),
    };
    [
        when.format("%Y-%m-%d %H:%M").to_string(),
        credit.reminder.clone(),
        what.join(", "),
        outcome(credit.outcome),
        length,
        snoozes,
    ]
}

fn outcome(outcome: Outcome) -> String {
    text(&format!("history-outcome-{}", outcome_name(outcome)))
}

fn total(credits: &[Credit]) -> String {
    let mut tally = Tally::default();
    credits.iter().for_each(|credit| tally.add(credit));
    text_with(
        "history-total",
        &[
            ("completed", tally.completed.into()),
            ("natural", tally.natural.into()),
            ("stretched", span::format(tally.stretched).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        core::time::Zone,
        history_file::tests::{self, at, shown},
    };

    fn now() -> Moment {
        Moment {
            boot: Duration::ZERO,
            awake: Duration::ZERO,
            utc: at("2026-03-02T16:00:00Z"),
            zone: Zone::Named("Europe/Berlin".parse().unwrap()),
        }
    }

    /// Those of the files, one of them not of whole seconds.
    fn credits() -> Vec<Credit> {
        let mut credits = tests::credits();
        credits[1].stretched = Duration::from_millis(85_400);
        credits
    }

    #[test]
    fn a_table_for_people() {
        let table = shown(|out| as_table(out, &credits(), false, &now()));
        assert_snapshot!(table, @r#"
        When              Reminder    What                      Outcome      Length    Snoozes
        2026-03-02 03:00  upper-back  Shoulder roll, of_my_own  skipped
        2026-03-02 10:05  upper-back  Shoulder roll, of_my_own  done         1min 25s  1
        2026-03-02 11:00  a "b", c                              away anyway  30min

        In all: one break done, 1min 25s of stretching, away once.
        "#);
    }

    #[test]
    fn no_history_yet_is_said_in_a_sentence() {
        let empty = shown(|out| as_table(out, &[], false, &now()));
        assert_snapshot!(
            empty,
            @"No breaks yet. The first one will be here when you have taken it."
        );
    }
}
