//! What is up, who was told what, and what a letter changes about it.

use std::{collections::VecDeque, time::Duration};

use async_channel::{Receiver, WeakSender};
use zbus::Connection;

use super::{
    super::{Announcement, Dismissal, Event, Notice, plain},
    Generation, Letter, PATIENCE, Postman, Report,
    wire::{self, Refusal, Server, Signal},
};
use crate::{
    core::schedule::{Notifier, event::Answer},
    desktop::{bus, inbox::Post},
};

/// How long a click waits for a token that comes after it. Most servers send it before.
const TOKEN: Duration = Duration::from_millis(15);

/// Waits before a server that failed is asked again.
const FIRST_ASK: Duration = Duration::from_secs(5);
const LAST_ASK: Duration = Duration::from_secs(300);

/// How many past notifications a late answer can be about, and how many signals wait for the
/// reply that says whose they are.
const MEMORY: usize = 64;

/// The state of the client.
pub struct Desk {
    post: Post<Event>,
    desk: WeakSender<Letter>,
    generation: Generation,
    line: Option<(Connection, Postman)>,
    /// The server, once it has said what it can do.
    server: Option<Server>,
    asking: Asking,
    /// The wait before the next question to a server that failed.
    ask_wait: Duration,
    ask_planned: bool,
    told: Option<Notifier>,
    up: Option<Up>,
    /// Calls under way that show an announcement: their own number, and that of the announcement.
    shows: Vec<(u64, u64)>,
    last_show: u64,
    /// Ids given by this server, and the announcements they stand for.
    ids: VecDeque<(u32, u64)>,
    /// Signals about ids that a call under way may turn out to have been given.
    early: Vec<Signal>,
    tokens: VecDeque<(u32, String)>,
    /// Clicks that wait for a token.
    clicks: Vec<u32>,
    /// Whether this server is worth waiting for.
    sends_tokens: Option<bool>,
}

/// The announcement that should be on the screen.
struct Up {
    announcement: Announcement,
    /// The call that shows it, if one is under way.
    show: Option<u64>,
    /// The server's id for it, once shown.
    id: Option<u32>,
    answered: bool,
}

/// Whether the server has been asked who it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    No,
    Yes,
    /// It takes longer than it should.
    Late,
}

impl Desk {
    /// With nothing up and no connection.
    pub fn new(post: Post<Event>, desk: WeakSender<Letter>) -> Self {
        Self {
            post,
            desk,
            generation: 0,
            line: None,
            server: None,
            asking: Asking::No,
            ask_wait: FIRST_ASK,
            ask_planned: false,
            told: None,
            up: None,
            shows: Vec::new(),
            last_show: 0,
            ids: VecDeque::new(),
            early: Vec::new(),
            tokens: VecDeque::new(),
            clicks: Vec::new(),
            sends_tokens: None,
        }
    }

    /// Takes letters until nobody writes any more.
    pub async fn run(mut self, letters: Receiver<Letter>) {
        while let Ok(letter) = letters.recv().await {
            match letter {
                Letter::Announce(announcement) => self.announce(announcement),
                Letter::Withdraw(prompt) => self.withdraw(prompt),
                Letter::Notice(notice) => self.notice(notice),
                Letter::Connected(connection) => self.connected(connection).await,
                Letter::Lost => self.lost(),
                Letter::Closing(done) => {
                    self.close_last().await;
                    drop(done);
                }
                Letter::From(generation, report) if generation == self.generation => {
                    self.report(report);
                }
                Letter::From(..) => {}
            }
        }
    }

    fn report(&mut self, report: Report) {
        match report {
            Report::Signal(signal) => self.signal(signal),
            Report::Owners(before, after) => self.owners(&before, &after),
            Report::Server(Ok(server)) => self.found(server),
            Report::Server(Err(refusal)) => self.not_found(&refusal),
            Report::ServerLate => self.server_late(),
            Report::Taken(show, Ok(id)) => self.taken(show, id),
            Report::Taken(show, Err(refusal)) => self.refused(show, &refusal),
            Report::TakenLate(show) => self.taken_late(show),
            Report::NoToken(id) => self.no_token(id),
            Report::AskAgain => {
                self.ask_planned = false;
                self.ask();
            }
        }
    }

    // The daemon's loop.

