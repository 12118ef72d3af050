//! Programs on the user's list: real processes, and real windows on an X server and on a
//! compositor.

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::Path,
    process::Stdio,
};

use unhunch::{
    core::config::App,
    desktop::{
        apps::{Listed, open::Open, watch},
        sense::{Says, Sense as _, Why, Word, on_thread::OnThread},
        windows::Screen,
    },
};

use super::Reports;
use crate::support::{Film, Program, Sway, Typewriter, VirtualDisplay, installed, wait_until};

/// A list as it is written in the settings.
fn list(written: &[&str]) -> Listed {
    let listed = Listed::default();
    let apps = written.iter().map(|text| {
        let name = text.strip_prefix(App::IN_FRONT);
        App {
            name: name.unwrap_or(text).to_owned(),
            in_front: name.is_some(),
        }
    });
    listed.set(&apps.collect::<Vec<_>>());
    listed
}

fn sensor(written: &[&str], screen: Option<Screen>) -> (OnThread, Reports<Word>) {
    let (post, words) = Reports::new();
    let mut sensor = watch::sensor(list(written), screen, &post);
    sensor.watch(true);
    (sensor, words)
}

fn in_use(by: &str, names: &[&str]) -> Word {
    let names = names.iter().map(ToString::to_string).collect();
    Word::known(true, by, Why::Programs(names))
}

fn none() -> Word {
    Word::known(false, "Linux", Why::Told)
}

/// A program of this name that runs until the test ends it. No other test has one of that name.
fn program(folder: &Path, name: &str) -> Program {
    let file = folder.join(name);
    fs::copy(installed("sleep"), &file).unwrap();
    started(&file, &[])
}

fn started(file: &Path, arguments: &[&str]) -> Program {
    let mut command = std::process::Command::new(installed("setpriv"));
    command.args(["--pdeathsig", "KILL", "--"]).arg(file);
    let arguments = if arguments.is_empty() {
        &["600"]
    } else {
        arguments
    };
    command.args(arguments).stdin(Stdio::null());
    Program::start("a program of the test", &mut command)
}

#[test]
fn a_program_that_runs_is_in_use_until_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (_sensor, words) = sensor(&["Unhunch-Test-Render", "unhunch-test-talk"], None);
    assert_eq!(words.next(), none());

    // Longer than the kernel's own name for it.
    let render = program(folder.path(), "unhunch-test-render");
    assert_eq!(words.next(), in_use("Linux", &["Unhunch-Test-Render"]));
    drop(render);
    assert_eq!(words.next(), none());
    let _talk = program(folder.path(), "unhunch-test-talk");
    assert_eq!(words.next(), in_use("Linux", &["unhunch-test-talk"]));
}

#[test]
fn when_one_ends_another_that_began_meanwhile_is_known_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = program(folder.path(), "unhunch-test-one");
    let names = ["unhunch-test-one", "unhunch-test-two"];
    wait_for_name(first.pid(), "unhunch-test-on");
    let (_sensor, words) = sensor(&names, None);
    assert_eq!(words.next(), in_use("Linux", &names[..1]));
    let second = program(folder.path(), "unhunch-test-two");
    wait_for_name(second.pid(), "unhunch-test-tw");
    drop(first);
    assert_eq!(words.next(), in_use("Linux", &names[1..]));
}

fn wait_for_name(pid: u32, name: &str) {
    wait_until("the program to be itself", || {
        let comm = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
        (comm.trim() == name).then_some(())
    });
}

#[test]
fn a_script_and_a_program_behind_a_link_are_meant_by_their_own_names() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("unhunch-test-script.sh");
    fs::write(&script, "#!/bin/sh\nread line\n").unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = std::process::Command::new(installed("setpriv"));
    command.args(["--pdeathsig", "KILL", "--"]).arg(&script);
    let _script = Program::start("a script", command.stdin(Stdio::piped()));
    let link = folder.path().join("unhunch-test-link");
    symlink(installed("sleep"), &link).unwrap();
    let _linked = started(&link, &[]);

    let names = ["unhunch-test-script", "unhunch-test-link"];
    for name in names {
        let (_sensor, words) = sensor(&[name], None);
        words.next_where(|word| (*word == in_use("Linux", &[name])).then_some(()));
    }
}

