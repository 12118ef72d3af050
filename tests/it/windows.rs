//! The window of a break, used as a user does: by what a screen reader calls things, by keys, and
//! by looking at a few pictures.

use std::{path::PathBuf, time::Duration};

use egui::{Key, Modifiers, Rect, Vec2, accesskit, vec2};
use egui_kittest::{
    Harness, SnapshotOptions, TestRenderer,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    core::stretch::{Catalogue, SideOrder, Timeline, VariantName, catalogue::PhaseKind, pose_at},
    gui::{
        controls, fonts,
        picture::Rasterizer,
        stretch::{
            app::{Library, StretchApp},
            figure::{Manner, figure},
        },
        theme::{Theme, size},
    },
    stretch_file,
    window::wire::{FromWindow, Look, Message, Monitor, Open, Place, Size, ToWindow, VERSION},
};

pub const USUAL: Vec2 = vec2(560.0, 680.0);
const SMALLEST: Vec2 = vec2(420.0, 520.0);

/// A window with its clock and what it has told the daemon.
pub struct Desk {
    pub app: StretchApp,
    pub now: Duration,
    told: Vec<FromWindow>,
}

/// Draws the pictures of the tests.
pub struct Drawing(Rasterizer, Theme);

impl Drawing {
    pub fn new(theme: Theme) -> Self {
        Self(Rasterizer::default(), theme)
    }
}

impl TestRenderer for Drawing {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.0.update(delta);
    }

    fn render(
        &mut self,
        ctx: &egui::Context,
        output: &egui::FullOutput,
    ) -> Result<image::RgbaImage, String> {
        let picture = self.0.draw(ctx, output, self.1.background);
        let [width, height] = picture.size.map(|pixels| u32::try_from(pixels).unwrap());
        let bytes = picture
            .pixels
            .iter()
            .flat_map(egui::Color32::to_array)
            .collect();
        image::RgbaImage::from_raw(width, height, bytes).ok_or_else(|| "no picture".to_owned())
    }
}

fn library(folder: Option<String>) -> Library {
    let folder = folder.map(PathBuf::from);
    Box::new(move |ids: &[String]| stretch_file::only(ids, folder.as_deref()))
}

pub fn open(stretch: &str) -> Open {
    Open {
        v: VERSION,
        stretches: vec![stretch.to_owned()],
        variant: "standard".to_owned(),
        message: None,
        settle_in_s: 5.0,
        start: false,
        snooze_s: Some(300.0),
        done_today: 2,
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

pub fn begun(stretch: &str) -> Open {
    Open {
        start: true,
        settle_in_s: 0.0,
        ..open(stretch)
    }
}

pub fn message(text: &str) -> Open {
    Open {
        stretches: Vec::new(),
        message: Some(Message {
            text: text.to_owned(),
            length_s: 20.0,
        }),
        ..begun("")
    }
}

pub fn window(open: Open, size: Vec2) -> Harness<'static, Desk> {
    let folder = open.stretches_folder.clone();
    let app = StretchApp::new(open, library(folder), Duration::ZERO).unwrap();
    let theme = *app.theme();
    let desk = Desk {
        app,
        now: Duration::ZERO,
        told: Vec::new(),
    };
    let mut window = Harness::builder()
        .with_size(size)
        .with_step_dt(0.02)
        .renderer(Drawing::new(theme))
        .with_context_setup(move |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        })
        .build_ui_state(
            |ui, desk: &mut Desk| {
                desk.app.ui(ui, desk.now);
                desk.told.extend(desk.app.take_outbox());
            },
            desk,
        );
    window.run_steps(3);
    window
}

fn seconds(s: f64) -> Duration {
    Duration::from_secs_f64(s)
}

/// Lets time pass, and looks again.
pub fn wait(window: &mut Harness<'_, Desk>, s: f64) {
    window.state_mut().now += seconds(s);
    window.run_steps(2);
}

pub fn press(window: &mut Harness<'_, Desk>, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

pub fn click(window: &mut Harness<'_, Desk>, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn tell(window: &mut Harness<'_, Desk>, line: ToWindow) {
    let desk = window.state_mut();
    desk.app.receive(line, desk.now);
    window.run_steps(3);
}

fn show(window: &mut Harness<'_, Desk>, stretches: &[&str]) {
    let stretches = stretches.iter().map(|id| (*id).to_owned()).collect();
    tell(window, ToWindow::Show { stretches });
}

pub fn take_told(window: &mut Harness<'_, Desk>) -> Vec<FromWindow> {
    std::mem::take(&mut window.state_mut().told)
}

pub fn closing(window: &Harness<'_, Desk>) -> bool {
    window.state().app.closing()
}

/// Names of the buttons, in the order of the tree.
pub fn buttons(window: &Harness<'_, Desk>) -> Vec<String> {
    window
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().role() == accesskit::Role::Button)
        .map(|node| node.accesskit_node().label().unwrap_or_default())
        .collect()
}

