//! Watches everything that this desktop tells, for as long as the page about it is shown, and says
//! it in words.
//!
//! It asks with the daemon's own sensors, in this process, so that it works without one; a running
//! daemon is asked what it waits for besides.

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    cli::{
        describe,
        senses::{Heard, Senses},
        why,
    },
    core::{
        calendar::{HoursAt, hours_at},
        config::{Hold, Hours},
        schedule::Sensor,
    },
    desktop::{
        apps::open::Open,
        bus::Bus,
        clock,
        idle::Choice,
        inbox::Sender,
        sense::{Says, Why, Word},
        sensors::About,
        session,
        survey::{self, Survey},
        windows::Screen,
    },
    gui::settings::hold::{Around, Ask, Input, Live, News, Program, Subject},
    ipc::{
        client::{self, CallError},
        wire::{Status, Wait},
    },
    sense_text,
    text::{text, text_with},
};

/// No input for this long shows: the shortest that can be watched for.
const IDLE: Duration = Duration::from_secs(1);

/// A sensor that has said nothing for this long has nothing to say for now.
const SILENT: Duration = Duration::from_millis(2500);

/// The clock, and the running program, are looked at this often.
const AGAIN: Duration = Duration::from_secs(3);

/// Where what is found is told.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

type Settings = (Hold, Option<Hours>);

/// Watches when it is asked to.
pub struct Lookout {
    tell: Tell,
    /// The bus of the session; without an address, as the environment gives it.
    address: Option<String>,
    watching: Option<Watching>,
}

/// What the watching thread is told besides what it hears.
#[derive(Debug)]
enum Order {
    /// By these settings from now on.
    Set(Box<Settings>),
    /// Which desktop this is.
    Survey(Box<Survey>),
    /// No more.
    Stop,
}

struct Watching {
    orders: Sender<Heard<Order>>,
    thread: Option<JoinHandle<()>>,
    /// While this is there, the running program is asked.
    _asking: mpsc::Sender<()>,
}

impl Lookout {
    /// Watches nothing yet.
    #[must_use]
    pub fn new(tell: Tell) -> Self {
        Self::on(None, tell)
    }

    /// The same on the bus with this address.
    #[must_use]
    pub fn on(address: Option<String>, tell: Tell) -> Self {
        Self {
            tell,
            address,
            watching: None,
        }
    }

    /// Does what the page asks.
    ///
    /// # Errors
    /// When the system gives neither threads nor file descriptors.
    pub fn do_it(&mut self, ask: Ask) -> io::Result<()> {
        match ask {
            Ask::Rest => self.watching = None,
            Ask::Watch(settings) => match &self.watching {
                Some(watching) => watching.orders.send(Heard::More(Order::Set(settings))),
                None => {
                    let bus = Bus::start(self.address.clone())?;
                    self.watching = Some(Watching::start(bus, *settings, &self.tell)?);
                }
            },
            Ask::LookAround => {
                let tell = Arc::clone(&self.tell);
                beside("around", move || tell(News::Around(around())))?;
            }
        }
        Ok(())
    }
}