#[test]
fn one_that_has_ended_and_was_not_noticed_yet_does_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("unhunch-test-dead");
    fs::copy(installed("true"), &file).unwrap();
    let mut child = std::process::Command::new(&file).spawn().unwrap();
    wait_until("it to have ended", || {
        let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
        stat.contains(") Z ").then_some(())
    });
    let (_sensor, words) = sensor(&["unhunch-test-dead"], None);
    assert_eq!(words.next(), none());
    child.wait().unwrap();
}

#[test]
fn on_x11_a_program_is_in_front_while_it_has_the_focus_or_fills_the_screen() {
    let home = tempfile::tempdir().unwrap();
    let display = VirtualDisplay::start(home.path());
    let screen = Screen::X11(Some(display.name().to_owned()));
    let (_sensor, words) = sensor(&["front:typewriter"], Some(screen));
    let nothing = Word::known(false, "X11", Why::Told);
    assert_eq!(words.next(), nothing);

    let window = Typewriter::open(&display);
    let front = in_use("X11", &["typewriter"]);
    assert_eq!(words.next(), front);
    let shown = display.wait_for_window("Typewriter");
    display.minimise(&shown);
    assert_eq!(words.next(), nothing);
    drop(window);
    let again = Typewriter::open(&display);
    assert_eq!(words.next(), front);
    drop(again);
    assert_eq!(words.next(), nothing);
    drop(display);
    assert_eq!(words.next().says, Says::Unknown);
}

#[test]
fn on_wayland_a_program_is_in_front_while_its_window_is_the_active_one() {
    let sway = Sway::start();
    let screen = Screen::Wayland(sway.display().to_owned());
    let (_sensor, words) = sensor(&["front:Blender"], Some(screen));
    let nothing = Word::known(false, "Wayland", Why::Told);
    assert_eq!(words.next(), nothing);

    let _blender = Film::open(sway.display(), "org.blender.Blender");
    assert_eq!(words.next(), in_use("Wayland", &["Blender"]));
    let editor = Film::open(sway.display(), "editor");
    assert_eq!(words.next(), nothing);
    drop(editor);
    assert_eq!(words.next(), in_use("Wayland", &["Blender"]));
}

#[test]
fn where_no_window_is_known_what_runs_still_is() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["front:blender", "unhunch-test-front"];
    let (_sensor, words) = sensor(&names, None);
    assert_eq!(words.next(), Word::unknown("Linux", Why::NobodyToAsk));
    let _talk = program(folder.path(), "unhunch-test-front");
    assert_eq!(words.next(), in_use("Linux", &["unhunch-test-front"]));
}

#[test]
fn programs_that_are_open_are_named_so_that_the_list_means_them() {
    let home = tempfile::tempdir().unwrap();
    let display = VirtualDisplay::start(home.path());
    let _window = Typewriter::open(&display);
    display.wait_for_window("Typewriter");

    let screen = Screen::X11(Some(display.name().to_owned()));
    let open = Open::now(Some(&screen));

    assert_eq!(open.front, Ok("X11".to_owned()));
    assert!(open.programs.contains(&"Typewriter".to_owned()), "{open:?}");
    let nowhere = Open::now(Some(&Screen::X11(Some("nowhere".to_owned()))));
    assert!(matches!(nowhere.front, Err(Why::Failed(_))), "{nowhere:?}");
    assert_eq!(Open::now(None).front, Err(Why::NobodyToAsk));
}

#[test]
fn on_wayland_the_programs_that_are_open_are_those_with_windows() {
    let sway = Sway::start();
    let screen = || Screen::Wayland(sway.display().to_owned());
    let before = Open::now(Some(&screen()));
    assert_eq!(before.front, Ok("Wayland".to_owned()));
    assert!(!before.programs.contains(&"org.example.Film".to_owned()));

    let _film = Film::open(sway.display(), "org.example.Film");
    let open = wait_until("the window to be told of", || {
        let open = Open::now(Some(&screen()));
        (open.programs != before.programs).then_some(open)
    });
    assert!(
        open.programs.contains(&"org.example.Film".to_owned()),
        "{open:?}"
    );
}