#[test]
fn each_state_offers_its_answers_and_no_others() {
    let mut ready = window(open("shoulder_roll"), USUAL);
    assert_eq!(buttons(&ready), ["Start", "Snooze 5 min", "Skip", "More"]);

    click(&mut ready, "Start");
    assert_eq!(buttons(&ready), ["Pause", "Snooze 5 min", "Skip", "More"]);
    ready.get_by_label("Starts in 5");
    wait(&mut ready, 5.1);
    assert_eq!(buttons(&ready), ["Pause", "Snooze 5 min", "Skip", "More"]);
    click(&mut ready, "Pause");
    assert_eq!(buttons(&ready), ["Go on", "Snooze 5 min", "Skip", "More"]);
    ready.get_by_label("Paused");
    click(&mut ready, "Go on");
    wait(&mut ready, 45.0);
    assert_eq!(buttons(&ready), ["One more", "Close"]);
    ready.get_by_label("Done. 45 seconds well spent.");
    ready.get_by_label("3 breaks today");
}

#[test]
fn the_daemon_hears_of_everything_that_it_has_to_know_and_once() {
    let mut window = window(open("shoulder_roll"), USUAL);
    assert_eq!(take_told(&mut window), []);
    click(&mut window, "Start");
    assert_eq!(take_told(&mut window), [FromWindow::Start]);
    wait(&mut window, 5.1);
    wait(&mut window, 10.0);
    assert_eq!(
        take_told(&mut window),
        [FromWindow::Countdown { running: true }]
    );
    click(&mut window, "Pause");
    click(&mut window, "Go on");
    assert_eq!(
        take_told(&mut window),
        [
            FromWindow::Countdown { running: false },
            FromWindow::Countdown { running: true }
        ]
    );
    wait(&mut window, 35.0);
    wait(&mut window, 1.0);
    assert_eq!(
        take_told(&mut window),
        [FromWindow::Done { stretched_s: 45.0 }]
    );
    click(&mut window, "One more");
    assert_eq!(take_told(&mut window), [FromWindow::OneMore]);
    // It waits for the answer of the daemon, but not for ever.
    wait(&mut window, 9.0);
    assert!(!closing(&window));
    wait(&mut window, 1.0);
    assert!(closing(&window));
    assert_eq!(take_told(&mut window), []);
}

#[test]
fn one_more_goes_on_in_the_same_window() {
    let mut window = window(begun("shoulder_roll"), USUAL);
    wait(&mut window, 45.0);
    press(&mut window, Key::A);
    take_told(&mut window);
    let more = Open {
        settle_in_s: 5.0,
        done_today: 3,
        ..begun("chin_tuck")
    };
    tell(&mut window, ToWindow::Open(Box::new(more)));
    window.get_by_label("Chin tuck");
    window.get_by_label("Starts in 5");
    wait(&mut window, 5.0);
    assert_eq!(
        take_told(&mut window),
        [FromWindow::Countdown { running: true }]
    );
    wait(&mut window, 50.0);
    assert_eq!(
        take_told(&mut window),
        [FromWindow::Done { stretched_s: 50.0 }]
    );
    window.get_by_label("4 breaks today");
    wait(&mut window, 4.0);
    assert!(closing(&window));
}

#[test]
fn the_last_sentence_stays_while_the_user_is_busy_with_the_window() {
    let mut window = window(begun("shoulder_roll"), USUAL);
    wait(&mut window, 45.0);
    wait(&mut window, 3.0);
    press(&mut window, Key::Tab);
    wait(&mut window, 3.9);
    assert!(!closing(&window));
    wait(&mut window, 0.2);
    assert!(closing(&window));
}

#[test]
fn a_stretch_that_is_not_for_me_makes_way_for_another_and_can_be_had_back() {
    let mut window = window(begun("chin_tuck"), USUAL);
    wait(&mut window, 10.0);
    take_told(&mut window);
    press(&mut window, Key::X);
    let stretch = "chin_tuck".to_owned();
    assert_eq!(
        take_told(&mut window),
        [FromWindow::NotForMe {
            stretch: stretch.clone(),
            place: 0
        }]
    );
    show(&mut window, &["eagle_arms"]);
    tell(
        &mut window,
        ToWindow::TakenOut {
            stretch: stretch.clone(),
        },
    );
    window.get_by_label("Eagle arms");
    window.get_by_label("Chin tuck will not come again");

    // It is there for as long as the break is.
    wait(&mut window, 20.0);
    click(&mut window, "Undo");
    assert_eq!(
        take_told(&mut window).last(),
        Some(&FromWindow::PutBack {
            stretch,
            place: Some(0)
        })
    );
    show(&mut window, &["chin_tuck"]);
    window.get_by_label("Chin tuck");
    assert!(window.query_by_label_contains("come again").is_none());
}

