//! A connection to the sound server, in the protocol of PulseAudio, which PipeWire speaks too.
//!
//! One question at a time on the caller's own thread, and each has a bound on how long it may
//! take: a server that hangs costs its caller a second, not the program.

use std::{
    collections::BTreeSet,
    ffi::{CStr, CString},
    io::{BufReader, ErrorKind, Read as _, Write as _},
    os::unix::net::UnixStream,
    time::Duration,
};

use anyhow::{Context as _, bail};
use pulseaudio::protocol::{
    self, AuthParams, AuthReply, Command, CommandReply, CommandTag, Prop, Props, PulseError,
    SetClientNameReply, TagStructReader,
};

use super::APP_ID;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(1);
/// No message of a server is longer; what claims to be is none.
const LONGEST: u32 = 4 * 1024 * 1024;
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
}

impl Connection {
    /// Connects with the server of this user.
    pub fn open() -> anyhow::Result<Self> {
        let path = pulseaudio::socket_path_from_env().context("there is no sound server")?;
        let socket = UnixStream::connect(&path)
            .with_context(|| format!("connecting to the sound server at {}", path.display()))?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let mut connection = Self {
            socket: BufReader::new(socket),
            version: protocol::MAX_VERSION,
            next: 0,
            agreed: BTreeSet::new(),
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
            cookie: cookie.unwrap_or_default(),
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
        loop {
            if let (answered, Some(rest)) = self.hear()? {
                if answered == number {
                    let mut rest = rest.as_slice();
                    return Ok(TagStructReader::new(&mut rest, self.version).read()?);
                }
                self.agreed.insert(answered);
            }
        }
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
            if let (answered, Some(_)) = self.hear()? {
                self.agreed.insert(answered);
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

    /// The next message: the number of a question with the rest of its answer, or news that
    /// nobody asked for.
    fn hear(&mut self) -> anyhow::Result<(u32, Option<Vec<u8>>)> {
        let message = self.message()?;
        let mut rest = message.as_slice();
        let mut reader = TagStructReader::new(&mut rest, self.version);
        let tag = reader.read_u32()?;
        let number = reader.read_u32()?;
        if tag == CommandTag::Reply as u32 {
            return Ok((number, Some(rest.to_vec())));
        }
        if tag == CommandTag::Error as u32 {
            let why: PulseError = reader.read_enum()?;
            bail!("it refused: {why}");
        }
        Ok((number, None))
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
