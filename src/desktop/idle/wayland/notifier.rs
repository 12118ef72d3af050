//! Two protocols that say the same in different words.

use std::time::Duration;

use wayland_client::{
    QueueHandle,
    protocol::{wl_registry::WlRegistry, wl_seat::WlSeat},
};
use wayland_protocols::ext::idle_notify::v1::client::{
    ext_idle_notification_v1::ExtIdleNotificationV1, ext_idle_notifier_v1::ExtIdleNotifierV1,
};
use wayland_protocols_plasma::idle::client::{
    org_kde_kwin_idle::OrgKdeKwinIdle, org_kde_kwin_idle_timeout::OrgKdeKwinIdleTimeout,
};

use super::told::{Serial, Told};
use crate::desktop::idle::Source;

/// Since this version missing input is told of even while something keeps the screen awake.
const INPUT_ALONE: u32 = 2;

/// What makes notifications.
pub enum Notifier {
    /// Of the present protocol.
    Ext(ExtIdleNotifierV1),
    /// Of the one before it, which has no way to let go of it.
    Kwin(OrgKdeKwinIdle),
}

/// What a notification tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Missing input.
    Input,
    /// Missing input while nothing keeps the screen awake.
    Free,
}

/// A notification.
pub enum Notification {
    /// Of the present protocol.
    Ext(ExtIdleNotificationV1),
    /// Of the one before it.
    Kwin(OrgKdeKwinIdleTimeout),
}

/// The source that a global of this interface and version stands for.
pub fn source(interface: &str, version: u32) -> Option<Source> {
    match interface {
        "ext_idle_notifier_v1" if version >= INPUT_ALONE => Some(Source::ExtIdleNotify2),
        "ext_idle_notifier_v1" => Some(Source::ExtIdleNotify1),
        "org_kde_kwin_idle" => Some(Source::KwinIdle),
        _ => None,
    }
}

impl Notifier {
    /// Takes up the global with this name, which stands for this source.
    pub fn bind(
        registry: &WlRegistry,
        name: u32,
        source: Source,
        queue: &QueueHandle<Told>,
    ) -> Self {
        match source {
            Source::KwinIdle => Self::Kwin(registry.bind(name, 1, queue, ())),
            Source::ExtIdleNotify2 => Self::Ext(registry.bind(name, INPUT_ALONE, queue, ())),
            Source::ExtIdleNotify1 | Source::X11 | Source::Mutter | Source::Logind => {
                Self::Ext(registry.bind(name, 1, queue, ()))
            }
        }
    }

    /// Asks for a notification. Only version 2 of the present protocol has both halves.
    pub fn notify(
        &self,
        half: Half,
        timeout: Duration,
        seat: &WlSeat,
        queue: &QueueHandle<Told>,
        serial: Serial,
    ) -> Notification {
        let timeout = milliseconds(timeout);
        match (self, half) {
            (Self::Ext(notifier), Half::Input) => Notification::Ext(
                notifier.get_input_idle_notification(timeout, seat, queue, serial),
            ),
            (Self::Ext(notifier), Half::Free) => {
                Notification::Ext(notifier.get_idle_notification(timeout, seat, queue, serial))
            }
            (Self::Kwin(notifier), Half::Input | Half::Free) => {
                Notification::Kwin(notifier.get_idle_timeout(seat, timeout, queue, serial))
            }
        }
    }

    /// Lets go of it. Notifications that it made are not affected.
    pub fn destroy(self) {
        match self {
            Self::Ext(notifier) => notifier.destroy(),
            Self::Kwin(_) => {}
        }
    }
}

impl Notification {
    /// Lets go of it.
    pub fn destroy(self) {
        match self {
            Self::Ext(notification) => notification.destroy(),
            Self::Kwin(notification) => notification.release(),
        }
    }
}

/// Compositors keep it as a number with a sign; nobody waits for 24 days.
fn milliseconds(timeout: Duration) -> u32 {
    let most = i32::MAX.unsigned_abs();
    u32::try_from(timeout.as_millis()).map_or(most, |timeout| timeout.min(most))
}
