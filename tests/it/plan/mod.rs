//! The parts of the page "Schedule" of the settings: the strip of a day, working hours as a week,
//! the reminders. Used as a user does, with a real file behind the window.

mod reminders;
mod strip;
mod week;

use std::{fs, path::PathBuf, time::Duration};

use chrono::NaiveDate;
use egui::{Event, Key, Modifiers, Rect, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness, Node,
    kittest::{NodeT as _, Queryable as _},
};
use tempfile::TempDir;
use unhunch::{
    config_file::{self, Location, Step, Undone},
    core::{config::Config, outlook::Forecast, schedule::Rules, time::Zone},
    gui::{
        fonts,
        settings::{Ask, News, Page, Settings, Standing},
        shell::Content as _,
        theme::Theme,
    },
    stretch_file,
};

use crate::windows::Drawing;

/// Everything of the page at once.
const TALL: Vec2 = vec2(1000.0, 3200.0);
/// A page of about 420 points beside the narrow list of pages.
const NARROW: Vec2 = vec2(500.0, 4200.0);

/// The window, and what keeps its file.
struct Desk {
    settings: Settings,
    folder: TempDir,
    /// What was changed, to be taken back.
    steps: Vec<Step>,
    /// What was done, in the words for the user.
    said: Vec<String>,
    copied: Option<String>,
}

impl Desk {
    fn file(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap_or_default()
    }

    fn location(&self) -> Location {
        Location {
            chosen: false,
            ..Location::chosen(self.file())
        }
    }

    /// Does what the window asks, as the program does.
    fn keep(&mut self) {
        let asks = self.settings.take_asks();
        for ask in asks {
            let seen = match ask {
                Ask::Change(number, change) => {
                    let location = self.location();
                    let made = config_file::edit_step(&location, &[], |config| change.make(config));
                    self.steps.extend(made.unwrap().1);
                    self.said.push(change.said().to_owned());
                    number
                }
                Ask::Undo => {
                    let step = self.steps.pop().unwrap();
                    let undone = config_file::take_back(&self.location(), &step).unwrap();
                    assert_eq!(undone, Undone::Done);
                    u64::MAX
                }
                other => panic!("{other:?}"),
            };
            self.tell(seen);
        }
    }

    fn tell(&mut self, seen: u64) {
        let loaded = config_file::load(&self.location(), &[]);
        assert!(loaded.problems.is_empty(), "{}", self.text());
        self.settings
            .hear(News::Forecast(Box::new(forecast(&loaded.config))));
        self.settings.hear(News::Standing(Box::new(Standing {
            config: loaded.config,
            can_undo: !self.steps.is_empty(),
            seen,
            ..Standing::default()
        })));
    }

    fn config(&self) -> Config {
        config_file::load(&self.location(), &[]).config
    }
}

/// From Monday, 2 March 2026 on, in Berlin.
fn forecast(config: &Config) -> Forecast {
    let rules = Rules::new(config.clone(), &stretch_file::candidates(None)).unwrap();
    let zone = Zone::Named("Europe/Berlin".parse().unwrap());
    Forecast::of(&rules, zone, NaiveDate::from_ymd_opt(2026, 3, 2).unwrap())
}

type Window = Harness<'static, Desk>;

fn look(size: Vec2, settings: &str) -> Window {
    look_in(size, Theme::new(false, false, None), 1.0, settings)
}

