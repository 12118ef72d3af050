//! The window of a break with a stretch that no figure shows.

use std::{fs, path::Path, time::Duration};

use egui::vec2;
use egui_kittest::{Harness, kittest::Queryable as _};
use tempfile::TempDir;
use unhunch::window::wire::Open;

use crate::windows::{Desk, begun, open, window};

const STEPS: &str = r#"
[stretch.door_reach]
name = "Door reach"
picture = "whole.svg"
step = [
  { seconds = 10, cue = "Walk to a door and rest both forearms on its frame", breath = "easy" },
  { seconds = 15, cue = "Lean in until the chest opens", side = "right", picture = "lean.png" },
  { seconds = 5, cue = "Step back and let the arms hang" },
]
"#;

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 160">
  <rect x="88" y="6" width="10" height="146" rx="3" fill="#d8d0c2"/>
  <circle cx="48" cy="26" r="12" fill="none" stroke="#22262b" stroke-width="4"/>
  <path d="M48 38 L52 92 M52 92 L40 150 M52 92 L68 150 M50 52 L70 46 L88 34 M50 52 L72 60 L88 54"
    fill="none" stroke="#22262b" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>
</svg>"##;

/// A folder with this stretch and its pictures.
fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("door.toml"), text).unwrap();
    fs::write(folder.path().join("whole.svg"), DRAWING).unwrap();
    let lean = egui::ColorImage::filled([60, 80], egui::Color32::DARK_GRAY);
    let file = fs::File::create(folder.path().join("lean.png")).unwrap();
    unhunch::gui::picture::write_png(&lean, file).unwrap();
    folder
}

fn of(folder: &Path, open: Open) -> Open {
    Open {
        stretches_folder: Some(folder.display().to_string()),
        ..open
    }
}

/// The window of the stretch in this folder, with its pictures read.
fn shown(folder: &Path, open: Open) -> Harness<'static, Desk> {
    let mut window = window(of(folder, open), vec2(560.0, 680.0));
    let ctx = window.ctx.clone();
    window.state_mut().app.wait_for_pictures(&ctx);
    window.run_steps(2);
    window
}

fn at(window: &mut Harness<'static, Desk>, seconds: u64) {
    window.state_mut().now = Duration::from_secs(seconds);
    window.run_steps(3);
    // Words have faded in by then.
    window.state_mut().now += Duration::from_secs(1);
    window.run_steps(2);
}

#[test]
fn steps_are_read_out_one_after_the_other_with_countdown_side_and_breath() {
    let folder = folder(STEPS);
    let mut window = shown(folder.path(), begun("door_reach"));

    window.get_by_label("Walk to a door and rest both forearms on its frame");
    window.get_by_label("next: Lean in until the chest opens");
    window.get_by_label("breathe easily");
    window.get_by_label("Picture of this step");
    at(&mut window, 11);
    window.get_by_label("Lean in until the chest opens");
    window.get_by_label("your right side");
    window.get_by_label("Part 2 of 3");
    at(&mut window, 26);
    window.get_by_label("Step back and let the arms hang");
}

#[test]
fn before_the_start_all_steps_are_there_at_a_glance() {
    let folder = folder(STEPS);
    let window = shown(folder.path(), open("door_reach"));

    window.get_by_label("Step 1: Walk to a door and rest both forearms on its frame, 10 seconds");
    window.get_by_label("Step 3: Step back and let the arms hang, 5 seconds");
    window.get_by_label("Start");
}

#[test]
fn without_a_picture_the_words_stand_alone() {
    let text = STEPS
        .replace("picture = \"whole.svg\"\n", "")
        .replace(", picture = \"lean.png\"", "");
    let folder = folder(&text);
    let window = shown(folder.path(), begun("door_reach"));

    window.get_by_label("Walk to a door and rest both forearms on its frame");
    assert!(window.query_by_label("Picture of this step").is_none());
}

#[test]
fn a_picture_that_cannot_be_read_leaves_the_words() {
    let folder = folder(STEPS);
    // A good beginning, and nothing after it.
    let mut bytes = fs::read(folder.path().join("lean.png")).unwrap();
    bytes.truncate(30);
    fs::write(folder.path().join("lean.png"), bytes).unwrap();
    let mut window = shown(folder.path(), begun("door_reach"));

    window.get_by_label("Picture of this step");
    at(&mut window, 11);
    assert!(window.query_by_label("Picture of this step").is_none());
    window.get_by_label("Lean in until the chest opens");
}

#[test]
fn the_first_frame_waits_for_no_picture() {
    let folder = folder(STEPS);
    let window = window(of(folder.path(), begun("door_reach")), vec2(560.0, 680.0));
    window.get_by_label("Walk to a door and rest both forearms on its frame");
}
