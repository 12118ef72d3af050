//! `unhunch welcome`: the window of the first run, wired to files, bus and desktop.

mod here;
mod keeper;
pub mod picture;
#[cfg(test)]
mod tests;

use std::{process::ExitCode, thread};

use anyhow::Context as _;
use clap::{ArgMatches, Command};

use super::{
    outside::{ended, outside},
    status::window::run_the_program,
};
use crate::{
    config_file,
    gui::first::run::{Asks, Tell, run as show},
    store, stretch_file,
    text::text,
};
use here::Here;
use keeper::{Keeper, Places, Progress};

/// The definition of `welcome`.
pub fn command() -> Command {
    Command::new("welcome").about(text("first-about"))
}

/// Shows it, whether or not it was seen before.
///
/// # Errors
/// When the program cannot be started, or the system refuses a thread.
pub fn run(_arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    super::log_from(log::LevelFilter::Warn);
    // Without it there is no first stretch to try.
    run_the_program()?;
    show_it()
}

/// Whether this is the first time: nothing was ever set, or the welcome was begun and neither
/// finished nor skipped.
#[must_use]
pub fn is_due() -> bool {
    let file = progress_file();
    let begun = file.exists();
    !Progress::read(&file).done && (begun || !config_file::locate(None).path.exists())
}

/// Shows the window until it closes.
///
/// # Errors
/// When the system refuses a thread.
pub fn show_it() -> anyhow::Result<ExitCode> {
    let location = config_file::locate(None);
    let outside = outside(&location);
    let places = Places {
        stretches: stretch_file::folder(&location),
        settings: location,
        progress: progress_file(),
    };
    let mut keeping = None;
    let shown = show(outside, |tell| {
        let (asks, thread) = start(places, tell);
        keeping = Some(thread);
        asks
    });
    // What was asked last, a first stretch perhaps, is still done.
    if let Some(thread) = keeping.transpose()? {
        thread.join().ok();
    }
    Ok(ended(shown, &text("first-no-window")))
}

/// Where it is kept how far the first run was.
fn progress_file() -> std::path::PathBuf {
    store::state_folder().join("first-run.json")
}

/// Starts the thread that reads and writes; it ends with the window.
fn start(places: Places, tell: Tell) -> (Asks, anyhow::Result<thread::JoinHandle<()>>) {
    let (asks, waiting) = std::sync::mpsc::channel();
    let thread = thread::Builder::new()
        .name("keeper".to_owned())
        .spawn(move || {
            let mut keeper = Keeper::new(places, tell, Here);
            keeper.open();
            for ask in waiting {
                keeper.do_it(ask);
            }
        })
        .context("starting the thread that keeps the settings");
    let ask = move |ask| {
        // The keeper ends with the window; what comes later is for nobody.
        asks.send(ask).ok();
    };
    (Box::new(ask), thread)
}
