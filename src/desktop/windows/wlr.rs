//! Windows on compositors that tell of them with `zwlr_foreign_toplevel_management_v1`: sway,
//! Hyprland, niri, labwc, Wayfire, COSMIC.
//!
//! The protocol says which window is active and which fills an output, not which workspace is
//! shown. So a full-screen window counts while it is active; and while the active window lies on
//! another output, unless a window on its own output was active after it and thus covers it.

use std::{
    os::{
        fd::{AsFd as _, BorrowedFd},
        unix::net::UnixStream,
    },
    path::Path,
};

use anyhow::Context as _;
use wayland_client::{
    Connection, Dispatch, EventQueue, Proxy as _, QueueHandle,
    backend::WaylandError,
    delegate_noop, event_created_child,
    protocol::{
        wl_callback::{self, WlCallback},
        wl_output::WlOutput,
        wl_registry::{self, WlRegistry},
    },
};
use wayland_protocols_wlr::foreign_toplevel::v1::client::{
    zwlr_foreign_toplevel_handle_v1::{self as handle, ZwlrForeignToplevelHandleV1 as Handle},
    zwlr_foreign_toplevel_manager_v1::{self as manager, ZwlrForeignToplevelManagerV1 as Manager},
};

use super::{Eye, Program, Seen, Sight};

/// The newest version of the protocol that is understood here.
const NEWEST: u32 = 3;

/// A connection to the compositor.
pub struct Wlr {
    connection: Connection,
    queue: EventQueue<Told>,
    told: Told,
}

/// How much of the beginning has been told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// What the compositor offers is on its way.
    Offers,
    /// … then the windows that there are.
    Windows,
    /// … then only what changes.
    Changes,
    /// It does not tell of windows, or does so no more.
    Nobody,
}

/// What the compositor has told.
struct Told {
    stage: Stage,
    manager: Option<Manager>,
    toplevels: Vec<Toplevel>,
    /// How often a window became the active one.
    turns: u64,
    changed: bool,
}

struct Toplevel {
    handle: Handle,
    /// As it is …
    now: State,
    /// … and as it will be when everything about a change has been told.
    next: State,
    /// When it was last the active window, counted in turns.
    turn: u64,
}

#[derive(Clone, Default, PartialEq)]
struct State {
    app_id: String,
    active: bool,
    full: bool,
    minimized: bool,
    outputs: Vec<WlOutput>,
}

impl Wlr {
    /// Connects to the compositor behind this socket.
    pub fn connect(socket: &Path) -> anyhow::Result<Self> {
        let stream = UnixStream::connect(socket).context("connecting to the compositor")?;
        let connection = Connection::from_socket(stream)?;
        let queue = connection.new_event_queue();
        let display = connection.display();
        display.get_registry(&queue.handle(), ());
        display.sync(&queue.handle(), ());
        connection.flush()?;
        Ok(Self {
            connection,
            queue,
            told: Told {
                stage: Stage::Offers,
                manager: None,
                toplevels: Vec::new(),
                turns: 0,
                changed: false,
            },
        })
    }

    /// Reads what there is to read, without waiting.
    fn read(&mut self) -> anyhow::Result<()> {
        while let Some(guard) = self.queue.prepare_read() {
            match guard.read() {
                Ok(0) => break,
                Ok(_) => {}
                Err(WaylandError::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    break;
                }
                Err(error) => return Err(error).context("reading from the compositor"),
            }
            self.queue.dispatch_pending(&mut self.told)?;
        }
        self.queue.dispatch_pending(&mut self.told)?;
        Ok(())
    }
}

impl Eye for Wlr {
    fn by(&self) -> &'static str {
        "Wayland"
    }

    fn news(&self) -> BorrowedFd<'_> {
        self.connection.as_fd()
    }

    fn take_news(&mut self) -> anyhow::Result<bool> {
        self.read()?;
        match self.connection.flush() {
            Err(WaylandError::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            flushed => flushed.context("writing to the compositor")?,
        }
        Ok(std::mem::take(&mut self.told.changed))
    }

    fn look(&mut self) -> anyhow::Result<Sight> {
        Ok(match self.told.stage {
            Stage::Offers | Stage::Windows => Sight::NotYet,
            Stage::Nobody => Sight::Nobody,
            Stage::Changes => Sight::Windows(self.told.seen()),
        })
    }

    fn programs(&mut self) -> anyhow::Result<Vec<Program>> {
        let programs = self.told.toplevels.iter().map(Toplevel::program);
        Ok(programs.filter(|program| !program.is_ours()).collect())
    }
}

impl Told {
    fn seen(&self) -> Seen {
        let mut active = self.toplevels.iter().filter(|window| window.now.active);
        let full = (self.toplevels.iter())
            .filter(|window| self.is_in_view(window))
            .map(Toplevel::program)
            .filter(|program| !program.is_ours());
        Seen {
            full: full.collect(),
            front: (active.next())
                .map(Toplevel::program)
                .filter(|program| !program.is_ours()),
        }
    }

    /// Whether it fills an output and can be seen there.
    fn is_in_view(&self, window: &Toplevel) -> bool {
        let State {
            full, minimized, ..
        } = window.now;
        if !full || minimized {
            return false;
        }
        window.now.active || (self.another_output_is_active(window) && !self.is_covered(window))
    }

