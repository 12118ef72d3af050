//! A look around on this desktop, for whoever wants to know why something does not work. Nothing
//! here is needed to run.

use std::time::Duration;

use zbus::{Connection, connection};

use super::bus::{self, Bus};

/// The longest that anybody is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

const SERVER: &str = "org.freedesktop.Notifications";
const SERVER_PATH: &str = "/org/freedesktop/Notifications";

/// What there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// `wayland`, `x11`, or whatever else the session calls itself.
    pub session: Option<String>,
    /// The desktop's name for itself: `GNOME`, `KDE`, `sway`.
    pub desktop: Option<String>,
    /// Whether there is a session bus.
    pub session_bus: bool,
    /// Whether there is a system bus.
    pub system_bus: bool,
    /// The notification service.
    pub server: Option<Server>,
    /// Whether something shows icons of programs beside the clock.
    pub tray: bool,
    /// Whether logind tells of sleep.
    pub logind: bool,
    /// Who else tells of a locked screen, by name on the bus.
    pub lockers: Vec<String>,
}

/// A notification service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// What it calls itself.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it says that it can do; `None` when it did not answer.
    pub capabilities: Option<Vec<String>>,
}

/// Looks around. Takes a few seconds at the most, whoever hangs.
#[must_use]
pub fn look(bus: &Bus) -> Survey {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let display = || match (set("WAYLAND_DISPLAY"), set("DISPLAY")) {
        (Some(_), _) => Some("wayland".to_owned()),
        (None, Some(_)) => Some("x11".to_owned()),
        (None, None) => None,
    };
    let buses = bus.ask(
        PATIENCE + Duration::from_millis(200),
        |session| async move {
            let on_session = async {
                match &session {
                    Some(session) => Some(on_session(session).await),
                    None => None,
                }
            };
            futures_lite::future::zip(on_session, logind()).await
        },
    );
    let (session, logind) = buses.unwrap_or_default();
    let on_bus = session.clone().unwrap_or_default();
    Survey {
        session: display().or_else(|| set("XDG_SESSION_TYPE")),
        desktop: set("XDG_CURRENT_DESKTOP").or_else(|| set("XDG_SESSION_DESKTOP")),
        session_bus: session.is_some(),
        system_bus: logind.is_some(),
        server: on_bus.server,
        tray: on_bus.tray,
        logind: logind.unwrap_or_default(),
        lockers: on_bus.lockers,
    }
}

#[derive(Clone, Default)]
struct OnSession {
    server: Option<Server>,
    tray: bool,
    lockers: Vec<String>,
}

async fn on_session(session: &Connection) -> OnSession {
    let mut found = OnSession::default();
    let looking = async {
        found.tray = bus::has_owner(session, "org.kde.StatusNotifierWatcher").await;
        for name in ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"] {
            if bus::has_owner(session, name).await {
                found.lockers.push(name.to_owned());
            }
        }
        if bus::has_owner(session, SERVER).await {
            let server = found.server.insert(Server::default());
            ask(session, server).await.ok();
        }
    };
    // What was found until then is what there is to tell.
    bus::within(PATIENCE, looking).await;
    found
}

/// What the notification service says of itself; what it does not say is left empty.
async fn ask(session: &Connection, server: &mut Server) -> zbus::Result<()> {
    let call = |method| session.call_method(Some(SERVER), SERVER_PATH, Some(SERVER), method, &());
    let about = call("GetServerInformation").await?;
    let (name, _vendor, version, _spec): (String, String, String, String) =
        about.body().deserialize()?;
    (server.name, server.version) = (name, version);
    server.capabilities = Some(call("GetCapabilities").await?.body().deserialize()?);
    Ok(())
}

/// Whether logind is on the system bus; `None` without one.
async fn logind() -> Option<bool> {
    let looking = async {
        let system = connection::Builder::system().build().await.ok()?;
        Some(bus::has_owner(&system, "org.freedesktop.login1").await)
    };
    bus::within(PATIENCE, looking).await.flatten()
}
