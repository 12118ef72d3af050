//! Windows that open by themselves must not take the focus from the one in which the user types.
//!
//! Wayland gives the focus only for a token, so there is nothing to ask for. On X11 a window
//! manager leaves the focus where it is if the window says that no user has asked for it.

use raw_window_handle::{HasWindowHandle, RawWindowHandle};

/// Asks the desktop not to give the focus to this window. Call before the window is shown.
pub fn open_quietly(window: &dyn HasWindowHandle) {
    let id = match window.window_handle().map(|handle| handle.as_raw()) {
        Ok(RawWindowHandle::Xlib(handle)) => u32::try_from(handle.window).ok(),
        Ok(RawWindowHandle::Xcb(handle)) => Some(handle.window.get()),
        Ok(_) | Err(_) => None,
    };
    if let Some(id) = id
        && let Err(error) = system::not_by_the_user(id)
    {
        log::warn!("the window may take the focus: {error:#}");
    }
}

#[cfg(target_os = "linux")]
mod system {
    use anyhow::Context as _;
    use x11rb::{
        connection::Connection as _,
        protocol::xproto::{AtomEnum, ConnectionExt as _, PropMode},
        wrapper::ConnectionExt as _,
    };

    /// The extended window manager hints say: a user time of zero, and the window is not to be
    /// focused when it is mapped.
    pub fn not_by_the_user(window: u32) -> anyhow::Result<()> {
        let (connection, _) = x11rb::connect(None).context("connecting to the X server")?;
        let atom = connection
            .intern_atom(false, b"_NET_WM_USER_TIME")?
            .reply()?
            .atom;
        connection.change_property32(PropMode::REPLACE, window, atom, AtomEnum::CARDINAL, &[0])?;
        connection.sync()?;
        connection.flush()?;
        Ok(())
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    /// No X11 here.
    pub fn not_by_the_user(_window: u32) -> anyhow::Result<()> {
        Ok(())
    }
}