    fn another_output_is_active(&self, window: &Toplevel) -> bool {
        let mut active = self.toplevels.iter().filter(|other| other.now.active);
        active.next().is_some_and(|active| {
            let known = !active.now.outputs.is_empty() && !window.now.outputs.is_empty();
            known && !active.shares_output(window)
        })
    }

    fn is_covered(&self, window: &Toplevel) -> bool {
        let later = self
            .toplevels
            .iter()
            .filter(|other| other.turn > window.turn);
        later
            .filter(|other| !other.now.minimized)
            .any(|other| other.shares_output(window))
    }

    fn toplevel(&mut self, handle: &Handle) -> Option<&mut Toplevel> {
        (self.toplevels.iter_mut()).find(|window| window.handle == *handle)
    }

    /// Everything about a change of this window has been told.
    fn settle(&mut self, handle: &Handle) {
        let turn = self.turns + 1;
        let Some(window) = self.toplevel(handle) else {
            return;
        };
        if window.now == window.next {
            return;
        }
        let becomes_active = window.next.active && !window.now.active;
        window.now = window.next.clone();
        if becomes_active {
            window.turn = turn;
            self.turns = turn;
        }
        // What is told in the beginning is looked at as a whole.
        self.changed |= self.stage == Stage::Changes;
    }
}

impl Toplevel {
    fn program(&self) -> Program {
        let names = Some(self.now.app_id.clone()).filter(|name| !name.is_empty());
        Program {
            names: names.into_iter().collect(),
            pid: None,
        }
    }

    fn shares_output(&self, other: &Self) -> bool {
        let theirs = &other.now.outputs;
        self.now
            .outputs
            .iter()
            .any(|output| theirs.contains(output))
    }
}

impl Dispatch<WlRegistry, ()> for Told {
    fn event(
        told: &mut Self,
        registry: &WlRegistry,
        event: wl_registry::Event,
        (): &(),
        _: &Connection,
        queue: &QueueHandle<Self>,
    ) {
        let wl_registry::Event::Global {
            name,
            interface,
            version,
        } = event
        else {
            return;
        };
        if interface == Manager::interface().name {
            told.manager = Some(registry.bind(name, version.min(NEWEST), queue, ()));
        } else if interface == WlOutput::interface().name {
            // Windows are told to be on those outputs only that somebody has asked for.
            registry.bind::<WlOutput, _, _>(name, 1, queue, ());
        }
    }
}

impl Dispatch<WlCallback, ()> for Told {
    fn event(
        told: &mut Self,
        _: &WlCallback,
        event: wl_callback::Event,
        (): &(),
        connection: &Connection,
        queue: &QueueHandle<Self>,
    ) {
        if !matches!(event, wl_callback::Event::Done { .. }) {
            return;
        }
        told.stage = match (told.stage, &told.manager) {
            (Stage::Offers, None) => Stage::Nobody,
            (Stage::Offers, Some(_)) => {
                connection.display().sync(queue, ());
                Stage::Windows
            }
            (Stage::Windows, _) => Stage::Changes,
            (stage @ (Stage::Changes | Stage::Nobody), _) => stage,
        };
        told.changed |= matches!(told.stage, Stage::Changes | Stage::Nobody);
    }
}

impl Dispatch<Manager, ()> for Told {
    fn event(
        told: &mut Self,
        _: &Manager,
        event: manager::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        match event {
            manager::Event::Toplevel { toplevel } => told.toplevels.push(Toplevel {
                handle: toplevel,
                now: State::default(),
                next: State::default(),
                turn: 0,
            }),
            manager::Event::Finished => {
                told.stage = Stage::Nobody;
                told.changed = true;
            }
            _ => {}
        }
    }

    event_created_child!(Told, Manager, [
        manager::EVT_TOPLEVEL_OPCODE => (Handle, ()),
    ]);
}

impl Dispatch<Handle, ()> for Told {
    fn event(
        told: &mut Self,
        handle: &Handle,
        event: handle::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if matches!(event, handle::Event::Closed) {
            told.toplevels.retain(|window| window.handle != *handle);
            handle.destroy();
            told.changed |= told.stage == Stage::Changes;
            return;
        }
        if matches!(event, handle::Event::Done) {
            told.settle(handle);
            return;
        }
        let Some(next) = told.toplevel(handle).map(|window| &mut window.next) else {
            return;
        };
        match event {
            handle::Event::AppId { app_id } => next.app_id = app_id,
            handle::Event::OutputEnter { output } => next.outputs.push(output),
            handle::Event::OutputLeave { output } => next.outputs.retain(|other| *other != output),
            handle::Event::State { state } => {
                let is = |meant: handle::State| {
                    let mut states = state.chunks_exact(4);
                    states.any(|state| state == u32::from(meant).to_ne_bytes())
                };
                next.active = is(handle::State::Activated);
                next.full = is(handle::State::Fullscreen);
                next.minimized = is(handle::State::Minimized);
            }
            _ => {}
        }
    }
}

delegate_noop!(Told: ignore WlOutput);
