//! The icon in the panel: what the program is up to, and a menu.
//!
//! There is one only where a panel shows such icons; nothing depends on it. What it shows is worked
//! out elsewhere and handed over as a [`Face`]; what the user wants of it comes back as a [`Wish`].
//!
//! - [`icon`]: the picture, drawn without a graphics library;
//! - [`menu`]: the entries and their ids;
//! - `item` and `dbusmenu`: the two as a panel asks for them, a StatusNotifierItem;
//! - `host`: whether there is such a panel, and telling it.

#[cfg(target_os = "linux")]
mod dbusmenu;
#[cfg(target_os = "linux")]
mod host;
pub mod icon;
#[cfg(target_os = "linux")]
mod item;
pub mod menu;

use crate::{core::stretch::StretchId, window::list::Window};
use icon::{Panel, Sign};
use menu::Entry;

/// What the icon shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The picture.
    pub sign: Sign,
    /// The colour of the panel behind it.
    pub panel: Panel,
    /// What the program is up to, in a sentence.
    pub words: String,
    /// The menu.
    pub menu: Vec<Entry>,
}

/// What the user wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A break now, with this stretch or with the next one.
    Now(Option<StretchId>),
    /// The announced break later.
    Snooze,
    /// The announced break not at all.
    Skip,
    /// A pause.
    Pause(Pause),
    /// No pause any more.
    Resume,
    /// A pause if there is none, none if there is one.
    PauseOrResume,
    /// The user is in a meeting, or not any more.
    Meeting(bool),
    /// A window.
    Open(Window),
    /// No program.
    Quit,
}

/// How long a pause should last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// So many minutes.
    Minutes(u16),
    /// Until the next day begins.
    Tomorrow,
    /// Until the user ends it.
    Resumed,
}

/// What comes from the panel.
#[derive(Debug)]
pub enum Event {
    /// There is a panel that is about to show the icon, and waits until this is dropped.
    Appeared(Waits),
    /// There is no panel any more.
    Gone,
    /// The user wants something.
    Wish {
        /// What.
        wish: Wish,
        /// The right to take the focus, where the panel gave it.
        token: Option<String>,
    },
    /// The menu is about to be shown, and waits until this is dropped: it should be up to date.
    Opening(Waits),
}

/// Something that waits for this to be dropped, and goes on then.
#[derive(Debug)]
pub struct Waits(
    #[expect(dead_code, reason = "its end is what is waited for")]
    pub(super)  async_channel::Sender<()>,
);

/// Whether panels are dark on this desktop even where windows are light.
#[must_use]
pub fn panels_are_dark() -> bool {
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    // A list of names, such as `ubuntu:GNOME`.
    desktop.split(':').any(|name| name == "GNOME")
}

#[cfg(target_os = "linux")]
pub use host::Tray;

#[cfg(not(target_os = "linux"))]
mod nowhere {
    use super::{Event, Face};
    use crate::desktop::inbox::Post;

    /// No panel of this kind.
    pub struct Tray;

    impl Tray {
        /// Nothing to start.
        #[must_use]
        pub fn new(_post: Post<Event>) -> Self {
            Self
        }

        /// Nobody to show it.
        pub fn wanted(&mut self, _wanted: bool) {}

        /// Nobody to show it.
        pub fn show(&self, _face: Face) {}
    }
}
#[cfg(not(target_os = "linux"))]
pub use nowhere::Tray;
