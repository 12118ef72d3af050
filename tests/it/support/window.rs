//! A window as the X server and its window manager see it.

use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask,
            MapState, PropMode, Window as Id, WindowClass,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

/// What is known of a window at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its number on the X server.
    pub id: Id,
    /// What its title bar says.
    pub title: String,
    /// The class of the program, as in `WM_CLASS`.
    pub class: String,
    /// The process that opened it, where it says so.
    pub pid: Option<u32>,
    /// Whether it is on the screen.
    pub visible: bool,
    /// Left edge of its content on the screen, in pixels.
    pub x: i32,
    /// Upper edge of its content on the screen, in pixels.
    pub y: i32,
    /// Width of its content, in pixels.
    pub width: u32,
    /// Height of its content, in pixels.
    pub height: u32,
}

/// Every window with a title or a class, from the bottom to the top.
pub fn windows(x: &RustConnection, root: Id) -> Vec<Window> {
    let mut found = Vec::new();
    collect(x, root, root, &mut found);
    found
}

/// The number that the X server gives to this name.
pub fn atom(x: &RustConnection, name: &str) -> Atom {
    x.intern_atom(false, name.as_bytes())
        .ok()
        .and_then(|cookie| cookie.reply().ok())
        .map_or(x11rb::NONE, |reply| reply.atom)
}

/// The first number of a property that holds numbers.
pub fn number(x: &RustConnection, window: Id, property: &str) -> Option<u32> {
    let property = atom(x, property);
    let reply = x
        .get_property(false, window, property, AtomEnum::ANY, 0, 1)
        .ok()?
        .reply()
        .ok()?;
    reply.value32()?.next()
}

/// All numbers of a property that holds numbers.
pub fn numbers(x: &RustConnection, window: Id, property: &str) -> Vec<u32> {
    let property = atom(x, property);
    x.get_property(false, window, property, AtomEnum::ANY, 0, u32::MAX / 4)
        .ok()
        .and_then(|cookie| cookie.reply().ok())
        .and_then(|reply| Some(reply.value32()?.collect()))
        .unwrap_or_default()
}

/// Opens a panel over the whole width of the screen at its lower edge.
pub fn panel(x: &RustConnection, height: u16) -> anyhow::Result<()> {
    let screen = &x.setup().roots[0];
    let (wide, high) = (screen.width_in_pixels, screen.height_in_pixels);
    let id = x.generate_id()?;
    let look = CreateWindowAux::new().background_pixel(screen.white_pixel);
    let (class, top) = (WindowClass::INPUT_OUTPUT, i16::try_from(high - height)?);
    x.create_window(0, id, screen.root, 0, top, wide, height, 0, class, 0, &look)?;
    let kind = atom(x, "_NET_WM_WINDOW_TYPE_DOCK");
    let (left, right, above) = (0, 0, 0);
    let strut = [left, right, above, u32::from(height)];
    for (name, of, numbers) in [
        ("_NET_WM_WINDOW_TYPE", AtomEnum::ATOM, &[kind][..]),
        ("_NET_WM_STRUT", AtomEnum::CARDINAL, &strut),
    ] {
        x.change_property32(PropMode::REPLACE, id, atom(x, name), of, numbers)?;
    }
    x.map_window(id)?;
    x.flush()?;
    Ok(())
}

/// The class of the program that opened this window.
pub fn class(x: &RustConnection, window: Id) -> Option<String> {
    // Instance and class, each with a zero behind it.
    let both = string(x, window, "WM_CLASS")?;
    both.split('\0').nth(1).map(str::to_owned)
}

/// A window that is never shown, to ask the window manager about.
pub fn probe(x: &RustConnection, root: Id) -> anyhow::Result<Id> {
    let id = x.generate_id()?;
    let (class, look) = (WindowClass::COPY_FROM_PARENT, CreateWindowAux::new());
    x.create_window(0, id, root, 0, 0, 1, 1, 0, class, 0, &look)?;
    Ok(id)
}

