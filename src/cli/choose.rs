//! `unhunch stretches on | off | more | less | usual | preset`: change which stretches come.
//!
//! The change goes into the settings file, beside what stands there, and the running program is
//! told.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser};
use serde::Serialize;

use super::{
    remote::{self, with_json},
    stretches::{MISTAKE, known, library},
};
use crate::{
    config_file,
    core::{
        config::{Rotation, StretchFacts},
        rotation::{Preset, Weight},
        stretch::StretchId,
    },
    text::{text, text_with},
};

/// What is to become of the stretches that are named.
#[derive(Clone, Copy)]
enum Wish {
    /// In the rotation, or not.
    On(bool),
    /// In it, with this weight.
    Weigh(Weight),
}

/// The commands that name stretches, and what each is for.
const WISHES: [(&str, Wish); 5] = [
    ("on", Wish::On(true)),
    ("off", Wish::On(false)),
    ("more", Wish::Weigh(Weight::More)),
    ("less", Wish::Weigh(Weight::Less)),
    ("usual", Wish::Weigh(Weight::Normal)),
];

/// The commands, to be put below `stretches`.
pub fn commands() -> Vec<Command> {
    let named = |(word, _): (&'static str, Wish)| {
        let stretches = Arg::new("id")
            .value_name("STRETCH")
            .required(true)
            .action(ArgAction::Append)
            .num_args(1..)
            .help(text("stretches-choose-id"));
        let about = text(&format!("stretches-{word}-about"));
        with_json(Command::new(word).about(about).arg(stretches))
    };
    let names = PossibleValuesParser::new(Preset::ALL.map(Preset::word));
    let preset = Command::new("preset")
        .about(text("stretches-preset-about"))
        .after_help(text("stretches-preset-list"))
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .value_parser(names)
                .help(text("stretches-preset-name")),
        );
    let mut commands: Vec<Command> = WISHES.into_iter().map(named).collect();
    commands.push(with_json(preset));
    commands
}

/// Does what one of [`commands()`] asks for. Exit code 2 if that makes no sense; nothing is changed
/// then.
///
/// # Errors
///
/// When the settings cannot be changed, or standard output is closed.
pub fn run(command: &str, arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    match WISHES.into_iter().find(|(word, _)| *word == command) {
        Some((_, wish)) => choose(wish, arguments),
        None => preset(arguments),
    }
}

fn choose(wish: Wish, arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let catalogue = library();
    let mut ids: Vec<StretchId> = Vec::new();
    for name in arguments.get_many::<String>("id").into_iter().flatten() {
        let Some(stretch) = known(&catalogue, name) else {
            return Ok(ExitCode::from(MISTAKE));
        };
        ids.push(stretch.id.clone());
    }
    let facts = catalogue.facts();
    change(arguments, &facts, |rotation| {
        ids.iter()
            .try_for_each(|id| fulfil(wish, id, rotation, &facts))
    })
}

/// Changes the choice; says why not, if that makes no sense.
fn fulfil(
    wish: Wish,
    id: &StretchId,
    rotation: &mut Rotation,
    facts: &[StretchFacts],
) -> Result<(), String> {
    let about = |sentence| text_with(sentence, &[("id", id.as_str().into())]);
    match wish {
        Wish::On(on) => {
            (rotation.switch(id, on, facts)).map_err(|_last_one| about("stretches-last-one"))
        }
        Wish::Weigh(_) if !rotation.is_on(id, facts) => Err(about("stretches-weigh-off")),
        Wish::Weigh(weight) => {
            rotation.weigh(id, weight);
            Ok(())
        }
    }
}

fn preset(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let facts = library().facts();
    let name = arguments.get_one::<String>("name");
    let preset = Preset::ALL
        .into_iter()
        .find(|preset| name.is_some_and(|name| name == preset.word()));
    match preset {
        Some(preset) => change(arguments, &facts, |rotation| {
            preset.apply(rotation, &facts);
            Ok(())
        }),
        None => which_preset(arguments, &facts),
    }
}

/// Without a name, the preset that is in effect.
fn which_preset(arguments: &ArgMatches, facts: &[StretchFacts]) -> anyhow::Result<ExitCode> {
    let loaded = config_file::load(&config_file::locate(None), facts);
    let preset = Preset::of(&loaded.config.rotation, facts);
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let word = preset.map(Preset::word);
        writeln!(out, "{}", serde_json::json!({ "preset": word }))?;
    } else {
        let own = || text("stretches-preset-none");
        writeln!(
            out,
            "{}",
            preset.map_or_else(own, |one| one.word().to_owned())
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What has become of a stretch.
#[derive(Serialize)]
struct Change {
    id: String,
    enabled: bool,
    weight: &'static str,
}

/// What was done, in JSON.
#[derive(Serialize)]
struct Outcome {
    /// The stretches that come otherwise than before.
    changed: Vec<Change>,
    /// The preset that is in effect now.
    preset: Option<&'static str>,
    /// Whether a running program has taken it up.
    reloaded: bool,
}

/// Changes the choice in the settings file and lets the running program read it.
fn change(
    arguments: &ArgMatches,
    facts: &[StretchFacts],
    wish: impl FnOnce(&mut Rotation) -> Result<(), String>,
) -> anyhow::Result<ExitCode> {
    let location = config_file::locate(None);
    let mut before = Rotation::default();
    let mut refused = None;
    let config = config_file::edit(&location, facts, |config| {
        before = config.rotation.clone();
        match wish(&mut config.rotation) {
            Ok(()) => {}
            Err(why) => {
                config.rotation = before.clone();
                refused = Some(why);
            }
        }
    })?;
    if let Some(why) = refused {
        eprintln!("unhunch: {why}");
        return Ok(ExitCode::from(MISTAKE));
    }
    let after = &config.rotation;
    let changed = changes(&before, after, facts);
    let reloaded = before != *after && remote::take_up(&config_file::load(&location, facts));
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let preset = Preset::of(after, facts).map(Preset::word);
        let outcome = Outcome {
            changed,
            preset,
            reloaded,
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&outcome)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for one in &changed {
        let id = match (one.enabled, after.weight(&StretchId(one.id.clone()))) {
            (false, _) => "stretches-now-off",
            (true, Weight::Normal) => "stretches-now-on",
            (true, Weight::More) => "stretches-now-more",
            (true, Weight::Less) => "stretches-now-less",
        };
        writeln!(out, "{}", text_with(id, &[("id", one.id.as_str().into())]))?;
    }
    if changed.is_empty() {
        writeln!(out, "{}", text("stretches-as-before"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn changes(before: &Rotation, after: &Rotation, facts: &[StretchFacts]) -> Vec<Change> {
    let state = |rotation: &Rotation, id| (rotation.is_on(id, facts), rotation.weight(id));
    let differ = facts
        .iter()
        .map(|facts| (&facts.id, state(after, &facts.id)))
        .filter(|(id, now)| state(before, id) != *now);
    differ
        .map(|(id, (enabled, weight))| Change {
            id: id.0.clone(),
            enabled,
            weight: weight.word(),
        })
        .collect()
}
