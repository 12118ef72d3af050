//! How the daemon comes to life: settings, bus, lock, saved state, adapters; then the loop.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;

use super::{Daemon, Incoming, Sensors, api::Api, perform::clocks, window::Windows};
use crate::{
    config_file::{self, Loaded, Location},
    core::{
        config::{Config, Rotation, StretchFacts},
        rotation::Candidate,
        schedule::{Effect, Event, Rules, State},
        time::Moment,
    },
    desktop::{
        appearance,
        bus::Bus,
        child::Program,
        clock, idle,
        inbox::Inbox,
        instance::{self, Claim},
        memory::Pages,
        notify::{self, Notice},
        session,
        signals::Signals,
        timers::Timers,
    },
    diagnostic::Problem,
    ipc::{
        BUS_NAME,
        client::{self, Ask},
    },
    store::{self, History, saved},
    stretch_file::{self, Broken, Known},
    text::{text, text_with},
};

/// Where the daemon finds and keeps its things.
#[derive(Clone, Debug)]
pub struct Options {
    /// The settings.
    pub config: Location,
    /// The saved state; the lock and what windows remember go beside it.
    pub state_file: PathBuf,
    /// The history.
    pub history_file: PathBuf,
}

/// How a run of the daemon ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It ran, and was told to end.
    Quit,
    /// Another one runs already, and was told of this start.
    RunsAlready,
}

/// Runs the daemon until somebody ends it.
///
/// # Errors
///
/// When something without which there is no daemon is missing: threads, file descriptors, a place
/// for the lock.
pub fn run(options: Options) -> anyhow::Result<Ended> {
    let signals = Signals::listen().context("listening to signals")?;
    let inbox = Inbox::new().context("making the inbox")?;
    let bus = Bus::start(None).context("starting the bus's thread")?;
    // The object first and the name after it, so that nobody meets the name without the object.
    bus.attach(Api::new(inbox.sender()));
    let sender = inbox.sender();
    let taken = move || sender.send(Incoming::NameTaken);
    let folder = options.state_file.parent().unwrap_or(Path::new("."));
    let lock = match instance::claim(&bus, BUS_NAME, folder, taken)? {
        Claim::Ours(lock) => lock,
        Claim::Taken => {
            // The other one shows that it runs; should it be ending just now, that is no error.
            client::call(&Ask::Hello).ok();
            return Ok(Ended::RunsAlready);
        }
    };
    if lock.without_bus() {
        log::warn!("{}", text("daemon-without-bus"));
    }

    let folder = stretch_file::folder(&options.config);
    let Known {
        candidates: catalogue,
        broken,
    } = stretch_file::known(Some(&folder));
    let mut problems = Vec::new();
    let loaded = config_file::load(&options.config, &facts(&catalogue));
    let rules = rules(loaded.config.clone(), &catalogue);
    let now = clock::now();
    let (state, first_effects) = restored(&options.state_file, &rules, now, &mut problems);
    let (history, notice) = History::open(&options.history_file, now.utc);
    problems.extend(notice);

    let notify = notify::detect(&bus, inbox.sender().post());
    let idle = idle::detect(&inbox.sender().post());
    let sensors = Sensors::detect(&bus, &inbox);
    let sender = inbox.sender();
    session::listen(
        &bus,
        None,
        Arc::new(move |event| sender.send(Incoming::Session(event))),
    );
    let appearance = appearance::Wishes::watch(&bus);
    let timers = Timers::new(signals).context("making timers")?;
    let windows = Windows::new(
        Program::window().context("finding this program")?,
        inbox.sender(),
    );
    let mut daemon = Daemon {
        state,
        rules,
        catalogue,
        options,
        inbox,
        timers,
        bus,
        served: None,
        _lock: lock,
        notify,
        idle,
        sensors,
        appearance,
        history,
        windows,
        taken_out: BTreeMap::new(),
        prompt: None,
        token: None,
        watched: None,
        slept: now.boot.saturating_sub(now.awake),
        problems: Vec::new(),
        pages: Pages::find(),
        quiet: None,
        ending: false,
    };
    daemon.carry_out(first_effects, now);
    for problem in problems {
        daemon.say(&problem.text());
    }
    daemon.report(&loaded);
    daemon.report_stretches(&folder, &broken);
    daemon.save(now);
    daemon.run();
    Ok(Ended::Quit)
}

