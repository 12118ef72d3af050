//! The settings portal, `org.freedesktop.portal.Settings`.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};

use futures_lite::StreamExt as _;
use zbus::{Connection, MatchRule, Message, MessageStream, OwnedVariant, Variant, message::Type};

use super::{Appearance, Changed, Known};
use crate::desktop::bus::{self, Client, Work};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";

/// The settings that every desktop shares.
const SHARED: &str = "org.freedesktop.appearance";

/// Some desktops pass on these settings of their own as well.
const GNOME: &str = "org.gnome.desktop.interface";

/// Keeps what is known up to date.
pub struct Listener {
    known: Known,
    changed: Changed,
}

impl Listener {
    /// Into this place; what is called whenever something else is in it.
    pub fn new(known: Known, changed: Changed) -> Self {
        Self { known, changed }
    }
}

impl Client for Listener {
    fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>> {
        Box::pin(async move {
            let rule = MatchRule::builder()
                .msg_type(Type::Signal)
                .sender(PORTAL)
                .path(PATH)
                .interface(SETTINGS)
                .member("SettingChanged")
                .build()?;
            let changes = MessageStream::for_match_rule(rule, &connection, None).await?;
            let (known, changed) = (Arc::clone(&self.known), Arc::clone(&self.changed));
            bus::spawn(listen(changes, known, changed));
            // Not worth starting the portal for; before a window opens it is.
            let (known, changed) = (Arc::clone(&self.known), Arc::clone(&self.changed));
            bus::spawn(async move {
                if bus::has_owner(&connection, PORTAL).await {
                    ask(&connection, &known, &changed).await;
                }
            });
            Ok(())
        })
    }
}

/// Asks for everything at once. Without a portal what is known stays as it is.
pub async fn ask(connection: &Connection, known: &Known, changed: &Changed) {
    match read_all(connection).await {
        Ok(wishes) => {
            log::debug!("the desktop wishes for {wishes:?}");
            change(known, changed, |known| *known = wishes);
        }
        Err(error) => log::debug!("no settings portal: {error}"),
    }
}

async fn read_all(connection: &Connection) -> zbus::Result<Appearance> {
    let reply = connection
        .call_method(
            Some(PORTAL),
            PATH,
            Some(SETTINGS),
            "ReadAll",
            &[SHARED, GNOME].as_slice(),
        )
        .await?;
    let body = reply.body();
    let all: HashMap<String, HashMap<String, OwnedVariant>> = body.deserialize()?;
    let mut wishes = Appearance::default();
    for (group, settings) in &all {
        for (key, value) in settings {
            wishes.set(group, key, value);
        }
    }
    Ok(wishes)
}

async fn listen(mut changes: MessageStream, known: Known, changed: Changed) {
    while let Some(Ok(change)) = changes.next().await {
        apply(&change, &known, &changed);
    }
}

fn apply(message: &Message, known: &Known, changed: &Changed) {
    let body = message.body();
    if let Ok((group, key, value)) = body.deserialize::<(&str, &str, Variant<'_>)>() {
        change(known, changed, |known| known.set(group, key, &value));
    }
}

/// Changes what is known, and says so if it is something else now.
fn change(known: &Known, changed: &Changed, change: impl FnOnce(&mut Appearance)) {
    let mut wishes = known.lock().unwrap_or_else(PoisonError::into_inner);
    let before = *wishes;
    change(&mut wishes);
    let other = before != *wishes;
    drop(wishes);
    if other {
        changed();
    }
}

impl Appearance {
    /// Takes over one setting, if it is one of ours and makes sense.
    fn set(&mut self, group: &str, key: &str, value: &Variant<'_>) {
        let number = u32::try_from(value).ok();
        match (group, key) {
            // 0: no wish.
            (SHARED, "color-scheme") => {
                self.dark = match number {
                    Some(1) => Some(true),
                    Some(2) => Some(false),
                    _ => None,
                };
            }
            (SHARED, "contrast") => self.high_contrast = number.map(|number| number == 1),
            (SHARED, "reduced-motion") => self.reduced_motion = number.map(|number| number == 1),
            (GNOME, "text-scaling-factor") => {
                let factor = f64::try_from(value)
                    .ok()
                    .filter(|factor| factor.is_finite());
                #[expect(clippy::cast_possible_truncation, reason = "a factor of 0.5 to 3")]
                let factor = factor.map(|factor| factor.clamp(0.5, 3.0) as f32);
                self.text_scale = factor;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_taken_over_by_its_meaning() {
        let mut wishes = Appearance::default();
        wishes.set(SHARED, "color-scheme", &Variant::from(1u32));
        wishes.set(SHARED, "contrast", &Variant::from(1u32));
        wishes.set(SHARED, "reduced-motion", &Variant::from(0u32));
        wishes.set(GNOME, "text-scaling-factor", &Variant::from(1.25f64));
        let expected = Appearance {
            dark: Some(true),
            high_contrast: Some(true),
            reduced_motion: Some(false),
            text_scale: Some(1.25),
        };
        assert_eq!(wishes, expected);
        wishes.set(SHARED, "color-scheme", &Variant::from(0u32));
        assert_eq!(wishes.dark, None);
    }

    #[test]
    fn what_makes_no_sense_is_no_wish() {
        let mut wishes = Appearance::default();
        wishes.set(SHARED, "color-scheme", &Variant::from("dark"));
        wishes.set(SHARED, "contrast", &Variant::from("much"));
        wishes.set(GNOME, "text-scaling-factor", &Variant::from(f64::NAN));
        wishes.set("org.example", "color-scheme", &Variant::from(1u32));
        assert_eq!(wishes, Appearance::default());
        wishes.set(GNOME, "text-scaling-factor", &Variant::from(90.0f64));
        assert_eq!(wishes.text_scale, Some(3.0));
    }
}
