//! The head start: while a break is announced, the process of its window waits with everything
//! loaded, and nothing on the screen.
//!
//! One for each announcement at most. It goes when nothing is announced any more, and costs a
//! break nothing should it die.

use super::{Watchdog, Window, Windows};
use crate::{
    core::{schedule::Prompt, time::Moment},
    window::wire::{Open, ToWindow},
};

/// The process that waits, if one does.
#[derive(Default)]
pub struct Ahead {
    waiting: Option<Window>,
    /// The break for which one was started last, whatever became of it.
    started_for: Option<u64>,
}

impl Ahead {
    pub(super) fn waiting(&self) -> Option<&Window> {
        self.waiting.as_ref()
    }

    pub(super) fn waiting_mut(&mut self) -> Option<&mut Window> {
        self.waiting.as_mut()
    }
}

impl Windows {
    /// Whether a process should be started ahead for this break, which is announced.
    pub fn wants_ahead(&self, prompt: u64) -> bool {
        let open = self.current.as_ref();
        self.ahead.started_for != Some(prompt) && open.is_none_or(|open| open.prompt != prompt)
    }

    /// Starts one. It may be asked for `expected`, or for something like it.
    pub fn start_ahead(&mut self, prompt: &Prompt, expected: Open, now: Moment) {
        self.send_away(now);
        self.ahead.started_for = Some(prompt.number);
        let resting = Watchdog::at_rest();
        match self.start_process(prompt.number, prompt.length, resting) {
            Ok(mut window) => {
                window.tell(&ToWindow::Ahead(Box::new(expected)), now);
                self.ahead.waiting = Some(window);
            }
            // The break will say so if it is still true then.
            Err(error) => log::info!("no window is started ahead: {error}"),
        }
    }

    /// Nothing is announced any more: the process that waits is of no use.
    pub fn send_away(&mut self, now: Moment) {
        if let Some(mut window) = self.ahead.waiting.take() {
            window.close(now);
            self.leaving.push(window);
        }
    }

    /// Opens the window of a break in the process that waits, if there is one and it listens.
    pub(super) fn open_ahead(
        &mut self,
        prompt: &Prompt,
        open: &Open,
        now: Moment,
    ) -> Option<Window> {
        let mut window = self.ahead.waiting.take()?;
        let open = Box::new(open.clone());
        if let Err(error) = window.try_to_tell(&ToWindow::Open(open.clone())) {
            log::info!("the window that was started ahead does not listen: {error}");
            window.child.kill();
            self.leaving.push(window);
            return None;
        }
        window.belongs_to(prompt, Watchdog::opening(now.awake));
        window.instead = Some(open);
        Some(window)
    }

    /// A process has ended, and may have been the one that waits.
    pub(super) fn forget_ahead(&mut self, number: u64, how: &str) {
        let waiting = &mut self.ahead.waiting;
        if waiting.take_if(|window| window.number == number).is_some() {
            log::info!("the window that was started ahead has ended: {how}");
        }
    }
}
