//! Everything that can happen to the schedule.

use std::time::Duration;

use chrono::NaiveTime;

use super::super::stretch::StretchId;

/// Something that happened, at the moment given beside it to `State::step`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Time went by: a deadline was reached, or the machine woke up. Always harmless, also early.
    Tick,
    /// What the idle source says of the input.
    Input(Sensor),
    /// The screen was locked or unlocked.
    Locked(bool),
    /// A reason from outside to hold breaks began or ended.
    Held(Hold, bool),
    /// Every sensor has had its say since [`super::Effect::Watch`] asked for it.
    Sensed,
    /// What the notification server can do now.
    Notifier(Notifier),
    /// The user answered the announcement with number `prompt`. Late or double ones are ignored.
    Answer {
        /// The number given in [`super::Prompt`].
        prompt: u64,
        /// What was chosen.
        answer: Answer,
    },
    /// The user answered whatever is announced now (command line, bus). Ignored when nothing is.
    AnswerCurrent(Answer),
    /// "Stretch now", whatever holds: for a reminder, or the one that is due next.
    Now {
        /// Its id; `None`: the one due next.
        reminder: Option<String>,
        /// A stretch chosen by the user instead of the next of the rotation.
        stretch: Option<StretchId>,
    },
    /// News from the window of the break with number `prompt`.
    Window {
        /// The number given in [`super::WindowOrder`].
        prompt: u64,
        /// What happened there.
        news: WindowNews,
    },
    /// The user pauses the program.
    Pause(PauseUntil),
    /// The user ends the pause.
    Resume,
    /// What the user says of a meeting.
    Meeting(MeetingNews),
    /// The settings changed: the new rules are passed to `step` beside this. What happened before
    /// must have been told with the old ones, by a [`Event::Tick`] at the same moment.
    RulesChanged,
    /// The program is about to end: what is shown is taken back. Save after this.
    Quit,
}

/// What the idle source says of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensor {
    /// There is no source, or it broke: accounts simply run.
    Unknown,
    /// The user gives input, from now on until the next word.
    Active,
    /// There has been no input for this long.
    IdleFor(Duration),
    /// Something keeps the screen awake although nobody gives input, as a film does, or nothing
    /// does any more.
    KeptAwake {
        /// It does.
        on: bool,
        /// Since so long ago.
        ago: Duration,
    },
}

/// A reason from outside to hold breaks. The others (locked, away, paused, hours) follow from
/// other events.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// Do-not-disturb.
    Quiet,
    /// Microphone or camera in use, or the screen is shared.
    Meeting,
    /// A full-screen window.
    Fullscreen,
    /// A program on the user's list, by name.
    App(String),
}

/// What the notification server can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notifier {
    /// It shows notifications with buttons.
    Ok,
    /// It shows notifications, without buttons.
    NoButtons,
    /// There is none, or it failed.
    Gone,
}

/// An answer to an announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Begin.
    Start,
    /// Later: after the length of the next snooze, or after a length of the user's own.
    Snooze(Option<Duration>),
    /// Not this one.
    Skip,
}

/// How long a pause lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PauseUntil {
    /// Until the user resumes.
    Resumed,
    /// This long, sleep included.
    For(Duration),
    /// Until the wall clock next shows this time.
    Time(NaiveTime),
}

/// What the user says of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingNews {
    /// One is on for this long from now, sleep included; `None`: for as long as the settings say.
    /// If one was on already, this is its new end.
    On(Option<Duration>),
    /// It is over.
    Over,
    /// It goes on for an hour after its end, asked or not.
    GoesOn,
    /// The answer to the question with this number. Late or double ones are ignored.
    Answer {
        /// The number given in [`super::Question`].
        question: u64,
        /// It goes on, or it is over.
        goes_on: bool,
    },
}

/// What happened in the window of a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowNews {
    /// The countdown runs (`true`) or stands still (paused, between stretches).
    Countdown(bool),
    /// The user pressed a button of the window: Start in its ready state, Snooze and Skip in any.
    Answered {
        /// Which.
        answer: Answer,
        /// How long the countdown ran before.
        stretched: Duration,
    },
    /// The user asked for another stretch in this place of the break, counted from 0.
    OtherStretch {
        /// Which of the stretches is to go.
        place: usize,
    },
    /// The user does not want this stretch any more: another one comes wherever it stands in the
    /// rest of the break. That it has left the rotation is told before, by new rules.
    NotForMe {
        /// The stretch.
        stretch: StretchId,
        /// Its place in the break; what came before is done.
        place: usize,
    },
    /// The user wants such a stretch back after all. The rules are told before, as above.
    PutBack {
        /// The stretch.
        stretch: StretchId,
        /// The place in the break where it stood.
        place: usize,
    },
    /// The last second was done.
    Done {
        /// How long the countdown ran.
        stretched: Duration,
    },
    /// The window is gone before the end: closed, crashed or killed.
    Closed {
        /// How long the countdown ran, where the window could still tell.
        stretched: Option<Duration>,
    },
}
