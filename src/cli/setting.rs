//! `unhunch config get` and `unhunch config set`: one setting, for scripts and for people who would
//! rather not open the file.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

use super::{
    config::{load, stretches},
    remote::{self, with_json},
    stretches::MISTAKE,
};
use crate::{
    config_file::{self, EditError},
    core::config::Config,
    text::{text, text_with},
};

/// The definition of `get`.
pub fn get_command() -> Command {
    with_json(
        Command::new("get")
            .about(text("config-get-about"))
            .arg(key()),
    )
}

/// The definition of `set`.
pub fn set_command() -> Command {
    let value = Arg::new("value")
        .value_name("VALUE")
        .required(true)
        .action(ArgAction::Append)
        .num_args(1..)
        .allow_negative_numbers(true)
        .help(text("config-set-value"));
    with_json(
        Command::new("set")
            .about(text("config-set-about"))
            .after_help(text("config-set-examples"))
            .arg(key())
            .arg(value),
    )
}

fn key() -> Arg {
    Arg::new("key")
        .value_name("KEY")
        .required(true)
        .help(text("config-key"))
}

/// Prints the value of a key. Exit code 1 if it has none, 2 if there is no such key.
///
/// # Errors
///
/// When standard output is closed.
pub fn get(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let key = wanted_key(arguments);
    let loaded = load(&config_file::locate(None));
    let found = match config_file::get(&loaded.config, key) {
        Ok(found) => found,
        Err(why) => {
            eprintln!("unhunch: {why}");
            return Ok(ExitCode::from(MISTAKE));
        }
    };
    let Some(value) = found else {
        eprintln!(
            "unhunch: {}",
            text_with("config-get-none", &[("key", key.into())])
        );
        return Ok(ExitCode::FAILURE);
    };
    let json = as_json(&value);
    let mut out = io::stdout().lock();
    match json {
        Some(json) if arguments.get_flag("json") => writeln!(out, "{json}")?,
        // For a script, the text itself is worth more than its notation.
        Some(Value::String(text)) => writeln!(out, "{text}")?,
        _ => writeln!(out, "{}", value.trim_end())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn wanted_key(arguments: &ArgMatches) -> &str {
    let key = arguments.get_one::<String>("key");
    key.expect("the key is required").trim()
}

/// A value, or the lines of a table.
fn as_json(written: &str) -> Option<Value> {
    let single = toml::from_str::<toml::Table>(&format!("value = {written}"));
    let value = match single {
        Ok(mut table) => table.remove("value"),
        Err(_) => toml::from_str(written).ok().map(toml::Value::Table),
    };
    serde_json::to_value(value?).ok()
}

/// Sets a key in the settings file. Exit code 2 if the value is no good; nothing is written then.
///
/// # Errors
///
/// When the file cannot be changed, or standard output is closed.
pub fn set(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let key = wanted_key(arguments);
    let values: Vec<&str> = (arguments.get_many::<String>("value").into_iter().flatten())
        .map(String::as_str)
        .collect();
    let before = load(&config_file::locate(None)).config;
    let config = match set_one_of(key, &ways_to_write(&values)) {
        Ok(config) => config,
        Err(EditError::Refused { said }) => {
            eprintln!("{said}");
            return Ok(ExitCode::from(MISTAKE));
        }
        Err(error) => return Err(error.into()),
    };
    let reloaded = config != before && remote::take_up(&load(&config_file::locate(None)));
    let value = config_file::get(&config, key).ok().flatten();
    let value = value.unwrap_or_default();
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let outcome = serde_json::json!({
            "key": key,
            "value": as_json(&value),
            "reloaded": reloaded,
        });
        writeln!(out, "{outcome}")?;
    } else if config_file::is_value(&value) {
        writeln!(out, "{key} = {value}")?;
    } else {
        writeln!(out, "{}", value.trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What somebody may mean who has a shell that eats quotation marks: the value as it is, as a text,
/// as a list with this one text in it; several values are a list.
fn ways_to_write(values: &[&str]) -> Vec<String> {
    let texts: Vec<String> = values
        .iter()
        .map(|value| config_file::quoted(value))
        .collect();
    let list = format!("[{}]", texts.join(", "));
    match values {
        [value] => vec![(*value).to_owned(), texts[0].clone(), list],
        _ => vec![list],
    }
}

/// Sets the key to the first of these that it takes. If it takes none, the complaint is about the
/// one that comes nearest.
fn set_one_of(key: &str, ways: &[String]) -> Result<Config, EditError> {
    let location = config_file::locate(None);
    let facts = stretches(&location);
    let mut refusals = Vec::new();
    for value in ways {
        match config_file::set(&location, &facts, key, value) {
            Err(error @ EditError::Refused { .. }) => refusals.push(error),
            other => return other,
        }
    }
    let nearest = match ways {
        [value, ..] if config_file::is_value(value) => 0,
        [_, _, _] if !is_list(key) => 1,
        _ => ways.len() - 1,
    };
    Err(refusals.swap_remove(nearest))
}

/// Whether a key takes a list; those that have no value from the start all do.
fn is_list(key: &str) -> bool {
    match config_file::get(&Config::default(), key) {
        Ok(value) => value.is_none_or(|value| value.starts_with('[')),
        Err(_) => false,
    }
}
