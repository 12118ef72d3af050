//! From an announcement to a notification with an id, by a call that may be refused, late, or
//! overtaken by a change of mind.

use super::{Desk, Event, FIRST_ASK, MEMORY, Notifier, Refusal, Report, Signal, bus, wire};

impl Desk {
    pub(super) fn show(&mut self) {
        let (Some((connection, postman)), Some(server), Some(up)) =
            (&self.line, &self.server, &mut self.up)
        else {
            return;
        };
        self.last_show += 1;
        let show = self.last_show;
        up.show = Some(show);
        self.shows.push((show, up.card.prompt()));
        let call = wire::show(
            connection.clone(),
            up.card.clone(),
            server.able,
            up.id.unwrap_or_default(),
        );
        postman.await_answer(call, Report::TakenLate(show), move |taken| {
            Report::Taken(show, taken)
        });
    }

    pub(super) fn taken(&mut self, show: u64, id: u32) {
        let Some(prompt) = self.finished(show) else {
            return;
        };
        self.ask_wait = FIRST_ASK;
        self.ids.retain(|(known, _)| *known != id);
        self.ids.push_front((id, prompt));
        self.ids.truncate(MEMORY);
        match &mut self.up {
            Some(up) if up.show == Some(show) => {
                up.show = None;
                up.id = Some(id);
                (self.post)(Event::Shown { prompt });
                self.tell_able();
            }
            // The same announcement in newer words is on its way into this place.
            Some(up) if up.card.prompt() == prompt && up.id == Some(id) => {}
            // Withdrawn while the server was still thinking about it.
            _ => self.close(Some(id)),
        }
        let known = |signal: &mut Signal| self.ids.iter().any(|(id, _)| *id == signal.id());
        let theirs: Vec<Signal> = self.early.extract_if(.., known).collect();
        for signal in theirs {
            self.signal(signal);
        }
        if self.shows.is_empty() {
            self.early.clear();
        }
    }

    pub(super) fn refused(&mut self, show: u64, refusal: &Refusal) {
        if self.finished(show).is_none() {
            return;
        }
        let Some(up) = self.up.as_mut().filter(|up| up.show == Some(show)) else {
            return;
        };
        up.show = None;
        if up.id.take().is_some() {
            // What it should have replaced may be gone; without that it is as good.
            self.show();
            return;
        }
        let prompt = up.card.prompt();
        self.failed(prompt, &refusal.why);
        self.tell(Notifier::Gone);
        if !refusal.nobody {
            self.ask_later();
        }
    }

    pub(super) fn taken_late(&mut self, show: u64) {
        if let Some(up) = self.up.as_ref().filter(|up| up.show == Some(show)) {
            let prompt = up.card.prompt();
            self.failed(prompt, "the notification server does not answer");
            self.tell(Notifier::Gone);
        }
    }

    /// The announcement that a finished call was about.
    fn finished(&mut self, show: u64) -> Option<u64> {
        let place = self.shows.iter().position(|(number, _)| *number == show)?;
        Some(self.shows.swap_remove(place).1)
    }

    /// The announcement that somebody still waits to see.
    pub(super) fn unshown(&self) -> Option<u64> {
        let up = self.up.as_ref()?;
        (up.id.is_none() && !up.answered).then_some(up.card.prompt())
    }

    pub(super) fn close(&self, id: Option<u32>) {
        if let (Some(id), Some((connection, _))) = (id, &self.line) {
            bus::spawn(wire::close(connection.clone(), id));
        }
    }
}
