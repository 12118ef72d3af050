//! The windows that can be opened at any time, and how.
//!
//! Each is this same program once more. Whoever offers windows (the icon in the panel, the status
//! window) goes by this list.

/// A window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// What the program is up to.
    Status,
    /// Which stretches come.
    Stretches,
    /// The settings.
    Settings,
    /// What breaks add up to.
    History,
}

impl Window {
    /// Those that one goes to from elsewhere, in the order in which they are offered.
    pub const OFFERED: [Self; 3] = [Self::Stretches, Self::Settings, Self::History];

    /// What the program has to be called with to show it.
    #[must_use]
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Status => &["status", "--window"],
            Self::Stretches => &["stretches", "--window"],
            Self::History => &["history", "--window"],
            Self::Settings => &["settings"],
        }
    }

    /// The id of the text with its name.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Status => "window-list-status",
            Self::Stretches => "window-list-stretches",
            Self::Settings => "window-list-settings",
            Self::History => "window-list-history",
        }
    }
}
