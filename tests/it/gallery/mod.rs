//! The gallery, used as a user does: by what a screen reader calls things, by keys, and by looking
//! at a few pictures.

#[cfg(target_os = "linux")]
mod story;

use std::{path::Path, time::Duration};

use egui::{Key, Modifiers, Vec2, accesskit, vec2};
use egui_kittest::{
    Harness, SnapshotOptions,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    core::{
        rotation::{Preset, Weight},
        stretch::{Catalogue, StretchId},
    },
    gui::{
        fonts,
        gallery::{Ago, Ask, Gallery, Item, News, Said, Shelf, Standing, Standings},
        theme::Theme,
    },
    stretch_file,
};

use crate::windows::Drawing;

const USUAL: Vec2 = vec2(1080.0, 760.0);
const SMALLEST: Vec2 = vec2(560.0, 480.0);

/// A window with its clock and what it has asked for.
struct Desk {
    gallery: Gallery,
    now: Duration,
    asked: Vec<Ask>,
}

fn standings(catalogue: &Catalogue) -> Standings {
    let each = catalogue.stretches.iter().map(|stretch| Standing {
        on: stretch.default_on,
        weight: Weight::Normal,
        times: u32::from(stretch.id.as_str() == "chin_tuck") * 3,
        last: (stretch.id.as_str() == "chin_tuck").then_some(Ago::Yesterday),
    });
    Standings {
        each: each.collect(),
        preset: Some(Preset::Desk),
        can_undo: false,
        mistakes: Vec::new(),
    }
}

fn shelf(catalogue: Catalogue) -> News {
    let standings = standings(&catalogue);
    let items = catalogue.stretches.into_iter();
    let shelf = Shelf {
        rig: catalogue.rig,
        items: items.map(|stretch| Item::new(stretch, false)).collect(),
    };
    News::Shelf(Box::new(shelf), standings)
}

fn look(size: Vec2, dark: bool, reduced_motion: bool) -> Harness<'static, Desk> {
    let theme = Theme::new(dark, false, None);
    let mut gallery = Gallery::new(theme, reduced_motion);
    gallery.hear(shelf(stretch_file::builtin()));
    let desk = Desk {
        gallery,
        now: Duration::ZERO,
        asked: Vec::new(),
    };
    let mut window = Harness::builder()
        .with_size(size)
        .with_step_dt(0.02)
        .with_theme(if dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        })
        .with_options(
            SnapshotOptions::new()
                .output_path("tests/it/pictures")
                .threshold(1.0)
                .max_failed_pixels(80),
        )
        .renderer(Drawing::new(theme))
        .with_context_setup(move |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        })
        .build_ui_state(
            |ui, desk: &mut Desk| {
                desk.gallery.ui(ui, desk.now);
                desk.asked.extend(desk.gallery.take_asks());
            },
            desk,
        );
    window.run_steps(3);
    window
}

fn window() -> Harness<'static, Desk> {
    look(USUAL, false, false)
}

fn press(window: &mut Harness<'_, Desk>, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

fn command(window: &mut Harness<'_, Desk>, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run_steps(3);
}

fn click(window: &mut Harness<'_, Desk>, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn type_text(window: &mut Harness<'_, Desk>, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(3);
}

fn hear(window: &mut Harness<'_, Desk>, news: News) {
    window.state_mut().gallery.hear(news);
    window.run_steps(3);
}

fn asked(window: &mut Harness<'_, Desk>) -> Vec<Ask> {
    std::mem::take(&mut window.state_mut().asked)
}

fn id(stretch: &str) -> StretchId {
    StretchId(stretch.to_owned())
}

fn switch(stretch: &str, on: bool) -> Ask {
    Ask::Switch {
        stretch: id(stretch),
        on,
    }
}

/// Names of the cards, in their order.
fn cards(window: &Harness<'_, Desk>) -> Vec<String> {
    let switches = window
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().role() == accesskit::Role::Switch)
        .filter_map(|node| node.accesskit_node().label());
    switches
        .filter_map(|label| label.strip_suffix(" in breaks").map(str::to_owned))
        .collect()
}

/// Whether a switch, chip or segment is on.
fn is_on(window: &Harness<'_, Desk>, label: &str) -> bool {
    let node = window.get_by_label(label);
    node.accesskit_node().toggled() == Some(accesskit::Toggled::True)
}

/// The name of what has the focus.
fn focused(window: &Harness<'_, Desk>) -> Option<String> {
    window
        .root()
        .children_recursive()
        .find(|node| node.accesskit_node().is_focused())
        .and_then(|node| node.accesskit_node().label())
}

