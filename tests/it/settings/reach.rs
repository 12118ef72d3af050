//! Every key of the file is there, with the range that the file has, a name, and a way to it by
//! keys alone.

use std::collections::BTreeSet;

use egui::{Key, accesskit::Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use unhunch::{
    config_file,
    core::{config::Config, span},
    gui::settings::{
        Page,
        list::{Kind, SETTINGS},
    },
};

use super::{Window, focused, open, open_as, press};

#[test]
fn every_key_of_the_file_is_a_setting_of_the_window_and_the_other_way_round() {
    let of_the_file: BTreeSet<String> = config_file::keys()
        .into_iter()
        .flat_map(|(heading, keys)| {
            let table = heading.trim_matches(['[', ']']).to_owned();
            keys.iter().map(move |key| format!("{table}.{key}"))
        })
        .collect();
    let of_the_window: BTreeSet<String> = SETTINGS
        .iter()
        .map(|setting| setting.key.to_owned())
        .collect();
    assert_eq!(of_the_window, of_the_file);
    assert_eq!(SETTINGS.len(), of_the_file.len(), "each only once");
}

#[test]
fn every_plain_setting_has_a_control_with_its_name_on_its_page() {
    for page in Page::ALL
        .into_iter()
        .filter(|page| *page != Page::Stretches)
    {
        let window = open("", page);
        let here = SETTINGS.iter().filter(|setting| setting.page == page);
        for setting in here.filter(|setting| setting.kind != Kind::Part) {
            let name = setting.name();
            let found = window.query_all_by_label(&name).next();
            assert!(found.is_some(), "{} is called “{name}”", setting.key);
            let about = setting.about();
            let found = window.query_all_by_label_contains(&about).next();
            assert!(found.is_some(), "what {} does is not said", setting.key);
        }
    }
}

#[test]
fn the_ranges_are_those_of_the_file() {
    let config = Config::default();
    let check = |key: &str, value: String| config_file::with(&config, key, &value).is_ok();
    for setting in SETTINGS {
        let (takes, refuses): (Vec<String>, Vec<String>) = match setting.kind {
            Kind::Span(least, most) | Kind::Spans(least, most) => {
                let list = matches!(setting.kind, Kind::Spans(..));
                let write = |seconds: u64| {
                    let span = span::format(std::time::Duration::from_secs(seconds));
                    match list {
                        true => format!("[\"{span}\"]"),
                        false => format!("\"{span}\""),
                    }
                };
                let below = least.checked_sub(1).map(write);
                let above = Some(write(most + 1));
                (
                    vec![write(least), write(most)],
                    below.into_iter().chain(above).collect(),
                )
            }
            Kind::Whole(least, most) => (
                vec![least.to_string(), most.to_string()],
                vec![(most + 1).to_string()],
            ),
            Kind::Slider(least, most, _) => (
                vec![least.to_string(), most.to_string()],
                vec![(least - 1).to_string(), (most + 1).to_string()],
            ),
            Kind::Scale => (
                vec!["0.5".to_owned(), "3.0".to_owned()],
                vec!["0.49".to_owned(), "3.01".to_owned()],
            ),
            Kind::Choice(values) | Kind::List(values) => (
                values.iter().map(|value| (*value).to_owned()).collect(),
                vec!["\"what nobody chooses\"".to_owned()],
            ),
            Kind::Switch => (vec!["true".to_owned(), "false".to_owned()], vec![]),
            Kind::Keep => (
                vec!["\"7 days\"".to_owned(), "\"100 years\"".to_owned()],
                vec!["\"6 days\"".to_owned(), "\"101 years\"".to_owned()],
            ),
            Kind::Time | Kind::Open | Kind::Monitor | Kind::Voice | Kind::Part => (vec![], vec![]),
        };
        for value in takes {
            assert!(
                check(setting.key, value.clone()),
                "{} = {value}",
                setting.key
            );
        }
        for value in refuses {
            assert!(
                !check(setting.key, value.clone()),
                "{} = {value}",
                setting.key
            );
        }
    }
}

#[test]
fn nothing_that_can_have_the_focus_is_without_a_name() {
    for page in Page::ALL {
        let window = open("", page);
        for node in window.root().children_recursive() {
            let node = node.accesskit_node();
            let control = node.data().supports_action(egui::accesskit::Action::Click)
                || node.data().supports_action(egui::accesskit::Action::Focus);
            let named = node.label().is_some_and(|name| !name.trim().is_empty());
            let ground = matches!(
                node.role(),
                Role::Window
                    | Role::GenericContainer
                    | Role::Unknown
                    | Role::ScrollView
                    | Role::ScrollBar
            );
            assert!(
                !control || named || ground,
                "{page:?}: a {:?} without a name at {:?}",
                node.role(),
                node.bounding_box()
            );
        }
    }
}

#[test]
fn tab_goes_round_every_page_and_brings_what_it_reaches_into_sight() {
    for page in [Page::Schedule, Page::Look] {
        let size = vec2(900.0, 500.0);
        let mut window = open_as("", page, size);
        let mut seen = BTreeSet::new();
        let mut steps = 0;
        loop {
            press(&mut window, Key::Tab);
            steps += 1;
            assert!(steps < 400, "{page:?}: no way round");
            let Some(name) = focused(&window) else {
                continue;
            };
            if name == "Search all settings" && steps > 5 {
                break;
            }
            // The movement into sight takes some frames.
            window.run_steps(20);
            assert!(
                in_sight(&window, size.y),
                "{page:?}: {name} is out of sight"
            );
            seen.insert(name);
        }
        let here = SETTINGS.iter().filter(|setting| setting.page == page);
        let fields = here.filter(|setting| {
            matches!(
                setting.kind,
                Kind::Span(..) | Kind::Whole(..) | Kind::Switch | Kind::Slider(..)
            )
        });
        for setting in fields {
            assert!(
                seen.contains(&setting.name()),
                "{} is not reached",
                setting.key
            );
        }
    }
}

fn in_sight(window: &Window, height: f32) -> bool {
    let focused = window
        .root()
        .children_recursive()
        .find(|node| node.accesskit_node().is_focused());
    let bounds = focused.and_then(|node| node.accesskit_node().bounding_box());
    bounds.is_none_or(|bounds| bounds.y0 >= -0.5 && bounds.y1 <= f64::from(height) + 0.5)
}