#[test]
fn what_was_taken_out_earlier_in_a_break_of_several_is_put_back_without_going_back() {
    let several = Open {
        stretches: ["shoulder_roll", "chin_tuck"].map(str::to_owned).to_vec(),
        ..begun("")
    };
    let mut window = window(several, USUAL);
    wait(&mut window, 1.0);
    press(&mut window, Key::X);
    show(&mut window, &["neck_rotation", "chin_tuck"]);
    let stretch = "shoulder_roll".to_owned();
    tell(&mut window, ToWindow::TakenOut { stretch });
    wait(&mut window, 53.0 + 4.0 + 1.0);
    window.get_by_label("Chin tuck");
    take_told(&mut window);
    press(&mut window, Key::N);
    press(&mut window, Key::U);
    assert_eq!(
        take_told(&mut window),
        [
            FromWindow::OtherStretch { place: 1 },
            FromWindow::PutBack {
                stretch: "shoulder_roll".to_owned(),
                place: None
            }
        ]
    );
    assert!(window.query_by_label("Undo").is_none());
}

#[test]
fn what_cannot_be_done_is_said_in_words() {
    let mut window = window(begun("chin_tuck"), SMALLEST);
    wait(&mut window, 1.0);
    click(&mut window, "More");
    click(&mut window, "Not for me");
    let why = "It is the only stretch in your rotation. Add another one first.".to_owned();
    tell(&mut window, ToWindow::Refused { why: why.clone() });
    window.get_by_role_and_label(accesskit::Role::Label, &why);
    assert_tidy(&window, SMALLEST, "refused");
    click(&mut window, "Got it");
    assert!(window.query_by_label("Got it").is_none());

    // The only one in the rotation comes again when another one is asked for.
    press(&mut window, Key::N);
    show(&mut window, &["chin_tuck"]);
    window.get_by_label("No other stretch is in your rotation");
    assert_tidy(&window, SMALLEST, "no other");
}

#[test]
fn going_on_from_a_page_goes_on() {
    let mut window = window(begun("chin_tuck"), USUAL);
    wait(&mut window, 5.0);
    press(&mut window, Key::I);
    take_told(&mut window);
    click(&mut window, "Go on");
    assert_eq!(
        take_told(&mut window),
        [FromWindow::Countdown { running: true }]
    );
    press(&mut window, Key::I);
    press(&mut window, Key::Space);
    window.get_by_label("Pause");
}

#[test]
fn snooze_skip_and_close_end_the_break_with_what_was_done() {
    for (label, answer) in [
        ("Snooze 5 min", FromWindow::Snooze { stretched_s: 10.0 }),
        ("Skip", FromWindow::Skip { stretched_s: 10.0 }),
    ] {
        let mut window = window(begun("shoulder_roll"), USUAL);
        wait(&mut window, 10.0);
        take_told(&mut window);
        click(&mut window, label);
        assert_eq!(take_told(&mut window), [answer]);
        assert!(closing(&window));
    }
}

#[test]
fn keys_do_what_the_buttons_do() {
    let told = |key: Key| {
        let mut window = window(begun("neck_rotation"), USUAL);
        wait(&mut window, 10.0);
        take_told(&mut window);
        press(&mut window, key);
        take_told(&mut window)
    };
    let stretched_s = 10.0;
    assert_eq!(told(Key::S), [FromWindow::Snooze { stretched_s }]);
    assert_eq!(told(Key::K), [FromWindow::Skip { stretched_s }]);
    assert_eq!(told(Key::Escape), [FromWindow::Closed { stretched_s }]);
    assert_eq!(told(Key::N), [FromWindow::OtherStretch { place: 0 }]);
    assert_eq!(told(Key::Space), [FromWindow::Countdown { running: false }]);
    assert_eq!(told(Key::Enter), []);
    for key in [Key::Space, Key::Enter] {
        let mut ready = window(open("neck_rotation"), USUAL);
        press(&mut ready, key);
        assert_eq!(take_told(&mut ready), [FromWindow::Start]);
    }
}

#[test]
fn a_key_with_ctrl_or_alt_belongs_to_the_desktop() {
    let mut window = window(open("neck_rotation"), USUAL);
    for modifiers in [Modifiers::CTRL, Modifiers::ALT] {
        for key in [Key::S, Key::K, Key::N] {
            window.key_press_modifiers(modifiers, key);
            window.run_steps(2);
        }
    }
    assert_eq!(take_told(&mut window), []);
    assert!(!closing(&window));
}

#[test]
fn arrows_move_from_phase_to_phase() {
    let mut window = window(begun("neck_rotation"), USUAL);
    wait(&mut window, 0.2);
    window.get_by_label("Chin level, shoulders low");
    press(&mut window, Key::ArrowRight);
    window.get_by_label("Turn to look right");
    press(&mut window, Key::ArrowLeft);
    window.get_by_label("Chin level, shoulders low");
}

