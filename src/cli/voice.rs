//! `unhunch voice list | say TEXT`: voices that can speak the cues, and what they sound like.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{Arg, ArgAction, ArgMatches, Command, builder::ValueParser, value_parser};
use serde::Serialize;

use super::{config, remote::with_json, stretches::MISTAKE};
use crate::{
    config_file,
    core::config::Voice,
    desktop::voice::{self, Backend, Known, Manner},
    text::{language, text, text_with},
};

/// There is no speech service.
const NOTHING: u8 = 3;

/// The definition.
pub fn command() -> Command {
    Command::new("voice")
        .about(text("voice-about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_json(
            Command::new("list")
                .about(text("voice-list-about"))
                .arg(
                    Arg::new("language")
                        .long("language")
                        .value_name("LANGUAGE")
                        .help(text("voice-list-language")),
                )
                .arg(
                    Arg::new("all")
                        .long("all")
                        .action(ArgAction::SetTrue)
                        .conflicts_with("language")
                        .help(text("voice-list-all")),
                ),
        ))
        .subcommand(
            Command::new("say")
                .about(text("voice-say-about"))
                .arg(
                    Arg::new("text")
                        .value_name("TEXT")
                        .required(true)
                        .num_args(1..)
                        .help(text("voice-say-text")),
                )
                .arg(
                    Arg::new("name")
                        .long("name")
                        .value_name("NAME")
                        .help(text("voice-say-name")),
                )
                .arg(
                    Arg::new("rate")
                        .long("rate")
                        .value_name("RATE")
                        .allow_negative_numbers(true)
                        .value_parser(ValueParser::from(value_parser!(i8).range(-100..=100)))
                        .help(text("voice-say-rate")),
                ),
        )
}

/// Lists or speaks. Exit code 2 for a voice that there is not, 3 without a speech service.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let set = config::load(&config_file::locate(None)).config.voice;
    match arguments.subcommand() {
        Some(("list", arguments)) => list(arguments),
        Some((_, arguments)) => say(arguments, &set),
        None => Ok(ExitCode::from(MISTAKE)),
    }
}

/// A voice as JSON.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    language: &'a str,
    synthesizer: &'a str,
}

impl<'a> Row<'a> {
    fn of(voice: &'a Known) -> Self {
        Self {
            name: &voice.name,
            language: &voice.language,
            synthesizer: &voice.synthesizer,
        }
    }
}

fn list(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let voices = match known() {
        Ok(voices) => voices,
        Err(error) => return Ok(nobody(&error)),
    };
    let wanted = arguments.get_one::<String>("language").cloned();
    let wanted = wanted.unwrap_or_else(language);
    let all = arguments.get_flag("all");
    let mut voices: Vec<Known> = voices
        .into_iter()
        .filter(|voice| all || suits(voice, &wanted))
        .collect();
    voices.sort();

    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let rows: Vec<Row<'_>> = voices.iter().map(Row::of).collect();
        writeln!(out, "{}", serde_json::to_string(&rows)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if voices.is_empty() {
        writeln!(out, "{}", text("voice-empty"))?;
    }
    let width = |part: fn(&Known) -> &String| {
        let longest = voices.iter().map(|voice| part(voice).chars().count()).max();
        longest.unwrap_or(0)
    };
    let (names, languages) = (width(|voice| &voice.name), width(|voice| &voice.language));
    for voice in &voices {
        writeln!(
            out,
            "{:names$}  {:languages$}  {}",
            voice.name, voice.language, voice.synthesizer
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// All voices that the speech service has.
fn known() -> anyhow::Result<Vec<Known>> {
    let manner = Manner {
        name: None,
        rate: 0,
        language: language(),
    };
    voice::detect(&manner)?.voices()
}

/// The names of the voices for the user's language, in alphabetical order.
///
/// # Errors
/// When there is no speech service.
pub fn names() -> anyhow::Result<Vec<String>> {
    let wanted = language();
    let suiting = known()?.into_iter().filter(|voice| suits(voice, &wanted));
    let mut names: Vec<String> = suiting.map(|voice| voice.name).collect();
    names.sort();
    names.dedup();
    Ok(names)
}

/// Says something as the settings want it.
///
/// # Errors
/// When there is no speech service.
pub fn example(set: &Voice, words: &str) -> anyhow::Result<()> {
    let manner = Manner {
        rate: set.rate,
        language: language(),
        name: set.name.clone(),
    };
    voice::detect(&manner)?.say(words)
}

/// Some synthesizers have a hundred variants of each voice, which only those who ask want to see.
fn suits(voice: &Known, language: &str) -> bool {
    speaks(voice, language) && !voice.name.contains('+')
}

/// Whether a voice is for this language, whatever its region; or for this region, if one is named.
fn speaks(voice: &Known, wanted: &str) -> bool {
    let (voice, wanted) = (voice.language.to_lowercase(), wanted.to_lowercase());
    let rest = voice.strip_prefix(&wanted.replace('_', "-"));
    // A voice without a language may be for any.
    voice.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn say(arguments: &ArgMatches, set: &Voice) -> anyhow::Result<ExitCode> {
    let words: Vec<&str> = (arguments.get_many::<String>("text").into_iter().flatten())
        .map(String::as_str)
        .collect();
    let name = arguments.get_one("name").or(set.name.as_ref()).cloned();
    let manner = Manner {
        rate: arguments.get_one("rate").copied().unwrap_or(set.rate),
        language: language(),
        name,
    };
    let mut service = match voice::detect(&manner) {
        Ok(service) => service,
        Err(error) => return Ok(nobody(&error)),
    };
    if let Some(name) = &manner.name
        && !is_there(service.as_mut(), name)
    {
        eprintln!(
            "{}",
            text_with("voice-unknown", &[("name", name.as_str().into())])
        );
        return Ok(ExitCode::from(MISTAKE));
    }
    if let Err(error) = service.say(&words.join(" ")) {
        return Ok(nobody(&error));
    }
    let mut out = io::stdout().lock();
    let values = [("backend", service.name().into())];
    writeln!(out, "{}", text_with("voice-said", &values))?;
    if !set.on {
        writeln!(out, "{}", text("voice-off"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn is_there(service: &mut dyn Backend, name: &str) -> bool {
    let voices = service.voices().unwrap_or_default();
    voices.iter().any(|voice| voice.name == name)
}

fn nobody(error: &anyhow::Error) -> ExitCode {
    let why = format!("{error:#}");
    eprintln!("{}", text_with("voice-none", &[("why", why.into())]));
    ExitCode::from(NOTHING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_is_found_by_its_language() {
        let check = |language: &str, wanted| {
            let voice = Known {
                name: "A voice".to_owned(),
                language: language.to_owned(),
                synthesizer: "espeak-ng".to_owned(),
            };
            speaks(&voice, wanted)
        };

        assert!(check("en", "en"));
        assert!(check("en-GB", "en"));
        assert!(check("en-GB", "en_gb"));
        assert!(check("", "en"));
        assert!(!check("en", "en-GB"));
        assert!(!check("eno", "en"));
        assert!(!check("de", "en"));
    }
}
