//! How the desktop wants windows to look: dark or light, contrast, movement, size of text.
//!
//! Asked in the background and kept current by the desktop's own signals, so that a window never
//! waits for it. Where the desktop does not say, the question stays open, and the caller has an
//! answer of its own.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

#[cfg(target_os = "linux")]
mod portal;

/// The desktop's wishes; `None` where it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Appearance {
    /// Dark, or expressly light.
    pub dark: Option<bool>,
    /// Higher contrast than usual.
    pub high_contrast: Option<bool>,
    /// As little movement as possible.
    pub reduced_motion: Option<bool>,
    /// The factor for the size of text, 0.5 to 3.
    pub text_scale: Option<f32>,
}

/// The wishes as far as they are known; the clones are the same.
#[derive(Clone)]
pub struct Wishes {
    known: Known,
    #[cfg(target_os = "linux")]
    changed: Changed,
    #[cfg(target_os = "linux")]
    bus: super::bus::Bus,
}

type Known = Arc<Mutex<Appearance>>;

/// Called whenever the desktop wishes for something else.
#[cfg(target_os = "linux")]
type Changed = Arc<dyn Fn() + Send + Sync>;

impl Wishes {
    /// Starts to listen on the bus.
    #[cfg(target_os = "linux")]
    #[must_use]
    pub fn watch(bus: &super::bus::Bus) -> Self {
        Self::watch_and(bus, || {})
    }

    /// The same, and calls back on the bus's thread whenever the desktop wishes for something else.
    #[cfg(target_os = "linux")]
    #[must_use]
    pub fn watch_and(bus: &super::bus::Bus, changed: impl Fn() + Send + Sync + 'static) -> Self {
        let (known, changed): (_, Changed) = (Known::default(), Arc::new(changed));
        bus.attach(portal::Listener::new(
            Arc::clone(&known),
            Arc::clone(&changed),
        ));
        Self {
            known,
            changed,
            bus: bus.clone(),
        }
    }

    /// Nobody to ask.
    #[cfg(not(target_os = "linux"))]
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            known: Known::default(),
        }
    }

    /// The wishes as they are known now. Never waits.
    #[must_use]
    pub fn now(&self) -> Appearance {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has them asked for anew, and waits for the answer for at most this long. For a process that
    /// is about to open its only window.
    #[must_use]
    pub fn after_asking(&self, patience: Duration) -> Appearance {
        #[cfg(target_os = "linux")]
        {
            let (known, changed) = (Arc::clone(&self.known), Arc::clone(&self.changed));
            let asked = self.bus.ask(patience, move |connection| async move {
                if let Some(connection) = connection {
                    portal::ask(&connection, &known, &changed).await;
                }
            });
            if asked.is_none() {
                log::debug!("the desktop has not said yet how windows should look");
            }
        }
        self.now()
    }

    /// Has them asked for anew, in the background. Of use some seconds before a window opens: a
    /// desktop that starts its portal on demand does so now.
    pub fn ask(&self) {
        #[cfg(target_os = "linux")]
        {
            let (known, changed) = (Arc::clone(&self.known), Arc::clone(&self.changed));
            self.bus.run(move |connection| async move {
                if let Some(connection) = connection {
                    portal::ask(&connection, &known, &changed).await;
                }
            });
        }
    }
}
