//! Settings and stretches of the user's own that change while the program runs.
//!
//! What has changed counts at once and moves nothing else. Settings with a mistake change nothing:
//! the last good ones go on. A stretch file with a mistake costs its stretch. Both say where the
//! mistake is: in the log, in the status, and once on the screen.

use std::path::Path;

use super::{
    Daemon,
    start::{facts, rules},
};
use crate::{
    config_file::{self, Loaded, Location},
    core::{
        config::{Config, LogLevel},
        schedule::Event,
        time::Moment,
    },
    desktop::{journal, notify::Notice, watch::Place},
    diagnostic::{Problem, Severity},
    stretch_file::{self, Broken, Known},
    text::text_with,
};

/// The mistakes that the user has been told of, as they were told.
#[derive(Debug, Default)]
pub struct Mistakes {
    settings: String,
    stretches: String,
}

/// Where something may change that the daemon goes by.
pub fn places(settings: &Location) -> Vec<Place> {
    vec![
        Place::File(settings.path.clone()),
        Place::Folder(stretch_file::folder(settings)),
    ]
}

impl Daemon {
    /// Reads the settings and the user's own stretches again, and goes by what has changed.
    pub(super) fn reload(&mut self, now: Moment) {
        let folder = stretch_file::folder(&self.options.config);
        let Known { candidates, broken } = stretch_file::known(Some(&folder));
        let loaded = config_file::load(&self.options.config, &facts(&candidates));
        let is_error = |problem: &Problem| problem.severity == Severity::Error;
        let kept = loaded.problems.iter().any(is_error);
        let config = match kept {
            false => loaded.config.clone(),
            true => self.rules.config().clone(),
        };
        let changes = config_file::changes(self.rules.config(), &config);
        let others = candidates != self.catalogue;
        if others {
            log::info!("there are {} stretches now", candidates.len());
            self.catalogue = candidates;
        }
        if !changes.is_empty() {
            log::info!("settings changed: {}", changes.join(", "));
        }
        if others || !changes.is_empty() {
            self.go_by(config, now);
        }
        self.report(&loaded, kept);
        self.report_stretches(&folder, &broken);
    }

    /// From now on so much is written to the log, unless `RUST_LOG` wants something else.
    pub(super) fn log_by_the_settings(&self) {
        if journal::level_is_fixed() {
            return;
        }
        log::set_max_level(match self.rules.config().log.level {
            LogLevel::Error => log::LevelFilter::Error,
            LogLevel::Warn => log::LevelFilter::Warn,
            LogLevel::Info => log::LevelFilter::Info,
            LogLevel::Debug => log::LevelFilter::Debug,
            LogLevel::Trace => log::LevelFilter::Trace,
        });
    }

    /// From now on these are the settings.
    pub(super) fn go_by(&mut self, config: Config, now: Moment) {
        // What happened until now happened under the old settings.
        self.step(Event::Tick, now);
        self.rules = rules(config, &self.catalogue);
        self.log_by_the_settings();
        self.diary.reload(self.rules.config(), now);
        self.step(Event::RulesChanged, now);
        self.icon.follow(self.rules.config());
        let news = self.sensors.rules_changed(&self.rules.config().hold);
        self.step_all(news, now);
        self.mind_films(now);
    }

    /// Says what was not understood in the settings; `kept`: those from before stay in use.
    pub(super) fn report(&mut self, loaded: &Loaded, kept: bool) {
        let file = self.options.config.path.display().to_string();
        self.problems.retain(|problem| !problem.contains(&file));
        let places: Vec<String> = (loaded.problems.iter())
            .map(|problem| located(&file, loaded.document.line_and_column(problem), problem))
            .collect();
        let said = loaded.render(false);
        if self.mistakes.settings != said {
            self.mistakes.settings.clone_from(&said);
            let body = match kept {
                true => "notice-settings-kept",
                false => "notice-settings-body",
            };
            self.show_mistakes("notice-settings", body, &places, &said);
        }
        self.problems.extend(places);
    }

    /// The same for the user's own stretches.
    pub(super) fn report_stretches(&mut self, folder: &Path, broken: &[Broken]) {
        let folder = folder.display().to_string();
        self.problems.retain(|problem| !problem.contains(&folder));
        let mut places = Vec::new();
        let mut said = Vec::new();
        for broken in broken {
            said.push(broken.render(false));
            places.extend(broken.problems.iter().map(|problem| {
                let line_and_column = problem.line_and_column(&broken.text);
                located(&problem.file, line_and_column, problem)
            }));
        }
        let said = said.join("\n\n");
        if self.mistakes.stretches != said {
            self.mistakes.stretches.clone_from(&said);
            self.show_mistakes("notice-stretches", "notice-stretches-body", &places, &said);
        }
        self.problems.extend(places);
    }

    fn show_mistakes(&mut self, title: &str, body: &str, places: &[String], said: &str) {
        let Some(first) = places.first() else {
            return;
        };
        log::warn!("{said}");
        self.notify.notice(Notice {
            title: text_with(title, &[("count", places.len().into())]),
            body: text_with(body, &[("first", first.clone().into())]),
            transient: false,
        });
    }
}

/// A problem with its place, in one line.
fn located(file: &str, (line, _column): (usize, usize), problem: &Problem) -> String {
    text_with(
        "problem-in-file",
        &[
            ("file", file.into()),
            ("line", line.into()),
            ("what", problem.message.clone().into()),
        ],
    )
}
