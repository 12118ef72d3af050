//! Single settings, looked up by their dotted path.

use super::{
    hint::{key_hint, table_hint},
    keys::{self, Keys},
    print::{Written, written},
    say, syntax,
};
use crate::{core::config::Config, diagnostic::did_you_mean};

/// The value of a key in TOML, by the path that [`super::Document::set`] takes; of a table, its
/// keys and values, line by line. Nothing for a key that has no value and no default.
///
/// # Errors
/// If there is no such key. Says which one was probably meant.
pub fn get(config: &Config, path: &str) -> Result<Option<String>, String> {
    let parts: Vec<&str> = path.split('.').map(str::trim).collect();
    let tables = written(config);
    let (name, rest) = (parts[0], &parts[1..]);
    let Some(keys) = keys::TABLES.iter().find(|keys| keys.table == name) else {
        let title = say("config-unknown-table", &[("key", name)]);
        let hint = match keys::home(name) {
            Some(home) => {
                let table = home.heading();
                say("config-other-table", &[("key", name), ("table", &table)])
            }
            None => table_hint(name),
        };
        return Err(format!("{title}: {hint}"));
    };
    let mut tables = tables.iter().filter(|table| table.keys.table == name);
    let (table, key) = match rest {
        [number, rest @ ..] if keys.table == keys::HOOK.table => {
            (Some(hook(&mut tables, number)?), rest)
        }
        [id, rest @ ..] if keys.repeated => (Some(reminder(&mut tables, id)?), rest),
        rest => (tables.next(), rest),
    };
    match key {
        [] => Ok(table.map(Written::lines)),
        [key] => value(keys, table, key),
        [key, ..] => Err(no_such_key(keys, key)),
    }
}

/// Whether a text is a value in TOML.
#[must_use]
pub fn is_value(text: &str) -> bool {
    syntax::parse("", &format!("value = {text}"), 0)
        .problems
        .is_empty()
}

fn reminder<'t>(
    tables: &mut dyn Iterator<Item = &'t Written>,
    id: &str,
) -> Result<&'t Written, String> {
    let mut ids = Vec::new();
    for table in tables {
        let known = table.value("id").unwrap_or_default().trim_matches('"');
        if known == id {
            return Ok(table);
        }
        ids.push(known);
    }
    let title = say("config-no-such-reminder", &[("id", id)]);
    Err(match did_you_mean(id, ids) {
        Some(meant) => format!(
            "{title}: {}",
            say("config-did-you-mean", &[("meant", meant)])
        ),
        None => title,
    })
}

/// Hooks have no names, but an order: the first one is 1, and its place 0.
pub fn place_of(number: &str) -> Option<usize> {
    let number: usize = number.parse().ok()?;
    number.checked_sub(1)
}

fn hook<'t>(
    tables: &mut dyn Iterator<Item = &'t Written>,
    number: &str,
) -> Result<&'t Written, String> {
    let found = place_of(number).and_then(|place| tables.nth(place));
    found.ok_or_else(|| say("config-no-such-hook", &[("number", number)]))
}

fn value(
    keys: &'static Keys,
    table: Option<&Written>,
    key: &str,
) -> Result<Option<String>, String> {
    if !keys.keys.contains(&key) {
        return Err(no_such_key(keys, key));
    }
    let written = table.and_then(|table| table.value(key));
    // Without an entry, these lists are not written, but they are there.
    let is_empty_list = keys.table == keys::ROTATION.table
        && ["also", "except", "more_often", "less_often"].contains(&key);
    Ok(written
        .map(str::to_owned)
        .or_else(|| is_empty_list.then(|| "[]".to_owned())))
}

fn no_such_key(keys: &'static Keys, key: &str) -> String {
    let heading = keys.heading();
    let title = say("config-unknown-key", &[("table", &heading), ("key", key)]);
    format!("{title}: {}", key_hint(key, keys))
}
