//! `unhunch sound [NAME]`: what a break sounds like, and what plays it.

use std::{
    io::{self, Write as _},
    process::ExitCode,
    time::Duration,
};

use clap::{
    Arg, ArgMatches, Command,
    builder::{PossibleValuesParser, RangedU64ValueParser},
};
use serde_json::json;

use super::{config, remote::with_json};
use crate::{
    config_file,
    core::sound::Sound,
    desktop::{
        microphone::{self, Recording},
        sense::except::Except,
        sound::{self, Backend},
    },
    text::{text, text_with},
};

/// There is nothing to play sounds with.
const NOTHING: u8 = 3;

/// How much longer than itself a sound may take to be heard.
const PATIENCE: Duration = Duration::from_secs(3);

/// The definition.
pub fn command() -> Command {
    with_json(
        Command::new("sound")
            .about(text("sound-about"))
            .arg(
                Arg::new("name")
                    .value_name("NAME")
                    .value_parser(PossibleValuesParser::new(Sound::ALL.map(Sound::word)))
                    .help(text("sound-name")),
            )
            .arg(
                Arg::new("volume")
                    .long("volume")
                    .value_name("PERCENT")
                    .value_parser(RangedU64ValueParser::<u8>::new().range(0..=100))
                    .help(text("sound-volume")),
            ),
    )
}

/// Plays. Exit code 3 when there is nothing to play sounds with.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let set = config::load(&config_file::locate(None)).config.sound;
    let volume = arguments.get_one("volume").copied().unwrap_or(set.volume);
    let word = arguments.get_one::<String>("name");
    let wanted = |sound: &Sound| word.is_none_or(|word| word == sound.word());
    let sounds: Vec<Sound> = Sound::ALL.into_iter().filter(wanted).collect();
    let recording = microphone::detect(&Except::default()).recording();

    let played = sound::detect()
        .map_err(Failure::Nobody)
        .and_then(|backend| play(backend, &sounds, volume).map_err(Failure::Broken));
    if arguments.get_flag("json") {
        let (backend, why) = match &played {
            Ok(backend) => (Some(*backend), None),
            Err(failure) => (None, Some(failure.why())),
        };
        let line = json!({
            "backend": backend,
            "why": why,
            "played": backend.map(|_| sounds.iter().map(|sound| sound.word()).collect::<Vec<_>>()),
            "volume": volume,
            "on": set.on,
            "recording": match &recording {
                Recording::Yes(_) => Some(true),
                Recording::No => Some(false),
                Recording::Unknown(_) => None,
            },
        });
        writeln!(io::stdout(), "{line}")?;
    } else if let Ok(backend) = &played {
        let mut out = io::stdout().lock();
        let values = [("backend", (*backend).into()), ("volume", volume.into())];
        writeln!(out, "{}", text_with("sound-served", &values))?;
        if !set.on || set.volume == 0 {
            writeln!(out, "{}", text("sound-off"))?;
        }
        if let Recording::Yes(who) = &recording {
            writeln!(out, "{}", recorded_by(who))?;
        }
    }
    Ok(match played {
        Ok(_) => ExitCode::SUCCESS,
        Err(failure) => failure.say(),
    })
}

/// Why nothing was heard.
enum Failure {
    Nobody(anyhow::Error),
    Broken(anyhow::Error),
}

impl Failure {
    fn why(&self) -> String {
        match self {
            Self::Nobody(error) | Self::Broken(error) => format!("{error:#}"),
        }
    }

    fn say(&self) -> ExitCode {
        let why = self.why();
        match self {
            Self::Nobody(_) => {
                eprintln!("{}", text_with("sound-none", &[("why", why.into())]));
                ExitCode::from(NOTHING)
            }
            Self::Broken(_) => {
                eprintln!("{}", text_with("sound-failed", &[("why", why.into())]));
                ExitCode::FAILURE
            }
        }
    }
}

/// Lets be heard how loud that is: the sound with which the side changes.
///
/// # Errors
/// When there is nothing to play it with.
pub fn example(volume: u8) -> anyhow::Result<()> {
    sound::detect().and_then(|backend| play(backend, &[Sound::OtherSide], volume).map(drop))
}

/// Plays one after the other, and names who played.
fn play(
    mut backend: Box<dyn Backend>,
    sounds: &[Sound],
    volume: u8,
) -> anyhow::Result<&'static str> {
    for each in sounds {
        let samples = each.samples(f32::from(volume) / 100.0);
        backend.play(&samples)?;
        backend.finish(sound::length(&samples) + PATIENCE)?;
    }
    Ok(backend.name())
}

fn recorded_by(who: &[String]) -> String {
    if who.is_empty() {
        text("sound-recording-unknown-who")
    } else {
        text_with("sound-recording", &[("who", who.join(", ").into())])
    }
}
