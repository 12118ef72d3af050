//! The monitors, and what a program may do with its own window on them.
//!
//! On X11 a program knows all monitors and places its windows; on Wayland the compositor does, and
//! all that a program can ask for is a monitor to fill. Where nothing is known, the desktop decides
//! everything.

pub mod nowhere;
#[cfg(target_os = "linux")]
pub mod wayland;
#[cfg(target_os = "linux")]
pub mod x11;

use crate::window::desk::Desk;

/// What works on this desktop.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect() -> Box<dyn Desk> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") {
        return Box::new(wayland::Wayland);
    }
    match x11::X11::connect() {
        Ok(x11) => Box::new(x11),
        Err(error) => {
            log::warn!("the monitors are not known: {error:#}");
            Box::new(nowhere::Nowhere)
        }
    }
}

/// What works on this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect() -> Box<dyn Desk> {
    Box::new(nowhere::Nowhere)
}
