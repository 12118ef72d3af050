//! What the user says in a window about which stretches rotate: into the settings' file, and into
//! use at once.

use super::{Daemon, start::facts};
use crate::{
    config_file,
    core::{
        config::Config,
        rotation::LastOne,
        schedule::{Event, WindowNews},
        stretch::StretchId,
        time::Moment,
    },
    text::{text, text_with},
    window::wire::ToWindow,
};

impl Daemon {
    /// "Not for me": out of the rotation, and another stretch in its place.
    pub(super) fn take_out(&mut self, prompt: u64, stretch: StretchId, place: usize, now: Moment) {
        let rotated = self.rules.rotates(&stretch);
        if let Err(why) = self.switch(&stretch, false, now) {
            self.windows.answer(prompt, &ToWindow::Refused { why }, now);
            return;
        }
        let answer = match rotated {
            true => ToWindow::TakenOut {
                stretch: stretch.to_string(),
            },
            // It was chosen by hand. Putting it back would put it where it has not been.
            false => ToWindow::Refused {
                why: text("refused-does-not-rotate"),
            },
        };
        let news = WindowNews::NotForMe { stretch, place };
        self.step(Event::Window { prompt, news }, now);
        self.windows.answer(prompt, &answer, now);
    }

    /// It is for the user after all: back into the rotation, and back into its place.
    pub(super) fn put_back(
        &mut self,
        prompt: u64,
        stretch: StretchId,
        place: Option<usize>,
        now: Moment,
    ) {
        if let Err(why) = self.switch(&stretch, true, now) {
            self.windows.answer(prompt, &ToWindow::Refused { why }, now);
        } else if let Some(place) = place {
            let news = WindowNews::PutBack { stretch, place };
            self.step(Event::Window { prompt, news }, now);
        }
    }

    /// Changes the settings' file, and goes on under the new settings at once. Says why not.
    pub(super) fn switch(
        &mut self,
        stretch: &StretchId,
        on: bool,
        now: Moment,
    ) -> Result<(), String> {
        let facts = facts(&self.catalogue);
        let mut outcome = Ok(());
        let mut weight = self.taken_out.get(stretch).copied().unwrap_or_default();
        let changed = config_file::edit(&self.options.config, &facts, |config| {
            let rotation = &mut config.rotation;
            if !on {
                weight = rotation.weight(stretch);
            }
            outcome = rotation.switch(stretch, on, &facts);
            if on {
                rotation.weigh(stretch, weight);
            }
        });
        if let Err(LastOne) = outcome {
            return Err(text("refused-last-one"));
        }
        let changed = changed.map_err(|error| {
            log::warn!("the rotation was not changed: {error}");
            // The rest shows the lines of the file, for which the window has no room.
            let why = error
                .to_string()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
            text_with("refused-settings", &[("why", why.into())])
        })?;
        match on {
            true => self.taken_out.remove(stretch),
            false => self.taken_out.insert(stretch.clone(), weight),
        };
        // What else stands in the file by now is noticed, checked and told like any other edit.
        let config = Config {
            rotation: changed.rotation,
            ..self.rules.config().clone()
        };
        self.go_by(config, now);
        log::info!("{stretch} rotates: {on}");
        Ok(())
    }
}