#[test]
fn tab_reaches_every_control_in_the_order_in_which_they_stand() {
    let mut window = window(open("neck_rotation"), USUAL);
    let mut reached = Vec::new();
    for _ in 0..4 {
        press(&mut window, Key::Tab);
        let focused = window
            .root()
            .children_recursive()
            .find(egui_kittest::Node::is_focused)
            .and_then(|node| node.accesskit_node().label());
        reached.extend(focused);
    }
    assert_eq!(reached, ["Start", "Snooze 5 min", "Skip", "More"]);

    // With the focus on a button, Space means that button and nothing else.
    press(&mut window, Key::Tab);
    while !window.get_by_label("Skip").is_focused() {
        press(&mut window, Key::Tab);
    }
    press(&mut window, Key::Space);
    assert_eq!(
        take_told(&mut window),
        [FromWindow::Skip { stretched_s: 0.0 }]
    );
}

#[test]
fn the_menu_offers_what_makes_sense_for_the_stretch() {
    let rows = |window: &Harness<'_, Desk>| -> Vec<String> {
        window
            .root()
            .children_recursive()
            .filter(|node| node.accesskit_node().role() == accesskit::Role::MenuItem)
            .map(|node| node.accesskit_node().label().unwrap_or_default())
            .collect()
    };
    let mut sided = window(open("neck_rotation"), USUAL);
    click(&mut sided, "More");
    assert_eq!(
        rows(&sided),
        [
            "Other stretch",
            "Not for me",
            "Again from the start",
            "Other side first",
            "Info and safety",
            "Keys",
            "Full screen",
            "Close"
        ]
    );
    click(&mut sided, "Other stretch");
    assert_eq!(
        take_told(&mut sided),
        [FromWindow::OtherStretch { place: 0 }]
    );

    let mut symmetrical = window(open("shoulder_roll"), USUAL);
    click(&mut symmetrical, "More");
    assert!(!rows(&symmetrical).contains(&"Other side first".to_owned()));
}

#[test]
fn reading_about_safety_stops_the_countdown_and_closing_the_page_goes_on() {
    let mut window = window(begun("chin_tuck"), USUAL);
    wait(&mut window, 5.0);
    take_told(&mut window);
    press(&mut window, Key::I);
    window.get_by_label_contains("Stop at once");
    assert_eq!(
        take_told(&mut window),
        [FromWindow::Countdown { running: false }]
    );
    press(&mut window, Key::Escape);
    assert!(window.query_by_label_contains("Stop at once").is_none());
    assert!(!closing(&window), "Esc closes the page first");
    assert_eq!(
        take_told(&mut window),
        [FromWindow::Countdown { running: true }]
    );
}

#[test]
fn a_question_mark_shows_the_keys() {
    let mut window = window(open("chin_tuck"), USUAL);
    press(&mut window, Key::Questionmark);
    window.get_by_label("Start, pause, go on");
    click(&mut window, "Back");
    assert!(window.query_by_label("Start, pause, go on").is_none());
}

#[test]
fn another_stretch_takes_the_place_of_this_one() {
    let mut window = window(open("chin_tuck"), USUAL);
    show(&mut window, &["eagle_arms"]);
    let now = window.state().now;
    window.get_by_label("Eagle arms");
    assert!(window.query_by_label("Chin tuck").is_none());
    assert_eq!(window.state().app.title(now), "Eagle arms – Unhunch");
}

#[test]
fn a_message_break_shows_its_sentence_and_no_figure() {
    let words = "Look at something at least six metres away";
    let mut window = window(message(words), SMALLEST);
    window.get_by_label(words);
    window.get_by_label("About 15 seconds left");
    assert!(window.query_by_role(accesskit::Role::Image).is_none());
    wait(&mut window, 20.0);
    window.get_by_label("Done.");
    assert_eq!(
        take_told(&mut window).last(),
        Some(&FromWindow::Done { stretched_s: 20.0 })
    );
}

#[test]
fn without_a_snooze_left_there_is_none() {
    let last = Open {
        snooze_s: None,
        ..open("chin_tuck")
    };
    let mut window = window(last, USUAL);
    assert_eq!(buttons(&window), ["Start", "Skip", "More"]);
    press(&mut window, Key::S);
    assert_eq!(take_told(&mut window), []);
}

#[test]
fn when_the_daemon_dies_a_running_stretch_is_finished_and_a_waiting_window_closes() {
    let mut waiting = window(open("chin_tuck"), USUAL);
    waiting.state_mut().app.daemon_gone(Duration::ZERO);
    assert!(closing(&waiting));

    let mut running = window(begun("chin_tuck"), USUAL);
    wait(&mut running, 10.0);
    let now = running.state().now;
    running.state_mut().app.daemon_gone(now);
    wait(&mut running, 1.0);
    assert!(!closing(&running));
    // Nobody is there to be asked again later.
    assert_eq!(buttons(&running), ["Pause", "Skip", "More"]);
    take_told(&mut running);
    press(&mut running, Key::N);
    press(&mut running, Key::X);
    assert_eq!(take_told(&mut running), []);
    wait(&mut running, 39.5);
    assert!(!closing(&running), "the last sentence stays for a while");
    wait(&mut running, 4.0);
    assert!(closing(&running));
}

