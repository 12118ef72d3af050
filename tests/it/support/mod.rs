//! A desktop of its own for each end-to-end test: private bus, virtual display with a window
//! manager, and a real notification server.
//!
//! [`Desktop`] is what most tests want, with an X server or, as [`Desktop::on_wayland`], with sway. Nothing here is shared between tests, so they run in
//! parallel, and nothing outlives them: every program that was started ends with the value that
//! stands for it. A program that is not installed fails the test with the package to install.
//!
//! What happens on the other side of a process cannot be awaited like a future, so [`wait_until`]
//! looks again until it has happened, and fails with a sentence when it has not.

mod bus;
pub mod compositor;
mod daemon;
mod desktop;
mod display;
mod dunst;
mod film;
mod pipewire;
mod pointer;
pub mod process;
mod program;
mod screen_reader;
mod sound_server;
mod speech;
mod sway;
mod typewriter;
mod watcher;
mod window;

pub use bus::PrivateBus;
pub use daemon::Daemon;
pub use desktop::Desktop;
pub use display::{Monitor, VirtualDisplay};
pub use dunst::Dunst;
pub use film::Film;
pub use pipewire::{PipeWire, PipeWireSound};
pub use pointer::Pointer;
pub use program::{Program, installed, package_of};
pub use screen_reader::{Node, ScreenReader, role};
pub use sound_server::{Recorder, SoundServer};
pub use speech::Speech;
pub use sway::Sway;
pub use typewriter::Typewriter;
pub use watcher::Watcher;
pub use window::Window;

use std::time::{Duration, Instant};

/// How long anything may take before a test gives up: far longer than it ever takes, since a
/// loaded machine is no fault of the program.
const PATIENCE: Duration = Duration::from_secs(30);

/// Looks until `look` finds what it is after, and returns that.
///
/// # Panics
/// When it was not there within 30 seconds; `what` says what was awaited.
pub fn wait_until<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    wait_within(PATIENCE, what, look)
}

/// Like [`wait_until`], with a bound of its own for what takes long by design.
///
/// # Panics
/// When it was not there within `patience`.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where a test looks at a clock and waits between two looks"
)]
pub fn wait_within<T>(patience: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let gives_up = Instant::now() + patience;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            Instant::now() < gives_up,
            "waited {patience:?} in vain for: {what}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}
