//! Asks everything on this desktop at the same time, and waits for nobody longer than two seconds.

use std::{sync::mpsc, thread, time::Duration};

use crate::{
    cli::senses::{Heard, Senses},
    config_file::{Loaded, Location},
    core::config::Config,
    desktop::{
        bus::Bus,
        clock,
        idle::Choice,
        sense::{Why, Word},
        sensors::About,
        sound, survey,
        voice::{self, Manner},
    },
    ipc::{
        client::{self, Ask, CallError},
        wire::Status,
    },
    text,
};

/// The longest that anybody is waited for.
const PATIENCE: Duration = Duration::from_millis(2300);

/// Everything that was found.
pub struct Found {
    /// What is on the desktop.
    pub survey: survey::Survey,
    /// Where idle time is known from.
    pub idle: Choice,
    /// What each sensor says now.
    pub words: Vec<(About, Word)>,
    /// What plays sounds, or why nothing does; `None` where it is not wanted.
    pub sound: Option<Result<String, String>>,
    /// What speaks, or why nothing does; `None` where it is not wanted.
    pub voice: Option<Result<String, String>>,
    /// What the running program says.
    pub program: Program,
    /// The settings, and where they are.
    pub settings: (Location, Loaded),
}

/// The running program.
pub enum Program {
    /// It runs, and this is its status.
    Runs(Box<Status>),
    /// None runs.
    NotRunning,
    /// One runs that does not answer as it should.
    Failed(String),
}

/// Looks at everything.
///
/// # Errors
/// When the system gives neither threads nor file descriptors.
pub fn look(settings: (Location, Loaded)) -> anyhow::Result<Found> {
    let bus = Bus::start(None)?;
    let config = settings.1.config.clone();
    let sound = config.sound.on.then(|| beside(playing));
    let manner = manner(&config);
    let voice = (config.voice.on).then(|| beside(move || speaking(&manner)));
    let program = beside(program);
    let around = {
        let bus = bus.clone();
        beside(move || survey::look(&bus))
    };
    let (words, idle) = listen(&bus, &config)?;
    let late = || Err(text::text("unknown-silent"));
    let found = Found {
        survey: answer(&around).unwrap_or_default(),
        idle,
        words,
        sound: sound.map(|sound| answer(&sound).unwrap_or_else(late)),
        voice: voice.map(|voice| answer(&voice).unwrap_or_else(late)),
        program: answer(&program).unwrap_or_else(|| Program::Failed(text::text("unknown-silent"))),
        settings,
    };
    bus.stop();
    Ok(found)
}

/// Lets all sensors watch, and hears what they say first.
///
/// # Errors
/// When the system gives neither threads nor file descriptors.
pub fn listen(bus: &Bus, config: &Config) -> anyhow::Result<(Vec<(About, Word)>, Choice)> {
    let senses: Senses<()> = Senses::begin(bus, &config.hold, config.schedule.idle_grace)?;
    let mut words: Vec<(About, Option<Word>)> = senses.all().map(|about| (about, None)).collect();
    let mut idle = Choice::default();
    let gives_up = clock::awake() + PATIENCE;
    while words.iter().any(|(_, word)| word.is_none()) || idle.by.is_none() {
        match senses.wait_until(gives_up) {
            None => break,
            Some(Heard::Input(_) | Heard::Session(_) | Heard::More(())) => {}
            Some(Heard::Idle(choice)) => idle = choice,
            Some(Heard::Word(about, word)) => {
                if let Some(place) = words.iter_mut().find(|(other, _)| *other == about) {
                    place.1 = Some(word);
                }
            }
        }
    }
    let silent = || Word::unknown("", Why::Silent);
    let words = words
        .into_iter()
        .map(|(about, word)| (about, word.unwrap_or_else(silent)));
    Ok((words.collect(), idle))
}

/// Does something on a thread of its own, which nobody waits for in the end.
fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> mpsc::Receiver<T> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody waits any more if it took too long.
        sender.send(work()).ok();
    });
    receiver
}

/// The sensors had their two seconds meanwhile; what hangs gets a moment more.
fn answer<T>(receiver: &mpsc::Receiver<T>) -> Option<T> {
    receiver.recv_timeout(Duration::from_millis(300)).ok()
}

fn program() -> Program {
    match client::call(&Ask::Status) {
        Ok((_, status)) => Program::Runs(Box::new(status)),
        Err(CallError::NotRunning) => Program::NotRunning,
        Err(error @ (CallError::Refused(_) | CallError::Failed(_))) => {
            Program::Failed(error.to_string())
        }
    }
}

fn playing() -> Result<String, String> {
    let backend = sound::detect().map_err(|error| format!("{error:#}"))?;
    Ok(backend.name().to_owned())
}

fn speaking(manner: &Manner) -> Result<String, String> {
    let backend = voice::detect(manner).map_err(|error| format!("{error:#}"))?;
    Ok(backend.name().to_owned())
}

fn manner(config: &Config) -> Manner {
    Manner {
        name: config.voice.name.clone(),
        rate: config.voice.rate,
        language: text::language(),
    }
}