#[test]
fn every_stretch_has_a_card_with_a_switch_that_says_how_it_stands() {
    let window = window();
    let catalogue = stretch_file::builtin();
    let names: Vec<&str> = catalogue
        .stretches
        .iter()
        .map(|s| s.name.as_str())
        .collect();
    assert_eq!(cards(&window), names);
    window.get_by_label("22 of 37 are on");
    window.get_by_label("37 stretches");
    for stretch in &catalogue.stretches {
        let label = format!("{} in breaks", stretch.name);
        assert_eq!(is_on(&window, &label), stretch.default_on, "{label}");
    }
    let card = window.get_by_label("Chin tuck");
    let said = card.accesskit_node().description().unwrap();
    for part in [
        "50 s",
        "seated or standing",
        "neck",
        "others hardly notice",
        "3× this week, last yesterday",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
}

#[test]
fn a_switch_asks_for_what_it_shows_and_shows_it_at_once() {
    let mut window = window();
    click(&mut window, "Shoulder roll in breaks");
    assert_eq!(asked(&mut window), [switch("shoulder_roll", false)]);
    assert!(!is_on(&window, "Shoulder roll in breaks"));
    window.get_by_label("21 of 37 are on");
    click(&mut window, "Shoulder roll in breaks");
    assert_eq!(asked(&mut window), [switch("shoulder_roll", true)]);
    assert!(is_on(&window, "Shoulder roll in breaks"));
}

#[test]
fn what_was_done_is_said_and_can_be_undone() {
    let mut window = window();
    let said = Said {
        words: "Shoulder roll does not come any more".to_owned(),
        undo: true,
    };
    let undoable = Standings {
        can_undo: true,
        ..standings(&stretch_file::builtin())
    };
    command(&mut window, Key::Z);
    assert_eq!(asked(&mut window), [], "nothing to undo");
    hear(&mut window, News::Standings(undoable.clone()));
    hear(&mut window, News::Said(said.clone()));
    window.get_by_label(&said.words);
    click(&mut window, "Undo");
    command(&mut window, Key::Z);
    assert_eq!(asked(&mut window), [Ask::Undo, Ask::Undo]);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label(&said.words).is_none());

    hear(&mut window, News::Said(said.clone()));
    click(&mut window, "Close this message");
    assert!(window.query_by_label(&said.words).is_none());

    hear(&mut window, News::Said(said.clone()));
    hear(
        &mut window,
        News::Standings(standings(&stretch_file::builtin())),
    );
    assert!(
        window.query_by_label("Undo").is_none(),
        "not offered in vain"
    );
}

#[test]
fn the_ready_made_choice_in_effect_is_marked_and_another_can_be_taken() {
    let mut window = window();
    assert!(is_on(&window, "At my desk"));
    assert!(!is_on(&window, "Home with a mat"));
    click(&mut window, "Open-plan, discreet");
    assert_eq!(asked(&mut window), [Ask::Choose(Preset::OpenPlan)]);
    let other = Standings {
        preset: None,
        ..standings(&stretch_file::builtin())
    };
    hear(&mut window, News::Standings(other));
    assert!(!is_on(&window, "At my desk"));
}

#[test]
fn searching_narrows_and_escape_shows_all_again() {
    let mut window = window();
    press(&mut window, Key::Slash);
    assert_eq!(focused(&window).as_deref(), Some("Search the stretches"));
    type_text(&mut window, "wrist");
    assert_eq!(
        cards(&window),
        ["Wrist flexor stretch", "Wrist extensor stretch"]
    );
    window.get_by_label("2 of 37 stretches");
    command(&mut window, Key::A);
    type_text(&mut window, "shoulder roll");
    // The other one rolls the head towards a shoulder.
    assert_eq!(
        cards(&window),
        ["Shoulder roll", "Neck flexion with side roll"]
    );
    press(&mut window, Key::Escape);
    assert_eq!(cards(&window).len(), 37);

    type_text(&mut window, "cobra");
    command(&mut window, Key::F);
    type_text(&mut window, "zebra");
    assert_eq!(cards(&window), [] as [&str; 0]);
    window.get_by_label("No stretch is like that");
    click(&mut window, "Show all");
    assert_eq!(cards(&window).len(), 37);
}

#[test]
fn fast_fingers_lose_no_key() {
    let mut window = window();
    let key = |key| egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let typed = |text: &str| egui::Event::Text(text.to_owned());
    let at_once = [
        key(Key::Slash),
        typed("/"),
        typed("co"),
        typed("bra"),
        key(Key::ArrowDown),
        key(Key::Space),
        typed(" "),
        key(Key::Enter),
    ];
    window.input_mut().events.extend(at_once);
    window.run_steps(6);
    assert_eq!(asked(&mut window), [switch("cobra", true)]);
    window.get_by_label("1 of 1");
}

