//! The lines themselves. The daemon's first line is [`ToWindow::Open`], with the version.

use serde::{Deserialize, Serialize};

/// Rises with every change that an older side could not read.
pub const VERSION: u32 = 1;

/// From the daemon to the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToWindow {
    /// What to show; the first line.
    Open(Box<Open>),
    /// The user answered "start" elsewhere: begin.
    Start,
    /// Show these stretches instead, in the ready state or from the start of the countdown.
    Show {
        /// Their ids, in order.
        stretches: Vec<String>,
    },
    /// Close now.
    Close,
    /// Answer with [`FromWindow::Pong`], to show that the window still lives.
    Ping,
}

/// Everything the window needs to know; it reads no settings of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Open {
    /// [`VERSION`] of the daemon.
    pub v: u32,
    /// Ids of the stretches in order; empty for a message.
    pub stretches: Vec<String>,
    /// `short`, `standard` or `long`.
    pub variant: String,
    /// For a message break: the sentence and its length in seconds.
    pub message: Option<Message>,
    /// Seconds to read and get in place before the countdown.
    pub settle_in_s: f64,
    /// `true`: begin at once. `false`: wait in the ready state.
    pub start: bool,
    /// Seconds that "snooze" would mean; `None`: no snooze is left.
    pub snooze_s: Option<f64>,
    /// Breaks completed today before this one.
    pub done_today: u32,
    /// Light or dark, movement or still pictures, and so on.
    pub look: Look,
    /// Where the window's last size is kept, if anywhere.
    pub memory_file: Option<String>,
}

/// A message break.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// How long it is shown, in seconds.
    pub length_s: f64,
}

/// How the window looks and moves, resolved from settings and desktop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Dark or light.
    pub dark: bool,
    /// Pure background, 7 : 1, outlines on every control.
    pub high_contrast: bool,
    /// Still pictures instead of movement.
    pub reduced_motion: bool,
    /// Skin and hair: `None` neutral, or 1 to 6.
    pub figure_tone: Option<u8>,
    /// The desktop's factor for text, 0.5 to 3.
    pub text_scale: f32,
}

/// From the window to the daemon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromWindow {
    /// The first frame is on the screen.
    Opened {
        /// [`VERSION`] of the window.
        v: u32,
    },
    /// The user pressed Start, in the ready state.
    Start,
    /// The user pressed Snooze.
    Snooze {
        /// How long the countdown ran before, in seconds.
        stretched_s: f64,
    },
    /// The user pressed Skip.
    Skip {
        /// How long the countdown ran before, in seconds.
        stretched_s: f64,
    },
    /// The countdown runs, or stands still.
    Countdown {
        /// Which of the two.
        running: bool,
    },
    /// The user asked for another stretch; the daemon draws it and answers with `show`.
    OtherStretch,
    /// The last second was done; the window closes itself soon.
    Done {
        /// How long the countdown ran, in seconds.
        stretched_s: f64,
    },
    /// The user closed the window before the end.
    Closed {
        /// How long the countdown ran, in seconds.
        stretched_s: f64,
    },
    /// After [`FromWindow::Done`]: the user wants another break right away. The window closes
    /// itself; the daemon opens a new one.
    OneMore,
    /// The answer to a ping.
    Pong,
}
