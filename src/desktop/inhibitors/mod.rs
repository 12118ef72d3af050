//! Whether a program keeps the screen from going dark, and which: who shows a film does that.
//!
//! Three places know of such programs: the session manager of GNOME (and of Cinnamon and MATE,
//! which have the same), the power management of Plasma, and logind. All that are there are asked;
//! one is enough. Some programs keep the machine awake for other reasons than somebody looking at
//! the screen; those are left out (`bystanders`). We never keep anything awake ourselves.

#[cfg(target_os = "linux")]
mod bystanders;
#[cfg(target_os = "linux")]
mod gnome;
#[cfg(target_os = "linux")]
mod logind;
#[cfg(target_os = "linux")]
mod plasma;
#[cfg(target_os = "linux")]
mod tally;

#[cfg(target_os = "linux")]
pub use on_linux::sensor;

/// Somebody who keeps the screen awake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inhibitor {
    /// What the program calls itself.
    pub who: String,
    /// What it says it does.
    pub why: String,
}

#[cfg(target_os = "linux")]
mod on_linux {
    use std::{sync::Arc, time::Duration};

    use futures_lite::future::zip;
    use zbus::Connection;

    use super::{gnome, logind, plasma, tally::Tally};
    use crate::desktop::{
        bus::Bus,
        inbox::Post,
        sense::{Sense, Word, on_bus::OnBus},
    };

    /// The longest that a service is waited for.
    pub const PATIENCE: Duration = Duration::from_secs(3);

    /// News that come all the time are looked at no more often than this.
    pub const CALM: Duration = Duration::from_millis(100);

    /// The sensor on this bus; without an address of the system bus, on that of the environment.
    #[must_use]
    pub fn sensor(bus: &Bus, system_bus: Option<String>, post: &Post<Word>) -> Box<dyn Sense> {
        let ask = move |connection, post| -> crate::desktop::bus::Work<'static> {
            Box::pin(watch(connection, system_bus.clone(), post))
        };
        Box::new(OnBus::new(bus, ask, post))
    }

    /// Reports until the connection ends.
    async fn watch(session: Connection, system_bus: Option<String>, post: Post<Word>) {
        let tally = Arc::new(Tally::new(post));
        let desktop = zip(
            gnome::follow(&session, &tally),
            plasma::follow(&session, &tally),
        );
        zip(desktop, logind::follow(system_bus, &tally)).await;
    }
}

#[cfg(target_os = "linux")]
use on_linux::{CALM, PATIENCE};
