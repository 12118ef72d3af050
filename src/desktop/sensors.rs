//! Every sensor of this desktop in one list, for the daemon and for `unhunch doctor`.

use super::{
    bus::Bus,
    camera, fullscreen,
    inbox::Post,
    microphone, quiet,
    sense::{Sense, Word},
};
use crate::core::{config, schedule::Hold};

/// What a sensor is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Do-not-disturb.
    Quiet,
    /// The microphone.
    Microphone,
    /// The camera.
    Camera,
    /// A window that fills a screen.
    Fullscreen,
}

impl About {
    /// What it holds breaks for.
    #[must_use]
    pub fn hold(self) -> Hold {
        match self {
            Self::Quiet => Hold::Quiet,
            Self::Microphone | Self::Camera => Hold::Meeting,
            Self::Fullscreen => Hold::Fullscreen,
        }
    }

    /// Whether the user wants it to hold breaks.
    #[must_use]
    pub fn wanted(self, holds: &config::Hold) -> bool {
        match self {
            Self::Quiet => holds.quiet,
            Self::Microphone | Self::Camera => holds.meeting,
            Self::Fullscreen => holds.fullscreen,
        }
    }

    /// The word for it, where programs read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Microphone => "microphone",
            Self::Camera => "camera",
            Self::Fullscreen => "fullscreen",
        }
    }
}

/// The sensors that work on this desktop, at rest; each reports to the post that `post` makes for
/// it.
#[must_use]
pub fn detect(bus: &Bus, post: impl Fn(About) -> Post<Word>) -> Vec<(About, Box<dyn Sense>)> {
    vec![
        (About::Quiet, quiet::detect(bus, &post(About::Quiet))),
        (
            About::Microphone,
            microphone::sense::sensor(&post(About::Microphone)),
        ),
        (About::Camera, camera::detect(&post(About::Camera))),
        (
            About::Fullscreen,
            fullscreen::detect(bus, &post(About::Fullscreen)),
        ),
    ]
}
