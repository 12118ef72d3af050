//! The window in which a stretch is made, by labels and keys; and the watch on its file.

use std::{fs, path::Path, slice, sync::mpsc::channel, time::Duration};

use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use unhunch::{
    desktop::watch,
    gui::{fonts, preview::app::Preview, theme::Theme},
    stretch_file::{self, Checked, Form},
};

use crate::windows::Drawing;

struct Desk {
    app: Preview,
    now: Duration,
}

fn checked(file: &Path) -> Checked {
    stretch_file::check(slice::from_ref(&file.to_owned())).remove(0)
}

fn window(file: &Path, dark: bool, (size, scale): (Vec2, f32)) -> Harness<'static, Desk> {
    let theme = Theme::new(dark, false, None);
    let app = Preview::new(
        theme,
        stretch_file::rig(),
        None,
        &checked(file),
        Duration::ZERO,
    );
    let desk = Desk {
        app,
        now: Duration::ZERO,
    };
    let mut window = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_step_dt(0.02)
        .renderer(Drawing::new(theme))
        .with_context_setup(move |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        })
        .build_ui_state(|ui, desk: &mut Desk| desk.app.ui(ui, desk.now), desk);
    window.run_steps(3);
    window
}

const USUAL: (Vec2, f32) = (vec2(960.0, 700.0), 1.0);

/// A file that was just begun, and its text.
fn begun(form: Form) -> (tempfile::TempDir, std::path::PathBuf, String) {
    let folder = tempfile::tempdir().unwrap();
    let (_, text) = stretch_file::template("Wide reach", form).unwrap();
    let file = folder.path().join("wide-reach.toml");
    fs::write(&file, &text).unwrap();
    (folder, file, text)
}

fn press(window: &mut Harness<'static, Desk>, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

#[test]
fn the_time_is_moved_with_keys_alone() {
    let (_folder, file, _) = begun(Form::Figure);
    let mut window = window(&file, false, USUAL);
    window.get_by_label("Wide reach");
    window.get_by_label("The figure at this time");
    window.get_by_label("Stand tall");

    press(&mut window, Key::ArrowRight);
    window.get_by_label("Lift your arms into a wide V");
    window.get_by_label_contains("stand → reach");
    window.get_by_label("3.0 / 45.0 s");
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    window.run_steps(3);
    assert_eq!(
        window.state().app.time(Duration::from_secs(9)),
        Duration::from_nanos(3_033_333_333)
    );
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    window.get_by_label("Stand tall");

    // It stood; now it plays, from the end over to the beginning.
    press(&mut window, Key::Space);
    window.get_by_label("Stand still");
    window.state_mut().now = Duration::from_secs(48);
    window.run_steps(2);
    window.get_by_label("Lift your arms into a wide V");
    press(&mut window, Key::Num3);
    window.get_by_label_contains("/ 103.0 s");
}

#[test]
fn the_numbers_of_the_moment_can_be_read_and_switched() {
    let (_folder, file, _) = begun(Form::Figure);
    let mut window = window(&file, false, USUAL);
    press(&mut window, Key::ArrowRight);
    window.get_by_label_contains("arm_r = [172.0, 176.0, 180.0]");
    window.get_by_label("Show where the joints are").click();
    window.run_steps(3);
    window.get_by_label_contains("elbow_r");
}

#[test]
fn a_saved_file_is_shown_at_once_and_a_broken_one_leaves_the_last_good_version() {
    let (_folder, file, text) = begun(Form::Figure);
    let mut window = window(&file, false, USUAL);
    press(&mut window, Key::ArrowRight);

    fs::write(&file, text.replace("Lift your arms", "Raise both arms")).unwrap();
    window.state_mut().app.reload(&checked(&file));
    window.run_steps(3);
    window.get_by_label("Raise both arms into a wide V");
    window.get_by_label("3.0 / 45.0 s");

    fs::write(
        &file,
        text.replace("to_pose = \"reach\"", "to_pose = \"rech\""),
    )
    .unwrap();
    window.state_mut().app.reload(&checked(&file));
    window.run_steps(3);
    window.get_by_label_contains("2 mistakes in the file");
    window.get_by_label_contains("did you mean `reach`?");
    window.get_by_label("Raise both arms into a wide V");

    fs::write(&file, &text).unwrap();
    window.state_mut().app.reload(&checked(&file));
    window.run_steps(3);
    assert!(window.query_by_label_contains("in the file").is_none());
}

#[test]
fn a_file_that_was_never_good_shows_its_mistakes_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.toml");
    fs::write(&file, "[stretch.x]\nnme = \"X\"\n").unwrap();
    let window = window(&file, true, USUAL);
    window.get_by_label_contains("did you mean `name`?");
}

#[test]
fn steps_have_a_preview_as_well() {
    let (_folder, file, _) = begun(Form::Steps);
    let mut window = window(&file, false, USUAL);
    press(&mut window, Key::ArrowRight);
    window.get_by_label("Reach up with your right arm");
    window.get_by_label_contains("your right side · breathe in");
}

#[test]
fn a_file_is_seen_to_be_written_and_to_be_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.toml");
    fs::write(&file, "one").unwrap();
    let (sender, changes) = channel();
    watch::file(&file, move || sender.send(()).unwrap_or(())).unwrap();
    let patience = Duration::from_secs(20);

    fs::write(&file, "two").unwrap();
    changes.recv_timeout(patience).expect("it was written over");
    // As editors do that save into a new file first.
    let new = folder.path().join("a.toml.new");
    fs::write(&new, "three").unwrap();
    fs::rename(&new, &file).unwrap();
    changes.recv_timeout(patience).expect("it was replaced");
    fs::write(&file, "four").unwrap();
    changes
        .recv_timeout(patience)
        .expect("the new one is watched too");
}
