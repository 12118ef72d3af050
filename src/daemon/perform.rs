//! Effects become deeds. A deed that fails is said and costs its feature, never the schedule.

use super::{Daemon, hooks, prompt, story, window::News};
use crate::{
    core::{
        config::What,
        schedule::{
            Condition, Credit, Effect, Event, Notifier, Prompt, Story, WindowNews, WindowOrder,
        },
        stats,
        stretch::VariantName,
        time::Moment,
    },
    desktop::{child, clock, fault::caught, notify::Notice},
    store::saved::{self, Clocks},
    stretch_file,
    text::text,
    window::{
        settings,
        wire::{Message, Open, VERSION},
    },
};

impl Daemon {
    /// Carries out one effect.
    pub(super) fn perform(&mut self, effect: Effect, now: Moment) {
        match effect {
            Effect::Announce(prompt) => {
                // The window may follow: what the desktop wishes should be known by then.
                self.appearance.ask();
                let announcement = prompt::announcement(&prompt, &self.catalogue);
                self.prompt = Some(prompt);
                if caught(|| self.notify.announce(announcement)).is_none() {
                    // The window takes its place.
                    self.step(Event::Notifier(Notifier::Gone), now);
                }
            }
            Effect::Withdraw { prompt } => {
                // One that panics has nothing left to show.
                caught(|| self.notify.withdraw(prompt));
            }
            Effect::Ask(question) => {
                // Nobody asked is nobody who answers; the schedule does not wait for it.
                caught(|| self.notify.ask(prompt::question(&question)));
            }
            Effect::WithdrawQuestion { number } => {
                caught(|| self.notify.withdraw(number));
            }
            Effect::Window(order) => self.order(order, now),
            Effect::Record(credit) => self.record(&credit, now),
            // Done by the caller, once for all.
            Effect::Save => {}
            Effect::Watch(on) => {
                let news = self.sensors.watch(on, &self.rules.config().hold);
                self.step_all(news, now);
            }
            Effect::Tell(story) => self.tell(&story, now),
            Effect::TellLate { at, story } => self.tell(&story, at),
        }
    }

    /// While a break is announced, its window gets a head start: after everything else, so that
    /// nothing waits for that.
    pub(super) fn stay_ahead(&mut self, now: Moment) {
        let announced = self.state.status(&self.rules).state == Condition::Announced;
        let Some(prompt) = self.prompt.as_ref().filter(|_| announced) else {
            return self.windows.send_away(now);
        };
        if self.windows.wants_ahead(prompt.number) {
            let prompt = prompt.clone();
            let expected = self.contents(&prompt, false, now);
            self.windows.start_ahead(&prompt, expected, now);
        }
    }

    fn order(&mut self, order: WindowOrder, now: Moment) {
        match order {
            WindowOrder::Open { prompt, start } => {
                let open = self.contents(&prompt, start, now);
                let opened = self.windows.open(&prompt, open, now);
                let number = prompt.number;
                self.prompt = Some(prompt);
                if let Err(error) = opened {
                    log::error!("the window cannot be started: {error}");
                    let news = WindowNews::Closed { stretched: None };
                    self.step(
                        Event::Window {
                            prompt: number,
                            news,
                        },
                        now,
                    );
                }
            }
            WindowOrder::Start { prompt } => self.windows.start(prompt, now),
            WindowOrder::Show { prompt, stretches } => self.windows.show(prompt, &stretches, now),
            WindowOrder::Close { prompt } => self.windows.close(prompt, now),
        }
    }

