//! The choice between the sources that a desktop may have, made anew whenever one of them comes
//! or goes.
//!
//! Backends are tried one after the other: the next one is started only while those before it
//! offer nothing better than it could. What was started stays, at rest, so that it can say when it
//! offers something again. Only the reports of the chosen one are passed on.
//!
//! There is no thread here: everything happens on the thread of whichever backend has something to
//! say, one at a time.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use super::{Choice, IdleSource, Source, WhyNot};
use crate::{core::schedule::Sensor, desktop::inbox::Post};

/// A way to one or more sources. Never keeps the caller waiting; what it has to say it says from
/// another thread, to the [`Post`] that it was started with.
pub trait Backend: Send {
    /// Does this from now on.
    fn order(&mut self, order: Order);
}

/// What a backend should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Report as [`IdleSource::set_threshold`] says. After a rest, report at once how things stand.
    Watch(Duration),
    /// Report nothing but where it stands.
    Rest,
    /// Report at once how things stand.
    Refresh,
}

/// What a backend says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// What it can offer now. Said first of all, within a few seconds, and at every change; after
    /// it has offered something anew it rests until it is told to watch.
    Stands(Standing),
    /// What there is to report of the input.
    Input(Sensor),
}

/// What a backend can offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The best source that works through it.
    pub offers: Option<Source>,
    /// Those that do not, and why.
    pub lacks: Vec<(Source, WhyNot)>,
}

impl Standing {
    /// This one works.
    pub fn offers(source: Source) -> Self {
        Self {
            offers: Some(source),
            lacks: Vec::new(),
        }
    }

    /// None of these works.
    pub fn nothing(sources: &[Source], why: &WhyNot) -> Self {
        Self {
            offers: None,
            lacks: (sources.iter())
                .map(|source| (*source, why.clone()))
                .collect(),
        }
    }
}

/// What a backend says it with; what is no news of where it stands is left out.
pub struct Voice {
    post: Post<Said>,
    stood: Option<Standing>,
}

impl Voice {
    /// Nothing has been said yet.
    pub fn new(post: Post<Said>) -> Self {
        Self { post, stood: None }
    }

    /// What it can offer now.
    pub fn stands(&mut self, standing: Standing) {
        if self.stood.as_ref() != Some(&standing) {
            self.stood = Some(standing.clone());
            (self.post)(Said::Stands(standing));
        }
    }

    /// What there is to report of the input.
    pub fn says(&self, sensor: Sensor) {
        (self.post)(Said::Input(sensor));
    }
}

/// Starts a backend that says what it has to say here.
pub type Start = Box<dyn Fn(Post<Said>) -> std::io::Result<Box<dyn Backend>> + Send>;

/// The sources of a desktop as one.
pub struct Chosen(Arc<Mutex<Chooser>>);

/// Backends in the order in which they are tried, and which of them is used.
pub struct Chooser {
    rungs: Vec<Rung>,
    /// Known from the start, without a backend to ask.
    without_asking: Vec<(Source, WhyNot)>,
    used: Option<(Source, usize)>,
    threshold: Duration,
    /// The source in use said that something keeps the screen awake.
    kept_awake: bool,
    post: Post<Sensor>,
    tell: Post<Choice>,
    told: Option<Choice>,
    me: Weak<Mutex<Chooser>>,
}

/// A backend, or the place of one.
pub struct Rung {
    /// What it could offer.
    sources: &'static [Source],
    start: Start,
    backend: Option<Box<dyn Backend>>,
    standing: Option<Standing>,
}

impl Rung {
    /// A backend that may offer these sources, the best first.
    pub fn new(sources: &'static [Source], start: Start) -> Self {
        Self {
            sources,
            start,
            backend: None,
            standing: None,
        }
    }

    fn at_best(&self) -> Option<Source> {
        self.sources.first().copied()
    }
}

impl Chosen {
    /// Tries these in order. Reports go to `post`, the choice and every change of it to `tell`.
    pub fn start(
        rungs: Vec<Rung>,
        without_asking: Vec<(Source, WhyNot)>,
        post: Post<Sensor>,
        tell: Post<Choice>,
    ) -> Self {
        let chooser = Arc::new_cyclic(|me| {
            Mutex::new(Chooser {
                rungs,
                without_asking,
                used: None,
                threshold: Duration::MAX,
                kept_awake: false,
                post,
                tell,
                told: None,
                me: Weak::clone(me),
            })
        });
        lock(&chooser).choose();
        Self(chooser)
    }
}

