use super::*;
use crate::core::schedule::effect::Reason;

fn at(time: &str) -> DateTime<FixedOffset> {
    format!("2026-03-02T{time}+01:00").parse().unwrap()
}

fn due() -> Story {
    Story::Due {
        reminder: "back".to_owned(),
    }
}

fn held() -> Story {
    Story::Held {
        reminder: "back".to_owned(),
        reasons: vec![Reason::Meeting],
    }
}

fn announced() -> Story {
    Story::Announced {
        reminder: "back".to_owned(),
        stretches: vec![StretchId("shoulder_roll".to_owned())],
        snoozes: 0,
    }
}

fn skipped() -> Story {
    Story::Skipped {
        reminder: "back".to_owned(),
    }
}

fn natural() -> Story {
    Story::NaturalBreak {
        reminder: "back".to_owned(),
        away: Duration::from_secs(600),
    }
}

fn because(text: &str, from: &str) -> Because {
    Because {
        reason: "meeting".to_owned(),
        text: text.to_owned(),
        from: at(from),
        to: None,
    }
}

/// Each chapter in one line.
fn lines(tale: &Tale) -> Vec<String> {
    let time = |at: &DateTime<FixedOffset>| at.format("%H:%M").to_string();
    let line = |chapter: &Chapter| match &chapter.what {
        What::Because(because) => format!(
            "{}-{} {}",
            time(&because.from),
            because.to.as_ref().map(time).unwrap_or_default(),
            because.text
        ),
        what => format!("{} {what:?}", time(&chapter.at)),
    };
    tale.chapters.iter().map(line).collect()
}

#[test]
fn each_reason_is_told_from_its_own_beginning_to_its_own_end() {
    let mut chronicle = Chronicle::default();
    let (zoom, firefox) = (because("Zoom", "09:50:00"), because("Firefox", "10:10:00"));
    chronicle.tell(at("10:00:00"), &due());
    chronicle.tell(at("10:00:00"), &held());
    chronicle.note(at("10:00:00"), std::slice::from_ref(&zoom), &["back"]);
    chronicle.note(at("10:10:00"), &[zoom, firefox.clone()], &["back"]);
    chronicle.note(at("10:20:00"), &[firefox], &["back"]);
    assert!(chronicle.breaks[0].is_held());
    let released = Story::Released {
        reminder: "back".to_owned(),
        reasons: Vec::new(),
    };
    chronicle.tell(at("10:30:00"), &released);
    chronicle.note(at("10:30:00"), &[], &["back"]);
    chronicle.tell(at("10:31:00"), &announced());
    chronicle.tell(at("10:32:00"), &skipped());
    chronicle.note(at("10:32:00"), &[], &[]);

    let tale = chronicle.last().unwrap();
    assert_eq!(
        lines(tale),
        [
            "10:00 Due",
            "10:00 Held",
            "09:50-10:20 Zoom",
            "10:10-10:30 Firefox",
            "10:30 Released",
            "10:31 Announced([StretchId(\"shoulder_roll\")])",
            "10:32 Skipped",
        ]
    );
    assert_eq!(chronicle.open_ones().count(), 0);
}

#[test]
fn a_rest_that_is_told_late_is_the_end_of_the_break_it_replaced() {
    let mut chronicle = Chronicle::default();
    chronicle.tell(at("10:00:00"), &due());
    chronicle.note(at("10:05:00"), &[], &[]);
    assert_eq!(lines(&chronicle.breaks[0]), ["10:00 Due", "10:05 Dropped"]);
    chronicle.tell(at("10:10:00"), &natural());
    assert_eq!(
        lines(&chronicle.breaks[0]),
        ["10:00 Due", "10:10 Natural(600s)"]
    );

    // A rest with nothing due is a break as well.
    chronicle.tell(at("11:10:00"), &natural());
    assert_eq!(chronicle.breaks.len(), 2);
    assert_eq!(lines(&chronicle.breaks[1]), ["11:10 Natural(600s)"]);
}

#[test]
fn one_that_is_closed_early_goes_on_if_it_is_to_come_again() {
    let closed = Story::Abandoned {
        reminder: "back".to_owned(),
        stretches: Vec::new(),
        stretched: Duration::from_secs(4),
    };
    let mut again = Chronicle::default();
    again.tell(at("10:00:00"), &due());
    again.tell(at("10:01:00"), &closed);
    let mut done = again.clone();
    again.note(at("10:01:00"), &[], &["back"]);
    again.tell(at("10:06:00"), &announced());
    assert_eq!(again.breaks.len(), 1);
    assert!(!again.breaks[0].over);

    done.note(at("10:01:00"), &[], &[]);
    assert_eq!(
        lines(done.last().unwrap()),
        ["10:00 Due", "10:01 Abandoned(4s)"]
    );
}

#[test]
fn those_of_a_day_are_kept_and_the_last_few_for_ever() {
    let mut chronicle = Chronicle::default();
    for minute in 10..40 {
        let now = at(&format!("10:{minute}:00"));
        chronicle.tell(now, &due());
        chronicle.tell(now, &skipped());
    }
    assert_eq!(chronicle.breaks.len(), 30);
    let next_day = at("10:20:30") + TimeDelta::hours(DAY);
    chronicle.note(next_day, &[], &[]);
    assert_eq!(chronicle.breaks.len(), 19, "from 10:21 on");
    chronicle.note(next_day + TimeDelta::hours(100), &[], &[]);
    assert_eq!(chronicle.breaks.len(), REMEMBERED);
}

#[test]
fn only_so_much_is_kept_however_long_the_day() {
    let mut chronicle = Chronicle::default();
    for second in 0..600 {
        let now = at("10:00:00") + TimeDelta::seconds(second);
        chronicle.tell(now, &due());
        chronicle.tell(now, &skipped());
    }
    assert_eq!(chronicle.breaks.len(), MOST);
    chronicle.tell(at("11:00:00"), &due());
    chronicle.tell(at("11:00:00"), &held());
    for second in 0..600 {
        let now = at("11:00:00") + TimeDelta::seconds(second);
        chronicle.note(now, &[because(&second.to_string(), "10:59:00")], &["back"]);
    }
    let open = chronicle.open_ones().next().unwrap();
    assert_eq!(open.chapters.len(), MOST_CHAPTERS);
    assert_eq!(open.chapters[0].what, What::Due);
}
