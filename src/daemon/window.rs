//! The conversation with window processes.
//!
//! At most one window belongs to a break; others may be on their way out (the one that still shows
//! "done", or one that was told to close). A window that dies or hangs ends its break as closed.

use std::{io, time::Duration};

use super::{
    Incoming,
    watchdog::{Verdict, Watchdog},
};
use crate::{
    core::{
        schedule::{Prompt, WindowNews, event::Answer},
        stretch::StretchId,
        time::Moment,
    },
    desktop::{
        child::{self, Child, Program},
        inbox::Sender,
    },
    window::wire::{FromWindow, Open, ToWindow, VERSION},
};

/// The window processes that were started and have not ended.
pub struct Windows {
    program: Program,
    inbox: Sender<Incoming>,
    started: u64,
    current: Option<Window>,
    leaving: Vec<Window>,
    /// The process in which the next break is to be shown: its user asked for one more.
    asked_for_more: Option<u64>,
}

struct Window {
    /// Number of the process, in the order of starts.
    number: u64,
    /// Number of the break it was opened for.
    prompt: u64,
    /// Settle-in and countdown together.
    length: Duration,
    child: Child,
    watchdog: Watchdog,
    /// It has said how its break ended.
    said_the_end: bool,
    /// It has answered since it was last asked whether it lives.
    answered: bool,
}

/// What a window had to say.
#[derive(Debug, PartialEq)]
pub enum News {
    /// Its first frame is on the screen.
    Opened,
    /// Something for the schedule.
    Schedule(WindowNews),
    /// The user wants another break right after this one.
    OneMore,
    /// The user does not want this stretch, in this place, any more.
    NotForMe(StretchId, usize),
    /// The user wants it back after all, in this place if the break has not gone on.
    PutBack(StretchId, Option<usize>),
}

impl Windows {
    /// None yet.
    pub fn new(program: Program, inbox: Sender<Incoming>) -> Self {
        Self {
            program,
            inbox,
            started: 0,
            current: None,
            leaving: Vec::new(),
            asked_for_more: None,
        }
    }

    /// The next break, if it is opened before [`Windows::end_wait_for_more`], goes on in this
    /// process.
    pub fn wait_for_more(&mut self, number: u64) {
        self.asked_for_more = Some(number);
    }

    /// No more breaks are to be shown in the process that waits for one; it closes if it got none.
    pub fn end_wait_for_more(&mut self, now: Moment) {
        if let Some(mut window) = self.take_waiting() {
            window.close(now);
            self.leaving.push(window);
        }
    }

    /// Opens a window for a break. One that still shows an earlier break closes, unless its user
    /// asked for this one.
    pub fn open(
        &mut self,
        prompt: &Prompt,
        open: Open,
        token: Option<&str>,
        now: Moment,
    ) -> io::Result<()> {
        let waiting = self.take_waiting();
        for window in &mut self.leaving {
            window.tell(&ToWindow::Close, now);
        }
        if let Some(mut old) = self.current.take() {
            old.close(now);
            self.leaving.push(old);
        }
        if let Some(mut window) = waiting {
            window.prompt = prompt.number;
            window.length = prompt.length;
            window.said_the_end = false;
            window.watchdog = Watchdog::working(now.awake, prompt.length);
            window.tell(&ToWindow::Open(Box::new(open)), now);
            self.current = Some(window);
            return Ok(());
        }
        self.started += 1;
        let number = self.started;
        let inbox = self.inbox.clone();
        let post = std::sync::Arc::new(move |event| inbox.send(Incoming::Window(number, event)));
        let child = Child::start(&self.program, token, post)?;
        let mut window = Window {
            number,
            prompt: prompt.number,
            length: prompt.length,
            child,
            watchdog: Watchdog::opening(now.awake),
            said_the_end: false,
            answered: true,
        };
        window.tell(&ToWindow::Open(Box::new(open)), now);
        self.current = Some(window);
        Ok(())
    }

    fn take_waiting(&mut self) -> Option<Window> {
        let number = self.asked_for_more.take()?;
        let current = self.current.take_if(|window| window.number == number);
        current.or_else(|| {
            let place = (self.leaving.iter()).position(|window| window.number == number)?;
            Some(self.leaving.swap_remove(place))
        })
    }

    /// Lets the window of this break begin.
    pub fn start(&mut self, prompt: u64, now: Moment) {
        if let Some(window) = self.of(prompt) {
            window.tell(&ToWindow::Start, now);
            window.watchdog = Watchdog::working(now.awake, window.length);
        }
    }

    /// Shows other stretches in the window of this break.
    pub fn show(&mut self, prompt: u64, stretches: &[StretchId], now: Moment) {
        if let Some(window) = self.of(prompt) {
            let stretches = stretches.iter().map(ToString::to_string).collect();
            window.tell(&ToWindow::Show { stretches }, now);
        }
    }

    /// Tells the window of this break what became of a wish.
    pub fn answer(&mut self, prompt: u64, what: &ToWindow, now: Moment) {
        let windows = self.current.iter_mut().chain(&mut self.leaving);
        if let Some(window) = windows.into_iter().find(|window| window.prompt == prompt) {
            window.tell(what, now);
        }
    }

    /// Closes the window of this break. One that has finished shows so for some seconds more and
    /// closes by itself.
    pub fn close(&mut self, prompt: u64, now: Moment) {
        if self.of(prompt).is_none() {
            return;
        }
        let Some(mut window) = self.current.take() else {
            return;
        };
        if window.said_the_end {
            window.watchdog = Watchdog::closing(now.awake);
        } else {
            window.close(now);
        }
        self.leaving.push(window);
    }

