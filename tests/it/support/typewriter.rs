//! The window in which the user of a test is working.

use x11rb::{
    COPY_DEPTH_FROM_PARENT,
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, Window as Id,
            WindowClass,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use super::VirtualDisplay;

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