    fn announce(&mut self, announcement: Announcement) {
        let prompt = announcement.prompt;
        // The same announcement in new words takes its own place; another one gets a place of its
        // own, so that a click on the old one is never taken for a click on the new one.
        let id = match self.up.take() {
            Some(old) if old.announcement.prompt == prompt => old.id,
            Some(old) => {
                self.close(old.id);
                None
            }
            None => None,
        };
        self.up = Some(Up {
            announcement,
            show: None,
            id,
            answered: false,
        });
        if self.line.is_none() {
            self.failed(prompt, "there is no session bus");
        } else if self.server.is_some() {
            self.show();
        } else if self.asking == Asking::Late {
            self.failed(prompt, "the notification server does not answer");
        } else {
            self.ask();
        }
    }

    fn withdraw(&mut self, prompt: u64) {
        if let Some(up) = self.up.take_if(|up| up.announcement.prompt == prompt) {
            self.close(up.id);
        }
    }

    fn notice(&self, mut notice: Notice) {
        if self
            .server
            .as_ref()
            .is_some_and(|server| server.able.markup)
        {
            notice.body = wire::escape(&notice.body);
        }
        bus::spawn(plain::show_on_bus(notice));
    }

    async fn close_last(&mut self) {
        let id = self.up.take().and_then(|up| up.id);
        if let (Some(id), Some((connection, _))) = (id, &self.line) {
            bus::within(PATIENCE, wire::close(connection.clone(), id)).await;
        }
    }

    // The connection.

    async fn connected(&mut self, connection: Connection) {
        self.forget_connection();
        let postman = Postman {
            desk: self.desk.clone(),
            generation: self.generation,
        };
        match bus::within(PATIENCE, postman.listen(&connection)).await {
            Some(Ok(())) => {
                self.line = Some((connection, postman));
                self.ask();
            }
            Some(Err(error)) => {
                log::warn!("listening for answers to notifications: {error}");
                self.tell(Notifier::Gone);
            }
            None => {
                log::warn!("listening for answers to notifications: the bus does not answer");
                self.tell(Notifier::Gone);
            }
        }
    }

    fn lost(&mut self) {
        let unshown = self.unshown();
        self.forget_connection();
        if let Some(prompt) = unshown {
            self.failed(prompt, "the session bus went away");
        }
        self.tell(Notifier::Gone);
    }

    fn forget_connection(&mut self) {
        self.generation += 1;
        self.line = None;
        self.ask_planned = false;
        self.forget_server();
        self.forget_ids();
    }

    // The server.

    fn ask(&mut self) {
        let Some((connection, postman)) = &self.line else {
            return;
        };
        if self.asking == Asking::No {
            self.asking = Asking::Yes;
            let call = wire::server(connection.clone());
            postman.await_answer(call, Report::ServerLate, Report::Server);
        }
    }

