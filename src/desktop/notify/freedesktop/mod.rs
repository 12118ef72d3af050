//! Announcements through the desktop's notification server (`org.freedesktop.Notifications`).
//!
//! A client of our own, because a click must not be lost: it listens before it sends, keeps one
//! connection and one stream of signals for good, takes the activation token that comes with a
//! click, and watches the server's name so that a server that dies or comes back is noticed.
//!
//! Everything happens in one task on the bus's thread, the [`desk`]: it takes [`Letter`]s one
//! after the other, and whatever has to wait (a call, a deadline) is a task of its own that writes
//! a letter when it is done. [`wire`] knows what the letters look like on the bus.

mod desk;
mod wire;

use std::time::Duration;

use async_channel::{Sender, WeakSender};
use futures_lite::StreamExt as _;
use zbus::{Connection, MatchRule, Message, MessageStream};

use super::{Announcement, Event, Notice, Notify, Question};
use crate::desktop::{
    bus::{self, Bus, Client, Work},
    inbox::Post,
};

/// How long the server may take over an announcement before the window stands in for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Something for the desk.
#[derive(Debug)]
enum Letter {
    Show(Card),
    Withdraw(u64),
    Notice(Notice),
    Connected(Connection),
    Lost,
    /// Close what is up; the program ends.
    Closing(Sender<()>),
    /// From a task that belongs to a connection; worthless once that connection is gone.
    From(Generation, Report),
}

/// A notification with buttons.
#[derive(Clone, Debug)]
enum Card {
    Announcement(Announcement),
    Question(Question),
}

impl Card {
    /// The number that events about it carry.
    fn prompt(&self) -> u64 {
        match self {
            Self::Announcement(announcement) => announcement.prompt,
            Self::Question(question) => question.prompt,
        }
    }
}

/// Counts the connections.
type Generation = u64;

/// What a task on a connection reports.
#[derive(Debug)]
enum Report {
    /// A signal of the notification interface.
    Signal(wire::Signal),
    /// The server changed, from this unique name to that one; empty for none.
    Owners(String, String),
    /// Who the server is.
    Server(Result<wire::Server, wire::Refusal>),
    /// It has not said so for a while, and may still.
    ServerLate,
    /// The id that the server gave to an announcement.
    Taken(u64, Result<u32, wire::Refusal>),
    /// It has not given one for a while, and may still.
    TakenLate(u64),
    /// No token came after a click.
    NoToken(u32),
    /// Time to ask a silent server again.
    AskAgain,
}

/// The handle of the daemon's loop.
pub struct Freedesktop {
    desk: Sender<Letter>,
}

impl Freedesktop {
    /// Starts on the bus's thread.
    pub fn start(bus: &Bus, post: Post<Event>) -> Self {
        let (desk, letters) = async_channel::unbounded();
        let task = desk::Desk::new(post, desk.downgrade());
        bus.run(move |_connection| task.run(letters));
        bus.attach(Line {
            desk: desk.downgrade(),
        });
        Self { desk }
    }

    fn write(&self, letter: Letter) {
        // The desk is gone only when the bus's thread has been stopped.
        self.desk.try_send(letter).ok();
    }
}

impl Notify for Freedesktop {
    fn announce(&mut self, announcement: Announcement) {
        self.write(Letter::Show(Card::Announcement(announcement)));
    }

    fn ask(&mut self, question: Question) {
        self.write(Letter::Show(Card::Question(question)));
    }

    fn withdraw(&mut self, prompt: u64) {
        self.write(Letter::Withdraw(prompt));
    }

    fn notice(&mut self, notice: Notice) {
        self.write(Letter::Notice(notice));
    }
}

/// Tells the desk of connections.
struct Line {
    desk: WeakSender<Letter>,
}

impl Line {
    fn write(&self, letter: Letter) {
        if let Some(desk) = self.desk.upgrade() {
            desk.try_send(letter).ok();
        }
    }
}

impl Client for Line {
    fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>> {
        self.write(Letter::Connected(connection));
        Box::pin(std::future::ready(Ok(())))
    }

    fn lost(&mut self) {
        self.write(Letter::Lost);
    }

    fn closing(&mut self) -> Work<'_> {
        let (done, waiting) = async_channel::bounded(1);
        self.write(Letter::Closing(done));
        Box::pin(async move {
            // A desk that is gone has nothing left to close.
            waiting.recv().await.ok();
        })
    }
}

/// Where the tasks of one connection write to.
#[derive(Clone)]
struct Postman {
    desk: WeakSender<Letter>,
    generation: Generation,
}

impl Postman {
    fn deliver(&self, report: Report) {
        if let Some(desk) = self.desk.upgrade() {
            desk.try_send(Letter::From(self.generation, report)).ok();
        }
    }

    /// Listens to the server's signals and to the fate of its name. Both are under way when this
    /// returns, so nothing that follows can be missed.
    async fn listen(&self, connection: &Connection) -> zbus::Result<()> {
        let signals = stream(connection, wire::signals_rule()?).await?;
        let owners = bus::owner_changes(connection, wire::SERVER).await?;
        self.pass_on(signals, |message| {
            wire::Signal::read(message).map(Report::Signal)
        });
        self.pass_on(owners, |message| {
            let (before, after) = wire::owners(message)?;
            Some(Report::Owners(before, after))
        });
        Ok(())
    }

    fn pass_on(
        &self,
        mut messages: MessageStream,
        read: impl Fn(&Message) -> Option<Report> + Send + 'static,
    ) {
        let postman = self.clone();
        bus::spawn(async move {
            while let Some(Ok(message)) = messages.next().await {
                if let Some(report) = read(&message) {
                    postman.deliver(report);
                }
            }
        });
    }

    /// Waits for an answer; says when it is late, and goes on waiting.
    fn await_answer<T: Send + 'static>(
        &self,
        call: impl Future<Output = T> + Send + 'static,
        late: Report,
        report: impl FnOnce(T) -> Report + Send + 'static,
    ) {
        let postman = self.clone();
        bus::spawn(async move {
            let mut call = Box::pin(call);
            let answer = match bus::within(PATIENCE, &mut call).await {
                Some(answer) => answer,
                None => {
                    postman.deliver(late);
                    call.await
                }
            };
            postman.deliver(report(answer));
        });
    }

    fn later(&self, wait: Duration, report: Report) {
        let postman = self.clone();
        bus::spawn(async move {
            bus::pause(wait).await;
            postman.deliver(report);
        });
    }
}

async fn stream(connection: &Connection, rule: MatchRule<'static>) -> zbus::Result<MessageStream> {
    MessageStream::for_match_rule(rule, connection, None).await
}
