//! Changes of the lists of programs.

use super::names::{APPS, EXCEPT};
use crate::{
    core::config::App,
    gui::settings::{Asked, Change},
    text::{text, text_with},
};

fn added(name: &str) -> String {
    text_with("hold-added", &[("name", name.to_owned().into())])
}

fn taken(name: &str) -> String {
    text_with("hold-taken", &[("name", name.to_owned().into())])
}

/// Puts a program, as it is written in the file, on the list of those that hold a break back.
pub fn add_app(written: &str) -> Asked {
    let name = written.strip_prefix(App::IN_FRONT);
    let app = App {
        name: name.unwrap_or(written).trim().to_owned(),
        in_front: name.is_some(),
    };
    let said = added(&app.name);
    Asked::Change(Change::new(APPS, said, move |config| {
        let apps = &mut config.hold.apps;
        if !app.name.is_empty() && !apps.iter().any(|other| other.name == app.name) {
            apps.push(app.clone());
        }
    }))
}

/// Takes it off that list.
pub fn take_app(name: &str) -> Asked {
    let (said, name) = (taken(name), name.to_owned());
    Asked::Change(Change::new(APPS, said, move |config| {
        config.hold.apps.retain(|app| app.name != name);
    }))
}

/// It counts only while it is in front, or while it runs.
pub fn set_manner(name: &str, in_front: bool) -> Asked {
    let id = if in_front {
        "hold-while-front"
    } else {
        "hold-while-runs"
    };
    let values = [("name", name.to_owned().into()), ("value", text(id).into())];
    let (said, name) = (text_with("set-said", &values), name.to_owned());
    Asked::Change(Change::new(APPS, said, move |config| {
        for app in config.hold.apps.iter_mut().filter(|app| app.name == name) {
            app.in_front = in_front;
        }
    }))
}

/// Puts a program on the list of those that are in no meeting.
pub fn add_name(name: &str) -> Asked {
    let (said, name) = (added(name), name.to_owned());
    Asked::Change(Change::new(EXCEPT, said, move |config| {
        let names = &mut config.hold.meeting_except;
        if !name.is_empty() && !names.contains(&name) {
            names.push(name.clone());
        }
    }))
}

/// Takes it off that list.
pub fn take_name(name: &str) -> Asked {
    let (said, name) = (taken(name), name.to_owned());
    Asked::Change(Change::new(EXCEPT, said, move |config| {
        config.hold.meeting_except.retain(|other| *other != name);
    }))
}
