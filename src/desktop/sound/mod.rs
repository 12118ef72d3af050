//! Plays short sounds.
//!
//! [`Speaker`] is for a window: it takes orders without ever waiting, on a thread of its own, and
//! drops what would come too late. A desktop without sound is nothing to complain about: it is
//! looked for again when the next sound is due, and that is all.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use super::{clock, microphone};
use crate::core::sound::{RATE, Sound};

#[cfg(target_os = "linux")]
mod pulse;
#[cfg(target_os = "linux")]
mod tool;

/// Something that plays samples: one channel, [`RATE`] a second.
pub trait Backend: Send {
    /// What it is called.
    fn name(&self) -> &'static str;

    /// Begins to play, beside what plays already, and comes back at once.
    ///
    /// # Errors
    /// When nothing can be played with it any more.
    fn play(&mut self, samples: &[i16]) -> anyhow::Result<()>;

    /// Waits until all was heard, but no longer than this.
    ///
    /// # Errors
    /// When something was not.
    fn finish(&mut self, longest: Duration) -> anyhow::Result<()>;
}

/// What plays sounds on this desktop now.
///
/// # Errors
/// When nothing does; says why.
#[cfg(target_os = "linux")]
pub fn detect() -> anyhow::Result<Box<dyn Backend>> {
    match (pulse::Pulse::connect(), tool::Tool::find()) {
        (Ok(pulse), _) => Ok(Box::new(pulse)),
        (Err(_), Some(tool)) => Ok(Box::new(tool)),
        (Err(error), None) => Err(error),
    }
}

/// What plays sounds on this desktop now.
///
/// # Errors
/// When nothing does; says why.
#[cfg(not(target_os = "linux"))]
pub fn detect() -> anyhow::Result<Box<dyn Backend>> {
    anyhow::bail!("there are no sounds on this system yet")
}

/// How long samples last.
#[must_use]
pub fn length(samples: &[i16]) -> Duration {
    Duration::from_secs_f64(samples.len() as f64 / f64::from(RATE))
}

/// How late a sound may still come.
fn patience(sound: Sound) -> Duration {
    match sound {
        // Late, they still tell that it has begun, or that it is over.
        Sound::Start | Sound::Done => Duration::from_secs(1),
        Sound::Change | Sound::OtherSide | Sound::LastSeconds => Duration::from_millis(300),
    }
}

/// How long after its end a sound has surely been heard.
const SURELY_OVER: Duration = Duration::from_millis(400);
/// More sounds than this never wait: something hangs.
const WAITING: usize = 8;

enum Order {
    /// A sound is near: see who plays it.
    Prepare,
    Play(Sound, Duration),
}

/// Plays the sounds of a window.
pub struct Speaker {
    orders: Option<SyncSender<Order>>,
}

impl Speaker {
    /// A speaker at this volume, 0 to 1. Does nothing yet, and connects to nobody.
    #[must_use]
    pub fn new(volume: f32) -> Self {
        let (orders, queue) = sync_channel(WAITING);
        let started = thread::Builder::new()
            .name("sounds".to_owned())
            .spawn(move || Player::new(volume).serve(&queue));
        if let Err(error) = &started {
            log::warn!("there are no sounds: {error}");
        }
        Self {
            orders: started.is_ok().then_some(orders),
        }
    }

    /// A sound will come soon.
    pub fn prepare(&self) {
        self.order(Order::Prepare);
    }

    /// Plays a sound, unless somebody is recording. Never waits.
    pub fn play(&self, sound: Sound) {
        self.order(Order::Play(sound, clock::awake()));
    }

    fn order(&self, order: Order) {
        // Where the queue is full nothing has been played for a while; one sound more is no loss.
        if let Some(orders) = &self.orders {
            orders.try_send(order).ok();
        }
    }
}

/// The thread of a speaker.
struct Player {
    volume: f32,
    /// The sounds at this volume, as far as they were needed.
    made: BTreeMap<Sound, Arc<[i16]>>,
    backend: Option<Box<dyn Backend>>,
    microphone: microphone::Watched,
    /// It was said that there is nobody to play sounds.
    complained: bool,
    /// When all that was begun has surely been heard.
    over: Option<Duration>,
}

impl Player {
    fn new(volume: f32) -> Self {
        Self {
            volume,
            made: BTreeMap::new(),
            backend: None,
            microphone: microphone::Watched::new(),
            complained: false,
            over: None,
        }
    }

    fn serve(mut self, orders: &Receiver<Order>) {
        loop {
            let order = match self.over {
                Some(over) => orders.recv_timeout(over.saturating_sub(clock::awake())),
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match order {
                Ok(Order::Prepare) => {
                    self.find();
                    for sound in Sound::ALL {
                        self.made(sound);
                    }
                }
                Ok(Order::Play(sound, asked)) => self.play(sound, asked),
                Err(RecvTimeoutError::Timeout) => self.tidy(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn made(&mut self, sound: Sound) -> Arc<[i16]> {
        let made = (self.made.entry(sound)).or_insert_with(|| sound.samples(self.volume).into());
        Arc::clone(made)
    }

    fn find(&mut self) -> Option<&mut Box<dyn Backend>> {
        if self.backend.is_none() {
            match detect() {
                Ok(backend) => {
                    log::info!("sounds: {}", backend.name());
                    self.complained = false;
                    self.backend = Some(backend);
                }
                Err(error) if !self.complained => {
                    log::info!("sounds: none, {error:#}");
                    self.complained = true;
                }
                Err(_) => {}
            }
        }
        self.backend.as_mut()
    }

    fn play(&mut self, sound: Sound, asked: Duration) {
        if let Some(who) = self.microphone.busy() {
            log::debug!("no sound, {who} is recording");
            return;
        }
        let samples = self.made(sound);
        // A server that was started anew is tried again, once.
        for _ in 0..2 {
            let Some(backend) = self.find() else { return };
            if clock::awake().saturating_sub(asked) > patience(sound) {
                log::debug!("the sound {} would come too late", sound.word());
                return;
            }
            match backend.play(&samples) {
                Ok(()) => {
                    let over = clock::awake() + length(&samples) + SURELY_OVER;
                    self.over = self.over.max(Some(over));
                    return;
                }
                Err(error) => self.lost(&error),
            }
        }
    }

    fn tidy(&mut self) {
        self.over = None;
        if let Some(backend) = &mut self.backend
            && let Err(error) = backend.finish(SURELY_OVER)
        {
            self.lost(&error);
        }
    }

    fn lost(&mut self, error: &anyhow::Error) {
        log::info!("sounds: lost, {error:#}");
        self.backend = None;
        self.over = None;
    }
}
