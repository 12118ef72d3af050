//! What leaves comes back, and what cannot come back says why.

use std::time::Duration;

use chrono::{DateTime, Utc};
use insta::assert_snapshot;
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::{
    core::{schedule::effect::Outcome, stretch::StretchId},
    diagnostic::render_all,
    store::{COLUMN_NAMES, shown as one},
};

/// An instant, as it is exported.
pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// A break that was skipped, one that was done, and time away; with a name that has to be quoted.
pub fn credits() -> Vec<Credit> {
    let stretches = vec![
        StretchId("shoulder_roll".to_owned()),
        StretchId("of_my_own".to_owned()),
    ];
    let done = Credit {
        reminder: "upper-back".to_owned(),
        stretches,
        due: Some(at("2026-03-02T09:00:00Z")),
        announced: Some(at("2026-03-02T09:00:07Z")),
        started: Some(at("2026-03-02T09:05:20Z")),
        ended: at("2026-03-02T09:06:50Z"),
        outcome: Outcome::Completed,
        stretched: Duration::from_secs(85),
        snoozes: 1,
    };
    let natural = Credit {
        reminder: "a \"b\", c".to_owned(),
        stretches: Vec::new(),
        due: None,
        announced: None,
        started: Some(at("2026-03-02T10:00:00Z")),
        ended: at("2026-03-02T10:30:00Z"),
        outcome: Outcome::Natural,
        stretched: Duration::from_secs(1800),
        snoozes: 0,
    };
    let yesterday = Credit {
        ended: at("2026-03-02T02:00:00Z"),
        started: None,
        outcome: Outcome::Skipped,
        stretched: Duration::ZERO,
        snoozes: 0,
        ..done.clone()
    };
    vec![yesterday, done, natural]
}

