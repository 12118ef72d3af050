//! `unhunch welcome`: the window of the first run, wired to files, bus and desktop.

mod here;
mod keeper;
pub mod picture;
#[cfg(test)]
mod tests;

use std::{process::ExitCode, thread};

use anyhow::Context as _;
use clap::{ArgMatches, Command};

use super::outside::outside;
use crate::{
    config_file,
    gui::first::run::{Asks, Tell, run as show},
    store, stretch_file,
    text::text,
};
use here::Here;
use keeper::{Keeper, Places};

/// No display, no graphics, or the desktop went away.
const NO_WINDOW: u8 = 3;

/// The definition of `welcome`.
pub fn command() -> Command {
    Command::new("welcome").about(text("first-about"))
}

/// Shows the window until it closes.
///
/// # Errors
/// When the system refuses a thread.
pub fn run(_arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    super::log_from(log::LevelFilter::Warn);
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
    match shown {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            eprintln!("unhunch: {}: {error}", text("first-no-window"));
            Ok(ExitCode::from(NO_WINDOW))
        }
    }
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