#[test]
fn chips_narrow_and_say_that_they_are_pressed() {
    let mut window = window();
    click(&mut window, "Floor");
    assert!(is_on(&window, "Floor"));
    assert!(cards(&window).contains(&"Sphinx".to_owned()));
    assert!(!cards(&window).contains(&"Chin tuck".to_owned()));
    click(&mut window, "Only those that are on");
    assert_eq!(cards(&window), [] as [&str; 0]);
    click(&mut window, "Floor");
    assert_eq!(cards(&window).len(), 22);
    press(&mut window, Key::Escape);
    assert_eq!(cards(&window).len(), 37);
}

#[test]
fn what_is_switched_off_does_not_vanish_from_under_the_pointer() {
    let mut window = window();
    click(&mut window, "Only those that are on");
    click(&mut window, "Shoulder roll in breaks");
    assert_eq!(cards(&window).len(), 22);
    click(&mut window, "Neck");
    assert!(!cards(&window).contains(&"Shoulder roll".to_owned()));
}

#[test]
fn the_keyboard_alone_walks_switches_and_opens() {
    let mut window = window();
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("Search the stretches"));
    press(&mut window, Key::ArrowDown);
    assert_eq!(focused(&window).as_deref(), Some("Shoulder roll"));
    press(&mut window, Key::ArrowRight);
    assert_eq!(
        focused(&window).as_deref(),
        Some("Neck flexion with side roll")
    );
    press(&mut window, Key::ArrowDown);
    assert_eq!(focused(&window).as_deref(), Some("Knees to chest"));
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(
        focused(&window).as_deref(),
        Some("Shoulder roll"),
        "no further"
    );
    press(&mut window, Key::Space);
    assert_eq!(asked(&mut window), [switch("shoulder_roll", false)]);
    window.get_by_label("21 of 37 are on");
    assert_eq!(focused(&window).as_deref(), Some("Shoulder roll"));
    press(&mut window, Key::ArrowRight);
    for key in [Key::Plus, Key::Equals, Key::Minus] {
        press(&mut window, key);
    }
    let weigh = |weight| Ask::Weigh {
        stretch: id("neck_flexion"),
        weight,
    };
    // There is no more than more.
    assert_eq!(
        asked(&mut window),
        [weigh(Weight::More), weigh(Weight::Normal)]
    );
}

#[test]
fn tab_goes_from_card_to_switch_to_card_also_out_of_sight() {
    let mut window = window();
    press(&mut window, Key::End);
    press(&mut window, Key::Tab);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::End);
    assert_eq!(focused(&window).as_deref(), Some("Cobra"));
    window.run_steps(20);
    let last = window.get_by_label("Cobra").rect();
    assert!(
        last.bottom() <= USUAL.y && last.top() > 0.0,
        "in sight: {last:?}"
    );
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("Cobra in breaks"));
    press(&mut window, Key::Home);
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
        window.run_steps(3);
    }
    assert_eq!(focused(&window).as_deref(), Some("Sphinx in breaks"));
}

#[test]
fn enter_opens_the_page_and_escape_returns_to_the_same_card() {
    let mut window = window();
    press(&mut window, Key::Tab);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::Enter);
    window.get_by_label("2 of 37");
    assert_eq!(
        window.state().gallery.title(),
        "Neck flexion with side roll – Stretches – Unhunch"
    );
    press(&mut window, Key::ArrowRight);
    window.get_by_label("3 of 37");
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    window.get_by_label("1 of 37");
    press(&mut window, Key::Escape);
    assert_eq!(focused(&window).as_deref(), Some("Shoulder roll"));
    assert_eq!(cards(&window).len(), 37);
}

#[test]
fn the_page_of_a_stretch_says_everything_and_can_do_everything() {
    let mut window = window();
    click(&mut window, "Shoulder roll");
    for said in [
        "Length: 29 s short · 45 s standard · 69 s long",
        "Where: standing or seated",
        "Needs: nothing",
        "At work: others hardly notice",
        "Done: Not done yet",
        "1 of 37",
    ] {
        window.get_by_label(said);
    }
    window.get_by_label("Breath");
    window.get_by_label("Mind");
    click(&mut window, "More often");
    click(&mut window, "Shoulder roll in breaks");
    click(&mut window, "Try it now");
    assert_eq!(
        asked(&mut window),
        [
            Ask::Weigh {
                stretch: id("shoulder_roll"),
                weight: Weight::More
            },
            switch("shoulder_roll", false),
            Ask::Try(id("shoulder_roll")),
        ]
    );
    press(&mut window, Key::Minus);
    assert_eq!(asked(&mut window), [], "it is off");
    press(&mut window, Key::T);
    assert_eq!(asked(&mut window), [Ask::Try(id("shoulder_roll"))]);
    click(&mut window, "The next stretch");
    window.get_by_label("2 of 37");
    click(&mut window, "All stretches");
    assert_eq!(cards(&window).len(), 37);
}