    fn found(&mut self, server: Server) {
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

    fn not_found(&mut self, refusal: &Refusal) {
        self.asking = Asking::No;
        log::debug!("no notification server: {}", refusal.why);
        self.gone(&refusal.why);
        // Where there is none, its arrival will be noticed; one that fails has to be asked again.
        if !refusal.nobody {
            self.ask_later();
        }
    }

    fn server_late(&mut self) {
        if self.asking == Asking::Yes {
            self.asking = Asking::Late;
            self.gone("the notification server does not answer");
        }
    }

    /// There is no server that works.
    fn gone(&mut self, why: &str) {
        if let Some(prompt) = self.unshown() {
            self.failed(prompt, why);
        }
        self.tell(Notifier::Gone);
    }

    fn owners(&mut self, before: &str, after: &str) {
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

    fn ask_later(&mut self) {
        if let Some((_, postman)) = self.line.as_ref().filter(|_| !self.ask_planned) {
            self.ask_planned = true;
            postman.later(self.ask_wait, Report::AskAgain);
            self.ask_wait = (self.ask_wait * 2).min(LAST_ASK);
        }
    }

    fn forget_server(&mut self) {
        self.server = None;
        self.asking = Asking::No;
        self.sends_tokens = None;
        for id in std::mem::take(&mut self.clicks) {
            self.answered(id, Answer::Start, None);
        }
        if let Some(up) = &mut self.up {
            up.id = None;
        }
    }

    /// The ids are kept until another server gives out its own, for an answer that is still on
    /// its way from the old one.
    fn forget_ids(&mut self) {
        self.shows.clear();
        self.ids.clear();
        self.early.clear();
        self.tokens.clear();
        if let Some(up) = &mut self.up {
            up.show = None;
        }
    }

    // Showing.

    fn show(&mut self) {
        let (Some((connection, postman)), Some(server), Some(up)) =
            (&self.line, &self.server, &mut self.up)
        else {
            return;
        };
        self.last_show += 1;
        let show = self.last_show;
        up.show = Some(show);
        self.shows.push((show, up.announcement.prompt));
        let call = wire::show(
            connection.clone(),
            up.announcement.clone(),
            server.able,
            up.id.unwrap_or_default(),
        );
        postman.await_answer(call, Report::TakenLate(show), move |taken| {
            Report::Taken(show, taken)
        });
    }

    fn taken(&mut self, show: u64, id: u32) {
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
            Some(up) if up.announcement.prompt == prompt && up.id == Some(id) => {}
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

    fn refused(&mut self, show: u64, refusal: &Refusal) {
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
        let prompt = up.announcement.prompt;
        self.failed(prompt, &refusal.why);
        self.tell(Notifier::Gone);
        if !refusal.nobody {
            self.ask_later();
        }
    }

    fn taken_late(&mut self, show: u64) {
        if let Some(up) = self.up.as_ref().filter(|up| up.show == Some(show)) {
            let prompt = up.announcement.prompt;
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
    fn unshown(&self) -> Option<u64> {
        let up = self.up.as_ref()?;
        (up.id.is_none() && !up.answered).then_some(up.announcement.prompt)
    }

    fn close(&self, id: Option<u32>) {
        if let (Some(id), Some((connection, _))) = (id, &self.line) {
            bus::spawn(wire::close(connection.clone(), id));
        }
    }

    // Answers.

    fn signal(&mut self, signal: Signal) {
        if !self.ids.iter().any(|(id, _)| *id == signal.id()) {
            // Somebody else's, or ours before the reply that tells us so.
            if !self.shows.is_empty() && self.early.len() < MEMORY {
                self.early.push(signal);
            }
            return;
        }
        match signal {
            Signal::Token(id, token) => self.token(id, token),
            Signal::Chosen(id, answer) => self.chosen(id, answer),
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

    fn chosen(&mut self, id: u32, answer: Answer) {
        if let Some(up) = self.up.as_mut().filter(|up| up.id == Some(id)) {
            up.answered = true;
        }
        let place = self.tokens.iter().position(|(of, _)| *of == id);
        let token = place
            .and_then(|place| self.tokens.remove(place))
            .map(|(_, token)| token);
        // Only a window needs a token, and only some servers send one.
        let wait = answer == Answer::Start && token.is_none() && self.sends_tokens != Some(false);
        match &self.line {
            Some((_, postman)) if wait => {
                self.clicks.push(id);
                postman.later(TOKEN, Report::NoToken(id));
            }
            _ => self.answered(id, answer, token),
        }
    }

    fn no_token(&mut self, id: u32) {
        if self.clicks.contains(&id) {
            self.sends_tokens.get_or_insert(false);
            self.clicked(id, None);
        }
    }

    /// The wait for a token is over. Should the user have clicked twice, the first click has it.
    fn clicked(&mut self, id: u32, mut token: Option<String>) {
        let clicks = self.clicks.extract_if(.., |of| *of == id).count();
        for _ in 0..clicks {
            self.answered(id, Answer::Start, token.take());
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
            let prompt = up.announcement.prompt;
            (self.post)(Event::Dismissed { prompt, by });
        }
    }

    // Telling.

    fn answered(&self, id: u32, answer: Answer, token: Option<String>) {
        if let Some((_, prompt)) = self.ids.iter().find(|(of, _)| *of == id) {
            let prompt = *prompt;
            (self.post)(Event::Answered {
                prompt,
                answer,
                token,
            });
        }
    }

    fn failed(&self, prompt: u64, why: &str) {
        let why = why.to_owned();
        (self.post)(Event::Failed { prompt, why });
    }

    fn tell_able(&mut self) {
        if let Some(server) = &self.server {
            self.tell(if server.able.buttons {
                Notifier::Ok
            } else {
                Notifier::NoButtons
            });
        }
    }

    fn tell(&mut self, now: Notifier) {
        if self.told != Some(now) {
            self.told = Some(now);
            (self.post)(Event::Server(now));
        }
    }
}
