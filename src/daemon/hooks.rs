//! Hooks: what happened, for the programs that the user wants to run then.

use crate::{
    core::{
        config::{Config, Hook},
        day::example::variables,
        schedule::Story,
    },
    desktop::hook::{Hooks, Order},
};

/// Runs what the settings want for this event. `details` are its keys as JSON.
pub fn run(hooks: &Hooks, config: &Config, story: &Story, details: &str) {
    for hook in config.hooks.iter().filter(|hook| hook.on == story.event()) {
        hooks.start(&order(hook, story, details));
    }
}

/// What this hook runs when that happens. `details` are the keys of the event as JSON.
#[must_use]
pub fn order(hook: &Hook, story: &Story, details: &str) -> Order {
    Order {
        run: hook.run.clone(),
        timeout: hook.timeout,
        environment: environment(story, details),
    }
}

/// The event and its keys as variables: `UNHUNCH_REMINDER`, `UNHUNCH_STRETCH`, …, and all of them
/// as JSON.
fn environment(story: &Story, details: &str) -> Vec<(String, String)> {
    let mut variables = variables(story);
    variables.insert(1, ("UNHUNCH_DETAILS".to_owned(), details.to_owned()));
    variables
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::core::{
        schedule::effect::{By, Reason},
        stretch::StretchId,
    };

    fn pairs(story: &Story) -> Vec<String> {
        let variables = environment(story, "{}").into_iter();
        variables
            .map(|(name, value)| format!("{name}={value}"))
            .collect()
    }

    #[test]
    fn every_key_of_an_event_is_a_variable() {
        let reminder = || "eyes".to_owned();
        assert_eq!(
            pairs(&Story::Snoozed {
                reminder: reminder(),
                length: Duration::from_secs(300),
                snoozes: 1,
                by: By::Timeout,
            }),
            [
                "UNHUNCH_EVENT=snoozed",
                "UNHUNCH_DETAILS={}",
                "UNHUNCH_REMINDER=eyes",
                "UNHUNCH_FOR_S=300",
                "UNHUNCH_SNOOZES=1",
                "UNHUNCH_BY=timeout",
            ]
        );
        let held = Story::Held {
            reminder: reminder(),
            reasons: vec![Reason::Quiet, Reason::Meeting],
        };
        assert_eq!(pairs(&held)[3], "UNHUNCH_REASONS=quiet,meeting");
        let started = |names: &[&str]| Story::Started {
            reminder: reminder(),
            stretches: names
                .iter()
                .map(|name| StretchId((*name).to_owned()))
                .collect(),
        };
        assert_eq!(pairs(&started(&["a", "b"]))[3], "UNHUNCH_STRETCH=a+b");
        assert_eq!(pairs(&started(&[]))[3], "UNHUNCH_STRETCH=");
        assert_eq!(pairs(&Story::Paused { until: None })[2], "UNHUNCH_UNTIL=");
    }
}
