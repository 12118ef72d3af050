//! Windows that are shell scripts: they wait, open, die or hang, and the books stay right.

use chrono::DateTime;

use super::*;
use crate::{
    core::{config::What, time::Zone},
    desktop::inbox::Inbox,
    window::wire::{Look, Monitor, Place, Size, VERSION},
};

/// Opens when it is told to, whether it was started ahead or not, and closes when it is told to.
const GOOD: &str = r#"
while read line; do
    case "$line" in
    *'"type":"open"'*) echo '{"type":"opened","v":4}' ;;
    *'"type":"close"'*) exit 0 ;;
    esac
done"#;

/// Never gets further than waiting; in a process that is not started ahead it is a good one.
fn only_ahead(does: &str) -> String {
    format!("read line\ncase \"$line\" in *'\"type\":\"ahead\"'*) {does} ;; esac\n{OPENED}{GOOD}")
}

/// For a first line that was read already.
const OPENED: &str = "echo '{\"type\":\"opened\",\"v\":4}'";

struct Desk {
    inbox: Inbox<Incoming>,
    windows: Windows,
    now: Moment,
}

impl Desk {
    fn with(script: &str) -> Self {
        let inbox = Inbox::new().unwrap();
        let program = Program {
            path: "/bin/sh".into(),
            arguments: vec!["-c".into(), script.into()],
        };
        Self {
            windows: Windows::new(program, inbox.sender()),
            inbox,
            now: Moment {
                boot: seconds(9000),
                awake: seconds(9000),
                utc: DateTime::from_timestamp(1_772_440_000, 0).unwrap(),
                zone: Zone::Named(chrono_tz::UTC),
            },
        }
    }

    fn announces(&mut self, number: u64) {
        if self.windows.wants_ahead(number) {
            self.windows.start_ahead(&prompt(number), open(), self.now);
        }
    }

    fn opens(&mut self, number: u64) {
        let prompt = prompt(number);
        self.windows.open(&prompt, open(), self.now).unwrap();
    }

    fn passes(&mut self, span: Duration) {
        self.now.boot += span;
        self.now.awake += span;
        self.windows.check(self.now);
    }

    /// What the next event from a process means, or that it ended.
    fn hears(&mut self) -> (u64, Option<(u64, News)>) {
        let incoming = self.inbox.wait(Some(seconds(60)));
        let Some(Incoming::Window(number, event)) = incoming else {
            panic!("waited in vain for a window");
        };
        (number, self.windows.take(number, event, self.now))
    }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn prompt(number: u64) -> Prompt {
    Prompt {
        number,
        reminder: "upper-back".to_owned(),
        what: What::Message {
            text: "Look far away".to_owned(),
            length: seconds(20),
        },
        stretches: Vec::new(),
        length: seconds(25),
        snooze: None,
        snoozes: 0,
    }
}

fn open() -> Open {
    Open {
        v: VERSION,
        stretches: Vec::new(),
        variant: "standard".to_owned(),
        message: None,
        settle_in_s: 5.0,
        start: true,
        snooze_s: None,
        done_today: 0,
        look: Look {
            dark: false,
            high_contrast: false,
            reduced_motion: false,
            figure_tone: None,
            text_scale: 1.0,
        },
        place: Place {
            size: Size::Normal,
            monitor: Monitor::Pointer,
        },
        volume: None,
        voice: None,
        call: false,
        stretches_folder: None,
        memory_file: None,
        token: None,
    }
}

#[test]
fn the_process_that_waits_is_the_one_that_opens() {
    let mut desk = Desk::with(GOOD);
    desk.announces(1);
    assert_eq!(
        desk.windows.deadline(desk.now),
        None,
        "it may wait for ever"
    );
    desk.opens(1);
    assert_eq!(desk.hears(), (1, Some((1, News::Opened))));
    assert_eq!(desk.windows.started, 1);
    desk.announces(1);
    assert_eq!(desk.windows.started, 1, "its break has its window");
}

#[test]
fn another_break_that_begins_meanwhile_takes_the_process_that_waits() {
    let mut desk = Desk::with(GOOD);
    desk.announces(1);
    desk.opens(2);
    assert_eq!(desk.hears(), (1, Some((2, News::Opened))));
}

#[test]
fn one_that_dies_while_it_waits_is_not_replaced_and_costs_the_break_nothing() {
    let mut desk = Desk::with(&only_ahead("exit 9"));
    desk.announces(1);
    assert_eq!(desk.hears(), (1, None));
    desk.announces(1);
    assert_eq!(desk.windows.started, 1);
    desk.opens(1);
    assert_eq!(desk.hears(), (2, Some((1, News::Opened))));
    desk.announces(2);
    assert_eq!(desk.windows.started, 3, "another break has another chance");
}

#[test]
fn one_that_dies_when_it_is_to_open_is_replaced() {
    let mut desk = Desk::with(&only_ahead("read line; exit 9"));
    desk.announces(1);
    desk.opens(1);
    assert_eq!(desk.hears(), (1, None));
    assert_eq!(desk.hears(), (2, Some((1, News::Opened))));
}

#[test]
fn one_that_hangs_when_it_is_to_open_is_ended_and_replaced() {
    let mut desk = Desk::with(&only_ahead("exec sleep 1000"));
    desk.announces(1);
    desk.opens(1);
    let opening = desk.windows.deadline(desk.now).unwrap() - desk.now.boot;
    desk.passes(opening);
    assert_eq!(desk.hears(), (1, None));
    assert_eq!(desk.hears(), (2, Some((1, News::Opened))));
}

#[test]
fn one_that_has_opened_and_dies_ends_its_break_as_any_other() {
    let mut desk = Desk::with(&format!("read line; read line; {OPENED}; exit 9"));
    desk.announces(1);
    desk.opens(1);
    assert_eq!(desk.hears(), (1, Some((1, News::Opened))));
    let closed = WindowNews::Closed { stretched: None };
    assert_eq!(desk.hears(), (1, Some((1, News::Schedule(closed)))));
    assert_eq!(desk.windows.started, 1);
}

#[test]
fn one_that_is_not_wanted_goes_and_is_ended_if_it_does_not() {
    for (script, patience) in [(GOOD, None), ("exec sleep 1000", Some(seconds(10)))] {
        let mut desk = Desk::with(script);
        desk.announces(1);
        desk.windows.send_away(desk.now);
        assert!(desk.windows.deadline(desk.now).is_some());
        if let Some(patience) = patience {
            desk.passes(patience);
        }
        assert_eq!(desk.hears(), (1, None));
        assert_eq!(desk.windows.deadline(desk.now), None);
    }
}

#[test]
fn one_that_is_let_go_of_ends_by_itself() {
    let mut desk = Desk::with(GOOD);
    desk.announces(1);
    desk.windows.let_go();
    assert_eq!(desk.hears(), (1, None));
}

#[test]
fn what_cannot_be_started_ahead_is_not_tried_again_and_again() {
    let mut desk = Desk::with(GOOD);
    desk.windows.program.path = "/no/such/program".into();
    desk.announces(1);
    assert!(!desk.windows.wants_ahead(1));
    let opened = desk.windows.open(&prompt(1), open(), desk.now);
    assert!(opened.is_err(), "the break finds out");
}
