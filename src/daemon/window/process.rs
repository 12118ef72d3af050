//! One window process: what it says, and what that means.

use std::{io, time::Duration};

use super::{News, Watchdog};
use crate::{
    core::{
        schedule::{Prompt, WindowNews, event::Answer},
        stretch::StretchId,
        time::Moment,
    },
    desktop::{
        child::{self, Child, Program},
        inbox::Post,
    },
    window::wire::{FromWindow, Open, ToWindow, VERSION},
};

/// One window process.
pub struct Window {
    /// Number of the process, in the order of starts.
    pub number: u64,
    /// Number of the break it was opened for.
    pub prompt: u64,
    /// Settle-in and countdown together.
    pub length: Duration,
    pub child: Child,
    pub watchdog: Watchdog,
    /// It has said how its break ended.
    pub said_the_end: bool,
    /// It has answered since it was last asked whether it lives.
    pub answered: bool,
    /// What to show in a new process, should this one end before it has opened.
    pub instead: Option<Box<Open>>,
}

impl Window {
    /// Starts the process. `of`: its number, the break, and how long that takes.
    pub(super) fn start(
        program: &Program,
        post: Post<child::Event>,
        of: (u64, u64, Duration),
        watchdog: Watchdog,
    ) -> io::Result<Self> {
        let (number, prompt, length) = of;
        Ok(Self {
            number,
            prompt,
            length,
            // The right to take the focus comes with the order to open.
            child: Child::start(program, None, post)?,
            watchdog,
            said_the_end: false,
            answered: true,
            instead: None,
        })
    }

    /// It is for this break now.
    pub(super) fn belongs_to(&mut self, prompt: &Prompt, watchdog: Watchdog) {
        self.prompt = prompt.number;
        self.length = prompt.length;
        self.said_the_end = false;
        self.watchdog = watchdog;
    }

    /// News of it, from what it says.
    pub(super) fn take(&mut self, said: &FromWindow, now: Moment) -> Option<News> {
        let news = match *said {
            FromWindow::Opened { v } => {
                if v != VERSION {
                    log::warn!("the window speaks version {v}, this program {VERSION}");
                }
                self.watchdog = Watchdog::at_rest();
                self.instead = None;
                return Some(News::Opened);
            }
            FromWindow::Pong => {
                self.watchdog.alive(now.awake);
                return None;
            }
            FromWindow::OneMore => return Some(News::OneMore),
            FromWindow::NotForMe { ref stretch, place } => {
                return Some(News::NotForMe(StretchId(stretch.clone()), place));
            }
            FromWindow::PutBack { ref stretch, place } => {
                return Some(News::PutBack(StretchId(stretch.clone()), place));
            }
            FromWindow::Countdown { running } => {
                self.watchdog = if running {
                    Watchdog::working(now.awake, self.length)
                } else {
                    Watchdog::at_rest()
                };
                WindowNews::Countdown(running)
            }
            FromWindow::OtherStretch { place } => WindowNews::OtherStretch { place },
            FromWindow::Start => {
                self.watchdog = Watchdog::working(now.awake, self.length);
                WindowNews::Answered {
                    answer: Answer::Start,
                    stretched: Duration::ZERO,
                }
            }
            FromWindow::Snooze { stretched_s } => {
                self.over(now);
                WindowNews::Answered {
                    answer: Answer::Snooze(None),
                    stretched: span(stretched_s),
                }
            }
            FromWindow::Skip { stretched_s } => {
                self.over(now);
                WindowNews::Answered {
                    answer: Answer::Skip,
                    stretched: span(stretched_s),
                }
            }
            FromWindow::Done { stretched_s } => {
                self.said_the_end = true;
                // It closes by itself, a little later if the user is busy with it.
                self.watchdog = Watchdog::working(now.awake, Duration::ZERO);
                WindowNews::Done {
                    stretched: span(stretched_s),
                }
            }
            FromWindow::Closed { stretched_s } => {
                self.over(now);
                WindowNews::Closed {
                    stretched: Some(span(stretched_s)),
                }
            }
        };
        Some(News::Schedule(news))
    }

    fn over(&mut self, now: Moment) {
        self.said_the_end = true;
        self.watchdog = Watchdog::closing(now.awake);
    }

    /// Tells it to close.
    pub(super) fn close(&mut self, now: Moment) {
        self.tell(&ToWindow::Close, now);
        self.watchdog = Watchdog::closing(now.awake);
    }

    /// Tells it something; one that does not listen is ended.
    pub(super) fn tell(&mut self, what: &ToWindow, now: Moment) {
        if let Err(error) = self.try_to_tell(what) {
            log::warn!("the window takes no orders ({error}), so it is ended");
            self.watchdog = Watchdog::closing(now.awake);
            self.child.kill();
        }
    }

    /// The same, and an error if it does not listen.
    pub(super) fn try_to_tell(&mut self, what: &ToWindow) -> io::Result<()> {
        let line = serde_json::to_string(what)?;
        self.child.send(&line)
    }
}

/// Seconds as a window counts them; nonsense counts as none.
fn span(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}
