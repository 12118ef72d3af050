//! The settings portal, `org.freedesktop.portal.Settings`.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};

use futures_lite::StreamExt as _;
use zbus::{Connection, MatchRule, Message, MessageStream, OwnedVariant, Variant, message::Type};

use super::{Appearance, Known};
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
}

impl Listener {
    /// Into this place.
    pub fn new(known: Known) -> Self {
        Self { known }
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
            bus::spawn(listen(changes, Arc::clone(&self.known)));
            // Not worth starting the portal for; before a window opens it is.
            let known = Arc::clone(&self.known);
            bus::spawn(async move {
                if bus::has_owner(&connection, PORTAL).await {
                    ask(&connection, &known).await;
                }
            });
            Ok(())
        })
    }
}

/// Asks for everything at once. Without a portal what is known stays as it is.
pub async fn ask(connection: &Connection, known: &Known) {
    match read_all(connection).await {
        Ok(wishes) => {
            log::debug!("the desktop wishes for {wishes:?}");
            *known.lock().unwrap_or_else(PoisonError::into_inner) = wishes;
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

async fn listen(mut changes: MessageStream, known: Known) {
    while let Some(Ok(change)) = changes.next().await {
        apply(&change, &known);
    }
}

fn apply(change: &Message, known: &Known) {
    let body = change.body();
    if let Ok((group, key, value)) = body.deserialize::<(&str, &str, Variant<'_>)>() {
        known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .set(group, key, &value);
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