#[test]
fn a_ping_is_answered_and_close_closes_without_a_word() {
    let mut window = window(open("chin_tuck"), USUAL);
    let app = &mut window.state_mut().app;
    app.receive(ToWindow::Ping, Duration::ZERO);
    app.receive(ToWindow::Close, Duration::ZERO);
    assert_eq!(app.take_outbox(), [FromWindow::Pong]);
    assert!(app.closing());
}

#[test]
fn there_is_no_window_for_nothing() {
    let unknown = StretchApp::new(open("no_such"), library(None), Duration::ZERO);
    assert!(unknown.is_none());
}

/// Everything that the keyboard can reach, in the order of Tab.
fn reached_by_tab(window: &mut Harness<'_, Desk>) -> Vec<String> {
    let mut reached: Vec<String> = Vec::new();
    loop {
        press(window, Key::Tab);
        let focused = window
            .root()
            .children_recursive()
            .find(egui_kittest::Node::is_focused)
            .and_then(|node| node.accesskit_node().label());
        match focused {
            Some(name) if !reached.contains(&name) => reached.push(name),
            Some(_) | None => return reached,
        }
    }
}

#[test]
fn tab_reaches_everything_that_can_be_pressed_in_every_state() {
    let check = |state: &str, window: &mut Harness<'_, Desk>| {
        let mut pressable = buttons(window);
        let mut reached = reached_by_tab(window);
        pressable.sort();
        reached.sort();
        assert_eq!(reached, pressable, "{state}");
    };
    let mut running = window(begun("neck_rotation"), SMALLEST);
    wait(&mut running, 5.0);
    check("running", &mut running);
    for (page, key) in [("info", Key::I), ("keys", Key::Questionmark)] {
        press(&mut running, key);
        check(page, &mut running);
        press(&mut running, Key::Escape);
    }
    press(&mut running, Key::Space);
    check("paused", &mut running);
    let stretch = "chin_tuck".to_owned();
    tell(&mut running, ToWindow::TakenOut { stretch });
    check("taken out", &mut running);
    let why = "It cannot be written.".to_owned();
    tell(&mut running, ToWindow::Refused { why });
    check("refused", &mut running);

    let mut settling = window(open("neck_rotation"), SMALLEST);
    press(&mut settling, Key::Enter);
    check("settling in", &mut settling);
    let mut done = window(begun("neck_rotation"), SMALLEST);
    wait(&mut done, 53.5);
    check("done", &mut done);
    let mut sentence = window(message("Look far away"), SMALLEST);
    check("message", &mut sentence);
}

#[test]
fn the_menu_can_be_used_with_the_keyboard_alone() {
    let mut window = window(begun("neck_rotation"), SMALLEST);
    wait(&mut window, 5.0);
    while !window.get_by_label("More").is_focused() {
        press(&mut window, Key::Tab);
    }
    press(&mut window, Key::Enter);
    take_told(&mut window);
    while !window.get_by_label("Not for me").is_focused() {
        press(&mut window, Key::Tab);
    }
    press(&mut window, Key::Enter);
    let stretch = "neck_rotation".to_owned();
    assert_eq!(
        take_told(&mut window),
        [FromWindow::NotForMe { stretch, place: 0 }]
    );
    assert!(window.query_by_label("Not for me").is_none());
}

#[test]
fn a_page_that_is_longer_than_the_window_is_read_with_the_keys() {
    let mut window = window(begun("neck_rotation"), SMALLEST);
    wait(&mut window, 5.0);
    press(&mut window, Key::I);
    let last =
        "A chair should be firm and must not roll. This is no medical advice and no treatment.";
    let bottom = |window: &Harness<'_, Desk>| window.get_by_label(last).rect().bottom();
    assert!(bottom(&window) > SMALLEST.y);
    for _ in 0..20 {
        press(&mut window, Key::PageDown);
    }
    wait(&mut window, 1.0);
    assert!(bottom(&window) < SMALLEST.y - 60.0, "{}", bottom(&window));
    press(&mut window, Key::ArrowRight);
    window.get_by_label(last);
    press(&mut window, Key::Home);
    wait(&mut window, 1.0);
    assert!(bottom(&window) > SMALLEST.y);
}

#[test]
fn the_page_of_the_keys_names_every_key_that_does_something() {
    let mut window = window(begun("neck_rotation"), USUAL);
    wait(&mut window, 5.0);
    press(&mut window, Key::Questionmark);
    for meaning in [
        "Start, pause, go on",
        "Snooze",
        "Skip",
        "Other stretch",
        "Not for me, another one",
        "Put it back",
        "Again from the start",
        "Other side first",
        "Back to the part before",
        "On to the next part",
        "Info and safety",
        "One more, at the end",
        "These keys",
        "Full screen, and back",
        "Close",
    ] {
        assert!(
            window.query_all_by_label(meaning).next().is_some(),
            "{meaning}"
        );
    }
}

