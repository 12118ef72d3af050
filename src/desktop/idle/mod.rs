//! Whether the user gives input.
//!
//! A source reports when there has been no input for as long as it was told to watch for, and
//! when input comes back after that; in between it is silent, however much is typed. What this
//! means for a break is not known here.

mod choice;
#[cfg(target_os = "linux")]
mod chooser;
#[cfg(target_os = "linux")]
mod logind;
#[cfg(target_os = "linux")]
mod mutter;
pub mod never;
#[cfg(target_os = "linux")]
mod on_bus;
#[cfg(target_os = "linux")]
mod retry;
#[cfg(target_os = "linux")]
mod thread;
#[cfg(target_os = "linux")]
mod track;
#[cfg(target_os = "linux")]
mod wayland;
#[cfg(target_os = "linux")]
mod x11;

use std::time::Duration;

pub use choice::{Choice, Source, WhyNot};

#[cfg(target_os = "linux")]
use super::bus::Bus;
use super::{
    inbox::Post,
    sense::{Sense, Word},
};
use crate::core::schedule::Sensor;

/// The shortest threshold that is watched for. Below it ordinary typing would go back and forth.
#[cfg(target_os = "linux")]
const SHORTEST: Duration = Duration::from_secs(1);

/// A source of idleness. Reports [`Sensor`]s on a thread of its own.
pub trait IdleSource: Send {
    /// Report `IdleFor` when there has been no input for this long: once, and at once if it has
    /// been so long already and was not reported yet. During idleness a longer threshold is
    /// reported in its turn. The next input after a report is reported as `Active`. Replaces what
    /// was asked before.
    fn set_threshold(&mut self, threshold: Duration);

    /// Report how things stand: after the machine slept, or when in doubt. At once where the
    /// desktop can be asked, else as soon as it shows. Idleness that has lasted for a second is
    /// reported as what it is, below the threshold too.
    fn refresh(&mut self);
}

/// Where sources are looked for.
#[cfg(target_os = "linux")]
pub struct Places {
    /// The X server, by the name of its display.
    pub display: Option<String>,
    /// The socket of a Wayland compositor.
    pub wayland: Option<std::path::PathBuf>,
    /// The session's bus.
    pub bus: Bus,
    /// The address of the system's bus; `None`: as the environment gives it.
    pub system_bus: Option<String>,
}

#[cfg(target_os = "linux")]
impl Places {
    /// Those that the environment names.
    #[must_use]
    pub fn of_environment(bus: &Bus) -> Self {
        let display = std::env::var_os("DISPLAY").filter(|name| !name.is_empty());
        Self {
            display: display.map(|name| name.to_string_lossy().into_owned()),
            wayland: super::session::wayland_socket(),
            bus: bus.clone(),
            system_bus: None,
        }
    }
}

/// The programs that keep the screen awake, beside a source that does not know of them.
#[cfg(target_os = "linux")]
#[must_use]
pub fn films(bus: &Bus, post: &Post<Word>) -> Box<dyn Sense> {
    super::inhibitors::sensor(bus, None, post)
}

/// The source of this desktop: the best that works at any time. Which that is, and every change of
/// it, is told to `tell`.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect(bus: &Bus, post: Post<Sensor>, tell: Post<Choice>) -> Box<dyn IdleSource> {
    detect_in(Places::of_environment(bus), post, tell)
}

/// The same for the desktop that is found in these places.
#[cfg(target_os = "linux")]
#[must_use]
pub fn detect_in(places: Places, post: Post<Sensor>, tell: Post<Choice>) -> Box<dyn IdleSource> {
    use chooser::{Backend, Chosen, Rung};

    let mut rungs = Vec::new();
    let mut without_asking = Vec::new();
    if let Some(socket) = places.wayland.clone() {
        rungs.push(Rung::new(
            wayland::SOURCES,
            Box::new(move |post| {
                let wayland = wayland::start(socket.clone(), post)?;
                Ok(Box::new(wayland) as Box<dyn Backend>)
            }),
        ));
    }
    if places.wayland.is_none() {
        let absent = wayland::SOURCES.iter();
        without_asking.extend(absent.map(|source| (*source, WhyNot::Absent)));
    }
    match (places.wayland, places.display) {
        // The X server inside a Wayland desktop sees only the input of X programs.
        (Some(_), Some(_)) => without_asking.push((Source::X11, WhyNot::OnlyXPrograms)),
        (None, Some(display)) => rungs.push(Rung::new(
            x11::SOURCES,
            Box::new(move |post| {
                let x11 = x11::start(display.clone(), post)?;
                Ok(Box::new(x11) as Box<dyn Backend>)
            }),
        )),
        (_, None) => without_asking.push((Source::X11, WhyNot::Absent)),
    }
    let bus = places.bus.clone();
    rungs.push(Rung::new(
        mutter::SOURCES,
        Box::new(move |post| Ok(Box::new(mutter::start(&bus, post)))),
    ));
    let (bus, system_bus) = (places.bus, places.system_bus);
    rungs.push(Rung::new(
        logind::SOURCES,
        Box::new(move |post| Ok(Box::new(logind::start(&bus, system_bus.clone(), post)))),
    ));
    Box::new(Chosen::start(rungs, without_asking, post, tell))
}

/// Nobody knows here which programs keep the screen awake.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn films(post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(super::sense::Nobody::new(post))
}

/// The sources of this desktop.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn detect(post: Post<Sensor>, tell: Post<Choice>) -> Box<dyn IdleSource> {
    tell(Choice::default());
    Box::new(never::Never::start(&post))
}
