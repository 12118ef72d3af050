//! What callers over the bus look up, and the settings they change.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{Daemon, start::facts};
use crate::{
    config_file,
    core::time::Moment,
    ipc::service::{Look, Refusal},
    store::{self, Reader},
    text::text,
};

/// Tables that only the user's own editor changes: what stands in them is run.
const OFF_LIMITS: [(&str, &str); 2] = [
    ("hook", "refused-off-limits"),
    ("history", "refused-off-limits-history"),
];

impl Daemon {
    /// What a caller wants to know besides the status.
    pub(super) fn look_up(&self, what: &Look, now: Moment) -> Result<String, Refusal> {
        match what {
            Look::History { days } => self.history_since(now.utc - TimeDelta::days((*days).into())),
            Look::Stretches => {
                let rotates = (self.catalogue.iter()).map(|known| {
                    let id = &known.facts.id;
                    (id.0.clone(), Value::from(self.rules.rotates(id)))
                });
                Ok(Value::Object(rotates.collect()).to_string())
            }
            Look::Setting { key } => value(self.rules.config(), key),
        }
    }

    /// Every break since then, as `unhunch history --format json` has them.
    fn history_since(&self, since: DateTime<Utc>) -> Result<String, Refusal> {
        let mut rows = Vec::new();
        let keep = |credit| {
            rows.push(store::shown(&credit));
            Ok(())
        };
        let read = Reader::open(&self.options.history_file)
            .map_err(anyhow::Error::from)
            .and_then(|reader| reader.each_since(Some(since), keep));
        match read {
            Ok(()) => Ok(Value::Array(rows).to_string()),
            Err(error) => {
                log::warn!("the history could not be read for a caller: {error:#}");
                Err(Refusal::NoHistory(format!("{error:#}")))
            }
        }
    }

    /// Changes one key in the settings file, goes by it, and gives its value.
    pub(super) fn set(&mut self, key: &str, value: &str, now: Moment) -> Result<String, Refusal> {
        let table = key.split('.').next().unwrap_or_default();
        if let Some((_, why)) = OFF_LIMITS.iter().find(|(off, _)| *off == table) {
            return Err(Refusal::BadSetting(text(why)));
        }
        let location = self.options.config.clone();
        let changed = config_file::set(&location, &facts(&self.catalogue), key, value);
        if let Err(error) = changed {
            return Err(Refusal::BadSetting(error.to_string()));
        }
        self.reload(now);
        self::value(self.rules.config(), key)
    }
}

/// The value of a key in TOML; empty for one that has none.
fn value(config: &crate::core::config::Config, key: &str) -> Result<String, Refusal> {
    config_file::get(config, key)
        .map(Option::unwrap_or_default)
        .map_err(Refusal::BadSetting)
}
