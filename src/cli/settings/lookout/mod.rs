//! Watches everything that this desktop tells, for as long as the page about it is shown, and says
//! it in words.
//!
//! - `watch`: what is heard from the sensors; `program`: what the running program waits for.
//!
//! It asks with the daemon's own sensors, in this process, so that it works without one; a running
//! daemon is asked what it waits for besides.

use std::{
    io,
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    cli::senses::{Heard, Senses},
    core::config::{Hold, Hours},
    desktop::{
        apps::open::Open,
        bus::Bus,
        inbox::Sender,
        survey::{self, Survey},
        windows::Screen,
    },
    gui::settings::hold::{Around, Ask, News},
    sense_text,
};
use program::ask_the_program;
use watch::Watch;

mod program;
mod watch;

/// No input for this long shows: the shortest that can be watched for.
const IDLE: Duration = Duration::from_secs(1);

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
        let mut watch = Watch::new(settings, tell);
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

/// Which programs are open, to choose from.
fn around() -> Around {
    let open = Open::now(Screen::of_environment().as_ref());
    Around {
        open: open.programs,
        front: open.front.err().map(|why| sense_text::why_unknown(&why)),
    }
}

/// Does something on a thread that nobody waits for.
fn beside(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
}
