//! Only one of us in a session.

use std::sync::mpsc;

use unhunch::desktop::{
    bus::Bus,
    instance::{Claim, claim},
};
use zbus::fdo::RequestNameFlags;

use super::PATIENCE;
use crate::support::{PrivateBus, wait_until};

const NAME: &str = "org.unhunch.Test";

fn start(address: &str) -> Bus {
    Bus::start(Some(address.to_owned())).unwrap()
}

#[test]
fn of_two_on_a_bus_the_second_is_told_that_there_is_a_first() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());

    let first = start(bus.address());
    let claimed = claim(&first, NAME, folder.path(), || {}).unwrap();
    assert!(matches!(claimed, Claim::Ours(lock) if !lock.without_bus()));
    let second = start(bus.address());
    let claimed = claim(&second, NAME, folder.path(), || {}).unwrap();
    assert!(matches!(claimed, Claim::Taken));

    first.stop();
    bus.wait_for_no_owner(NAME);
    let third = start(bus.address());
    let claimed = claim(&third, NAME, folder.path(), || {}).unwrap();
    assert!(matches!(claimed, Claim::Ours(_)));
}

#[test]
fn of_two_on_two_buses_the_second_is_told_who_was_first() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let here = PrivateBus::start(folder.path());
    let there = PrivateBus::start(other.path());
    let state = folder.path().join("state");

    let first = start(here.address());
    let Claim::Ours(mut lock) = claim(&first, NAME, &state, || {}).unwrap() else {
        panic!("nobody else is there");
    };
    let second = start(there.address());
    let claimed = claim(&second, NAME, &state, || {}).unwrap();
    let us = std::process::id();
    assert!(
        matches!(claimed, Claim::TakenElsewhere { pid: Some(pid) } if pid == us),
        "{claimed:?}"
    );

    lock.release();
    let claimed = claim(&start(there.address()), NAME, &state, || {}).unwrap();
    assert!(matches!(claimed, Claim::Taken), "the name is the second's");
    second.stop();
    there.wait_for_no_owner(NAME);
    let third = start(there.address());
    let claimed = claim(&third, NAME, &state, || {}).unwrap();
    assert!(matches!(claimed, Claim::Ours(lock) if !lock.without_bus()));
}

#[test]
fn where_no_file_can_be_locked_the_bus_alone_decides() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    std::fs::write(folder.path().join("file"), "").unwrap();
    let ours = start(bus.address());
    let claimed = claim(&ours, NAME, &folder.path().join("file/below"), || {}).unwrap();
    assert!(matches!(claimed, Claim::Ours(lock) if !lock.without_bus()));
}

#[test]
fn without_a_bus_a_file_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("unix:path={}/nobody", folder.path().display());

    let first = claim(&start(&nowhere), NAME, folder.path(), || {}).unwrap();
    assert!(matches!(&first, Claim::Ours(lock) if lock.without_bus()));
    let second = claim(&start(&nowhere), NAME, folder.path(), || {}).unwrap();
    assert!(matches!(second, Claim::TakenElsewhere { .. }));
}

#[test]
fn a_bus_that_comes_back_gives_the_name_back_or_says_that_another_was_faster() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("unix:path={}/bus", folder.path().display());
    let bus = PrivateBus::start(folder.path());
    let (taken, told) = mpsc::channel();
    let ours = start(&address);
    let tell = move || taken.send(()).expect("the test waits to be told");
    claim(&ours, NAME, folder.path(), tell).unwrap();
    bus.wait_for_owner(NAME);

    drop(bus);
    let bus = PrivateBus::start(folder.path());
    bus.wait_for_owner(NAME);
    assert!(told.try_recv().is_err());

    // Ours waits a second before it tries again, so on all but the slowest machines the other is
    // faster the first time.
    let mut bus = Some(bus);
    let _other = wait_until("another to be faster", || {
        bus = None;
        let again = bus.insert(PrivateBus::start(folder.path())).connect();
        let flags = RequestNameFlags::DO_NOT_QUEUE;
        zbus::block_on(again.request_name_with_flags(NAME, flags)).ok()?;
        Some(again)
    });
    told.recv_timeout(PATIENCE).unwrap();
}
