//! `unhunch __window`: the window of a break, as a process of its own. Started by the daemon.
//!
//! Speaks the lines of `window::wire` on its standard input and output. Started ahead, it gets ready
//! and waits without a window until it is told to open one. Ends with
//! - 0 when the window was closed, by whomever, or never wanted;
//! - 1 when the first line could not be read, or shows nothing that is known;
//! - 3 when there could be no window, or the desktop went away under it.

use std::{
    io::{BufReader, stdin, stdout},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::{ArgMatches, Command};

use crate::{
    desktop::{
        activation, clock, monitors,
        sound::Speaker,
        voice::{Manner, Voice},
    },
    gui::stretch::{
        ahead::{Ready, get_ready},
        aloud::{Aloud, Listener},
        app::Library,
        inbox::{Inbox, Incoming},
        run::{Failure, Outside, run as run_window},
    },
    stretch_file,
    text::{language, text},
    window::wire::{self, Open, ToWindow},
};

/// No display, no graphics, or the desktop went away.
const NO_WINDOW: u8 = 3;

const OUTSIDE: Outside = Outside {
    clock: clock::awake,
    desk: monitors::detect,
    activate: activation::keep,
};

/// Its definition.
pub fn command() -> Command {
    Command::new("__window")
        .hide(true)
        .about(text("cli-window-about"))
}

/// Reads what to show, and shows it until the window closes; or gets ready for it before, and waits.
pub fn run(_: &ArgMatches) -> anyhow::Result<ExitCode> {
    super::log_from(log::LevelFilter::Warn);
    // Not `stdin().lock()`: the lines are read on another thread.
    let mut inbox = Inbox::listen(BufReader::new(stdin())).context("listening to the daemon")?;
    match first(&mut inbox)? {
        First::Open(open) => show(*open, None, inbox),
        First::Ahead(expected) => {
            let library = || library(&expected);
            match get_ready(&expected, library, OUTSIDE, || inbox.filled()) {
                Ok(ready) => match wanted(&mut inbox) {
                    Some(open) => show(*open, ready, inbox),
                    None => Ok(ExitCode::SUCCESS),
                },
                Err(failure) => failed(&failure),
            }
        }
    }
}

/// What the first line can be.
enum First {
    Open(Box<Open>),
    Ahead(Box<Open>),
}

fn first(inbox: &mut Inbox) -> anyhow::Result<First> {
    match inbox.wait() {
        Incoming::Line(ToWindow::Open(open)) => Ok(First::Open(open)),
        Incoming::Line(ToWindow::Ahead(expected)) => Ok(First::Ahead(expected)),
        Incoming::Line(other) => bail!("the first line must say what to show, it is {other:?}"),
        Incoming::Unreadable(line, error) => {
            Err(error).with_context(|| format!("reading what to show from {line:?}"))
        }
        Incoming::Gone => bail!("there is no line that says what to show"),
    }
}

/// What to show, once the user wants it; nothing if it will never be wanted. Costs nothing while
/// it waits.
fn wanted(inbox: &mut Inbox) -> Option<Box<Open>> {
    loop {
        match inbox.wait() {
            Incoming::Line(ToWindow::Open(open)) => return Some(open),
            Incoming::Line(ToWindow::Close) | Incoming::Gone => return None,
            Incoming::Line(other) => log::warn!("there is no window yet to be told {other:?}"),
            Incoming::Unreadable(line, error) => {
                log::warn!("the daemon said what cannot be read ({error}): {line}");
            }
        }
    }
}

fn show(open: Open, ready: Option<Ready>, inbox: Inbox) -> anyhow::Result<ExitCode> {
    let library = library(&open);
    let heard = Box::new(Heard::new(&open));
    match run_window(open, library, ready, inbox, stdout(), OUTSIDE, heard) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(failure) => failed(&failure),
    }
}

fn failed(failure: &Failure) -> anyhow::Result<ExitCode> {
    match failure {
        Failure::NothingToShow => bail!("{failure}"),
        Failure::Window(_) => {
            eprintln!("unhunch: {failure}");
            Ok(ExitCode::from(NO_WINDOW))
        }
    }
}

fn library(open: &Open) -> Library {
    let folder = open.stretches_folder.clone().map(PathBuf::from);
    Box::new(move |ids: &[String]| stretch_file::only(ids, folder.as_deref()))
}

/// Plays and speaks what the window makes heard; as little of both as the settings want.
struct Heard {
    sounds: Option<Speaker>,
    voice: Option<Voice>,
}

impl Heard {
    fn new(open: &Open) -> Self {
        let manner = |voice: &wire::Voice| Manner {
            name: voice.name.clone(),
            rate: voice.rate,
            language: language(),
        };
        Self {
            sounds: open.volume.map(Speaker::new),
            voice: open.voice.as_ref().map(manner).map(Voice::new),
        }
    }
}

impl Listener for Heard {
    fn hear(&mut self, aloud: Aloud) {
        match (aloud, &self.sounds, &self.voice) {
            (Aloud::Prepare, sounds, voice) => {
                if let Some(sounds) = sounds {
                    sounds.prepare();
                }
                if let Some(voice) = voice {
                    voice.prepare();
                }
            }
            (Aloud::Sound(sound), Some(sounds), _) => sounds.play(sound),
            (Aloud::Words(words), _, Some(voice)) => voice.say(words),
            (Aloud::Hush, _, Some(voice)) => voice.hush(),
            (Aloud::End, _, Some(voice)) => voice.end(),
            (Aloud::Sound(_), None, _) | (Aloud::Words(_) | Aloud::Hush | Aloud::End, _, None) => {}
        }
    }
}
