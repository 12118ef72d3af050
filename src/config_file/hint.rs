//! What to do about tables and keys that do not exist.

use super::{
    keys::{self, Keys},
    say,
};
use crate::diagnostic::{Problem, did_you_mean, one_of};

/// What to write in the place of the caret, as a hint and for a repair.
pub trait Hint {
    /// "write `"10s"`"
    fn write(self, instead: &str) -> Self;
    /// "did you mean `"dark"`?"
    fn did_you_mean(self, meant: &str) -> Self;
}

impl Hint for Problem {
    fn write(self, instead: &str) -> Self {
        self.help(say("config-write", &[("instead", instead)]))
            .rewrite(instead)
    }

    fn did_you_mean(self, meant: &str) -> Self {
        self.help(say("config-did-you-mean", &[("meant", meant)]))
            .rewrite(meant)
    }
}

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
    if is_several_days(found, keys) {
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

/// Whether this means several days at once: `mon-fri`.
fn is_several_days(found: &str, keys: &Keys) -> bool {
    keys.table == keys::HOURS.table && found.contains(['-', '_', ' ', ','])
}

/// The key of this table that was probably meant. Not one of those that other tables have.
pub fn meant_key(found: &str, keys: &Keys) -> Option<&'static str> {
    match keys::called(found, keys) {
        None if keys::home(found).is_some() || is_several_days(found, keys) => None,
        _ => keys::meant(found, keys),
    }
}

/// The table that was probably meant, as a hint.
pub fn table_hint(found: &str) -> String {
    match meant_table(found) {
        Some(table) => say("config-did-you-mean", &[("meant", &table.heading())]),
        None => tables_hint(),
    }
}

/// The table that was probably meant.
pub fn meant_table(found: &str) -> Option<&'static Keys> {
    let plain = found.to_lowercase();
    let names = || keys::TABLES.iter().map(|keys| keys.table);
    let meant = names()
        .find(|name| plain.trim_end_matches('s') == name.trim_end_matches('s'))
        .or_else(|| keys::other_table(&plain))
        .or_else(|| did_you_mean(&plain, names()));
    let table = meant.and_then(|meant| keys::TABLES.iter().find(|keys| keys.table == meant));
    table.copied()
}

/// All tables that there are.
pub fn tables_hint() -> String {
    let headings: Vec<String> = keys::TABLES.iter().map(|keys| keys.heading()).collect();
    let headings = one_of(headings.iter().map(String::as_str));
    say("config-tables", &[("tables", &headings)])
}
