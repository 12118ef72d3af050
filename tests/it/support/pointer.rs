//! A mouse on Wayland that a test moves.

use std::{os::unix::net::UnixStream, path::Path};

use wayland_client::{
    Connection, Dispatch, EventQueue, QueueHandle, delegate_noop,
    globals::{GlobalListContents, registry_queue_init},
    protocol::wl_registry::{self, WlRegistry},
};
use wayland_protocols_wlr::virtual_pointer::v1::client::{
    zwlr_virtual_pointer_manager_v1::ZwlrVirtualPointerManagerV1,
    zwlr_virtual_pointer_v1::ZwlrVirtualPointerV1,
};

/// A mouse, unplugged with this value.
pub struct Pointer {
    events: EventQueue<Nothing>,
    device: ZwlrVirtualPointerV1,
}

/// All that a mouse is told.
struct Nothing;

impl Pointer {
    /// Plugs it in.
    pub fn plug_in(display: &Path) -> Self {
        let there = "the compositor of the test is there";
        let socket = UnixStream::connect(display).expect(there);
        let connection = Connection::from_socket(socket).expect(there);
        let (globals, events) = registry_queue_init::<Nothing>(&connection).expect(there);
        let queue = events.handle();
        let manager: ZwlrVirtualPointerManagerV1 = globals.bind(&queue, 1..=1, ()).expect(there);
        let device = manager.create_virtual_pointer(None, &queue, ());
        Self { events, device }
    }

    /// Moves it a little; the compositor knows when this returns.
    pub fn nudge(&mut self) {
        self.device.motion(0, 3.0, 2.0);
        self.device.frame();
        let known = self.events.roundtrip(&mut Nothing);
        known.expect("the compositor of the test is there");
    }
}

impl Dispatch<WlRegistry, GlobalListContents> for Nothing {
    fn event(
        _: &mut Self,
        _: &WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

delegate_noop!(Nothing: ignore ZwlrVirtualPointerManagerV1);
delegate_noop!(Nothing: ignore ZwlrVirtualPointerV1);
