//! The window of the settings, used as a user does: by what a screen reader calls things, by keys,
//! and by looking at it. The keeper behind it is the real one, with a file of the test.

mod any_change;
mod reach;
mod story;
mod undo;

use std::{
    fs,
    sync::{Arc, Mutex},
};

use egui::{Key, Modifiers, Vec2, accesskit, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    cli::settings::keeper::{Keeper, Outside, Places, Work},
    config_file::Location,
    core::config::Config,
    gui::{
        fonts,
        settings::{News, Page, Settings},
        shell::Content as _,
        theme::Theme,
    },
    ipc::client::CallError,
    window::wire::Look,
};

use crate::windows::Drawing;

/// High enough that nothing has to be scrolled.
const TALL: Vec2 = vec2(980.0, 2400.0);

const MINE: &str = "# Mine, do not touch.\n[sound]\nvolume = 30   # the neighbours\n";

/// A window, its keeper and its file.
pub struct Desk {
    settings: Settings,
    keeper: Keeper,
    told: Arc<Mutex<Vec<News>>>,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new(text: &str, page: Page) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        fs::write(&file, text).unwrap();
        let places = Places {
            settings: Location::chosen(file),
            stretches: folder.path().join("stretches"),
            history: folder.path().join("history.db"),
            memory: folder.path().join("window.json"),
        };
        let look = Look {
            dark: false,
            high_contrast: false,
            reduced_motion: true,
            figure_tone: None,
            text_scale: 1.0,
        };
        let told = Arc::<Mutex<Vec<News>>>::default();
        let window = Arc::clone(&told);
        let outside = Outside {
            daemon: Arc::new(|_| Err(CallError::NotRunning)),
            post: Arc::new(|_| {}),
            wishes: None,
            saved: folder.path().to_owned(),
        };
        let tell = Arc::new(move |news| window.lock().unwrap().push(news));
        let mut keeper = Keeper::new(places, look, tell, outside);
        keeper.do_it(Work::FilesChanged);
        let mut desk = Self {
            settings: Settings::new(Theme::new(false, false, None), true, page),
            keeper,
            told,
            folder,
        };
        desk.pass_on();
        desk
    }

    /// What the window asks reaches the keeper, and what that says the window.
    fn pass_on(&mut self) {
        for ask in self.settings.take_asks() {
            self.keeper.do_it(Work::Ask(ask));
        }
        for news in std::mem::take(&mut *self.told.lock().unwrap()) {
            self.settings.hear(news);
        }
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("config.toml")
    }

    /// The file as it is now.
    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    /// Somebody else writes the file.
    fn edit(&mut self, text: &str) {
        fs::write(self.file(), text).unwrap();
        self.keeper.do_it(Work::FilesChanged);
        self.pass_on();
    }

    fn config(&self) -> &Config {
        self.settings.config()
    }
}

type Window = Harness<'static, Desk>;

fn open(text: &str, page: Page) -> Window {
    open_as(text, page, TALL)
}

fn open_as(text: &str, page: Page, size: Vec2) -> Window {
    let theme = Theme::new(false, false, None);
    let desk = Desk::new(text, page);
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
                let now = std::time::Duration::from_secs_f64(ui.input(|input| input.time));
                desk.settings.ui(ui, now);
                desk.pass_on();
            },
            desk,
        );
    window.run_steps(3);
    window
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

