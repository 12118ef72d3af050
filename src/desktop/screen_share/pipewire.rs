//! PipeWire is asked through its own tool, `pw-dump`, which tells every change of the graph. It
//! runs only while somebody wants to know.
//!
//! On X11 programs look at the screen without asking anybody, so that "nobody" is not known there.

use std::{
    cell::Cell,
    env,
    ffi::OsString,
    io::{self, BufReader, Read},
    os::fd::AsFd as _,
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use super::graph::{Graph, Object};
use crate::desktop::{
    inbox::Post,
    sense::{
        Report, Why, Word,
        except::Except,
        on_thread::{OnThread, Stop, Wake},
    },
    watch::{Eye, Place},
};

/// Whose word it is.
const BY: &str = "PipeWire";

/// So long the tool may take to tell how things stand, and over every part of what it says.
const PATIENCE: Duration = Duration::from_secs(3);

/// While somebody sees the screen the tool is started anew so often: a server that hangs must not
/// hold breaks for ever.
const CHECK: Duration = Duration::from_secs(60);

/// After so many changes it pauses for so long; the tool waits meanwhile, and tells several at
/// once. A flood costs no more than that.
const MANY: usize = 100;
const CALM: Duration = Duration::from_millis(100);

/// So long after a failure it is tried again at the earliest, and at the latest.
const FIRST_TRY: Duration = Duration::from_secs(1);
const LAST_TRY: Duration = Duration::from_secs(60);

/// More than the tool says at once, in bytes.
const MOST: usize = 16 * 1024 * 1024;

/// Where PipeWire is, and how it is asked.
#[derive(Clone, Debug)]
pub struct Source {
    /// The tool.
    pub program: OsString,
    /// The folder with PipeWire's socket.
    pub folder: PathBuf,
    /// The name of the socket.
    pub name: OsString,
    /// Whether nobody can see the screen but through PipeWire.
    pub only_way: bool,
}

impl Source {
    /// That of this desktop.
    #[must_use]
    pub fn find() -> Self {
        let folder = env::var_os("PIPEWIRE_RUNTIME_DIR").or_else(|| env::var_os("XDG_RUNTIME_DIR"));
        let wayland = env::var_os("WAYLAND_DISPLAY").is_some()
            || env::var_os("XDG_SESSION_TYPE").is_some_and(|kind| kind == "wayland");
        Self {
            program: "pw-dump".into(),
            folder: folder.unwrap_or_default().into(),
            name: env::var_os("PIPEWIRE_REMOTE").unwrap_or_else(|| "pipewire-0".into()),
            only_way: wayland,
        }
    }

    fn socket(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    fn start(&self) -> Result<Tool, Why> {
        let started = Command::new(&self.program)
            .arg("--monitor")
            .env("PIPEWIRE_RUNTIME_DIR", &self.folder)
            .env("PIPEWIRE_REMOTE", &self.name)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let program = self.program.display();
        started.map(Tool).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Why::Failed(format!(
                "{program} is missing, a tool that comes with PipeWire"
            )),
            _ => Why::Failed(format!("{program}: {error}")),
        })
    }
}

/// The sensor. Programs that are left out do not count.
#[must_use]
pub fn sensor(source: Source, except: &Except, post: &Post<Word>) -> OnThread {
    let except = except.clone();
    OnThread::new(BY, post, move |stop, report| {
        watch(&source, &except, stop, report);
        Ok(())
    })
}

fn watch(source: &Source, except: &Except, stop: &Stop, report: &mut Report) {
    let mut patience = FIRST_TRY;
    loop {
        // Before it is looked whether there is a server: one that appears later is news.
        let arrivals = Eye::new(vec![Place::File(source.socket())]);
        if source.socket().exists() {
            match listen(source, except, stop, report) {
                Ended::Stopped => return,
                Ended::Check => {
                    patience = FIRST_TRY;
                    continue;
                }
                Ended::Failed(why) => report.say(Word::unknown(BY, why)),
            }
        } else {
            report.say(Word::unknown("", Why::NobodyToAsk));
            patience = LAST_TRY;
        }
        let woken = match &arrivals {
            Ok(arrivals) => stop.wait_or(&[arrivals.as_fd()], Some(patience)),
            Err(_) if stop.sit_out(patience) => Wake::Late,
            Err(_) => Wake::Stopped,
        };
        patience = match woken {
            Wake::Stopped => return,
            Wake::News => FIRST_TRY,
            Wake::Late => (patience * 2).min(LAST_TRY),
        };
    }
}

