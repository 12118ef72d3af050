//! The desktop's own window in which one chooses a file: `org.freedesktop.portal.FileChooser`.
//!
//! Desktops that have one show it; where there is none, whoever asks has to do with what is typed.

#[cfg(target_os = "linux")]
#[path = "file_chooser/portal.rs"]
mod system;

#[cfg(not(target_os = "linux"))]
mod system {
    pub fn choose(_: Option<&str>, _: &str) -> anyhow::Result<Option<String>> {
        anyhow::bail!("no portal on this platform")
    }
}

/// Shows the window under this title and waits until a file was chosen in it: its address, which
/// begins with `file://`, or nothing if the user thought better of it. `bus` is the address of the
/// bus; without it, that of the session is used.
///
/// # Errors
///
/// When this desktop has no such window, or it went away.
pub fn choose(bus: Option<&str>, title: &str) -> anyhow::Result<Option<String>> {
    system::choose(bus, title)
}