impl Watching {
    fn start(bus: Bus, settings: Settings, tell: &Tell) -> io::Result<Self> {
        let senses: Senses<Order> = Senses::begin(&bus, &settings.0, IDLE)?;
        senses.follow_session(&bus);
        let orders = senses.sender();
        let found = orders.clone();
        let on = bus.clone();
        beside("survey", move || {
            found.send(Heard::More(Order::Survey(Box::new(survey::look(&on)))));
        })?;
        let (asking, over) = mpsc::channel();
        let told = Arc::clone(tell);
        beside("asker", move || ask_the_program(&told, &over))?;
        let mut watch = Watch {
            settings,
            tell: Arc::clone(tell),
            words: BTreeMap::new(),
            survey: None,
            locked: false,
            idle: None,
            told: BTreeMap::new(),
        };
        let thread = thread::Builder::new()
            .name("lookout".to_owned())
            .spawn(move || {
                watch.go_on(senses);
                bus.stop();
            })?;
        Ok(Self {
            orders,
            thread: Some(thread),
            _asking: asking,
        })
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.orders.send(Heard::More(Order::Stop));
        // It takes less than a second; what it says until then is still heard.
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// What is known, on the thread that watches.
struct Watch {
    settings: Settings,
    tell: Tell,
    words: BTreeMap<Subject, (About, Word)>,
    survey: Option<Box<Survey>>,
    locked: bool,
    idle: Option<Choice>,
    /// What was told last, without its time.
    told: BTreeMap<Subject, Live>,
}

impl Watch {
    fn go_on(&mut self, mut senses: Senses<Order>) {
        let patience = clock::awake() + SILENT;
        self.hours();
        loop {
            match senses.wait(Some(AGAIN)) {
                Some(Heard::More(Order::Stop)) => return,
                Some(Heard::More(Order::Set(settings))) => {
                    senses.set(&settings.0);
                    self.settings = *settings;
                    self.hours();
                }
                Some(Heard::More(Order::Survey(survey))) => {
                    self.survey = Some(survey);
                    self.all();
                }
                Some(Heard::Word(about, word)) => {
                    self.words.insert(subject(about), (about, word));
                    self.word(subject(about));
                }
                Some(Heard::Session(session::Event::Locked(locked))) => {
                    self.locked = locked;
                    self.lock();
                }
                Some(Heard::Session(session::Event::Sleeps | session::Event::Wakes)) => {}
                Some(Heard::Idle(choice)) => {
                    self.idle = Some(choice);
                    self.source();
                }
                Some(Heard::Input(sensor)) => self.input(sensor),
                None => self.hours(),
            }
            if clock::awake() >= patience {
                self.silent(&senses);
            }
        }
    }

    /// Everything, once it is known whom this desktop has.
    fn all(&mut self) {
        let known: Vec<Subject> = self.words.keys().copied().collect();
        for subject in known {
            self.word(subject);
        }
        self.lock();
        self.source();
    }

    /// Those that have said nothing so far.
    fn silent(&mut self, senses: &Senses<Order>) {
        let silent = senses
            .all()
            .filter(|about| !self.words.contains_key(&subject(*about)));
        let silent: Vec<About> = silent.collect();
        for about in silent {
            let word = Word::unknown("", Why::Silent);
            self.words.insert(subject(about), (about, word));
            self.word(subject(about));
        }
        if self.idle.is_none() {
            self.idle = Some(Choice::default());
            self.source();
        }
    }

    fn word(&mut self, subject: Subject) {
        let Some((about, word)) = self.words.get(&subject) else {
            return;
        };
        let so = match word.says {
            Says::Yes => Some(true),
            Says::No => Some(false),
            Says::Unknown => None,
        };
        let help = match (&self.survey, so) {
            (Some(survey), None) => sense_text::help(*about, &word.why, survey),
            (_, _) => Vec::new(),
        };
        let programs = match &word.why {
            Why::Programs(programs) => programs.clone(),
            Why::Told | Why::NobodyToAsk | Why::DoesNotTell | Why::Failed(_) | Why::Silent => {
                Vec::new()
            }
        };
        let said = sense_text::word(*about, word);
        self.say(
            subject,
            Live {
                so,
                said,
                help,
                programs,
                at: String::new(),
            },
        );
    }

    /// Whether the screen is locked, by those who tell of it here.
    fn lock(&mut self) {
        let Some(survey) = &self.survey else { return };
        let mut by: Vec<&str> = survey.lockers.iter().map(String::as_str).collect();
        if survey.logind {
            by.insert(0, "logind");
        }
        let known = !by.is_empty() || self.locked;
        let by = by.join(", ");
        let id = match (known, self.locked) {
            (true, true) => "hold-is-locked",
            (true, false) => "hold-unlocked",
            (false, _) => "hold-lock-unknown",
        };
        let live = Live {
            so: known.then_some(self.locked),
            said: text_with(id, &[("by", by.into())]),
            ..Live::default()
        };
        self.say(Subject::Locked, live);
    }

    /// Where input is known from.
    fn source(&mut self) {
        let Some(choice) = &self.idle else { return };
        let said = match choice.by {
            None => text("hold-input-unknown"),
            Some(source) if source.sees_through_films() => source.name().to_owned(),
            Some(source) => text_with("hold-input-not-films", &[("by", source.name().into())]),
        };
        let help = (choice.why_not.iter()).map(|(source, why)| {
            let values = [
                ("source", source.name().into()),
                ("why", sense_text::why_not(why).into()),
            ];
            text_with("doctor-idle-not", &values)
        });
        let live = Live {
            so: choice.by.map(|_| false),
            said,
            help: help.collect(),
            ..Live::default()
        };
        self.say(Subject::Input, live);
    }

    fn input(&self, sensor: Sensor) {
        let now = clock::awake();
        let input = match sensor {
            Sensor::Unknown => Input::Unknown,
            Sensor::Active => Input::Active(now),
            Sensor::IdleFor(length) => Input::Idle(now.saturating_sub(length)),
            // Whether a film runs is not shown here.
            Sensor::KeptAwake { .. } => return,
        };
        (self.tell)(News::Input(input, time()));
    }

    /// The working hours, which nobody tells of but the clock.
    fn hours(&mut self) {
        let now = clock::now();
        let at = |at| now.zone.local(at).format("%a %H:%M").to_string();
        let (so, said) = match &self.settings.1 {
            None => (false, text("hold-hours-none")),
            Some(hours) => match hours_at(hours, now.zone, now.utc) {
                HoursAt::Inside {
                    until: Some(until), ..
                } => (
                    false,
                    text_with("hold-hours-inside", &[("until", at(until).into())]),
                ),
                HoursAt::Inside { until: None, .. } => (false, text("hold-hours-always")),
                HoursAt::Outside { until: Some(until) } => (
                    true,
                    text_with("hold-hours-outside", &[("until", at(until).into())]),
                ),
                HoursAt::Outside { until: None } => (true, text("hold-hours-never")),
            },
        };
        let live = Live {
            so: Some(so),
            said,
            ..Live::default()
        };
        self.say(Subject::Hours, live);
    }

    /// Tells what is news.
    fn say(&mut self, subject: Subject, live: Live) {
        if self.told.get(&subject) == Some(&live) {
            return;
        }
        self.told.insert(subject, live.clone());
        (self.tell)(News::Live(subject, Live { at: time(), ..live }));
    }
}

fn time() -> String {
    why::clock(clock::now().local())
}

fn subject(about: About) -> Subject {
    match about {
        About::Quiet => Subject::Quiet,
        About::Microphone => Subject::Microphone,
        About::Camera => Subject::Camera,
        About::ScreenShare => Subject::ScreenShare,
        About::Fullscreen => Subject::Fullscreen,
        About::App => Subject::Apps,
    }
}

/// Which programs are open, to choose from.
fn around() -> Around {
    let open = Open::now(Screen::of_environment().as_ref());
    Around {
        open: open.programs,
        front: open.front.err().map(|why| sense_text::why_unknown(&why)),
    }
}

/// Asks the running program what it waits for, again and again until this is over.
fn ask_the_program(tell: &Tell, over: &mpsc::Receiver<()>) {
    let mut told = None;
    loop {
        let program = match client::call(&client::Ask::Status) {
            Ok((_, status)) => Program::Runs(waits(&status)),
            Err(CallError::NotRunning) => Program::NotRunning,
            Err(CallError::Refused(why) | CallError::Failed(why)) => Program::Failed(why),
        };
        if told.as_ref() != Some(&program) {
            tell(News::Program(program.clone()));
            told = Some(program);
        }
        match over.recv_timeout(AGAIN) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// What holds breaks back, a sentence each.
fn waits(status: &Status) -> Vec<String> {
    let sentence = |wait: &Wait| {
        let text = capital(&wait.text);
        let mut values = vec![
            ("text", text.into()),
            ("release", wait.release.clone().into()),
        ];
        match &wait.until {
            Some(until) => {
                values.push(("until", describe::clock(until).into()));
                text_with("hold-now-until", &values)
            }
            None => text_with("hold-now-wait", &values),
        }
    };
    status.waits.iter().map(sentence).collect()
}

/// With a capital letter, as sentences begin.
fn capital(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Does something on a thread that nobody waits for.
fn beside(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
}
