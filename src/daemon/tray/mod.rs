//! The icon in the panel: what it should show, when that changes, and what is done with it.

mod face;
mod pace;

use std::{sync::Arc, time::Duration};

use super::{Daemon, Incoming};
use crate::{
    core::{
        config::Config,
        schedule::{Condition, Event, MeetingNews, PauseUntil, event::Answer},
        time::Moment,
    },
    desktop::{
        bus::Bus,
        child::{self, Child, Program},
        inbox::Inbox,
        tray::{self, Pause, Wish, icon::Panel},
    },
    ipc::service::Request,
    window::list::Window,
};
use pace::Pace;

/// The icon, as the loop has it.
pub struct Icon {
    tray: tray::Tray,
    /// There is a panel that shows it.
    shown: bool,
    pace: Pace,
    /// When it shows something else next, if nothing happens, on the boot clock.
    next: Option<Duration>,
    /// Panels are dark on this desktop, whatever the windows are.
    always_dark: bool,
}

impl Icon {
    /// The icon of this desktop, where a panel shows such and the settings do not forbid it.
    pub fn new(bus: &Bus, inbox: &Inbox<Incoming>, config: &Config) -> Self {
        let mut icon = Self {
            tray: tray::Tray::new(bus, inbox.sender().post()),
            shown: false,
            pace: Pace::default(),
            next: None,
            always_dark: tray::panels_are_dark(),
        };
        icon.follow(config);
        icon
    }

    /// These are the settings now.
    pub fn follow(&mut self, config: &Config) {
        self.tray.wanted(config.look.tray);
    }
}

impl From<tray::Event> for Incoming {
    fn from(event: tray::Event) -> Self {
        Self::Tray(event)
    }
}

impl Daemon {
    /// Lets the icon show how things are now. Costs nothing without a panel.
    pub(super) fn show_icon(&mut self, now: Moment) {
        if !self.icon.shown {
            self.icon.next = None;
            return;
        }
        let panel = match self.appearance.now().dark {
            Some(false) if !self.icon.always_dark => Panel::Light,
            Some(_) | None => Panel::Dark,
        };
        let status = self.state.status(&self.rules);
        let snooze = self.prompt.as_ref().and_then(|prompt| prompt.snooze);
        let sign = face::sign(&status, &self.rules);
        let sign = self.icon.pace.slow_down(sign, now.boot);
        let face = face::face(&status, &self.rules, snooze, (sign, panel));
        self.icon.tray.show(face);
        let changes = face::changes_in(&status, &self.rules);
        self.icon.next = changes.map(|left| now.boot + self.icon.pace.at_least(left, now.boot));
    }

    /// When the icon shows something else next, if nothing happens.
    pub(super) fn icon_deadline(&self) -> Option<Duration> {
        self.icon.next
    }

    pub(super) fn take_tray(&mut self, event: tray::Event, now: Moment) {
        match event {
            tray::Event::Appeared(waits) => {
                self.icon.shown = true;
                // Whether the panel is dark: known by the time of the next picture.
                self.appearance.ask();
                self.step(Event::Tick, now);
                self.show_icon(now);
                drop(waits);
            }
            tray::Event::Gone => self.icon.shown = false,
            tray::Event::Opening(waits) => {
                self.step(Event::Tick, now);
                self.show_icon(now);
                drop(waits);
            }
            tray::Event::Wish { wish, token } => {
                self.token = token;
                self.grant(wish, now);
                self.token = None;
            }
        }
    }

    fn grant(&mut self, wish: Wish, now: Moment) {
        let request = match wish {
            Wish::Now(stretch) => Request::Now {
                reminder: None,
                stretch,
            },
            Wish::Snooze => Request::Answer(Answer::Snooze(None)),
            Wish::Skip => Request::Answer(Answer::Skip),
            Wish::Pause(pause) => Request::Pause(self.until(pause)),
            Wish::Resume => Request::Resume,
            Wish::PauseOrResume => match self.state.status(&self.rules).state {
                Condition::Paused => Request::Resume,
                Condition::Working
                | Condition::Held
                | Condition::Announced
                | Condition::OnBreak => Request::Pause(PauseUntil::Resumed),
            },
            Wish::Meeting(true) => Request::Meeting(MeetingNews::On(None)),
            Wish::Meeting(false) => Request::Meeting(MeetingNews::Over),
            Wish::Open(window) => {
                self.open_window(window);
                return;
            }
            Wish::Quit => Request::Quit,
        };
        // The menu may have been open while things changed.
        if let Err(refusal) = self.obey(request, now) {
            log::info!("asked for in the panel: {refusal}");
        }
    }

    fn until(&self, pause: Pause) -> PauseUntil {
        match pause {
            Pause::Minutes(minutes) => {
                PauseUntil::For(Duration::from_secs(60 * u64::from(minutes)))
            }
            Pause::Tomorrow => PauseUntil::Time(self.rules.config().schedule.day_starts),
            Pause::Resumed => PauseUntil::Resumed,
        }
    }

    /// Opens a window in a process of its own, which the program has no more to do with.
    fn open_window(&mut self, window: Window) {
        let program = Program::this(window.arguments());
        let report = Arc::new(move |event| match event {
            child::Event::Line(line) => log::debug!("the window {window:?} says: {line}"),
            child::Event::Broken(why) => log::warn!("the window {window:?}: {why}"),
            child::Event::Ended { success: true, .. } => {}
            child::Event::Ended { how, .. } => log::warn!("the window {window:?} ended: {how}"),
        });
        let token = self.token.as_deref();
        if let Err(error) = program.and_then(|program| Child::start(&program, token, report)) {
            log::error!("the window {window:?} cannot be started: {error}");
        }
    }
}
