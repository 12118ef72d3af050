//! One connection to the session bus, for everything that the program says and hears there.
//!
//! One thread of ours runs the connection and whatever is built on it; between messages that
//! thread sleeps in the kernel. It connects, tells its [`Client`]s, and when the bus goes away it
//! tells them too and tries again, more and more rarely. Nothing that calls into this module
//! waits for the bus, except [`Bus::ask`] and [`Bus::stop`], which have a deadline.
//!
//! To serve an interface: implement [`Client`], put the object on the connection's object server
//! in [`Client::connected`], [`Bus::attach`] it, and only then ask for the name
//! ([`super::instance::claim`]), so that nobody meets the name without its object. Futures that
//! should run beside everything else on this thread go through [`spawn`] (on it) or
//! [`Bus::run`] (from anywhere); both get every wake-up of the one thread and cost no other.

use std::{
    future::{Future, pending},
    io,
    pin::Pin,
    sync::mpsc,
    thread,
    time::Duration,
};

use async_channel::{Receiver, Sender, WeakSender};
use futures_lite::StreamExt as _;
use zbus::{Connection, MatchRule, MessageStream, connection, fdo, message::Type};

use super::{
    fault::{caught, caught_in},
    sense::Why,
};

/// What a [`Client`] does on the bus's thread.
pub type Work<'a, T = ()> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The longest that any call on the connection waits for its answer.
const CALL: Duration = Duration::from_secs(25);

/// The longest that a client may take over a new connection, or over its end.
const SETTLE: Duration = Duration::from_secs(5);

/// The longest that the program waits at its end for all of them together, and for one of them.
const FAREWELL: Duration = Duration::from_millis(350);
const LAST_WORDS: Duration = Duration::from_millis(150);

/// What is left for answers that were given just before the end.
const PARTING: Duration = Duration::from_millis(20);

/// A name that comes and goes is looked at no more often than this.
const CALM: Duration = Duration::from_millis(100);

/// Waits between attempts to reach a bus that has an address but does not answer.
const FIRST_RETRY: Duration = Duration::from_secs(1);
const LAST_RETRY: Duration = Duration::from_secs(300);

/// Something that lives on the connection. All of this is called on the bus's thread.
pub trait Client: Send + 'static {
    /// There is a connection, the first one or a new one.
    fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>>;

    /// There is no bus, or it went away. Told once each time.
    fn lost(&mut self) {}

    /// The program ends: last words.
    fn closing(&mut self) -> Work<'_> {
        Box::pin(std::future::ready(()))
    }
}

/// The handle on the bus's thread; the clones are the same.
#[derive(Clone)]
pub struct Bus {
    commands: Sender<Command>,
}

type Job = Box<dyn FnOnce(Option<Connection>) -> Work<'static> + Send>;

enum Command {
    Attach(Box<dyn Client>),
    Run(Job),
    Connect,
    Lost,
    Stop(mpsc::Sender<()>),
}

impl Bus {
    /// Starts the thread, which connects to this address, or without one to the session's bus as
    /// the environment gives it. Does not wait for the connection.
    ///
    /// # Errors
    ///
    /// When the system refuses another thread.
    pub fn start(address: Option<String>) -> io::Result<Self> {
        let (commands, waiting) = async_channel::unbounded();
        let bus = Self { commands };
        bus.send(Command::Connect);
        let inner = Inner {
            address,
            connection: None,
            clients: Vec::new(),
            commands: bus.commands.downgrade(),
            retry: FIRST_RETRY,
        };
        thread::Builder::new()
            .name("bus".to_owned())
            .spawn(move || zbus::block_on(inner.run(waiting)))?;
        Ok(bus)
    }

    /// Adds a client, which is told at once whether there is a connection.
    pub fn attach(&self, client: impl Client) {
        self.send(Command::Attach(Box::new(client)));
    }

