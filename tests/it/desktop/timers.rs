//! The loop's wait. (That somebody sets the wall clock cannot be tested without the right to.)

use std::{sync::Barrier, thread, time::Duration};

use chrono::TimeDelta;
use unhunch::desktop::{
    clock,
    inbox::Inbox,
    signals::Signals,
    timers::{Deadlines, Timers, Wake},
};

fn timers() -> Timers {
    Timers::new(Signals::listen().unwrap()).unwrap()
}

fn boot(at: Duration) -> Deadlines {
    Deadlines {
        boot: Some(at),
        wall: None,
    }
}

#[test]
fn a_deadline_is_met_and_never_early() {
    let (inbox, mut timers) = (Inbox::<()>::new().unwrap(), timers());
    for length in [1, 20, 50] {
        let at = clock::boot() + Duration::from_millis(length);
        assert_eq!(timers.wait(&inbox, boot(at)), Wake::Boot);
        assert!(clock::boot() >= at);
    }
}

#[test]
fn a_deadline_in_the_past_is_met_at_once_and_again() {
    let (inbox, mut timers) = (Inbox::<()>::new().unwrap(), timers());
    let past = boot(clock::boot().saturating_sub(Duration::from_secs(1)));
    assert_eq!(timers.wait(&inbox, past), Wake::Boot);
    assert_eq!(timers.wait(&inbox, past), Wake::Boot);
    assert_eq!(timers.wait(&inbox, boot(Duration::ZERO)), Wake::Boot);
}

#[test]
fn a_deadline_on_the_wall_clock_is_met_and_never_early() {
    let (inbox, mut timers) = (Inbox::<()>::new().unwrap(), timers());
    for length in [-5000, 1, 50] {
        let at = clock::utc() + TimeDelta::milliseconds(length);
        let deadlines = Deadlines {
            boot: None,
            wall: Some(at),
        };
        assert_eq!(timers.wait(&inbox, deadlines), Wake::Wall);
        assert!(clock::utc() >= at);
    }
}

#[test]
fn the_nearer_of_two_deadlines_is_met_first() {
    let (inbox, mut timers) = (Inbox::<()>::new().unwrap(), timers());
    let near = clock::boot() + Duration::from_millis(20);
    let far = clock::utc() + TimeDelta::hours(1);
    let both = Deadlines {
        boot: Some(near),
        wall: Some(far),
    };
    assert_eq!(timers.wait(&inbox, both), Wake::Boot);
}

#[test]
fn a_deadline_that_moved_away_is_not_met() {
    let (inbox, mut timers) = (Inbox::new().unwrap(), timers());
    let (sender, soon) = (inbox.sender(), clock::boot() + Duration::from_millis(30));
    sender.send("first");
    assert_eq!(timers.wait(&inbox, boot(soon)), Wake::Inbox("first"));
    let (met, later) = (Barrier::new(2), soon + Duration::from_hours(1));

    thread::scope(|scope| {
        scope.spawn(|| {
            // Met on timers of its own, past the deadline that was given up.
            let (nothing, mut others) = (Inbox::<()>::new().unwrap(), self::timers());
            assert_eq!(others.wait(&nothing, boot(soon)), Wake::Boot);
            met.wait();
            sender.send("second");
        });
        met.wait();
        assert_eq!(timers.wait(&inbox, boot(later)), Wake::Inbox("second"));
    });
}

#[test]
fn what_others_send_wakes_the_loop_and_nothing_is_lost() {
    let (inbox, mut timers) = (Inbox::new().unwrap(), timers());
    let senders = 4;
    thread::scope(|scope| {
        for _ in 0..senders {
            let sender = inbox.sender();
            scope.spawn(move || {
                for number in 0..1000_u32 {
                    sender.send(number);
                }
            });
        }
        let mut sum = 0;
        for _ in 0..senders * 1000 {
            match timers.wait(&inbox, Deadlines::default()) {
                Wake::Inbox(number) => sum += number,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(sum, senders * 999 * 1000 / 2);
    });
    assert_eq!(inbox.take(), None);
}

#[test]
fn a_flood_does_not_hold_up_a_deadline() {
    let (inbox, mut timers) = (Inbox::new().unwrap(), timers());
    let sender = inbox.sender();
    for _ in 0..10_000 {
        sender.send(());
    }
    let at = clock::boot() + Duration::from_millis(1);
    let mut before = 0;
    while timers.wait(&inbox, boot(at)) == Wake::Inbox(()) {
        before += 1;
    }
    assert!(before < 10_000, "the deadline came behind the whole flood");
}
