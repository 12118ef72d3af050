//! Whether do-not-disturb is switched on.
//!
//! Each notification service keeps it in a place of its own, so the service that is on the bus
//! decides where is looked. Another service may take over while a break waits.

#[cfg(not(target_os = "linux"))]
use super::sense::Nobody;
use super::sense::Sense;
use super::{inbox::Post, sense::Word};

#[cfg(target_os = "linux")]
mod services;
#[cfg(target_os = "linux")]
mod watch;

/// The sensor that works on this desktop.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(bus: &super::bus::Bus, post: &Post<Word>) -> Box<dyn Sense> {
    use super::sense::on_bus::OnBus;

    Box::new(OnBus::new(
        bus,
        |connection, post| Box::pin(watch::watch(connection, post)),
        post,
    ))
}

/// The sensor that works on this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(Nobody::new(post))
}
