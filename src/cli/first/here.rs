//! The desktop on which the first run is shown.

use super::keeper::Desk;
use crate::{
    cli::{
        autostart::{set, status},
        doctor::look::listen,
    },
    core::config::Config,
    desktop::{autostart::Status, bus::Bus, sensors::About},
    gui::first::Waits,
    ipc::client::{self, Ask},
    sense_text,
    text::{text, text_with},
};

/// This desktop.
pub struct Here;

impl Desk for Here {
    fn found(&self, config: &Config) -> [String; 3] {
        let mut said = Waits::ALL.map(|_| Vec::new());
        match Bus::start(None) {
            Ok(bus) => {
                let words = listen(&bus, config).map(|(words, _)| words);
                for (about, word) in words.unwrap_or_default() {
                    let place = Waits::ALL.iter().position(|what| concerns(*what, about));
                    if let Some(place) = place {
                        let values = [
                            ("about", sense_text::about(about).into()),
                            ("said", sense_text::word(about, &word).into()),
                        ];
                        said[place].push(text_with("first-found-one", &values));
                    }
                }
                bus.stop();
            }
            Err(error) => log::warn!("the sensors are not asked: {error}"),
        }
        said.map(|sentences| {
            let said = match sentences.is_empty() {
                true => text("unknown-nobody"),
                false => sentences.join("; "),
            };
            text_with("first-found", &[("said", said.into())])
        })
    }

    fn autostart(&self) -> Option<bool> {
        status().map(|status| matches!(status, Status::On(_)))
    }

    fn start_with_session(&self, on: bool) -> anyhow::Result<()> {
        set(on)
    }

    fn reload(&self) {
        // Without a running program the settings count when it starts.
        client::call(&Ask::Reload).ok();
    }

    fn stretch_now(&self) -> anyhow::Result<()> {
        let now = Ask::Now {
            reminder: String::new(),
            stretch: String::new(),
        };
        client::call(&now)?;
        Ok(())
    }
}

/// Whether this sensor is about what a break waits for.
fn concerns(what: Waits, about: About) -> bool {
    match about {
        About::Quiet => what == Waits::Quiet,
        About::Microphone | About::Camera | About::ScreenShare => what == Waits::Meeting,
        About::Fullscreen => what == Waits::Fullscreen,
        // There are none on the list yet.
        About::App => false,
    }
}
