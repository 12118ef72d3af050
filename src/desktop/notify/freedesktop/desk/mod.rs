//! What is up, who was told what, and what a letter changes about it.

mod answers;
mod server;
mod show;

use std::{collections::VecDeque, time::Duration};

use async_channel::{Receiver, WeakSender};
use zbus::Connection;

use super::{
    super::{Dismissal, Event, Notice, plain},
    Card, Generation, Letter, PATIENCE, Postman, Report,
    wire::{self, Choice, Refusal, Server, Signal},
};
use crate::{
    core::schedule::Notifier,
    desktop::{bus, fault::caught_in, inbox::Post},
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

/// The announcement or question that should be on the screen.
struct Up {
    card: Card,
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
            if caught_in(self.take(letter)).await.is_none() {
                // Should that panic as well, the next letter finds an empty desk.
                caught_in(self.begin_anew()).await;
            }
        }
    }

    async fn take(&mut self, letter: Letter) {
        match letter {
            Letter::Show(card) => self.put_up(card),
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

    /// After a panic nothing here can be trusted but the connection. What should be on the screen
    /// has failed, so that the window takes its place.
    async fn begin_anew(&mut self) {
        let (line, up) = (self.line.take(), self.up.take());
        let fresh = Self::new(Post::clone(&self.post), self.desk.clone());
        let generation = self.generation + 1;
        *self = Self {
            generation,
            ..fresh
        };
        if let Some(up) = up {
            self.failed(up.card.prompt(), "a fault of the program");
        }
        if let Some((connection, _)) = line {
            self.connected(connection).await;
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

    fn put_up(&mut self, card: Card) {
        let prompt = card.prompt();
        // The same announcement in new words takes its own place; another one gets a place of its
        // own, so that a click on the old one is never taken for a click on the new one.
        let id = match self.up.take() {
            Some(old) if old.card.prompt() == prompt => old.id,
            Some(old) => {
                self.close(old.id);
                None
            }
            None => None,
        };
        self.up = Some(Up {
            card,
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
        if let Some(up) = self.up.take_if(|up| up.card.prompt() == prompt) {
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

    // Telling.

    fn answered(&self, id: u32, choice: Choice, token: Option<String>) {
        if let Some((_, prompt)) = self.ids.iter().find(|(of, _)| *of == id) {
            let prompt = *prompt;
            (self.post)(match choice {
                Choice::Answer(answer) => Event::Answered {
                    prompt,
                    answer,
                    token,
                },
                Choice::GoesOn => Event::Said {
                    prompt,
                    goes_on: true,
                },
                Choice::Over => Event::Said {
                    prompt,
                    goes_on: false,
                },
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
