//! What the desktop offers: time, notifications, idleness, a bus, windows as child processes.
//!
//! One file or folder for each concern, with its backends side by side; names of platforms and
//! `cfg` appear in here and nowhere else. The daemon's loop waits in [`timers`]; everything else
//! runs on threads of its own that block until something happens, and reports into the [`inbox`].
//! A part that fails costs its feature: it says so once and tries again, more and more rarely; one
//! that panics too ([`fault`]).
//! Nothing in here knows the rules of the schedule.

pub mod activation;
pub mod appearance;
pub mod apps;
pub mod autostart;
#[cfg(target_os = "linux")]
pub mod bus;
pub mod camera;
pub mod child;
pub mod clock;
pub mod fault;
pub mod file_chooser;
pub mod fullscreen;
pub mod hook;
pub mod idle;
pub mod inbox;
pub mod inhibitors;
pub mod instance;
pub mod journal;
pub mod launch;
pub mod memory;
pub mod microphone;
pub mod monitors;
pub mod notify;
pub mod private;
#[cfg(target_os = "linux")]
mod pulse;
pub mod quiet;
#[cfg(target_os = "linux")]
mod ready;
pub mod screen_share;
pub mod sense;
#[cfg(target_os = "linux")]
pub mod sensors;
pub mod session;
pub mod signals;
pub mod sound;
pub mod stamp;
#[cfg(target_os = "linux")]
pub mod survey;
pub mod timers;
pub mod tray;
pub mod voice;
pub mod watch;
#[cfg(target_os = "linux")]
pub mod windows;

/// By which desktops know the program; also the name of its desktop file.
pub const APP_ID: &str = "org.unhunch.Unhunch";
