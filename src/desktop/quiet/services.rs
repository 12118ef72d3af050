//! The notification services, and where each keeps its do-not-disturb.
//!
//! Where they were read: Plasma `libnotificationmanager/dbus/*.xml`, dunst
//! `src/dbus.c`, swaync `src/swayncDaemon`, xfce4-notifyd `common/`, mako `dbus/mako.c`, and for
//! GNOME the schema `org.gnome.desktop.notifications` with the change signal of dconf.

use zbus::{Connection, MatchRule, Variant, message::Type};

use crate::desktop::{
    bus,
    sense::{Why, tool},
};

/// The bus name of whatever notification service there is.
pub const SERVER: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// Where a service keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Plasma: the property `Inhibited` of the service itself.
    Plasma,
    /// dunst: the property `paused` of its own interface.
    Dunst,
    /// swaync: its control centre.
    Swaync,
    /// GNOME: a setting; banners are not shown.
    Gnome,
    /// Xfce: a setting of the notification service.
    Xfce,
    /// mako: a mode of this name, as its manual sets it up.
    Mako,
}

/// What the service on the bus calls itself; `None` without one. Does not start any.
pub async fn server(connection: &Connection) -> zbus::Result<Option<String>> {
    if !bus::has_owner(connection, SERVER).await {
        return Ok(None);
    }
    let reply = connection
        .call_method(
            Some(SERVER),
            PATH,
            Some(SERVER),
            "GetServerInformation",
            &(),
        )
        .await?;
    let (name, _vendor, _version, _spec): (String, String, String, String) =
        reply.body().deserialize()?;
    Ok(Some(name))
}

impl Place {
    /// Where the service with this name keeps it, if it is known.
    pub fn of(server: &str) -> Option<Self> {
        match server.to_lowercase().as_str() {
            "plasma" => Some(Self::Plasma),
            "dunst" => Some(Self::Dunst),
            "swaync" | "swaynotificationcenter" => Some(Self::Swaync),
            "gnome-shell" => Some(Self::Gnome),
            "xfce notify daemon" => Some(Self::Xfce),
            "mako" => Some(Self::Mako),
            _ => None,
        }
    }

    /// What comes over the bus when it may have changed.
    pub fn changes(self) -> zbus::Result<MatchRule<'static>> {
        let rule = MatchRule::builder().msg_type(Type::Signal);
        let properties = "org.freedesktop.DBus.Properties";
        match self {
            Self::Plasma | Self::Dunst => rule
                .path(PATH)
                .interface(properties)
                .member("PropertiesChanged"),
            Self::Swaync => rule
                .path("/org/erikreider/swaync/cc")
                .interface("org.erikreider.swaync.cc"),
            Self::Gnome => rule
                .interface("ca.desrt.dconf.Writer")
                .member("Notify")
                .arg_path(0, "/org/gnome/desktop/notifications/"),
            Self::Xfce => rule
                .path("/org/xfce/Xfconf")
                .interface("org.xfce.Xfconf")
                .add_arg("xfce4-notifyd"),
            Self::Mako => rule
                .path("/fr/emersion/Mako")
                .interface(properties)
                .member("PropertiesChanged"),
        }
        .build()
    }

    /// Whether it is on.
    pub async fn read(self, connection: &Connection) -> Result<bool, Why> {
        match self {
            Self::Plasma => property(connection, SERVER, "Inhibited").await,
            Self::Dunst => property(connection, "org.dunstproject.cmd0", "paused").await,
            Self::Swaync => {
                let name = "org.erikreider.swaync.cc";
                call(connection, name, "/org/erikreider/swaync/cc", "GetDnd", &()).await
            }
            Self::Gnome => {
                let banners = ["get", "org.gnome.desktop.notifications", "show-banners"];
                match tool::output("gsettings", &banners).await?.trim() {
                    "true" => Ok(false),
                    "false" => Ok(true),
                    _ => Err(Why::DoesNotTell),
                }
            }
            Self::Xfce => {
                let place = ("xfce4-notifyd", "/do-not-disturb");
                let name = "org.xfce.Xfconf";
                match call(
                    connection,
                    name,
                    "/org/xfce/Xfconf",
                    "PropertyExists",
                    &place,
                )
                .await?
                {
                    // Never switched on so far.
                    false => Ok(false),
                    true => {
                        let value: zbus::OwnedVariant =
                            call(connection, name, "/org/xfce/Xfconf", "GetProperty", &place)
                                .await?;
                        switch(&value)
                    }
                }
            }
            Self::Mako => {
                let modes: Vec<String> = call(
                    connection,
                    "fr.emersion.Mako",
                    "/fr/emersion/Mako",
                    "ListModes",
                    &(),
                )
                .await?;
                Ok(modes
                    .iter()
                    .any(|mode| mode == "do-not-disturb" || mode == "dnd"))
            }
        }
    }
}

/// A switch among the properties of the service.
async fn property(connection: &Connection, interface: &str, name: &str) -> Result<bool, Why> {
    let reply = connection
        .call_method(
            Some(SERVER),
            PATH,
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &(interface, name),
        )
        .await
        .map_err(|error| Why::Failed(error.to_string()))?;
    let body = reply.body();
    switch(
        &body
            .deserialize::<Variant<'_>>()
            .map_err(|_| Why::DoesNotTell)?,
    )
}

fn switch(value: &Variant<'_>) -> Result<bool, Why> {
    bool::try_from(value).map_err(|_| Why::DoesNotTell)
}

async fn call<A, R>(
    connection: &Connection,
    service: &str,
    path: &str,
    method: &str,
    arguments: &A,
) -> Result<R, Why>
where
    A: serde::Serialize + zbus::Type,
    R: serde::de::DeserializeOwned + zbus::Type,
{
    connection
        .call_method(Some(service), path, Some(service), method, arguments)
        .await
        .and_then(|reply| reply.body().deserialize())
        .map_err(|error| Why::Failed(error.to_string()))
}