/// What a screen reader says by itself while this much time passes, a look ten times a second.
fn heard(window: &mut Harness<'_, Desk>, s: f64) -> Vec<String> {
    let mut heard = Vec::new();
    let mut last = None;
    let mut looks = 0.0;
    loop {
        let live = window
            .root()
            .children_recursive()
            .find(|node| node.accesskit_node().live() == accesskit::Live::Polite)
            .map(|node| {
                let node = node.accesskit_node();
                (node.id(), node.label().unwrap_or_default())
            });
        if let Some((id, words)) = live.filter(|(id, _)| Some(*id) != last) {
            // What was said before this began is not heard again.
            if last.replace(id).is_some() || looks == 0.0 && s == 0.0 {
                heard.push(words);
            }
        }
        if looks >= s {
            return heard;
        }
        looks += 0.1;
        window.state_mut().now += seconds(0.1);
        window.run_steps(1);
    }
}

/// The last thing that a screen reader said by itself.
fn last_heard(window: &mut Harness<'_, Desk>) -> String {
    heard(window, 0.0).pop().unwrap_or_default()
}

#[test]
fn a_screen_reader_tells_a_stretch_from_the_first_look_to_the_last_word() {
    let mut window = window(open("neck_rotation"), USUAL);
    assert_eq!(
        last_heard(&mut window),
        "Neck rotation. 53 seconds, seated or standing."
    );
    assert_eq!(heard(&mut window, 30.0), [""; 0], "nothing twice");
    click(&mut window, "Start");
    assert_eq!(last_heard(&mut window), "Get in place.");
    assert_eq!(
        heard(&mut window, 60.0),
        [
            "Chin level, shoulders low.",
            "Your right side. Turn to look right.",
            "Hold, keep the chin level.",
            "Back to the middle.",
            "Your left side. Turn to look left.",
            "Hold, keep the chin level.",
            "Back to the middle.",
            "Half of it is done.",
            "Your right side. Turn to look right.",
            "Hold, keep the chin level.",
            "Back to the middle.",
            "Your left side. Turn to look left.",
            "Hold, keep the chin level.",
            "10 seconds left.",
            "Back to the middle.",
            "Rest.",
            "Done. 53 seconds well spent. 3 breaks today.",
        ]
    );
}

#[test]
fn a_screen_reader_tells_quick_repetitions_by_their_number() {
    let mut window = window(begun("shoulder_roll"), USUAL);
    assert_eq!(
        last_heard(&mut window),
        "Shoulder roll. Arms loose, jaw soft."
    );
    let heard = heard(&mut window, 12.0);
    assert_eq!(
        heard[..5],
        [
            "Start: shoulders slide forward.",
            "Lift them toward your ears.",
            "Roll them behind you.",
            "And let them sink.",
            "2 of 5."
        ]
    );
}

#[test]
fn a_screen_reader_tells_a_pause_a_page_and_what_became_of_a_wish() {
    let mut window = window(begun("chin_tuck"), USUAL);
    wait(&mut window, 3.5);
    let cue = "Glide your head straight back.";
    press(&mut window, Key::Space);
    assert_eq!(last_heard(&mut window), "Paused.");
    press(&mut window, Key::Space);
    assert_eq!(last_heard(&mut window), format!("Going on. {cue}"));

    press(&mut window, Key::I);
    let page = last_heard(&mut window);
    assert!(page.starts_with("Info and safety. "), "{page}");
    press(&mut window, Key::Escape);
    assert_eq!(last_heard(&mut window), format!("Going on. {cue}"));

    let why = "The file is read-only.".to_owned();
    tell(&mut window, ToWindow::Refused { why: why.clone() });
    assert_eq!(last_heard(&mut window), why);
    // Back to the beginning of the phase: its cue once more.
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowRight);
    assert_eq!(last_heard(&mut window), cue);
}

#[test]
fn a_screen_reader_tells_which_stretch_of_several_comes_next() {
    let two = Open {
        stretches: ["shoulder_roll", "chin_tuck"].map(str::to_owned).to_vec(),
        ..begun("")
    };
    let mut window = window(two, USUAL);
    wait(&mut window, 45.0);
    assert_eq!(last_heard(&mut window), "Next, 2 of 2: Chin tuck.");
    window.get_by_label("2 of 2, beginning with: Look straight ahead");
    assert_tidy(&window, USUAL, "between");
    show(&mut window, &["shoulder_roll", "eagle_arms"]);
    assert_eq!(last_heard(&mut window), "Next, 2 of 2: Eagle arms.");
}

#[test]
fn a_screen_reader_that_comes_later_hears_where_things_stand() {
    let mut window = window(message("Look far away"), USUAL);
    assert_eq!(last_heard(&mut window), "Look far away.");
    assert_eq!(
        heard(&mut window, 25.0),
        ["10 seconds left.", "Done. 3 breaks today."]
    );
}

