//! The lines themselves. The daemon's first line is [`ToWindow::Open`], with the version; or
//! [`ToWindow::Ahead`], with all that can be known before.

use serde::{Deserialize, Serialize};

/// Rises with every change that an older side could not read.
pub const VERSION: u32 = 4;

/// From the daemon to the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToWindow {
    /// What will be shown if the user wants it: the first line to a window that is started ahead.
    /// It loads everything, shows nothing, says nothing, and waits for `open` or `close`.
    Ahead(Box<Open>),
    /// What to show: the first line, and the answer to [`FromWindow::OneMore`].
    Open(Box<Open>),
    /// The user answered "start" elsewhere: begin.
    Start,
    /// Show these stretches instead. What is done stays done: the break goes on with the first
    /// one that is another.
    Show {
        /// Their ids, in order.
        stretches: Vec<String>,
    },
    /// A stretch was taken out of the rotation, as the user asked. The window offers to undo it.
    TakenOut {
        /// Its id.
        stretch: String,
    },
    /// What the user asked for was not done.
    Refused {
        /// Why, in words for the user.
        why: String,
    },
    /// A call began or ended: no sound and no voice during one.
    Call {
        /// Which of the two.
        on: bool,
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
    /// Where the window opens, and how large.
    pub place: Place,
    /// How loud the sounds are, above 0 to 1; `None`: there are none.
    pub volume: Option<f32>,
    /// How cues are spoken; `None`: not at all.
    pub voice: Option<Voice>,
    /// A call is on: no sound and no voice before [`ToWindow::Call`] says otherwise.
    pub call: bool,
    /// Where the user's own stretches are.
    pub stretches_folder: Option<String>,
    /// Where the window's last size is kept, if anywhere.
    pub memory_file: Option<String>,
    /// The right to take the focus, which came with the user's answer; `None`: there was no answer,
    /// or none that gives it.
    pub token: Option<String>,
}

/// Where the window opens, and how large.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// How much of the screen it takes.
    pub size: Size,
    /// On which monitor.
    pub monitor: Monitor,
}

/// How much of the screen the window takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Like any other window.
    Normal,
    /// All of it.
    Full,
    /// The lower right corner.
    Corner,
}

/// On which monitor the window opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Monitor {
    /// The one with the pointer.
    Pointer,
    /// The one that the desktop calls primary.
    Primary,
    /// The one with this name; where it is not there, the one with the pointer.
    Named(String),
}

/// How cues are spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// By the name that the speech service gives it; `None`: its own choice.
    pub name: Option<String>,
    /// -100 (slowest) to 100 (fastest).
    pub rate: i8,
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
    OtherStretch {
        /// Which of the stretches is to go, from 0.
        place: usize,
    },
    /// The user does not want this stretch in the rotation. The daemon takes it out, draws another
    /// one, and answers with `show` and then `taken_out`, or with `refused`.
    NotForMe {
        /// Its id.
        stretch: String,
        /// Where it stands among the stretches, from 0. What came before is done.
        place: usize,
    },
    /// The user wants it back after all. The daemon answers with `show` where there is a place for
    /// it, or with `refused`.
    PutBack {
        /// Its id.
        stretch: String,
        /// Where it stood among the stretches, from 0; `None`: the break has gone on since, and
        /// nothing is to be shown.
        place: Option<usize>,
    },
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
    /// After [`FromWindow::Done`]: the user wants another break right away. The daemon answers with
    /// `open`, so that it goes on in the same window, or with `close`.
    OneMore,
    /// The answer to a ping.
    Pong,
}