fn command(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

/// Puts the focus into a field, and types in place of what stands there.
fn type_into(window: &mut Window, label: &str, words: &str) {
    window
        .get_by_role_and_label(accesskit::Role::TextInput, label)
        .focus();
    window.run_steps(3);
    command(window, Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(words.to_owned()));
    window.run_steps(3);
}

fn is_there(window: &Window, label: &str) -> bool {
    window.query_all_by_label(label).next().is_some()
}

fn has_words(window: &Window, part: &str) -> bool {
    window.query_all_by_label_contains(part).next().is_some()
}

fn focused(window: &Window) -> Option<String> {
    window
        .root()
        .children_recursive()
        .find(|node| node.accesskit_node().is_focused())
        .and_then(|node| node.accesskit_node().label())
}

#[test]
fn every_page_opens_by_its_name_and_by_its_number() {
    let mut window = open("", Page::Schedule);
    for name in [
        "Stretches",
        "When to hold back",
        "Look & sound",
        "Hooks",
        "History & privacy",
        "About",
        "Schedule",
    ] {
        window
            .get_by_role_and_label(accesskit::Role::Tab, name)
            .click();
        window.run_steps(4);
        let title = format!("{name} – Unhunch settings");
        assert_eq!(window.state().settings.title(), title);
    }
    command(&mut window, Modifiers::COMMAND, Key::Num4);
    assert_eq!(
        window.state().settings.title(),
        "Look & sound – Unhunch settings"
    );
    window.get_by_role_and_label(accesskit::Role::Heading, "Look & sound");
}

#[test]
fn a_switch_counts_at_once_and_leaves_the_rest_of_the_file_alone() {
    let mut window = open(MINE, Page::Look);
    click(&mut window, "Soft sounds");
    let wanted = MINE.replace("[sound]\n", "[sound]\non = false\n");
    let text = window.state().text();
    assert!(
        text == wanted || text == format!("{MINE}on = false\n"),
        "{text}"
    );
    assert!(!window.state().config().sound.on);
    window.get_by_label("Soft sounds: off");
}

#[test]
fn one_of_several_is_chosen_by_a_click() {
    let mut window = open(MINE, Page::Look);
    click(&mut window, "Dark");
    assert!(window.state().text().contains("theme = \"dark\""));
    window.get_by_label("Colours: Dark");
}

#[test]
fn what_is_typed_counts_when_it_is_taken() {
    let mut window = open(MINE, Page::Schedule);
    type_into(&mut window, "Wait for a pause in typing", "25s");
    assert_eq!(window.state().text(), MINE, "it is still being typed");
    press(&mut window, Key::Enter);
    assert!(window.state().text().contains("lull = \"25s\""));
}

#[test]
fn what_cannot_be_is_refused_in_the_words_of_the_file_and_stays_to_be_mended() {
    let mut window = open(MINE, Page::Schedule);
    type_into(&mut window, "Wait for a pause in typing", "9h");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().text(), MINE);
    assert!(has_words(&window, "from 0s to 5min"), "what is allowed");
    type_into(&mut window, "Wait for a pause in typing", "9");
    press(&mut window, Key::Enter);
    assert!(
        has_words(&window, "\"9s\""),
        "what it may have been meant to be"
    );
    press(&mut window, Key::Escape);
    assert_eq!(window.state().text(), MINE);
    assert!(!has_words(&window, "\"9s\""), "it is as it was");
}

#[test]
fn buttons_and_arrows_step_to_round_figures_and_no_further_than_allowed() {
    let mut window = open(MINE, Page::Schedule);
    click(&mut window, "More: Wait for a pause in typing");
    assert!(window.state().text().contains("lull = \"15s\""));
    let field = "Wait for a pause in typing";
    window
        .get_by_role_and_label(accesskit::Role::TextInput, field)
        .focus();
    window.run_steps(3);
    for _ in 0..3 {
        press(&mut window, Key::ArrowDown);
    }
    assert!(window.state().text().contains("lull = \"8s\""));
    for _ in 0..20 {
        press(&mut window, Key::ArrowDown);
    }
    assert!(window.state().text().contains("lull = \"0s\""));
    let less = window.get_by_label("Less: Wait for a pause in typing");
    assert!(less.accesskit_node().is_disabled());
}