#[test]
fn everything_has_a_role_and_what_can_be_pressed_has_its_key() {
    let mut window = window(begun("neck_rotation"), USUAL);
    wait(&mut window, 4.0);
    let figure = window.get_by_role(accesskit::Role::Image);
    assert_eq!(
        figure.accesskit_node().label().as_deref(),
        Some("Figure: Neck rotation. Turn to look right")
    );
    assert_eq!(
        window.root().accesskit_node().label().as_deref(),
        Some("Unhunch")
    );
    for (name, key) in [("Pause", "Space"), ("Snooze 5 min", "S"), ("Skip", "K")] {
        let node = window.get_by_label(name);
        assert_eq!(
            node.accesskit_node().data().keyboard_shortcut(),
            Some(key),
            "{name}"
        );
    }
    let expanded = |window: &Harness<'_, Desk>| {
        let more = window.get_by_role_and_label(accesskit::Role::Button, "More");
        more.accesskit_node().data().is_expanded()
    };
    assert_eq!(expanded(&window), Some(false));
    click(&mut window, "More");
    assert_eq!(expanded(&window), Some(true));
    let row = window.get_by_label("Info and safety");
    assert_eq!(row.accesskit_node().data().keyboard_shortcut(), Some("I"));
}

#[test]
fn pictures_are_made_only_when_something_changes() {
    // Chin tuck: three seconds of sitting, then it moves for two, then it is held.
    let app = |open: Open| StretchApp::new(open, library(None), Duration::ZERO).unwrap();
    let stretch = app(begun("chin_tuck"));
    let (moving, held) = (seconds(3.5), seconds(1.5));
    assert!(
        stretch
            .next_picture(moving)
            .is_some_and(|after| after <= seconds(0.05))
    );
    assert!(
        stretch
            .next_picture(held)
            .is_some_and(|after| after >= seconds(0.25))
    );

    let mut paused = app(begun("chin_tuck"));
    paused.ask(unhunch::gui::stretch::window::Asked::StartOrPause, moving);
    assert_eq!(paused.next_picture(moving), None);

    let mut calm = begun("chin_tuck");
    calm.look.reduced_motion = true;
    let calm = app(calm);
    for t in [moving, held] {
        let after = calm.next_picture(t).unwrap();
        assert!(after >= seconds(0.4), "{after:?} after {t:?}");
    }
    let mut ready = open("chin_tuck");
    ready.look.reduced_motion = true;
    assert_eq!(app(ready).next_picture(moving), None);
}

/// Rectangles of everything that is said, but for the figure, over which the count may lie.
fn said(window: &Harness<'_, Desk>) -> Vec<(String, Rect)> {
    window
        .root()
        .children_recursive()
        .filter(|node| {
            let node = node.accesskit_node();
            matches!(
                node.role(),
                accesskit::Role::Button | accesskit::Role::Label
            )
        })
        .map(|node| {
            let name = node.accesskit_node();
            let name = name.label().or_else(|| name.value()).unwrap_or_default();
            (name, node.rect())
        })
        .collect()
}

#[track_caller]
pub fn assert_tidy(window: &Harness<'_, Desk>, size: Vec2, when: &str) {
    let all = Rect::from_min_size(egui::Pos2::ZERO, size);
    let said = said(window);
    for (i, (name, rect)) in said.iter().enumerate() {
        assert!(
            all.contains_rect(*rect),
            "{when}: {name:?} is cut off at {rect:?}"
        );
        for (other, beside) in &said[i + 1..] {
            assert!(
                !rect.shrink(0.6).intersects(beside.shrink(0.6)),
                "{when}: {name:?} at {rect:?} lies over {other:?} at {beside:?}"
            );
        }
    }
}

#[test]
fn nothing_overlaps_or_is_cut_off_in_the_smallest_window() {
    for stretch in &stretch_file::builtin().stretches {
        let mut ready = window(open(&stretch.id.0), SMALLEST);
        assert_tidy(&ready, SMALLEST, &format!("{} ready", stretch.id));
        click(&mut ready, "Start");
        assert_tidy(&ready, SMALLEST, &format!("{} settling in", stretch.id));
        wait(&mut ready, 12.0);
        assert_tidy(&ready, SMALLEST, &format!("{} running", stretch.id));
        click(&mut ready, "Pause");
        assert_tidy(&ready, SMALLEST, &format!("{} paused", stretch.id));
    }
}

#[test]
fn large_text_leaves_everything_in_its_place() {
    // What a text scale of two and a half leaves of a usual screen, in points.
    for size in [vec2(340.0, 400.0), vec2(300.0, 360.0), vec2(1200.0, 420.0)] {
        let mut window = window(begun("overhead_arm_reach"), size);
        wait(&mut window, 8.0);
        assert_tidy(&window, size, &format!("{size:?}"));
    }
}

