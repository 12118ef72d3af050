//! Full-screen windows on an X server, as its window manager tells of them (EWMH).

use std::{os::fd::AsFd as _, time::Duration};

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

use crate::desktop::{
    inbox::Post,
    sense::{
        Report, Why, Word,
        on_thread::{OnThread, Stop},
    },
};

/// Whose word it is.
const BY: &str = "X11";

/// Our own window may fill the screen too, and is no reason to wait.
const OURS: &str = "org.unhunch.Unhunch";

/// Windows that come and go all the time are looked at no more often than this.
const CALM: Duration = Duration::from_millis(100);

/// The window is shown on all desktops.
const EVERYWHERE: u32 = u32::MAX;

/// The sensor for a display; without a name, for that of the environment.
#[must_use]
pub fn sensor(display: Option<String>, post: &Post<Word>) -> OnThread {
    OnThread::new(BY, post, move |stop, report| {
        watch(display.as_deref(), stop, report)
    })
}

atom_manager! {
    Atoms: AtomsCookie {
        _NET_CLIENT_LIST_STACKING,
        _NET_CURRENT_DESKTOP,
        _NET_SUPPORTING_WM_CHECK,
        _NET_WM_DESKTOP,
        _NET_WM_STATE,
        _NET_WM_STATE_FULLSCREEN,
        _NET_WM_STATE_HIDDEN,
    }
}

fn watch(display: Option<&str>, stop: &Stop, report: &mut Report) -> anyhow::Result<()> {
    let (x, screen) = x11rb::connect(display)?;
    let atoms = Atoms::new(&x)?.reply()?;
    let root = x.setup().roots[screen].root;
    let desk = Desk { x, root, atoms };
    desk.listen(root)?;
    loop {
        report.say(desk.look()?);
        loop {
            desk.x.flush()?;
            if !stop.wait_for(desk.x.stream().as_fd()) {
                return Ok(());
            }
            if desk.take_events()? {
                break;
            }
        }
        if !stop.sit_out(CALM) {
            return Ok(());
        }
        desk.take_events()?;
    }
}

struct Desk {
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

impl Desk {
    fn listen(&self, window: Window) -> anyhow::Result<()> {
        let events = ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        // A window that is gone by now is an error that nobody waits for.
        self.x.change_window_attributes(window, &events)?;
        Ok(())
    }

    /// Takes everything that has come in; whether there was anything worth a look.
    fn take_events(&self) -> anyhow::Result<bool> {
        let mut worth_a_look = false;
        while let Some(event) = self.x.poll_for_event()? {
            if let Event::PropertyNotify(change) = event {
                worth_a_look |= [
                    self.atoms._NET_CLIENT_LIST_STACKING,
                    self.atoms._NET_CURRENT_DESKTOP,
                    self.atoms._NET_WM_DESKTOP,
                    self.atoms._NET_WM_STATE,
                ]
                .contains(&change.atom);
            }
        }
        Ok(worth_a_look)
    }

    fn look(&self) -> anyhow::Result<Word> {
        let manager = self.numbers(self.root, self.atoms._NET_SUPPORTING_WM_CHECK)?;
        if manager.is_empty() {
            return Ok(Word::unknown(BY, Why::NobodyToAsk));
        }
        let desktop = self.numbers(self.root, self.atoms._NET_CURRENT_DESKTOP)?;
        let mut above: Vec<Place> = Vec::new();
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
                let class = self.class(window)?;
                if class != OURS {
                    return Ok(Word::known(true, BY, Why::Programs(vec![class])));
                }
            }
            above.push(place);
        }
        Ok(Word::known(false, BY, Why::Told))
    }

    /// A property made of numbers; empty where a window has none, or is gone.
    fn numbers(&self, window: Window, property: Atom) -> anyhow::Result<Vec<u32>> {
        let asked = (self.x).get_property(false, window, property, AtomEnum::ANY, 0, 4096)?;
        let Ok(reply) = asked.reply() else {
            return Ok(Vec::new());
        };
        Ok(reply.value32().map(Iterator::collect).unwrap_or_default())
    }

    /// The name of the program: the second of the two that stand in its class.
    fn class(&self, window: Window) -> anyhow::Result<String> {
        let asked =
            (self.x).get_property(false, window, AtomEnum::WM_CLASS, AtomEnum::STRING, 0, 1024)?;
        let names = asked.reply().map(|reply| reply.value).unwrap_or_default();
        let names = String::from_utf8_lossy(&names);
        let name = names.split('\0').rfind(|name| !name.is_empty());
        Ok(name.unwrap_or_default().to_owned())
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
