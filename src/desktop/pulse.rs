//! A connection to the sound server, in the protocol of PulseAudio, which PipeWire speaks too.
//!
//! One question at a time on the caller's own thread, and each has a bound on how long it may
//! take: a server that hangs, or that says everything but the answer, costs its caller a second or
//! two, not the program. Between questions the caller may wait for news.

use std::{
    collections::BTreeSet,
    ffi::{CStr, CString},
    io::{BufReader, ErrorKind, Read as _, Write as _},
    os::{
        fd::{AsFd, BorrowedFd},
        unix::net::UnixStream,
    },
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use pulseaudio::protocol::{
    self, AuthParams, AuthReply, Command, CommandReply, CommandTag, Prop, Props, PulseError,
    ServerInfo, SetClientNameReply, SubscriptionEvent, SubscriptionEventFacility, SubscriptionMask,
    TagStructReader,
};

use super::{APP_ID, clock, ready};

/// How long an answer may take, and every part of it.
const PATIENCE: Duration = Duration::from_secs(1);
/// So many answers are remembered that nobody waits for yet; a server that gives more makes no
/// sense.
const MOST_ANSWERS: usize = 1024;
/// So much news is taken at once.
const MOST_NEWS: usize = 4096;
/// No message of a server is longer; what claims to be is none.
const LONGEST: u32 = 4 * 1024 * 1024;
/// How long a cookie is.
const COOKIE: usize = 256;
/// The channel of messages, as opposed to that of a stream.
const MESSAGES: u32 = u32::MAX;
/// Sound is sent in pieces of this many bytes.
const PIECE: usize = 32 * 1024;

/// A connection with its handshake done.
pub struct Connection {
    socket: BufReader<UnixStream>,
    version: u16,
    /// The number of the next question.
    next: u32,
    /// Questions that were answered with nothing but a yes while another one waited.
    agreed: BTreeSet<u32>,
    /// Somebody began or ended to record since this was last asked.
    news: bool,
}

/// Something that the server says.
enum Message {
    /// The rest of the answer to a question.
    Answer(u32, Vec<u8>),
    /// Something that nobody asked for.
    Other,
}

impl Connection {
    /// Connects with the server of this user.
    pub fn open() -> anyhow::Result<Self> {
        let places = places();
        let place = places.iter().find(|place| place.exists());
        Self::open_at(place.context("there is no sound server")?)
    }

    /// Connects with the server that listens here.
    pub fn open_at(path: &Path) -> anyhow::Result<Self> {
        let socket = UnixStream::connect(path)
            .with_context(|| format!("connecting to the sound server at {}", path.display()))?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let mut connection = Self {
            socket: BufReader::new(socket),
            version: protocol::MAX_VERSION,
            next: 0,
            agreed: BTreeSet::new(),
            news: false,
        };
        connection.introduce().context("the sound server")?;
        Ok(connection)
    }

    fn introduce(&mut self) -> anyhow::Result<()> {
        let cookie = pulseaudio::cookie_path_from_env().and_then(|path| std::fs::read(path).ok());
        let auth = AuthParams {
            version: self.version,
            supports_shm: false,
            supports_memfd: false,
            // A server that knows us by our user id still wants to see one of the right length.
            cookie: cookie.unwrap_or_else(|| vec![0; COOKIE]),
        };
        let reply: AuthReply = self.ask(&Command::Auth(auth))?;
        self.version = self.version.min(reply.version);
        let mut props = Props::new();
        props.set(Prop::ApplicationName, c"Unhunch");
        props.set(Prop::ApplicationId, app_id());
        props.set(Prop::ApplicationIconName, app_id());
        props.set(Prop::ApplicationProcessBinary, c"unhunch");
        let process = CString::new(std::process::id().to_string()).unwrap_or_default();
        props.set(Prop::ApplicationProcessId, process);
        let _: SetClientNameReply = self.ask(&Command::SetClientName(props))?;
        Ok(())
    }

    /// Asks, and waits for the answer.
    pub fn ask<R: CommandReply>(&mut self, command: &Command) -> anyhow::Result<R> {
        let number = self.send(command)?;
        let rest = self.answer_to(number)?;
        Ok(TagStructReader::new(&mut rest.as_slice(), self.version).read()?)
    }

    /// Waits for the answer to a question, whatever else the server has to say meanwhile.
    fn answer_to(&mut self, number: u32) -> anyhow::Result<Vec<u8>> {
        let until = clock::awake() + PATIENCE;
        loop {
            match self.hear()? {
                Message::Answer(answered, rest) if answered == number => return Ok(rest),
                Message::Answer(answered, _) => self.agree(answered)?,
                Message::Other => {}
            }
            if clock::awake() > until {
                bail!("it does not answer");
            }
        }
    }

    fn agree(&mut self, answered: u32) -> anyhow::Result<()> {
        self.agreed.insert(answered);
        if self.agreed.len() > MOST_ANSWERS {
            bail!("it said something that makes no sense");
        }
        Ok(())
    }

    /// Asks the server to tell when somebody begins or ends to record.
    pub fn subscribe(&mut self) -> anyhow::Result<()> {
        let about = SubscriptionMask::SOURCE_OUTPUT | SubscriptionMask::SOURCE;
        let number = self.send(&Command::Subscribe(about))?;
        self.answer_to(number)?;
        Ok(())
    }

    /// Whether there was such news since this was last asked. Takes in what has arrived, and
    /// does not wait for more.
    pub fn has_news(&mut self) -> anyhow::Result<bool> {
        for _ in 0..MOST_NEWS {
            let [readable] = ready::wait([self.as_fd()], Some(Duration::ZERO));
            if !readable && self.socket.buffer().is_empty() {
                break;
            }
            if let Message::Answer(answered, _) = self.hear()? {
                self.agree(answered)?;
            }
        }
        Ok(std::mem::take(&mut self.news))
    }

    /// The server by the name that people know.
    pub fn name(&mut self) -> anyhow::Result<&'static str> {
        let info: ServerInfo = self.ask(&Command::GetServerInfo)?;
        let name = info.server_name.unwrap_or_default();
        let pipewire = name.to_string_lossy().contains("PipeWire");
        Ok(if pipewire { "PipeWire" } else { "PulseAudio" })
    }

    /// Sends a command and gives its number; whether it was done is asked with
    /// [`Connection::wait_for`].
    pub fn send(&mut self, command: &Command) -> anyhow::Result<u32> {
        let number = self.next;
        self.next += 1;
        let mut message = Vec::new();
        protocol::write_command_message(&mut message, number, command, self.version)?;
        self.socket.get_mut().write_all(&message)?;
        Ok(number)
    }

    /// Waits until a command was done, for so long and no longer.
    pub fn wait_for(&mut self, number: u32, longest: Duration) -> anyhow::Result<()> {
        let longest = longest.max(PATIENCE);
        self.socket.get_ref().set_read_timeout(Some(longest))?;
        let done = self.wait(number);
        self.socket.get_ref().set_read_timeout(Some(PATIENCE))?;
        done
    }

    fn wait(&mut self, number: u32) -> anyhow::Result<()> {
        while !self.agreed.remove(&number) {
            if let Message::Answer(answered, _) = self.hear()? {
                self.agree(answered)?;
            }
        }
        Ok(())
    }

    /// Sends sound to a stream.
    pub fn feed(&mut self, channel: u32, bytes: &[u8]) -> anyhow::Result<()> {
        let mut message = Vec::with_capacity(bytes.len() + 1024);
        for piece in bytes.chunks(PIECE) {
            protocol::write_memblock(&mut message, channel, piece, 0)?;
        }
        self.socket.get_mut().write_all(&message)?;
        Ok(())
    }

    /// The next message. Waits for it.
    fn hear(&mut self) -> anyhow::Result<Message> {
        let message = self.message()?;
        let mut rest = message.as_slice();
        let mut reader = TagStructReader::new(&mut rest, self.version);
        let tag = reader.read_u32()?;
        let number = reader.read_u32()?;
        if tag == CommandTag::Reply as u32 {
            return Ok(Message::Answer(number, rest.to_vec()));
        }
        if tag == CommandTag::Error as u32 {
            let why: PulseError = reader.read_enum()?;
            bail!("it refused: {why}");
        }
        if tag == CommandTag::SubscribeEvent as u32 {
            let event: SubscriptionEvent = reader.read()?;
            self.news |= match event.event_facility {
                SubscriptionEventFacility::SourceOutput | SubscriptionEventFacility::Source => true,
                SubscriptionEventFacility::Sink
                | SubscriptionEventFacility::SinkInput
                | SubscriptionEventFacility::Module
                | SubscriptionEventFacility::Client
                | SubscriptionEventFacility::SampleCache
                | SubscriptionEventFacility::Server
                | SubscriptionEventFacility::Autoload
                | SubscriptionEventFacility::Card => false,
            };
        }
        Ok(Message::Other)
    }

    fn message(&mut self) -> anyhow::Result<Vec<u8>> {
        loop {
            let mut head = [0; protocol::DESCRIPTOR_SIZE];
            self.read(&mut head)?;
            let head = protocol::read_descriptor(&mut head.as_slice())?;
            if head.length > LONGEST {
                bail!("it said something that makes no sense");
            }
            let mut message = vec![0; head.length as usize];
            self.read(&mut message)?;
            if head.channel == MESSAGES {
                return Ok(message);
            }
        }
    }

    fn read(&mut self, bytes: &mut [u8]) -> anyhow::Result<()> {
        match self.socket.read_exact(bytes) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => bail!("it does not answer"),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => bail!("it has ended"),
            Err(error) => Err(error.into()),
        }
    }
}

impl AsFd for Connection {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.get_ref().as_fd()
    }
}

/// Where a sound server of this user may listen, the likeliest first.
pub fn places() -> Vec<PathBuf> {
    let server = std::env::var("PULSE_SERVER").ok();
    let server = server
        .as_deref()
        .map(|server| server.strip_prefix("unix:").unwrap_or(server));
    let server = server.filter(|server| server.starts_with('/'));
    let below = |variable, rest: &str| {
        let folder = std::env::var_os(variable)?;
        Some(PathBuf::from(folder).join(rest))
    };
    let places = [
        server.map(PathBuf::from),
        below("PULSE_RUNTIME_PATH", "native"),
        below("XDG_RUNTIME_DIR", "pulse/native"),
    ];
    places.into_iter().flatten().collect()
}

/// By which sound servers know the program.
pub fn app_id() -> CString {
    CString::new(APP_ID).unwrap_or_default()
}

/// The text of a property, without the zero at its end.
pub fn property(props: &Props, name: Prop) -> Option<String> {
    let bytes = props.get(name)?;
    let text = CStr::from_bytes_until_nul(bytes).map_or(bytes, CStr::to_bytes);
    Some(String::from_utf8_lossy(text).into_owned())
}
