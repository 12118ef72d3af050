//! What a window needs of the settings, in the words of [`wire`](super::wire).

use super::wire::{Look, Monitor, Place, Size, Voice};
use crate::{
    core::config::{self, FigureTone, Sound, TextScale, Theme, Toggle, WindowSize},
    desktop::appearance::Appearance,
};

/// How windows look: what the settings say, else what the desktop says.
#[must_use]
pub fn look(set: &config::Look, desktop: Appearance) -> Look {
    let choose = |toggle: Toggle, desktop: Option<bool>| match toggle {
        Toggle::Desktop => desktop.unwrap_or(false),
        Toggle::On => true,
        Toggle::Off => false,
    };
    Look {
        dark: match set.theme {
            Theme::Desktop => desktop.dark.unwrap_or(false),
            Theme::Light => false,
            Theme::Dark => true,
        },
        high_contrast: choose(set.high_contrast, desktop.high_contrast),
        reduced_motion: choose(set.reduced_motion, desktop.reduced_motion),
        figure_tone: match set.figure {
            FigureTone::Neutral => None,
            FigureTone::Tone(tone) => Some(tone),
        },
        text_scale: match set.text_scale {
            TextScale::Desktop => desktop.text_scale.unwrap_or(1.0),
            TextScale::Percent(percent) => f32::from(percent) / 100.0,
        },
    }
}

/// Where the window of a break opens, and how large.
#[must_use]
pub fn place(set: &config::Look) -> Place {
    Place {
        size: match set.window {
            WindowSize::Normal => Size::Normal,
            WindowSize::Full => Size::Full,
            WindowSize::Corner => Size::Corner,
        },
        monitor: match &set.monitor {
            config::Monitor::Pointer => Monitor::Pointer,
            config::Monitor::Primary => Monitor::Primary,
            config::Monitor::Named(name) => Monitor::Named(name.clone()),
        },
    }
}

/// How loud the sounds are, above 0 to 1; `None`: there are none.
#[must_use]
pub fn volume(set: &Sound) -> Option<f32> {
    (set.on && set.volume > 0).then(|| f32::from(set.volume) / 100.0)
}

/// How cues are spoken; `None`: not at all.
#[must_use]
pub fn voice(set: &config::Voice) -> Option<Voice> {
    set.on.then(|| Voice {
        name: set.name.clone(),
        rate: set.rate,
    })
}