/// What is printed.
pub fn shown(print: impl FnOnce(&mut Vec<u8>) -> anyhow::Result<()>) -> String {
    let mut out = Vec::new();
    print(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_array_for_programs() {
    let json = shown(|out| as_json(out, &credits()));
    let read: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(&json).unwrap();
    assert_eq!(read.len(), 3);
    for object in &read {
        assert!(
            object
                .keys()
                .all(|key| COLUMN_NAMES.contains(&key.as_str()))
        );
        assert_eq!(object.len(), COLUMN_NAMES.len());
    }
    assert_eq!(shown(|out| as_json(out, &[])), "[\n]\n");
    assert_snapshot!(one(&credits()[1]), @r#"{"announced":"2026-03-02T09:00:07Z","due":"2026-03-02T09:00:00Z","ended":"2026-03-02T09:06:50Z","outcome":"completed","reminder":"upper-back","snoozes":1,"started":"2026-03-02T09:05:20Z","stretched_s":85,"stretches":["shoulder_roll","of_my_own"]}"#);
}

#[test]
fn lines_for_spreadsheets() {
    let csv = shown(|out| as_csv(out, &credits()));
    assert!(csv.lines().count() == 4 && csv.ends_with("\r\n"));
    assert_snapshot!(csv.replace("\r\n", "\n"), @r#"
    reminder,stretches,due,announced,started,ended,outcome,stretched_s,snoozes
    upper-back,shoulder_roll of_my_own,2026-03-02T09:00:00Z,2026-03-02T09:00:07Z,,2026-03-02T02:00:00Z,skipped,0,0
    upper-back,shoulder_roll of_my_own,2026-03-02T09:00:00Z,2026-03-02T09:00:07Z,2026-03-02T09:05:20Z,2026-03-02T09:06:50Z,completed,85,1
    "a ""b"", c",,,,2026-03-02T10:00:00Z,2026-03-02T10:30:00Z,natural,1800,0
    "#);
}

/// What is wrong with a text, as a terminal shows it.
fn wrong(text: &str) -> String {
    let problems = read("breaks.csv", text).unwrap_err();
    render_all(&problems, text, false)
}

#[test]
fn a_file_as_spreadsheets_write_it_is_read() {
    let plain = "reminder,ended,outcome,stretched_s\nback,2026-03-02T09:05:00Z,completed,40\n";
    let expected = read("plain", plain).unwrap();
    assert_eq!(expected.len(), 1);
    assert_eq!(expected[0].stretched, Duration::from_secs(40));
    assert_eq!((expected[0].due, expected[0].snoozes), (None, 0));
    for (what, text) in [
        ("with CRLF", plain.replace('\n', "\r\n")),
        ("with CR", plain.replace('\n', "\r")),
        ("with a mark of the byte order", format!("\u{feff}{plain}")),
        ("with semicolons", plain.replace(',', ";")),
        ("with tabs", plain.replace(',', "\t")),
        ("without an end of line", plain.trim_end().to_owned()),
        ("with rows of nothing", format!("{plain}\n,,,\n\n")),
        (
            "in another order, in quotes, in another zone",
            "\"outcome\",stretched_s , \"reminder\",ended\n\
             completed,40,back,\"2026-03-02T10:05:00+01:00\"\n"
                .replace(" , \"", ",\""),
        ),
    ] {
        assert_eq!(read("a file", &text).as_ref(), Ok(&expected), "{what}");
    }
}

#[test]
fn every_mistake_is_named_with_its_place_and_what_to_write() {
    let text = "reminder,stretches,ended,outcome,snoozes\n\
                back,chin_tuck,2026-03-02T09:05:00Z,completed,0\n\
                back,chin_tuck,yesterday,complete,-1\n\
                \"\",,,skipped,0,7\n\
                ,chin_tuck,2026-03-02T09:05:00Z,skipped,0\n";
    assert_snapshot!(wrong(text), @r#"
    error: The value of `ended` cannot be used
     --> breaks.csv:3:16
      |
    3 | back,chin_tuck,yesterday,complete,-1
      |                ^^^^^^^^^ found yesterday
      |
      = help: Write a date and time with its zone, such as 2026-03-02T09:05:00Z or 2026-03-02T10:05:00+01:00

    error: The value of `outcome` cannot be used
     --> breaks.csv:3:26
      |
    3 | back,chin_tuck,yesterday,complete,-1
      |                          ^^^^^^^^ found complete
      |
      = help: Write completed, abandoned, skipped, missed, natural or absorbed

    error: The value of `snoozes` cannot be used
     --> breaks.csv:3:35
      |
    3 | back,chin_tuck,yesterday,complete,-1
      |                                   ^^ found -1
      |
      = help: Write a whole number from 0 to 4294967295

    error: This line has 6 fields, the first line has 5
     --> breaks.csv:4:1
      |
    4 | "",,,skipped,0,7
      | ^^^^^^^^^^^^^^^^
      |
      = help: Write as many fields as there are columns, empty ones too, and put what has a comma in it into quotes

    error: The value of `reminder` cannot be used
     --> breaks.csv:5:1
      |
    5 | ,chin_tuck,2026-03-02T09:05:00Z,skipped,0
      | ^ found nothing
      |
      = help: Write the name of the reminder
    "#);
}

#[test]
fn columns_that_are_not_known_missing_or_twice_are_named() {
    assert_snapshot!(wrong("reminder,endet,colour,reminder\n"), @r#"
    error: The column `ended` is missing
     --> breaks.csv:1:1
      |
    1 | reminder,endet,colour,reminder
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error: The column `outcome` is missing
     --> breaks.csv:1:1
      |
    1 | reminder,endet,colour,reminder
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error: There is no column `endet`
     --> breaks.csv:1:10
      |
    1 | reminder,endet,colour,reminder
      |          ^^^^^
      |
      = help: Did you mean `ended`?

    error: There is no column `colour`
     --> breaks.csv:1:16
      |
    1 | reminder,endet,colour,reminder
      |                ^^^^^^
      |
      = help: Leave it out; the columns are `reminder`, `stretches`, `due`, `announced`, `started`, `ended`, `outcome`, `stretched_s` or `snoozes`

    error: The column `reminder` is there twice
     --> breaks.csv:1:23
      |
    1 | reminder,endet,colour,reminder
      |                       ^^^^^^^^
    "#);
}

#[test]
fn quotes_that_do_not_close_are_found_where_they_open() {
    let head = "reminder,ended,outcome\n";
    assert_snapshot!(wrong(&format!("{head}\"back,2026-03-02T09:05:00Z,skipped\n")), @r#"
    error: The quotes that open here are not closed
     --> breaks.csv:2:1
      |
    2 | "back,2026-03-02T09:05:00Z,skipped
      | ^
      |
      = help: Quotes stand around the whole of a field; within it, write two for one
    "#);
    assert_snapshot!(wrong(&format!("{head}\"back\"s,2026-03-02T09:05:00Z,skipped\n")), @r#"
    error: After the quotes that close here something follows
     --> breaks.csv:2:6
      |
    2 | "back"s,2026-03-02T09:05:00Z,skipped
      |      ^
      |
      = help: Quotes stand around the whole of a field; within it, write two for one
    "#);
    assert_snapshot!(wrong(""), @r#"
    error: The file is empty
     |
     = help: Begin with a line of the names of the columns: reminder,stretches,due,announced,started,ended,outcome,stretched_s,snoozes
    "#);
}

#[test]
fn mistakes_in_objects_have_a_line_too() {
    let text = "[\n  {\"reminder\": \"back\", \"ended\": \"2026-03-02T09:05:00Z\", \"outcome\": \"skipped\"},\n  {\"reminder\": 7, \"ended\": \"2026-03-02T09:05:00Z\", \"outcome\": \"skipped\", \"snooze\": 1},\n  {\"reminder\": \"back\", \"ended\": null, \"outcome\": \"skipped\", \"stretches\": [\"a b\"], \"snoozes\": 1.5},\n  5\n]\n";
    assert_snapshot!(wrong(text), @r#"
    error: The value of `reminder` cannot be used
     --> breaks.csv:3:4
      |
    3 |   {"reminder": 7, "ended": "2026-03-02T09:05:00Z", "outcome": "skipped", "snooze": 1},
      |    ^^^^^^^^^^ found 7
      |
      = help: Write the name of the reminder

    error: There is no column `snooze`
     --> breaks.csv:3:74
      |
    3 |   {"reminder": 7, "ended": "2026-03-02T09:05:00Z", "outcome": "skipped", "snooze": 1},
      |                                                                          ^^^^^^^^
      |
      = help: Did you mean `snoozes`?

    error: The value of `ended` cannot be used
     --> breaks.csv:4:24
      |
    4 |   {"reminder": "back", "ended": null, "outcome": "skipped", "stretches": ["a b"], "snoozes": 1.5},
      |                        ^^^^^^^ found nothing
      |
      = help: Write a date and time with its zone, such as 2026-03-02T09:05:00Z or 2026-03-02T10:05:00+01:00

    error: The value of `stretches` cannot be used
     --> breaks.csv:4:61
      |
    4 |   {"reminder": "back", "ended": null, "outcome": "skipped", "stretches": ["a b"], "snoozes": 1.5},
      |                                                             ^^^^^^^^^^^ ["a b"]
      |
      = help: Write the names of the stretches, such as chin_tuck: in CSV with spaces between them, in JSON as an array

    error: The value of `snoozes` cannot be used
     --> breaks.csv:4:83
      |
    4 |   {"reminder": "back", "ended": null, "outcome": "skipped", "stretches": ["a b"], "snoozes": 1.5},
      |                                                                                   ^^^^^^^^^ found 1.5
      |
      = help: Write a whole number from 0 to 4294967295

    error: Here should be an object
     --> breaks.csv:5:3
      |
    5 |   5
      |   ^
      |
      = help: Write an object for each break, with the columns as its keys
    "#);
    assert_snapshot!(wrong("[\n  {\"reminder\": \"back\",}\n]\n"), @r#"
    error: This is no JSON: key must be a string at line 2 column 23
     --> breaks.csv:2:23
      |
    2 |   {"reminder": "back",}
      |                       ^
      |
      = help: Write an array of objects: [ { … }, { … } ]
    "#);
    assert_eq!(read("none", "[\n]\n"), Ok(Vec::new()));
}

#[test]
fn where_there_is_room_for_one_sentence_the_first_mistake_is_told() {
    let text = "reminder,ended,outcome\nback,soon,skipped\nback,later,skipped\n";
    let problems = read("breaks.csv", text).unwrap_err();
    assert_snapshot!(in_a_sentence(&problems, text), @"breaks.csv, line 2: The value of `ended` cannot be used: found soon (Write a date and time with its zone, such as 2026-03-02T09:05:00Z or 2026-03-02T10:05:00+01:00), and one more mistake");
}

#[test]
fn a_file_about_something_else_is_not_told_line_by_line() {
    let text = format!("reminder,ended,outcome\n{}", "what,is,this\n".repeat(5000));
    assert_eq!(read("other.csv", &text).unwrap_err().len(), MOST);
}

fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0..4_102_444_800_i64).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

fn any_credit() -> impl Strategy<Value = Credit> {
    let names = vec("[a-z][a-z_0-9]{0,12}".prop_map(StretchId), 0..3);
    let outcomes = select(vec![
        Outcome::Completed,
        Outcome::Abandoned,
        Outcome::Skipped,
        Outcome::Missed,
        Outcome::Natural,
        Outcome::Absorbed,
    ]);
    let times = (
        option::of(any_instant()),
        option::of(any_instant()),
        option::of(any_instant()),
        any_instant(),
    );
    // Whatever stands in a name: quotes, separators, ends of lines, other scripts.
    let reminder = "[ -~äλ\r\n\t]{0,8}[a-z;,\"]";
    (reminder, names, times, outcomes, 0..90_000_u64, 0..9_u32).prop_map(
        |(reminder, stretches, (due, announced, started, ended), outcome, stretched, snoozes)| {
            Credit {
                reminder,
                stretches,
                due,
                announced,
                started,
                ended,
                outcome,
                stretched: Duration::from_secs(stretched),
                snoozes,
            }
        },
    )
}

proptest! {
    #[test]
    fn what_leaves_comes_back_as_it_was(credits in vec(any_credit(), 0..12)) {
        let csv = shown(|out| as_csv(out, &credits));
        prop_assert_eq!(read("a.csv", &csv).unwrap(), credits.clone(), "{}", csv);
        let json = shown(|out| as_json(out, &credits));
        prop_assert_eq!(read("a.json", &json).unwrap(), credits, "{}", json);
    }

    #[test]
    fn no_text_is_too_odd_to_be_told_about(text in "([a-z,;\"\r\n\\[\\]{}: ]|reminder|ended|outcome){0,60}") {
        if let Err(problems) = read("odd", &text) {
            prop_assert!(!problems.is_empty() && problems.len() <= MOST);
            prop_assert!(!render_all(&problems, &text, false).is_empty());
            prop_assert!(in_a_sentence(&problems, &text).starts_with("odd, line "));
        }
    }
}
