//! Taking a history in and deleting some of it, from a terminal.

use std::fs;

use chrono::TimeDelta;
use unhunch::store::{History, Reader};

use super::credit;
use crate::stretches::{Home, refuses};

use unhunch::core::schedule::{Credit, effect::Outcome};

/// A home with breaks on the 2nd, 3rd and 5th of March, in no order.
fn home() -> (Home, Vec<Credit>) {
    let home = Home::with_settings("[schedule]\nday_starts = \"04:00\"\n");
    let credits = vec![
        credit("2026-03-02T10:01", Outcome::Completed, "chin_tuck", 60),
        credit("2026-03-03T10:00", Outcome::Skipped, "chin_tuck", 0),
        credit("2026-03-05T12:31", Outcome::Completed, "eagle_arms", 60),
    ];
    let now = credits[2].ended + TimeDelta::hours(1);
    let (mut history, _) = History::open(home.history_file(), now);
    for credit in &credits {
        assert_eq!(history.record(credit, now), None);
    }
    (home, credits)
}

fn kept(home: &Home) -> Vec<Credit> {
    let mut credits = Vec::new();
    let reader = Reader::open(&home.history_file()).unwrap();
    let collect = |credit| {
        credits.push(credit);
        Ok(())
    };
    reader.each_since(None, collect).unwrap();
    credits
}

#[test]
fn what_was_printed_is_taken_in_again_in_either_form() {
    for format in ["csv", "json"] {
        let (home, credits) = home();
        let file = home.history_file().with_file_name("breaks");
        fs::write(&file, home.says(&["history", "--format", format])).unwrap();
        let file = file.to_str().unwrap();
        let said = home.says(&["history", "import", file]);
        assert_eq!(said, "All 3 breaks of the file were there already\n");

        let said = home.says(&["history", "delete", "--from", "2026-03-03", "--yes"]);
        assert_eq!(said, "2 breaks deleted\n");
        assert_eq!(kept(&home), credits[..1]);
        let said = home.says(&["history", "import", file]);
        assert_eq!(said, "2 breaks taken in; one was there already\n");
        assert_eq!(kept(&home), credits);
    }
}

#[test]
fn a_file_with_mistakes_is_told_line_by_line_and_changes_nothing() {
    let (home, credits) = home();
    let file = home.history_file().with_file_name("breaks.csv");
    let text = "reminder,ended,outcome\nback,2026-03-09T09:05:00Z,done\nback,soon,skipped\n";
    fs::write(&file, text).unwrap();
    let output = home.runs(&["history", "import", file.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in [
        "breaks.csv:2:27",
        "found done",
        "Write completed, abandoned",
        "breaks.csv:3:6",
        "found soon",
        "Nothing was taken in.",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert_eq!(kept(&home), credits);
    for (missing, why) in [("nothing.csv", "nothing.csv"), ("", "is no file")] {
        let file = home.history_file().with_file_name(missing);
        let output = home.runs(&["history", "import", file.to_str().unwrap()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains(why) && output.status.code() == Some(1),
            "{said}"
        );
    }
}

#[test]
fn days_are_deleted_from_the_first_to_the_last_and_nothing_without_a_question() {
    let (home, credits) = home();
    let delete = |days: &[&str]| home.runs(&[&["history", "delete"], days].concat());
    refuses(&delete(&[]), "--from");
    refuses(&delete(&["--from", "monday"]), "\"monday\" is not a day");
    refuses(
        &delete(&["--from", "2026-03-05", "--to", "2026-03-02"]),
        "before the first",
    );
    refuses(
        &delete(&["--all", "--to", "2026-03-02"]),
        "cannot be used with",
    );
    // Nobody sits at the other end.
    refuses(&delete(&["--all"]), "Delete all 3 breaks?");
    refuses(
        &delete(&["--from", "2026-03-03", "--to", "2026-03-05"]),
        "Delete 2 breaks from 2026-03-03 to 2026-03-05?",
    );
    assert_eq!(kept(&home), credits);

    let said = home.says(&[
        "history",
        "delete",
        "--from",
        "2026-03-03",
        "--to",
        "2026-03-04",
        "--yes",
    ]);
    assert_eq!(said, "One break deleted\n");
    assert_eq!(kept(&home), [credits[0].clone(), credits[2].clone()]);
    let said = home.says(&["history", "delete", "--to", "2026-03-02", "--yes"]);
    assert_eq!(said, "One break deleted\n");
    let said = home.says(&["history", "delete", "--all", "--yes"]);
    assert_eq!(said, "One break deleted\n");
    let said = home.says(&["history", "delete", "--all", "--yes"]);
    assert_eq!(said, "There was nothing to delete\n");
    assert_eq!(kept(&home), []);
}