/// Asks the window manager how wide the frame of this window would be. Its answer is the property
/// `_NET_FRAME_EXTENTS` of the window.
pub fn ask_for_frame(x: &RustConnection, root: Id, window: Id) -> anyhow::Result<()> {
    let question = atom(x, "_NET_REQUEST_FRAME_EXTENTS");
    let message = ClientMessageEvent::new(32, window, question, [0_u32; 5]);
    let receivers = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
    x.send_event(false, root, receivers, message)?;
    x.flush()?;
    Ok(())
}

/// Asks the window manager to set a state of this window, or to remove it.
pub fn ask_for_state(
    x: &RustConnection,
    root: Id,
    window: Id,
    state: &str,
    on: bool,
) -> anyhow::Result<()> {
    // From a pager, which is how keys of the user count too.
    let data = [u32::from(on), atom(x, state), 0, 2, 0];
    let message = ClientMessageEvent::new(32, window, atom(x, "_NET_WM_STATE"), data);
    let receivers = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
    x.send_event(false, root, receivers, message)?;
    x.flush()?;
    Ok(())
}

/// The window that the window manager says has the focus.
pub fn active(x: &RustConnection) -> Option<Id> {
    let root = x.setup().roots.first()?.root;
    number(x, root, "_NET_ACTIVE_WINDOW").filter(|id| *id != x11rb::NONE)
}

/// What was copied last on this display, as a program asks for it that pastes; nothing where nobody
/// has copied.
pub fn clipboard(display: &str) -> Option<String> {
    let (x, screen) = x11rb::connect(Some(display)).ok()?;
    let root = x.setup().roots[screen].root;
    let (selection, text) = (atom(&x, "CLIPBOARD"), atom(&x, "UTF8_STRING"));
    let owner = x.get_selection_owner(selection).ok()?.reply().ok()?.owner;
    if owner == x11rb::NONE {
        return None;
    }
    let window = probe(&x, root).ok()?;
    let place = atom(&x, "PASTED");
    x.convert_selection(window, selection, text, place, x11rb::CURRENT_TIME)
        .ok()?;
    x.flush().ok()?;
    loop {
        if let Event::SelectionNotify(_) = x.wait_for_event().ok()? {
            return string(&x, window, "PASTED");
        }
    }
}

/// Window managers put a window into a frame of theirs, so the search goes down the tree.
/// A window that disappears while it is looked at is left out.
fn collect(x: &RustConnection, root: Id, parent: Id, found: &mut Vec<Window>) {
    let Some(tree) = x.query_tree(parent).ok().and_then(|c| c.reply().ok()) else {
        return;
    };
    for child in tree.children {
        found.extend(describe(x, root, child));
        collect(x, root, child, found);
    }
}

fn describe(x: &RustConnection, root: Id, id: Id) -> Option<Window> {
    let title = string(x, id, "_NET_WM_NAME").or_else(|| string(x, id, "WM_NAME"));
    let class = class(x, id);
    if title.is_none() && class.is_none() {
        return None;
    }
    let attributes = x.get_window_attributes(id).ok()?.reply().ok()?;
    let geometry = x.get_geometry(id).ok()?.reply().ok()?;
    let place = x.translate_coordinates(id, root, 0, 0).ok()?.reply().ok()?;
    Some(Window {
        id,
        title: title.unwrap_or_default(),
        class: class.unwrap_or_default(),
        pid: number(x, id, "_NET_WM_PID"),
        visible: attributes.map_state == MapState::VIEWABLE,
        x: i32::from(place.dst_x),
        y: i32::from(place.dst_y),
        width: u32::from(geometry.width),
        height: u32::from(geometry.height),
    })
}

/// A property that holds text.
pub fn string(x: &RustConnection, window: Id, property: &str) -> Option<String> {
    let property = atom(x, property);
    let reply = x
        .get_property(false, window, property, AtomEnum::ANY, 0, 1024)
        .ok()?
        .reply()
        .ok()?;
    (!reply.value.is_empty()).then(|| String::from_utf8_lossy(&reply.value).into_owned())
}