#[test]
fn only_what_is_pointed_at_moves_and_nothing_with_reduced_motion() {
    for reduced in [false, true] {
        let mut window = look(USUAL, false, reduced);
        assert_eq!(window.state().gallery.next_picture(), None);
        window.get_by_label("Shoulder roll").hover();
        window.run_steps(3);
        assert_eq!(window.state().gallery.next_picture().is_some(), !reduced);
        window.hover_at(egui::pos2(4.0, 4.0));
        window.run_steps(3);
        assert_eq!(window.state().gallery.next_picture(), None);
    }
    let mut still = look(USUAL, false, true);
    click(&mut still, "Shoulder roll");
    assert_eq!(still.state().gallery.next_picture(), None);
    assert!(
        still
            .query_by_label_contains("The key poses side by side")
            .is_some()
    );
}

#[test]
fn mistakes_in_the_settings_are_shown_with_their_place() {
    let mut window = window();
    let wrong = Standings {
        mistakes: vec!["config.toml, line 3: there is no such stretch".to_owned()],
        ..standings(&stretch_file::builtin())
    };
    hear(&mut window, News::Standings(wrong));
    window.get_by_label("config.toml, line 3: there is no such stretch");
    click(&mut window, "Shoulder roll");
    window.get_by_label("config.toml, line 3: there is no such stretch");
}

#[test]
fn nothing_lies_outside_of_the_smallest_window() {
    let mut window = look(SMALLEST, true, false);
    let sides = |window: &Harness<'_, Desk>| {
        for node in window.root().children_recursive() {
            let node = node.accesskit_node();
            let Some(area) = node.bounding_box() else {
                continue;
            };
            assert!(
                area.x0 >= -0.5 && area.x1 <= f64::from(SMALLEST.x) + 0.5,
                "{:?} is at {area:?}",
                node.label()
            );
        }
    };
    sides(&window);
    click(&mut window, "Overhead arm reach with side lean");
    sides(&window);
}

#[test]
fn every_page_can_be_shown_in_every_size() {
    for size in [SMALLEST, vec2(1920.0, 1080.0)] {
        let mut window = look(size, false, false);
        press(&mut window, Key::Tab);
        press(&mut window, Key::ArrowDown);
        press(&mut window, Key::Enter);
        for n in 1..=37 {
            window.get_by_label(&format!("{n} of 37"));
            window.key_press(Key::ArrowRight);
            window.run_steps(2);
        }
    }
}

/// Two stretches in words: pictures of the window should not change with every figure.
const IN_WORDS: &str = r#"
[stretch.window_look]
name = "Look out of the window"
summary = "Stand at the window and let the eyes rest far away."
posture = "standing"
areas = ["neck"]
step = [
  { seconds = 10, cue = "Walk to the window" },
  { seconds = 20, cue = "Look as far as you can", breath = "easy" },
]
[stretch.stairs]
name = "Once down the stairs and up again"
posture = "standing"
areas = ["legs", "hips"]
noticeability = 3
step = [{ seconds = 40, cue = "Down, and up again" }]
"#;

fn in_words(size: Vec2, dark: bool) -> Harness<'static, Desk> {
    let mut window = look(size, dark, false);
    let mut catalogue = stretch_file::builtin();
    let file = Path::new("mine.toml");
    catalogue.stretches = stretch_file::read(file, IN_WORDS, &catalogue.rig).unwrap();
    let mut standings = standings(&catalogue);
    standings.each[0].weight = Weight::More;
    standings.each[1].on = false;
    let items = catalogue.stretches.into_iter();
    let shelf = Shelf {
        rig: catalogue.rig,
        items: items.map(|stretch| Item::new(stretch, true)).collect(),
    };
    hear(&mut window, News::Shelf(Box::new(shelf), standings));
    window
}

#[test]
fn the_cards_look_as_they_should() {
    let mut window = in_words(vec2(560.0, 600.0), false);
    assert_eq!(cards(&window).len(), 2);
    window.snapshot("gallery");
}

#[test]
fn the_page_of_a_stretch_looks_as_it_should() {
    let mut window = in_words(vec2(900.0, 480.0), true);
    click(&mut window, "Look out of the window");
    window.snapshot("gallery_detail");
}
