//! The windows that can be opened at any time, and how.
//!
//! Each is this same program once more. Whoever offers windows (the icon in the panel, the status
//! window) goes by this list.

/// A window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Which stretches come.
    Stretches,
    /// What breaks add up to.
    History,
}

impl Window {
    /// Those that one goes to from elsewhere, in the order in which they are offered.
    pub const OFFERED: [Self; 2] = [Self::Stretches, Self::History];

    /// What the program has to be called with to show it.
    #[must_use]
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Stretches => &["stretches", "--window"],
            Self::History => &["history", "--window"],
        }
    }

    /// The id of the text with its name.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Stretches => "window-list-stretches",
            Self::History => "window-list-history",
        }
    }
}
