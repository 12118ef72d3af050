//! What comes back: clicks, the tokens that belong to them, and the ends of notifications.

use super::{Choice, Desk, Dismissal, Event, MEMORY, Report, Signal, TOKEN};

impl Desk {
    pub(super) fn signal(&mut self, signal: Signal) {
        if !self.ids.iter().any(|(id, _)| *id == signal.id()) {
            // Somebody else's, or ours before the reply that tells us so.
            if !self.shows.is_empty() && self.early.len() < MEMORY {
                self.early.push(signal);
            }
            return;
        }
        match signal {
            Signal::Token(id, token) => self.token(id, token),
            Signal::Chosen(id, choice) => self.chosen(id, choice),
            Signal::Closed(id, reason) => self.closed(id, reason),
        }
    }

    fn token(&mut self, id: u32, token: String) {
        self.sends_tokens = Some(true);
        if self.clicks.contains(&id) {
            self.clicked(id, Some(token));
        } else {
            self.tokens.push_front((id, token));
            self.tokens.truncate(MEMORY);
        }
    }

    fn chosen(&mut self, id: u32, choice: Choice) {
        if let Some(up) = self.up.as_mut().filter(|up| up.id == Some(id)) {
            up.answered = true;
        }
        let place = self.tokens.iter().position(|(of, _)| *of == id);
        let token = place
            .and_then(|place| self.tokens.remove(place))
            .map(|(_, token)| token);
        // Only a window needs a token, and only some servers send one.
        let wait = choice == Choice::START && token.is_none() && self.sends_tokens != Some(false);
        match &self.line {
            Some((_, postman)) if wait => {
                self.clicks.push(id);
                postman.later(TOKEN, Report::NoToken(id));
            }
            _ => self.answered(id, choice, token),
        }
    }

    pub(super) fn no_token(&mut self, id: u32) {
        if self.clicks.contains(&id) {
            self.sends_tokens.get_or_insert(false);
            self.clicked(id, None);
        }
    }

    /// The wait for a token is over. Should the user have clicked twice, the first click has it.
    fn clicked(&mut self, id: u32, mut token: Option<String>) {
        let clicks = self.clicks.extract_if(.., |of| *of == id).count();
        for _ in 0..clicks {
            self.answered(id, Choice::START, token.take());
        }
    }

    fn closed(&mut self, id: u32, reason: u32) {
        // Nothing comes after this, so a click need not wait any longer.
        self.clicked(id, None);
        let Some(up) = self.up.take_if(|up| up.id == Some(id)) else {
            return;
        };
        if !up.answered {
            let by = match reason {
                1 => Dismissal::Expired,
                2 => Dismissal::User,
                _ => Dismissal::Unknown,
            };
            let prompt = up.card.prompt();
            (self.post)(Event::Dismissed { prompt, by });
        }
    }
}
