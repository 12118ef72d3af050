//! What can be known of a sound without ears.

use std::f32::consts::TAU;

use super::{
    RATE, Sound, gain,
    tone::{A4, A5, CSHARP5, E5},
};

fn wave(sound: Sound) -> Vec<f32> {
    sound.samples(1.0).iter().map(|s| f32::from(*s)).collect()
}

fn peak(wave: &[f32]) -> f32 {
    wave.iter().fold(0.0, |peak, s| peak.max(s.abs()))
}

fn seconds(wave: &[f32]) -> f32 {
    wave.len() as f32 / RATE as f32
}

/// How strong a pitch is in a wave.
fn strength(wave: &[f32], pitch: f32) -> f32 {
    let (mut re, mut im) = (0.0, 0.0);
    for (place, sample) in wave.iter().enumerate() {
        let angle = TAU * (pitch * place as f32 / RATE as f32).fract();
        re += sample * angle.cos();
        im += sample * angle.sin();
    }
    (re * re + im * im).sqrt() / wave.len() as f32
}

#[test]
fn sounds_are_short_and_leave_room_above_them() {
    for sound in Sound::ALL {
        let wave = wave(sound);
        let (length, peak) = (seconds(&wave), peak(&wave) / f32::from(i16::MAX));
        assert!((0.3..3.5).contains(&length), "{sound:?} lasts {length} s");
        assert!(peak <= 0.5, "{sound:?} peaks at {peak}");
        assert!(peak >= 0.1, "{sound:?} peaks at {peak}: nobody hears it");
    }
}

#[test]
fn the_ticks_of_the_last_seconds_do_not_run_into_each_other_and_are_the_quietest() {
    let tick = wave(Sound::LastSeconds);

    assert!(seconds(&tick) < 0.8);
    for other in [Sound::Start, Sound::Change, Sound::OtherSide, Sound::Done] {
        assert!(peak(&wave(other)) > 1.5 * peak(&tick), "{other:?}");
    }
}

#[test]
fn sounds_come_from_silence_and_go_back_to_it_without_a_click() {
    for sound in Sound::ALL {
        let wave = wave(sound);
        let peak = peak(&wave);
        assert_eq!(wave.first(), Some(&0.0), "{sound:?}");
        assert_eq!(wave.last(), Some(&0.0), "{sound:?}");
        let tail = &wave[wave.len() - RATE as usize / 50..];
        assert!(
            self::peak(tail) < 0.01 * peak,
            "{sound:?} is cut off at its end"
        );
        // A click is a step; the steepest slope that the notes themselves have is far smaller.
        let step = wave
            .windows(2)
            .fold(0.0_f32, |step, pair| step.max((pair[1] - pair[0]).abs()));
        assert!(step < 0.16 * peak, "{sound:?} jumps by {}", step / peak);
    }
}

#[test]
fn a_struck_note_comes_at_once_but_not_all_at_once() {
    for sound in Sound::ALL {
        let wave = wave(sound);
        let millisecond = RATE as usize / 1000;
        let begins = peak(&wave[..millisecond]);
        let there = peak(&wave[..20 * millisecond]);
        assert!(begins < 0.1 * there, "{sound:?} clicks");
        assert!(there > 0.5 * peak(&wave[..100 * millisecond]), "{sound:?}");
    }
}

#[test]
fn each_sound_has_its_notes_and_no_others() {
    let notes = [A4, CSHARP5, E5, A5];
    for (sound, expected) in [
        (Sound::Start, vec![A4, E5]),
        (Sound::Change, vec![CSHARP5]),
        (Sound::OtherSide, vec![A4, E5]),
        (Sound::LastSeconds, vec![A5]),
        (Sound::Done, vec![A4, E5, A5]),
    ] {
        let wave = wave(sound);
        let strengths = notes.map(|note| strength(&wave, note));
        let strongest = strengths.iter().copied().fold(0.0, f32::max);
        for (note, strength) in notes.iter().zip(strengths) {
            let heard = strength > 0.3 * strongest;
            assert_eq!(
                heard,
                expected.contains(note),
                "{sound:?}: {note} Hz at {}",
                strength / strongest
            );
        }
        // Off the notes, and at those of the mains, there is next to nothing.
        for between in [50.0, 100.0, 200.0, 500.0, 600.0, 760.0, 1500.0, 6000.0] {
            let strength = strength(&wave, between);
            assert!(
                strength < 0.12 * strongest,
                "{sound:?} has {between} Hz at {}",
                strength / strongest
            );
        }
    }
}

#[test]
fn start_rises_other_side_falls() {
    let order = |sound| {
        let wave = wave(sound);
        let (first, rest) = wave.split_at(RATE as usize * 15 / 100);
        let first_is_low = strength(first, A4) > strength(first, E5);
        let then_low = strength(&rest[..7200], A4) > strength(&rest[..7200], E5);
        (first_is_low, then_low)
    };

    assert_eq!(order(Sound::Start), (true, false));
    assert_eq!(order(Sound::OtherSide), (false, true));
}

#[test]
fn half_the_volume_sounds_half_as_loud() {
    // Ten decibels less is about half as loud.
    let decibels = |volume: f32| 20.0 * gain(volume).log10();

    assert!((decibels(0.5) + 10.0).abs() < 0.1, "{}", decibels(0.5));
    assert_eq!(gain(1.0), 1.0);
    assert_eq!(gain(0.0), 0.0);
    assert_eq!(gain(f32::NAN), 0.0);
    assert_eq!(gain(7.0), 1.0);
    assert!(Sound::Done.samples(0.0).iter().all(|sample| *sample == 0));
}

#[test]
fn a_name_is_given_once() {
    let mut words: Vec<&str> = Sound::ALL.iter().map(|sound| sound.word()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Sound::ALL.len());
}
