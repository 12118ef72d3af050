//! A program with a window on Wayland: a film, an editor, whatever the test calls it.

use std::{
    os::{fd::AsFd as _, unix::net::UnixStream},
    path::Path,
    sync::mpsc::{Receiver, Sender, channel},
    thread::JoinHandle,
};

use rustix::fs::{MemfdFlags, ftruncate, memfd_create};
use wayland_client::{
    Connection, Dispatch, EventQueue, QueueHandle, delegate_noop,
    globals::{GlobalListContents, registry_queue_init},
    protocol::{
        wl_buffer::WlBuffer,
        wl_callback::{self, WlCallback},
        wl_compositor::WlCompositor,
        wl_registry::{self, WlRegistry},
        wl_shm::{self, WlShm},
        wl_shm_pool::WlShmPool,
        wl_surface::WlSurface,
    },
};
use wayland_protocols::xdg::{
    activation::v1::client::{
        xdg_activation_token_v1::{self, XdgActivationTokenV1},
        xdg_activation_v1::XdgActivationV1,
    },
    shell::client::{
        xdg_surface::{self, XdgSurface},
        xdg_toplevel::{self, XdgToplevel},
        xdg_wm_base::{self, XdgWmBase},
    },
};

/// Edge of the picture, in pixels; a compositor fills up what is left of the screen.
const EDGE: i32 = 64;

/// A window, closed with this value.
pub struct Film {
    connection: Connection,
    queue: QueueHandle<Played>,
    surface: WlSurface,
    role: XdgSurface,
    window: XdgToplevel,
    activation: XdgActivationV1,
    thread: Option<JoinHandle<()>>,
    tokens: Receiver<String>,
}

/// What the compositor has told.
struct Played {
    surface: WlSurface,
    buffer: WlBuffer,
    shown: bool,
    over: bool,
    tokens: Sender<String>,
}

impl Film {
    /// Opens a window with this app id; the compositor has shown it when this returns.
    pub fn open(display: &Path, app_id: &str) -> Self {
        let there = "the compositor of the test is there";
        let socket = UnixStream::connect(display).expect(there);
        let connection = Connection::from_socket(socket).expect(there);
        let (globals, mut events) = registry_queue_init::<Played>(&connection).expect(there);
        let queue = events.handle();
        let compositor: WlCompositor = globals.bind(&queue, 1..=4, ()).expect(there);
        let shell: XdgWmBase = globals.bind(&queue, 1..=1, ()).expect(there);
        let shm: WlShm = globals.bind(&queue, 1..=1, ()).expect(there);
        let activation: XdgActivationV1 = globals.bind(&queue, 1..=1, ()).expect(there);

        let surface = compositor.create_surface(&queue, ());
        let role = shell.get_xdg_surface(&surface, &queue, ());
        let window = role.get_toplevel(&queue, ());
        window.set_app_id(app_id.to_owned());
        window.set_title("A film".to_owned());
        surface.commit();
        let (sender, tokens) = channel();
        let mut played = Played {
            buffer: grey(&shm, &queue),
            surface: surface.clone(),
            shown: false,
            over: false,
            tokens: sender,
        };
        while !played.shown {
            events.blocking_dispatch(&mut played).expect(there);
        }
        events.roundtrip(&mut played).expect(there);
        Self {
            connection,
            queue,
            surface,
            role,
            window,
            activation,
            thread: Some(std::thread::spawn(move || play(&mut events, &mut played))),
            tokens,
        }
    }

    /// Asks to fill the screen, or to be a window again.
    pub fn fill_screen(&self, on: bool) {
        match on {
            true => self.window.set_fullscreen(None),
            false => self.window.unset_fullscreen(),
        }
        self.flush();
    }

    /// Gives it another title.
    pub fn call_it(&self, title: &str) {
        self.window.set_title(title.to_owned());
        self.flush();
    }

    /// A token that lets another program take the focus, as a program hands it over.
    pub fn token(&self) -> String {
        let token = self.activation.get_activation_token(&self.queue, ());
        token.set_surface(&self.surface);
        token.commit();
        self.flush();
        let patience = super::PATIENCE;
        (self.tokens.recv_timeout(patience)).expect("the compositor gives a token")
    }

    fn flush(&self) {
        // A compositor that is gone takes the window with it.
        self.connection.flush().ok();
    }
}

impl Drop for Film {
    fn drop(&mut self) {
        self.window.destroy();
        self.role.destroy();
        self.surface.destroy();
        self.connection.display().sync(&self.queue, ());
        self.flush();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// Answers the compositor until the window is closed, or the compositor is gone.
fn play(events: &mut EventQueue<Played>, played: &mut Played) {
    while !played.over && events.blocking_dispatch(played).is_ok() {}
}

/// A grey picture.
fn grey(shm: &WlShm, queue: &QueueHandle<Played>) -> WlBuffer {
    let size = EDGE * EDGE * 4;
    let memory = memfd_create("film", MemfdFlags::CLOEXEC).expect("there is memory");
    ftruncate(&memory, u64::from(size.unsigned_abs())).expect("there is memory");
    let pool = shm.create_pool(memory.as_fd(), size, queue, ());
    pool.create_buffer(0, EDGE, EDGE, EDGE * 4, wl_shm::Format::Xrgb8888, queue, ())
}

impl Dispatch<XdgSurface, ()> for Played {
    fn event(
        played: &mut Self,
        role: &XdgSurface,
        event: xdg_surface::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if let xdg_surface::Event::Configure { serial } = event {
            role.ack_configure(serial);
            played.surface.attach(Some(&played.buffer), 0, 0);
            played.surface.commit();
            played.shown = true;
        }
    }
}

impl Dispatch<XdgWmBase, ()> for Played {
    fn event(
        _: &mut Self,
        shell: &XdgWmBase,
        event: xdg_wm_base::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if let xdg_wm_base::Event::Ping { serial } = event {
            shell.pong(serial);
        }
    }
}

impl Dispatch<XdgToplevel, ()> for Played {
    fn event(
        played: &mut Self,
        _: &XdgToplevel,
        event: xdg_toplevel::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        played.over |= matches!(event, xdg_toplevel::Event::Close);
    }
}

impl Dispatch<WlCallback, ()> for Played {
    fn event(
        played: &mut Self,
        _: &WlCallback,
        event: wl_callback::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        played.over |= matches!(event, wl_callback::Event::Done { .. });
    }
}

impl Dispatch<XdgActivationTokenV1, ()> for Played {
    fn event(
        played: &mut Self,
        token: &XdgActivationTokenV1,
        event: xdg_activation_token_v1::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if let xdg_activation_token_v1::Event::Done { token: text } = event {
            token.destroy();
            played.tokens.send(text).ok();
        }
    }
}

impl Dispatch<WlRegistry, GlobalListContents> for Played {
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

delegate_noop!(Played: WlCompositor);
delegate_noop!(Played: WlShmPool);
delegate_noop!(Played: XdgActivationV1);
delegate_noop!(Played: ignore WlShm);
delegate_noop!(Played: ignore WlBuffer);
delegate_noop!(Played: ignore WlSurface);
