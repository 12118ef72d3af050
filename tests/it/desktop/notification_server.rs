//! A notification server that does what a test tells it, message by message.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use futures_lite::StreamExt as _;
use zbus::{
    Connection, Message, MessageStream, OwnedVariant, block_on, connection, message::Type,
    names::OwnedUniqueName,
};

use super::PATIENCE;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What it does when it is asked to show something.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// Takes it.
    Takes,
    /// Takes it, and the user clicks so fast that the signals follow the reply with no gap:
    /// a token, then the action.
    IsClickedAtOnce,
    /// The signals of such a click overtake the reply.
    IsClickedBeforeItReplies,
    /// Says no.
    Refuses,
    /// Says nothing.
    Hangs,
}

/// What it was asked.
#[derive(Debug)]
pub enum Asked {
    /// What it can do.
    Capabilities,
    /// To show this.
    Notify(Shown),
    /// To take this back.
    Close(u32),
}

/// Something to show.
#[derive(Debug)]
pub struct Shown {
    /// The id it got, or would have got.
    pub id: u32,
    /// The id of what it replaces, or 0.
    pub replaces: u32,
    pub title: String,
    pub body: String,
    /// Keys and labels, alternating.
    pub buttons: Vec<String>,
    pub hints: HashMap<String, OwnedVariant>,
    pub expires: i32,
    /// Who asked, for signals to them alone.
    pub asker: OwnedUniqueName,
    /// The call, for a reply that comes late.
    pub call: Message,
}

/// The server.
pub struct NotificationServer {
    connection: Connection,
    manner: Arc<Mutex<Manner>>,
    asked: mpsc::Receiver<Asked>,
}

impl NotificationServer {
    /// With buttons and markup, and in this manner.
    pub fn start(address: &str, manner: Manner) -> Self {
        Self::with(address, manner, &["actions", "body", "body-markup"])
    }

    /// With these capabilities.
    pub fn with(address: &str, manner: Manner, able: &'static [&'static str]) -> Self {
        let connection = block_on(connection::Builder::address(address).build()).unwrap();
        let manner = Arc::new(Mutex::new(manner));
        let (sender, asked) = mpsc::channel();
        let mut served = Served {
            connection: connection.clone(),
            manner: Arc::clone(&manner),
            asked: sender,
            able,
            last: 0,
        };
        // Listening before the name is there, as a server should.
        let calls = MessageStream::from(&connection);
        thread::spawn(move || block_on(served.serve(calls)));
        block_on(connection.request_name(NAME)).unwrap();
        Self {
            connection,
            manner,
            asked,
        }
    }

    /// From now on.
    pub fn set(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// The next thing it was asked.
    pub fn asked(&self) -> Asked {
        self.asked.recv_timeout(PATIENCE).expect("a call")
    }

    /// The next thing that it was asked to show.
    pub fn shown(&self) -> Shown {
        loop {
            if let Asked::Notify(shown) = self.asked() {
                return shown;
            }
        }
    }

    /// The id of the next thing it was asked to take back.
    pub fn closed(&self) -> u32 {
        loop {
            if let Asked::Close(id) = self.asked() {
                return id;
            }
        }
    }

    /// Sends signals with no gap between them, to the asker alone as some servers do.
    pub fn tell(&self, asker: &OwnedUniqueName, signals: &[Signal]) {
        let messages: Vec<Message> = signals.iter().map(|s| s.message(Some(asker))).collect();
        block_on(self.connection.send_all(&messages)).unwrap();
    }

    /// Sends a signal to everybody, as other servers do.
    pub fn tell_everybody(&self, signal: &Signal) {
        block_on(self.connection.send(&signal.message(None))).unwrap();
    }

    /// Gives the reply that it was holding back.
    pub fn reply(&self, shown: &Shown) {
        block_on(self.connection.reply(&shown.call.header(), &shown.id)).unwrap();
    }

    /// Ends as a process that is killed does: the connection is simply gone.
    pub fn die(self) {
        block_on(self.connection.close()).unwrap();
    }
}

