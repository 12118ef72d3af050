//! What a window needs of the desktop besides a place to draw: monitors, and where it stands.
//!
//! Some desktops let programs place their windows, others (Wayland) do it by themselves. The
//! backends are in `desktop::monitors`; the windows only see this.

use raw_window_handle::HasWindowHandle;

use super::screen::{Area, Monitor, Screen};

/// The desktop, as one window sees it.
pub trait Desk {
    /// The monitors now; `None` where the desktop places windows by itself.
    fn screen(&self) -> Option<Screen>;

    /// The monitors in the desktop's own order; `None` where it does not tell.
    fn monitors(&self) -> Option<Vec<Monitor>> {
        self.screen().map(|screen| screen.monitors)
    }

    /// Makes a window ready that has not been shown yet, and may show it: its first frame follows.
    /// Everything else is about this window.
    fn prepare(&mut self, window: &dyn HasWindowHandle, first: &First);

    /// How the window stands, once it has been prepared.
    fn standing(&self) -> Option<Standing>;

    /// Moves the window: the corner of its frame, and the size of its content.
    fn put(&self, corner: (i32, i32), content: (i32, i32));

    /// Makes the window fill the monitor on which it is, or no longer. `false`: the toolkit has to.
    fn full_screen(&self, full: bool) -> bool;

    /// Tells from now on what changes, from another thread.
    fn watch(&self, tell: Box<dyn Fn(Change) + Send>);
}

/// How a window appears for the first time. In pixels.
#[derive(Clone, Copy, Debug)]
pub struct First {
    /// Where the upper left corner of its frame is; `None`: wherever the desktop likes.
    pub corner: Option<(i32, i32)>,
    /// Width and height of its content.
    pub content: (i32, i32),
    /// The smallest its content can be made.
    pub smallest: (i32, i32),
    /// It fills its monitor.
    pub full: bool,
    /// It stays above other windows.
    pub above: bool,
    /// It opens by itself, and must not take the focus from the window in which the user types.
    pub quiet: bool,
    /// Red, green and blue of its background, which is seen until the first frame is.
    pub background: [u8; 3],
}

/// Where a window is, and how large. In pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// With its frame.
    pub outer: Area,
    /// Width and height of its content.
    pub content: (i32, i32),
}

/// What has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Monitors, or what panels leave of them.
    Screen,
    /// The window's frame, which is how one hears that it has got one.
    Frame,
    /// The window fills its monitor, or no longer.
    Full(bool),
}
