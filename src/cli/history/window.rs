//! `unhunch history --window`: the window of the history, wired to files, bus and desktop.

use std::{process::ExitCode, thread};

use anyhow::Context as _;
use directories::UserDirs;

use super::keeper::{Keeper, Others, Places, Work};
use crate::{
    cli::outside::{ended, outside},
    config_file,
    desktop::{
        file_chooser, launch,
        watch::{self, watch},
    },
    gui::history::run::{Asks, Tell, run},
    ipc::client,
    store, stretch_file,
    text::text,
    window::list::Window,
};

/// Shows the window until it closes.
///
/// # Errors
/// When the system refuses a thread.
pub fn open() -> anyhow::Result<ExitCode> {
    crate::cli::log_from(log::LevelFilter::Warn);
    let location = config_file::locate(None);
    let outside = outside(&location);
    let places = places(location);
    let mut started = Ok(());
    let shown = run(outside, |tell| {
        let (asks, done) = start(places, tell);
        started = done;
        asks
    });
    started?;
    Ok(ended(shown, &text("past-no-window")))
}

/// Where everything is, with the settings there.
pub fn places(location: config_file::Location) -> Places {
    Places {
        stretches: stretch_file::folder(&location),
        settings: location,
        history: store::history_file(),
        dismissed: store::state_folder().join("dismissed.json"),
        saved: saved_folder(),
    }
}

/// Where people look for what a program has saved: with their documents, else at home.
pub fn saved_folder() -> std::path::PathBuf {
    let user = UserDirs::new();
    let documents = user.as_ref().and_then(|user| user.document_dir());
    documents
        .filter(|folder| folder.is_dir())
        .or(user.as_ref().map(UserDirs::home_dir))
        .map_or_else(store::data_folder, std::path::Path::to_path_buf)
}

/// Starts the thread that reads and writes, and the eye on the files.
fn start(places: Places, tell: Tell) -> (Asks, anyhow::Result<()>) {
    let (work, waiting) = std::sync::mpsc::channel();
    let files = work.clone();
    let watched = vec![
        watch::Place::File(places.settings.path.clone()),
        watch::Place::File(places.history.clone()),
        // Where it is written first, and stays for as long as somebody reads.
        watch::Place::File(places.history.with_extension("db-wal")),
        watch::Place::Folder(places.stretches.clone()),
    ];
    // The keeper ends with the window; what comes later is for nobody.
    let changed = move || drop(files.send(Work::FilesChanged));
    if let Err(error) = watch(watched, changed) {
        log::warn!("changes of files are not noticed: {error}");
    }
    let chosen = work.clone();
    let others = Others {
        daemon: Box::new(|ask| client::call(ask).map(drop)),
        open_stretches: Box::new(open_stretches),
        choose: Box::new(move || {
            let chosen = chosen.clone();
            choose(move |file| drop(chosen.send(Work::Chosen(file))));
        }),
    };
    let done = thread::Builder::new()
        .name("keeper".to_owned())
        .spawn(move || {
            let mut keeper = Keeper::new(places, tell, others);
            keeper.open();
            for work in waiting {
                keeper.do_it(work);
            }
        })
        .map(drop)
        .context("starting the thread that keeps the history");
    let asks = Box::new(move |ask| drop(work.send(Work::Ask(ask))));
    (asks, done)
}

/// Lets the user choose a file to take in, on a thread of its own: that may take minutes.
pub fn choose(chosen: impl FnOnce(anyhow::Result<Option<String>>) + Send + 'static) {
    let title = text("strip-choose-title");
    let started = thread::Builder::new()
        .name("chooser".to_owned())
        .spawn(move || chosen(file_chooser::choose(None, &title)));
    if let Err(error) = started {
        log::warn!("no file can be chosen: {error}");
    }
}

/// Opens the window in which one chooses the stretches, which goes on without this one.
fn open_stretches() -> anyhow::Result<()> {
    launch::program(Window::Stretches.arguments()).context("starting the window")
}
