//! Whether a window fills a screen: a film, a presentation.
//!
//! Where the desktop tells of windows, they are looked at. Where it does not, as GNOME and Plasma
//! on Wayland, there is a hint: whoever shows a film keeps the screen from going dark.

#[cfg(target_os = "linux")]
pub mod windows;

#[cfg(target_os = "linux")]
use super::{bus::Bus, inhibitors, sense::first_known::FirstKnown, windows::Screen};
use super::{
    inbox::Post,
    sense::{Nobody, Sense, Word},
};

/// The sensor that works on this desktop.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(bus: &Bus, post: &Post<Word>) -> Box<dyn Sense> {
    on(Screen::of_environment(), bus, None, post)
}

/// The sensor for this display and these buses; without an address of the system bus, that of the
/// environment.
#[cfg(target_os = "linux")]
#[must_use]
pub fn on(
    screen: Option<Screen>,
    bus: &Bus,
    system_bus: Option<String>,
    post: &Post<Word>,
) -> Box<dyn Sense> {
    Box::new(FirstKnown::new(
        post,
        |post| match screen {
            Some(screen) => Box::new(windows::sensor(screen, post)),
            None => Box::new(Nobody::new(post)),
        },
        |post| inhibitors::sensor(bus, system_bus, post),
    ))
}

/// The sensor that works on this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(Nobody::new(post))
}