fn look_in(size: Vec2, theme: Theme, scale: f32, settings: &str) -> Window {
    let folder = TempDir::new().unwrap();
    let mut desk = Desk {
        settings: Settings::new(theme, true, Page::Schedule),
        folder,
        steps: Vec::new(),
        said: Vec::new(),
        copied: None,
    };
    if !settings.is_empty() {
        fs::write(desk.file(), settings).unwrap();
    }
    desk.tell(0);
    let mut window = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_step_dt(0.02)
        .renderer(Drawing::new(theme))
        .with_context_setup(move |ctx| {
            fonts::install(ctx);
            theme.apply(ctx, true);
        })
        .build_ui_state(
            |ui, desk: &mut Desk| {
                desk.settings.ui(ui, Duration::ZERO);
                let copied = ui.output(|output| {
                    output.commands.iter().find_map(|command| match command {
                        egui::OutputCommand::CopyText(text) => Some(text.clone()),
                        _ => None,
                    })
                });
                desk.copied = copied.or(desk.copied.take());
                desk.keep();
            },
            desk,
        );
    window.run_steps(4);
    window
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

/// Clicks on one of several that are side by side; other things may have the same name.
fn choose(window: &mut Window, label: &str) {
    window
        .get_all_by_label(label)
        .find(|node| node.accesskit_node().role() == Role::RadioButton)
        .unwrap()
        .click();
    window.run_steps(4);
}

fn press(window: &mut Window, key: Key) {
    press_with(window, Modifiers::NONE, key);
}

fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

/// Types in place of what stands in the field with the focus.
fn type_over(window: &mut Window, words: &str) {
    press_with(window, Modifiers::COMMAND, Key::A);
    window.event(Event::Text(words.to_owned()));
    window.run_steps(3);
}

/// Presses Tab until this has the focus.
fn tab_to(window: &mut Window, label: &str) {
    let mut seen = Vec::new();
    for _ in 0..150 {
        press(window, Key::Tab);
        let here = focused(window).unwrap_or_default();
        if here == label {
            return;
        }
        seen.push(here);
    }
    panic!("{label} is not among {seen:?}");
}

fn focused_node<'a>(window: &'a Window) -> Option<Node<'a>> {
    let root = window.root();
    root.children_recursive()
        .find(|node| node.accesskit_node().is_focused())
}

fn focused(window: &Window) -> Option<String> {
    focused_node(window)?.accesskit_node().label()
}

fn place(window: &Window, label: &str) -> Rect {
    window.get_by_label(label).rect()
}

/// The node whose label begins like this.
fn beginning<'a>(window: &'a Window, label: &str) -> Node<'a> {
    let found = window.root().children_recursive().find(|node| {
        let node = node.accesskit_node();
        // Of plain text, what it says is its value.
        let own = node.label().or_else(|| node.value()).unwrap_or_default();
        own.starts_with(label)
    });
    found.unwrap_or_else(|| panic!("nothing begins with {label}"))
}

const THREE: &str = "[[reminder]]\nid = \"upper-back\"\nevery = \"1h\"\n\n\
    [[reminder]]\nid = \"eyes\"\nevery = \"20min\"\nmessage = \"Look far away\"\nlength = \"20s\"\n\n\
    [[reminder]]\nid = \"walk\"\nat = [\"11:00\", \"15:30\"]\n";

const HOURS: &str = "[hours]\nmon = [\"09:00-12:30\", \"13:15-18:00\"]\nfri = [\"22:00-06:00\"]\n";

#[test]
fn everything_with_the_focus_has_a_name_and_tab_comes_round() {
    for size in [TALL, NARROW] {
        let mut window = look(size, &format!("{HOURS}\n{THREE}"));
        click(&mut window, "eyes: every 20min · a message, 20s");
        click(&mut window, "More settings");
        let mut names = Vec::new();
        for _ in 0..150 {
            press(&mut window, Key::Tab);
            let Some(node) = focused_node(&window) else {
                continue;
            };
            let node = node.accesskit_node();
            let label = node.label().unwrap_or_default();
            assert!(!label.is_empty(), "{:?} after {names:?}", node.role());
            names.push(label);
        }
        let place = |label: &str| {
            let found = names.iter().position(|name| name.starts_with(label));
            found.unwrap_or_else(|| panic!("{label} is not among {names:#?}"))
        };
        let order = [
            "Today",
            "26 breaks today",
            "upper-back:",
            "eyes:",
            "Name",
            "After work",
            "Less: Every",
            "Message",
            "The window opens",
            "Move up",
            "Remove",
            "walk:",
            "Your own",
            "Breaks only in working hours",
            "Monday: ",
            "Hours on Monday",
            "Clear Monday",
            "Tuesday: none",
        ];
        let places = order.map(place);
        assert!(places.is_sorted(), "{places:?} in {names:#?}");
    }
}