    /// Runs a job on the bus's thread beside everything else, with the connection if there is one.
    /// Jobs start in the order in which they were given.
    pub fn run<F, W>(&self, job: F)
    where
        F: FnOnce(Option<Connection>) -> W + Send + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        self.send(Command::Run(Box::new(move |connection| {
            Box::pin(job(connection))
        })));
    }

    /// Runs a job and waits for its answer; `None` when none came in time.
    pub fn ask<F, W, R>(&self, patience: Duration, job: F) -> Option<R>
    where
        F: FnOnce(Option<Connection>) -> W + Send + 'static,
        W: Future<Output = R> + Send + 'static,
        R: Send + 'static,
    {
        let (answer, coming) = mpsc::channel();
        self.run(move |connection| {
            let work = job(connection);
            async move {
                // Nobody waits any more: the answer came too late.
                answer.send(work.await).ok();
            }
        });
        coming.recv_timeout(patience).ok()
    }

    /// Lets every client say its last words and leaves the bus. Waits for less than a second,
    /// since whoever shuts the machine down does not wait long either.
    pub fn stop(self) {
        let (done, waiting) = mpsc::channel();
        self.send(Command::Stop(done));
        // The end of the thread drops the sender, which is an answer as well.
        waiting.recv_timeout(FAREWELL).ok();
    }

    fn send(&self, command: Command) {
        // The thread is gone only after `stop`; whatever comes after that is for nobody.
        self.commands.try_send(command).ok();
    }
}

/// The comings and goings of whoever owns a name, as `NameOwnerChanged`. Listened to when this
/// returns, so nothing that follows can be missed.
///
/// # Errors
///
/// When the bus refuses, or is gone.
pub async fn owner_changes(connection: &Connection, name: &str) -> zbus::Result<MessageStream> {
    let bus = "org.freedesktop.DBus";
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(bus)
        .interface(bus)
        .member("NameOwnerChanged")
        .add_arg(name)
        .build()?;
    MessageStream::for_match_rule(rule, connection, None).await
}

/// Whether anybody owns this name now; starts nobody.
pub async fn has_owner(connection: &Connection, name: &str) -> bool {
    let Ok(bus) = fdo::DBusProxy::new(connection).await else {
        return false;
    };
    let Ok(name) = name.try_into() else {
        return false;
    };
    bus.name_has_owner(name).await.unwrap_or_default()
}

/// Does something while messages come in on this stream, and drops those: its outcome, and whether
/// any came. A stream that nobody reads holds up everything else on its connection, answers
/// included.
pub async fn while_reading<T>(
    stream: &mut MessageStream,
    work: impl Future<Output = T>,
) -> (T, bool) {
    let mut came = false;
    let reading = async {
        while stream.next().await.is_some() {
            came = true;
        }
        // The end of the connection is for whoever reads next.
        pending().await
    };
    let outcome = futures_lite::future::or(work, reading).await;
    (outcome, came)
}

/// Follows a service for as long as there is one, and anew whenever another takes its name, until
/// the connection ends. `absent` is told when nobody has the name, or the bus does not say.
pub async fn follow_owner<F>(
    connection: &Connection,
    name: &str,
    follow: impl Fn() -> F,
    absent: impl Fn(Why),
) where
    F: Future<Output = ()>,
{
    let mut changes = match owner_changes(connection, name).await {
        Ok(changes) => changes,
        Err(error) => return absent(Why::Failed(error.to_string())),
    };
    loop {
        let asked = within(SETTLE, has_owner(connection, name));
        let (there, came) = while_reading(&mut changes, asked).await;
        if came {
            // It comes and goes; what was heard may be old by now.
            while_reading(&mut changes, pause(CALM)).await;
            continue;
        }
        let followed = async {
            match there {
                Some(true) => follow().await,
                Some(false) => absent(Why::NobodyToAsk),
                None => absent(Why::Silent),
            }
            // Until another one has the name there is nothing more to say.
            pending::<()>().await;
        };
        let changed = async { changes.next().await.is_some() };
        let goes_on = futures_lite::future::or(changed, async {
            followed.await;
            false
        });
        if !goes_on.await {
            return;
        }
    }
}

/// Runs a future beside everything else on the bus's thread. To be called on that thread: in a
/// [`Client`], in a job of [`Bus::run`], in a method of a served interface.
pub fn spawn(future: impl Future<Output = ()> + Send + 'static) {
    zruntime::spawn(async {
        // What panics is over, and reported; everybody else on this thread goes on.
        caught_in(future).await;
    })
    .detach();
}

/// Lets time pass, for a future on the bus's thread. This clock stands still while the machine
/// sleeps, so it is for patience with others and not for the schedule.
pub async fn pause(length: Duration) {
    match zruntime::SharedRuntime::current() {
        Ok(runtime) => runtime.sleep(length).await,
        Err(error) => {
            // Going on at once would turn every retry into a busy loop.
            log::error!("the bus's thread has no timer: {error}");
            pending::<()>().await;
        }
    }
}

