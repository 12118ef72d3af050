//! Which source of idle time is used on this desktop, and why none that would be better.

/// The ways to learn how long there has been no input, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Wayland: `ext-idle-notify-v1` in version 2, which tells missing input and a screen that
    /// nothing keeps awake apart.
    ExtIdleNotify2,
    /// Wayland: `ext-idle-notify-v1` in version 1. While a film runs it tells nothing.
    ExtIdleNotify1,
    /// The `IDLETIME` counter of an X server.
    X11,
    /// `org.gnome.Mutter.IdleMonitor`, on GNOME.
    Mutter,
    /// Wayland: `org_kde_kwin_idle`, which came before `ext-idle-notify-v1`.
    KwinIdle,
    /// The `IdleHint` of logind, which the desktop sets after some minutes.
    Logind,
}

impl Source {
    /// All of them, the best first.
    pub const ALL: [Self; 6] = [
        Self::ExtIdleNotify2,
        Self::ExtIdleNotify1,
        Self::X11,
        Self::Mutter,
        Self::KwinIdle,
        Self::Logind,
    ];

    /// The name by which it is known, the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ExtIdleNotify2 => "ext-idle-notify v2",
            Self::ExtIdleNotify1 => "ext-idle-notify v1",
            Self::X11 => "X11 IDLETIME",
            Self::Mutter => "Mutter IdleMonitor",
            Self::KwinIdle => "org_kde_kwin_idle",
            Self::Logind => "logind IdleHint",
        }
    }

    /// Whether it tells when something keeps the screen awake, or takes that for input anyway.
    #[must_use]
    pub fn knows_films(self) -> bool {
        match self {
            Self::ExtIdleNotify2
            | Self::ExtIdleNotify1
            | Self::Mutter
            | Self::KwinIdle
            | Self::Logind => true,
            Self::X11 => false,
        }
    }

    /// Whether it knows of missing input also while something keeps the screen awake. The others
    /// then say that there is input.
    #[must_use]
    pub fn sees_through_films(self) -> bool {
        match self {
            Self::ExtIdleNotify2 | Self::X11 | Self::Mutter => true,
            Self::ExtIdleNotify1 | Self::KwinIdle | Self::Logind => false,
        }
    }
}

/// Why a source is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// This desktop has none: no display, no such protocol or service.
    Absent,
    /// It is the X server of a Wayland desktop, and sees only the input of X programs.
    OnlyXPrograms,
    /// It is there, but nothing on this desktop has ever told it of idleness.
    NeverTold,
    /// It was asked, and does not answer.
    Silent,
    /// It reports so often that it cannot be true.
    Floods,
    /// This went wrong.
    Failed(String),
}

/// Which source is used, and why none that would be better.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The source that is used; `None` when none works, so that all time counts as work.
    pub by: Option<Source>,
    /// Every better source that is known not to work (all of them, when none is used), the best
    /// first. What was never looked for, because something better worked, is not listed.
    pub why_not: Vec<(Source, WhyNot)>,
}
