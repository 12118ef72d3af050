//! The loop: one inbox, one state, and everything that happens because of it.
//!
//! Adapters report into the inbox; only this loop steps the schedule and carries out what it asks
//! for. Between two events it sleeps in the kernel. It knows no rules of the schedule and nothing
//! of how a desktop works.

mod answers;
mod api;
mod diary;
mod end_of_session;
mod faults;
mod film;
pub mod hooks;
mod keeping;
mod live;
mod look_up;
mod perform;
mod prompt;
mod reasons;
mod rotation;
mod sensors;
mod start;
pub mod story;
mod telling;
#[cfg(test)]
mod tests;
mod tray;
mod watchdog;
mod window;

use std::{collections::BTreeMap, time::Duration};

use crate::{
    core::{
        chronicle::Chronicle,
        rotation::{Candidate, Weight},
        schedule::{Effect, Event, MeetingNews, Notifier, Prompt, Rules, Sensor, State},
        stretch::StretchId,
        time::Moment,
    },
    desktop::{
        appearance, bus, child, clock,
        fault::{Fault, caught},
        hook::Hooks,
        idle::{self, IdleSource},
        inbox::Inbox,
        instance::Lock,
        memory::Pages,
        notify::{self, Notify},
        sense::Word,
        sensors::About,
        session,
        signals::Signal,
        timers::{Deadlines, Timers, Wake},
        tray as panel,
    },
    ipc::{news::Served, service::Call},
    store::History,
};

use end_of_session::EndOfSession;
use faults::{Broken, Faults};
use sensors::Sensors;
pub use start::{Ended, Options, run};

/// How long a window may take at the end of the program to show that it does not hang.
const LIVELY: Duration = Duration::from_millis(300);

/// How long nothing has to have come in before memory is given back.
const QUIET: Duration = Duration::from_secs(2);

/// Everything that can come into the inbox.
pub enum Incoming {
    /// What became of an announcement, or of the notification server.
    Notification(notify::Event),
    /// The user gives input, or does not.
    Input(Sensor),
    /// Another source is used for the input, or none.
    IdleSource(idle::Choice),
    /// A program keeps the screen awake, or none does.
    KeptAwake(Word),
    /// A sensor has something to say.
    Sensed(About, Word),
    /// What happens to the session.
    Session(session::Event),
    /// A call over the bus.
    Call(Call),
    /// The interface is on the bus (again).
    Served(Served),
    /// There is no bus, or it went away.
    BusLost,
    /// Another instance took our name while the bus was away.
    NameTaken,
    /// News from the panel with the icon.
    Tray(panel::Event),
    /// The desktop wishes for other windows, and has another panel.
    Wishes,
    /// News from the window process with this number.
    Window(u64, child::Event),
    /// Something of the program panicked.
    Fault(Fault),
}

impl From<notify::Event> for Incoming {
    fn from(event: notify::Event) -> Self {
        Self::Notification(event)
    }
}

impl From<idle::Choice> for Incoming {
    fn from(choice: idle::Choice) -> Self {
        Self::IdleSource(choice)
    }
}

impl From<Fault> for Incoming {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Sensor> for Incoming {
    fn from(sensor: Sensor) -> Self {
        Self::Input(sensor)
    }
}

/// The running program.
pub struct Daemon {
    state: State,
    rules: Rules,
    catalogue: Vec<Candidate>,
    options: Options,

    inbox: Inbox<Incoming>,
    timers: Timers,
    bus: bus::Bus,
    served: Option<Served>,
    lock: Lock,

    notify: Box<dyn Notify>,
    idle: Box<dyn IdleSource>,
    /// Which source that is now, and why none that would be better.
    idle_choice: idle::Choice,
    films: film::Films,
    sensors: Sensors,
    appearance: appearance::Wishes,
    history: History,
    windows: window::Windows,
    hooks: Hooks,
    icon: tray::Icon,

    /// How often those came that a window has taken out, should they be put back.
    taken_out: BTreeMap<StretchId, Weight>,
    /// The story of the last breaks.
    chronicle: Chronicle,
    /// Days, as they are written down.
    diary: diary::Diary,
    keeping: keeping::Keeping,
    /// Something was told of a break since the story was last kept.
    told: bool,
    /// What was announced or opened last, as long as it is not over.
    prompt: Option<Prompt>,
    /// The right to take the focus that came with the answer which is being handled.
    token: Option<String>,
    /// What the idle source was last asked to watch for.
    watched: Option<Duration>,
    /// Sleep so far: when it grows, the machine was asleep.
    slept: Duration,
    /// What does not work or was not understood, for the status.
    problems: Vec<String>,
    /// Faults of the program itself, for the status.
    faults: Faults,
    /// Whether the session seems to be over.
    end_of_session: EndOfSession,
    /// Mistakes of which the user has been told.
    mistakes: live::Mistakes,
    /// What can be given back to the system while nothing happens.
    pages: Pages,
    /// When it will have been quiet for long enough to do so, on the boot clock.
    quiet: Option<Duration>,
    /// Set when the program should end.
    ending: bool,
}

impl Daemon {
    /// Handles one event after the other until the program should end. A panic on the way ends it
    /// as well, with the state before the event that led to it on the disk.
    ///
    /// # Errors
    ///
    /// After a panic.
    fn run(&mut self) -> Result<(), Broken> {
        self.mind(Self::turns)
    }

