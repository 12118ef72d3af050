//! Monitors and windows through the X server: RandR 1.5 for the monitors, the hints of the window
//! managers for the rest.
//!
//! One connection, besides the one of the toolkit. Everything that a window manager has to know of
//! a window is written before the window is shown: position, full screen, above others, and that
//! it must not take the focus. The toolkit would ask for a full screen only later, and would take
//! the focus for it.
//!
//! It is also shown from here, if it was made with the size that it has now. The toolkit shows a
//! window when its first frame is drawn, which is lost then, because the window manager has to do
//! its part first. A first frame of the wrong size had better be lost.

use std::{sync::Arc, thread};

use anyhow::Context as _;
use raw_window_handle::{HasWindowHandle, RawWindowHandle};
use x11rb::{
    atom_manager,
    connection::Connection as _,
    properties::{WmClass, WmSizeHints, WmSizeHintsSpecification},
    protocol::{
        Event,
        randr::{self, ConnectionExt as _},
        xproto::{
            Atom, AtomEnum, ChangeWindowAttributesAux, ClientMessageEvent, ConfigureWindowAux,
            ConnectionExt as _, EventMask, PropMode, Window,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use crate::window::{
    desk::{Change, Desk, First, Standing},
    screen::{Area, Monitor, Screen},
};

atom_manager! {
    /// The names of the extended window manager hints.
    Atoms: AtomsCookie {
        _NET_CURRENT_DESKTOP,
        _NET_FRAME_EXTENTS,
        _NET_WM_STATE,
        _NET_WM_STATE_ABOVE,
        _NET_WM_STATE_FULLSCREEN,
        _NET_WM_USER_TIME,
        _NET_WORKAREA,
    }
}

/// The X server, as one window sees it.
pub struct X11 {
    x: Arc<RustConnection>,
    root: Window,
    atoms: Atoms,
    window: Option<Window>,
}

impl X11 {
    /// Connects to the server of the environment.
    pub fn connect() -> anyhow::Result<Self> {
        let (x, screen) = x11rb::connect(None).context("connecting to the X server")?;
        let root = x.setup().roots[screen].root;
        // The server is told which version it talks to; its answer changes nothing.
        x.randr_query_version(1, 5)?.discard_reply_and_errors();
        let atoms = Atoms::new(&x)?.reply()?;
        Ok(Self {
            x: Arc::new(x),
            root,
            atoms,
            window: None,
        })
    }

    fn monitors(&self) -> anyhow::Result<Screen> {
        let x = &*self.x;
        let monitors = x.randr_get_monitors(self.root, true)?;
        let pointer = x.query_pointer(self.root)?;
        let all = x.get_geometry(self.root)?;
        let desktop = self.ask(self.root, self.atoms._NET_CURRENT_DESKTOP, 1)?;
        let work = self.ask(self.root, self.atoms._NET_WORKAREA, 4 * 64)?;

        let desktop = desktop.first().copied().unwrap_or(0);
        let work = areas(&work);
        let work = work.get(desktop as usize).or(work.first()).copied();
        let of_each = self.work_of_each_monitor(desktop)?;
        let of_each = areas(&of_each);
        let panels_leave = |area: Area| what_panels_leave(area, work, &of_each);

        let found = monitors.reply().map_or(Vec::new(), |reply| reply.monitors);
        let names = found
            .iter()
            .map(|monitor| x.get_atom_name(monitor.name))
            .collect::<Result<Vec<_>, _>>()?;
        let mut monitors = Vec::new();
        for (monitor, name) in found.iter().zip(names) {
            let (x, y) = (monitor.x.into(), monitor.y.into());
            let area = Area::new(x, y, monitor.width.into(), monitor.height.into());
            monitors.push(Monitor {
                name: String::from_utf8_lossy(&name.reply()?.name).into_owned(),
                primary: monitor.primary,
                area,
                work: panels_leave(area),
            });
        }
        if monitors.is_empty() {
            // A server that knows no monitors has one screen all the same.
            let all = all.reply()?;
            let area = Area::new(0, 0, all.width.into(), all.height.into());
            monitors.push(Monitor {
                name: "screen".to_owned(),
                primary: true,
                area,
                work: panels_leave(area),
            });
        }
        let pointer = pointer.reply()?;
        Ok(Screen {
            monitors,
            pointer: Some((pointer.root_x.into(), pointer.root_y.into())),
        })
    }

    /// Mutter tells what panels leave of each monitor; others know one area over all of them.
    fn work_of_each_monitor(&self, desktop: u32) -> anyhow::Result<Vec<u32>> {
        let name = format!("_GTK_WORKAREAS_D{desktop}");
        let atom = self.x.intern_atom(true, name.as_bytes())?.reply()?.atom;
        if atom == x11rb::NONE {
            return Ok(Vec::new());
        }
        self.ask(self.root, atom, 4 * 64)
    }

    /// The numbers of a property; none if it is not there.
    fn ask(&self, window: Window, property: Atom, most: u32) -> anyhow::Result<Vec<u32>> {
        let reply = self
            .x
            .get_property(false, window, property, AtomEnum::ANY, 0, most)?
            .reply()?;
        Ok(reply.value32().map(Iterator::collect).unwrap_or_default())
    }

    fn make_ready(&mut self, window: Window, first: &First) -> anyhow::Result<()> {
        self.window = Some(window);
        let x = &*self.x;
        let class = WmClass::get(x, window)?;
        let made = x.get_geometry(window)?;
        let hints = WmSizeHints::get_normal_hints(x, window)?;
        self.name_instance(window, class.reply()?)?;

        let mut hints = hints.reply()?.unwrap_or_default();
        hints.min_size = Some(first.smallest);
        if let Some(corner) = first.corner {
            let user = WmSizeHintsSpecification::UserSpecified;
            hints.position = Some((user, corner.0, corner.1));
            hints.size = Some((user, first.content.0, first.content.1));
            x.configure_window(window, &placed(corner, first.content))?;
        }
        hints.set_normal_hints(x, window)?;

        if first.quiet {
            self.set(
                window,
                self.atoms._NET_WM_USER_TIME,
                AtomEnum::CARDINAL,
                &[0],
            )?;
        }
        let full = first.full.then_some(self.atoms._NET_WM_STATE_FULLSCREEN);
        let above = first.above.then_some(self.atoms._NET_WM_STATE_ABOVE);
        let state: Vec<Atom> = full.into_iter().chain(above).collect();
        self.set(window, self.atoms._NET_WM_STATE, AtomEnum::ATOM, &state)?;
        let made = made.reply()?;
        if made.depth >= 24 {
            let [red, green, blue] = first.background;
            let pixel = u32::from_be_bytes([u8::MAX, red, green, blue]);
            let look = ChangeWindowAttributesAux::new().background_pixel(pixel);
            x.change_window_attributes(window, &look)?;
        }
        if (i32::from(made.width), i32::from(made.height)) == first.content {
            x.map_window(window)?;
        }
        // The toolkit speaks over a connection of its own: all this has to be there before.
        x.sync()?;
        Ok(())
    }

    /// The toolkit leaves the first half of the class empty.
    fn name_instance(&self, window: Window, class: Option<WmClass>) -> anyhow::Result<()> {
        let Some(class) = class.filter(|class| class.instance().is_empty()) else {
            return Ok(());
        };
        let mut both = format!("{}\0", env!("CARGO_PKG_NAME")).into_bytes();
        both.extend_from_slice(class.class());
        both.push(0);
        let (replace, name) = (PropMode::REPLACE, AtomEnum::WM_CLASS);
        self.x
            .change_property8(replace, window, name, AtomEnum::STRING, &both)?;
        Ok(())
    }

    fn set(
        &self,
        window: Window,
        property: Atom,
        kind: AtomEnum,
        numbers: &[u32],
    ) -> anyhow::Result<()> {
        let replace = PropMode::REPLACE;
        self.x
            .change_property32(replace, window, property, kind, numbers)?;
        Ok(())
    }

    fn measured(&self) -> anyhow::Result<Option<Standing>> {
        let Some(window) = self.window else {
            return Ok(None);
        };
        let geometry = self.x.get_geometry(window)?;
        let place = self.x.translate_coordinates(window, self.root, 0, 0)?;
        let frame = self.ask(window, self.atoms._NET_FRAME_EXTENTS, 4)?;
        let frame: Vec<i32> = frame.iter().map(|side| side.cast_signed()).collect();
        let [left, right, top, bottom] = <[i32; 4]>::try_from(frame).unwrap_or_default();
        let (geometry, place) = (geometry.reply()?, place.reply()?);
        let (width, height) = (geometry.width.into(), geometry.height.into());
        Ok(Some(Standing {
            outer: Area {
                x: i32::from(place.dst_x) - left,
                y: i32::from(place.dst_y) - top,
                width: width + left + right,
                height: height + top + bottom,
            },
            content: (width, height),
        }))
    }

    fn move_to(&self, corner: (i32, i32), content: (i32, i32)) -> anyhow::Result<()> {
        let Some(window) = self.window else {
            return Ok(());
        };
        self.x.configure_window(window, &placed(corner, content))?;
        self.x.flush()?;
        Ok(())
    }

    fn ask_for_full(&self, full: bool) -> anyhow::Result<()> {
        let Some(window) = self.window else {
            return Ok(());
        };
        let data = [
            u32::from(full),
            self.atoms._NET_WM_STATE_FULLSCREEN,
            0,
            1,
            0,
        ];
        let message = ClientMessageEvent::new(32, window, self.atoms._NET_WM_STATE, data);
        let receivers = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.x.send_event(false, self.root, receivers, message)?;
        self.x.flush()?;
        Ok(())
    }

    fn listen(&self, tell: Box<dyn Fn(Change) + Send>) -> anyhow::Result<()> {
        let properties = ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        let root = ChangeWindowAttributesAux::new()
            .event_mask(EventMask::PROPERTY_CHANGE | EventMask::STRUCTURE_NOTIFY);
        let hardware = randr::NotifyMask::SCREEN_CHANGE
            | randr::NotifyMask::CRTC_CHANGE
            | randr::NotifyMask::OUTPUT_CHANGE;
        self.x.change_window_attributes(self.root, &root)?;
        self.x.randr_select_input(self.root, hardware)?;
        if let Some(window) = self.window {
            self.x.change_window_attributes(window, &properties)?;
        }
        self.x.flush()?;
        let ear = Ear {
            x: Arc::clone(&self.x),
            root: self.root,
            atoms: self.atoms,
        };
        thread::Builder::new()
            .name("monitors".to_owned())
            .spawn(move || ear.listen(&tell))?;
        Ok(())
    }
}

impl Desk for X11 {
    fn screen(&self) -> Option<Screen> {
        said(self.monitors(), "asking for the monitors")
    }

    fn prepare(&mut self, window: &dyn HasWindowHandle, first: &First) {
        let id = match window.window_handle().map(|handle| handle.as_raw()) {
            Ok(RawWindowHandle::Xlib(handle)) => u32::try_from(handle.window).ok(),
            Ok(RawWindowHandle::Xcb(handle)) => Some(handle.window.get()),
            Ok(_) | Err(_) => None,
        };
        if let Some(id) = id {
            said(self.make_ready(id, first), "making the window ready");
        }
    }

    fn standing(&self) -> Option<Standing> {
        said(self.measured(), "measuring the window")?
    }

    fn put(&self, corner: (i32, i32), content: (i32, i32)) {
        said(self.move_to(corner, content), "moving the window");
    }

    fn full_screen(&self, full: bool) -> bool {
        self.window.is_some() && said(self.ask_for_full(full), "filling the screen").is_some()
    }

    fn watch(&self, tell: Box<dyn Fn(Change) + Send>) {
        said(self.listen(tell), "watching the monitors");
    }
}

/// The thread that hears what changes. It ends with the connection.
struct Ear {
    x: Arc<RustConnection>,
    root: Window,
    atoms: Atoms,
}

impl Ear {
    fn listen(&self, tell: &dyn Fn(Change)) {
        while let Ok(event) = self.x.wait_for_event() {
            if let Some(change) = self.meaning(&event) {
                tell(change);
            }
        }
    }

    fn meaning(&self, event: &Event) -> Option<Change> {
        match event {
            Event::RandrScreenChangeNotify(_) | Event::RandrNotify(_) => Some(Change::Screen),
            // Monitors that somebody has defined are announced only in this way.
            Event::ConfigureNotify(event) if event.window == self.root => Some(Change::Screen),
            Event::PropertyNotify(event) if event.window == self.root => {
                (event.atom == self.atoms._NET_WORKAREA).then_some(Change::Screen)
            }
            Event::PropertyNotify(event) if event.atom == self.atoms._NET_FRAME_EXTENTS => {
                Some(Change::Frame)
            }
            Event::PropertyNotify(event) if event.atom == self.atoms._NET_WM_STATE => {
                self.is_full(event.window).map(Change::Full)
            }
            _ => None,
        }
    }

    fn is_full(&self, window: Window) -> Option<bool> {
        let state = self.atoms._NET_WM_STATE;
        let asked = self
            .x
            .get_property(false, window, state, AtomEnum::ATOM, 0, 64);
        let reply = asked.ok()?.reply().ok()?;
        Some(
            reply.value32().is_some_and(|mut atoms| {
                atoms.any(|atom| atom == self.atoms._NET_WM_STATE_FULLSCREEN)
            }),
        )
    }
}

/// The position is that of the frame, the size that of the content.
fn placed((x, y): (i32, i32), (width, height): (i32, i32)) -> ConfigureWindowAux {
    ConfigureWindowAux::new()
        .x(x)
        .y(y)
        .width(width.max(1).unsigned_abs())
        .height(height.max(1).unsigned_abs())
}

/// A monitor without its panels, from what the window manager says of the screen or of each
/// monitor. What makes no sense is not believed.
fn what_panels_leave(monitor: Area, screen: Option<Area>, of_each: &[Area]) -> Area {
    let of_this = of_each
        .iter()
        .map(|work| work.common(monitor))
        .max_by_key(|work| work.pixels());
    let work = of_this.or(screen).map(|work| work.common(monitor));
    // Panels do not take half of a monitor. What says so was meant for another one.
    work.filter(|work| work.pixels() * 2 > monitor.pixels())
        .unwrap_or(monitor)
}

fn areas(numbers: &[u32]) -> Vec<Area> {
    numbers
        .chunks_exact(4)
        .map(|four| {
            let [x, y, width, height] = [0, 1, 2, 3].map(|i| four[i].cast_signed());
            Area::new(x, y, width, height)
        })
        .collect()
}

fn said<T>(done: anyhow::Result<T>, doing: &str) -> Option<T> {
    done.map_err(|error| log::warn!("{doing}: {error:#}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAPTOP: Area = Area {
        x: 0,
        y: 0,
        width: 1280,
        height: 800,
    };

    #[test]
    fn panels_are_left_out_of_the_monitor_on_which_they_are() {
        let screen = Area::new(0, 30, 3200, 1050);
        assert_eq!(
            what_panels_leave(LAPTOP, Some(screen), &[]),
            Area::new(0, 30, 1280, 770)
        );
        let of_each = [Area::new(1280, 0, 1920, 1080), Area::new(64, 0, 1216, 800)];
        assert_eq!(
            what_panels_leave(LAPTOP, Some(screen), &of_each),
            of_each[1],
            "what is said of the monitor itself counts more"
        );
    }

    #[test]
    fn nonsense_about_panels_leaves_the_monitor_whole() {
        for nonsense in [
            None,
            Some(Area::default()),
            Some(Area::new(1280, 0, 1920, 1080)),
            Some(Area::new(0, 0, 1280, 300)),
        ] {
            assert_eq!(what_panels_leave(LAPTOP, nonsense, &[]), LAPTOP);
        }
    }
}