    /// Takes news from a process: for which break, and what it means.
    pub fn take(&mut self, number: u64, event: child::Event, now: Moment) -> Option<(u64, News)> {
        match event {
            child::Event::Line(line) => self.read(number, &line, now),
            child::Event::Broken(why) => {
                log::warn!("the window did what no window does: {why}");
                None
            }
            child::Event::Ended { success, how } => self.ended(number, success, &how),
        }
    }

    fn read(&mut self, number: u64, line: &str, now: Moment) -> Option<(u64, News)> {
        let said: FromWindow = match serde_json::from_str(line) {
            Ok(said) => said,
            Err(error) => {
                log::warn!("the window said what cannot be read ({error}): {line}");
                return None;
            }
        };
        let current = self
            .current
            .as_mut()
            .filter(|window| window.number == number);
        let Some(window) = current else {
            let window = self.leaving.iter().find(|window| window.number == number)?;
            // A break that is over can only be followed by another one, or think better of what
            // was taken out in it.
            return match said {
                FromWindow::OneMore => Some((window.prompt, News::OneMore)),
                FromWindow::PutBack { stretch, .. } => {
                    Some((window.prompt, News::PutBack(StretchId(stretch), None)))
                }
                FromWindow::Opened { .. }
                | FromWindow::Start
                | FromWindow::Snooze { .. }
                | FromWindow::Skip { .. }
                | FromWindow::Countdown { .. }
                | FromWindow::OtherStretch { .. }
                | FromWindow::NotForMe { .. }
                | FromWindow::Done { .. }
                | FromWindow::Closed { .. }
                | FromWindow::Pong => None,
            };
        };
        let news = window.take(&said, now)?;
        Some((window.prompt, news))
    }

    fn ended(&mut self, number: u64, success: bool, how: &str) -> Option<(u64, News)> {
        self.leaving.retain(|window| window.number != number);
        let window = self.current.take_if(|window| window.number == number)?;
        if window.said_the_end {
            return None;
        }
        log::warn!("the window ended in the middle of a break ({how}, success: {success})");
        Some((
            window.prompt,
            News::Schedule(WindowNews::Closed { stretched: None }),
        ))
    }

    /// When a window has to have said something, on the boot clock.
    pub fn deadline(&self, now: Moment) -> Option<Duration> {
        let awake = self
            .all()
            .filter_map(|window| window.watchdog.due())
            .min()?;
        Some(now.boot + awake.saturating_sub(now.awake))
    }

    /// Looks after windows that are silent for too long.
    pub fn check(&mut self, now: Moment) {
        for window in self.current.iter_mut().chain(&mut self.leaving) {
            match window.watchdog.verdict(now.awake) {
                None => {}
                Some(Verdict::Ping) => window.tell(&ToWindow::Ping, now),
                Some(Verdict::Kill) => {
                    log::warn!("the window hangs, so it is ended");
                    window.child.kill();
                }
            }
        }
    }

    /// Asks all windows whether they live.
    pub fn ask_all(&mut self, now: Moment) {
        for window in self.current.iter_mut().chain(&mut self.leaving) {
            window.answered = false;
            window.tell(&ToWindow::Ping, now);
        }
    }

    /// Notes that a window said something, or has ended; what it said comes too late.
    pub fn hear(&mut self, number: u64, event: &child::Event) {
        let windows = self.current.iter_mut().chain(&mut self.leaving);
        for window in windows.filter(|window| window.number == number) {
            window.answered |= match event {
                child::Event::Line(_) | child::Event::Ended { .. } => true,
                child::Event::Broken(_) => false,
            };
        }
    }

    /// Whether all have said something since they were asked.
    pub fn all_answered(&self) -> bool {
        self.all().all(|window| window.answered)
    }

    /// Leaves windows to themselves: each finishes the stretch that is running, then closes. One
    /// that did not answer hangs, and is ended.
    pub fn let_go(&mut self) {
        for window in self.all().filter(|window| !window.answered) {
            log::warn!("the window hangs, so it is ended");
            window.child.kill();
        }
        self.current = None;
        self.leaving.clear();
    }

    fn of(&mut self, prompt: u64) -> Option<&mut Window> {
        self.current
            .as_mut()
            .filter(|window| window.prompt == prompt)
    }

    fn all(&self) -> impl Iterator<Item = &Window> {
        self.current.iter().chain(&self.leaving)
    }
}

impl Window {
    fn take(&mut self, said: &FromWindow, now: Moment) -> Option<News> {
        let news = match *said {
            FromWindow::Opened { v } => {
                if v != VERSION {
                    log::warn!("the window speaks version {v}, this program {VERSION}");
                }
                self.watchdog = Watchdog::at_rest();
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

    fn close(&mut self, now: Moment) {
        self.tell(&ToWindow::Close, now);
        self.watchdog = Watchdog::closing(now.awake);
    }

    fn tell(&mut self, what: &ToWindow, now: Moment) {
        let sent = serde_json::to_string(what)
            .map_err(io::Error::from)
            .and_then(|line| self.child.send(&line));
        if let Err(error) = sent {
            log::warn!("the window takes no orders ({error}), so it is ended");
            self.watchdog = Watchdog::closing(now.awake);
            self.child.kill();
        }
    }
}

/// Seconds as a window counts them; nonsense counts as none.
fn span(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}
