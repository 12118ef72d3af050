//! What to do about tables and keys that do not exist.

use super::{
    keys::{self, Keys},
    say,
};
use crate::diagnostic::{did_you_mean, one_of};

/// What to do about a key that the table does not have.
pub fn key_hint(found: &str, keys: &Keys) -> String {
    if keys::called(found, keys).is_none()
        && let Some(home) = keys::home(found)
    {
        return say(
            "config-other-table",
            &[("key", found), ("table", &home.heading())],
        );
    }
    if keys.table == keys::HOURS.table && found.contains(['-', '_', ' ', ',']) {
        return say("config-one-day", &[]);
    }
    match keys::meant(found, keys) {
        Some(meant) => say("config-did-you-mean", &[("meant", meant)]),
        None => say(
            "config-keys",
            &[
                ("table", &keys.heading()),
                ("keys", &one_of(keys.keys.iter().copied())),
            ],
        ),
    }
}

/// The table that was probably meant.
pub fn table_hint(found: &str) -> String {
    let plain = found.to_lowercase();
    let names = || keys::TABLES.iter().map(|keys| keys.table);
    let meant = names()
        .find(|name| plain.trim_end_matches('s') == name.trim_end_matches('s'))
        .or_else(|| keys::other_table(&plain))
        .or_else(|| did_you_mean(&plain, names()));
    let table = meant.and_then(|meant| keys::TABLES.iter().find(|keys| keys.table == meant));
    match table {
        Some(table) => say("config-did-you-mean", &[("meant", &table.heading())]),
        None => tables_hint(),
    }
}

/// All tables that there are.
pub fn tables_hint() -> String {
    let headings: Vec<String> = keys::TABLES.iter().map(|keys| keys.heading()).collect();
    let headings = one_of(headings.iter().map(String::as_str));
    say("config-tables", &[("tables", &headings)])
}
