//! What is asked of Mutter while somebody wants to know, and what is reported.

use std::time::Duration;

use super::{
    super::{
        SHORTEST, WhyNot,
        on_bus::Chooser,
        track::{Seen, Track},
    },
    monitor::Monitor,
};
use crate::{core::schedule::Sensor, desktop::clock};

/// An idle time that is asked for may be this much shorter than the one that made a watch fire.
const SLACK: Duration = Duration::from_millis(100);

/// The watching.
pub struct Watch<'a> {
    monitor: &'a Monitor<'a>,
    chooser: &'a Chooser,
    track: Track,
    threshold: Duration,
    /// The watch for idleness, and of which length.
    idle_watch: Option<(u32, Duration)>,
    /// The watch for the next input.
    active_watch: Option<u32>,
    /// Since when there has been no input, on the boot clock.
    idle_since: Option<Duration>,
    /// Idle watches are silent.
    kept_awake: bool,
    /// When to ask instead.
    look: Option<Duration>,
}

impl<'a> Watch<'a> {
    /// Begins, and reports how things stand.
    pub async fn begin(
        monitor: &'a Monitor<'a>,
        chooser: &'a Chooser,
        kept_awake: bool,
        threshold: Duration,
    ) -> Result<Self, WhyNot> {
        let mut watch = Self {
            monitor,
            chooser,
            track: Track::new(Duration::ZERO),
            threshold: Duration::MAX,
            idle_watch: None,
            active_watch: None,
            idle_since: None,
            kept_awake,
            look: None,
        };
        watch.set_threshold(threshold).await?;
        watch.refresh().await?;
        Ok(watch)
    }

    /// Lets go of everything.
    pub async fn end(self) {
        let idle_watch = self.idle_watch.map(|(id, _)| id);
        for id in idle_watch.into_iter().chain(self.active_watch) {
            self.monitor.remove_watch(id).await;
        }
    }

    /// When to look again, though Mutter says nothing.
    pub fn deadline(&self) -> Option<Duration> {
        self.track.deadline().into_iter().chain(self.look).min()
    }

    /// From now on this length of idleness is to be reported.
    pub async fn set_threshold(&mut self, threshold: Duration) -> Result<(), WhyNot> {
        self.threshold = threshold.max(SHORTEST);
        self.track.set_threshold(self.threshold);
        // During idleness the clock says when it is reached.
        if self.idle_since.is_none() {
            self.set_idle_watch().await?;
            self.look_if_kept_awake().await?;
        }
        Ok(())
    }

    /// Reports how things stand.
    pub async fn refresh(&mut self) -> Result<(), WhyNot> {
        if self.idle_since.is_none() {
            let idle = self.monitor.idle_time().await?;
            if idle >= SHORTEST {
                return self.is_idle(idle).await;
            }
        }
        self.chooser.says([self.track.tell(clock::boot())]);
        Ok(())
    }

    /// A watch fired.
    pub async fn fired(&mut self, id: u32) -> Result<(), WhyNot> {
        if self.active_watch == Some(id) {
            self.active_watch = None;
            if self.idle_since.is_some() {
                self.is_back().await?;
            }
            return Ok(());
        }
        let interval = self.idle_watch.filter(|(known, _)| *known == id);
        if let (Some((_, interval)), None) = (interval, self.idle_since) {
            let idle = self.monitor.idle_time().await?;
            // Else there has been input since it fired, and it fires again.
            if idle + SLACK >= interval {
                self.is_idle(idle).await?;
            }
        }
        Ok(())
    }

    /// Somebody keeps the session from being idle, or nobody does any more.
    pub async fn keep_awake(&mut self, on: bool) -> Result<(), WhyNot> {
        self.kept_awake = on;
        self.look = None;
        self.report();
        self.look_if_kept_awake().await
    }

    /// A moment has come at which it could matter.
    pub async fn look_again(&mut self) -> Result<(), WhyNot> {
        self.report();
        if self.look.is_some_and(|look| look <= clock::boot()) {
            self.look_if_kept_awake().await?;
        }
        Ok(())
    }

    /// Where idle watches are silent the idle time is asked for, and again when it could have
    /// reached the threshold.
    async fn look_if_kept_awake(&mut self) -> Result<(), WhyNot> {
        self.look = None;
        if !self.kept_awake || self.idle_since.is_some() {
            return Ok(());
        }
        let idle = self.monitor.idle_time().await?;
        if idle >= self.threshold {
            return self.is_idle(idle).await;
        }
        let left = (self.threshold - idle).max(SHORTEST);
        self.look = clock::boot().checked_add(left);
        Ok(())
    }

    async fn is_idle(&mut self, idle: Duration) -> Result<(), WhyNot> {
        self.look = None;
        self.idle_since = Some(clock::boot().saturating_sub(idle));
        if self.active_watch.is_none() {
            self.active_watch = Some(self.monitor.add_active_watch().await?);
            // Input that came before the watch has not made it fire.
            if self.monitor.idle_time().await? < idle {
                return self.is_back().await;
            }
        }
        self.report();
        Ok(())
    }

    async fn is_back(&mut self) -> Result<(), WhyNot> {
        self.idle_since = None;
        let reports = self.track.see(Seen::Input, clock::boot());
        match reports.is_empty() {
            // It was in doubt.
            true => self.chooser.says([Sensor::Active]),
            false => self.chooser.says(reports),
        }
        // Asked now it would say nothing but that there is input.
        let look = clock::boot().checked_add(self.threshold);
        self.look = look.filter(|_| self.kept_awake);
        self.set_idle_watch().await
    }

    fn report(&mut self) {
        if let Some(since) = self.idle_since {
            let seen = Seen::Idle {
                since,
                kept_awake: self.kept_awake,
                free_for: Duration::ZERO,
            };
            let reports = self.track.see(seen, clock::boot());
            self.chooser.says(reports);
        }
    }

    async fn set_idle_watch(&mut self) -> Result<(), WhyNot> {
        if let Some((id, _)) = self.idle_watch.take_if(|(_, of)| *of != self.threshold) {
            self.monitor.remove_watch(id).await;
        }
        if self.idle_watch.is_none() && self.threshold < Duration::MAX {
            let id = self.monitor.add_idle_watch(self.threshold).await?;
            self.idle_watch = Some((id, self.threshold));
        }
        Ok(())
    }
}
