//! Settings that change while the program runs.

use super::{super::config::What, Story, account::Track, due::Stage, turn::Turn};

impl Turn<'_> {
    /// Whether the state belongs to these rules.
    pub(super) fn fits_rules(&self) -> bool {
        let reminders = &self.rules.config().reminders;
        let tracks = &self.state.tracks;
        reminders.len() == tracks.len()
            && reminders
                .iter()
                .zip(tracks)
                .all(|(reminder, track)| reminder.id == track.id)
    }

    /// Goes on under new rules. A reminder is the same as long as its id is; thresholds count at
    /// once; a break on the screen goes on with what it has.
    pub(super) fn reload(&mut self) {
        self.changed = true;
        self.let_go_of_removed();
        let now = self.state.at.boot;
        let mut old = std::mem::take(&mut self.state.tracks);
        let reminders = &self.rules.config().reminders;
        self.state.tracks = (reminders.iter())
            .map(|reminder| {
                let known = old.iter().position(|track| track.id == reminder.id);
                known.map_or_else(|| Track::new(&reminder.id, now), |i| old.swap_remove(i))
            })
            .collect();
        if let Some(current) = &mut self.state.current {
            let id = &current.prompt.reminder;
            let place = self.state.tracks.iter().position(|track| track.id == *id);
            // A removed reminder's break was withdrawn above.
            current.track = place.unwrap_or(0);
        }
        self.choose_again();
        self.reread_hours();
        self.judge_film_anew();
    }

    /// Takes back what belongs to reminders that are no more.
    fn let_go_of_removed(&mut self) {
        let reminders = &self.rules.config().reminders;
        for i in 0..self.state.tracks.len() {
            if reminders
                .iter()
                .any(|reminder| reminder.id == self.state.tracks[i].id)
            {
                continue;
            }
            let is_current =
                (self.state.current.as_ref()).is_some_and(|current| current.track == i);
            if is_current {
                self.close_current();
                self.tell(Story::Withdrawn {
                    reminder: self.id(i),
                });
            }
            self.dissolve(i);
        }
    }

    /// Breaks that are not on the screen give up stretches that no longer rotate, or that they no
    /// longer ask for.
    fn choose_again(&mut self) {
        for (i, track) in self.state.tracks.iter_mut().enumerate() {
            let Some(due) = &mut track.due else {
                continue;
            };
            let count = match self.rules.reminder(i).what {
                What::Stretches { count, .. } => usize::from(count),
                What::Message { .. } => 0,
            };
            let fits = due.stretches.len() == count
                && due.stretches.iter().all(|id| self.rules.rotates(id));
            if due.stage != Stage::Current && !fits {
                self.state.bag.put_back(&std::mem::take(&mut due.stretches));
            }
        }
    }
}