impl IdleSource for Chosen {
    fn set_threshold(&mut self, threshold: Duration) {
        let mut chooser = lock(&self.0);
        chooser.threshold = threshold;
        chooser.order(Order::Watch(threshold));
    }

    fn refresh(&mut self) {
        let mut chooser = lock(&self.0);
        if chooser.used.is_none() && chooser.told.is_some() {
            (chooser.post)(Sensor::Unknown);
        }
        chooser.order(Order::Refresh);
    }
}

impl Chooser {
    fn hear(&mut self, place: usize, said: Said) {
        match said {
            Said::Input(sensor) => {
                if self.used.is_some_and(|(_, used)| used == place) {
                    if let Sensor::KeptAwake { on, .. } = sensor {
                        self.kept_awake = on;
                    }
                    (self.post)(sensor);
                }
            }
            Said::Stands(standing) => {
                if self.used.is_some_and(|(_, used)| used == place) {
                    // Whatever it offers now has to be begun anew.
                    self.used = None;
                }
                self.rungs[place].standing = Some(standing);
                self.choose();
            }
        }
    }

    fn choose(&mut self) {
        self.start_more();
        let best = self.best();
        let may_come = |than: Option<Source>| {
            (self.rungs.iter())
                .filter(|rung| rung.backend.is_some() && rung.standing.is_none())
                .any(|rung| than.is_none_or(|than| rung.at_best() < Some(than)))
        };
        if best.is_some() && best == self.used {
            return;
        }
        if may_come(best.map(|(source, _)| source)) && self.used.is_none() && self.told.is_none() {
            // At the start something better may have its word in a moment.
            return;
        }
        if self.used.is_some() {
            self.order(Order::Rest);
        }
        self.used = best;
        if std::mem::take(&mut self.kept_awake) {
            let ago = Duration::ZERO;
            (self.post)(Sensor::KeptAwake { on: false, ago });
        }
        match best {
            Some(_) => self.order(Order::Watch(self.threshold)),
            None if self.told.as_ref().is_none_or(|told| told.by.is_some()) => {
                (self.post)(Sensor::Unknown);
            }
            None => {}
        }
        self.tell();
    }

    /// Starts what could be better than everything that works.
    fn start_more(&mut self) {
        for place in 0..self.rungs.len() {
            let best = self.best().map(|(source, _)| source);
            let rung = &mut self.rungs[place];
            let better = best.is_none_or(|best| rung.at_best() < Some(best));
            if rung.backend.is_none() && rung.standing.is_none() && better {
                let me = Weak::clone(&self.me);
                let post: Post<Said> = Arc::new(move |said| {
                    if let Some(chooser) = me.upgrade() {
                        lock(&chooser).hear(place, said);
                    }
                });
                match (rung.start)(post) {
                    Ok(backend) => rung.backend = Some(backend),
                    Err(error) => {
                        let why = WhyNot::Failed(error.to_string());
                        rung.standing = Some(Standing::nothing(rung.sources, &why));
                    }
                }
            }
            if rung.backend.is_some() && rung.standing.is_none() {
                return;
            }
        }
    }

    fn best(&self) -> Option<(Source, usize)> {
        let offers = self.rungs.iter().enumerate().filter_map(|(place, rung)| {
            let source = rung.standing.as_ref()?.offers?;
            Some((source, place))
        });
        offers.min()
    }

    fn order(&mut self, order: Order) {
        let used = self.used.map(|(_, place)| place);
        if let Some(backend) = used.and_then(|place| self.rungs[place].backend.as_mut()) {
            backend.order(order);
        }
    }

    fn tell(&mut self) {
        let by = self.used.map(|(source, _)| source);
        let lacks = (self.rungs.iter())
            .filter_map(|rung| rung.standing.as_ref())
            .flat_map(|standing| &standing.lacks);
        let mut why_not: Vec<_> = (self.without_asking.iter())
            .chain(lacks)
            .filter(|(source, _)| by.is_none_or(|by| *source < by))
            .cloned()
            .collect();
        why_not.sort_by_key(|(source, _)| *source);
        let choice = Choice { by, why_not };
        if self.told.as_ref() == Some(&choice) {
            return;
        }
        match by {
            Some(source) => log::info!("idle time: from {}", source.name()),
            None => log::debug!("idle time: unknown, {:?}", choice.why_not),
        }
        self.told = Some(choice.clone());
        (self.tell)(choice);
    }
}

fn lock(chooser: &Mutex<Chooser>) -> MutexGuard<'_, Chooser> {
    chooser.lock().unwrap_or_else(PoisonError::into_inner)
}
