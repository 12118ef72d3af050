//! Notes as a soft mallet would strike them on wood or a bowl.

use std::f32::consts::{PI, TAU};

use super::RATE;

/// The notes, in hertz: a fifth and an octave, which agree in any order, and a third for warmth.
pub const A4: f32 = 440.0;
pub const CSHARP5: f32 = 554.37;
pub const E5: f32 = 659.26;
pub const A5: f32 = 880.0;

/// The partials of a tuned bar: how high above the note, how strong, and how long they ring
/// compared with it. The higher, the shorter, or it would sound like metal. The second one, an
/// octave up, is what a bowl adds to a bar.
const PARTIALS: [(f32, f32, f32); 4] = [
    (1.0, 1.0, 1.0),
    (2.0, 0.10, 0.7),
    (3.93, 0.09, 0.22),
    (9.24, 0.018, 0.08),
];

/// How long a note takes to come: shorter clicks, longer sounds blown instead of struck.
const ATTACK: f32 = 0.008;
/// A note is over when this many times its decay has passed; what is left then is faded away.
const DECAYS: f32 = 4.2;
/// How long that last fade takes.
const FADE: f32 = 0.09;

/// A struck note.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// In hertz.
    pitch: f32,
    /// When it is struck, in seconds.
    at: f32,
    /// How hard, 0 to 1.
    strength: f32,
    /// In which time it falls to a third, in seconds.
    decay: f32,
}

impl Note {
    pub const fn new(pitch: f32, at: f32, strength: f32, decay: f32) -> Self {
        Self {
            pitch,
            at,
            strength,
            decay,
        }
    }

    fn length(self) -> f32 {
        DECAYS * self.decay
    }

    /// How it swings `t` seconds after it was struck, -1 to 1.
    fn at(self, t: f32) -> f32 {
        if t < 0.0 || t >= self.length() {
            return 0.0;
        }
        let sum: f32 = PARTIALS
            .iter()
            .map(|(ratio, strength, ring)| {
                let decayed = (-t / (self.decay * ring)).exp();
                strength * decayed * (TAU * self.pitch * ratio * t).sin()
            })
            .sum();
        let all: f32 = PARTIALS.iter().map(|(_, strength, _)| strength).sum();
        self.strength * swell(t / ATTACK) * swell((self.length() - t) / FADE) * sum / all
    }
}

/// From nothing to all while `t` goes from 0 to 1, without a corner.
fn swell(t: f32) -> f32 {
    0.5 - 0.5 * (PI * t.clamp(0.0, 1.0)).cos()
}

/// The sum of notes; no sample is beyond -1 or 1.
pub fn render(notes: &[Note]) -> Vec<f32> {
    let length = notes
        .iter()
        .map(|note| note.at + note.length())
        .fold(0.0, f32::max);
    let rate = f32::from(u16::try_from(RATE).unwrap_or(u16::MAX));
    let count = (length * rate).ceil() as usize + 1;
    let samples = (0..count).map(|place| {
        let t = place as f32 / rate;
        notes.iter().map(|note| note.at(t - note.at)).sum()
    });
    soften(samples.collect())
}

/// Where notes that ring at the same time add up to too much, all of them are quieter.
fn soften(mut samples: Vec<f32>) -> Vec<f32> {
    let peak = samples.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
    if peak > 1.0 {
        for sample in &mut samples {
            *sample /= peak;
        }
    }
    samples
}
