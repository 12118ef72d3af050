//! The sound server: who uses the microphone.

use std::{fs, path::PathBuf};

use super::{
    noise::{NONSENSE, Noise},
    stage::Row,
};
use crate::support::{Desktop, Recorder, SoundServer};

/// The microphone, as PulseAudio tells of it.
pub struct Microphone<'a> {
    desktop: &'a Desktop,
    call: Option<Recorder>,
    server: Option<SoundServer>,
    noise: Option<Noise>,
}

impl<'a> Microphone<'a> {
    pub fn made(desktop: &'a Desktop) -> Box<dyn Row + 'a> {
        Box::new(Self {
            desktop,
            call: None,
            server: None,
            noise: None,
        })
    }

    fn socket(&self) -> PathBuf {
        self.desktop.folder().join("runtime/pulse/native")
    }

    /// A server that takes calls and says no more than this.
    fn stand_in(&mut self, says: &'static [u8]) {
        self.die();
        self.noise = None;
        fs::remove_file(self.socket()).ok();
        self.noise = Some(Noise::at(&self.socket(), says));
    }
}

impl Row for Microphone<'_> {
    fn name(&self) -> &'static str {
        "microphone (PulseAudio)"
    }

    fn hold(&mut self, on: bool) {
        if self.server.is_none() {
            self.server = Some(SoundServer::start(self.desktop));
        }
        self.call = on.then(|| Recorder::of_the_microphone(self.desktop));
    }

    fn die(&mut self) {
        self.server = None;
        self.call = None;
    }

    fn hang(&mut self) -> bool {
        self.stand_in(&[]);
        true
    }

    fn flood(&mut self) -> bool {
        false
    }

    fn babble(&mut self) -> bool {
        self.stand_in(NONSENSE);
        true
    }
}
