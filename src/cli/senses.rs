//! Everything that this desktop tells, heard in one place: for `doctor`, the first run and the
//! settings, in processes of their own. The daemon asks with the same sensors, but only while a
//! break is near.

use std::{io, sync::Arc, time::Duration};

use crate::{
    core::{config::Hold, schedule::Sensor},
    desktop::{
        bus::Bus,
        clock,
        idle::{self, Choice, IdleSource},
        inbox::{Inbox, Post, Sender},
        sense::{Sense, Word},
        sensors::{self, About, Lists},
        session,
    },
};

/// What is heard.
#[derive(Clone, Debug)]
pub enum Heard<M> {
    /// What a sensor says.
    Word(About, Word),
    /// Where idle time is known from.
    Idle(Choice),
    /// What that source says of the input.
    Input(Sensor),
    /// The screen is locked or unlocked, or the machine sleeps.
    Session(session::Event),
    /// What somebody else has to say to whoever listens.
    More(M),
}

impl<M> From<Choice> for Heard<M> {
    fn from(choice: Choice) -> Self {
        Self::Idle(choice)
    }
}

impl<M> From<Sensor> for Heard<M> {
    fn from(sensor: Sensor) -> Self {
        Self::Input(sensor)
    }
}

impl<M> From<session::Event> for Heard<M> {
    fn from(event: session::Event) -> Self {
        Self::Session(event)
    }
}

/// All sensors, watching until this is dropped.
pub struct Senses<M> {
    inbox: Inbox<Heard<M>>,
    lists: Lists,
    sensors: Vec<(About, Box<dyn Sense>)>,
    /// Reports for as long as it is there.
    _idle: Box<dyn IdleSource>,
}

impl<M: Send + 'static> Senses<M> {
    /// Lets all of them watch, by these lists. No input for `idle_after`, at least a second, is
    /// told.
    ///
    /// # Errors
    /// When the system gives no more file descriptors.
    pub fn begin(bus: &Bus, hold: &Hold, idle_after: Duration) -> io::Result<Self> {
        let inbox: Inbox<Heard<M>> = Inbox::new()?;
        let post = |about| -> Post<Word> {
            let sender = inbox.sender();
            Arc::new(move |word| sender.send(Heard::Word(about, word)))
        };
        let mut idle = idle::detect(bus, inbox.sender().post(), inbox.sender().post());
        idle.set_threshold(idle_after.max(Duration::from_secs(1)));
        let lists = Lists::default();
        // All of them begin right after this.
        lists.set(hold);
        let mut sensors = sensors::detect(bus, &lists, post);
        for (_, sense) in &mut sensors {
            sense.watch(true);
        }
        Ok(Self {
            inbox,
            lists,
            sensors,
            _idle: idle,
        })
    }

    /// Listens also to what happens to the session.
    pub fn follow_session(&self, bus: &Bus) {
        session::listen(bus, None, self.inbox.sender().post());
    }

    /// Which sensors there are.
    pub fn all(&self) -> impl Iterator<Item = About> {
        self.sensors.iter().map(|(about, _)| *about)
    }

    /// Where others put what they have to say.
    pub fn sender(&self) -> Sender<Heard<M>> {
        self.inbox.sender()
    }

    /// From now on by these lists; those that are concerned look again.
    pub fn set(&mut self, hold: &Hold) {
        let concerned = self.lists.set(hold);
        for (about, sense) in &mut self.sensors {
            if concerned.contains(about) {
                sense.watch(false);
                sense.watch(true);
            }
        }
    }

    /// The next thing that is heard, within this time; forever without.
    pub fn wait(&self, patience: Option<Duration>) -> Option<Heard<M>> {
        self.inbox.wait(patience)
    }

    /// The next thing that is heard before this point on the clock of the machine awake.
    pub fn wait_until(&self, point: Duration) -> Option<Heard<M>> {
        let left = point.saturating_sub(clock::awake());
        self.inbox.wait(Some(left)).filter(|_| !left.is_zero())
    }
}

impl<M> Drop for Senses<M> {
    fn drop(&mut self) {
        for (_, sense) in &mut self.sensors {
            sense.watch(false);
        }
    }
}
