//! Who hears the microphone: a real PulseAudio, servers that misbehave, and the kernel.

use std::{
    fs,
    io::{BufReader, Write as _},
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use pulseaudio::protocol::{
    self, AuthReply, Command, MAX_VERSION, Prop, ServerInfo, SetClientNameReply, SourceInfo,
    SourceInfoList, SourceOutputInfo, SourceOutputInfoList, SubscriptionEvent,
    SubscriptionEventFacility, SubscriptionEventType,
};
use tempfile::TempDir;
use unhunch::desktop::{
    microphone::sense::{self, Pace},
    sense::{Says, Sense, Why, Word, except::Except},
};

use super::Reports;
use crate::support::{Desktop, PipeWireSound, Recorder, SoundServer};

/// So seldom that nothing in a test is found out by asking.
const NEVER: Duration = Duration::from_secs(3600);

/// Everything comes from news.
const NEWS_ONLY: Pace = Pace {
    busy: NEVER,
    free: NEVER,
    kernel: NEVER,
};

/// A sensor and what it says.
struct Sensor {
    sensor: Box<dyn Sense>,
    except: Except,
    words: Reports<Word>,
}

impl Sensor {
    /// Of the server at this socket, if there is one, else of the kernel in this folder.
    fn new(socket: PathBuf, kernel: &Path, pace: Pace) -> Self {
        let (post, words) = Reports::new();
        let except = Except::default();
        let kernel = kernel.to_owned();
        let mut sensor = Box::new(sense::at(vec![socket], kernel, pace, &except, &post));
        sensor.watch(true);
        Self {
            sensor,
            except,
            words,
        }
    }

    fn of_the_server(socket: PathBuf, pace: Pace) -> Self {
        Self::new(socket, Path::new("/nowhere"), pace)
    }

    #[track_caller]
    fn says(&self, says: Says) -> Why {
        let word = self.words.next();
        assert_eq!(word.says, says, "{word:?}");
        word.why
    }

    fn says_at_last(&self, says: Says) -> Word {
        self.words
            .next_where(|word| (word.says == says).then(|| word.clone()))
    }

    /// Looks again from the beginning.
    fn anew(&mut self) {
        self.sensor.watch(false);
        self.sensor.watch(true);
    }
}

fn named(names: &[&str]) -> Why {
    Why::Programs(names.iter().map(ToString::to_string).collect())
}

#[test]
fn a_call_is_seen_when_it_begins_and_when_it_ends_and_what_the_computer_plays_is_none() {
    let desktop = Desktop::without_notifications();
    let _server = SoundServer::start(&desktop);
    let sensor = Sensor::of_the_server(SoundServer::socket(&desktop), NEWS_ONLY);
    assert_eq!(
        sensor.words.next(),
        Word::known(false, "PulseAudio", Why::Told)
    );

    let _recording = Recorder::of_the_loudspeaker(&desktop);
    let call = Recorder::of_the_microphone(&desktop);
    assert_eq!(
        sensor.words.next(),
        Word::known(true, "PulseAudio", named(&["parec"]))
    );
    drop(call);
    // The other one goes on, and was no reason all the time.
    assert_eq!(sensor.says(Says::No), Why::Told);
}

#[test]
fn pipewire_speaks_the_same_protocol() {
    let folder = TempDir::new().unwrap();
    let sound = PipeWireSound::start(folder.path());
    let sensor = Sensor::of_the_server(sound.socket(), NEWS_ONLY);
    let free = Word::known(false, "PipeWire", Why::Told);
    assert_eq!(sensor.says_at_last(Says::No), free);

    let _recording = sound.recorder("loudspeaker.monitor");
    let call = sound.recorder("microphone");
    let held = Word::known(true, "PipeWire", named(&["parec"]));
    assert_eq!(sensor.words.next(), held);
    drop(call);
    assert_eq!(sensor.words.next(), free);
}

#[test]
fn a_program_on_the_list_may_record() {
    let desktop = Desktop::without_notifications();
    let _server = SoundServer::start(&desktop);
    let _dictation = Recorder::of_the_microphone(&desktop);
    let mut sensor = Sensor::of_the_server(SoundServer::socket(&desktop), NEWS_ONLY);
    assert_eq!(sensor.says(Says::Yes), named(&["parec"]));
    sensor.except.set(&["PaRec".to_owned()]);
    sensor.anew();
    assert_eq!(sensor.says(Says::No), Why::Told);
}

#[test]
fn a_server_that_dies_makes_it_unknown_and_one_that_comes_back_is_heard_at_once() {
    let desktop = Desktop::without_notifications();
    let socket = SoundServer::socket(&desktop);
    let sensor = Sensor::of_the_server(socket, NEWS_ONLY);
    assert_eq!(sensor.says(Says::Unknown), Why::NobodyToAsk);

    let server = SoundServer::start(&desktop);
    sensor.says_at_last(Says::No);
    let call = Recorder::of_the_microphone(&desktop);
    assert_eq!(sensor.says(Says::Yes), named(&["parec"]));
    drop(server);
    let Why::Failed(why) = sensor.says(Says::Unknown) else {
        panic!("its socket is there still");
    };
    assert!(
        why.contains("has ended") || why.contains("refused"),
        "{why}"
    );
    drop(call);

    let _server = SoundServer::start(&desktop);
    sensor.says_at_last(Says::No);
    let _call = Recorder::of_the_microphone(&desktop);
    assert_eq!(sensor.says(Says::Yes), named(&["parec"]));
}

#[test]
fn a_server_that_hangs_in_a_call_does_not_hold_for_ever_and_is_heard_again() {
    let desktop = Desktop::without_notifications();
    let server = SoundServer::start(&desktop);
    let pace = Pace {
        busy: Duration::from_millis(500),
        ..NEWS_ONLY
    };
    let sensor = Sensor::of_the_server(SoundServer::socket(&desktop), pace);
    assert_eq!(sensor.says(Says::No), Why::Told);
    let _call = Recorder::of_the_microphone(&desktop);
    assert_eq!(sensor.says(Says::Yes), named(&["parec"]));

    server.hang(true);
    let Why::Failed(why) = sensor.says(Says::Unknown) else {
        panic!("it is there, and does not answer");
    };
    assert!(why.contains("does not answer"), "{why}");
    server.hang(false);
    assert_eq!(sensor.says_at_last(Says::Yes).why, named(&["parec"]));
}

#[test]
fn without_a_server_the_kernel_knows() {
    let folder = TempDir::new().unwrap();
    let part = folder.path().join("card0/pcm0c/sub0");
    fs::create_dir_all(&part).unwrap();
    fs::write(part.join("status"), "closed\n").unwrap();
    let pace = Pace {
        kernel: Duration::from_millis(50),
        ..NEWS_ONLY
    };
    let sensor = Sensor::new(folder.path().join("native"), folder.path(), pace);
    assert_eq!(sensor.words.next(), Word::known(false, "ALSA", Why::Told));
    fs::write(part.join("status"), "state: RUNNING\n").unwrap();
    assert_eq!(
        sensor.words.next(),
        Word::known(true, "ALSA", Why::Programs(Vec::new()))
    );
    fs::write(part.join("status"), "state: SETUP\n").unwrap();
    assert_eq!(sensor.says(Says::No), Why::Told);
}

/// A socket in a folder at which nobody behaves like a sound server.
fn listener() -> (TempDir, PathBuf, UnixListener) {
    let folder = TempDir::new().unwrap();
    let socket = folder.path().join("native");
    let listener = UnixListener::bind(&socket).unwrap();
    (folder, socket, listener)
}

#[test]
fn a_server_that_takes_the_connection_and_says_nothing_is_unknown() {
    let (_folder, socket, _listener) = listener();
    let sensor = Sensor::of_the_server(socket, NEWS_ONLY);
    let Why::Failed(why) = sensor.says(Says::Unknown) else {
        panic!("it is there, and does not answer");
    };
    assert!(why.contains("does not answer"), "{why}");
}

#[test]
fn a_server_that_answers_nonsense_is_unknown() {
    for nonsense in [
        &[0xff_u8; 64][..],
        &[0; 64],
        b"HTTP/1.1 200 OK\r\n\r\nhello, hello",
    ] {
        let (_folder, socket, listener) = listener();
        thread::spawn(move || {
            // The sensor goes away when it has heard enough.
            while let Ok((mut connection, _)) = listener.accept() {
                connection.write_all(nonsense).ok();
            }
        });
        let sensor = Sensor::of_the_server(socket, NEWS_ONLY);
        let why = sensor.says(Says::Unknown);
        assert!(matches!(why, Why::Failed(_)), "{nonsense:?}: {why:?}");
    }
}

/// A server that somebody records from when the test says so, and that tells all the news.
#[derive(Clone, Default)]
struct Flooder {
    records: Arc<AtomicBool>,
    looks: Arc<AtomicUsize>,
}

impl Flooder {
    /// Answers one connection, and floods it.
    fn serve(&self, listener: &UnixListener) {
        let (connection, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(connection.try_clone().unwrap());
        let mut writer = connection;
        while let Ok((number, command)) = protocol::read_command_message(&mut reader, MAX_VERSION) {
            let subscribed = matches!(command, Command::Subscribe(_));
            if self.answer(&mut writer, number, &command).is_err() {
                return;
            }
            if subscribed {
                let (flooder, writer) = (self.clone(), writer.try_clone().unwrap());
                thread::spawn(move || flooder.flood(writer));
            }
        }
    }

    fn answer(
        &self,
        writer: &mut UnixStream,
        number: u32,
        command: &Command,
    ) -> Result<(), protocol::ProtocolError> {
        // Written as a whole: the flood comes from another thread.
        let mut message = Vec::new();
        match command {
            Command::Auth(_) => {
                let reply = AuthReply {
                    version: MAX_VERSION,
                    ..AuthReply::default()
                };
                protocol::write_reply_message(&mut message, number, &reply, MAX_VERSION)?;
            }
            Command::SetClientName(_) => {
                let reply = SetClientNameReply { client_id: 1 };
                protocol::write_reply_message(&mut message, number, &reply, MAX_VERSION)?;
            }
            Command::GetServerInfo => {
                let reply = ServerInfo {
                    server_name: Some(c"PulseAudio (on PipeWire 1.2.3)".to_owned()),
                    ..ServerInfo::default()
                };
                protocol::write_reply_message(&mut message, number, &reply, MAX_VERSION)?;
            }
            Command::GetSourceOutputInfoList => {
                self.looks.fetch_add(1, Ordering::SeqCst);
                let reply = self.streams();
                protocol::write_reply_message(&mut message, number, &reply, MAX_VERSION)?;
            }
            Command::GetSourceInfoList => {
                let reply: SourceInfoList = vec![SourceInfo::default()];
                protocol::write_reply_message(&mut message, number, &reply, MAX_VERSION)?;
            }
            _ => protocol::write_ack_message(&mut message, number)?,
        }
        writer.write_all(&message)?;
        Ok(())
    }

    fn streams(&self) -> SourceOutputInfoList {
        if !self.records.load(Ordering::SeqCst) {
            return Vec::new();
        }
        let mut stream = SourceOutputInfo {
            client_index: Some(1),
            ..SourceOutputInfo::default()
        };
        stream.props.set(Prop::ApplicationName, c"Call");
        vec![stream]
    }

    /// Ten thousand pieces of news; before the last one somebody begins to record.
    fn flood(&self, mut writer: UnixStream) {
        let event = Command::SubscribeEvent(SubscriptionEvent {
            event_facility: SubscriptionEventFacility::SourceOutput,
            event_type: SubscriptionEventType::Changed,
            index: Some(1),
        });
        for number in 0..10_000 {
            if number == 9_999 {
                self.records.store(true, Ordering::SeqCst);
            }
            let mut message = Vec::new();
            protocol::write_command_message(&mut message, u32::MAX, &event, MAX_VERSION).unwrap();
            if writer.write_all(&message).is_err() {
                return;
            }
        }
    }
}

#[test]
fn ten_thousand_pieces_of_news_are_looked_at_a_few_times_and_the_last_one_counts() {
    let (_folder, socket, listener) = listener();
    let server = Flooder::default();
    let serving = server.clone();
    thread::spawn(move || serving.serve(&listener));
    let sensor = Sensor::of_the_server(socket, NEWS_ONLY);
    let call = Word::known(true, "PipeWire", named(&["Call"]));
    assert_eq!(sensor.says_at_last(Says::Yes), call);
    let looks = server.looks.load(Ordering::SeqCst);
    assert!(looks < 200, "{looks} looks");
}
