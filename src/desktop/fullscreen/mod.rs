//! Whether a window fills a screen: a film, a presentation.

#[cfg(target_os = "linux")]
pub mod x11;

use super::{
    inbox::Post,
    sense::{Nobody, Sense, Word},
};

/// The sensor that works on this desktop.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(post: &Post<Word>) -> Box<dyn Sense> {
    use std::env::var;

    let set = |name| var(name).ok().filter(|value| !value.is_empty());
    // The X server inside a Wayland desktop knows the windows of X programs only.
    match set("DISPLAY").filter(|_| set("WAYLAND_DISPLAY").is_none()) {
        Some(display) => Box::new(x11::sensor(Some(display), post)),
        None => Box::new(Nobody::new(post)),
    }
}

/// The sensor that works on this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(Nobody::new(post))
}
