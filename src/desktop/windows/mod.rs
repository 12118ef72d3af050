//! The windows of other programs, as far as a desktop tells of them: which one is in front, and
//! which fill a screen.
//!
//! X servers and compositors of the wlroots kind tell. GNOME and Plasma on Wayland do not.

use std::{env, os::fd::BorrowedFd, path::PathBuf};

use super::APP_ID;

mod wlr;
mod x11;

/// What shows windows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The X server with this name; without one, that of the environment.
    X11(Option<String>),
    /// The compositor behind this socket.
    Wayland(PathBuf),
}

impl Screen {
    /// The one of the environment, if there is one.
    #[must_use]
    pub fn of_environment() -> Option<Self> {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty());
        // The X server inside a Wayland desktop knows the windows of X programs only.
        if let Some(display) = set("WAYLAND_DISPLAY") {
            let folder = set("XDG_RUNTIME_DIR").map(PathBuf::from);
            // One that is a whole path stays as it is.
            return Some(Self::Wayland(folder.unwrap_or_default().join(display)));
        }
        set("DISPLAY").map(|_| Self::X11(None))
    }

    /// Begins to look.
    ///
    /// # Errors
    /// The display takes no connection.
    pub fn open(&self) -> anyhow::Result<Box<dyn Eye>> {
        Ok(match self {
            Self::X11(display) => Box::new(x11::X11::connect(display.as_deref())?),
            Self::Wayland(socket) => Box::new(wlr::Wlr::connect(socket)?),
        })
    }
}

/// A program with a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// What it calls itself, the most telling name last; may be empty.
    pub names: Vec<String>,
    /// Its process, where that is known.
    pub pid: Option<u32>,
}

impl Program {
    /// The name to show, if it has one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// Our own windows are no reason to wait.
    fn is_ours(&self) -> bool {
        self.names.iter().any(|name| name == APP_ID)
    }
}

/// The windows that count. Those of our own are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The program whose window has the focus.
    pub front: Option<Program>,
    /// Those that fill a screen, and can be seen.
    pub full: Vec<Program>,
}

/// What can be seen at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// This.
    Windows(Seen),
    /// It has not told everything yet.
    NotYet,
    /// There is nobody here who tells.
    Nobody,
}

/// Looks at windows. Nothing in here waits, once the connection is there.
pub trait Eye {
    /// Whose word it is.
    fn by(&self) -> &'static str;

    /// Readable when there may be news.
    fn news(&self) -> BorrowedFd<'_>;

    /// Takes everything that has come in; whether there is anything worth a look.
    ///
    /// # Errors
    /// The display is gone.
    fn take_news(&mut self) -> anyhow::Result<bool>;

    /// The windows as they are now.
    ///
    /// # Errors
    /// The display is gone.
    fn look(&mut self) -> anyhow::Result<Sight>;

    /// The programs that have a window now, wherever it is; one that has several comes several
    /// times. Nothing before a look has shown windows.
    ///
    /// # Errors
    /// The display is gone.
    fn programs(&mut self) -> anyhow::Result<Vec<Program>>;
}
