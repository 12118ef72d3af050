//! Notes as a soft mallet would strike them on wood or a bowl.

use std::{f32::consts::PI, f64::consts::TAU};

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

    /// How many samples it lasts.
    fn length(self) -> usize {
        samples(DECAYS * self.decay)
    }

    /// Its samples, none beyond -1 or 1.
    fn samples(self) -> Vec<f32> {
        let mut wave = vec![0.0; self.length()];
        for partial in PARTIALS {
            self.add(partial, &mut wave);
        }
        let (attack, fade) = (samples(ATTACK), samples(FADE).min(wave.len()));
        let last = wave.len();
        for (place, sample) in wave.iter_mut().take(attack).enumerate() {
            *sample *= swell(place as f32 / attack as f32);
        }
        for (place, sample) in wave[last - fade..].iter_mut().rev().enumerate() {
            *sample *= swell(place as f32 / fade as f32);
        }
        wave
    }

    /// Adds a partial. It is a hand that turns by the same angle and shrinks by the same factor
    /// from sample to sample, which costs next to nothing to work out.
    fn add(self, (ratio, strength, ring): (f32, f32, f32), wave: &mut [f32]) {
        let all: f32 = PARTIALS.iter().map(|(_, strength, _)| strength).sum();
        let strength = f64::from(self.strength * strength / all);
        let rate = f64::from(RATE);
        let (sin, cos) = (TAU * f64::from(self.pitch * ratio) / rate).sin_cos();
        let shrinks = (-1.0 / (f64::from(self.decay * ring) * rate)).exp();
        let (mut height, mut width) = (0.0, strength);
        for sample in wave {
            *sample += height as f32;
            (height, width) = (
                shrinks * (height * cos + width * sin),
                shrinks * (width * cos - height * sin),
            );
        }
    }
}

/// From nothing to all while `t` goes from 0 to 1, without a corner.
fn swell(t: f32) -> f32 {
    0.5 - 0.5 * (PI * t.clamp(0.0, 1.0)).cos()
}

/// So many seconds in samples.
fn samples(seconds: f32) -> usize {
    (seconds * RATE as f32) as usize
}

/// The sum of notes; no sample is beyond -1 or 1.
pub fn render(notes: &[Note]) -> Vec<f32> {
    let end = |note: &Note| samples(note.at) + note.length();
    let mut wave = vec![0.0; notes.iter().map(end).max().unwrap_or(0)];
    for note in notes {
        let place = samples(note.at);
        for (sum, sample) in wave[place..].iter_mut().zip(note.samples()) {
            *sum += sample;
        }
    }
    soften(wave)
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
