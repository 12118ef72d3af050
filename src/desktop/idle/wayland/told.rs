//! What a compositor has told so far, and what follows from it.

use std::time::Duration;

use wayland_client::{
    Connection, Dispatch, Proxy as _, QueueHandle, delegate_noop,
    protocol::{
        wl_callback::{self, WlCallback},
        wl_registry::{self, WlRegistry},
        wl_seat::WlSeat,
    },
};
use wayland_protocols::ext::idle_notify::v1::client::{
    ext_idle_notification_v1::{self, ExtIdleNotificationV1},
    ext_idle_notifier_v1::ExtIdleNotifierV1,
};
use wayland_protocols_plasma::idle::client::{
    org_kde_kwin_idle::OrgKdeKwinIdle,
    org_kde_kwin_idle_timeout::{self, OrgKdeKwinIdleTimeout},
};

use super::{
    SOURCES,
    asked::Asked,
    notifier::{self, Half, Notifier},
};
use crate::{
    core::schedule::Sensor,
    desktop::idle::{
        SHORTEST, Source, WhyNot,
        chooser::{Order, Standing, Voice},
        track::{Seen, Track},
    },
};

/// How long the two halves of version 2 may disagree for no reason but that one comes second.
const SETTLES: Duration = Duration::from_millis(500);

/// What tells notifications apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Serial(u64);

impl Serial {
    /// This one; the next time, another.
    pub fn take(&mut self) -> Self {
        self.0 += 1;
        *self
    }
}

/// What the compositor has told, and what it was asked.
pub struct Told {
    registry: WlRegistry,
    queue: QueueHandle<Self>,
    /// It has said what it has.
    greeted: bool,
    /// The globals that are sources, by name.
    sources: Vec<(u32, Source)>,
    seats: Vec<(u32, WlSeat)>,
    /// What is used of it.
    notifier: Option<(u32, Source, Notifier)>,
    /// What is to be reported, while anybody wants to know.
    watch: Option<Track>,
    threshold: Duration,
    asked: Option<Asked>,
    serial: Serial,
}

impl Told {
    /// Nothing has been told yet.
    pub fn new(registry: WlRegistry, queue: QueueHandle<Self>) -> Self {
        Self {
            registry,
            queue,
            greeted: false,
            sources: Vec::new(),
            seats: Vec::new(),
            notifier: None,
            watch: None,
            threshold: Duration::MAX,
            asked: None,
            serial: Serial::default(),
        }
    }

    /// Whether it has said what it has.
    pub fn is_greeted(&self) -> bool {
        self.greeted
    }

    /// When to look again, though nothing was told.
    pub fn deadline(&self) -> Option<Duration> {
        let track = self.watch.as_ref().and_then(Track::deadline);
        let look = self.asked.as_ref().and_then(|asked| asked.look);
        track.into_iter().chain(look).min()
    }

    /// Does what the chooser wants.
    pub fn obey(&mut self, order: Order, now: Duration, voice: &Voice) {
        match (order, &mut self.watch) {
            (Order::Watch(threshold), Some(track)) => {
                self.threshold = threshold.max(SHORTEST);
                track.set_threshold(self.threshold);
            }
            (Order::Watch(threshold), None) => {
                self.threshold = threshold.max(SHORTEST);
                let mut track = Track::new(SETTLES);
                track.set_threshold(self.threshold);
                self.watch = Some(track);
                self.look(now);
            }
            (Order::Rest, _) => self.rest(),
            (Order::Refresh, Some(track)) if track.is_idle() => voice.says(track.tell(now)),
            (Order::Refresh, Some(_)) => self.look(now),
            (Order::Refresh, None) => {}
        }
    }

    /// Says what follows from what was told.
    pub fn mind(&mut self, now: Duration, voice: &mut Voice) {
        if !self.greeted {
            return;
        }
        self.choose(voice);
        let (Some(track), Some(asked)) = (&mut self.watch, &mut self.asked) else {
            return;
        };
        let seen = asked.seen(now);
        for report in track.see(seen, now) {
            voice.says(report);
        }
        match (seen, asked.look) {
            (Seen::Idle { .. }, _) => asked.look = None,
            (Seen::Input, Some(until)) if now < until => {}
            (Seen::Input, Some(_)) => {
                // A second went by, and more, in which it was not idle.
                voice.says(Sensor::Active);
                self.ask(self.threshold, None);
            }
            (Seen::Input, None) if asked.timeout != self.threshold => {
                self.ask(self.threshold, None);
            }
            (Seen::Input, None) => {}
        }
    }

