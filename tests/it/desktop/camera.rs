//! Cameras, with files standing in for them.

use std::{
    fs::{self, File},
    process::Stdio,
};

use unhunch::desktop::{
    camera::video4linux,
    sense::{Sense as _, Why, Word, except::Except},
};

use super::Reports;
use crate::support::{Program, wait_until};

const BY: &str = "Video4Linux";

fn free() -> Word {
    Word::known(false, BY, Why::Told)
}

fn none() -> Word {
    Word::known(false, BY, Why::NobodyToAsk)
}

/// A program that holds this file open.
fn program_with(camera: &std::path::Path) -> Program {
    let file = File::open(camera).unwrap();
    let program = Program::start(
        "sleep",
        Program::command("sleep")
            .arg("600")
            .stdin(Stdio::from(file)),
    );
    // It is started by another program, which holds the camera too until it becomes this one.
    let name = format!("/proc/{}/comm", program.pid());
    wait_until("the program to be itself", || {
        (fs::read_to_string(&name).ok()?.trim() == "sleep").then_some(())
    });
    program
}

#[test]
fn a_call_begins_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let camera = folder.path().join("video0");
    fs::write(&camera, "").unwrap();
    let (post, words) = Reports::new();
    let mut sensor = video4linux::sensor(folder.path().to_owned(), &Except::default(), &post);
    sensor.watch(true);
    assert_eq!(words.next(), free());

    let call = program_with(&camera);
    let held = Word::known(true, BY, Why::Programs(vec!["sleep".to_owned()]));
    assert_eq!(words.next(), held);
    drop(call);
    assert_eq!(words.next(), free());
}

#[test]
fn a_call_that_is_on_already_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let camera = folder.path().join("video2");
    fs::write(&camera, "").unwrap();
    let _call = program_with(&camera);
    let (post, words) = Reports::new();
    let mut sensor = video4linux::sensor(folder.path().to_owned(), &Except::default(), &post);
    sensor.watch(true);
    let held = Word::known(true, BY, Why::Programs(vec!["sleep".to_owned()]));
    assert_eq!(words.next(), held);
}

#[test]
fn a_camera_is_plugged_in_and_out() {
    let folder = tempfile::tempdir().unwrap();
    let (post, words) = Reports::new();
    let mut sensor = video4linux::sensor(folder.path().to_owned(), &Except::default(), &post);
    sensor.watch(true);
    assert_eq!(words.next(), none());

    fs::write(folder.path().join("videos"), "").unwrap();
    fs::write(folder.path().join("video"), "").unwrap();
    let camera = folder.path().join("video10");
    fs::write(&camera, "").unwrap();
    assert_eq!(words.next(), free());
    let call = program_with(&camera);
    let held = Word::known(true, BY, Why::Programs(vec!["sleep".to_owned()]));
    assert_eq!(words.next(), held);
    drop(call);
    assert_eq!(words.next(), free());
    fs::remove_file(&camera).unwrap();
    assert_eq!(words.next(), none());
}

#[test]
fn without_the_folder_it_says_what_is_wrong() {
    let (post, words) = Reports::new();
    let mut sensor = video4linux::sensor("/nowhere".into(), &Except::default(), &post);
    sensor.watch(true);
    let Why::Failed(why) = words.next().why else {
        panic!("there is no such folder");
    };
    assert!(why.contains("/nowhere"), "{why}");
}

#[test]
fn a_program_that_only_looks_what_cameras_there_are_is_in_no_call() {
    let folder = tempfile::tempdir().unwrap();
    let camera = folder.path().join("video0");
    fs::write(&camera, "").unwrap();
    let (post, words) = Reports::new();
    let mut sensor = video4linux::sensor(folder.path().to_owned(), &Except::default(), &post);
    sensor.watch(true);
    assert_eq!(words.next(), free());

    for _ in 0..10_000 {
        drop(File::open(&camera).unwrap());
    }
    let call = program_with(&camera);
    // Nothing was said of all the others.
    let held = Word::known(true, BY, Why::Programs(vec!["sleep".to_owned()]));
    assert_eq!(words.next(), held);
    drop(call);
    assert_eq!(words.next(), free());
}

#[test]
fn a_program_on_the_list_may_use_the_camera_and_another_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let camera = folder.path().join("video0");
    fs::write(&camera, "").unwrap();
    let except = Except::default();
    except.set(&["sleep".to_owned()]);
    let _security = program_with(&camera);
    let (post, words) = Reports::new();
    let mut sensor = video4linux::sensor(folder.path().to_owned(), &except, &post);
    sensor.watch(true);
    assert_eq!(words.next(), free());
    let _this = File::open(&camera).unwrap();
    let Why::Programs(programs) = words.next().why else {
        panic!("this very program has it open");
    };
    assert_eq!(programs.len(), 1, "{programs:?}");
    assert_ne!(programs, ["sleep"]);
}
