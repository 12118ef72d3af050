//! The conversation with window processes.
//!
//! At most one window belongs to a break; others may be on their way out (the one that still shows
//! "done", or one that was told to close). A window that dies or hangs ends its break as closed.
//! While a break is announced, the process of its window may wait already ([`ahead`]).

mod ahead;
mod process;
#[cfg(test)]
mod tests;

use std::{io, time::Duration};

use super::{
    Incoming,
    watchdog::{Verdict, Watchdog},
};
use crate::{
    core::{
        schedule::{Prompt, WindowNews},
        stretch::StretchId,
        time::Moment,
    },
    desktop::{
        child::{self, Program},
        inbox::Sender,
    },
    window::wire::{FromWindow, Open, ToWindow},
};
use ahead::Ahead;
use process::Window;

/// The window processes that were started and have not ended.
pub struct Windows {
    program: Program,
    inbox: Sender<Incoming>,
    started: u64,
    current: Option<Window>,
    leaving: Vec<Window>,
    /// The process in which the next break is to be shown: its user asked for one more.
    asked_for_more: Option<u64>,
    ahead: Ahead,
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
            ahead: Ahead::default(),
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
    pub fn open(&mut self, prompt: &Prompt, open: Open, now: Moment) -> io::Result<()> {
        let waiting = self.take_waiting();
        for window in &mut self.leaving {
            window.tell(&ToWindow::Close, now);
        }
        if let Some(mut old) = self.current.take() {
            old.close(now);
            self.leaving.push(old);
        }
        if let Some(mut window) = waiting {
            window.belongs_to(prompt, Watchdog::working(now.awake, prompt.length));
            window.tell(&ToWindow::Open(Box::new(open)), now);
            self.current = Some(window);
            return Ok(());
        }
        self.current = match self.open_ahead(prompt, &open, now) {
            Some(window) => Some(window),
            None => Some(self.open_new(prompt.number, prompt.length, open, now)?),
        };
        Ok(())
    }

    /// In a process of its own.
    fn open_new(
        &mut self,
        prompt: u64,
        length: Duration,
        open: Open,
        now: Moment,
    ) -> io::Result<Window> {
        let mut window = self.start_process(prompt, length, Watchdog::opening(now.awake))?;
        window.tell(&ToWindow::Open(Box::new(open)), now);
        Ok(window)
    }

    fn start_process(
        &mut self,
        prompt: u64,
        length: Duration,
        watchdog: Watchdog,
    ) -> io::Result<Window> {
        self.started += 1;
        let number = self.started;
        let inbox = self.inbox.clone();
        let post = std::sync::Arc::new(move |event| inbox.send(Incoming::Window(number, event)));
        Window::start(&self.program, post, (number, prompt, length), watchdog)
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
            child::Event::Ended { success, how } => self.ended(number, success, &how, now),
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

    fn ended(&mut self, number: u64, success: bool, how: &str, now: Moment) -> Option<(u64, News)> {
        self.leaving.retain(|window| window.number != number);
        self.forget_ahead(number, how);
        let window = self.current.take_if(|window| window.number == number)?;
        if window.said_the_end {
            return None;
        }
        log::warn!("the window ended in the middle of a break ({how}, success: {success})");
        let prompt = window.prompt;
        if let Some(open) = window.instead {
            // What was ready may have been of a desktop that is gone; a new one knows this one.
            match self.open_new(prompt, window.length, *open, now) {
                Ok(again) => {
                    self.current = Some(again);
                    return None;
                }
                Err(error) => log::error!("the window cannot be started: {error}"),
            }
        }
        let stretched = None;
        Some((prompt, News::Schedule(WindowNews::Closed { stretched })))
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
        let waiting = self.ahead.waiting_mut();
        for window in self
            .current
            .iter_mut()
            .chain(waiting)
            .chain(&mut self.leaving)
        {
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

    /// Leaves windows to themselves: each finishes the stretch that is running, then closes; one
    /// that only waits ends. One that did not answer hangs, and is ended.
    pub fn let_go(&mut self) {
        for window in self.all().filter(|window| !window.answered) {
            log::warn!("the window hangs, so it is ended");
            window.child.kill();
        }
        self.current = None;
        self.ahead = Ahead::default();
        self.leaving.clear();
    }

    fn of(&mut self, prompt: u64) -> Option<&mut Window> {
        self.current
            .as_mut()
            .filter(|window| window.prompt == prompt)
    }

    fn all(&self) -> impl Iterator<Item = &Window> {
        let waiting = self.ahead.waiting();
        self.current.iter().chain(waiting).chain(&self.leaving)
    }
}
