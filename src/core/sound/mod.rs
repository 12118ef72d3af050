//! The sounds of a break: what they are called, and what they sound like.
//!
//! Made, not recorded: a few sine waves each (`tone`), so nothing has to be shipped or loaded.
//! All are made of three notes that sound well together, so whichever follows which, it is one
//! family. Nothing here plays anything.

mod tone;

#[cfg(test)]
mod tests;

use tone::{A4, A5, CSHARP5, E5, Note};

/// Samples a second.
pub const RATE: u32 = 48_000;

/// The loudest sample of the loudest sound at full volume, where 1 is as loud as can be.
const PEAK: f32 = 0.5;

/// A sound of a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sound {
    /// The countdown begins: two notes that rise.
    Start,
    /// Stay, or move on: one note.
    Change,
    /// Now the other side: two notes that fall.
    OtherSide,
    /// Each of the last three seconds: one short, high, quiet note.
    LastSeconds,
    /// The break is over: three notes that rise and linger.
    Done,
}

impl Sound {
    /// All of them, in the order in which a break has them.
    pub const ALL: [Self; 5] = [
        Self::Start,
        Self::Change,
        Self::OtherSide,
        Self::LastSeconds,
        Self::Done,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Change => "change",
            Self::OtherSide => "other-side",
            Self::LastSeconds => "last-seconds",
            Self::Done => "done",
        }
    }

    /// Its notes.
    fn notes(self) -> Vec<Note> {
        match self {
            Self::Start => vec![
                Note::new(A4, 0.0, 0.9, 0.30),
                Note::new(E5, 0.16, 0.8, 0.42),
            ],
            Self::Change => vec![Note::new(CSHARP5, 0.0, 0.8, 0.30)],
            Self::OtherSide => vec![
                Note::new(E5, 0.0, 0.75, 0.24),
                Note::new(A4, 0.18, 0.85, 0.34),
            ],
            Self::LastSeconds => vec![Note::new(A5, 0.0, 0.45, 0.11)],
            Self::Done => vec![
                Note::new(A4, 0.0, 0.75, 0.34),
                Note::new(E5, 0.17, 0.7, 0.40),
                Note::new(A5, 0.34, 0.6, 0.60),
            ],
        }
    }

    /// Its samples at a volume from 0 to 1: one channel, [`RATE`] a second. Begins and ends in
    /// silence.
    #[must_use]
    pub fn samples(self, volume: f32) -> Vec<i16> {
        let gain = PEAK * gain(volume) * f32::from(i16::MAX);
        let wave = tone::render(&self.notes());
        // Never larger than an `i16`: no sample of a tone is above 1.
        wave.iter().map(|sample| (sample * gain) as i16).collect()
    }
}

/// How much a volume, 0 to 1, makes of a sound: half the volume sounds half as loud, for which
/// ears need a third of the strength.
#[must_use]
pub fn gain(volume: f32) -> f32 {
    if volume.is_finite() {
        volume.clamp(0.0, 1.0).powf(5.0 / 3.0)
    } else {
        0.0
    }
}
