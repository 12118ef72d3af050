//! The pages of the settings that do more than change the file: used as a user does, by what a
//! screen reader calls things and by keys alone; and, on a real desktop, what is told to them.

mod about;
mod hold;
mod hooks;
#[cfg(target_os = "linux")]
mod lookout;
#[cfg(target_os = "linux")]
mod story;

use std::time::Duration;

use egui::{Key, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use unhunch::{
    core::config::Config,
    gui::{
        fonts,
        settings::{Ask, News, Page, Settings, Standing},
        shell::Content as _,
        theme::Theme,
    },
};

use crate::windows::Drawing;

/// Large enough for a whole page.
const WHOLE: Vec2 = vec2(980.0, 2400.0);
const SMALLEST: Vec2 = vec2(480.0, 480.0);

/// The window, what it asked for, and the time that is the test's.
struct Desk {
    settings: Settings,
    asked: Vec<Ask>,
    now: Duration,
}

type Window = Harness<'static, Desk>;

/// The window at a page, with these settings, as large as a page.
fn open(page: Page, config: Config) -> Window {
    sized(page, config, WHOLE)
}

fn sized(page: Page, config: Config, size: Vec2) -> Window {
    let theme = Theme::new(false, false, None);
    let mut settings = Settings::new(theme, true, page);
    settings.hear(News::Standing(Box::new(Standing {
        config,
        running: true,
        ..Standing::default()
    })));
    let desk = Desk {
        settings,
        asked: Vec::new(),
        now: Duration::from_secs(1000),
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
                desk.settings.ui(ui, desk.now);
                desk.asked.extend(desk.settings.take_asks());
            },
            desk,
        );
    window.run_steps(3);
    window
}

fn hear(window: &mut Window, news: impl IntoIterator<Item = News>) {
    for news in news {
        window.state_mut().settings.hear(news);
    }
    window.run_steps(2);
}

/// Time passes.
fn wait(window: &mut Window, seconds: u64) {
    window.state_mut().now += Duration::from_secs(seconds);
    window.run_steps(2);
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

/// Types into whatever has the focus.
fn type_in(window: &mut Window, words: &str) {
    window.event(egui::Event::Text(words.to_owned()));
    window.run_steps(2);
}

/// Puts the focus into a field, and types.
fn type_into(window: &mut Window, field: &str, words: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run_steps(2);
    type_in(window, words);
}

/// Replaces what stands in a field.
fn type_all(window: &mut Window, field: &str, words: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run_steps(2);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    type_in(window, words);
}

fn config(window: &Window) -> &Config {
    window.state().settings.config()
}

/// What was asked of the program since the last time.
fn asked(window: &mut Window) -> Vec<Ask> {
    std::mem::take(&mut window.state_mut().asked)
}

fn is_shown(window: &Window, words: &str) -> bool {
    window.query_all_by_label(words).next().is_some()
}

fn focused(window: &Window) -> String {
    let mut nodes = window.root().children_recursive();
    let focused = nodes.find(|node| node.accesskit_node().is_focused());
    focused
        .and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

/// Presses Tab until this has the focus.
fn tab_to(window: &mut Window, label: &str) {
    let mut seen = Vec::new();
    for _ in 0..80 {
        press(window, Key::Tab);
        if focused(window) == label {
            return;
        }
        seen.push(focused(window));
    }
    panic!("Tab does not lead to {label}, only to {seen:?}");
}

/// Goes through all that Tab leads to: each has a name, and is there once.
fn walk(window: &mut Window) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..120 {
        press(window, Key::Tab);
        let mut nodes = window.root().children_recursive();
        let Some(node) = nodes.find(|node| node.accesskit_node().is_focused()) else {
            continue;
        };
        let node = node.accesskit_node();
        let name = node.label().unwrap_or_default();
        assert!(!name.is_empty(), "{:?} has no name", node.role());
        if names.first() == Some(&name) {
            break;
        }
        names.push(name);
    }
    names
}
