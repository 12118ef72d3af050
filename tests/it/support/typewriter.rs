//! The window in which the user of a test is working.

use x11rb::{
    COPY_DEPTH_FROM_PARENT,
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
            Window as Id, WindowClass,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use super::{VirtualDisplay, window};

/// A window that has the focus and counts the keys pressed in it.
pub struct Typewriter {
    x: RustConnection,
    window: Id,
    pressed: usize,
}

impl Typewriter {
    /// Opens the window; it has the focus when this returns.
    pub fn open(display: &VirtualDisplay) -> Self {
        let (x, screen) =
            x11rb::connect(Some(display.name())).expect("the display takes connections");
        let root = x.setup().roots[screen].root;
        let window = x.generate_id().expect("a server has numbers for windows");
        let look = CreateWindowAux::new()
            .event_mask(EventMask::KEY_PRESS)
            .background_pixel(x.setup().roots[screen].white_pixel);
        x.create_window(
            COPY_DEPTH_FROM_PARENT,
            window,
            root,
            40,
            40,
            400,
            300,
            0,
            WindowClass::INPUT_OUTPUT,
            0,
            &look,
        )
        .expect("the display is there");
        for (property, value) in [
            (AtomEnum::WM_NAME, "Work"),
            (AtomEnum::WM_CLASS, "typewriter\0Typewriter\0"),
        ] {
            x.change_property8(
                PropMode::REPLACE,
                window,
                property,
                AtomEnum::STRING,
                value.as_bytes(),
            )
            .expect("the display is there");
        }
        x.map_window(window).expect("the display is there");
        x.flush().expect("the display is there");
        display.wait_for_focus(window);
        Self {
            x,
            window,
            pressed: 0,
        }
    }

    /// Its number on the X server.
    pub fn id(&self) -> Id {
        self.window
    }

    /// Lets it fill the screen, or be a window again.
    pub fn fill_screen(&self, on: bool) {
        self.be("_NET_WM_STATE_FULLSCREEN", on);
    }

    /// Makes it as large as a window with a frame can be, or lets it be as it was.
    pub fn maximise(&self, on: bool) {
        self.be("_NET_WM_STATE_MAXIMIZED_VERT", on);
        self.be("_NET_WM_STATE_MAXIMIZED_HORZ", on);
    }

    /// Asks the window manager for a state of the window.
    fn be(&self, state: &str, on: bool) {
        let root = self.x.setup().roots[0].root;
        let state = window::atom(&self.x, state);
        let kind = window::atom(&self.x, "_NET_WM_STATE");
        let body = [u32::from(on), state, 0, 1, 0];
        let message = ClientMessageEvent::new(32, self.window, kind, body);
        let receivers = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        (self.x)
            .send_event(false, root, receivers, message)
            .expect("the display is there");
        self.x.flush().expect("the display is there");
    }

    /// How many keys were pressed in it so far.
    pub fn pressed(&mut self) -> usize {
        while let Some(event) = self.x.poll_for_event().expect("the display is there") {
            if matches!(event, Event::KeyPress(_)) {
                self.pressed += 1;
            }
        }
        self.pressed
    }
}