    /// News from a window process.
    pub(super) fn take_window(&mut self, number: u64, event: child::Event, now: Moment) {
        match self.windows.take(number, event, now) {
            None => {}
            Some((prompt, News::Opened)) => log::debug!("the window of break {prompt} is open"),
            Some((prompt, News::Schedule(news))) => {
                self.step(Event::Window { prompt, news }, now);
            }
            Some((prompt, News::NotForMe(stretch, place))) => {
                self.take_out(prompt, stretch, place, now);
            }
            Some((prompt, News::PutBack(stretch, place))) => {
                self.put_back(prompt, stretch, place, now);
            }
            Some((prompt, News::OneMore)) => {
                let last = self.prompt.as_ref().filter(|last| last.number == prompt);
                let reminder = last.map(|last| last.reminder.clone());
                self.windows.wait_for_more(number);
                self.step(
                    Event::Now {
                        reminder,
                        stretch: None,
                    },
                    now,
                );
                self.windows.end_wait_for_more(now);
            }
        }
    }

    /// Everything the window of a break needs to know.
    fn contents(&mut self, prompt: &Prompt, start: bool, now: Moment) -> Open {
        let (variant, message) = match &prompt.what {
            What::Stretches { variant, .. } => (*variant, None),
            What::Message { text, length } => (
                VariantName::Standard,
                Some(Message {
                    text: text.clone(),
                    length_s: length.as_secs_f64(),
                }),
            ),
        };
        let set = self.rules.config();
        Open {
            v: VERSION,
            stretches: prompt.stretches.iter().map(ToString::to_string).collect(),
            variant: variant.word().to_owned(),
            message,
            settle_in_s: set.schedule.settle_in.as_secs_f64(),
            start,
            snooze_s: prompt.snooze.map(|length| length.as_secs_f64()),
            done_today: self.done_today(now),
            look: settings::look(&set.look, self.appearance.now()),
            place: settings::place(&set.look),
            volume: settings::volume(&set.sound),
            voice: settings::voice(&set.voice),
            call: false,
            stretches_folder: Some(
                stretch_file::folder(&self.options.config)
                    .display()
                    .to_string(),
            ),
            memory_file: Some(
                self.options
                    .state_file
                    .with_file_name("window.json")
                    .display()
                    .to_string(),
            ),
            token: self.token.clone(),
        }
    }

    fn record(&mut self, credit: &Credit, now: Moment) {
        if let Some(notice) = self.history.record(credit, now.utc) {
            self.say(&notice.text());
        }
    }

    fn done_today(&self, now: Moment) -> u32 {
        let day_starts = self.rules.config().schedule.day_starts;
        let since = stats::day_began(now.utc, now.zone, day_starts);
        self.history.tally_since(since).completed
    }

    /// A problem that the user should hear of: in the log, in the status, and once on the screen.
    pub(super) fn say(&mut self, problem: &str) {
        log::warn!("{problem}");
        self.notify.notice(Notice {
            title: text("notice-problem"),
            body: problem.to_owned(),
            transient: false,
        });
        self.problems.push(problem.to_owned());
    }

    fn tell(&mut self, story: &Story, at: Moment) {
        self.chronicle.tell(at.local(), story);
        self.told = true;
        let (name, details) = story::line(story);
        log::info!("{name} {details}");
        hooks::run(&self.hooks, self.rules.config(), story, &details);
        if let Some(served) = &self.served {
            served.tell(story, name, details);
        }
    }

    /// Notes how far the work has come.
    pub(super) fn note(&mut self, now: Moment) {
        let file = &self.options.state_file;
        if let Err(error) = saved::note(file, &self.state.saved(), &clocks(now)) {
            log::warn!("the state could not be noted: {error:#}");
        }
    }

    /// Writes the state to disk, with what a restart needs to know how long the program was off.
    pub(super) fn save(&mut self, now: Moment) {
        let file = &self.options.state_file;
        if let Err(error) = saved::write(file, &self.state.saved(), &clocks(now)) {
            log::warn!("the state could not be saved: {error:#}");
        }
    }
}

/// Where time stands, for the saved state.
pub(super) fn clocks(now: Moment) -> Clocks {
    Clocks {
        boot_id: clock::boot_id(),
        boot: now.boot,
        utc: now.utc,
    }
}