    /// Does what the loop does, and ends in as good an order as can be if that panics.
    fn mind(&mut self, work: impl FnOnce(&mut Self)) -> Result<(), Broken> {
        if caught(|| work(self)).is_some() {
            return Ok(());
        }
        // A step that panics has changed nothing: the state is still that before it.
        caught(|| self.save(clock::now()));
        caught(|| self.leave());
        Err(Broken)
    }

    fn turns(&mut self) {
        let mut now = clock::now().to_the_millisecond();
        self.settle(now);
        self.forget_old(now);
        while !self.ending {
            let wake = self.timers.wait(&self.inbox, self.deadlines(now));
            now = clock::now().to_the_millisecond();
            self.notice_sleep(now);
            match wake {
                Wake::Inbox(incoming) => {
                    // Adapters may be at work on their own threads still.
                    self.quiet = Some(now.boot + QUIET);
                    self.take(incoming, now);
                }
                Wake::Boot | Wake::Wall | Wake::WallChanged => self.step(Event::Tick, now),
                Wake::Signal(Signal::End) => self.ending = true,
                Wake::FilesChanged | Wake::Signal(Signal::Reload) => self.reload(now),
            }
            self.windows.check(now);
            self.forget_old(now);
            if self.end_of_session.has_come(now) {
                log::info!("the display is gone, and with it the session");
                self.ending = true;
            }
            self.settle(now);
            if self.quiet.is_none_or(|quiet| quiet <= now.boot) {
                self.quiet = None;
                self.pages.give_back();
            }
        }
        self.end(now);
    }

    fn forget_old(&mut self, now: Moment) {
        let history = &self.options.history_file;
        self.keeping.look(history, self.rules.config(), now);
    }

    fn take(&mut self, incoming: Incoming, now: Moment) {
        match incoming {
            Incoming::Notification(event) => self.take_notification(event, now),
            Incoming::Input(Sensor::KeptAwake { on, ago }) => {
                self.take_film_of_source(on, ago, now);
            }
            Incoming::Input(sensor) => {
                if matches!(sensor, Sensor::IdleFor(_) | Sensor::Unknown) {
                    // The source reports a threshold once; the next one has to be asked for.
                    self.watched = None;
                }
                if sensor == Sensor::Unknown {
                    self.end_of_session.suspect(now);
                }
                self.step(Event::Input(sensor), now);
            }
            Incoming::KeptAwake(word) => self.take_film_of_programs(&word, now),
            Incoming::IdleSource(choice) => {
                self.idle_choice = choice;
                self.mind_films(now);
            }
            Incoming::Sensed(about, word) => {
                let news = self.sensors.take(about, word);
                self.step_all(news, now);
            }
            Incoming::Session(event) => self.take_session(event, now),
            Incoming::Call(call) => self.answer(call, now),
            Incoming::Served(served) => self.served = Some(served),
            Incoming::BusLost => self.end_of_session.suspect(now),
            Incoming::NameTaken => {
                log::warn!("another instance runs on this bus now, so this one ends");
                self.ending = true;
            }
            Incoming::Tray(event) => self.take_tray(event, now),
            // The icon follows by itself, and windows ask when they open.
            Incoming::Wishes => {}
            Incoming::Window(number, event) => {
                if matches!(event, child::Event::Ended { success: false, .. }) {
                    self.end_of_session.suspect(now);
                }
                self.take_window(number, event, now);
            }
            Incoming::Fault(fault) => self.report_fault(&fault),
        }
    }

    fn take_notification(&mut self, event: notify::Event, now: Moment) {
        match event {
            notify::Event::Shown { prompt } => {
                log::debug!("announcement {prompt} is on the screen");
            }
            notify::Event::Failed { prompt, why } => {
                log::warn!("announcement {prompt} could not be shown: {why}");
                // As far as this break goes there is no server: the window opens instead. Whether
                // there is one for the next break, the server itself tells.
                self.step(Event::Notifier(Notifier::Gone), now);
            }
            notify::Event::Answered {
                prompt,
                answer,
                token,
            } => {
                self.token = token;
                self.step(Event::Answer { prompt, answer }, now);
                self.token = None;
            }
            notify::Event::Said { prompt, goes_on } => {
                let answer = MeetingNews::Answer {
                    question: prompt,
                    goes_on,
                };
                self.step(Event::Meeting(answer), now);
            }
            // Closing a notification answers nothing: the window still comes.
            notify::Event::Dismissed { prompt, by } => {
                log::debug!("announcement {prompt} was dismissed by {by:?}");
            }
            notify::Event::Server(notifier) => self.step(Event::Notifier(notifier), now),
        }
    }

