//! How the daemon comes to life: settings, bus, lock, saved state, adapters; then the loop.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, bail};

use super::{
    Daemon, EndOfSession, Incoming, Sensors,
    api::Api,
    diary::Diary,
    faults::{Broken, Faults},
    film::Films,
    keeping::Keeping,
    live,
    perform::clocks,
    telling,
    tray::Icon,
    window::Windows,
};
use crate::{
    autostart_text,
    config_file::{self, Location},
    core::{
        config::{Config, Rotation, StretchFacts},
        day::record::Began,
        rotation::Candidate,
        schedule::{Effect, Rules, State},
        time::Moment,
    },
    desktop::{
        appearance, autostart,
        bus::Bus,
        child::Program,
        clock, fault,
        hook::Hooks,
        idle,
        inbox::Inbox,
        instance::{self, Claim, Lock},
        memory::Pages,
        notify, session,
        signals::Signals,
        timers::Timers,
    },
    ipc::{
        BUS_NAME,
        client::{self, Ask},
    },
    store::{self, History, saved},
    stretch_file::{self, Known},
    text::text,
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
    /// What shows a break: this same program as a window.
    pub window: Program,
}

/// How a run of the daemon ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It ran, and was told to end.
    Quit,
    /// Another one runs already, and was told of this start.
    RunsAlready,
    /// Another one runs in another session of the same user.
    RunsElsewhere {
        /// Its process, if it is known.
        pid: Option<u32>,
    },
}

/// Runs the daemon until somebody ends it.
///
/// # Errors
///
/// When something without which there is no daemon is missing: threads, file descriptors, a place
/// for the lock. And after a panic of the loop, with the state saved.
pub fn run(options: Options) -> anyhow::Result<Ended> {
    let signals = Signals::listen().context("listening to signals")?;
    let inbox = Inbox::new().context("making the inbox")?;
    fault::tell(inbox.sender().post());
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
        Claim::TakenElsewhere { pid } => return Ok(Ended::RunsElsewhere { pid }),
    };
    if lock.without_bus() {
        log::warn!("{}", text("daemon-without-bus"));
    }

    let mut daemon = begin(options, signals, inbox, bus, lock)?;
    match daemon.run() {
        Ok(()) => Ok(Ended::Quit),
        Err(Broken) => bail!(text("daemon-broken")),
    }
}

/// The daemon with everything that it needs, and all done that the saved state asks for.
pub(super) fn begin(
    options: Options,
    signals: Signals,
    inbox: Inbox<Incoming>,
    bus: Bus,
    lock: Lock,
) -> anyhow::Result<Daemon> {
    let folder = stretch_file::folder(&options.config);
    let Known {
        candidates: catalogue,
        broken,
    } = stretch_file::known(Some(&folder));
    let mut problems = Vec::new();
    let loaded = config_file::load(&options.config, &facts(&catalogue));
    let rules = rules(loaded.config.clone(), &catalogue);
    let now = clock::now().to_the_millisecond();
    let (state, first_effects, began) = restored(&options.state_file, &rules, now, &mut problems);
    let (history, notice) = History::open(&options.history_file, now.utc);
    problems.extend(notice);

    let notify = notify::detect(&bus, inbox.sender().post());
    let films = Films::detect(&bus, &inbox);
    let idle = idle::detect(&bus, inbox.sender().post(), inbox.sender().post());
    let sensors = Sensors::detect(&bus, &inbox);
    let sender = inbox.sender();
    session::listen(
        &bus,
        None,
        Arc::new(move |event| sender.send(Incoming::Session(event))),
    );
    let sender = inbox.sender();
    let appearance = appearance::Wishes::watch_and(&bus, move || sender.send(Incoming::Wishes));
    let icon = Icon::new(&bus, &inbox, rules.config());
    let mut timers = Timers::new(signals).context("making timers")?;
    if let Err(error) = timers.watch(live::places(&options.config)) {
        log::warn!(
            "changes of the settings are not noticed ({error}): `unhunch reload` reads them"
        );
    }
    let windows = Windows::new(options.window.clone(), inbox.sender());
    let chronicle = telling::read(&options.state_file);
    let diary = Diary::start(&options.state_file, rules.config(), &began, now);
    let mut daemon = Daemon {
        state,
        rules,
        catalogue,
        options,
        inbox,
        timers,
        bus,
        served: None,
        lock,
        notify,
        idle,
        idle_choice: idle::Choice::default(),
        films,
        sensors,
        appearance,
        history,
        windows,
        hooks: Hooks::default(),
        icon,
        taken_out: BTreeMap::new(),
        chronicle,
        diary,
        keeping: Keeping::default(),
        told: false,
        prompt: None,
        token: None,
        watched: None,
        slept: now.boot.saturating_sub(now.awake),
        problems: Vec::new(),
        faults: Faults::default(),
        end_of_session: EndOfSession::new(session::Display::find()),
        mistakes: live::Mistakes::default(),
        pages: Pages::find(),
        quiet: None,
        ending: false,
    };
    daemon.log_by_the_settings();
    daemon.carry_out(first_effects, now);
    for problem in problems {
        daemon.say(&problem.text());
    }
    daemon.report(&loaded, false);
    daemon.report_stretches(&folder, &broken);
    daemon.look_at_autostart();
    daemon.save(now);
    Ok(daemon)
}

impl Daemon {
    /// A program that was moved since it was made to start with the session is started in another
    /// way now: the time to say so.
    fn look_at_autostart(&mut self) {
        let Ok(program) = autostart::program() else {
            return;
        };
        let status = autostart::status(&autostart::Places::of_the_user(), &program);
        let gone = matches!(
            status,
            autostart::Status::Broken {
                why: autostart::Trouble::Gone(_),
                ..
            }
        );
        if gone {
            let problem = autostart_text::words(&status);
            log::warn!("{problem}");
            self.problems.push(problem);
        }
    }
}

pub(super) fn facts(catalogue: &[Candidate]) -> Vec<StretchFacts> {
    catalogue
        .iter()
        .map(|candidate| candidate.facts.clone())
        .collect()
}

/// The settings joined with the catalogue. A choice that leaves nothing was reported with the
/// settings; the defaults take its place.
pub(super) fn rules(config: Config, catalogue: &[Candidate]) -> Rules {
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
) -> (State, Vec<Effect>, Began) {
    let (earlier, notice) = saved::read(file, &clocks(now));
    problems.extend(notice);
    match earlier {
        Some(earlier) => {
            log::info!("going on after {:?} without the program", earlier.off);
            let off = Duration::from_millis(earlier.off.as_millis().try_into().unwrap_or(u64::MAX));
            let (state, effects) = State::restore(earlier.saved.clone(), rules, off, now);
            let saved = earlier.saved;
            (state, effects, Began::Again { saved, off })
        }
        None => {
            let seed = seed(now);
            (
                State::new(rules, seed, now),
                Vec::new(),
                Began::Anew { seed },
            )
        }
    }
}

/// A number to begin the shuffling with that differs from start to start.
fn seed(now: Moment) -> u64 {
    let nanos = Duration::from_nanos(now.utc.timestamp_subsec_nanos().into());
    u64::try_from((now.boot + nanos).as_nanos()).unwrap_or(u64::MAX)
        ^ u64::from(std::process::id()).rotate_left(32)
}