/// A signal of the server.
#[derive(Clone, Debug)]
pub enum Signal {
    Token(u32, String),
    Action(u32, &'static str),
    Closed(u32, u32),
}

impl Signal {
    fn message(&self, to: Option<&OwnedUniqueName>) -> Message {
        let member = match self {
            Self::Token(..) => "ActivationToken",
            Self::Action(..) => "ActionInvoked",
            Self::Closed(..) => "NotificationClosed",
        };
        let mut builder = Message::signal(PATH, NAME, member);
        if let Some(to) = to {
            builder = builder.destination(to.clone());
        }
        match self {
            Self::Token(id, token) => builder.build(&(id, token)),
            Self::Action(id, key) => builder.build(&(id, key)),
            Self::Closed(id, reason) => builder.build(&(id, reason)),
        }
        .unwrap()
    }
}

/// The click of [`Manner::IsClickedAtOnce`].
fn click(id: u32) -> [Signal; 2] {
    [
        Signal::Token(id, format!("token-{id}")),
        Signal::Action(id, "default"),
    ]
}

struct Served {
    connection: Connection,
    manner: Arc<Mutex<Manner>>,
    asked: mpsc::Sender<Asked>,
    able: &'static [&'static str],
    last: u32,
}

impl Served {
    async fn serve(&mut self, mut calls: MessageStream) {
        while let Some(Ok(call)) = calls.next().await {
            if call.message_type() == Type::MethodCall {
                // A bus that is gone takes no replies; the stream ends next.
                self.answer(&call).await.ok();
            }
        }
    }

    async fn answer(&mut self, call: &Message) -> zbus::Result<()> {
        let header = call.header();
        let manner = *self.manner.lock().unwrap();
        match header.member().unwrap().as_str() {
            "GetCapabilities" => {
                self.asked.send(Asked::Capabilities).ok();
                if matches!(manner, Manner::Hangs) {
                    return Ok(());
                }
                self.connection.reply(&header, &self.able).await
            }
            "CloseNotification" => {
                let id: u32 = call.body().deserialize()?;
                self.asked.send(Asked::Close(id)).ok();
                self.connection.reply(&header, &()).await?;
                let closed = Signal::Closed(id, 3).message(None);
                self.connection.send(&closed).await
            }
            "Notify" => {
                let shown = self.read(call);
                let (id, asker) = (shown.id, shown.asker.clone());
                self.asked.send(Asked::Notify(shown)).ok();
                let reply = Message::method_return(&header).build(&id)?;
                let [token, action] = click(id).map(|signal| signal.message(Some(&asker)));
                match manner {
                    Manner::Takes => self.connection.send(&reply).await,
                    Manner::IsClickedAtOnce => {
                        self.connection.send_all(&[reply, token, action]).await
                    }
                    Manner::IsClickedBeforeItReplies => {
                        self.connection.send_all(&[token, action, reply]).await
                    }
                    Manner::Refuses => {
                        let name = "org.freedesktop.DBus.Error.LimitsExceeded";
                        self.connection
                            .reply_error(&header, name, &"too many")
                            .await
                    }
                    Manner::Hangs => Ok(()),
                }
            }
            // What a whole program asks besides, for do-not-disturb: nobody here knows.
            _ => {
                let name = "org.freedesktop.DBus.Error.UnknownMethod";
                self.connection.reply_error(&header, name, &"unknown").await
            }
        }
    }

    fn read(&mut self, call: &Message) -> Shown {
        type Arguments = (
            String,
            u32,
            String,
            String,
            String,
            Vec<String>,
            HashMap<String, OwnedVariant>,
            i32,
        );
        let (_app, replaces, _icon, title, body, buttons, hints, expires) =
            call.body().deserialize::<Arguments>().unwrap();
        self.last += 1;
        Shown {
            id: if replaces == 0 { self.last } else { replaces },
            replaces,
            title,
            body,
            buttons,
            hints,
            expires,
            asker: call.header().sender().unwrap().to_owned().into(),
            call: call.clone(),
        }
    }
}
