//! Every sensor of this desktop in one list, for the daemon and for `unhunch doctor`.

use super::{
    apps,
    bus::Bus,
    camera, fullscreen,
    inbox::Post,
    microphone, quiet, screen_share,
    sense::{Says, Sense, Why, Word, except::Except},
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
    /// The screen is shared.
    ScreenShare,
    /// A window that fills a screen.
    Fullscreen,
    /// Programs on the user's list.
    App,
}

impl About {
    /// What it holds breaks for while it says this. Unknown holds nothing.
    #[must_use]
    pub fn holds(self, word: &Word) -> Vec<Hold> {
        if word.says != Says::Yes {
            return Vec::new();
        }
        match self {
            Self::Quiet => vec![Hold::Quiet],
            Self::Microphone | Self::Camera | Self::ScreenShare => vec![Hold::Meeting],
            Self::Fullscreen => vec![Hold::Fullscreen],
            Self::App => match &word.why {
                Why::Programs(programs) => programs.iter().cloned().map(Hold::App).collect(),
                Why::Told | Why::NobodyToAsk | Why::DoesNotTell | Why::Failed(_) | Why::Silent => {
                    Vec::new()
                }
            },
        }
    }

    /// Whether the user wants it to hold breaks.
    #[must_use]
    pub fn wanted(self, holds: &config::Hold) -> bool {
        match self {
            Self::Quiet => holds.quiet,
            Self::Microphone | Self::Camera | Self::ScreenShare => holds.meeting,
            Self::Fullscreen => holds.fullscreen,
            Self::App => !holds.apps.is_empty(),
        }
    }

    /// The word for it, where programs read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Microphone => "microphone",
            Self::Camera => "camera",
            Self::ScreenShare => "screen_share",
            Self::Fullscreen => "fullscreen",
            Self::App => "app",
        }
    }
}

/// The lists of the user's by which sensors go. All copies are the same lists.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    apps: apps::Listed,
    /// Programs that are in no meeting.
    except: Except,
}

impl Lists {
    /// From now on these; gives which sensors have to begin anew because of that.
    pub fn set(&self, holds: &config::Hold) -> Vec<About> {
        let mut concerned = Vec::new();
        if self.apps.set(&holds.apps) {
            concerned.push(About::App);
        }
        if self.except.set(&holds.meeting_except) {
            concerned.extend([About::Microphone, About::Camera, About::ScreenShare]);
        }
        concerned
    }
}

/// The sensors that work on this desktop, at rest; each reports to the post that `post` makes for
/// it.
#[must_use]
pub fn detect(
    bus: &Bus,
    lists: &Lists,
    post: impl Fn(About) -> Post<Word>,
) -> Vec<(About, Box<dyn Sense>)> {
    vec![
        (About::Quiet, quiet::detect(bus, &post(About::Quiet))),
        (
            About::Microphone,
            microphone::sense::sensor(&lists.except, &post(About::Microphone)),
        ),
        (
            About::Camera,
            camera::detect(&lists.except, &post(About::Camera)),
        ),
        (
            About::ScreenShare,
            screen_share::detect(&lists.except, &post(About::ScreenShare)),
        ),
        (
            About::Fullscreen,
            fullscreen::detect(bus, &post(About::Fullscreen)),
        ),
        (About::App, apps::detect(&lists.apps, &post(About::App))),
    ]
}
