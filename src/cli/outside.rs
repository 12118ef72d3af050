//! What a window needs of settings and desktop before it opens.

use std::{process::ExitCode, time::Duration};

use crate::{
    config_file::{self, Location},
    desktop::{
        appearance::{Appearance, Wishes},
        bus::Bus,
        clock, monitors, private,
    },
    gui::shell::Outside,
    store,
    window::{
        settings,
        wire::{Look, Place},
    },
};

/// No display, no graphics, or the desktop went away.
const NO_WINDOW: u8 = 3;

/// How a command ends that has shown a window; `said` is what could not be done if there was none.
pub fn ended(shown: Result<(), impl std::fmt::Display>, said: &str) -> ExitCode {
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("unhunch: {said}: {error}");
            ExitCode::from(NO_WINDOW)
        }
    }
}

/// How long the desktop may take to say how windows should look.
const APPEARANCE: Duration = Duration::from_millis(150);

/// Asks for it all. The folder in which windows keep their sizes is there afterwards.
pub fn outside(location: &Location) -> Outside {
    if let Err(error) = private::create_folder(&store::state_folder()) {
        log::warn!("the size of the window will not be kept: {error}");
    }
    let (look, place) = look(location);
    Outside {
        clock: clock::awake,
        look,
        place,
        memory_file: memory_file().display().to_string(),
        desk: monitors::detect(),
    }
}

/// Where windows keep their sizes.
pub fn memory_file() -> std::path::PathBuf {
    store::state_folder().join("window.json")
}

/// How the window looks and where it opens, by settings and desktop.
fn look(location: &Location) -> (Look, Place) {
    // The desktop is asked on a thread of the bus, the settings are read meanwhile.
    let wishes = Bus::start(None).map(|bus| Wishes::watch(&bus));
    // Only what the look needs: which stretches there are comes later.
    let loaded = config_file::load(location, &[]);
    let desktop = match wishes {
        Ok(wishes) => wishes.after_asking(APPEARANCE),
        Err(error) => {
            log::warn!("the desktop is not asked how windows should look: {error}");
            Appearance::default()
        }
    };
    let set = &loaded.config.look;
    (settings::look(set, desktop), settings::place(set))
}
