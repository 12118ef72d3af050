//! Is there a server, and what can it do? It is asked when there is news of it, and again, more
//! and more rarely, while it fails.

use super::{Asking, Choice, Desk, FIRST_ASK, LAST_ASK, Notifier, Refusal, Report, Server, wire};

impl Desk {
    pub(super) fn ask(&mut self) {
        let Some((connection, postman)) = &self.line else {
            return;
        };
        if self.asking == Asking::No {
            self.asking = Asking::Yes;
            let call = wire::server(connection.clone());
            postman.await_answer(call, Report::ServerLate, Report::Server);
        }
    }

    pub(super) fn found(&mut self, server: Server) {
        self.asking = Asking::No;
        if self
            .server
            .as_ref()
            .is_none_or(|known| known.name != server.name)
        {
            self.forget_ids();
        }
        self.server = Some(server);
        self.tell_able();
        // An announcement that should be on the screen and is not: the server is new, or back.
        if self
            .up
            .as_ref()
            .is_some_and(|up| !up.answered && up.id.is_none() && up.show.is_none())
        {
            self.show();
        }
    }

    pub(super) fn not_found(&mut self, refusal: &Refusal) {
        self.asking = Asking::No;
        log::debug!("no notification server: {}", refusal.why);
        self.gone(&refusal.why);
        // Where there is none, its arrival will be noticed; one that fails has to be asked again.
        if !refusal.nobody {
            self.ask_later();
        }
    }

    pub(super) fn server_late(&mut self) {
        if self.asking == Asking::Yes {
            self.asking = Asking::Late;
            self.gone("the notification server does not answer");
        }
    }

    /// There is no server that works.
    pub(super) fn gone(&mut self, why: &str) {
        if let Some(prompt) = self.unshown() {
            self.failed(prompt, why);
        }
        self.tell(Notifier::Gone);
    }

    pub(super) fn owners(&mut self, before: &str, after: &str) {
        let known = self.server.as_ref().map(|server| server.name.as_str());
        if !after.is_empty() {
            if known != Some(after) {
                self.forget_server();
                self.ask_wait = FIRST_ASK;
                self.ask();
            }
        } else if known.is_none() || known == Some(before) {
            log::warn!("the notification server went away");
            self.forget_server();
            self.tell(Notifier::Gone);
            // One that is started on demand comes back when it is asked something.
            self.ask_later();
        }
    }

    pub(super) fn ask_later(&mut self) {
        if let Some((_, postman)) = self.line.as_ref().filter(|_| !self.ask_planned) {
            self.ask_planned = true;
            postman.later(self.ask_wait, Report::AskAgain);
            self.ask_wait = (self.ask_wait * 2).min(LAST_ASK);
        }
    }

    pub(super) fn forget_server(&mut self) {
        self.server = None;
        self.asking = Asking::No;
        self.sends_tokens = None;
        for id in std::mem::take(&mut self.clicks) {
            self.answered(id, Choice::START, None);
        }
        if let Some(up) = &mut self.up {
            up.id = None;
        }
    }

    /// The ids are kept until another server gives out its own, for an answer that is still on
    /// its way from the old one.
    pub(super) fn forget_ids(&mut self) {
        self.shows.clear();
        self.ids.clear();
        self.early.clear();
        self.tokens.clear();
        if let Some(up) = &mut self.up {
            up.show = None;
        }
    }
}
