//! The notifications that a compositor was asked for, one or two for each seat.

use std::time::Duration;

use wayland_client::{QueueHandle, protocol::wl_seat::WlSeat};

use super::{
    notifier::{Half, Notification, Notifier},
    told::{Serial, Told},
};
use crate::desktop::idle::track::Seen;

/// Notifications that were asked for together.
pub struct Asked {
    /// How much idleness they are about.
    pub timeout: Duration,
    /// Until when this is a look at how things stand, on the boot clock.
    pub look: Option<Duration>,
    halves: &'static [Half],
    slots: Vec<Slot>,
    idle_since: Option<Duration>,
}

/// One notification.
struct Slot {
    /// The name of the seat among the globals.
    seat: u32,
    half: Half,
    serial: Serial,
    notification: Notification,
    idle: bool,
}

impl Asked {
    /// Nothing yet.
    pub fn new(halves: &'static [Half], timeout: Duration, look: Option<Duration>) -> Self {
        Self {
            timeout,
            look,
            halves,
            slots: Vec::new(),
            idle_since: None,
        }
    }

    /// Asks about this seat as well.
    pub fn ask(
        &mut self,
        notifier: &Notifier,
        (name, seat): (u32, &WlSeat),
        queue: &QueueHandle<Told>,
        next: &mut Serial,
    ) {
        for half in self.halves {
            let serial = next.take();
            self.slots.push(Slot {
                seat: name,
                half: *half,
                serial,
                notification: notifier.notify(*half, self.timeout, seat, queue, serial),
                idle: false,
            });
        }
    }

    /// A seat is no more.
    pub fn forget(&mut self, seat: u32) {
        let gone = self.slots.extract_if(.., |slot| slot.seat == seat);
        gone.for_each(|slot| slot.notification.destroy());
    }

    /// Lets go of all of it.
    pub fn destroy(self) {
        for slot in self.slots {
            slot.notification.destroy();
        }
    }

    /// What one of them says. The word of one that is no more finds nobody.
    pub fn hear(&mut self, serial: Serial, idle: bool) {
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.serial == serial) {
            slot.idle = idle;
        }
    }

    /// What all of them say together: whoever uses one seat is there.
    pub fn seen(&mut self, now: Duration) -> Seen {
        let about_input = self.halves.first().copied().unwrap_or(Half::Free);
        if !self.all_idle(about_input) {
            self.idle_since = None;
            return Seen::Input;
        }
        let since = now.saturating_sub(self.timeout);
        Seen::Idle {
            since: *self.idle_since.get_or_insert(since),
            kept_awake: !self.all_idle(Half::Free),
            free_for: self.timeout,
        }
    }

    fn all_idle(&self, half: Half) -> bool {
        let mut of_half = self
            .slots
            .iter()
            .filter(|slot| slot.half == half)
            .peekable();
        of_half.peek().is_some() && of_half.all(|slot| slot.idle)
    }
}
