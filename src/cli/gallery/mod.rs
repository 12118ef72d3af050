//! `unhunch stretches --window`: the gallery, wired to files, bus and desktop.
//!
//! - [`keeper`]: reads settings, stretches and history, and changes the settings as asked;
//! - `trial`: a stretch to try, in a window that does not count;
//! - [`picture`]: the gallery as a picture, without a display.

pub mod keeper;
pub mod picture;
#[cfg(test)]
mod tests;
mod trial;

use std::{cell::RefCell, process::ExitCode, rc::Rc, sync::Arc, thread};

use anyhow::Context as _;

use super::edits::Edits;
use super::outside::{ended, memory_file, outside};
use crate::{
    config_file,
    desktop::watch::{self, watch},
    gui::gallery::run::{Asks, Tell, run},
    ipc::client,
    store, stretch_file,
    text::text,
    window::wire::Look,
};
use keeper::{Keeper, Places, Work};

/// Shows the window until it closes.
///
/// # Errors
/// When the system refuses a thread.
pub fn open() -> anyhow::Result<ExitCode> {
    super::log_from(log::LevelFilter::Warn);
    let location = config_file::locate(None);
    let outside = outside(&location);
    let look = outside.look.clone();
    let places = Places {
        stretches: stretch_file::folder(&location),
        settings: location,
        history: store::history_file(),
        memory: memory_file(),
    };
    let mut started = Ok(());
    let shown = run(outside, |tell| {
        let (asks, done) = start(places, look, tell);
        started = done;
        asks
    });
    started?;
    Ok(ended(shown, &text("gallery-no-window")))
}

/// Starts the thread that reads and writes, and the eye on the files.
fn start(places: Places, look: Look, tell: Tell) -> (Asks, anyhow::Result<()>) {
    let (work, waiting) = std::sync::mpsc::channel();
    let files = work.clone();
    let watched = vec![
        watch::Place::File(places.settings.path.clone()),
        watch::Place::Folder(places.stretches.clone()),
    ];
    // The keeper ends with the window; what comes later is for nobody.
    let changed = move || drop(files.send(Work::FilesChanged));
    if let Err(error) = watch(watched, changed) {
        log::warn!("changes of files are not noticed: {error}");
    }
    let trials = work.clone();
    let trial = Arc::new(move |event| drop(trials.send(Work::Trial(event))));
    let done = thread::Builder::new()
        .name("keeper".to_owned())
        .spawn(move || {
            let daemon = Arc::new(|ask: &_| client::call(ask).map(drop));
            let edits = Edits::new(places.settings.clone());
            let edits = Rc::new(RefCell::new(edits));
            let mut keeper = Keeper::new(places, look, tell, daemon, (edits, trial));
            keeper.open();
            for work in waiting {
                keeper.do_it(work);
            }
        })
        .map(drop)
        .context("starting the thread that keeps the settings");
    let asks = Box::new(move |ask| drop(work.send(Work::Ask(ask))));
    (asks, done)
}