#[test]
fn a_snooze_is_added_changed_and_taken_away() {
    let mut window = open(MINE, Page::Schedule);
    click(&mut window, "Add one");
    assert_eq!(window.state().config().schedule.snooze.len(), 3);
    type_into(&mut window, "Snooze 3", "20min");
    press(&mut window, Key::Enter);
    let text = window.state().text();
    assert!(
        text.contains(r#"snooze = ["5min", "10min", "20min"]"#),
        "{text}"
    );
    click(&mut window, "Take snooze 1 away");
    let text = window.state().text();
    assert!(text.contains(r#"snooze = ["10min", "20min"]"#), "{text}");
}

#[test]
fn a_setting_is_reset_by_a_button_that_says_to_what() {
    let mut window = open("[schedule]\nlull = \"30s\" # mine\n", Page::Schedule);
    click(&mut window, "Reset “Wait for a pause in typing” to 10s");
    assert_eq!(window.state().text(), "[schedule]\nlull = \"10s\" # mine\n");
    assert!(!is_there(
        &window,
        "Reset “Wait for a pause in typing” to 10s"
    ));
}

#[test]
fn a_search_finds_settings_of_all_pages_and_changes_them_in_place() {
    let mut window = open(MINE, Page::Schedule);
    command(&mut window, Modifiers::COMMAND, Key::F);
    window.event(egui::Event::Text("volume".to_owned()));
    window.run_steps(4);
    window.get_by_role_and_label(accesskit::Role::Heading, "One setting");
    window
        .get_by_role_and_label(accesskit::Role::Slider, "How loud")
        .focus();
    window.run_steps(3);
    press(&mut window, Key::ArrowRight);
    assert_eq!(window.state().config().sound.volume, 31);
    command(&mut window, Modifiers::COMMAND, Key::F);
    window.event(egui::Event::Text("nothing of that kind".to_owned()));
    window.run_steps(4);
    window.get_by_label("Nothing found");
    press(&mut window, Key::Escape);
    window.get_by_role_and_label(accesskit::Role::Heading, "Schedule");
}

#[test]
fn what_an_editor_writes_shows_up() {
    let mut window = open(MINE, Page::Schedule);
    window.state_mut().edit("[schedule]\nlull = \"42s\"\n");
    window.run_steps(3);
    let field = window
        .get_by_role_and_label(accesskit::Role::TextInput, "Wait for a pause in typing")
        .accesskit_node()
        .value();
    assert_eq!(field.as_deref(), Some("42s"));
}

#[test]
fn a_file_that_cannot_be_written_leaves_all_as_it_was_and_says_why() {
    let mut window = open(MINE, Page::Look);
    let file = window.state().file();
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    click(&mut window, "Soft sounds");
    assert_eq!(window.state().text(), MINE);
    assert!(window.state().config().sound.on, "the switch is back");
    assert!(has_words(&window, "config.toml"));
}

#[test]
fn stretches_are_chosen_by_what_they_are() {
    let mut window = open("", Page::Stretches);
    click(&mut window, "By what they are");
    click(&mut window, "floor");
    click(&mut window, "neck");
    let text = window.state().text();
    assert!(
        text.contains(r#"posture = ["floor"]"#) || text.contains("areas"),
        "{text}"
    );
    click(&mut window, "One by one");
    let text = window.state().text();
    assert!(text.contains("stretches = ["), "{text}");
}

#[test]
fn a_stretch_is_switched_in_the_gallery_and_undone_on_another_page() {
    let mut window = open(MINE, Page::Stretches);
    let before = window.state().config().rotation.clone();
    window
        .get_by_role_and_label(accesskit::Role::Switch, "Shoulder roll in breaks")
        .click();
    window.run_steps(4);
    assert_ne!(window.state().config().rotation, before);
    command(&mut window, Modifiers::COMMAND, Key::Num1);
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), MINE);
}

#[test]
fn a_mistake_is_shown_at_its_place_and_mended_there() {
    let text = "# Mine.\n[schedule]\nlull = \"9 parsec\" # far\n[look]\nthem = \"dark\"\n";
    let mut window = open(text, Page::Schedule);
    assert!(has_words(&window, "There are 2 mistakes in"));
    assert!(has_words(&window, "Line 3: "));
    assert!(!has_words(&window, "Line 5: "), "it is on its own page");
    click(&mut window, "Use the default, `\"10s\"`");
    let mended = text.replace("9 parsec", "10s");
    assert_eq!(window.state().text(), mended);
    click(&mut window, "1 on “Look & sound”");
    assert!(has_words(&window, "Line 5: "));
    click(&mut window, "Write `theme`");
    let all = mended.replace("them ", "theme ");
    assert_eq!(window.state().text(), all);
    assert!(!has_words(&window, "mistake"));
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), mended);
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), text);
}

#[test]
fn a_line_with_a_mistake_can_be_written_anew() {
    let text = "# Mine.\n[schedule\nlull = \"5s\"\n";
    let mut window = open(text, Page::Schedule);
    type_into(&mut window, "Line 2 of the file", "[schedule]");
    press(&mut window, Key::Enter);
    assert_eq!(
        window.state().text(),
        text.replace("[schedule\n", "[schedule]\n")
    );
    assert!(!has_words(&window, "mistake"));
    assert_eq!(window.state().config().schedule.lull.as_secs(), 5);
}

#[test]
fn a_mistake_elsewhere_does_not_stand_in_the_way_of_a_change() {
    let text = "[look]\nthem = \"dark\"\n";
    let mut window = open(text, Page::Look);
    click(&mut window, "Soft sounds");
    assert_eq!(
        window.state().text(),
        format!("{text}\n[sound]\non = false\n")
    );
}

#[test]
fn a_mistake_further_down_is_scrolled_to() {
    let text = "[schedule]\nlate = \"9 parsec\"\n";
    let mut window = open_as(text, Page::Schedule, vec2(900.0, 600.0));
    click(&mut window, "Show line 2");
    window.run_steps(20);
    let mended = window.get_by_label("Take the line out");
    let bounds = mended.accesskit_node().bounding_box().unwrap();
    assert!(bounds.y0 > 0.0 && bounds.y1 < 600.0, "{bounds:?}");
    click(&mut window, "Take the line out");
    assert_eq!(
        window.state().text(),
        "",
        "with its heading, which says nothing more"
    );
}
