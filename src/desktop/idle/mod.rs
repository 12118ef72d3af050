//! Whether the user gives input.
//!
//! A source reports when there has been no input for as long as it was told to watch for, and
//! when input comes back after that; in between it is silent, however much is typed. What this
//! means for a break is not known here.

pub mod never;
#[cfg(target_os = "linux")]
pub mod x11;

use std::time::Duration;

use super::inbox::Post;
use crate::core::schedule::Sensor;

/// A source of idleness. Reports [`Sensor`]s on a thread of its own.
pub trait IdleSource: Send {
    /// Report `IdleFor` when there has been no input for this long: once, and at once if it has
    /// been so long already and was not reported yet. During idleness a longer threshold is
    /// reported in its turn. The next input after a report is reported as `Active`. Replaces what
    /// was asked before.
    fn set_threshold(&mut self, threshold: Duration);

    /// Report at once how things stand: after the machine slept, or when in doubt. Idleness that
    /// has lasted for a second is reported as what it is, below the threshold too.
    fn refresh(&mut self);
}

/// The source that works on this desktop.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(post: &Post<Sensor>) -> Box<dyn IdleSource> {
    use std::env::var_os;

    let set = |name| var_os(name).filter(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY").is_some() {
        // The X server inside a Wayland desktop sees only the input of X programs.
        log::info!("idle time: unknown, this Wayland desktop is not asked yet");
        return Box::new(never::Never::start(post));
    }
    let Some(display) = set("DISPLAY") else {
        log::info!("idle time: unknown, there is no display");
        return Box::new(never::Never::start(post));
    };
    match x11::X11::start(
        Some(display.to_string_lossy().into_owned()),
        Post::clone(post),
    ) {
        Ok(x11) => {
            log::info!("idle time: from the X server");
            Box::new(x11)
        }
        Err(error) => {
            log::warn!("idle time: unknown, {error}");
            Box::new(never::Never::start(post))
        }
    }
}

/// The source that works on this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(post: &Post<Sensor>) -> Box<dyn IdleSource> {
    log::info!("idle time: unknown on this system");
    Box::new(never::Never::start(post))
}