/// The outcome of a future, or `None` when it took longer than this. The future is dropped then.
pub async fn within<T>(patience: Duration, future: impl Future<Output = T>) -> Option<T> {
    let late = async {
        pause(patience).await;
        None
    };
    futures_lite::future::or(async { Some(future.await) }, late).await
}

struct Inner {
    address: Option<String>,
    connection: Option<Connection>,
    clients: Vec<Box<dyn Client>>,
    // Weak, so that the thread ends when nobody can ask anything of it any more.
    commands: WeakSender<Command>,
    retry: Duration,
}

impl Inner {
    async fn run(mut self, waiting: Receiver<Command>) {
        while let Ok(command) = waiting.recv().await {
            match command {
                Command::Attach(client) => self.attach(client).await,
                Command::Run(job) => {
                    if let Some(work) = caught(|| job(self.connection.clone())) {
                        spawn(work);
                    }
                }
                Command::Connect => self.connect().await,
                Command::Lost => self.lost(),
                Command::Stop(done) => {
                    waiting.close();
                    self.stop().await;
                    done.send(()).ok();
                    return;
                }
            }
        }
        self.stop().await;
    }

    async fn attach(&mut self, mut client: Box<dyn Client>) {
        match &self.connection {
            Some(connection) => greet(&mut *client, connection).await,
            None => lose(&mut *client),
        }
        self.clients.push(client);
    }

    async fn connect(&mut self) {
        if self.connection.is_some() {
            return;
        }
        let builder = match &self.address {
            Some(address) => connection::Builder::address(address.as_str()),
            None => connection::Builder::session(),
        };
        let built = within(SETTLE, builder.method_timeout(CALL).build()).await;
        match built {
            Some(Ok(connection)) => {
                self.retry = FIRST_RETRY;
                self.watch_end(connection.clone());
                for client in &mut self.clients {
                    greet(&mut **client, &connection).await;
                }
                self.connection = Some(connection);
            }
            Some(Err(error)) if !self.may_appear(&error) => {
                log::warn!("there is no session bus: {error}");
            }
            Some(Err(error)) => {
                log::debug!("the session bus does not answer: {error}");
                self.retry_later();
            }
            None => {
                log::debug!("the session bus does not answer");
                self.retry_later();
            }
        }
    }

    /// Whether an address that failed may work later. Without an address nothing will appear.
    fn may_appear(&self, error: &zbus::Error) -> bool {
        let given = self.address.is_some()
            || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|value| !value.is_empty());
        given && !matches!(error, zbus::Error::Address(_) | zbus::Error::Unsupported)
    }

    fn lost(&mut self) {
        if self.connection.take().is_none() {
            return;
        }
        log::warn!("the session bus went away");
        for client in &mut self.clients {
            lose(&mut **client);
        }
        self.retry_later();
    }

    fn retry_later(&mut self) {
        let wait = self.retry;
        self.retry = (self.retry * 2).min(LAST_RETRY);
        self.later(Command::Connect, async move { pause(wait).await });
    }

    fn watch_end(&self, connection: Connection) {
        self.later(Command::Lost, async move { connection.closed().await });
    }

    /// Gives a command to itself when this future is done.
    fn later(&self, command: Command, when: impl Future<Output = ()> + Send + 'static) {
        let commands = self.commands.clone();
        spawn(async move {
            when.await;
            if let Some(commands) = commands.upgrade() {
                commands.try_send(command).ok();
            }
        });
    }

    async fn stop(&mut self) {
        for client in &mut self.clients {
            within(LAST_WORDS, caught_in(async { client.closing().await })).await;
        }
        if let Some(connection) = self.connection.take() {
            // The answer to the call that ends the program is written by a task of its own.
            pause(PARTING).await;
            // Futures of clients may hold the connection as well; this ends it for all of them.
            if let Some(Err(error)) = within(LAST_WORDS, connection.close()).await {
                log::debug!("leaving the session bus: {error}");
            }
        }
    }
}

async fn greet(client: &mut dyn Client, connection: &Connection) {
    let greeting = caught_in(async { client.connected(connection.clone()).await });
    match within(SETTLE, greeting).await {
        Some(Some(Ok(()))) => return,
        Some(Some(Err(error))) => {
            log::warn!("on the new connection to the session bus: {error}");
        }
        // A panic was reported where it happened.
        Some(None) => {}
        None => log::warn!("the session bus takes too long"),
    }
    lose(client);
}

fn lose(client: &mut dyn Client) {
    // Nothing more can be said to a client that panics even now.
    caught(|| client.lost());
}
