//! What differs between two settings, by key.

use std::collections::{BTreeMap, BTreeSet};

use super::print::{Written, written};
use crate::core::config::Config;

/// The dotted paths of all keys that differ, in alphabetical order: `schedule.lull`,
/// `reminder.eyes.every`. Of a reminder that came or went, all its keys.
#[must_use]
pub fn changes(before: &Config, after: &Config) -> Vec<String> {
    let (before, after) = (values(before), values(after));
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = |key: &&&String| before.get(**key) != after.get(**key);
    keys.iter()
        .filter(differs)
        .map(|key| (*key).clone())
        .collect()
}

/// Every key with its value in TOML.
fn values(config: &Config) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for table in written(config) {
        let number = seen.entry(table.keys.table).or_default();
        *number += 1;
        let prefix = prefix(&table, *number);
        for (key, value) in table.values {
            values.insert(format!("{prefix}.{key}"), value);
        }
    }
    values
}

/// The path of a table; one of several is told from the others by its id, or by its place from 1.
fn prefix(table: &Written, number: usize) -> String {
    let name = table.keys.table;
    match table.value("id") {
        Some(id) => format!("{name}.{}", id.trim_matches('"')),
        None if table.keys.repeated => format!("{name}.{number}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::core::config::{Reminder, When};

    #[test]
    fn what_differs_is_named_and_nothing_else() {
        let before = Config::default();
        assert_eq!(changes(&before, &before), [""; 0]);
        let mut after = before.clone();
        after.schedule.lull = Duration::ZERO;
        after.hold.quiet = false;
        after.reminders[0].when = When::Every(Duration::from_secs(1800));
        assert_eq!(
            changes(&before, &after),
            ["hold.quiet", "reminder.upper-back.every", "schedule.lull"]
        );
    }

    #[test]
    fn a_reminder_that_comes_or_goes_is_named_with_all_its_keys() {
        let before = Config::default();
        let mut after = before.clone();
        after.reminders.push(Reminder {
            id: "eyes".to_owned(),
            ..Reminder::default()
        });
        let keys = [
            "reminder.eyes.count",
            "reminder.eyes.every",
            "reminder.eyes.id",
            "reminder.eyes.length",
        ];
        assert_eq!(changes(&before, &after), keys);
        assert_eq!(changes(&after, &before), keys);
    }
}
