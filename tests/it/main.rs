//! Everything that is tested from outside: one binary, one module for each concern.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests are tests too: what they cannot do fails the test"
)]

mod aloud;
mod any_day;
#[cfg(target_os = "linux")]
mod bench;
mod choose;
mod config_edit;
mod config_file;
mod days;
#[cfg(target_os = "linux")]
mod dbus;
mod dependencies;
#[cfg(target_os = "linux")]
mod desktop;
mod docs;
mod doctor;
#[cfg(target_os = "linux")]
mod ending;
mod exchange;
#[cfg(target_os = "linux")]
mod faults;
mod first_run;
mod gallery;
mod glance;
#[cfg(target_os = "linux")]
mod head_start;
mod history;
#[cfg(target_os = "linux")]
mod hooks;
mod joints;
#[cfg(target_os = "linux")]
mod keeping;
mod launcher;
mod layering;
#[cfg(target_os = "linux")]
mod live_settings;
#[cfg(target_os = "linux")]
mod log;
#[cfg(target_os = "linux")]
mod main_job;
#[cfg(target_os = "linux")]
mod nothing_lost;
mod outlook;
mod own_stretches;
mod pages;
#[cfg(target_os = "linux")]
mod papers;
#[cfg(target_os = "linux")]
mod placement;
mod plan;
#[cfg(target_os = "linux")]
mod private;
mod recorded_day;
mod right_moment;
#[cfg(target_os = "linux")]
mod schema;
#[cfg(target_os = "linux")]
mod screen_reader;
#[cfg(target_os = "linux")]
mod settings;
mod simulate;
#[cfg(target_os = "linux")]
mod soak;
#[cfg(target_os = "linux")]
mod sound;
mod source;
#[cfg(target_os = "linux")]
mod store;
mod stretches;
#[cfg(target_os = "linux")]
mod support;
mod texts;
#[cfg(target_os = "linux")]
mod tray;
#[cfg(target_os = "linux")]
mod virtual_desktop;
#[cfg(target_os = "linux")]
mod watching;
#[cfg(target_os = "linux")]
mod wayland;
mod window_sizes;
mod windows;