#[test]
fn every_cue_is_shown_in_full_in_the_smallest_window() {
    let catalogue = stretch_file::builtin();
    let cues: Vec<String> = catalogue
        .stretches
        .iter()
        .flat_map(|stretch| stretch.phases.iter().map(|phase| phase.cue.clone()))
        .collect();
    let mut cut = Harness::builder()
        .with_context_setup(fonts::install)
        .build_ui_state(
            |ui, cut: &mut Vec<String>| {
                let theme = Theme::new(false, false, None);
                let sizes = (size::CUE_SMALLEST, size::CUE);
                *cut = cues
                    .iter()
                    .filter(|cue| {
                        controls::fitted(ui, cue, fonts::semibold, sizes, 388.0, theme.text).elided
                    })
                    .cloned()
                    .collect();
            },
            Vec::new(),
        );
    cut.run_steps(2);
    assert_eq!(*cut.state(), Vec::<String>::new());
}

#[test]
fn a_name_of_any_length_stays_beside_the_time() {
    let mut catalogue: Catalogue = stretch_file::builtin();
    catalogue.stretches[0].name = "A remarkably long name ".repeat(12);
    let id = catalogue.stretches[0].id.0.clone();
    let app = StretchApp::new(
        begun(&id),
        Box::new(move |_| catalogue.clone()),
        Duration::ZERO,
    )
    .unwrap();
    let mut window = Harness::builder()
        .with_size(SMALLEST)
        .with_context_setup(fonts::install)
        .build_ui_state(
            |ui, desk: &mut Desk| desk.app.ui(ui, desk.now),
            Desk {
                app,
                now: seconds(1.0),
                told: Vec::new(),
            },
        );
    window.run_steps(2);
    assert_tidy(&window, SMALLEST, "long name");
}

#[test]
fn the_figure_stays_in_its_place_through_every_stretch() {
    let catalogue = stretch_file::builtin();
    let theme = Theme::new(false, false, None);
    let area = Rect::from_min_size(egui::pos2(24.0, 80.0), vec2(512.0, 400.0));
    for stretch in &catalogue.stretches {
        let manner = Manner {
            theme: &theme,
            rig: &catalogue.rig,
            frame: stretch.frame,
            areas: &stretch.areas,
            glow: 1.0,
        };
        let timeline = Timeline::new(stretch, VariantName::Short, SideOrder::AsStored);
        let mut t = Duration::ZERO;
        while t <= timeline.total() {
            let body = pose_at(stretch, &catalogue.rig, &timeline, t);
            let mesh = figure(&body, &manner, area, 1.0);
            assert!(mesh.is_valid());
            assert!(mesh.vertices.len() < 6000, "{} is heavy", stretch.id);
            for vertex in &mesh.vertices {
                assert!(
                    area.expand(6.0).contains(vertex.pos),
                    "{} leaves its place after {t:?}: {:?}",
                    stretch.id,
                    vertex.pos
                );
            }
            t += seconds(0.4);
        }
    }
}

/// A picture of a figure: few, small, each showing one thing.
fn snapshot(name: &str, stretch: &str, dark: bool, tone: Option<u8>, scale: f32) {
    let catalogue = stretch_file::builtin();
    let theme = Theme::new(dark, false, tone);
    let stretch = catalogue.find(stretch).unwrap().clone();
    let timeline = Timeline::new(&stretch, VariantName::Standard, SideOrder::AsStored);
    let held = timeline
        .slots()
        .iter()
        .find(|slot| slot.kind == PhaseKind::Hold)
        .map_or(Duration::ZERO, |slot| slot.start);
    let body = pose_at(&stretch, &catalogue.rig, &timeline, held);
    let mut picture = Harness::builder()
        .with_size(vec2(150.0, 170.0))
        .with_pixels_per_point(scale)
        .with_options(
            SnapshotOptions::new()
                .output_path("tests/it/pictures")
                .threshold(1.0)
                .max_failed_pixels(40),
        )
        .renderer(Drawing::new(theme))
        .build_ui(move |ui| {
            let manner = Manner {
                theme: &theme,
                rig: &catalogue.rig,
                frame: stretch.frame,
                areas: &stretch.areas,
                glow: 1.0,
            };
            let mesh = figure(&body, &manner, ui.max_rect(), ui.pixels_per_point());
            ui.painter().add(mesh);
        });
    picture.run_steps(2);
    picture.snapshot(name);
}

#[test]
fn a_turned_head_is_seen_to_be_turned() {
    snapshot("neck_rotation", "neck_rotation", false, None, 1.0);
}

#[test]
fn crossing_arms_can_be_told_apart_in_the_dark() {
    snapshot("eagle_arms", "eagle_arms", true, Some(4), 2.0);
}

#[test]
fn far_limbs_are_paler_than_near_ones() {
    snapshot(
        "thread_the_needle",
        "thread_the_needle",
        false,
        Some(2),
        1.0,
    );
}
