//! Whether somebody is recording: whoever is in a call does not want to hear bells in it.
//!
//! A source says yes, no, or that it cannot tell, and why. What follows from that is not known
//! here; who only wants to be polite takes "cannot tell" as no.

#[cfg(target_os = "linux")]
use std::path::Path;
use std::time::Duration;

use super::{clock, sense::except::Except};

#[cfg(target_os = "linux")]
mod alsa;
#[cfg(target_os = "linux")]
mod pulse;
#[cfg(target_os = "linux")]
pub mod sense;

/// Whether somebody is recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Yes: these programs, as far as they have names.
    Yes(Vec<String>),
    /// Nobody is.
    No,
    /// That cannot be told, for this reason.
    Unknown(String),
}

/// Somebody who can be asked.
pub trait Microphone: Send {
    /// Whether somebody is recording now. Takes a second at the most, a few milliseconds mostly.
    fn recording(&mut self) -> Recording;
}

/// Everybody on this desktop who can be asked, one after the other until one knows.
#[must_use]
pub fn detect(except: &Except) -> Box<dyn Microphone> {
    #[cfg(target_os = "linux")]
    return Box::new(FirstThatKnows(vec![
        Box::new(pulse::Pulse::new(super::pulse::places(), except)),
        Box::new(alsa::Alsa::new(Path::new("/proc/asound"), except)),
    ]));
    #[cfg(not(target_os = "linux"))]
    {
        let _ = except;
        Box::new(FirstThatKnows(Vec::new()))
    }
}

/// Asks one after the other.
struct FirstThatKnows(Vec<Box<dyn Microphone>>);

impl Microphone for FirstThatKnows {
    fn recording(&mut self) -> Recording {
        let mut reasons = Vec::new();
        for microphone in &mut self.0 {
            match microphone.recording() {
                Recording::Unknown(why) => reasons.push(why),
                known @ (Recording::Yes(_) | Recording::No) => return known,
            }
        }
        Recording::Unknown(reasons.join("; "))
    }
}

/// How long an answer stays good enough.
const FRESH: Duration = Duration::from_millis(1500);

/// Asks at most every one and a half seconds.
pub struct Watched {
    microphone: Box<dyn Microphone>,
    last: Option<(Duration, Recording)>,
}

impl Watched {
    /// Nobody is asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            microphone: detect(&Except::default()),
            last: None,
        }
    }

    /// Who is recording, in words for the log; `None` if nobody is, or nobody knows.
    pub fn busy(&mut self) -> Option<String> {
        let now = clock::awake();
        let fresh = |at: Duration| now.saturating_sub(at) < FRESH;
        if !self.last.as_ref().is_some_and(|(at, _)| fresh(*at)) {
            let recording = self.microphone.recording();
            if let Recording::Unknown(why) = &recording {
                log::debug!("nobody knows whether somebody is recording: {why}");
            }
            self.last = Some((now, recording));
        }
        match &self.last {
            Some((_, Recording::Yes(who))) if who.is_empty() => Some("somebody".to_owned()),
            Some((_, Recording::Yes(who))) => Some(who.join(", ")),
            Some((_, Recording::No | Recording::Unknown(_))) | None => None,
        }
    }
}

impl Default for Watched {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Says(Recording);

    impl Microphone for Says {
        fn recording(&mut self) -> Recording {
            self.0.clone()
        }
    }

    #[test]
    fn the_first_one_that_knows_is_believed() {
        let ask = |answers: Vec<Recording>| {
            let says = |answer| Box::new(Says(answer)) as Box<dyn Microphone>;
            FirstThatKnows(answers.into_iter().map(says).collect()).recording()
        };
        let unknown = |why: &str| Recording::Unknown(why.to_owned());
        let yes = Recording::Yes(vec!["A call".to_owned()]);

        assert_eq!(ask(vec![Recording::No, yes.clone()]), Recording::No);
        assert_eq!(ask(vec![unknown("no server"), yes.clone()]), yes);
        assert_eq!(
            ask(vec![unknown("no server"), unknown("no cards")]),
            unknown("no server; no cards")
        );
        assert_eq!(ask(Vec::new()), unknown(""));
    }
}
