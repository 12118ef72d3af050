//! Keeping the story of the last breaks, for `unhunch why`: also for the next run of the program.

use std::path::Path;

use super::{Daemon, reasons};
use crate::{
    core::{
        chronicle::{Because, Chronicle, Tale},
        schedule::Status,
    },
    desktop::private::{self, Care},
    ipc::tales,
    store,
};

impl Daemon {
    /// Notes how things stand, and keeps the story if something was told.
    pub(super) fn go_on_telling(&mut self, status: &Status) {
        let now = self.state.now().local();
        // What holds is of interest only while it holds a break.
        let held = self.chronicle.open_ones().any(Tale::is_held);
        let holding = if held {
            self.holding(status)
        } else {
            Vec::new()
        };
        let due = status.reminders.iter().filter(|reminder| reminder.due);
        let due: Vec<&str> = due.map(|reminder| reminder.id.as_str()).collect();
        self.chronicle.note(now, &holding, &due);
        if std::mem::take(&mut self.told) {
            self.diary.write(self.state.now());
            self.keep_the_story();
        }
    }

    fn holding(&self, status: &Status) -> Vec<Because> {
        let waits = reasons::waits(status, &self.sensors).into_iter();
        let because = waits.filter_map(|wait| {
            Some(Because {
                from: wait.since.parse().ok()?,
                reason: wait.reason,
                text: wait.text,
                to: None,
            })
        });
        because.collect()
    }

    /// The disk is not waited for: a power cut may cost the story, never anything else.
    pub(super) fn keep_the_story(&self) {
        let file = store::story_beside(&self.options.state_file);
        let json = tales::json(&self.chronicle);
        if let Err(error) = private::replace(&file, json.as_bytes(), ".state-why-", Care::Kill) {
            log::warn!("the story of the last breaks could not be kept: {error}");
        }
    }
}

/// The story that an earlier run kept. One that cannot be read is no loss.
pub(super) fn read(state_file: &Path) -> Chronicle {
    tales::read(&store::story_beside(state_file)).unwrap_or_else(|error| {
        log::debug!("no story of earlier breaks: {error:#}");
        Chronicle::default()
    })
}