    /// One step of the schedule, and everything that follows from it.
    fn step(&mut self, event: Event, now: Moment) {
        let config = self.rules.config();
        self.diary.take(&event, &self.state, config, now);
        let (state, effects) = self.state.clone().step(&self.rules, event, now);
        self.state = state;
        self.carry_out(effects, now);
    }

    fn step_all(&mut self, events: Vec<Event>, now: Moment) {
        for event in events {
            self.step(event, now);
        }
    }

    fn take_session(&mut self, event: session::Event, now: Moment) {
        match event {
            session::Event::Locked(locked) => self.step(Event::Locked(locked), now),
            session::Event::Sleeps => {
                // Until here the user was at work; and the battery may not last.
                self.step(Event::Tick, now);
                self.save(now);
            }
            session::Event::Wakes => self.step(Event::Tick, now),
        }
    }

    /// What must not be lost is written first: nobody should see a thing happen that a power cut
    /// could undo. State once for all that changed, since each write waits for the disk.
    fn carry_out(&mut self, effects: Vec<Effect>, now: Moment) {
        let (lasting, visible): (Vec<_>, Vec<_>) = effects
            .into_iter()
            .partition(|effect| matches!(effect, Effect::Record(_) | Effect::Save));
        if lasting.contains(&Effect::Save) {
            if lasting.len() == 1 && visible.is_empty() {
                // Nothing happened, but time: no reason to wait for the disk.
                self.note(now);
            } else {
                self.save(now);
            }
        }
        for effect in lasting.into_iter().chain(visible) {
            self.perform(effect, now);
        }
    }

    /// After every event: what the outside should know and have ready before the next wait.
    fn settle(&mut self, now: Moment) {
        let threshold = self.state.idle_threshold(&self.rules);
        if self.watched != Some(threshold) {
            self.watched = Some(threshold);
            self.ask_idle(|idle| idle.set_threshold(threshold));
        }
        let status = self.state.status(&self.rules);
        self.go_on_telling(&status);
        if let Some(served) = &self.served {
            served.show(answers::properties(&status));
        }
        self.show_icon(now);
        self.stay_ahead(now);
    }

    /// Asks something of the source of idle time; without one that panics, all time counts as work.
    fn ask_idle(&mut self, ask: impl FnOnce(&mut dyn IdleSource)) {
        if caught(|| ask(&mut *self.idle)).is_none() {
            self.idle = Box::new(idle::never::Never::start(&self.inbox.sender().post()));
        }
    }

    fn deadlines(&self, now: Moment) -> Deadlines {
        let schedule = Some(self.state.deadline(&self.rules));
        let others = [
            self.windows.deadline(now),
            self.end_of_session.deadline(),
            self.quiet,
            self.icon_deadline(),
        ];
        Deadlines {
            boot: others.into_iter().chain([schedule]).flatten().min(),
            wall: Some(self.state.wall_deadline(&self.rules)),
        }
    }

    /// After sleep the idle source may not say by itself that the user is back.
    fn notice_sleep(&mut self, now: Moment) {
        let slept = now.boot.saturating_sub(now.awake);
        if slept > self.slept + Duration::from_secs(1) {
            log::info!("the machine was asleep for {:?}", slept - self.slept);
            self.step(Event::Tick, now);
            self.ask_idle(|idle| idle.refresh());
        }
        self.slept = slept;
    }

    /// Ends in good order: nothing left on the screen, everything saved.
    fn end(&mut self, now: Moment) {
        self.step(Event::Quit, now);
        self.save(now);
        self.diary.write(now);
        self.keep_the_story();
        self.leave();
    }

    /// Windows close by themselves, or after a panic of ours finish what is running; one that hangs
    /// is ended, since nobody else would. All in all this takes less than a second, which is what a
    /// logout and a shutdown grant.
    fn leave(&mut self) {
        self.hooks.ask_to_end();
        let until = clock::boot() + LIVELY;
        self.windows.ask_all(clock::now());
        while !self.windows.all_answered() {
            let left = until.saturating_sub(clock::boot());
            match self.inbox.wait(Some(left)) {
                Some(Incoming::Window(number, event)) => self.windows.hear(number, &event),
                Some(_other) => {}
                None => break,
            }
        }
        self.windows.let_go();
        self.hooks.end();
        self.lock.release();
        self.bus.clone().stop();
    }
}