/// How listening ended.
enum Ended {
    /// It is time to stop.
    Stopped,
    /// Somebody has seen the screen for a while; it should be asked anew whether that is still so.
    Check,
    /// It went wrong.
    Failed(Why),
}

/// Reports what the tool tells.
fn listen(source: &Source, except: &Except, stop: &Stop, report: &mut Report) -> Ended {
    let mut tool = match source.start() {
        Ok(tool) => tool,
        Err(why) => return Ended::Failed(why),
    };
    let Some(output) = tool.0.stdout.take() else {
        return Ended::Failed(Why::DoesNotTell);
    };
    let bounds = Bounds {
        patience: Cell::new(Some(PATIENCE)),
        left: Cell::new(MOST),
        woken: Cell::new(Wake::News),
    };
    let words = Words {
        output,
        stop,
        bounds: &bounds,
    };
    let mut graph = Graph::default();
    let reader = serde_json::Deserializer::from_reader(BufReader::new(words));
    for (number, objects) in (1..).zip(reader.into_iter::<Vec<Object>>()) {
        let taken = objects.map_err(|error| error.to_string());
        if let Err(why) = taken.and_then(|objects| Ok(graph.take(objects)?)) {
            return bounds.ended(&why);
        }
        let viewers = graph.viewers(except);
        bounds.patience.set(viewers.is_some().then_some(CHECK));
        bounds.left.set(MOST);
        report.say(word(viewers, source.only_way));
        if number % MANY == 0 && !stop.sit_out(CALM) {
            return Ended::Stopped;
        }
    }
    bounds.ended("it has ended")
}

fn word(viewers: Option<Vec<String>>, only_way: bool) -> Word {
    match viewers {
        Some(programs) => Word::known(true, BY, Why::Programs(programs)),
        None if only_way => Word::known(false, BY, Why::Told),
        None => Word::unknown("X11", Why::DoesNotTell),
    }
}

/// The tool while it runs; ended with this value.
struct Tool(Child);

impl Drop for Tool {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is reaped here.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// How much is waited for and believed.
struct Bounds {
    /// How long nothing may come.
    patience: Cell<Option<Duration>>,
    /// How many bytes may come yet.
    left: Cell<usize>,
    /// What the last wait ended with.
    woken: Cell<Wake>,
}

impl Bounds {
    fn ended(&self, why: &str) -> Ended {
        match (self.woken.get(), self.patience.get()) {
            (Wake::Stopped, _) => Ended::Stopped,
            (Wake::Late, Some(CHECK)) => Ended::Check,
            (Wake::Late, _) => Ended::Failed(Why::Silent),
            (Wake::News, _) => Ended::Failed(Why::Failed(why.to_owned())),
        }
    }
}

/// What the tool says, until it is time to stop.
struct Words<'a> {
    output: ChildStdout,
    stop: &'a Stop,
    bounds: &'a Bounds,
}

impl Read for Words<'_> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let news = self.output.as_fd();
        let woken = self.stop.wait_or(&[news], self.bounds.patience.get());
        self.bounds.woken.set(woken);
        match woken {
            Wake::Stopped => return Ok(0),
            Wake::Late => return Err(io::ErrorKind::TimedOut.into()),
            Wake::News => {}
        }
        let read = self.output.read(space)?;
        let left = self.bounds.left.get();
        if read > left {
            return Err(io::Error::other("it says more than there can be"));
        }
        self.bounds.left.set(left - read);
        // What was begun should come to its end.
        self.bounds.patience.set(Some(PATIENCE));
        Ok(read)
    }
}
