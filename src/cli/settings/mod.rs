//! `unhunch settings`: the window of the settings, wired to files, bus and desktop.
//!
//! - [`forecast`]: the days to come;
//! - [`keeper`]: reads the settings and changes them as asked;
//! - `pages`: does what some pages ask besides; [`lookout`] watches the sensors, [`trier`] tries
//!   hooks, `facts` knows where files are and asks the doctor;
//! - [`kept`]: what is stored, and what is done with the history;
//! - [`picture`]: the window as a picture, without a display, on the desktop of `example`.

mod example;
mod facts;
pub mod forecast;
pub mod keeper;
pub mod kept;
#[cfg(test)]
mod kept_tests;
pub mod lookout;
mod pages;
pub mod picture;
pub mod trier;

use std::{
    process::ExitCode,
    sync::Arc,
    thread::{self, JoinHandle},
};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};

use super::{
    history::window::saved_folder,
    outside::{ended, memory_file, outside},
};
use crate::{
    config_file,
    desktop::{
        appearance::Wishes,
        bus::Bus,
        watch::{self, watch},
    },
    gui::settings::{
        Ask, Page,
        run::{Asks, Tell, run as show},
    },
    ipc::client,
    store, stretch_file,
    text::text,
    window::wire::Look,
};
use keeper::{Keeper, Outside, Places, Work};

/// The definition.
pub fn command() -> Command {
    let pages = PossibleValuesParser::new(Page::ALL.map(Page::word));
    Command::new("settings").about(text("set-about")).arg(
        Arg::new("page")
            .value_name("PAGE")
            .value_parser(pages)
            .help(text("set-about-page")),
    )
}

/// Shows the window until it closes.
///
/// # Errors
/// When the system refuses a thread.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    super::log_from(log::LevelFilter::Warn);
    let word = arguments.get_one::<String>("page");
    let page = word.and_then(|word| Page::from_word(word));
    let location = config_file::locate(None);
    let outside = outside(&location);
    let look = outside.look.clone();
    let places = Places {
        stretches: stretch_file::folder(&location),
        settings: location,
        history: store::history_file(),
        memory: memory_file(),
    };
    let mut started = None;
    let shown = show(outside, page.unwrap_or_default(), |tell| {
        let (asks, pages) = start(places, look, tell);
        started = Some(pages);
        asks
    });
    // What was tried or watched ends with the window.
    if let Some(pages) = started.transpose()? {
        pages.join().ok();
    }
    Ok(ended(shown, &text("set-no-window")))
}

/// Starts the thread that reads and writes, and the eyes on files and desktop.
fn start(places: Places, look: Look, tell: Tell) -> (Asks, anyhow::Result<JoinHandle<()>>) {
    let (work, waiting) = std::sync::mpsc::channel();
    let files = work.clone();
    let watched = vec![
        watch::Place::File(places.settings.path.clone()),
        watch::Place::Folder(places.stretches.clone()),
        watch::Place::File(places.history.clone()),
    ];
    // The keeper ends with the window; what comes later is for nobody.
    let changed = move || drop(files.send(Work::FilesChanged));
    if let Err(error) = watch(watched, changed) {
        log::warn!("changes of files are not noticed: {error}");
    }
    let (pages, done) = match pages::start(places.settings.clone(), Arc::clone(&tell)) {
        Ok((pages, thread)) => (Some(pages), Ok(thread)),
        Err(error) => (None, Err(error)),
    };
    let post = work.clone();
    let kept = thread::Builder::new()
        .name("keeper".to_owned())
        .spawn(move || {
            let desktop = post.clone();
            let wishes = Bus::start(None).map(|bus| {
                Wishes::watch_and(&bus, move || drop(desktop.send(Work::DesktopChanged)))
            });
            if let Err(error) = &wishes {
                log::warn!("the desktop is not asked how windows should look: {error}");
            }
            let outside = Outside {
                daemon: Arc::new(|ask: &_| client::call(ask).map(drop)),
                post: Arc::new(move |work| drop(post.send(work))),
                wishes: wishes.ok(),
                saved: saved_folder(),
            };
            let mut keeper = Keeper::new(places, look, tell, outside);
            keeper.open();
            for work in waiting {
                keeper.do_it(work);
            }
        })
        .map(drop);
    let asks = move |ask| match (&ask, &pages) {
        (Ask::Hold(_) | Ask::Hooks(_) | Ask::About(_), Some(pages)) => drop(pages.send(ask)),
        (_, _) => drop(work.send(Work::Ask(ask))),
    };
    let started = kept.and(done);
    let started = started.context("starting the threads that keep the settings");
    (Box::new(asks), started)
}
