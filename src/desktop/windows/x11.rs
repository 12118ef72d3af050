//! Windows on an X server, as its window manager tells of them (EWMH).

use std::os::fd::{AsFd as _, BorrowedFd};

use x11rb::{
    atom_manager,
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            Atom, AtomEnum, ChangeWindowAttributesAux, ConnectionExt as _, EventMask, Window,
        },
    },
    rust_connection::RustConnection,
};

use super::{Eye, Program, Seen, Sight};

/// The window is shown on all desktops.
const EVERYWHERE: u32 = u32::MAX;

atom_manager! {
    Atoms: AtomsCookie {
        _NET_ACTIVE_WINDOW,
        _NET_CLIENT_LIST_STACKING,
        _NET_CURRENT_DESKTOP,
        _NET_SUPPORTING_WM_CHECK,
        _NET_WM_DESKTOP,
        _NET_WM_PID,
        _NET_WM_STATE,
        _NET_WM_STATE_FULLSCREEN,
        _NET_WM_STATE_HIDDEN,
        _NET_WM_STATE_SKIP_TASKBAR,
    }
}

/// A connection to the X server.
pub struct X11 {
    x: RustConnection,
    root: Window,
    atoms: Atoms,
}

/// Where a window lies, in pixels of the screen.
#[derive(Clone, Copy)]
struct Place {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl X11 {
    /// Connects to this display; without a name, to that of the environment.
    pub fn connect(display: Option<&str>) -> anyhow::Result<Self> {
        let (x, screen) = x11rb::connect(display)?;
        let atoms = Atoms::new(&x)?.reply()?;
        let root = x.setup().roots[screen].root;
        let this = Self { x, root, atoms };
        this.listen(root)?;
        Ok(this)
    }

    fn listen(&self, window: Window) -> anyhow::Result<()> {
        let events = ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        // A window that is gone by now is an error that nobody waits for.
        self.x.change_window_attributes(window, &events)?;
        Ok(())
    }

    /// The windows that fill a screen and can be seen.
    fn full(&self) -> anyhow::Result<Vec<Program>> {
        let desktop = self.numbers(self.root, self.atoms._NET_CURRENT_DESKTOP)?;
        let (mut above, mut full): (Vec<Place>, Vec<Program>) = (Vec::new(), Vec::new());
        let windows = self.numbers(self.root, self.atoms._NET_CLIENT_LIST_STACKING)?;
        // From the top: what lies above a window is known when its turn comes.
        for window in windows.into_iter().rev() {
            self.listen(window)?;
            let state = self.numbers(window, self.atoms._NET_WM_STATE)?;
            let on = self.numbers(window, self.atoms._NET_WM_DESKTOP)?;
            let elsewhere =
                on.first() != desktop.first() && on.first().is_some_and(|on| *on != EVERYWHERE);
            if elsewhere || state.contains(&self.atoms._NET_WM_STATE_HIDDEN) {
                continue;
            }
            let Some(place) = self.place(window)? else {
                continue;
            };
            if state.contains(&self.atoms._NET_WM_STATE_FULLSCREEN)
                && !above.iter().any(|other| other.covers_most_of(place))
            {
                full.push(self.program(window)?);
            }
            above.push(place);
        }
        Ok(full)
    }

    fn front(&self) -> anyhow::Result<Option<Program>> {
        let active = self.numbers(self.root, self.atoms._NET_ACTIVE_WINDOW)?;
        match active.first() {
            None | Some(&x11rb::NONE) => Ok(None),
            Some(window) => self.program(*window).map(Some),
        }
    }

    /// Whose window it is: the two names in its class, and its process.
    fn program(&self, window: Window) -> anyhow::Result<Program> {
        let asked =
            (self.x).get_property(false, window, AtomEnum::WM_CLASS, AtomEnum::STRING, 0, 1024)?;
        let names = asked.reply().map(|reply| reply.value).unwrap_or_default();
        let names = String::from_utf8_lossy(&names);
        let names = names.split('\0').filter(|name| !name.is_empty());
        Ok(Program {
            names: names.map(str::to_owned).collect(),
            pid: (self.numbers(window, self.atoms._NET_WM_PID)?)
                .first()
                .copied(),
        })
    }

    /// A property made of numbers; empty where a window has none, or is gone.
    fn numbers(&self, window: Window, property: Atom) -> anyhow::Result<Vec<u32>> {
        let asked = (self.x).get_property(false, window, property, AtomEnum::ANY, 0, 4096)?;
        let Ok(reply) = asked.reply() else {
            return Ok(Vec::new());
        };
        Ok(reply.value32().map(Iterator::collect).unwrap_or_default())
    }

    fn place(&self, window: Window) -> anyhow::Result<Option<Place>> {
        let size = self.x.get_geometry(window)?;
        let corner = self.x.translate_coordinates(window, self.root, 0, 0)?;
        let (Ok(size), Ok(corner)) = (size.reply(), corner.reply()) else {
            return Ok(None);
        };
        let (left, top) = (i32::from(corner.dst_x), i32::from(corner.dst_y));
        Ok(Some(Place {
            left,
            top,
            right: left + i32::from(size.width),
            bottom: top + i32::from(size.height),
        }))
    }
}

impl Eye for X11 {
    fn by(&self) -> &'static str {
        "X11"
    }

    fn news(&self) -> BorrowedFd<'_> {
        self.x.stream().as_fd()
    }

    fn take_news(&mut self) -> anyhow::Result<bool> {
        self.x.flush()?;
        let mut worth_a_look = false;
        while let Some(event) = self.x.poll_for_event()? {
            if let Event::PropertyNotify(change) = event {
                worth_a_look |= [
                    self.atoms._NET_ACTIVE_WINDOW,
                    self.atoms._NET_CLIENT_LIST_STACKING,
                    self.atoms._NET_CURRENT_DESKTOP,
                    self.atoms._NET_SUPPORTING_WM_CHECK,
                    self.atoms._NET_WM_DESKTOP,
                    self.atoms._NET_WM_STATE,
                ]
                .contains(&change.atom);
            }
        }
        Ok(worth_a_look)
    }

    fn look(&mut self) -> anyhow::Result<Sight> {
        let manager = self.numbers(self.root, self.atoms._NET_SUPPORTING_WM_CHECK)?;
        if manager.is_empty() {
            return Ok(Sight::Nobody);
        }
        let mut full = self.full()?;
        full.retain(|program| !program.is_ours());
        let front = self.front()?.filter(|program| !program.is_ours());
        self.x.flush()?;
        Ok(Sight::Windows(Seen { front, full }))
    }

    fn programs(&mut self) -> anyhow::Result<Vec<Program>> {
        let windows = self.numbers(self.root, self.atoms._NET_CLIENT_LIST_STACKING)?;
        let mut programs = Vec::new();
        for window in windows {
            // Panels and the like are no programs that anybody has opened.
            let state = self.numbers(window, self.atoms._NET_WM_STATE)?;
            if !state.contains(&self.atoms._NET_WM_STATE_SKIP_TASKBAR) {
                programs.push(self.program(window)?);
            }
        }
        programs.retain(|program| !program.is_ours());
        Ok(programs)
    }
}

impl Place {
    /// Whether whoever looks at this window sees little of the other one.
    fn covers_most_of(self, other: Self) -> bool {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        2 * i64::from(width.max(0)) * i64::from(height.max(0)) > other.area()
    }

    fn area(self) -> i64 {
        i64::from(self.right - self.left) * i64::from(self.bottom - self.top)
    }
}
