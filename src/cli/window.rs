//! `unhunch __window`: the window of a break, as a process of its own. Started by the daemon.
//!
//! Speaks the lines of `window::wire` on its standard input and output. Ends with
//! - 0 when the window was closed, by whomever;
//! - 1 when the first line could not be read, or shows nothing that is known;
//! - 3 when there could be no window, or the desktop went away under it.

use std::{
    io::{BufRead as _, BufReader, stdin, stdout},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::{ArgMatches, Command};

use crate::{
    desktop::{
        clock, monitors,
        sound::Speaker,
        voice::{Manner, Voice},
    },
    gui::stretch::{
        aloud::{Aloud, Listener},
        run::{Failure, Outside, run as run_window},
    },
    stretch_file,
    text::{language, text},
    window::wire::{self, Open, ToWindow},
};

/// No display, no graphics, or the desktop went away.
const NO_WINDOW: u8 = 3;

/// Its definition.
pub fn command() -> Command {
    Command::new("__window")
        .hide(true)
        .about(text("cli-window-about"))
}

/// Reads what to show, and shows it until the window closes.
pub fn run(_: &ArgMatches) -> anyhow::Result<ExitCode> {
    super::log_from("warn");
    // Not `stdin().lock()`: the lines are read on another thread later.
    let mut lines = BufReader::new(stdin());
    let mut first = String::new();
    lines
        .read_line(&mut first)
        .context("reading what to show")?;
    let first = serde_json::from_str(&first)
        .with_context(|| format!("reading what to show from {:?}", first.trim_end()))?;
    let ToWindow::Open(open) = first else {
        bail!("the first line must say what to show, it is {first:?}");
    };
    let outside = Outside {
        clock: clock::awake,
        desk: monitors::detect,
    };
    let folder = open.stretches_folder.clone().map(PathBuf::from);
    let library = Box::new(move |ids: &[String]| stretch_file::only(ids, folder.as_deref()));
    let heard = Box::new(Heard::new(&open));
    match run_window(*open, library, lines, stdout(), outside, heard) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(failure @ Failure::NothingToShow) => bail!("{failure}"),
        Err(failure @ Failure::Window(_)) => {
            eprintln!("unhunch: {failure}");
            Ok(ExitCode::from(NO_WINDOW))
        }
    }
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
