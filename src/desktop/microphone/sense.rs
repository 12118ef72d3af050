//! The microphone as a sensor: the sound server tells when somebody begins or ends to record.
//!
//! A server that dies is noticed at once, one that hangs is found out by asking now and then. In
//! both cases the kernel is asked instead, which knows only of devices and not of programs, and
//! the server again, more and more rarely, or as soon as one appears.

use std::{os::fd::AsFd as _, path::PathBuf, time::Duration};

use super::{Microphone as _, Recording, alsa::Alsa, pulse::Pulse};
use crate::desktop::{
    clock,
    inbox::Post,
    pulse,
    sense::{
        Report, Sense, Why, Word,
        except::Except,
        on_thread::{OnThread, Stop, Wake},
    },
    watch::{Eye, Place},
};

/// Whose word it is while no server has said its own name.
const BY: &str = "PulseAudio";

/// Whose word it is when only the kernel can be asked.
const KERNEL: &str = "ALSA";

/// So long after a look the next one follows at the earliest: a flood of news costs no more than
/// five looks a second.
const CALM: Duration = Duration::from_millis(200);

/// So long after a failure the server is asked again at the earliest, and at the latest.
const FIRST_TRY: Duration = Duration::from_secs(1);
const LAST_TRY: Duration = Duration::from_secs(60);

/// How long nothing is asked, where nobody tells of changes.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// While somebody records: a server that hangs must not hold breaks for ever.
    pub busy: Duration,
    /// While nobody does.
    pub free: Duration,
    /// While there is no server, but a sound card.
    pub kernel: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            busy: Duration::from_secs(20),
            free: Duration::from_secs(120),
            kernel: Duration::from_secs(5),
        }
    }
}

/// The sensor of this desktop, at rest.
#[must_use]
pub fn sensor(except: &Except, post: &Post<Word>) -> Box<dyn Sense> {
    let kernel = PathBuf::from("/proc/asound");
    Box::new(at(pulse::places(), kernel, Pace::default(), except, post))
}

/// The sensor that asks a server in one of these places, else the kernel in this folder.
#[must_use]
pub fn at(
    places: Vec<PathBuf>,
    kernel: PathBuf,
    pace: Pace,
    except: &Except,
    post: &Post<Word>,
) -> OnThread {
    let except = except.clone();
    OnThread::new(BY, post, move |stop, report| {
        let server = Pulse::new(places.clone(), &except);
        watch(server, Alsa::new(&kernel, &except), pace, stop, report)
    })
}

fn watch(
    mut server: Pulse,
    mut kernel: Alsa,
    pace: Pace,
    stop: &Stop,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut patience = FIRST_TRY;
    loop {
        // Before it is looked whether there is a server: one that appears later is news.
        let arrivals = Eye::new(server.places().iter().cloned().map(Place::File).collect());
        let begun = clock::awake();
        let Err(error) = listen(&mut server, pace, stop, report) else {
            return Ok(());
        };
        if clock::awake().saturating_sub(begun) > LAST_TRY {
            // It has worked for a while.
            patience = FIRST_TRY;
        }
        let (word, longest) = match kernel.recording() {
            Recording::Unknown(_) if !server.is_there() => {
                (Word::unknown("", Why::NobodyToAsk), patience)
            }
            Recording::Unknown(no_card) => {
                let why = format!("{error:#}; {no_card}");
                (Word::unknown(BY, Why::Failed(why)), patience)
            }
            known @ (Recording::Yes(_) | Recording::No) => {
                (word(KERNEL, known), patience.min(pace.kernel))
            }
        };
        report.say(word);
        patience = (patience * 2).min(LAST_TRY);
        let woken = match &arrivals {
            Ok(arrivals) => stop.wait_or(&[arrivals.as_fd()], Some(longest)),
            Err(_) if stop.sit_out(longest) => Wake::Late,
            Err(_) => Wake::Stopped,
        };
        match woken {
            Wake::Stopped => return Ok(()),
            // It may be there before it listens.
            Wake::News if !stop.sit_out(CALM) => return Ok(()),
            Wake::News | Wake::Late => {}
        }
    }
}

/// Reports what the server says until it is time to stop, or until the server fails.
fn listen(server: &mut Pulse, pace: Pace, stop: &Stop, report: &mut Report) -> anyhow::Result<()> {
    let connection = server.connect()?;
    let by = connection.name()?;
    connection.subscribe()?;
    loop {
        let recording = server.ask()?;
        let longest = match recording {
            Recording::Yes(_) => pace.busy,
            Recording::No | Recording::Unknown(_) => pace.free,
        };
        report.say(word(by, recording));
        if !stop.sit_out(CALM) {
            return Ok(());
        }
        let connection = server.connection()?;
        while !connection.has_news()? {
            match stop.wait_or(&[connection.as_fd()], Some(longest)) {
                Wake::Stopped => return Ok(()),
                Wake::News => {}
                Wake::Late => break,
            }
        }
    }
}

fn word(by: &str, recording: Recording) -> Word {
    match recording {
        Recording::Yes(programs) => Word::known(true, by, Why::Programs(programs)),
        Recording::No => Word::known(false, by, Why::Told),
        Recording::Unknown(why) => Word::unknown(by, Why::Failed(why)),
    }
}
