//! What the store does with breaks that come and go: taken in, put back, read on.

use std::{collections::BTreeMap, path::Path, thread};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::{collection::vec, prelude::*};
use unhunch::{
    core::{schedule::Credit, schedule::effect::Outcome},
    history_file::{as_csv, as_json, read},
    store::{Excerpt, History, Reader, forget, put_back, take_in, take_out},
};

use super::{at, credit};

fn kept(file: &Path) -> Vec<Credit> {
    let mut credits = Vec::new();
    let reader = Reader::open(file).unwrap();
    let collect = |credit| {
        credits.push(credit);
        Ok(())
    };
    reader.each_since(None, collect).unwrap();
    credits
}

/// How many there are of each, whatever their order.
fn counted(credits: &[Credit]) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for credit in credits {
        *count.entry(format!("{credit:?}")).or_default() += 1;
    }
    count
}

fn skipped(ended: DateTime<Utc>) -> Credit {
    Credit {
        ended,
        ..credit("2026-03-02T10:00", Outcome::Skipped, "chin_tuck", 0)
    }
}

/// One of few, so that some are alike.
fn any_break() -> impl Strategy<Value = Credit> {
    let outcomes = prop_oneof![Just(Outcome::Skipped), Just(Outcome::Missed)];
    (0..6_i64, 0..2_u32, outcomes).prop_map(|(minutes, snoozes, outcome)| Credit {
        outcome,
        snoozes,
        ..skipped(at("2026-03-02T10:00") + TimeDelta::minutes(minutes))
    })
}

proptest! {
    // Each case writes to the disk a few times.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_history_that_was_saved_and_deleted_comes_back_as_it_was(
        credits in vec(any_break(), 0..14),
        lost in 0..14_usize,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("history.db");
        put_back(&file, &credits).unwrap();
        let before = kept(&file);
        let mut csv = Vec::new();
        as_csv(&mut csv, &before).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        let mut json = Vec::new();
        as_json(&mut json, &before).unwrap();
        let json = String::from_utf8(json).unwrap();
        for text in [csv, json] {
            let saved = read("saved", &text).unwrap();
            prop_assert_eq!(take_in(&file, &saved).unwrap(), [], "all of it is there");

            // In the same order too, but for those that end in the same second.
            prop_assert_eq!(counted(&forget(&file, None, None).unwrap()), counted(&before));
            let added = take_in(&file, &saved).unwrap();
            prop_assert_eq!(&added, &before);
            prop_assert_eq!(kept(&file), before.clone());
            take_out(&file, &added).unwrap();
            prop_assert_eq!(kept(&file), []);

            // Also where some of it is still there.
            let rest = &before[lost.min(before.len())..];
            put_back(&file, rest).unwrap();
            let added = take_in(&file, &saved).unwrap();
            prop_assert_eq!(added.len(), before.len() - rest.len());
            prop_assert_eq!(counted(&kept(&file)), counted(&before));
            take_out(&file, &added).unwrap();
            prop_assert_eq!(counted(&kept(&file)), counted(rest));
            take_in(&file, &saved).unwrap();
        }
    }
}

#[test]
fn a_break_that_ends_while_a_file_is_taken_in_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    let begin = at("2026-03-02T10:00");
    let (mut history, _) = History::open(&file, begin);
    let elsewhere: Vec<Credit> = (0..4000)
        .map(|n| skipped(begin - TimeDelta::hours(n)))
        .collect();
    let (from, rows) = (file.clone(), elsewhere.clone());
    let taking_in = thread::spawn(move || take_in(&from, &rows).unwrap().len());
    let mut ours = Vec::new();
    while !taking_in.is_finished() || ours.len() < 3 {
        let next = skipped(begin + TimeDelta::minutes(1 + ours.len() as i64));
        // A row that has to wait goes with the next one.
        history.record(&next, begin).map(drop).unwrap_or_default();
        ours.push(next);
    }
    assert_eq!(taking_in.join().unwrap(), elsewhere.len());
    let last = skipped(begin + TimeDelta::days(1));
    assert_eq!(history.record(&last, begin), None);
    ours.push(last);
    let all = kept(&file);
    assert_eq!(all.len(), elsewhere.len() + ours.len());
    assert_eq!(all[elsewhere.len()..], ours);
}

#[test]
fn ten_years_are_looked_through_a_year_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    let end = crate::store::ten_years(&file);
    let now = end + TimeDelta::days(1);
    let mut excerpt = Excerpt::of(&file);
    for (step, years) in (0..10).enumerate() {
        let to = end + TimeDelta::seconds(1) - TimeDelta::days(365 * years);
        let from = to - TimeDelta::days(365);
        excerpt.look(from, to, now).unwrap();
        assert_eq!(excerpt.credits().len(), 8 * 365, "{years} years ago");
        let reads = excerpt.reads();
        assert_eq!((reads.whole as usize, reads.new), (step + 1, 0));
        for _ in 0..5 {
            excerpt.look(from, to, now).unwrap();
        }
        assert_eq!(excerpt.reads(), reads, "it is there already");
    }
    assert_eq!(
        excerpt.first(),
        kept(&file).first().map(|credit| credit.ended)
    );
}

#[test]
fn a_file_that_cannot_be_read_leaves_nothing_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.db");
    let now = at("2026-03-02T12:00");
    put_back(&file, &[skipped(at("2026-03-02T10:00"))]).unwrap();
    let (from, to) = (at("2026-03-01T00:00"), at("2026-03-03T00:00"));
    let mut excerpt = Excerpt::of(&file);
    excerpt.look(from, to, now).unwrap();
    assert_eq!(excerpt.credits().len(), 1);
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, "no history").unwrap();
    let version = excerpt.version();
    excerpt.look(from, to, now).unwrap_err();
    assert_eq!((excerpt.credits().len(), excerpt.first()), (0, None));
    assert!(excerpt.version() > version);
    std::fs::write(&file, whole).unwrap();
    excerpt.look(from, to, now).unwrap();
    assert_eq!(excerpt.credits().len(), 1);
}
