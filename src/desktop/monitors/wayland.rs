//! Wayland: the compositor places windows. All that a program can do is to name a monitor that a
//! window fills, so all that is asked here is what the monitors are called.

use anyhow::Context as _;
use raw_window_handle::HasWindowHandle;
use wayland_client::{
    Connection, Dispatch, Proxy as _, QueueHandle, WEnum,
    protocol::{
        wl_output::{self, WlOutput},
        wl_registry::{self, WlRegistry},
    },
};

use crate::window::{
    desk::{Change, Desk, First, Standing},
    screen::{Area, Monitor, Screen},
};

/// Since this version outputs have names.
const NAMED: u32 = 4;

/// The compositor of the environment.
pub struct Wayland;

/// What the compositor has told so far.
#[derive(Default)]
struct Told {
    monitors: Vec<(WlOutput, Monitor)>,
}

fn ask() -> anyhow::Result<Vec<Monitor>> {
    let connection = Connection::connect_to_env().context("connecting to the compositor")?;
    let mut queue = connection.new_event_queue();
    let mut told = Told::default();
    connection.display().get_registry(&queue.handle(), ());
    // First it tells what there is, then about each output.
    queue.roundtrip(&mut told)?;
    queue.roundtrip(&mut told)?;
    Ok(told.monitors.into_iter().map(|(_, told)| told).collect())
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
        if let wl_registry::Event::Global {
            name,
            interface,
            version,
        } = event
            && interface == WlOutput::interface().name
        {
            let output = registry.bind(name, version.min(NAMED), queue, ());
            let nothing_yet = Monitor {
                name: String::new(),
                primary: false,
                area: Area::default(),
                work: Area::default(),
            };
            told.monitors.push((output, nothing_yet));
        }
    }
}

impl Dispatch<WlOutput, ()> for Told {
    fn event(
        told: &mut Self,
        output: &WlOutput,
        event: wl_output::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        let Some((_, monitor)) = told.monitors.iter_mut().find(|(of, _)| of == output) else {
            return;
        };
        match event {
            wl_output::Event::Name { name } => monitor.name = name,
            wl_output::Event::Geometry { x, y, .. } => {
                (monitor.area.x, monitor.area.y) = (x, y);
            }
            wl_output::Event::Mode {
                flags: WEnum::Value(flags),
                width,
                height,
                ..
            } if flags.contains(wl_output::Mode::Current) => {
                (monitor.area.width, monitor.area.height) = (width, height);
            }
            _ => {}
        }
        monitor.work = monitor.area;
    }
}

impl Desk for Wayland {
    fn screen(&self) -> Option<Screen> {
        None
    }

    fn monitors(&self) -> Option<Vec<Monitor>> {
        // A connection that was handed over is the toolkit's, and there is no second one.
        if std::env::var_os("WAYLAND_SOCKET").is_some() {
            return None;
        }
        ask()
            .map_err(|error| log::warn!("the monitors are not known: {error:#}"))
            .ok()
    }

    fn prepare(&mut self, _window: &dyn HasWindowHandle, _first: &First) {}

    fn standing(&self) -> Option<Standing> {
        None
    }

    fn put(&self, _corner: (i32, i32), _content: (i32, i32)) {}

    fn full_screen(&self, _full: bool) -> bool {
        false
    }

    fn watch(&self, _tell: Box<dyn Fn(Change) + Send>) {}
}
