//! An eye on the screen that notes when windows appear.

use std::{
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            ChangeWindowAttributesAux, ConnectionExt as _, EventMask, ImageFormat, MapState,
            Window as Id,
        },
    },
    rust_connection::RustConnection,
};

use super::{PATIENCE, VirtualDisplay, Window, wait_until, window};

/// Watches a display from a thread of its own, until the display is gone.
pub struct Watcher {
    x: RustConnection,
    mapped: Receiver<(Instant, String, Id)>,
}

impl Watcher {
    /// Begins to watch.
    pub fn start(display: &VirtualDisplay) -> Self {
        let (x, screen) = x11rb::connect(Some(display.name())).expect("the display is there");
        let root = x.setup().roots[screen].root;
        watch(&x, root, EventMask::SUBSTRUCTURE_NOTIFY);
        let tree = x.query_tree(root).expect("the display is there").reply();
        for window in tree.expect("the display is there").children {
            watch(&x, window, EventMask::STRUCTURE_NOTIFY);
        }
        let (sender, mapped) = channel();
        std::thread::spawn(move || {
            while let Ok(event) = x.wait_for_event() {
                let seen = now();
                match event {
                    // Its manager may move it into a frame; it is followed wherever it goes.
                    Event::CreateNotify(event) => {
                        watch(&x, event.window, EventMask::STRUCTURE_NOTIFY);
                        // On a busy machine it may have appeared before it was followed.
                        if appeared(&x, event.window) {
                            let class = window::class(&x, event.window).unwrap_or_default();
                            if sender.send((seen, class, event.window)).is_err() {
                                return;
                            }
                        }
                    }
                    Event::MapNotify(event) if event.event == event.window => {
                        let class = window::class(&x, event.window).unwrap_or_default();
                        if sender.send((seen, class, event.window)).is_err() {
                            return;
                        }
                    }
                    _ => {}
                }
            }
        });
        let (x, _) = x11rb::connect(Some(display.name())).expect("the display is there");
        Self { x, mapped }
    }

    /// When a window of this class appeared, at this moment or later; waits until one does.
    pub fn wait_for_mapped(&self, class: &str, since: Instant) -> Instant {
        self.wait_for_new(class, since).0
    }

    /// The same, and the window.
    pub fn wait_for_new(&self, class: &str, since: Instant) -> (Instant, Id) {
        self.new_within(PATIENCE, class, since)
            .unwrap_or_else(|| panic!("waited in vain for a window of class {class}"))
    }

    /// The same, unless nothing at all appears for so long.
    pub fn new_within(
        &self,
        patience: Duration,
        class: &str,
        since: Instant,
    ) -> Option<(Instant, Id)> {
        loop {
            let (seen, mapped, window) = self.mapped.recv_timeout(patience).ok()?;
            if mapped == class && seen >= since {
                return Some((seen, window));
            }
        }
    }

    /// Width and height of a window.
    pub fn size(&self, window: Id) -> Option<(u16, u16)> {
        let geometry = self.x.get_geometry(window).ok()?.reply().ok()?;
        Some((geometry.width, geometry.height))
    }

    /// Looks without a pause until this window shows more than one colour down its middle, and
    /// returns when: for figures, where five milliseconds count.
    pub fn wait_for_any_picture(&self, window: Id) -> Instant {
        let gives_up = now() + PATIENCE;
        loop {
            let seen = self.colourful(window);
            let at = now();
            if seen == Some(true) {
                return at;
            }
            assert!(at < gives_up, "waited in vain for a picture");
        }
    }

    fn colourful(&self, window: Id) -> Option<bool> {
        let (width, height) = self.size(window)?;
        let middle = i16::try_from(width / 2).ok()?;
        let image = self
            .x
            .get_image(ImageFormat::Z_PIXMAP, window, middle, 0, 1, height, !0)
            .ok()?
            .reply()
            .ok()?;
        let mut pixels = image.data.chunks_exact(4);
        let first = pixels.next()?;
        Some(pixels.any(|pixel| pixel != first))
    }

    /// What this window shows, pixel by pixel.
    pub fn image(&self, window: &Window) -> Vec<u8> {
        let width = u16::try_from(window.width).expect("no screen is that wide");
        let height = u16::try_from(window.height).expect("no screen is that high");
        self.x
            .get_image(ImageFormat::Z_PIXMAP, window.id, 0, 0, width, height, !0)
            .ok()
            .and_then(|cookie| cookie.reply().ok())
            .expect("the window is on the screen")
            .data
    }

    /// Waits until this window shows more than one colour down its middle, and returns when.
    pub fn wait_for_picture(&self, window: &Window) -> Instant {
        wait_until("a picture in the window", || {
            self.colourful(window.id)?.then(now)
        })
    }
}

fn appeared(x: &RustConnection, window: Id) -> bool {
    let attributes = x.get_window_attributes(window).ok();
    let attributes = attributes.and_then(|cookie| cookie.reply().ok());
    attributes.is_some_and(|attributes| attributes.map_state != MapState::UNMAPPED)
}

/// Windows come and go; one that is gone already needs no watching.
fn watch(x: &RustConnection, window: Id, what: EventMask) {
    let attributes = ChangeWindowAttributesAux::new().event_mask(what);
    x.change_window_attributes(window, &attributes)
        .expect("the display is there")
        .ignore_error();
    x.flush().expect("the display is there");
}

#[expect(
    clippy::disallowed_methods,
    reason = "when something was seen, for figures"
)]
fn now() -> Instant {
    Instant::now()
}