impl Daemon {
    /// Reads the settings and the user's own stretches again. Settings with mistakes change
    /// nothing, a stretch file with mistakes costs its stretch; both say where they are.
    pub(super) fn reload(&mut self, now: Moment) {
        let folder = stretch_file::folder(&self.options.config);
        let Known { candidates, broken } = stretch_file::known(Some(&folder));
        let loaded = config_file::load(&self.options.config, &facts(&candidates));
        let well = loaded.problems.is_empty();
        if well || candidates != self.catalogue {
            let config = match well {
                true => loaded.config.clone(),
                false => self.rules.config().clone(),
            };
            self.catalogue = candidates;
            self.go_by(config, now);
        }
        if well {
            log::info!("the settings were read again");
        }
        self.report(&loaded);
        self.report_stretches(&folder, &broken);
    }

    /// From now on these are the settings.
    pub(super) fn go_by(&mut self, config: Config, now: Moment) {
        // What happened until now happened under the old settings.
        self.step(Event::Tick, now);
        self.rules = rules(config, &self.catalogue);
        self.step(Event::RulesChanged, now);
        let news = self.sensors.rules_changed(&self.rules.config().hold);
        self.step_all(news, now);
    }

    /// Says what was not understood in the settings: in the log, in the status, and once on the
    /// screen.
    fn report(&mut self, loaded: &Loaded) {
        let file = self.options.config.path.display().to_string();
        self.problems.retain(|problem| !problem.contains(&file));
        if loaded.problems.is_empty() {
            return;
        }
        log::warn!("{}", loaded.render(false));
        let places = (loaded.problems.iter())
            .map(|problem| located(&file, loaded.document.line_and_column(problem), problem));
        self.notice("notice-settings", "notice-settings-body", places.collect());
    }

    /// The same for the user's own stretches.
    fn report_stretches(&mut self, folder: &Path, broken: &[Broken]) {
        let folder = folder.display().to_string();
        self.problems.retain(|problem| !problem.contains(&folder));
        let mut places = Vec::new();
        for broken in broken {
            log::warn!("{}", broken.render(false));
            places.extend(broken.problems.iter().map(|problem| {
                let line_and_column = problem.line_and_column(&broken.text);
                located(&problem.file, line_and_column, problem)
            }));
        }
        if !places.is_empty() {
            self.notice("notice-stretches", "notice-stretches-body", places);
        }
    }

    fn notice(&mut self, title: &str, body: &str, places: Vec<String>) {
        self.notify.notice(Notice {
            title: text_with(title, &[("count", places.len().into())]),
            body: text_with(
                body,
                &[("first", places.first().cloned().unwrap_or_default().into())],
            ),
            transient: false,
        });
        self.problems.extend(places);
    }
}

/// A problem with its place, in one line.
fn located(file: &str, (line, _column): (usize, usize), problem: &Problem) -> String {
    text_with(
        "problem-in-file",
        &[
            ("file", file.into()),
            ("line", line.into()),
            ("what", problem.message.clone().into()),
        ],
    )
}

pub(super) fn facts(catalogue: &[Candidate]) -> Vec<StretchFacts> {
    catalogue
        .iter()
        .map(|candidate| candidate.facts.clone())
        .collect()
}

/// The settings joined with the catalogue. A choice that leaves nothing was reported with the
/// settings; the defaults take its place.
fn rules(config: Config, catalogue: &[Candidate]) -> Rules {
    Rules::new(config.clone(), catalogue).unwrap_or_else(|error| {
        log::warn!("{error}");
        let config = Config {
            rotation: Rotation::default(),
            ..config
        };
        Rules::new(config, catalogue).expect("the catalogue has stretches on by default")
    })
}

/// The state of an earlier run, if there was one that can be read; else a first start.
fn restored(
    file: &Path,
    rules: &Rules,
    now: Moment,
    problems: &mut Vec<store::Notice>,
) -> (State, Vec<Effect>) {
    let (earlier, notice) = saved::read(file, &clocks(now));
    problems.extend(notice);
    match earlier {
        Some(earlier) => {
            log::info!("going on after {:?} without the program", earlier.off);
            State::restore(earlier.saved, rules, earlier.off, now)
        }
        None => (State::new(rules, seed(now), now), Vec::new()),
    }
}

/// A number to begin the shuffling with that differs from start to start.
fn seed(now: Moment) -> u64 {
    let nanos = Duration::from_nanos(now.utc.timestamp_subsec_nanos().into());
    u64::try_from((now.boot + nanos).as_nanos()).unwrap_or(u64::MAX)
        ^ u64::from(std::process::id()).rotate_left(32)
}
