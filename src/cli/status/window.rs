//! The window with the status, and what a launcher starts.

use std::{process::ExitCode, thread, time::Duration};

use anyhow::Context as _;

use super::keeper::{Keeper, Work};
use crate::{
    cli::{
        first,
        outside::{ended, outside},
    },
    config_file,
    desktop::launch,
    gui::status::run::{Asks, Tell, run},
    ipc::{
        client::{self, CallError},
        follow::{Heard, follow},
    },
    store,
    text::text,
};

/// By which the newest of these windows is known: it takes the place of the others.
const NAME: &str = "org.unhunch.Unhunch.Status";

/// How long the program may take until it answers.
const START: Duration = Duration::from_secs(15);

/// Without a command: sees to it that the program runs, and shows the window; the first time, the
/// welcome. What a launcher does.
///
/// # Errors
///
/// When the system refuses a thread.
pub fn launched() -> anyhow::Result<ExitCode> {
    crate::cli::log_from(log::LevelFilter::Warn);
    if let Err(error) = run_the_program() {
        // The window says so too, and offers to try again.
        eprintln!("unhunch: {error:#}");
    } else if first::is_due() {
        return first::show_it();
    }
    show()
}

/// Shows the window until it closes.
///
/// # Errors
///
/// When the system refuses a thread.
pub fn open() -> anyhow::Result<ExitCode> {
    crate::cli::log_from(log::LevelFilter::Warn);
    show()
}

/// Starts the program in the background if none runs, and waits until it answers.
///
/// # Errors
///
/// When it cannot be started, or ends again.
pub fn run_the_program() -> anyhow::Result<()> {
    match client::call(&client::Ask::Status) {
        Err(CallError::NotRunning) => {}
        // One that does not answer as it should is there all the same.
        Ok(_) | Err(CallError::Refused(_) | CallError::Failed(_)) => return Ok(()),
    }
    // The session's own way first: then it restarts it should it fail, and has its log.
    if client::activate(START) {
        return Ok(());
    }
    launch::program(&["run", "--background"]).context(text("glance-no-start"))?;
    client::wait_until_it_runs(START).context(text("glance-no-start"))
}

fn show() -> anyhow::Result<ExitCode> {
    let location = config_file::locate(None);
    let outside = outside(&location);
    let mut started = Ok(());
    let shown = run(outside, |tell| {
        let (asks, done) = start(
            Keeper::new(location, store::history_file(), tell.clone()),
            &tell,
        );
        started = done;
        asks
    });
    started?;
    Ok(ended(shown, &text("gallery-no-window")))
}

/// Starts the thread that asks and reads, and the ear on the bus.
fn start(mut keeper: Keeper, tell: &Tell) -> (Asks, anyhow::Result<()>) {
    let (work, waiting) = std::sync::mpsc::channel();
    let changes = work.clone();
    let tell = tell.clone();
    let heard = move |heard| match heard {
        // The keeper ends with the window; what comes later is for nobody.
        Heard::Changed => {
            changes.send(Work::Changed).ok();
        }
        Heard::Replaced => tell(crate::gui::status::News::Replaced),
    };
    if let Err(error) = follow(NAME, heard) {
        log::warn!("what the program does is not noticed at once: {error}");
    }
    let done = thread::Builder::new()
        .name("keeper".to_owned())
        .spawn(move || keeper.keep(&waiting))
        .map(drop)
        .context("starting the thread that asks the program");
    let asks = Box::new(move |ask| {
        work.send(Work::Ask(ask)).ok();
    });
    (asks, done)
}