    /// Takes up the best source that there is.
    fn choose(&mut self, voice: &mut Voice) {
        let best = (self.sources.iter())
            .filter(|_| !self.seats.is_empty())
            .min_by_key(|(_, source)| *source)
            .copied();
        let used = (self.notifier.as_ref()).map(|(name, source, _)| (*name, *source));
        if best != used {
            self.rest();
            if let Some((.., notifier)) = self.notifier.take() {
                notifier.destroy();
            }
            self.notifier = best.map(|(name, source)| {
                let notifier = Notifier::bind(&self.registry, name, source, &self.queue);
                (name, source, notifier)
            });
        }
        let offers = best.map(|(_, source)| source);
        let lacks = (SOURCES.iter())
            .filter(|source| offers.is_none_or(|offers| **source < offers))
            .map(|source| (*source, WhyNot::Absent))
            .collect();
        voice.stands(Standing { offers, lacks });
    }

    fn rest(&mut self) {
        self.watch = None;
        if let Some(asked) = self.asked.take() {
            asked.destroy();
        }
    }

    /// Finds out whether there is input at present.
    fn look(&mut self, now: Duration) {
        self.ask(SHORTEST, Some(now + SHORTEST + SETTLES));
    }

    fn ask(&mut self, timeout: Duration, look: Option<Duration>) {
        let Some((_, source, notifier)) = &self.notifier else {
            return;
        };
        if let Some(asked) = self.asked.take() {
            asked.destroy();
        }
        let halves: &[Half] = match source {
            Source::ExtIdleNotify2 => &[Half::Input, Half::Free],
            Source::ExtIdleNotify1
            | Source::KwinIdle
            | Source::X11
            | Source::Mutter
            | Source::Logind => &[Half::Free],
        };
        let mut asked = Asked::new(halves, timeout, look);
        for (name, seat) in &self.seats {
            asked.ask(notifier, (*name, seat), &self.queue, &mut self.serial);
        }
        self.asked = Some(asked);
    }

    fn appeared(&mut self, name: u32, interface: &str, version: u32) {
        if let Some(source) = notifier::source(interface, version) {
            self.sources.push((name, source));
        } else if interface == WlSeat::interface().name {
            // All that is needed of a seat is there since its first version.
            let seat = self.registry.bind(name, 1, &self.queue, ());
            if let (Some((.., notifier)), Some(asked)) = (&self.notifier, &mut self.asked) {
                asked.ask(notifier, (name, &seat), &self.queue, &mut self.serial);
            }
            self.seats.push((name, seat));
        }
    }

    fn vanished(&mut self, name: u32) {
        self.sources.retain(|(known, _)| *known != name);
        self.seats.retain(|(known, _)| *known != name);
        if let Some(asked) = &mut self.asked {
            asked.forget(name);
        }
    }

    fn hear(&mut self, serial: Serial, idle: bool) {
        if let Some(asked) = &mut self.asked {
            asked.hear(serial, idle);
        }
    }
}

impl Dispatch<WlRegistry, ()> for Told {
    fn event(
        told: &mut Self,
        _: &WlRegistry,
        event: wl_registry::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        match event {
            wl_registry::Event::Global {
                name,
                interface,
                version,
            } => told.appeared(name, &interface, version),
            wl_registry::Event::GlobalRemove { name } => told.vanished(name),
            _ => {}
        }
    }
}

impl Dispatch<WlCallback, ()> for Told {
    fn event(
        told: &mut Self,
        _: &WlCallback,
        _: wl_callback::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        told.greeted = true;
    }
}

impl Dispatch<ExtIdleNotificationV1, Serial> for Told {
    fn event(
        told: &mut Self,
        _: &ExtIdleNotificationV1,
        event: ext_idle_notification_v1::Event,
        serial: &Serial,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        match event {
            ext_idle_notification_v1::Event::Idled => told.hear(*serial, true),
            ext_idle_notification_v1::Event::Resumed => told.hear(*serial, false),
            _ => {}
        }
    }
}

impl Dispatch<OrgKdeKwinIdleTimeout, Serial> for Told {
    fn event(
        told: &mut Self,
        _: &OrgKdeKwinIdleTimeout,
        event: org_kde_kwin_idle_timeout::Event,
        serial: &Serial,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        match event {
            org_kde_kwin_idle_timeout::Event::Idle => told.hear(*serial, true),
            org_kde_kwin_idle_timeout::Event::Resumed => told.hear(*serial, false),
            _ => {}
        }
    }
}

delegate_noop!(Told: ignore WlSeat);
delegate_noop!(Told: ignore ExtIdleNotifierV1);
delegate_noop!(Told: ignore OrgKdeKwinIdle);
