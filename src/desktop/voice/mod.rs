//! Speaks short sentences through the speech service of the desktop.
//!
//! [`Voice`] is for a window: it takes orders without ever waiting, on a thread of its own. Where
//! there is no speech service, one line in the log says so, and nothing else happens.

use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
    time::Duration,
};

use super::{clock, microphone};

#[cfg(target_os = "linux")]
mod speech_dispatcher;
#[cfg(target_os = "linux")]
mod ssip;

/// How to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    /// The voice, by its name; `None`: the one that the service prefers.
    pub name: Option<String>,
    /// -100 (slowest) to 100 (fastest), 0 as the service has it.
    pub rate: i8,
    /// The language of what is said, such as `en`.
    pub language: String,
}

/// A voice that there is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// Its name, for the settings.
    pub name: String,
    /// Its language, such as `en-GB`.
    pub language: String,
    /// The synthesizer that has it.
    pub synthesizer: String,
}

/// Something that speaks.
pub trait Backend: Send {
    /// What it is called.
    fn name(&self) -> &'static str;

    /// Says this instead of what it is saying now, and comes back at once.
    ///
    /// # Errors
    /// When nothing can be said with it any more.
    fn say(&mut self, sentence: &str) -> anyhow::Result<()>;

    /// Says no more.
    ///
    /// # Errors
    /// When nothing can be said with it any more.
    fn hush(&mut self) -> anyhow::Result<()>;

    /// All voices.
    ///
    /// # Errors
    /// When they cannot be asked for.
    fn voices(&mut self) -> anyhow::Result<Vec<Known>>;
}

/// The speech service of this desktop; started, where desktops do so.
///
/// # Errors
/// When there is none; says why.
#[cfg(target_os = "linux")]
pub fn detect(manner: &Manner) -> anyhow::Result<Box<dyn Backend>> {
    let service = speech_dispatcher::SpeechDispatcher::connect(manner)?;
    Ok(Box::new(service))
}

/// The speech service of this desktop.
///
/// # Errors
/// Always: there is none that we know.
#[cfg(not(target_os = "linux"))]
pub fn detect(_manner: &Manner) -> anyhow::Result<Box<dyn Backend>> {
    anyhow::bail!("there is no speech on this system yet")
}

/// Words that come later than this are not said at all.
const LATE: Duration = Duration::from_millis(1500);
/// How long the end of a window may be delayed for the voice to fall silent.
const LAST_WORDS: Duration = Duration::from_millis(150);
/// More orders than this never wait: something hangs.
const WAITING: usize = 8;

enum Order {
    Prepare,
    Say(String, Duration),
    Hush,
    /// Say no more, and confirm.
    End(SyncSender<()>),
}

/// Speaks the cues of a window.
pub struct Voice {
    orders: Option<SyncSender<Order>>,
}

impl Voice {
    /// A voice. Says nothing yet, and connects to nobody.
    #[must_use]
    pub fn new(manner: Manner) -> Self {
        let (orders, queue) = sync_channel(WAITING);
        let started = thread::Builder::new()
            .name("voice".to_owned())
            .spawn(move || Speaker::new(manner).serve(&queue));
        if let Err(error) = &started {
            log::warn!("nothing is spoken: {error}");
        }
        Self {
            orders: started.is_ok().then_some(orders),
        }
    }

    /// Something will be said soon.
    pub fn prepare(&self) {
        self.order(Order::Prepare);
    }

    /// Says this instead of what is being said, unless somebody is recording. Never waits.
    pub fn say(&self, sentence: String) {
        self.order(Order::Say(sentence, clock::awake()));
    }

    /// Stops what is being said. Never waits.
    pub fn hush(&self) {
        self.order(Order::Hush);
    }

    /// Stops what is being said, and waits for that a moment, since the program ends.
    pub fn end(&self) {
        let (done, silent) = sync_channel(1);
        self.order(Order::End(done));
        // Who does not answer so quickly is not speaking either.
        silent.recv_timeout(LAST_WORDS).ok();
    }

    fn order(&self, order: Order) {
        // Where the queue is full nothing has been said for a while.
        if let Some(orders) = &self.orders {
            orders.try_send(order).ok();
        }
    }
}

/// The thread of a voice.
struct Speaker {
    manner: Manner,
    backend: Option<Box<dyn Backend>>,
    microphone: microphone::Watched,
    /// It was said that there is no speech service, and it is not looked for again: starting one
    /// takes long.
    none: bool,
}

impl Speaker {
    fn new(manner: Manner) -> Self {
        Self {
            manner,
            backend: None,
            microphone: microphone::Watched::new(),
            none: false,
        }
    }

    fn serve(mut self, orders: &Receiver<Order>) {
        while let Ok(order) = orders.recv() {
            match order {
                Order::Prepare => {
                    self.find();
                }
                Order::Say(sentence, asked) => self.say(&sentence, asked),
                Order::Hush => self.hush(),
                Order::End(done) => {
                    self.hush();
                    // The window may have stopped waiting.
                    done.send(()).ok();
                }
            }
        }
    }

    fn find(&mut self) -> Option<&mut Box<dyn Backend>> {
        if self.backend.is_none() && !self.none {
            match detect(&self.manner) {
                Ok(backend) => {
                    log::info!("speech: {}", backend.name());
                    self.backend = Some(backend);
                }
                Err(error) => {
                    log::info!("speech: none, {error:#}");
                    self.none = true;
                }
            }
        }
        self.backend.as_mut()
    }

    fn say(&mut self, sentence: &str, asked: Duration) {
        if let Some(who) = self.microphone.busy() {
            log::debug!("nothing is spoken, {who} is recording");
            return self.hush();
        }
        // A service that was started anew is tried again, once.
        for _ in 0..2 {
            let Some(backend) = self.find() else { return };
            if clock::awake().saturating_sub(asked) > LATE {
                log::debug!("{sentence:?} would come too late");
                return;
            }
            match backend.say(sentence) {
                Ok(()) => return,
                Err(error) => self.lost(&error),
            }
        }
    }

    fn hush(&mut self) {
        if let Some(backend) = &mut self.backend
            && let Err(error) = backend.hush()
        {
            self.lost(&error);
        }
    }

    fn lost(&mut self, error: &anyhow::Error) {
        log::info!("speech: lost, {error:#}");
        self.backend = None;
    }
}
