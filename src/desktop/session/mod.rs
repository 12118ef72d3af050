//! Whether the screen is locked, and when the machine goes to sleep and wakes up.
//!
//! Always listened to: it costs nothing while nothing happens. Where nobody tells of a lock, the
//! missing input speaks for itself; sleep shows in the clocks as well. What either means for the
//! schedule is not known here.

#[cfg(target_os = "linux")]
mod display;
#[cfg(target_os = "linux")]
mod lock;
#[cfg(target_os = "linux")]
pub(super) mod logind;
#[cfg(target_os = "linux")]
mod screen_saver;

#[cfg(target_os = "linux")]
pub use display::{Display, wayland_socket};

/// What happens to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The screen was locked (`true`) or unlocked. Told once for each change, whoever knows of it.
    Locked(bool),
    /// The machine is about to sleep.
    Sleeps,
    /// It woke up.
    Wakes,
}

/// Listens on both buses; the system's where its address is not given as the environment has it.
#[cfg(target_os = "linux")]
pub fn listen(bus: &super::bus::Bus, system_bus: Option<String>, post: super::inbox::Post<Event>) {
    let lock = lock::Lock::new(std::sync::Arc::clone(&post));
    bus.attach(screen_saver::ScreenSavers::new(lock.clone()));
    bus.run(move |_| logind::listen(system_bus, lock, post));
}
